//! Objects that an evaluation makes.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::Value;

/// An object: members in the order in which they were put in, each name once.
#[derive(Clone, Debug, Default)]
pub struct Object<'a> {
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Object<'a> {
    /// An object with room for `capacity` members.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { members: Vec::with_capacity(capacity) }
    }

    /// Gives a member its value: the one that there is, at its place, or a new one at the end.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) {
        let name = name.into();
        match self.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.members.push((name, value)),
        }
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) {
        self.members.retain(|(known, _)| known != name);
    }

    /// The members.
    pub fn members(&self) -> &[(Cow<'a, str>, Value<'a>)] {
        &self.members
    }

    /// The members.
    pub fn into_members(self) -> Vec<(Cow<'a, str>, Value<'a>)> {
        self.members
    }
}

/// The members of an object, wherever they are.
#[derive(Clone, Copy, Debug)]
pub enum Members<'v, 'a> {
    /// Of the data.
    Json(&'a Map<String, Json>),
    /// Made.
    Made(&'v Object<'a>),
}

impl<'v, 'a> Members<'v, 'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Json(members) => members.len(),
            Self::Made(object) => object.members().len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Json(members) => members.get(name).map(Value::from),
            Self::Made(object) => object.get(name).cloned(),
        }
    }

    /// Calls `visit` with each member in order.
    ///
    /// # Errors
    /// What `visit` raises.
    pub fn for_each<E>(&self, mut visit: impl FnMut(Cow<'a, str>, Value<'a>) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::Json(members) => {
                members.iter().try_for_each(|(name, value)| visit(Cow::Borrowed(name), Value::from(value)))
            }
            Self::Made(object) => {
                object.members().iter().try_for_each(|(name, value)| visit(name.clone(), value.clone()))
            }
        }
    }
}
