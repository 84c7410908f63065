//! Arrays and sequences that an evaluation makes.

use serde_json::Value as Json;

use super::{Extent, Value};

/// An array or a sequence.
///
/// A sequence is what a path, a wildcard or a function that selects gives: one of no values is nothing, and one of one
/// value is that value, unless it is kept. <https://docs.jsonata.org/processing#sequences>
#[derive(Clone, Debug, Default)]
pub struct Array<'a> {
    items: Vec<Value<'a>>,
    extent: Extent,
    /// Whether it is a sequence.
    pub sequence: bool,
    /// Whether a sequence of one value stays an array.
    pub keep_singleton: bool,
    /// Whether an array constructor made it: as a step of a path it is not flattened.
    pub constructed: bool,
}

impl<'a> Array<'a> {
    /// An array that is no sequence.
    pub fn new(items: Vec<Value<'a>>) -> Self {
        let mut extent = Extent::default();
        items.iter().for_each(|item| extent.include(item));
        Self { items, extent, sequence: false, keep_singleton: false, constructed: false }
    }

    /// A sequence.
    pub fn sequence(items: Vec<Value<'a>>) -> Self {
        let mut array = Self::new(items);
        array.sequence = true;
        array
    }

    /// Its items.
    #[inline]
    pub fn items(&self) -> &[Value<'a>] {
        &self.items
    }

    /// Adds an item at its end.
    pub fn push(&mut self, item: Value<'a>) {
        self.extent.include(&item);
        self.items.push(item);
    }

    /// Its items.
    pub fn into_items(mut self) -> Vec<Value<'a>> {
        std::mem::take(&mut self.items)
    }

    pub(super) fn extent(&self) -> Extent {
        self.extent
    }

    pub(super) fn take_items(&mut self) -> Vec<Value<'a>> {
        std::mem::take(&mut self.items)
    }
}

impl Drop for Array<'_> {
    fn drop(&mut self) {
        if self.extent.is_deep() {
            super::dismantle(self.take_items());
        }
    }
}

/// The items of an array, wherever they are.
#[derive(Clone, Copy, Debug)]
pub enum List<'v, 'a> {
    /// Of the data.
    Json(&'a [Json]),
    /// Made.
    Made(&'v [Value<'a>]),
}

impl<'v, 'a> List<'v, 'a> {
    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Self::Json(items) => items.len(),
            Self::Made(items) => items.len(),
        }
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at `index`.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value<'a>> {
        match self {
            Self::Json(items) => items.get(index).map(Value::from),
            Self::Made(items) => items.get(index).cloned(),
        }
    }

    /// The items, one after another.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Value<'a>> + ExactSizeIterator + use<'v, 'a> {
        let list = *self;
        (0..self.len()).map(move |index| list.get(index).unwrap_or_default())
    }
}
