//! One execution as a whole: what its threads share, and how it begins and ends.

use std::pin::pin;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::context::{ExecutionInfo, ExecutionSource as _};
use crate::engine::checkpoint::{Checkpoint, CheckpointError};
use crate::engine::clock::Clock;
use crate::engine::failure::{Failure, Status};
use crate::engine::identity::{Facts, Identity};
use crate::engine::shared::{Own, Shared};
use crate::engine::thread::{STATES_PER_TURN, Thread, Turn};
use crate::error::Error;
use crate::machine::{Machine, StateId, StateInfo};
use crate::observer::{EventKind, Observer};
use crate::services::Services;

/// What an execution works with.
pub(super) struct Setting<'a> {
    pub(super) services: Box<dyn Services + 'a>,
    pub(super) observer: Option<&'a dyn Observer>,
    pub(super) payload_limit: usize,
}

/// An execution that is put together, and has not begun or gone on.
pub(super) enum Begin<'a> {
    Start { machine: Box<dyn Machine + 'a>, input: Value, text: Option<Box<str>> },
    Resume(Box<Resumed<'a>>),
}

/// What a checkpoint has given.
pub(super) struct Resumed<'a> {
    thread: Thread<'a>,
    clock: Clock,
    deadline: Option<Instant>,
    execution: ExecutionInfo,
    events: u64,
    text: Option<Box<str>>,
}

/// One execution.
pub(super) struct Core<'a> {
    setting: Setting<'a>,
    own: Own<'a>,
    thread: Thread<'a>,
    deadline: Option<Instant>,
    end: Option<Result<(), Failure>>,
}

/// Why an execution ends before its time.
enum Stop {
    Failed(Error),
    TimedOut,
}

impl Setting<'_> {
    fn shared<'s>(&'s self, own: &'s Own<'s>) -> Shared<'s> {
        let Self { services, observer, payload_limit } = self;
        Shared { services: &**services, observer: *observer, payload_limit: *payload_limit, own }
    }
}

impl<'a> Resumed<'a> {
    /// A machine that goes on where `checkpoint` was taken.
    pub(super) fn new(machine: Box<dyn Machine + 'a>, checkpoint: Checkpoint) -> Result<Self, CheckpointError> {
        let clock = Clock::start();
        let info = machine.info();
        if info.reads_execution_input && checkpoint.execution.input.is_none() {
            return Err(CheckpointError::lacks_input(info.name));
        }
        Ok(Self {
            thread: checkpoint.thread.restore(machine, &clock, checkpoint.text.is_some())?,
            deadline: checkpoint.deadline.map(|deadline| clock.instant_at(deadline)),
            clock,
            execution: checkpoint.execution,
            events: checkpoint.events,
            text: checkpoint.text,
        })
    }
}

impl<'a> Core<'a> {
    pub(super) fn new(setting: Setting<'a>, begin: Begin<'a>, identity: Identity<'a>) -> Self {
        match begin {
            Begin::Start { machine, input, text } => Self::start(setting, machine, input, text, identity),
            Begin::Resume(resumed) => Self::resume(setting, *resumed),
        }
    }

    fn start(
        setting: Setting<'a>,
        machine: Box<dyn Machine + 'a>,
        input: Value,
        text: Option<Box<str>>,
        identity: Identity<'a>,
    ) -> Self {
        let info = machine.info();
        let clock = Clock::start();
        let kept = info.reads_execution_input.then(|| input.clone());
        let timeout = info.timeout_seconds.map(|seconds| Duration::from_secs(seconds.into()));
        Self {
            thread: Thread::new(machine, input, 0, text.is_some()),
            deadline: timeout.map(|timeout| Instant::now() + timeout),
            own: Own::new(info, clock, Facts::new(identity, info.name, kept, clock.started()), 0, text),
            setting,
            end: None,
        }
    }

