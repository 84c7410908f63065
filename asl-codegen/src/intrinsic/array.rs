//! Functions of arrays.

use std::collections::HashSet;

use serde_json::Value;

use super::Failure;

/// The most items that AWS makes.
const MAX_ITEMS: i64 = 1000;

/// `States.Array`: the arguments as an array.
pub fn array(items: &[&Value]) -> Value {
    items.iter().copied().cloned().collect()
}

/// `States.ArrayContains`: whether an item equals the value, by structure.
///
/// # Errors
/// The first argument is no array.
pub fn array_contains(array: &Value, value: &Value) -> Result<Value, Failure> {
    Ok(Value::Bool(super::items("States.ArrayContains", 1, array)?.contains(value)))
}

/// `States.ArrayGetItem`: the item at an index from 0.
///
/// # Errors
/// An argument is of the wrong type, or there is no such item.
pub fn array_get_item(array: &Value, index: &Value) -> Result<Value, Failure> {
    let items = super::items("States.ArrayGetItem", 1, array)?;
    let index = super::integer("States.ArrayGetItem", 2, index)?;
    let item = usize::try_from(index).ok().and_then(|index| items.get(index));
    item.cloned().ok_or_else(|| {
        Failure::new(format!("The index {index} of States.ArrayGetItem is not in an array of {} items", items.len()))
    })
}

/// `States.ArrayLength`.
///
/// # Errors
/// The argument is no array.
pub fn array_length(array: &Value) -> Result<Value, Failure> {
    Ok(Value::from(super::items("States.ArrayLength", 1, array)?.len()))
}

/// `States.ArrayPartition`: the array in parts of a size, the last one with what is left.
///
/// # Errors
/// An argument is of the wrong type, or the size is not positive.
pub fn array_partition(array: &Value, size: &Value) -> Result<Value, Failure> {
    let items = super::items("States.ArrayPartition", 1, array)?;
    match usize::try_from(super::integer("States.ArrayPartition", 2, size)?) {
        Ok(size) if size > 0 => Ok(items.chunks(size).map(|part| Value::from(part.to_vec())).collect()),
        _ => Err(Failure::wrong_type("States.ArrayPartition", 2, "a positive integer", size)),
    }
}

/// `States.ArrayRange`: the numbers from the first to the last, which is one of them when the steps hit it.
///
/// # Errors
/// An argument is no number, the step is 0, or there are more than 1000 numbers.
pub fn array_range(first: &Value, last: &Value, step: &Value) -> Result<Value, Failure> {
    let start = super::integer("States.ArrayRange", 1, first)?;
    let end = super::integer("States.ArrayRange", 2, last)?;
    let distance = super::integer("States.ArrayRange", 3, step)?;
    if distance == 0 {
        return Err(Failure::wrong_type("States.ArrayRange", 3, "an integer other than 0", step));
    }
    // No overflow: a number is never further than 64 bits from another.
    let (start, end, distance) = (i128::from(start), i128::from(end), i128::from(distance));
    let steps = (end - start) / distance;
    if (end - start).signum() * distance.signum() < 0 {
        return Ok(Value::Array(Vec::new()));
    }
    if steps >= MAX_ITEMS.into() {
        return Err(Failure::new(format!("States.ArrayRange makes no more than {MAX_ITEMS} items")));
    }
    let numbers = (0..=steps).filter_map(|step| i64::try_from(start + step * distance).ok());
    Ok(numbers.map(Value::from).collect())
}

