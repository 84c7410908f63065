//! Where a path starts that reads a variable. AWS developer guide, "Passing data between states with variables".
//!
//! What AWS says of a variable without a value was not recorded: it is said as of a path that finds nothing.

use serde_json::Value;

use crate::error::Error;
use crate::value::path::{self, Step};

/// The value that a path with these steps finds in a variable, when there is one.
pub fn find<'a>(variable: Option<&'a Value>, steps: &[Step]) -> Option<&'a Value> {
    path::find(variable?, steps)
}

/// The variable's value, for a path that selects: `InputPath`, `ItemsPath`, `TimeoutSecondsPath` and the like.
///
/// # Errors
/// `States.Runtime`: it has none yet: ``Invalid path '$x' : No results for path: $['x']``.
pub fn value<'a>(variable: Option<&'a Value>, path: &str) -> Result<&'a Value, Error> {
    variable.ok_or_else(|| no_result(path))
}

/// The variable's value, for the template field `field`, `ErrorPath` or `CausePath`.
///
/// # Errors
/// `States.Runtime`: it has none yet: ``The JSONPath '$x' specified for the field 'a.$' could not be found in the input
/// '{…}'``.
pub fn template<'a>(variable: Option<&'a Value>, path: &str, field: &str, data: &Value) -> Result<&'a Value, Error> {
    variable.ok_or_else(|| path::not_in_template_input(data, path, field))
}

/// The variable's value, for a comparison.
///
/// # Errors
/// `States.Runtime`: it has none yet: ``Invalid path '$x': The choice state's condition path references an invalid
/// value.``
pub fn compared<'a>(variable: Option<&'a Value>, path: &str) -> Result<&'a Value, Error> {
    variable.ok_or_else(|| path::not_comparable(path))
}

#[cold]
#[inline(never)]
fn no_result(path: &str) -> Error {
    let name = path.trim_start_matches('$');
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let reason = if rest.is_empty() { "No results for path:" } else { "Missing property in path" };
    Error::runtime(format!("Invalid path '{path}' : {reason} $['{name}']"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_variable_without_a_value_is_a_path_that_finds_nothing() {
        let check = |result: Result<&Value, Error>, expected: &str| {
            assert_eq!(result, Err(Error::runtime(expected)));
        };
        check(value(None, "$x"), "Invalid path '$x' : No results for path: $['x']");
        check(value(None, "$order_1.id"), "Invalid path '$order_1.id' : Missing property in path $['order_1']");
        check(value(None, "$x[0]"), "Invalid path '$x[0]' : Missing property in path $['x']");
        check(
            template(None, "$x", "a.$", &json!({"b": 1})),
            r#"The JSONPath '$x' specified for the field 'a.$' could not be found in the input '{"b":1}'"#,
        );
        check(
            compared(None, "$x"),
            "Invalid path '$x': The choice state's condition path references an invalid value.",
        );
        assert_eq!(find(None, &[]), None);
    }

    #[test]
    fn a_variable_has_its_value() {
        let variable = json!({"id": null});
        assert_eq!(value(Some(&variable), "$x"), Ok(&variable));
        assert_eq!(find(Some(&variable), &[Step::Name("id")]), Some(&Value::Null));
        assert_eq!(find(Some(&variable), &[Step::Name("no")]), None);
    }
}
