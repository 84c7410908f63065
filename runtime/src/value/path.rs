//! Paths that were parsed while compiling: reading, taking and writing values.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::error::Error;

/// Up to so many members an object is small.
const FEW_MEMBERS: usize = 8;

/// A path: names and indexes from the root of some data.
#[derive(Debug)]
pub struct Path {
    /// The path as written in the definition; messages quote it.
    pub text: &'static str,
    /// Its steps.
    pub steps: &'static [Step],
}

/// A path, from its text and its steps.
#[inline]
pub const fn at(text: &'static str, steps: &'static [Step]) -> Path {
    Path { text, steps }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Name(&'static str),
    /// An element of an array; negative counts from the end.
    Index(i64),
    /// An object itself: several of its members are wanted.
    Object,
}

/// The value at `path`, when there is one.
pub fn find<'a>(data: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(data, |value, step| match (step, value) {
        (Step::Name(name), Value::Object(members)) => member(members, name),
        (Step::Index(index), Value::Array(items)) => items.get(position(*index, items.len())?),
        (Step::Object, Value::Object(_)) => Some(value),
        _ => None,
    })
}

/// The member of this name. In a small object comparing all names costs less than hashing one.
fn member<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    match members.len() {
        0..=FEW_MEMBERS => members.iter().find(|(key, _)| *key == name).map(|(_, value)| value),
        _ => members.get(name),
    }
}

fn member_mut<'a>(members: &'a mut Map<String, Value>, name: &str) -> Option<&'a mut Value> {
    match members.len() {
        0..=FEW_MEMBERS => members.iter_mut().find(|(key, _)| *key == name).map(|(_, value)| value),
        _ => members.get_mut(name),
    }
}

fn find_mut<'a>(data: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    steps.iter().try_fold(data, |value, step| match (step, value) {
        (Step::Name(name), Value::Object(members)) => member_mut(members, name),
        (Step::Index(index), Value::Array(items)) => {
            let position = position(*index, items.len())?;
            items.get_mut(position)
        }
        (Step::Object, value @ Value::Object(_)) => Some(value),
        _ => None,
    })
}

/// Where in an array of `length` items `index` points, unless it is before the first item.
pub(crate) fn position(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(position) => Some(position),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The value of a template field, of `ErrorPath` or of `CausePath`.
///
/// # Errors
/// `States.Runtime`: ``The JSONPath '$.x' specified for the field 'k.$' could not be found in the input '{…}'``.
pub fn template<'a>(data: &'a Value, path: &Path, field: &str) -> Result<&'a Value, Error> {
    find(data, path.steps).ok_or_else(|| not_in_template_input(data, path.text, field))
}

/// As [`template`], and copies the value.
///
/// # Errors
/// As [`template`].
pub fn copy(data: &Value, path: &Path, field: &str) -> Result<Value, Error> {
    template(data, path, field).cloned()
}

/// The text of `ErrorPath` or `CausePath`.
///
/// # Errors
/// As [`template`]; or `States.Runtime` when the value is no string.
pub fn text(data: &Value, path: &Path, field: &str) -> Result<String, Error> {
    match template(data, path, field)? {
        Value::String(text) => Ok(text.clone()),
        _ => Err(not_a_string(path, field)),
    }
}

#[cold]
fn not_a_string(path: &Path, field: &str) -> Error {
    Error::runtime(format!("The JSONPath '{}' specified for the field '{field}' must give a string", path.text))
}

/// The value of `InputPath`, `OutputPath`, `TimeoutSecondsPath` or `HeartbeatSecondsPath`.
///
/// # Errors
/// `States.Runtime`: ``Invalid path '$.a.b' : No results for path: $['a']['b']`` when the last name is missing,
/// ``… : Missing property in path $['a']`` when one before it is.
pub fn select<'a>(data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    find(data, path.steps).ok_or_else(|| no_result(data, path))
}

