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
fn fits(value: &Value, limit: usize) -> bool {
    let mut room = limit;
    surely_fits(value, &mut room) || serde_json::to_writer(Room(limit), value).is_ok()
}

/// Whether a value fits into the room that is left, however its texts are escaped and its numbers are spelled.
fn surely_fits(value: &Value, room: &mut usize) -> bool {
    /// A character of a text takes at most `\u0000`.
    const ESCAPED: usize = 6;
    let own = match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(_) => 25,
        Value::String(text) => ESCAPED * text.len() + 2,
        Value::Array(items) => items.len() + 2,
        // The quotes, the colon and the comma of each member.
        Value::Object(members) => members.keys().map(|name| ESCAPED * name.len() + 4).sum::<usize>() + 2,
    };
    let Some(left) = room.checked_sub(own) else { return false };
    *room = left;
    match value {
        Value::Array(items) => items.iter().all(|item| surely_fits(item, room)),
        Value::Object(members) => members.values().all(|member| surely_fits(member, room)),
        _ => true,
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
        fn what_surely_fits_does_fit(texts in prop::collection::vec(any::<String>(), 0..4), number: f64, more: i64) {
            let value = json!({"texts": texts, "number": number, "more": [more, null, false, {"": texts}]});
            let mut room = LIMIT;
            prop_assert!(surely_fits(&value, &mut room));
            prop_assert!(value.to_string().len() <= LIMIT - room);
        }
    }
}
