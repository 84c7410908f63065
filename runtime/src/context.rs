//! The context object, `$$`. AWS developer guide, "Context object".

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::jsonata;
use crate::timestamp::Timestamp;

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
    /// `$$.Execution.RoleArn`; null when empty, as in a test of one state without a role.
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
    /// The number of the execution's last event: with the execution's id, what random numbers are made of.
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

    /// The whole context object, members in AWS's order.
    pub fn to_value(&self) -> Value {
        self.whole()
    }

    /// As [`to_value`](Self::to_value), borrowed.
    pub(crate) fn borrowed(&'a self) -> jsonata::Value<'a> {
        self.whole()
    }

    fn whole<'b, P: Part<'b>>(&'b self) -> P {
        let mut members = match self.execution.context_object() {
            Some(Value::Object(given)) => given.iter().map(|(name, value)| (name.as_str(), P::json(value))).collect(),
            Some(other) => return P::json(other),
            None => self.made(),
        };
        if let Some(MapItem { index, key, value }) = self.map_item {
            let mut item = vec![("Index", P::number(index as u64))];
            item.extend(key.map(|key| ("Key", P::text(key.into()))));
            item.push(("Value", P::json(value)));
            // Items are never read from elsewhere.
            item.push(("Source", P::text("STATE_DATA".into())));
            members.retain(|(name, _)| *name != "Map");
            members.push(("Map", P::object(vec![("Item", P::object(item))])));
        }
        P::object(members)
    }

    /// The context object as this execution has it, without `Map`.
    fn made<'b, P: Part<'b>>(&'b self) -> Vec<(&'b str, P)> {
        let text = |text: &'b str| P::text(text.into());
        let execution = self.execution.info();
        let entered_time = P::text(self.entered_time.to_string().into());
        let mut state = vec![("Name", text(self.state_name)), ("EnteredTime", entered_time)];
        state.extend(self.retry_count.map(|count| ("RetryCount", P::number(count.into()))));
        let id = ("Id", text(&execution.id));
        let input = ("Input", P::json(execution.input.as_ref().unwrap_or(&Value::Null)));
        let start_time = ("StartTime", P::text(execution.start_time.to_string().into()));
        let name = ("Name", text(&execution.name));
        let role_arn = ("RoleArn", if execution.role_arn.is_empty() { P::null() } else { text(&execution.role_arn) });
        // Counts redrives, and none has happened.
        let redrive_count = ("RedriveCount", P::number(0));
        let executed = match execution.execution_type {
            ExecutionType::Standard => vec![id, input, start_time, name, role_arn, redrive_count],
            ExecutionType::Express => vec![id, input, name, role_arn, start_time, redrive_count],
            ExecutionType::SynchronousExpress => vec![id, input, name, role_arn, start_time],
        };
        let machine = vec![("Id", text(&execution.state_machine_id)), ("Name", text(&execution.state_machine_name))];
        let mut members =
            vec![("Execution", P::object(executed)), ("StateMachine", P::object(machine)), ("State", P::object(state))];
        members.extend(self.task_token.map(|token| ("Task", P::object(vec![("Token", text(token))]))));
        members
    }
}

/// What the context object is made of: JSON of its own, or values that borrow.
trait Part<'b> {
    fn null() -> Self;
    fn number(number: u64) -> Self;
    fn text(text: Cow<'b, str>) -> Self;
    fn json(json: &'b Value) -> Self;
    fn object(members: Vec<(&'b str, Self)>) -> Self
    where
        Self: Sized;
}

impl<'b> Part<'b> for Value {
    fn null() -> Self {
        Self::Null
    }

    fn number(number: u64) -> Self {
        number.into()
    }

    fn text(text: Cow<'b, str>) -> Self {
        Self::String(text.into_owned())
    }

    fn json(json: &'b Value) -> Self {
        json.clone()
    }

    fn object(members: Vec<(&'b str, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl<'b> Part<'b> for jsonata::Value<'b> {
    fn null() -> Self {
        Self::Null
    }

    #[allow(clippy::cast_precision_loss, reason = "no count is that large")]
    fn number(number: u64) -> Self {
        Self::Number(number as f64)
    }

    fn text(text: Cow<'b, str>) -> Self {
        Self::String(text)
    }

    fn json(json: &'b Value) -> Self {
        json.into()
    }

    fn object(members: Vec<(&'b str, Self)>) -> Self {
        let mut object = jsonata::Object::with_capacity(members.len());
        for (name, value) in members {
            object.insert(name, value);
        }
        object.into()
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
        assert_eq!(context.borrowed().into_json().unwrap_or_default().to_string(), expected.to_string());
        let item = json!({"a": 1.0});
        let with_item = context.with_item(3, &item);
        let expected = json!({"Item": {"Index": 3, "Value": {"a": 1.0}, "Source": "STATE_DATA"}});
        assert_eq!(with_item.to_value()["Map"], expected);
        assert_eq!(with_item.borrowed().into_json().unwrap_or_default()["Map"], expected);
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
