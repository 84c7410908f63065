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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn what_values_are() {
        for (value, kind, is_true) in [
            (json!(null), "null", false),
            (json!(0), "number", false),
            (json!("a"), "string", true),
            (json!(true), "boolean", true),
            (json!([0]), "array", false),
            (json!([0, [1]]), "array", true),
            (json!({}), "object", false),
            (json!({"$": "sum"}), "function", false),
        ] {
            check("type", &json!([value]), &format!("\"{kind}\""));
            check("boolean", &json!([value]), &is_true.to_string());
            check("not", &json!([value]), &(!is_true).to_string());
            check("exists", &json!([value]), "true");
        }
        for name in ["type", "boolean", "not"] {
            check(name, &json!([{"$": ""}]), "nothing");
        }
        check("exists", &json!([{"$": ""}]), "false");
    }

    #[test]
    fn errors_are_raised() {
        check("error", &json!([]), "D3137: $error() function evaluated");
        check("error", &json!([""]), "D3137: $error() function evaluated");
        check("error", &json!(["no"]), "D3137: no");
        check("error", &json!([5]), r#"T0410: Argument 1 of function "error" does not match function signature"#);
        check("assert", &json!([true, "no"]), "nothing");
        check("assert", &json!([false]), "D3141: $assert() statement failed");
        check("assert", &json!([false, "no"]), "D3141: no");
    }
}
