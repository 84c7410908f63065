//! The context object, `$$`. AWS developer guide, "Context object".

use std::fmt;

use serde_json::Value;

use crate::timestamp::Timestamp;
use crate::value::build::{self, object};

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

    /// A whole context object that stands in for the one made of these facts, for tests of one state.
    fn context_object(&self) -> Option<&Value> {
        None
    }
}

impl ExecutionSource for ExecutionInfo {
    fn info(&self) -> &ExecutionInfo {
        self
    }
}

/// The item that a Map state's `ItemSelector` is evaluated for.
#[derive(Clone, Copy, Debug)]
pub struct MapItem<'a> {
    /// `$$.Map.Item.Index`, from 0.
    pub index: usize,
    /// `$$.Map.Item.Key`, when the items are the members of an object.
    pub key: Option<&'a str>,
    /// `$$.Map.Item.Value`
    pub value: &'a Value,
}

/// A value on its way through a state. AWS API reference, "InspectionData".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's own")]
pub enum Stage {
    AfterInputPath,
    AfterParameters,
    AfterArguments,
    AfterItemsPath,
    AfterItemSelector,
    MaxConcurrency,
    ToleratedFailureCount,
    ToleratedFailurePercentage,
    Result,
    AfterResultSelector,
    AfterResultPath,
}

/// Is shown the values on their way through a state, for tests of one state.
pub trait Inspector: fmt::Debug + Sync {
    /// A state has made this value.
    fn inspect(&self, stage: Stage, value: &Value);
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
    /// The time, when the machine asks for it.
    pub time: Timestamp,
    /// The number of the execution's last event: with the execution's id, what chance is made of.
    pub event: u64,
    /// `$$.State.RetryCount`, in the states that can be retried.
    pub retry_count: Option<u32>,
    /// `$$.Task.Token`, in the Tasks that have one.
    pub task_token: Option<&'a str>,
    /// `$$.Map.Item`
    pub map_item: Option<MapItem<'a>>,
    /// Who is shown the values on their way through the state.
    pub inspector: Option<&'a dyn Inspector>,
}

impl<'a> Context<'a> {
    /// The context object in which an item of a Map state is selected.
    pub fn with_item<'b>(&self, index: usize, value: &'b Value) -> Context<'b>
    where
        'a: 'b,
    {
        self.with_member(index, None, value)
    }

    /// As [`with_item`](Self::with_item), for a distributed Map state: there is a key when the items are the members of an
    /// object.
    pub fn with_member<'b>(&self, index: usize, key: Option<&'b str>, value: &'b Value) -> Context<'b>
    where
        'a: 'b,
    {
        Context { map_item: Some(MapItem { index, key, value }), ..*self }
    }

    /// Shows a value to the inspector, when there is one.
    #[inline]
    pub fn inspect(&self, stage: Stage, value: &Value) {
        if let Some(inspector) = self.inspector {
            inspector.inspect(stage, value);
        }
    }

    /// A number to start a row of random numbers with: one that no other execution and no other state has, and that is the
    /// same when the execution goes on from a checkpoint.
    pub fn seed(&self) -> u64 {
        // FNV-1a.
        let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let id = self.execution.info().id.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, hash);
        self.event.to_le_bytes().iter().fold(id, hash)
    }

    /// The whole context object, members in AWS's order.
    pub fn to_value(&self) -> Value {
        let mut whole = match self.execution.context_object() {
            Some(given) => given.clone(),
            None => self.made(),
        };
        if let (Some(item), Value::Object(members)) = (self.map_item, &mut whole) {
            // Items are never read from elsewhere.
            let source = Value::from("STATE_DATA");
            let item = build::members([
                ("Index", Some(Value::from(item.index))),
                ("Key", item.key.map(Value::from)),
                ("Value", Some(item.value.clone())),
                ("Source", Some(source)),
            ]);
            members.insert("Map".to_owned(), object([("Item", item)]));
        }
        whole
    }

    /// The context object as this execution has it, without `Map`.
    fn made(&self) -> Value {
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
        let machine = object([
            ("Id", Value::from(execution.state_machine_id.as_str())),
            ("Name", Value::from(execution.state_machine_name.as_str())),
        ]);
        let mut whole = object([("Execution", executed), ("StateMachine", machine), ("State", state)]);
        if let (Some(token), Value::Object(members)) = (self.task_token, &mut whole) {
            members.insert("Task".to_owned(), object([("Token", Value::from(token))]));
        }
        whole
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
        let context = Context {
            execution: &execution,
            state_name: "S",
            entered_time,
            time: entered_time,
            event: 1,
            retry_count: Some(2),
            task_token: None,
            map_item: None,
            inspector: None,
        };
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
        assert_eq!(context.seed(), Context { state_name: "T", ..context }.seed());
        assert_ne!(context.seed(), Context { event: 2, ..context }.seed());
        let without = Context { retry_count: None, ..context }.to_value();
        assert_eq!(
            without.pointer("/State").map(Value::to_string).as_deref(),
            Some(r#"{"Name":"S","EnteredTime":"1970-01-01T00:00:01.001Z"}"#)
        );
    }
}
