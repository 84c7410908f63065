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
    key: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
    value: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
) -> Result<Value<'a>> {
    let mut object = Object::default();
    each(evaluation, input, pairs, key, value, |name, value| object.push_new(name, value))?;
    Ok(object.into())
}

/// As [`group`], with `visit` called for each member in order.
///
/// # Errors
/// As [`group`].
pub(super) fn each<'a>(
    evaluation: &Evaluation<'_>,
    input: &Value<'a>,
    pairs: usize,
    mut key: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
    mut value: impl FnMut(usize, &Value<'a>) -> Result<Value<'a>>,
    mut visit: impl FnMut(Cow<'a, str>, Value<'a>),
) -> Result<()> {
    let mut groups = Table::with_capacity(pairs.max(FEW));
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
    for (name, Group { pair, items }) in groups.into_entries() {
        let value = match items {
            Items::One(item) => value(pair, &item)?,
            Items::Many(items) => value(pair, &Array::new(items).into())?,
        };
        if !value.is_undefined() {
            visit(name, value);
        }
    }
    Ok(())
}

/// For how many groups, and how many items of a group of several, there is room from the beginning.
const FEW: usize = 8;

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
    let mut items = Vec::with_capacity(value.as_list().map_or(FEW, |items| items.len() + FEW));
    match value.as_list() {
        Some(list) => items.extend(list.iter()),
        None => items.push(value.clone()),
    }
    items
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::jsonata::{Storage, path};

    /// Groups by pairs of fields; `'x'` is a constant and `$` the items.
    #[track_caller]
    fn check(input: Json, pairs: &[(&'static str, &'static str)], expected: Result<Json, &str>) {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &Json::Null);
        let read = |field: &'static str, item: &Value<'_>| match field.strip_prefix('\'') {
            Some(constant) => Ok(Value::str(constant.trim_end_matches('\'')).into_json()),
            None if field == "$" => Ok(item.clone().into_json()),
            None => Ok(path::name(item, field).into_json()),
        };
        let kept = |json: Option<Json>| json.map_or(Value::Undefined, |json| Value::from(&*Box::leak(Box::new(json))));
        let input = Value::from(&*Box::leak(Box::new(input)));
        let given = group(
            &evaluation,
            &input,
            pairs.len(),
            |pair, item| read(pairs[pair].0, item).map(kept),
            |pair, item| read(pairs[pair].1, item).map(kept),
        );
        let given = given.map(|object| object.into_json().unwrap());
        assert_eq!(given.as_ref().map_err(Error::code), expected.as_ref().map_err(|code| *code));
    }

    #[test]
    fn items_of_one_key_are_one_group() {
        let items = json!([{"k": "x", "v": 1}, {"k": "x", "v": 2}, {"k": "y", "v": 3}, {"v": 4}]);
        check(items.clone(), &[("k", "v")], Ok(json!({"x": [1, 2], "y": 3})));
        check(
            items,
            &[("k", "$")],
            Ok(json!({"x": [{"k": "x", "v": 1}, {"k": "x", "v": 2}], "y": {"k": "y", "v": 3}})),
        );
    }

    #[test]
    fn arrays_of_one_group_are_flattened() {
        check(json!([[1], [2, [3]]]), &[("'a'", "$")], Ok(json!({"a": [1, 2, [3]]})));
        check(json!([[1]]), &[("'a'", "$")], Ok(json!({"a": [1]})));
    }

    #[test]
    fn constants_need_no_items() {
        check(json!([]), &[("'a'", "'b'"), ("'c'", "'d'")], Ok(json!({"a": "b", "c": "d"})));
        check(json!([]), &[("'a'", "$")], Ok(json!({})));
        check(json!(1), &[("'a'", "$")], Ok(json!({"a": 1})));
    }

    #[test]
    fn keys_are_strings_of_one_pair() {
        check(json!({"k": 1}), &[("k", "$")], Err("T1003"));
        check(json!({"k": null}), &[("k", "$")], Err("T1003"));
        check(json!({"k": "a"}), &[("k", "$"), ("'a'", "$")], Err("D1009"));
    }

    #[test]
    fn there_can_be_many_groups() {
        let items: Vec<Json> = (0..1000).map(|index| json!({"k": format!("k{}", index % 500), "v": index})).collect();
        let expected = (0..500).map(|index| (format!("k{index}"), json!([index, index + 500])));
        check(Json::Array(items), &[("k", "v")], Ok(Json::Object(expected.collect())));
    }
}
