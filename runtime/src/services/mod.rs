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
#[cfg(any(feature = "local", feature = "sns"))]
mod sns;
#[cfg(any(feature = "local", feature = "sqs"))]
mod sqs;

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use crate::error::Error;
use crate::machine::Resource;

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
    /// The action as the ARN names it: `putItem`.
    pub action: &'a str,
    /// The parameters, members in PascalCase.
    pub parameters: Value,
    /// The whole resource; none for a call that no Task makes.
    pub resource: Option<&'a Resource>,
    /// `Credentials` of the Task: an object with the member `RoleArn`.
    pub credentials: Option<Value>,
    /// `$$.Task.Token`, of a Task that has one.
    pub task_token: Option<&'a str>,
}

/// Gives the service that `S` names: [`DynamoDb`], [`Sqs`], [`Sns`].
///
/// A generated machine asks for one of these per service it calls. `Local` provides all of them in memory, `Aws` the
/// real ones; implement it on a type of your own to mix them or to put a mock in place.
#[diagnostic::on_unimplemented(
    message = "the state machine calls `{S}`, and `{Self}` does not provide it",
    label = "no `{S}` here",
    note = "`asl_runtime::Local` (feature `local`) provides stand-ins in memory; `asl_runtime::Aws` provides each \
            service whose feature is on: `dynamodb`, `sqs`, `sns`",
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
    /// The service `name`, such as `dynamodb`.
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
