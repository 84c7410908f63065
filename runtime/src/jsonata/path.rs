//! The steps of paths. <https://docs.jsonata.org/path-operators>
//!
//! A step is applied to each item that the step before gave, and what it gives for them is one sequence, flattened by one
//! level. Within a path such a sequence is not yet unwrapped: nothing is an empty one, and a value that is no array stands
//! for a sequence of that value, so that the usual path allocates nothing. [`singleton`] ends a path.

use std::convert::Infallible;

use serde_json::Value as Json;

use super::operators::{boolean, numeric};
use super::sequence::{Sequence, one};
use super::value::object::member;
use super::{Array, Result, Value};

/// The value of a field. Of an array it is the values of its items' fields, flattened.
#[inline]
pub fn name<'a>(value: &Value<'a>, name: &str) -> Value<'a> {
    match value {
        Value::JsonObject(members) => member(members, name).map_or(Value::Undefined, Value::from),
        Value::Object(object) => object.get(name).cloned().unwrap_or_default(),
        Value::JsonArray(_) | Value::Array(_) => {
            let mut found = Sequence::new();
            look_up(value, name, &mut found);
            found.finish(false)
        }
        _ => Value::Undefined,
    }
}

/// Adds the fields of an array's items. Each level of arrays in it flattens what it found once more, and because flattening
/// leaves out nothing but levels, what is found in an inner array can be added at once.
fn look_up<'a>(value: &Value<'a>, name: &str, found: &mut Sequence<'a>) {
    match value {
        Value::JsonArray(items) => items.iter().for_each(|item| look_up(&item.into(), name, found)),
        Value::Array(array) => array.items().iter().for_each(|item| look_up(item, name, found)),
        Value::JsonObject(members) => {
            if let Some(member) = member(members, name) {
                add(member.into(), found);
            }
        }
        Value::Object(object) => {
            if let Some(member) = object.get(name) {
                add(member.clone(), found);
            }
        }
        _ => {}
    }
}

/// Adds the items of an array, whoever made it, or the value.
fn add<'a>(value: Value<'a>, found: &mut Sequence<'a>) {
    match &value {
        Value::Array(array) => array.items().iter().for_each(|item| found.push(item.clone())),
        _ => found.append(value),
    }
}

/// What the path of these names gives: each is a step, the first is applied to what the value's variable or expression gave.
#[inline]
pub fn names<'a>(value: &Value<'a>, path: &[&str]) -> Value<'a> {
    let Value::JsonObject(members) = value else { return general_names(value, path) };
    let Some((first, path)) = path.split_first() else { return value.clone() };
    let Some(mut current) = member(members, first) else { return Value::Undefined };
    let mut path = path.iter();
    while let Some(name) = path.next() {
        match current {
            Json::Object(members) => match member(members, name) {
                Some(member) => current = member,
                None => return Value::Undefined,
            },
            Json::Array(_) => {
                let mut rest = Vec::with_capacity(path.len() + 1);
                rest.push(*name);
                rest.extend(path);
                return general_names(&current.into(), &rest);
            }
            _ => return Value::Undefined,
        }
    }
    current.into()
}

fn general_names<'a>(value: &Value<'a>, path: &[&str]) -> Value<'a> {
    let mut current = match value {
        Value::Array(array) if array.constructed => one(value.clone()),
        value => value.clone(),
    };
    for (index, step_name) in path.iter().enumerate() {
        let last = index + 1 == path.len();
        let Ok(next) = map(&current, last, |item| Ok::<_, Infallible>(name(item, step_name)));
        current = next;
    }
    singleton(current, false)
}

