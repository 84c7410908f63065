//! Intrinsic functions: what was recorded on AWS first, then the AWS developer guide, "Intrinsic functions".
//!
//! A function takes references to its arguments. One that can fail also takes the whole expression as it is written,
//! which the failure quotes. Failures are `States.Runtime`, which nothing catches.

mod array;
mod encoding;
mod format;
mod json;
mod math;
mod string;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::value::path::{self, Path};

pub use array::{array, array_contains, array_get_item, array_length, array_partition, array_range, array_unique};
#[cfg(feature = "local")]
pub(crate) use encoding::hexadecimal;
pub use encoding::{base64_decode, base64_encode, hash};
pub use format::{format, format_with};
pub use json::{json_merge, json_to_string, string_to_json};
pub use math::{math_add, math_random};
pub use string::string_split;

/// The most characters that AWS encodes, decodes or hashes.
const MAX_CHARACTERS: usize = 10_000;

/// A call as it is written in the definition, with those around it.
#[derive(Clone, Copy, Debug)]
pub struct Written(pub &'static str);

impl Written {
    /// A failure of the call, in AWS's words: `The function '…' had the following error: …`.
    #[cold]
    #[inline(never)]
    fn fail(self, problem: &str) -> Error {
        Error::runtime(format!("The function '{}' had the following error: {problem}", self.0))
    }

    fn wrong_type(self, function: &str, place: usize, needed: &str, found: &Value) -> Error {
        self.fail(&format!("Argument {place} of {function} must be {needed}, found: {found}"))
    }

    fn array<'a>(self, function: &str, place: usize, value: &'a Value) -> Result<&'a [Value], Error> {
        value.as_array().map(Vec::as_slice).ok_or_else(|| self.wrong_type(function, place, "an array", value))
    }

    fn object<'a>(self, function: &str, place: usize, value: &'a Value) -> Result<&'a Map<String, Value>, Error> {
        value.as_object().ok_or_else(|| self.wrong_type(function, place, "an object", value))
    }

    fn string<'a>(self, function: &str, place: usize, value: &'a Value) -> Result<&'a str, Error> {
        value.as_str().ok_or_else(|| self.wrong_type(function, place, "a string", value))
    }

    /// A number, rounded as AWS rounds.
    fn integer(self, function: &str, place: usize, value: &Value) -> Result<i64, Error> {
        math::rounded(value).ok_or_else(|| self.wrong_type(function, place, "an integer", value))
    }

    /// Refuses a text that is longer than AWS takes.
    fn limited(self, function: &str, text: &str) -> Result<(), Error> {
        if text.len() > MAX_CHARACTERS && text.chars().count() > MAX_CHARACTERS {
            return Err(self.fail(&format!("The argument of {function} has more than {MAX_CHARACTERS} characters")));
        }
        Ok(())
    }
}

/// The value of a path among the arguments.
///
/// # Errors
/// `States.Runtime`: there is none.
pub fn argument<'a>(call: Written, data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    path::find(data, path.steps).ok_or_else(|| {
        call.fail(&format!(
            "The JsonPath argument for the field '{}' could not be found in the input '{data}'",
            path.text
        ))
    })
}

/// The value of the variable that a path among the arguments starts at.
///
/// # Errors
/// `States.Runtime`: it has none yet.
pub fn variable<'a>(call: Written, variable: Option<&'a Value>, path: &str, data: &Value) -> Result<&'a Value, Error> {
    variable.ok_or_else(|| {
        call.fail(&format!("The JsonPath argument for the field '{path}' could not be found in the input '{data}'"))
    })
}

/// What a call gives for `ErrorPath` or `CausePath`.
///
/// # Errors
/// `States.Runtime`: it is no string.
pub fn text(call: Written, value: Value, field: &str) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(call.fail(&format!("The field '{field}' needs a string, found: {other}"))),
    }
}

/// `States.UUID`: a UUID of version 4. A replay would have to take the recorded one.
pub fn uuid() -> Value {
    Value::String(crate::uuid::uuid())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::value::path::{Step, at};

    /// The value as JSON, or the problem that the failure of a call of `States.F()` names.
    #[track_caller]
    pub(super) fn check(result: Result<Value, Error>, expected: &str) {
        match result {
            Ok(value) => assert_eq!(value.to_string(), expected),
            Err(error) => {
                assert_eq!(error.name(), Some("States.Runtime"));
                let cause = format!("The function 'States.F()' had the following error: {expected}");
                assert_eq!(error.cause(), Some(cause.as_str()));
            }
        }
    }

    #[test]
    fn a_path_that_finds_nothing_fails_in_the_words_of_aws() {
        let call = Written("States.F()");
        let path = at("$.nope", &[Step::Name("nope")]);
        check(argument(call, &json!({"nope": null}), &path).cloned(), "null");
        check(
            argument(call, &json!({"other": 1}), &path).cloned(),
            r#"The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'"#,
        );
    }

    #[test]
    fn a_cause_is_a_string() {
        let call = Written("States.F()");
        check(text(call, json!("why"), "CausePath").map(Value::from), r#""why""#);
        check(text(call, json!(1), "CausePath").map(Value::from), "The field 'CausePath' needs a string, found: 1");
    }
}
