//! What is constructed as JSON at once.

use serde_json::{Map, Value as Json};

use super::{Item, array, count};
use crate::jsonata::functions::{higher_order, object};
use crate::jsonata::{Evaluation, Result, Value, path};

/// Puts a member into an object. What is nothing or a function is left out.
pub fn insert(members: &mut Map<String, Json>, key: &str, value: Value<'_>) {
    put(members, key, value.into_json());
}

/// Puts a member into an object. None is left out.
pub fn put(members: &mut Map<String, Json>, key: &str, json: Option<Json>) {
    if let Some(json) = json {
        members.insert(key.to_owned(), json);
    }
}

/// Adds an item of a constructor to an array: what is nothing is left out.
pub fn push_item(items: &mut Vec<Json>, value: Value<'_>) {
    if !value.is_undefined() {
        items.push(value.into_json().unwrap_or_default());
    }
}

/// Adds an item of a constructor to an array: of an array its items.
pub fn push_items(items: &mut Vec<Json>, value: Value<'_>) {
    if value.is_undefined() {
        return;
    }
    match value.into_json().unwrap_or_default() {
        Json::Array(list) => items.extend(list),
        json => items.push(json),
    }
}

/// The last step of a path, where it gives objects. `keep`: of one item too it is an array.
///
/// # Errors
/// What `f` raises. The steps of the evaluation are used up.
pub fn step_json<'a>(
    evaluation: &Evaluation<'a>,
    input: &Value<'a>,
    keep: bool,
    f: Item<'_, 'a, Option<Json>>,
) -> Result<Option<Json>> {
    count(evaluation, input)?;
    let mut made = Vec::with_capacity(input.as_list().map_or(1, |items| items.len()));
    path::step(input, true, |item| {
        add(evaluation, &mut made, f(item)?)?;
        Ok(Value::Undefined)
    })?;
    Ok(unwrapped(made, keep))
}

/// What `$map` does with an item: it gets the item, its index and what it is in.
pub type MapItem<'f, 'a> = &'f mut dyn FnMut(&Value<'a>, usize, &Value<'a>) -> Result<Option<Json>>;

/// `$map`, where the function gives objects. `keep`: of one item too it is an array.
///
/// # Errors
/// As [`step_json`].
pub fn map_json<'a>(
    evaluation: &Evaluation<'a>,
    items: &Value<'a>,
    keep: bool,
    f: MapItem<'_, 'a>,
) -> Result<Option<Json>> {
    let mut made = Vec::with_capacity(items.as_list().map_or(1, |items| items.len()));
    higher_order::map(evaluation, items, &mut |item, index, whole| {
        add(evaluation, &mut made, f(item, index, whole)?)?;
        Ok(Value::Undefined)
    })?;
    Ok(unwrapped(made, keep))
}

fn add(evaluation: &Evaluation<'_>, made: &mut Vec<Json>, json: Option<Json>) -> Result<()> {
    let Some(json) = json else { return Ok(()) };
    let members = json.as_object().map_or(0, Map::len);
    evaluation.allocate(((members + 1) * size_of::<(String, Json)>()) as u64)?;
    made.push(json);
    Ok(())
}

fn unwrapped(mut made: Vec<Json>, keep: bool) -> Option<Json> {
    match made.len() {
        0 => None,
        1 if !keep => made.pop(),
        _ => Some(Json::Array(made)),
    }
}

/// `$merge` of an array constructor, none of whose items is one.
///
/// # Errors
/// `T0412`: an item is no object. The steps and the memory of the evaluation are used up.
pub fn merge_json<'a>(evaluation: &Evaluation<'a>, items: Vec<Value<'a>>) -> Result<Json> {
    let mut merged = Map::new();
    let objects = items.iter().all(|item| item.is_undefined() || item.as_members().is_some());
    if !objects {
        // Arrays among them are rare, and whatever else is an error.
        let mut all = Vec::with_capacity(items.len());
        items.into_iter().try_for_each(|item| super::append(evaluation, &mut all, item))?;
        return Ok(object::merge(evaluation, &array(all))?.into_json().unwrap_or_default());
    }
    for item in items {
        let members = match item.into_json() {
            Some(Json::Object(members)) => members,
            _ => continue,
        };
        evaluation.step(members.len() as u64)?;
        if merged.is_empty() {
            merged = members;
        } else {
            merged.extend(members);
        }
    }
    Ok(Json::Object(merged))
}
