//! The in-memory engine, on tokio.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde_json::Value;

use crate::context::{ExecutionInfo, ExecutionType};
use crate::engine::checkpoint::{Checkpoint, CheckpointError};
use crate::engine::core::{Core, Setting};
use crate::engine::failure::{Failure, Status};
use crate::engine::identity::Identity;
use crate::machine::{Machine, StateId};
use crate::observer::Observer;
use crate::services::{BoxFuture, Services};

/// After so many states in a row, other tasks of the runtime get their turn.
const STATES_PER_TURN: u32 = 1024;

/// A machine whose states have a type: the generated `State` enum.
pub trait TypedMachine: Machine {
    /// The generated `State` enum.
    type State: Copy;

    /// The typed state of an id that this machine gave.
    fn state(id: StateId) -> Option<Self::State>;
}

/// An execution that is about to run. Await it, or go [step by step](Self::into_execution).
pub struct Run<'a, M> {
    machine: M,
    services: Box<dyn Services + 'a>,
    observer: Option<&'a dyn Observer>,
    identity: Identity<'a>,
    begin: Begin,
}

enum Begin {
    Input(Value),
    Checkpoint(Box<Checkpoint>, StateId),
}

impl<'a, M: Machine + 'a> Run<'a, M> {
    /// An execution of `machine` with `input`.
    pub fn new(machine: M, services: impl Services + 'a, input: Value) -> Self {
        Self::begin(machine, services, Begin::Input(input))
    }

    /// An execution that goes on where `checkpoint` was taken. It keeps its name and its ARNs.
    ///
    /// A Task that was being performed is performed again; a Wait or a delay before a retry goes on to its own end, and
    /// so does the machine's `TimeoutSeconds`.
    ///
    /// # Errors
    /// `machine` has no state of the checkpoint's name, or one of another type.
    pub fn resume(machine: M, services: impl Services + 'a, checkpoint: Checkpoint) -> Result<Self, CheckpointError> {
        let state = checkpoint.place(machine.info())?;
        Ok(Self::begin(machine, services, Begin::Checkpoint(Box::new(checkpoint), state)))
    }

    fn begin(machine: M, services: impl Services + 'a, begin: Begin) -> Self {
        Self { machine, services: Box::new(services), observer: None, identity: Identity::default(), begin }
    }

    /// The execution's name; by default a UUID, as on AWS.
    #[must_use]
    pub fn name(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.identity.name = Some(name.into());
        self
    }

    /// The region in the execution's ARNs; by default `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<Cow<'a, str>>) -> Self {
        self.identity.region = region.into();
        self
    }

    /// The account in the execution's ARNs; by default `123456789012`.
    #[must_use]
    pub fn account(mut self, account: impl Into<Cow<'a, str>>) -> Self {
        self.identity.account = account.into();
        self
    }

    /// `$$.Execution.RoleArn`; by default a role with the machine's name.
    #[must_use]
    pub fn role_arn(mut self, role_arn: impl Into<Cow<'a, str>>) -> Self {
        self.identity.role_arn = Some(role_arn.into());
        self
    }

    /// As what it is run, which the context object shows: by default a standard workflow.
    #[must_use]
    pub fn execution_type(mut self, execution_type: ExecutionType) -> Self {
        self.identity.execution_type = execution_type;
        self
    }

    /// Who is told what happens.
    #[must_use]
    pub fn observer(mut self, observer: &'a dyn Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// The execution, before its first state. Its time starts now.
    pub fn into_execution(self) -> Execution<'a, M> {
        let setting = Setting { machine: Box::new(self.machine), services: self.services, observer: self.observer };
        let core = match self.begin {
            Begin::Input(input) => Core::start(setting, input, self.identity),
            Begin::Checkpoint(checkpoint, state) => Core::resume(setting, *checkpoint, state),
        };
        Execution { core, machine: PhantomData }
    }
}

impl<'a, M: Machine + 'a> IntoFuture for Run<'a, M> {
    type Output = Result<Value, Failure>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            // In its place in this future, where `finish` would move it once more.
            let mut execution = self.into_execution();
            execution.run().await
        })
    }
}

/// One execution, between two of its steps.
pub struct Execution<'a, M> {
    core: Core<'a>,
    machine: PhantomData<&'a M>,
}

impl<M: Machine> Execution<'_, M> {
    /// Its data: the input of the next state, and in the end the output.
    pub fn data(&self) -> &Value {
        self.core.data()
    }

    /// Its output, once it has succeeded.
    pub fn output(&self) -> Option<&Value> {
        match self.core.status() {
            Status::Succeeded => Some(self.core.data()),
            _ => None,
        }
    }

    /// Its status.
    pub fn status(&self) -> Status {
        self.core.status()
    }

    /// What is known of it beside its data.
    pub fn info(&self) -> &ExecutionInfo {
        self.core.execution()
    }

    /// What it takes to go on later with [`Run::resume`]; none when it has ended.
    ///
    /// Between two steps the checkpoint is before a state. After the future of a step was dropped it is in the middle
    /// of one, with the retries so far.
    pub fn checkpoint(&self) -> Option<Checkpoint> {
        self.core.checkpoint()
    }

    /// Goes on to the end.
    ///
    /// # Errors
    /// How it ended when it did not succeed.
    pub async fn finish(mut self) -> Result<Value, Failure> {
        self.run().await
    }

    /// Goes on to the end and takes the output out.
    async fn run(&mut self) -> Result<Value, Failure> {
        while self.core.advance(STATES_PER_TURN).await? {
            tokio::task::yield_now().await;
        }
        Ok(self.core.take_data())
    }
}

impl<M: TypedMachine> Execution<'_, M> {
    /// The state that it is in or enters next; none when it has ended.
    pub fn state(&self) -> Option<M::State> {
        self.core.state().and_then(M::state)
    }

    /// Visits one state, with its retries and its waiting. Gives the state after it, or none when it was the last.
    ///
    /// The future can be dropped before it is done; the next step then goes on with the same visit.
    ///
    /// # Errors
    /// How the execution ended when it did not succeed. Every later step gives the same.
    pub async fn step(&mut self) -> Result<Option<M::State>, Failure> {
        self.core.advance(1).await?;
        Ok(self.state())
    }
}
