//! The in-memory engine, on tokio.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use crate::error::Error;
use crate::machine::{Machine, StateId};
use crate::observer::Observer;
use crate::services::{BoxFuture, Services};

/// A machine whose states have a type: the generated `State` enum.
pub trait TypedMachine: Machine {
    /// The generated `State` enum.
    type State: Copy;

    /// The typed state of an id that this machine gave.
    fn state(id: StateId) -> Option<Self::State>;
}

/// An execution that is about to run. Await it, or go [step by step](Self::into_execution).
pub struct Run<'a, M> {
    machine: &'a M,
    services: Box<dyn Services + 'a>,
    input: Value,
    name: Option<Cow<'a, str>>,
    observer: Option<&'a dyn Observer>,
}

/// How an execution ended when it did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `FAILED` or `TIMED_OUT`.
    pub status: Status,
    /// Error and cause, as DescribeExecution gives them.
    pub error: Error,
    /// The state it ended in.
    pub state: Option<&'static str>,
}

/// The status of an execution. AWS: ExecutionStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `RUNNING`
    Running,
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `TIMED_OUT`
    TimedOut,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl<'a, M: Machine> Run<'a, M> {
    /// An execution of `machine` with `input`.
    pub fn new(machine: &'a M, services: impl Services + 'a, input: Value) -> Self {
        Self { machine, services: Box::new(services), input, name: None, observer: None }
    }

    /// The execution's name; by default a UUID, as on AWS.
    #[must_use]
    pub fn name(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Who is told what happens.
    #[must_use]
    pub fn observer(mut self, observer: &'a dyn Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// The execution, before its first state.
    pub fn into_execution(self) -> Execution<'a, M> {
        let _ = (self.machine, self.services, self.input, self.name, self.observer);
        Execution { machine: PhantomData }
    }
}

impl<'a, M: Machine> IntoFuture for Run<'a, M> {
    type Output = Result<Value, Failure>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { Ok(Value::Null) })
    }
}

/// One execution, between two of its steps.
pub struct Execution<'a, M> {
    machine: PhantomData<&'a M>,
}
