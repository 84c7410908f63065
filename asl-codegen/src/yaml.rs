//! YAML to document: one YAML 1.2 document that holds what JSON can hold.
//!
//! Anchors and aliases are followed; an alias gives the very node of its anchor, so findings in it point to where it is
//! written. What JSON cannot hold, or tools read in different ways, is refused: merge keys, names that are not text, tags
//! other than YAML's own, several documents, hexadecimal and infinite numbers.

mod refusal;
mod runs;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::json::{self, Duplicate, MAX_BYTES, MAX_DEPTH};
use crate::node::{Member, Node, Text, Value};
use crate::source::Source;
use crate::span::Span;
use scalar::Plain;

/// How much the anchored values may hold in all, as JSON: anchors inside anchors are held more than once.
const MAX_ANCHORED: usize = 8 * MAX_BYTES;

/// Reads YAML. The document is `None` when the text is not YAML, or holds what JSON cannot.
pub(crate) fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut reader = Reader::new(&source.text);
    let outcome = reader.stream();
    let Reader { root, broken, duplicates, diagnostics: found, .. } = reader;
    diagnostics.extend(found);
    if let Err(error) = outcome {
        // An open placeholder is reported already; that it is not YAML either says nothing new.
        let at = error.span.start;
        let open =
            |found: &Diagnostic| found.code == Code::ASL0006 && (found.span.start..=found.span.end).contains(&at);
        if !diagnostics.iter().any(open) {
            diagnostics.push(*error);
        }
        return None;
    }
    let Some(document) = root.filter(|document| !document.span.is_empty()) else {
        diagnostics.push(json::empty());
        return None;
    };
    diagnostics.extend(duplicates.into_iter().map(|duplicate| duplicate.diagnostic(&document)));
    json::an_object(document, diagnostics).filter(|_| !broken)
}

/// A finding weighs too much to be carried by every result.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

struct Reader<'a> {
    text: &'a str,
    /// The byte of each character, when they differ: the parser counts characters.
    bytes: Option<Vec<usize>>,
    /// The lists and objects that are open.
    open: Vec<Open>,
    /// The values of anchors, and their sizes as JSON.
    anchors: HashMap<usize, (Node, usize)>,
    anchored: usize,
    /// The size of what was read, as JSON.
    written: usize,
    root: Option<Node>,
    /// Something has no place in the document.
    broken: bool,
    duplicates: Vec<Duplicate>,
    diagnostics: Vec<Diagnostic>,
}

/// A list or an object whose end was not seen yet.
struct Open {
    start: usize,
    /// Written in brackets.
    flow: bool,
    anchor: usize,
    /// The size of what was read before it.
    written: usize,
    children: Children,
}

enum Children {
    Items(Vec<Node>),
    Members { members: Vec<Member>, names: HashMap<String, Span>, name: Option<Name> },
}

