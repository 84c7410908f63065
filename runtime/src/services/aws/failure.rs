//! Makes of the SDK's errors what Step Functions reports.

use std::error::Error as StdError;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::super::failure::{Names, Response};
use super::exchange::Exchange;
use crate::error::Error;

impl Names {
    /// The error of a call that got no answer.
    fn client_error(&self, cause: String) -> Error {
        Error::new(format!("{}.SdkClientException", self.prefix), cause)
    }

    /// The error of a call that the service would refuse with `message`, and that the typed request has no words for.
    #[cfg(feature = "dynamodb")]
    pub(super) fn rejected(&self, message: &str) -> Error {
        self.error(&Response { message, status: 400, code: "ValidationException", request_id: "null" })
    }
}

/// The error of a call that the SDK gave up.
pub(super) fn error<E>(names: &Names, exchange: &Exchange, error: &SdkError<E, HttpResponse>) -> Error
where
    E: ProvideErrorMetadata + StdError + 'static,
{
    match error {
        SdkError::ServiceError(failure) if !failure.raw().status().is_success() => names.error(&Response {
            message: failure.err().message().unwrap_or("null"),
            status: failure.raw().status().as_u16(),
            code: failure.err().code().unwrap_or("null"),
            request_id: error.request_id().unwrap_or("null"),
        }),
        SdkError::ServiceError(_) | SdkError::ResponseError(_) => {
            names.client_error(format!("Unable to unmarshall response ({})", chain(error)))
        }
        SdkError::DispatchFailure(failure) if failure.is_io() || failure.is_timeout() => {
            names.client_error(format!("Unable to execute HTTP request: {}", unreachable(&exchange.authority(), error)))
        }
        SdkError::TimeoutError(_) => names.client_error(format!("Unable to execute HTTP request: {}", chain(error))),
        // No credentials, no region: what the SDK wraps that in says nothing more.
        SdkError::DispatchFailure(failure) => {
            let cause = failure.as_connector_error().and_then(StdError::source);
            names.client_error(cause.map_or_else(|| chain(error), chain))
        }
        _ => names.client_error(chain(error)),
    }
}

/// Why nothing answered at `authority`.
fn unreachable(authority: &str, error: &dyn StdError) -> String {
    let root = messages(error).pop().unwrap_or_default();
    match root.strip_prefix("failed to lookup address information: ") {
        // Recorded: `sqs.us-east-1.amazonaws.com: Name or service not known`.
        Some(reason) => {
            let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
            format!("{host}: {reason}")
        }
        None => format!("{authority}: {root}"),
    }
}

/// All that an error and its causes say.
fn chain(error: &dyn StdError) -> String {
    messages(error).join(": ")
}

fn messages(error: &dyn StdError) -> Vec<String> {
    let mut messages = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        let message = error.to_string();
        if messages.last() != Some(&message) {
            messages.push(message);
        }
        source = error.source();
    }
    messages
}
