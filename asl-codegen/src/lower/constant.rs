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

/// The number of a JSON spelling. Beyond 64 bits an integer becomes the nearest double, as in the runtime.
pub(crate) fn number(spelling: &str) -> Number {
    if let Ok(integer) = spelling.parse() {
        return Number::Integer(integer);
    }
    if let Ok(integer) = spelling.parse() {
        return Number::Unsigned(integer);
    }
    Number::Float(spelling.parse().unwrap_or(0.0))
}

/// The number of a JSON spelling as a constant.
pub(super) fn spelled(spelling: &str) -> Constant {
    match number(spelling) {
        Number::Integer(integer) => Constant::Integer(integer),
        Number::Unsigned(integer) => Constant::Unsigned(integer),
        Number::Float(float) => Constant::Float(float),
    }
}

/// A value of the document as a constant.
pub(crate) fn constant(node: &Node) -> Constant {
    match &node.value {
        Value::Null => Constant::Null,
        Value::Bool(boolean) => Constant::Bool(*boolean),
        Value::Number(spelling) => spelled(spelling),
        Value::String(text) => Constant::String(text.text.clone()),
        Value::Array(items) => Constant::Array(items.iter().map(constant).collect()),
        Value::Object(members) => {
            Constant::Object(members.iter().map(|member| (member.name.text.clone(), constant(&member.value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, number};

    #[test]
    fn a_number_keeps_its_class() {
        assert_eq!(number("0"), Number::Integer(0));
        assert_eq!(number("0.0"), Number::Float(0.0));
        assert_eq!(number("18446744073709551615"), Number::Unsigned(u64::MAX));
        assert_eq!(number("-9223372036854775808"), Number::Integer(i64::MIN));
        assert_eq!(number("18446744073709551616"), Number::Float(18446744073709551616.0));
        assert_eq!(number("1E3"), Number::Float(1000.0));
    }
}
