//! The rules a definition must keep, one file per family.

mod dynamodb;
mod errors;
mod flow;
mod graph;
mod service;
mod states;
mod templates;

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;
use crate::node::Node;
use crate::source::Source;

/// Runs every check over a definition that was read from `document`.
pub(crate) fn all(machine: &Machine, document: &Node, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    graph::check(machine, diagnostics);
    states::check(machine, diagnostics);
    templates::check(machine, document, diagnostics);
    errors::check(machine, diagnostics);
    service::check(machine, diagnostics);
    dynamodb::check(machine, diagnostics);
    flow::check(machine, source, diagnostics);
}
