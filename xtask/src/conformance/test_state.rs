//! Recorded calls of AWS's TestState API.

use serde_json::{Map, Value, json};

use super::compare::{Check, Ending, Masks};

/// How AWS names a state that is tested without a machine around it.
const LONE_STATE: &str = "StateName";

/// The text of the definition that is compiled, and the name of the tested state.
///
/// A state without a machine gets one, in which the states that it names are Succeed states.
pub(super) fn machine(case: &Value) -> Option<(String, String)> {
    let definition = case.get("definition")?;
    if let Some(name) = case.pointer("/request/stateName").and_then(Value::as_str) {
        return Some((definition.to_string(), name.to_owned()));
    }
    if definition.get("States").is_some() {
        return Some((definition.to_string(), String::new()));
    }
    let mut states = Map::new();
    states.insert(LONE_STATE.to_owned(), definition.clone());
    for target in targets(definition) {
        states.entry(target).or_insert_with(|| json!({"Type": "Succeed"}));
    }
    Some((json!({"StartAt": LONE_STATE, "States": states}).to_string(), LONE_STATE.to_owned()))
}

/// The states that a state can be followed by.
fn targets(state: &Value) -> impl Iterator<Item = &str> {
    let own = ["Next", "Default"].into_iter().filter_map(|field| state.get(field));
    let lists = ["Choices", "Catch"].into_iter().filter_map(|field| state.get(field)?.as_array());
    own.chain(lists.flatten().filter_map(|element| element.get("Next"))).filter_map(Value::as_str)
}

/// Why the call cannot be made here.
pub(super) fn hindrance(case: &Value) -> Option<String> {
    let text = |pointer: &str| case.pointer(pointer).and_then(Value::as_str);
    let refused_by = |words: &str| text("/expected/message").is_some_and(|message| message.starts_with(words));
    let hindrance = if text("/expected/api_error") == Some("ParamValidationError") {
        "was refused by the caller's SDK"
    } else if refused_by("Mock result schema validation error") {
        "holds a mocked result to the service's API"
    } else if text("/request/mock/result").is_some_and(|result| result.parse::<Value>().is_err()) {
        "mocks a result that is not JSON"
    } else {
        return None;
    };
    Some(hindrance.to_owned())
}

/// What AWS answered.
#[derive(Debug)]
pub(super) enum Tested {
    /// It ran the state.
    Answer(Box<Answer>),
    /// It refused the request.
    Refusal { error: String, message: String },
}

/// How a state ended, and what AWS shows of it.
#[derive(Debug)]
pub(super) struct Answer {
    ending: Ending,
    next_state: Option<String>,
    inspection_data: Option<Value>,
}

impl Tested {
    /// The member `expected` of a recorded case.
    pub(super) fn read(expected: &Value) -> Option<Self> {
        let text = |name: &str| expected.get(name).and_then(Value::as_str).map(str::to_owned);
        if let Some(error) = text("api_error") {
            return Some(Self::Refusal { error, message: text("message").unwrap_or_default() });
        }
        Some(Self::Answer(Box::new(Answer {
            ending: Ending::read(expected)?,
            next_state: text("nextState"),
            inspection_data: expected.get("inspectionData").cloned(),
        })))
    }

