//! The largest result that a Task may give, and the largest output of a state. AWS developer guide, "Quotas related to
//! state machine executions".

use std::io::{self, Write};

use serde_json::Value;

use crate::error::Error;
use crate::machine::Resource;

/// AWS's limit, in bytes of the value's text.
pub(crate) const LIMIT: usize = 256 * 1024;

/// Fails when the result of a Task that calls `resource` takes more than `limit` bytes. The error as recorded on AWS, which
/// names the service, or the whole ARN of what is no service.
pub(crate) fn check_result(resource: &Resource, result: &Value, limit: usize) -> Result<(), Error> {
    match fits(result, limit) {
        true => Ok(()),
        false if matches!(resource.service, "" | "activity") => Err(too_large(resource.arn)),
        false => Err(too_large(resource.service)),
    }
}

/// Fails when the output of the state `name` takes more than `limit` bytes. The error as recorded on AWS.
#[inline]
pub(crate) fn check_output(name: &str, output: &Value, limit: usize) -> Result<(), Error> {
    if fits(output, limit) { Ok(()) } else { Err(too_large(name)) }
}

/// Whether the compact text of a value has no more bytes than `limit`.
#[inline]
fn fits(value: &Value, limit: usize) -> bool {
    at_most(value) <= limit || serde_json::to_writer(Room(limit), value).is_ok()
}

/// How many bytes the text of a value has at the most, however its texts are escaped and its numbers are spelled: this is
/// asked of every output, and looks into no text.
fn at_most(value: &Value) -> usize {
    /// What a byte of a text takes at the most: `\u0000`.
    const ESCAPED: usize = 6;
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(_) => 25,
        Value::String(text) => ESCAPED * text.len() + 2,
        Value::Array(items) => items.iter().fold(2, |size, item| size + at_most(item) + 1),
        // The quotes, the colon and the comma of each member.
        Value::Object(members) => {
            members.iter().fold(2, |size, (name, member)| size + ESCAPED * name.len() + 4 + at_most(member))
        }
    }
}

#[cold]
fn too_large(name: &str) -> Error {
    let text = format!(
        "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
    );
    Error::new("States.DataLimitExceeded", text)
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
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_result_of_256_kib_is_the_largest() {
        const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
        let check = |length: usize, service: &'static str, refused: Option<&str>| {
            let resource = Resource { arn: ARN, service, action: "", pattern: "" };
            // Two bytes are the quotes.
            let error = check_result(&resource, &"a".repeat(length - 2).into(), LIMIT).err();
            let expected = refused.map(|name| {
                let cause = "returned a result with a size exceeding the maximum number of bytes service limit.";
                Error::new("States.DataLimitExceeded", format!("The state/task '{name}' {cause}"))
            });
            assert_eq!(error, expected, "{length} {service}");
        };
        check(LIMIT, "lambda", None);
        check(LIMIT + 1, "lambda", Some("lambda"));
        check(LIMIT + 1, "", Some(ARN));
        check(LIMIT + 1, "activity", Some(ARN));
    }

    #[test]
    fn bytes_of_the_text_are_counted() {
        for value in [json!(null), json!([1.5, -7, true]), json!({"a\n": "\u{1}é\"", "b": {}}), json!("")] {
            let size = value.to_string().len();
            assert!(check_output("S", &value, size).is_ok(), "{value}");
            assert!(check_output("S", &value, size - 1).is_err(), "{value}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_longer_than_it_may_be(texts in prop::collection::vec(any::<String>(), 0..4), number: f64, more: i64) {
            let value = json!({"texts": texts, "number": number, "more": [more, null, false, {"": texts}]});
            prop_assert!(value.to_string().len() <= at_most(&value));
        }
    }
}
