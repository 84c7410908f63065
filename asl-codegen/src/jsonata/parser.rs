//! Text to syntax tree.
//!
//! Operators are read by their binding power (Pratt). A node gets the form in which it is evaluated as soon as what is behind
//! it is known, so that the text is gone through once. What is wrong with an expression as a whole, such as a predicate
//! behind a grouping, is noted and reported only when the rest of the text is an expression.

mod call;
mod draft;
mod operand;
mod parent;
mod path;
#[cfg(test)]
mod printer;
#[cfg(test)]
mod tests;

use crate::jsonata::Error;
use crate::jsonata::lexer::{Lexer, Symbol, Token, TokenKind};
use crate::jsonata::syntax::{Condition, ConditionForm, Kind, Node, Operator, Span};

use draft::{Draft, Form, Seeking};
use parent::Slot;

/// How deep expressions may be nested in the text.
const MAX_NESTING: u32 = 200;

/// How high a tree may be: a chain of operators makes it higher without being nested, such as `a & b & c`.
const MAX_HEIGHT: u32 = 500;

/// Parses an expression.
///
/// An expression that is nested more than 200 deep is refused, as is a chain of more than 500 operators: whoever walks the
/// tree may be recursive.
///
/// # Errors
/// It is no JSONata: a code that begins with `S`, with its position. `U1001`: it is nested too deep.
pub fn parse(text: &str) -> Result<Node, Error> {
    let mut parser = Parser::new(text);
    parser.advance(false)?;
    let draft = parser.expression(0)?;
    if !matches!(parser.token.kind, TokenKind::End) {
        return Err(parser.token_error("S0201", &parser.token));
    }
    parser.finish(draft)
}

type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    /// The token that is looked at.
    token: Token<'t>,
    /// Where the token before it ends.
    end: u32,
    nesting: u32,
    /// What is wrong with an expression as a whole; the first.
    flaw: Option<Error>,
    /// Every `%`, in the order of the text.
    slots: Vec<Slot>,
    /// Whether two `%` speak of the same step.
    shared: bool,
}

