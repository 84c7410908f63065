//! What a distributed Map state makes of its data: the items, and how many of its executions may fail.

use serde_json::{Map, Value};

use crate::context::{Context, Stage};
use crate::error::Error;
use crate::value::build::object;
use crate::value::fork::{count_at, no_array, no_array_of_input, no_array_of_items, not_valid};
use crate::value::path::{self, Path};

/// The items of a distributed Map state: those of an array, or the members of an object.
#[derive(Clone, Copy, Debug)]
pub enum Items<'a> {
    /// The items of an array.
    Array(&'a [Value]),
    /// The members of an object.
    Object(&'a Map<String, Value>),
}

impl<'a> Items<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Array(items) => Some(Self::Array(items)),
            Value::Object(members) => Some(Self::Object(members)),
            _ => None,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Array(items) => items.len(),
            Self::Object(members) => members.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items with their keys: those of an array have none.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&'a str>, &'a Value)> + use<'a> {
        let (items, members) = match *self {
            Self::Array(items) => (Some(items), None),
            Self::Object(members) => (None, Some(members)),
        };
        let items = items.into_iter().flatten().map(|item| (None, item));
        items.chain(members.into_iter().flatten().map(|(key, value)| (Some(key.as_str()), value)))
    }
}

/// The inputs of the executions when nothing is selected of the items.
fn inputs(items: Value) -> Vec<Value> {
    match items {
        Value::Array(items) => items,
        Value::Object(members) => {
            let pair = |(key, value)| object([("Key", Value::String(key)), ("Value", value)]);
            members.into_iter().map(pair).collect()
        }
        _ => Vec::new(),
    }
}

/// The items, at `ItemsPath`.
///
/// # Errors
/// `States.Runtime`: the path finds nothing, or neither an array nor an object.
pub fn items<'a>(context: &Context<'_>, data: &'a Value, path: &Path) -> Result<Items<'a>, Error> {
    let value = path::select(data, path)?;
    let items = Items::of(value).ok_or_else(|| no_array(path))?;
    context.inspect(Stage::AfterItemsPath, value);
    Ok(items)
}

/// A copy of the items, as the inputs of the executions. A member of an object is one with `Key` and `Value`.
///
/// # Errors
/// As [`items`].
pub fn copy_items(context: &Context<'_>, data: &Value, path: &Path) -> Result<Vec<Value>, Error> {
    items(context, data, path)?;
    path::select(data, path).cloned().map(inputs)
}

/// As [`copy_items`], moved out of `data`, of which nothing is left.
///
/// # Errors
/// As [`items`]; `data` is then unchanged.
pub fn take_items(context: &Context<'_>, data: &mut Value, path: &Path) -> Result<Vec<Value>, Error> {
    items(context, data, path)?;
    path::narrow(data, path)?;
    Ok(inputs(data.take()))
}

/// The items of a state of JSONata without `Items`: its input.
///
/// # Errors
/// `States.QueryEvaluationError`: it is neither an array nor an object.
pub fn input(data: &Value) -> Result<Items<'_>, Error> {
    Items::of(data).ok_or_else(|| no_array_of_input(data))
}

/// A copy of the items of a state of JSONata without `Items`, as the inputs of the executions.
///
/// # Errors
/// As [`input`].
pub fn copy_input(data: &Value) -> Result<Vec<Value>, Error> {
    input(data)?;
    Ok(inputs(data.clone()))
}

/// As [`copy_input`], moved out of `data`, of which nothing is left.
///
/// # Errors
/// As [`input`]; `data` is then unchanged.
pub fn take_input(data: &mut Value) -> Result<Vec<Value>, Error> {
    input(data)?;
    Ok(inputs(data.take()))
}

/// The items that `Items` gave.
///
/// # Errors
/// `States.QueryEvaluationError`: they are neither an array nor an object.
pub fn computed(items: &Value) -> Result<Items<'_>, Error> {
    Items::of(items).ok_or_else(|| no_array_of_items(items))
}

/// As [`computed`], as the inputs of the executions.
///
/// # Errors
/// As [`computed`].
pub fn take_computed(items: Value) -> Result<Vec<Value>, Error> {
    computed(&items)?;
    Ok(inputs(items))
}

/// `ToleratedFailureCount`.
pub fn failure_count(context: &Context<'_>, count: u32) -> u32 {
    if context.inspector.is_some() {
        context.inspect(Stage::ToleratedFailureCount, &Value::from(count));
    }
    count
}

/// `ToleratedFailureCountPath`. AWS takes a number in a string too, as was recorded.
///
/// # Errors
/// `States.Runtime`, as was recorded: the path finds nothing; or something that is no integer: ``The
/// ToleratedFailureCountPath field refers to value "x" which is not a valid integer: $.n``; or a negative one.
pub fn failure_count_at(context: &Context<'_>, data: &Value, path: &Path) -> Result<u32, Error> {
    Ok(failure_count(context, count_at(data, path, "ToleratedFailureCount")?))
}

