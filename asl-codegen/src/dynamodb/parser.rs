//! What the grammars of all kinds of expression share.

use super::expression::{Call, Element, ElementName, Operand, Path, Word};
use super::lexer::{Token, TokenKind, lex};
use super::problem::{ExpressionKind, Problem, ProblemKind};

/// How deep parentheses, `NOT` and functions may be nested: far more than an expression needs, and safe on the stack of
/// any thread.
const MAX_DEPTH: usize = 64;

/// The longest expression, in bytes. DynamoDB Developer Guide, "Quotas".
const MAX_LENGTH: usize = 4096;

/// A reader of tokens.
pub(super) struct Parser<'a> {
    text: &'a str,
    expression: ExpressionKind,
    /// Words that are not names here, in upper case.
    keywords: &'static [&'static str],
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// The first pair of parentheses around nothing but another pair.
    pub(super) redundant_parentheses: Option<Problem>,
}

pub(super) type Result<T> = std::result::Result<T, Problem>;

impl<'a> Parser<'a> {
    /// A parser of `text`, unless it is empty or too long.
    pub(super) fn new(text: &'a str, expression: ExpressionKind, keywords: &'static [&'static str]) -> Result<Self> {
        let problem =
            |message: String| Err(Problem { expression, kind: ProblemKind::Syntax, range: 0..text.len(), message });
        if text.len() > MAX_LENGTH {
            let size = text.len();
            return problem(format!("Expression size has exceeded the maximum allowed size; expression size: {size}"));
        }
        let tokens = lex(text);
        if tokens.len() == 1 {
            return problem("The expression can not be empty;".to_owned());
        }
        Ok(Self { text, expression, keywords, tokens, at: 0, depth: 0, redundant_parentheses: None })
    }

    /// The first byte of the next token.
    pub(super) fn start(&self) -> usize {
        self.peek().map_or(self.text.len(), |token| token.range.start)
    }

    /// One past the last byte of the token before the next one.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.range.end)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn peek_text(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).map_or("", |token| &self.text[token.range.clone()])
    }

    fn peek_kind(&self, ahead: usize) -> TokenKind {
        self.tokens.get(self.at + ahead).map_or(TokenKind::End, |token| token.kind)
    }

    /// Whether the next token is the symbol `text`.
    pub(super) fn at_symbol(&self, text: &str) -> bool {
        self.peek_kind(0) == TokenKind::Symbol && self.peek_text(0) == text
    }

    /// Takes the symbol `text`, if it is next.
    pub(super) fn accept(&mut self, text: &str) -> bool {
        let found = self.at_symbol(text);
        self.at += usize::from(found);
        found
    }

