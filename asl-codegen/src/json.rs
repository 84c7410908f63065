//! JSON to document: RFC 8259, nothing more.

mod number;
mod quoted;
mod refusal;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::HashMap;

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::node::{Member, Node, Text, Value};
use crate::source::Source;
use crate::span::Span;

pub(crate) use number::{is_number, mend};
pub(crate) use quoted::quoted;
use refusal::Expected;

/// How large a definition AWS takes, in bytes.
pub(crate) const MAX_BYTES: usize = 1_048_576;

/// How deep values may be nested; far more than any definition needs, and no stack is too small for it.
pub(crate) const MAX_DEPTH: usize = 256;

/// What AWS says of a text that is not JSON.
pub(crate) const AWS_NOT_JSON: &str = "rejects this: INVALID_JSON_DESCRIPTION";

/// Reads JSON. The document is `None` when the text is not JSON.
///
/// Reading ends at the first syntax error. Of two members with one name the first is kept.
pub(crate) fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let text = source.text.as_str();
    if text.len() > MAX_BYTES {
        diagnostics.push(too_large("the definition"));
    }
    if text.trim_ascii().is_empty() {
        diagnostics.push(empty());
        return None;
    }
    let mut reader = Reader { text, at: 0, depth: 0, duplicates: Vec::new() };
    let document = reader.document();
    let duplicates = reader.duplicates;
    match document {
        Ok(document) => {
            diagnostics.extend(duplicates.into_iter().map(|duplicate| duplicate.diagnostic(&document)));
            an_object(document, diagnostics)
        }
        Err(error) => {
            // An open placeholder is reported already; that it is not JSON either says nothing new.
            let open = |found: &Diagnostic| found.code == Code::ASL0006 && found.span.start == error.span.start;
            if !diagnostics.iter().any(open) {
                diagnostics.push(*error);
            }
            None
        }
    }
}

/// The document, when it is an object, as a definition must be.
pub(crate) fn an_object(document: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    if document.members().is_some() {
        return Some(document);
    }
    let message = format!("a definition is an object, this is {}", document.kind());
    diagnostics.push(
        Diagnostic::new(Code::ASL0002, document.span, message)
            .label("expected an object with `StartAt` and `States`")
            .aws(AWS_NOT_JSON),
    );
    None
}

/// The definition has no content.
pub(crate) fn empty() -> Diagnostic {
    Diagnostic::new(Code::ASL0002, Span::default(), "the definition is empty")
        .label("expected an object with `StartAt` and `States`")
        .aws(AWS_NOT_JSON)
}

/// `what` is larger than AWS takes.
pub(crate) fn too_large(what: &str) -> Diagnostic {
    Diagnostic::new(Code::ASL0005, Span::default(), format!("{what} is larger than {MAX_BYTES} bytes"))
        .help("move a part of it into a state machine of its own and start that with `states:startExecution.sync:2`")
        .aws("rejects this: a definition has at most 1 MiB")
}

/// A member whose name its object has already.
pub(crate) struct Duplicate {
    /// Both names: the one that is kept, and the one that is not.
    pub(crate) first: Span,
    pub(crate) second: Span,
    pub(crate) name: String,
}

impl Duplicate {
    /// The finding; `document` tells the pointer.
    pub(crate) fn diagnostic(self, document: &Node) -> Diagnostic {
        let name = &self.name;
        let object = document.pointer(self.second.start);
        Diagnostic::new(Code::ASL0003, self.second, format!("the name `{name}` appears twice in one object"))
            .label("appears again here")
            .note(self.first, "first here")
            .help("rename or delete one of the two")
            .at(format!("{object}/{}", crate::node::pointer_token(name)))
    }
}

/// A finding weighs too much to be carried by every result.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    duplicates: Vec<Duplicate>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node> {
        let document = self.value()?;
        self.space();
        match self.peek() {
            None => Ok(document),
            Some(_) => Err(self.unexpected(Expected::End, document.span)),
        }
    }

    fn value(&mut self) -> Result<Node> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.literal()?,
        };
        Ok(Node { span: Span::new(start, self.at), value })
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Value>) -> Result<Value> {
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value> {
        let open = self.at;
        self.at += 1;
        let mut members: Vec<Member> = Vec::new();
        let mut names: HashMap<String, Span> = HashMap::new();
        self.space();
        if self.eat(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected(Expected::Name, Span::new(open, open + 1)));
            }
            let name = self.string()?;
            self.space();
            if !self.eat(b':') {
                return Err(self.unexpected(Expected::Colon, name.span));
            }
            let value = self.value()?;
            match names.get(&name.text) {
                Some(first) => {
                    self.duplicates.push(Duplicate { first: *first, second: name.span, name: name.text });
                }
                None => {
                    names.insert(name.text.clone(), name.span);
                    members.push(Member { name, value });
                }
            }
            if !self.another(open, b'}')? {
                return Ok(Value::Object(members));
            }
        }
    }

    fn array(&mut self) -> Result<Value> {
        let open = self.at;
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if !self.another(open, b']')? {
                return Ok(Value::Array(items));
            }
        }
    }

    /// Whether a comma follows a value, or else what closes the list or object that began at `open`.
    fn another(&mut self, open: usize, close: u8) -> Result<bool> {
        let end = self.at;
        self.space();
        if self.eat(close) {
            return Ok(false);
        }
        let comma = self.at;
        if !self.eat(b',') {
            return Err(self.unexpected(Expected::Comma { close, after: end }, Span::new(open, open + 1)));
        }
        self.space();
        match self.peek() {
            Some(next) if next == close => Err(self.trailing_comma(comma, close)),
            _ => Ok(true),
        }
    }

    fn string(&mut self) -> Result<Text> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        let mut runs = vec![(0, self.at)];
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ').unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Text { text, span: Span::new(start, self.at), runs });
                }
                Some(b'\\') => {
                    text.push(self.escape()?);
                    runs.push((text.len(), self.at));
                }
                _ => return Err(self.broken_string(start)),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        let character = match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.unknown_escape()),
        };
        self.at += 2;
        Ok(character)
    }

    /// `\u` and four hexadecimal digits, or two of them for a character beyond U+FFFF.
    fn unicode_escape(&mut self) -> Result<char> {
        let unit = self.code_unit(self.at).ok_or_else(|| self.unknown_escape())?;
        let (code, length) = match (unit, self.code_unit(self.at + 6)) {
            (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => (0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 12),
            _ => (unit, 6),
        };
        let character = char::from_u32(code).ok_or_else(|| self.lone_surrogate(unit))?;
        self.at += length;
        Ok(character)
    }

    fn code_unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        // `from_str_radix` takes a sign, JSON does not.
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Result<String> {
        let token = refusal::number_token(self.rest());
        if !is_number(token) {
            return Err(self.bad_number(token));
        }
        self.at += token.len();
        Ok(token.to_owned())
    }

    fn literal(&mut self) -> Result<Value> {
        let word = refusal::word(self.rest());
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(self.unexpected(Expected::Value, Span::new(self.at, self.at))),
        };
        self.at += word.len();
        Ok(value)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}
