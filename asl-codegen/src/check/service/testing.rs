//! What a check says of one Task state, for the tests of the checks.

use std::fmt::Write;

use crate::definition::{self, Machine};
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::source::Source;

/// The findings of `check` for a state `X` that calls `resource` with `parameters`, as lines: code, the text it points
/// at, message; and under it each help with its edit made.
pub(in crate::check) fn report(
    check: fn(&Machine, &mut Vec<Diagnostic>),
    resource: &str,
    parameters: Option<&str>,
) -> String {
    let parameters = parameters.map(|parameters| format!(", \"Parameters\":\n{parameters}\n")).unwrap_or_default();
    // The two stand in lines of their own, which is what is shown of an edit.
    let state = format!("{{\"Type\": \"Task\", \"End\": true, \"Resource\":\n\"{resource}\"\n{parameters}}}");
    let source = Source::new("x.asl.json", format!("{{\"StartAt\": \"X\", \"States\": {{\"X\": {state}}}}}"));
    let mut others = Vec::new();
    let document = json::read(&source, &mut others).unwrap();
    let machine = definition::read::read(&document, &mut others);
    let mut diagnostics = Vec::new();
    check(&machine, &mut diagnostics);
    let text = &source.text;
    let mut report = String::new();
    for diagnostic in diagnostics {
        assert!(!diagnostic.aws.is_empty() && !diagnostic.label.is_empty(), "{diagnostic:?}");
        let at = &text[diagnostic.span.range()];
        let pointer = &diagnostic.pointer;
        writeln!(report, "{} {at} {pointer}: {}", diagnostic.code, diagnostic.message).unwrap();
        for help in diagnostic.help {
            match help.fix {
                None => writeln!(report, "  {}", help.message).unwrap(),
                Some(fix) => {
                    let before = text[..fix.span.start].rsplit('\n').next().unwrap_or_default();
                    let line = format!("{before}{}{}", fix.replacement, &text[fix.span.end..]);
                    let line = line.split('\n').next().unwrap_or_default();
                    writeln!(report, "  {}: {}", help.message, line.trim()).unwrap();
                }
            }
        }
    }
    report
}
