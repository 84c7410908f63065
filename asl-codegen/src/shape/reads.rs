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

/// The value that paths read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'s> {
    pub(crate) shape: &'s Shape,
    /// Whether it is the input of the state as it came, perhaps with more put into it: else it is a part of it, a result
    /// or an error.
    pub(crate) is_input: bool,
}

/// One use of a path and what it finds.
#[derive(Clone, Debug)]
pub(crate) struct Noted<'a> {
    pub(crate) read: Read<'a>,
    pub(crate) found: Found,
    /// What it reads.
    pub(crate) data: Shape,
    /// As in [`Given`].
    pub(crate) is_input: bool,
}

/// The uses of paths in one state, with what they find.
#[derive(Debug, Default)]
pub(crate) struct Reads<'a> {
    pub(crate) all: Vec<Noted<'a>>,
}

impl<'a> Reads<'a> {
    /// Each use once, with what it finds on all ways through the state: `OutputPath` of a Choice is read on each.
    pub(super) fn merged(self) -> Self {
        let mut places = HashMap::new();
        let mut all: Vec<Noted<'a>> = Vec::new();
        for noted in self.all {
            let place = *places.entry((noted.read.path.span, noted.read.field)).or_insert(all.len());
            match all.get_mut(place) {
                None => all.push(noted),
                Some(known) => known.found = known.found.clone().or(noted.found),
            }
        }
        Self { all }
    }

    /// Notes a use; gives what is read.
    pub(super) fn read(&mut self, read: Read<'a>, given: Given<'_>) -> Shape {
        if read.path.root != Root::Data {
            return Shape::Unknown(None);
        }
        let found = given.shape.find(&read.path.steps);
        let shape = found.clone().shape();
        self.all.push(Noted { read, found, data: given.shape.clone(), is_input: given.is_input });
        shape
    }
}
