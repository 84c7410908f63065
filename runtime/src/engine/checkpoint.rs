//! A running execution as data, to be kept and gone on with later, also by another process.

use std::fmt;

use serde_json::{Map, Value};

use crate::context::{ExecutionInfo, ExecutionType};
use crate::engine::core::Pause;
use crate::engine::retry::Retries;
use crate::machine::{MachineInfo, StateId, StateType};
use crate::timestamp::Timestamp;

/// The version of the form; one that is not this is refused.
const VERSION: u64 = 1;

/// A running execution as data: where it is and all it needs to go on.
///
/// It knows its state by the name in the definition, so a machine that was compiled again can go on with it. As JSON:
/// `Value::from(checkpoint)` and `Checkpoint::try_from(value)`.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    pub(super) state: String,
    pub(super) data: Value,
    pub(super) events: u64,
    pub(super) deadline: Option<Timestamp>,
    pub(super) visit: Option<VisitRecord>,
    pub(super) execution: ExecutionInfo,
}

/// A state that was entered and not left.
#[derive(Clone, Debug)]
pub(super) struct VisitRecord {
    pub(super) entered: u64,
    pub(super) time: Timestamp,
    pub(super) retries: Retries,
    pub(super) pause: Option<Pause<Timestamp>>,
}

impl Checkpoint {
    /// The name of the state that the execution is in or enters next.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The data: the state's input.
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// What is known of the execution beside its data.
    pub fn execution(&self) -> &ExecutionInfo {
        &self.execution
    }

    /// Number of the last event, as AWS counts them.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// When the machine's `TimeoutSeconds` are up.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    /// Where its state is in a machine, when the machine can go on there.
    pub(super) fn place(&self, info: &MachineInfo) -> Result<StateId, CheckpointError> {
        let (name, machine) = (&self.state, info.name);
        let mut states = (0..=u16::MAX).map(StateId).zip(info.states);
        let Some((id, state)) = states.find(|(_, state)| state.name == name) else {
            return Err(CheckpointError(format!(
                "the checkpoint is at the state '{name}', and the machine '{machine}' has no state of that name"
            )));
        };
        let expected = match self.visit.as_ref().map(|visit| visit.pause) {
            None => state.state_type,
            Some(Some(Pause::Wait(_))) => StateType::Wait,
            Some(Some(Pause::Retry(_)) | None) => StateType::Task,
        };
        if expected != state.state_type {
            return Err(CheckpointError(format!(
                "the checkpoint is in the middle of the {expected:?} state '{name}', and in the machine '{machine}' it \
                 is a {:?} state",
                state.state_type
            )));
        }
        if info.reads_execution_input && self.execution.input.is_none() {
            return Err(CheckpointError(format!(
                "the machine '{machine}' reads $$.Execution.Input, and the one that the checkpoint is of did not keep it"
            )));
        }
        Ok(id)
    }
}

/// Why a checkpoint cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointError(String);

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CheckpointError {}

impl From<Checkpoint> for Value {
    fn from(checkpoint: Checkpoint) -> Self {
        let execution = checkpoint.execution;
        let mut value = Members(Map::new());
        value.set("version", VERSION);
        value.set("state", checkpoint.state);
        value.set("events", checkpoint.events);
        value.set_time("deadline", checkpoint.deadline);
        if let Some(visit) = checkpoint.visit {
            let mut members = Members(Map::new());
            members.set("entered", visit.entered);
            members.set_time("time", Some(visit.time));
            members.set("retries", visit.retries.total);
            members.set("counts", visit.retries.counts);
            match visit.pause {
                None => {}
                Some(Pause::Wait(until)) => members.set_time("waitUntil", Some(until)),
                Some(Pause::Retry(until)) => members.set_time("retryAt", Some(until)),
            }
            value.set("visit", members.0);
        }
        let mut members = Members(Map::new());
        members.set("id", execution.id);
        members.set("name", execution.name);
        members.set_time("startTime", Some(execution.start_time));
        members.set("roleArn", execution.role_arn);
        members.set("type", execution.execution_type.name());
        members.set("stateMachineId", execution.state_machine_id);
        members.set("stateMachineName", execution.state_machine_name);
        if let Some(input) = execution.input {
            members.set("input", input);
        }
        value.set("execution", members.0);
        value.set("data", checkpoint.data);
        Self::Object(value.0)
    }
}

impl TryFrom<Value> for Checkpoint {
    type Error = CheckpointError;

