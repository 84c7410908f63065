//! The values of an evaluation. They borrow from the state's data, the expression and the variables for `'a`; what an
//! evaluation makes is shared, so that a copy of a value is cheap.

pub(crate) mod array;
pub(crate) mod function;
pub(crate) mod object;

use std::borrow::Cow;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use array::{Array, List};
use function::Function;
use object::{Members, Object};

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
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }

    /// Whether it is an array or a sequence.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_) | Self::JsonArray(_))
    }

    /// The number, when it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Integer(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The text, when it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, when it is an array or a sequence.
    pub fn as_list(&self) -> Option<List<'_, 'a>> {
        match self {
            Self::JsonArray(items) => Some(List::Json(items)),
            Self::Array(array) => Some(List::Made(array.items())),
            _ => None,
        }
    }

    /// The members, when it is an object.
    pub fn as_members(&self) -> Option<Members<'_, 'a>> {
        match self {
            Self::JsonObject(members) => Some(Members::Json(members)),
            Self::Object(object) => Some(Members::Made(object)),
            _ => None,
        }
    }

    /// The value as JSON of its own. None when it is nothing or a function; what is nothing or a function inside an object
    /// is left out.
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
            Self::Array(array) => {
                let items = match Rc::try_unwrap(array) {
                    Ok(array) => array.into_items(),
                    Err(array) => array.items().to_vec(),
                };
                items.into_iter().filter_map(Self::into_json).collect()
            }
            Self::Object(object) => {
                let members = match Rc::try_unwrap(object) {
                    Ok(object) => object.into_members(),
                    Err(object) => object.members().to_vec(),
                };
                let json =
                    members.into_iter().filter_map(|(name, value)| Some((name.into_owned(), value.into_json()?)));
                Json::Object(json.collect())
            }
        })
    }
}

/// A number as JSON shows it: a whole one without a fraction.
#[allow(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
pub(crate) fn number_to_json(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        Json::from(number as i64)
    } else {
        Json::from(number)
    }
}

impl<'a> From<&'a Json> for Value<'a> {
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

#[allow(clippy::cast_precision_loss, reason = "only exact ones are taken")]
fn from_number(number: &serde_json::Number) -> Value<'_> {
    const EXACT: u64 = 1 << 53;
    match number.as_i64() {
        Some(integer) if integer.unsigned_abs() <= EXACT => Value::Number(integer as f64),
        None if number.is_f64() => Value::Number(number.as_f64().unwrap_or_default()),
        _ => Value::Integer(number),
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
