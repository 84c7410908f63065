//! Attribute values: `{"S": "text"}`.

use std::collections::BTreeMap;

use asl_codegen::dynamodb::{Number, NumberError, Tag, Value as Facts};
use serde_json::Value;

use super::super::super::answer::hash_map;
use super::super::super::attribute_value::Written;
use super::super::super::base64;
use crate::value::build;

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum AttributeValue {
    S(String),
    N(Number),
    B(Vec<u8>),
    Ss(Vec<String>),
    Ns(Vec<Number>),
    Bs(Vec<Vec<u8>>),
    M(Attributes),
    L(Vec<AttributeValue>),
    Null,
    Bool(bool),
}

/// An item, a key, or the members of a map.
pub(super) type Attributes = BTreeMap<String, AttributeValue>;

/// The value that a request gives, or what DynamoDB says of it.
pub(super) type Supplied = Result<AttributeValue, String>;

/// How deep lists and maps may be nested. DynamoDB Developer Guide, "Quotas".
const MAX_DEPTH: usize = 32;

const TOO_DEEP: &str = "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond \
                        supported limit";

/// Makes a value of what is written.
pub(super) fn supplied(written: Written) -> Supplied {
    nested(written, 0)
}

fn nested(written: Written, depth: usize) -> Supplied {
    if depth > MAX_DEPTH {
        return Err(TOO_DEEP.to_owned());
    }
    match written {
        Written::S(text) => Ok(AttributeValue::S(text)),
        Written::N(text) => number(&text).map(AttributeValue::N),
        Written::B(bytes) => Ok(AttributeValue::B(bytes)),
        Written::Ss(texts) => string_set(texts),
        Written::Ns(texts) => number_set(texts),
        Written::Bs(all) => binary_set(all),
        Written::M(members) => nested_attributes(members, depth + 1).map(AttributeValue::M),
        Written::L(items) => {
            items.into_iter().map(|item| nested(item, depth + 1)).collect::<Result<_, _>>().map(AttributeValue::L)
        }
        Written::Null(flag) => null(flag),
        Written::Bool(flag) => Ok(AttributeValue::Bool(flag)),
        Written::Unfit(message) => Err(message.to_owned()),
    }
}

/// The members of an item or a key; the first problem of one of them.
pub(super) fn attributes(members: Vec<(String, Written)>) -> Result<Attributes, String> {
    nested_attributes(members, 0)
}

fn nested_attributes(members: Vec<(String, Written)>, depth: usize) -> Result<Attributes, String> {
    members.into_iter().map(|(name, value)| Ok((name, nested(value, depth)?))).collect()
}

fn number(text: &str) -> Result<Number, String> {
    Number::parse(text).map_err(|error| match error {
        NumberError::Syntax if !text.is_empty() => format!("{error}: {text}"),
        _ => error.to_string(),
    })
}

const INVALID: &str = "One or more parameter values were invalid: ";

fn string_set(texts: Vec<String>) -> Supplied {
    if texts.is_empty() {
        return Err(format!("{INVALID}An string set  may not be empty"));
    }
    if has_duplicates(&texts) {
        return Err(format!("{INVALID}Input collection [{}] contains duplicates.", texts.join(", ")));
    }
    Ok(AttributeValue::Ss(texts))
}

fn number_set(texts: Vec<String>) -> Supplied {
    if texts.is_empty() {
        return Err(format!("{INVALID}An number set  may not be empty"));
    }
    let numbers = texts.iter().map(|text| number(text)).collect::<Result<Vec<_>, _>>()?;
    if has_duplicates(&numbers) {
        return Err("Input collection contains duplicates".to_owned());
    }
    Ok(AttributeValue::Ns(numbers))
}

fn binary_set(all: Vec<Vec<u8>>) -> Supplied {
    if all.is_empty() {
        return Err(format!("{INVALID}Binary sets should not be empty"));
    }
    if has_duplicates(&all) {
        let texts: Vec<String> = all.iter().map(|bytes| base64::encode(bytes)).collect();
        return Err(format!("{INVALID}Input collection [{}]of type BS contains duplicates.", texts.join(", ")));
    }
    Ok(AttributeValue::Bs(all))
}

fn null(flag: bool) -> Supplied {
    if flag {
        Ok(AttributeValue::Null)
    } else {
        Err(format!("{INVALID}Null attribute value types must have the value of true"))
    }
}

fn has_duplicates<T: PartialEq>(items: &[T]) -> bool {
    items.iter().enumerate().any(|(i, item)| items[..i].contains(item))
}

