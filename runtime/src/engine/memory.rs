//! The in-memory engine, on tokio.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde_json::{Map, Value};

use crate::context::{ExecutionInfo, ExecutionType};
use crate::engine::checkpoint::{Checkpoint, CheckpointError};
use crate::engine::execution::{Begin, Core, Resumed, Setting};
use crate::engine::failure::{Failure, Status};
use crate::engine::identity::Identity;
use crate::machine::{Machine, StateId};
use crate::observer::Observer;
use crate::services::size::LIMIT;
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
    setting: Setting<'a>,
    identity: Identity<'a>,
    begin: Begin<'a>,
    machine: PhantomData<M>,
}

impl<'a, M: Machine + 'a> Run<'a, M> {
    /// An execution of `machine` with `input`.
    pub fn new(machine: M, services: impl Services + 'a, input: Value) -> Self {
        Self::begin(services, Begin::Start { machine: Box::new(machine), input, text: None })
    }

    /// An execution of `machine` with the JSON text `input`, as StartExecution takes it.
    ///
    /// AWS hands on the text as it came until a state makes another value of it, white space and all. So do
    /// [`Event::text`](crate::Event::text) and [`Execution::output_text`].
    ///
    /// # Errors
    /// `input` is no JSON text.
    pub fn with_input_text(
        machine: M,
        services: impl Services + 'a,
        input: impl Into<Box<str>>,
    ) -> Result<Self, serde_json::Error> {
        let text = input.into();
        let input = serde_json::from_str(&text)?;
        Ok(Self::begin(services, Begin::Start { machine: Box::new(machine), input, text: Some(text) }))
    }

    /// An execution that goes on where `checkpoint` was taken. It keeps its name and its ARNs.
    ///
    /// A Task that was being performed is performed again; a Wait or a delay before a retry goes on to its own end, and
    /// so does the machine's `TimeoutSeconds`. Of a Parallel or Map state, each branch or iteration goes on where it was.
    ///
    /// # Errors
    /// `machine` has no state of the checkpoint's name, or one of another type, or lacks something else of what the
    /// checkpoint is of.
    pub fn resume(machine: M, services: impl Services + 'a, checkpoint: Checkpoint) -> Result<Self, CheckpointError> {
        let resumed = Resumed::new(Box::new(machine), checkpoint)?;
        Ok(Self::begin(services, Begin::Resume(Box::new(resumed))))
    }

    fn begin(services: impl Services + 'a, begin: Begin<'a>) -> Self {
        let setting = Setting { services: Box::new(services), observer: None, payload_limit: LIMIT };
        Self { setting, identity: Identity::default(), begin, machine: PhantomData }
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
        self.setting.observer = Some(observer);
        self
    }

    /// How many bytes the JSON text of a Task's result or a state's output may take, before the execution fails with
    /// `States.DataLimitExceeded`; by default 256 KiB, as on AWS. AWS developer guide, "Quotas related to state machine
    /// executions".
    #[must_use]
    pub fn payload_limit(mut self, bytes: usize) -> Self {
        self.setting.payload_limit = bytes;
        self
    }

    /// The execution, before its first state. Its time starts now.
    pub fn into_execution(self) -> Execution<'a, M> {
        let core = Core::new(self.setting, self.begin, self.identity);
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

    /// Its output as text, once it has succeeded: the text of the input when no state has made another value of it
    /// (see [`Run::with_input_text`]), else compact JSON.
    pub fn output_text(&self) -> Option<Cow<'_, str>> {
        let output = self.output()?;
        Some(self.core.text().map_or_else(|| Cow::Owned(output.to_string()), Cow::Borrowed))
    }

    /// Its variables: an object of those that have a value, without those of branches and iterations.
    pub fn variables(&self) -> Value {
        let machine = self.core.machine();
        let variable = |name: &&str| machine.variable(name).map(|value| ((*name).to_owned(), value.clone()));
        Value::Object(machine.info().variables.iter().filter_map(variable).collect::<Map<_, _>>())
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
        while self.core.advance(None).await? {}
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
        self.core.advance(Some(1)).await?;
        Ok(self.state())
    }
}
