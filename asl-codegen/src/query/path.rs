//! JSONPath, in the dialect that AWS runs, which is that of Jayway's library. Language spec, "Paths" and "Reference
//! Paths".

mod filter;
mod parse;
mod regex;

use std::ops::Range;

use self::parse::Parser;
pub(crate) use self::regex::anchored;

use crate::node::Text;
use crate::span::Span;

/// A path. One of names and single indexes selects one value, any other an array of what it finds. A union of names is a
/// step to one value, as was seen on AWS.
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
#[derive(Clone, Debug, PartialEq)]
pub enum Selector {
    /// `.name` or `['name']`
    Name(String),
    /// `[0]`; negative counts from the end.
    Index(i64),
    /// `['a', 'b']`: an object of those of the members that there are. The last step of a path.
    Names(Vec<String>),
    /// `[0, 2]`
    Indexes(Vec<i64>),
    /// `[start:end:step]`, the end exclusive. When only one of them is there, a negative one counts from the end.
    Slice {
        /// The first index; by default the first item.
        start: Option<i64>,
        /// The index behind the last; by default the end.
        end: Option<i64>,
        /// Every how many items; by default 1.
        step: Option<i64>,
    },
    /// `.*` or `[*]`
    Wildcard,
    /// `[?(…)]`
    Filter(Box<Filter>),
    /// `..` and what is selected of the value and of everything inside it.
    Descent(Box<Selector>),
}

impl Selector {
    /// Whether it selects one value: a name, an index, or one object of several names.
    pub fn is_definite(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Index(_) | Self::Names(_))
    }

    /// Whether it is a union of names, of the value or of what is inside it.
    fn has_names(&self) -> bool {
        match self {
            Self::Names(_) => true,
            Self::Descent(inner) => inner.has_names(),
            _ => false,
        }
    }

    /// The name, when it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// What it is, in words: `a wildcard`.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Name(_) => "a name",
            Self::Index(_) => "an index",
            Self::Names(_) => "a union of names",
            Self::Indexes(_) => "a union of indexes",
            Self::Slice { .. } => "a slice",
            Self::Wildcard => "a wildcard",
            Self::Filter(_) => "a filter",
            Self::Descent(_) => "recursive descent",
        }
    }
}

/// A filter's condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `a || b`
    Or(Vec<Filter>),
    /// `a && b`
    And(Vec<Filter>),
    /// `!a`
    Not(Box<Filter>),
    /// `@.a`: whether there is something.
    Exists(FilterPath),
    /// `@.a == 1`
    Compare {
        /// The left side.
        left: Operand,
        /// The operator.
        operator: Operator,
        /// The right side.
        right: Operand,
    },
}

/// A path in a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterPath {
    /// Whether it starts at the item, `@`; else it starts at the whole value that the filter's path reads, `$`.
    pub from_item: bool,
    /// What it walks along.
    pub selectors: Vec<Selector>,
}

/// A side of a filter's comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A path.
    Path(FilterPath),
    /// A number, by its spelling; a text; `true`, `false`, `null`; an array of them.
    Literal(Literal),
    /// `/pattern/flags`
    Regex {
        /// The pattern.
        pattern: String,
        /// The letters behind it.
        flags: String,
    },
}

/// A constant in a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as it is spelled.
    Number(String),
    /// A text.
    String(String),
    /// `['a', 'b']`
    Array(Vec<Literal>),
}

/// An operator of a filter's comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as it is written, or for what it means")]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `=~`
    Matches,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    Contains,
    Size,
    Empty,
}

/// Why a text is not a [`Path`]. Ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// Not a path at all.
    Syntax {
        /// The bad part.
        range: Range<usize>,
        /// What is wrong with it.
        message: String,
        /// The whole path as it was probably meant.
        suggestion: Option<String>,
    },
    /// A valid path that is not compiled: it calls a function, or has a regular expression that only Java knows.
    Unsupported {
        /// The first part of the kind.
        range: Range<usize>,
        /// Where the path starts.
        root: Root,
        /// What the part is: `a path function`.
        what: &'static str,
    },
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// The text is not a path, or one that is not compiled.
    pub fn parse(text: &Text) -> Result<Self, PathError> {
        let (root, steps) = parse(&text.text)?;
        Ok(Self { text: text.text.clone(), span: text.locate(0..text.text.len()), root, steps })
    }

    /// Where the bytes `range` of [`text`](Self::text) were written, or the whole path when that is not known.
    pub(crate) fn locate(&self, range: Range<usize>) -> Span {
        let exact = self.span.end - self.span.start == self.text.len();
        if exact { Span::new(self.span.start + range.start, self.span.start + range.end) } else { self.span }
    }

    /// Whether it selects one value: it has only names, single indexes, and perhaps a union of names at its end.
    pub fn is_definite(&self) -> bool {
        self.steps.iter().all(|step| step.selector.is_definite())
    }

    /// The first step that a Reference Path cannot have: one that can select several values, or an index that counts from
    /// the end.
    pub fn first_indirect_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| match step.selector {
            Selector::Name(_) => false,
            Selector::Index(index) => index < 0,
            _ => true,
        })
    }
}

/// Reads the path in `text`.
pub(crate) fn parse(text: &str) -> Result<(Root, Vec<Step>), PathError> {
    let mut parser = Parser::new(text);
    let root = parser.root()?;
    let steps = parser.steps()?;
    if let Some((_, before)) = steps.split_last()
        && let Some(step) = before.iter().find(|step| step.selector.has_names())
    {
        // The cause on AWS: "Multi properties can only be used as path leafs".
        parser.note_unsupported(step.range.clone(), "a union of names before the last step");
    }
    match parser.unsupported {
        Some((range, what)) => Err(PathError::Unsupported { range, root, what }),
        None => Ok((root, steps)),
    }
}

/// Whether `character` may stand in a name behind a dot. AWS documents letters, digits and `_`; old definitions with
/// hyphens run as well.
fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-') || !character.is_ascii()
}

/// Whether `name` can be a variable: letters and digits of any script, not a digit first. AWS follows UAX #31.
pub(crate) fn is_variable(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

/// `name` as a step in brackets: `['a b']`.
pub(crate) fn bracketed(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests;