impl AttributeValue {
    pub(super) fn tag(&self) -> Tag {
        match self {
            AttributeValue::S(_) => Tag::S,
            AttributeValue::N(_) => Tag::N,
            AttributeValue::B(_) => Tag::B,
            AttributeValue::Ss(_) => Tag::Ss,
            AttributeValue::Ns(_) => Tag::Ns,
            AttributeValue::Bs(_) => Tag::Bs,
            AttributeValue::M(_) => Tag::M,
            AttributeValue::L(_) => Tag::L,
            AttributeValue::Null => Tag::Null,
            AttributeValue::Bool(_) => Tag::Bool,
        }
    }

    /// Its type and what expressions are checked for.
    pub(super) fn facts(&self) -> Facts<'_> {
        let (text, number) = match self {
            AttributeValue::S(text) => (Some(text.as_str()), None),
            AttributeValue::N(number) => (None, Some(*number)),
            _ => (None, None),
        };
        Facts { tag: self.tag(), text, number }
    }

    /// Whether two values are the same; sets and maps have no order.
    pub(super) fn equals(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(left: &[T], right: &[T]) -> bool {
            left.len() == right.len() && left.iter().all(|item| right.contains(item))
        }
        match (self, other) {
            (AttributeValue::Ss(left), AttributeValue::Ss(right)) => same(left, right),
            (AttributeValue::Ns(left), AttributeValue::Ns(right)) => same(left, right),
            (AttributeValue::Bs(left), AttributeValue::Bs(right)) => same(left, right),
            (AttributeValue::L(left), AttributeValue::L(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.equals(right))
            }
            (AttributeValue::M(left), AttributeValue::M(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|((l, left), (r, right))| l == r && left.equals(right))
            }
            (left, right) => left == right,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        let value = match self {
            AttributeValue::S(text) => text.as_str().into(),
            AttributeValue::N(number) => number.to_string().into(),
            AttributeValue::B(bytes) => base64::encode(bytes).into(),
            AttributeValue::Ss(texts) => texts.iter().map(String::as_str).collect(),
            AttributeValue::Ns(numbers) => numbers.iter().map(Number::to_string).collect(),
            AttributeValue::Bs(all) => all.iter().map(|bytes| base64::encode(bytes)).collect(),
            AttributeValue::M(members) => to_value(members),
            AttributeValue::L(items) => items.iter().map(AttributeValue::to_value).collect(),
            AttributeValue::Null => true.into(),
            AttributeValue::Bool(flag) => (*flag).into(),
        };
        build::object([(self.tag().name(), value)])
    }

    /// Its size in bytes. DynamoDB Developer Guide, "Item sizes and formats".
    fn size(&self) -> usize {
        match self {
            AttributeValue::S(text) => text.len(),
            AttributeValue::N(number) => number_size(number),
            AttributeValue::B(bytes) => bytes.len(),
            AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
            AttributeValue::Ns(numbers) => numbers.iter().map(number_size).sum(),
            AttributeValue::Bs(all) => all.iter().map(Vec::len).sum(),
            AttributeValue::M(members) => 3 + members.len() + size(members),
            AttributeValue::L(items) => 3 + items.iter().map(|item| 1 + item.size()).sum::<usize>(),
            AttributeValue::Null | AttributeValue::Bool(_) => 1,
        }
    }
}

/// About one byte per two significant digits, and one more.
fn number_size(number: &Number) -> usize {
    let text = number.to_string();
    let digits = text.trim_start_matches(['-', '0', '.']).trim_end_matches('0').matches(|c: char| c != '.').count();
    1 + digits.div_ceil(2) + usize::from(text.starts_with('-'))
}

/// Says so when an item is nested deeper than it may be.
pub(super) fn check_depth(item: &Attributes) -> Result<(), String> {
    fn fits(value: &AttributeValue, depth: usize) -> bool {
        depth <= MAX_DEPTH
            && match value {
                AttributeValue::M(members) => members.values().all(|value| fits(value, depth + 1)),
                AttributeValue::L(items) => items.iter().all(|value| fits(value, depth + 1)),
                _ => true,
            }
    }
    if item.values().all(|value| fits(value, 0)) { Ok(()) } else { Err(TOO_DEEP.to_owned()) }
}

/// The size of an item in bytes.
pub(super) fn size(item: &Attributes) -> usize {
    item.iter().map(|(name, value)| name.len() + value.size()).sum()
}

/// An item as AWS writes it.
pub(super) fn to_value(item: &Attributes) -> Value {
    hash_map(item.iter().map(|(name, value)| (name.clone(), value.to_value())))
}
