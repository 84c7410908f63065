//! Functions of strings. Characters are code points, as JSONata counts them.

use std::borrow::Cow;

use super::super::regex::{as_number, slice};
use super::super::signature::not_an_array_of;
use super::super::text as show;
use super::argument::{boolean, items, number, refuse, string as text_of};
use super::time::named;
use super::{BuiltIn, Evaluation, Result, Value, count_bytes, text};

/// `$string(value, prettify)`: a string as it is, anything else as JSON.
///
/// # Errors
/// `D3001`: a number that is not finite. `T0410`.
pub fn string<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, prettify: &Value<'a>) -> Result<Value<'a>> {
    let Ok(prettify) = boolean(prettify) else {
        return refuse(evaluation, BuiltIn::String, &Value::Undefined, &[value, prettify]);
    };
    match value {
        Value::Undefined | Value::String(_) => Ok(value.clone()),
        Value::Function(_) => Ok(Value::str("")),
        _ => text(
            evaluation,
            show::string(value, prettify == Some(true)).map_err(|error| named(error, BuiltIn::String))?,
        ),
    }
}

/// `$length(str)`
///
/// # Errors
/// `T0410`
pub fn length<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    match text_of(value) {
        Ok(None) => Ok(Value::Undefined),
        Ok(Some(text)) => Ok(Value::from(as_number(characters(text)))),
        Err(_) => refuse(evaluation, BuiltIn::Length, &Value::Undefined, &[value]),
    }
}

fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The byte at which the character `index` begins.
fn byte_of(text: &str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

/// `$substring(str, start, length)`
///
/// # Errors
/// `T0410`, `T0411`
pub fn substring<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    start: &Value<'a>,
    length: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(text), Ok(first), Ok(count)) = (text_of(value), number(start), number(length)) else {
        return refuse(evaluation, BuiltIn::Substring, context, &[value, start, length]);
    };
    let Some(text) = text else { return Ok(Value::Undefined) };
    let total = as_number(characters(text));
    let Some(mut first) = first else {
        return Ok(if count.is_some() { Value::str("") } else { value.clone() });
    };
    if total + first < 0.0 {
        first = 0.0;
    }
    let end = match count {
        Some(count) if count <= 0.0 => return Ok(Value::str("")),
        Some(count) if first >= 0.0 => first + count,
        Some(count) => total + first + count,
        None => total,
    };
    let (first, end) = (place(first, total), place(end, total));
    if first >= end {
        return Ok(Value::str(""));
    }
    let first_byte = byte_of(text, first);
    let end_byte = first_byte + byte_of(text.get(first_byte..).unwrap_or_default(), end - first);
    Ok(slice(text, first_byte, end_byte))
}

/// A place in a text of `total` characters; a negative number counts from its end.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and the length of a text")]
fn place(number: f64, total: f64) -> usize {
    let number = number.trunc();
    let from_start = if number < 0.0 { total + number } else { number };
    from_start.clamp(0.0, total) as usize
}

/// `$substringBefore(str, chars)`
///
/// # Errors
/// `T0410`
pub fn substring_before<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, chars: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(text), Ok(separator)) = (text_of(value), text_of(chars)) else {
        return refuse(evaluation, BuiltIn::SubstringBefore, &Value::Undefined, &[value, chars]);
    };
    Ok(match (text, separator) {
        (Some(text), Some(separator)) => match text.find(separator.as_ref()) {
            Some(start) => slice(text, 0, start),
            None => value.clone(),
        },
        _ => value.clone(),
    })
}

/// `$substringAfter(str, chars)`
///
/// # Errors
/// `T0410`
pub fn substring_after<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, chars: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(text), Ok(separator)) = (text_of(value), text_of(chars)) else {
        return refuse(evaluation, BuiltIn::SubstringAfter, &Value::Undefined, &[value, chars]);
    };
    Ok(match (text, separator) {
        (Some(text), Some(separator)) => match text.find(separator.as_ref()) {
            Some(start) => slice(text, start + separator.len(), text.len()),
            None => value.clone(),
        },
        _ => value.clone(),
    })
}

/// `$lowercase(str)`
///
/// # Errors
/// `T0410`
pub fn lowercase<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Lowercase, value, |text| text.to_lowercase())
}

/// `$uppercase(str)`
///
/// # Errors
/// `T0410`
pub fn uppercase<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Uppercase, value, |text| text.to_uppercase())
}

/// `$trim(str)`: without blanks at its ends, and with one space for those inside.
///
/// # Errors
/// `T0410`
pub fn trim<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Trim, value, |text| {
        let words = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
        let mut trimmed = String::with_capacity(text.len());
        for word in words {
            if !trimmed.is_empty() {
                trimmed.push(' ');
            }
            trimmed.push_str(word);
        }
        trimmed
    })
}

fn changed<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    value: &Value<'a>,
    change: fn(&str) -> String,
) -> Result<Value<'a>> {
    match text_of(value) {
        Ok(None) => Ok(Value::Undefined),
        Ok(Some(old)) => text(evaluation, change(old)),
        Err(_) => refuse(evaluation, function, &Value::Undefined, &[value]),
    }
}

