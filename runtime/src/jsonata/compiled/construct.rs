//! Arrays and objects of constructors.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::{Numbered, count};
use crate::jsonata::functions::count_items;
use crate::jsonata::signature::not_an_array_of;
use crate::jsonata::{Array, Evaluation, Object, Result, Value};

/// `[a, b]`, of items that are none or one each: nothing is left out.
pub fn array(mut items: Vec<Value<'_>>) -> Value<'_> {
    items.retain(|item| !item.is_undefined());
    Array::new(items).into()
}

/// As [`array`], as a step of a path that is not flattened.
pub fn constructed(mut items: Vec<Value<'_>>) -> Value<'_> {
    items.retain(|item| !item.is_undefined());
    let mut array = Array::new(items);
    array.constructed = true;
    array.into()
}

/// Adds an item of a constructor: of an array its items.
pub fn append<'a>(items: &mut Vec<Value<'a>>, value: Value<'a>) {
    match value.as_list() {
        Some(list) => items.extend(list.iter()),
        None => items.push(value),
    }
}

/// `{key: value}` with keys that are all different: what is nothing is left out.
pub fn object<'a>(members: &mut [(&'static str, Value<'a>)]) -> Value<'a> {
    let mut object = Object::with_capacity(members.len());
    for (key, value) in members {
        if !value.is_undefined() {
            object.push_new((*key).into(), std::mem::take(value));
        }
    }
    object.into()
}

/// As [`object`], of values that are made from the context.
///
/// # Errors
/// What `value` raises. The steps of the evaluation are used up.
pub fn object_of<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    keys: &[&'static str],
    value: Numbered<'_, 'a>,
) -> Result<Value<'a>> {
    count(evaluation, context)?;
    let context = context_of_all(context);
    let mut object = Object::with_capacity(keys.len());
    for (pair, key) in keys.iter().enumerate() {
        let value = value(pair, &context)?;
        if !value.is_undefined() {
            object.push_new((*key).into(), value);
        }
    }
    Ok(object.into())
}

/// The items of the context as one group: each key is the same for all of them. One item is that item, several are one array,
/// in which those that are arrays are flattened.
fn context_of_all<'a>(context: &Value<'a>) -> Value<'a> {
    let Some(items) = context.as_list() else { return context.clone() };
    if items.len() <= 1 {
        return items.get(0).unwrap_or_default();
    }
    let mut all = Vec::with_capacity(items.len());
    items.iter().for_each(|item| append(&mut all, item));
    Array::new(all).into()
}

/// Puts a member into an object that is made as JSON. What is nothing or a function is left out.
pub fn insert(members: &mut Map<String, Json>, key: &str, value: Value<'_>) {
    if let Some(json) = value.into_json() {
        members.insert(key.to_owned(), json);
    }
}

/// Adds an item of a constructor to an array that is made as JSON: of an array its items.
pub fn extend(items: &mut Vec<Json>, value: Value<'_>) {
    match value.into_json() {
        Some(Json::Array(list)) => items.extend(list),
        Some(json) => items.push(json),
        None => {}
    }
}

/// `$merge([a, b])` as JSON, of items that are no array constructors.
///
/// # Errors
/// `T0412`: an item is no object.
pub fn merge_json<'a>(evaluation: &Evaluation<'a>, items: &mut [Value<'a>]) -> Result<Json> {
    let mut merged = Map::new();
    for item in items {
        match std::mem::take(item) {
            Value::Undefined => {}
            array @ (Value::JsonArray(_) | Value::Array(_)) => {
                let Some(list) = array.as_list() else { continue };
                list.iter().try_for_each(|item| merge(evaluation, &mut merged, item))?;
            }
            item => merge(evaluation, &mut merged, item)?,
        }
    }
    Ok(Json::Object(merged))
}

fn merge<'a>(evaluation: &Evaluation<'a>, merged: &mut Map<String, Json>, object: Value<'a>) -> Result<()> {
    let count = object.as_members().map_or(0, |members| members.len());
    count_items(evaluation, 2 * count)?;
    match object {
        Value::JsonObject(members) if merged.is_empty() => *merged = members.clone(),
        Value::JsonObject(members) => {
            merged.extend(members.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        Value::Object(object) => {
            let members = Rc::try_unwrap(object).map_or_else(|object| object.members().to_vec(), Object::into_members);
            // No member is a function: generated code has none as a value.
            let members = members.into_iter().filter_map(|(name, value)| Some((name.into_owned(), value.into_json()?)));
            merged.extend(members);
        }
        _ => return Err(not_an_array_of("merge", 1, Some("objects"))),
    }
    Ok(())
}
