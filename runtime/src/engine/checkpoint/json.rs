//! Checkpoints as JSON.

use serde_json::{Map, Value};

use super::{
    Checkpoint, CheckpointError, ExecutionRecord, ForkRecord, MapRunRecord, ThreadRecord, VisitRecord, WorkRecord,
};
use crate::context::{ExecutionInfo, ExecutionType};
use crate::engine::retry::Retries;
use crate::engine::thread::Pause;
use crate::machine::Tolerance;
use crate::timestamp::Timestamp;

/// The version of the form; one that is not this is refused.
const VERSION: u64 = 2;

impl From<Checkpoint> for Value {
    fn from(checkpoint: Checkpoint) -> Self {
        let mut value = Members(Map::new());
        value.set("version", VERSION);
        value.set("events", checkpoint.events);
        value.set_time("deadline", checkpoint.deadline);
        if let Some(text) = checkpoint.text {
            value.set("text", String::from(text));
        }
        value.set("execution", execution_members(checkpoint.execution));
        checkpoint.thread.write(&mut value);
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
        Ok(Self {
            events: value.number("events")?,
            deadline: value.time("deadline")?,
            text: match value.0.remove("text") {
                None => None,
                Some(Value::String(text)) => Some(text.into()),
                Some(_) => return Err(wrong("text", "a string")),
            },
            execution: read_execution(Members::of("execution", value.0.remove("execution"))?)?,
            thread: ThreadRecord::read(value)?,
        })
    }
}

impl ThreadRecord {
    fn write(self, value: &mut Members) {
        value.set("state", self.state);
        value.set("previous", self.previous);
        if !self.variables.is_empty() {
            value.set("variables", self.variables);
        }
        if let Some(visit) = self.visit {
            value.set("visit", visit.members());
        }
        value.set("data", self.data);
    }

    fn read(mut value: Members) -> Result<Self, CheckpointError> {
        Ok(Self {
            state: value.text("state")?,
            previous: value.number("previous")?,
            variables: match value.0.remove("variables") {
                None => Map::new(),
                variables => Members::of("variables", variables)?.0,
            },
            visit: match value.0.remove("visit") {
                None => None,
                visit => Some(VisitRecord::read(Members::of("visit", visit)?)?),
            },
            data: value.required("data")?,
        })
    }
}

impl VisitRecord {
    fn members(self) -> Map<String, Value> {
        let mut members = Members(Map::new());
        members.set("entered", self.entered);
        members.set_time("time", Some(self.time));
        members.set("retries", self.retries.total);
        members.set("counts", self.retries.counts);
        match self.work {
            WorkRecord::Enter => {}
            WorkRecord::Pause(Pause::Wait(until)) => members.set_time("waitUntil", Some(until)),
            WorkRecord::Pause(Pause::Retry(until)) => members.set_time("retryAt", Some(until)),
            WorkRecord::Fork(fork) => members.set("fork", fork.members()),
            WorkRecord::MapRun(run) => members.set("mapRun", run.members()),
        }
        members.0
    }

    fn read(mut visit: Members) -> Result<Self, CheckpointError> {
        let counts = visit.required("counts")?;
        let counts = counts.as_array().map(|counts| counts.iter().map(small).collect::<Option<_>>());
        Ok(Self {
            entered: visit.number("entered")?,
            time: visit.time("time")?.ok_or_else(|| missing("time"))?,
            retries: Retries {
                total: small(&visit.required("retries")?).ok_or_else(|| wrong("retries", "a number"))?,
                counts: counts.flatten().ok_or_else(|| wrong("counts", "an array of numbers"))?,
            },
            work: match (visit.time("waitUntil")?, visit.time("retryAt")?, visit.0.remove("fork")) {
                (Some(until), ..) => WorkRecord::Pause(Pause::Wait(until)),
                (None, Some(until), _) => WorkRecord::Pause(Pause::Retry(until)),
                (None, None, None) => match visit.0.remove("mapRun") {
                    None => WorkRecord::Enter,
                    run => WorkRecord::MapRun(MapRunRecord::read(Members::of("mapRun", run)?)?),
                },
                (None, None, fork) => WorkRecord::Fork(ForkRecord::read(Members::of("fork", fork)?)?),
            },
        })
    }
}

