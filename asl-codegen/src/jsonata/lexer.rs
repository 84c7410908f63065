//! Text to tokens.

mod regex;
mod string;
mod symbol;

use crate::jsonata::Error;
use crate::jsonata::syntax::{Regex, Span};

pub(in crate::jsonata) use symbol::Symbol;

/// A word of the text.
#[derive(Clone, Debug)]
pub(in crate::jsonata) struct Token<'t> {
    /// Where it is.
    pub(in crate::jsonata) span: Span,
    /// What it is.
    pub(in crate::jsonata) kind: TokenKind<'t>,
}

/// What a token is.
#[derive(Clone, Debug)]
pub(in crate::jsonata) enum TokenKind<'t> {
    /// The end of the text.
    End,
    /// A field's name.
    Name(&'t str),
    /// `$name`, without its `$`.
    Variable(&'t str),
    /// A literal text.
    String(String),
    /// A literal number.
    Number(f64),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// `/pattern/flags`
    Regex(Regex),
    /// Everything else.
    Symbol(Symbol),
}

impl Token<'_> {
    /// The symbol that it is.
    pub(in crate::jsonata) fn symbol(&self) -> Option<Symbol> {
        match self.kind {
            TokenKind::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }
}

/// Reads a text token by token.
#[derive(Debug)]
pub(in crate::jsonata) struct Lexer<'t> {
    text: &'t str,
    /// The byte that is read next.
    position: usize,
}

impl<'t> Lexer<'t> {
    /// A reader of the whole text.
    pub(in crate::jsonata) fn new(text: &'t str) -> Self {
        Self { text, position: 0 }
    }

    /// The next token. A slash is an operator where `infix` holds, and begins a regular expression elsewhere.
    pub(in crate::jsonata) fn token(&mut self, infix: bool) -> Result<Token<'t>, Error> {
        self.skip_blanks()?;
        let start = self.position;
        let kind = self.kind(infix)?;
        Ok(Token { span: span(start, self.position), kind })
    }

    fn kind(&mut self, infix: bool) -> Result<TokenKind<'t>, Error> {
        let Some(first) = self.byte(0) else { return Ok(TokenKind::End) };
        match first {
            b'/' if !infix => return self.regex().map(TokenKind::Regex),
            b'"' | b'\'' => return self.string(first).map(TokenKind::String),
            b'`' => return self.quoted_name(),
            b'0'..=b'9' => return self.number(),
            _ => {}
        }
        if let Some(symbol) = Symbol::at_start(self.rest().as_bytes()) {
            if matches!(symbol, Symbol::Exclamation | Symbol::Tilde) {
                return Err(Error::new("S0204").token(symbol.text()).at(self.position));
            }
            self.position += symbol.text().len();
            return Ok(TokenKind::Symbol(symbol));
        }
        Ok(self.word())
    }

    /// Passes over white space and comments.
    fn skip_blanks(&mut self) -> Result<(), Error> {
        loop {
            while self.byte(0).is_some_and(is_blank) {
                self.position += 1;
            }
            let Some(comment) = self.rest().strip_prefix("/*") else { return Ok(()) };
            let Some(length) = comment.find("*/") else { return Err(Error::new("S0106").at(self.position)) };
            self.position += "/*".len() + length + "*/".len();
        }
    }

    /// A name, a variable, or one of the words that are neither.
    fn word(&mut self) -> TokenKind<'t> {
        let rest = self.rest();
        let ends = |byte: u8| is_blank(byte) || Symbol::of_byte(byte).is_some();
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        let (word, _) = rest.split_at_checked(length).unwrap_or((rest, ""));
        self.position += word.len();
        if let Some(name) = word.strip_prefix('$') {
            return TokenKind::Variable(name);
        }
        match word {
            "and" => TokenKind::Symbol(Symbol::And),
            "or" => TokenKind::Symbol(Symbol::Or),
            "in" => TokenKind::Symbol(Symbol::In),
            "true" => TokenKind::Bool(true),
            "false" => TokenKind::Bool(false),
            "null" => TokenKind::Null,
            name => TokenKind::Name(name),
        }
    }

    /// A name between back-quotes.
    fn quoted_name(&mut self) -> Result<TokenKind<'t>, Error> {
        let start = self.position;
        let quoted = self.rest().strip_prefix('`').and_then(|rest| rest.split_once('`'));
        let Some((name, _)) = quoted else { return Err(Error::new("S0105").at(start)) };
        self.position += name.len() + 2;
        Ok(TokenKind::Name(name))
    }

    /// A number, as JSON has it but without a sign.
    fn number(&mut self) -> Result<TokenKind<'t>, Error> {
        let start = self.position;
        if self.byte(0) == Some(b'0') {
            self.position += 1;
        } else {
            self.skip_digits(0);
        }
        if self.byte(0) == Some(b'.') {
            self.skip_digits(1);
        }
        if matches!(self.byte(0), Some(b'e' | b'E')) {
            self.skip_digits(if matches!(self.byte(1), Some(b'+' | b'-')) { 2 } else { 1 });
        }
        let written = self.text.get(start..self.position).unwrap_or_default();
        match written.parse() {
            Ok(number) if f64::is_finite(number) => Ok(TokenKind::Number(number)),
            _ => Err(Error::new("S0102").token(written).at(start)),
        }
    }

    /// Passes over the digits that are `ahead` bytes ahead, and over those bytes, when there is a digit.
    fn skip_digits(&mut self, ahead: usize) {
        let rest = self.text.as_bytes().get(self.position + ahead..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count > 0 {
            self.position += ahead + count;
        }
    }

    /// What is not read yet.
    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// The byte that is `ahead` bytes ahead.
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.position + ahead).copied()
    }
}

/// The span of these bytes. A definition is far smaller than 4 GiB; one that is not keeps all but its positions.
fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(start), end: offset(end) }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b)
}
