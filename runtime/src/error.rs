//! How an execution, or a task in it, fails.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// An error as the Amazon States Language knows it: a name that `Retry` and `Catch` match, and a cause.
///
/// Both can be missing: a `Fail` state without `Error` and `Cause` gives neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    name: Option<Cow<'static, str>>,
    cause: Option<String>,
}

impl Error {
    /// An error with a name, such as `States.Timeout` or one of your own, and a cause.
    pub fn new(name: impl Into<Cow<'static, str>>, cause: impl Into<String>) -> Self {
        Self::from_parts(Some(name.into()), Some(cause.into()))
    }

    /// An error of which either part may be missing.
    pub fn from_parts(name: Option<Cow<'static, str>>, cause: Option<String>) -> Self {
        Self(Box::new(Parts { name, cause }))
    }

    /// `States.Runtime`: the data does not fit the definition. Never retried and never caught.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self::new("States.Runtime", cause)
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The cause.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Whether an `ErrorEquals` list matches this error. asl-reference 6.1.
    pub fn matches(&self, error_equals: &[&str]) -> bool {
        let name = self.name();
        if matches!(name, Some("States.Runtime")) {
            return false;
        }
        error_equals.iter().any(|pattern| match *pattern {
            "States.ALL" => true,
            "States.TaskFailed" => name != Some("States.Timeout"),
            "States.HeartbeatTimeout" => name == Some("States.HeartbeatTimeout"),
            exact => name == Some(exact),
        })
    }

    /// The Error Output that a Catcher hands on: `{"Error": …, "Cause": …}`.
    pub fn to_output(&self) -> Value {
        let text = |part: Option<&str>| part.map_or(Value::Null, Value::from);
        crate::value::build::object([("Error", text(self.name())), ("Cause", text(self.cause()))])
    }
}

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