/// `ToleratedFailurePercentage`.
pub fn failure_percentage(context: &Context<'_>, percentage: f64) -> f64 {
    if context.inspector.is_some() {
        context.inspect(Stage::ToleratedFailurePercentage, &Value::from(percentage));
    }
    percentage
}

/// `ToleratedFailurePercentagePath`. AWS takes a number in a string too, as was recorded.
///
/// # Errors
/// `States.Runtime`, as was recorded: the path finds nothing; or something that is no number: ``The
/// ToleratedFailurePercentagePath field refers to value "x" which is not a valid float: $.n``; or one that is not from 0 to
/// 100.
pub fn failure_percentage_at(context: &Context<'_>, data: &Value, path: &Path) -> Result<f64, Error> {
    let value = path::select(data, path)?;
    let percentage = match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_f64(),
    };
    match percentage {
        Some(percentage) if (0.0..=100.0).contains(&percentage) => Ok(failure_percentage(context, percentage)),
        Some(_) => Err(Error::runtime("ToleratedFailurePercentage must be between 0 and 100.")),
        None => Err(not_valid("ToleratedFailurePercentagePath", value, "float", path)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::value::fork::tests::{A, seen};

    #[test]
    fn items_are_those_of_an_array_or_the_members_of_an_object() {
        let check = |data: Value, expected: Value| {
            let (copied, shown) = seen(|context| copy_items(context, &data, &A));
            assert_eq!(copied.map(Value::from), Ok(expected.clone()));
            assert_eq!(shown, [(Stage::AfterItemsPath, data["a"].clone())]);
            let mut taken_from = data.clone();
            let (taken, _) = seen(|context| take_items(context, &mut taken_from, &A));
            assert_eq!(taken.map(Value::from), Ok(expected.clone()));
            assert_eq!(copy_input(&data["a"]).map(Value::from), Ok(expected.clone()));
            assert_eq!(take_computed(data["a"].clone()).map(Value::from), Ok(expected));
        };
        check(json!({"a": [1, {"b": 2}]}), json!([1, {"b": 2}]));
        check(json!({"a": {"x": 1, "b": []}}), json!([{"Key": "x", "Value": 1}, {"Key": "b", "Value": []}]));
        check(json!({"a": {}}), json!([]));
        let object = json!({"x": 1});
        assert_eq!(input(&object).unwrap().iter().collect::<Vec<_>>(), [(Some("x"), &json!(1))]);
        let error = seen(|context| copy_items(context, &json!({"a": 1}), &A)).0.unwrap_err();
        assert_eq!(error, Error::runtime(r#"Reference path "$.a" must point to array."#));
        assert_eq!(take_input(&mut json!(1)).unwrap_err().failed_expression(), Some(None));
        assert_eq!(computed(&json!(1)).unwrap_err().failed_expression(), Some(Some("Items")));
    }

    #[test]
    fn a_tolerated_count_is_a_whole_number() {
        let check = |value: Value, expected: Result<u32, &str>| {
            let (result, shown) = seen(|context| failure_count_at(context, &json!({"a": value}), &A));
            assert_eq!(result, expected.map_err(Error::runtime), "{value}");
            assert_eq!(shown.len(), usize::from(expected.is_ok()));
        };
        let invalid = |value| {
            format!("The ToleratedFailureCountPath field refers to value \"{value}\" which is not a valid integer: $.a")
        };
        check(json!(0), Ok(0));
        check(json!("1"), Ok(1));
        check(json!(-1), Err("ToleratedFailureCount cannot be negative."));
        check(json!({}), Err(&invalid("{}")));
        check(json!(1.5), Err(&invalid("1.5")));
    }

    #[test]
    fn a_tolerated_percentage_is_a_number_from_0_to_100() {
        let check = |value: Value, expected: Result<f64, &str>| {
            let (result, shown) = seen(|context| failure_percentage_at(context, &json!({"a": value}), &A));
            assert_eq!(result, expected.map_err(Error::runtime), "{value}");
            assert_eq!(shown.len(), usize::from(expected.is_ok()));
        };
        let range = "ToleratedFailurePercentage must be between 0 and 100.";
        check(json!(0), Ok(0.0));
        check(json!(1.1), Ok(1.1));
        check(json!("1"), Ok(1.0));
        check(json!(100), Ok(100.0));
        check(json!(100.1), Err(range));
        check(json!(-1), Err(range));
        check(json!("NaN"), Err(range));
        let no_float =
            "The ToleratedFailurePercentagePath field refers to value \"NoNumber\" which is not a valid float: $.a";
        check(json!("NoNumber"), Err(no_float));
    }
}
