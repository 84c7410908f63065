//! The order in which an analysis visits states: each after those that lead to it, as far as there is no loop.

use std::collections::{BTreeSet, HashMap};

use crate::definition::{Kind, Machine, State};
use crate::node::Text;

/// The place of each state by its name.
pub(crate) fn places(machine: &Machine) -> HashMap<&str, usize> {
    machine.states.iter().enumerate().map(|(index, state)| (state.name.as_str(), index)).collect()
}

/// The states that are to be visited. It gives the first in order, whatever the order they were put in.
#[derive(Debug)]
pub(crate) struct Open {
    ranks: Vec<usize>,
    states: BTreeSet<(usize, usize)>,
}

impl Open {
    /// Nothing to be visited in `machine`, whose states have these places.
    pub(crate) fn new(machine: &Machine, places: &HashMap<&str, usize>) -> Self {
        Self { ranks: ranks(machine, places), states: BTreeSet::new() }
    }

    /// Adds a state.
    pub(crate) fn push(&mut self, state: usize) {
        self.states.insert((self.ranks.get(state).copied().unwrap_or(usize::MAX), state));
    }

    /// Takes the first state in order.
    pub(crate) fn pop(&mut self) -> Option<usize> {
        self.states.pop_first().map(|(_, state)| state)
    }
}

/// The rank of each state: the reverse of the order in which a search from the start is done with them.
fn ranks(machine: &Machine, places: &HashMap<&str, usize>) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; machine.states.len()];
    let mut seen = vec![false; machine.states.len()];
    let place = |name: &Text| places.get(name.as_str()).copied();
    let successors =
        |index: usize| -> Vec<usize> { targets(&machine.states[index]).into_iter().filter_map(place).collect() };
    let Some(start) = machine.start_at.as_ref().and_then(place) else { return ranks };
    seen[start] = true;
    let mut open = vec![(start, successors(start))];
    let mut done = machine.states.len();
    while let Some((index, left)) = open.last_mut() {
        match left.pop() {
            Some(next) if !seen[next] => {
                seen[next] = true;
                open.push((next, successors(next)));
            }
            Some(_) => {}
            None => {
                done -= 1;
                ranks[*index] = done;
                open.pop();
            }
        }
    }
    ranks
}

/// The states that a state names as the next.
fn targets(state: &State) -> Vec<&Text> {
    let mut targets: Vec<&Text> = state.catch.iter().filter_map(|catcher| catcher.next.as_ref()).collect();
    targets.extend(&state.next);
    if let Some(Kind::Choice { choices, default }) = &state.kind {
        targets.extend(choices.iter().filter_map(|rule| rule.next.as_ref()));
        targets.extend(default);
    }
    targets
}
