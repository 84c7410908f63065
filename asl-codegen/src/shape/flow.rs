//! The data on its way through a machine: what each state gets, reads and hands on.

use std::collections::{BTreeSet, HashMap};

use super::reads::{Read, Reads, Wanted};
use super::template::{Expected, constant, expand};
use super::{Found, Shape, intrinsic, service as results};
use crate::definition::{
    Catcher, Kind, Machine, Operand, Operation, PathOrNull, QueryLanguage, SecondsOrPath, State, Task, Test,
    TextOrPath, TypeTest, Wait,
};
use crate::query::path::{Path, Root};
use crate::service;

/// The data at one point, and why it lacks what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Data {
    pub(crate) shape: Shape,
    /// The last state that put other data in the place of what it had got.
    pub(crate) replaced: Option<Replaced>,
}

/// A state that put other data in the place of what it had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// Its place in the machine.
    pub(crate) state: usize,
    pub(crate) by: By,
}

/// How a state replaced its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A Task's result, or what `ResultSelector` made of it, without `ResultPath`.
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
    /// How much is tracked at one point.
    most: usize,
}

/// A way out of a state.
#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) target: usize,
    pub(crate) data: Data,
}

/// How many values are tracked at all points of a machine together, about: a machine of many states tracks less at each.
const MAX_TRACKED: usize = 400_000;

/// After so many visits a state's data counts as unknown: a loop keeps changing it.
const MAX_VISITS: usize = 24;

/// Follows the data from the start until nothing changes any more.
pub(crate) fn analyse(machine: &Machine) -> Flow<'_> {
    let states = machine.states.len();
    let most = (MAX_TRACKED / states.max(1)).clamp(64, 4096);
    let mut flow = Flow {
        machine,
        inputs: vec![None; states],
        names: names(machine),
        sources: vec![BTreeSet::new(); states],
        most,
    };
    let start = machine.start_at.as_ref().and_then(|name| flow.names.get(name.as_str()).copied());
    let Some(start) = start else { return flow };
    flow.inputs[start] = Some(Data { shape: Shape::input(), replaced: None });
    let mut visits = vec![0usize; machine.states.len()];
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        let Some(data) = flow.inputs[index].clone() else { continue };
        visits[index] += 1;
        for edge in flow.leave(index, &data, &mut Reads::default()) {
            flow.sources[edge.target].insert(index);
            let joined = match flow.inputs[edge.target].clone() {
                None => edge.data,
                Some(_) if visits[edge.target] > MAX_VISITS => Data { shape: Shape::Unknown(None), replaced: None },
                Some(known) => {
                    Data { shape: known.shape.join(edge.data.shape), replaced: known.replaced.or(edge.data.replaced) }
                }
            };
            if flow.inputs[edge.target].as_ref() != Some(&joined) {
                flow.inputs[edge.target] = Some(joined);
                open.push(edge.target);
            }
        }
    }
    flow
}

/// The place of each state by its name.
fn names(machine: &Machine) -> HashMap<&str, usize> {
    machine.states.iter().enumerate().map(|(index, state)| (state.name.as_str(), index)).collect()
}

