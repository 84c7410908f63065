//! Reads the parameters of a call. What does not fit is `States.Runtime`, all of it in one message, in AWS's words.
//! AWS developer guide, "Task workflow state".

use serde_json::{Map, Value};

use super::base64;
use crate::error::Error;

/// What is wrong with the parameters of a call: Step Functions does not start the task.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<String>);

impl Problems {
    /// The value has another type than the field. Recorded: STRING, INTEGER.
    fn wrong_type<T>(&mut self, field: &str, wanted: &str) -> Option<T> {
        self.0.push(format!("The value for the field '{field}' must be {wanted}"));
        None
    }

    /// The value is no list, no object, no Base64 where there should be one.
    fn invalid_format<T>(&mut self, field: &str) -> Option<T> {
        self.0.push(format!("The value of the field '{field}' has an invalid format"));
        None
    }
}

/// Reads a value of the field that it is given the name of.
pub(super) trait Read<T>: Fn(&mut Problems, &str, Value) -> Option<T> {}
impl<T, F: Fn(&mut Problems, &str, Value) -> Option<T>> Read<T> for F {}

/// Makes a request of the parameters of a call.
pub(super) fn read<T>(parameters: Value, request: impl FnOnce(&mut Members<'_>) -> T) -> Result<T, Error> {
    let text = parameters.to_string();
    let mut problems = Problems::default();
    match object(&mut problems, "Parameters", parameters, request) {
        Some(made) if problems.0.is_empty() => Ok(made),
        _ => Err(Error::runtime(format!(
            "The Parameters '{text}' could not be used to start the Task: [{}]",
            problems.0.join(", ")
        ))),
    }
}

/// The members of an object that are not read yet.
pub(super) struct Members<'p> {
    problems: &'p mut Problems,
    left: Map<String, Value>,
}

impl Members<'_> {
    /// A member that may be missing. `null` is as good as missing: recorded of `MessageBody`.
    pub(super) fn take<T>(&mut self, field: &str, read: impl Read<T>) -> Option<T> {
        match self.left.shift_remove(field)? {
            Value::Null => None,
            value => read(self.problems, field, value),
        }
    }

    /// A member that must be there. `null` passes here: it is the service that refuses it.
    pub(super) fn require<T>(&mut self, field: &str, read: impl Read<T>) -> Option<T> {
        if !self.left.contains_key(field) {
            self.problems.0.push(format!("The field '{field}' is required but was missing"));
        }
        self.take(field, read)
    }
}

/// An object with certain members; any other member is a problem.
pub(super) fn object<T>(
    problems: &mut Problems,
    field: &str,
    value: Value,
    read: impl FnOnce(&mut Members<'_>) -> T,
) -> Option<T> {
    let Value::Object(left) = value else { return problems.invalid_format(field) };
    let mut members = Members { problems, left };
    let made = read(&mut members);
    for field in members.left.keys() {
        members.problems.0.push(format!("The field \"{field}\" is not supported by Step Functions"));
    }
    Some(made)
}

/// An object with names of the user's own, in the order they were given. `null` is as good as missing: AWS's own samples
/// put items with attributes that are `null`.
pub(super) fn map<T>(element: impl Read<T>) -> impl Read<Vec<(String, T)>> {
    move |problems: &mut Problems, field: &str, value: Value| {
        let Value::Object(members) = value else { return problems.invalid_format(field) };
        let read = |(name, value): (String, Value)| element(problems, &name, value).map(|value| (name, value));
        Some(members.into_iter().filter(|(_, value)| !value.is_null()).filter_map(read).collect())
    }
}

/// A list.
#[cfg(any(feature = "local", feature = "dynamodb", feature = "sqs", test))]
pub(super) fn list<T>(element: impl Read<T>) -> impl Read<Vec<T>> {
    move |problems: &mut Problems, field: &str, value: Value| {
        let Value::Array(elements) = value else { return problems.invalid_format(field) };
        Some(elements.into_iter().filter_map(|value| element(problems, field, value)).collect())
    }
}

pub(super) fn text(problems: &mut Problems, field: &str, value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => problems.wrong_type(field, "a STRING"),
    }
}

/// Text that holds JSON: any other value than a string becomes compact JSON. AWS developer guide, "Passing parameters to a
/// service API".
#[cfg(any(feature = "local", feature = "sqs", feature = "sns"))]
pub(super) fn text_of_json(_: &mut Problems, _: &str, value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}

#[cfg(any(feature = "local", feature = "dynamodb"))]
pub(super) fn boolean(problems: &mut Problems, field: &str, value: Value) -> Option<bool> {
    value.as_bool().or_else(|| problems.wrong_type(field, "a BOOLEAN"))
}

#[cfg(any(feature = "local", feature = "sqs"))]
pub(super) fn integer(problems: &mut Problems, field: &str, value: Value) -> Option<i32> {
    value.as_i64().and_then(|number| number.try_into().ok()).or_else(|| problems.wrong_type(field, "an INTEGER"))
}

/// Bytes, as Base64.
pub(super) fn bytes(problems: &mut Problems, field: &str, value: Value) -> Option<Vec<u8>> {
    let text = text(problems, field, value)?;
    base64::decode(&text).or_else(|| problems.invalid_format(field))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(parameters: Value, problems: &str) {
        let read = read(parameters.clone(), |members| {
            members.require("Name", text);
            members.take("Names", map(text));
            members.take("Lists", map(list(text)));
            members.take("Bytes", bytes);
            members.take("Inner", |problems: &mut Problems, field: &str, value: Value| {
                object(problems, field, value, |members| members.take("Text", text))
            });
        });
        match read {
            Ok(()) => assert_eq!(problems, "", "{parameters}"),
            Err(error) => assert_eq!(
                error,
                Error::runtime(format!(
                    "The Parameters '{parameters}' could not be used to start the Task: [{problems}]"
                ))
            ),
        }
    }

    #[test]
    fn parameters_that_fit() {
        check(json!({"Name": "n"}), "");
        check(json!({"Name": null}), "");
        check(json!({"Name": "n", "Names": {"a": "b", "c": null}}), "");
        check(json!({"Name": "n", "Names": {}, "Lists": {"a": ["b"]}, "Bytes": "aGk=", "Inner": {"Text": ""}}), "");
    }

    #[test]
    fn parameters_that_do_not_fit() {
        check(json!([]), "The value of the field 'Parameters' has an invalid format");
        check(json!({}), "The field 'Name' is required but was missing");
        check(json!({"Name": 1}), "The value for the field 'Name' must be a STRING");
        check(json!({"Name": "n", "Names": []}), "The value of the field 'Names' has an invalid format");
        check(json!({"Name": "n", "Names": {"a": true}}), "The value for the field 'a' must be a STRING");
        check(json!({"Name": "n", "Lists": {"a": "b"}}), "The value of the field 'a' has an invalid format");
        check(json!({"Name": "n", "Lists": {"a": [1]}}), "The value for the field 'a' must be a STRING");
        check(json!({"Name": "n", "Bytes": "ä"}), "The value of the field 'Bytes' has an invalid format");
        check(json!({"Name": "n", "name": "n"}), "The field \"name\" is not supported by Step Functions");
        check(
            json!({"Name": "n", "Inner": {"Text": 1, "More": 2}, "Last": 3}),
            "The value for the field 'Text' must be a STRING, \
             The field \"More\" is not supported by Step Functions, \
             The field \"Last\" is not supported by Step Functions",
        );
    }
}
