//! Functions of arrays.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::operators::equal;
use super::super::text::compare;
use super::argument::{error, function as function_of, items, refuse};
use super::{Array, BuiltIn, Evaluation, List, Result, Value, count_items};

/// The value itself when it is an array, or an array of it.
fn as_array<'a>(value: &Value<'a>) -> Value<'a> {
    if value.is_array() || value.is_undefined() { value.clone() } else { Value::from(Array::new(vec![value.clone()])) }
}

/// `$append(array1, array2)`
///
/// # Errors
/// A limit.
pub fn append<'a>(evaluation: &Evaluation<'a>, first: &Value<'a>, second: &Value<'a>) -> Result<Value<'a>> {
    let (Some(front), Some(back)) = (items(first), items(second)) else {
        return Ok(if first.is_undefined() { second.clone() } else { first.clone() });
    };
    count_items(evaluation, front.len() + back.len())?;
    Ok(Value::from(Array::new(front.iter().chain(back.iter()).collect())))
}

/// `$reverse(array)`
///
/// # Errors
/// A limit.
pub fn reverse<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    match items(values) {
        Some(list) if list.len() > 1 => {
            count_items(evaluation, list.len())?;
            Ok(Value::from(Array::new(list.iter().rev().collect())))
        }
        _ => Ok(as_array(values)),
    }
}

/// `$shuffle(array)`: at random, which in a replay is the same again.
///
/// # Errors
/// A limit.
pub fn shuffle<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    match items(values) {
        Some(list) if list.len() > 1 => {
            count_items(evaluation, list.len())?;
            let mut shuffled: Vec<Value<'a>> = list.iter().collect();
            for last in (1..shuffled.len()).rev() {
                let other = evaluation.random() % (last as u64 + 1);
                shuffled.swap(last, usize::try_from(other).unwrap_or_default());
            }
            Ok(Value::from(Array::new(shuffled)))
        }
        _ => Ok(as_array(values)),
    }
}

/// `$zip(array1, …)`: arrays of the first items, of the second ones, and so on.
///
/// # Errors
/// A limit.
pub fn zip<'a>(evaluation: &Evaluation<'a>, arrays: &[Value<'a>]) -> Result<Value<'a>> {
    if arrays.is_empty() {
        return refuse(evaluation, BuiltIn::Zip, &Value::Undefined, &[]);
    }
    let lists: Vec<List<'_, 'a>> = arrays.iter().map(|array| items(array).unwrap_or(List::Made(&[]))).collect();
    let length = lists.iter().map(List::len).min().unwrap_or_default();
    let mut tuples = Vec::with_capacity(length);
    for index in 0..length {
        count_items(evaluation, lists.len() + 1)?;
        let tuple = lists.iter().map(|list| list.get(index).unwrap_or_default()).collect();
        tuples.push(Value::from(Array::new(tuple)));
    }
    Ok(Value::from(Array::new(tuples)))
}

/// `$distinct(array)`: each value once.
///
/// # Errors
/// A limit.
pub fn distinct<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let Some(list) = values.as_list().filter(|list| list.len() > 1) else { return Ok(values.clone()) };
    let mut known = HashSet::new();
    let mut distinct: Vec<Value<'a>> = Vec::new();
    // Where arrays and objects are in `distinct`: they are compared one by one.
    let mut compared = Vec::new();
    for item in list.iter() {
        evaluation.step(1)?;
        let is_new = match Key::of(&item) {
            Some(key) => known.insert(key),
            None => {
                evaluation.step(compared.len() as u64)?;
                let is_known = |place: &usize| distinct.get(*place).is_some_and(|known| equal(known, &item));
                let is_new = !compared.iter().any(is_known);
                if is_new {
                    compared.push(distinct.len());
                }
                is_new
            }
        };
        if is_new {
            count_items(evaluation, 1)?;
            distinct.push(item);
        }
    }
    let is_sequence = matches!(values, Value::Array(array) if array.sequence);
    Ok(Value::from(if is_sequence { Array::sequence(distinct) } else { Array::new(distinct) }))
}

/// What a value is, when it is a simple one.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Undefined,
    Null,
    Bool(bool),
    Number(u64),
    String(String),
}

impl Key {
    fn of(value: &Value<'_>) -> Option<Self> {
        Some(match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::String(text) => Self::String(text.as_ref().to_owned()),
            // Both zeros are the same.
            other => Self::Number((other.as_number()? + 0.0).to_bits()),
        })
    }
}

/// `$sort(array, function)` with a function: true when its first argument belongs behind its second.
///
/// # Errors
/// `D3070`: there is no function, and the values are neither all numbers nor all strings. `T0410`. What the function
/// raises.
pub fn sort_by<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    if function.is_undefined() {
        return sort(evaluation, values);
    }
    let Ok(comparator) = function_of(function) else {
        return refuse(evaluation, BuiltIn::Sort, &Value::Undefined, &[values, function]);
    };
    sort_with(evaluation, values, &mut |left, right| {
        let result = comparator.call(evaluation, vec![left.clone(), right.clone()])?;
        Ok(is_truthy(&result))
    })
}

