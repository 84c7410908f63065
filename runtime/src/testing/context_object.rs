//! What a given context object may hold, and the execution that a test runs in.

use serde_json::Value;

use crate::context::{ExecutionInfo, ExecutionSource, ExecutionType};
use crate::testing::output::TestStateError;
use crate::timestamp::Timestamp;
use crate::uuid::uuid;

/// What a member of the context object holds.
#[derive(Clone, Copy)]
enum Holds {
    Anything,
    Text,
    Number,
}

/// The context object's members and what is in them. AWS developer guide, "Context object".
const MEMBERS: [(&str, &[(&str, Holds)]); 4] = [
    (
        "Execution",
        &[
            ("Id", Holds::Text),
            ("Input", Holds::Anything),
            ("Name", Holds::Text),
            ("RoleArn", Holds::Text),
            ("StartTime", Holds::Text),
            ("RedriveCount", Holds::Number),
            ("RedriveTime", Holds::Text),
        ],
    ),
    ("State", &[("EnteredTime", Holds::Text), ("Name", Holds::Text), ("RetryCount", Holds::Number)]),
    ("StateMachine", &[("Id", Holds::Text), ("Name", Holds::Text)]),
    ("Task", &[("Token", Holds::Text)]),
];

/// Checks what can be said of a given context object alone.
pub(super) fn check(given: &Value) -> Result<(), TestStateError> {
    let Value::Object(given) = given else {
        return Err(invalid("Context object must be a JSON object"));
    };
    for (name, value) in given {
        if name == "Map" {
            return Err(invalid("'Map' field is not supported when mocking a Context object"));
        }
        let Some((_, known)) = MEMBERS.iter().find(|(known, _)| known == name) else {
            return Err(invalid(format!("Field '{name}' is not allowed")));
        };
        let Value::Object(members) = value else {
            return Err(invalid(format!("{name} must be an object")));
        };
        for (member, value) in members {
            let Some((_, holds)) = known.iter().find(|(known, _)| known == member) else {
                return Err(invalid(format!("Field '{member}' is not allowed")));
            };
            match holds {
                Holds::Text if !value.is_string() => return Err(invalid(format!("{name}.{member} must be a string"))),
                Holds::Number if !value.is_number() => {
                    return Err(invalid(format!("{name}.{member} must be a number")));
                }
                Holds::Anything | Holds::Text | Holds::Number => {}
            }
        }
    }
    Ok(())
}

/// Checks that `Task` is only given for a state that has a task token.
pub(super) fn check_task(given: &Value, has_task_token: bool) -> Result<(), TestStateError> {
    if given.get("Task").is_some() && !has_task_token {
        return Err(invalid(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' \
             service integration pattern",
        ));
    }
    Ok(())
}

#[cold]
fn invalid(what: impl AsRef<str>) -> TestStateError {
    TestStateError::validation(["Invalid Context object provided: ", what.as_ref()].concat())
}

/// The name of every state in the context object of a test: recorded so, also of a state that was named.
pub(super) const STATE_NAME: &str = "StateName";

/// The execution of a test: as on AWS, a synchronous express one.
#[derive(Debug)]
pub(super) struct TestExecution {
    info: ExecutionInfo,
    given: Option<Value>,
}

impl TestExecution {
    pub(super) fn new(
        machine: &str,
        account: &str,
        input: Value,
        role_arn: Option<String>,
        start_time: Timestamp,
        given: Option<Value>,
    ) -> Self {
        let name = uuid();
        let info = ExecutionInfo {
            id: format!("arn:aws:states:us-east-1:{account}:express:{machine}:{name}"),
            name,
            input: Some(input),
            start_time,
            role_arn: role_arn.unwrap_or_default(),
            execution_type: ExecutionType::SynchronousExpress,
            state_machine_id: format!("arn:aws:states:us-east-1:{account}:stateMachine:{machine}"),
            state_machine_name: machine.to_owned(),
        };
        Self { info, given }
    }
}

impl ExecutionSource for TestExecution {
    fn info(&self) -> &ExecutionInfo {
        &self.info
    }

    fn context_object(&self) -> Option<&Value> {
        self.given.as_ref()
    }
}