/// What a node gathers from the expressions in it.
#[derive(Debug, Default)]
struct Gathered {
    height: u32,
    seeking: Seeking,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            lexer: Lexer::new(text),
            token: Token { span: Span::default(), kind: TokenKind::End },
            end: 0,
            nesting: 0,
            flaw: None,
            slots: Vec::new(),
            shared: false,
        }
    }

    /// Goes to the next token. Gives the one before.
    fn advance(&mut self, infix: bool) -> Result<Token<'t>> {
        let next = self.lexer.token(infix)?;
        self.end = self.token.span.end;
        Ok(std::mem::replace(&mut self.token, next))
    }

    /// Passes over `symbol`, which has to be next.
    fn expect(&mut self, symbol: Symbol, infix: bool) -> Result<()> {
        if self.is_at(symbol) {
            return self.advance(infix).map(|_| ());
        }
        let code = if matches!(self.token.kind, TokenKind::End) { "S0203" } else { "S0202" };
        Err(self.token_error(code, &self.token).value(format!("\"{}\"", symbol.text())))
    }

    fn is_at(&self, symbol: Symbol) -> bool {
        self.token.symbol() == Some(symbol)
    }

    /// The error `code` about a token.
    fn token_error(&self, code: &'static str, token: &Token<'_>) -> Error {
        let error = Error::new(code).at(token.span.start as usize);
        match &token.kind {
            TokenKind::End => error.token("(end)"),
            TokenKind::Name(name) | TokenKind::Variable(name) => error.token(*name),
            TokenKind::String(text) => error.token(text),
            TokenKind::Symbol(symbol) => error.token(symbol.text()),
            TokenKind::Regex(_) => error.literal("{}"),
            TokenKind::Number(number) => error.literal(shown(*number)),
            TokenKind::Bool(_) | TokenKind::Null => error.literal(self.written(token.span)),
        }
    }

    /// Notes what is wrong with an expression as a whole.
    fn flaw(&mut self, error: Error) {
        self.flaw.get_or_insert(error);
    }

    /// What is written there.
    fn written(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// An expression up to an operator that binds no tighter than `power`.
    fn expression(&mut self, power: u8) -> Result<Box<Draft<'t>>> {
        if self.nesting >= MAX_NESTING {
            return Err(self.too_deep());
        }
        self.nesting += 1;
        let token = self.advance(true)?;
        let mut left = self.operand(token)?;
        while let Some(symbol) = self.token.symbol().filter(|symbol| power < symbol.power()) {
            let token = self.advance(false)?;
            left = self.behind(left, symbol, token.span)?;
            if left.height > MAX_HEIGHT {
                return Err(self.too_deep());
            }
        }
        self.nesting -= 1;
        Ok(left)
    }

    fn too_deep(&self) -> Error {
        Error::new("U1001").at(self.token.span.start as usize)
    }

    /// What `symbol` behind `left` makes of it.
    fn behind(&mut self, left: Box<Draft<'t>>, symbol: Symbol, head: Span) -> Result<Box<Draft<'t>>> {
        match symbol {
            Symbol::Dot => self.dot(left, head),
            Symbol::OpenBracket => self.predicate(left, head),
            Symbol::OpenBrace => self.grouping(left, head),
            Symbol::OpenParenthesis => self.call(left, head),
            Symbol::At => self.focus(left, head),
            Symbol::Hash => self.index(left, head),
            Symbol::Caret => self.order(left, head),
            Symbol::Assign => self.bind(&left, head),
            Symbol::Question => self.condition(left, head),
            Symbol::Elvis => self.short_condition(left, head, ConditionForm::Elvis),
            Symbol::Coalesce => self.short_condition(left, head, ConditionForm::Coalesce),
            Symbol::Chain => self.apply(left, head),
            symbol => match operator(symbol) {
                Some(operator) => self.binary(left, operator, symbol.power(), head),
                None => Err(Error::new("S0201").token(symbol.text()).at(head.start as usize)),
            },
        }
    }

    /// `left + …`
    fn binary(&mut self, left: Box<Draft<'t>>, operator: Operator, power: u8, head: Span) -> Result<Box<Draft<'t>>> {
        let right = self.expression(power)?;
        Ok(self.binary_of(left, operator, right, head))
    }

    fn binary_of(
        &mut self,
        left: Box<Draft<'t>>,
        operator: Operator,
        right: Box<Draft<'t>>,
        head: Span,
    ) -> Box<Draft<'t>> {
        let start = left.span().start;
        let mut gathered = Gathered::default();
        let left = gathered.take(left);
        let right = gathered.take(right);
        self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), start, head, gathered)
    }

    /// `left ~> …`. No step of a path around it is the parent that `%` in it speaks of.
    fn apply(&mut self, left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let start = left.span().start;
        let right = self.expression(Symbol::Chain.power())?;
        let keep_array = left.keeps_array() || right.keeps_array();
        let mut gathered = Gathered::default();
        let left = gathered.take_apart(left);
        let right = gathered.take_apart(right);
        let mut draft = self.node(Kind::Apply(Box::new(left), Box::new(right)), start, head, gathered);
        draft.last.node.keep_array = keep_array;
        Ok(draft)
    }

    /// `$name := …`
    fn bind(&mut self, left: &Draft<'t>, head: Span) -> Result<Box<Draft<'t>>> {
        let Some(name) = left.as_variable() else {
            return Err(Error::new("S0212").token(self.written(left.head)).at(left.span().start as usize));
        };
        let value = self.expression(Symbol::Assign.power() - 1)?;
        let mut gathered = Gathered::default();
        let value = gathered.take(value);
        Ok(self.node(Kind::Bind(name.to_owned(), Box::new(value)), left.span().start, head, gathered))
    }

    /// `left ? … : …`
    fn condition(&mut self, left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let start = left.span().start;
        let mut gathered = Gathered::default();
        let test = gathered.take(left);
        let then = Some(gathered.take(self.expression(0)?));
        let otherwise = if self.is_at(Symbol::Colon) {
            self.advance(false)?;
            Some(gathered.take(self.expression(0)?))
        } else {
            None
        };
        let condition = Condition { form: ConditionForm::Full, test, then, otherwise };
        Ok(self.node(Kind::Condition(Box::new(condition)), start, head, gathered))
    }

    /// `left ?: …`, `left ?? …`
    fn short_condition(&mut self, left: Box<Draft<'t>>, head: Span, form: ConditionForm) -> Result<Box<Draft<'t>>> {
        let start = left.span().start;
        let mut gathered = Gathered::default();
        let test = gathered.take(left);
        let otherwise = Some(gathered.take(self.expression(0)?));
        let condition = Condition { form, test, then: None, otherwise };
        Ok(self.node(Kind::Condition(Box::new(condition)), start, head, gathered))
    }

    /// A node that begins at `start` and ends where the text has been read to.
    fn node(&self, kind: Kind, start: u32, head: Span, gathered: Gathered) -> Box<Draft<'t>> {
        let mut draft = Draft::new(kind, Span { start, end: self.end }, gathered.height + 1);
        draft.head = head;
        draft.seeking = gathered.seeking;
        draft
    }
}

impl Gathered {
    /// The node of `draft`, whose `%` a path around may answer.
    fn take(&mut self, mut draft: Box<Draft<'_>>) -> Node {
        draft.hand_on_seeking(&mut self.seeking);
        self.take_apart(draft)
    }

    /// The node of `draft`, whose `%` nothing around answers.
    fn take_apart(&mut self, draft: Box<Draft<'_>>) -> Node {
        self.height = self.height.max(draft.height);
        draft.into_node()
    }
}

/// The operator that is written so.
fn operator(symbol: Symbol) -> Option<Operator> {
    Some(match symbol {
        Symbol::Plus => Operator::Add,
        Symbol::Minus => Operator::Subtract,
        Symbol::Asterisk => Operator::Multiply,
        Symbol::Slash => Operator::Divide,
        Symbol::Percent => Operator::Remainder,
        Symbol::Equal => Operator::Equal,
        Symbol::NotEqual => Operator::NotEqual,
        Symbol::Less => Operator::Less,
        Symbol::LessEqual => Operator::LessEqual,
        Symbol::Greater => Operator::Greater,
        Symbol::GreaterEqual => Operator::GreaterEqual,
        Symbol::Ampersand => Operator::Concatenate,
        Symbol::And => Operator::And,
        Symbol::Or => Operator::Or,
        Symbol::In => Operator::In,
        _ => return None,
    })
}

/// A number as JSON has it.
fn shown(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    if size < 1.0 { text } else { text.replace('e', "e+") }
}
