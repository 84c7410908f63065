//! How an execution, or a task in it, fails.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::value::build::object;

/// An error as the Amazon States Language knows it: a name that `Retry` and `Catch` match, and a cause.
///
/// Both can be missing: a `Fail` state without `Error` and `Cause` gives neither.
#[derive(Clone)]
pub struct Error(Box<Parts>);

#[derive(Clone)]
struct Parts {
    name: Option<Cow<'static, str>>,
    cause: Option<String>,
    origin: Origin,
}

/// Who raised an error.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A Fail state, a service.
    Given,
    /// The interpreter itself.
    Raised,
    /// The interpreter itself, at a JSONata expression; in the field of this name, where AWS says it.
    Expression(Option<&'static str>),
}

impl Error {
    /// An error with a name, such as `States.Timeout` or one of your own, and a cause.
    pub fn new(name: impl Into<Cow<'static, str>>, cause: impl Into<String>) -> Self {
        Self::from_parts(Some(name.into()), Some(cause.into()))
    }

    /// An error of which either part may be missing.
    pub fn from_parts(name: Option<Cow<'static, str>>, cause: Option<String>) -> Self {
        Self(Box::new(Parts { name, cause, origin: Origin::Given }))
    }

    /// `States.Runtime`: the data does not fit the definition. Never retried and never caught.
    ///
    /// An engine puts in front of the cause in which state it happened, as AWS does.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self::raised("States.Runtime", cause.into())
    }

    /// An error that the interpreter itself raises. An engine says in its cause in which state.
    pub(crate) fn raised(name: &'static str, cause: String) -> Self {
        Self(Box::new(Parts { name: Some(name.into()), cause: Some(cause), origin: Origin::Raised }))
    }

    /// `States.QueryEvaluationError`: an expression failed, or gave what its field does not take. `location` is the field,
    /// as AWS names it.
    #[cold]
    pub(crate) fn evaluation(location: impl Into<Option<&'static str>>, cause: String) -> Self {
        let origin = Origin::Expression(location.into());
        Self(Box::new(Parts { name: Some("States.QueryEvaluationError".into()), cause: Some(cause), origin }))
    }

    /// `States.Timeout`: AWS reports it without a cause.
    pub(crate) fn timeout() -> Self {
        Self::from_parts(Some("States.Timeout".into()), None)
    }

    /// Whether the interpreter itself raised it.
    pub(crate) fn is_raised(&self) -> bool {
        self.0.origin != Origin::Given
    }

    /// The field whose expression failed, or none where AWS says none; the outer none when it was no expression.
    #[allow(clippy::option_option, reason = "it is looked at in one place")]
    pub(crate) fn failed_expression(&self) -> Option<Option<&'static str>> {
        match self.0.origin {
            Origin::Expression(location) => Some(location),
            Origin::Given | Origin::Raised => None,
        }
    }

    /// Whether it ends the execution, wherever it happens: nothing retries or catches it.
    pub(crate) fn is_fatal(&self) -> bool {
        self.name() == Some("States.Runtime")
    }

    /// The same error with where it happened in front of its cause. As recorded on AWS.
    pub(crate) fn in_state(mut self, state: &str, entered: u64) -> Self {
        let cause = self.0.cause.unwrap_or_default();
        let place =
            format!("An error occurred while executing the state '{state}' (entered at the event id #{entered}). ");
        self.0.cause = Some(place + &cause);
        self.0.origin = Origin::Given;
        self
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The cause.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Whether an `ErrorEquals` list matches this error. AWS developer guide, "Handling errors".
    pub fn matches(&self, error_equals: &[&str]) -> bool {
        let name = self.name();
        if self.is_fatal() {
            return false;
        }
        error_equals.iter().any(|pattern| match *pattern {
            "States.ALL" => true,
            "States.TaskFailed" => name != Some("States.Timeout"),
            exact => name == Some(exact),
        })
    }

    /// The Error Output that a Catcher hands on: `{"Error": …, "Cause": …}`.
    ///
    /// A missing part is null; only a timeout's missing cause is an empty string. Language spec, "Fallback states".
    pub fn to_output(&self) -> Value {
        let cause = match self.cause() {
            None if self.name() == Some("States.Timeout") => Some(""),
            cause => cause,
        };
        let text = |part: Option<&str>| part.map_or(Value::Null, Value::from);
        object([("Error", text(self.name())), ("Cause", text(cause))])
    }
}

impl PartialEq for Error {
    /// By name and cause.
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.cause()) == (other.name(), other.cause())
    }
}

impl Eq for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name(), self.cause()) {
            (Some(name), Some(cause)) if !cause.is_empty() => write!(f, "{name}: {cause}"),
            (Some(name), _) => f.write_str(name),
            (None, Some(cause)) => f.write_str(cause),
            (None, None) => f.write_str("failed without an error name"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("name", &self.name()).field("cause", &self.cause()).finish()
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn error_equals_matches_by_name_and_by_family() {
        for (name, pattern, expected) in [
            (Some("Boom"), "Boom", true),
            (Some("Boom"), "boom", false),
            (Some("Boom"), "States.ALL", true),
            (Some("Boom"), "States.TaskFailed", true),
            (None, "States.ALL", true),
            (None, "States.TaskFailed", true),
            (None, "Boom", false),
            (Some("States.Timeout"), "States.Timeout", true),
            (Some("States.Timeout"), "States.ALL", true),
            (Some("States.Timeout"), "States.TaskFailed", false),
            (Some("States.Timeout"), "States.HeartbeatTimeout", false),
            (Some("States.Runtime"), "States.ALL", false),
            (Some("States.Runtime"), "States.Runtime", false),
            (Some("States.Runtime"), "States.TaskFailed", false),
            (Some("States.DataLimitExceeded"), "States.ALL", true),
        ] {
            let error = Error::from_parts(name.map(Cow::from), None);
            assert_eq!(error.matches(&["Never", pattern]), expected, "{name:?} {pattern}");
        }
        assert!(!Error::new("Boom", "").matches(&[]));
    }

    #[test]
    fn the_error_output_has_both_parts() {
        let check = |error: Error, expected: Value| assert_eq!(error.to_output().to_string(), expected.to_string());
        check(Error::new("Boom", "why"), json!({"Error": "Boom", "Cause": "why"}));
        check(Error::from_parts(None, None), json!({"Error": null, "Cause": null}));
        check(Error::timeout(), json!({"Error": "States.Timeout", "Cause": ""}));
    }

    #[test]
    fn an_error_reads_as_one_line() {
        let check = |error: Error, expected: &str| assert_eq!(error.to_string(), expected);
        check(Error::new("Boom", "why"), "Boom: why");
        check(Error::new("Boom", ""), "Boom");
        check(Error::timeout(), "States.Timeout");
        check(Error::from_parts(None, Some("why".to_owned())), "why");
        check(Error::from_parts(None, None), "failed without an error name");
    }
}
