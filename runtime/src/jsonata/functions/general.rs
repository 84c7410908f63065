//! Functions of any value, and those that raise errors.

use super::super::operators::boolean as is_true;
use super::argument::{boolean as boolean_of, refuse, string as text_of};
use super::{BuiltIn, Error, Evaluation, Result, Value};

/// `$boolean(arg)`
///
/// # Errors
/// None.
pub fn boolean<'a>(_: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    Ok(if value.is_undefined() { Value::Undefined } else { Value::Bool(is_true(value)?) })
}

/// `$not(arg)`
///
/// # Errors
/// None.
pub fn not<'a>(_: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    Ok(if value.is_undefined() { Value::Undefined } else { Value::Bool(!is_true(value)?) })
}

/// `$exists(arg)`
///
/// # Errors
/// None.
pub fn exists<'a>(_: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    Ok(Value::Bool(!value.is_undefined()))
}

/// `$type(value)`
///
/// # Errors
/// None.
pub fn type_of<'a>(_: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    Ok(Value::str(match value {
        Value::Undefined => return Ok(Value::Undefined),
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) | Value::Integer(_) => "number",
        Value::String(_) => "string",
        Value::JsonArray(_) | Value::Array(_) => "array",
        Value::JsonObject(_) | Value::Object(_) => "object",
        Value::Function(_) => "function",
    }))
}

/// `$error(message)`
///
/// # Errors
/// `D3137`, always.
pub fn error<'a>(evaluation: &Evaluation<'a>, message: &Value<'a>) -> Result<Value<'a>> {
    match text_of(message) {
        Ok(message) => Err(raised("D3137", BuiltIn::Error, message.map(AsRef::as_ref), "$error() function evaluated")),
        Err(_) => refuse(evaluation, BuiltIn::Error, &Value::Undefined, &[message]),
    }
}

/// `$assert(condition, message)`
///
/// # Errors
/// `D3141`: the condition does not hold. `T0410`.
pub fn assert<'a>(evaluation: &Evaluation<'a>, condition: &Value<'a>, message: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(holds), Ok(text)) = (boolean_of(condition), text_of(message)) else {
        return refuse(evaluation, BuiltIn::Assert, &Value::Undefined, &[condition, message]);
    };
    if holds == Some(true) {
        return Ok(Value::Undefined);
    }
    Err(raised("D3141", BuiltIn::Assert, text.map(AsRef::as_ref), "$assert() statement failed"))
}

#[cold]
fn raised(code: &'static str, function: BuiltIn, message: Option<&str>, default: &str) -> Error {
    let message = message.filter(|message| !message.is_empty()).unwrap_or(default);
    Error::with_message(code, message).token(function.name())
}

/// `$eval(expr, context)`, which AWS does not have. Whoever has the variables in reach evaluates it; without them there is
/// none.
///
/// # Errors
/// `T1006`, always.
pub(super) fn eval<'a>(_: &Evaluation<'a>, _: &Value<'a>, _: &Value<'a>, _: &Value<'a>) -> Result<Value<'a>> {
    Err(Error::new("T1006").token(BuiltIn::Eval.name()))
}
