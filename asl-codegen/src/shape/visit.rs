//! One state: what it reads of the data it gets, and what it hands on.

use super::decide::{Outcome, decide};
use super::flow::{By, Data, Replaced};
use super::reads::{Given, Read, Reads, Wanted};
use super::template::{self, Expected, constant, expand};
use super::{Shape, intrinsic, service as results};
use crate::definition::{
    Assign, Catcher, ChoiceRule, CountOrPath, Kind, Map, PathOrNull, Payload, SecondsOrPath, State, Task, TextOrPath,
    Wait,
};
use crate::node::{Node, Text};
use crate::query::path::{Path, Root};
use crate::service;

/// What the machine inside a state with this number hands out when it gets this; `None` when it comes to no end.
pub(super) type Inside<'f> = &'f mut dyn FnMut(usize, Shape) -> Option<Shape>;

/// A way out of a state.
pub(super) struct Way<'a> {
    /// The state that is next; `None` where the machine ends.
    pub(super) next: Option<&'a Text>,
    pub(super) data: Data,
}

/// One state and what it gets.
pub(super) struct Visit<'a, 'd> {
    pub(super) index: usize,
    pub(super) state: &'a State,
    pub(super) data: &'d Data,
    /// How much is tracked at one point.
    pub(super) most: usize,
}

/// What a state passes on: the data, and whether it is its input, perhaps with more put into it.
struct Passed {
    data: Data,
    is_input: bool,
}

impl Passed {
    fn given(&self) -> Given<'_> {
        Given { shape: &self.data.shape, is_input: self.is_input }
    }
}

