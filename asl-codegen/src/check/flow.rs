//! The data: what a path can find where it is read (ASL06xx).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, diagnostics);
}
