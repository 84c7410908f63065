//! The events of an execution, as AWS's GetExecutionHistory gives them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use asl_runtime::engine::Run;
use asl_runtime::{
    Action, Call, Error, Event, EventDetails, EventKind, ExecutionInfo, ExecutionType, History, MachineInfo, Observer,
    Recovery, Resource, StateInfo, StateType, Task, Timestamp, Value, Wait,
};
use engine_support::*;
use serde_json::json;

const TIME: Timestamp = Timestamp { seconds: 1_700_000_000, nanoseconds: 250_999_999 };
static PASS: StateInfo = state("Tidy", StateType::Pass);
static CHOICE: StateInfo = state("Which", StateType::Choice);
static MAP: StateInfo = state("Each", StateType::Map);
static WORK: StateInfo = state("Work", StateType::Task);

/// One event, and what AWS's API gives for it behind `timestamp`, `id` and `previousEventId`.
#[track_caller]
fn check(state: Option<&'static StateInfo>, text: Option<&str>, kind: EventKind<'_>, expected: Value) {
    let history = History::new();
    history.event(&Event { id: 7, previous: 5, time: TIME, state, text, kind });
    let mut found = history.events().first().expect("an event").to_value();
    let common = found.as_object_mut().unwrap();
    assert_eq!(common.shift_remove("timestamp"), Some(json!(1_700_000_000.25)));
    assert_eq!(common.shift_remove("id"), Some(json!(7)));
    assert_eq!(common.shift_remove("previousEventId"), Some(json!(5)));
    assert_eq!(found.to_string(), expected.to_string());
}

#[test]
fn states_are_entered_and_left_by_their_type() {
    let input = json!({"a": 1});
    let entered = || EventKind::StateEntered { input: &input };
    let details = json!({"name": "Tidy", "input": "{\"a\":1}", "inputDetails": {"truncated": false}});
    let expected = json!({"type": "PassStateEntered", "stateEnteredEventDetails": details});
    check(Some(&PASS), None, entered(), expected);

    let details = json!({"name": "Which", "input": "{ \"a\" : 1.0 }", "inputDetails": {"truncated": false}});
    let expected = json!({"type": "ChoiceStateEntered", "stateEnteredEventDetails": details});
    check(Some(&CHOICE), Some("{ \"a\" : 1.0 }"), entered(), expected);

    let exited = EventKind::StateExited { output: &input, assigned: &[] };
    let details = json!({"name": "Each", "output": "{\"a\":1}", "outputDetails": {"truncated": false}});
    check(Some(&MAP), None, exited, json!({"type": "MapStateExited", "stateExitedEventDetails": details}));

    let exited = EventKind::StateExited { output: &input, assigned: &[("x", &json!("one")), ("y", &json!([1]))] };
    let details = json!({
        "name": "Tidy",
        "output": "{\"a\":1}",
        "outputDetails": {"truncated": false},
        "assignedVariables": {"x": "\"one\"", "y": "[1]"},
        "assignedVariablesDetails": {"truncated": false},
    });
    check(Some(&PASS), None, exited, json!({"type": "PassStateExited", "stateExitedEventDetails": details}));

    check(Some(&WORK), None, EventKind::StateAborted, json!({"type": "TaskStateAborted"}));
}

#[test]
fn expressions_that_failed_are_told_with_their_place() {
    let error = Error::new("States.QueryEvaluationError", "why");
    let failed = |location| EventKind::EvaluationFailed { error: &error, location };
    let details =
        json!({"error": "States.QueryEvaluationError", "cause": "why", "location": "Output/a", "state": "Tidy"});
    let expected = json!({"type": "EvaluationFailed", "evaluationFailedEventDetails": details});
    check(Some(&PASS), None, failed(Some("Output/a")), expected);
    let details = json!({"error": "States.QueryEvaluationError", "cause": "why", "state": "Each"});
    let expected = json!({"type": "EvaluationFailed", "evaluationFailedEventDetails": details});
    check(Some(&MAP), None, failed(None), expected);
}