/// `$sort(array)`
///
/// # Errors
/// `D3070`: the values are neither all numbers nor all strings.
pub fn sort<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let Some(list) = items(values).filter(|list| list.len() > 1) else { return Ok(as_array(values)) };
    count_items(evaluation, list.len() * 4)?;
    let mut sorted: Vec<Value<'a>> = list.iter().collect();
    if sorted.iter().all(|item| item.as_number().is_some()) {
        let number = |value: &Value<'a>| value.as_number().unwrap_or_default();
        sorted.sort_by(|left, right| number(left).partial_cmp(&number(right)).unwrap_or(Ordering::Equal));
    } else if sorted.iter().all(|item| item.as_str().is_some()) {
        sorted.sort_by(|left, right| compare(left.as_str().unwrap_or_default(), right.as_str().unwrap_or_default()));
    } else {
        return Err(error("D3070", BuiltIn::Sort).index(1));
    }
    Ok(Value::from(Array::new(sorted)))
}

/// What a function that compares says of two items: whether the first belongs behind the second.
pub type Comparator<'f, 'a> = dyn FnMut(&Value<'a>, &Value<'a>) -> Result<bool> + 'f;

/// `$sort(array, function)`, stable. The function need not be consistent.
///
/// # Errors
/// What the function raises.
pub fn sort_with<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    is_behind: &mut Comparator<'_, 'a>,
) -> Result<Value<'a>> {
    let Some(list) = items(values).filter(|list| list.len() > 1) else { return Ok(as_array(values)) };
    count_items(evaluation, list.len())?;
    let sorted = merge_sort(evaluation, list.iter().collect(), is_behind)?;
    Ok(Value::from(Array::new(sorted)))
}

fn merge_sort<'a>(
    evaluation: &Evaluation<'a>,
    mut left: Vec<Value<'a>>,
    is_behind: &mut Comparator<'_, 'a>,
) -> Result<Vec<Value<'a>>> {
    if left.len() <= 1 {
        return Ok(left);
    }
    let right = left.split_off(left.len() / 2);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let mut left = merge_sort(evaluation, left, is_behind)?.into_iter().peekable();
    let mut right = merge_sort(evaluation, right, is_behind)?.into_iter().peekable();
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        evaluation.step(1)?;
        let side = if is_behind(first, second)? { &mut right } else { &mut left };
        merged.extend(side.next());
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

/// Whether JavaScript takes a value for true, as it does of what a comparator gives: also an empty array.
pub fn is_truthy(value: &Value<'_>) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::Number(_) | Value::Integer(_) => {
            value.as_number().is_some_and(|number| number != 0.0 && !number.is_nan())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{check, shown};

    #[test]
    fn arrays_are_made_of_arrays() {
        check("append", &json!([[1], [2, 3]]), "[1,2,3]");
        check("append", &json!([1, 2]), "[1,2]");
        check("append", &json!([{"$": ""}, 2]), "2");
        check("append", &json!([[], []]), "[]");
        check("reverse", &json!([[1, 2, 3]]), "[3,2,1]");
        check("reverse", &json!([5]), "[5]");
        check("zip", &json!([[1, 2], [3, 4, 5]]), "[[1,3],[2,4]]");
        check("zip", &json!([1, [2]]), "[[1,2]]");
        check("zip", &json!([[1], {"$": ""}]), "[]");
        check("zip", &json!([]), r#"T0410: Argument 1 of function "zip" does not match function signature"#);
    }

    #[test]
    fn values_are_distinct_when_they_are_not_equal() {
        check(
            "distinct",
            &json!([[1, 1.0, "1", [1], [1.0], null, null, {"a": 1, "b": 2}, {"b": 2, "a": 1}]]),
            r#"[1,"1",[1],null,{"a":1,"b":2}]"#,
        );
        check("distinct", &json!([[1]]), "[1]");
        check("distinct", &json!([5]), "5");
    }

    #[test]
    fn values_are_sorted() {
        check("sort", &json!([[3, 1, 2.5, 1]]), "[1,1,2.5,3]");
        check("sort", &json!([["b", "ab", "B", "😀", "\u{FFFF}"]]), "[\"B\",\"ab\",\"b\",\"😀\",\"\u{FFFF}\"]");
        check("sort", &json!([5]), "[5]");
        check("sort", &json!([[]]), "[]");
        check(
            "sort",
            &json!([[1, "a"]]),
            "D3070: The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function",
        );
        check(
            "sort",
            &json!([[3, 1], {"$": "string"}]),
            r#"T0410: Argument 2 of function undefined does not match function signature"#,
        );
        // Whatever it says.
        check("sort", &json!([[3, 1, 2], {"$": "append"}]), "[2,1,3]");
    }

    #[test]
    fn shuffled_values_are_the_same_ones() {
        let numbers: Vec<u32> = (0..100).collect();
        let shuffled = shown("shuffle", &json!([numbers]));
        assert_eq!(shuffled, shown("shuffle", &json!([numbers])));
        assert_ne!(shuffled, json!(numbers).to_string());
        let mut sorted: Vec<u32> = serde_json::from_str(&shuffled).unwrap_or_default();
        sorted.sort_unstable();
        assert_eq!(sorted, numbers);
    }
}