    /// Takes the symbol `text`, which must be next.
    pub(super) fn expect(&mut self, text: &str) -> Result<()> {
        if self.accept(text) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Takes the first of `symbols` that is next and gives its place in the list.
    pub(super) fn accept_any(&mut self, symbols: &[&str]) -> Option<usize> {
        symbols.iter().position(|symbol| self.accept(symbol))
    }

    /// Whether the keyword is next. Case does not count.
    pub(super) fn at_keyword(&self, keyword: &str) -> bool {
        self.peek_kind(0) == TokenKind::Word && self.peek_text(0).eq_ignore_ascii_case(keyword)
    }

    /// Takes the keyword, if it is next.
    pub(super) fn accept_keyword(&mut self, keyword: &str) -> bool {
        let found = self.at_keyword(keyword);
        self.at += usize::from(found);
        found
    }

    /// Whether everything was read.
    pub(super) fn at_end(&self) -> bool {
        self.peek_kind(0) == TokenKind::End
    }

    /// Everything must have been read.
    pub(super) fn finish(&self) -> Result<()> {
        if self.at_end() { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The problem that the next token cannot stand here: `Syntax error; token: "=", near: "= = :s"`.
    pub(super) fn unexpected(&self) -> Problem {
        let end = self.tokens.len() - 1;
        let at = self.at.min(end);
        let token = if at == end { "<EOF>" } else { &self.text[self.tokens[at].range.clone()] };
        let last = if at == end { at.saturating_sub(1) } else { (at + 1).min(end - 1) };
        let near = &self.text[self.tokens[at.saturating_sub(1)].range.start..self.tokens[last].range.end];
        Problem {
            expression: self.expression,
            kind: ProblemKind::Syntax,
            range: self.tokens[at].range.clone(),
            message: format!("Syntax error; token: \"{token}\", near: \"{near}\""),
        }
    }

    /// Runs a rule one level deeper.
    pub(super) fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == MAX_DEPTH {
            return Err(Problem { message: "The expression is nested too deeply;".to_owned(), ..self.unexpected() });
        }
        self.depth += 1;
        let result = rule(self);
        self.depth -= 1;
        result
    }

    /// Reads `( rule )` and notes when the parentheses hold nothing but another pair.
    pub(super) fn parenthesised<T>(&mut self, rule: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let open = self.start();
        self.expect("(")?;
        let inner_open = self.at_symbol("(").then_some(self.at);
        let value = self.nested(rule)?;
        let inner_close = self.at.checked_sub(1);
        self.expect(")")?;
        if inner_open.is_some_and(|inner| self.closes(inner, inner_close)) && self.redundant_parentheses.is_none() {
            self.redundant_parentheses = Some(Problem {
                expression: self.expression,
                kind: ProblemKind::Syntax,
                range: open..self.end(),
                message: "The expression has redundant parentheses;".to_owned(),
            });
        }
        Ok(value)
    }

    /// Whether the parenthesis at token `open` is closed by the one at token `close`.
    fn closes(&self, open: usize, close: Option<usize>) -> bool {
        let mut depth = 0usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open) {
            match &self.text[token.range.clone()] {
                "(" => depth += 1,
                ")" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at) == close;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Reads `rule , rule , …`.
    pub(super) fn list<T>(&mut self, mut rule: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut items = vec![rule(self)?];
        while self.accept(",") {
            items.push(rule(self)?);
        }
        Ok(items)
    }

    /// Reads a document path.
    pub(super) fn path(&mut self) -> Result<Path> {
        let start = self.start();
        let mut elements = vec![Element::Name(self.element_name()?)];
        loop {
            if self.accept(".") {
                elements.push(Element::Name(self.element_name()?));
            } else if self.accept("[") {
                elements.push(Element::Index(self.index()?));
                self.expect("]")?;
            } else {
                return Ok(Path { elements, range: start..self.end() });
            }
        }
    }

    fn element_name(&mut self) -> Result<ElementName> {
        match self.peek_kind(0) {
            TokenKind::Name => Ok(ElementName::Placeholder(self.word())),
            TokenKind::Word if !self.at_any_keyword() => Ok(ElementName::Bare(self.word())),
            _ => Err(self.unexpected()),
        }
    }

    fn at_any_keyword(&self) -> bool {
        self.keywords.iter().any(|keyword| keyword.eq_ignore_ascii_case(self.peek_text(0)))
    }

    fn index(&mut self) -> Result<usize> {
        if self.peek_kind(0) != TokenKind::Digits {
            return Err(self.unexpected());
        }
        let text = self.peek_text(0);
        let index = text.parse::<u32>().map_err(|_| Problem {
            message: format!("List index is not within the allowable range; index: [{text}]"),
            ..self.unexpected()
        })?;
        self.at += 1;
        Ok(index as usize)
    }

    /// Reads `:value`.
    pub(super) fn value(&mut self) -> Result<Word> {
        if self.peek_kind(0) == TokenKind::Value { Ok(self.word()) } else { Err(self.unexpected()) }
    }

    /// Takes the next token as it is.
    fn word(&mut self) -> Word {
        let word =
            Word { text: self.peek_text(0).to_owned(), range: self.start()..self.start() + self.peek_text(0).len() };
        self.at += 1;
        word
    }

    /// Reads a path, a `:value` or a function call, without parentheses around it.
    pub(super) fn atom(&mut self) -> Result<Operand> {
        match self.peek_kind(0) {
            TokenKind::Value => Ok(Operand::Value(self.value()?)),
            TokenKind::Word if self.peek_text(1) == "(" && !self.at_any_keyword() => self.nested(Self::call),
            _ => Ok(Operand::Path(self.path()?)),
        }
    }

    fn call(&mut self) -> Result<Operand> {
        let function = self.word();
        self.expect("(")?;
        let arguments = self.list(Self::operand)?;
        self.expect(")")?;
        Ok(Operand::Call(Call { range: function.range.start..self.end(), function, arguments }))
    }

    /// Reads an operand, perhaps in parentheses.
    pub(super) fn operand(&mut self) -> Result<Operand> {
        if self.at_symbol("(") { self.parenthesised(Self::operand) } else { self.atom() }
    }
}
