//! Constants of the document.

use crate::model::Constant;
use crate::node::{Node, Value};

/// A number by its class: what JSON calls an integer stays one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    Unsigned(u64),
    Float(f64),
}

/// The number of a JSON spelling. Beyond 64 bits an integer becomes the nearest double, as in the runtime; `None` when
/// that is infinite.
pub(crate) fn number(spelling: &str) -> Option<Number> {
    if let Ok(integer) = spelling.parse() {
        return Some(Number::Integer(integer));
    }
    if let Ok(integer) = spelling.parse() {
        return Some(Number::Unsigned(integer));
    }
    spelling.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float)
}

/// The number of a JSON spelling as a constant; `None` when no double holds it.
fn spelled(spelling: &str) -> Option<Constant> {
    Some(match number(spelling)? {
        Number::Integer(integer) => Constant::Integer(integer),
        Number::Unsigned(integer) => Constant::Unsigned(integer),
        Number::Float(float) => Constant::Float(float),
    })
}

/// A value of the document as a constant; `None` when it has a number that no double holds.
pub(crate) fn constant(node: &Node) -> Option<Constant> {
    Some(match &node.value {
        Value::Null => Constant::Null,
        Value::Bool(boolean) => Constant::Bool(*boolean),
        Value::Number(spelling) => spelled(spelling)?,
        Value::String(text) => Constant::String(text.text.clone()),
        Value::Array(items) => Constant::Array(items.iter().map(constant).collect::<Option<_>>()?),
        Value::Object(members) => {
            let members = members.iter().map(|member| Some((member.name.text.clone(), constant(&member.value)?)));
            Constant::Object(members.collect::<Option<_>>()?)
        }
    })
}

/// A value as a constant.
pub(super) fn of_value(value: &serde_json::Value) -> Constant {
    use serde_json::Value;
    match value {
        Value::Null => Constant::Null,
        Value::Bool(boolean) => Constant::Bool(*boolean),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Constant::Integer(integer),
            (None, Some(integer)) => Constant::Unsigned(integer),
            (None, None) => Constant::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Constant::String(text.clone()),
        Value::Array(items) => Constant::Array(items.iter().map(of_value).collect()),
        Value::Object(members) => {
            Constant::Object(members.iter().map(|(name, value)| (name.clone(), of_value(value))).collect())
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Number, number};

    #[test]
    fn a_number_keeps_its_class() {
        let number = |spelling| super::number(spelling).unwrap();
        assert_eq!(number("0"), Number::Integer(0));
        assert_eq!(number("0.0"), Number::Float(0.0));
        assert_eq!(number("18446744073709551615"), Number::Unsigned(u64::MAX));
        assert_eq!(number("-9223372036854775808"), Number::Integer(i64::MIN));
        assert_eq!(number("18446744073709551616"), Number::Float(18446744073709551616.0));
        assert_eq!(number("1E3"), Number::Float(1000.0));
        assert_eq!(number("1e-400"), Number::Float(0.0));
    }

    #[test]
    fn no_number_is_infinite() {
        assert_eq!(number("1e400"), None);
        assert_eq!(number("-1e400"), None);
    }
}
