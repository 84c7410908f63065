//! Texts that look like paths where none is evaluated (ASL0305, ASL0306, ASL0307, ASL0413).

use crate::definition::Machine;
use crate::diagnostic::Diagnostic;
use crate::node::Node;

pub(super) fn check(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let _ = (machine, document, diagnostics);
}
