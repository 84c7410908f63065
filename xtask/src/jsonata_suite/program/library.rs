use asl_runtime::Value;
use asl_runtime::jsonata::{self, Evaluation};

/// What an expression is applied to.
pub struct Given<'g> {
    pub evaluation: &'g Evaluation<'g>,
    pub input: &'g jsonata::Value<'g>,
    pub bindings: &'g dyn jsonata::Variables,
}

type Compiled =
    for<'a> fn(&Evaluation<'a>, &jsonata::Value<'a>, &'a dyn jsonata::Variables) -> jsonata::Result<jsonata::Value<'a>>;

impl<'g> Given<'g> {
    fn answer(self, function: Compiled) -> Value {
        answer(function(self.evaluation, self.input, self.bindings))
    }
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