impl<'a> Visit<'a, '_> {
    /// The ways out of the state. What it reads is noted in `reads`.
    pub(super) fn ways(&self, reads: &mut Reads<'a>, inside: Inside<'_>) -> Vec<Way<'a>> {
        let mut ways = Vec::new();
        let output = match &self.state.kind {
            Some(Kind::Task(task)) => {
                let result = self.task(task, reads);
                self.done(result, reads, &mut ways)
            }
            Some(Kind::Parallel { branches }) => {
                let result = self.parallel(branches.len(), reads, inside);
                self.done(result, reads, &mut ways)
            }
            Some(Kind::Map(map)) => {
                let result = self.map(map, reads, inside);
                self.done(result, reads, &mut ways)
            }
            Some(Kind::Pass { result }) => self.pass(result.as_ref(), reads),
            Some(Kind::Choice { choices, default }) => {
                self.choice(choices, default.as_ref(), reads, &mut ways);
                return ways;
            }
            Some(Kind::Wait(wait)) => {
                let passed = self.effective(By::InputPath, reads);
                self.wait(wait.as_ref(), passed.given(), reads);
                self.assign(self.state.assign.as_ref(), passed.given(), reads);
                self.output(passed, reads)
            }
            Some(Kind::Succeed) => {
                let passed = self.effective(By::InputPath, reads);
                let data = self.output(passed, reads);
                ways.push(Way { next: None, data });
                return ways;
            }
            Some(Kind::Fail { error, cause }) => {
                self.fail(error.as_ref(), "ErrorPath", reads);
                self.fail(cause.as_ref(), "CausePath", reads);
                return ways;
            }
            None => Data::unknown(),
        };
        if self.state.end || self.state.next.is_some() {
            ways.push(Way { next: self.state.next.as_ref(), data: output });
        }
        ways
    }

    fn replaced(&self, shape: Shape, by: By) -> Data {
        Data { shape: shape.limited(self.most), replaced: Some(Replaced { state: self.index, by }) }
    }

    /// The data after `InputPath`.
    fn effective(&self, by: By, reads: &mut Reads<'a>) -> Passed {
        let passed = Passed { data: self.data.clone(), is_input: true };
        self.select(self.state.input_path.as_ref(), "InputPath", passed, by, reads)
    }

    /// The data after `OutputPath`.
    fn output(&self, passed: Passed, reads: &mut Reads<'a>) -> Data {
        self.select(self.state.output_path.as_ref(), "OutputPath", passed, By::OutputPath, reads).data
    }

    /// The data after `InputPath` or `OutputPath`, the field `name`.
    fn select(
        &self,
        field: Option<&'a PathOrNull>,
        name: &'a str,
        passed: Passed,
        by: By,
        reads: &mut Reads<'a>,
    ) -> Passed {
        let data = match field.map(|field| (&field.path, field.valid)) {
            None => return passed,
            Some((Some(path), _)) if path.root == Root::Data && path.steps.is_empty() => return passed,
            Some((None, true)) => self.replaced(Shape::closed([]), by),
            Some((None, false)) => Data::unknown(),
            Some((Some(path), _)) => {
                let read = Read { path, field: name, wanted: Wanted::Any, argument: None };
                self.replaced(reads.read(read, passed.given()), by)
            }
        };
        Passed { data, is_input: false }
    }

    /// What a Task gives.
    fn task(&self, task: &'a Task, reads: &mut Reads<'a>) -> Shape {
        let input = self.effective(By::InputPath, reads);
        for (field, seconds) in [("TimeoutSecondsPath", &task.timeout), ("HeartbeatSecondsPath", &task.heartbeat)] {
            if let Some(SecondsOrPath::Path(path)) = seconds {
                reads.read(Read { path, field, wanted: Wanted::Number, argument: None }, input.given());
            }
        }
        let operation = task.resource.as_ref().and_then(|resource| service::operation_of(resource.as_str()));
        if let Some(parameters) = &self.state.parameters {
            let expected = operation.map_or(Expected::Nothing, |operation| Expected::Members(operation.input));
            expand(parameters, input.given(), expected, reads);
        }
        if let Some(credentials) = task.credentials.as_ref().and_then(Payload::template) {
            expand(credentials, input.given(), Expected::Nothing, reads);
        }
        operation.map_or(Shape::Unknown(None), results::result)
    }

    /// What a Parallel gives: an array of what its branches hand out.
    fn parallel(&self, branches: usize, reads: &mut Reads<'a>, inside: Inside<'_>) -> Shape {
        let input = self.effective(By::InputPath, reads);
        let given = match &self.state.parameters {
            Some(parameters) => expand(parameters, input.given(), Expected::Nothing, reads).limited(self.most),
            None => input.data.shape,
        };
        let outputs = (0..branches).map(|number| inside(number, given.clone()).unwrap_or(Shape::Unknown(None)));
        Shape::array(outputs.reduce(Shape::join).unwrap_or(Shape::Unknown(None)))
    }

    /// What a Map gives: an array of what its iterations hand out.
    fn map(&self, map: &'a Map, reads: &mut Reads<'a>, inside: Inside<'_>) -> Shape {
        let input = self.effective(By::InputPath, reads);
        // Readers, batchers and writers, and objects as items, are not followed.
        let items = match &map.items_path {
            _ if map.distributed.is_some() => Shape::Unknown(None),
            Some(path) => {
                let read = Read { path, field: "ItemsPath", wanted: Wanted::Array, argument: None };
                reads.read(read, input.given())
            }
            None => input.data.shape.clone(),
        };
        if let Some(CountOrPath::Path(path)) = &map.max_concurrency {
            // The text of a number is taken too, as was recorded on AWS.
            reads.read(Read { path, field: "MaxConcurrencyPath", wanted: Wanted::Any, argument: None }, input.given());
        }
        let item = match (map.item_selector.as_ref().and_then(Payload::template), items) {
            (Some(selector), _) => expand(selector, input.given(), Expected::Nothing, reads).limited(self.most),
            (None, Shape::Array(element)) => (*element).clone(),
            (None, _) => Shape::Unknown(None),
        };
        let output = inside(0, if map.distributed.is_some() { Shape::Unknown(None) } else { item });
        match output {
            Some(output) if map.distributed.is_none() => Shape::array(output),
            None if map.distributed.is_none() => Shape::array(Shape::Unknown(None)),
            _ => Shape::Unknown(None),
        }
    }

    /// What a Task, Parallel or Map hands on when its work has given `result`; the ways of its catchers are added.
    fn done(&self, result: Shape, reads: &mut Reads<'a>, ways: &mut Vec<Way<'a>>) -> Data {
        for (number, catcher) in self.state.catch.iter().enumerate() {
            let data = self.caught(number, catcher, reads);
            if catcher.next.is_some() {
                ways.push(Way { next: catcher.next.as_ref(), data });
            }
        }
        let given = Given { shape: &result, is_input: false };
        self.assign(self.state.assign.as_ref(), given, reads);
        let selected = match &self.state.result_selector {
            Some(selector) => expand(selector, given, Expected::Nothing, reads),
            None => result,
        };
        self.output(self.stored(selected, By::Result), reads)
    }

    fn pass(&self, constant_result: Option<&'a Node>, reads: &mut Reads<'a>) -> Data {
        let input = self.effective(By::Pass, reads);
        let unchanged = constant_result.is_none() && self.state.parameters.is_none();
        let (result, is_input) = match (constant_result, &self.state.parameters) {
            (Some(result), _) => (constant(result), false),
            (None, Some(parameters)) => (expand(parameters, input.given(), Expected::Nothing, reads), false),
            (None, None) => (input.data.shape.clone(), input.is_input),
        };
        self.assign(self.state.assign.as_ref(), Given { shape: &result, is_input }, reads);
        let passed = if unchanged && self.state.result_path.is_none() { input } else { self.stored(result, By::Pass) };
        self.output(passed, reads)
    }

    fn choice(
        &self,
        choices: &'a [ChoiceRule],
        default: Option<&'a Text>,
        reads: &mut Reads<'a>,
        ways: &mut Vec<Way<'a>>,
    ) {
        let Passed { mut data, is_input } = self.effective(By::InputPath, reads);
        let mut way = |next: Option<&'a Text>, assign: Option<&'a Assign>, data: Data, reads: &mut Reads<'a>| {
            self.assign(assign, Given { shape: &data.shape, is_input }, reads);
            let data = self.output(Passed { data, is_input }, reads);
            if next.is_some() {
                ways.push(Way { next, data });
            }
        };
        for rule in choices {
            let outcome = match &rule.test {
                Some(test) => decide(test, Given { shape: &data.shape, is_input }, reads),
                None => Outcome::either(data.shape.clone()),
            };
            if let Some(shape) = outcome.when_true {
                way(rule.next.as_ref(), rule.assign.as_ref(), Data { shape, replaced: data.replaced }, reads);
            }
            match outcome.when_false {
                Some(shape) => data.shape = shape,
                None => return,
            }
        }
        if default.is_some() {
            way(default, self.state.assign.as_ref(), data, reads);
        }
    }

    /// The values of variables.
    fn assign(&self, assign: Option<&'a Assign>, data: Given<'_>, reads: &mut Reads<'a>) {
        let variables = assign.into_iter().flat_map(|assign| &assign.variables);
        for field in variables.filter_map(|variable| variable.value.template()) {
            template::field(field, data, Expected::Nothing, reads);
        }
    }

    /// The raw input with a result where `ResultPath` says.
    fn stored(&self, result: Shape, by: By) -> Passed {
        match &self.state.result_path {
            None => Passed { data: self.replaced(result, by), is_input: false },
            Some(field) => self.put(field, result, by),
        }
    }

    fn put(&self, field: &PathOrNull, result: Shape, by: By) -> Passed {
        let is_whole = |path: &Path| path.root == Root::Data && path.steps.is_empty();
        let (data, is_input) = match &field.path {
            None if field.valid => (self.data.clone(), true),
            Some(path) if is_whole(path) => (self.replaced(result, by), false),
            Some(path) if path.root == Root::Data => {
                let shape = self.data.shape.clone().put(&path.steps, result).limited(self.most);
                (Data { shape, replaced: self.data.replaced }, true)
            }
            _ => (Data::unknown(), false),
        };
        Passed { data, is_input }
    }

    /// The input of a catcher's target. Language spec, "Fallback states".
    fn caught(&self, number: usize, catcher: &'a Catcher, reads: &mut Reads<'a>) -> Data {
        let error_output = Shape::closed([("Error", Shape::String), ("Cause", Shape::String)]);
        self.assign(catcher.assign.as_ref(), Given { shape: &error_output, is_input: false }, reads);
        match &catcher.result_path {
            None => self.replaced(error_output, By::Catch(number)),
            Some(field) => self.put(field, error_output, By::Catch(number)).data,
        }
    }

    fn wait(&self, wait: Option<&'a Wait>, data: Given<'_>, reads: &mut Reads<'a>) {
        match wait {
            Some(Wait::SecondsPath(path)) => {
                reads.read(Read { path, field: "SecondsPath", wanted: Wanted::Number, argument: None }, data);
            }
            Some(Wait::TimestampPath(path)) => {
                reads.read(Read { path, field: "TimestampPath", wanted: Wanted::String, argument: None }, data);
            }
            Some(Wait::Seconds(_) | Wait::Timestamp(_) | Wait::SecondsExpression(_) | Wait::TimestampExpression(_))
            | None => {}
        }
    }

    fn fail(&self, text: Option<&'a TextOrPath>, field: &'a str, reads: &mut Reads<'a>) {
        let data = Given { shape: &self.data.shape, is_input: true };
        match text {
            Some(TextOrPath::Path(path)) => {
                reads.read(Read { path, field, wanted: Wanted::String, argument: None }, data);
            }
            Some(TextOrPath::Call(call)) => {
                intrinsic::call(call, field, data, reads);
            }
            Some(TextOrPath::Text(_) | TextOrPath::Expression(_)) | None => {}
        }
    }
}
