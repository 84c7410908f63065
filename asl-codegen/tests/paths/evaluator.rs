//! What a path selects, worked out on its parsed form without any care for speed.

use asl_codegen::query::path::{Filter, FilterPath, Literal, Operand, Operator, Path, Selector};
use asl_runtime::Value;
use serde_json::Number;

/// The array that the path selects from `data`.
pub(crate) fn select(path: &Path, data: &Value) -> Value {
    let selectors: Vec<Selector> = path.steps.iter().map(|step| step.selector.clone()).collect();
    Value::Array(walk(&selectors, data, data))
}

fn walk(selectors: &[Selector], value: &Value, root: &Value) -> Vec<Value> {
    let Some((first, rest)) = selectors.split_first() else { return vec![value.clone()] };
    step(first, value, root).iter().flat_map(|value| walk(rest, value, root)).collect()
}

fn children(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        Value::Object(members) => members.values().cloned().collect(),
        _ => Vec::new(),
    }
}

fn step(selector: &Selector, value: &Value, root: &Value) -> Vec<Value> {
    match (selector, value) {
        (Selector::Name(name), _) => value.get(name).into_iter().cloned().collect(),
        (Selector::Names(names), Value::Object(members)) => {
            let named = names.iter().filter_map(|name| members.get_key_value(name));
            vec![Value::Object(named.map(|(name, value)| (name.clone(), value.clone())).collect())]
        }
        (Selector::Index(index), Value::Array(items)) => item(items, *index).into_iter().collect(),
        (Selector::Indexes(indexes), Value::Array(items)) => {
            indexes.iter().filter_map(|index| item(items, *index)).collect()
        }
        (Selector::Slice { start, end, step }, Value::Array(items)) => {
            let length = i64::try_from(items.len()).unwrap();
            let both = start.is_some() && end.is_some();
            let bound = |bound: i64| if bound < 0 && !both { (length + bound).max(0) } else { bound.max(0) };
            let (start, end) = (bound(start.unwrap_or(0)), bound(end.unwrap_or(length)));
            let chosen = (0..length).filter(|place| *place >= start && *place < end);
            let chosen = chosen.filter(|place| (place - start) % step.unwrap_or(1) == 0);
            chosen.filter_map(|place| item(items, place)).collect()
        }
        (Selector::Wildcard, _) => children(value),
        (Selector::Filter(filter), Value::Array(items)) => {
            items.iter().filter(|item| item.is_object() && holds(filter, item, root)).cloned().collect()
        }
        (Selector::Filter(filter), Value::Object(_)) if holds(filter, value, root) => vec![value.clone()],
        (Selector::Descent(inner), Value::Array(_) | Value::Object(_)) => {
            let here = match (&**inner, value) {
                // The objects in an array have their own turn.
                (Selector::Filter(_), Value::Array(_)) => Vec::new(),
                (Selector::Names(names), _) if names.iter().any(|name| value.get(name).is_none()) => Vec::new(),
                _ => step(inner, value, root),
            };
            let below = children(value).into_iter().flat_map(|child| step(selector, &child, root));
            here.into_iter().chain(below).collect()
        }
        _ => Vec::new(),
    }
}

fn item(items: &[Value], index: i64) -> Option<Value> {
    let index = if index < 0 { i64::try_from(items.len()).unwrap() + index } else { index };
    items.get(usize::try_from(index).ok()?).cloned()
}

fn holds(filter: &Filter, item: &Value, root: &Value) -> bool {
    match filter {
        Filter::Or(sides) => sides.iter().any(|side| holds(side, item, root)),
        Filter::And(sides) => sides.iter().all(|side| holds(side, item, root)),
        Filter::Not(inner) => !holds(inner, item, root),
        Filter::Exists(path) => !found(path, item, root).is_empty(),
        Filter::Compare { left, operator, right } => {
            let (left, right) = (operand(left, item, root), operand(right, item, root));
            match (left, right) {
                (Side::Value(left), Side::Value(right)) => compare(left.as_ref(), *operator, right.as_ref()),
                (Side::Value(value), Side::Regex(regex)) | (Side::Regex(regex), Side::Value(value)) => {
                    matches(&regex, value.as_ref())
                }
                (Side::Regex(_), Side::Regex(_)) => false,
            }
        }
    }
}

