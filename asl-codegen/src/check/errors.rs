//! Error names, retriers and catchers (ASL07xx).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, diagnostics);
}
