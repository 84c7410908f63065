//! Whether an item meets a condition.

use std::cmp::Ordering;

use asl_codegen::dynamodb::{Call, Comparator, ConditionNode, Number, Operand};

use super::path::{get, resolve};
use super::request::Placeholders;
use super::value::{AttributeValue, Attributes};

/// Whether `item` meets `condition`.
pub(super) fn holds(condition: &ConditionNode, item: &Attributes, placeholders: &Placeholders) -> bool {
    let value = |operand: &Operand| evaluate(operand, item, placeholders);
    match condition {
        ConditionNode::Or(nodes) => nodes.iter().any(|node| holds(node, item, placeholders)),
        ConditionNode::And(nodes) => nodes.iter().all(|node| holds(node, item, placeholders)),
        ConditionNode::Not(node) => !holds(node, item, placeholders),
        ConditionNode::Compare(left, comparator, right) => {
            compare(value(left).as_ref(), *comparator, value(right).as_ref())
        }
        ConditionNode::Between(operand, low, high) => {
            let operand = value(operand);
            compare(operand.as_ref(), Comparator::GreaterOrEqual, value(low).as_ref())
                && compare(operand.as_ref(), Comparator::LessOrEqual, value(high).as_ref())
        }
        ConditionNode::In(operand, list) => {
            let operand = value(operand);
            list.iter().any(|item| compare(operand.as_ref(), Comparator::Equal, value(item).as_ref()))
        }
        ConditionNode::Call(call) => function(call, item, placeholders),
    }
}

fn function(call: &Call, item: &Attributes, placeholders: &Placeholders) -> bool {
    let mut values = call.arguments.iter().map(|operand| evaluate(operand, item, placeholders));
    let (first, second) = (values.next().flatten(), values.next().flatten());
    match (call.function.text.as_str(), first, second) {
        ("attribute_exists", first, _) => first.is_some(),
        ("attribute_not_exists", first, _) => first.is_none(),
        ("attribute_type", Some(value), Some(AttributeValue::S(tag))) => value.tag().name() == tag,
        ("begins_with", Some(value), Some(start)) => begins_with(&value, &start),
        ("contains", Some(value), Some(part)) => contains(&value, &part),
        _ => false,
    }
}

/// The value of an operand, if there is one.
fn evaluate(operand: &Operand, item: &Attributes, placeholders: &Placeholders) -> Option<AttributeValue> {
    match operand {
        Operand::Path(path) => get(item, &resolve(path, placeholders)).cloned(),
        Operand::Value(word) => placeholders.attribute_value(&word.text).cloned(),
        Operand::Call(call) => {
            let argument = call.arguments.first().filter(|_| call.function.text == "size")?;
            let size = size(&evaluate(argument, item, placeholders)?)?;
            Number::parse(&size.to_string()).ok().map(AttributeValue::N)
        }
    }
}

/// What the function `size` gives.
fn size(value: &AttributeValue) -> Option<usize> {
    match value {
        AttributeValue::S(text) => Some(text.len()),
        AttributeValue::B(bytes) => Some(bytes.len()),
        AttributeValue::Ss(items) => Some(items.len()),
        AttributeValue::Ns(items) => Some(items.len()),
        AttributeValue::Bs(items) => Some(items.len()),
        AttributeValue::M(members) => Some(members.len()),
        AttributeValue::L(items) => Some(items.len()),
        AttributeValue::N(_) | AttributeValue::Null | AttributeValue::Bool(_) => None,
    }
}

/// Whether two values compare as wanted. A value that is not there equals nothing and has no order.
pub(super) fn compare(left: Option<&AttributeValue>, comparator: Comparator, right: Option<&AttributeValue>) -> bool {
    let equal = match (left, right) {
        (Some(left), Some(right)) => left.equals(right),
        _ => false,
    };
    let ordered = |wanted: fn(Ordering) -> bool| order(left, right).is_some_and(wanted);
    match comparator {
        Comparator::Equal => equal,
        Comparator::NotEqual => !equal,
        Comparator::Less => ordered(Ordering::is_lt),
        Comparator::LessOrEqual => ordered(Ordering::is_le),
        Comparator::Greater => ordered(Ordering::is_gt),
        Comparator::GreaterOrEqual => ordered(Ordering::is_ge),
    }
}

fn order(left: Option<&AttributeValue>, right: Option<&AttributeValue>) -> Option<Ordering> {
    match (left?, right?) {
        (AttributeValue::S(left), AttributeValue::S(right)) => Some(left.cmp(right)),
        (AttributeValue::N(left), AttributeValue::N(right)) => Some(left.cmp(right)),
        (AttributeValue::B(left), AttributeValue::B(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

pub(super) fn begins_with(value: &AttributeValue, start: &AttributeValue) -> bool {
    match (value, start) {
        (AttributeValue::S(value), AttributeValue::S(start)) => value.starts_with(start.as_str()),
        (AttributeValue::B(value), AttributeValue::B(start)) => value.starts_with(start),
        _ => false,
    }
}

pub(super) fn contains(value: &AttributeValue, part: &AttributeValue) -> bool {
    match (value, part) {
        (AttributeValue::S(value), AttributeValue::S(part)) => value.contains(part.as_str()),
        (AttributeValue::B(value), AttributeValue::B(part)) => {
            part.is_empty() || value.windows(part.len()).any(|window| window == part)
        }
        (AttributeValue::Ss(items), AttributeValue::S(part)) => items.contains(part),
        (AttributeValue::Ns(items), AttributeValue::N(part)) => items.contains(part),
        (AttributeValue::Bs(items), AttributeValue::B(part)) => items.contains(part),
        (AttributeValue::L(items), part) => items.iter().any(|item| item.equals(part)),
        _ => false,
    }
}
