//! The document: what JSON and YAML have in common, with positions, number spelling and member order.

use std::ops::Range;

use crate::span::Span;

/// A value of the document and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value's text, quotes and brackets included.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The value of a [`Node`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in JSON's spelling, as written: `1.10` stays `1.10`.
    Number(String),
    /// A string.
    String(Text),
    /// A list.
    Array(Vec<Node>),
    /// Members in the order they were written, each name once.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name.
    pub name: Text,
    /// The value.
    pub value: Node,
}

/// A string of the document that still knows where each of its characters was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The string's value, escapes resolved.
    pub text: String,
    /// The string as written, quotes included.
    pub span: Span,
    /// For each run of characters that maps byte by byte: offset in `text`, offset in the source.
    /// Ascending; empty when positions inside the string are not known.
    pub(crate) runs: Vec<(usize, usize)>,
}

impl Text {
    /// A string whose inner positions are not known: every position in it is the whole of `span`.
    pub fn opaque(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span, runs: Vec::new() }
    }

    /// The string's value.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the bytes `range` of [`text`](Self::text) were written, or the whole string when that is not known.
    pub fn locate(&self, range: Range<usize>) -> Span {
        let at = |offset: usize| {
            let count = self.runs.partition_point(|(text, _)| *text <= offset);
            let (text, source) = self.runs.get(count.checked_sub(1)?)?;
            Some(source + (offset - text))
        };
        match (at(range.start), at(range.end)) {
            (Some(start), Some(end)) if self.span.start <= start && start <= end && end <= self.span.end => {
                Span::new(start, end)
            }
            _ => self.span,
        }
    }

    /// The bytes `range` as a string of their own, which still knows where its characters were written.
    pub(crate) fn slice(&self, range: Range<usize>) -> Text {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let first = self.runs.partition_point(|(text, _)| *text <= range.start).saturating_sub(1);
        let runs = self.runs.iter().skip(first).take_while(|(text, _)| *text <= range.end);
        let runs = runs.map(|(text, source)| {
            let skipped = range.start.saturating_sub(*text);
            (text.saturating_sub(range.start), source + skipped)
        });
        Text { runs: runs.collect(), span: self.locate(range.clone()), text }
    }
}

impl Node {
    /// The string, when this is one.
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members, when this is an object.
    pub fn members(&self) -> Option<&[Member]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The member `name`, when this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.members()?.iter().find(|member| member.name.text == name).map(|member| &member.value)
    }

    /// JSON pointer to the innermost value that was written around the byte `offset`.
    pub(crate) fn pointer(&self, offset: usize) -> String {
        let mut pointer = String::new();
        let mut node = self;
        loop {
            let around = |child: &Node| child.span.start <= offset && offset < child.span.end;
            let child = match &node.value {
                // They are in the order of the text, but for aliases, behind which no pointer leads.
                Value::Object(members) => members
                    .partition_point(|member| member.value.span.start <= offset)
                    .checked_sub(1)
                    .and_then(|last| members.get(last))
                    .filter(|member| around(&member.value))
                    .map(|member| (pointer_token(&member.name.text), &member.value)),
                Value::Array(items) => items
                    .partition_point(|item| item.span.start <= offset)
                    .checked_sub(1)
                    .and_then(|last| Some((last, items.get(last)?)))
                    .filter(|(_, item)| around(item))
                    .map(|(index, item)| (index.to_string(), item)),
                _ => None,
            };
            let Some((token, child)) = child else {
                return pointer;
            };
            pointer.push('/');
            pointer.push_str(&token);
            node = child;
        }
    }

    /// What the value is, in words: `a string`, `an object`, …
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// Where the object at `object` begins, whose first name is at `first`: its brace, or in YAML without braces that name.
pub(crate) fn opening(object: Span, first: Option<Span>) -> Span {
    match first {
        Some(first) if first.start == object.start => first,
        _ => Span::new(object.start, object.end.min(object.start + 1)),
    }
}

/// A name as a JSON pointer has it (RFC 6901, section 3).
pub(crate) fn pointer_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
