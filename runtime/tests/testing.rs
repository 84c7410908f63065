//! Tests of single states: the statuses, the values that are told for each type of state, and what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use asl_runtime::testing::{InspectionLevel, TestState};
use asl_runtime::{
    Action, Call, Context, Effect, Error, Fork, Machine, MachineInfo, Recovery, Resource, Retrier, Stage, StateId,
    StateInfo, StateType, Task, Value, Wait,
};
use engine_support::{Answer, Script, machine, retrier, state};
use serde_json::json;

/// What the API answers to a test, data as values: `{"status": …}`, or the refusal as text.
async fn answer(test: TestState<'_>) -> Value {
    match test.run().await {
        Ok(output) => parsed(output.to_value()),
        Err(refusal) => Value::from(refusal.to_string()),
    }
}

/// The members that are JSON texts, as values.
fn parsed(answer: Value) -> Value {
    let Value::Object(members) = answer else { return answer };
    let value = |(name, value): (String, Value)| match (name.as_str(), value) {
        ("inspectionData", value) => (name, parsed(value)),
        ("status" | "error" | "cause" | "nextState", value) => (name, value),
        (_, Value::String(text)) => (name, serde_json::from_str(&text).unwrap()),
        (_, value) => (name, value),
    };
    Value::Object(members.into_iter().map(value).collect())
}

async fn check(test: TestState<'_>, expected: Value) {
    assert_eq!(answer(test).await, expected);
}

/// A machine with a state of each type, written as generated code would be. Each state does what the member of its
/// name in the input says.
#[derive(Default)]
struct Sample {
    total: Option<Value>,
    assigned: bool,
}

static STATES: [StateInfo; 11] = [
    state("Pass", StateType::Pass),
    state("Result", StateType::Pass),
    state("Parameters", StateType::Pass),
    state("Choice", StateType::Choice),
    state("Fail", StateType::Fail),
    state("Wait", StateType::Wait),
    state("Task", StateType::Task),
    state("Parallel", StateType::Parallel),
    state("Map", StateType::Map),
    state("Callback", StateType::Task),
    state("Function", StateType::Task),
];
static MACHINE: MachineInfo = MachineInfo { name: "sample", ..machine(&STATES) };
static RETRY: [Retrier; 2] = [retrier(&["A"], 1, 5), retrier(&["States.ExceedToleratedFailureThreshold"], 1, 0)];
static RECOVERY: Recovery = Recovery { retry: &RETRY, catch: &[&["Never"], &["B"], &["States.TaskFailed"]] };
static TASK: Task = engine_support::task(&RETRY, &[&["Never"], &["B"]]);
static CALLBACK: Task = Task {
    state: "Callback",
    resource: Resource {
        arn: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        service: "sqs",
        action: "sendMessage",
        pattern: "waitForTaskToken",
    },
    recovery: Recovery::NONE,
};
static FUNCTION: Task = Task {
    state: "Function",
    resource: Resource {
        arn: "arn:aws:lambda:us-east-1:1:function:charge",
        service: "",
        action: "charge",
        pattern: "",
    },
    recovery: Recovery::NONE,
};

fn perform(task: &'static Task, parameters: Value) -> Result<Action, Error> {
    let (timeout_seconds, heartbeat_seconds, credentials) = (None, None, None);
    Ok(Action::Perform(Effect::Call(Call { task, parameters, timeout_seconds, heartbeat_seconds, credentials })))
}

