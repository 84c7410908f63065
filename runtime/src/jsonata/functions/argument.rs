//! The arguments of built-in functions, as their signatures want them.

use std::borrow::Cow;

use super::super::signature::{arrange, not_an_array_of};
use super::{BuiltIn, Error, Evaluation, List, Result, Value};

/// An argument is not of the type that is wanted.
#[derive(Debug)]
pub(super) struct Mismatch;

/// `s`
#[inline]
pub(super) fn string<'v, 'a>(value: &'v Value<'a>) -> Result<Option<&'v Cow<'a, str>>, Mismatch> {
    match value {
        Value::String(text) => Ok(Some(text)),
        Value::Undefined => Ok(None),
        _ => Err(Mismatch),
    }
}

/// `n`
#[inline]
pub(super) fn number(value: &Value<'_>) -> Result<Option<f64>, Mismatch> {
    match value {
        Value::Undefined => Ok(None),
        other => other.as_number().map(Some).ok_or(Mismatch),
    }
}

/// `b`
pub(super) fn boolean(value: &Value<'_>) -> Result<Option<bool>, Mismatch> {
    match value {
        Value::Bool(value) => Ok(Some(*value)),
        Value::Undefined => Ok(None),
        _ => Err(Mismatch),
    }
}

/// `f`
pub(super) fn function<'v, 'a>(value: &'v Value<'a>) -> Result<&'v std::rc::Rc<super::Function<'a>>, Mismatch> {
    match value {
        Value::Function(function) => Ok(function),
        _ => Err(Mismatch),
    }
}

/// `a`: the items of an array, or the one value that is none. None when there is nothing.
#[inline]
pub(super) fn items<'v, 'a>(value: &'v Value<'a>) -> Option<List<'v, 'a>> {
    match value {
        Value::Undefined => None,
        other => Some(other.as_list().unwrap_or(List::Made(std::slice::from_ref(other)))),
    }
}

/// `a<n>`: calls `visit` with each number. None when there is nothing, else how many there are.
pub(super) fn numbers(function: BuiltIn, value: &Value<'_>, mut visit: impl FnMut(f64)) -> Result<Option<usize>> {
    let wrong = || not_an_array_of(function.name(), 1, Some("numbers"));
    let Some(items) = items(value) else { return Ok(None) };
    match items {
        List::Json(items) => {
            items.iter().try_for_each(|item| item.as_f64().map(&mut visit)).ok_or_else(wrong)?;
        }
        List::Made(items) => {
            items.iter().try_for_each(|item| item.as_number().map(&mut visit)).ok_or_else(wrong)?;
        }
    }
    Ok(Some(items.len()))
}

/// What a function gives for arguments of which one is not of its parameter's type: an error, or what it gives when the
/// context takes the place of the first one and all others move on.
#[cold]
pub(super) fn refuse<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: &[&Value<'a>],
) -> Result<Value<'a>> {
    // Trailing arguments that are nothing were most likely left out.
    let given = arguments.iter().rposition(|argument| !argument.is_undefined()).map_or(0, |last| last + 1);
    let given: Vec<Value<'a>> = arguments.iter().take(given).map(|argument| (*argument).clone()).collect();
    let count = given.len();
    let arranged = arrange(function.name(), function.parameters(), context, given)?;
    if arranged.len() <= count {
        // Nothing was put in front of them, so that they would be refused again.
        return Err(super::super::signature::mismatch(function.name(), count));
    }
    let arranged: Vec<Value<'a>> = arranged.into_iter().map(|(_, argument)| argument).collect();
    super::dispatch(evaluation, function, context, &arranged)
}

/// A text as JSON, for messages.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An error about an argument.
#[cold]
pub(super) fn error(code: &'static str, function: BuiltIn) -> Error {
    Error::new(code).token(function.name())
}
