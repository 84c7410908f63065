//! The graph: targets, reachability, terminal states, names (ASL02xx).

use std::collections::{HashMap, HashSet};

use crate::check::for_each_machine;
use crate::codes::Code;
use crate::definition::{Kind, Machine, State};
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::node::Text;
use crate::query::read::quoted;

const MISSING_TARGET: &str = "rejects this with MISSING_TRANSITION_TARGET: \"Missing 'Next' target: …\"";
const UNREACHABLE: &str = "rejects this with MISSING_TRANSITION_TARGET: \"State … is not reachable.\"";

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    // The first state of each name, whatever machine it is in.
    let mut names: HashMap<&str, &State> = HashMap::new();
    for_each_machine(machine, &mut |inner| {
        for state in &inner.states {
            match names.get(state.name.as_str()) {
                Some(first) => diagnostics.push(used_twice(state, first)),
                None => drop(names.insert(&state.name.text, state)),
            }
        }
    });
    for_each_machine(machine, &mut |inner| {
        targets(inner, &names, diagnostics);
        let ends = terminal(inner, machine, diagnostics);
        reachability(inner, ends, diagnostics);
    });
}

fn used_twice(state: &State, first: &State) -> Diagnostic {
    let name = &state.name.text;
    Diagnostic::new(Code::ASL0206, state.name.span, format!("the state name `{name}` is used twice"))
        .label("used again")
        .note(first.name.span, "first used here")
        .help("a state's name is unique in the whole definition, branches and item processors included")
        .at(&state.pointer)
        .aws("rejects this with DUPLICATE_STATE_NAME")
}

/// A transition out of a state.
struct Transition<'m> {
    target: &'m Text,
    /// The field that has it: `Catch[0].Next`.
    field: String,
}

/// The transitions out of a state.
fn transitions(state: &State) -> Vec<Transition<'_>> {
    let mut found: Vec<(Option<&Text>, String)> = vec![(state.next.as_ref(), "Next".to_owned())];
    if let Some(Kind::Choice { choices, default }) = &state.kind {
        let rules = choices.iter().enumerate();
        found.extend(rules.map(|(number, rule)| (rule.next.as_ref(), format!("Choices[{number}].Next"))));
        found.push((default.as_ref(), "Default".to_owned()));
    }
    let catchers = state.catch.iter().enumerate();
    found.extend(catchers.map(|(number, catcher)| (catcher.next.as_ref(), format!("Catch[{number}].Next"))));
    found.into_iter().filter_map(|(target, field)| target.map(|target| Transition { target, field })).collect()
}

/// `StartAt` and every transition: the state they name exists, in this machine.
fn targets(machine: &Machine, names: &HashMap<&str, &State>, diagnostics: &mut Vec<Diagnostic>) {
    let here: HashSet<&str> = machine.states.iter().map(|state| state.name.as_str()).collect();
    if let Some(start) = machine.start_at.as_ref().filter(|start| !here.contains(start.as_str())) {
        let owner = if machine.pointer.is_empty() { "the state machine" } else { "the inner machine" };
        let message = format!("`StartAt` of {owner} names `{}`, which is no state of it", start.text);
        let finding = Diagnostic::new(Code::ASL0201, start.span, message).at(format!("{}/StartAt", machine.pointer));
        diagnostics.push(no_such_state(finding, start, machine, names));
    }
    for state in &machine.states {
        for Transition { target, field } in transitions(state) {
            if here.contains(target.as_str()) {
                continue;
            }
            let name = &target.text;
            let pointer = format!("{}/{}", state.pointer, field.replace('.', "/"));
            let finding = if names.contains_key(name.as_str()) {
                let message =
                    format!("`{field}` of state `{}` leads to `{name}`, which is in another machine", state.name.text);
                Diagnostic::new(Code::ASL0203, target.span, message)
            } else {
                let message = format!("`{field}` of state `{}` names `{name}`, which does not exist", state.name.text);
                Diagnostic::new(Code::ASL0202, target.span, message)
            };
            diagnostics.push(no_such_state(finding.at(pointer), target, machine, names));
        }
    }
}

