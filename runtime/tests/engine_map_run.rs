//! Distributed Map states in the in-memory engine: executions of their own, how many of them may fail, and what is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use std::time::Duration;

use asl_runtime::engine::{Checkpoint, Failure, Run, TypedMachine};
use asl_runtime::{
    Action, Context, Effect, Error, ExecutionType, Machine, MachineInfo, MapRun, StateId, StateInfo, StateType,
    Tolerance, Value,
};
use engine_support::plan::*;
use engine_support::{Notes, machine, retrier, state};
use serde_json::json;
use tokio::time::{Instant, timeout};

const NO_TOLERANCE: (Option<u32>, Option<f64>) = (None, None);
const EXCEEDED: &str = "States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded";

fn each(max_concurrency: Option<u32>, tolerance: (Option<u32>, Option<f64>)) -> Plan {
    plan([("Each", distributed(NONE, max_concurrency, tolerance, plan([("Work", work())])))])
}

/// Runs a plan. Gives what came of it, and after how many seconds.
async fn run(plan: Plan, service: &Obedient, input: Value) -> (Result<Value, Failure>, u64) {
    let start = Instant::now();
    let outcome = timeout(Duration::from_secs(1_000_000), Run::new(plan, service, input)).await.expect("it ends");
    (outcome, start.elapsed().as_secs())
}

/// The events, with the UUIDs of Map Runs cut off.
fn told(notes: &Notes) -> Vec<String> {
    let cut = |note: String| match note.split_once(":mapRun:plan/label:") {
        Some((before, _)) => format!("{before}:mapRun:plan/label"),
        None => note,
    };
    notes.take().into_iter().map(cut).collect()
}

#[tokio::test(start_paused = true)]
async fn outputs_are_in_order_and_no_more_run_at_once_than_may() {
    let check = async |max_concurrency, input: Value, most, expected| {
        let service = Obedient::default();
        let (outcome, seconds) = run(each(max_concurrency, NO_TOLERANCE), &service, input.clone()).await;
        assert_eq!(outcome, Ok(input));
        assert_eq!((service.most(), seconds), (most, expected));
    };
    check(None, json!([]), 0, 0).await;
    check(None, json!([3, 1, 2]), 3, 3).await;
    check(Some(0), json!([3, 1, 2]), 3, 3).await;
    check(Some(1), json!([3, 1, 2]), 1, 6).await;
    check(Some(2), json!([5, 1, 1, 1]), 2, 5).await;
    check(None, Value::from(vec![1; 100]), 100, 1).await;
    check(None, Value::from(vec![1; 1500]), 1000, 2).await;
}

