//! The graph: targets, reachability, terminal states, names (ASL02xx, ASL0111, ASL0112).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, diagnostics);
}
