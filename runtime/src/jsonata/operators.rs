//! The operators. <https://docs.jsonata.org/numeric-operators>, `comparison-operators`, `boolean-operators`,
//! `other-operators`

use std::rc::Rc;

use serde_json::Value as Json;

use super::text::{self, out_of_range, shown};
use super::value::array::List;
use super::value::function::Function;
use super::value::object::Members;
use super::{Array, Error, Evaluation, Operator, Result, Value};

/// The number, when the value is one to compute with. `NaN` is none.
///
/// # Errors
/// `D1001`: it is not finite.
#[inline]
pub fn numeric(value: &Value<'_>) -> Result<Option<f64>> {
    match value.as_number() {
        Some(number) if number.is_finite() => Ok(Some(number)),
        Some(number) if number.is_infinite() => Err(out_of_range()),
        _ => Ok(None),
    }
}

/// `+`, `-`, `*`, `/` and `%`. With nothing on a side it is nothing.
///
/// # Errors
/// `T2001`, `T2002`: a side is no number. `D1001`: it is not finite.
#[inline]
pub fn arithmetic<'a>(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Result<Value<'a>> {
    let left = operand(operator, "T2001", left)?;
    let right = operand(operator, "T2002", right)?;
    let (Some(left), Some(right)) = (left, right) else { return Ok(Value::Undefined) };
    Ok(Value::Number(match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Remainder => left % right,
        _ => return Ok(Value::Undefined),
    }))
}

#[inline]
fn operand(operator: Operator, code: &'static str, value: &Value<'_>) -> Result<Option<f64>> {
    match value {
        Value::Number(number) if number.is_finite() => Ok(Some(*number)),
        Value::Undefined => Ok(None),
        value => other_operand(operator, code, value),
    }
}

#[inline(never)]
fn other_operand(operator: Operator, code: &'static str, value: &Value<'_>) -> Result<Option<f64>> {
    match numeric(value) {
        Ok(Some(number)) => Ok(Some(number)),
        Ok(None) => Err(Error::new(code).token(operator.symbol()).value(shown(value))),
        Err(error) => Err(error.token(operator.symbol())),
    }
}

/// `-x`. Of nothing it is nothing.
///
/// # Errors
/// `D1002`: it is no number. `D1001`: it is not finite.
pub fn negate<'a>(value: &Value<'_>) -> Result<Value<'a>> {
    if value.is_undefined() {
        return Ok(Value::Undefined);
    }
    match numeric(value)? {
        Some(number) => Ok(Value::Number(-number)),
        None => Err(Error::new("D1002").token("-").value(shown(value))),
    }
}

/// `<`, `<=`, `>` and `>=`, of two numbers or two texts. With nothing on a side it is nothing.
///
/// # Errors
/// `T2010`: a side is neither number nor string. `T2009`: one is a number and one is a string.
#[inline]
pub fn compare<'a>(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Result<Value<'a>> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right),
        (Value::String(left), Value::String(right)) => Some(text::compare(left, right)),
        _ => match general_compare(operator, left, right)? {
            Some((left, right)) => left.partial_cmp(&right),
            None => return Ok(Value::Undefined),
        },
    };
    Ok(Value::Bool(order.is_some_and(|order| match operator {
        Operator::Less => order.is_lt(),
        Operator::LessEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterEqual => order.is_ge(),
        _ => false,
    })))
}

/// Two numbers of which one is an [`Integer`](Value::Integer), or why the two are not compared.
fn general_compare(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Result<Option<(f64, f64)>> {
    let comparable =
        |value: &Value<'_>| matches!(value, Value::Undefined | Value::Number(_) | Value::Integer(_) | Value::String(_));
    let symbol = operator.symbol();
    if !comparable(left) || !comparable(right) {
        let left_is_well = matches!(left, Value::Number(_) | Value::Integer(_) | Value::String(_));
        let wrong = if left_is_well { shown(right) } else { shown(left) };
        return Err(Error::new("T2010").token(symbol).value(wrong));
    }
    if left.is_undefined() || right.is_undefined() {
        return Ok(None);
    }
    match (left.as_number(), right.as_number()) {
        (Some(left), Some(right)) => Ok(Some((left, right))),
        _ => Err(Error::new("T2009").token(symbol).value(shown(left)).other(shown(right))),
    }
}

/// `=`: whether the two are the same, arrays and objects by what is in them; how numbers are written and the order of members
/// do not matter. Nothing equals nothing, not even itself.
#[inline]
pub fn equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Undefined, _) | (_, Value::Undefined) => false,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left == right,
        _ => same(left, right),
    }
}