    fn resume(setting: Setting<'a>, resumed: Resumed<'a>) -> Self {
        let Resumed { thread, clock, deadline, execution, events, text } = resumed;
        Self {
            setting,
            own: Own::new(thread.info, clock, Facts::known(execution), events, text),
            thread,
            deadline,
            end: None,
        }
    }

    /// None when the execution has ended.
    pub(super) fn checkpoint(&self) -> Option<Checkpoint> {
        if self.end.is_some() {
            return None;
        }
        let clock = &self.own.clock;
        Some(Checkpoint {
            thread: self.thread.record_of(clock)?,
            events: self.own.events(),
            deadline: self.deadline.map(|deadline| clock.time_at(deadline)),
            text: self.own.text.clone().filter(|_| self.thread.echoes),
            execution: self.execution().clone(),
        })
    }

    pub(super) fn data(&self) -> &Value {
        &self.thread.data
    }

    /// The text that the input came as, while the data is still what it says.
    pub(super) fn text(&self) -> Option<&str> {
        self.own.text.as_deref().filter(|_| self.thread.echoes)
    }

    /// Takes the data out, at the very end.
    pub(super) fn take_data(&mut self) -> Value {
        self.thread.data.take()
    }

    pub(super) fn machine(&self) -> &dyn Machine {
        &*self.thread.machine
    }

    pub(super) fn execution(&self) -> &ExecutionInfo {
        self.own.execution.info()
    }

    pub(super) fn status(&self) -> Status {
        match &self.end {
            None => Status::Running,
            Some(Ok(())) => Status::Succeeded,
            Some(Err(failure)) => failure.status,
        }
    }

    /// The state that the execution is in or enters next; none when it has ended.
    pub(super) fn state(&self) -> Option<StateId> {
        match self.end {
            None => Some(self.thread.state),
            Some(_) => None,
        }
    }

    fn current(&self) -> Option<&'static StateInfo> {
        self.state().and_then(|state| self.thread.info.states.get(usize::from(state.0)))
    }

    /// Visits up to `limit` states, or all. Gives whether the execution goes on.
    pub(super) async fn advance(&mut self, limit: Option<u64>) -> Result<bool, Failure> {
        if let Some(end) = &self.end {
            return end.clone().map(|()| false);
        }
        let shared = self.setting.shared(&self.own);
        if shared.events() == 0 {
            let started = EventKind::ExecutionStarted { input: &self.thread.data, execution: &self.own.execution };
            shared.record_text(0, None, self.thread.echoes, started);
        }
        let mut turn = Turn::new(limit, STATES_PER_TURN);
        let visits = match self.deadline {
            Some(deadline) if deadline <= Instant::now() => Err(Stop::TimedOut),
            deadline => {
                let visits = pin!(self.thread.visits(&shared, None, &mut turn));
                match deadline {
                    None => visits.await.map_err(Stop::Failed),
                    Some(deadline) => match timeout_at(deadline, visits).await {
                        Ok(visits) => visits.map_err(Stop::Failed),
                        Err(_) => Err(Stop::TimedOut),
                    },
                }
            }
        };
        match visits {
            Ok(true) => Ok(true),
            Ok(false) => {
                self.end = Some(Ok(()));
                let succeeded = EventKind::ExecutionSucceeded { output: &self.thread.data };
                shared.record_text(self.thread.previous, None, self.thread.echoes, succeeded);
                Ok(false)
            }
            Err(stop) => Err(self.stopped(stop)),
        }
    }

    #[cold]
    fn stopped(&mut self, stop: Stop) -> Failure {
        let state = self.current().map(|state| state.name);
        let previous = self.thread.previous;
        let shared = self.setting.shared(&self.own);
        let failure = match stop {
            Stop::Failed(error) => {
                shared.record(previous, None, EventKind::ExecutionFailed { error: &error });
                Failure { status: Status::Failed, error, state }
            }
            Stop::TimedOut => {
                shared.record(previous, None, EventKind::ExecutionTimedOut);
                Failure { status: Status::TimedOut, error: Error::timeout(), state }
            }
        };
        self.end = Some(Err(failure.clone()));
        failure
    }
}
