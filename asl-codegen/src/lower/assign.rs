//! `Assign`, and the variables that paths start at.

use std::collections::BTreeSet;

use super::Lowering;
use crate::definition::{Assign, Kind, Machine};
use crate::model::{Assignment, Root, Variable};
use crate::names::{self, Namespace};
use crate::query::template::Field;

/// What the generated struct of variables has beside them.
const RESERVED_FIELDS: &[&str] = &["outer"];

/// The variables of a machine's own scope: all that its states, their rules and their catchers assign, in the order of
/// their names.
pub(super) fn variables(machine: &Machine) -> Vec<Variable> {
    let mut found = BTreeSet::new();
    for state in &machine.states {
        let rules = match &state.kind {
            Some(Kind::Choice { choices, .. }) => choices.as_slice(),
            _ => &[],
        };
        let assigns = rules.iter().map(|rule| &rule.assign).chain(state.catch.iter().map(|catcher| &catcher.assign));
        for assign in assigns.chain([&state.assign]).flatten() {
            found.extend(assign.variables.iter().map(|variable| variable.name.as_str()));
        }
    }
    let mut fields = Namespace::values(RESERVED_FIELDS);
    let named = |name: &str| Variable { name: name.to_owned(), field: fields.claim(names::field(name)) };
    found.into_iter().map(named).collect()
}

impl Lowering<'_> {
    /// What an `Assign` assigns, in the order in which AWS evaluates it.
    pub(super) fn assign(&mut self, assign: Option<&Assign>) -> Option<Vec<Assignment>> {
        let Some(assign) = assign else { return Some(Vec::new()) };
        let fields: Vec<&Field> =
            assign.variables.iter().map(|variable| variable.value.template()).collect::<Option<_>>()?;
        let fields = super::template::in_order(fields);
        let assignments = fields.into_iter().map(|field| {
            let scope = self.scopes.last()?;
            let variable = scope.iter().find(|variable| variable.name == field.output_name())?.clone();
            Some(Assignment { variable, value: self.field(field)? })
        });
        assignments.collect()
    }

    /// Where a path that starts at the variable `name` does start: in the nearest scope that assigns it.
    pub(super) fn variable(&self, name: &str) -> Root {
        let scopes = self.scopes.iter().rev().filter(|scope| !scope.is_empty());
        let found = scopes.enumerate().find_map(|(outer, scope)| {
            let variable = scope.iter().find(|variable| variable.name == name)?;
            Some(Root::Variable { variable: variable.clone(), outer })
        });
        found.unwrap_or(Root::Unassigned)
    }
}
