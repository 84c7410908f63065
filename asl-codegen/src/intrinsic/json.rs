//! Functions of JSON values and texts.

use crate::member_order::hash_map_order;
use serde_json::{Map, Value};

use super::Failure;

/// `States.JsonMerge`: the members of both objects, the second's where both have one. No deeper than that: AWS takes only
/// `false` as the third argument. The members are in the order of a Java `HashMap`, as recorded.
///
/// # Errors
/// An argument is of the wrong type, or a deep merge is asked for.
pub fn json_merge(first: &Value, second: &Value, deep: &Value) -> Result<Value, Failure> {
    let first = super::members("States.JsonMerge", 1, first)?;
    let second = super::members("States.JsonMerge", 2, second)?;
    if *deep != Value::Bool(false) {
        return Err(Failure::wrong_type("States.JsonMerge", 3, "false", deep));
    }
    let added = second.iter().filter(|(name, _)| !first.contains_key(*name));
    let members: Vec<(&String, &Value)> =
        first.iter().map(|(name, value)| (name, second.get(name).unwrap_or(value))).chain(added).collect();
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let in_order = hash_map_order(&names).into_iter().filter_map(|index| members.get(index));
    let merged: Map<String, Value> = in_order.map(|(name, value)| ((*name).clone(), (*value).clone())).collect();
    Ok(Value::Object(merged))
}

/// `States.JsonToString`: the value as JSON without blanks.
pub fn json_to_string(value: &Value) -> Value {
    Value::String(value.to_string())
}

/// `States.StringToJson`: the value of a JSON text; of a blank one null, as recorded.
///
/// # Errors
/// The argument is no string, or not JSON.
pub fn string_to_json(text: &Value) -> Result<Value, Failure> {
    let text = super::text("States.StringToJson", 1, text)?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    let mut value: Value = serde_json::from_str(text)
        .map_err(|error| Failure::new(format!("The argument of States.StringToJson is not valid JSON: {error}")))?;
    if has_integer_minus_zero(text) {
        without_minus_zero(&mut value);
    }
    Ok(value)
}

/// Whether there may be an integer that is spelt `-0`.
fn has_integer_minus_zero(text: &str) -> bool {
    text.match_indices("-0").any(|(start, spelling)| {
        let rest = text.get(start + spelling.len()..).unwrap_or_default();
        !rest.starts_with(['.', 'e', 'E'])
    })
}

/// `-0` is the integer 0 to AWS, as recorded; the JSON reader makes it a float.
fn without_minus_zero(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() && number.as_f64() == Some(0.0) && number.to_string() == "-0.0" => {
            *value = Value::from(0);
        }
        Value::Array(items) => items.iter_mut().for_each(without_minus_zero),
        Value::Object(members) => members.values_mut().for_each(without_minus_zero),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn merge_is_shallow_and_in_hash_order() {
        let merge = |first: Value, second: Value, deep: Value| json_merge(&first, &second, &deep);
        check(
            merge(json!({"a": {"a1": 1}, "b": 2, "d": 3}), json!({"a": {"a3": 1}, "c": 3, "d": 4}), json!(false)),
            r#"{"a":{"a3":1},"b":2,"c":3,"d":4}"#,
        );
        check(
            merge(json!({"Method": 1, "ApiEndpoint": 2}), json!({"Stage": 3, "Path": 4}), json!(false)),
            r#"{"Path":4,"Stage":3,"ApiEndpoint":2,"Method":1}"#,
        );
        check(merge(json!({}), json!({}), json!(true)), "Argument 3 of States.JsonMerge must be false, found: true");
        check(merge(json!([]), json!({}), json!(false)), "Argument 1 of States.JsonMerge must be an object, found: []");
        check(merge(json!({}), json!(1), json!(false)), "Argument 2 of States.JsonMerge must be an object, found: 1");
    }

    #[test]
    fn to_string_writes_no_blanks() {
        check(
            Ok(json_to_string(&json!({"Arg1": 1.10, "Arg2": [null, "a"]}))),
            r#""{\"Arg1\":1.1,\"Arg2\":[null,\"a\"]}""#,
        );
        check(Ok(json_to_string(&json!("a"))), r#""\"a\"""#);
    }

    #[test]
    fn to_json_reads_a_text() {
        let parse = |text: &str| string_to_json(&json!(text));
        check(parse(""), "null");
        check(parse(" \n"), "null");
        check(parse("-0"), "0");
        check(parse("[-0, 1, -0]"), "[0,1,0]");
        check(parse("-0.0"), "-0.0");
        check(parse(" 1.10 "), "1.1");
        check(parse(r#"{"b": [1], "a": "x"}"#), r#"{"b":[1],"a":"x"}"#);
        check(
            parse("{a}"),
            "The argument of States.StringToJson is not valid JSON: key must be a string at line 1 column 2",
        );
        check(
            string_to_json(&json!({"a": 1})),
            r#"Argument 1 of States.StringToJson must be a string, found: {"a":1}"#,
        );
    }
}
