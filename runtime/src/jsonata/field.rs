//! The expressions of a definition's fields: what their values must be, and how AWS says that they are not.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use asl_codegen::jsonata::{Error, parse, syntax::Node};
use serde_json::Value as Json;

use crate::error::Error as StateError;
use crate::jsonata::{Evaluation, Result, Sequence, Storage, Value, Variables, functions, interpreter};
use crate::timestamp::Timestamp;

/// The code of an error that a limit raised.
const LIMIT: &str = "U1001";

/// An expression of a definition, for messages and for the interpreter.
#[derive(Debug)]
pub struct Expression {
    /// Where it is, as AWS names it: `Output/result`, `Arguments/FunctionName`, `Items`.
    pub location: &'static str,
    /// Its text, without delimiters and blanks around it.
    pub text: &'static str,
    node: OnceLock<Result<Node>>,
}

/// Interprets an expression.
///
/// # Errors
/// What the expression raises.
pub fn interpret<'a>(
    evaluation: &Evaluation<'a>,
    expression: &'static Expression,
    variables: &'a dyn Variables,
) -> Result<Value<'a>> {
    evaluation.begin();
    interpreter::evaluate(evaluation, expression.node()?, variables)
}

impl Expression {
    /// The expression `text` of the field `location`.
    pub const fn new(location: &'static str, text: &'static str) -> Self {
        Self { location, text, node: OnceLock::new() }
    }

    /// Its syntax tree: it is parsed once.
    ///
    /// # Errors
    /// It is no JSONata. The compiler has parsed it, so that this does not happen.
    pub fn node(&self) -> Result<&Node> {
        self.node.get_or_init(|| parse(self.text)).as_ref().map_err(Error::clone)
    }

    /// The JSON of what it gave, whatever it is.
    ///
    /// # Errors
    /// `States.QueryEvaluationError`: it raised an error, gave nothing, or gave a function.
    pub fn json(&self, result: Result<Value<'_>>) -> Result<Json, StateError> {
        match self.value(result)?.into_json() {
            Some(json) => Ok(json),
            None => Err(self.unsupported()),
        }
    }

    /// The JSON that it has made; none when it gave nothing.
    ///
    /// # Errors
    /// `States.QueryEvaluationError`: it raised an error, or gave nothing.
    pub fn made(&self, result: Result<Option<Json>>) -> Result<Json, StateError> {
        match result {
            Ok(Some(json)) => Ok(json),
            Ok(None) => self.json(Ok(Value::Undefined)),
            Err(error) => Err(self.raised(&error)),
        }
    }

    /// Makes of the input what `$merge([$states.input, {…}])` gives, when it adds `added`.
    ///
    /// # Errors
    /// `States.QueryEvaluationError`: the input is no object, and no array of objects.
    pub fn merge(&self, data: &mut Json, added: Json) -> Result<(), StateError> {
        match (data, added) {
            (Json::Object(members), Json::Object(added)) => members.extend(added),
            (data, added) => {
                let merged = {
                    let storage = Storage::without_context();
                    let evaluation = Evaluation::new(&storage, data);
                    let mut objects = Sequence::new();
                    objects.append(Value::from(&*data));
                    objects.append(Value::from(&added));
                    self.json(functions::object::merge(&evaluation, &objects.into_array()))?
                };
                *data = merged;
            }
        }
        Ok(())
    }

    /// The boolean that it gave, for `Condition`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no boolean: nothing is converted.
    pub fn boolean(&self, result: Result<Value<'_>>) -> Result<bool, StateError> {
        match self.value(result)? {
            Value::Bool(boolean) => Ok(boolean),
            other => Err(self.unexpected("boolean", other)),
        }
    }

    /// The integer that it gave, for `Seconds`, `TimeoutSeconds`, `HeartbeatSeconds` and `MaxConcurrency`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no number, has a fraction or is out of range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range and whole")]
    pub fn integer(&self, result: Result<Value<'_>>, range: RangeInclusive<u32>) -> Result<u32, StateError> {
        let value = self.value(result)?;
        let Some(number) = value.as_number() else { return Err(self.unexpected("number", value)) };
        if number.fract() != 0.0 {
            return Err(self.unexpected("integer", value));
        }
        if number < f64::from(*range.start()) || number > f64::from(*range.end()) {
            return Err(self.out_of_range(value, &range));
        }
        Ok(number as u32)
    }

    /// The string that it gave, for `Error` and `Cause`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no string.
    pub fn string(&self, result: Result<Value<'_>>) -> Result<String, StateError> {
        match self.value(result)? {
            Value::String(text) => Ok(text.into_owned()),
            other => Err(self.unexpected("string", other)),
        }
    }

    /// The timestamp that it gave, for `Timestamp`.
    ///
    /// # Errors
    /// As [`string`](Self::string), and when it is no timestamp: in the words that were recorded.
    pub fn timestamp(&self, result: Result<Value<'_>>) -> Result<Timestamp, StateError> {
        let text = self.string(result)?;
        Timestamp::parse(&text).ok_or_else(|| self.no_timestamp(&text))
    }

