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
    let (left, right) = (shown(left), shown(right));
    let message = format!("Type mismatch when comparing values {left} and {right} in order-by clause");
    Error::with_message("T2007", message).value(left)
}