#[test]
fn executions_tell_what_they_began_and_ended_with() {
    let execution = ExecutionInfo {
        id: "arn:aws:states:eu-west-1:1:execution:m:e".to_owned(),
        name: "e".to_owned(),
        input: None,
        start_time: TIME,
        role_arn: "arn:aws:iam::1:role/m".to_owned(),
        execution_type: ExecutionType::Standard,
        state_machine_id: "arn:m".to_owned(),
        state_machine_name: "m".to_owned(),
    };
    let started = EventKind::ExecutionStarted { input: &json!(null), execution: &execution };
    let details = json!({"input": "null", "inputDetails": {"truncated": false}, "roleArn": "arn:aws:iam::1:role/m"});
    check(None, None, started, json!({"type": "ExecutionStarted", "executionStartedEventDetails": details}));

    let succeeded = EventKind::ExecutionSucceeded { output: &json!("done") };
    let details = json!({"output": "\"done\"", "outputDetails": {"truncated": false}});
    check(None, None, succeeded, json!({"type": "ExecutionSucceeded", "executionSucceededEventDetails": details}));

    for (error, details) in [
        (Error::new("Boom", "why"), json!({"error": "Boom", "cause": "why"})),
        (Error::from_parts(None, Some("why".to_owned())), json!({"cause": "why"})),
        (Error::from_parts(None, None), json!({})),
    ] {
        let expected = json!({"type": "ExecutionFailed", "executionFailedEventDetails": details});
        check(None, None, EventKind::ExecutionFailed { error: &error }, expected);
    }
    let details = json!({"error": "States.Timeout"});
    let expected = json!({"type": "ExecutionTimedOut", "executionTimedOutEventDetails": details});
    check(None, None, EventKind::ExecutionTimedOut, expected);
}

const fn task_of(resource: Resource) -> Task {
    Task { state: "Work", resource, recovery: Recovery::NONE }
}

static SERVICE: Task = task_of(Resource {
    arn: "arn:aws:states:::states:startExecution.sync:2",
    service: "states",
    action: "startExecution",
    pattern: "sync:2",
});
static FUNCTION: Task =
    task_of(Resource { arn: "arn:aws:lambda:us-east-1:1:function:charge", service: "", action: "charge", pattern: "" });
static ACTIVITY: Task = task_of(Resource {
    arn: "arn:aws:states:us-east-1:1:activity:review",
    service: "activity",
    action: "review",
    pattern: "",
});

#[test]
fn an_attempt_at_a_task_is_told_by_its_resource() {
    #[track_caller]
    fn check_scheduled(task: &'static Task, bare: bool, expected: Value) {
        let call = Call {
            task,
            parameters: json!({"p": 1}),
            timeout_seconds: (!bare).then_some(60),
            heartbeat_seconds: (!bare).then_some(10),
            credentials: (!bare).then(|| json!({"RoleArn": "arn:r"})),
        };
        check(Some(&WORK), None, EventKind::TaskScheduled { call: &call, attempt: 0 }, expected);
    }
    let mut details = json!({
        "resourceType": "states",
        "resource": "startExecution.sync:2",
        "region": "us-east-1",
        "parameters": "{\"p\":1}",
    });
    let expected = json!({"type": "TaskScheduled", "taskScheduledEventDetails": details});
    check_scheduled(&SERVICE, true, expected);
    details["timeoutInSeconds"] = json!(60);
    details["heartbeatInSeconds"] = json!(10);
    details["taskCredentials"] = json!({"roleArn": "arn:r"});
    check_scheduled(&SERVICE, false, json!({"type": "TaskScheduled", "taskScheduledEventDetails": details}));

    let details = json!({
        "resource": "arn:aws:lambda:us-east-1:1:function:charge",
        "input": "{\"p\":1}",
        "inputDetails": {"truncated": false},
        "timeoutInSeconds": 60,
        "taskCredentials": {"roleArn": "arn:r"},
    });
    let expected = json!({"type": "LambdaFunctionScheduled", "lambdaFunctionScheduledEventDetails": details});
    check_scheduled(&FUNCTION, false, expected);

    let details = json!({
        "resource": "arn:aws:states:us-east-1:1:activity:review",
        "input": "{\"p\":1}",
        "inputDetails": {"truncated": false},
        "timeoutInSeconds": 60,
        "heartbeatInSeconds": 10,
    });
    let expected = json!({"type": "ActivityScheduled", "activityScheduledEventDetails": details});
    check_scheduled(&ACTIVITY, false, expected);
}

