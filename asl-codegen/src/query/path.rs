//! JSONPath, in the dialect that AWS runs: names and indexes. asl-reference: paths and reference paths.

use std::ops::Range;

use crate::span::Span;

/// A path that selects one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The path as written; run-time messages quote it.
    pub text: String,
    /// Where it was written, without quotes.
    pub span: Span,
    /// Where it starts.
    pub root: Root,
    /// What it walks along.
    pub steps: Vec<Step>,
}

/// The start of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`: the data at hand.
    Data,
    /// `$$`: the context object.
    Context,
    /// `$name`: a variable.
    Variable(String),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it selects.
    pub selector: Selector,
    /// Its bytes in [`Path::text`].
    pub range: Range<usize>,
}

/// What a step selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `.name` or `['name']`
    Name(String),
    /// `[0]`; negative counts from the end.
    Index(i64),
}
