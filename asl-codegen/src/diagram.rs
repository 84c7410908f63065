//! The graph of a machine as a picture in text.

use crate::definition::Machine;

/// The graph in Mermaid's notation.
pub fn mermaid(machine: &Machine) -> String {
    let _ = machine;
    String::new()
}

/// The graph in Graphviz's notation.
pub fn dot(machine: &Machine) -> String {
    let _ = machine;
    String::new()
}

/// The graph as a Markdown table.
pub fn table(machine: &Machine) -> String {
    let _ = machine;
    String::new()
}
