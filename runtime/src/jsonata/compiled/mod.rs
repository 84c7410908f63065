//! What only generated code calls: the library's functions in the form in which a call takes least code, with closures behind
//! references, so that they are compiled once and not for each call.

mod construct;
mod json;

use std::borrow::Cow;

use asl_codegen::jsonata::Function as BuiltIn;
use serde_json::Value as Json;

use super::functions::matching;
use super::sequence::one;
use super::value::object::member;
use super::{Evaluation, Function, Operator, Result, Value, functions, operators, path, regex};

pub use construct::{append, array, constructed, object, whole};
pub use json::{MapItem, insert, map_json, merge_json, push_item, push_items, put, step_json};

/// What a step or a predicate does with an item.
pub type Item<'f, 'a, T> = &'f mut dyn FnMut(&Value<'a>) -> Result<T>;

/// What a step or a predicate does with an item, by number.
pub type Numbered<'f, 'a> = &'f mut dyn FnMut(usize, &Value<'a>) -> Result<Value<'a>>;

/// `$states.input` and a path of names in it.
pub fn input<'a>(evaluation: &Evaluation<'a>, names: &[&str]) -> Value<'a> {
    path::names(&evaluation.input.into(), names)
}

/// `$states.result` and a path of names in it.
pub fn result<'a>(evaluation: &Evaluation<'a>, names: &[&str]) -> Value<'a> {
    path::names(&variable(evaluation.result), names)
}

/// `$states.errorOutput` and a path of names in it.
pub fn error_output<'a>(evaluation: &Evaluation<'a>, names: &[&str]) -> Value<'a> {
    path::names(&variable(evaluation.error_output), names)
}

/// `$states.context` and a path of names in it.
pub fn context<'a>(evaluation: &Evaluation<'a>, names: &[&str]) -> Value<'a> {
    path::names(&evaluation.context(), names)
}

/// The value of a variable of the machine, which has none yet at first.
pub fn variable(value: Option<&Json>) -> Value<'_> {
    value.map(Value::from).unwrap_or_default()
}

/// The input document as what a path is applied to: an array is one item.
pub fn document<'a>(input: &Value<'a>) -> Value<'a> {
    if input.is_array() { one(input.clone()) } else { input.clone() }
}

/// The value of a path's first step, where that is a variable or the like, as what the next step is applied to: an array that
/// was constructed as a step is one item.
pub fn first(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Array(array) if array.constructed => one(Value::Array(array)),
        value => value,
    }
}

/// A path of names, not yet unwrapped. `last` says that no step is behind them: an array that the last one gives for a single
/// item stays as it is.
pub fn steps<'a>(value: &Value<'a>, names: &[&str], last: bool) -> Value<'a> {
    let mut current = value.clone();
    for (index, name) in names.iter().enumerate() {
        let last = last && index + 1 == names.len();
        current = match current {
            Value::JsonObject(members) => match member(members, name) {
                Some(member) if last => member.into(),
                Some(member) => only(member.into()),
                None => return Value::Undefined,
            },
            // It cannot fail, because the closure does not.
            current => path::step(&current, last, |item| Ok(path::name(item, name))).unwrap_or_default(),
        };
    }
    current
}

/// What a step gave for a single item, as what the next step is applied to.
fn only(value: Value<'_>) -> Value<'_> {
    match value {
        Value::JsonArray([]) => Value::Undefined,
        Value::JsonArray([item]) => one(item.into()),
        value => value,
    }
}

/// A step of a path.
///
/// # Errors
/// What `f` raises. The steps of the evaluation are used up.
pub fn step<'a>(
    evaluation: &Evaluation<'a>,
    input: &Value<'a>,
    last: bool,
    f: Item<'_, 'a, Value<'a>>,
) -> Result<Value<'a>> {
    count(evaluation, input)?;
    path::step(input, last, f)
}

/// The first step of a path: it is also taken when there is no context.
///
/// # Errors
/// As [`step`].
pub fn start<'a>(
    evaluation: &Evaluation<'a>,
    input: &Value<'a>,
    last: bool,
    f: Item<'_, 'a, Value<'a>>,
) -> Result<Value<'a>> {
    match input {
        Value::Undefined => path::step(&Value::Null, last, |_| f(input)),
        input => step(evaluation, input, last, f),
    }
}

/// `input[predicate]`
///
/// # Errors
/// As [`step`].
pub fn filter<'a>(evaluation: &Evaluation<'a>, input: &Value<'a>, f: Item<'_, 'a, Value<'a>>) -> Result<Value<'a>> {
    count(evaluation, input)?;
    path::filter(input, |item, _| f(item))
}

/// `input[predicate]` with a predicate that gives a boolean.
///
/// # Errors
/// As [`step`].
pub fn select<'a>(evaluation: &Evaluation<'a>, input: &Value<'a>, f: Item<'_, 'a, bool>) -> Result<Value<'a>> {
    count(evaluation, input)?;
    path::filter(input, |item, _| f(item).map(Value::Bool))
}

/// `input^(terms)`: `key` gives the value of a term.
///
/// # Errors
/// As [`step`]. `T2007`, `T2008`: keys that cannot be compared.
pub fn sort<'a>(
    evaluation: &Evaluation<'a>,
    input: &Value<'a>,
    descending: &[bool],
    key: &mut dyn FnMut(&Value<'a>, usize) -> Result<Value<'a>>,
) -> Result<Value<'a>> {
    count(evaluation, input)?;
    let items = match input {
        Value::Undefined => return Ok(Value::Undefined),
        input => input.as_list().map_or_else(|| vec![input.clone()], |items| items.iter().collect()),
    };
    if items.len() <= 1 {
        return Ok(items.into_iter().next().map(one).unwrap_or_default());
    }
    let sorted = super::sort::sort(evaluation, items, descending, key)?;
    Ok(super::Array::new(sorted).into())
}