/// `!=`: of nothing it is false, as `=` is.
#[inline]
pub fn not_equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    !left.is_undefined() && !right.is_undefined() && !equal(left, right)
}

/// Whether two values inside of others are the same. Unlike for `=`, nothing is the same as nothing.
pub(super) fn same(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Function(left), Value::Function(right)) => same_function(left, right),
        (Value::JsonArray(left), Value::JsonArray(right)) => same_items(left, right),
        (Value::JsonObject(left), Value::JsonObject(right)) => same_members(left, right),
        (Value::Array(left), Value::Array(right)) if same_place(left, right) => true,
        (Value::Object(left), Value::Object(right)) if same_place(left, right) => true,
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => left == right,
            (None, None) => match (left.as_list(), right.as_list()) {
                (Some(left), Some(right)) => same_lists(left, right),
                (None, None) => match (left.as_members(), right.as_members()) {
                    (Some(left), Some(right)) => same_objects(left, right),
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        },
    }
}

fn same_place<L, R>(left: &Rc<L>, right: &Rc<R>) -> bool {
    std::ptr::addr_eq(Rc::as_ptr(left), Rc::as_ptr(right))
}

fn same_lists(left: List<'_, '_>, right: List<'_, '_>) -> bool {
    left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(&left, &right))
}

fn same_objects(left: Members<'_, '_>, right: Members<'_, '_>) -> bool {
    let found = |name: &str, value: &Value<'_>| match right.get(name) {
        Some(other) if same(value, &other) => Ok(()),
        _ => Err(()),
    };
    left.len() == right.len() && left.for_each(|name, value| found(&name, &value)).is_ok()
}

fn same_items(left: &[Json], right: &[Json]) -> bool {
    let all = || left.iter().zip(right).all(|(left, right)| same_json(left, right));
    left.len() == right.len() && (std::ptr::eq(left, right) || all())
}

fn same_members(left: &serde_json::Map<String, Json>, right: &serde_json::Map<String, Json>) -> bool {
    let all = || left.iter().all(|(name, value)| right.get(name).is_some_and(|other| same_json(value, other)));
    left.len() == right.len() && (std::ptr::eq(left, right) || all())
}

fn same_json(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => same_items(left, right),
        (Json::Object(left), Json::Object(right)) => same_members(left, right),
        (left, right) => left == right,
    }
}

fn same_function(left: &Rc<Function<'_>>, right: &Rc<Function<'_>>) -> bool {
    match (&**left, &**right) {
        (Function::BuiltIn(left), Function::BuiltIn(right)) => left == right,
        _ => same_place(left, right),
    }
}

/// `in`: whether an array has the value as an item, or is the value. Arrays and objects are looked for as such, not by what
/// is in them. Nothing is in nothing.
pub fn contains(value: &Value<'_>, array: &Value<'_>) -> bool {
    if value.is_undefined() || array.is_undefined() {
        return false;
    }
    match (value, array) {
        (Value::String(text), Value::JsonArray(items)) => items.iter().any(|item| item.as_str() == Some(text)),
        (value, Value::JsonArray(items)) => items.iter().any(|item| identical(value, &item.into())),
        (value, Value::Array(array)) => array.items().iter().any(|item| identical(value, item)),
        (value, other) => identical(value, other),
    }
}

/// Whether the two are one: a value that is no array and no object by its value, those by where they are.
fn identical(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::JsonArray(left), Value::JsonArray(right)) => !left.is_empty() && std::ptr::eq(*left, *right),
        (Value::JsonObject(left), Value::JsonObject(right)) => std::ptr::eq(*left, *right),
        (Value::Array(left), Value::Array(right)) => same_place(left, right),
        (Value::Object(left), Value::Object(right)) => same_place(left, right),
        (left, right) if left.is_array() || right.is_array() => false,
        (left, right) if left.as_members().is_some() || right.as_members().is_some() => false,
        (left, right) => same(left, right),
    }
}

