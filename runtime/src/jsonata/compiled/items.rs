//! The functions that take a function, over closures.

use super::{count, mismatch};
use crate::jsonata::sort::sort_by;
use crate::jsonata::{Array, Error, Evaluation, List, Object, Result, Sequence, Value, operators};

/// What is done with an item: it gets the item, its index or its name, and what it is in.
pub type Visit<'f, 'a, T> = &'f mut dyn FnMut(&Value<'a>, &Value<'a>, &Value<'a>) -> Result<T>;

/// `$map`. The result is not yet unwrapped.
///
/// # Errors
/// What `f` raises. The steps of the evaluation are used up.
pub fn map<'a>(evaluation: &Evaluation<'a>, items: &Value<'a>, f: Visit<'_, 'a, Value<'a>>) -> Result<Value<'a>> {
    let mut given = Sequence::new();
    each_item(evaluation, items, &mut |item, index, whole| {
        let value = f(item, index, whole)?;
        if !value.is_undefined() {
            given.push(value);
        }
        Ok(())
    })?;
    Ok(given.unfinished())
}

/// `$filter`. The result is not yet unwrapped.
///
/// # Errors
/// As [`map`].
pub fn filter_items<'a>(evaluation: &Evaluation<'a>, items: &Value<'a>, f: Visit<'_, 'a, bool>) -> Result<Value<'a>> {
    let mut given = Sequence::new();
    each_item(evaluation, items, &mut |item, index, whole| {
        if f(item, index, whole)? {
            given.push(item.clone());
        }
        Ok(())
    })?;
    Ok(given.unfinished())
}

/// `$single`.
///
/// # Errors
/// As [`map`]. `D3138`, `D3139`: there are several such items, or none.
pub fn single<'a>(evaluation: &Evaluation<'a>, items: &Value<'a>, f: Visit<'_, 'a, bool>) -> Result<Value<'a>> {
    if items.is_undefined() {
        return Ok(Value::Undefined);
    }
    let mut found = None;
    let mut place = 0;
    each_item(evaluation, items, &mut |item, index, whole| {
        if f(item, index, whole)? && found.replace(item.clone()).is_some() {
            return Err(Error::new("D3138").token("single").index(place));
        }
        place += 1;
        Ok(())
    })?;
    found.ok_or_else(|| Error::new("D3139").token("single"))
}

/// `$reduce`; `first` is nothing when there is no such argument.
///
/// # Errors
/// As [`map`].
pub fn reduce<'a>(
    evaluation: &Evaluation<'a>,
    items: &Value<'a>,
    first: Value<'a>,
    f: &mut dyn FnMut(&Value<'a>, &Value<'a>, &Value<'a>, &Value<'a>) -> Result<Value<'a>>,
) -> Result<Value<'a>> {
    if items.is_undefined() {
        return Ok(Value::Undefined);
    }
    let mut begun = !first.is_undefined();
    let mut reduced = first;
    each_item(evaluation, items, &mut |item, index, whole| {
        reduced = if begun { f(&reduced, item, index, whole)? } else { item.clone() };
        begun = true;
        Ok(())
    })?;
    Ok(reduced)
}

/// `$each`. The result is not yet unwrapped.
///
/// # Errors
/// As [`map`]. `T0410`: it is no object.
pub fn each<'a>(evaluation: &Evaluation<'a>, object: &Value<'a>, f: Visit<'_, 'a, Value<'a>>) -> Result<Value<'a>> {
    let mut given = Sequence::new();
    each_member(evaluation, "each", object, &mut |value, name, whole| {
        let value = f(value, name, whole)?;
        if !value.is_undefined() {
            given.push(value);
        }
        Ok(())
    })?;
    Ok(given.unfinished())
}

/// `$sift`.
///
/// # Errors
/// As [`each`].
pub fn sift<'a>(evaluation: &Evaluation<'a>, object: &Value<'a>, f: Visit<'_, 'a, bool>) -> Result<Value<'a>> {
    let mut sifted = Object::default();
    each_member(evaluation, "sift", object, &mut |value, name, whole| {
        if f(value, name, whole)?
            && let Value::String(name) = name
        {
            sifted.insert(name.clone(), value.clone());
        }
        Ok(())
    })?;
    Ok(if sifted.members().is_empty() { Value::Undefined } else { sifted.into() })
}

/// `$sort`: `f` says whether the left item comes after the right one.
///
/// # Errors
/// As [`map`].
pub fn sort_items<'a>(
    evaluation: &Evaluation<'a>,
    items: &Value<'a>,
    f: &mut dyn FnMut(&Value<'a>, &Value<'a>) -> Result<Value<'a>>,
) -> Result<Value<'a>> {
    let Some(list) = items.as_list() else {
        return Ok(if items.is_undefined() { Value::Undefined } else { Array::new(vec![items.clone()]).into() });
    };
    if list.len() <= 1 {
        return Ok(items.clone());
    }
    let sorted = sort_by(evaluation, list.iter().collect(), |left, right| {
        // As JavaScript takes it for true.
        Ok(match f(left, right)? {
            Value::JsonArray(_) | Value::JsonObject(_) | Value::Array(_) | Value::Object(_) | Value::Function(_) => true,
            value => operators::is_true(&value),
        })
    })?;
    Ok(Array::new(sorted).into())
}

/// Calls `f` with each item of an array, or with the value.
fn each_item<'a>(evaluation: &Evaluation<'a>, items: &Value<'a>, f: Visit<'_, 'a, ()>) -> Result<()> {
    if items.is_undefined() {
        return Ok(());
    }
    count(evaluation, items)?;
    let Some(list) = items.as_list() else {
        let whole = Array::new(vec![items.clone()]).into();
        return f(items, &Value::Number(0.0), &whole);
    };
    let mut index = 0.0;
    let mut visit = |item: &Value<'a>| {
        let done = f(item, &Value::Number(index), items);
        index += 1.0;
        done
    };
    match list {
        List::Json(list) => list.iter().try_for_each(|item| visit(&item.into())),
        List::Made(list) => list.iter().try_for_each(visit),
    }
}

/// Calls `f` with each member of an object.
fn each_member<'a>(
    evaluation: &Evaluation<'a>,
    function: &str,
    object: &Value<'a>,
    f: Visit<'_, 'a, ()>,
) -> Result<()> {
    if object.is_undefined() {
        return Ok(());
    }
    let Some(members) = object.as_members() else { return Err(mismatch(function, 1)) };
    evaluation.step(u64::try_from(members.len()).unwrap_or(u64::MAX))?;
    members.for_each(|name, value| f(&value, &Value::String(name), object))
}
