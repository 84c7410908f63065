//! Generated types to and from JSON, without serde's derive.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Number, Value};

/// A JSON value that does not fit a generated type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The names that lead to the place.
    path: Vec<String>,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Missing,
    Needs(&'static str),
}

impl Mismatch {
    fn needs(kind: &'static str) -> Self {
        Self { path: Vec::new(), problem: Problem::Needs(kind) }
    }

    fn inside(mut self, name: &str) -> Self {
        self.path.insert(0, name.to_owned());
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str("the input")?;
        } else {
            write!(f, "the input's member `{}`", self.path.join("."))?;
        }
        match self.problem {
            Problem::Missing => f.write_str(" is missing"),
            Problem::Needs(kind) => write!(f, " must be {kind}"),
        }
    }
}

impl std::error::Error for Mismatch {}

/// A type that a member of the input can have.
pub trait FromMember: Sized {
    /// # Errors
    /// The value is of another type.
    fn from_member(value: Value) -> Result<Self, Mismatch>;
}

impl FromMember for String {
    fn from_member(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(Mismatch::needs("a string")),
        }
    }
}

impl FromMember for Number {
    fn from_member(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Number(number) => Ok(number),
            _ => Err(Mismatch::needs("a number")),
        }
    }
}

impl FromMember for bool {
    fn from_member(value: Value) -> Result<Self, Mismatch> {
        value.as_bool().ok_or(Mismatch::needs("true or false"))
    }
}

impl FromMember for Value {
    fn from_member(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }
}

/// The members of an object.
///
/// # Errors
/// The value is no object.
pub fn members(value: Value) -> Result<Map<String, Value>, Mismatch> {
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Mismatch::needs("an object")),
    }
}

/// Takes out a member that must be there.
///
/// # Errors
/// It is not there, or of another type.
pub fn required<T: FromMember>(members: &mut Map<String, Value>, name: &str) -> Result<T, Mismatch> {
    match members.shift_remove(name) {
        Some(value) => T::from_member(value).map_err(|mismatch| mismatch.inside(name)),
        None => Err(Mismatch { path: vec![name.to_owned()], problem: Problem::Missing }),
    }
}

/// Takes out a member that may be there.
///
/// # Errors
/// It is of another type.
pub fn optional<T: FromMember>(members: &mut Map<String, Value>, name: &str) -> Result<Option<T>, Mismatch> {
    match members.shift_remove(name) {
        Some(value) => T::from_member(value).map(Some).map_err(|mismatch| mismatch.inside(name)),
        None => Ok(None),
    }
}

/// Deserialises a generated structure by way of its JSON value.
///
/// # Errors
/// The format's, or the value does not fit.
pub fn from_value<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<Value>,
    T::Error: fmt::Display,
{
    T::try_from(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Deserialises a state by its name.
///
/// # Errors
/// The format's, or the machine has no state of that name.
pub fn state<'de, D, T>(deserializer: D, from_name: fn(&str) -> Option<T>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    let name = String::deserialize(deserializer)?;
    from_name(&name).ok_or_else(|| D::Error::custom(format_args!("the machine has no state named `{name}`")))
}
