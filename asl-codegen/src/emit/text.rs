//! The generated module as the text of a Rust file, formatted and with comments.

use crate::pipeline::Compiled;

/// The generated module as the text of a Rust file. `None` when there is an error among the findings.
pub fn text(compiled: &Compiled) -> Option<String> {
    compiled.tokens.as_ref().map(ToString::to_string)
}
