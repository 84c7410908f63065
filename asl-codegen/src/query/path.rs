//! JSONPath, in the dialect that AWS runs: names and indexes. Language spec, "Paths" and "Reference Paths".

use std::ops::Range;

use crate::node::Text;
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
#[derive(Clone, Debug, PartialEq)]
pub enum Selector {
    /// `.name` or `['name']`
    Name(String),
    /// `[0]`; negative counts from the end.
    Index(i64),
    /// `['a', 'b']`
    Names(Vec<String>),
    /// `[0, 2]`
    Indexes(Vec<i64>),
    /// `[start:end:step]`, the end exclusive, negative counted from the end.
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
    /// Whether it selects one value: a name or an index.
    pub fn is_definite(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Index(_))
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
    /// A valid path that can select several values, or that calls a function.
    Unsupported {
        /// The first step of the kind.
        range: Range<usize>,
        /// Where the path starts.
        root: Root,
        /// What the step is: `a wildcard`.
        what: &'static str,
    },
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// The text is not a path, or one with steps beyond names and indexes.
    pub fn parse(text: &Text) -> Result<Self, PathError> {
        let (root, steps) = parse(&text.text)?;
        Ok(Self { text: text.text.clone(), span: text.locate(0..text.text.len()), root, steps })
    }

    /// Where the bytes `range` of [`text`](Self::text) were written, or the whole path when that is not known.
    pub(crate) fn locate(&self, range: Range<usize>) -> Span {
        let exact = self.span.end - self.span.start == self.text.len();
        if exact { Span::new(self.span.start + range.start, self.span.start + range.end) } else { self.span }
    }

    /// The first step that a Reference Path cannot have: an index that counts from the end.
    pub fn first_indirect_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| matches!(step.selector, Selector::Index(index) if index < 0))
    }
}

