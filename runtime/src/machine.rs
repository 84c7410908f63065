//! The boundary between generated code and engines: a machine is asked what to do next, and told what came of it.
//!
//! Generated code is synchronous. It never waits, reads no clock and does no I/O; what it wants done it says as an
//! [`Effect`], and an engine performs it.

use serde_json::Value;

use crate::context::{Context, ExecutionType};
use crate::error::Error;
use crate::timestamp::Timestamp;

/// A state of a machine, by its place in [`MachineInfo::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u16);

/// A compiled state machine with the values of its variables: one per execution, branch and iteration. Generated code
/// implements it, engines drive it.
pub trait Machine: Send + Sync {
    /// The facts of the machine that do not change.
    fn info(&self) -> &'static MachineInfo;

    /// Enters a state with `data` as its input. A state that has `Retry` leaves `data` as it was, so that it can be
    /// entered again; every other may change it. Variables change only when the state is left.
    ///
    /// # Errors
    /// The error that ends the execution: of a Fail state, or because the data does not fit the definition. When an
    /// expression of a Task, Parallel or Map state failed, `data` is as it was, so that the state can be tried again.
    fn enter(&mut self, state: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error>;

    /// Leaves a state whose effect was performed. `data` is as [`enter`](Self::enter) left it and becomes the state's
    /// output.
    ///
    /// # Errors
    /// The data does not fit the definition. When an expression failed, `data` is as it was.
    fn leave(
        &mut self,
        state: StateId,
        data: &mut Value,
        result: Value,
        context: &Context<'_>,
    ) -> Result<Action, Error>;

    /// Leaves a state whose effect failed, by its catcher number `catcher`. `data` becomes the next state's input.
    ///
    /// # Errors
    /// The data does not fit the definition.
    fn catch(
        &mut self,
        state: StateId,
        catcher: usize,
        data: &mut Value,
        error_output: Value,
        context: &Context<'_>,
    ) -> Result<Action, Error>;

    /// The machine inside a state: the branch number `branch` of a Parallel state, or the item processor of a Map state.
    /// It sees the variables of this machine as they are now. None when there is no such machine.
    fn inner(&self, state: StateId, branch: usize) -> Option<Box<dyn Machine>> {
        let _ = (state, branch);
        None
    }

    /// What is done when a branch or an iteration of a Parallel or Map state of this machine fails, or an expression of a
    /// Task, Parallel or Map state.
    fn recovery(&self, state: StateId) -> &'static Recovery {
        let _ = state;
        &Recovery::NONE
    }

    /// Whether a state is a Task that has a token: then `$$.Task.Token` is there when it is entered and left.
    fn has_task_token(&self, state: StateId) -> bool {
        let _ = state;
        false
    }

    /// The value of a variable of this machine's own scope. None when it has none yet, or there is no such variable.
    fn variable(&self, name: &str) -> Option<&Value> {
        let _ = name;
        None
    }

    /// Gives a variable of this machine's own scope a value. Gives whether there is such a variable.
    fn set_variable(&mut self, name: &str, value: Value) -> bool {
        let _ = (name, value);
        false
    }

    /// The variables that were assigned since this was last asked.
    fn take_assigned(&mut self) -> &'static [&'static str] {
        &[]
    }
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
    /// `TimeoutSeconds` of the machine; a machine inside a state has none.
    pub timeout_seconds: Option<u32>,
    /// The variables of its own scope: all that its states assign, in the order of their names.
    pub variables: &'static [&'static str],
    /// Whether a state, also of a machine inside, reads `$$.State`: when not, the engine need not look at the clock for
    /// each state.
    pub reads_state_context: bool,
    /// Whether a state, also of a machine inside, reads `$$.Execution.Input`: when not, the engine need not keep a copy.
    pub reads_execution_input: bool,
    /// Whether an expression, also of a machine inside, asks what time it is: when not, the engine need not look at the
    /// clock for each state.
    pub reads_time: bool,
}