/// `&`: the texts of all parts, one after another. Nothing has no text.
///
/// # Errors
/// `D3001`, `D1001`: a number that is not finite. What the evaluation's limits raise.
pub fn concatenate<'a>(evaluation: &Evaluation<'_>, parts: &[Value<'_>]) -> Result<Value<'a>> {
    /// What a number, a boolean and the like take.
    const SHORT: usize = 8;
    let lengths = parts.iter().map(|part| part.as_str().map_or(SHORT, str::len));
    let mut text = String::with_capacity(lengths.sum());
    for part in parts {
        text::push_string(&mut text, part, false).map_err(|error| error.token(Operator::Concatenate.symbol()))?;
    }
    evaluation.allocate(text.len() as u64)?;
    Ok(text.into())
}

/// `[a..b]`: the whole numbers from `left` to `right`, as a sequence. Nothing when a side is nothing or the first is the
/// greater.
///
/// # Errors
/// `T2003`, `T2004`: a side is no whole number. `D2014`: these are more than ten million. What the evaluation's limits raise.
pub fn range<'a>(evaluation: &Evaluation<'_>, left: &Value<'_>, right: &Value<'_>) -> Result<Value<'a>> {
    const MOST: f64 = 1e7;
    let (left, right) = (bound("T2003", left)?, bound("T2004", right)?);
    let (Some(left), Some(right)) = (left, right) else { return Ok(Value::Undefined) };
    if left > right {
        return Ok(Value::Undefined);
    }
    let size = right - left + 1.0;
    if size > MOST {
        return Err(Error::new("D2014").token(Operator::Range.symbol()).value(shown(&size.into())));
    }
    if size == 1.0 {
        return Ok(Value::Number(left));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is positive, whole and small")]
    let count = size as u32;
    evaluation.step(count.into())?;
    evaluation.allocate(u64::from(count) * size_of::<Value<'_>>() as u64)?;
    let numbers = (0..count).map(|offset| Value::Number(left + f64::from(offset)));
    Ok(Array::sequence(numbers.collect()).into())
}

fn bound(code: &'static str, value: &Value<'_>) -> Result<Option<f64>> {
    match value.as_number() {
        _ if value.is_undefined() => Ok(None),
        Some(number) if number.fract() == 0.0 => Ok(Some(number)),
        _ => Err(Error::new(code).token(Operator::Range.symbol()).value(shown(value))),
    }
}

/// Whether a condition holds: what [`boolean`] says; a number that is not finite is true. Nothing is false.
#[inline]
pub fn is_true(value: &Value<'_>) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Undefined => false,
        value => boolean(value).unwrap_or(true),
    }
}

