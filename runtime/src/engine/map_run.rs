//! A Map Run: the executions of a distributed Map state, on their way at once. Each has its own names, context object and
//! numbers of events, and its events are not told. AWS developer guide, "Using Map state in Distributed mode".

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::context::{ExecutionInfo, ExecutionSource as _, ExecutionType};
use crate::engine::fork::{Owner, Scope, lock, no_machine};
use crate::engine::gather::Gather;
use crate::engine::identity::Facts;
use crate::engine::shared::{Own, Shared};
use crate::engine::thread::{Progress, Thread, Turn};
use crate::error::Error;
use crate::machine::{MapRun, Tolerance};
use crate::services::BoxFuture;
use crate::timestamp::Timestamp;
use crate::uuid::uuid;
use crate::value::build::{members, object};

/// So many executions are on their way at once, when the state does not say how many. AWS starts up to 10,000.
const CONCURRENCY: usize = 1000;

/// The first event of an execution says that it starts.
const STARTED: u64 = 1;

/// The executions of a Map Run.
pub(super) struct Executions {
    pub(super) plan: Plan,
    /// The executions on their way: as many as may be so at once. One that has ended makes room for the next.
    pub(super) lanes: Vec<Lane>,
    /// What the lanes share. Only one of them runs at a time.
    pub(super) queue: Mutex<Queue>,
}

/// What does not change while the executions run.
pub(super) struct Plan {
    /// The ARN of the Map Run: `…:mapRun:machine/label:uuid`.
    arn: String,
    /// The ARN of what the executions are executions of: `…:stateMachine:machine/label`.
    machine: String,
    pub(super) execution_type: ExecutionType,
    pub(super) tolerance: Tolerance,
}

/// The executions that are not on their way.
pub(super) struct Queue {
    /// What came of each execution that has ended, and the input of each from `next` on.
    pub(super) values: Vec<Value>,
    /// The execution that begins next.
    pub(super) next: usize,
    /// How many have failed.
    pub(super) failed: usize,
}

/// A place for one execution after the other.
pub(super) struct Lane {
    pub(super) index: usize,
    /// None when there is no execution left for it.
    pub(super) execution: Option<Box<Execution>>,
}

/// One execution on its way.
pub(super) struct Execution {
    pub(super) own: Own<'static>,
    pub(super) thread: Thread<'static>,
}

/// How far the executions have come.
pub(super) enum Ended {
    /// All have ended, and no more failed than may.
    Succeeded,
    /// Too many have failed.
    Failed(Error),
    /// None of that: they wait, or they were stopped from outside.
    Stopped,
}

/// What a lane needs.
#[derive(Clone, Copy)]
struct Around<'s> {
    owner: Owner<'s>,
    shared: &'s Shared<'s>,
    plan: &'s Plan,
}

impl Executions {
    /// The executions of `run`, the first of them before their first states.
    pub(super) fn new(owner: Owner<'_>, shared: &Shared<'_>, run: MapRun) -> Result<Self, Error> {
        let tolerance = run.tolerance?;
        let count = run.inputs.len();
        let limit = match run.max_concurrency {
            None | Some(0) => CONCURRENCY,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        };
        let plan = Plan::new(arn(shared.own.execution.info(), run.label), run.execution_type, tolerance);
        let mut queue = Queue { values: run.inputs, next: 0, failed: 0 };
        let around = Around { owner, shared, plan: &plan };
        let mut lanes = Vec::with_capacity(count.min(limit));
        for _ in 0..count.min(limit) {
            let mut lane = Lane { index: 0, execution: None };
            lane.start(around, &mut queue)?;
            lanes.push(lane);
        }
        Ok(Self { plan, lanes, queue: Mutex::new(queue) })
    }

    /// The ARN of the Map Run.
    pub(super) fn arn(&self) -> &str {
        &self.plan.arn
    }

