//! The boundary between generated code and engines: a machine is asked what to do next, and told what came of it.
//!
//! Generated code is synchronous. It never waits, reads no clock and does no I/O; what it wants done it says as an
//! [`Effect`], and an engine performs it.

use serde_json::Value;

use crate::context::Context;
use crate::error::Error;
use crate::timestamp::Timestamp;

/// A state of a machine, by its place in [`MachineInfo::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u16);

/// A compiled state machine. Generated code implements it, engines drive it.
pub trait Machine: Send + Sync {
    /// The facts of the machine that do not change.
    fn info(&self) -> &'static MachineInfo;

    /// Enters a state with `data` as its input. A Task leaves `data` as it was, so that it can be entered again for a
    /// retry; every other state may change it.
    ///
    /// # Errors
    /// The error that ends the execution: of a Fail state, or because the data does not fit the definition.
    fn enter(&self, state: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error>;

    /// Leaves a state whose effect was performed. `data` is as [`enter`](Self::enter) left it and becomes the state's
    /// output.
    ///
    /// # Errors
    /// The data does not fit the definition.
    fn leave(&self, state: StateId, data: &mut Value, result: Value, context: &Context<'_>) -> Result<Action, Error>;

    /// Leaves a state whose effect failed, by its catcher number `catcher`. `data` becomes the next state's input.
    ///
    /// # Errors
    /// The data does not fit the definition.
    fn catch(
        &self,
        state: StateId,
        catcher: usize,
        data: &mut Value,
        error_output: Value,
        context: &Context<'_>,
    ) -> Result<Action, Error>;
}

/// The facts of a machine that do not change.
#[derive(Debug)]
pub struct MachineInfo {
    /// Its name: the generated module's.
    pub name: &'static str,
    /// Where it starts.
    pub start: StateId,
    /// Its states in the order of the definition.
    pub states: &'static [StateInfo],
    /// `TimeoutSeconds` of the machine.
    pub timeout_seconds: Option<u32>,
    /// Whether a state reads `$$.State`: when not, the engine need not look at the clock for each state.
    pub reads_state_context: bool,
    /// Whether a state reads `$$.Execution.Input`: when not, the engine need not keep a copy.
    pub reads_execution_input: bool,
}

/// The facts of a state that do not change.
#[derive(Debug)]
pub struct StateInfo {
    /// Its name in the definition.
    pub name: &'static str,
    /// Its type.
    pub state_type: StateType,
}

/// The types of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the language's own")]
pub enum StateType {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

/// What a machine wants next.
#[derive(Debug)]
pub enum Action {
    /// Go on with this state.
    Next(StateId),
    /// The execution has succeeded; the data is its output.
    End,
    /// Have this done, and come back with [`Machine::leave`] or [`Machine::catch`].
    Perform(Effect),
}

/// Something that only an engine can do.
#[derive(Debug)]
pub enum Effect {
    /// Perform a Task.
    Call(Call),
    /// Wait.
    Wait(Wait),
}

/// One attempt at a Task.
#[derive(Debug)]
pub struct Call {
    /// The Task.
    pub task: &'static Task,
    /// What the service is asked: the effective input, after `Parameters`.
    pub parameters: Value,
    /// Seconds after which the attempt fails with `States.Timeout`.
    pub timeout_seconds: Option<u32>,
    /// Seconds without a heartbeat after which the attempt fails with `States.Timeout`. It applies to calls that can
    /// send one; a call that ends with its answer cannot, so that only `timeout_seconds` bounds it, as on AWS.
    pub heartbeat_seconds: Option<u32>,
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// So many seconds from now.
    Seconds(u64),
    /// Until this instant; at once when it has passed.
    Until(Timestamp),
}

/// The facts of a Task that do not change.
#[derive(Debug)]
pub struct Task {
    /// The state's name.
    pub state: &'static str,
    /// What it calls.
    pub resource: Resource,
    /// `Retry`, in order.
    pub retry: &'static [Retrier],
    /// The `ErrorEquals` of each of `Catch`, in order.
    pub catch: &'static [&'static [&'static str]],
}

/// A Task's resource, taken apart: `arn:aws:states:::dynamodb:putItem`.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// The ARN as written.
    pub arn: &'static str,
    /// `dynamodb`
    pub service: &'static str,
    /// `putItem`
    pub action: &'static str,
}

/// An element of `Retry`. Language spec, "Retrying after error".
#[derive(Debug)]
pub struct Retrier {
    /// `ErrorEquals`
    pub error_equals: &'static [&'static str],
    /// `IntervalSeconds`: seconds before the first retry.
    pub interval_seconds: u32,
    /// `MaxAttempts`: retries, the first attempt not counted.
    pub max_attempts: u32,
    /// `BackoffRate`: each delay is the one before times this.
    pub backoff_rate: f64,
    /// `MaxDelaySeconds`: no delay is longer.
    pub max_delay_seconds: Option<u32>,
    /// `JitterStrategy` is `FULL`: a delay is anything from zero to what it would have been.
    pub full_jitter: bool,
}
