//! Numbers that no double holds (ASL0105). JSON can write them; Step Functions and the runtime compute with doubles.

use std::collections::HashSet;

use crate::codes::Code;
use crate::definition::{Machine, State};
use crate::diagnostic::Diagnostic;
use crate::lower::number;
use crate::node::{Member, Node, Value};
use crate::span::Span;

/// A spelling of more characters is cut in messages.
const MAX_SHOWN: usize = 24;

pub(super) fn check(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut findings = Vec::new();
    super::for_each_state(machine, document, &mut |state, node| {
        let own = |member: &&Member| !["Branches", "ItemProcessor", "Iterator"].contains(&member.name.as_str());
        for member in node.members().unwrap_or_default().iter().filter(own) {
            numbers(state, &member.name.text, &member.value, &mut findings);
        }
    });
    if findings.is_empty() {
        return;
    }
    // A field with a range of its own has been reported.
    let reported: HashSet<Span> = diagnostics
        .iter()
        .filter(|finding| matches!(finding.code, Code::ASL0104 | Code::ASL0105))
        .map(|finding| finding.span)
        .collect();
    diagnostics.extend(findings.into_iter().filter(|finding| !reported.contains(&finding.span)));
}

fn numbers(state: &State, field: &str, node: &Node, findings: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Number(spelling) if number(spelling).is_none() => {
            let mut shown: String = spelling.chars().take(MAX_SHOWN).collect();
            if shown.len() < spelling.len() {
                shown.push('…');
            }
            let name = &state.name.text;
            let message =
                format!("`{field}` of state `{name}` has the number `{shown}`, which is too large for a double");
            let finding = Diagnostic::new(Code::ASL0105, node.span, message)
                .label("beyond 1.8e308")
                .help("write a smaller number, or the digits as a string")
                .at(format!("{}/{}", state.pointer, crate::node::pointer_token(field)));
            findings.push(finding);
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(state, field, item, findings)),
        Value::Object(members) => members.iter().for_each(|member| numbers(state, field, &member.value, findings)),
        _ => {}
    }
}