    /// The executions on their way, with their numbers.
    pub(super) fn running(&self) -> impl Iterator<Item = (usize, &Execution)> {
        self.lanes.iter().filter_map(|lane| Some((lane.index, &**lane.execution.as_ref()?)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }

    /// Goes on with the executions as far as nothing has to be awaited and `states` last.
    pub(super) fn advance(&mut self, owner: Owner<'_>, shared: &Shared<'_>, states: &mut u32) -> Ended {
        let around = Around { owner, shared, plan: &self.plan };
        let queue = self.queue.get_mut().unwrap_or_else(PoisonError::into_inner);
        for lane in &mut self.lanes {
            if let Err(error) = lane.advance(around, queue, states) {
                return Ended::Failed(error);
            }
        }
        match self.lanes.iter().all(|lane| lane.execution.is_none()) {
            true => Ended::Succeeded,
            false => Ended::Stopped,
        }
    }

    /// Goes on with the executions until all have ended or too many have failed. Boxed, as Map Runs are inside Map Runs.
    pub(super) fn join<'s>(
        &'s mut self,
        owner: Owner<'s>,
        shared: &'s Shared<'s>,
        outer: Option<&'s Scope<'s>>,
    ) -> BoxFuture<'s, Ended> {
        Box::pin(async move {
            let scope = Scope::new(self.lanes.len(), outer);
            let around = Around { owner, shared, plan: &self.plan };
            let queue = &self.queue;
            let lanes = self.lanes.iter_mut().filter(|lane| lane.execution.is_some());
            let gather = Gather::new(lanes.map(|lane| lane.run(around, queue, &scope)));
            match scope.gather(gather).await {
                Some(error) => Ended::Failed(error),
                None if Scope::is_stopping(outer) => Ended::Stopped,
                None => Ended::Succeeded,
            }
        })
    }

    /// What came of each, in order.
    pub(super) fn into_outputs(self) -> Vec<Value> {
        self.queue.into_inner().unwrap_or_else(PoisonError::into_inner).values
    }
}

impl Lane {
    /// Goes on as far as nothing has to be awaited and `states` last.
    fn advance(&mut self, around: Around<'_>, queue: &mut Queue, states: &mut u32) -> Result<(), Error> {
        while *states > 0
            && let Some(execution) = &mut self.execution
        {
            let mut turn = Turn::new(None, *states);
            let shared = around.shared.inside(&execution.own);
            let progress = execution.thread.advance(&shared, &mut turn);
            *states = turn.states();
            match progress {
                Ok(Progress::Waits | Progress::Turn) => return Ok(()),
                Ok(Progress::End) => self.next(around, queue, Ok(()))?,
                Err(error) => self.next(around, queue, Err(error))?,
            }
        }
        Ok(())
    }

    /// Runs one execution after the other. Boxed here, as Map Runs are inside Map Runs.
    fn run<'s>(
        &'s mut self,
        around: Around<'s>,
        queue: &'s Mutex<Queue>,
        scope: &'s Scope<'s>,
    ) -> BoxFuture<'s, Result<(), Error>> {
        Box::pin(async move {
            while let Some(execution) = &mut self.execution {
                let mut turn = Turn::new(None, scope.states());
                let shared = around.shared.inside(&execution.own);
                let ended = match execution.thread.visits(&shared, Some(scope), &mut turn).await {
                    Ok(true) => break,
                    Ok(false) => Ok(()),
                    Err(error) => Err(error),
                };
                let mut queue = lock(queue);
                if Scope::is_stopping(Some(scope)) {
                    self.end(around, &mut queue, ended)?;
                    break;
                }
                self.next(around, &mut queue, ended)?;
            }
            Ok(())
        })
    }

    /// After the execution that has ended begins the next one, when there is one.
    fn next(&mut self, around: Around<'_>, queue: &mut Queue, ended: Result<(), Error>) -> Result<(), Error> {
        self.end(around, queue, ended)?;
        self.start(around, queue)
    }

    /// Begins the next execution; when there is none, the place is empty.
    fn start(&mut self, around: Around<'_>, queue: &mut Queue) -> Result<(), Error> {
        let index = queue.next;
        let Some(value) = queue.values.get_mut(index) else { return Ok(()) };
        queue.next += 1;
        let Some(machine) = around.owner.inner(0) else { return Err(no_machine(around.owner, index)) };
        let input = value.take();
        let (info, clock) = (machine.info(), around.shared.own.clock);
        let is_shown = info.reads_execution_input || around.plan.shows_failures();
        let facts =
            around.plan.execution(around.shared.own.execution.info(), is_shown.then(|| input.clone()), clock.now());
        let own = Own::new(info, clock, Facts::known(facts), STARTED, None);
        self.index = index;
        self.execution = Some(Box::new(Execution { own, thread: Thread::new(machine, input, 0, false) }));
        Ok(())
    }

    /// Empties the place of an execution that has ended, and puts what came of it where it belongs.
    ///
    /// # Errors
    /// `States.ExceedToleratedFailureThreshold`: more have failed than may.
    fn end(&mut self, around: Around<'_>, queue: &mut Queue, ended: Result<(), Error>) -> Result<(), Error> {
        let Some(execution) = self.execution.take() else { return Ok(()) };
        let value = match ended {
            Ok(()) => execution.thread.data,
            Err(error) => {
                queue.failed += 1;
                if around.plan.tolerance.is_exceeded(queue.failed, queue.values.len()) {
                    return Err(exceeded());
                }
                failed(execution.own.execution.info(), &error, around.shared.own.clock.now())
            }
        };
        if let Some(place) = queue.values.get_mut(self.index) {
            *place = value;
        }
        Ok(())
    }
}