/// Reads the path in `text`.
pub(crate) fn parse(text: &str) -> Result<(Root, Vec<Step>), PathError> {
    let mut parser = Parser { text, position: 0, beyond: None };
    let root = parser.root()?;
    let steps = parser.steps()?;
    match parser.beyond {
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

struct Parser<'a> {
    text: &'a str,
    position: usize,
    /// The first step beyond names and indexes.
    beyond: Option<(Range<usize>, &'static str)>,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.position += token.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    /// The range of the next character; empty at the end.
    fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    fn fail<T>(&self, range: Range<usize>, message: impl Into<String>) -> Result<T, PathError> {
        Err(PathError::Syntax { range, message: message.into(), suggestion: None })
    }

    fn suggest<T>(&self, range: Range<usize>, message: impl Into<String>, suggestion: String) -> Result<T, PathError> {
        Err(PathError::Syntax { range, message: message.into(), suggestion: Some(suggestion) })
    }

    fn beyond(&mut self, start: usize, what: &'static str) {
        if self.beyond.is_none() {
            self.beyond = Some((start..self.position, what));
        }
    }

    fn root(&mut self) -> Result<Root, PathError> {
        if !self.eat("$") {
            return self.fail(self.here(), "a path starts with `$`");
        }
        if self.eat("$") {
            return Ok(Root::Context);
        }
        let start = self.position;
        while self.peek().is_some_and(|character| character.is_alphanumeric() || character == '_') {
            self.next();
        }
        let name = &self.text[start..self.position];
        if name.is_empty() {
            return Ok(Root::Data);
        }
        if !is_variable(name) {
            let suggestion = format!("$.{}", &self.text[start..]);
            return self.suggest(start..self.position, "a variable's name starts with a letter", suggestion);
        }
        Ok(Root::Variable(name.to_owned()))
    }

    fn steps(&mut self) -> Result<Vec<Step>, PathError> {
        let mut steps = Vec::new();
        loop {
            let start = self.position;
            let selector = if self.eat("..") {
                self.descent(start)?;
                None
            } else if self.eat(".") {
                self.skip_blanks();
                if self.peek() == Some('[') { self.bracket(start)? } else { self.child(start)? }
            } else if self.peek() == Some('[') {
                self.bracket(start)?
            } else {
                // AWS's parser trims the path.
                if self.rest().trim_start().is_empty() {
                    return Ok(steps);
                }
                return self.stray();
            };
            if let Some(selector) = selector {
                steps.push(Step { selector, range: start..self.position });
            }
        }
    }

    /// A character that begins no step.
    fn stray<T>(&self) -> Result<T, PathError> {
        let end = self.position;
        let character = self.peek().unwrap_or_default();
        // The name that the character was probably meant to be a part of.
        let dot = self.text[..end].rfind('.').filter(|dot| !self.text[*dot..end].contains([']', '[']));
        let message = match character {
            ' ' | '\t' | '\n' | '\r' => "a name with a blank is written in brackets and quotes".to_owned(),
            _ => format!("`{character}` cannot stand here"),
        };
        let range = self.here();
        let Some(dot) = dot else {
            return match self.text[..end].strip_suffix('$') {
                Some("") => self.suggest(range, message, format!("${}", bracketed(&self.text[end..]))),
                _ => self.fail(range, message),
            };
        };
        let name_end = self.text[end..].find(['.', '[']).map_or(self.text.len(), |length| end + length);
        let name = bracketed(self.text[dot + 1..name_end].trim_end());
        let suggestion = format!("{}{name}{}", &self.text[..dot], &self.text[name_end..]);
        self.suggest(range, message, suggestion)
    }

    /// `..name`, `..*`, `..[…]`, behind the dots.
    fn descent(&mut self, start: usize) -> Result<(), PathError> {
        match self.peek() {
            Some('[') => {
                self.bracket(start)?;
            }
            Some('.') => return self.fail(self.here(), "a name is missing between the dots"),
            _ => {
                self.child(start)?;
            }
        }
        // Recursive descent is what the step is, whatever else is in it.
        let what = "recursive descent";
        match &mut self.beyond {
            Some((range, found)) if range.start == start => *found = what,
            _ => self.beyond(start, what),
        }
        Ok(())
    }

    /// `name` or `*` behind a dot.
    fn child(&mut self, start: usize) -> Result<Option<Selector>, PathError> {
        if self.eat("*") {
            self.beyond(start, "a wildcard");
            return Ok(None);
        }
        let mut name = String::new();
        while let Some(character) = self.peek() {
            if character == '\\' {
                let backslash = self.here();
                self.next();
                match self.next() {
                    Some(escaped) => name.push(escaped),
                    None => return self.fail(backslash, "the backslash has nothing behind it"),
                }
            } else if is_name(character) {
                name.push(character);
                self.next();
            } else {
                break;
            }
        }
        if name.is_empty() {
            return match self.peek() {
                None => self.fail(start..self.position, "a name is missing behind the dot"),
                Some('.') => self.fail(self.here(), "a name is missing between the dots"),
                Some(_) => self.stray(),
            };
        }
        if self.peek() == Some('(') {
            self.parentheses()?;
            self.beyond(start, "a path function");
            return Ok(None);
        }
        Ok(Some(Selector::Name(name)))
    }

    /// `[…]`.
    fn bracket(&mut self, start: usize) -> Result<Option<Selector>, PathError> {
        let open = self.here();
        self.next();
        self.skip_blanks();
        let selector = match self.peek() {
            None => return self.fail(open, "the bracket is not closed"),
            Some('*') => {
                self.next();
                self.close(open)?;
                self.beyond(start, "a wildcard");
                None
            }
            Some('?') => {
                self.next();
                self.skip_blanks();
                if self.peek() != Some('(') {
                    return self.fail(self.here(), "a filter is written `[?(…)]`");
                }
                self.parentheses()?;
                self.close(open)?;
                self.beyond(start, "a filter");
                None
            }
            Some('(') => {
                self.parentheses()?;
                self.close(open)?;
                self.beyond(start, "a script expression");
                None
            }
            Some('\'' | '"') => self.names(start, open)?,
            Some('-' | ':' | '0'..='9') => self.indexes(start, open)?,
            Some(']') => return self.fail(open.start..self.position + 1, "the brackets are empty"),
            Some(_) => {
                let content = self.position;
                let end = self.rest().find(']').map_or(self.text.len(), |length| content + length);
                let name = bracketed(self.text[content..end].trim());
                let suggestion =
                    format!("{}{name}{}", &self.text[..open.start], self.text.get(end + 1..).unwrap_or(""));
                return self.suggest(content..end, "a name in brackets is written in quotes", suggestion);
            }
        };
        Ok(selector)
    }

    fn close(&mut self, open: Range<usize>) -> Result<(), PathError> {
        self.skip_blanks();
        if self.eat("]") {
            return Ok(());
        }
        match self.peek() {
            None => self.fail(open, "the bracket is not closed"),
            Some(character) => self.fail(self.here(), format!("`{character}` cannot stand here, `]` is expected")),
        }
    }

    /// `'a'` or `'a', 'b'`, and the bracket's end.
    fn names(&mut self, start: usize, open: Range<usize>) -> Result<Option<Selector>, PathError> {
        let first = self.quoted()?;
        let mut several = false;
        loop {
            self.skip_blanks();
            if !self.eat(",") {
                break;
            }
            several = true;
            self.skip_blanks();
            if !matches!(self.peek(), Some('\'' | '"')) {
                return self.fail(self.here(), "a name in quotes is expected");
            }
            self.quoted()?;
        }
        self.close(open)?;
        if several {
            self.beyond(start, "a union of names");
            return Ok(None);
        }
        Ok(Some(Selector::Name(first)))
    }

    /// A quoted name. A backslash takes the next character as it is, or as Java does for `\n`, `\u0041` and the like. In
    /// front of the other kind of quote it is a character of the name, as was recorded on AWS.
    fn quoted(&mut self) -> Result<String, PathError> {
        let open = self.here();
        let quote = self.next();
        let mut name = String::new();
        while let Some(character) = self.next() {
            if Some(character) == quote {
                return Ok(name);
            }
            if character != '\\' {
                name.push(character);
                continue;
            }
            let escape = self.position - 1;
            match self.next() {
                None => break,
                Some('n') => name.push('\n'),
                Some('r') => name.push('\r'),
                Some('t') => name.push('\t'),
                Some('f') => name.push('\u{c}'),
                Some('b') => name.push('\u{8}'),
                Some('u') => {
                    let digits = self.rest().get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    let Some(unit) = digits.and_then(char::from_u32) else {
                        return self.fail(escape..self.position, "`\\u` needs the four digits of a character");
                    };
                    self.position += 4;
                    name.push(unit);
                }
                Some(other @ ('\'' | '"')) if Some(other) != quote => name.extend(['\\', other]),
                Some(escaped) => name.push(escaped),
            }
        }
        self.fail(open, "the quote is not closed")
    }

    /// `0`, `0,1` or `0:2`, and the bracket's end.
    fn indexes(&mut self, start: usize, open: Range<usize>) -> Result<Option<Selector>, PathError> {
        let mut numbers = Vec::new();
        let mut what = None;
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('-' | '0'..='9') => numbers.push(self.integer()?),
                Some(':') if what != Some("a union of indexes") => {}
                Some(']') if what == Some("a slice") => {}
                None => return self.fail(open, "the bracket is not closed"),
                Some(_) => return self.fail(self.here(), "an index is expected"),
            }
            self.skip_blanks();
            if what != Some("a slice") && self.eat(",") {
                what = Some("a union of indexes");
            } else if what != Some("a union of indexes") && self.eat(":") {
                what = Some("a slice");
            } else {
                break;
            }
        }
        self.close(open)?;
        if let Some(what) = what {
            self.beyond(start, what);
            return Ok(None);
        }
        Ok(numbers.first().map(|index| Selector::Index(*index)))
    }

    fn integer(&mut self) -> Result<i64, PathError> {
        let start = self.position;
        self.eat("-");
        while self.peek().is_some_and(|character| character.is_ascii_digit()) {
            self.next();
        }
        match self.text[start..self.position].parse::<i32>() {
            Ok(index) => Ok(index.into()),
            Err(_) => self.fail(start..self.position, "not an index"),
        }
    }

    /// Balanced parentheses, whatever is in them. Quotes and regular expressions keep theirs to themselves.
    fn parentheses(&mut self) -> Result<(), PathError> {
        let open = self.here();
        let mut depth = 0usize;
        while let Some(character) = self.peek() {
            match character {
                '\'' | '"' => {
                    self.quoted()?;
                    continue;
                }
                '/' => {
                    self.next();
                    self.regex();
                    continue;
                }
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            self.next();
            if depth == 0 {
                return Ok(());
            }
        }
        self.fail(open, "the parenthesis is not closed")
    }

    /// The rest of `/…/`, when there is an end to it; a lone slash is a division.
    fn regex(&mut self) {
        let mut escaped = false;
        let end = self.rest().char_indices().find(|(_, character)| {
            let ends = *character == '/' && !escaped;
            escaped = *character == '\\' && !escaped;
            ends
        });
        if let Some((length, _)) = end {
            self.position += length + 1;
        }
    }
}

#[cfg(test)]
mod tests;
