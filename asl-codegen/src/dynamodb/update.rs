//! `UpdateExpression`. DynamoDB Developer Guide, "Update expressions".

use std::ops::Range;

use super::expression::{Operand, Part, Path, Visit, Word};
use super::parser::{Parser, Result};
use super::problem::ExpressionKind;

/// An `UpdateExpression`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The clauses' keywords in upper case, in the order they were written, and where.
    pub clauses: Vec<(Clause, Range<usize>)>,
    /// What is done, in the order it was written.
    pub actions: Vec<Action>,
}

/// The clauses of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `SET`
    Set,
    /// `REMOVE`
    Remove,
    /// `ADD`
    Add,
    /// `DELETE`
    Delete,
}

/// One change of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `SET path = value`
    Set(Path, SetValue),
    /// `REMOVE path`
    Remove(Path),
    /// `ADD path :value`
    Add(Path, Word),
    /// `DELETE path :value`
    Delete(Path, Word),
}

/// The right side of a `SET` action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetValue {
    /// One operand.
    Operand(Operand),
    /// `left + right`
    Plus(Operand, Operand),
    /// `left - right`
    Minus(Operand, Operand),
}

const CLAUSES: [(Clause, &str); 4] =
    [(Clause::Set, "SET"), (Clause::Remove, "REMOVE"), (Clause::Add, "ADD"), (Clause::Delete, "DELETE")];

impl Clause {
    /// The keyword: `SET`.
    pub fn keyword(self) -> &'static str {
        match self {
            Clause::Set => "SET",
            Clause::Remove => "REMOVE",
            Clause::Add => "ADD",
            Clause::Delete => "DELETE",
        }
    }
}

impl Action {
    /// The path that the action changes.
    pub fn path(&self) -> &Path {
        match self {
            Action::Set(path, _) | Action::Remove(path) | Action::Add(path, _) | Action::Delete(path, _) => path,
        }
    }
}

impl Update {
    /// Reads an `UpdateExpression`. Only the grammar is looked at; [`problems`](Self::problems) does the rest.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser::new(text, ExpressionKind::Update, &["SET", "REMOVE", "ADD", "DELETE"])?;
        let mut update = Update { clauses: Vec::new(), actions: Vec::new() };
        loop {
            let start = parser.start();
            let Some((clause, _)) = CLAUSES.into_iter().find(|(_, keyword)| parser.accept_keyword(keyword)) else {
                return Err(parser.unexpected());
            };
            update.clauses.push((clause, start..parser.end()));
            update.actions.extend(parser.list(|parser| action(parser, clause))?);
            if parser.at_end() {
                return Ok(update);
            }
        }
    }
}

fn action(parser: &mut Parser<'_>, clause: Clause) -> Result<Action> {
    let path = parser.path()?;
    Ok(match clause {
        Clause::Set => {
            parser.expect("=")?;
            Action::Set(path, set_value(parser)?)
        }
        Clause::Remove => Action::Remove(path),
        Clause::Add => Action::Add(path, parser.value()?),
        Clause::Delete => Action::Delete(path, parser.value()?),
    })
}

fn set_value(parser: &mut Parser<'_>) -> Result<SetValue> {
    let left = if parser.at_symbol("(") {
        match parser.parenthesised(set_value)? {
            SetValue::Operand(operand) => operand,
            whole => return Ok(whole),
        }
    } else {
        parser.atom()?
    };
    Ok(match parser.accept_any(&["+", "-"]) {
        Some(0) => SetValue::Plus(left, parser.operand()?),
        Some(_) => SetValue::Minus(left, parser.operand()?),
        None => SetValue::Operand(left),
    })
}

impl Visit for Update {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>)) {
        for action in &self.actions {
            visitor(Part::Path(action.path()));
            match action {
                Action::Set(_, SetValue::Operand(operand)) => operand.visit(visitor),
                Action::Set(_, SetValue::Plus(left, right) | SetValue::Minus(left, right)) => {
                    left.visit(visitor);
                    right.visit(visitor);
                }
                Action::Remove(_) => {}
                Action::Add(_, value) | Action::Delete(_, value) => visitor(Part::Value(value)),
            }
        }
    }
}