/// As [`select`], and moves the value out instead of borrowing it: `data` becomes the value at `path`.
///
/// # Errors
/// As [`select`]; `data` is then unchanged.
pub fn narrow(data: &mut Value, path: &Path) -> Result<(), Error> {
    match find_mut(data, path.steps).map(Value::take) {
        Some(value) => {
            *data = value;
            Ok(())
        }
        None => Err(no_result(data, path)),
    }
}

/// The value of a Choice rule's `Variable` or `…Path` operand.
///
/// # Errors
/// `States.Runtime`: ``Invalid path '$.x': The choice state's condition path references an invalid value.``
pub fn variable<'a>(data: &'a Value, path: &Path) -> Result<&'a Value, Error> {
    find(data, path.steps).ok_or_else(|| not_comparable(path.text))
}

/// Writes a result at `ResultPath`: replaces what is there, or creates it and the objects on the way.
/// Language spec, "ResultPath".
///
/// # Errors
/// `States.ResultPathMatchFailure`: something on the way is no object, or an index is past the end. `data` is then
/// unchanged.
pub fn put(data: &mut Value, path: &Path, result: Value) -> Result<(), Error> {
    if write(data, path.steps, result) { Ok(()) } else { Err(not_writable(data, path)) }
}

/// Writes `result`, or changes nothing and gives false.
fn write(data: &mut Value, steps: &[Step], result: Value) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        *data = result;
        return true;
    };
    match (step, data) {
        // Replaces in place or appends: one look-up does both.
        (Step::Name(name), Value::Object(members)) if rest.is_empty() => {
            members.insert((*name).to_owned(), result);
            true
        }
        (Step::Name(name), Value::Object(members)) => {
            if let Some(member) = member_mut(members, name) {
                return write(member, rest, result);
            }
            match nested(rest, result) {
                Some(member) => members.insert((*name).to_owned(), member).is_none(),
                None => false,
            }
        }
        (Step::Index(index), Value::Array(items)) => {
            match position(*index, items.len()).and_then(|position| items.get_mut(position)) {
                Some(item) => write(item, rest, result),
                None => false,
            }
        }
        _ => false,
    }
}

/// `result` inside new objects; none when an array would have to be made up.
fn nested(steps: &[Step], result: Value) -> Option<Value> {
    steps.iter().rev().try_fold(result, |inner, step| match step {
        Step::Name(name) => {
            let mut members = Map::with_capacity(1);
            members.insert((*name).to_owned(), inner);
            Some(Value::Object(members))
        }
        Step::Index(_) | Step::Object => None,
    })
}

#[cold]
#[inline(never)]
pub(crate) fn not_in_template_input(data: &Value, path: &str, field: &str) -> Error {
    Error::runtime(format!(
        "The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{data}'"
    ))
}

#[cold]
#[inline(never)]
pub(crate) fn not_comparable(path: &str) -> Error {
    Error::runtime(format!("Invalid path '{path}': The choice state's condition path references an invalid value."))
}

#[cold]
#[inline(never)]
fn not_writable(data: &Value, path: &Path) -> Error {
    Error::raised(
        "States.ResultPathMatchFailure",
        format!("Unable to apply ReferencePath {} to input {data}", path.text),
    )
}

/// Says what a path stumbles over, in the words of the JSONPath library that AWS uses.
#[cold]
#[inline(never)]
fn no_result(data: &Value, path: &Path) -> Error {
    let mut value = data;
    for (place, step) in path.steps.iter().enumerate() {
        let before = normalized(path.steps.get(..place).unwrap_or_default());
        let here = normalized(path.steps.get(..=place).unwrap_or_default());
        let reason = match (step, value) {
            (Step::Name(name), Value::Object(members)) => match members.get(*name) {
                Some(next) => {
                    value = next;
                    continue;
                }
                None if place + 1 < path.steps.len() => format!("Missing property in path {here}"),
                None => format!("No results for path: {here}"),
            },
            (Step::Name(name), _) => {
                format!("Expected to find an object with property ['{name}'] in path {before} but found '{value}'.")
            }
            (Step::Index(index), Value::Array(items)) => {
                match position(*index, items.len()).and_then(|position| items.get(position)) {
                    Some(next) => {
                        value = next;
                        continue;
                    }
                    None => format!("No results for path: {}", normalized(path.steps)),
                }
            }
            (Step::Object, Value::Object(_)) => continue,
            (Step::Object, _) => format!("Expected to find an object in path {before} but found '{value}'."),
            (Step::Index(_), Value::Null) => format!("The path {before} is null"),
            (Step::Index(index), _) => {
                format!("Filter: [{index}] can only be applied to arrays. Current context is: {value}")
            }
        };
        return Error::runtime(format!("Invalid path '{}' : {reason}", path.text));
    }
    // Only reached when the path does find something.
    Error::runtime(format!("Invalid path '{}' : No results for path: {}", path.text, normalized(path.steps)))
}

