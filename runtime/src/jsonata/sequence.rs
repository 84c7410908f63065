//! How a sequence is put together. <https://docs.jsonata.org/processing#sequences>

use std::rc::Rc;

use super::{Array, Value};

/// A sequence that is being put together. One of one value takes no memory.
#[derive(Debug, Default)]
pub struct Sequence<'a> {
    /// The only value so far; none once `items` has room.
    only: Option<Value<'a>>,
    items: Vec<Value<'a>>,
}

impl<'a> Sequence<'a> {
    /// A sequence of no values.
    pub fn new() -> Self {
        Self::default()
    }

    /// With room for `capacity` values.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { only: None, items: Vec::with_capacity(capacity) }
    }

    /// Makes room for `additional` more values.
    pub fn reserve(&mut self, additional: usize) {
        self.items.reserve(additional + 1);
        self.items.extend(self.only.take());
    }

    /// Adds a value as it is, also one that is nothing.
    #[inline]
    pub fn push(&mut self, value: Value<'a>) {
        if self.items.capacity() > 0 {
            self.items.push(value);
        } else if self.only.is_none() {
            self.only = Some(value);
        } else {
            self.push_second(value);
        }
    }

    fn push_second(&mut self, value: Value<'a>) {
        self.reserve(3);
        self.items.push(value);
    }

    /// Adds what a step of a path gave: nothing adds nothing, an array adds its items. An array that was constructed as a
    /// step adds itself.
    #[inline]
    pub fn append(&mut self, value: Value<'a>) {
        match value {
            Value::Undefined => {}
            Value::JsonArray(_) | Value::Array(_) => self.append_array(value),
            value => self.push(value),
        }
    }

    fn append_array(&mut self, value: Value<'a>) {
        match value {
            Value::JsonArray(items) => {
                if items.len() > 1 {
                    self.reserve(items.len());
                }
                items.iter().for_each(|item| self.push(item.into()));
            }
            Value::Array(array) if !array.constructed => {
                if array.items().len() > 1 {
                    self.reserve(array.items().len());
                }
                match Rc::try_unwrap(array) {
                    Ok(array) => array.into_items().into_iter().for_each(|item| self.push(item)),
                    Err(array) => array.items().iter().for_each(|item| self.push(item.clone())),
                }
            }
            value => self.push(value),
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.items.len() + usize::from(self.only.is_some())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its values.
    pub fn into_items(mut self) -> Vec<Value<'a>> {
        self.items.extend(self.only.take());
        self.items
    }

    /// What an expression gives that gives this sequence: nothing when it has no values, its value when it has one, unless
    /// that is to be kept in an array, else the sequence.
    pub fn finish(self, keep: bool) -> Value<'a> {
        super::path::singleton(self.unfinished(), keep)
    }

    /// The sequence as an array, also when it has one value or none. A built-in function gives it so, and whoever evaluates
    /// the call unwraps it, because a `[]` may stand behind the call.
    pub fn into_array(self) -> Value<'a> {
        Array::sequence(self.into_items()).into()
    }

    /// The sequence as what a step of a path gives, before `singleton`: a sequence of one value is that value where nobody
    /// can take it for an array or for nothing.
    pub(super) fn unfinished(mut self) -> Value<'a> {
        if self.items.is_empty() {
            return match self.only.take() {
                None => Value::Undefined,
                Some(only) => one(only),
            };
        }
        self.items.extend(self.only.take());
        if self.items.len() > 1 {
            return Array::sequence(self.items).into();
        }
        self.items.pop().map_or(Value::Undefined, one)
    }
}

/// A sequence of one value, before `singleton`.
pub(super) fn one(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Undefined | Value::Array(_) | Value::JsonArray(_) => Array::sequence(vec![value]).into(),
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::Sequence;
    use crate::jsonata::{Array, Value};

    fn appended(values: &[&'static Json]) -> Sequence<'static> {
        let mut sequence = Sequence::new();
        values.iter().for_each(|value| sequence.append(Value::from(*value)));
        sequence
    }

    #[track_caller]
    fn check(values: &[Json], keep: bool, expected: Json) {
        let values: Vec<&'static Json> = values.iter().map(|value| &*Box::leak(Box::new(value.clone()))).collect();
        let given = appended(&values).finish(keep).into_json().unwrap_or(json!("nothing"));
        assert_eq!(given, expected);
    }

    #[test]
    fn one_value_is_that_value() {
        check(&[], false, json!("nothing"));
        check(&[], true, json!("nothing"));
        check(&[json!(1)], false, json!(1));
        check(&[json!(1)], true, json!([1]));
        check(&[json!(1), json!(2)], false, json!([1, 2]));
    }

    #[test]
    fn arrays_are_flattened_by_one_level() {
        check(&[json!([1, [2]]), json!([]), json!(3)], false, json!([1, [2], 3]));
        check(&[json!([[1]])], false, json!([1]));
        check(&[json!([[1]])], true, json!([[1]]));
    }

    #[test]
    fn a_constructed_array_is_one_value() {
        let mut array = Array::new(vec![Value::Number(1.0), Value::Number(2.0)]);
        array.constructed = true;
        let array = Value::from(array);
        let mut sequence = Sequence::new();
        sequence.append(array.clone());
        sequence.append(array);
        assert_eq!(sequence.finish(false).into_json(), Some(json!([[1, 2], [1, 2]])));
    }

    #[test]
    fn room_changes_nothing() {
        let mut sequence = Sequence::with_capacity(4);
        sequence.push(Value::Null);
        assert_eq!(sequence.len(), 1);
        assert_eq!(sequence.finish(false).into_json(), Some(json!(null)));
        let mut sequence = Sequence::new();
        sequence.push(Value::Bool(true));
        sequence.reserve(9);
        sequence.push(Value::Bool(false));
        assert_eq!(sequence.finish(false).into_json(), Some(json!([true, false])));
    }
}
