//! The largest result that a Task may give. AWS developer guide, "Quotas related to state machine executions".

use std::io::{self, Write};

use serde_json::Value;

use crate::error::Error;
use crate::machine::Resource;

/// In bytes of the result's text.
const LIMIT: usize = 256 * 1024;

/// The result, unless it is too large. The error as recorded on AWS, which names the service, or the whole ARN of what is
/// no service.
pub(crate) fn within_limit(resource: &Resource, result: Value) -> Result<Value, Error> {
    if serde_json::to_writer(Room(LIMIT), &result).is_ok() {
        return Ok(result);
    }
    let name = if matches!(resource.service, "" | "activity") { resource.arn } else { resource.service };
    Err(Error::new(
        "States.DataLimitExceeded",
        format!(
            "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
        ),
    ))
}

/// Takes so many bytes and no more.
struct Room(usize);

impl Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_of_256_kib_is_the_largest() {
        const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
        let check = |length: usize, service: &'static str, refused: Option<&str>| {
            let resource = Resource { arn: ARN, service, action: "", pattern: "" };
            // Two bytes are the quotes.
            let error = within_limit(&resource, "a".repeat(length - 2).into()).err();
            let expected = refused.map(|name| {
                let cause = "returned a result with a size exceeding the maximum number of bytes service limit.";
                Error::new("States.DataLimitExceeded", format!("The state/task '{name}' {cause}"))
            });
            assert_eq!(error, expected, "{length} {service}");
        };
        check(LIMIT, "lambda", None);
        check(LIMIT + 1, "lambda", Some("lambda"));
        check(LIMIT + 1, "aws-sdk:s3", Some("aws-sdk:s3"));
        check(LIMIT + 1, "", Some(ARN));
    }
}