impl ForkRecord {
    fn members(self) -> Map<String, Value> {
        let running = self.running.into_iter().map(|(index, thread)| {
            let mut members = Members(Map::new());
            members.set("index", index);
            thread.write(&mut members);
            Value::Object(members.0)
        });
        let mut members = Members(Map::new());
        members.set("next", self.next);
        members.set("last", self.last);
        members.set("running", running.collect::<Vec<_>>());
        members.set("values", self.values);
        members.0
    }

    fn read(mut fork: Members) -> Result<Self, CheckpointError> {
        let child = |child| {
            let mut members = Members::of("running", Some(child))?;
            Ok((members.number("index")?, ThreadRecord::read(members)?))
        };
        Ok(Self {
            next: fork.number("next")?,
            last: fork.number("last")?,
            running: fork.array("running")?.into_iter().map(child).collect::<Result<_, _>>()?,
            values: fork.array("values")?,
        })
    }
}

impl MapRunRecord {
    fn members(self) -> Map<String, Value> {
        let running = self.running.into_iter().map(|record| {
            let mut members = Members(Map::new());
            members.set("index", record.index);
            members.set("events", record.events);
            members.set("execution", execution_members(record.execution));
            record.thread.write(&mut members);
            Value::Object(members.0)
        });
        let mut members = Members(Map::new());
        members.set("arn", self.arn);
        members.set("type", self.execution_type.name());
        if let Some(count) = self.tolerance.count {
            members.set("toleratedFailureCount", count);
        }
        if let Some(percentage) = self.tolerance.percentage {
            members.set("toleratedFailurePercentage", percentage);
        }
        members.set("failed", self.failed);
        members.set("next", self.next);
        members.set("running", running.collect::<Vec<_>>());
        members.set("values", self.values);
        members.0
    }

    fn read(mut run: Members) -> Result<Self, CheckpointError> {
        let child = |child| {
            let mut members = Members::of("running", Some(child))?;
            Ok(ExecutionRecord {
                index: members.number("index")?,
                events: members.number("events")?,
                execution: read_execution(Members::of("execution", members.0.remove("execution"))?)?,
                thread: ThreadRecord::read(members)?,
            })
        };
        let optional = |value: Option<Value>, name| match value {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or_else(|| wrong(name, "a number")),
        };
        let count = run.0.remove("toleratedFailureCount");
        Ok(Self {
            arn: run.text("arn")?,
            execution_type: run.execution_type()?,
            tolerance: Tolerance {
                count: match count {
                    None => None,
                    Some(count) => Some(small(&count).ok_or_else(|| wrong("toleratedFailureCount", "a number"))?),
                },
                percentage: optional(run.0.remove("toleratedFailurePercentage"), "toleratedFailurePercentage")?,
            },
            failed: run.number("failed")?,
            next: run.number("next")?,
            running: run.array("running")?.into_iter().map(child).collect::<Result<_, _>>()?,
            values: run.array("values")?,
        })
    }
}

fn execution_members(execution: ExecutionInfo) -> Map<String, Value> {
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
    members.0
}