impl<'a> Flow<'a> {
    /// What a state reads of the data it gets.
    pub(crate) fn reads(&self, index: usize) -> Reads<'a> {
        let mut reads = Reads::default();
        if let Some(data) = &self.inputs[index] {
            self.leave(index, data, &mut reads);
        }
        reads.merged()
    }

    /// The ways out of a state that gets `data`.
    pub(crate) fn leave(&self, index: usize, data: &Data, reads: &mut Reads<'a>) -> Vec<Edge> {
        // What expressions do with the data is not known.
        if self.machine.states[index].query_language == QueryLanguage::Jsonata {
            let unknown = Data { shape: Shape::Unknown(None), replaced: None };
            let edges = self.follow(index, &unknown, &mut Reads::default());
            return edges.into_iter().map(|edge| Edge { data: unknown.clone(), ..edge }).collect();
        }
        self.follow(index, data, reads)
    }

    /// As [`leave`](Self::leave), by the fields of JSONPath.
    fn follow(&self, index: usize, data: &Data, reads: &mut Reads<'a>) -> Vec<Edge> {
        let state = &self.machine.states[index];
        let target = |name: Option<&crate::node::Text>| name.and_then(|name| self.names.get(name.as_str()).copied());
        let visit = Visit { index, state, data, most: self.most };
        let mut edges = Vec::new();
        let output = match &state.kind {
            Some(Kind::Task(task)) => {
                let output = visit.task(task, reads);
                for (number, catcher) in state.catch.iter().enumerate() {
                    if let Some(target) = target(catcher.next.as_ref()) {
                        edges.push(Edge { target, data: visit.caught(number, catcher) });
                    }
                }
                output
            }
            Some(Kind::Pass { result }) => visit.pass(result.as_ref(), reads),
            Some(Kind::Choice { choices, default }) => {
                let mut data = visit.effective(By::InputPath, reads);
                for rule in choices {
                    let outcome = match &rule.test {
                        Some(test) => decide(test, &data.shape, reads),
                        None => Outcome { when_true: Some(data.shape.clone()), when_false: Some(data.shape.clone()) },
                    };
                    if let (Some(target), Some(shape)) = (target(rule.next.as_ref()), outcome.when_true) {
                        let taken = Data { shape, replaced: data.replaced };
                        edges.push(Edge { target, data: visit.output(taken, reads) });
                    }
                    match outcome.when_false {
                        Some(shape) => data.shape = shape,
                        None => return edges,
                    }
                }
                if let Some(target) = target(default.as_ref()) {
                    edges.push(Edge { target, data: visit.output(data, reads) });
                }
                return edges;
            }
            Some(Kind::Wait(wait)) => {
                let data = visit.effective(By::InputPath, reads);
                visit.wait(wait.as_ref(), &data, reads);
                visit.output(data, reads)
            }
            Some(Kind::Succeed) => {
                let data = visit.effective(By::InputPath, reads);
                visit.output(data, reads)
            }
            Some(Kind::Fail { error, cause }) => {
                visit.fail(error.as_ref(), "ErrorPath", reads);
                visit.fail(cause.as_ref(), "CausePath", reads);
                return edges;
            }
            Some(Kind::Parallel { .. } | Kind::Map(_)) | None => Data { shape: Shape::Unknown(None), replaced: None },
        };
        if let Some(target) = target(state.next.as_ref()) {
            edges.push(Edge { target, data: output });
        }
        edges
    }
}

/// One state and what it gets.
struct Visit<'a, 'd> {
    index: usize,
    state: &'a State,
    data: &'d Data,
    most: usize,
}

