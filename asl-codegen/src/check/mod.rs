//! The rules a definition must keep, one file per family.

mod dynamodb;
mod errors;
mod flow;
mod graph;
mod jsonata;
mod numbers;
mod service;
mod states;
mod templates;
mod variables;

use std::collections::HashMap;

pub(crate) use jsonata::assigned;

use crate::definition::{Kind, Machine, State};
use crate::diagnostic::Diagnostic;
use crate::node::{Node, Value};
use crate::shape::flow::Flow;
use crate::source::Source;

/// Runs every check over a definition that was read from `document`; `flow` is what is known of its data.
pub(crate) fn all(flow: &Flow<'_>, document: &Node, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let machine = flow.machine;
    graph::check(machine, diagnostics);
    states::check(machine, diagnostics);
    states::labels(machine, document, diagnostics);
    templates::check(machine, document, diagnostics);
    errors::check(machine, diagnostics);
    numbers::check(machine, document, diagnostics);
    service::check(machine, diagnostics);
    dynamodb::check(machine, diagnostics);
    flow::check(flow, source, diagnostics);
    jsonata::check(machine, document, diagnostics);
    variables::check(machine, document, diagnostics);
}

/// Calls `visit` for the machine and for every machine inside it, in the order of the document.
fn for_each_machine<'m>(machine: &'m Machine, visit: &mut impl FnMut(&'m Machine)) {
    visit(machine);
    for inner in machine.states.iter().flat_map(|state| state.machines()) {
        for_each_machine(inner, visit);
    }
}

/// Calls `visit` for every state with its place in the document, which is the place of `machine`.
fn for_each_state<'m>(machine: &'m Machine, document: &'m Node, visit: &mut impl FnMut(&'m State, &'m Node)) {
    let states = document.get("States").and_then(Node::members).unwrap_or_default();
    let nodes: HashMap<&str, &Node> = states.iter().map(|member| (member.name.as_str(), &member.value)).collect();
    for state in &machine.states {
        let Some(node) = nodes.get(state.name.as_str()).copied() else { continue };
        visit(state, node);
        let inner: Vec<&Node> = match &state.kind {
            Some(Kind::Parallel { .. }) => match node.get("Branches").map(|branches| &branches.value) {
                Some(Value::Array(branches)) => branches.iter().collect(),
                _ => Vec::new(),
            },
            _ => node.get("ItemProcessor").or_else(|| node.get("Iterator")).into_iter().collect(),
        };
        for (machine, document) in state.machines().iter().zip(inner) {
            for_each_state(machine, document, visit);
        }
    }
}
