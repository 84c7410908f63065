//! The operators of Choice rules. asl-reference 5.3: a value of another type is never an error, only false.

use serde_json::Value;

use crate::timestamp::Timestamp;

/// The order that an operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the language's own")]
pub enum Order {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

/// `String…` with a constant. UTF-16 code unit order.
pub fn string(value: &Value, order: Order, constant: &str) -> bool {
    let _ = (value, order, constant);
    false
}

/// `String…Path`.
pub fn strings(left: &Value, order: Order, right: &Value) -> bool {
    let _ = (left, order, right);
    false
}

/// `Numeric…` with an integer constant.
pub fn integer(value: &Value, order: Order, constant: i64) -> bool {
    let _ = (value, order, constant);
    false
}

/// `Numeric…` with any other constant.
pub fn float(value: &Value, order: Order, constant: f64) -> bool {
    let _ = (value, order, constant);
    false
}

/// `Numeric…Path`. By value: 0 equals 0.0.
pub fn numbers(left: &Value, order: Order, right: &Value) -> bool {
    let _ = (left, order, right);
    false
}

/// `BooleanEquals`.
pub fn boolean(value: &Value, constant: bool) -> bool {
    value.as_bool() == Some(constant)
}

/// `BooleanEqualsPath`.
pub fn booleans(left: &Value, right: &Value) -> bool {
    left.is_boolean() && left == right
}

/// `Timestamp…` with a constant.
pub fn timestamp(value: &Value, order: Order, constant: Timestamp) -> bool {
    let _ = (value, order, constant);
    false
}

/// `Timestamp…Path`.
pub fn timestamps(left: &Value, order: Order, right: &Value) -> bool {
    let _ = (left, order, right);
    false
}

/// `StringMatches`: `pieces` are the literal parts between the pattern's `*`, escapes resolved. `a*b` is `["a", "b"]`,
/// a pattern without `*` is one piece.
pub fn matches(value: &Value, pieces: &[&str]) -> bool {
    let _ = (value, pieces);
    false
}

/// `IsTimestamp`. The other type tests are `Value`'s own.
pub fn is_timestamp(value: &Value) -> bool {
    let _ = value;
    false
}
