//! The names that are bound inside an expression.

use std::collections::HashMap;

use super::kinds::Kinds;

/// What is bound at one place of an expression.
#[derive(Debug, Default)]
pub(super) struct Locals<'a> {
    /// In the order in which it was bound.
    bound: Vec<(&'a str, Kinds)>,
    /// The places of each name.
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Locals<'a> {
    /// How much is bound.
    pub(super) fn len(&self) -> usize {
        self.bound.len()
    }

    pub(super) fn bind(&mut self, name: &'a str, kinds: Kinds) {
        self.places.entry(name).or_default().push(self.bound.len());
        self.bound.push((name, kinds));
    }

    /// What a name was bound to last.
    pub(super) fn get(&self, name: &str) -> Option<Kinds> {
        let place = self.places.get(name)?.last()?;
        self.bound.get(*place).map(|(_, kinds)| *kinds)
    }

    /// Forgets all but the first `length`.
    pub(super) fn truncate(&mut self, length: usize) {
        for (name, _) in self.bound.drain(length.min(self.bound.len())..) {
            if let Some(places) = self.places.get_mut(name) {
                places.pop();
            }
        }
    }

    /// Nothing is known any more of what was bound behind the first `length`.
    pub(super) fn blur(&mut self, length: usize) {
        self.bound.iter_mut().skip(length).for_each(|(_, kinds)| *kinds = Kinds::ANY);
    }
}
