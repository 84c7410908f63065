//! `States.Format`.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::Failure;

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
/// The text is no string, has a `{` that is not escaped or part of `{}`, or not as many `{}` as there are values.
pub fn format_with(template: &Value, values: &[&Value]) -> Result<Value, Failure> {
    let template = super::text("States.Format", 1, template)?;
    let mut text = String::with_capacity(template.len() + 16 * values.len());
    let mut holes = 0;
    walk(template, |part| match part {
        Part::Text(piece) => text.push_str(piece),
        Part::Hole => {
            if let Some(value) = values.get(holes) {
                let _ = write!(text, "{}", Java(value));
            }
            holes += 1;
        }
    })?;
    as_many(holes, values.len())?;
    Ok(Value::String(text))
}

/// The pieces of text that [`format()`] takes, of a text that [`format_with`] takes, for so many values.
///
/// # Errors
/// As [`format_with`].
pub fn cut(template: &Value, values: usize) -> Result<Vec<String>, Failure> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    walk(super::text("States.Format", 1, template)?, |part| match part {
        Part::Text(text) => piece.push_str(text),
        Part::Hole => pieces.push(std::mem::take(&mut piece)),
    })?;
    as_many(pieces.len(), values)?;
    pieces.push(piece);
    Ok(pieces)
}

/// A part of a text with `{}` in it.
enum Part<'a> {
    Text(&'a str),
    Hole,
}

/// Gives the parts of a text one after the other.
fn walk<'a>(template: &'a str, mut each: impl FnMut(Part<'a>)) -> Result<(), Failure> {
    let mut rest = template;
    while let Some(at) = rest.find(['{', '\\']) {
        let (before, found) = rest.split_at(at);
        each(Part::Text(before));
        rest = if let Some(behind) = found.strip_prefix("{}") {
            each(Part::Hole);
            behind
        } else if found.starts_with('{') {
            return Err(Failure::new("matching '}' not found for '{'"));
        } else {
            // A backslash before anything else is one of the text.
            let escaped = found.starts_with(r"\{") || found.starts_with(r"\}");
            let (character, behind) = found.split_at(1);
            let (character, behind) = if escaped { behind.split_at(1) } else { (character, behind) };
            each(Part::Text(character));
            behind
        };
    }
    each(Part::Text(rest));
    Ok(())
}

/// Refuses another number of values than of `{}`.
fn as_many(holes: usize, values: usize) -> Result<(), Failure> {
    if holes == values {
        return Ok(());
    }
    Err(Failure::new(format!("The text of States.Format has {holes} {{}}, and there are {values} values")))
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
        let show = |template: Value, values: &[&Value]| format_with(&template, values);
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

    #[test]
    fn a_text_is_cut_as_it_is_filled() {
        for (template, pieces) in
            [("plain", &["plain"][..]), ("{}", &["", ""]), (r"\{{}\} {}\n", &["{", "} ", r"\n"]), (r"\\{}", &[r"\{}"])]
        {
            let template = json!(template);
            assert_eq!(
                cut(&template, pieces.len() - 1).as_deref(),
                Ok(&pieces.iter().map(|piece| (*piece).to_owned()).collect::<Vec<_>>()[..]),
                "{template}"
            );
            let values = vec![&Value::Null; pieces.len() - 1];
            assert_eq!(format_with(&template, &values), Ok(format(pieces, &values)), "{template}");
        }
        let refused = |template: &str, values| cut(&json!(template), values).map(Value::from);
        check(refused("{} {}", 1), "The text of States.Format has 2 {}, and there are 1 values");
        check(refused("{", 0), "matching '}' not found for '{'");
    }
}
