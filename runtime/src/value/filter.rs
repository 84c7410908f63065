//! The conditions of filters in paths, as Jayway's library evaluates them: it is what AWS runs.

use std::sync::OnceLock;

use regex_lite::Regex;
use serde_json::{Number, Value};

use crate::value::compare::{Order, code_unit_order, number_order};
use crate::value::path::{Step, find};

/// A side of a comparison.
#[derive(Clone, Debug)]
pub enum Operand<'a> {
    /// What a path does not find.
    Nothing,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(&'a str),
    /// An array or an object.
    Json(&'a Value),
}

impl<'a> From<Option<&'a Value>> for Operand<'a> {
    fn from(value: Option<&'a Value>) -> Self {
        match value {
            None => Self::Nothing,
            Some(Value::Null) => Self::Null,
            Some(Value::Bool(boolean)) => Self::Boolean(*boolean),
            Some(Value::Number(number)) => Self::Number(number.clone()),
            Some(Value::String(text)) => Self::Text(text),
            Some(json) => Self::Json(json),
        }
    }
}

/// What names and single indexes find.
pub fn at<'a>(data: &'a Value, steps: &[Step]) -> Operand<'a> {
    find(data, steps).into()
}

/// The value that there is.
pub fn value(value: &Value) -> Operand<'_> {
    Some(value).into()
}

/// An integer.
pub fn integer(integer: i64) -> Operand<'static> {
    Operand::Number(integer.into())
}

/// An integer beyond `i64`.
pub fn unsigned(integer: u64) -> Operand<'static> {
    Operand::Number(integer.into())
}

/// Any other number.
pub fn float(float: f64) -> Operand<'static> {
    Number::from_f64(float).map_or(Operand::Nothing, Operand::Number)
}

/// `==`. A number and a text are equal when the one on the right is, read as the left one's kind. What is missing equals
/// nothing.
pub fn equal(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left, right) {
        (Operand::Null, Operand::Null) => true,
        (Operand::Boolean(left), Operand::Boolean(right)) => left == right,
        (Operand::Number(left), Operand::Number(right)) => is_same(left, right),
        (Operand::Number(left), Operand::Text(right)) => right.parse().is_ok_and(|right| is_same(left, &right)),
        (Operand::Text(left), Operand::Number(right)) => *left == right.to_string(),
        (Operand::Text(left), Operand::Text(right)) => left == right,
        (Operand::Json(left), Operand::Json(right)) => left == right,
        _ => false,
    }
}

fn is_same(left: &Number, right: &Number) -> bool {
    number_order(left, right).is_some_and(|order| order.is_eq())
}

/// `<`, `<=`, `>`, `>=`. Only numbers and texts have an order; a number beside a text is one.
pub fn ordered(left: &Operand<'_>, order: Order, right: &Operand<'_>) -> bool {
    let found = match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => number_order(left, right),
        (Operand::Text(left), Operand::Text(right)) => Some(code_unit_order(left, right)),
        (Operand::Text(left), Operand::Number(right)) => Some(code_unit_order(left, &right.to_string())),
        (Operand::Number(left), Operand::Text(right)) => Some(code_unit_order(&left.to_string(), right)),
        _ => None,
    };
    found.is_some_and(|found| order.accepts(found))
}

/// The items of an array.
fn items<'a>(operand: &Operand<'a>) -> Option<&'a [Value]> {
    match operand {
        Operand::Json(Value::Array(items)) => Some(items),
        _ => None,
    }
}

fn has(items: &[Value], wanted: &Operand<'_>) -> bool {
    items.iter().any(|item| equal(wanted, &value(item)))
}

/// `in`: the right side is an array and has the left side.
pub fn within(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    items(right).is_some_and(|items| has(items, left))
}

/// `nin`: the right side is an array and does not have the left side.
pub fn not_within(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    items(right).is_some_and(|items| !has(items, left))
}

/// `subsetof`: both are arrays, and the right one has all of the left one.
pub fn subset_of(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (items(left), items(right)) {
        (Some(left), Some(right)) => left.iter().all(|item| has(right, &value(item))),
        _ => false,
    }
}

/// `anyof`: both are arrays, and the right one has one of the left one.
pub fn any_of(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (items(left), items(right)) {
        (Some(left), Some(right)) => left.iter().any(|item| has(right, &value(item))),
        _ => false,
    }
}

/// `noneof`: both are arrays, and the right one has none of the left one.
pub fn none_of(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (items(left), items(right)) {
        (Some(left), Some(right)) => !left.iter().any(|item| has(right, &value(item))),
        _ => false,
    }
}

/// `contains`: a text has the other, or an array the item.
pub fn contains(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left, right) {
        (Operand::Text(left), Operand::Text(right)) => left.contains(right),
        _ => items(left).is_some_and(|items| has(items, right)),
    }
}

/// `size`: how many characters a text or items an array has.
pub fn size(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let size = match left {
        Operand::Text(text) => text.encode_utf16().count(),
        _ => match items(left) {
            Some(items) => items.len(),
            None => return false,
        },
    };
    matches!(right, Operand::Number(wanted) if is_same(wanted, &Number::from(size)))
}

