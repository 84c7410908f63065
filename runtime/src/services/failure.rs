//! Errors as Step Functions reports them: names and causes of the AWS SDK for Java, version 1.

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

/// What a service says of a failure. What it does not say is `null` in Java's words.
pub(super) struct Response<'a> {
    pub(super) message: &'a str,
    pub(super) status: u16,
    pub(super) code: &'a str,
    pub(super) request_id: &'a str,
}

impl Names {
    /// The error for what the service says. The names as recorded on AWS.
    pub(super) fn error(&self, response: &Response<'_>) -> Error {
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
}

/// The error of an action that is none of those that machines are compiled for.
pub(super) fn unknown_action(service: &str, action: &str, known: &[&str]) -> Error {
    Error::runtime(format!("`{action}` of `{service}` is not supported here; supported are: {}", known.join(", ")))
}
