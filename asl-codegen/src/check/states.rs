//! Rules within one state that need more than one field (ASL0711, ASL0804), and labels (ASL0117).

use std::collections::HashMap;

use crate::check::for_each_machine;
use crate::codes::Code;
use crate::definition::{Kind, Machine, Retrier, SecondsOrPath, Spanned, State, Task};
use crate::diagnostic::Diagnostic;
use crate::node::{Node, Text};

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    for_each_machine(machine, &mut |inner| {
        for state in &inner.states {
            if let Some(Kind::Task(task)) = &state.kind {
                diagnostics.extend(heartbeat(state, task));
            }
            diagnostics.extend(
                state.retry.iter().enumerate().filter_map(|(number, retrier)| max_delay(state, number, retrier)),
            );
        }
    });
}

/// Every `Label` of a Map state is used once.
pub(super) fn labels(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    super::for_each_state(machine, document, &mut |state, node| {
        let Some(label) = node.get("Label").and_then(Node::as_text) else { return };
        if !matches!(state.kind, Some(Kind::Map { .. })) {
            return;
        }
        match seen.get(label.as_str()) {
            None => drop(seen.insert(&label.text, label)),
            Some(first) => {
                let message = format!("the label `{}` of state `{}` is used twice", label.text, state.name.text);
                let finding = Diagnostic::new(Code::ASL0117, label.span, message)
                    .label("used again")
                    .note(first.span, "first used here")
                    .at(format!("{}/Label", state.pointer))
                    .aws("rejects this with DUPLICATE_LABEL_NAME");
                diagnostics.push(finding);
            }
        }
    });
}

/// `HeartbeatSeconds` is smaller than `TimeoutSeconds`. Language spec, "Task State".
fn heartbeat(state: &State, task: &Task) -> Option<Diagnostic> {
    let (Some(SecondsOrPath::Seconds(timeout)), Some(SecondsOrPath::Seconds(heartbeat))) =
        (&task.timeout, &task.heartbeat)
    else {
        return None;
    };
    (heartbeat.value >= timeout.value).then(|| {
        let name = &state.name.text;
        let message = format!("`HeartbeatSeconds` of state `{name}` is not smaller than its `TimeoutSeconds`");
        Diagnostic::new(Code::ASL0804, heartbeat.span, message)
            .label("no heartbeat can be missed before the timeout")
            .note(timeout.span, "the timeout")
            .help("make `HeartbeatSeconds` smaller, or delete it")
            .at(format!("{}/HeartbeatSeconds", state.pointer))
    })
}

/// `MaxDelaySeconds` is greater than `IntervalSeconds`.
fn max_delay(state: &State, number: usize, retrier: &Retrier) -> Option<Diagnostic> {
    const DEFAULT_INTERVAL: u32 = 1;
    let most = retrier.max_delay_seconds.as_ref()?;
    let interval = retrier.interval_seconds.as_ref();
    let least = interval.map_or(DEFAULT_INTERVAL, |Spanned { value, .. }| *value);
    (most.value <= least).then(|| {
        let place = format!("`Retry[{number}]` of state `{}`", state.name.text);
        let message = format!("`MaxDelaySeconds` in {place} is not greater than `IntervalSeconds`");
        let finding = Diagnostic::new(Code::ASL0711, most.span, message)
            .label(format!("the first delay has {least} already"))
            .at(format!("{}/Retry[{number}]/MaxDelaySeconds", state.pointer));
        match interval {
            Some(interval) => finding.note(interval.span, "`IntervalSeconds`"),
            None => finding.help("without `IntervalSeconds` the first delay is 1 second"),
        }
    })
}
