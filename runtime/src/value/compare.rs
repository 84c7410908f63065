//! The operators of Choice rules. Language spec, "Choice State": a value of another type is never an error, only false.

use std::cmp::Ordering;

use serde_json::{Number, Value};

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

impl Order {
    /// Whether a left side that is `found` against the right side fulfils the operator.
    pub(crate) fn accepts(self, found: Ordering) -> bool {
        match self {
            Self::Equals => found.is_eq(),
            Self::LessThan => found.is_lt(),
            Self::LessThanEquals => found.is_le(),
            Self::GreaterThan => found.is_gt(),
            Self::GreaterThanEquals => found.is_ge(),
        }
    }
}

/// `String…` with a constant. UTF-16 code unit order.
pub fn string(value: &Value, order: Order, constant: &str) -> bool {
    match value {
        Value::String(text) if order == Order::Equals => text == constant,
        Value::String(text) => order.accepts(code_unit_order(text, constant)),
        _ => false,
    }
}

/// `String…Path`.
pub fn strings(left: &Value, order: Order, right: &Value) -> bool {
    right.as_str().is_some_and(|right| string(left, order, right))
}

/// Compares as UTF-16 does, without building it.
///
/// It differs from UTF-8 in one place: a character beyond U+FFFF (lead byte from 0xF0) comes before U+E000 to U+FFFF
/// (lead bytes 0xEE and 0xEF), because its surrogates do.
pub(crate) fn code_unit_order(left: &str, right: &str) -> Ordering {
    let rank = |byte: u8| if byte == 0xEE || byte == 0xEF { byte | 0x10 } else { byte };
    match left.bytes().zip(right.bytes()).find(|(left, right)| left != right) {
        Some((left, right)) => rank(left).cmp(&rank(right)),
        None => left.len().cmp(&right.len()),
    }
}

/// `Numeric…` with an integer constant.
pub fn integer(value: &Value, order: Order, constant: i64) -> bool {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => order.accepts(number.cmp(&constant)),
            None => number_order(number, &Number::from(constant)).is_some_and(|found| order.accepts(found)),
        },
        _ => false,
    }
}

/// `Numeric…` with any other constant.
pub fn float(value: &Value, order: Order, constant: f64) -> bool {
    match value {
        Value::Number(number) => {
            let found = match integer_of(number) {
                Some(integer) => integer_float_order(integer, constant),
                None => number.as_f64().and_then(|number| number.partial_cmp(&constant)),
            };
            found.is_some_and(|found| order.accepts(found))
        }
        _ => false,
    }
}

/// `Numeric…Path`. By value: 0 equals 0.0.
pub fn numbers(left: &Value, order: Order, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            number_order(left, right).is_some_and(|found| order.accepts(found))
        }
        _ => false,
    }
}

