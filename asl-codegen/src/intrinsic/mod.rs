//! The intrinsic functions whose values depend on their arguments alone: all but `States.UUID` and `States.MathRandom`.
//! What was recorded on AWS first, then the AWS developer guide, "Intrinsic functions".
//!
//! The compiler and the runtime evaluate them with the same code: it makes no difference when a call is evaluated. A
//! function takes references to its arguments.

mod array;
mod encoding;
mod format;
mod json;
mod math;
mod string;

use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value};

pub use array::{array, array_contains, array_get_item, array_length, array_partition, array_range, array_unique};
pub use encoding::{base64_decode, base64_encode, digest, hash, hexadecimal};
pub use format::{cut, format, format_with};
pub use json::{json_merge, json_to_string, string_to_json};
pub use math::{math_add, random_limits};
pub use string::string_split;

/// The most characters that AWS encodes, decodes or hashes.
const MAX_CHARACTERS: usize = 10_000;

/// Why a call gives no value: what AWS puts behind `The function '…' had the following error: `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(Cow<'static, str>);

impl Failure {
    /// A failure for the reason `problem`.
    #[cold]
    #[inline(never)]
    pub fn new(problem: impl Into<Cow<'static, str>>) -> Self {
        Self(problem.into())
    }

    /// An argument, counted from 1, that the function does not take; `needed` is what it takes there.
    #[cold]
    #[inline(never)]
    pub fn wrong_type(function: &str, place: usize, needed: &str, found: &Value) -> Self {
        Self::new(format!("Argument {place} of {function} must be {needed}, found: {found}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A number as an integer, rounded as AWS rounds.
///
/// # Errors
/// The argument is no number, or beyond 64 bits.
pub fn integer(function: &str, place: usize, value: &Value) -> Result<i64, Failure> {
    math::rounded(value).ok_or_else(|| Failure::wrong_type(function, place, "an integer", value))
}

fn items<'a>(function: &str, place: usize, value: &'a Value) -> Result<&'a [Value], Failure> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| Failure::wrong_type(function, place, "an array", value))
}

fn members<'a>(function: &str, place: usize, value: &'a Value) -> Result<&'a Map<String, Value>, Failure> {
    value.as_object().ok_or_else(|| Failure::wrong_type(function, place, "an object", value))
}

fn text<'a>(function: &str, place: usize, value: &'a Value) -> Result<&'a str, Failure> {
    value.as_str().ok_or_else(|| Failure::wrong_type(function, place, "a string", value))
}

/// Refuses a text that is longer than AWS takes.
fn limited(function: &str, text: &str) -> Result<(), Failure> {
    if text.len() > MAX_CHARACTERS && text.chars().count() > MAX_CHARACTERS {
        return Err(Failure::new(format!("The argument of {function} has more than {MAX_CHARACTERS} characters")));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    /// The value as JSON, or the reason of the failure.
    #[track_caller]
    pub(super) fn check(result: Result<Value, Failure>, expected: &str) {
        let given = result.map_or_else(|failure| failure.to_string(), |value| value.to_string());
        assert_eq!(given, expected);
    }
}