impl<'a> Visit<'a, '_> {
    fn replaced(&self, shape: Shape, by: By) -> Data {
        Data { shape: shape.limited(self.most), replaced: Some(Replaced { state: self.index, by }) }
    }

    /// The data after `InputPath`.
    fn effective(&self, by: By, reads: &mut Reads<'a>) -> Data {
        select(self.state.input_path.as_ref(), "InputPath", self.data, reads, |shape| self.replaced(shape, by))
    }

    /// The data after `OutputPath`.
    fn output(&self, data: Data, reads: &mut Reads<'a>) -> Data {
        let field = self.state.output_path.as_ref();
        select(field, "OutputPath", &data, reads, |shape| self.replaced(shape, By::OutputPath))
    }

    fn task(&self, task: &'a Task, reads: &mut Reads<'a>) -> Data {
        let input = self.effective(By::InputPath, reads).shape;
        for (field, seconds) in [("TimeoutSecondsPath", &task.timeout), ("HeartbeatSecondsPath", &task.heartbeat)] {
            if let Some(SecondsOrPath::Path(path)) = seconds {
                reads.read(Read { path, field, wanted: Wanted::Number, argument: None }, &input);
            }
        }
        if let Some(credentials) = &task.credentials {
            expand(credentials, &input, Expected::Nothing, reads);
        }
        let operation = task.resource.as_ref().and_then(|resource| service::operation_of(resource.as_str()));
        if let Some(parameters) = &self.state.parameters {
            let expected = operation.map_or(Expected::Nothing, |operation| Expected::Members(operation.input));
            expand(parameters, &input, expected, reads);
        }
        let mut result = operation.map_or(Shape::Unknown(None), results::result);
        if let Some(selector) = &self.state.result_selector {
            result = expand(selector, &result, Expected::Nothing, reads);
        }
        let data = self.stored(result, By::Result);
        self.output(data, reads)
    }

    fn pass(&self, constant_result: Option<&'a crate::node::Node>, reads: &mut Reads<'a>) -> Data {
        let input = self.effective(By::Pass, reads);
        let unchanged = constant_result.is_none() && self.state.parameters.is_none();
        let data = if unchanged && self.state.result_path.is_none() {
            input
        } else {
            let result = match (constant_result, &self.state.parameters) {
                (Some(result), _) => constant(result),
                (None, Some(parameters)) => expand(parameters, &input.shape, Expected::Nothing, reads),
                (None, None) => input.shape,
            };
            self.stored(result, By::Pass)
        };
        self.output(data, reads)
    }

    /// The raw input with a result where `ResultPath` says.
    fn stored(&self, result: Shape, by: By) -> Data {
        match &self.state.result_path {
            None => self.replaced(result, by),
            Some(field) => self.put(field, result, by),
        }
    }

    fn put(&self, field: &PathOrNull, result: Shape, by: By) -> Data {
        match &field.path {
            None if field.valid => self.data.clone(),
            Some(path) if path.root == Root::Data && path.steps.is_empty() => self.replaced(result, by),
            Some(path) if path.root == Root::Data => Data {
                shape: self.data.shape.clone().put(&path.steps, result).limited(self.most),
                replaced: self.data.replaced,
            },
            _ => Data { shape: Shape::Unknown(None), replaced: None },
        }
    }

    /// The input of a catcher's target. Language spec, "Fallback states".
    fn caught(&self, number: usize, catcher: &Catcher) -> Data {
        let error_output = Shape::closed([("Error", Shape::String), ("Cause", Shape::String)]);
        match &catcher.result_path {
            None => self.replaced(error_output, By::Catch(number)),
            Some(field) => self.put(field, error_output, By::Catch(number)),
        }
    }

    fn wait(&self, wait: Option<&'a Wait>, data: &Data, reads: &mut Reads<'a>) {
        match wait {
            Some(Wait::SecondsPath(path)) => {
                reads.read(Read { path, field: "SecondsPath", wanted: Wanted::Number, argument: None }, &data.shape);
            }
            Some(Wait::TimestampPath(path)) => {
                reads.read(Read { path, field: "TimestampPath", wanted: Wanted::String, argument: None }, &data.shape);
            }
            Some(Wait::Seconds(_) | Wait::Timestamp(_)) | None => {}
        }
    }

    fn fail(&self, text: Option<&'a TextOrPath>, field: &'a str, reads: &mut Reads<'a>) {
        match text {
            Some(TextOrPath::Path(path)) => {
                reads.read(Read { path, field, wanted: Wanted::String, argument: None }, &self.data.shape);
            }
            Some(TextOrPath::Call(call)) => {
                intrinsic::call(call, field, &self.data.shape, reads);
            }
            Some(TextOrPath::Text(_)) | None => {}
        }
    }
}

/// The data after `InputPath` or `OutputPath`.
fn select<'a>(
    field: Option<&'a PathOrNull>,
    name: &'a str,
    data: &Data,
    reads: &mut Reads<'a>,
    replaced: impl FnOnce(Shape) -> Data,
) -> Data {
    match field.map(|field| (&field.path, field.valid)) {
        None => data.clone(),
        Some((None, true)) => replaced(Shape::closed([])),
        Some((None, false)) => Data { shape: Shape::Unknown(None), replaced: None },
        Some((Some(path), _)) if path.root == Root::Data && path.steps.is_empty() => data.clone(),
        Some((Some(path), _)) => {
            replaced(reads.read(Read { path, field: name, wanted: Wanted::Any, argument: None }, &data.shape))
        }
    }
}

