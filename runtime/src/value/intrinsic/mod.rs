//! Intrinsic functions, as generated code calls them. What they give is in [`asl_codegen::intrinsic`], which the compiler
//! shares.
//!
//! A function takes references to its arguments. One that can fail also takes the whole expression as it is written,
//! which the failure quotes. Failures are `States.Runtime`, which nothing catches.

mod random;

#[cfg(feature = "local")]
pub(crate) use asl_codegen::intrinsic::hexadecimal;
use asl_codegen::intrinsic::{self as shared, Failure};
pub use asl_codegen::intrinsic::{array, format, json_to_string};
use serde_json::Value;

use crate::error::Error;
use crate::value::path::{self, Path};

pub(crate) use random::JavaRandom;
pub use random::{math_random, uuid};

/// A call as it is written in the definition, with those around it.
#[derive(Clone, Copy, Debug)]
pub struct Written(pub &'static str);

impl Written {
    /// A failure of the call, in AWS's words: `The function '…' had the following error: …`.
    #[cold]
    #[inline(never)]
    fn fail(self, problem: impl std::fmt::Display) -> Error {
        Error::runtime(format!("The function '{}' had the following error: {problem}", self.0))
    }

    fn give(self, result: Result<Value, Failure>) -> Result<Value, Error> {
        result.map_err(|failure| self.fail(failure))
    }
}

macro_rules! functions {
    ($($aws:literal $name:ident($($argument:ident),*);)*) => {
        $(
            #[doc = concat!("`", $aws, "`: see [`asl_codegen::intrinsic::", stringify!($name), "`].")]
            ///
            /// # Errors
            /// `States.Runtime`: the function does not take the arguments.
            pub fn $name(call: Written, $($argument: &Value),*) -> Result<Value, Error> {
                call.give(shared::$name($($argument),*))
            }
        )*
    };
}

functions! {
    "States.ArrayContains" array_contains(array, value);
    "States.ArrayGetItem" array_get_item(array, index);
    "States.ArrayLength" array_length(array);
    "States.ArrayPartition" array_partition(array, size);
    "States.ArrayRange" array_range(first, last, step);
    "States.ArrayUnique" array_unique(array);
    "States.Base64Decode" base64_decode(text);
    "States.Base64Encode" base64_encode(text);
    "States.Hash" hash(data, algorithm);
    "States.JsonMerge" json_merge(first, second, deep);
    "States.MathAdd" math_add(left, right);
    "States.StringSplit" string_split(text, separators);
    "States.StringToJson" string_to_json(text);
}

/// `States.Format` with a text that is known at run time only: see [`asl_codegen::intrinsic::format_with`].
///
/// # Errors
/// `States.Runtime`: the text is none that the values fit in.
pub fn format_with(call: Written, template: &Value, values: &[&Value]) -> Result<Value, Error> {
    call.give(shared::format_with(template, values))
}

/// The value of a path among the arguments.
///
/// # Errors
/// `States.Runtime`: there is none.
pub fn argument<'a>(call: Written, data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    path::find(data, path.steps).ok_or_else(|| {
        call.fail(format_args!(
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
        call.fail(format_args!("The JsonPath argument for the field '{path}' could not be found in the input '{data}'"))
    })
}

/// What a call gives for `ErrorPath` or `CausePath`.
///
/// # Errors
/// `States.Runtime`: it is no string.
pub fn text(call: Written, value: Value, field: &str) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(call.fail(format_args!("The field '{field}' needs a string, found: {other}"))),
    }
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
    fn a_failure_quotes_the_expression() {
        let call = Written("States.F()");
        check(math_add(call, &json!(1), &json!(2)), "3");
        check(array_length(call, &json!("ab")), r#"Argument 1 of States.ArrayLength must be an array, found: "ab""#);
        check(format_with(call, &json!("{}"), &[&json!(1)]), r#""1""#);
        check(format_with(call, &json!("{"), &[]), "matching '}' not found for '{'");
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
