//! JSON as Python's `json.dumps` spells it: the tests that were recorded sent their inputs so.

use std::fmt::Write as _;

use serde_json::Value;

/// The text, with a space after each `,` and `:` and nothing but ASCII.
pub(super) fn dumps(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => quoted(string, text),
        Value::Number(number) => text.push_str(&spelt(&number.to_string())),
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write(element, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                quoted(name, text);
                text.push_str(": ");
                write(value, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) => text.push_str(&value.to_string()),
    }
}

fn quoted(string: &str, text: &mut String) {
    // The control characters are escaped alike.
    for character in Value::from(string).to_string().chars() {
        if character.is_ascii() {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
}

/// An exponent has a sign and at least two digits.
fn spelt(number: &str) -> String {
    let Some((mantissa, exponent)) = number.split_once('e') else { return number.to_owned() };
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent.strip_prefix('+').unwrap_or(exponent)),
    };
    format!("{mantissa}e{sign}{digits:0>2}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::dumps;

    #[test]
    fn the_spelling_is_pythons() {
        assert_eq!(
            dumps(&json!({"a": [1, 2.0, null], "b": {}, "c": []})),
            r#"{"a": [1, 2.0, null], "b": {}, "c": []}"#
        );
        assert_eq!(dumps(&json!("\u{1f}é😀\"\n\u{7f}")), "\"\\u001f\\u00e9\\ud83d\\ude00\\\"\\n\u{7f}\"");
        assert_eq!(dumps(&json!([1e-7, 1e22, 0.5])), "[1e-07, 1e+22, 0.5]");
    }
}