/// What is known after a test: `None` for an outcome that cannot be.
struct Outcome {
    when_true: Option<Shape>,
    when_false: Option<Shape>,
}

/// Follows a test the way AWS evaluates it, left to right and no further than needed.
fn decide<'a>(test: &'a Test, data: &Shape, reads: &mut Reads<'a>) -> Outcome {
    match test {
        Test::And(tests) => {
            let mut known = Some(data.clone());
            let mut when_false: Option<Shape> = None;
            for test in tests {
                let Some(data) = known else { break };
                let outcome = decide(test, &data, reads);
                known = outcome.when_true;
                when_false = either(when_false, outcome.when_false);
            }
            Outcome { when_true: known, when_false }
        }
        Test::Or(tests) => {
            let mut known = Some(data.clone());
            let mut when_true: Option<Shape> = None;
            for test in tests {
                let Some(data) = known else { break };
                let outcome = decide(test, &data, reads);
                known = outcome.when_false;
                when_true = either(when_true, outcome.when_true);
            }
            Outcome { when_true, when_false: known }
        }
        Test::Not(test) => {
            let outcome = decide(test, data, reads);
            Outcome { when_true: outcome.when_false, when_false: outcome.when_true }
        }
        Test::Compare(comparison) => {
            let variable = &comparison.variable;
            if let Operation::Is(TypeTest::Present, wanted) = comparison.operation {
                return presence(variable, wanted, data);
            }
            reads.read(Read { path: variable, field: "Variable", wanted: Wanted::Any, argument: None }, data);
            let operand = match &comparison.operation {
                Operation::String(_, Operand::Path(path))
                | Operation::Numeric(_, Operand::Path(path))
                | Operation::Timestamp(_, Operand::Path(path))
                | Operation::Boolean(Operand::Path(path)) => Some(path),
                _ => None,
            };
            if let Some(path) = operand {
                reads.read(Read { path, field: &comparison.operator.text, wanted: Wanted::Any, argument: None }, data);
            }
            // Had it been missing, the execution would have failed.
            let known =
                if variable.root == Root::Data { data.clone().with_present(&variable.steps) } else { data.clone() };
            match type_test(&comparison.operation, &known.find(&variable.steps)) {
                Some(true) => Outcome { when_true: Some(known), when_false: None },
                Some(false) => Outcome { when_true: None, when_false: Some(known) },
                None => Outcome { when_true: Some(known.clone()), when_false: Some(known) },
            }
        }
    }
}

/// What comes of a test of a type that is known.
fn type_test(operation: &Operation, found: &Found) -> Option<bool> {
    let (Operation::Is(test, wanted), Found::Always(shape)) = (operation, found) else { return None };
    let answer = match (test, shape) {
        (_, Shape::Unknown(_)) | (TypeTest::Timestamp, Shape::String) | (TypeTest::Present, _) => return None,
        (TypeTest::Null, shape) => matches!(shape, Shape::Null),
        (TypeTest::Numeric, shape) => matches!(shape, Shape::Number),
        (TypeTest::String, shape) => matches!(shape, Shape::String),
        (TypeTest::Boolean, shape) => matches!(shape, Shape::Bool),
        (TypeTest::Timestamp, _) => false,
    };
    Some(answer == *wanted)
}

fn presence(variable: &Path, wanted: bool, data: &Shape) -> Outcome {
    if variable.root != Root::Data {
        return Outcome { when_true: Some(data.clone()), when_false: Some(data.clone()) };
    }
    let (present, absent) = match data.find(&variable.steps) {
        Found::Always(_) => (Some(data.clone()), None),
        Found::Never(_) => (None, Some(data.clone())),
        Found::Maybe(_) | Found::Unknown(_) => {
            let steps = &variable.steps;
            (Some(data.clone().with_present(steps)), Some(data.clone().with_absent(steps)))
        }
    };
    if wanted {
        Outcome { when_true: present, when_false: absent }
    } else {
        Outcome { when_true: absent, when_false: present }
    }
}

fn either(left: Option<Shape>, right: Option<Shape>) -> Option<Shape> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.join(right)),
        (left, right) => left.or(right),
    }
}
