//! What happens in an execution, as it happens. Without an observer none of this costs anything.

use std::time::Duration;

use serde_json::Value;

use crate::context::ExecutionSource;
use crate::error::Error;
use crate::machine::{Call, StateInfo, Task, Wait};
use crate::timestamp::Timestamp;

/// Is told what happens in an execution.
pub trait Observer: Send + Sync {
    /// Something has happened.
    fn event(&self, event: &Event<'_>);
}

/// Something that happened in an execution.
#[derive(Debug)]
pub struct Event<'a> {
    /// Its number in AWS's history, from 1. What AWS does not record (RetryScheduled, WaitStarted) has the number of the
    /// event before.
    pub id: u64,
    /// The number of the event that led to it: `previousEventId`. 0 for the execution's start and its first state.
    pub previous: u64,
    /// When.
    pub time: Timestamp,
    /// In which state; none for the events of the execution itself.
    pub state: Option<&'static StateInfo>,
    /// The text of the input or output as it came, while no state has made another value of it.
    pub text: Option<&'a str>,
    /// What.
    pub kind: EventKind<'a>,
}

/// What happened. AWS API reference, "HistoryEvent".
#[derive(Debug)]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// The execution begins.
    ExecutionStarted {
        /// Its input.
        input: &'a Value,
        /// What is known of it beside its data.
        execution: &'a dyn ExecutionSource,
    },
    /// A state is entered.
    StateEntered {
        /// Its input.
        input: &'a Value,
    },
    /// An attempt at a Task is about to be made.
    TaskScheduled {
        /// The attempt.
        call: &'a Call,
        /// 0 for the first attempt.
        attempt: u32,
    },
    /// An attempt at a Task begins.
    TaskStarted {
        /// The Task.
        task: &'static Task,
    },
    /// A Task with a pattern was handed over, and its end is waited for.
    TaskSubmitted {
        /// The Task.
        task: &'static Task,
    },
    /// An attempt at a Task succeeded.
    TaskSucceeded {
        /// The Task.
        task: &'static Task,
        /// The service's answer.
        output: &'a Value,
    },
    /// An attempt at a Task failed.
    TaskFailed {
        /// The Task.
        task: &'static Task,
        /// How.
        error: &'a Error,
    },
    /// An attempt at a Task took longer than `TimeoutSeconds`.
    TaskTimedOut {
        /// The Task.
        task: &'static Task,
        /// `States.Timeout`.
        error: &'a Error,
    },
    /// An expression of the state failed.
    EvaluationFailed {
        /// `States.QueryEvaluationError`.
        error: &'a Error,
        /// The field, as AWS names it: `Output/result`; none where AWS says none.
        location: Option<&'static str>,
    },
    /// The state will be tried again.
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
    /// The branches of a Parallel state begin.
    ParallelStateStarted,
    /// All branches succeeded.
    ParallelStateSucceeded,
    /// A branch failed, and no retry is left.
    ParallelStateFailed,
    /// The iterations of a Map state begin.
    MapStateStarted {
        /// How many.
        length: usize,
    },
    /// All iterations succeeded.
    MapStateSucceeded,
    /// An iteration failed, and no retry is left.
    MapStateFailed,
    /// An iteration begins.
    MapIterationStarted {
        /// Its number, from 0.
        index: usize,
    },
    /// An iteration succeeded.
    MapIterationSucceeded {
        /// Its number, from 0.
        index: usize,
    },
    /// An iteration failed.
    MapIterationFailed {
        /// Its number, from 0.
        index: usize,
    },
    /// An iteration was stopped because another failed.
    MapIterationAborted {
        /// Its number, from 0.
        index: usize,
    },
    /// The executions of a distributed Map state begin. What happens in them is not told.
    MapRunStarted {
        /// The ARN of the Map Run.
        arn: &'a str,
    },
    /// So many of its executions succeeded that it has.
    MapRunSucceeded,
    /// More of its executions failed than may.
    MapRunFailed {
        /// `States.ExceedToleratedFailureThreshold`
        error: &'a Error,
    },
    /// It was stopped because another branch or iteration failed.
    MapRunAborted,
    /// A state was stopped because another branch or iteration failed.
    StateAborted,
    /// A state is left.
    StateExited {
        /// Its output.
        output: &'a Value,
        /// The variables it assigned, with their values.
        assigned: &'a [(&'static str, &'a Value)],
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