/// `*`: the values of an object's members or an array's items; of those that are arrays all items, flattened to the ground.
/// The result is not yet unwrapped; also one of no values and one of one value is a sequence.
pub fn wildcard<'a>(value: &Value<'a>) -> Value<'a> {
    let mut found = Sequence::new();
    let mut arrays = false;
    let mut visit = |value: Value<'a>| {
        arrays |= value.is_array();
        flatten(value, &mut found);
    };
    if let Some(items) = value.as_list() {
        items.iter().for_each(&mut visit);
    } else if let Some(members) = value.as_members() {
        let Ok(()) = members.for_each(|_, value| {
            visit(value);
            Ok::<_, Infallible>(())
        });
    }
    // With an array among them it is an array, and stays one.
    if arrays { Array::new(found.into_items()).into() } else { found.into_array() }
}

fn flatten<'a>(value: Value<'a>, found: &mut Sequence<'a>) {
    match value.as_list() {
        Some(items) => items.iter().for_each(|item| flatten(item, found)),
        None => found.push(value),
    }
}

/// `**`: the value and all that is in it, but for the arrays themselves.
pub fn descendants<'a>(value: &Value<'a>) -> Value<'a> {
    let mut found = Sequence::new();
    if !value.is_undefined() {
        descend(value.clone(), &mut found);
    }
    found.finish(false)
}

fn descend<'a>(value: Value<'a>, found: &mut Sequence<'a>) {
    if let Some(items) = value.as_list() {
        return items.iter().for_each(|item| descend(item, found));
    }
    found.push(value.clone());
    if let Some(members) = value.as_members() {
        let Ok(()) = members.for_each(|_, value| {
            descend(value, found);
            Ok::<_, Infallible>(())
        });
    }
}

/// One step: `f` is called with each item of what the step before gave, in order; with nothing it is not called. `last` says
/// that it is the path's last step: an array that it gives for a single item stays as it is.
///
/// The result is not yet unwrapped: the next step or [`filter`] takes it as it is, and [`singleton`] ends the path.
///
/// # Errors
/// What `f` raises.
#[inline]
pub fn step<'a>(input: &Value<'a>, last: bool, f: impl FnMut(&Value<'a>) -> Result<Value<'a>>) -> Result<Value<'a>> {
    map(input, last, f)
}

fn map<'a, E>(
    input: &Value<'a>,
    last: bool,
    mut f: impl FnMut(&Value<'a>) -> Result<Value<'a>, E>,
) -> Result<Value<'a>, E> {
    let mut given = Given::default();
    match input {
        Value::Undefined => {}
        Value::JsonArray(items) => {
            for item in *items {
                given.add(f(&item.into())?, items.len());
            }
        }
        Value::Array(array) => {
            for item in array.items() {
                given.add(f(item)?, array.items().len());
            }
        }
        input => given.add(f(input)?, 1),
    }
    Ok(given.finish(last))
}

/// For how many values there is room from the second one on: a step may give nothing for all other items.
const FEW: usize = 64;

/// What a step gave so far.
#[derive(Default)]
struct Given<'a> {
    /// The only value, while there is no second one.
    only: Value<'a>,
    all: Option<Sequence<'a>>,
}

impl<'a> Given<'a> {
    #[inline]
    fn add(&mut self, value: Value<'a>, expected: usize) {
        if value.is_undefined() {
            return;
        }
        match &mut self.all {
            Some(all) => all.append(value),
            None if self.only.is_undefined() => self.only = value,
            None => {
                let mut all = Sequence::with_capacity(expected.min(FEW));
                all.append(std::mem::take(&mut self.only));
                all.append(value);
                self.all = Some(all);
            }
        }
    }

    #[inline]
    fn finish(self, last: bool) -> Value<'a> {
        match self.all {
            Some(all) => all.unfinished(),
            None => match self.only {
                Value::JsonArray(_) if last => self.only,
                Value::Array(array) if last && !array.sequence => Value::Array(array),
                Value::JsonArray(items) => match items {
                    [] => Value::Undefined,
                    [item] => one(item.into()),
                    items => Value::JsonArray(items),
                },
                Value::Array(array) if array.constructed => one(Value::Array(array)),
                Value::Array(array) => match array.items() {
                    [] => Value::Undefined,
                    [item] => one(item.clone()),
                    _ => Value::Array(array),
                },
                only => only,
            },
        }
    }
}

