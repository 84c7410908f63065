//! One attempt at a Task.

use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::engine::shared::Shared;
use crate::error::Error;
use crate::machine::{Call, Resource};
use crate::services::Request;
use crate::services::size::check_result;

/// Has a service perform a Task, within the Task's time. `token` is the Task's token, when it has one.
pub(super) async fn ask(shared: &Shared<'_>, call: Call, token: Option<&str>) -> Result<Value, Error> {
    let resource = &call.task.resource;
    let name = resource.service_name();
    let Some(service) = shared.services.service(name) else { return Err(no_service(name, resource)) };
    let answer = service.call(Request {
        action: resource.action,
        parameters: call.parameters,
        resource: Some(resource),
        credentials: call.credentials,
        task_token: token,
    });
    let answer = match call.timeout_seconds {
        None => answer.await,
        Some(seconds) => {
            timeout(Duration::from_secs(seconds.into()), answer).await.unwrap_or_else(|_| Err(Error::timeout()))
        }
    };
    let result = answer?;
    check_result(resource, &result, shared.payload_limit)?;
    Ok(result)
}

#[cold]
fn no_service(name: &str, resource: &Resource) -> Error {
    let arn = resource.arn;
    Error::runtime(format!("No service named '{name}' was provided, which the resource '{arn}' calls."))
}
