//! A case of the suite: an expression, what it is applied to, and what it gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A case.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) expression: String,
    /// What it is applied to; none is nothing, not null.
    input: Option<Value>,
    bindings: Value,
    /// Whether the result may be in any order.
    unordered: bool,
    expected: Expected,
}

/// What a case gives.
enum Expected {
    Value(Value),
    Nothing,
    Error { code: String, message: Option<String>, token: Option<String> },
}

/// Reads the cases in `folder` whose id contains `filter`.
pub(super) fn read(folder: &Path, filter: &str) -> Result<Vec<Case>, String> {
    let mut datasets = BTreeMap::new();
    let text = text(&folder.join("cases.jsonl"))?;
    let cases = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let case: Value = serde_json::from_str(line).map_err(|error| format!("a case is not JSON: {error}: {line}"))?;
        Case::read(&case, folder, &mut datasets)
    });
    let cases: Result<Vec<Case>, String> =
        cases.filter(|case| case.as_ref().map_or(true, |case| case.id.contains(filter))).collect();
    cases
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

impl Case {
    fn read(case: &Value, folder: &Path, datasets: &mut BTreeMap<String, Value>) -> Result<Self, String> {
        let member = |name: &str| case.get(name).and_then(Value::as_str).map(str::to_owned);
        let id = member("id").ok_or_else(|| format!("a case has no id: {case}"))?;
        let expression = member("expr").ok_or_else(|| format!("{id} has no expr"))?;
        let input = match case.get("dataset").and_then(Value::as_str) {
            None => case.get("data").cloned(),
            Some(name) => {
                if !datasets.contains_key(name) {
                    let file = folder.join(format!("datasets/{name}.json"));
                    let data = text(&file)?.parse().map_err(|error| format!("{}: {error}", file.display()))?;
                    datasets.insert(name.to_owned(), data);
                }
                datasets.get(name).cloned()
            }
        };
        let error = |name: &str| case.pointer(&format!("/error/{name}")).and_then(Value::as_str).map(str::to_owned);
        let expected = match (case.get("result"), member("code").or_else(|| error("code"))) {
            (_, Some(code)) => {
                Expected::Error { code, message: error("message"), token: error("token").or_else(|| member("token")) }
            }
            (Some(value), None) => Expected::Value(value.clone()),
            (None, None) => Expected::Nothing,
        };
        Ok(Self {
            id,
            expression,
            input,
            bindings: case.get("bindings").cloned().unwrap_or_else(|| json!({})),
            unordered: case.get("unordered") == Some(&Value::Bool(true)),
            expected,
        })
    }

    /// The group: what is before the slash in the id.
    pub(super) fn group(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The names of the bindings.
    pub(super) fn names(&self) -> Vec<&str> {
        self.bindings.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    /// What the program is to do. The input is a list, as it may be nothing.
    pub(super) fn order(&self, module: Option<&str>) -> Value {
        let input: Vec<&Value> = self.input.iter().collect();
        json!({"expression": self.expression, "input": input, "bindings": self.bindings, "module": module})
    }

    /// Why no Rust string can hold the expression, where that is so.
    pub(super) fn cannot_be_held(&self) -> Option<String> {
        has_lone_surrogate(&self.expression)
            .then(|| "it has half of a surrogate pair, which no Rust string holds".to_owned())
    }

    /// What is wrong with an answer of the program.
    pub(super) fn difference(&self, answer: &Value) -> Option<String> {
        let right = match &self.expected {
            Expected::Nothing => answer.get("nothing").is_some(),
            Expected::Value(value) => answer.get("value").is_some_and(|actual| equal(value, actual, self.unordered)),
            Expected::Error { code, message, token } => {
                let same = |name: &str, wanted: &Option<String>| {
                    wanted.as_ref().is_none_or(|wanted| answer.get(name).and_then(Value::as_str) == Some(wanted))
                };
                same("code", &Some(code.clone())) && same("message", message) && same("token", token)
            }
        };
        (!right).then(|| format!("{}: expected {}, got {answer}", self.expression, self.expected.shown()))
    }
}

impl Expected {
    fn shown(&self) -> String {
        match self {
            Self::Value(value) => value.to_string(),
            Self::Nothing => "nothing".to_owned(),
            Self::Error { code, .. } => code.clone(),
        }
    }
}

/// Whether an expression has a string with an escape for half of a surrogate pair.
fn has_lone_surrogate(text: &str) -> bool {
    let escape = |rest: &str| u32::from_str_radix(rest.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut rest = text;
    while let Some(place) = rest.find("\\u") {
        rest = &rest[place..];
        match escape(rest) {
            Some(0xd800..=0xdbff) if matches!(rest.get(6..).and_then(escape), Some(0xdc00..=0xdfff)) => {
                rest = &rest[12..]
            }
            Some(0xd800..=0xdfff) => return true,
            _ => rest = &rest[2..],
        }
    }
    false
}

/// Whether two values are the same: numbers by their value, members of objects in any order.
fn equal(left: &Value, right: &Value, unordered: bool) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) if unordered => {
            left.len() == right.len() && left.iter().all(|left| right.iter().any(|right| equal(left, right, unordered)))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right, unordered))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right, unordered)))
        }
        _ => left == right,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_held_against_what_the_case_expects() {
        let check = |case: Value, answer: Value, right: bool| {
            let case = Case::read(&case, Path::new(""), &mut BTreeMap::new()).unwrap();
            assert_eq!(case.difference(&answer).is_none(), right, "{answer}");
        };
        let value = json!({"id": "g/1", "expr": "a", "result": [1, 2]});
        check(value.clone(), json!({"value": [1.0, 2.0]}), true);
        check(value.clone(), json!({"value": [2, 1]}), false);
        check(value, json!({"nothing": true}), false);
        check(json!({"id": "g/1", "expr": "a", "result": [1, 2], "unordered": true}), json!({"value": [2, 1]}), true);
        check(json!({"id": "g/1", "expr": "a", "result": null}), json!({"value": null}), true);
        let nothing = json!({"id": "g/1", "expr": "a", "undefinedResult": true});
        check(nothing.clone(), json!({"nothing": true}), true);
        check(nothing, json!({"value": null}), false);
        check(json!({"id": "g/1", "expr": "a", "code": "T1"}), json!({"code": "T1", "message": "x"}), true);
        let message = json!({"id": "g/1", "expr": "a", "error": {"code": "T1", "message": "y"}});
        check(message, json!({"code": "T1", "message": "x"}), false);
    }
}