/// The facts of a state that do not change.
#[derive(Debug)]
pub struct StateInfo {
    /// Its name in the definition.
    pub name: &'static str,
    /// Its type.
    pub state_type: StateType,
    /// The language of its fields.
    pub query_language: QueryLanguage,
    /// Whether its output is always its input: then AWS hands on the very text of it.
    pub keeps_input: bool,
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

/// The language of a state's fields. Language spec, "QueryLanguage".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the language's own")]
pub enum QueryLanguage {
    JsonPath,
    Jsonata,
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
    /// Run the machines inside the state.
    Fork(Fork),
    /// Run an execution for each item of a distributed Map state.
    MapRun(Box<MapRun>),
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
    /// `Credentials`: an object with the member `RoleArn`.
    pub credentials: Option<Value>,
}

/// One attempt at a Parallel or Map state.
#[derive(Debug)]
pub struct Fork {
    /// The input of each branch or iteration. Its place is what [`Machine::inner`] is asked with for a branch; for an
    /// iteration that is 0.
    pub inputs: Vec<Value>,
    /// `MaxConcurrency` of a Map state; 0 and none leave it to the engine.
    pub max_concurrency: Option<u32>,
}

/// One attempt at a distributed Map state. AWS developer guide, "Using Map state in Distributed mode".
#[derive(Debug)]
pub struct MapRun {
    /// The input of each execution.
    pub inputs: Vec<Value>,
    /// `MaxConcurrency`; 0 and none leave it to the engine.
    pub max_concurrency: Option<u32>,
    /// `Label`, or what stands for it: a part of the names of the Map Run and of its executions.
    pub label: &'static str,
    /// `ExecutionType`
    pub execution_type: ExecutionType,
    /// How many executions may fail; the error when the data does not say it, with which the state fails after it has begun.
    pub tolerance: Result<Tolerance, Error>,
}

/// How many executions of a Map Run may fail. It fails when more do than one of the two allows, and at the first that
/// fails when there is neither.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// `ToleratedFailureCount`
    pub count: Option<u32>,
    /// `ToleratedFailurePercentage`
    pub percentage: Option<f64>,
}

impl Tolerance {
    /// Whether `failed` of `total` are too many.
    #[allow(clippy::cast_precision_loss, reason = "there are never so many")]
    pub(crate) fn is_exceeded(&self, failed: usize, total: usize) -> bool {
        let (count, percentage) = match (self.count, self.percentage) {
            (None, None) => (Some(0), None),
            given => given,
        };
        let share = failed as f64 * 100.0 / total.max(1) as f64;
        count.is_some_and(|count| u32::try_from(failed).map_or(true, |failed| failed > count))
            || percentage.is_some_and(|percentage| share > percentage)
    }
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
    /// What is done when it fails.
    pub recovery: Recovery,
}

/// What is done when a state fails.
#[derive(Debug)]
pub struct Recovery {
    /// `Retry`, in order.
    pub retry: &'static [Retrier],
    /// The `ErrorEquals` of each of `Catch`, in order.
    pub catch: &'static [&'static [&'static str]],
}

impl Recovery {
    /// Neither `Retry` nor `Catch`.
    pub const NONE: Self = Self { retry: &[], catch: &[] };
}

/// A Task's resource, taken apart.
///
/// | ARN | `service` | `action` | `pattern` |
/// | --- | --- | --- | --- |
/// | `arn:aws:states:::dynamodb:putItem` | `dynamodb` | `putItem` | |
/// | `arn:aws:states:::sqs:sendMessage.waitForTaskToken` | `sqs` | `sendMessage` | `waitForTaskToken` |
/// | `arn:aws:states:::aws-sdk:s3:getObject` | `aws-sdk:s3` | `getObject` | |
/// | `arn:aws:states:::http:invoke` | `http` | `invoke` | |
/// | `arn:aws:lambda:us-east-1:123456789012:function:charge:live` | | `charge:live` | |
/// | `arn:aws:states:us-east-1:123456789012:activity:review` | `activity` | `review` | |
///
/// A Lambda function's ARN has an empty `service`, as AWS's history has other events for it than for services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The ARN as written.
    pub arn: &'static str,
    /// The service, as AWS's history has it in `resourceType`.
    pub service: &'static str,
    /// The action, without the pattern; of a function or an activity its name.
    pub action: &'static str,
    /// The integration pattern: empty for request-response, else `sync`, `sync:2` or `waitForTaskToken`.
    pub pattern: &'static str,
}

impl Resource {
    /// The name of the service that performs it, for [`Services::service`](crate::Services::service): `dynamodb`, `sqs`,
    /// `sns` or `lambda`, the last also for a function's ARN. Every other resource, and every one with a pattern, is
    /// performed by `tasks`.
    pub fn service_name(&self) -> &'static str {
        match (self.service, self.pattern) {
            ("", _) => "lambda",
            ("dynamodb" | "lambda" | "sns" | "sqs", "") => self.service,
            _ => "tasks",
        }
    }
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
