//! What the workflow calls: stand-ins in memory, or AWS; and a wrapper that lets one of them fail.

use asl_runtime::services::{DynamoDb, Sns, Sqs};
use asl_runtime::{BoxFuture, Error, Local, Provide, Request, Service, Value};

/// A table, a queue and a topic in memory, as the workflow expects them.
pub(crate) fn local() -> Local {
    todo!()
}

/// The services on AWS, or on the endpoint in `AWS_ENDPOINT_URL`.
#[cfg(feature = "aws")]
pub(crate) async fn aws() -> Result<asl_runtime::Aws, Error> {
    Ok(asl_runtime::Aws::from_env().await)
}

/// There is no AWS in this build.
#[cfg(not(feature = "aws"))]
pub(crate) async fn aws() -> Result<Local, &'static str> {
    Err("this build has no AWS in it: run it with `--features aws`")
}

/// Services of which one fails whatever it is asked.
pub(crate) struct Failing<S> {
    services: S,
    fail: Option<String>,
}

impl<S> Failing<S> {
    pub(crate) fn new(services: S, fail: Option<String>) -> Self {
        Self { services, fail }
    }

    fn or_failing<'a>(&'a self, name: &str, service: &'a dyn Service) -> &'a dyn Service {
        if self.fail.as_deref() == Some(name) { &OutOfOrder } else { service }
    }
}

impl<S: Provide<DynamoDb>> Provide<DynamoDb> for Failing<S> {
    fn provide(&self) -> &dyn Service {
        self.or_failing("dynamodb", self.services.provide())
    }
}

impl<S: Provide<Sqs>> Provide<Sqs> for Failing<S> {
    fn provide(&self) -> &dyn Service {
        self.or_failing("sqs", self.services.provide())
    }
}

impl<S: Provide<Sns>> Provide<Sns> for Failing<S> {
    fn provide(&self) -> &dyn Service {
        self.or_failing("sns", self.services.provide())
    }
}

/// A service that cannot be reached.
struct OutOfOrder;

impl Service for OutOfOrder {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        let cause = format!("Unable to execute HTTP request: {} was made to fail", request.action);
        Box::pin(async move { Err(Error::new("SdkClientException", cause)) })
    }
}
