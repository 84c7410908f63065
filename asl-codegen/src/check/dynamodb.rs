//! DynamoDB's expressions and attribute values (ASL10xx).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, diagnostics);
}
