//! The data on its way through a machine and those inside it: what each state gets, reads and hands on.

use std::collections::{BTreeSet, HashMap};

use super::Shape;
use super::order::{Open, places};
use super::reads::Reads;
use super::visit::{Inside, Visit, Way};
use crate::definition::{Machine, QueryLanguage};

/// The data at one point, and why it lacks what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Data {
    pub(crate) shape: Shape,
    /// The last state that put other data in the place of what it had got.
    pub(crate) replaced: Option<Replaced>,
}

impl Data {
    /// Data of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self { shape: Shape::Unknown(None), replaced: None }
    }

    /// What is known when it may be either.
    fn join(self, other: Data) -> Self {
        Self { shape: self.shape.join(other.shape), replaced: self.replaced.or(other.replaced) }
    }
}

/// A state that put other data in the place of what it had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// Its place in the machine.
    pub(crate) state: usize,
    pub(crate) by: By,
}

/// How a state replaced its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum By {
    /// The result of a Task, Parallel or Map, or what `ResultSelector` made of it, without `ResultPath`.
    Result,
    /// `InputPath`, `Parameters` or `Result` of a Pass state without `ResultPath`.
    Pass,
    /// `InputPath` of a state that passes its input on.
    InputPath,
    /// `OutputPath`.
    OutputPath,
    /// A catcher without `ResultPath`.
    Catch(usize),
}

/// The analysis of one machine.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    pub(crate) machine: &'a Machine,
    /// What each state gets; `None` for one that is never reached.
    pub(crate) inputs: Vec<Option<Data>>,
    /// The place of each state by its name.
    pub(crate) names: HashMap<&'a str, usize>,
    /// The states that lead to each.
    pub(crate) sources: Vec<BTreeSet<usize>>,
    /// The machines inside each state.
    pub(crate) inner: Vec<Vec<Flow<'a>>>,
    /// How much is tracked at one point.
    most: usize,
    /// What it was followed with last.
    given: Option<Shape>,
    /// What it hands out; `None` when no way comes to an end.
    output: Option<Shape>,
    /// How often it was followed.
    runs: usize,
}

/// A way out of a state.
#[derive(Debug)]
pub(crate) struct Edge {
    /// The state it leads to; `None` where the machine ends.
    pub(crate) target: Option<usize>,
    pub(crate) data: Data,
}

/// How many values are tracked at all points of a definition together, about: one of many states tracks less at each.
const MAX_TRACKED: usize = 400_000;

/// After so many visits a state's data counts as unknown: a loop keeps changing it.
const MAX_VISITS: usize = 24;

/// After so many runs an inner machine's input counts as unknown, so that nested machines cost no more than others: each
/// visit of the state around it may be a run.
const MAX_RUNS: usize = 8;

/// Follows the data from the start until nothing changes any more.
pub(crate) fn analyse(machine: &Machine) -> Flow<'_> {
    let mut flow = Flow::new(machine, (MAX_TRACKED / count(machine).max(1)).clamp(64, 4096));
    flow.run(Shape::input());
    flow
}

/// How many states a machine has, with those inside it.
fn count(machine: &Machine) -> usize {
    let inner = machine.states.iter().flat_map(|state| state.machines());
    machine.states.len() + inner.map(count).sum::<usize>()
}

impl<'a> Flow<'a> {
    fn new(machine: &'a Machine, most: usize) -> Self {
        let states = machine.states.iter();
        Self {
            machine,
            inputs: Vec::new(),
            names: places(machine),
            sources: Vec::new(),
            inner: states.map(|state| state.machines().iter().map(|inner| Flow::new(inner, most)).collect()).collect(),
            most,
            given: None,
            output: None,
            runs: 0,
        }
    }

    /// What the machine hands out when it gets `input`.
    fn give(&mut self, input: Shape) -> Option<Shape> {
        let input = if self.runs < MAX_RUNS { input } else { Shape::Unknown(None) };
        if self.given.as_ref() != Some(&input) {
            self.run(input);
        }
        self.output.clone()
    }

