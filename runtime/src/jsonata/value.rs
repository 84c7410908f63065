//! The values of an evaluation. They borrow from the state's data, the expression and the variables for `'a`; what an
//! evaluation makes is shared, so that a copy of a value is cheap.

pub(crate) mod array;
pub(crate) mod function;
pub(crate) mod object;

use std::borrow::Cow;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use crate::jsonata::{Error, Result};
use array::{Array, List};
use function::Function;
use object::{Members, Object};

/// How many levels of arrays and objects a value may have that an evaluation makes. What walks over values is recursive.
const DEPTH: u32 = 500;
/// How many values a value may have in it. The same value in two places counts twice, as it does for whoever walks over it.
const WEIGHT: u32 = 10_000_000;

/// A value.
#[derive(Clone, Debug, Default)]
pub enum Value<'a> {
    /// Nothing: what a path gives that finds nothing.
    #[default]
    Undefined,
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// An integer of the data that no `f64` holds. It is passed on as it is; whoever computes with it rounds it.
    Integer(&'a serde_json::Number),
    /// A string.
    String(Cow<'a, str>),
    /// An array of the data.
    JsonArray(&'a [Json]),
    /// An object of the data.
    JsonObject(&'a Map<String, Json>),
    /// An array or a sequence that was made.
    Array(Rc<Array<'a>>),
    /// An object that was made.
    Object(Rc<Object<'a>>),
    /// A function. A regular expression is one too.
    Function(Rc<Function<'a>>),
}

impl<'a> Value<'a> {
    /// A borrowed string.
    pub fn str(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }

    /// Whether it is nothing.
    #[inline]
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }

    /// Whether it is an array or a sequence.
    #[inline]
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_) | Self::JsonArray(_))
    }

    /// The number, when it is one.
    #[inline]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Integer(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The text, when it is a string.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, when it is an array or a sequence.
    #[inline]
    pub fn as_list(&self) -> Option<List<'_, 'a>> {
        match self {
            Self::JsonArray(items) => Some(List::Json(items)),
            Self::Array(array) => Some(List::Made(array.items())),
            _ => None,
        }
    }

    /// The members, when it is an object.
    #[inline]
    pub fn as_members(&self) -> Option<Members<'_, 'a>> {
        match self {
            Self::JsonObject(members) => Some(Members::Json(members)),
            Self::Object(object) => Some(Members::Made(object)),
            _ => None,
        }
    }

    /// How many levels of arrays and objects it has that an evaluation made; those of the data are one. It is known, not
    /// counted.
    pub fn depth(&self) -> u32 {
        self.extent().depth
    }

    /// Refuses a value that grew without limit, such as one that a `$reduce` puts into itself again and again. Whoever calls
    /// functions asks this of what they return, and so everything else that walks over values may be recursive.
    ///
    /// # Errors
    /// `Stack overflow error`: it has more than 500 levels. `Expression evaluation memory limit exceeded`: there are more than
    /// ten million values in it.
    #[inline]
    pub fn ensure_bounded(&self) -> Result<()> {
        match self.extent() {
            Extent { depth, .. } if depth > DEPTH => Err(too_deep()),
            Extent { weight, .. } if weight > WEIGHT => Err(too_large()),
            _ => Ok(()),
        }
    }

    #[inline]
    fn extent(&self) -> Extent {
        match self {
            Self::Array(array) => array.extent(),
            Self::Object(object) => object.extent(),
            Self::JsonArray(_) | Self::JsonObject(_) => Extent { depth: 1, weight: 1 },
            Self::Function(function) => Extent { depth: function.depth(), weight: 1 },
            _ => Extent { depth: 0, weight: 1 },
        }
    }

    /// Whether its JSON text is longer than `limit` bytes. No more of it is looked at than is needed to know.
    pub fn is_longer_than(&self, limit: usize) -> bool {
        self.spend(&mut limit.saturating_add(1))
    }

    /// Takes the length of its JSON text off `rest`, without escapes and of numbers the least that they can have; true when
    /// nothing is left.
    fn spend(&self, rest: &mut usize) -> bool {
        let bytes = match self {
            Self::Undefined | Self::Null | Self::Bool(_) => 4,
            Self::Number(_) | Self::Integer(_) | Self::Function(_) => 1,
            Self::String(text) => text.len() + 2,
            Self::JsonArray(_) | Self::Array(_) => {
                *rest = rest.saturating_sub(1);
                return self.as_list().is_some_and(|items| {
                    items.iter().any(|item| {
                        *rest = rest.saturating_sub(1);
                        item.spend(rest)
                    })
                });
            }
            Self::JsonObject(_) | Self::Object(_) => {
                *rest = rest.saturating_sub(1);
                let visit = |name: Cow<'a, str>, value: Value<'a>| {
                    *rest = rest.saturating_sub(name.len() + 4);
                    if value.spend(rest) { Err(()) } else { Ok(()) }
                };
                return self.as_members().is_some_and(|members| members.for_each(visit).is_err());
            }
        };
        *rest = rest.saturating_sub(bytes);
        *rest == 0
    }

    /// The value as JSON of its own. None when it is nothing or a function; inside an object these are left out, and inside
    /// an array they are `null`, so that the other items stay where they are.
    pub fn into_json(self) -> Option<Json> {
        Some(match self {
            Self::Undefined | Self::Function(_) => return None,
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Number(number) => number_to_json(number),
            Self::Integer(number) => Json::Number(number.clone()),
            Self::String(text) => Json::String(text.into_owned()),
            Self::JsonArray(items) => Json::Array(items.to_vec()),
            Self::JsonObject(members) => Json::Object(members.clone()),
            Self::Array(array) => match Rc::try_unwrap(array) {
                Ok(array) => array.into_items().into_iter().map(|item| item.into_json().unwrap_or_default()).collect(),
                Err(array) => return Self::Array(array).to_json(),
            },
            Self::Object(object) => match Rc::try_unwrap(object) {
                Ok(object) => {
                    let members = object.into_members();
                    let mut json = Map::with_capacity(members.len());
                    json.extend(
                        members.into_iter().filter_map(|(name, value)| Some((name.into_owned(), value.into_json()?))),
                    );
                    Json::Object(json)
                }
                Err(object) => return Self::Object(object).to_json(),
            },
        })
    }

    /// As [`into_json`](Self::into_json), of a value that others hold too.
    fn to_json(&self) -> Option<Json> {
        match self {
            Self::Array(array) => Some(array.items().iter().map(|item| item.to_json().unwrap_or_default()).collect()),
            Self::Object(object) => {
                let members = object.members().iter();
                let json = members.filter_map(|(name, value)| Some((name.to_string(), value.to_json()?)));
                let mut members = Map::with_capacity(object.members().len());
                members.extend(json);
                Some(Json::Object(members))
            }
            other => other.clone().into_json(),
        }
    }
}

/// How deep a value is and how much is in it, both at most.
#[derive(Clone, Copy, Debug)]
struct Extent {
    depth: u32,
    weight: u32,
}

impl Default for Extent {
    /// Of an empty array or object.
    fn default() -> Self {
        Self { depth: 1, weight: 1 }
    }
}

impl Extent {
    #[inline]
    fn include(&mut self, value: &Value<'_>) {
        let Self { depth, weight } = value.extent();
        self.depth = self.depth.max(depth.saturating_add(1));
        self.weight = self.weight.saturating_add(weight);
    }

    /// Whether dropping it by recursion takes notable stack.
    #[inline]
    fn is_deep(self) -> bool {
        self.depth > DEPTH / 10
    }
}

/// Drops values one after another, however deep they are.
#[cold]
fn dismantle(mut values: Vec<Value<'_>>) {
    while let Some(value) = values.pop() {
        match value {
            Value::Array(array) => {
                if let Ok(mut array) = Rc::try_unwrap(array) {
                    values.append(&mut array.take_items());
                }
            }
            Value::Object(object) => {
                if let Ok(mut object) = Rc::try_unwrap(object) {
                    values.extend(object.take_members().into_iter().map(|(_, value)| value));
                }
            }
            _ => {}
        }
    }
}

#[cold]
fn too_deep() -> Error {
    Error::with_message(
        "U1001",
        "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
    )
}

#[cold]
fn too_large() -> Error {
    Error::with_message("U1001", "Expression evaluation memory limit exceeded: Check for excessive memory usage")
}

/// A number as JSON: a whole one as an integer, with the digits that JavaScript shows. What is not finite is `null`.
#[allow(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
pub(crate) fn number_to_json(number: f64) -> Json {
    /// Up to here every whole number is its own shortest text.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() != 0.0 {
        return Json::from(number);
    }
    if number.abs() < EXACT {
        return Json::from(number as i64);
    }
    let text = number.to_string();
    let integer = text.parse::<i64>().map(Json::from).or_else(|_| text.parse::<u64>().map(Json::from));
    integer.unwrap_or_else(|_| Json::from(number))
}

impl<'a> From<&'a Json> for Value<'a> {
    #[inline]
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => from_number(number),
            Json::String(text) => Self::str(text),
            Json::Array(items) => Self::JsonArray(items),
            Json::Object(members) => Self::JsonObject(members),
        }
    }
}