/// `input{key: value}` with so many pairs.
///
/// # Errors
/// As [`step`]. `T1003`, `D1009`: a key that is no string, or one that two pairs have.
pub fn group<'a>(
    evaluation: &Evaluation<'a>,
    input: &Value<'a>,
    pairs: usize,
    key: Numbered<'_, 'a>,
    value: Numbered<'_, 'a>,
) -> Result<Value<'a>> {
    count(evaluation, input)?;
    super::group::group(evaluation, input, pairs, key, value)
}

/// `$split(text, separator)[number]`, with a separator that is not empty.
///
/// # Errors
/// Those of `$split`.
pub fn piece<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    text: &Value<'a>,
    separator: &'static str,
    number: f64,
) -> Result<Value<'a>> {
    let Value::String(whole) = text else {
        let split = matching::split(evaluation, context, text, &Value::str(separator), &Value::Undefined)?;
        return Ok(path::index(&split, number));
    };
    evaluation.step(1 + whole.len() as u64 / 16)?;
    Ok(match whole {
        Cow::Borrowed(whole) => piece_of(whole, separator, number).map(Value::str),
        Cow::Owned(whole) => piece_of(whole, separator, number).map(|piece| Value::from(piece.to_owned())),
    }
    .unwrap_or_default())
}

fn piece_of<'t>(whole: &'t str, separator: &str, number: f64) -> Option<&'t str> {
    let mut characters = separator.chars();
    match (characters.next(), characters.next()) {
        (Some(separator), None) if number < 0.0 => {
            whole.rsplit(separator).nth(path::place(-number.floor() - 1.0, usize::MAX)?)
        }
        (Some(separator), None) => whole.split(separator).nth(path::place(number, usize::MAX)?),
        // Which of several characters are a separator depends on where the search begins.
        _ => {
            let count = if number < 0.0 { whole.split(separator).count() } else { usize::MAX };
            whole.split(separator).nth(path::place(number, count)?)
        }
    }
}

/// Counts a step for each item.
fn count(evaluation: &Evaluation<'_>, input: &Value<'_>) -> Result<()> {
    let items = input.as_list().map_or(1, |items| items.len());
    evaluation.step(u64::try_from(items).unwrap_or(u64::MAX))
}

/// `value = "text"`
pub fn is_text(value: &Value<'_>, text: &str) -> bool {
    value.as_str() == Some(text)
}

/// Whether a comparison holds. With nothing on a side it does not.
///
/// # Errors
/// `T2009`, `T2010`: the sides cannot be compared.
pub fn holds(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Result<bool> {
    Ok(matches!(operators::compare(operator, left, right)?, Value::Bool(true)))
}

/// `value in [literal, literal]`
pub fn is_one_of(value: &Value<'_>, literals: &[Value<'_>]) -> bool {
    literals.iter().any(|literal| operators::equal(value, literal))
}

/// The right side of `and` or `or`, whose name its error has.
///
/// # Errors
/// What `f` raises.
pub fn side<T>(operator: &str, f: impl FnOnce() -> Result<T>) -> Result<T> {
    f().map_err(|error| error.token(operator))
}

/// A call of a built-in function whose arguments are arranged by its signature, or are functions: it gives its name to their
/// errors that have none.
///
/// # Errors
/// As [`functions::call`].
pub fn call<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    functions::call(evaluation, function, context, arguments).map_err(|error| match error.subject() {
        "" => error.token(function.name()),
        _ => error,
    })
}

/// What a function gave, as an array when it is a sequence of one value.
pub fn kept(value: Value<'_>) -> Value<'_> {
    match &value {
        Value::Array(array) if array.sequence => path::singleton(value, true),
        _ => value,
    }
}

/// A regular expression as a value.
///
/// # Errors
/// It cannot be used. The compiler has tried it, so that this does not happen.
pub fn regex<'a>(literal: &'static regex::Literal) -> Result<Value<'a>> {
    Ok(Function::Regex(literal.get()?.clone()).into())
}

/// A built-in function as a value.
pub fn built_in<'a>(function: BuiltIn) -> Value<'a> {
    Function::BuiltIn(function).into()
}

/// A lambda that is called with an array of its arguments. It is only here for its types to be known.
pub fn lambda<'a, const N: usize, F: Fn([Value<'a>; N]) -> Result<Value<'a>>>(f: F) -> F {
    f
}

/// What a lambda gave, or a variable gets.
///
/// # Errors
/// It has too many levels, or too much is in it.
pub fn bounded(value: Value<'_>) -> Result<Value<'_>> {
    value.ensure_bounded()?;
    Ok(value)
}

/// The index of an item as a value, for a lambda.
pub fn index<'a>(index: usize) -> Value<'a> {
    Value::Number(regex::as_number(index))
}

/// The name of a member as a value, for a lambda.
pub fn name<'a>(name: &Cow<'a, str>) -> Value<'a> {
    Value::String(name.clone())
}

/// Whether JavaScript takes what a comparator of `$sort` gave for true.
pub fn is_truthy(value: &Value<'_>) -> bool {
    match value {
        Value::JsonArray(_) | Value::JsonObject(_) | Value::Array(_) | Value::Object(_) | Value::Function(_) => true,
        value => operators::is_true(value),
    }
}
