//! Error names, retriers and catchers (ASL07xx).

use crate::check::for_each_machine;
use crate::codes::Code;
use crate::definition::{Machine, State};
use crate::diagnostic::{Diagnostic, nearest};
use crate::node::Text;
use crate::query::read::quoted;
use crate::span::Span;

const ALL: &str = "States.ALL";
const TASK_FAILED: &str = "States.TaskFailed";

/// The predefined error names. Language spec, "Error names".
const PREDEFINED: &[&str] = &[
    ALL,
    TASK_FAILED,
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.Http.Socket",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.Timeout",
];

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    for_each_machine(machine, &mut |inner| {
        for state in &inner.states {
            let retry = state.retry.iter().map(|retrier| (retrier.span, retrier.error_equals.as_slice()));
            check_list(state, "Retry", &retry.collect::<Vec<_>>(), diagnostics);
            let catch = state.catch.iter().map(|catcher| (catcher.span, catcher.error_equals.as_slice()));
            check_list(state, "Catch", &catch.collect::<Vec<_>>(), diagnostics);
        }
    });
}

/// The `ErrorEquals` of the elements of `Retry` or `Catch`.
fn check_list(state: &State, field: &str, elements: &[(Span, &[Text])], diagnostics: &mut Vec<Diagnostic>) {
    for (number, (_, names)) in elements.iter().enumerate() {
        let pointer = format!("{}/{field}[{number}]/ErrorEquals", state.pointer);
        let place = format!("`{field}[{number}]` of state `{}`", state.name.text);
        for name in *names {
            let finding = if name.text == ALL && names.len() > 1 {
                let message = format!("`States.ALL` stands with other names in {place}");
                Diagnostic::new(Code::ASL0701, name.span, message)
                    .label("matches the other names too")
                    .help(format!("write it alone, in an element of its own at the end of `{field}`"))
                    .aws("rejects this")
            } else if name.text == ALL && number + 1 < elements.len() {
                let message = format!("`States.ALL` in {place} is not in the last element");
                let finding = Diagnostic::new(Code::ASL0701, name.span, message)
                    .label("nothing behind it can match")
                    .help("move the element to the end");
                let finding = match elements.last() {
                    Some((last, _)) => finding.note(*last, "the last element"),
                    None => finding,
                };
                finding.aws("rejects this")
            } else if is_unknown(&name.text) {
                let message = format!("`{}` in {place} is no predefined error", name.text);
                let finding = Diagnostic::new(Code::ASL0703, name.span, message)
                    .label("names that start with `States.` are reserved")
                    .aws("accepts this");
                match nearest(&name.text, PREDEFINED.iter().copied()) {
                    Some(near) => finding.fix("did you mean", name.span, quoted(near)),
                    None => finding,
                }
            } else {
                continue;
            };
            diagnostics.push(finding.at(&pointer));
        }
        diagnostics.extend(never_matches(field, number, elements, &place).map(|finding| finding.at(&pointer)));
    }
}

/// Whether a name has the reserved prefix without being predefined.
fn is_unknown(name: &str) -> bool {
    name.starts_with("States.") && !PREDEFINED.contains(&name) && !name.starts_with("States.Http.StatusCode.")
}

/// The finding for an element all of whose names are matched by elements before it.
fn never_matches(field: &str, number: usize, elements: &[(Span, &[Text])], place: &str) -> Option<Diagnostic> {
    let (_, names) = elements.get(number)?;
    let before = elements.get(..number)?;
    let matched_before = |name: &Text| {
        before.iter().flat_map(|(_, names)| *names).find(|earlier| {
            // What stands behind `States.ALL` is ASL0701.
            earlier.text == name.text || (earlier.text == TASK_FAILED && !name.text.starts_with("States."))
        })
    };
    let first = names.first()?;
    if first.text == ALL || !names.iter().all(|name| matched_before(name).is_some()) {
        return None;
    }
    let earlier = matched_before(first)?;
    let message = format!("{place} can never match: the elements of `{field}` before it match its errors");
    let finding = Diagnostic::new(Code::ASL0705, first.span, message)
        .label("never matches")
        .note(earlier.span, "matched here already")
        .help("delete the element, or move it up")
        .aws("accepts this");
    Some(finding)
}
