//! Sorting. <https://docs.jsonata.org/sorting>

use std::cmp::Ordering;

use super::text::{self, shown};
use super::{Error, Evaluation, Result, Value};

/// `^(…)`: the items in the order of the terms' values, `key(item, term)`. Items whose values are the same stay in their
/// order, and nothing comes last. A term is evaluated once for an item, and only when the terms before it do not decide.
///
/// # Errors
/// `T2008`: a term gives neither number nor string. `T2007`: it gives a number for one item and a string for another. What
/// `key` and the evaluation's limits raise.
pub fn sort<'a>(
    evaluation: &Evaluation<'_>,
    items: Vec<Value<'a>>,
    descending: &[bool],
    mut key: impl FnMut(&Value<'a>, usize) -> Result<Value<'a>>,
) -> Result<Vec<Value<'a>>> {
    let terms = descending.len();
    let mut keys: Vec<Option<Value<'a>>> = vec![None; items.len().saturating_mul(terms)];
    let order = order(evaluation, items.len(), |left, right| {
        for (term, descending) in descending.iter().enumerate() {
            let places = [(left, left * terms + term), (right, right * terms + term)];
            for (item, place) in places {
                if let (Some(slot @ None), Some(item)) = (keys.get_mut(place), items.get(item)) {
                    *slot = Some(key(item, term)?);
                }
            }
            let [left, right] = places.map(|(_, place)| keys.get(place).and_then(Option::as_ref));
            let (Some(left), Some(right)) = (left, right) else { continue };
            match compare(left, right, *descending)? {
                Ordering::Less => return Ok(false),
                Ordering::Equal => {}
                Ordering::Greater => return Ok(true),
            }
        }
        Ok(false)
    })?;
    Ok(arrange(items, &order))
}

/// The items in an order of the caller's: `after(left, right)` says whether `left` belongs behind `right`. It is called with
/// the same pairs in the same order as by the reference, because it may be a function of the definition's.
///
/// # Errors
/// What `after` and the evaluation's limits raise.
pub fn sort_by<'a>(
    evaluation: &Evaluation<'_>,
    items: Vec<Value<'a>>,
    mut after: impl FnMut(&Value<'a>, &Value<'a>) -> Result<bool>,
) -> Result<Vec<Value<'a>>> {
    let order = order(evaluation, items.len(), |left, right| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => after(left, right),
        _ => Ok(false),
    })?;
    Ok(arrange(items, &order))
}

fn arrange<'a>(mut items: Vec<Value<'a>>, order: &[usize]) -> Vec<Value<'a>> {
    order.iter().filter_map(|index| items.get_mut(*index).map(std::mem::take)).collect()
}

/// The places of sorted items. A merge sort, because the order of comparisons can be seen: it decides which error is raised.
fn order(
    evaluation: &Evaluation<'_>,
    len: usize,
    mut after: impl FnMut(usize, usize) -> Result<bool>,
) -> Result<Vec<usize>> {
    let mut order: Vec<usize> = (0..len).collect();
    merge_sort(evaluation, &mut order, &mut Vec::with_capacity(len), &mut after)?;
    Ok(order)
}

fn merge_sort(
    evaluation: &Evaluation<'_>,
    order: &mut [usize],
    merged: &mut Vec<usize>,
    after: &mut impl FnMut(usize, usize) -> Result<bool>,
) -> Result<()> {
    if order.len() < 2 {
        return Ok(());
    }
    evaluation.step(order.len() as u64)?;
    let (left, right) = order.split_at_mut(order.len() / 2);
    merge_sort(evaluation, left, merged, after)?;
    merge_sort(evaluation, right, merged, after)?;
    merged.clear();
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        let next = if after(**first, **second)? { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    order.copy_from_slice(merged);
    Ok(())
}

fn compare<'a>(left: &Value<'a>, right: &Value<'a>, descending: bool) -> Result<Ordering> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => of_numbers(*left, *right),
        (Value::String(left), Value::String(right)) => text::compare(left, right),
        (Value::Undefined, Value::Undefined) => return Ok(Ordering::Equal),
        (Value::Undefined, _) => return Ok(Ordering::Greater),
        (_, Value::Undefined) => return Ok(Ordering::Less),
        (left, right) => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => of_numbers(left, right),
            _ => return Err(mismatch(left, right)),
        },
    };
    Ok(if descending { order.reverse() } else { order })
}

