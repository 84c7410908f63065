//! Tokens to JSON text, and positions in that text back to tokens.
//!
//! Nothing is judged here that the reader of JSON judges: what is not JSON goes into the text as it is. Only what Rust
//! spells differently is translated or refused.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};

use crate::literal;
use crate::report::{Error, Places};

/// JSON text that knows its tokens.
#[derive(Debug)]
pub(crate) struct Json {
    pub(crate) text: String,
    /// The bytes of each token, ascending.
    table: Vec<(Range<usize>, Span)>,
    /// Where an empty range in front of everything is.
    place: Span,
}

/// A part of one string.
pub(crate) struct Excerpt<'a> {
    /// The string, or what of it stands in one line.
    pub(crate) line: &'a str,
    /// Characters in front of the part.
    pub(crate) before: usize,
    /// Characters of the part.
    pub(crate) width: usize,
}

impl Json {
    /// The first and the last token of `range`; for an empty range the token before it.
    pub(crate) fn tokens(&self, range: Range<usize>) -> (Span, Span) {
        let inside = |bytes: &Range<usize>| bytes.start < range.end && range.start < bytes.end;
        let mut touched = self.table.iter().filter(|(bytes, _)| inside(bytes)).map(|(_, span)| *span);
        if let Some(first) = touched.next() {
            return (first, touched.next_back().unwrap_or(first));
        }
        let before = self.table.iter().rev().find(|(bytes, _)| bytes.start <= range.start);
        let span = before.or(self.table.first()).map_or(self.place, |(_, span)| *span);
        (span, span)
    }

    /// The part of a string that `range` is; `None` when it is a whole token or more.
    pub(crate) fn excerpt(&self, range: Range<usize>) -> Option<Excerpt<'_>> {
        let (token, _) = self.table.iter().find(|(bytes, _)| bytes.start <= range.start && range.end <= bytes.end)?;
        let line = self.text.get(token.clone())?;
        if range == *token || !line.starts_with('"') {
            return None;
        }
        let before = self.text.get(token.start..range.start)?.chars().count();
        let width = self.text.get(range)?.chars().count().max(1);
        Some(Excerpt { line, before, width })
    }

    /// The text of `range` for a message, cut short.
    pub(crate) fn quote(&self, range: Range<usize>) -> String {
        let text = self.text.get(range).unwrap_or_default().lines().next().unwrap_or_default();
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("`{} …`", &text[..end]),
            None => format!("`{text}`"),
        }
    }
}

/// The JSON text of the definition.
///
/// # Errors
///
/// What cannot go into JSON text, all of it.
pub(crate) fn text(definition: &Group, places: &Places) -> Result<Json, Vec<Error>> {
    let place = definition.span_open();
    let (line, column) = (places.line_column)(place);
    let (_, end) = (places.line_column)(definition.span_close());
    let mut writer = Writer {
        json: Json { text: String::new(), table: Vec::new(), place },
        errors: Vec::new(),
        line_column: places.line_column,
        margin: column.min(end),
        line,
        word: false,
    };
    writer.group(definition);
    if writer.errors.is_empty() { Ok(writer.json) } else { Err(writer.errors) }
}

/// Lines further apart than this come from different places of a `macro_rules!`.
const FAR: usize = 1000;

struct Writer {
    json: Json,
    errors: Vec<Error>,
    line_column: fn(Span) -> (usize, usize),
    /// The column where the definition's block starts.
    margin: usize,
    /// The line that is being written.
    line: usize,
    /// Whether the last token would run into a word behind it.
    word: bool,
}

impl Writer {
    fn stream(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Ident(ident) => self.token(&ident.to_string(), ident.span(), true),
                TokenTree::Literal(literal) => self.literal(&literal),
                TokenTree::Punct(punct) => {
                    if let ('#', Some(span)) = (punct.as_char(), doc_comment(tokens.peek())) {
                        let hint = "a doc comment cannot stand in a definition: write `//` instead of `///`";
                        self.errors.push(Error::new(span, hint));
                        tokens.next();
                        continue;
                    }
                    self.token(punct.as_char().encode_utf8(&mut [0; 4]), punct.span(), false);
                    if matches!(punct.as_char(), ':' | ',') {
                        self.json.text.push(' ');
                    }
                }
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => return self.stream(group.stream()),
        };
        self.token(open, group.span_open(), false);
        self.stream(group.stream());
        self.token(close, group.span_close(), false);
    }

    fn literal(&mut self, literal: &Literal) {
        let written = literal.to_string();
        let span = literal.span();
        match literal::string(&written) {
            Ok(value) => self.token(&quoted(&value), span, true),
            Err("a number")
                if written.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) =>
            {
                self.token(&written, span, true);
            }
            Err("a number") => self.errors.push(Error::new(span, format!("`{written}` is not a number of JSON"))),
            Err(found) => self.errors.push(Error::new(span, format!("JSON has no such literal: this is {found}"))),
        }
    }

    fn token(&mut self, text: &str, span: Span, word: bool) {
        self.layout(span);
        if self.word && word && !self.json.text.ends_with([' ', '\n']) {
            self.json.text.push(' ');
        }
        self.word = word;
        let start = self.json.text.len();
        self.json.text.push_str(text);
        self.json.table.push((start..self.json.text.len(), span));
    }

    /// Breaks the line where the source does: the text is `DEFINITION` in the generated code, and its lines are named
    /// there.
    fn layout(&mut self, span: Span) {
        let (line, column) = (self.line_column)(span);
        if line <= self.line {
            return;
        }
        let lines = line - self.line;
        self.line = line;
        while self.json.text.ends_with(' ') {
            self.json.text.pop();
        }
        self.json.text.push_str(&"\n".repeat(if lines > FAR { 1 } else { lines }));
        self.json.text.push_str(&" ".repeat(column.saturating_sub(self.margin).min(200)));
    }
}

