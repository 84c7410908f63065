//! What an expression begins with.

use super::{Draft, Form, Gathered, Parser, Result};
use crate::jsonata::Error;
use crate::jsonata::lexer::{Symbol, Token, TokenKind};
use crate::jsonata::syntax::{Group, Kind, Operator, Span, Transform};

/// How tightly a minus sign binds what it stands before.
const NEGATE: u8 = 70;

impl<'t> Parser<'t> {
    /// The operand that `token` is or begins.
    pub(super) fn operand(&mut self, token: Token<'t>) -> Result<Box<Draft<'t>>> {
        let span = token.span;
        let kind = match token.kind {
            TokenKind::Symbol(symbol) => return self.opened(symbol, span),
            TokenKind::Name(name) => return Ok(name_of(name, span)),
            TokenKind::End => {
                // More is known further out: a closing bracket may be what is missing.
                self.flaw(Error::new("S0207").token("(end)").at(span.start as usize));
                Kind::Null
            }
            TokenKind::Variable(name) => {
                let mut draft = Draft::new(Kind::Variable(name.to_owned()), span, 1);
                draft.form = Form::Variable;
                return Ok(draft);
            }
            TokenKind::String(text) => Kind::String(text),
            TokenKind::Number(number) => Kind::Number(number),
            TokenKind::Bool(value) => Kind::Bool(value),
            TokenKind::Null => Kind::Null,
            TokenKind::Regex(regex) => Kind::Regex(regex),
        };
        Ok(Draft::new(kind, span, 1))
    }

    /// The operand that a symbol is or begins.
    fn opened(&mut self, symbol: Symbol, head: Span) -> Result<Box<Draft<'t>>> {
        match symbol {
            Symbol::And | Symbol::Or | Symbol::In => Ok(name_of(symbol.text(), head)),
            Symbol::Asterisk => Ok(Draft::new(Kind::Wildcard, head, 1)),
            Symbol::DoubleAsterisk => Ok(Draft::new(Kind::Descendants, head, 1)),
            Symbol::Percent => Ok(self.parent(head)),
            Symbol::Minus => self.negate(head),
            Symbol::OpenParenthesis => self.block(head),
            Symbol::OpenBracket => self.array(head),
            Symbol::OpenBrace => self.object(head),
            Symbol::Pipe => self.transform(head),
            _ => Err(Error::new("S0211").token(symbol.text()).at(head.start as usize)),
        }
    }

    /// `-…`
    fn negate(&mut self, head: Span) -> Result<Box<Draft<'t>>> {
        let mut operand = self.expression(NEGATE)?;
        if operand.path.is_none()
            && let Kind::Number(number) = &mut operand.last.node.kind
        {
            *number = -*number;
            operand.last.node.span.start = head.start;
            operand.height += 1;
            return Ok(operand);
        }
        let mut gathered = Gathered::default();
        let operand = gathered.take(operand);
        Ok(self.node(Kind::Negate(Box::new(operand)), head.start, head, gathered))
    }

    /// `(…; …)`
    fn block(&mut self, head: Span) -> Result<Box<Draft<'t>>> {
        let mut gathered = Gathered::default();
        let mut nodes = Vec::new();
        let mut constructs_array = false;
        while !self.is_at(Symbol::CloseParenthesis) {
            let expression = self.expression(0)?;
            let first = expression.before.first().unwrap_or(&expression.last);
            constructs_array |= first.constructs_array;
            nodes.push(gathered.take(expression));
            if !self.is_at(Symbol::Semicolon) {
                break;
            }
            self.advance(false)?;
        }
        self.expect(Symbol::CloseParenthesis, true)?;
        let mut draft = self.node(Kind::Block(nodes), head.start, head, gathered);
        draft.last.constructs_array = constructs_array;
        Ok(draft)
    }

    /// `[…, …]`
    fn array(&mut self, head: Span) -> Result<Box<Draft<'t>>> {
        let mut gathered = Gathered::default();
        let mut items = Vec::new();
        if !self.is_at(Symbol::CloseBracket) {
            loop {
                let mut item = self.expression(0)?;
                if self.is_at(Symbol::Range) {
                    let range = self.advance(false)?.span;
                    let last = self.expression(0)?;
                    item = self.binary_of(item, Operator::Range, last, range);
                }
                items.push(gathered.take(item));
                if !self.is_at(Symbol::Comma) {
                    break;
                }
                self.advance(false)?;
            }
        }
        self.expect(Symbol::CloseBracket, true)?;
        Ok(self.node(Kind::Array(items), head.start, head, gathered))
    }

    /// `{…: …, …}`
    fn object(&mut self, head: Span) -> Result<Box<Draft<'t>>> {
        let mut gathered = Gathered::default();
        let group = self.pairs(head, &mut gathered)?;
        Ok(self.node(Kind::Object(group), head.start, head, gathered))
    }

    /// The pairs behind an opening brace, up to the closing one.
    pub(super) fn pairs(&mut self, head: Span, gathered: &mut Gathered) -> Result<Group> {
        let mut pairs = Vec::new();
        if !self.is_at(Symbol::CloseBrace) {
            loop {
                let key = self.expression(0)?;
                let key = gathered.take(key);
                self.expect(Symbol::Colon, false)?;
                let value = self.expression(0)?;
                pairs.push((key, gathered.take(value)));
                if !self.is_at(Symbol::Comma) {
                    break;
                }
                self.advance(false)?;
            }
        }
        self.expect(Symbol::CloseBrace, true)?;
        Ok(Group { span: Span { start: head.start, end: self.end }, pairs })
    }

    /// `|…|…, …|`
    fn transform(&mut self, head: Span) -> Result<Box<Draft<'t>>> {
        let mut gathered = Gathered::default();
        let pattern = gathered.take_apart(self.expression(0)?);
        self.expect(Symbol::Pipe, false)?;
        let update = gathered.take_apart(self.expression(0)?);
        let mut delete = None;
        if self.is_at(Symbol::Comma) {
            self.advance(false)?;
            delete = Some(gathered.take_apart(self.expression(0)?));
        }
        self.expect(Symbol::Pipe, false)?;
        let transform = Transform { pattern, update, delete };
        Ok(self.node(Kind::Transform(Box::new(transform)), head.start, head, gathered))
    }
}

/// A name is a path of one step.
fn name_of(name: &str, span: Span) -> Box<Draft<'_>> {
    let mut draft = Draft::new(Kind::Name(name.to_owned()), span, 1);
    draft.form = Form::Name(name);
    draft.make_path();
    draft
}