fn no_such_state(finding: Diagnostic, target: &Text, machine: &Machine, names: &HashMap<&str, &State>) -> Diagnostic {
    let finding = finding.aws(MISSING_TARGET);
    if let Some(elsewhere) = names.get(target.as_str()) {
        return finding
            .label("not in this machine")
            .note(elsewhere.name.span, "it is here")
            .help("a transition stays in its machine: branches and item processors are machines of their own");
    }
    let finding = finding.label(format!("no state named `{}`", target.text));
    match near_state(target, machine) {
        Some(near) => finding.fix("did you mean", target.span, quoted(near)),
        None => finding,
    }
}

fn near_state<'m>(target: &Text, machine: &'m Machine) -> Option<&'m str> {
    nearest(&target.text, machine.states.iter().map(|state| state.name.as_str()))
}

/// Whether a machine has a terminal state. AWS asks this of the outermost machine only.
fn terminal(machine: &Machine, outermost: &Machine, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let ends = |state: &State| match &state.kind {
        Some(Kind::Succeed | Kind::Fail { .. }) => true,
        // A state that neither ends nor goes on is reported, and may have been meant to end.
        Some(Kind::Choice { .. }) => false,
        Some(_) | None => state.end || state.next.is_none(),
    };
    if machine.states.iter().any(ends) || machine.states.is_empty() {
        return true;
    }
    if std::ptr::eq(machine, outermost) {
        let span = machine.start_at.as_ref().map_or(machine.span, |start| start.span);
        let finding = Diagnostic::new(Code::ASL0205, span, "the state machine has no terminal state")
            .label("no way from here ends")
            .help("a state ends the machine with `\"End\": true`, or as a Succeed or Fail state")
            .aws("rejects this with MISSING_END_STATE: \"Workflow has no terminal state\"");
        diagnostics.push(finding);
    }
    false
}

/// Every state can be reached from `StartAt`. AWS says nothing of this where it misses a terminal state.
fn reachability(machine: &Machine, ends: bool, diagnostics: &mut Vec<Diagnostic>) {
    let states: HashMap<&str, &State> = machine.states.iter().map(|state| (state.name.as_str(), state)).collect();
    let Some(start) = machine.start_at.as_ref().and_then(|start| states.get(start.as_str())) else { return };
    if !ends && machine.pointer.is_empty() {
        return;
    }
    let mut reached: HashSet<&str> = HashSet::from([start.name.as_str()]);
    let mut open: Vec<&State> = vec![start];
    while let Some(state) = open.pop() {
        for transition in transitions(state) {
            // A misspelt target is reported; the state that it means is not another finding.
            let target = states.get(transition.target.as_str());
            let target = target.or_else(|| states.get(near_state(transition.target, machine)?));
            if let Some(target) = target
                && reached.insert(&target.name.text)
            {
                open.push(target);
            }
        }
    }
    let referenced: HashSet<&str> = machine
        .states
        .iter()
        .flat_map(|state| transitions(state).into_iter().map(move |transition| (state, transition.target)))
        .filter(|(state, target)| state.name.text != target.text)
        .map(|(_, target)| target.as_str())
        .collect();
    for state in machine.states.iter().filter(|state| !reached.contains(state.name.as_str())) {
        let name = &state.name.text;
        let message = format!("state `{name}` can never be reached from `{}`", start.name.text);
        let finding = Diagnostic::new(Code::ASL0204, state.name.span, message)
            .label("never reached")
            .note(start.name.span, "the machine starts here")
            .help("delete the state, or let a transition lead to it")
            .at(&state.pointer);
        diagnostics.push(match referenced.contains(name.as_str()) {
            false => finding.aws(UNREACHABLE),
            // Only from states that are not reached themselves: AWS may count that.
            true => Diagnostic { level: Level::Warning, ..finding },
        });
    }
}
