//! What a signature makes of the arguments of a call. <https://docs.jsonata.org/programming#function-signatures>

use asl_codegen::jsonata::signature::{Count, Items, Parameter, Types};

use super::{Array, Error, Result, Value};

/// The type of a value, as signatures know types.
pub(crate) fn type_of(value: &Value<'_>) -> Types {
    match value {
        Value::Undefined => Types::MISSING,
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(_) | Value::Integer(_) => Types::NUMBER,
        Value::String(_) => Types::STRING,
        Value::JsonArray(_) | Value::Array(_) => Types::ARRAY,
        Value::JsonObject(_) | Value::Object(_) => Types::OBJECT,
        Value::Function(_) => Types::FUNCTION,
    }
}

/// The arguments that a function gets which is called with `arguments`: the context where one is missing, an array where
/// one is wanted. Trailing ones that may be left out can be. `name` is the function's, for messages.
///
/// # Errors
/// `T0410`, `T0411`, `T0412`: an argument that the parameters do not allow.
pub fn validate<'a>(
    name: &str,
    parameters: &[Parameter],
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Vec<Value<'a>>> {
    let mut place = 0;
    arrange(name, parameters, context, arguments)?
        .into_iter()
        .map(|(parameter, argument)| {
            place += 1;
            if parameter.array { array_of(name, place, parameter, argument) } else { Ok(argument) }
        })
        .collect()
}

/// The argument as an array, whose items are what the parameter wants.
fn array_of<'a>(name: &str, index: usize, parameter: &Parameter, argument: Value<'a>) -> Result<Value<'a>> {
    if argument.is_undefined() {
        return Ok(argument);
    }
    if let Items::Are { types, name: items } = parameter.items {
        let fits = match argument.as_list() {
            Some(list) => list.iter().all(|item| types.has(type_of(&item))),
            None => types.has(type_of(&argument)),
        };
        if !fits {
            return Err(not_an_array_of(name, index, items));
        }
    }
    Ok(if argument.is_array() { argument } else { Value::from(Array::new(vec![argument])) })
}