/// `$['a'][0]`
fn normalized(steps: &[Step]) -> String {
    let mut text = String::from("$");
    for step in steps {
        // Writing to a string never fails.
        let _ = match step {
            Step::Name(name) => write!(text, "['{name}']"),
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Object => Ok(()),
        };
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ROOT: Path = Path { text: "$", steps: &[] };
    const A: Path = Path { text: "$.a", steps: &[Step::Name("a")] };
    const A_B: Path = Path { text: "$.a.b", steps: &[Step::Name("a"), Step::Name("b")] };
    const A_B_C: Path = Path { text: "$.a.b.c", steps: &[Step::Name("a"), Step::Name("b"), Step::Name("c")] };
    const A_1: Path = Path { text: "$.a[1]", steps: &[Step::Name("a"), Step::Index(1)] };
    const A_LAST: Path = Path { text: "$.a[-1]", steps: &[Step::Name("a"), Step::Index(-1)] };
    const A_1_B: Path = Path { text: "$.a[1].b", steps: &[Step::Name("a"), Step::Index(1), Step::Name("b")] };
    const PATHS: [&Path; 7] = [&ROOT, &A, &A_B, &A_B_C, &A_1, &A_LAST, &A_1_B];

    #[test]
    fn a_path_finds_its_value() {
        let check = |data: Value, path: &Path, expected: Option<Value>| {
            assert_eq!(find(&data, path.steps), expected.as_ref(), "{} in {data}", path.text);
        };
        check(json!(1), &ROOT, Some(json!(1)));
        check(json!({"a": null}), &A, Some(Value::Null));
        check(json!({"a": {"b": 2}}), &A_B, Some(json!(2)));
        check(json!({"a": [1, 2, 3]}), &A_1, Some(json!(2)));
        check(json!({"a": [1, 2, 3]}), &A_LAST, Some(json!(3)));
        check(json!({"a": []}), &A_LAST, None);
        check(json!({"a": {"1": 2}}), &A_1, None);
        check(json!({"b": 1}), &A, None);
        check(json!("a"), &A, None);
    }

    #[test]
    fn a_selection_that_fails_says_where() {
        let check = |data: Value, path: &Path, expected: &str| {
            let mut narrowed = data.clone();
            let error = select(&data, path).expect_err(path.text);
            assert_eq!(narrow(&mut narrowed, path), Err(error.clone()));
            assert_eq!(narrowed, data, "unchanged");
            assert_eq!(error.name(), Some("States.Runtime"));
            assert_eq!(error.cause(), Some(format!("Invalid path '{}' : {expected}", path.text).as_str()));
        };
        check(json!({}), &A, "No results for path: $['a']");
        check(json!({"a": {}}), &A_B, "No results for path: $['a']['b']");
        check(json!({}), &A_B, "Missing property in path $['a']");
        check(json!({"a": {}}), &A_B_C, "Missing property in path $['a']['b']");
        check(json!({"a": [1]}), &A_1, "No results for path: $['a'][1]");
        check(json!({"a": [1]}), &A_1_B, "No results for path: $['a'][1]['b']");
        check(json!({"a": null}), &A_1, "The path $['a'] is null");
        check(json!({"a": 7}), &A_1, "Filter: [1] can only be applied to arrays. Current context is: 7");
        check(json!([7]), &A, "Expected to find an object with property ['a'] in path $ but found '[7]'.");
    }

    #[test]
    fn the_other_readers_say_it_in_their_own_words() {
        let data = json!({"other": 1});
        let cause = |result: Result<&Value, Error>| result.unwrap_err().cause().unwrap_or_default().to_owned();
        assert_eq!(
            cause(template(&data, &A, "k.$")),
            r#"The JSONPath '$.a' specified for the field 'k.$' could not be found in the input '{"other":1}'"#
        );
        assert_eq!(
            cause(variable(&data, &A)),
            "Invalid path '$.a': The choice state's condition path references an invalid value."
        );
    }

    #[test]
    fn narrowing_moves_the_value() {
        let mut data = json!({"a": [0, {"b": [1]}]});
        narrow(&mut data, &A_1_B).unwrap();
        assert_eq!(data, json!([1]));
        narrow(&mut data, &ROOT).unwrap();
        assert_eq!(data, json!([1]));
    }

    #[test]
    fn a_result_is_put_in_its_place() {
        let check = |data: Value, path: &Path, expected: Value| {
            let mut written = data.clone();
            put(&mut written, path, json!("R")).unwrap_or_else(|error| panic!("{} in {data}: {error}", path.text));
            assert_eq!(written.to_string(), expected.to_string());
        };
        check(json!({"a": 1}), &ROOT, json!("R"));
        check(json!({"a": 1, "z": 2}), &A, json!({"a": "R", "z": 2}));
        check(json!({"z": 2}), &A, json!({"z": 2, "a": "R"}));
        check(json!({}), &A_B_C, json!({"a": {"b": {"c": "R"}}}));
        check(json!({"a": {"x": 1}}), &A_B, json!({"a": {"x": 1, "b": "R"}}));
        check(json!({"a": [1, 2]}), &A_1, json!({"a": [1, "R"]}));
        check(json!({"a": [1, 2, 3]}), &A_LAST, json!({"a": [1, 2, "R"]}));
        check(json!({"a": [1, {}]}), &A_1_B, json!({"a": [1, {"b": "R"}]}));
    }

    #[test]
    fn a_result_without_a_place_changes_nothing() {
        let check = |data: Value, path: &Path| {
            let mut written = data.clone();
            let error = put(&mut written, path, json!("R")).unwrap_err();
            assert_eq!(written, data);
            assert_eq!(error.name(), Some("States.ResultPathMatchFailure"));
            let expected = format!("Unable to apply ReferencePath {} to input {data}", path.text);
            assert_eq!(error.cause(), Some(expected.as_str()));
        };
        check(json!("text"), &A);
        check(json!(null), &A);
        check(json!({"a": 1}), &A_B);
        check(json!({"a": null}), &A_B);
        check(json!({"a": [1]}), &A_1);
        check(json!({"a": []}), &A_LAST);
        check(json!({}), &A_1);
        check(json!({"a": {"1": 1}}), &A_1);
    }

    fn data() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<i64>().prop_map(Value::from)];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec((prop::sample::select(vec!["a", "b", "c"]), inner), 0..4)
                    .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_was_put_is_found(mut data in data(), which in 0..PATHS.len()) {
            let path = PATHS[which];
            let before = data.clone();
            match put(&mut data, path, json!("R")) {
                Ok(()) => prop_assert_eq!(find(&data, path.steps), Some(&json!("R"))),
                Err(_) => {
                    prop_assert_eq!(&data, &before);
                    prop_assert!(find(&data, path.steps).is_none(), "what is found can be replaced");
                }
            }
        }

        #[test]
        fn putting_back_what_was_found_changes_nothing(data in data(), which in 0..PATHS.len()) {
            let path = PATHS[which];
            if let Some(found) = find(&data, path.steps).cloned() {
                let mut written = data.clone();
                put(&mut written, path, found.clone()).unwrap();
                prop_assert_eq!(written.to_string(), data.to_string());
                let mut narrowed = data.clone();
                narrow(&mut narrowed, path).unwrap();
                prop_assert_eq!(narrowed, found);
            }
        }
    }
}
