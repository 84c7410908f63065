//! Calls, partial applications and function literals.

use super::{Draft, Gathered, Parser, Result};
use crate::jsonata::Error;
use crate::jsonata::lexer::{Symbol, TokenKind};
use crate::jsonata::signature::Signature;
use crate::jsonata::syntax::{Call, Kind, Lambda, Node, Partial, Span};

impl<'t> Parser<'t> {
    /// `left(…)`
    pub(super) fn call(&mut self, left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let mut arguments = Vec::new();
        if !self.is_at(Symbol::CloseParenthesis) {
            loop {
                arguments.push(self.argument()?);
                if !self.is_at(Symbol::Comma) {
                    break;
                }
                self.advance(false)?;
            }
        }
        self.expect(Symbol::CloseParenthesis, true)?;
        if left.is_lambda_keyword() {
            let start = left.span().start;
            let parameters = self.parameters(&arguments)?;
            return self.lambda(parameters, start, head);
        }

        let start = left.span().start;
        let mut gathered = Gathered::default();
        let arguments: Vec<_> =
            arguments.into_iter().map(|(_, argument)| argument.map(|argument| gathered.take(argument))).collect();
        let procedure = gathered.take_apart(left);
        let kind = if arguments.iter().all(Option::is_some) {
            let arguments = arguments.into_iter().flatten().collect();
            Kind::Call(Box::new(Call { procedure, arguments, tail: false }))
        } else {
            Kind::Partial(Box::new(Partial { procedure, arguments }))
        };
        Ok(self.node(kind, start, head, gathered))
    }

    /// An argument, with its place; none for `?`.
    fn argument(&mut self) -> Result<(u32, Option<Box<Draft<'t>>>)> {
        let start = self.token.span.start;
        if self.is_at(Symbol::Question) {
            self.advance(false)?;
            return Ok((start, None));
        }
        Ok((start, Some(self.expression(0)?)))
    }

    /// The names of parameters that were read as arguments.
    fn parameters(&self, arguments: &[(u32, Option<Box<Draft<'t>>>)]) -> Result<Vec<String>> {
        let name = |(index, (start, argument)): (usize, &(u32, Option<Box<Draft<'t>>>))| {
            let name = argument.as_ref().and_then(|argument| argument.as_variable());
            name.map(str::to_owned).ok_or_else(|| {
                let token = argument.as_ref().map_or("?", |argument| self.written(argument.head));
                Error::new("S0208").token(token).value((index + 1).to_string()).at(*start as usize)
            })
        };
        arguments.iter().enumerate().map(name).collect()
    }

    /// A function literal from behind its parameters. No step of a path around it is the parent that `%` in it speaks of.
    fn lambda(&mut self, parameters: Vec<String>, start: u32, head: Span) -> Result<Box<Draft<'t>>> {
        let signature = if self.is_at(Symbol::Less) { Some(self.signature()?) } else { None };
        self.expect(Symbol::OpenBrace, false)?;
        let body = self.expression(0)?;
        let mut gathered = Gathered::default();
        let mut body = gathered.take_apart(body);
        self.expect(Symbol::CloseBrace, false)?;
        mark_tail_calls(&mut body);
        let lambda = Lambda { parameters, signature, body };
        Ok(self.node(Kind::Lambda(Box::new(lambda)), start, head, gathered))
    }

    /// A signature between angle brackets, without them and without blanks.
    fn signature(&mut self) -> Result<String> {
        let start = self.token.span.end;
        let mut signature = String::new();
        let mut depth = 1_u32;
        loop {
            self.advance(false)?;
            match self.token.kind {
                TokenKind::Symbol(Symbol::Less) => depth += 1,
                TokenKind::Symbol(Symbol::Greater) => depth -= 1,
                _ => {}
            }
            if depth == 0 || matches!(self.token.kind, TokenKind::End | TokenKind::Symbol(Symbol::OpenBrace)) {
                break;
            }
            match &self.token.kind {
                TokenKind::Name(text) | TokenKind::Variable(text) => signature.push_str(text),
                TokenKind::String(text) => signature.push_str(text),
                _ => signature.push_str(self.written(self.token.span)),
            }
        }
        let written = self.written(Span { start, end: self.token.span.start });
        self.expect(Symbol::Greater, false)?;
        if let Err(error) = Signature::parse(&signature) {
            // Blanks and comments are not in the signature, so that places in it are not places in the text.
            let offset = if written == signature { error.position().unwrap_or_default() } else { 0 };
            return Err(error.moved(start as usize + offset));
        }
        Ok(signature)
    }
}

/// Marks the calls whose result is that of a function with this body, which need not be returned to. A grouping or a `[]`
/// behind such a call has no effect. A block with predicates is left alone: JSONata applies them to the call that is still to
/// be made, so that `(f())[1]` gives nothing where it is a function's body; here they apply to what the call gives.
fn mark_tail_calls(body: &mut Node) {
    match &mut body.kind {
        Kind::Call(call) if body.predicates.is_empty() => {
            call.tail = true;
            body.group = None;
            body.keep_array = false;
        }
        Kind::Condition(condition) => {
            condition.then.iter_mut().chain(&mut condition.otherwise).for_each(mark_tail_calls);
        }
        Kind::Block(nodes) if body.predicates.is_empty() && body.group.is_none() => {
            nodes.last_mut().into_iter().for_each(mark_tail_calls);
        }
        _ => {}
    }
}
