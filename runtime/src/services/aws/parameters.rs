//! Reads a call's parameters. What does not fit is `States.Runtime`, all of it in one message, in AWS's words.

use std::collections::HashMap;

use aws_smithy_types::{Blob, base64};
use serde_json::{Map, Value};

use crate::error::Error;

/// What is wrong with a call's parameters.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// Found by Step Functions: the task does not start.
    unfit: Vec<String>,
    /// Found by the service, were it sent: what it answers.
    rejection: Option<&'static str>,
}

impl Problems {
    /// The value has another type than the field. Recorded: STRING, INTEGER.
    fn wrong_type<T>(&mut self, field: &str, wanted: &str) -> Option<T> {
        self.unfit.push(format!("The value for the field '{field}' must be {wanted}"));
        None
    }

    /// The value is no list, no object, no Base64 where there should be one.
    pub(super) fn invalid_format<T>(&mut self, field: &str) -> Option<T> {
        self.unfit.push(format!("The value of the field '{field}' has an invalid format"));
        None
    }

    /// The typed request cannot say it, so the service's answer to it is given without asking.
    #[cfg(feature = "dynamodb")]
    pub(super) fn reject<T>(&mut self, message: &'static str) -> Option<T> {
        self.rejection.get_or_insert(message);
        None
    }
}

/// Why a request was not made.
#[derive(Debug)]
pub(super) enum Unfit {
    /// As Step Functions reports it.
    Parameters(Error),
    /// A message of the service.
    Rejected(&'static str),
}

/// Makes a request of a call's parameters.
pub(super) fn read<T>(parameters: Value, request: impl FnOnce(&mut Members<'_>) -> T) -> Result<T, Unfit> {
    let text = parameters.to_string();
    let mut problems = Problems::default();
    let made = object(&mut problems, "Parameters", parameters, request);
    match (made, problems) {
        (Some(made), Problems { unfit, rejection: None }) if unfit.is_empty() => Ok(made),
        (_, Problems { unfit, rejection: Some(message) }) if unfit.is_empty() => Err(Unfit::Rejected(message)),
        (_, Problems { unfit, .. }) => Err(Unfit::Parameters(Error::runtime(format!(
            "The Parameters '{text}' could not be used to start the Task: [{}]",
            unfit.join(", ")
        )))),
    }
}

/// The members of an object that are not read yet.
pub(super) struct Members<'p> {
    problems: &'p mut Problems,
    left: Map<String, Value>,
}

impl Members<'_> {
    /// A member that may be missing. `null` is as good as missing: recorded of `MessageBody`.
    pub(super) fn take<T>(
        &mut self,
        field: &str,
        read: impl FnOnce(&mut Problems, &str, Value) -> Option<T>,
    ) -> Option<T> {
        match self.left.shift_remove(field)? {
            Value::Null => None,
            value => read(self.problems, field, value),
        }
    }

    /// A member that must be there.
    pub(super) fn require<T>(
        &mut self,
        field: &str,
        read: impl FnOnce(&mut Problems, &str, Value) -> Option<T>,
    ) -> Option<T> {
        if !self.left.contains_key(field) {
            self.problems.unfit.push(format!("The field '{field}' is required but was missing"));
        }
        self.take(field, read)
    }

    /// A string that names one of several values; the service is to say what it thinks of a name that is none of them.
    #[cfg(feature = "dynamodb")]
    pub(super) fn name<T>(&mut self, field: &str) -> Option<T>
    where
        T: for<'a> From<&'a str>,
    {
        self.take(field, text).map(|name| T::from(name.as_str()))
    }

    #[cfg(feature = "dynamodb")]
    pub(super) fn problems(&mut self) -> &mut Problems {
        self.problems
    }
}

/// An object with certain members; each other one is a problem.
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
        members.problems.unfit.push(format!("The field \"{field}\" is not supported by Step Functions"));
    }
    Some(made)
}

/// An object with members of the definition's own naming.
pub(super) fn map<T>(
    element: impl Fn(&mut Problems, &str, Value) -> Option<T>,
) -> impl Fn(&mut Problems, &str, Value) -> Option<HashMap<String, T>> {
    move |problems, field, value| {
        let Value::Object(members) = value else { return problems.invalid_format(field) };
        let read = |(key, value): (String, Value)| element(problems, &key, value).map(|value| (key, value));
        Some(members.into_iter().filter_map(read).collect())
    }
}

/// A list.
#[cfg(any(feature = "dynamodb", feature = "sqs", test))]
pub(super) fn list<T>(
    element: impl Fn(&mut Problems, &str, Value) -> Option<T>,
) -> impl Fn(&mut Problems, &str, Value) -> Option<Vec<T>> {
    move |problems, field, value| {
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

/// A text member that holds JSON: any other value than a string becomes compact JSON text. asl-reference 8.4.
#[cfg(any(feature = "sqs", feature = "sns"))]
pub(super) fn text_of_json(_: &mut Problems, _: &str, value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}

#[cfg(feature = "dynamodb")]
pub(super) fn boolean(problems: &mut Problems, field: &str, value: Value) -> Option<bool> {
    value.as_bool().or_else(|| problems.wrong_type(field, "a BOOLEAN"))
}

#[cfg(feature = "sqs")]
pub(super) fn integer(problems: &mut Problems, field: &str, value: Value) -> Option<i32> {
    value.as_i64().and_then(|number| number.try_into().ok()).or_else(|| problems.wrong_type(field, "an INTEGER"))
}

/// Bytes, as Base64.
pub(super) fn bytes(problems: &mut Problems, field: &str, value: Value) -> Option<Blob> {
    let text = text(problems, field, value)?;
    match base64::decode(text) {
        Ok(bytes) => Some(Blob::new(bytes)),
        Err(_) => problems.invalid_format(field),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use serde_json::json;

    use super::*;

    fn check(parameters: Value, problems: &str) {
        let read = read(parameters.clone(), |members| {
            members.require("Name", text);
            members.take("Names", map(text));
            members.take("Lists", map(list(text)));
            members.take("Bytes", bytes);
            members.take("Inner", |problems, field, value| {
                object(problems, field, value, |members| members.take("Text", text))
            });
        });
        match read {
            Ok(()) => assert_eq!(problems, "", "{parameters}"),
            Err(Unfit::Parameters(error)) => assert_eq!(
                error,
                Error::runtime(format!(
                    "The Parameters '{parameters}' could not be used to start the Task: [{problems}]"
                ))
            ),
            Err(Unfit::Rejected(message)) => panic!("{message}"),
        }
    }

    #[test]
    fn parameters_that_fit() {
        check(json!({"Name": "n"}), "");
        check(json!({"Name": null}), "");
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
