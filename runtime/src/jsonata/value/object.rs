//! Objects that an evaluation makes.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::{Extent, Value};

/// An object: members in the order in which they were put in, each name once.
#[derive(Clone, Debug, Default)]
pub struct Object<'a> {
    members: Table<'a, Value<'a>>,
    extent: Extent,
}

impl<'a> Object<'a> {
    /// An object with room for `capacity` members.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { members: Table::with_capacity(capacity), extent: Extent::default() }
    }

    /// Gives a member its value: the one that there is, at its place, or a new one at the end.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) {
        self.extent.include(&value);
        let name = name.into();
        match self.members.get_mut(&name) {
            Some(known) => *known = value,
            None => self.members.push(name, value),
        }
    }

    /// Adds a member whose name is new.
    pub(crate) fn push_new(&mut self, name: Cow<'a, str>, value: Value<'a>) {
        self.extent.include(&value);
        self.members.push(name, value);
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.members.get(name)
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) {
        self.members.remove(name);
    }

    /// The members.
    #[inline]
    pub fn members(&self) -> &[(Cow<'a, str>, Value<'a>)] {
        self.members.entries()
    }

    /// The members.
    pub fn into_members(mut self) -> Vec<(Cow<'a, str>, Value<'a>)> {
        self.take_members()
    }

    pub(super) fn extent(&self) -> Extent {
        self.extent
    }

    pub(super) fn take_members(&mut self) -> Vec<(Cow<'a, str>, Value<'a>)> {
        std::mem::take(&mut self.members).entries
    }
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        if self.extent.is_deep() {
            super::dismantle(self.take_members().into_iter().map(|(_, value)| value).collect());
        }
    }
}

/// Entries by name, in the order in which they came. Few are searched one after another; many have an index as soon as one is
/// looked for.
#[derive(Clone, Debug)]
pub(crate) struct Table<'a, T> {
    entries: Vec<(Cow<'a, str>, T)>,
    index: OnceCell<HashMap<Cow<'a, str>, usize>>,
}

/// How many entries are many. Fewer are compared faster than hashed.
const MANY: usize = 32;

impl<T> Default for Table<'_, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: OnceCell::new() }
    }
}

impl<'a, T> Table<'a, T> {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity), index: OnceCell::new() }
    }

    pub(crate) fn entries(&self) -> &[(Cow<'a, str>, T)] {
        &self.entries
    }

    pub(crate) fn into_entries(self) -> Vec<(Cow<'a, str>, T)> {
        self.entries
    }

    fn position(&self, name: &str) -> Option<usize> {
        if self.entries.len() < MANY {
            return self.entries.iter().position(|(known, _)| known == name);
        }
        let names = || self.entries.iter().enumerate().map(|(position, (name, _))| (name.clone(), position));
        self.index.get_or_init(|| names().collect()).get(name).copied()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let (_, value) = self.entries.get(self.position(name)?)?;
        Some(value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let position = self.position(name)?;
        let (_, value) = self.entries.get_mut(position)?;
        Some(value)
    }

    /// Adds an entry whose name is new.
    pub(crate) fn push(&mut self, name: Cow<'a, str>, value: T) {
        if let Some(index) = self.index.get_mut() {
            index.insert(name.clone(), self.entries.len());
        }
        self.entries.push((name, value));
    }

    fn remove(&mut self, name: &str) {
        if let Some(position) = self.position(name) {
            self.entries.remove(position);
            self.index = OnceCell::new();
        }
    }
}

/// A member of an object of the data. The names of few members are compared faster than one name is hashed.
#[inline]
pub(crate) fn member<'a>(members: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    const FEW: usize = 12;
    if members.len() > FEW {
        return members.get(name);
    }
    members.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
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
    #[inline]
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Json(members) => member(members, name).map(Value::from),
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

#[cfg(test)]
mod tests {
    use super::{MANY, Object};
    use crate::jsonata::Value;

    #[test]
    fn members_stay_in_their_order() {
        for count in [3, MANY, 200] {
            let mut object = Object::with_capacity(0);
            for index in 0..count {
                object.insert(format!("m{index}"), Value::Null);
            }
            object.insert("m1", Value::Bool(true));
            object.remove("m0");
            object.remove("m0");
            let names: Vec<&str> = object.members().iter().map(|(name, _)| &**name).collect();
            let expected: Vec<String> = (1..count).map(|index| format!("m{index}")).collect();
            assert_eq!(names, expected);
            assert!(matches!(object.get("m1"), Some(Value::Bool(true))));
            assert!(object.get("m0").is_none());
            assert!(object.get(&format!("m{}", count - 1)).is_some());
        }
    }
}
