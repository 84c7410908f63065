//! What happens in an execution, as it happens. Without an observer none of this costs anything.

use std::time::Duration;

use serde_json::Value;

use crate::error::Error;
use crate::machine::{StateInfo, Task, Wait};
use crate::timestamp::Timestamp;

/// Is told what happens in an execution.
pub trait Observer: Send + Sync {
    /// Something has happened.
    fn event(&self, event: &Event<'_>);
}

/// Something that happened in an execution.
#[derive(Debug)]
pub struct Event<'a> {
    /// Its number in AWS's history, from 1. AWS has two events, TaskScheduled and TaskStarted, where there is one here,
    /// which has the second number; what AWS does not record (RetryScheduled, WaitStarted) has the number of the event
    /// before.
    pub id: u64,
    /// When.
    pub time: Timestamp,
    /// In which state; none for the events of the execution itself.
    pub state: Option<&'static StateInfo>,
    /// What.
    pub kind: EventKind<'a>,
}

/// What happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// The execution begins.
    ExecutionStarted {
        /// Its input.
        input: &'a Value,
    },
    /// A state is entered.
    StateEntered {
        /// Its input.
        input: &'a Value,
    },
    /// An attempt at a Task begins.
    TaskStarted {
        /// The Task.
        task: &'static Task,
        /// What the service is asked.
        parameters: &'a Value,
        /// 0 for the first attempt.
        attempt: u32,
    },
    /// An attempt at a Task succeeded.
    TaskSucceeded {
        /// The service's answer.
        output: &'a Value,
    },
    /// An attempt at a Task failed; `States.Timeout` when its time was up.
    TaskFailed {
        /// How.
        error: &'a Error,
    },
    /// The Task will be tried again.
    RetryScheduled {
        /// After this time.
        delay: Duration,
        /// Number of the retry, from 1.
        retry: u32,
    },
    /// A Wait state waits.
    WaitStarted {
        /// For how long.
        wait: Wait,
    },
    /// A state is left.
    StateExited {
        /// Its output.
        output: &'a Value,
    },
    /// The execution succeeded.
    ExecutionSucceeded {
        /// Its output.
        output: &'a Value,
    },
    /// The execution failed.
    ExecutionFailed {
        /// How.
        error: &'a Error,
    },
    /// The machine's `TimeoutSeconds` were up.
    ExecutionTimedOut,
}