/// Ends a path: a sequence of no values is nothing, and one of one value is that value unless it is to be kept, because a
/// `[]` is behind one of the steps. An array that is no sequence stays what it is.
#[inline]
pub fn singleton(value: Value<'_>, keep: bool) -> Value<'_> {
    match value {
        Value::Undefined | Value::JsonArray(_) => value,
        Value::Array(array) if keep && array.constructed && !array.sequence => kept(vec![Value::Array(array)]),
        Value::Array(_) => unwrapped(value, keep),
        value if keep => kept(vec![value]),
        value => value,
    }
}

/// What an expression gives that is no path, such as a call: as [`singleton`], but a value that is no sequence stays what it
/// is, also with a `[]` behind it.
#[inline]
pub fn unwrapped(value: Value<'_>, keep: bool) -> Value<'_> {
    match value {
        Value::Array(array) if array.sequence => match array.items() {
            [] => Value::Undefined,
            [item] if !keep && !array.keep_singleton => item.clone(),
            [_] if !array.keep_singleton => kept(array.items().to_vec()),
            _ => Value::Array(array),
        },
        value => value,
    }
}

/// A sequence that stays one.
fn kept(items: Vec<Value<'_>>) -> Value<'_> {
    let mut array = Array::sequence(items);
    array.keep_singleton = true;
    array.into()
}

/// A predicate: `f` is called with each item and its place. A number it gives selects the item of this place, from the end
/// when it is negative; so do the numbers of an array; of any other value it counts whether it is true.
///
/// As a step's result, this result is not yet unwrapped.
///
/// # Errors
/// What `f` raises. `D1001`: a number that is not finite.
pub fn filter<'a>(input: &Value<'a>, mut f: impl FnMut(&Value<'a>, usize) -> Result<Value<'a>>) -> Result<Value<'a>> {
    let mut selected = Sequence::new();
    match input {
        Value::JsonArray(items) => {
            for (index, item) in items.iter().enumerate() {
                let item = Value::from(item);
                for _ in 0..times(&f(&item, index)?, index, items.len())? {
                    selected.push(item.clone());
                }
            }
        }
        Value::Array(array) => {
            let items = array.items();
            for (index, item) in items.iter().enumerate() {
                for _ in 0..times(&f(item, index)?, index, items.len())? {
                    selected.push(item.clone());
                }
            }
        }
        input => {
            for _ in 0..times(&f(input, 0)?, 0, 1)? {
                selected.push(input.clone());
            }
        }
    }
    Ok(selected.unfinished())
}

/// How often a predicate that gave `result` for the item at `index` selects it.
#[inline]
fn times(result: &Value<'_>, index: usize, len: usize) -> Result<usize> {
    match result {
        Value::Bool(selected) => Ok(usize::from(*selected)),
        Value::Undefined | Value::Null => Ok(0),
        result => times_of_other(result, index, len),
    }
}

fn times_of_other(result: &Value<'_>, index: usize, len: usize) -> Result<usize> {
    if let Some(number) = numeric(result)? {
        return Ok(usize::from(place(number, len) == Some(index)));
    }
    if let Some(items) = result.as_list() {
        let mut times = 0;
        let mut numbers = true;
        for item in items.iter() {
            match numeric(&item)? {
                Some(number) => times += usize::from(place(number, len) == Some(index)),
                None => numbers = false,
            }
        }
        if numbers {
            return Ok(times);
        }
    }
    Ok(usize::from(boolean(result)?))
}

/// The place that a number speaks of, in an array of `len` items: it is rounded down, and a negative one counts from the end.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is in range"
)]
pub(super) fn place(number: f64, len: usize) -> Option<usize> {
    let number = number.floor();
    let place = if number < 0.0 { number + len as f64 } else { number };
    (0.0 <= place && place < len as f64).then_some(place as usize)
}