/// A name that waits for its value.
enum Name {
    Member(Text),
    /// The value of this one has no place in the document.
    Dropped,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self {
            text,
            bytes,
            open: Vec::new(),
            anchors: HashMap::new(),
            anchored: 0,
            written: 0,
            root: None,
            broken: false,
            duplicates: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn stream(&mut self) -> Result<()> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let at = self.byte(error.marker().index());
                refusal::not_yaml(self.text, at, error.info())
            })?;
            self.event(event, Span::new(self.byte(span.start.index()), self.byte(span.end.index())))?;
            if self.written > MAX_BYTES {
                return Err(Box::new(json::too_large("the definition, written as JSON")));
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<()> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => Err(refusal::second_document(span)),
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), span);
                let size = size(&node.value);
                self.complete(node, anchor, size)
            }
            Event::SequenceStart(anchor, tag) => self.begin(span, anchor, tag.as_deref(), Children::Items(Vec::new())),
            Event::MappingStart(anchor, tag) => {
                let children = Children::Members { members: Vec::new(), names: HashMap::new(), name: None };
                self.begin(span, anchor, tag.as_deref(), children)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((node, size)) => {
                    let (node, size) = (node.clone(), *size);
                    self.complete(node, 0, size)
                }
                None => Err(refusal::cycle(span)),
            },
            Event::DocumentStart(_) | Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {
                Ok(())
            }
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let properties = Span::new(span.start, self.skip_properties(span.start, span.end));
        let span = self.scalar_span(style, Span::new(properties.end, span.end));
        let written = &self.text[span.range()];
        let string = |runs| Value::String(Text { text: text.to_owned(), span, runs });
        let tag = self.known_tag(tag, properties);
        let plain = style == ScalarStyle::Plain;
        let value = match tag {
            Some("str") => string(runs::runs(written, span.start, style, text)),
            // `!!int "5"`: the tag says that the text is to be read as plain.
            Some("int" | "float" | "bool" | "null") => self.plain(text, span),
            _ if plain && tag.is_none() => self.plain(text, span),
            _ => string(runs::runs(written, span.start, style, text)),
        };
        Node { span, value }
    }

    fn plain(&mut self, text: &str, span: Span) -> Value {
        match scalar::resolve(text) {
            Plain::Null => Value::Null,
            Plain::Bool(value) => Value::Bool(value),
            Plain::Number(number) => Value::Number(number),
            Plain::Text => {
                let runs = runs::runs(&self.text[span.range()], span.start, ScalarStyle::Plain, text);
                Value::String(Text { text: text.to_owned(), span, runs })
            }
            Plain::NotJson { decimal } => {
                self.broken = true;
                self.diagnostics.push(refusal::not_a_json_number(text, decimal, span));
                Value::Null
            }
        }
    }

    /// All of the scalar, the header of a block scalar too, and nothing else.
    fn scalar_span(&self, style: ScalarStyle, span: Span) -> Span {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let start = self.block_header(span.start);
                Span::new(start, start + self.text[start..span.end].trim_ascii_end().len())
            }
            // The parser counts a comment behind the quote as a part of the string.
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                Span::new(span.start, span.start + quoted_length(&self.text[span.range()]))
            }
            ScalarStyle::Plain => span,
        }
    }

    /// Where the value begins behind `&anchor` and `!tag`.
    fn skip_properties(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end && self.text[at..].starts_with(['&', '!']) {
            let rest = &self.text[at..end];
            let property = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            at += property + space(&rest[property..]);
        }
        at.min(end)
    }

    /// Where the `|` or `>` stands of the block scalar whose content begins at `content`.
    fn block_header(&self, content: usize) -> usize {
        if self.text[content..].starts_with(['|', '>']) {
            return content;
        }
        let before = self.text[..content].trim_ascii_end();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let is_header = |(at, _): &(usize, &str)| {
            let rest = before[line_start + at + 1..]
                .trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
            rest.is_empty() || rest.trim_ascii_start().starts_with('#') && rest.starts_with([' ', '\t'])
        };
        before[line_start..].match_indices(['|', '>']).find(is_header).map_or(content, |(at, _)| line_start + at)
    }

    /// The name of a tag that YAML itself has; others are reported and then ignored. `properties` is the text of tag and
    /// anchor.
    fn known_tag<'t>(&mut self, tag: Option<&'t Tag>, properties: Span) -> Option<&'t str> {
        let tag = tag?;
        let name = if tag.is_yaml_core_schema() {
            tag.suffix.as_str()
        } else if tag.handle.is_empty() {
            tag.suffix.strip_prefix("tag:yaml.org,2002:").unwrap_or(&tag.suffix)
        } else {
            ""
        };
        match name {
            // `!`, the tag of no type: text, list or object.
            "!" => Some("str"),
            "str" | "int" | "float" | "bool" | "null" | "seq" | "map" => Some(name),
            _ => {
                let written = &self.text[properties.range()];
                let start = written.find('!').unwrap_or_default();
                let length = written[start..].find(|c: char| c.is_ascii_whitespace()).unwrap_or(written.len() - start);
                let start = properties.start + start;
                self.diagnostics.push(refusal::tag(tag, Span::new(start, start + length)));
                Some("str")
            }
        }
    }

    fn begin(&mut self, span: Span, anchor: usize, tag: Option<&Tag>, children: Children) -> Result<()> {
        let start = self.skip_properties(span.start, self.text.len());
        self.known_tag(tag, Span::new(span.start, start));
        if self.open.len() == MAX_DEPTH {
            return Err(refusal::too_deep(Span::new(start, start)));
        }
        let flow = span.end > start && self.text[start..].starts_with(['[', '{']);
        self.open.push(Open { start, flow, anchor, written: self.written, children });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<()> {
        let Some(Open { mut start, flow, anchor, written, children }) = self.open.pop() else {
            return Ok(());
        };
        let (last, value) = match children {
            Children::Items(items) => {
                let first = items.first().map(|item| item.span.start);
                // The parser lets a list that is not indented begin at its first item, behind the dash.
                if !flow && first == Some(start) {
                    start = self.text[..start].rfind('-').unwrap_or(start);
                }
                (items.last().map(|item| item.span.end), Value::Array(items))
            }
            Children::Members { members, .. } => {
                (members.last().map(|member| member.value.span.end.max(member.name.span.end)), Value::Object(members))
            }
        };
        let end = if flow {
            // The parser takes a trailing comma for the bracket.
            let comma = usize::from(self.text[span.start..].starts_with(','));
            span.start + comma + space(&self.text[span.start + comma..]) + 1
        } else {
            last.unwrap_or(start)
        };
        let end = self.text.floor_char_boundary(end).max(start);
        let size = self.written - written + 2;
        self.written = written;
        self.complete(Node { span: Span::new(start, end), value }, anchor, size)
    }

    /// Puts a value into the list, object or document that is open; `size` is its size as JSON.
    fn complete(&mut self, node: Node, anchor: usize, size: usize) -> Result<()> {
        if anchor > 0 {
            self.anchored += size;
            if self.anchored > MAX_ANCHORED {
                return Err(refusal::too_many_anchors(node.span));
            }
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.written = size;
            self.root = Some(node);
            return Ok(());
        };
        self.written += size + 1;
        match &mut open.children {
            Children::Items(items) => items.push(node),
            Children::Members { members, names, name } => match name.take() {
                None => {
                    let written = &self.text[node.span.range()];
                    *name = Some(match node.value {
                        Value::String(text) if written != "<<" => Name::Member(text),
                        Value::String(_) => {
                            self.broken = true;
                            self.diagnostics.push(refusal::merge(node.span));
                            Name::Dropped
                        }
                        _ => {
                            self.diagnostics.push(refusal::name(&node, written));
                            self.broken = true;
                            Name::Dropped
                        }
                    });
                }
                Some(Name::Dropped) => {}
                Some(Name::Member(name)) => match names.get(&name.text) {
                    Some(first) => {
                        self.duplicates.push(Duplicate { first: *first, second: name.span, name: name.text });
                    }
                    None => {
                        names.insert(name.text.clone(), name.span);
                        members.push(Member { name, value: node });
                    }
                },
            },
        }
        Ok(())
    }

    /// The byte of a character.
    fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.text.len()),
            None => character.min(self.text.len()),
        }
    }
}

/// How long a scalar is in compact JSON, escapes aside.
fn size(value: &Value) -> usize {
    match value {
        Value::Number(number) => number.len(),
        Value::String(text) => text.text.len() + 2,
        _ => 4,
    }
}

/// How long the quoted string is that `text` begins with.
fn quoted_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    let quote = characters.next().map_or('"', |(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote && (quote == '"' || !text[at + 1..].starts_with('\'')) {
            return at + 1;
        } else if character == quote {
            characters.next();
        }
    }
    text.len()
}

/// How much white space and comments `text` begins with.
fn space(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        at += blank;
        if !text[at..].starts_with('#') {
            return at;
        }
        at += text[at..].find('\n').unwrap_or(text.len() - at);
    }
}