impl Machine for Sample {
    fn info(&self) -> &'static MachineInfo {
        &MACHINE
    }

    fn recovery(&self, _: StateId) -> &'static Recovery {
        &RECOVERY
    }

    fn has_task_token(&self, state: StateId) -> bool {
        self.info().states.get(usize::from(state.0)).is_some_and(|state| state.name == "Callback")
    }

    fn enter(&mut self, state: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        match STATES[usize::from(state.0)].name {
            "Result" => {
                let result = json!("fixed");
                context.inspect(Stage::Result, &result);
                *data = json!({"put": result});
                context.inspect(Stage::AfterResultPath, data);
                Ok(Action::End)
            }
            "Parameters" => {
                let selected = data
                    .get("selected")
                    .cloned()
                    .ok_or_else(|| Error::runtime("Invalid path '$.selected' : No results for path: $['selected']"))?;
                context.inspect(Stage::AfterInputPath, &selected);
                let made = json!({
                    "made": selected.get("from").ok_or_else(|| Error::runtime("The JSONPath '$.from' is missing"))?,
                    "context": context.to_value()["Execution"]["Id"],
                });
                context.inspect(Stage::AfterParameters, &made);
                *data = made;
                Ok(Action::Next(StateId(0)))
            }
            "Pass" => {
                self.total = Some(json!(3));
                self.assigned = true;
                Ok(Action::Next(StateId(1)))
            }
            "Choice" => Ok(Action::Next(StateId(0))),
            "Fail" => Err(Error::new("Boom", "why")),
            "Wait" => Ok(Action::Perform(Effect::Wait(Wait::Seconds(1_000_000)))),
            "Task" => perform(&TASK, json!({"asked": data, "token": context.task_token})),
            "Callback" => perform(&CALLBACK, json!({"token": context.to_value()["Task"]["Token"]})),
            "Function" => perform(&FUNCTION, data.clone()),
            _ => {
                let inputs = match data.get("items") {
                    Some(Value::Array(items)) => items.clone(),
                    _ => return Err(Error::runtime("Reference path \"$.items\" must point to array.")),
                };
                context.inspect(Stage::AfterItemsPath, &data["items"]);
                if let Some(tolerated) = data.get("tolerated") {
                    context.inspect(Stage::ToleratedFailureCount, tolerated);
                }
                let max_concurrency = None;
                Ok(Action::Perform(Effect::Fork(Fork { inputs, max_concurrency })))
            }
        }
    }

    fn leave(
        &mut self,
        state: StateId,
        data: &mut Value,
        result: Value,
        context: &Context<'_>,
    ) -> Result<Action, Error> {
        if state == StateId(6) {
            let chosen = result.get("id").ok_or_else(|| Error::runtime("The JSONPath '$.id' is missing"))?;
            context.inspect(Stage::AfterResultSelector, chosen);
            *data = chosen.clone();
        } else if state != StateId(5) {
            *data = result;
        }
        Ok(Action::Next(StateId(0)))
    }

    fn catch(
        &mut self,
        _: StateId,
        catcher: usize,
        data: &mut Value,
        error_output: Value,
        _: &Context<'_>,
    ) -> Result<Action, Error> {
        *data = json!([catcher, error_output]);
        Ok(Action::Next(StateId(3)))
    }

    fn inner(&self, state: StateId, branch: usize) -> Option<Box<dyn Machine>> {
        let inner = Inner { total: self.total.clone() };
        (matches!(state.0, 7 | 8) && branch < 2).then(|| Box::new(inner) as Box<dyn Machine>)
    }

    fn variable(&self, name: &str) -> Option<&Value> {
        self.total.as_ref().filter(|_| name == "total")
    }

    fn set_variable(&mut self, name: &str, value: Value) -> bool {
        self.total = Some(value);
        name == "total"
    }

    fn take_assigned(&mut self) -> &'static [&'static str] {
        if std::mem::take(&mut self.assigned) { &["total"] } else { &[] }
    }
}

/// A machine inside a state: it gives what it sees.
struct Inner {
    total: Option<Value>,
}

static INNER: [StateInfo; 1] = [state("Inside", StateType::Pass)];
static INNER_MACHINE: MachineInfo = machine(&INNER);

impl Machine for Inner {
    fn info(&self) -> &'static MachineInfo {
        &INNER_MACHINE
    }

    fn enter(&mut self, _: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        *data = json!({"input": data, "total": self.total, "map": context.to_value().get("Map")});
        Ok(Action::End)
    }

    fn leave(&mut self, state: StateId, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
        Err(Error::runtime(format!("{state:?} performs nothing")))
    }

    fn catch(&mut self, state: StateId, _: usize, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
        Err(Error::runtime(format!("{state:?} performs nothing")))
    }
}

