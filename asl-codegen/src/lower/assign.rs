//! `Assign`, and the variables that paths start at.

use std::collections::BTreeSet;

use super::Lowering;
use crate::definition::expressions::member;
use crate::definition::{self, Assign, AssignedValue, Kind, Machine};
use crate::model::{Assignment, Root, Variable};
use crate::names::{self, Namespace};

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
    /// What an `Assign` assigns, in the order in which AWS evaluates it. `location` is how AWS names the field.
    pub(super) fn assign(&mut self, assign: Option<&Assign>, location: &str) -> Option<Vec<Assignment>> {
        let Some(assign) = assign else { return Some(Vec::new()) };
        let (mut fields, mut assignments) = (Vec::new(), Vec::new());
        for definition::Assignment { name, value } in &assign.variables {
            match value {
                AssignedValue::Template(field) => fields.push(field),
                AssignedValue::Computed(computed) => {
                    let value = self.computed_value(computed, &member(location, &name.text))?;
                    assignments.push(Assignment { variable: self.own_variable(name.as_str())?, value });
                }
            }
        }
        for field in super::template::in_order(fields) {
            let variable = self.own_variable(field.output_name())?;
            assignments.push(Assignment { variable, value: self.field(field)? });
        }
        Some(assignments)
    }

    /// The variable `name` of the machine's own scope.
    fn own_variable(&self, name: &str) -> Option<Variable> {
        self.scopes.last()?.iter().find(|variable| variable.name == name).cloned()
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
