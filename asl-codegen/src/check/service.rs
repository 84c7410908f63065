//! Resources and the parameters of service calls (ASL09xx).

mod given;
mod parameters;
mod resource;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod testing;

use crate::definition::{Kind, Machine, QueryLanguage, State, Task};
use crate::diagnostic::Diagnostic;
use crate::service::{self, Operation};

pub(super) use given::{Given, Member};
pub(super) use parameters::Place;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    for_each_task(machine, &mut |state, task| {
        resource::check(state, task, diagnostics);
        if let Some(operation) = called(state, task) {
            parameters::check(state, operation, diagnostics);
        }
    });
}

/// The operation that a state calls, when its parameters are a payload template.
pub(super) fn called(state: &State, task: &Task) -> Option<&'static Operation> {
    if state.query_language == QueryLanguage::Jsonata {
        return None;
    }
    service::operation_of(task.resource.as_ref()?.as_str())
}

/// Calls `visit` for every Task state, those of inner machines included.
pub(super) fn for_each_task<'m>(machine: &'m Machine, visit: &mut impl FnMut(&'m State, &'m Task)) {
    for state in &machine.states {
        match &state.kind {
            Some(Kind::Task(task)) => visit(state, task),
            _ => state.machines().iter().for_each(|inner| for_each_task(inner, visit)),
        }
    }
}

#[cfg(test)]
mod tests;
