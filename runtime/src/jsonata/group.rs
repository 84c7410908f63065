//! Object constructors and grouping. <https://docs.jsonata.org/sorting-grouping>, `construction`

use std::borrow::Cow;

use super::text::shown;
use super::value::object::Table;
use super::{Array, Error, Evaluation, Object, Result, Value};

/// `{k: v}`: `key(pair, item)` is called with each pair for each item, and items whose keys are the same are one group; then
/// `value(pair, items)` is called once for each group, with the item when it is one, else with an array of them. A key or a
/// value that is nothing has no member. Without items there is one that is nothing, so that an object of constants can be
/// written anywhere.
///
/// # Errors
/// `T1003`: a key is no string. `D1009`: two pairs have the same key. What `key`, `value` and the evaluation's limits raise.
pub fn group<'a>(
    evaluation: &Evaluation<'_>,
    input: &Value<'a>,
    pairs: usize,
    mut key: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
    mut value: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
) -> Result<Value<'a>> {
    let mut groups = Table::with_capacity(pairs);
    let mut add = |item: &Value<'a>| -> Result<()> {
        evaluation.step(pairs as u64)?;
        for pair in 0..pairs {
            match key(pair, item)? {
                Value::Undefined => {}
                Value::String(name) => put(&mut groups, name, pair, item)?,
                key => return Err(Error::new("T1003").value(shown(&key))),
            }
        }
        Ok(())
    };
    match input.as_list() {
        Some(items) if items.is_empty() => add(&Value::Undefined)?,
        Some(items) => items.iter().try_for_each(|item| add(&item))?,
        None => add(input)?,
    }
    let groups = groups.into_entries();
    let mut object = Object::with_capacity(groups.len());
    for (name, Group { pair, items }) in groups {
        let value = match items {
            Items::One(item) => value(pair, &item)?,
            Items::Many(items) => value(pair, &Array::new(items).into())?,
        };
        if !value.is_undefined() {
            object.push_new(name, value);
        }
    }
    Ok(object.into())
}

struct Group<'a> {
    pair: usize,
    items: Items<'a>,
}

enum Items<'a> {
    One(Value<'a>),
    Many(Vec<Value<'a>>),
}

fn put<'a>(groups: &mut Table<'a, Group<'a>>, name: Cow<'a, str>, pair: usize, item: &Value<'a>) -> Result<()> {
    match groups.get_mut(&name) {
        None => groups.push(name, Group { pair, items: Items::One(item.clone()) }),
        Some(group) if group.pair != pair => return Err(Error::new("D1009").value(shown(&Value::String(name)))),
        Some(group) => group.items.append(item),
    }
    Ok(())
}

impl<'a> Items<'a> {
    /// Adds an item, or the items of one that is an array.
    fn append(&mut self, item: &Value<'a>) {
        if let Self::One(first) = self {
            match std::mem::take(first) {
                Value::Undefined => return *first = item.clone(),
                first => *self = Self::Many(items_of(&first)),
            }
        }
        if let Self::Many(items) = self {
            match item.as_list() {
                _ if item.is_undefined() => {}
                Some(more) => items.extend(more.iter()),
                None => items.push(item.clone()),
            }
        }
    }
}

fn items_of<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
    match value.as_list() {
        Some(items) => items.iter().collect(),
        None => vec![value.clone()],
    }
}