/// The predicate of a literal number: the item of this place, from the end when it is negative. Not yet unwrapped.
pub fn index<'a>(value: &Value<'a>, number: f64) -> Value<'a> {
    match value.as_list() {
        Some(items) => place(number, items.len()).and_then(|place| items.get(place)).unwrap_or_default(),
        None if place(number, 1).is_some() => value.clone(),
        None => Value::Undefined,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::jsonata::Object;

    #[track_caller]
    fn check(given: Value<'_>, expected: Json) {
        assert_eq!(given.into_json().unwrap_or(json!("nothing")), expected);
    }

    /// The path by look-ups, step by step, and over a copy of the data that an evaluation made.
    #[track_caller]
    fn check_names(data: Json, path: &str, expected: Json) {
        let path: Vec<&str> = path.split('.').collect();
        let value = Value::from(&data);
        check(names(&value, &path), expected.clone());
        check(names(&made(&data), &path), expected.clone());
        let mut current = value;
        for (index, field) in path.iter().enumerate() {
            current = step(&current, index + 1 == path.len(), |item| Ok(name(item, field))).unwrap();
        }
        check(singleton(current, false), expected);
    }

    fn made(json: &Json) -> Value<'_> {
        match json {
            Json::Array(items) => Array::new(items.iter().map(made).collect()).into(),
            Json::Object(members) => {
                let mut object = Object::default();
                members.iter().for_each(|(name, value)| object.insert(name.as_str(), made(value)));
                object.into()
            }
            json => json.into(),
        }
    }

    #[test]
    fn a_path_of_names_selects() {
        check_names(json!({"a": {"b": 1}}), "a.b", json!(1));
        check_names(json!({"a": {"b": null}}), "a.b", json!(null));
        check_names(json!({"a": {"b": 1}}), "a.c", json!("nothing"));
        check_names(json!({"a": "text"}), "a.b", json!("nothing"));
        check_names(json!({"a": {"b": []}}), "a.b", json!([]));
        check_names(json!({"a": []}), "a.b", json!("nothing"));
        check_names(json!("text"), "a", json!("nothing"));
    }

    #[test]
    fn arrays_are_flattened_on_the_way() {
        check_names(json!({"a": [{"b": 1}, {"b": 2}, {}]}), "a.b", json!([1, 2]));
        check_names(json!({"a": [{"b": [1, 2]}, {"b": 3}]}), "a.b", json!([1, 2, 3]));
        check_names(json!({"a": [{"b": [[1], 2]}, {"b": 3}]}), "a.b", json!([[1], 2, 3]));
        check_names(json!({"a": [{"b": {"c": 1}}, {"b": [{"c": 2}]}]}), "a.b.c", json!([1, 2]));
    }

    #[test]
    fn an_array_that_one_item_gives_stays() {
        check_names(json!({"a": [{"b": [1]}]}), "a.b", json!([1]));
        check_names(json!({"a": [{"b": []}]}), "a.b", json!([]));
        check_names(json!({"a": [{"b": []}, {"b": []}]}), "a.b", json!("nothing"));
        check_names(json!({"a": [[{"b": [1]}]]}), "a.b", json!(1));
        check_names(json!({"a": [[{"b": [{"c": [1]}]}]]}), "a.b.c", json!([1]));
        check_names(json!([{"a": [1]}]), "a", json!([1]));
    }

    #[track_caller]
    fn check_filter(data: Json, predicate: Json, expected: Json) {
        let value = Value::from(&data);
        let filtered = filter(&value, |_, _| Ok(Value::from(&predicate))).unwrap();
        check(singleton(filtered, false), expected);
    }

    #[test]
    fn numbers_select_places() {
        check_filter(json!([1, 2, 3]), json!(0), json!(1));
        check_filter(json!([1, 2, 3]), json!(-1), json!(3));
        check_filter(json!([1, 2, 3]), json!(1.9), json!(2));
        check_filter(json!([1, 2, 3]), json!(-1.5), json!(2));
        check_filter(json!([1, 2, 3]), json!(3), json!("nothing"));
        check_filter(json!([1, 2, 3]), json!([0, -1]), json!([1, 3]));
        check_filter(json!([1, 2, 3]), json!([1, 1]), json!([2, 2]));
        check_filter(json!([1, 2, 3]), json!([]), json!("nothing"));
        check_filter(json!(5), json!(0), json!(5));
        check_filter(json!(5), json!(-1), json!(5));
        check_filter(json!(5), json!(1), json!("nothing"));
    }

    #[test]
    fn other_values_select_when_they_are_true() {
        check_filter(json!([1, 2]), json!(true), json!([1, 2]));
        check_filter(json!([1, 2]), json!(null), json!("nothing"));
        check_filter(json!([1, 2]), json!("x"), json!([1, 2]));
        check_filter(json!([1, 2]), json!([0, "x"]), json!([1, 2]));
        check_filter(json!([[1, 2], 3]), json!(0), json!([1, 2]));
    }

    #[test]
    fn what_is_not_finite_selects_nothing() {
        let filtered = filter(&Value::Null, |_, _| Ok(Value::Number(f64::INFINITY)));
        assert_eq!(filtered.unwrap_err().code(), "D1001");
    }

    #[test]
    fn a_literal_index_gives_the_item() {
        let data = json!([[1], 2]);
        check(index(&Value::from(&data), 0.0), json!([1]));
        check(index(&Value::from(&data), -1.0), json!(2));
        check(index(&Value::from(&data), 2.0), json!("nothing"));
        check(index(&Value::Null, 0.0), json!(null));
        check(index(&Value::Null, 1.0), json!("nothing"));
        check(index(&Value::Undefined, 0.0), json!("nothing"));
    }

    #[track_caller]
    fn check_wildcard(data: Json, expected: Json) {
        check(unwrapped(wildcard(&Value::from(&data)), false), expected);
    }

    #[test]
    fn the_wildcard_flattens_arrays_to_the_ground() {
        check_wildcard(json!({"a": 1}), json!(1));
        check_wildcard(json!({"a": [1]}), json!([1]));
        check_wildcard(json!({"a": []}), json!([]));
        check_wildcard(json!({"a": [[1, [2]]], "b": 3}), json!([1, 2, 3]));
        check_wildcard(json!([1, [2, 3]]), json!([1, 2, 3]));
        check_wildcard(json!("text"), json!("nothing"));
    }

    #[test]
    fn descendants_are_all_values_but_arrays() {
        check(descendants(&Value::from(&json!({"a": [1, {"b": 2}]}))), json!([{"a": [1, {"b": 2}]}, 1, {"b": 2}, 2]));
        check(descendants(&Value::from(&json!([[1]]))), json!(1));
        check(descendants(&Value::from(&json!([]))), json!("nothing"));
        check(descendants(&Value::Undefined), json!("nothing"));
    }

    #[test]
    fn one_value_can_be_kept() {
        check(singleton(Value::Null, true), json!([null]));
        check(singleton(Value::Undefined, true), json!("nothing"));
        check(singleton(singleton(Value::Null, true), false), json!([null]));
        check(unwrapped(Value::Null, true), json!(null));
        check(unwrapped(Array::sequence(vec![Value::Null]).into(), true), json!([null]));
        check(unwrapped(Array::sequence(vec![Value::Null]).into(), false), json!(null));
        check(unwrapped(Array::new(vec![Value::Null]).into(), false), json!([null]));
        let mut array = Array::new(vec![Value::Null]);
        array.constructed = true;
        check(singleton(array.into(), true), json!([[null]]));
    }

    #[test]
    fn a_step_is_not_applied_to_nothing() {
        let given = step(&Value::Undefined, true, |_| Ok(Value::Null)).unwrap();
        assert!(given.is_undefined());
    }
}
