//! Tasks performed by closures.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use serde_json::Value;

use super::{BoxFuture, Lambda, Provide, Request, Service, Tasks};
use crate::error::Error;
use crate::machine::Resource;

/// Closures that perform Tasks, by the Task's resource.
///
/// A resource is named by its ARN, or by the end of it from the service on: `aws-sdk:s3:getObject`,
/// `sqs:sendMessage.waitForTaskToken`, `activity:review`, `function:charge`. The whole ARN goes before its end. A
/// resource that no closure was given for fails the execution with `States.Runtime`, so that no `Catch` hides it.
///
/// ```
/// use asl_runtime::{Error, Handlers, Value};
///
/// let handlers = Handlers::new()
///     .on("aws-sdk:s3:getObject", |request| async move {
///         match request.parameters["Key"].as_str() {
///             Some(key) => Ok(Value::from(format!("the text of {key}"))),
///             None => Err(Error::new("S3.NoSuchKeyException", "The specified key does not exist.")),
///         }
///     })
///     .on("arn:aws:states:::glue:startJobRun.sync", |_| async { Ok(Value::Null) });
/// ```
#[derive(Clone, Default)]
pub struct Handlers(HashMap<String, Handler>);

pub(super) type Handler = Arc<dyn Fn(TaskRequest) -> BoxFuture<'static, Result<Value, Error>> + Send + Sync>;

/// One attempt at a Task, for a closure of [`Handlers`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskRequest {
    /// What the Task calls.
    pub resource: Resource,
    /// What it asks: the effective input, after `Parameters`.
    pub parameters: Value,
    /// `Credentials`: an object with the member `RoleArn`.
    pub credentials: Option<Value>,
    /// `$$.Task.Token`, of a Task that has one.
    pub task_token: Option<String>,
}

impl Handlers {
    /// Performs nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has `handler` perform the Tasks that call `resource`. It gives the Task's result, or the error that `Retry` and
    /// `Catch` see. A later closure for the same resource takes the place of an earlier one.
    #[must_use = "`on` gives the handlers back"]
    pub fn on<F, Answer>(mut self, resource: impl Into<String>, handler: F) -> Self
    where
        F: Fn(TaskRequest) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Value, Error>> + Send + 'static,
    {
        self.insert(resource.into(), handler);
        self
    }

    pub(super) fn insert<F, Answer>(&mut self, resource: String, handler: F)
    where
        F: Fn(TaskRequest) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Value, Error>> + Send + 'static,
    {
        self.0.insert(resource, Arc::new(move |request| Box::pin(handler(request))));
    }

    /// The closure for a request, and the request as it takes it.
    pub(super) fn find(&self, request: Request<'_>) -> Result<(Handler, TaskRequest), Error> {
        let Request { action, parameters, resource, credentials, task_token } = request;
        let Some(resource) = resource.copied() else {
            return Err(Error::runtime(format!("`{action}` was called without the resource that handlers go by.")));
        };
        let end = end_of(resource.arn);
        match self.0.get(resource.arn).or_else(|| self.0.get(end)) {
            Some(handler) => {
                let task_token = task_token.map(str::to_owned);
                Ok((Arc::clone(handler), TaskRequest { resource, parameters, credentials, task_token }))
            }
            None => Err(Error::runtime(format!(
                "Nothing performs the resource '{}'. Give a closure for it: `Handlers::on(\"{end}\", …)`, or \
                 `Local::task` with the same arguments.",
                resource.arn
            ))),
        }
    }
}

/// What follows region and account in an ARN.
fn end_of(arn: &str) -> &str {
    arn.splitn(6, ':').nth(5).unwrap_or(arn)
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Service for Handlers {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match self.find(request) {
            Ok((handler, request)) => handler(request),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }
}

impl Provide<Lambda> for Handlers {
    fn provide(&self) -> &dyn Service {
        self
    }
}

impl Provide<Tasks> for Handlers {
    fn provide(&self) -> &dyn Service {
        self
    }
}
