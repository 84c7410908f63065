//! Paths that were parsed while compiling: reading, taking and writing values.

use serde_json::Value;

use crate::error::Error;

/// A path: names and indexes from the root of some data.
#[derive(Debug)]
pub struct Path {
    /// The path as written in the definition; messages quote it.
    pub text: &'static str,
    /// Its steps.
    pub steps: &'static [Step],
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Name(&'static str),
    /// An element of an array; negative counts from the end.
    Index(i64),
}

/// The value at `path`, when there is one.
pub fn find<'a>(data: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    let _ = (data, steps);
    None
}

/// The value of a template field, of `ErrorPath` or of `CausePath`.
///
/// # Errors
/// `States.Runtime`: ``The JSONPath '$.x' specified for the field 'k.$' could not be found in the input '{…}'``.
pub fn template<'a>(data: &'a Value, path: &Path, field: &str) -> Result<&'a Value, Error> {
    let _ = (path, field);
    Ok(data)
}

/// The text of `ErrorPath` or `CausePath`.
///
/// # Errors
/// As [`template`]; or `States.Runtime` when the value is no string.
pub fn text(data: &Value, path: &Path, field: &str) -> Result<String, Error> {
    match template(data, path, field)? {
        Value::String(text) => Ok(text.clone()),
        _ => Err(not_a_string(path, field)),
    }
}

#[cold]
fn not_a_string(path: &Path, field: &str) -> Error {
    Error::runtime(format!("The JSONPath '{}' specified for the field '{field}' must give a string", path.text))
}

/// The value of `InputPath`, `OutputPath`, `TimeoutSecondsPath` or `HeartbeatSecondsPath`.
///
/// # Errors
/// `States.Runtime`: ``Invalid path '$.a.b' : No results for path: $['a']['b']`` when the last name is missing,
/// ``… : Missing property in path $['a']`` when one before it is.
pub fn select<'a>(data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    let _ = path;
    Ok(data)
}

/// As [`select`], and moves the value out instead of borrowing it: `data` becomes the value at `path`.
///
/// # Errors
/// As [`select`]; `data` is then unchanged.
pub fn narrow(data: &mut Value, path: &Path) -> Result<(), Error> {
    let _ = (data, path);
    Ok(())
}

/// The value of a Choice rule's `Variable` or `…Path` operand.
///
/// # Errors
/// `States.Runtime`: ``Invalid path '$.x': The choice state's condition path references an invalid value.``
pub fn variable<'a>(data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    let _ = path;
    Ok(data)
}

/// Writes a result at `ResultPath`: replaces what is there, or creates it and the objects on the way. asl-reference 2.4.
///
/// # Errors
/// `States.ResultPathMatchFailure`: something on the way is no object, or an index is past the end.
pub fn put(data: &mut Value, path: &Path, result: Value) -> Result<(), Error> {
    let _ = (data, path, result);
    Ok(())
}
