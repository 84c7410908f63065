//! What is said of text that is not JSON: what was expected, what was found, and which relative of JSON has it.

use super::{AWS_NOT_JSON, MAX_DEPTH, Reader, mend, quoted};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// What the grammar allows at a place.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    Value,
    Name,
    Colon,
    /// A comma or `close`; the value before it ends at `after`.
    Comma {
        close: u8,
        after: usize,
    },
    End,
}

impl Expected {
    fn words(self) -> String {
        match self {
            Self::Value => "a value".to_owned(),
            Self::Name => "a name in double quotes".to_owned(),
            Self::Colon => "`:`".to_owned(),
            Self::Comma { close, .. } => format!("`,` or `{}`", char::from(close)),
            Self::End => "the end of the text".to_owned(),
        }
    }
}

impl Reader<'_> {
    /// The next character is not what is `expected`; `opened` is the bracket, or what else, that this belongs to.
    pub(super) fn unexpected(&self, expected: Expected, opened: Span) -> Box<Diagnostic> {
        let Some(character) = self.rest().chars().next() else {
            return self.ends_early(expected, opened);
        };
        let diagnostic = self
            .foreign(character)
            .or_else(|| match expected {
                Expected::Value => self.foreign_value(character),
                Expected::Name => self.foreign_name(character),
                Expected::Colon | Expected::Comma { .. } | Expected::End => None,
            })
            .unwrap_or_else(|| self.misplaced(expected, opened));
        Box::new(diagnostic)
    }

    fn ends_early(&self, expected: Expected, opened: Span) -> Box<Diagnostic> {
        let end = self.text.trim_ascii_end().len();
        let expected_here = format!("expected {}", expected.words());
        let diagnostic = refusal(Span::new(end, end), "the text ends too early").label(expected_here);
        Box::new(match expected {
            Expected::Name | Expected::Comma { .. } => diagnostic.note(opened, "opened here"),
            Expected::Value | Expected::Colon | Expected::End => diagnostic,
        })
    }

    /// What no place of a JSON text can have.
    fn foreign(&self, character: char) -> Option<Diagnostic> {
        let rest = self.rest();
        if rest.starts_with("//") || rest.starts_with("/*") || character == '#' {
            let length = if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                rest.lines().next().map_or(rest.len(), str::len)
            };
            let span = self.span(length);
            return Some(
                refusal(span, "JSON has no comments")
                    .label("a comment")
                    .fix("remove it, or move it to a `Comment` field", span, "")
                    .help("or write the definition as YAML, which has comments: a file whose name ends in `.asl.yaml`"),
            );
        }
        let span = self.span(character.len_utf8());
        let code = u32::from(character);
        match character {
            '\u{FEFF}' => Some(refusal(span, "a byte order mark (U+FEFF) is not a part of JSON").fix(
                "save the file as UTF-8 without it",
                span,
                "",
            )),
            '\u{200B}' => {
                Some(refusal(span, format!("an invisible character (U+{code:04X})")).fix("remove it", span, ""))
            }
            _ if character.is_whitespace() => {
                Some(refusal(span, format!("U+{code:04X} is not white space of JSON")).fix(
                    "replace it by a space",
                    span,
                    " ",
                ))
            }
            _ => None,
        }
    }

    fn foreign_value(&self, character: char) -> Option<Diagnostic> {
        let word = word(self.rest());
        let spelling = match word {
            "True" | "TRUE" => "true",
            "False" | "FALSE" => "false",
            "Null" | "NULL" | "None" | "nil" | "undefined" => "null",
            _ => "",
        };
        if !spelling.is_empty() {
            let span = self.span(word.len());
            return Some(refusal(span, format!("`{word}` is not JSON")).fix(
                format!("write `{spelling}`"),
                span,
                spelling,
            ));
        }
        match character {
            '+' | '.' => Some(*self.bad_number(number_token(self.rest()))),
            _ if matches!(word, "NaN" | "Infinity") => Some(*self.bad_number(word)),
            _ => self.other_quotes(character).or_else(|| self.without_quotes("a string")),
        }
    }

    fn foreign_name(&self, character: char) -> Option<Diagnostic> {
        if character == '%' && self.text[..self.at].ends_with('{') {
            let start = self.at - 1;
            let length = self.rest().find("%}").map_or(1, |end| end + 2);
            let span = Span::new(start, self.at + length);
            let expression = self.text.get(span.range()).unwrap_or_default();
            return Some(refusal(span, "a JSONata expression is a string in JSON").label("takes double quotes").fix(
                "put it in quotes",
                span,
                quoted(expression),
            ));
        }
        self.other_quotes(character).or_else(|| self.without_quotes("a name"))
    }

    fn other_quotes(&self, character: char) -> Option<Diagnostic> {
        let closing: &[char] = match character {
            '\'' | '`' => &[character],
            '\u{201C}' | '\u{201D}' | '\u{201E}' => &['\u{201C}', '\u{201D}'],
            '\u{2018}' | '\u{2019}' | '\u{201A}' => &['\u{2018}', '\u{2019}'],
            _ => return None,
        };
        let line = self.rest().lines().next().unwrap_or_default();
        let inside = &line[character.len_utf8()..];
        let diagnostic = |span| refusal(span, "JSON strings take double quotes").label("expected `\"`");
        Some(match inside.find(closing).map(|end| &inside[..end]) {
            Some(content) if !content.contains('\\') => {
                let length = character.len_utf8() + content.len();
                let last = self.text[self.at + length..].chars().next().map_or(0, char::len_utf8);
                let span = self.span(length + last);
                let replacement = quoted(content);
                diagnostic(span).fix(format!("write `{replacement}`"), span, replacement)
            }
            _ => diagnostic(self.span(character.len_utf8())),
        })
    }

    fn without_quotes(&self, what: &str) -> Option<Diagnostic> {
        let word = word(self.rest());
        if word.is_empty() {
            return None;
        }
        let span = self.span(word.len());
        let replacement = quoted(word);
        Some(refusal(span, format!("{what} without quotes")).label("takes double quotes").fix(
            format!("write `{replacement}`"),
            span,
            replacement,
        ))
    }

    /// Something that JSON has, but not here.
    fn misplaced(&self, expected: Expected, opened: Span) -> Diagnostic {
        let (found, length) = self.found();
        let expected_words = expected.words();
        let label = format!("expected {expected_words}");
        let diagnostic = refusal(self.span(length), format!("expected {expected_words}, found {found}")).label(label);
        let Expected::Comma { after, .. } = expected else {
            return diagnostic;
        };
        match self.peek() {
            Some(b'}' | b']') => diagnostic.note(opened, "opened here"),
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                diagnostic.fix("add a `,` after the value before it", Span::new(after, after), ",")
            }
            _ => diagnostic,
        }
    }

    /// What stands at this place, in words, and its length.
    fn found(&self) -> (String, usize) {
        let rest = self.rest();
        let word = word(rest);
        if !word.is_empty() {
            return (format!("`{word}`"), word.len());
        }
        match rest.chars().next() {
            Some('"') => {
                let end = rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 2);
                ("a string".to_owned(), rest[..end].trim_ascii_end().len())
            }
            Some(character) if character.is_control() => {
                (format!("U+{:04X}", u32::from(character)), character.len_utf8())
            }
            Some(character) => (format!("`{character}`"), character.len_utf8()),
            None => ("the end of the text".to_owned(), 0),
        }
    }

    pub(super) fn trailing_comma(&self, comma: usize, close: u8) -> Box<Diagnostic> {
        let span = Span::new(comma, comma + 1);
        Box::new(
            refusal(span, format!("a comma before `{}`", char::from(close))).label("JSON has no trailing comma").fix(
                "remove the comma",
                span,
                "",
            ),
        )
    }

    pub(super) fn too_deep(&self) -> Box<Diagnostic> {
        let message = format!("values are nested more than {MAX_DEPTH} deep");
        Box::new(Diagnostic::new(Code::ASL0001, self.span(1), message))
    }

    pub(super) fn bad_number(&self, token: &str) -> Box<Diagnostic> {
        let span = self.span(token.len().max(1));
        let unsigned = token.trim_start_matches(['+', '-']);
        if matches!(unsigned, "NaN" | "Infinity") {
            return Box::new(refusal(span, format!("JSON has no `{token}`")).label("not a number of JSON"));
        }
        let label = match unsigned.as_bytes() {
            _ if token.starts_with('+') => "a number has no `+` sign",
            [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..] => "a number is decimal",
            [b'0', b'0'..=b'9', ..] => "a number has no leading zeros",
            [b'.', ..] => "a digit must stand before the point",
            _ if unsigned.contains('_') => "a number has no `_`",
            _ => "not a number of JSON",
        };
        let diagnostic = refusal(span, format!("`{token}` is not a number of JSON")).label(label);
        Box::new(match mend(token) {
            Some(number) => diagnostic.fix(format!("write `{number}`"), span, number),
            None => diagnostic,
        })
    }

    /// The string that begins at `start` has a control character here, or the text ends.
    pub(super) fn broken_string(&self, start: usize) -> Box<Diagnostic> {
        let line_end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
        Box::new(match self.rest().chars().next() {
            None => refusal(Span::new(start, line_end), "the string is not closed").label("begins here"),
            Some('\n' | '\r') => refusal(Span::new(start, self.at), "a line break inside a string")
                .label("begins here")
                .help("close the string with `\"`, or write the line break as `\\n`"),
            Some('\t') => refusal(self.span(1), "a tab inside a string").fix("write `\\t`", self.span(1), "\\t"),
            Some(character) => {
                let code = u32::from(character);
                let span = self.span(character.len_utf8());
                let escape = format!("\\u{code:04x}");
                refusal(span, format!("a control character (U+{code:04X}) inside a string")).fix(
                    format!("write `{escape}`"),
                    span,
                    escape,
                )
            }
        })
    }

    pub(super) fn unknown_escape(&self) -> Box<Diagnostic> {
        let escaped = self.rest()[1..].chars().next();
        let span = self.span(1 + escaped.map_or(0, char::len_utf8));
        Box::new(match escaped {
            None => refusal(span, "the string is not closed").label("expected an escape and `\"`"),
            Some('u') => refusal(span, "`\\u` takes four hexadecimal digits").label("as in `\\u00e9`"),
            Some('\'') => refusal(span, "`\\'` is not an escape of JSON").fix("write `'`", span, "'"),
            Some('\n' | '\r') => refusal(self.span(1), "a line break inside a string")
                .label("the string goes on in the next line")
                .help("write the string in one line, its line breaks as `\\n`"),
            Some(other) if other.is_control() => {
                refusal(self.span(1), "`\\` before a control character is not an escape of JSON")
            }
            Some(other) => refusal(span, format!("`\\{other}` is not an escape of JSON")).fix(
                format!("for a backslash write `\\\\{other}`"),
                span,
                format!("\\\\{other}"),
            ),
        })
    }

    pub(super) fn lone_surrogate(&self, unit: u32) -> Box<Diagnostic> {
        let message = format!("`\\u{unit:04X}` is one half of a character, the other half is missing");
        Box::new(refusal(self.span(6), message).label("a lone surrogate"))
    }

    /// The next `length` bytes.
    fn span(&self, length: usize) -> Span {
        Span::new(self.at, self.at + length)
    }
}

fn refusal(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ASL0001, span, message).aws(AWS_NOT_JSON)
}

/// The letters, digits and what else names are made of that `text` starts with; not empty only after a letter.
pub(super) fn word(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')) || text.starts_with("${") {
        return "";
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.'))).unwrap_or(text.len());
    &text[..end]
}

/// All that could belong to a number that `text` starts with.
pub(super) fn number_token(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'))).unwrap_or(text.len());
    &text[..end]
}
