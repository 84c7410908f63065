//! The details of an event.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Masks;

/// The members that are JSON texts.
const DATA: [&str; 3] = ["input", "output", "parameters"];

/// What is said of a difference: the member, what was expected and what came.
pub(super) type Difference = (String, String, String);

/// The first difference between the recorded details and those of AWS's form, whose data are JSON texts.
pub(super) fn difference(
    recorded: &Map<String, Value>,
    given: &Map<String, Value>,
    masks: &mut Masks<'_>,
) -> Option<Difference> {
    let members: BTreeSet<&str> = recorded.keys().map(|name| member(recorded, name)).chain(names(given)).collect();
    for name in members {
        let got = given.get(name).filter(|value| says_something(name, value));
        let found = recorded.get(name).or_else(|| recorded.get(&format!("{name}_json")));
        let wanted = found.filter(|value| says_something(name, value));
        let same = match (wanted, got) {
            (None, None) => true,
            (Some(wanted), Some(got)) => {
                let text = recorded.get(&format!("{name}_text")).and_then(Value::as_str);
                let is_json = !recorded.contains_key(name);
                same(name, is_json, wanted, text, got, masks)
            }
            _ => false,
        };
        if !same {
            return Some((name.to_owned(), shown(wanted), shown(got)));
        }
    }
    None
}

/// The member of AWS's form that a recorded one belongs to.
fn member<'a>(recorded: &Map<String, Value>, name: &'a str) -> &'a str {
    match name.strip_suffix("_text") {
        Some(spelt) if recorded.contains_key(spelt) => spelt,
        _ => name.strip_suffix("_json").unwrap_or(name),
    }
}

fn names(details: &Map<String, Value>) -> impl Iterator<Item = &str> {
    details.keys().map(String::as_str)
}

/// Recordings leave out what says nothing: absent members, and that a text was not cut short. A null among data is the
/// JSON text `null`.
fn says_something(name: &str, value: &Value) -> bool {
    let nothing = value.is_null() && !DATA.contains(&name);
    !(nothing || name.ends_with("Details") && *value == json!({"truncated": false}))
}

fn same(name: &str, is_json: bool, wanted: &Value, text: Option<&str>, got: &Value, masks: &mut Masks<'_>) -> bool {
    match (name, wanted, got) {
        (name, wanted, Value::String(got)) if DATA.contains(&name) => masks.json(wanted, text, got),
        ("assignedVariables", Value::Object(wanted), Value::Object(got)) => {
            wanted.len() == got.len()
                && wanted.iter().all(|(variable, wanted)| {
                    let got = got.get(variable).and_then(Value::as_str);
                    got.is_some_and(|got| masks.json(wanted, None, got))
                })
        }
        (_, wanted, Value::String(got)) if is_json => {
            serde_json::from_str(got).is_ok_and(|got| masks.value(wanted, &got))
        }
        (_, wanted, got) => masks.value(wanted, got),
    }
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None => "none".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `member`: the one that differs.
    fn check(recorded: Value, given: Value, member: Option<&str>) {
        let (Value::Object(wanted), Value::Object(got)) = (&recorded, &given) else { return };
        let found = difference(wanted, got, &mut Masks::new(&[]));
        assert_eq!(found.as_ref().map(|(name, ..)| &**name), member, "{recorded} {given} {found:?}");
    }

    #[test]
    fn data_is_compared_by_value_and_spelling() {
        check(json!({"input": [1, 2]}), json!({"input": "[1,2]"}), None);
        check(json!({"input": [1, 2]}), json!({"input": "[1, 2]"}), Some("input"));
        check(json!({"input": [1], "input_text": "[ 1 ]"}), json!({"input": "[ 1 ]"}), None);
        check(json!({"output": {"a": 1, "b": 2}}), json!({"output": "{\"b\":2,\"a\":1}"}), Some("output"));
        check(json!({"output": null}), json!({"output": "null"}), None);
        check(json!({"output": null}), json!({}), Some("output"));
        check(json!({"cause_json": {"a": 1}}), json!({"cause": "{\"a\": 1}"}), None);
        check(json!({"cause_json": {"a": 1}}), json!({"cause": "{}"}), Some("cause"));
        check(json!({"cause_json": {"a": 1}}), json!({}), Some("cause"));
    }

    #[test]
    fn variables_come_in_any_order() {
        let recorded = json!({"assignedVariables": {"a": "1", "b": [2]}});
        check(recorded.clone(), json!({"assignedVariables": {"b": "[2]", "a": "\"1\""}}), None);
        check(recorded.clone(), json!({"assignedVariables": {"b": "[2]", "a": "1"}}), Some("assignedVariables"));
        check(recorded, json!({"assignedVariables": {"b": "[2]"}}), Some("assignedVariables"));
    }

    #[test]
    fn what_says_nothing_may_be_absent() {
        check(json!({}), json!({"outputDetails": {"truncated": false}, "error": null}), None);
        check(json!({}), json!({"error": "E"}), Some("error"));
        check(json!({"resource": "r"}), json!({}), Some("resource"));
        check(json!({"length": 2}), json!({"length": 2}), None);
    }
}
