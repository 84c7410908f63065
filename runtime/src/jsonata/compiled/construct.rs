//! Arrays and objects of constructors.

use std::rc::Rc;

use super::count;
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
///
/// # Errors
/// The memory of the evaluation is used up.
pub fn append<'a>(evaluation: &Evaluation<'a>, items: &mut Vec<Value<'a>>, value: Value<'a>) -> Result<()> {
    let value = match value {
        // It is taken over, such as a range that is the only item.
        Value::Array(array) if items.is_empty() => match Rc::try_unwrap(array) {
            Ok(array) => {
                *items = array.into_items();
                return Ok(());
            }
            Err(array) => Value::Array(array),
        },
        value => value,
    };
    match value.as_list() {
        Some(list) => {
            evaluation.allocate((list.len() * size_of::<Value<'_>>()) as u64)?;
            items.extend(list.iter());
        }
        None => items.push(value),
    }
    Ok(())
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

/// The context of an object whose keys are the same for each item of the context: one item is that item, several are one
/// array, in which those that are arrays are flattened.
///
/// # Errors
/// The steps of the evaluation are used up.
pub fn whole<'a>(evaluation: &Evaluation<'a>, context: &Value<'a>) -> Result<Value<'a>> {
    let Some(items) = context.as_list() else { return Ok(context.clone()) };
    count(evaluation, context)?;
    if items.len() <= 1 {
        return Ok(items.get(0).unwrap_or_default());
    }
    let mut all = Vec::with_capacity(items.len());
    items.iter().try_for_each(|item| append(evaluation, &mut all, item))?;
    Ok(Array::new(all).into())
}
