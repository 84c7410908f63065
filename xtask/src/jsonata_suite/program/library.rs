use asl_runtime::Value;
use asl_runtime::jsonata::{self, Evaluation, Variables};

/// What an expression is applied to: the evaluation, its input and its bindings.
pub type Given<'e, 'a> = (&'e Evaluation<'a>, &'e jsonata::Value<'a>, &'a dyn Variables);

type Compiled =
    for<'a> fn(&Evaluation<'a>, &jsonata::Value<'a>, &'a dyn Variables) -> jsonata::Result<jsonata::Value<'a>>;

/// What the function of an expression gives, as an object.
pub fn answer_of((evaluation, input, bindings): Given<'_, '_>, function: Compiled) -> Value {
    answer(function(evaluation, input, bindings))
}

/// What an evaluation gave, as an object.
pub fn answer(result: jsonata::Result<jsonata::Value<'_>>) -> Value {
    match result {
        Ok(value) => match value.into_json() {
            Some(json) => Value::from_iter([("value", json)]),
            None => Value::from_iter([("nothing", true)]),
        },
        Err(error) => Value::from_iter([
            ("code", error.code().to_owned()),
            ("message", error.message()),
            ("token", error.subject().to_owned()),
        ]),
    }
}
