//! The text of a path.

use std::ops::Range;

use super::{PathError, Root, Selector, Step, bracketed, is_name, is_variable};

/// Filters, parentheses and lists in them may be nested this deep. Whoever walks a path may then be recursive.
const MAX_DEPTH: usize = 16;

/// A text that is being read.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// The first part that is not compiled.
    pub(super) unsupported: Option<(Range<usize>, &'static str)>,
    /// How many filters, parentheses and lists the position is in.
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, position: 0, unsupported: None, depth: 0 }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.position += token.len();
        }
        found
    }

    /// Takes the characters that `accept` accepts; gives their range.
    pub(super) fn eat_while(&mut self, accept: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.position;
        self.position += self.rest().find(|character| !accept(character)).unwrap_or(self.rest().len());
        start..self.position
    }

    pub(super) fn skip_blanks(&mut self) {
        self.eat_while(char::is_whitespace);
    }

    /// The range of the next character; empty at the end.
    pub(super) fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    pub(super) fn fail<T>(&self, range: Range<usize>, message: impl Into<String>) -> Result<T, PathError> {
        Err(PathError::Syntax { range, message: message.into(), suggestion: None })
    }

    pub(super) fn suggest<T>(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        suggestion: String,
    ) -> Result<T, PathError> {
        Err(PathError::Syntax { range, message: message.into(), suggestion: Some(suggestion) })
    }

    /// The whole path with `replacement` at `range`.
    pub(super) fn replaced(&self, range: Range<usize>, replacement: &str) -> String {
        format!("{}{replacement}{}", &self.text[..range.start], &self.text[range.end..])
    }

    /// Notes that what was read from `start` on is not compiled.
    pub(super) fn unsupported(&mut self, start: usize, what: &'static str) {
        self.note_unsupported(start..self.position, what);
    }

    pub(super) fn note_unsupported(&mut self, range: Range<usize>, what: &'static str) {
        if self.unsupported.is_none() {
            self.unsupported = Some((range, what));
        }
    }

    /// Reads what is one level deeper; `open` is where it starts.
    pub(super) fn nested<T>(
        &mut self,
        open: Range<usize>,
        read: impl FnOnce(&mut Self) -> Result<T, PathError>,
    ) -> Result<T, PathError> {
        if self.depth == MAX_DEPTH {
            return self.fail(open, format!("filters and parentheses are nested more than {MAX_DEPTH} deep"));
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }

    pub(super) fn root(&mut self) -> Result<Root, PathError> {
        if !self.eat("$") {
            return self.fail(self.here(), "a path starts with `$`");
        }
        if self.eat("$") {
            return Ok(Root::Context);
        }
        let name = self.eat_while(|character| character.is_alphanumeric() || character == '_');
        if name.is_empty() {
            return Ok(Root::Data);
        }
        if !is_variable(&self.text[name.clone()]) {
            let suggestion = format!("$.{}", &self.text[name.start..]);
            return self.suggest(name, "a variable's name starts with a letter", suggestion);
        }
        Ok(Root::Variable(self.text[name].to_owned()))
    }

    /// The steps up to the end of the text; in a filter, up to what is no step.
    pub(super) fn steps(&mut self) -> Result<Vec<Step>, PathError> {
        let mut steps = Vec::new();
        loop {
            let start = self.position;
            let selector = if self.eat("..") {
                self.descent(start)?
            } else if self.eat(".") {
                self.skip_blanks();
                if self.peek() == Some('[') { self.bracket(start)? } else { self.child(start)? }
            } else if self.peek() == Some('[') {
                self.bracket(start)?
            } else {
                // AWS's parser trims the path.
                if self.depth > 0 || self.rest().trim_start().is_empty() {
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
        if self.depth > 0 {
            return self.fail(range, message);
        }
        let Some(dot) = dot else {
            return match self.text[..end].strip_suffix('$') {
                Some("") => self.suggest(range, message, format!("${}", bracketed(&self.text[end..]))),
                _ => self.fail(range, message),
            };
        };
        let name_end = self.text[end..].find(['.', '[']).map_or(self.text.len(), |length| end + length);
        let name = bracketed(self.text[dot + 1..name_end].trim_end());
        self.suggest(range, message, self.replaced(dot..name_end, &name))
    }

    /// `..name`, `..*`, `..[…]`, behind the dots.
    fn descent(&mut self, start: usize) -> Result<Option<Selector>, PathError> {
        let selector = match self.peek() {
            Some('[') => self.bracket(start)?,
            Some('.') => return self.fail(self.here(), "a name is missing between the dots"),
            _ => self.child(start)?,
        };
        Ok(selector.map(|selector| Selector::Descent(Box::new(selector))))
    }

    /// `name` or `*` behind a dot. `None`: a function.
    fn child(&mut self, start: usize) -> Result<Option<Selector>, PathError> {
        if self.eat("*") {
            return Ok(Some(Selector::Wildcard));
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
            self.unsupported(start, "a path function");
            return Ok(None);
        }
        Ok(Some(Selector::Name(name)))
    }

    /// `[…]`. `None`: a script expression.
    fn bracket(&mut self, start: usize) -> Result<Option<Selector>, PathError> {
        let open = self.here();
        self.next();
        self.skip_blanks();
        let selector = match self.peek() {
            None => return self.fail(open, "the bracket is not closed"),
            Some('*') => {
                self.next();
                Selector::Wildcard
            }
            Some('?') => {
                self.next();
                Selector::Filter(Box::new(self.nested(open.clone(), Self::filter)?))
            }
            Some('(') => {
                self.parentheses()?;
                self.close(open)?;
                self.unsupported(start, "a script expression");
                return Ok(None);
            }
            Some('\'' | '"') => self.names()?,
            Some('-' | ':' | '0'..='9') => self.indexes(&open)?,
            Some(']') => return self.fail(open.start..self.position + 1, "the brackets are empty"),
            Some(_) => {
                let content = self.position;
                let end = self.rest().find(']').map_or(self.text.len(), |length| content + length);
                let name = bracketed(self.text[content..end].trim());
                let suggestion = self.replaced(open.start..(end + 1).min(self.text.len()), &name);
                return self.suggest(content..end, "a name in brackets is written in quotes", suggestion);
            }
        };
        self.close(open)?;
        Ok(Some(selector))
    }

    /// The end of what `open` opened.
    pub(super) fn close(&mut self, open: Range<usize>) -> Result<(), PathError> {
        self.skip_blanks();
        if self.eat("]") {
            return Ok(());
        }
        match self.peek() {
            None => self.fail(open, "the bracket is not closed"),
            Some(character) => self.fail(self.here(), format!("`{character}` cannot stand here, `]` is expected")),
        }
    }

    /// `'a'` or `'a', 'b'`.
    fn names(&mut self) -> Result<Selector, PathError> {
        let first = self.quoted()?;
        let mut names = Vec::new();
        loop {
            self.skip_blanks();
            if !self.eat(",") {
                break;
            }
            self.skip_blanks();
            if !matches!(self.peek(), Some('\'' | '"')) {
                return self.fail(self.here(), "a name in quotes is expected");
            }
            names.push(self.quoted()?);
        }
        if names.is_empty() {
            return Ok(Selector::Name(first));
        }
        names.insert(0, first);
        Ok(Selector::Names(names))
    }

    /// A quoted name. A backslash takes the next character as it is, or as Java does for `\n`, `\u0041` and the like. In
    /// front of the other kind of quote it is a character of the name, as was recorded on AWS.
    pub(super) fn quoted(&mut self) -> Result<String, PathError> {
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

    /// `0`, `0,1` or `0:2`.
    fn indexes(&mut self, open: &Range<usize>) -> Result<Selector, PathError> {
        let first = match self.peek() {
            Some(':') => None,
            _ => Some(self.integer()?),
        };
        self.skip_blanks();
        if self.peek() == Some(':') {
            return self.slice(first);
        }
        let mut indexes: Vec<i64> = first.into_iter().collect();
        while self.eat(",") {
            self.skip_blanks();
            match self.peek() {
                Some('-' | '0'..='9') => indexes.push(self.integer()?),
                None => return self.fail(open.clone(), "the bracket is not closed"),
                Some(_) => return self.fail(self.here(), "an index is expected"),
            }
            self.skip_blanks();
        }
        match indexes[..] {
            [index] => Ok(Selector::Index(index)),
            _ => Ok(Selector::Indexes(indexes)),
        }
    }

    /// The rest of a slice, from its first colon.
    fn slice(&mut self, start: Option<i64>) -> Result<Selector, PathError> {
        let bound = |parser: &mut Self| {
            if !parser.eat(":") {
                return Ok(None);
            }
            parser.skip_blanks();
            let from = parser.position;
            let bound = match parser.peek() {
                Some('-' | '0'..='9') => Some(parser.integer()?),
                _ => None,
            };
            let range = from..parser.position;
            parser.skip_blanks();
            Ok(bound.map(|bound| (bound, range)))
        };
        let end = bound(self)?.map(|(end, _)| end);
        let step = bound(self)?;
        match step {
            Some((..=0, range)) => self.fail(range, "the step of a slice is a positive number"),
            step => Ok(Selector::Slice { start, end, step: step.map(|(step, _)| step) }),
        }
    }

    fn integer(&mut self) -> Result<i64, PathError> {
        let start = self.position;
        self.eat("-");
        self.eat_while(|character| character.is_ascii_digit());
        match self.text[start..self.position].parse::<i32>() {
            Ok(index) => Ok(index.into()),
            Err(_) => self.fail(start..self.position, "not an index"),
        }
    }

    /// Balanced parentheses, whatever is in them; quotes keep theirs to themselves.
    fn parentheses(&mut self) -> Result<(), PathError> {
        let open = self.here();
        let mut depth = 0usize;
        while let Some(character) = self.peek() {
            match character {
                '\'' | '"' => {
                    self.quoted()?;
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
}