fn integer_of(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

pub(crate) fn number_order(left: &Number, right: &Number) -> Option<Ordering> {
    match (integer_of(left), integer_of(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        (Some(left), None) => integer_float_order(left, right.as_f64()?),
        (None, Some(right)) => integer_float_order(right, left.as_f64()?).map(Ordering::reverse),
        (None, None) => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

/// Exact, where a conversion of the integer would round.
fn integer_float_order(integer: i128, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    // The cast saturates, far beyond any integer that a JSON number holds here.
    #[allow(clippy::cast_possible_truncation)]
    let whole = float.trunc() as i128;
    Some(integer.cmp(&whole).then_with(|| 0.0.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal)))
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
    timestamp_of(value).is_some_and(|timestamp| order.accepts(timestamp.cmp(&constant)))
}

/// `Timestamp…Path`.
pub fn timestamps(left: &Value, order: Order, right: &Value) -> bool {
    timestamp_of(right).is_some_and(|right| timestamp(left, order, right))
}

fn timestamp_of(value: &Value) -> Option<Timestamp> {
    value.as_str().and_then(Timestamp::parse)
}

/// `StringMatches`: `pieces` are the literal parts between the pattern's `*`, escapes resolved. `a*b` is `["a", "b"]`,
/// a pattern without `*` is one piece.
pub fn matches(value: &Value, pieces: &[&str]) -> bool {
    let Value::String(text) = value else { return false };
    let (first, middle, last) = match pieces {
        [] => return text.is_empty(),
        [whole] => return text == whole,
        [first, middle @ .., last] => (first, middle, last),
    };
    let between = text.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    // Each piece may take the first place where it fits: what follows it then has the most room.
    let rest = middle.iter().try_fold(between, |rest, piece| {
        let rest = rest?;
        rest.find(piece).map(|start| rest.get(start + piece.len()..))
    });
    matches!(rest, Some(Some(_)))
}

/// `IsTimestamp`. The other type tests are `Value`'s own.
pub fn is_timestamp(value: &Value) -> bool {
    timestamp_of(value).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ORDERS: [Order; 5] =
        [Order::Equals, Order::LessThan, Order::LessThanEquals, Order::GreaterThan, Order::GreaterThanEquals];

    /// Checks all five operators; none of them may hold when there is no order.
    fn check(compare: fn(&Value, Order, &Value) -> bool, left: &Value, right: &Value, expected: Option<Ordering>) {
        for order in ORDERS {
            let accepted = expected.is_some_and(|found| order.accepts(found));
            assert_eq!(compare(left, order, right), accepted, "{left} {order:?} {right}");
            let reversed = expected.is_some_and(|found| order.accepts(found.reverse()));
            assert_eq!(compare(right, order, left), reversed, "{right} {order:?} {left}");
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        use Ordering::{Equal, Less};
        let cases = [
            (json!(0), json!(0.0), Some(Equal)),
            (json!(0), json!(-0.0), Some(Equal)),
            (json!(1), json!(1.5), Some(Less)),
            (json!(-2), json!(-1.5), Some(Less)),
            (json!(-1.5), json!(-1), Some(Less)),
            (json!(-1), json!(u64::MAX), Some(Less)),
            (json!(i64::MAX), json!(u64::MAX), Some(Less)),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992.0), Some(Ordering::Greater)),
            (json!(i64::MAX), json!(9_223_372_036_854_775_808.0), Some(Less)),
            (json!(u64::MAX), json!(1e300), Some(Less)),
            (json!(-1e300), json!(i64::MIN), Some(Less)),
            (json!(1), json!("1"), None),
            (json!(null), json!(null), None),
        ];
        for (left, right, expected) in &cases {
            check(numbers, left, right, *expected);
        }
        for (left, right, expected) in cases {
            for order in ORDERS {
                let accepted = expected.is_some_and(|found| order.accepts(found));
                if let Some(constant) = right.as_i64() {
                    assert_eq!(integer(&left, order, constant), accepted, "{left} {order:?} {constant}");
                } else if let (Some(constant), true) = (right.as_f64(), right.is_f64()) {
                    assert_eq!(float(&left, order, constant), accepted, "{left} {order:?} {constant}");
                }
            }
        }
        assert!(!float(&json!(1), Order::Equals, f64::NAN));
        assert!(float(&json!(u64::MAX), Order::LessThan, f64::INFINITY));
    }

    #[test]
    fn strings_compare_by_code_units() {
        use Ordering::{Equal, Less};
        for (left, right, expected) in [
            (json!("a"), json!("a"), Some(Equal)),
            (json!("A"), json!("a"), Some(Less)),
            (json!("a"), json!("ab"), Some(Less)),
            (json!(""), json!(" "), Some(Less)),
            (json!("é"), json!("日"), Some(Less)),
            (json!("\u{1F600}"), json!("\u{FF5E}"), Some(Less)),
            (json!("\u{D7FF}"), json!("\u{1F600}"), Some(Less)),
            (json!("1"), json!(1), None),
            (json!(true), json!(true), None),
        ] {
            check(strings, &left, &right, expected);
        }
    }

    #[test]
    fn timestamps_compare_as_instants() {
        use Ordering::{Equal, Less};
        for (left, right, expected) in [
            (json!("2024-01-01T00:00:00Z"), json!("2024-01-01T01:00:00+01:00"), Some(Equal)),
            (json!("2024-01-01T00:00:00Z"), json!("2024-01-01T00:00:00.001Z"), Some(Less)),
            (json!("2024-01-01T00:00:00Z"), json!("2024-01-01"), None),
            (json!("x"), json!("x"), None),
        ] {
            check(timestamps, &left, &right, expected);
        }
        let constant = Timestamp { seconds: 1, nanoseconds: 0 };
        assert!(timestamp(&json!("1970-01-01T00:00:00Z"), Order::LessThan, constant));
        assert!(!timestamp(&json!(0), Order::LessThan, constant));
        assert!(is_timestamp(&json!("1970-01-01T00:00:00Z")));
        assert!(!is_timestamp(&json!("1970-01-01")));
    }

    #[test]
    fn booleans_are_only_equal_to_booleans() {
        assert!(booleans(&json!(true), &json!(true)));
        assert!(!booleans(&json!(true), &json!(false)));
        assert!(!booleans(&json!(null), &json!(null)));
        assert!(boolean(&json!(false), false));
        assert!(!boolean(&json!("false"), false));
    }

    #[test]
    fn a_star_matches_any_run() {
        for (pieces, text, expected) in [
            (&["log-", ".txt"][..], "log-1.txt", true),
            (&["log-", ".txt"], "log-.txt", true),
            (&["log-", ".txt"], "log-1.txt2", false),
            (&["ab", "ba"], "aba", false),
            (&["", ""], "", true),
            (&["", "", ""], "anything\nat all", true),
            (&["a", "b", "c"], "axbxc", true),
            (&["a", "b", "c"], "axcxb", false),
            (&["", "ab", "ab", ""], "ab", false),
            (&["", "ab", "ab", ""], "xabab", true),
            (&["", "é", ""], "café!", true),
            (&["whole"], "whole", true),
            (&["whole"], "whole ", false),
            (&[""], "", true),
            (&[], "", true),
            (&[], "x", false),
        ] {
            assert_eq!(matches(&json!(text), pieces), expected, "{pieces:?} {text:?}");
        }
        assert!(!matches(&json!(1), &["1"]));
    }

    /// The definition of a match, without any cleverness.
    fn matches_slowly(text: &str, pieces: &[&str]) -> bool {
        match pieces {
            [] => text.is_empty(),
            [last] => text == *last,
            [first, rest @ ..] => text.strip_prefix(first).is_some_and(|text| {
                (0..=text.len()).filter_map(|start| text.get(start..)).any(|text| matches_slowly(text, rest))
            }),
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_its_definition(
            text in "[abé]{0,8}",
            pieces in prop::collection::vec("[abé]{0,2}", 1..5),
        ) {
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            prop_assert_eq!(matches(&json!(text), &pieces), matches_slowly(&text, &pieces));
        }

        #[test]
        fn the_order_of_strings_is_that_of_utf_16(left in ".{0,4}", right in ".{0,4}") {
            let expected = left.encode_utf16().cmp(right.encode_utf16());
            prop_assert_eq!(code_unit_order(&left, &right), expected);
        }

        #[test]
        fn the_order_of_characters_is_that_of_utf_16(left in any::<char>(), right in any::<char>()) {
            let (left, right) = (left.to_string(), right.to_string());
            prop_assert_eq!(code_unit_order(&left, &right), left.encode_utf16().cmp(right.encode_utf16()));
        }
    }
}
