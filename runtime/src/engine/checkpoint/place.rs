//! Between threads and their records: what is kept of a thread, and how it goes on in a machine.

use std::sync::Mutex;

use super::{CheckpointError, ExecutionRecord, ForkRecord, MapRunRecord, ThreadRecord, VisitRecord, WorkRecord};
use crate::context::ExecutionSource as _;
use crate::engine::clock::Clock;
use crate::engine::fork::{Children, Lane, Owner, Queue};
use crate::engine::identity::Facts;
use crate::engine::map_run::{self as execution, Executions};
use crate::engine::shared::Own;
use crate::engine::thread::{Pause, Thread, Visit, Work};
use crate::machine::{Machine, MachineInfo, StateId, StateInfo, StateType};

impl Thread<'_> {
    /// What is kept of the thread. None when its machine has no such state.
    pub(in crate::engine) fn record_of(&self, clock: &Clock) -> Option<ThreadRecord> {
        let state = self.info.states.get(usize::from(self.state.0))?;
        let variable = |name: &&str| self.machine.variable(name).map(|value| ((*name).to_owned(), value.clone()));
        let visit = match &self.visit {
            None => None,
            Some(visit) => Some(VisitRecord {
                entered: visit.entered,
                time: visit.time,
                retries: visit.retries.clone(),
                work: match &visit.work {
                    Work::Enter | Work::Call(_) => WorkRecord::Enter,
                    Work::Pause(pause) => WorkRecord::Pause(pause.map(|until| clock.time_at(until))),
                    Work::Fork(children) => WorkRecord::Fork(children.record_of(clock)?),
                    Work::MapRun(executions) => WorkRecord::MapRun(executions.record_of(clock)?),
                },
            }),
        };
        Some(ThreadRecord {
            state: state.name.to_owned(),
            data: self.data.clone(),
            previous: self.previous,
            variables: self.info.variables.iter().filter_map(variable).collect(),
            visit,
        })
    }
}

impl Children {
    fn record_of(&self, clock: &Clock) -> Option<ForkRecord> {
        let queue = self.lock();
        let mut running = Vec::with_capacity(self.lanes.len());
        for lane in &self.lanes {
            if let Some(thread) = &lane.thread {
                running.push((number(lane.index), thread.record_of(clock)?));
            }
        }
        Some(ForkRecord { values: queue.values.clone(), next: number(queue.next), last: queue.last, running })
    }
}

impl ThreadRecord {
    /// The thread, in `machine`. `echoes` says whether its data is what the input's text says.
    pub(in crate::engine) fn restore<'a>(
        self,
        mut machine: Box<dyn Machine + 'a>,
        clock: &Clock,
        echoes: bool,
    ) -> Result<Thread<'a>, CheckpointError> {
        let info = machine.info();
        let (id, state) = self.place(info)?;
        for (name, value) in self.variables {
            if !machine.set_variable(&name, value) {
                return Err(CheckpointError(format!(
                    "the checkpoint has the variable '{name}', and the machine '{}' has no variable of that name",
                    info.name
                )));
            }
        }
        let visit = match self.visit {
            None => None,
            Some(visit) => Some(Visit {
                entered: visit.entered,
                time: visit.time,
                retries: visit.retries,
                attempt: 0,
                work: match visit.work {
                    WorkRecord::Enter => Work::Enter,
                    WorkRecord::Pause(pause) => Work::Pause(pause.map(|until| clock.instant_at(until))),
                    WorkRecord::Fork(fork) => {
                        let owner = Owner { machine: &*machine, info, state: id };
                        Work::Fork(Box::new(fork.restore(owner, state, clock)?))
                    }
                    WorkRecord::MapRun(run) => {
                        let owner = Owner { machine: &*machine, info, state: id };
                        Work::MapRun(Box::new(run.restore(owner, state, clock)?))
                    }
                },
            }),
        };
        Ok(Thread { machine, info, data: self.data, state: id, visit, previous: self.previous, echoes })
    }

    /// Where its state is in a machine, when the machine can go on there.
    fn place(&self, info: &MachineInfo) -> Result<(StateId, &'static StateInfo), CheckpointError> {
        let (name, machine) = (&self.state, info.name);
        let mut states = (0..=u16::MAX).map(StateId).zip(info.states);
        let Some((id, state)) = states.find(|(_, state)| state.name == name) else {
            return Err(CheckpointError(format!(
                "the checkpoint is at the state '{name}', and the machine '{machine}' has no state of that name"
            )));
        };
        use StateType::{Map, Parallel, Task, Wait};
        let (expected, fits) = match self.visit.as_ref().map(|visit| &visit.work) {
            None => return Ok((id, state)),
            Some(WorkRecord::Enter) => ("Task", matches!(state.state_type, Task | Parallel | Map)),
            Some(WorkRecord::Pause(Pause::Wait(_))) => ("Wait", state.state_type == Wait),
            Some(WorkRecord::Pause(Pause::Retry(_))) => ("Task", matches!(state.state_type, Task | Parallel | Map)),
            Some(WorkRecord::Fork(_)) => ("Parallel or Map", matches!(state.state_type, Parallel | Map)),
            Some(WorkRecord::MapRun(_)) => ("Map", state.state_type == Map),
        };
        match fits {
            true => Ok((id, state)),
            false => Err(CheckpointError(format!(
                "the checkpoint is in the middle of the {expected} state '{name}', and in the machine '{machine}' it is \
                 a {:?} state",
                state.state_type
            ))),
        }
    }
}