fn read_execution(mut execution: Members) -> Result<ExecutionInfo, CheckpointError> {
    Ok(ExecutionInfo {
        id: execution.text("id")?,
        name: execution.text("name")?,
        start_time: execution.time("startTime")?.ok_or_else(|| missing("startTime"))?,
        role_arn: execution.text("roleArn")?,
        execution_type: execution.execution_type()?,
        state_machine_id: execution.text("stateMachineId")?,
        state_machine_name: execution.text("stateMachineName")?,
        input: execution.0.remove("input"),
    })
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

    fn execution_type(&mut self) -> Result<ExecutionType, CheckpointError> {
        let name = self.text("type")?;
        let found = ExecutionType::ALL.into_iter().find(|execution_type| execution_type.name() == name);
        found.ok_or_else(|| wrong("type", "a type of execution"))
    }

    fn number(&mut self, name: &str) -> Result<u64, CheckpointError> {
        self.required(name)?.as_u64().ok_or_else(|| wrong(name, "a number"))
    }

    fn array(&mut self, name: &str) -> Result<Vec<Value>, CheckpointError> {
        match self.required(name)? {
            Value::Array(elements) => Ok(elements),
            _ => Err(wrong(name, "an array")),
        }
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
            "version": 2,
            "events": 5,
            "deadline": "2024-01-02T00:00:00Z",
            "text": "{ }",
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
            "state": "Get Order",
            "previous": 2,
            "variables": {"z": 0.0, "a": null},
            "visit": {
                "entered": 2,
                "time": "2024-01-01T00:00:01Z",
                "retries": 1,
                "counts": [1],
                "waitUntil": "2024-01-01T00:00:02.000000001Z",
            },
            "data": {"b": 0.0, "a": [1]},
        })
    }

    /// In the middle of a Map state of three items.
    fn forked() -> Value {
        let mut value = full();
        let visit = json!({
            "entered": 4,
            "time": "2024-01-01T00:00:01Z",
            "retries": 0,
            "counts": [],
            "fork": {
                "next": 2,
                "last": 9,
                "running": [{
                    "index": 1,
                    "state": "Inner",
                    "previous": 8,
                    "variables": {"x": [true]},
                    "visit": {"entered": 8, "time": "2024-01-01T00:00:01Z", "retries": 0, "counts": []},
                    "data": null,
                }],
                "values": ["done", null, {"to": "do"}],
            },
        });
        value["visit"] = visit;
        value
    }

    fn without(path: &str, name: &str) -> Value {
        let mut value = full();
        value.pointer_mut(path).unwrap().as_object_mut().unwrap().shift_remove(name);
        value
    }

    #[test]
    fn it_survives_the_way_through_json() {
        let optional = [
            ("", "deadline"),
            ("", "text"),
            ("", "variables"),
            ("", "visit"),
            ("/visit", "waitUntil"),
            ("/execution", "input"),
        ];
        for value in [full(), forked()].into_iter().chain(optional.map(|(path, name)| without(path, name))) {
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
        check(with("/version", json!(1)), "the checkpoint has version 1, and this engine reads version 2");
        check(with("/text", json!(2)), "`text` of the checkpoint is not a string");
        check(with("/variables", json!([])), "`variables` of the checkpoint is not an object");
        check(with("/state", json!(2)), "`state` of the checkpoint is not a string");
        check(with("/events", json!(-2)), "`events` of the checkpoint is not a number");
        check(with("/deadline", json!("soon")), "`deadline` of the checkpoint is not a timestamp");
        check(with("/visit/counts", json!([1.5])), "`counts` of the checkpoint is not an array of numbers");
        check(with("/visit/retries", json!(u64::MAX)), "`retries` of the checkpoint is not a number");
        check(with("/execution/type", json!("FAST")), "`type` of the checkpoint is not a type of execution");
        check(with("/execution", json!([])), "`execution` of the checkpoint is not an object");
        let forked = |path: &str, wrong: Value| {
            let mut value = forked();
            *value.pointer_mut(path).unwrap() = wrong;
            value
        };
        check(forked("/visit/fork", json!(1)), "`fork` of the checkpoint is not an object");
        check(forked("/visit/fork/running", json!(1)), "`running` of the checkpoint is not an array");
        check(forked("/visit/fork/running/0", json!(1)), "`running` of the checkpoint is not an object");
        check(forked("/visit/fork/running/0/index", json!(-1)), "`index` of the checkpoint is not a number");
        check(forked("/visit/fork/values", json!({})), "`values` of the checkpoint is not an array");
        for (path, name) in
            [("", "previous"), ("", "state"), ("", "data"), ("/execution", "startTime"), ("/visit", "time")]
        {
            check(without(path, name), &format!("the checkpoint lacks `{name}`"));
        }
    }
}
