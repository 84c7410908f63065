//! The expressions of JSONata states (ASL0401, ASL0406 to ASL0412, ASL0418). AWS developer guide, "Transforming data with
//! JSONata in Step Functions".

mod analysis;
mod calls;
mod kinds;
mod locals;
mod messages;
mod names;
mod pictures;
mod reads;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod tree;

use std::collections::HashSet;

use crate::codes::Code;
use crate::definition::expressions::{self, Place, Wanted};
use crate::definition::{Machine, QueryLanguage, State};
use crate::diagnostic::Diagnostic;
use crate::node::Node;

use analysis::{What, analyse};
use kinds::Kinds;
use messages::Report;

pub(super) use reads::{present, reads};

pub(super) fn check(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let assigned = assigned(machine);
    super::for_each_state(machine, document, &mut |state, node| {
        if state.query_language == QueryLanguage::Jsonata {
            expressions::for_each(state, &mut |place| expression(state, place, &assigned, diagnostics));
            names::check(state, node, diagnostics);
        }
    });
}

/// The variables that are assigned somewhere in a definition.
pub(crate) fn assigned(machine: &Machine) -> HashSet<&str> {
    let mut assigned = HashSet::new();
    super::for_each_machine(machine, &mut |machine| {
        assigned.extend(super::variables::assignments(machine).map(|(_, name)| name.as_str()));
    });
    assigned
}

fn expression(state: &State, place: &Place<'_, '_>, assigned: &HashSet<&str>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(syntax) = &place.expression.syntax else { return };
    let outcome = analyse(syntax, assigned, None);
    let report = Report { state, place, assigned };
    let mut names = HashSet::new();
    let mut explained = false;
    for finding in &outcome.findings {
        // AWS says each name once.
        if matches!(finding.what, What::Name(name, _) if !names.insert(name)) {
            continue;
        }
        explained |= matches!(finding.what, What::ContextField(..));
        diagnostics.extend(report.finding(finding, outcome.kinds));
    }
    if !explained {
        diagnostics.extend(result(&report, outcome.kinds));
    }
}

/// Holds what an expression gives against what its field takes.
fn result(report: &Report<'_, '_>, kinds: Kinds) -> Option<Diagnostic> {
    if kinds == Kinds::UNDEFINED {
        return Some(report.nothing());
    }
    let taken = match report.place.wanted {
        Wanted::Any => Kinds::DATA - Kinds::UNDEFINED,
        Wanted::Boolean => Kinds::BOOLEAN,
        Wanted::Number => Kinds::NUMBER,
        Wanted::String => Kinds::STRING,
        Wanted::Object => Kinds::OBJECT,
        Wanted::Array => Kinds::ARRAY,
        Wanted::ArrayOrObject => Kinds::ARRAY | Kinds::OBJECT,
    };
    kinds.is_none_of(taken).then(|| report.wrong_type(kinds - Kinds::UNDEFINED, taken, Code::ASL0411))
}