#[test]
fn the_end_of_an_attempt_is_told_by_its_resource() {
    let check = |kind, expected| check(Some(&WORK), None, kind, expected);
    let (boom, timeout) = (Error::new("Boom", "why"), Error::from_parts(Some("States.Timeout".into()), None));
    let output = json!([1]);
    let of_service = |more: Value| {
        let mut details = json!({"resourceType": "states", "resource": "startExecution.sync:2"});
        details.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        details
    };

    let expected = json!({"type": "TaskStarted", "taskStartedEventDetails": of_service(json!({}))});
    check(EventKind::TaskStarted { task: &SERVICE }, expected);
    check(EventKind::TaskStarted { task: &FUNCTION }, json!({"type": "LambdaFunctionStarted"}));
    let expected = json!({"type": "ActivityStarted", "activityStartedEventDetails": {}});
    check(EventKind::TaskStarted { task: &ACTIVITY }, expected);

    let details = json!({"output": "[1]", "outputDetails": {"truncated": false}});
    for (task, expected) in [
        (&SERVICE, json!({"type": "TaskSucceeded", "taskSucceededEventDetails": of_service(details.clone())})),
        (&FUNCTION, json!({"type": "LambdaFunctionSucceeded", "lambdaFunctionSucceededEventDetails": details.clone()})),
        (&ACTIVITY, json!({"type": "ActivitySucceeded", "activitySucceededEventDetails": details})),
    ] {
        check(EventKind::TaskSucceeded { task, output: &output }, expected);
    }

    let details = json!({"error": "Boom", "cause": "why"});
    for (task, expected) in [
        (&SERVICE, json!({"type": "TaskFailed", "taskFailedEventDetails": of_service(details.clone())})),
        (&FUNCTION, json!({"type": "LambdaFunctionFailed", "lambdaFunctionFailedEventDetails": details.clone()})),
        (&ACTIVITY, json!({"type": "ActivityFailed", "activityFailedEventDetails": details})),
    ] {
        check(EventKind::TaskFailed { task, error: &boom }, expected);
    }

    let details = json!({"error": "States.Timeout"});
    for (task, expected) in [
        (&SERVICE, json!({"type": "TaskTimedOut", "taskTimedOutEventDetails": of_service(details.clone())})),
        (&FUNCTION, json!({"type": "LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails": details.clone()})),
        (&ACTIVITY, json!({"type": "ActivityTimedOut", "activityTimedOutEventDetails": details})),
    ] {
        check(EventKind::TaskTimedOut { task, error: &timeout }, expected);
    }
}

#[test]
fn maps_count_and_parallels_have_no_details() {
    let check = |kind, expected| check(Some(&MAP), None, kind, expected);
    let expected = json!({"type": "MapStateStarted", "mapStateStartedEventDetails": {"length": 3}});
    check(EventKind::MapStateStarted { length: 3 }, expected);
    let details = json!({"name": "Each", "index": 2});
    let expected = json!({"type": "MapIterationStarted", "mapIterationStartedEventDetails": details.clone()});
    check(EventKind::MapIterationStarted { index: 2 }, expected);
    let expected = json!({"type": "MapIterationAborted", "mapIterationAbortedEventDetails": details});
    check(EventKind::MapIterationAborted { index: 2 }, expected);
    check(EventKind::MapStateFailed, json!({"type": "MapStateFailed"}));
    check(EventKind::ParallelStateStarted, json!({"type": "ParallelStateStarted"}));
}

#[test]
fn what_aws_does_not_record_is_left_out() {
    let history = History::new();
    for kind in [
        EventKind::WaitStarted { wait: Wait::Seconds(1) },
        EventKind::RetryScheduled { delay: std::time::Duration::ZERO, retry: 1 },
    ] {
        history.event(&Event { id: 3, previous: 2, time: TIME, state: Some(&WORK), text: None, kind });
    }
    assert_eq!(history.events(), []);
    assert_eq!(history.to_value(), json!({"events": []}));
}

#[tokio::test]
async fn an_execution_is_followed_by_a_history() {
    static STATES: [StateInfo; 2] = [state("Tidy", StateType::Pass), state("Work", StateType::Task)];
    static MACHINE: MachineInfo = machine(&STATES);
    static TASK: Task = task(&[], &[]);
    let scripted = Scripted::new(&MACHINE, |state, data, _| match state.0 {
        0 => Ok(Action::Next(asl_runtime::StateId(1))),
        _ => call(&TASK, data.clone(), None),
    });
    let history = History::new();
    let script = Script::new([Answer::Output(json!("done"))]);
    let run = Run::new(scripted, &script, json!({"n": 1})).region("eu-west-1").observer(&history);
    assert_eq!(run.await, Ok(json!("done")));

    let expected = [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "ExecutionSucceeded",
    ];
    assert_eq!(history.event_types(), expected);
    let events = history.events();
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    match &events[4].details {
        EventDetails::TaskScheduled { region, resource, resource_type, .. } => {
            assert_eq!((region.as_str(), *resource_type, resource.as_str()), ("eu-west-1", "sqs", "sendMessage"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(history.to_value()["events"].as_array().map(Vec::len), Some(9));
}
