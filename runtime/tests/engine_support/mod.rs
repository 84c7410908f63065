//! A machine of function pointers, a service that answers by script, and an observer that writes things down.

#![allow(dead_code, unreachable_pub, reason = "not every test file uses everything")]
#![allow(clippy::unwrap_used)]

pub mod plan;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use asl_runtime::engine::TypedMachine;
use asl_runtime::{
    Action, BoxFuture, Call, Context, Effect, Error, Event, EventKind, Machine, MachineInfo, Observer, QueryLanguage,
    Recovery, Request, Resource, Retrier, Service, Services, StateId, StateInfo, StateType, Task, Value,
};
use tokio::time::Instant;

pub const NEXT: Action = Action::Next(StateId(1));

/// A machine of function pointers.
#[derive(Clone, Copy)]
pub struct Scripted {
    pub info: &'static MachineInfo,
    pub enter: fn(StateId, &mut Value, &Context<'_>) -> Result<Action, Error>,
    pub leave: fn(StateId, &mut Value, Value) -> Result<Action, Error>,
    pub catch: fn(StateId, usize, &mut Value, Value) -> Result<Action, Error>,
}

impl Scripted {
    /// A machine that ends after its first effect, with its result as output.
    pub const fn new(
        info: &'static MachineInfo,
        enter: fn(StateId, &mut Value, &Context<'_>) -> Result<Action, Error>,
    ) -> Self {
        Self {
            info,
            enter,
            leave: |_, data, result| {
                *data = result;
                Ok(Action::End)
            },
            catch: |_, catcher, data, error_output| {
                *data = Value::from(vec![Value::from(catcher), error_output]);
                Ok(Action::End)
            },
        }
    }
}

impl Machine for Scripted {
    fn info(&self) -> &'static MachineInfo {
        self.info
    }

    fn enter(&mut self, state: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        (self.enter)(state, data, context)
    }

    fn leave(&mut self, state: StateId, data: &mut Value, result: Value, _: &Context<'_>) -> Result<Action, Error> {
        (self.leave)(state, data, result)
    }

    fn catch(
        &mut self,
        state: StateId,
        catcher: usize,
        data: &mut Value,
        error_output: Value,
        _: &Context<'_>,
    ) -> Result<Action, Error> {
        (self.catch)(state, catcher, data, error_output)
    }
}

impl TypedMachine for Scripted {
    type State = u16;

    fn state(id: StateId) -> Option<u16> {
        Some(id.0)
    }
}

pub const fn machine(states: &'static [StateInfo]) -> MachineInfo {
    MachineInfo {
        name: "scripted",
        start: StateId(0),
        states,
        timeout_seconds: None,
        variables: &[],
        reads_state_context: false,
        reads_execution_input: false,
        reads_time: false,
    }
}

pub const fn state(name: &'static str, state_type: StateType) -> StateInfo {
    StateInfo { name, state_type, query_language: QueryLanguage::JsonPath, keeps_input: false }
}

pub const fn task(retry: &'static [Retrier], catch: &'static [&'static [&'static str]]) -> Task {
    let resource =
        Resource { arn: "arn:aws:states:::sqs:sendMessage", service: "sqs", action: "sendMessage", pattern: "" };
    Task { state: "Work", resource, recovery: Recovery { retry, catch } }
}

pub const fn retrier(error_equals: &'static [&'static str], interval_seconds: u32, max_attempts: u32) -> Retrier {
    Retrier {
        error_equals,
        interval_seconds,
        max_attempts,
        backoff_rate: 2.0,
        max_delay_seconds: None,
        full_jitter: false,
    }
}

pub fn call(task: &'static Task, parameters: Value, timeout_seconds: Option<u32>) -> Result<Action, Error> {
    Ok(Action::Perform(Effect::Call(Call {
        task,
        parameters,
        timeout_seconds,
        heartbeat_seconds: Some(1),
        credentials: None,
    })))
}

/// What a scripted service does with one call.
#[derive(Clone)]
pub enum Answer {
    Output(Value),
    Error(&'static str),
    /// Fails as the interpreter does.
    Runtime(&'static str),
    /// After so many seconds, this output.
    Later(u64, Value),
    Never,
}

/// Answers by script, and by an error of its own when that has run out.
#[derive(Default)]
pub struct Script {
    answers: Mutex<VecDeque<Answer>>,
    /// When each call came, with its action and parameters.
    pub calls: Mutex<Vec<(Instant, String, Value)>>,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: Mutex::new(answers.into_iter().collect()), calls: Mutex::default() }
    }

