//! The context object, `$$`. asl-reference 2.5.

use std::fmt;

use serde_json::Value;

use crate::timestamp::Timestamp;
use crate::value::build::object;

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

/// Where a context gets what is known of its execution. An engine can put off making it until it is asked for: most
/// machines never do.
pub trait ExecutionSource: fmt::Debug + Sync {
    /// What is known of the execution.
    fn info(&self) -> &ExecutionInfo;
}

impl ExecutionSource for ExecutionInfo {
    fn info(&self) -> &ExecutionInfo {
        self
    }
}

/// The context object as one state sees it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// `$$.Execution` and `$$.StateMachine`
    pub execution: &'a dyn ExecutionSource,
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
        let execution = self.execution.info();
        let mut state = object([
            ("Name", Value::from(self.state_name)),
            ("EnteredTime", Value::from(self.entered_time.to_string())),
        ]);
        if let (Some(count), Value::Object(members)) = (self.retry_count, &mut state) {
            members.insert("RetryCount".to_owned(), Value::from(count));
        }
        object([
            (
                "Execution",
                object([
                    ("Id", Value::from(execution.id.as_str())),
                    ("Input", execution.input.clone().unwrap_or_default()),
                    ("StartTime", Value::from(execution.start_time.to_string())),
                    ("Name", Value::from(execution.name.as_str())),
                    ("RoleArn", Value::from(execution.role_arn.as_str())),
                    // Counts redrives, and none has happened.
                    ("RedriveCount", Value::from(0)),
                ]),
            ),
            (
                "StateMachine",
                object([
                    ("Id", Value::from(execution.state_machine_id.as_str())),
                    ("Name", Value::from(execution.state_machine_name.as_str())),
                ]),
            ),
            ("State", state),
        ])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_members_are_in_aws_order() {
        let execution = ExecutionInfo {
            id: "arn:e".to_owned(),
            name: "e".to_owned(),
            input: Some(json!([1])),
            start_time: Timestamp { seconds: 0, nanoseconds: 0 },
            role_arn: "arn:r".to_owned(),
            state_machine_id: "arn:m".to_owned(),
            state_machine_name: "m".to_owned(),
        };
        let entered_time = Timestamp { seconds: 1, nanoseconds: 1_000_000 };
        let context = Context { execution: &execution, state_name: "S", entered_time, retry_count: Some(2) };
        let expected = json!({
            "Execution": {
                "Id": "arn:e",
                "Input": [1],
                "StartTime": "1970-01-01T00:00:00Z",
                "Name": "e",
                "RoleArn": "arn:r",
                "RedriveCount": 0,
            },
            "StateMachine": {"Id": "arn:m", "Name": "m"},
            "State": {"Name": "S", "EnteredTime": "1970-01-01T00:00:01.001Z", "RetryCount": 2},
        });
        assert_eq!(context.to_value().to_string(), expected.to_string());
        let without = Context { retry_count: None, ..context }.to_value();
        assert_eq!(
            without.pointer("/State").map(Value::to_string).as_deref(),
            Some(r#"{"Name":"S","EnteredTime":"1970-01-01T00:00:01.001Z"}"#)
        );
    }
}