/// `States.ArrayUnique`: the array without items that equal one before them, by structure.
///
/// # Errors
/// The argument is no array.
pub fn array_unique(array: &Value) -> Result<Value, Failure> {
    let items = super::items("States.ArrayUnique", 1, array)?;
    let mut seen = HashSet::with_capacity(items.len());
    Ok(items.iter().filter(|item| seen.insert(*item)).cloned().collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn array_makes_one_of_its_arguments() {
        assert_eq!(array(&[]), json!([]));
        assert_eq!(array(&[&json!(1), &json!([2]), &json!(null)]), json!([1, [2], null]));
    }

    #[test]
    fn contains_compares_by_structure() {
        let contains = |array: Value, value: Value| array_contains(&array, &value);
        check(contains(json!([]), json!(null)), "false");
        check(contains(json!([[1, 2], 2]), json!([1, 2])), "true");
        check(contains(json!([{"a": 1, "b": 2}]), json!({"b": 2, "a": 1})), "true");
        check(contains(json!(["1"]), json!(1)), "false");
        check(
            contains(json!("abc"), json!("b")),
            r#"Argument 1 of States.ArrayContains must be an array, found: "abc""#,
        );
    }

    #[test]
    fn get_item_takes_an_index_from_0() {
        let get = |array: Value, index: Value| array_get_item(&array, &index);
        check(get(json!(["a", null]), json!(0)), r#""a""#);
        check(get(json!(["a", null]), json!(1)), "null");
        check(get(json!(["a", "b"]), json!(0.5)), r#""b""#);
        check(get(json!(["a"]), json!(1)), "The index 1 of States.ArrayGetItem is not in an array of 1 items");
        check(get(json!(["a"]), json!(-1)), "The index -1 of States.ArrayGetItem is not in an array of 1 items");
        check(get(json!({}), json!(1)), "Argument 1 of States.ArrayGetItem must be an array, found: {}");
        check(get(json!([]), json!("0")), r#"Argument 2 of States.ArrayGetItem must be an integer, found: "0""#);
    }

    #[test]
    fn length_counts_items() {
        check(array_length(&json!([1, [2, 3]])), "2");
        check(array_length(&json!("ab")), r#"Argument 1 of States.ArrayLength must be an array, found: "ab""#);
    }

    #[test]
    fn partition_cuts_in_parts() {
        let partition = |array: Value, size: Value| array_partition(&array, &size);
        check(partition(json!([]), json!(3)), "[]");
        check(partition(json!([0, 1, 2]), json!(2)), "[[0,1],[2]]");
        check(partition(json!([0, 1]), json!(5)), "[[0,1]]");
        check(partition(json!([0, 1]), json!(1.4)), "[[0],[1]]");
        check(
            partition(json!([0]), json!(0)),
            "Argument 2 of States.ArrayPartition must be a positive integer, found: 0",
        );
        check(
            partition(json!([0]), json!(0.4)),
            "Argument 2 of States.ArrayPartition must be a positive integer, found: 0.4",
        );
    }

    #[test]
    fn range_has_both_ends() {
        let range = |first: Value, last: Value, step: Value| array_range(&first, &last, &step);
        check(range(json!(0), json!(9), json!(3)), "[0,3,6,9]");
        check(range(json!(0), json!(10), json!(3)), "[0,3,6,9]");
        check(range(json!(1), json!(9), json!(9)), "[1]");
        check(range(json!(5), json!(1), json!(-2)), "[5,3,1]");
        check(range(json!(5), json!(1), json!(2)), "[]");
        check(range(json!(1.5), json!(3.4), json!(1)), "[2,3]");
        assert_eq!(range(json!(1), json!(1000), json!(1)).unwrap().as_array().map(Vec::len), Some(1000));
        check(range(json!(0), json!(1000), json!(1)), "States.ArrayRange makes no more than 1000 items");
        check(range(json!(i64::MIN), json!(i64::MAX), json!(1)), "States.ArrayRange makes no more than 1000 items");
        check(range(json!(i64::MAX), json!(i64::MAX), json!(i64::MIN)), "[9223372036854775807]");
        check(
            range(json!(0), json!(1), json!(0)),
            "Argument 3 of States.ArrayRange must be an integer other than 0, found: 0",
        );
        check(
            range(json!(0), json!(null), json!(1)),
            "Argument 2 of States.ArrayRange must be an integer, found: null",
        );
    }

    #[test]
    fn unique_keeps_first_occurrences() {
        check(array_unique(&json!([3, 1, 3, 2, 1])), "[3,1,2]");
        check(array_unique(&json!([{"a": 1, "b": 2}, {"b": 2, "a": 1}, [1], [1]])), r#"[{"a":1,"b":2},[1]]"#);
        check(array_unique(&json!(["1", 1, null, null])), r#"["1",1,null]"#);
        check(array_unique(&json!({})), "Argument 1 of States.ArrayUnique must be an array, found: {}");
    }
}