/// The arguments where the parameters want them, each with its parameter. Nothing is made an array.
pub(crate) fn arrange<'p, 'a>(
    name: &str,
    parameters: &'p [Parameter],
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Vec<(&'p Parameter, Value<'a>)>> {
    if fits_as_given(parameters, &arguments) {
        return Ok(parameters.iter().zip(arguments).collect());
    }
    let types: Vec<Types> = arguments.iter().map(type_of).collect();
    let Some(counts) = distribute(parameters, &types, true) else {
        return Err(mismatch(name, misfit(parameters, &types)));
    };
    let mut arguments = arguments.into_iter();
    let mut arranged = Vec::with_capacity(parameters.len());
    let mut taken = 0;
    for (parameter, count) in parameters.iter().zip(counts) {
        if count == 0 && parameter.context {
            if !parameter.types.has(type_of(context)) {
                return Err(about("T0411", name, taken + 1));
            }
            arranged.push((parameter, context.clone()));
        } else {
            // A missing argument in front of others moves them on, as JSONata has it.
            for _ in 0..count.max(1) {
                arranged.push((parameter, arguments.next().unwrap_or_default()));
                taken += 1;
            }
        }
    }
    Ok(arranged)
}

/// Whether every parameter takes the argument at its place. Whoever leaves out trailing ones that may be left out has
/// nothing to fill in.
pub(crate) fn fits_as_given(parameters: &[Parameter], arguments: &[Value<'_>]) -> bool {
    let (Some(given), Some(left_out)) = (parameters.get(..arguments.len()), parameters.get(arguments.len()..)) else {
        return false;
    };
    let takes = |(parameter, argument): (&Parameter, &Value<'_>)| {
        parameter.count != Count::Many && parameter.types.has(type_of(argument))
    };
    given.iter().zip(arguments).all(takes)
        && left_out.iter().all(|parameter| parameter.count == Count::Optional && !parameter.context)
}

/// How many arguments each parameter takes: the first ones as many as they can, as a greedy regular expression does. With
/// `all`, none are left.
fn distribute(parameters: &[Parameter], types: &[Types], all: bool) -> Option<Vec<usize>> {
    let width = types.len() + 1;
    // Whether the parameters from one on can take the arguments from one on.
    let mut possible = vec![false; (parameters.len() + 1) * width];
    let last = parameters.len() * width;
    for first in 0..width {
        set(&mut possible, last + first, !all || first == types.len());
    }
    for (row, parameter) in parameters.iter().enumerate().rev() {
        for first in (0..width).rev() {
            let takes = types.get(first).is_some_and(|kind| parameter.types.has(*kind));
            let behind = |count: usize| get(&possible, (row + 1) * width + first + count);
            let can = match parameter.count {
                Count::One => takes && behind(1),
                Count::Optional => (takes && behind(1)) || behind(0),
                Count::Many => takes && (behind(1) || get(&possible, row * width + first + 1)),
            };
            set(&mut possible, row * width + first, can);
        }
    }
    if !get(&possible, 0) {
        return None;
    }
    let mut first = 0;
    let mut counts = Vec::with_capacity(parameters.len());
    for (row, parameter) in parameters.iter().enumerate() {
        let can_take = types.iter().skip(first).take_while(|kind| parameter.types.has(**kind)).count();
        let most = if parameter.count == Count::Many { can_take } else { can_take.min(1) };
        let count = (0..=most).rev().find(|count| get(&possible, (row + 1) * width + first + count))?;
        counts.push(count);
        first += count;
    }
    Some(counts)
}

fn get(flags: &[bool], index: usize) -> bool {
    flags.get(index).copied().unwrap_or_default()
}

fn set(flags: &mut [bool], index: usize, value: bool) {
    if let Some(flag) = flags.get_mut(index) {
        *flag = value;
    }
}

/// The number of the argument that is wrong, from 1: the first that the parameters up to one have no place for.
#[cold]
fn misfit(parameters: &[Parameter], types: &[Types]) -> usize {
    let mut good = 0;
    for count in 1..=parameters.len() {
        match parameters.get(..count).and_then(|some| distribute(some, types, false)) {
            Some(counts) => good = counts.iter().sum(),
            None => break,
        }
    }
    good + 1
}

/// An argument that does not match the signature.
#[cold]
pub(crate) fn mismatch(name: &str, index: usize) -> Error {
    about("T0410", name, index)
}

/// The error about an argument of a function, which has no name when it is empty.
#[cold]
fn about(code: &'static str, name: &str, index: usize) -> Error {
    let error = Error::new(code).index(index);
    if name.is_empty() { error } else { error.token(name) }
}

/// An argument that is no array of what is wanted, such as `numbers`.
#[cold]
pub(crate) fn not_an_array_of(name: &str, index: usize, items: Option<&str>) -> Error {
    let error = about("T0412", name, index);
    match items {
        Some(items) => error.other(format!("\"{items}\"")),
        None => error,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use asl_codegen::jsonata::signature::Signature;
    use serde_json::json;

    use super::*;
    use crate::jsonata::{BuiltIn, Function};

    /// Checks what a signature makes of arguments; `"<f>"` is a function and `"<none>"` nothing.
    fn check(signature: &str, arguments: &serde_json::Value, context: &serde_json::Value, expected: &str) {
        let value = |json| match Value::from(json) {
            Value::String(text) if text == "<f>" => Value::from(Function::BuiltIn(BuiltIn::Sum)),
            Value::String(text) if text == "<none>" => Value::Undefined,
            value => value,
        };
        let items = arguments.as_array().unwrap();
        let arguments = items.iter().map(value).collect();
        let parameters = Signature::parse(signature).unwrap().parameters;
        let shown = match validate("f", &parameters, &Value::from(context), arguments) {
            Ok(arguments) => arguments.into_iter().map(show).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "<{signature}> of {items:?}");
    }

    fn show(value: Value<'_>) -> String {
        match value {
            Value::Function(_) => "f".to_owned(),
            other => other.into_json().map_or_else(|| "-".to_owned(), |json| json.to_string()),
        }
    }

    #[test]
    fn arguments_are_where_they_are_wanted() {
        let check = |signature: &str, arguments, expected: &str| check(signature, &arguments, &json!("here"), expected);
        check("s-nn?:s", json!(["a", 1, 2]), "\"a\" 1 2");
        check("s-nn?:s", json!(["a", 1]), "\"a\" 1");
        check("s-nn?:s", json!([5]), "\"here\" 5 -");
        check("s-nn?:s", json!([5, 1]), "\"here\" 5 1");
        check("s-nn?:s", json!(["<none>", 1]), "- 1");
        check("s-:s", json!([]), "\"here\"");
        check("af", json!([5, "<f>"]), "[5] f");
        check("af", json!(["<f>", "<f>"]), "[null] f");
        check("a+", json!([1, [2]]), "[1] [2]");
        check("a<n>", json!([[1, 2]]), "[1,2]");
        check("a<n>", json!(["<none>"]), "-");
        check("a<n>s?", json!([5, "<none>"]), "[5] -");
        check("o-f", json!([{"a": 1}, "<f>"]), "{\"a\":1} f");
        check("s?s?", json!([]), "");
    }

    #[test]
    fn arguments_that_are_wrong_are_named() {
        let check = |signature: &str, arguments, expected: &str| check(signature, &arguments, &json!({}), expected);
        let mismatch =
            |index: usize| format!("T0410: Argument {index} of function \"f\" does not match function signature");
        check("s-nn?:s", json!(["a", "b"]), &mismatch(2));
        check("s-nn?:s", json!([5, 1, 2]), &mismatch(3));
        check("s-:s", json!([5]), &mismatch(1));
        check("x:b", json!([]), &mismatch(1));
        check("x:b", json!([1, 2]), &mismatch(2));
        check("af", json!([1]), &mismatch(2));
        check("a+", json!([]), &mismatch(1));
        check("af?", json!([1, "<none>"]), &mismatch(2));
        let context = "T0411: Context value is not a compatible type with argument 1 of function \"f\"";
        check("s-nn?:s", json!([5, 1]), context);
        check("s-:s", json!([]), context);
        let numbers = "T0412: Argument 1 of function \"f\" must be an array of \"numbers\"";
        check("a<n>", json!([[1, "a"]]), numbers);
        check("a<n>", json!(["a"]), numbers);
        check("a<a<n>>", json!([[1]]), "T0412: Argument 1 of function \"f\" must be an array of undefined");
    }
}
