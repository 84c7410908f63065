//! `States.Format`.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::Written;
use crate::error::Error;

/// `States.Format` with a text that was cut into its pieces while compiling: one piece more than there are values.
pub fn format(pieces: &[&str], values: &[&Value]) -> Value {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.len()).sum::<usize>() + 16 * values.len());
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(value) = index.checked_sub(1).and_then(|index| values.get(index)) {
            // Writing to a string never fails.
            let _ = write!(text, "{}", Java(value));
        }
        text.push_str(piece);
    }
    Value::String(text)
}

/// `States.Format` with a text that is known at run time only. In it `\{` and `\}` are braces of the text.
///
/// # Errors
/// `States.Runtime`: the text is no string, has a `{` that is not escaped or part of `{}`, or not as many `{}` as there are
/// values.
pub fn format_with(call: Written, template: &Value, values: &[&Value]) -> Result<Value, Error> {
    let template = call.string("States.Format", 1, template)?;
    let mut text = String::with_capacity(template.len() + 16 * values.len());
    let mut holes = 0;
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once(['{', '\\']) {
        text.push_str(before);
        rest = behind;
        if template.as_bytes().get(template.len() - rest.len() - 1) == Some(&b'\\') {
            match rest.strip_prefix(['{', '}']) {
                Some(behind) => {
                    text.push_str(rest.get(..1).unwrap_or_default());
                    rest = behind;
                }
                None => text.push('\\'),
            }
            continue;
        }
        let Some(behind) = rest.strip_prefix('}') else {
            return Err(call.fail("matching '}' not found for '{'"));
        };
        if let Some(value) = values.get(holes) {
            let _ = write!(text, "{}", Java(value));
        }
        holes += 1;
        rest = behind;
    }
    if holes != values.len() {
        let count = values.len();
        return Err(call.fail(&format!("The text of States.Format has {holes} {{}}, and there are {count} values")));
    }
    text.push_str(rest);
    Ok(Value::String(text))
}

/// A value as Java prints it: strings as they are, objects as `{a=1, b=2}`, arrays as `[1, 2]`. Recorded.
struct Java<'a>(&'a Value);

impl fmt::Display for Java<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::String(text) => f.write_str(text),
            Value::Array(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    Java(item).fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Object(members) => {
                f.write_char('{')?;
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    f.write_str(name)?;
                    f.write_char('=')?;
                    Java(value).fmt(f)?;
                }
                f.write_char('}')
            }
            scalar => scalar.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn values_are_put_between_the_pieces() {
        let show = |value: Value| format(&["<", ">"], &[&value]);
        check(Ok(show(json!("a \"b\""))), r#""<a \"b\">""#);
        check(Ok(show(json!(null))), r#""<null>""#);
        check(Ok(show(json!(1))), r#""<1>""#);
        check(Ok(show(json!(1.1))), r#""<1.1>""#);
        check(Ok(show(json!(true))), r#""<true>""#);
        check(Ok(show(json!({"Arg1": 1, "Arg2": []}))), r#""<{Arg1=1, Arg2=[]}>""#);
        check(Ok(show(json!(["a", [1, null], {"b": "c"}]))), r#""<[a, [1, null], {b=c}]>""#);
        check(Ok(format(&["plain"], &[])), r#""plain""#);
        check(Ok(format(&["", "-", ""], &[&json!(1), &json!(2)])), r#""1-2""#);
    }

    #[test]
    fn a_text_of_run_time_is_cut_then() {
        let show = |template: Value, values: &[&Value]| format_with(Written("States.F()"), &template, values);
        let (a, b) = (json!("{}"), json!(2));
        check(show(json!("It's {}, {}!"), &[&a, &b]), r#""It's {}, 2!""#);
        check(show(json!(r"\{{}\} \n é {}"), &[&a, &b]), r#""{{}} \\n é 2""#);
        check(show(json!(r"{} \\"), &[&b]), r#""2 \\\\""#);
        check(show(json!("plain"), &[]), r#""plain""#);
        check(show(json!("{} {}"), &[&b]), "The text of States.Format has 2 {}, and there are 1 values");
        check(show(json!("}"), &[&b]), "The text of States.Format has 0 {}, and there are 1 values");
        check(show(json!("{ {}"), &[&b]), "matching '}' not found for '{'");
        check(show(json!(1), &[]), "Argument 1 of States.Format must be a string, found: 1");
    }
}
