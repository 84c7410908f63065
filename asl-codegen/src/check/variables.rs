//! Variables: whether they have a value where they are read, and who may assign them (ASL0501 to ASL0504, ASL1110).
//! AWS developer guide, "Passing data between states with variables".
//!
//! An error only where no way gives the variable a value; a warning where one way does not.

mod bits;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod uses;
mod ways;

use std::collections::{BTreeMap, HashSet};

use crate::codes::Code;
use crate::definition::{Kind, Machine, QueryLanguage, State};
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::node::{Node, Text, pointer_token};

use uses::{Known, Use};
use ways::{Read, Ways, assigns};

/// What AWS does where a variable has no value, on every way and on one of them.
const PATH_FAILS: [&str; 2] = [
    "accepts this; every execution that gets here fails with States.Runtime, which no Catch can catch",
    "accepts this; an execution that comes that way fails with States.Runtime, which no Catch can catch",
];
const EXPRESSION_FAILS: [&str; 2] = [
    "accepts this; every execution that gets here fails with States.QueryEvaluationError",
    "accepts this; an execution that comes that way fails with States.QueryEvaluationError",
];

/// So many ways are searched for and shown; a way more would take longer than it helps.
const MAX_ROUTES: usize = 64;

/// A route of more states is shown by its first and its last ones.
const MAX_SHOWN: usize = 5;

pub(super) fn check(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let known = Known::new(machine, document);
    let mut everywhere = BTreeMap::new();
    super::for_each_machine(machine, &mut |inner| {
        for (state, name) in assignments(inner) {
            everywhere.entry(name.as_str()).or_insert(Assigned { state, name });
        }
    });
    let mut check = Check { known: &known, everywhere, routes: 0, diagnostics };
    for found in check.machine(machine, None) {
        check.never(found);
    }
}

/// A variable's first assignment in a machine.
#[derive(Clone, Copy)]
struct Assigned<'a> {
    state: &'a State,
    name: &'a Text,
}

/// The variables of one machine, and the machine around it.
struct Scope<'a, 'o> {
    own: BTreeMap<&'a str, Assigned<'a>>,
    outer: Option<&'o Scope<'a, 'o>>,
    /// Whether the machines around it cannot be seen: it is the processor of a distributed Map state.
    closed: bool,
}

impl<'a> Scope<'a, '_> {
    /// Where a machine around this one assigns the variable.
    fn outside(&self, name: &str) -> Option<Assigned<'a>> {
        let outer = self.outer?;
        outer.own.get(name).copied().or_else(|| outer.outside(name))
    }

    /// Whether some machine between this one and the one that assigns is closed.
    fn hidden(&self) -> bool {
        self.closed || self.outer.is_some_and(Scope::hidden)
    }
}

/// Each assignment of a machine's states, with the state.
pub(super) fn assignments(machine: &Machine) -> impl Iterator<Item = (&State, &Text)> {
    machine.states.iter().flat_map(|state| {
        let variables = assigns(state).flat_map(|assign| &assign.variables);
        variables.map(move |variable| (state, &variable.name))
    })
}