/// The place of a `[doc = "…"]`, which together with the `#` before it is what rustc makes of a doc comment.
fn doc_comment(token: Option<&TokenTree>) -> Option<Span> {
    let Some(TokenTree::Group(group)) = token else { return None };
    match group.stream().into_iter().next() {
        Some(TokenTree::Ident(ident)) if ident == "doc" && group.delimiter() == Delimiter::Bracket => {
            Some(group.span())
        }
        _ => None,
    }
}

/// The string in JSON's spelling. RFC 8259, section 7.
fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for char in value.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\x1f' => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
pub(crate) mod tests {
    use proc_macro2::{TokenStream, TokenTree};

    use super::{Json, text};
    use crate::report::Places;

    /// Places as an editor without them has it.
    pub(crate) const NOWHERE: Places = Places { file: |_| None, line_column: |_| (0, 0) };

    fn json(tokens: &str) -> Result<Json, Vec<String>> {
        let tokens: TokenStream = tokens.parse().unwrap();
        let Some(TokenTree::Group(group)) = tokens.into_iter().next() else { panic!("not a group") };
        text(&group, &NOWHERE).map_err(|errors| errors.into_iter().map(|error| error.message).collect())
    }

    #[track_caller]
    fn check(tokens: &str, expected: &str) {
        assert_eq!(json(tokens).unwrap().text, expected);
    }

    #[track_caller]
    fn check_errors(tokens: &str, expected: &[&str]) {
        assert_eq!(json(tokens).unwrap_err(), expected);
    }

    #[test]
    fn json_is_kept() {
        check("{}", "{}");
        check(
            r#"{ "a": [1, -1.5e-10, 1E5, 1e+3, 1e999, 100000000000000000000000000000000000000000],
                 "b": { "c": null, "d": true } }"#,
            r#"{"a": [1, -1.5e-10, 1E5, 1e+3, 1e999, 100000000000000000000000000000000000000000], "b": {"c": null, "d": true}}"#,
        );
    }

    #[test]
    fn strings_change_their_spelling_not_their_value() {
        check(r#"{ "\u{41}\n\"\\": "" }"#, r#"{"A\n\"\\": ""}"#);
        check(r###"{ r#"{% $x = "a\b" %}"#: r"\d" }"###, r#"{"{% $x = \"a\\b\" %}": "\\d"}"#);
        check("{ \"\\x07\\0\": 1 }", r#"{"\u0007\u0000": 1}"#);
    }

    #[test]
    fn what_the_reader_refuses_is_left_to_it() {
        check("{ a: 1 }", "{a: 1}");
        check("{ \"a\" \"b\" c 01 1. }", "{\"a\" \"b\" c 01 1.}");
        check("{ \"a\": (1), }", "{\"a\": (1), }");
        check("{ \"a\": ${Size} }", "{\"a\": ${Size}}");
    }

    #[test]
    fn what_is_rust_alone_is_refused() {
        check_errors(
            "{ \"a\": 1u8, \"b\": 0x10, \"c\": 1_000, \"d\": 'x', \"e\": b\"x\", \"f\": \"x\"f }",
            &[
                "`1u8` is not a number of JSON",
                "`0x10` is not a number of JSON",
                "`1_000` is not a number of JSON",
                "JSON has no such literal: this is a character literal",
                "JSON has no such literal: this is a byte literal",
                "JSON has no such literal: this is a string literal with a suffix",
            ],
        );
        check_errors(
            "{ /// the first\n \"a\": 1 }",
            &["a doc comment cannot stand in a definition: write `//` instead of `///`"],
        );
    }

    #[test]
    fn positions_lead_back_to_tokens() {
        let json = json("{ \"a\": [1, 2], \"b\": \"$.x\" }").unwrap();
        let touched = |part: &str| {
            let start = json.text.find(part).unwrap();
            let bytes = start..start + part.len();
            json.table.iter().filter(|(range, _)| range.start < bytes.end && bytes.start < range.end).count()
        };
        assert_eq!(touched("[1, 2]"), 5);
        assert_eq!(touched("$.x"), 1);
        let start = json.text.find("$.x").unwrap();
        let excerpt = json.excerpt(start..start + 3).unwrap();
        assert_eq!((excerpt.line, excerpt.before, excerpt.width), ("\"$.x\"", 1, 3));
        assert!(json.excerpt(start - 1..start + 4).is_none());
        assert!(json.excerpt(0..json.text.len()).is_none());
        assert_eq!(json.quote(start..start + 3), "`$.x`");
        // Past the end, as for a text that ends too early.
        let _ = json.tokens(1000..1000);
    }
}