    /// The items that it gave, for `Items`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no array.
    pub fn array(&self, result: Result<Value<'_>>) -> Result<Vec<Json>, StateError> {
        match self.json(result)? {
            Json::Array(items) => Ok(items),
            other => Err(self.unexpected_json("array", &other)),
        }
    }

    /// The items that it gave, for `Items` of a distributed Map state.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is neither an array nor an object.
    pub fn items(&self, result: Result<Value<'_>>) -> Result<Json, StateError> {
        match self.json(result)? {
            items @ (Json::Array(_) | Json::Object(_)) => Ok(items),
            other => Err(self.unexpected_json("array", &other)),
        }
    }

    /// The number that it gave, for `ToleratedFailurePercentage`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no number, or not from 0 to 100.
    pub fn percentage(&self, result: Result<Value<'_>>) -> Result<f64, StateError> {
        let value = self.value(result)?;
        match value.as_number() {
            Some(number) if (0.0..=100.0).contains(&number) => Ok(number),
            Some(_) => Err(self.wrong(&format!("returned {}, which is not between 0 and 100.", shown(value)))),
            None => Err(self.unexpected("number", value)),
        }
    }

    /// The object that it gave, for what services are asked, and for `Credentials`.
    ///
    /// # Errors
    /// As [`json`](Self::json), and when it is no object.
    pub fn object(&self, result: Result<Value<'_>>) -> Result<Json, StateError> {
        match self.json(result)? {
            object @ Json::Object(_) => Ok(object),
            other => Err(self.unexpected_json("object", &other)),
        }
    }

    /// What it gave, when it gave something.
    fn value<'a>(&self, result: Result<Value<'a>>) -> Result<Value<'a>, StateError> {
        match result {
            Ok(Value::Undefined) => Err(self.wrong("returned nothing (undefined).")),
            Ok(value) => Ok(value),
            Err(error) => Err(self.raised(&error)),
        }
    }

    /// AWS shows codes of JSONata only: a limit has none.
    #[cold]
    fn raised(&self, error: &Error) -> StateError {
        self.wrong(&match error.code() {
            LIMIT => format!("threw an error during evaluation: {}", error.message()),
            _ => format!("threw an error during evaluation. {error}"),
        })
    }

    #[cold]
    fn wrong(&self, what: &str) -> StateError {
        let Self { location, text, .. } = self;
        let cause = format!("The JSONata expression '{text}' specified for the field '{location}' {what}");
        StateError::evaluation(*location, cause)
    }

    #[cold]
    fn unsupported(&self) -> StateError {
        self.wrong("returned an unsupported result type.")
    }

    #[cold]
    fn unexpected(&self, expected: &str, value: Value<'_>) -> StateError {
        match value.into_json() {
            Some(json) => self.unexpected_json(expected, &json),
            None => self.unsupported(),
        }
    }

    #[cold]
    fn unexpected_json(&self, expected: &str, value: &Json) -> StateError {
        let found = match value {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::Array(_) => "array",
            Json::Object(_) => "object",
        };
        self.wrong(&format!(
            "returned an unexpected result type. Expected '{expected}', but was '{found}' for value: {value}"
        ))
    }

    /// AWS's words were not recorded.
    #[cold]
    fn out_of_range(&self, value: Value<'_>, range: &RangeInclusive<u32>) -> StateError {
        let value = shown(value);
        let (least, most) = (range.start(), range.end());
        self.wrong(&format!("returned {value}, which is not an integer from {least} to {most}."))
    }

    #[cold]
    fn no_timestamp(&self, text: &str) -> StateError {
        let location = self.location;
        let what = "cannot be parsed as an ISO-8601 extended offset date-time format string";
        StateError::evaluation(location, format!("The {location} field {what}: {text}"))
    }
}