    /// Compares all that was recorded. `actual` has TestState's answer, or of a refused request `api_error` and `message`.
    pub(super) fn checks(&self, actual: &Value, masks: &mut Masks<'_>) -> Vec<Check> {
        let text = |name: &str| actual.get(name).and_then(Value::as_str);
        let refused =
            || format!("{}: {}", text("api_error").unwrap_or("no error"), text("message").unwrap_or_default());
        match self {
            Self::Refusal { error, message } => {
                let same =
                    text("api_error") == Some(error) && text("message").is_some_and(|got| masks.text(message, got));
                let got = text("status").map_or_else(refused, |status| format!("the status {status}"));
                let result =
                    if same { Ok(()) } else { Err(format!("refusal: expected {error}: {message}, got {got}")) };
                vec![("refusal", result)]
            }
            Self::Answer(_) if actual.get("api_error").is_some() => {
                vec![("status", Err(format!("status: the request was refused with {}", refused())))]
            }
            Self::Answer(answer) => {
                let Answer { ending, next_state, inspection_data } = &**answer;
                let mut checks = ending.checks(actual, masks);
                if next_state.is_some() || text("nextState").is_some() {
                    let same = next_state.as_deref() == text("nextState");
                    let differs = || format!("nextState: expected {next_state:?}, got {:?}", text("nextState"));
                    checks.push(("nextState", same.then_some(()).ok_or_else(differs)));
                }
                if let Some(wanted) = inspection_data {
                    checks.push(("inspectionData", inspected(wanted, actual.get("inspectionData"), masks)));
                }
                checks
            }
        }
    }
}

/// Compares inspection data, member by member. Those that hold data are JSON texts.
fn inspected(wanted: &Value, got: Option<&Value>, masks: &mut Masks<'_>) -> Result<(), String> {
    let none = Map::new();
    let wanted = wanted.as_object().unwrap_or(&none);
    let got = got.and_then(Value::as_object).unwrap_or(&none);
    for (name, wanted) in wanted {
        let same = match got.get(name) {
            None => false,
            Some(Value::String(text)) => serde_json::from_str(text).is_ok_and(|got| masks.value(wanted, &got)),
            // Details of the error and of the result: their order says nothing.
            Some(got) => wanted == got,
        };
        if !same {
            let got = got.get(name).map_or_else(|| "none".to_owned(), Value::to_string);
            return Err(format!("inspectionData: {name}: expected {wanted}, got {got}"));
        }
    }
    match got.keys().find(|name| !wanted.contains_key(*name)) {
        Some(name) => Err(format!("inspectionData: {name} is not expected")),
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_state_gets_a_machine() {
        let state = json!({"Type": "Choice", "Default": "A", "Choices": [{"Next": "B"}, {"Next": "StateName"}],
            "Catch": [{"Next": "C"}]});
        let (text, name) = machine(&json!({"definition": state, "request": {}})).unwrap();
        let machine: Value = text.parse().unwrap();
        assert_eq!(name, "StateName");
        assert_eq!(machine.pointer("/States/StateName"), Some(&state));
        let names: Vec<_> = machine.pointer("/States").unwrap().as_object().unwrap().keys().collect();
        assert_eq!(names, ["StateName", "A", "B", "C"]);
    }

    /// `differ`: the names of the comparisons that fail.
    fn check(expected: Value, actual: Value, differ: &[&str]) {
        let checks = Tested::read(&expected).unwrap().checks(&actual, &mut Masks::new(&[]));
        let failed: Vec<_> = checks.iter().filter(|(_, result)| result.is_err()).map(|(name, _)| *name).collect();
        assert_eq!(failed, differ, "{expected} {actual} {checks:?}");
    }

    #[test]
    fn answers_are_compared() {
        let expected = json!({"status": "SUCCEEDED", "output": {"a": 1}, "nextState": "B",
            "inspectionData": {"input": [1], "maxConcurrency": 1}});
        let actual = json!({"status": "SUCCEEDED", "output": "{\"a\":1}", "nextState": "B",
            "inspectionData": {"maxConcurrency": 1, "input": "[1]"}});
        check(expected.clone(), actual.clone(), &[]);
        let mut other = actual.clone();
        other["inspectionData"]["result"] = "1".into();
        check(expected.clone(), other, &["inspectionData"]);
        let mut other = actual.clone();
        other["nextState"] = "C".into();
        check(expected.clone(), other, &["nextState"]);
        let refused = json!({"api_error": "ValidationException", "message": "no"});
        check(expected, refused.clone(), &["status"]);
        check(refused.clone(), refused.clone(), &[]);
        check(refused, actual, &["refusal"]);
    }
}