#[tokio::test(start_paused = true)]
async fn so_many_executions_may_fail() {
    let check = async |tolerance, input: Value, tolerated: bool| {
        let (outcome, _) = run(each(None, tolerance), &Obedient::default(), input.clone()).await;
        match outcome {
            Ok(_) => assert!(tolerated, "{tolerance:?} of {input}"),
            Err(failure) => {
                assert!(!tolerated, "{tolerance:?} of {input}");
                assert_eq!((failure.error.to_string().as_str(), failure.state), (EXCEEDED, Some("Each")));
            }
        }
    };
    let (one, two) = (json!([1, "Boom", 1, 1]), json!([1, "Boom", [2, "Boom"], 1]));
    check(NO_TOLERANCE, one.clone(), false).await;
    check((Some(0), None), one.clone(), false).await;
    check((Some(1), None), one.clone(), true).await;
    check((Some(1), None), two.clone(), false).await;
    check((Some(2), None), two.clone(), true).await;
    check((None, Some(24.9)), one.clone(), false).await;
    check((None, Some(25.0)), one.clone(), true).await;
    check((None, Some(49.0)), two.clone(), false).await;
    check((None, Some(50.0)), two.clone(), true).await;
    check((None, Some(100.0)), json!(["Boom", "Boom"]), true).await;
    // Either of the two is enough.
    check((Some(2), Some(49.0)), two.clone(), false).await;
    check((Some(1), Some(50.0)), two, false).await;
    check((Some(0), None), json!([]), true).await;
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_in_the_result() {
    let service = Obedient::default();
    let (outcome, seconds) = run(each(Some(1), (Some(1), None)), &service, json!([1, [2, "Boom"], 3])).await;
    let mut output = outcome.unwrap();
    assert_eq!((&output[0], &output[2], seconds), (&json!(1), &json!(3), 6));
    let failed = output[1].take();
    let text = |name: &str| failed[name].as_str().unwrap().to_owned();
    assert_eq!(
        text("ExecutionArn"),
        format!("arn:aws:states:us-east-1:123456789012:execution:plan/label:{}", text("Name"))
    );
    assert_eq!(text("StateMachineArn"), "arn:aws:states:us-east-1:123456789012:stateMachine:plan/label");
    assert_eq!((text("Status"), text("Error"), text("Cause")), ("FAILED".into(), "Boom".into(), "as told".into()));
    assert_eq!((text("Input"), &failed["InputDetails"]), ("[2,\"Boom\"]".into(), &json!({"Included": true})));
}

#[tokio::test(start_paused = true)]
async fn the_first_failure_too_many_stops_the_others() {
    let service = Obedient::default();
    let (outcome, seconds) = run(each(None, (Some(1), None)), &service, json!([[1, "A"], [2, "B"], 100, 100])).await;
    assert_eq!((outcome.unwrap_err().error.to_string().as_str(), seconds), (EXCEEDED, 2));
    assert_eq!((service.count(), service.dropped()), (4, 2));
    // What fails inside is no failure of the execution around it, even when the interpreter is what failed.
    let broken = plan([("Each", distributed(NONE, None, (Some(9), None), plan([("Item", Do::Break)])))]);
    assert!(run(broken, &service, json!([1, 2])).await.0.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_happens_inside_is_not_told() {
    let check = async |plan: Plan, input: Value, expected: &[&str]| {
        let (notes, service) = (Notes::default(), Obedient::default());
        let _ = Run::new(plan, &service, input).observer(&notes).await;
        assert_eq!(told(&notes), expected);
    };
    check(
        each(Some(1), NO_TOLERANCE),
        json!([1, 0]),
        &[
            "1<0 - ExecutionStarted [1,0]",
            "2<0 Each StateEntered [1,0]",
            "3<2 Each MapStateStarted 2",
            "4<3 Each MapRunStarted arn:aws:states:us-east-1:123456789012:mapRun:plan/label",
            "5<4 Each MapRunSucceeded",
            "6<5 Each MapStateSucceeded",
            "7<5 Each StateExited [1,0]",
            "8<7 - ExecutionSucceeded [1,0]",
        ],
    )
    .await;
    let catch = recovery(&[retrier(&["Other"], 1, 1)], &[&["States.ExceedToleratedFailureThreshold"]]);
    let processor = plan([("Work", work())]);
    check(
        plan([("Start", Do::Pass), ("Each", distributed(catch, None, NO_TOLERANCE, processor))]),
        json!(["Boom"]),
        &[
            "1<0 - ExecutionStarted [\"Boom\"]",
            "2<0 Start StateEntered [\"Boom\"]",
            "3<2 Start StateExited [\"Boom\"]",
            "4<3 Each StateEntered [\"Boom\"]",
            "5<4 Each MapStateStarted 1",
            "6<5 Each MapRunStarted arn:aws:states:us-east-1:123456789012:mapRun:plan/label",
            &format!("7<6 Each MapRunFailed {EXCEEDED}"),
            "8<7 Each MapStateFailed",
            "9<8 Each StateExited [0,\"States.ExceedToleratedFailureThreshold\"]",
            "10<9 - ExecutionSucceeded [0,\"States.ExceedToleratedFailureThreshold\"]",
        ],
    )
    .await;
    // As recorded: what the data does not say fails after the state has begun, and before the Map Run.
    let negative = Err("ToleratedFailureCount cannot be negative.");
    check(
        plan([("Each", Do::Distributed(NONE, None, negative, plan([("Item", Do::Pass)])))]),
        json!([1]),
        &[
            "1<0 - ExecutionStarted [1]",
            "2<0 Each StateEntered [1]",
            "3<2 Each MapStateStarted 1",
            "4<3 - ExecutionFailed States.Runtime: An error occurred while executing the state 'Each' (entered at the \
             event id #2). ToleratedFailureCount cannot be negative.",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_retry_starts_a_new_run() {
    let (notes, service) = (Notes::default(), Obedient::default());
    let retry = recovery(&[retrier(&["States.ExceedToleratedFailureThreshold"], 10, 2)], &[]);
    let plan = plan([("Each", distributed(retry, None, NO_TOLERANCE, plan([("Work", work())])))]);
    let outcome = Run::new(plan, &service, json!([0, "Boom"])).observer(&notes).await;
    assert_eq!(outcome.unwrap_err().error.to_string(), EXCEEDED);
    let notes = notes.take();
    let runs: Vec<_> = notes.iter().filter_map(|note| note.split_once("MapRunStarted ")).map(|(_, arn)| arn).collect();
    assert_eq!((runs.len(), service.count()), (3, 6));
    assert!(runs[0] != runs[1] && runs[1] != runs[2]);
    let count = |what: &str| notes.iter().filter(|note| note.contains(what)).count();
    assert_eq!((count("MapStateStarted 2"), count("MapRunFailed"), count("MapStateFailed")), (3, 3, 1));
}

#[tokio::test(start_paused = true)]
async fn a_run_is_stopped_with_the_branch_it_is_in() {
    let (notes, service) = (Notes::default(), Obedient::default());
    let fails = plan([("Rest", Do::Wait(3)), ("Fail", Do::Fail("Boom"))]);
    let fan = plan([("Fan", parallel(NONE, [each(None, NO_TOLERANCE), fails]))]);
    let outcome = Run::new(fan, &service, json!([9, 9])).observer(&notes).await;
    assert_eq!((outcome.unwrap_err().error.to_string().as_str(), service.dropped()), ("Boom: failed", 2));
    let told = told(&notes);
    let place = |what: &str| told.iter().position(|note| note.contains(what)).expect(what);
    assert!(place("Each StateAborted") < place("Each MapRunAborted"));
}

#[tokio::test(start_paused = true)]
async fn variables_outside_are_not_seen() {
    let processor = plan([("Read", Do::Read("x")), ("Done", Do::Pass)]);
    let outer = plan([("Set", Do::Assign("x")), ("Each", distributed(NONE, None, NO_TOLERANCE, processor))]);
    assert_eq!(run(outer, &Obedient::default(), json!([1, 2])).await.0, Ok(json!([null, null])));
}

#[tokio::test(start_paused = true)]
async fn runs_are_inside_runs() {
    let mut inner = plan([("Work", work())]);
    let mut input = json!(1);
    for _ in 0..10 {
        inner = plan([("Each", distributed(NONE, None, NO_TOLERANCE, inner)), ("Rest", Do::Wait(1))]);
        input = json!([input]);
    }
    assert_eq!(run(inner, &Obedient::default(), input.clone()).await, (Ok(input), 11));
}

/// A distributed Map state that gives of each item the context object of its execution.
#[derive(Clone, Copy)]
struct Asked {
    execution_type: ExecutionType,
    inside: bool,
}

static OUTER_STATES: [StateInfo; 1] = [state("Each", StateType::Map)];
static OUTER: MachineInfo = machine(&OUTER_STATES);
static INNER_STATES: [StateInfo; 1] = [state("Item", StateType::Pass)];
static INNER: MachineInfo = MachineInfo { reads_execution_input: true, ..machine(&INNER_STATES) };

impl Machine for Asked {
    fn info(&self) -> &'static MachineInfo {
        if self.inside { &INNER } else { &OUTER }
    }

    fn enter(&mut self, _: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        if self.inside {
            *data = context.to_value();
            return Ok(Action::End);
        }
        Ok(Action::Perform(Effect::MapRun(Box::new(MapRun {
            inputs: data.as_array().unwrap().clone(),
            max_concurrency: None,
            label: "label",
            execution_type: self.execution_type,
            tolerance: Ok(Tolerance::default()),
        }))))
    }

    fn leave(&mut self, _: StateId, data: &mut Value, result: Value, _: &Context<'_>) -> Result<Action, Error> {
        *data = result;
        Ok(Action::End)
    }

    fn catch(&mut self, _: StateId, _: usize, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
        Ok(Action::End)
    }

    fn inner(&self, _: StateId, _: usize) -> Option<Box<dyn Machine>> {
        Some(Box::new(Self { inside: true, ..*self }))
    }
}

impl TypedMachine for Asked {
    type State = u16;

    fn state(id: StateId) -> Option<u16> {
        Some(id.0)
    }
}

#[tokio::test(start_paused = true)]
async fn each_item_has_an_execution_of_its_own() {
    let service = Obedient::default();
    for (execution_type, kind, more) in
        [(ExecutionType::Standard, "execution", 0), (ExecutionType::Express, "express", 37)]
    {
        let asked = Asked { execution_type, inside: false };
        let run = Run::new(asked, &service, json!(["a", {"b": 1}])).account("1").role_arn("arn:r").name("outer");
        let output = run.await.unwrap();
        let names = [&output[0], &output[1]].map(|context| context["Execution"]["Name"].as_str().unwrap().to_owned());
        assert_ne!(names[0], names[1]);
        for (context, (input, name)) in
            output.as_array().unwrap().iter().zip([json!("a"), json!({"b": 1})].iter().zip(&names))
        {
            let id = context["Execution"]["Id"].as_str().unwrap();
            let own = id.strip_prefix(&format!("arn:aws:states:us-east-1:1:{kind}:scripted/label:{name}"));
            assert_eq!(own.map(str::len), Some(more), "{id}");
            assert_eq!(&context["Execution"]["Input"], input);
            assert_eq!(context["Execution"]["RoleArn"], "arn:r");
            let machine =
                json!({"Id": "arn:aws:states:us-east-1:1:stateMachine:scripted/label", "Name": "scripted/label"});
            assert_eq!(context["StateMachine"], machine);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_on_from_any_checkpoint() {
    let plan = || {
        let processor = plan([("Rest", Do::Wait(2)), ("Work", work())]);
        plan([("Start", Do::Pass), ("Each", distributed(NONE, Some(2), (Some(1), Some(50.0)), processor))])
    };
    let input = json!([3, [1, "Boom"], 5, 1]);
    for seconds in 1..12 {
        let service = Obedient::default();
        let mut execution = Run::new(plan(), &service, input.clone()).into_execution();
        let steps = async { while execution.step().await.unwrap().is_some() {} };
        let ended = timeout(Duration::from_millis(seconds * 1000 - 500), steps).await.is_ok();
        let Some(checkpoint) = execution.checkpoint() else {
            assert!(ended && seconds > 10, "{seconds}");
            continue;
        };
        drop(execution);
        let text = Value::from(checkpoint).to_string();
        let checkpoint = Checkpoint::try_from(serde_json::from_str::<Value>(&text).unwrap()).unwrap();
        assert_eq!(Value::from(checkpoint.clone()).to_string(), text);
        let notes = Notes::default();
        let output = Run::resume(plan(), &service, checkpoint).unwrap().observer(&notes).await.unwrap();
        assert_eq!((&output[0], &output[2], &output[3]), (&json!(3), &json!(5), &json!(1)));
        assert_eq!((&output[1]["Error"], &output[1]["Input"]), (&json!("Boom"), &json!("[1,\"Boom\"]")));
        let told = notes.take();
        assert!(told.iter().all(|note| !note.contains("MapRunStarted")), "the run goes on: {told:?}");
        assert!(told.iter().any(|note| note.starts_with("7<6 Each MapRunSucceeded")), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_checkpoint_that_does_not_agree_is_refused() {
    let service = Obedient::default();
    let mut execution = Run::new(each(Some(2), (Some(1), None)), &service, json!([3, 3, 3])).into_execution();
    assert!(timeout(Duration::from_secs(1), execution.step()).await.is_err());
    let checkpoint = Value::from(execution.checkpoint().unwrap());
    let check = |machine: Plan, path: &str, wrong: Value, expected: &str| {
        let mut value = checkpoint.clone();
        *value.pointer_mut(path).unwrap() = wrong;
        let refused = Checkpoint::try_from(value).map(|checkpoint| Run::resume(machine, &service, checkpoint).err());
        let refused = refused.map_or_else(|error| error.to_string(), |error| error.unwrap().to_string());
        assert_eq!(refused, expected, "{path}");
    };
    let torn = "what the checkpoint has of the branches or iterations of 'Each' does not agree";
    let same = || each(Some(2), (Some(1), None));
    check(same(), "/visit/mapRun/next", json!(4), torn);
    check(same(), "/visit/mapRun/next", json!(1), torn);
    check(same(), "/visit/mapRun/running", json!([]), torn);
    check(same(), "/visit/mapRun/running/1/index", json!(0), torn);
    check(same(), "/visit/mapRun/failed", json!(-1), "`failed` of the checkpoint is not a number");
    check(
        same(),
        "/visit/mapRun/toleratedFailureCount",
        json!("1"),
        "`toleratedFailureCount` of the checkpoint is not a number",
    );
    check(same(), "/visit/mapRun/type", json!("FAST"), "`type` of the checkpoint is not a type of execution");
    check(same(), "/visit/mapRun", json!(1), "`mapRun` of the checkpoint is not an object");
    let other = "the checkpoint is in the middle of the Map state 'Each', and in the machine 'plan' it is a Wait state";
    check(plan([("Each", Do::Wait(1))]), "/previous", json!(4), other);
}
