//! The inputs of the machines inside a state: the branches of a Parallel state, the iterations of a Map state.

use serde_json::Value;

use crate::context::{Context, Stage};
use crate::error::Error;
use crate::value::path::{self, Path};

/// The inputs of `count` branches: each a copy of the effective input, the last the effective input itself.
pub fn copies(input: Value, count: usize) -> Vec<Value> {
    std::iter::repeat_n(input, count).collect()
}

/// The items of a Map state, at `ItemsPath`.
///
/// # Errors
/// `States.Runtime`: the path finds nothing; or something else than an array: ``Reference path "$.x" must point to
/// array.``
pub fn items<'a>(context: &Context<'_>, data: &'a Value, path: &Path) -> Result<&'a [Value], Error> {
    let value = path::select(data, path)?;
    let Value::Array(items) = value else { return Err(no_array(path)) };
    context.inspect(Stage::AfterItemsPath, value);
    Ok(items)
}

/// A copy of the items of a Map state, as the inputs of its iterations.
///
/// # Errors
/// As [`items`].
pub fn copy_items(context: &Context<'_>, data: &Value, path: &Path) -> Result<Vec<Value>, Error> {
    items(context, data, path).map(<[Value]>::to_vec)
}

/// The items of a Map state, moved out of `data`, of which nothing is left.
///
/// # Errors
/// As [`items`]; `data` is then unchanged.
pub fn take_items(context: &Context<'_>, data: &mut Value, path: &Path) -> Result<Vec<Value>, Error> {
    items(context, data, path)?;
    path::narrow(data, path)?;
    match data.take() {
        Value::Array(items) => Ok(items),
        _ => Err(no_array(path)),
    }
}

/// The items of a Map state of JSONata without `Items`: its input.
///
/// # Errors
/// `States.QueryEvaluationError`, as was recorded: `Map state input must be an array but was: 1`
pub fn input(data: &Value) -> Result<&[Value], Error> {
    match data {
        Value::Array(items) => Ok(items),
        other => Err(no_array_of_input(other)),
    }
}

/// As [`input`], moved out of `data`, of which nothing is left.
///
/// # Errors
/// As [`input`]; `data` is then unchanged.
pub fn take_input(data: &mut Value) -> Result<Vec<Value>, Error> {
    input(data)?;
    match data.take() {
        Value::Array(items) => Ok(items),
        other => Err(no_array_of_input(&other)),
    }
}

/// The items of a Map state whose `Items` is no expression itself.
///
/// # Errors
/// `States.QueryEvaluationError`: it is no array.
pub fn computed(items: Value) -> Result<Vec<Value>, Error> {
    match items {
        Value::Array(items) => Ok(items),
        other => Err(no_array_of_items(&other)),
    }
}

/// `MaxConcurrency`.
pub fn max_concurrency(context: &Context<'_>, count: u32) -> u32 {
    if context.inspector.is_some() {
        context.inspect(Stage::MaxConcurrency, &Value::from(count));
    }
    count
}

/// `MaxConcurrencyPath`. AWS takes a number in a string too, as was recorded.
///
/// # Errors
/// `States.Runtime`: the path finds nothing; or something that is no integer: ``The MaxConcurrencyPath field refers to
/// value "x" which is not a valid integer: $.n``; or a negative one.
pub fn max_concurrency_at(context: &Context<'_>, data: &Value, path: &Path) -> Result<u32, Error> {
    // A negative one fails in the words that were recorded for `ToleratedFailureCount`.
    Ok(max_concurrency(context, count_at(data, path, "MaxConcurrency")?))
}

/// The count for `field` at the path of its `…Path` field: an integer, or the text of one.
///
/// # Errors
/// As [`max_concurrency_at`].
pub(super) fn count_at(data: &Value, path: &Path, field: &str) -> Result<u32, Error> {
    let value = path::select(data, path)?;
    let whole: Option<i32> = match value {
        Value::String(text) => text.parse().ok(),
        _ => value.as_i64().and_then(|count| i32::try_from(count).ok()),
    };
    match whole.map(u32::try_from) {
        Some(Ok(count)) => Ok(count),
        Some(Err(_)) => Err(Error::runtime(format!("{field} cannot be negative."))),
        None => Err(not_valid(&format!("{field}Path"), value, "integer", path)),
    }
}

/// Shows the inputs that `ItemSelector` made to who inspects the state.
pub fn inspect_inputs(context: &Context<'_>, inputs: &[Value]) {
    if context.inspector.is_some() {
        context.inspect(Stage::AfterItemSelector, &Value::from(inputs));
    }
}

#[cold]
#[inline(never)]
pub(super) fn no_array_of_input(value: &Value) -> Error {
    Error::evaluation(None, format!("Map state input must be an array but was: {value}"))
}

#[cold]
#[inline(never)]
pub(super) fn no_array_of_items(value: &Value) -> Error {
    Error::evaluation("Items", format!("Map state items must be an array but was: {value}"))
}

#[cold]
#[inline(never)]
pub(super) fn no_array(path: &Path) -> Error {
    // AWS reads the context object by a path of its own, without the first dollar.
    let text = path.text.strip_prefix('$').filter(|rest| rest.starts_with('$')).unwrap_or(path.text);
    Error::runtime(format!("Reference path \"{text}\" must point to array."))
}

