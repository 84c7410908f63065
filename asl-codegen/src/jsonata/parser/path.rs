//! What makes paths, and what is written behind their steps.

use super::{Draft, Form, Gathered, Parser, Result, shown};
use crate::jsonata::Error;
use crate::jsonata::lexer::Symbol;
use crate::jsonata::syntax::{Kind, Node, SortTerm, Span, Stage, Step};

impl<'t> Parser<'t> {
    /// `left.…`
    pub(super) fn dot(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let mut right = self.expression(Symbol::Dot.power())?;
        if left.path.is_none() {
            // Other `%` in the first step are not sought any further.
            left.path_seeking = left.as_parent().into_iter().collect();
        }
        left.make_path();
        if right.path.is_none() {
            right.stage_predicates();
        }
        let mut keep_singleton = false;
        for step in [left.before.first_mut(), Some(&mut left.last)].into_iter().flatten().chain(&mut right.before) {
            keep_singleton |= self.as_step(step);
        }
        keep_singleton |= self.as_step(&mut right.last);
        if let Some(path) = &mut left.path {
            path.keep_singleton |= keep_singleton;
        }

        let first = left.before.first_mut().unwrap_or(&mut left.last);
        first.constructs_array |= matches!(first.node.kind, Kind::Array(_));
        right.last.constructs_array |= matches!(right.last.node.kind, Kind::Array(_));

        left.height = left.height.max(right.height + 1);
        left.before.push(left.last);
        left.before.append(&mut right.before);
        left.last = right.last;
        left.seeking = right.seeking;
        left.becomes(Form::Other, head, self.end);
        self.resolve(&mut left);
        Ok(left)
    }

    /// Makes what is written as a step one. Whether `[]` is behind it.
    fn as_step(&mut self, step: &mut Step) -> bool {
        let node = &mut step.node;
        let literal = match &mut node.kind {
            Kind::String(text) => {
                node.kind = Kind::Name(std::mem::take(text));
                None
            }
            Kind::Number(number) => Some(shown(*number)),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Null if step.sort.is_empty() => Some("null".to_owned()),
            _ => None,
        };
        if let Some(literal) = literal {
            self.flaw(Error::new("S0213").value(literal).at(node.span.start as usize));
        }
        node.keep_array
    }

    /// `left[…]`, `left[]`
    pub(super) fn predicate(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        if self.is_at(Symbol::CloseBracket) {
            left.keep_array();
            self.advance(false)?;
            left.extend(self.end);
            return Ok(left);
        }
        if left.last.node.group.is_some() {
            self.flaw(Error::new("S0209").at(head.start as usize));
        }
        let mut predicate = self.expression(0)?;
        self.expect(Symbol::CloseBracket, true)?;
        left.height = left.height.max(predicate.height + 1);
        self.resolve_predicate(&mut left, &mut predicate);
        let predicate = predicate.into_node();
        match left.path {
            Some(_) => left.last.stages.push(Stage::Filter(predicate)),
            None => left.last.node.predicates.push(predicate),
        }
        let form = left.form;
        left.becomes(form, head, self.end);
        left.predicated = true;
        Ok(left)
    }

    /// `left{…}`. No step of a path around it is the parent that `%` in it speaks of.
    pub(super) fn grouping(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        if left.group().is_some() {
            self.flaw(Error::new("S0210").at(head.start as usize));
        }
        let mut gathered = Gathered::default();
        let group = self.pairs(head, &mut gathered)?;
        *left.group() = Some(Box::new(group));
        left.height = left.height.max(gathered.height + 1);
        left.becomes(Form::Other, head, self.end);
        Ok(left)
    }

    /// `left@$name`
    pub(super) fn focus(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let name = self.binding(Symbol::At)?;
        if !left.last.stages.is_empty() || !left.last.node.predicates.is_empty() {
            self.flaw(Error::new("S0215").at(head.start as usize));
        }
        if !left.last.sort.is_empty() {
            self.flaw(Error::new("S0216").at(head.start as usize));
        }
        // `$` is the context, whatever is bound.
        left.last.focus = Some(name).filter(|name| !name.is_empty());
        left.becomes(Form::Focus, head, self.end);
        Ok(left)
    }

    /// `left#$name`
    pub(super) fn index(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        let name = self.binding(Symbol::Hash)?;
        if left.path.is_none() {
            left.stage_predicates();
            left.make_path();
        }
        if left.last.stages.is_empty() {
            left.last.index = Some(name);
        } else {
            left.last.stages.push(Stage::Index(name));
        }
        left.becomes(Form::Other, head, self.end);
        Ok(left)
    }

    /// The variable behind `symbol`.
    fn binding(&mut self, symbol: Symbol) -> Result<String> {
        let right = self.expression(symbol.power())?;
        let error = || Error::new("S0214").token(symbol.text()).at(right.span().start as usize);
        right.as_variable().map(str::to_owned).ok_or_else(error)
    }

    /// `left^(…)`
    pub(super) fn order(&mut self, mut left: Box<Draft<'t>>, head: Span) -> Result<Box<Draft<'t>>> {
        self.expect(Symbol::OpenParenthesis, false)?;
        let mut gathered = Gathered::default();
        let mut sort = Vec::new();
        loop {
            let descending = self.is_at(Symbol::Greater);
            if descending || self.is_at(Symbol::Less) {
                self.advance(false)?;
            }
            let node = gathered.take(self.expression(0)?);
            sort.push(SortTerm { descending, node });
            if !self.is_at(Symbol::Comma) {
                break;
            }
            self.advance(false)?;
        }
        self.expect(Symbol::CloseParenthesis, false)?;
        left.make_path();
        let span = Span { start: head.start, end: self.end };
        let step = Step { sort, ..Step::new(Node::new(Kind::Null, span)) };
        left.before.push(std::mem::replace(&mut left.last, step));
        left.seeking = gathered.seeking;
        left.height = left.height.max(gathered.height + 1);
        left.becomes(Form::Other, head, self.end);
        self.resolve(&mut left);
        Ok(left)
    }
}
