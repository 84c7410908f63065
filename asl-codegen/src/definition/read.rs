//! Document to definition, with the structural rules.
//!
//! Every object is first held against the table of fields, which reports what is wrong with it; what is right is then
//! taken over, quietly.

mod choice;
mod computed;
mod errors;
mod machine;
mod map;
mod object;
mod state;
mod value;

use std::cell::Cell;

use crate::codes::Code;
use crate::definition::fields::{Kinds, MACHINE};
use crate::definition::place::Place;
use crate::definition::{Machine, QueryLanguage};
use crate::diagnostic::{Diagnostic, Level};
use crate::node::{Node, opening};
use crate::query::context_object;
use crate::query::read::At;
use crate::span::Span;

/// Reads a definition. What is not understood is left out of the result and reported.
pub(crate) fn read(document: &Node, diagnostics: &mut Vec<Diagnostic>) -> Machine {
    let mut reader =
        Reader { findings: diagnostics, counted: Cell::default(), machine_language: QueryLanguage::default() };
    let scope = Scope {
        place: Place::machine(),
        anchor: start_of(document),
        language: QueryLanguage::default(),
        kind: MACHINE,
        context: context_object::Scope::default(),
        depth: 0,
    };
    reader.machine(document, &scope)
}

/// What reading needs all the way down.
struct Reader<'a> {
    findings: &'a mut Vec<Diagnostic>,
    /// How many of the findings were looked at to count the errors, and how many errors there are among them.
    counted: Cell<(usize, usize)>,
    /// The query language of the whole machine.
    machine_language: QueryLanguage,
}

/// What is known of the object that is read.
#[derive(Clone)]
struct Scope {
    place: Place,
    /// Where to point for what is not there.
    anchor: Span,
    /// The query language of the state.
    language: QueryLanguage,
    /// The kind of the object, as the table of fields has it.
    kind: Kinds,
    /// What the context object holds.
    context: context_object::Scope,
    /// How many machines this is inside.
    depth: usize,
}

impl Scope {
    /// The scope of a part of this object.
    fn enter(&self, name: &str, kind: Kinds, node: &Node) -> Self {
        Self { place: self.place.enter(name), anchor: start_of(node), kind, ..self.clone() }
    }

    /// A field of this object, for messages.
    fn at(&self, field: &str) -> At {
        At { field: self.place.field(field), pointer: self.place.pointer_to(field), context: self.context }
    }
}

impl Reader<'_> {
    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// How many errors there are, without those that only say that something is not compiled.
    fn errors(&self) -> usize {
        let (seen, errors) = self.counted.get();
        let is_error = |finding: &&Diagnostic| finding.level == Level::Error && finding.code != Code::ASL1203;
        let new = self.findings.get(seen..).unwrap_or_default();
        let errors = errors + new.iter().filter(is_error).count();
        self.counted.set((self.findings.len(), errors));
        errors
    }
}

/// Where to point for what an object lacks.
fn start_of(node: &Node) -> Span {
    match node.members() {
        Some(members) => opening(node.span, members.first().map(|first| first.name.span)),
        None => node.span,
    }
}
