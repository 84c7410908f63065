//! Rules within one state that need more than one field (ASL01xx, ASL08xx).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, diagnostics);
}