impl ForkRecord {
    fn restore(self, owner: Owner<'_>, state: &'static StateInfo, clock: &Clock) -> Result<Children, CheckpointError> {
        let misfit = |what: &str| {
            let (name, machine) = (state.name, owner.info.name);
            CheckpointError(format!(
                "the checkpoint is in the middle of the state '{name}', and in the machine '{machine}' {what}"
            ))
        };
        let count = self.values.len();
        let fits = match owner.is_map() {
            true => owner.inner(0).is_some(),
            false => {
                owner.inner(count).is_none() && count.checked_sub(1).is_none_or(|last| owner.inner(last).is_some())
            }
        };
        if !fits {
            let counted = format!("it does not have the {count} branches that it had");
            return Err(misfit(if owner.is_map() { "it has no iterations" } else { &counted }));
        }
        let next = usize::try_from(self.next).ok().filter(|next| *next <= count);
        let Some(next) = next else { return Err(inconsistent(state)) };
        let mut lanes: Vec<Lane> = Vec::with_capacity(self.running.len());
        for (index, thread) in self.running {
            let index = usize::try_from(index).ok().filter(|index| *index < next);
            let index = index.filter(|index| lanes.iter().all(|lane| lane.index != *index));
            let Some(index) = index else { return Err(inconsistent(state)) };
            let Some(machine) = owner.inner(index) else { return Err(inconsistent(state)) };
            lanes.push(Lane { index, thread: Some(thread.restore(machine, clock, false)?) });
        }
        // Nothing would begin those that are left.
        if lanes.is_empty() && next < count {
            return Err(inconsistent(state));
        }
        let queue = Queue { values: self.values, next, last: self.last };
        Ok(Children { lanes, queue: Mutex::new(queue) })
    }
}

impl Executions {
    fn record_of(&self, clock: &Clock) -> Option<MapRunRecord> {
        let queue = self.lock();
        let mut running = Vec::new();
        for (index, execution) in self.running() {
            running.push(ExecutionRecord {
                index: number(index),
                events: execution.own.events(),
                execution: execution.own.execution.info().clone(),
                thread: execution.thread.record_of(clock)?,
            });
        }
        Some(MapRunRecord {
            arn: self.arn().to_owned(),
            execution_type: self.plan.execution_type,
            tolerance: self.plan.tolerance,
            failed: number(queue.failed),
            next: number(queue.next),
            values: queue.values.clone(),
            running,
        })
    }
}

impl MapRunRecord {
    fn restore(
        self,
        owner: Owner<'_>,
        state: &'static StateInfo,
        clock: &Clock,
    ) -> Result<Executions, CheckpointError> {
        let count = self.values.len();
        let place = |place: u64| usize::try_from(place).ok().filter(|place| *place <= count);
        let (Some(next), Some(failed)) = (place(self.next), place(self.failed)) else {
            return Err(inconsistent(state));
        };
        let mut lanes: Vec<execution::Lane> = Vec::with_capacity(self.running.len());
        for record in self.running {
            let index = place(record.index).filter(|index| *index < next);
            let index = index.filter(|index| lanes.iter().all(|lane| lane.index != *index));
            let (Some(index), Some(machine)) = (index, owner.inner(0)) else { return Err(inconsistent(state)) };
            let info = machine.info();
            if info.reads_execution_input && record.execution.input.is_none() {
                return Err(CheckpointError::lacks_input(info.name));
            }
            let own = Own::new(info, *clock, Facts::known(record.execution), record.events, None);
            let thread = record.thread.restore(machine, clock, false)?;
            lanes.push(execution::Lane { index, execution: Some(Box::new(execution::Execution { own, thread })) });
        }
        // Nothing would begin those that are left.
        if lanes.is_empty() && next < count {
            return Err(inconsistent(state));
        }
        let plan = execution::Plan::new(self.arn, self.execution_type, self.tolerance);
        let queue = execution::Queue { values: self.values, next, failed };
        Ok(Executions { plan, lanes, queue: Mutex::new(queue) })
    }
}

fn inconsistent(state: &StateInfo) -> CheckpointError {
    CheckpointError(format!("what the checkpoint has of the branches or iterations of '{}' does not agree", state.name))
}

fn number(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}

impl CheckpointError {
    pub(in crate::engine) fn lacks_input(machine: &str) -> Self {
        Self(format!(
            "the machine '{machine}' reads $$.Execution.Input, and the one that the checkpoint is of did not keep it"
        ))
    }
}
