//! `SecondsPath`, `TimestampPath`, `TimeoutSecondsPath`, `HeartbeatSecondsPath`: numbers and instants out of the data.

use serde_json::Value;

use crate::error::Error;
use crate::machine::Wait;
use crate::timestamp::Timestamp;
use crate::value::path::{self, Path};

/// The longest `TimeoutSeconds` and `HeartbeatSeconds` that AWS takes.
const LONGEST_TIMEOUT: u32 = 99_999_999;

/// `SecondsPath`.
///
/// # Errors
/// `States.Runtime`, in AWS's words: the path finds nothing, or something that is no integer, or a negative one.
/// Language spec, "Wait State"; the texts as recorded on AWS.
pub fn seconds(data: &Value, path: &Path) -> Result<Wait, Error> {
    let Some(value) = path::find(data, path.steps) else { return Err(refused("SecondsPath", MISSING, path, None)) };
    match (value.as_u64(), value.as_i64()) {
        (Some(seconds), _) => Ok(Wait::Seconds(seconds)),
        (None, Some(_)) => Err(refused("SecondsPath", "references a negative value", path, Some(value))),
        (None, None) => Err(refused("SecondsPath", "cannot be parsed as a long value", path, Some(value))),
    }
}

/// `TimestampPath`.
///
/// # Errors
/// `States.Runtime`, in AWS's words: the path finds nothing, or something that is no timestamp.
pub fn timestamp(data: &Value, path: &Path) -> Result<Wait, Error> {
    let Some(value) = path::find(data, path.steps) else { return Err(refused("TimestampPath", MISSING, path, None)) };
    match value.as_str().and_then(Timestamp::parse) {
        Some(timestamp) => Ok(Wait::Until(timestamp)),
        None => Err(refused("TimestampPath", NO_TIMESTAMP, path, Some(value))),
    }
}

/// `TimeoutSecondsPath` and `HeartbeatSecondsPath`.
///
/// # Errors
/// `States.Runtime`: the path finds nothing, or something that is no positive integer, or one above 99,999,999.
pub fn timeout(data: &Value, path: &Path) -> Result<u32, Error> {
    let value = path::select(data, path)?;
    match value.as_u64().and_then(|seconds| u32::try_from(seconds).ok()) {
        Some(seconds @ 1..=LONGEST_TIMEOUT) => Ok(seconds),
        _ => Err(no_timeout(value, path)),
    }
}

const MISSING: &str = "does not reference an input value";
const NO_TIMESTAMP: &str = "does not reference a valid ISO-8601 extended offset date-time format string";

#[cold]
#[inline(never)]
fn refused(field: &str, what: &str, path: &Path, value: Option<&Value>) -> Error {
    let text = path.text;
    Error::runtime(match value {
        None => format!("The {field} parameter {what}: {text}"),
        // AWS shows a string without its quotes.
        Some(Value::String(value)) => format!("The {field} parameter {what}: {text} == {value}"),
        Some(value) => format!("The {field} parameter {what}: {text} == {value}"),
    })
}

#[cold]
#[inline(never)]
fn no_timeout(value: &Value, path: &Path) -> Error {
    Error::runtime(format!(
        "The path '{}' refers to value {value} which is not an integer from 1 to {LONGEST_TIMEOUT}.",
        path.text
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::fmt::Debug;

    use serde_json::json;

    use super::*;
    use crate::value::path::Step;

    const A: Path = Path { text: "$.a", steps: &[Step::Name("a")] };

    fn check<T: Debug + PartialEq>(
        read: fn(&Value, &Path) -> Result<T, Error>,
        data: Value,
        expected: Result<T, &'static str>,
    ) {
        assert_eq!(read(&data, &A), expected.map_err(Error::runtime), "{data}");
    }

    #[test]
    fn seconds_are_integers_from_zero() {
        check(seconds, json!({"a": 0}), Ok(Wait::Seconds(0)));
        check(seconds, json!({"a": 99_999_999}), Ok(Wait::Seconds(99_999_999)));
        check(seconds, json!({}), Err("The SecondsPath parameter does not reference an input value: $.a"));
        check(seconds, json!({"a": -1}), Err("The SecondsPath parameter references a negative value: $.a == -1"));
        check(
            seconds,
            json!({"a": 1.5}),
            Err("The SecondsPath parameter cannot be parsed as a long value: $.a == 1.5"),
        );
        check(
            seconds,
            json!({"a": -1.5}),
            Err("The SecondsPath parameter cannot be parsed as a long value: $.a == -1.5"),
        );
        check(seconds, json!({"a": "x"}), Err("The SecondsPath parameter cannot be parsed as a long value: $.a == x"));
    }

    #[test]
    fn timestamps_are_strings_in_the_profile() {
        let at = |seconds, nanoseconds| Ok(Wait::Until(Timestamp { seconds, nanoseconds }));
        check(timestamp, json!({"a": "1970-01-01T00:00:01Z"}), at(1, 0));
        check(timestamp, json!({"a": "1970-01-01T01:00:00.5+01:00"}), at(0, 500_000_000));
        check(timestamp, json!({}), Err("The TimestampPath parameter does not reference an input value: $.a"));
        for text in ["2016-13-05T21:29:29Z", "05-12-2016T21:29:29Z", "2024-03-01T12:00:00.000000"] {
            let error = timestamp(&json!({"a": text}), &A).unwrap_err();
            let expected = format!(
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format \
                 string: $.a == {text}"
            );
            assert_eq!(error.cause(), Some(expected.as_str()));
        }
    }

    #[test]
    fn timeouts_are_positive_integers() {
        check(timeout, json!({"a": 1}), Ok(1));
        check(timeout, json!({"a": 99_999_999}), Ok(99_999_999));
        check(timeout, json!({}), Err("Invalid path '$.a' : No results for path: $['a']"));
        for value in [json!(0), json!(-1), json!(1.5), json!("1"), json!(100_000_000), json!(u64::MAX)] {
            let cause = format!("The path '$.a' refers to value {value} which is not an integer from 1 to 99999999.");
            assert_eq!(timeout(&json!({"a": value}), &A), Err(Error::runtime(cause)));
        }
    }
}
