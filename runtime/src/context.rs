//! The context object, `$$`. AWS developer guide, "Context object".

use std::fmt;

use serde_json::Value;

use crate::timestamp::Timestamp;
use crate::value::build::object;

/// As what an execution is run: on AWS, the type of the state machine and the call that starts the execution. It shows in
/// the context object, whose members were recorded for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExecutionType {
    /// A standard workflow.
    #[default]
    Standard,
    /// An express workflow, by StartExecution.
    Express,
    /// An express workflow, by StartSyncExecution.
    SynchronousExpress,
}

impl ExecutionType {
    /// Every type.
    pub(crate) const ALL: [Self; 3] = [Self::Standard, Self::Express, Self::SynchronousExpress];

    /// The type as text.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
            Self::SynchronousExpress => "SYNCHRONOUS_EXPRESS",
        }
    }
}

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
    /// As what it is run.
    pub execution_type: ExecutionType,
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
        let id = ("Id", Value::from(execution.id.as_str()));
        let input = ("Input", execution.input.clone().unwrap_or_default());
        let start_time = ("StartTime", Value::from(execution.start_time.to_string()));
        let name = ("Name", Value::from(execution.name.as_str()));
        let role_arn = ("RoleArn", Value::from(execution.role_arn.as_str()));
        // Counts redrives, and none has happened.
        let redrive_count = ("RedriveCount", Value::from(0));
        let executed = match execution.execution_type {
            ExecutionType::Standard => object([id, input, start_time, name, role_arn, redrive_count]),
            ExecutionType::Express => object([id, input, name, role_arn, start_time, redrive_count]),
            ExecutionType::SynchronousExpress => object([id, input, name, role_arn, start_time]),
        };
        object([
            ("Execution", executed),
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
            execution_type: ExecutionType::Standard,
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
        for (execution_type, expected) in [
            (ExecutionType::Express, &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount"][..]),
            (ExecutionType::SynchronousExpress, &["Id", "Input", "Name", "RoleArn", "StartTime"][..]),
        ] {
            let express = ExecutionInfo { execution_type, ..execution.clone() };
            let value = Context { execution: &express, ..context }.to_value();
            let members: Vec<_> = value["Execution"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
            assert_eq!(members, expected);
        }
        let without = Context { retry_count: None, ..context }.to_value();
        assert_eq!(
            without.pointer("/State").map(Value::to_string).as_deref(),
            Some(r#"{"Name":"S","EnteredTime":"1970-01-01T00:00:01.001Z"}"#)
        );
    }
}