/// `$pad(str, width, char)`: to the right, or with a negative width to the left.
///
/// # Errors
/// `T0410`, `T0411`
pub fn pad<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    width: &Value<'a>,
    char: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(text), Ok(columns), Ok(padding)) = (text_of(value), number(width), text_of(char)) else {
        return refuse(evaluation, BuiltIn::Pad, context, &[value, width, char]);
    };
    let (Some(text), Some(columns)) = (text, columns) else { return Ok(value.clone()) };
    let missing = columns.trunc().abs() - as_number(characters(text));
    if missing <= 0.0 {
        return Ok(value.clone());
    }
    let padding = padding.map(Cow::as_ref).filter(|padding| !padding.is_empty()).unwrap_or(" ");
    // A character has four bytes at most. More than can be counted is more than can be made.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is positive, and saturates")]
    let missing = missing as usize;
    count_bytes(evaluation, missing.saturating_mul(4).saturating_add(text.len()))?;
    let mut padded = String::with_capacity(text.len() + missing);
    if columns > 0.0 {
        padded.push_str(text);
    }
    padded.extend(padding.chars().cycle().take(missing));
    if columns < 0.0 {
        padded.push_str(text);
    }
    Ok(Value::from(padded))
}

/// `$join(array, separator)`
///
/// # Errors
/// `T0410`, `T0412`
pub fn join<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, separator: &Value<'a>) -> Result<Value<'a>> {
    let Ok(between) = text_of(separator) else {
        return refuse(evaluation, BuiltIn::Join, &Value::Undefined, &[values, separator]);
    };
    let Some(list) = items(values) else { return Ok(Value::Undefined) };
    let between = between.map_or("", Cow::as_ref);
    let mut joined = String::new();
    for (index, item) in list.iter().enumerate() {
        let Value::String(item) = item else {
            return Err(not_an_array_of("join", 1, Some("strings")));
        };
        let between = if index == 0 { "" } else { between };
        evaluation.step(1)?;
        count_bytes(evaluation, between.len() + item.len())?;
        joined.push_str(between);
        joined.push_str(&item);
    }
    Ok(Value::from(joined))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn strings_of_values() {
        check("string", &json!(["a"]), r#""a""#);
        check("string", &json!([]), r#""here""#);
        check("string", &json!([5]), r#""5""#);
        check("string", &json!([0.30000000000000004]), r#""0.3""#);
        check("string", &json!([{"a": [1, null]}]), r#""{\"a\":[1,null]}""#);
        check("string", &json!([{"a": [1]}, true]), r#""{\n  \"a\": [\n    1\n  ]\n}""#);
        check("string", &json!([{"$": "sum"}]), r#""""#);
        check("string", &json!([{"$": ""}]), "nothing");
        check("string", &json!([1, 2]), r#"T0410: Argument 2 of function "string" does not match function signature"#);
    }

    #[test]
    fn characters_are_code_points() {
        check("length", &json!(["a😀é"]), "3");
        check("length", &json!([]), "4");
        check("length", &json!([5]), r#"T0410: Argument 1 of function "length" does not match function signature"#);
        check("substring", &json!(["hello", 1, 2]), r#""el""#);
        check("substring", &json!(["hello", 1.5]), r#""ello""#);
        check("substring", &json!(["hello", -2.5]), r#""lo""#);
        check("substring", &json!(["hello", 1, 2.7]), r#""el""#);
        check("substring", &json!(["hello", -10, 2]), r#""he""#);
        check("substring", &json!(["a😀é", -2, 1]), r#""😀""#);
        check("substring", &json!(["hello", 2, -1]), r#""""#);
        check("substring", &json!(["hello", 9]), r#""""#);
        check("substring", &json!([1, 2]), r#""er""#);
        check(
            "substring",
            &json!([1, 2, 3]),
            r#"T0410: Argument 3 of function "substring" does not match function signature"#,
        );
        check("pad", &json!(["é", 3, "#"]), r##""é##""##);
        check("pad", &json!(["a", -5, "xy"]), r#""xyxya""#);
        check("pad", &json!(["abc", 2]), r#""abc""#);
        check("pad", &json!(["a", 3.9, ""]), r#""a  ""#);
        check("pad", &json!([6]), r#""here  ""#);
    }

    #[test]
    fn pieces_of_texts() {
        check("substringBefore", &json!(["a=b=c", "="]), r#""a""#);
        check("substringBefore", &json!(["abc", "x"]), r#""abc""#);
        check("substringAfter", &json!(["a=b=c", "="]), r#""b=c""#);
        check("substringAfter", &json!(["abc", ""]), r#""abc""#);
        check("substringAfter", &json!(["e"]), r#""re""#);
        check("trim", &json!(["  a \n\t b  "]), r#""a b""#);
        check("lowercase", &json!(["ÄB"]), r#""äb""#);
        check("uppercase", &json!(["ß"]), r#""SS""#);
    }

    #[test]
    fn texts_are_joined() {
        check("join", &json!([["a", "b"], "-"]), r#""a-b""#);
        check("join", &json!([["a", "b"]]), r#""ab""#);
        check("join", &json!(["a"]), r#""a""#);
        check("join", &json!([[]]), r#""""#);
        check("join", &json!([{"$": ""}]), "nothing");
        check("join", &json!([["a", 1]]), r#"T0412: Argument 1 of function "join" must be an array of "strings""#);
        check("join", &json!([["a"], 1]), r#"T0410: Argument 2 of function "join" does not match function signature"#);
    }
}
