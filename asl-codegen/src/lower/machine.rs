//! A machine: the outermost one, a branch, an item processor.

use std::mem;

use super::{Lowering, Names};
use crate::definition::{self, Kind};
use crate::diagram;
use crate::model::{Machine, State, StateIndex, Title};
use crate::names::{self, Namespace};

/// What the emitter puts behind the name of a state's function.
const FUNCTION_SUFFIXES: &[&str] = &["_result", "_catch"];

impl<'a> Lowering<'a> {
    /// The machine, which becomes the module `module`.
    pub(super) fn machine(
        &mut self,
        machine: &'a definition::Machine,
        module: String,
        title: Title,
    ) -> Option<Machine> {
        let indexes = machine.states.iter().enumerate().map(|(index, state)| (state.name.as_str(), StateIndex(index)));
        let outside = mem::replace(&mut self.indexes, indexes.collect());
        let inside_scope = self.scopes.iter().any(|scope| !scope.is_empty());
        self.scopes.push(super::assign::variables(machine));
        let states = self.states(machine);
        let start = self.target(machine.start_at.as_ref());
        let variables = self.scopes.pop().unwrap_or_default();
        self.indexes = outside;
        Some(Machine {
            module,
            title,
            comment: machine.comment.as_ref().map(|comment| comment.text.clone()),
            graph: diagram::table(machine),
            states: states?,
            start: start?,
            variables,
            inside_scope,
        })
    }

    fn states(&mut self, machine: &'a definition::Machine) -> Option<Vec<State>> {
        let mut variants = Namespace::types();
        let mut functions = Namespace::values(&[]);
        let mut modules = Namespace::values(&[]);
        let states = machine.states.iter().map(|state| {
            let name = state.name.as_str();
            let names = Names {
                variant: variants.claim(names::variant(name)),
                function: functions.claim_with(names::function(name), FUNCTION_SUFFIXES),
                modules: inner_modules(state).into_iter().map(|module| modules.claim(module)).collect(),
            };
            self.state(state, names)
        });
        states.collect()
    }
}

/// The best names for the modules of the machines inside a state: branches are numbered, as the diagram does.
fn inner_modules(state: &definition::State) -> Vec<String> {
    let name = state.name.as_str();
    match &state.kind {
        Some(Kind::Parallel { branches }) => {
            (1..=branches.len()).map(|number| names::function(&format!("{name} {number}"))).collect()
        }
        Some(Kind::Map(_)) => vec![names::function(name)],
        _ => Vec::new(),
    }
}
