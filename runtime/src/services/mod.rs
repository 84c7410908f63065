//! Services: JSON in, JSON out, in exactly the shape Step Functions gives.

#[cfg(any(feature = "local", feature = "_aws"))]
mod answer;
#[cfg(any(feature = "local", feature = "dynamodb"))]
mod attribute_value;
#[cfg(feature = "_aws")]
pub mod aws;
#[cfg(any(feature = "local", feature = "_aws"))]
mod base64;
#[cfg(any(feature = "local", feature = "dynamodb"))]
mod dynamodb;
#[cfg(any(feature = "local", feature = "_aws"))]
mod failure;
#[cfg(feature = "local")]
pub mod local;
#[cfg(any(feature = "local", feature = "sqs", feature = "sns"))]
mod message;
#[cfg(any(feature = "local", feature = "_aws"))]
mod parameters;
pub(crate) mod size;
#[cfg(any(feature = "local", feature = "sns"))]
mod sns;
#[cfg(any(feature = "local", feature = "sqs"))]
mod sqs;
mod tasks;

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use crate::error::Error;
use crate::machine::Resource;

pub use tasks::{Handlers, TaskRequest};

/// A boxed future; an AWS SDK call's own future takes several kB.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A service that a machine calls: AWS's own, a stand-in, or a mock.
pub trait Service: Send + Sync {
    /// Performs one call.
    ///
    /// The answer is the API's response with members in PascalCase, and `SdkHttpMetadata` and `SdkResponseMetadata`
    /// beside them, as Step Functions gives it. An error is named and worded as Step Functions reports it:
    /// `DynamoDB.ConditionalCheckFailedException`. AWS developer guide, "Integrating services".
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>>;
}

/// One call of a service.
#[derive(Debug)]
pub struct Request<'a> {
    /// The action as the ARN names it, without a pattern: `putItem`. Of a function or an activity its name.
    pub action: &'a str,
    /// The parameters, members in PascalCase. Of a function's ARN or an activity the input, whatever it is.
    pub parameters: Value,
    /// The whole resource; none for a call that no Task makes.
    pub resource: Option<&'a Resource>,
    /// `Credentials` of the Task: an object with the member `RoleArn`.
    pub credentials: Option<Value>,
    /// `$$.Task.Token`, of a Task that has one.
    pub task_token: Option<&'a str>,
}

/// Gives the service that `S` names: [`DynamoDb`], [`Sqs`], [`Sns`], [`Lambda`], or [`Tasks`] for all else.
///
/// A generated machine asks for one of these per service it calls. `Local` provides all of them in memory, `Aws` the
/// real DynamoDB, SQS and SNS, [`Handlers`] performs what the others stand for; implement it on a type of your own to mix
/// them or to put a mock in place.
///
/// ```
/// use asl_runtime::services::{Sqs, Tasks};
/// use asl_runtime::{Handlers, Provide, Service};
///
/// struct Program<Q> {
///     queues: Q,
///     handlers: Handlers,
/// }
///
/// impl<Q: Provide<Sqs>> Provide<Sqs> for Program<Q> {
///     fn provide(&self) -> &dyn Service {
///         self.queues.provide()
///     }
/// }
///
/// impl<Q: Send + Sync> Provide<Tasks> for Program<Q> {
///     fn provide(&self) -> &dyn Service {
///         Provide::<Tasks>::provide(&self.handlers)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the state machine needs `{S}`, and `{Self}` does not provide it",
    label = "no `{S}` here",
    note = "`asl_runtime::Local` (feature `local`) provides everything in memory: its `table`, `queue` and `topic` are \
            for `DynamoDb`, `Sqs` and `Sns`, `function` for `Lambda`, `task` for `Tasks`",
    note = "`asl_runtime::Aws` provides each service whose feature is on: `dynamodb`, `sqs`, `sns`",
    note = "`asl_runtime::Handlers` performs `Lambda` and `Tasks`, which is every other resource, with closures",
    note = "or implement `asl_runtime::Provide<{S}>` for `{Self}`"
)]
pub trait Provide<S>: Send + Sync {
    /// The service.
    fn provide(&self) -> &dyn Service;
}

impl<'a> Request<'a> {
    /// A call that no Task makes.
    pub fn new(action: &'a str, parameters: Value) -> Self {
        Self { action, parameters, resource: None, credentials: None, task_token: None }
    }
}

/// The services of one program, by the name that ARNs use. Generated code implements it.
pub trait Services: Send + Sync {
    /// The service `name`, one of those that [`Resource::service_name`] gives.
    fn service(&self, name: &str) -> Option<&dyn Service>;
}

/// Amazon DynamoDB: `dynamodb`.
#[derive(Clone, Copy, Debug)]
pub struct DynamoDb;

/// Amazon Simple Queue Service: `sqs`.
#[derive(Clone, Copy, Debug)]
pub struct Sqs;

/// Amazon Simple Notification Service: `sns`.
#[derive(Clone, Copy, Debug)]
pub struct Sns;

/// AWS Lambda: `lambda:invoke`, and the functions whose ARN is a Task's resource.
#[derive(Clone, Copy, Debug)]
pub struct Lambda;

/// Every Task whose resource has no service of its own here: other services, `aws-sdk`, `http:invoke`, activities, and
/// all that is called with `.sync`, `.sync:2` or `.waitForTaskToken`.
///
/// The answer is what Step Functions gives in the end: with `.sync` the finished job, with `.waitForTaskToken` what the
/// token was given back with. It may come as late as it likes.
#[derive(Clone, Copy, Debug)]
pub struct Tasks;
