//! The uses of paths: what is read, what it has to be, and what was found.

use std::collections::HashMap;

use super::{Found, Shape};
use crate::query::intrinsic::Function;
use crate::query::path::{Path, Root};

/// One use of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a> {
    pub(crate) path: &'a Path,
    /// The field it stands in, as messages name it.
    pub(crate) field: &'a str,
    /// What the value has to be.
    pub(crate) wanted: Wanted,
    /// The function that takes it as an argument, and its place among the arguments, from 0.
    pub(crate) argument: Option<(Function, usize)>,
}

/// What a value has to be where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Any,
    String,
    Number,
    Bool,
    Array,
    Object,
}

/// The uses of paths in one state, with what they find.
#[derive(Debug, Default)]
pub(crate) struct Reads<'a> {
    pub(crate) all: Vec<(Read<'a>, Found)>,
}

impl<'a> Reads<'a> {
    /// Each use once, with what it finds on all ways through the state: `OutputPath` of a Choice is read on each.
    pub(super) fn merged(self) -> Self {
        let mut places = HashMap::new();
        let mut all: Vec<(Read<'a>, Found)> = Vec::new();
        for (read, found) in self.all {
            let place = *places.entry((read.path.span, read.field)).or_insert(all.len());
            match all.get_mut(place) {
                None => all.push((read, found)),
                Some((_, known)) => *known = known.clone().or(found),
            }
        }
        Self { all }
    }

    /// Notes a use; gives what is read.
    pub(super) fn read(&mut self, read: Read<'a>, data: &Shape) -> Shape {
        if read.path.root != Root::Data {
            return Shape::Unknown(None);
        }
        let found = data.find(&read.path.steps);
        self.all.push((read, found.clone()));
        found.shape()
    }
}