fn of_numbers(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or(Ordering::Greater)
}

#[cold]
fn mismatch<'a>(left: &Value<'a>, right: &Value<'a>) -> Error {
    let sortable = |value: &Value<'_>| value.as_number().is_some() || value.as_str().is_some();
    if !sortable(left) || !sortable(right) {
        return Error::new("T2008").value(shown(if sortable(left) { right } else { left }));
    }
    Error::new("T2007").value(shown(left)).other(shown(right))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::jsonata::{Array, Storage, path};

    fn sorted<'a>(items: &'a Json, terms: &[&str]) -> Result<Value<'a>> {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &Json::Null);
        let descending: Vec<bool> = terms.iter().map(|term| term.starts_with('>')).collect();
        let items = Value::from(items).as_list().map(|items| items.iter().collect()).unwrap_or_default();
        let key = |item: &Value<'a>, term: usize| Ok(path::name(item, terms[term].trim_start_matches('>')));
        sort(&evaluation, items, &descending, key).map(|items| Array::new(items).into())
    }

    #[track_caller]
    fn check(items: Json, terms: &[&str], expected: Json) {
        assert_eq!(sorted(&items, terms).unwrap().into_json(), Some(expected));
    }

    #[track_caller]
    fn check_error(items: Json, terms: &[&str], expected: &str) {
        assert_eq!(sorted(&items, terms).unwrap_err().to_string(), expected);
    }

    #[test]
    fn items_are_ordered_by_terms() {
        let items = json!([{"a": 2, "b": "x"}, {"a": 1, "b": "y"}, {"a": 2, "b": "w"}]);
        check(items.clone(), &["a"], json!([{"a": 1, "b": "y"}, {"a": 2, "b": "x"}, {"a": 2, "b": "w"}]));
        check(items.clone(), &[">a"], json!([{"a": 2, "b": "x"}, {"a": 2, "b": "w"}, {"a": 1, "b": "y"}]));
        check(items, &[">a", "b"], json!([{"a": 2, "b": "w"}, {"a": 2, "b": "x"}, {"a": 1, "b": "y"}]));
    }

    #[test]
    fn nothing_is_last_in_every_direction() {
        let items = json!([{}, {"a": 1}, {"a": 2}]);
        check(items.clone(), &["a"], json!([{"a": 1}, {"a": 2}, {}]));
        check(items, &[">a"], json!([{"a": 2}, {"a": 1}, {}]));
    }

    #[test]
    fn many_items_keep_their_order() {
        let items: Vec<Json> = (0..200).map(|index| json!({"a": (index * 7) % 10, "b": index})).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item["a"].as_i64());
        check(Json::Array(items), &["a"], Json::Array(expected));
    }

    #[test]
    fn keys_are_numbers_or_texts() {
        check_error(
            json!([{"a": 1}, {"a": true}]),
            &["a"],
            "T2008: The expressions within an order-by clause must evaluate to numeric or string values",
        );
        check_error(
            json!([{"a": 1}, {"a": "x"}]),
            &["a"],
            "T2007: Type mismatch when comparing values 1 and \"x\" in order-by clause",
        );
        check(json!([{"a": true}]), &["a"], json!([{"a": true}]));
        check(json!([]), &["a"], json!([]));
    }

    #[test]
    fn a_comparison_of_the_callers() {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &Json::Null);
        let items = [3.0, 1.0, 2.0].map(Value::Number).to_vec();
        let after = |left: &Value<'_>, right: &Value<'_>| Ok(left.as_number() > right.as_number());
        let sorted = Value::from(Array::new(sort_by(&evaluation, items, after).unwrap()));
        assert_eq!(sorted.into_json(), Some(json!([1, 2, 3])));
    }
}