    fn try_from(value: Value) -> Result<Self, CheckpointError> {
        let mut value = match value {
            Value::Object(members) => Members(members),
            _ => return Err(CheckpointError("the checkpoint is not an object".to_owned())),
        };
        match value.number("version")? {
            VERSION => {}
            other => {
                let text = format!("the checkpoint has version {other}, and this engine reads version {VERSION}");
                return Err(CheckpointError(text));
            }
        }
        let visit = match value.0.remove("visit") {
            None => None,
            visit => {
                let mut visit = Members::of("visit", visit)?;
                let counts = visit.required("counts")?;
                let counts = counts.as_array().map(|counts| counts.iter().map(small).collect::<Option<_>>());
                Some(VisitRecord {
                    entered: visit.number("entered")?,
                    time: visit.time("time")?.ok_or_else(|| missing("time"))?,
                    retries: Retries {
                        total: small(&visit.required("retries")?).ok_or_else(|| wrong("retries", "a number"))?,
                        counts: counts.flatten().ok_or_else(|| wrong("counts", "an array of numbers"))?,
                    },
                    pause: match visit.time("waitUntil")? {
                        Some(until) => Some(Pause::Wait(until)),
                        None => visit.time("retryAt")?.map(Pause::Retry),
                    },
                })
            }
        };
        let mut execution = Members::of("execution", value.0.remove("execution"))?;
        Ok(Self {
            state: value.text("state")?,
            events: value.number("events")?,
            deadline: value.time("deadline")?,
            visit,
            execution: ExecutionInfo {
                id: execution.text("id")?,
                name: execution.text("name")?,
                start_time: execution.time("startTime")?.ok_or_else(|| missing("startTime"))?,
                role_arn: execution.text("roleArn")?,
                execution_type: {
                    let name = execution.text("type")?;
                    let found = ExecutionType::ALL.into_iter().find(|execution_type| execution_type.name() == name);
                    found.ok_or_else(|| wrong("type", "a type of execution"))?
                },
                state_machine_id: execution.text("stateMachineId")?,
                state_machine_name: execution.text("stateMachineName")?,
                input: execution.0.remove("input"),
            },
            data: value.required("data")?,
        })
    }
}

/// The members of an object that is written or taken apart.
struct Members(Map<String, Value>);

impl Members {
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    fn set_time(&mut self, name: &str, time: Option<Timestamp>) {
        if let Some(time) = time {
            self.set(name, time.to_string());
        }
    }

    fn of(name: &str, value: Option<Value>) -> Result<Self, CheckpointError> {
        match value {
            Some(Value::Object(members)) => Ok(Self(members)),
            Some(_) => Err(wrong(name, "an object")),
            None => Err(missing(name)),
        }
    }

    fn required(&mut self, name: &str) -> Result<Value, CheckpointError> {
        self.0.remove(name).ok_or_else(|| missing(name))
    }

    fn text(&mut self, name: &str) -> Result<String, CheckpointError> {
        match self.required(name)? {
            Value::String(text) => Ok(text),
            _ => Err(wrong(name, "a string")),
        }
    }

    fn number(&mut self, name: &str) -> Result<u64, CheckpointError> {
        self.required(name)?.as_u64().ok_or_else(|| wrong(name, "a number"))
    }

    fn time(&mut self, name: &str) -> Result<Option<Timestamp>, CheckpointError> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(value) => match value.as_str().and_then(Timestamp::parse) {
                Some(time) => Ok(Some(time)),
                None => Err(wrong(name, "a timestamp")),
            },
        }
    }
}

fn small(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn missing(name: &str) -> CheckpointError {
    CheckpointError(format!("the checkpoint lacks `{name}`"))
}

fn wrong(name: &str, expected: &str) -> CheckpointError {
    CheckpointError(format!("`{name}` of the checkpoint is not {expected}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;

    fn full() -> Value {
        json!({
            "version": 1,
            "state": "Get Order",
            "events": 5,
            "deadline": "2024-01-02T00:00:00Z",
            "visit": {
                "entered": 2,
                "time": "2024-01-01T00:00:01Z",
                "retries": 1,
                "counts": [1],
                "waitUntil": "2024-01-01T00:00:02.000000001Z",
            },
            "execution": {
                "id": "arn:e",
                "name": "e",
                "startTime": "2024-01-01T00:00:00Z",
                "roleArn": "arn:r",
                "type": "EXPRESS",
                "stateMachineId": "arn:m",
                "stateMachineName": "m",
                "input": null,
            },
            "data": {"b": 0.0, "a": [1]},
        })
    }

    fn without(path: &str, name: &str) -> Value {
        let mut value = full();
        value.pointer_mut(path).unwrap().as_object_mut().unwrap().shift_remove(name);
        value
    }

    #[test]
    fn it_survives_the_way_through_json() {
        let optional = [("", "deadline"), ("", "visit"), ("/visit", "waitUntil"), ("/execution", "input")];
        for value in [full()].into_iter().chain(optional.map(|(path, name)| without(path, name))) {
            let checkpoint = Checkpoint::try_from(value.clone()).unwrap();
            assert_eq!(Value::from(checkpoint).to_string(), value.to_string());
        }
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let check = |value: Value, expected: &str| {
            assert_eq!(Checkpoint::try_from(value).unwrap_err().to_string(), expected);
        };
        let with = |path: &str, wrong: Value| {
            let mut value = full();
            *value.pointer_mut(path).unwrap() = wrong;
            value
        };
        check(json!(1), "the checkpoint is not an object");
        check(json!({}), "the checkpoint lacks `version`");
        check(with("/version", json!(2)), "the checkpoint has version 2, and this engine reads version 1");
        check(with("/state", json!(2)), "`state` of the checkpoint is not a string");
        check(with("/events", json!(-2)), "`events` of the checkpoint is not a number");
        check(with("/deadline", json!("soon")), "`deadline` of the checkpoint is not a timestamp");
        check(with("/visit/counts", json!([1.5])), "`counts` of the checkpoint is not an array of numbers");
        check(with("/visit/retries", json!(u64::MAX)), "`retries` of the checkpoint is not a number");
        check(with("/execution/type", json!("FAST")), "`type` of the checkpoint is not a type of execution");
        check(with("/execution", json!([])), "`execution` of the checkpoint is not an object");
        for (path, name) in [("", "state"), ("", "data"), ("/execution", "startTime"), ("/visit", "time")] {
            check(without(path, name), &format!("the checkpoint lacks `{name}`"));
        }
    }
}
