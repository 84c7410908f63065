//! Makes of the SDK's errors what Step Functions reports: names and causes of the AWS SDK for Java, version 1.

use std::error::Error as StdError;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::answer::Exchange;
use super::parameters::Unfit;
use crate::error::Error;

/// What a service is called in errors and headers.
#[derive(Debug)]
pub(super) struct Names {
    /// Before the dot of an error's name: `DynamoDB`.
    pub(super) prefix: &'static str,
    /// In a cause: `AmazonDynamoDBv2`.
    pub(super) service: &'static str,
    /// What an error is called that is none of `exceptions`: `AmazonDynamoDBException`.
    pub(super) base_exception: &'static str,
    /// Error codes that have an exception of their own. Some stand-ins give the exception's name as the code.
    pub(super) exceptions: &'static [(&'static str, &'static str)],
    /// How the service spells the header `connection`: recorded in both spellings.
    pub(super) connection: &'static str,
}

impl Names {
    /// A header as the service spells it. The SDK has it in lower case only.
    pub(super) fn spelling<'a>(&'a self, header: &'a str) -> &'a str {
        match header {
            "connection" => self.connection,
            "content-length" => "Content-Length",
            "content-type" => "Content-Type",
            "date" => "Date",
            "server" => "Server",
            "x-amzn-requestid" => "x-amzn-RequestId",
            "x-amzn-trace-id" => "X-Amzn-Trace-Id",
            other => other,
        }
    }

    /// The error for a message of the service's.
    fn error(&self, response: &Response<'_>) -> Error {
        let Response { message, status, code, request_id } = response;
        let exception = self
            .exceptions
            .iter()
            .find(|(known, exception)| known == code || exception == code)
            .map(|(_, exception)| *exception);
        Error::new(
            format!("{}.{}", self.prefix, exception.unwrap_or(self.base_exception)),
            format!(
                "{message} (Service: {}; Status Code: {status}; Error Code: {code}; Request ID: {request_id}; Proxy: \
                 null)",
                self.service
            ),
        )
    }

    /// The error of a call that got no answer.
    fn client_error(&self, cause: String) -> Error {
        Error::new(format!("{}.SdkClientException", self.prefix), cause)
    }

    /// The error of parameters of which no request could be made.
    pub(super) fn unfit(&self, unfit: Unfit) -> Error {
        match unfit {
            Unfit::Parameters(error) => error,
            Unfit::Rejected(message) => {
                self.error(&Response { message, status: 400, code: "ValidationException", request_id: "null" })
            }
        }
    }
}

/// What a service says of a failure.
struct Response<'a> {
    message: &'a str,
    status: u16,
    code: &'a str,
    request_id: &'a str,
}

/// The error of an action that the service does not have here.
pub(super) fn unknown_action(service: &str, action: &str, known: &[&str]) -> Error {
    Error::runtime(format!("`{action}` of `{service}` is not supported here; supported are: {}", known.join(", ")))
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