/// `empty`: whether a text, an array or an object has nothing in it, as `right` wants it.
pub fn empty(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let empty = match left {
        Operand::Text(text) => text.is_empty(),
        Operand::Json(Value::Array(items)) => items.is_empty(),
        Operand::Json(Value::Object(members)) => members.is_empty(),
        _ => return false,
    };
    matches!(right, Operand::Boolean(wanted) if *wanted == empty)
}

/// The regular expression of `=~`, which is compiled when it is first used.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

/// A regular expression that was checked while compiling.
pub const fn pattern(text: &'static str) -> Pattern {
    Pattern { text, compiled: OnceLock::new() }
}

impl Pattern {
    /// `=~`: whether it matches a text, a number or a boolean as it is written, or an item of an array. Anything else is
    /// an empty text.
    pub fn matches(&self, operand: &Operand<'_>) -> bool {
        let Some(regex) = self.compiled.get_or_init(|| Regex::new(self.text).ok()) else { return false };
        let matches = |operand: &Operand<'_>| match operand {
            Operand::Text(text) => regex.is_match(text),
            Operand::Number(number) => regex.is_match(&number.to_string()),
            Operand::Boolean(boolean) => regex.is_match(if *boolean { "true" } else { "false" }),
            Operand::Nothing | Operand::Null | Operand::Json(_) => regex.is_match(""),
        };
        match items(operand) {
            Some(items) => items.iter().any(|item| matches(&value(item))),
            None => matches(operand),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Compare = fn(&Operand<'_>, &Operand<'_>) -> bool;

    #[track_caller]
    fn check(compare: Compare, cases: &[(Value, Value, bool)]) {
        for (left, right, expected) in cases {
            assert_eq!(compare(&value(left), &value(right)), *expected, "{left} {right}");
        }
    }

    #[test]
    fn equality() {
        check(
            equal,
            &[
                (json!(1), json!(1.0), true),
                (json!("1"), json!(1), true),
                (json!(1), json!("1.0"), true),
                (json!("1.0"), json!(1), false),
                (json!("one"), json!(1), false),
                (json!(null), json!(null), true),
                (json!(false), json!(null), false),
                (json!("true"), json!(true), false),
                (json!([1, {"a": 2}]), json!([1, {"a": 2}]), true),
                (json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), true),
                (json!([]), json!({}), false),
            ],
        );
        assert!(!equal(&Operand::Nothing, &Operand::Nothing));
        assert!(!equal(&Operand::Nothing, &Operand::Null));
    }

    #[test]
    fn order() {
        let less: Compare = |left, right| ordered(left, Order::LessThan, right);
        check(
            less,
            &[
                (json!(1), json!(1.5), true),
                (json!("B"), json!("a"), true),
                (json!("\u{1F600}"), json!("\u{FF5E}"), true),
                (json!("10"), json!(9), true),
                (json!(false), json!(true), false),
                (json!(null), json!(1), false),
                (json!([1]), json!([2]), false),
            ],
        );
        let at_least: Compare = |left, right| ordered(left, Order::GreaterThanEquals, right);
        check(at_least, &[(json!(2), json!(2), true), (json!(null), json!(null), false)]);
    }

    #[test]
    fn lists() {
        check(within, &[(json!("a"), json!(["b", "a"]), true), (json!("a"), json!("a"), false)]);
        check(not_within, &[(json!("a"), json!(["b"]), true), (json!("a"), json!("b"), false)]);
        check(
            subset_of,
            &[(json!([1]), json!([2, 1]), true), (json!([1, 3]), json!([1]), false), (json!(1), json!([1]), false)],
        );
        check(any_of, &[(json!([1, 3]), json!([3]), true), (json!([]), json!([1]), false)]);
        check(
            none_of,
            &[(json!([1, 3]), json!([2]), true), (json!([1]), json!([1]), false), (json!(1), json!([]), false)],
        );
        check(
            contains,
            &[(json!("abc"), json!("b"), true), (json!(["b"]), json!("b"), true), (json!({"b": 1}), json!("b"), false)],
        );
    }

    #[test]
    fn sizes() {
        check(
            size,
            &[
                (json!([1, 2]), json!(2), true),
                (json!("\u{1F600}"), json!(2), true),
                (json!({}), json!(0), false),
                (json!([]), json!("0"), false),
            ],
        );
        check(
            empty,
            &[
                (json!([]), json!(true), true),
                (json!({"a": 1}), json!(false), true),
                (json!(""), json!(false), false),
                (json!(0), json!(true), false),
            ],
        );
        assert!(!empty(&Operand::Nothing, &Operand::Boolean(true)));
    }

    #[test]
    fn patterns() {
        static PATTERN: Pattern = pattern(r"\A(?:[0-9.]*|t.*)\z");
        for (text, expected) in [
            (json!("12"), true),
            (json!(1.5), true),
            (json!(true), true),
            (json!("x"), false),
            (json!(["x", "1"]), true),
        ] {
            assert_eq!(PATTERN.matches(&value(&text)), expected, "{text}");
        }
        assert!(PATTERN.matches(&Operand::Nothing));
    }
}