    pub fn count(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    /// Seconds from the first call to each of the others.
    pub fn delays(&self) -> Vec<f64> {
        let calls = self.calls.lock().unwrap();
        let Some((first, ..)) = calls.first() else { return Vec::new() };
        calls.iter().skip(1).map(|(at, ..)| (*at - *first).as_millis() as f64 / 1000.0).collect()
    }
}

impl Service for Script {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move {
            let call = (Instant::now(), request.action.to_owned(), request.parameters);
            self.calls.lock().unwrap().push(call);
            let answer = self.answers.lock().unwrap().pop_front();
            match answer {
                None => Err(Error::new("Script.End", "no more answers")),
                Some(Answer::Output(output)) => Ok(output),
                Some(Answer::Error(name)) => Err(Error::new(name, format!("cause of {name}"))),
                Some(Answer::Runtime(cause)) => Err(Error::runtime(cause)),
                Some(Answer::Later(seconds, output)) => {
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                    Ok(output)
                }
                Some(Answer::Never) => std::future::pending().await,
            }
        })
    }
}

impl Services for &Script {
    fn service(&self, name: &str) -> Option<&dyn Service> {
        (name == "sqs").then_some(*self)
    }
}

/// Writes each event down as one line, with its number and that of the event before: `3<2 Work TaskStarted`.
#[derive(Default)]
pub struct Notes(pub Mutex<Vec<String>>);

impl Notes {
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Notes {
    fn event(&self, event: &Event<'_>) {
        let what = match &event.kind {
            EventKind::ExecutionStarted { input, .. } => format!("ExecutionStarted {input}"),
            EventKind::StateEntered { input } => format!("StateEntered {input}"),
            EventKind::TaskScheduled { call, attempt } => format!("TaskScheduled {} {attempt}", call.parameters),
            EventKind::TaskStarted { .. } => "TaskStarted".to_owned(),
            EventKind::TaskSubmitted { .. } => "TaskSubmitted".to_owned(),
            EventKind::TaskSucceeded { output, .. } => format!("TaskSucceeded {output}"),
            EventKind::TaskFailed { error, .. } => format!("TaskFailed {error}"),
            EventKind::TaskTimedOut { error, .. } => format!("TaskTimedOut {error}"),
            EventKind::EvaluationFailed { error, location } => {
                format!("Failed {} {error}", location.unwrap_or("-"))
            }
            EventKind::RetryScheduled { delay, retry } => format!("RetryScheduled {delay:?} {retry}"),
            EventKind::WaitStarted { wait } => format!("WaitStarted {wait:?}"),
            EventKind::MapStateStarted { length } => format!("MapStateStarted {length}"),
            EventKind::MapIterationStarted { index } => format!("MapIterationStarted {index}"),
            EventKind::MapIterationSucceeded { index } => format!("MapIterationSucceeded {index}"),
            EventKind::MapIterationFailed { index } => format!("MapIterationFailed {index}"),
            EventKind::MapIterationAborted { index } => format!("MapIterationAborted {index}"),
            EventKind::MapRunStarted { arn } => format!("MapRunStarted {arn}"),
            EventKind::MapRunFailed { error } => format!("MapRunFailed {error}"),
            EventKind::StateExited { output, assigned: [] } => format!("StateExited {output}"),
            EventKind::StateExited { output, assigned } => {
                let assigned: Vec<_> = assigned.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("StateExited {output} {}", assigned.join(" "))
            }
            EventKind::ExecutionSucceeded { output } => format!("ExecutionSucceeded {output}"),
            EventKind::ExecutionFailed { error } => format!("ExecutionFailed {error}"),
            other => format!("{other:?}"),
        };
        let state = event.state.map_or("-", |state| state.name);
        let text = event.text.map(|text| format!(" from {text:?}")).unwrap_or_default();
        self.0.lock().unwrap().push(format!("{}<{} {state} {what}{text}", event.id, event.previous));
    }
}
