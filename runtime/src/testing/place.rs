//! Finds a state in a machine and in the machines inside its states.

use serde_json::{Map, Value};

use crate::machine::{Machine, StateId, StateInfo, StateType};

/// A state and the machine that has it.
pub(super) struct Place<'a> {
    pub(super) machine: Box<dyn Machine + 'a>,
    pub(super) id: StateId,
    pub(super) state: &'static StateInfo,
    /// Whether a Map state is around it.
    pub(super) in_map: bool,
}

/// Finds the state of this name, and gives the machines on the way to it these variables. None when there is no such
/// state: names are unique in a whole definition.
pub(super) fn find<'a>(
    mut machine: Box<dyn Machine + 'a>,
    name: &str,
    variables: &Map<String, Value>,
    in_map: bool,
) -> Option<Place<'a>> {
    for (variable, value) in variables {
        machine.set_variable(variable, value.clone());
    }
    let mut ids = Vec::new();
    for (state, id) in machine.info().states.iter().zip(0..) {
        if state.name == name {
            return Some(Place { machine, id: StateId(id), state, in_map });
        }
        ids.push((StateId(id), state.state_type));
    }
    ids.into_iter().find_map(|(id, state_type)| {
        let in_map = in_map || state_type == StateType::Map;
        inner(&*machine, id, state_type).find_map(|inner| find(inner, name, variables, in_map))
    })
}

/// The machines inside a state: none, its branches, or its item processor.
pub(super) fn inner<'a>(
    machine: &'a (dyn Machine + '_),
    id: StateId,
    state_type: StateType,
) -> impl Iterator<Item = Box<dyn Machine>> + 'a {
    let most = match state_type {
        StateType::Parallel => usize::MAX,
        StateType::Map => 1,
        _ => 0,
    };
    (0..most).map_while(move |branch| machine.inner(id, branch))
}