    fn run(&mut self, input: Shape) {
        let states = self.machine.states.len();
        self.runs += 1;
        self.inputs = vec![None; states];
        self.sources = vec![BTreeSet::new(); states];
        self.output = None;
        self.given = Some(input.clone());
        let start = self.machine.start_at.as_ref().and_then(|name| self.names.get(name.as_str()).copied());
        let Some(start) = start else { return };
        self.inputs[start] = Some(Data { shape: input, replaced: None });
        let mut visits = vec![0usize; states];
        let mut outputs: Vec<Option<Shape>> = vec![None; states];
        let mut open = Open::new(self.machine, &self.names);
        open.push(start);
        while let Some(index) = open.pop() {
            let Some(data) = self.inputs[index].clone() else { continue };
            visits[index] += 1;
            let mut inner = std::mem::take(&mut self.inner[index]);
            let mut give = |number: usize, input| inner.get_mut(number).and_then(|flow| flow.give(input));
            let edges = self.edges(index, &data, &mut Reads::default(), &mut give);
            self.inner[index] = inner;
            for Edge { target, data } in edges {
                let Some(target) = target else {
                    outputs[index] = Some(data.shape);
                    continue;
                };
                self.sources[target].insert(index);
                let joined = match self.inputs[target].clone() {
                    None => data,
                    Some(_) if visits[target] > MAX_VISITS => Data::unknown(),
                    Some(known) => known.join(data),
                };
                if self.inputs[target].as_ref() != Some(&joined) {
                    self.inputs[target] = Some(joined);
                    open.push(target);
                }
            }
        }
        self.output = outputs.into_iter().flatten().reduce(Shape::join).map(|shape| shape.limited(self.most));
    }

    /// What a state reads of the data it gets.
    pub(crate) fn reads(&self, index: usize) -> Reads<'a> {
        let mut reads = Reads::default();
        if let Some(data) = self.inputs.get(index).and_then(Option::as_ref) {
            self.leave(index, data, &mut reads);
        }
        reads.merged()
    }

    /// The ways out of a state that gets `data`, which is what it was found to get.
    pub(crate) fn leave(&self, index: usize, data: &Data, reads: &mut Reads<'a>) -> Vec<Edge> {
        let inner = &self.inner[index];
        self.edges(index, data, reads, &mut |number, _| inner.get(number)?.output.clone())
    }

    fn edges(&self, index: usize, data: &Data, reads: &mut Reads<'a>, inside: Inside<'_>) -> Vec<Edge> {
        let state = &self.machine.states[index];
        // What expressions do with the data is not known.
        let unknown = (state.query_language == QueryLanguage::Jsonata).then(Data::unknown);
        let visit = Visit { index, state, data: unknown.as_ref().unwrap_or(data), most: self.most };
        let ways = match unknown {
            None => visit.ways(reads, inside),
            Some(_) => visit.ways(&mut Reads::default(), inside),
        };
        let edges = ways.into_iter().filter_map(|Way { next, data }| {
            let target = match next {
                Some(name) => Some(self.names.get(name.as_str()).copied()?),
                None => None,
            };
            Some(Edge { target, data: unknown.clone().unwrap_or(data) })
        });
        edges.collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::{definition, json};

    /// Holds the output of a machine of the states `states`, the first of which is `A`, against `expected`.
    #[track_caller]
    fn check(states: &str, expected: &Shape) {
        let source = Source::new("m.asl.json", format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#));
        let document = json::read(&source, &mut Vec::new()).unwrap();
        let machine = definition::read::read(&document, &mut Vec::new());
        let output = analyse(&machine).output;
        assert_eq!(output.as_ref(), Some(expected), "{states}");
    }

    #[test]
    fn a_parallel_gives_an_array_of_outputs() {
        let branch = |name: &str, result: &str| {
            format!(
                r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Pass", "Result": {result}, "End": true}}}}}}"#
            )
        };
        let (left, right) = (branch("L", r#"{"id": 1}"#), branch("R", r#"{"id": 2}"#));
        check(
            &format!(r#""A": {{"Type": "Parallel", "Branches": [{left}, {right}], "End": true}}"#),
            &Shape::array(Shape::closed([("id", Shape::Number)])),
        );
    }

    #[test]
    fn iterations_get_the_items() {
        let each = |more: &str| {
            format!(
                r#""A": {{"Type": "Pass", "Result": {{"items": [{{"price": 1}}], "shop": "s"}}, "Next": "B"}},
                   "B": {{"Type": "Map", "ItemsPath": "$.items", {more} "ItemProcessor": {{"StartAt": "I", "States": {{
                     "I": {{"Type": "Pass", "End": true}}}}}}, "End": true}}"#
            )
        };
        check(&each(""), &Shape::array(Shape::closed([("price", Shape::Number)])));
        check(&each(r#""ItemSelector": {"in.$": "$.shop"},"#), &Shape::array(Shape::closed([("in", Shape::String)])));
    }

    #[test]
    fn a_branch_without_an_end_gives_nothing_that_is_known() {
        check(
            r#""A": {"Type": "Parallel", "Branches": [{"StartAt": "F", "States": {"F": {"Type": "Fail"}}}], "End": true}"#,
            &Shape::array(Shape::Unknown(None)),
        );
    }
}