struct Check<'a, 'd> {
    known: &'a Known<'a>,
    /// The first assignment of each variable in the whole definition.
    everywhere: BTreeMap<&'a str, Assigned<'a>>,
    /// How many routes have been searched for.
    routes: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Check<'a, '_> {
    /// Checks a machine and those inside it; gives the reads of variables that none of them assigns.
    fn machine(&mut self, machine: &'a Machine, outer: Option<(&Scope<'a, '_>, bool)>) -> Vec<Use<'a>> {
        let mut own = BTreeMap::new();
        for (state, name) in assignments(machine) {
            own.entry(name.as_str()).or_insert(Assigned { state, name });
        }
        let scope = Scope {
            own,
            outer: outer.map(|(scope, _)| scope),
            closed: outer.is_some_and(|(_, distributed)| distributed),
        };
        self.assigned_outside(machine, &scope);
        let inner = machine.states.iter().map(|state| self.inside(state, &scope)).collect();
        let nested = scope.outer.is_some();
        let ways = Ways::analyse(machine, self.known, inner, |name| nested && !scope.own.contains_key(name));
        let mut free = Vec::new();
        for index in 0..machine.states.len() {
            let mut seen = HashSet::new();
            for read in ways.reads(index).into_iter().filter(|read| !read.sure) {
                let found = read.found;
                if !seen.insert((found.state.name.span, found.name, found.tested)) {
                    continue;
                }
                match scope.own.get(found.name) {
                    None => free.push(found),
                    Some(_) if found.tested => {}
                    Some(assigned) if !read.possible => self.not_yet(found, *assigned),
                    Some(assigned) => self.not_on_every_way(read, *assigned, index, &ways),
                }
            }
        }
        free
    }

    /// The reads in the machines inside a state that have to be answered by the machine around them.
    fn inside(&mut self, state: &'a State, scope: &Scope<'a, '_>) -> Vec<Use<'a>> {
        let distributed = matches!(&state.kind, Some(Kind::Map(map)) if map.distributed.is_some());
        let mut reads = Vec::new();
        for machine in state.machines() {
            reads.extend(self.machine(machine, Some((scope, distributed))));
        }
        if distributed {
            reads.retain(|found| {
                let assigned = scope.own.get(found.name).copied().or_else(|| scope.outside(found.name));
                if let Some(assigned) = assigned {
                    self.diagnostics.push(not_shown(*found, state, assigned));
                }
                assigned.is_none()
            });
        }
        reads
    }

    /// Reports the variables that a machine assigns although one around it does.
    fn assigned_outside(&mut self, machine: &'a Machine, scope: &Scope<'a, '_>) {
        let mut seen = HashSet::new();
        for (state, name) in assignments(machine) {
            let Some(outer) = scope.outside(name.as_str()).filter(|_| seen.insert(name.as_str())) else { continue };
            let message = format!(
                "state `{}` assigns `{}`, which state `{}` around it assigns too",
                state.name.text, name.text, outer.state.name.text
            );
            let finding = Diagnostic::new(Code::ASL0503, name.span, message)
                .label("a variable of a machine around this one")
                .note(outer.name.span, "assigned here")
                .help("give the inner variable another name")
                .at(format!("{}/Assign", state.pointer))
                .aws("rejects this: inner machines cannot assign the variables of those around them");
            // Of the processor of a distributed Map state AWS does not say whether it counts.
            let level = if scope.hidden() { Level::Warning } else { finding.level };
            self.diagnostics.push(Diagnostic { level, ..finding });
        }
    }

    /// A variable that no machine around the read assigns.
    fn never(&mut self, found: Use<'a>) {
        let (variable, reader) = (format!("${}", found.name), &found.state.name.text);
        if let Some(inner) = self.everywhere.get(found.name) {
            let message =
                format!("`{variable}` is a variable of another machine, and `{reader}` reads it in {}", at(found));
            let inside = format!("assigned here, in `{}`", inner.state.name.text);
            let finding = unread(Code::ASL0504, found, message, "no such variable here")
                .note(inner.name.span, inside)
                .help("a variable ends with its branch or iteration: hand the value on in the output");
            return self.diagnostics.push(finding);
        }
        let near = nearest(found.name, self.everywhere.keys().copied());
        let finding = match found.tested {
            false => {
                let message = format!("`{variable}` is never assigned, and `{reader}` reads it in {}", at(found));
                unread(Code::ASL0501, found, message, "no such variable")
            }
            true => {
                let message = format!("`{variable}` is never assigned: `{reader}` never finds it");
                let finding = unread(Code::ASL0501, found, message, "no such variable");
                Diagnostic { level: Level::Warning, ..finding }.aws(match found.state.query_language {
                    QueryLanguage::JsonPath => "accepts this; the variable is never present",
                    QueryLanguage::Jsonata => "accepts this; the variable gives nothing",
                })
            }
        };
        self.diagnostics.push(match near {
            Some(near) => match found.name_span {
                Some(span) => finding.fix("did you mean", span, format!("${near}")),
                None => finding.help(format!("did you mean `${near}`?")),
            },
            None => finding.help("a state before this one gives a variable its value, with `Assign`"),
        });
    }

    /// A variable that no way to the read assigns.
    fn not_yet(&mut self, found: Use<'a>, assigned: Assigned<'a>) {
        let (variable, reader) = (format!("${}", found.name), &found.state.name.text);
        let message = format!("`{variable}` has no value yet where `{reader}` reads it in {}", at(found));
        let finding = unread(Code::ASL0502, found, message, "no way to here assigns it");
        self.diagnostics.push(match std::ptr::eq(assigned.state, found.state) {
            true => finding
                .note(assigned.name.span, "the new value is for the states behind this one")
                .help("let a state before this one assign the variable first"),
            false => finding
                .note(assigned.name.span, format!("`{}` assigns it, too late", assigned.state.name.text))
                .help("let a state before this one assign the variable"),
        });
    }

    /// A variable that one way to the read does not assign.
    fn not_on_every_way(&mut self, read: Read<'a>, assigned: Assigned<'a>, index: usize, ways: &Ways<'a>) {
        let found = read.found;
        let (variable, reader) = (format!("${}", found.name), &found.state.name.text);
        self.routes += 1;
        let route = if self.routes > MAX_ROUTES { None } else { ways.route(found.name, index) };
        let way = match route {
            Some(route) if route.len() > 1 => format!("on the way {}", shown(&route)),
            Some(_) => "when the machine starts".to_owned(),
            None => "on every way".to_owned(),
        };
        let message = format!("`{variable}` is not assigned {way}, and `{reader}` reads it in {}", at(found));
        let finding = unread(Code::ASL0502, found, message, "may have no value")
            .note(assigned.name.span, format!("`{}` assigns it", assigned.state.name.text))
            .help(match found.state.query_language {
                QueryLanguage::JsonPath => {
                    "assign it on every way, or test it with `IsPresent` in a Choice state first".to_owned()
                }
                QueryLanguage::Jsonata => format!("assign it on every way, or ask with `$exists({variable})` first"),
            })
            .aws(fails(found)[1]);
        self.diagnostics.push(Diagnostic { level: Level::Warning, ..finding });
    }
}

/// A variable of a machine around a distributed Map state, read inside it.
fn not_shown(found: Use<'_>, map: &State, assigned: Assigned<'_>) -> Diagnostic {
    let message = format!(
        "`${}` is not visible in the distributed Map state `{}`, and `{}` reads it in {}",
        found.name,
        map.name.text,
        found.state.name.text,
        at(found)
    );
    unread(Code::ASL1110, found, message, "a variable of a machine around this one")
        .note(assigned.name.span, "assigned here")
        .help("hand the value to the items in `ItemSelector`, which can read it")
        .aws("documents that the states inside cannot read the variables outside")
}

fn unread(code: Code, found: Use<'_>, message: String, label: &str) -> Diagnostic {
    Diagnostic::new(code, found.span, message)
        .label(label)
        .at(format!("{}/{}", found.state.pointer, pointer_token(found.field)))
        .aws(fails(found)[0])
}

fn fails(found: Use<'_>) -> [&'static str; 2] {
    match found.state.query_language {
        QueryLanguage::JsonPath => PATH_FAILS,
        QueryLanguage::Jsonata => EXPRESSION_FAILS,
    }
}

fn at(found: Use<'_>) -> String {
    format!("`{}`", found.field)
}

/// The route as text: `A → … → C → Use`.
fn shown(route: &[&State]) -> String {
    let name = |state: &&State| format!("`{}`", state.name.text);
    let names: Vec<String> = match route {
        [first, .., third, second, last] if route.len() > MAX_SHOWN => {
            vec![name(first), "…".to_owned(), name(third), name(second), name(last)]
        }
        _ => route.iter().map(name).collect(),
    };
    names.join(" → ")
}
