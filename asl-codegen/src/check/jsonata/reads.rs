//! The variables that an expression reads.

use std::collections::HashSet;

use super::analysis::{What, analyse};
use super::kinds::Kinds;
use crate::definition::Expression;
use crate::jsonata::Function;
use crate::jsonata::syntax::{Kind, Node, Operator, Span};

/// A variable of the machine that an expression reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Read<'a> {
    /// Its name.
    pub(in crate::check) name: &'a str,
    /// Where it is read first.
    pub(in crate::check) span: Span,
    /// Whether the expression gives nothing when the variable has no value.
    pub(in crate::check) needed: bool,
}

/// Of an expression that reads more variables the others count as not needed: each costs an analysis.
const MAX_VARIABLES: usize = 16;

/// The variables that an expression reads, each once. `assigned` are those of the machine.
pub(in crate::check) fn reads<'a>(expression: &'a Expression, assigned: &HashSet<&str>) -> Vec<Read<'a>> {
    let Some(syntax) = &expression.syntax else { return Vec::new() };
    let mut seen = HashSet::new();
    let mut reads = Vec::new();
    for finding in analyse(syntax, assigned, None).findings {
        if let What::Read(name) = finding.what
            && seen.insert(name)
        {
            let needed = reads.len() < MAX_VARIABLES && analyse(syntax, assigned, Some(name)).kinds == Kinds::UNDEFINED;
            reads.push(Read { name, span: finding.span, needed });
        }
    }
    reads
}

/// The variables that surely have a value when a condition holds.
pub(in crate::check) fn present<'a>(condition: &'a Expression) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut open: Vec<&'a Node> = condition.syntax.iter().collect();
    while let Some(node) = open.pop() {
        if !node.predicates.is_empty() || node.group.is_some() {
            continue;
        }
        match &node.kind {
            Kind::Binary(Operator::And, left, right) => open.extend([&**right, &**left]),
            // A comparison with nothing does not hold.
            Kind::Binary(
                Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessEqual
                | Operator::Greater
                | Operator::GreaterEqual,
                left,
                right,
            ) => found.extend([left, right].into_iter().filter_map(|operand| root(operand))),
            Kind::Block(parts) => {
                if let [part] = parts.as_slice() {
                    open.push(part);
                }
            }
            Kind::Call(call) => {
                let exists = matches!(&call.procedure.kind, Kind::Variable(name) if name == Function::Exists.name());
                if let [argument] = call.arguments.as_slice()
                    && exists
                {
                    found.extend(root(argument));
                }
            }
            _ => {}
        }
    }
    found
}

/// The variable that a value is, or is a part of.
fn root(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Variable(name) if !name.is_empty() && name != "$" && name != "states" => Some(name),
        Kind::Path(path) => root(&path.steps.first()?.node),
        _ => None,
    }
}
