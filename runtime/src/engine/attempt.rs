//! One attempt at a Task.

use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::engine::shared::Shared;
use crate::error::Error;
use crate::machine::{Call, Resource};
use crate::services::Request;

/// Whether a Task that calls `resource` has a token. AWS developer guide, "Integrating services".
pub(super) fn has_token(resource: &Resource) -> bool {
    resource.pattern == "waitForTaskToken" || resource.pattern.starts_with("sync") || resource.service == "activity"
}

/// Has a service perform a Task, within the Task's time. `event` is the number of the attempt's first event.
pub(super) async fn ask(shared: &Shared<'_>, call: Call, event: u64) -> Result<Value, Error> {
    let resource = &call.task.resource;
    let name = resource.service_name();
    let Some(service) = shared.services.service(name) else { return Err(no_service(name, resource)) };
    let token = has_token(resource).then(|| shared.task_token(event));
    let answer = service.call(Request {
        action: resource.action,
        parameters: call.parameters,
        resource: Some(resource),
        credentials: call.credentials,
        task_token: token.as_deref(),
    });
    match call.timeout_seconds {
        None => answer.await,
        Some(seconds) => {
            timeout(Duration::from_secs(seconds.into()), answer).await.unwrap_or_else(|_| Err(Error::timeout()))
        }
    }
}

#[cold]
fn no_service(name: &str, resource: &Resource) -> Error {
    let arn = resource.arn;
    Error::runtime(format!("No service named '{name}' was provided, which the resource '{arn}' calls."))
}