fn shown(value: Value<'_>) -> Json {
    value.into_json().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::fmt::Debug;

    use serde_json::json;

    use super::*;

    static EXPRESSION: Expression = Expression::new("Output/a", "$x");

    /// `expected`: what is taken, or the cause behind the place of the expression.
    fn check<T: Debug + PartialEq>(
        take: impl Fn(Result<Value<'_>>) -> Result<T, StateError>,
        given: Json,
        expected: Result<T, &str>,
    ) {
        let place = "The JSONata expression '$x' specified for the field 'Output/a' ";
        let actual = take(Ok(Value::from(&given))).map_err(|error| {
            assert_eq!(error.name(), Some("States.QueryEvaluationError"));
            assert_eq!(error.failed_expression(), Some(Some("Output/a")));
            error.cause().unwrap().replace(place, "")
        });
        assert_eq!(actual, expected.map_err(str::to_owned), "{given}");
    }

    fn unexpected(expected: &str, found: &str, value: &str) -> String {
        format!("returned an unexpected result type. Expected '{expected}', but was '{found}' for value: {value}")
    }

    #[test]
    fn what_is_merged_into_the_input() {
        let merge = |mut data: Json| EXPRESSION.merge(&mut data, json!({"b": 3, "c": 4})).map(|()| data.to_string());
        assert_eq!(merge(json!({"a": 1, "b": 2})).as_deref(), Ok(r#"{"a":1,"b":3,"c":4}"#));
        assert_eq!(merge(json!([{"a": 1}, {"b": 2}])).as_deref(), Ok(r#"{"a":1,"b":3,"c":4}"#));
        assert_eq!(merge(json!([])).as_deref(), Ok(r#"{"b":3,"c":4}"#));
        let error = merge(json!("text")).unwrap_err();
        let cause =
            "threw an error during evaluation. T0412: Argument 1 of function \"merge\" must be an array of \"objects\"";
        assert!(error.cause().unwrap().ends_with(cause), "{error}");
    }

    #[test]
    fn any_json_is_a_value() {
        for value in [json!(null), json!(1), json!([]), json!({"a": [1.5, "x"]})] {
            check(|result| EXPRESSION.json(result), value.clone(), Ok(value));
        }
        let cause = |result: Result<Value<'_>>| EXPRESSION.json(result).unwrap_err().cause().unwrap().to_owned();
        let place = "The JSONata expression '$x' specified for the field 'Output/a'";
        assert_eq!(cause(Ok(Value::Undefined)), format!("{place} returned nothing (undefined)."));
        let error = Error::with_message("T1006", "Attempted to invoke a non-function");
        let expected = format!("{place} threw an error during evaluation. T1006: Attempted to invoke a non-function");
        assert_eq!(cause(Err(error)), expected);
        let expected =
            format!("{place} threw an error during evaluation: Expression evaluation timeout: Check for infinite loop");
        let error = Error::with_message("U1001", "Expression evaluation timeout: Check for infinite loop");
        assert_eq!(cause(Err(error)), expected);
    }

    #[test]
    fn nothing_is_converted() {
        let boolean = |result: Result<Value<'_>>| EXPRESSION.boolean(result);
        check(boolean, json!(true), Ok(true));
        check(boolean, json!(1), Err(&unexpected("boolean", "number", "1")));
        check(boolean, json!("true"), Err(&unexpected("boolean", "string", "\"true\"")));
        let string = |result: Result<Value<'_>>| EXPRESSION.string(result);
        check(string, json!("a"), Ok("a".to_owned()));
        check(string, json!(null), Err(&unexpected("string", "null", "null")));
        let array = |result: Result<Value<'_>>| EXPRESSION.array(result);
        check(array, json!([1]), Ok(vec![json!(1)]));
        check(array, json!({"foo": "bar"}), Err(&unexpected("array", "object", "{\"foo\":\"bar\"}")));
        let object = |result: Result<Value<'_>>| EXPRESSION.object(result);
        check(object, json!({"a": 1}), Ok(json!({"a": 1})));
        check(object, json!([]), Err(&unexpected("object", "array", "[]")));
    }

    #[test]
    fn integers_are_whole_and_in_range() {
        let seconds = |result: Result<Value<'_>>| EXPRESSION.integer(result, 1..=60);
        check(seconds, json!(1), Ok(1));
        check(seconds, json!(60.0), Ok(60));
        check(seconds, json!(0), Err("returned 0, which is not an integer from 1 to 60."));
        check(seconds, json!(u64::MAX), Err("returned 18446744073709551615, which is not an integer from 1 to 60."));
        check(seconds, json!(1.5), Err(&unexpected("integer", "number", "1.5")));
        check(seconds, json!("5"), Err(&unexpected("number", "string", "\"5\"")));
    }

    #[test]
    fn a_percentage_is_from_0_to_100() {
        let percentage = |result: Result<Value<'_>>| EXPRESSION.percentage(result);
        check(percentage, json!(0), Ok(0.0));
        check(percentage, json!(99.5), Ok(99.5));
        check(percentage, json!(100.5), Err("returned 100.5, which is not between 0 and 100."));
        check(percentage, json!("5"), Err(&unexpected("number", "string", "\"5\"")));
    }

    #[test]
    fn items_are_an_array_or_an_object() {
        let items = |result: Result<Value<'_>>| EXPRESSION.items(result);
        check(items, json!([1]), Ok(json!([1])));
        check(items, json!({"a": 1}), Ok(json!({"a": 1})));
        check(items, json!(1), Err(&unexpected("array", "number", "1")));
    }

    #[test]
    fn a_timestamp_is_a_string_in_the_profile() {
        let timestamp = |result: Result<Value<'_>>| EXPRESSION.timestamp(result);
        check(timestamp, json!("1970-01-01T00:00:01Z"), Ok(Timestamp { seconds: 1, nanoseconds: 0 }));
        check(timestamp, json!(1), Err(&unexpected("string", "number", "1")));
        let cause =
            "The Output/a field cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-13-05";
        check(timestamp, json!("2016-13-05"), Err(cause));
    }
}