fn found(path: &FilterPath, item: &Value, root: &Value) -> Vec<Value> {
    walk(&path.selectors, if path.from_item { item } else { root }, root)
}

enum Side {
    Value(Option<Value>),
    Regex(String),
}

fn operand(operand: &Operand, item: &Value, root: &Value) -> Side {
    match operand {
        Operand::Path(path) => {
            let mut found = found(path, item, root);
            let definite = path.selectors.iter().all(Selector::is_definite);
            Side::Value(if definite { found.pop() } else { Some(Value::Array(found)) })
        }
        Operand::Literal(literal) => Side::Value(Some(self::literal(literal))),
        Operand::Regex { pattern, flags } => Side::Regex(format!("/{pattern}/{flags}")),
    }
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(boolean) => Value::Bool(*boolean),
        Literal::Number(spelling) => serde_json::from_str(spelling).unwrap(),
        Literal::String(text) => Value::from(text.as_str()),
        Literal::Array(items) => items.iter().map(self::literal).collect(),
    }
}

/// The regular expressions of the test, in other words.
fn matches(regex: &str, value: Option<&Value>) -> bool {
    let one = |value: Option<&Value>| {
        let text = match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(boolean)) => boolean.to_string(),
            _ => String::new(),
        };
        match regex {
            "/a.*/" => text.starts_with('a'),
            "/a.*/i" => text.to_lowercase().starts_with('a'),
            regex => panic!("{regex}"),
        }
    };
    match value {
        Some(Value::Array(items)) => items.iter().any(|item| one(Some(item))),
        value => one(value),
    }
}

fn equal(left: &Value, right: &Value) -> bool {
    let float = |number: &Number| number.as_f64().unwrap();
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => float(left) == float(right),
        (Value::Number(left), Value::String(right)) => right.parse::<f64>().is_ok_and(|right| float(left) == right),
        (Value::String(left), Value::Number(right)) => *left == right.to_string(),
        (left, right) => left == right,
    }
}

fn compare(left: Option<&Value>, operator: Operator, right: Option<&Value>) -> bool {
    let (Some(left), Some(right)) = (left, right) else {
        // What is missing is in no list, and equal to nothing.
        return match operator {
            Operator::NotIn => right.is_some_and(Value::is_array),
            operator => operator == Operator::NotEqual,
        };
    };
    let (list, other) = (left.as_array(), right.as_array());
    let has = |items: &[Value], wanted: &Value| items.iter().any(|item| equal(wanted, item));
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64().partial_cmp(&right.as_f64()),
        _ => text(left).zip(text(right)).map(|(left, right)| left.cmp(&right)),
    };
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::Less => order.is_some_and(|order| order.is_lt()),
        Operator::LessOrEqual => order.is_some_and(|order| order.is_le()),
        Operator::Greater => order.is_some_and(|order| order.is_gt()),
        Operator::GreaterOrEqual => order.is_some_and(|order| order.is_ge()),
        Operator::In => other.is_some_and(|items| has(items, left)),
        Operator::NotIn => other.is_some_and(|items| !has(items, left)),
        Operator::SubsetOf => list.zip(other).is_some_and(|(left, right)| left.iter().all(|item| has(right, item))),
        Operator::AnyOf => list.zip(other).is_some_and(|(left, right)| left.iter().any(|item| has(right, item))),
        Operator::NoneOf => list.zip(other).is_some_and(|(left, right)| !left.iter().any(|item| has(right, item))),
        Operator::Contains => match (left, right) {
            (Value::String(left), Value::String(right)) => left.contains(right.as_str()),
            _ => list.is_some_and(|items| has(items, right)),
        },
        Operator::Size => {
            let size = left.as_str().map(str::len).or(list.map(Vec::len));
            size.zip(right.as_u64()).is_some_and(|(size, wanted)| size as u64 == wanted)
        }
        Operator::Empty => {
            let empty = match left {
                Value::String(text) => text.is_empty(),
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                _ => return false,
            };
            right.as_bool() == Some(empty)
        }
        Operator::Matches => panic!("a comparison without its regular expression"),
    }
}