/// `$boolean`: an empty text, zero, `null`, an empty object, a function, and an array without anything that is true are
/// false. Nothing is false too. <https://docs.jsonata.org/boolean-functions#boolean>
///
/// # Errors
/// `D1001`: a number that is not finite.
pub fn boolean(value: &Value<'_>) -> Result<bool> {
    Ok(match value {
        Value::Undefined | Value::Null | Value::Function(_) => false,
        Value::Bool(value) => *value,
        Value::Number(_) | Value::Integer(_) => numeric(value)?.is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::JsonObject(members) => !members.is_empty(),
        Value::Object(object) => !object.members().is_empty(),
        Value::JsonArray(_) | Value::Array(_) => {
            let mut any = false;
            if let Some(items) = value.as_list() {
                for item in items.iter() {
                    any |= boolean(&item)?;
                }
            }
            any
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jsonata::{Object, Storage};

    #[track_caller]
    fn check(given: Result<Value<'_>>, expected: Result<Json, &str>) {
        match (given, expected) {
            (Ok(given), Ok(expected)) => assert_eq!(given.into_json().unwrap_or(json!("nothing")), expected),
            (Err(given), Err(expected)) => assert_eq!(given.code(), expected),
            (given, expected) => panic!("{given:?} instead of {expected:?}"),
        }
    }

    #[track_caller]
    fn check_both(
        operator: fn(Operator, &Value<'_>, &Value<'_>) -> Result<Value<'static>>,
        symbol: Operator,
        (left, right): (Json, Json),
        expected: Result<Json, &str>,
    ) {
        check(operator(symbol, &Value::from(&left), &Value::from(&right)), expected);
    }

    #[test]
    fn arithmetic_is_of_numbers() {
        let check = |operator, values, expected| check_both(arithmetic, operator, values, expected);
        check(Operator::Add, (json!(1), json!(2.5)), Ok(json!(3.5)));
        check(Operator::Subtract, (json!(1), json!(3)), Ok(json!(-2)));
        check(Operator::Multiply, (json!(3), json!(4)), Ok(json!(12)));
        check(Operator::Divide, (json!(1), json!(4)), Ok(json!(0.25)));
        check(Operator::Remainder, (json!(-7), json!(3)), Ok(json!(-1)));
        check(Operator::Add, (json!(9_007_199_254_740_993_i64), json!(0)), Ok(json!(9_007_199_254_740_992_i64)));
        check(Operator::Add, (json!("1"), json!("2")), Err("T2001"));
        check(Operator::Add, (json!(1), json!(null)), Err("T2002"));
    }

    #[test]
    fn nothing_and_what_is_not_finite_are_no_operands() {
        let (one, infinite) = (Value::Number(1.0), Value::Number(f64::INFINITY));
        check(arithmetic(Operator::Add, &Value::Undefined, &one), Ok(json!("nothing")));
        check(arithmetic(Operator::Add, &one, &Value::Undefined), Ok(json!("nothing")));
        check(arithmetic(Operator::Add, &Value::Undefined, &Value::Null), Err("T2002"));
        check(arithmetic(Operator::Divide, &one, &Value::Number(0.0)), Ok(json!(null)));
        check(arithmetic(Operator::Add, &infinite, &one), Err("D1001"));
        check(arithmetic(Operator::Add, &Value::Number(f64::NAN), &one), Err("T2001"));
        check(negate(&one), Ok(json!(-1)));
        check(negate(&Value::Undefined), Ok(json!("nothing")));
        check(negate(&Value::Null), Err("D1002"));
    }

    #[test]
    fn comparison_is_of_two_numbers_or_two_texts() {
        let check = |operator, values, expected| check_both(compare, operator, values, expected);
        check(Operator::Less, (json!(1), json!(2)), Ok(json!(true)));
        check(Operator::LessEqual, (json!(2), json!(2.0)), Ok(json!(true)));
        check(Operator::Greater, (json!("b"), json!("a")), Ok(json!(true)));
        check(Operator::GreaterEqual, (json!("a"), json!("ab")), Ok(json!(false)));
        check(Operator::Less, (json!(u64::MAX), json!(1)), Ok(json!(false)));
        check(Operator::Less, (json!(1), json!("2")), Err("T2009"));
        check(Operator::Less, (json!(1), json!(true)), Err("T2010"));
    }

    #[test]
    fn a_comparison_with_nothing_is_nothing() {
        let less = |left: Value<'_>, right: Value<'_>| compare(Operator::Less, &left, &right);
        check(less(Value::Undefined, Value::Number(1.0)), Ok(json!("nothing")));
        check(less(Value::Undefined, Value::Null), Err("T2010"));
        check(less(Value::Number(f64::NAN), Value::Number(1.0)), Ok(json!(false)));
    }

    #[test]
    fn equality_looks_inside() {
        let check = |left: Json, right: Json, expected: bool| {
            assert_eq!(equal(&Value::from(&left), &Value::from(&right)), expected, "{left} = {right}");
            assert_eq!(not_equal(&Value::from(&left), &Value::from(&right)), !expected, "{left} != {right}");
        };
        check(json!(1), json!(1.0), true);
        check(json!([1, {"a": 2.0}]), json!([1.0, {"a": 2}]), true);
        check(json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), true);
        check(json!({"a": 1}), json!({"a": 1, "b": 2}), false);
        check(json!([1]), json!([1, 2]), false);
        check(json!([1]), json!(1), false);
        check(json!(1), json!("1"), false);
        check(json!(null), json!(null), true);
        check(json!(false), json!(null), false);
    }

    #[test]
    fn equality_does_not_see_who_made_a_value() {
        let data = json!([1, {"a": [2]}]);
        let mut object = Object::default();
        object.insert("a", Array::new(vec![Value::Number(2.0)]).into());
        let made = Array::sequence(vec![Value::Number(1.0), object.into()]).into();
        assert!(equal(&made, &Value::from(&data)));
        assert!(equal(&Value::from(&data), &made));
        assert!(equal(&made, &made.clone()));
        assert!(!equal(&Value::Undefined, &Value::Undefined));
        assert!(!not_equal(&Value::Undefined, &Value::Null));
    }

    #[test]
    fn inclusion_is_of_values_and_of_places() {
        let data = json!({"list": ["a", 1, null, [1], {"b": 2}], "empty": []});
        let list = Value::from(&data["list"]);
        let check = |value: Value<'_>, expected: bool| assert_eq!(contains(&value, &list), expected, "{value:?}");
        check(Value::str("a"), true);
        check(Value::Number(1.0), true);
        check(Value::Null, true);
        check(Value::str("b"), false);
        check(Value::Undefined, false);
        check(Value::from(&data["list"][4]), true);
        check(Value::from(&json!({"b": 2})), false);
        assert!(contains(&Value::Number(1.0), &Value::Number(1.0)));
        assert!(!contains(&Value::Number(1.0), &Value::from(&data["empty"])));
    }

    #[test]
    fn texts_are_put_together() {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &Json::Null);
        let data = json!([1, {"a": "b"}]);
        let parts =
            [Value::str("a"), Value::Number(1.5), Value::Undefined, Value::Null, Value::Bool(true), Value::from(&data)];
        check(concatenate(&evaluation, &parts), Ok(json!("a1.5nulltrue[1,{\"a\":\"b\"}]")));
        check(concatenate(&evaluation, &[]), Ok(json!("")));
        check(concatenate(&evaluation, &[Value::Number(f64::NAN)]), Err("D3001"));
    }

    #[test]
    fn a_range_has_whole_bounds() {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &Json::Null);
        let check = |left: Json, right: Json, expected: Result<Json, &str>| {
            check(range(&evaluation, &Value::from(&left), &Value::from(&right)), expected);
        };
        check(json!(-1), json!(2), Ok(json!([-1, 0, 1, 2])));
        check(json!(1), json!(1), Ok(json!(1)));
        check(json!(2), json!(1), Ok(json!("nothing")));
        check(json!(1.5), json!(2), Err("T2003"));
        check(json!(1), json!("2"), Err("T2004"));
        check(json!(1), json!(10_000_001), Err("D2014"));
        check(json!(1), json!(1e300), Err("D2014"));
    }

    #[test]
    fn truth() {
        let check = |value: Json, expected: bool| assert_eq!(is_true(&Value::from(&value)), expected, "{value}");
        check(json!(true), true);
        check(json!(0), false);
        check(json!(-0.5), true);
        check(json!(""), false);
        check(json!("false"), true);
        check(json!(null), false);
        check(json!([]), false);
        check(json!([0, [false, [""]]]), false);
        check(json!([0, 1]), true);
        check(json!({}), false);
        check(json!({"a": null}), true);
        assert!(!is_true(&Value::Undefined));
        assert!(!is_true(&Value::Number(f64::NAN)));
        assert_eq!(boolean(&Value::Number(f64::INFINITY)).unwrap_err().code(), "D1001");
    }

    #[test]
    fn messages_tell_the_values() {
        let error = compare(Operator::Less, &Value::Number(0.1 + 0.2), &Value::str("a")).unwrap_err();
        let message =
            "The values 0.30000000000000004 and \"a\" either side of operator \"<\" must be of the same data type";
        assert_eq!(error.message(), message);
    }
}
