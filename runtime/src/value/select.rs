//! Paths that can select several values. Generated code spells such a path out as one call for each of its steps; the
//! values stay where they are until the last one.

use serde_json::Value;

use crate::value::path::{Step, find, position};

/// What a path has selected up to one of its steps, in the order of the document.
#[derive(Clone, Debug)]
pub struct Selection<'a>(Vec<&'a Value>);

/// The value that names and single indexes select, if there is one. What is missing is no failure where an array is
/// asked for: recorded on AWS.
pub fn from<'a>(data: &'a Value, steps: &[Step]) -> Selection<'a> {
    Selection(find(data, steps).into_iter().collect())
}

impl<'a> Selection<'a> {
    /// Names and single indexes: `.a[0]`
    #[must_use]
    pub fn path(self, steps: &[Step]) -> Self {
        Self(self.0.into_iter().filter_map(|value| find(value, steps)).collect())
    }

    /// The members of objects and the items of arrays: `.*`, `[*]`
    #[must_use]
    pub fn children(self) -> Self {
        let mut found = Vec::new();
        for value in self.0 {
            extend_with_children(&mut found, value);
        }
        Self(found)
    }

    /// `[0, 2]`; negative counts from the end.
    #[must_use]
    pub fn indexes(self, indexes: &[i64]) -> Self {
        let mut found = Vec::new();
        for items in self.0.into_iter().filter_map(Value::as_array) {
            found.extend(indexes.iter().filter_map(|index| items.get(position(*index, items.len())?)));
        }
        Self(found)
    }

    /// `[start:end:step]`; what is beyond an end is the end.
    ///
    /// As Jayway's library has it, a negative `start` or `end` counts from the end only where it stands alone.
    #[must_use]
    pub fn slice(self, start: Option<i64>, end: Option<i64>, step: usize) -> Self {
        let alone = start.is_none() || end.is_none();
        let mut found = Vec::new();
        for items in self.0.into_iter().filter_map(Value::as_array) {
            let length = items.len();
            let bound = |index: i64| match position(index, length) {
                Some(place) if alone || index >= 0 => place.min(length),
                _ => 0,
            };
            let range = start.map_or(0, bound)..end.map_or(length, bound);
            found.extend(items.get(range).unwrap_or_default().iter().step_by(step.max(1)));
        }
        Self(found)
    }

    /// `[?(…)]`: the items of arrays that are objects and fulfil the condition, and of objects themselves those that do.
    ///
    /// AWS developer guide, "Reference Paths" (2024): the operator `@` does not match scalar values, only objects.
    #[must_use]
    pub fn filter(self, condition: &dyn Fn(&Value) -> bool) -> Self {
        let mut found = Vec::new();
        for value in self.0 {
            match value {
                Value::Array(items) => {
                    found.extend(items.iter().filter(|item| item.is_object() && condition(item)));
                }
                value => found.extend(Some(value).filter(|value| value.is_object() && condition(value))),
            }
        }
        Self(found)
    }

    /// `..[?(…)]`, behind [`inside`](Self::inside): those that are objects and fulfil the condition.
    #[must_use]
    pub fn matching(mut self, condition: &dyn Fn(&Value) -> bool) -> Self {
        self.0.retain(|value| value.is_object() && condition(value));
        self
    }

    /// `..`: the values themselves and everything inside them that can hold values, each before what is inside it.
    #[must_use]
    pub fn inside(self) -> Self {
        let mut found = Vec::new();
        let mut open: Vec<&'a Value> = Vec::new();
        for value in self.0 {
            open.push(value);
            while let Some(value) = open.pop() {
                if !(value.is_array() || value.is_object()) {
                    continue;
                }
                found.push(value);
                let start = open.len();
                extend_with_children(&mut open, value);
                if let Some(children) = open.get_mut(start..) {
                    children.reverse();
                }
            }
        }
        Self(found)
    }