impl Plan {
    pub(super) fn new(arn: String, execution_type: ExecutionType, tolerance: Tolerance) -> Self {
        let named = arn.rsplit_once(':').map_or(&*arn, |(named, _)| named);
        let machine = named.replacen(":mapRun:", ":stateMachine:", 1);
        Self { arn, machine, execution_type, tolerance }
    }

    /// Whether an execution that fails is shown in the result.
    fn shows_failures(&self) -> bool {
        self.tolerance.count.is_some_and(|count| count > 0)
            || self.tolerance.percentage.is_some_and(|percentage| percentage > 0.0)
    }

    /// What is known of one more execution of a Map Run in the execution `outer`.
    fn execution(&self, outer: &ExecutionInfo, input: Option<Value>, start_time: Timestamp) -> ExecutionInfo {
        let name = uuid();
        let id = match self.execution_type {
            ExecutionType::Standard => {
                [&*self.machine.replacen(":stateMachine:", ":execution:", 1), ":", &name].concat()
            }
            // Its name need not be the only one.
            ExecutionType::Express | ExecutionType::SynchronousExpress => {
                [&*self.machine.replacen(":stateMachine:", ":express:", 1), ":", &name, ":", &uuid()].concat()
            }
        };
        ExecutionInfo {
            id,
            name,
            input,
            start_time,
            role_arn: outer.role_arn.clone(),
            execution_type: self.execution_type,
            state_machine_name: self.machine.rsplit_once(':').map_or("", |(_, name)| name).to_owned(),
            state_machine_id: self.machine.clone(),
        }
    }
}

/// The ARN of a new Map Run in an execution. A label is unique in the whole definition, so that the one of a Map Run around
/// it is not in it.
fn arn(execution: &ExecutionInfo, label: &str) -> String {
    let machine = execution.state_machine_id.split('/').next().unwrap_or_default();
    [&*machine.replacen(":stateMachine:", ":mapRun:", 1), "/", label, ":", &uuid()].concat()
}

#[cold]
fn exceeded() -> Error {
    Error::new("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded")
}

/// What the result has for an execution that failed. AWS developer guide, "ResultWriter": the metadata of the execution.
#[cold]
fn failed(execution: &ExecutionInfo, error: &Error, stop: Timestamp) -> Value {
    let included = || object([("Included", Value::from(true))]);
    let text = |text: &str| Some(Value::from(text));
    members([
        ("Cause", error.cause().map(Value::from)),
        ("Error", error.name().map(Value::from)),
        ("ExecutionArn", text(&execution.id)),
        ("Input", execution.input.as_ref().map(|input| Value::from(input.to_string()))),
        ("InputDetails", Some(included())),
        ("Name", text(&execution.name)),
        ("OutputDetails", Some(included())),
        ("RedriveCount", Some(Value::from(0))),
        ("RedriveStatus", text("REDRIVABLE_BY_MAP_RUN")),
        ("StartDate", text(&execution.start_time.to_string())),
        ("StateMachineArn", text(&execution.state_machine_id)),
        ("Status", text("FAILED")),
        ("StopDate", text(&stop.to_string())),
    ])
}
