//! What all kinds of expression are made of: paths, placeholders, functions.

use std::ops::Range;

/// A document path: `orders[0].#name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Its elements; the first is a name.
    pub elements: Vec<Element>,
    /// Its bytes in the expression.
    pub range: Range<usize>,
}

/// A step of a document path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// An attribute or a member of a map.
    Name(ElementName),
    /// An element of a list.
    Index(usize),
}

/// A name in a document path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementName {
    /// The name itself.
    Bare(Word),
    /// `#name`, to be looked up in `ExpressionAttributeNames`.
    Placeholder(Word),
}

/// A word of an expression and where it stands; a placeholder with its `#` or `:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Its bytes in the expression.
    pub range: Range<usize>,
}

/// An operand of a function or an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A document path.
    Path(Path),
    /// `:value`
    Value(Word),
    /// A function call.
    Call(Call),
}

/// A function call: `size(tags)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function's name.
    pub function: Word,
    /// Its operands.
    pub arguments: Vec<Operand>,
    /// Its bytes in the expression.
    pub range: Range<usize>,
}

impl Operand {
    /// The operand's bytes in the expression.
    pub fn range(&self) -> Range<usize> {
        match self {
            Operand::Path(path) => path.range.clone(),
            Operand::Value(value) => value.range.clone(),
            Operand::Call(call) => call.range.clone(),
        }
    }
}

/// A part of an expression, as `Visit` hands it out.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Path(&'a Path),
    Value(&'a Word),
    Call(&'a Call),
}

/// Walks over the parts of an expression in the order they were written.
pub(super) trait Visit {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>));
}

impl Visit for Operand {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>)) {
        match self {
            Operand::Path(path) => visitor(Part::Path(path)),
            Operand::Value(value) => visitor(Part::Value(value)),
            Operand::Call(call) => call.visit(visitor),
        }
    }
}

impl Visit for Call {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>)) {
        for argument in &self.arguments {
            argument.visit(visitor);
        }
        visitor(Part::Call(self));
    }
}

impl ElementName {
    /// The word as it is written.
    pub fn word(&self) -> &Word {
        match self {
            ElementName::Bare(word) | ElementName::Placeholder(word) => word,
        }
    }
}
