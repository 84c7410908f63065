//! Definitions with a few things changed at random.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// A change of a text.
#[derive(Clone, Debug)]
pub(crate) enum OfText {
    Delete(Index, usize),
    Duplicate(Index, usize),
    Replace(Index, usize, String),
    Truncate(Index),
}

pub(crate) fn of_text() -> impl Strategy<Value = Vec<OfText>> {
    let change = prop_oneof![
        (any::<Index>(), 1usize..20).prop_map(|(at, length)| OfText::Delete(at, length)),
        (any::<Index>(), 1usize..60).prop_map(|(at, length)| OfText::Duplicate(at, length)),
        (any::<Index>(), 0usize..5, "[\\PC\n]|[{}\\[\\]:,\"'$.*-]{1,3}")
            .prop_map(|(at, length, text)| OfText::Replace(at, length, text)),
        any::<Index>().prop_map(OfText::Truncate),
    ];
    prop::collection::vec(change, 1..4)
}

pub(crate) fn mutate_text(text: &str, mutations: &[OfText]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for mutation in mutations {
        let range = |at: &Index, length: &usize| {
            let start = at.index(characters.len() + 1);
            start..(start + length).min(characters.len())
        };
        match mutation {
            OfText::Delete(at, length) => drop(characters.drain(range(at, length))),
            OfText::Duplicate(at, length) => {
                let range = range(at, length);
                let copy = characters[range.clone()].to_vec();
                characters.splice(range.end..range.end, copy);
            }
            OfText::Replace(at, length, by) => drop(characters.splice(range(at, length), by.chars())),
            OfText::Truncate(at) => characters.truncate(at.index(characters.len() + 1)),
        }
    }
    characters.into_iter().collect()
}

/// A change of one value of a document, which stays JSON.
#[derive(Clone, Debug)]
pub(crate) enum OfValue {
    Remove,
    /// Another member or item of the same content.
    Duplicate(String),
    Rename(Index),
    /// By a value of this or another definition.
    Replace(Index, Index),
    Set(Value),
}

pub(crate) fn of_values() -> impl Strategy<Value = Vec<(Index, OfValue)>> {
    let values: Vec<Value> = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "1.5",
        "1e300",
        "99999999999",
        "18446744073709551616",
        "{}",
        "[]",
        "\"\"",
        "\"$\"",
        "\"$.a\"",
        "\"$.a[0]\"",
        "\"$$.Execution.Input\"",
        "\"$$\"",
        "\"$.a[*]\"",
        "\"States.ALL\"",
        "\"{% 1 %}\"",
        "\"2026-01-01T00:00:00Z\"",
        "\"States.Format('{}', $.a)\"",
        "[null]",
        "[{}]",
        "{\"a.$\": \"$\"}",
        "\"*\\\\*\"",
    ]
    .iter()
    .map(|text| serde_json::from_str(text).unwrap())
    .collect();
    let change = prop_oneof![
        Just(OfValue::Remove),
        "\\PC{0,3}|#[a-z]|:[a-z]".prop_map(OfValue::Duplicate),
        any::<Index>().prop_map(OfValue::Rename),
        any::<(Index, Index)>().prop_map(|(definition, value)| OfValue::Replace(definition, value)),
        prop::sample::select(values).prop_map(OfValue::Set),
    ];
    prop::collection::vec((any::<Index>(), change), 1..5)
}

pub(crate) fn mutate_value(value: &Value, others: &[(String, Value)], mutations: &[(Index, OfValue)]) -> Value {
    let mut value = value.clone();
    for (at, mutation) in mutations {
        let pointers = pointers(&value);
        let Some((parent, key)) = at.get(&pointers).rsplit_once('/') else {
            continue;
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        let other = match mutation {
            OfValue::Replace(definition, inner) => {
                let (_, other) = definition.get(others);
                other.pointer(inner.get::<String>(&self::pointers(other))).cloned().unwrap_or_default()
            }
            OfValue::Set(value) => value.clone(),
            _ => Value::Null,
        };
        match value.pointer_mut(parent) {
            Some(Value::Object(members)) => match mutation {
                OfValue::Remove => drop(members.shift_remove(&key)),
                OfValue::Duplicate(suffix) => {
                    let copy = members[&key].clone();
                    members.insert(format!("{key}{suffix}"), copy);
                }
                OfValue::Rename(index) => {
                    let (_, other) = index.get(others);
                    let pointers = self::pointers(other);
                    let name = index.get(&pointers).rsplit('/').next().unwrap_or_default().to_owned();
                    let moved = members.shift_remove(&key).unwrap();
                    members.insert(name, moved);
                }
                OfValue::Replace(..) | OfValue::Set(_) => drop(members.insert(key, other)),
            },
            Some(Value::Array(items)) => {
                let index: usize = key.parse().unwrap();
                match mutation {
                    OfValue::Remove => drop(items.remove(index)),
                    OfValue::Duplicate(_) => items.push(items[index].clone()),
                    OfValue::Rename(_) => items.reverse(),
                    OfValue::Replace(..) | OfValue::Set(_) => items[index] = other,
                }
            }
            _ => {}
        }
    }
    value
}

/// JSON pointers to every value of a document, the document itself first.
fn pointers(value: &Value) -> Vec<String> {
    fn collect(value: &Value, pointer: String, into: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                collect(value, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), into);
            }),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{pointer}/{index}"), into));
            }
            _ => {}
        }
        into.push(pointer);
    }
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    pointers.reverse();
    pointers
}