fn test(state: &'static str, input: Value) -> TestState<'static> {
    TestState::new(Sample::default(), state, input)
}

fn traced(state: &'static str, input: Value) -> TestState<'static> {
    test(state, input).inspection_level(InspectionLevel::Trace)
}

#[tokio::test]
async fn a_state_gives_its_output_and_what_follows() {
    check(test("Pass", json!([1])), json!({"status": "SUCCEEDED", "output": [1], "nextState": "Result"})).await;
    check(test("Result", json!([1])), json!({"status": "SUCCEEDED", "output": {"put": "fixed"}})).await;
    check(test("Choice", json!(2)), json!({"status": "SUCCEEDED", "output": 2, "nextState": "Pass"})).await;
    check(test("Wait", json!(2)), json!({"status": "SUCCEEDED", "output": 2, "nextState": "Pass"})).await;
    check(test("Fail", json!(2)), json!({"status": "FAILED", "error": "Boom", "cause": "why"})).await;
    let expected = json!({"status": "SUCCEEDED", "output": "1", "nextState": "Pass"});
    check(test("Task", json!(2)).mock_result(json!({"id": "1"})), expected).await;
    let expected = json!({"status": "SUCCEEDED", "output": [1, 2], "nextState": "Pass"});
    check(test("Map", json!({"items": [0, 0]})).mock_result(json!([1, 2])), expected).await;
}

#[tokio::test]
async fn each_type_of_state_tells_its_own_values() {
    async fn check(test: TestState<'_>, expected: Value) {
        let mut found = answer(test).await;
        assert_eq!(found["inspectionData"].take(), expected);
    }
    let input = json!({"n": 1});

    let whole = json!({
        "input": input,
        "afterInputPath": input,
        "afterParameters": input,
        "afterResultSelector": input,
        "afterResultPath": input,
        "variables": {"total": 3},
    });
    check(traced("Pass", input.clone()), whole.clone()).await;
    check(test("Pass", input.clone()).inspection_level(InspectionLevel::Debug), whole).await;
    check(test("Pass", input.clone()), Value::Null).await;

    let fixed = json!({
        "input": input,
        "result": "fixed",
        "afterResultSelector": "fixed",
        "afterResultPath": {"put": "fixed"},
    });
    check(traced("Result", input.clone()), fixed).await;

    let entered = json!({"input": input, "afterInputPath": input});
    for state in ["Choice", "Wait", "Fail"] {
        check(traced(state, input.clone()), entered.clone()).await;
    }

    let result = json!({"id": 7});
    let task = json!({
        "input": input,
        "afterInputPath": input,
        "afterParameters": {"asked": {"n": 1}, "token": null},
        "result": result,
        "afterResultSelector": 7,
        "afterResultPath": 7,
    });
    check(traced("Task", input.clone()).mock_result(result), task).await;

    let input = json!({"items": [1, 2], "tolerated": 1});
    let parallel = json!({"input": input, "afterResultSelector": ["a", "b"], "afterResultPath": ["a", "b"]});
    check(traced("Parallel", input.clone()).mock_result(json!(["a", "b"])), parallel).await;
    let map = json!({
        "input": input,
        "afterInputPath": input,
        "afterItemsPath": [1, 2],
        "maxConcurrency": 0,
        "toleratedFailureCount": 1,
        "afterResultSelector": ["a", "b"],
        "afterResultPath": ["a", "b"],
    });
    check(traced("Map", input.clone()).mock_result(json!(["a", "b"])), map).await;
}

#[tokio::test]
async fn a_state_that_fails_tells_how_far_it_came() {
    async fn check(test: TestState<'_>, cause: &str, expected: Value) {
        let mut found = answer(test).await;
        assert_eq!(found["inspectionData"].take(), expected);
        assert_eq!(found["status"], "FAILED");
        assert_eq!(found["error"], "States.Runtime");
        assert_eq!(found["cause"], cause);
    }
    let cause = "Invalid path '$.selected' : No results for path: $['selected']";
    check(traced("Parameters", json!({})), cause, json!({"input": {}})).await;
    let input = json!({"selected": {}});
    let expected = json!({"input": input, "afterInputPath": {}});
    check(traced("Parameters", input), "The JSONPath '$.from' is missing", expected).await;
    let expected = json!({"input": [1], "afterInputPath": [1]});
    let test = traced("Map", json!([1])).mock_result(json!([]));
    check(test, "Reference path \"$.items\" must point to array.", expected).await;
    let expected = json!({
        "input": 1,
        "afterInputPath": 1,
        "afterParameters": {"asked": 1, "token": null},
        "result": {},
    });
    check(traced("Task", json!(1)).mock_result(json!({})), "The JSONPath '$.id' is missing", expected).await;
}

#[tokio::test]
async fn a_mocked_error_is_retried_or_caught_or_ends_the_state() {
    async fn check(test: TestState<'_>, name: &str, expected: Value, details: Value) {
        let mut found = answer(test.mock_error(name, "why").inspection_level(InspectionLevel::Debug)).await;
        let members = found.as_object_mut().unwrap();
        let mut data = members.shift_remove("inspectionData").unwrap();
        assert_eq!(members.shift_remove("error"), Some(json!(name)));
        assert_eq!(members.shift_remove("cause"), Some(json!("why")));
        assert_eq!(found, expected);
        assert_eq!(data["errorDetails"].take(), details);
        assert_eq!(data["afterParameters"], json!({"asked": 1, "token": null}));
    }
    let task = || test("Task", json!(1));
    let (retriable, failed) = (json!({"status": "RETRIABLE"}), json!({"status": "FAILED"}));
    let details = json!({"retryIndex": 0, "retryBackoffIntervalSeconds": 1});
    check(task(), "A", retriable.clone(), details).await;
    let details = json!({"retryIndex": 0, "retryBackoffIntervalSeconds": 16});
    check(task().retrier_retry_count(4), "A", retriable, details).await;
    check(task().retrier_retry_count(5), "A", failed.clone(), json!({"retryIndex": 0})).await;
    check(task(), "C", failed, Value::Null).await;
    let caught =
        json!({"status": "CAUGHT_ERROR", "output": [1, {"Error": "B", "Cause": "why"}], "nextState": "Choice"});
    check(task(), "B", caught, json!({"catchIndex": 1})).await;
}

#[tokio::test]
async fn failed_iterations_count_against_the_threshold() {
    let map = |tolerated: Value, failures| {
        let input = json!({"items": [1, 2, 3], "tolerated": tolerated});
        test("Map", input).mock_result(json!([0, 0, 1])).map_iteration_failure_count(failures)
    };
    let succeeded = json!({"status": "SUCCEEDED", "output": [0, 0, 1], "nextState": "Pass"});
    check(map(Value::Null, 2), succeeded.clone()).await;
    check(map(json!(2), 2), succeeded).await;
    let (error, cause) =
        ("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
    let caught = json!({
        "status": "CAUGHT_ERROR",
        "error": error,
        "cause": cause,
        "output": [2, {"Error": error, "Cause": cause}],
        "nextState": "Choice",
    });
    check(map(json!(1), 2), caught).await;
    let refusal = "ValidationException: Map iteration failure count must be less than or equal to the number of Map \
                   iterations";
    check(map(json!(1), 4), json!(refusal)).await;
}

#[tokio::test]
async fn a_task_without_a_mock_calls_its_service() {
    let script = Script::new([Answer::Output(json!({"id": 5})), Answer::Error("A")]);
    let expected = json!({"status": "SUCCEEDED", "output": 5, "nextState": "Pass"});
    check(test("Task", json!(1)).services(&script), expected).await;
    let expected = json!({"status": "RETRIABLE", "error": "A", "cause": "cause of A"});
    check(TestState::new(Sample::default(), "Task", json!(1)).services(&script), expected).await;
    let expected = json!("ValidationException: RoleArn must be specified when testing a Task state");
    check(test("Task", json!(1)), expected).await;
    let expected = "ValidationException: No service named 'lambda' was given, which the resource \
                    'arn:aws:lambda:us-east-1:1:function:charge' calls";
    check(test("Function", json!(1)).role_arn("arn:r"), json!(expected)).await;
    let expected = "ValidationException: A Task with the service integration pattern '.waitForTaskToken' can only be \
                    tested with a mock";
    check(test("Callback", json!(1)).services(&script), json!(expected)).await;
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_answer_times_out() {
    let script = Script::new([Answer::Never]);
    check(test("Task", json!(1)).services(&script), json!({"status": "FAILED", "error": "States.Timeout"})).await;
}

#[tokio::test]
async fn a_state_inside_another_is_found_with_its_surroundings() {
    let expected = |map: Value| json!({"status": "SUCCEEDED", "output": {"input": "x", "total": 9, "map": map}});
    let inside = || test("Inside", json!("x")).variables(json!({"total": 9}));
    check(inside(), expected(Value::Null)).await;

    /// A machine whose only state with a machine inside is a Map state.
    struct Mapped;
    static MAPPED: [StateInfo; 1] = [state("Each", StateType::Map)];
    static MAPPED_MACHINE: MachineInfo = machine(&MAPPED);
    impl Machine for Mapped {
        fn info(&self) -> &'static MachineInfo {
            &MAPPED_MACHINE
        }
        fn enter(&mut self, _: StateId, _: &mut Value, _: &Context<'_>) -> Result<Action, Error> {
            Ok(Action::End)
        }
        fn leave(&mut self, _: StateId, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
            Ok(Action::End)
        }
        fn catch(&mut self, _: StateId, _: usize, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
            Ok(Action::End)
        }
        fn inner(&self, _: StateId, _: usize) -> Option<Box<dyn Machine>> {
            Some(Box::new(Inner { total: Some(json!(9)) }))
        }
    }
    let item = json!({"Item": {"Index": 0, "Value": "x", "Source": "STATE_DATA"}});
    check(TestState::new(Mapped, "Inside", json!("x")), expected(item)).await;
    check(TestState::new(Mapped, "Inside", json!("x")).context(json!({})), expected(Value::Null)).await;
    let expected = json!({"status": "FAILED", "error": "E", "cause": "c"});
    let failing = || TestState::new(Sample::default(), "Map", json!({"items": []})).mock_error("E", "c");
    let caught = answer(failing().error_caused_by_state("Inside")).await;
    assert_eq!(caught["error"], expected["error"]);
    let refusal = "ValidationException: The tested state has no state 'Outside' inside that could cause the error";
    check(failing().error_caused_by_state("Outside"), json!(refusal)).await;
}

#[tokio::test]
async fn a_context_object_is_taken_as_it_is_given() {
    let id = |answer: &Value| answer["output"]["context"].clone();
    let input = json!({"selected": {"from": 1}});
    let own = answer(test("Parameters", input.clone())).await;
    let own = id(&own);
    assert!(own.as_str().unwrap().starts_with("arn:aws:states:us-east-1:123456789012:express:sample:"), "{own}");
    let given = test("Parameters", input).context(json!({"Execution": {"Id": "arn:mine"}}));
    assert_eq!(id(&answer(given).await), "arn:mine");

    let callback = || traced("Callback", json!(1)).mock_result(json!(2));
    let token = |answer: &Value| answer["inspectionData"]["afterParameters"]["token"].clone();
    assert_eq!(token(&answer(callback().context(json!({"Task": {"Token": "t"}}))).await), "t");
    assert_eq!(token(&answer(callback()).await).as_str().map(str::len), Some(36), "a token is made up");
}

#[tokio::test]
async fn a_mocked_result_keeps_its_text() {
    assert!(test("Task", json!(1)).mock_result_text("[1,").is_err());
    let text = r#"[{"a": 1}, 2]"#;
    let output = test("Parallel", json!({"items": [1, 2]})).mock_result_text(text).unwrap().run().await.unwrap();
    assert_eq!(output.output_text().as_deref(), Some(text));
    assert_eq!(output.to_value()["output"], text);
    let output = test("Parallel", json!({"items": [1, 2]})).mock_result(text.parse().unwrap()).run().await.unwrap();
    assert_eq!(output.output_text().as_deref(), Some(r#"[{"a":1},2]"#));
}

#[tokio::test]
async fn what_aws_refuses_is_refused() {
    async fn check(test: TestState<'_>, expected: &str) {
        assert_eq!(answer(test).await, expected);
    }
    check(test("Nowhere", json!(1)), "ValidationException: State not found in definition").await;
    let message = "ValidationException: State type 'Pass' is not supported when a mock is specified";
    check(test("Pass", json!(1)).mock_result(json!(1)), message).await;
    check(test("Pass", json!(1)).mock_error("E", "c"), message).await;
    let message = "InvalidDefinition: TestState API does not support Map or Parallel states. Supported state types \
                   include: [Task, Wait, Pass, Succeed, Fail, Choice]";
    check(test("Map", json!(1)), message).await;
    check(test("Parallel", json!(1)), message).await;
    let message =
        "ValidationException: A test mock should have only one of the following fields: [result, errorOutput].";
    check(test("Task", json!(1)).mock_result(json!(1)).mock_error("E", "c"), message).await;
    let message = "ValidationException: Mocked result must be an array.";
    check(test("Map", json!(1)).mock_result(json!({})), message).await;
    check(test("Parallel", json!(1)).mock_result(json!({})), message).await;
    let message = "ValidationException: Mocked result must contain the same number of items as number of Parallel \
                   branches.";
    check(test("Parallel", json!(1)).mock_result(json!([1])), message).await;
    check(test("Pass", json!(1)).variables(json!([])), "ValidationException: Variables must be a JSON object").await;
}

#[tokio::test]
async fn a_context_object_that_aws_refuses_is_refused() {
    async fn check(context: Value, expected: &str) {
        let test = test("Task", json!(1)).mock_result(json!({"id": 1})).context(context);
        let expected = format!("ValidationException: Invalid Context object provided: {expected}");
        assert_eq!(answer(test).await, expected);
    }
    check(json!({"Pokedex": {}}), "Field 'Pokedex' is not allowed").await;
    check(json!({"Execution": {"Pokedex": 1}}), "Field 'Pokedex' is not allowed").await;
    check(json!({"Execution": {"Id": 1}}), "Execution.Id must be a string").await;
    check(json!({"State": {"RetryCount": "1"}}), "State.RetryCount must be a number").await;
    check(json!({"Map": {}}), "'Map' field is not supported when mocking a Context object").await;
    let message = "Context object contains 'Task' when state is not a Task state with a '.sync' or \
                   '.waitForTaskToken' service integration pattern";
    check(json!({"Task": {"Token": "t"}}), message).await;
}