#[cold]
#[inline(never)]
pub(super) fn not_valid(field: &str, value: &Value, wanted: &str, path: &Path) -> Error {
    // Quotes are around whatever is found: `"{}"` was recorded for `ToleratedFailureCountPath`.
    let value = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    Error::runtime(format!(
        "The {field} field refers to value \"{value}\" which is not a valid {wanted}: {}",
        path.text
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
pub(super) mod tests {
    use std::sync::Mutex;

    use serde_json::json;

    use super::*;
    use crate::context::{ExecutionInfo, ExecutionType, Inspector};
    use crate::timestamp::Timestamp;
    use crate::value::path::Step;

    pub(in crate::value) const A: Path = Path { text: "$.a", steps: &[Step::Name("a")] };

    #[derive(Debug, Default)]
    struct Seen(Mutex<Vec<(Stage, Value)>>);

    impl Inspector for Seen {
        fn inspect(&self, stage: Stage, value: &Value) {
            self.0.lock().unwrap().push((stage, value.clone()));
        }
    }

    /// What `call` gives in a context, and what it showed.
    pub(in crate::value) fn seen<T>(call: impl FnOnce(&Context<'_>) -> T) -> (T, Vec<(Stage, Value)>) {
        let at = Timestamp { seconds: 0, nanoseconds: 0 };
        let execution = ExecutionInfo {
            id: String::new(),
            name: String::new(),
            input: None,
            start_time: at,
            role_arn: String::new(),
            execution_type: ExecutionType::Standard,
            state_machine_id: String::new(),
            state_machine_name: String::new(),
        };
        let inspector = Seen::default();
        let context = Context {
            execution: &execution,
            state_name: "S",
            entered_time: at,
            time: at,
            event: 0,
            retry_count: None,
            task_token: None,
            map_item: None,
            inspector: Some(&inspector),
        };
        let result = call(&context);
        (result, inspector.0.into_inner().unwrap())
    }

    #[test]
    fn items_are_those_of_an_array() {
        let data = json!({"a": [1, {"b": 2}]});
        let (copied, shown) = seen(|context| copy_items(context, &data, &A));
        assert_eq!(copied, Ok(vec![json!(1), json!({"b": 2})]));
        assert_eq!(shown, [(Stage::AfterItemsPath, json!([1, {"b": 2}]))]);
        let mut taken_from = data.clone();
        let (taken, shown_again) = seen(|context| take_items(context, &mut taken_from, &A));
        assert_eq!((taken, shown_again), (copied, shown));
        assert_eq!(taken_from, Value::Null);
    }

    #[test]
    fn what_is_no_array_has_no_items() {
        let check = |data: Value, path: &Path, expected: &str| {
            let mut untouched = data.clone();
            let (result, shown) = seen(|context| take_items(context, &mut untouched, path));
            assert_eq!(result, Err(Error::runtime(expected)));
            assert!(shown.is_empty());
            assert_eq!(untouched, data);
        };
        check(json!({"a": {"b": []}}), &A, r#"Reference path "$.a" must point to array."#);
        check(json!({}), &A, "Invalid path '$.a' : No results for path: $['a']");
        check(json!({}), &Path { text: "$$", steps: &[] }, r#"Reference path "$" must point to array."#);
        check(json!(1), &Path { text: "$list", steps: &[] }, r#"Reference path "$list" must point to array."#);
    }

    #[test]
    fn without_items_the_input_is_iterated_over() {
        let mut data = json!([1, 2]);
        assert_eq!(input(&data), Ok(&[json!(1), json!(2)][..]));
        assert_eq!(take_input(&mut data), Ok(vec![json!(1), json!(2)]));
        let error = take_input(&mut json!({"a": 1})).unwrap_err();
        assert_eq!(error.name(), Some("States.QueryEvaluationError"));
        assert_eq!(error.cause(), Some(r#"Map state input must be an array but was: {"a":1}"#));
        assert_eq!(error.failed_expression(), Some(None));
        assert_eq!(computed(json!(1)).unwrap_err().failed_expression(), Some(Some("Items")));
    }

    #[test]
    fn a_concurrency_is_a_whole_number() {
        let check = |value: Value, expected: Result<u32, &str>| {
            let (result, shown) = seen(|context| max_concurrency_at(context, &json!({"a": value}), &A));
            assert_eq!(result, expected.map_err(Error::runtime), "{value}");
            assert_eq!(shown.len(), usize::from(expected.is_ok()));
        };
        check(json!(0), Ok(0));
        check(json!(7), Ok(7));
        check(json!("1"), Ok(1));
        check(json!(-1), Err("MaxConcurrency cannot be negative."));
        check(
            json!("NoNumber"),
            Err("The MaxConcurrencyPath field refers to value \"NoNumber\" which is not a valid integer: $.a"),
        );
        check(
            json!(1.5),
            Err("The MaxConcurrencyPath field refers to value \"1.5\" which is not a valid integer: $.a"),
        );
        check(json!({}), Err("The MaxConcurrencyPath field refers to value \"{}\" which is not a valid integer: $.a"));
        check(
            json!(2_147_483_648_u32),
            Err("The MaxConcurrencyPath field refers to value \"2147483648\" which is not a valid integer: $.a"),
        );
    }

    #[test]
    fn each_branch_gets_the_input() {
        assert_eq!(copies(json!({"a": 1}), 3), [json!({"a": 1}), json!({"a": 1}), json!({"a": 1})]);
    }
}