    /// `..['a', 'b']`, behind [`inside`](Self::inside): those that are objects and have all these members.
    #[must_use]
    pub fn having(mut self, names: &[&str]) -> Self {
        self.0.retain(|value| names.iter().all(|name| value.get(name).is_some()));
        self
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `['a', 'b']` at the end of a path: an array of an object for each value.
    pub fn pick(&self, names: &[&str]) -> Value {
        Value::Array(self.0.iter().map(|value| pick(value, names)).collect())
    }

    /// The values as an array.
    pub fn to_value(&self) -> Value {
        Value::Array(self.0.iter().map(|value| (*value).clone()).collect())
    }
}

/// `['a', 'b']`: an object of those members that there are, in this order.
pub fn pick(value: &Value, names: &[&str]) -> Value {
    let members = names.iter().filter_map(|name| Some(((*name).to_owned(), value.get(name)?.clone())));
    Value::Object(members.collect())
}

fn extend_with_children<'a>(found: &mut Vec<&'a Value>, value: &'a Value) {
    match value {
        Value::Array(items) => found.extend(items),
        Value::Object(members) => found.extend(members.values()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(selected: &Selection<'_>, expected: &Value) {
        assert_eq!(&selected.to_value(), expected);
    }

    #[test]
    fn a_slice_takes_what_there_is() {
        let data = json!([0, 1, 2, 3, 4]);
        let slice = |start, end, step, expected| check(&from(&data, &[]).slice(start, end, step), &expected);
        slice(Some(1), None, 1, json!([1, 2, 3, 4]));
        slice(None, Some(2), 1, json!([0, 1]));
        slice(Some(-2), None, 1, json!([3, 4]));
        slice(None, Some(-2), 1, json!([0, 1, 2]));
        slice(Some(-9), None, 2, json!([0, 2, 4]));
        slice(Some(1), Some(-1), 1, json!([]));
        slice(Some(-4), Some(2), 1, json!([0, 1]));
        slice(Some(1), Some(9), 2, json!([1, 3]));
        slice(Some(3), Some(1), 1, json!([]));
        slice(Some(9), None, 1, json!([]));
        slice(None, None, 3, json!([0, 3]));
        check(&from(&json!({"a": 1}), &[]).slice(None, None, 1), &json!([]));
    }

    #[test]
    fn what_is_missing_is_left_out() {
        let data = json!({"items": [{"a": 1}, {"b": 2}, 3, {"a": null}]});
        let items = from(&data, &[Step::Name("items")]);
        check(&items.clone().children().path(&[Step::Name("a")]), &json!([1, null]));
        check(&items.clone().indexes(&[3, 0, 9, -2]), &json!([{"a": null}, {"a": 1}, 3]));
        let objects = items.children().path(&[Step::Object]);
        assert_eq!(objects.pick(&["b", "a"]), json!([{"a": 1}, {"b": 2}, {"a": null}]));
        assert_eq!(objects.having(&["a"]).pick(&["a"]), json!([{"a": 1}, {"a": null}]));
        check(&from(&data, &[Step::Name("none")]).children(), &json!([]));
        check(&from(&json!([[1, 2], [3]]), &[]).children().children(), &json!([1, 2, 3]));
    }

    #[test]
    fn a_filter_asks_objects() {
        let data = json!([{"a": 1}, 1, [{"a": 1}], {"b": 1}]);
        let has_a = |item: &Value| item.get("a").is_some();
        check(&from(&data, &[]).filter(&has_a), &json!([{"a": 1}]));
        check(&from(&data, &[]).children().filter(&has_a), &json!([{"a": 1}, {"a": 1}]));
        check(&from(&data, &[]).inside().matching(&has_a), &json!([{"a": 1}, {"a": 1}]));
        check(&from(&data, &[]).filter(&|_| true), &json!([{"a": 1}, {"b": 1}]));
    }

    #[test]
    fn descent_goes_in_the_order_of_the_document() {
        let data = json!({"a": {"a": [{"a": 1}, 2]}, "b": [{"a": 3}]});
        let found = from(&data, &[]).inside().path(&[Step::Name("a")]);
        check(&found, &json!([{"a": [{"a": 1}, 2]}, [{"a": 1}, 2], 1, 3]));
        check(&from(&json!([[1, [2]], {"x": 3}]), &[]).inside().children(), &json!([[1, [2]], {"x": 3}, 1, [2], 2, 3]));
        check(&from(&json!(1), &[]).inside(), &json!([]));
    }

    #[test]
    fn descent_is_no_matter_of_the_stack() {
        const DEPTH: usize = 10_000;
        let mut data = (0..DEPTH).fold(json!(0), |inner, _| Value::Array(vec![inner]));
        assert_eq!(from(&data, &[]).inside().0.len(), DEPTH);
        // Dropping would recurse.
        while let Value::Array(mut items) = data {
            data = items.pop().unwrap_or_default();
        }
    }
}