#[inline]
#[allow(clippy::cast_precision_loss, reason = "only exact ones are taken")]
fn from_number(number: &serde_json::Number) -> Value<'_> {
    const EXACT: u64 = 1 << 53;
    match number.as_i64() {
        Some(integer) if integer.unsigned_abs() <= EXACT => Value::Number(integer as f64),
        None if number.is_f64() => Value::Number(number.as_f64().unwrap_or_default()),
        _ => Value::Integer(number),
    }
}

impl From<Json> for Value<'_> {
    /// A number becomes an `f64`, as every number that an expression makes.
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            Json::String(text) => Self::from(text),
            Json::Array(items) => Self::from(Array::new(items.into_iter().map(Self::from).collect())),
            Json::Object(members) => {
                let mut object = Object::with_capacity(members.len());
                members.into_iter().for_each(|(name, value)| object.push_new(Cow::Owned(name), Self::from(value)));
                Self::from(object)
            }
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::str(text)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<'a> From<Array<'a>> for Value<'a> {
    fn from(array: Array<'a>) -> Self {
        Self::Array(Rc::new(array))
    }
}

impl<'a> From<Object<'a>> for Value<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::Object(Rc::new(object))
    }
}

impl<'a> From<Function<'a>> for Value<'a> {
    fn from(function: Function<'a>) -> Self {
        Self::Function(Rc::new(function))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jsonata::{operators, text};

    #[test]
    fn a_value_is_three_words() {
        assert_eq!(size_of::<Value<'_>>(), 24);
        assert_eq!(size_of::<Option<Value<'_>>>(), 24);
    }

    #[test]
    fn numbers_become_json_as_javascript_shows_them() {
        let check = |number: f64, expected: &str| assert_eq!(number_to_json(number).to_string(), expected);
        check(3.0, "3");
        check(-0.0, "0");
        check(0.1, "0.1");
        check(9_007_199_254_740_992.0, "9007199254740992");
        check(1_152_921_504_606_846_976.0, "1152921504606847000");
        check(-1_152_921_504_606_846_976.0, "-1152921504606847000");
        check(18_446_744_073_709_550_000.0, "18446744073709550000");
        check(f64::INFINITY, "null");
    }

    #[test]
    fn an_integer_of_the_data_stays_what_it_is() {
        let data = json!([u64::MAX, i64::MIN, 9_007_199_254_740_993_i64, 1.5, 7]);
        for number in data.as_array().unwrap() {
            assert_eq!(Value::from(number).into_json().as_ref(), Some(number));
        }
    }

    #[test]
    fn what_json_cannot_say_is_left_out() {
        let function = || Value::from(Function::BuiltIn(crate::jsonata::BuiltIn::Sum));
        assert_eq!(function().into_json(), None);
        assert_eq!(Value::Undefined.into_json(), None);
        let mut object = Object::default();
        object.insert("a", function());
        object.insert("b", Value::Null);
        let array = Array::new(vec![Value::Undefined, object.into(), function()]);
        assert_eq!(Value::from(array).into_json(), Some(json!([null, {"b": null}, null])));
    }

    #[test]
    fn the_length_of_the_text_is_known_without_it() {
        let data = json!({"a": ["text", {"b": null}]});
        let mut object = Object::default();
        object.insert("a", Value::from(&data));
        let value = Value::from(object);
        assert!(value.is_longer_than(10));
        assert!(!value.is_longer_than(100));
        assert!(!Value::str("").is_longer_than(2));
        assert!(Value::str("a").is_longer_than(2));
    }

    fn nested(levels: usize, outside: impl Fn(Value<'static>) -> Value<'static>) -> Value<'static> {
        (0..levels).fold(Value::Null, |inner, _| outside(inner))
    }

    fn in_array(inner: Value<'static>) -> Value<'static> {
        Array::new(vec![inner]).into()
    }

    fn in_object(inner: Value<'static>) -> Value<'static> {
        let mut object = Object::default();
        object.insert("a", inner);
        object.into()
    }

    #[test]
    fn a_value_knows_its_depth() {
        assert_eq!(Value::Null.depth(), 0);
        assert_eq!(Value::from(&json!([[1]])).depth(), 1);
        assert_eq!(nested(3, in_array).depth(), 3);
        assert_eq!(nested(3, in_object).depth(), 3);
        assert!(nested(500, in_array).ensure_bounded().is_ok());
        assert_eq!(
            nested(501, in_object).ensure_bounded().unwrap_err().message(),
            "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive."
        );
    }

    #[test]
    fn a_value_knows_how_much_is_in_it() {
        let twice = |inner: Value<'static>| Array::new(vec![inner.clone(), inner]).into();
        assert!(nested(20, twice).ensure_bounded().is_ok());
        let message = nested(40, twice).ensure_bounded().unwrap_err().message();
        assert_eq!(message, "Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }

    #[test]
    fn the_deepest_value_that_is_bounded_can_be_used() {
        let value = nested(500, |inner| in_object(in_array(inner.clone()).as_list().unwrap().get(0).unwrap()));
        assert!(operators::equal(&value, &nested(500, in_object)));
        assert_eq!(text::string(&value, false).unwrap().len(), 500 * 6 + 4);
        assert!(value.into_json().is_some());
    }

    #[test]
    fn dropping_is_not_recursive_without_limit() {
        drop(nested(100_000, in_array));
        drop(nested(100_000, in_object));
        let shared = nested(100_000, in_array);
        drop(shared.clone());
        drop(shared);
    }
}
