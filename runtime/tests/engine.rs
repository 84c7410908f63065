//! The in-memory engine: retries, catchers, timeouts, waits, causes and events, in virtual time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use std::time::Duration;

use asl_runtime::engine::{Failure, Run, Status};
use asl_runtime::{
    Action, Effect, Error, MachineInfo, Retrier, StateId, StateInfo, StateType, Task, Timestamp, Value, Wait,
};
use engine_support::*;
use serde_json::json;
use tokio::time::Instant;

static WORK: [StateInfo; 1] = [state("Work", StateType::Task)];
static WORK_MACHINE: MachineInfo = machine(&WORK);
static WAIT: [StateInfo; 1] = [state("Rest", StateType::Wait)];
static WAIT_MACHINE: MachineInfo = machine(&WAIT);

/// A machine of one Task.
macro_rules! one_task {
    ($retry:expr, $catch:expr, $timeout:expr) => {{
        static TASK: Task = task($retry, $catch);
        Scripted::new(&WORK_MACHINE, |_, data, _| call(&TASK, data.clone(), $timeout))
    }};
}

async fn run(machine: &Scripted, answers: &[Answer]) -> (Result<Value, Failure>, Vec<f64>) {
    let script = Script::new(answers.iter().cloned());
    let outcome = Run::new(*machine, &script, json!({"n": 1})).await;
    (outcome, script.delays())
}

fn failure(status: Status, name: &'static str, cause: Option<&str>, state: &'static str) -> Failure {
    let error = Error::from_parts(Some(name.into()), cause.map(str::to_owned));
    Failure { status, error, state: Some(state) }
}

use Answer::{Error as Fails, Later, Never, Output, Runtime};

#[tokio::test(start_paused = true)]
async fn retries_wait_as_their_retrier_says() {
    async fn check(machine: Scripted, answers: &[Answer], delays: &[f64]) {
        let (outcome, found) = run(&machine, answers).await;
        assert_eq!(outcome, Ok(json!("done")));
        assert_eq!(found, delays);
    }
    let (a, b, done) = (Fails("A"), Fails("B"), Output(json!("done")));

    check(one_task!(&[], &[], None), std::slice::from_ref(&done), &[]).await;
    static ALL: [Retrier; 1] = [retrier(&["States.ALL"], 3, 3)];
    let three = [a.clone(), b.clone(), a.clone(), done.clone()];
    check(one_task!(&ALL, &[], None), &three, &[3.0, 9.0, 21.0]).await;

    static CAPPED: [Retrier; 1] = [Retrier { max_delay_seconds: Some(5), ..retrier(&["A"], 3, 3) }];
    check(one_task!(&CAPPED, &[], None), &[a.clone(), a.clone(), a.clone(), done.clone()], &[3.0, 8.0, 13.0]).await;

    static SLOWLY: [Retrier; 1] = [Retrier { backoff_rate: 1.5, ..retrier(&["A"], 1, 3) }];
    check(one_task!(&SLOWLY, &[], None), &[a.clone(), a.clone(), done.clone()], &[1.0, 2.5]).await;

    static EACH: [Retrier; 2] = [retrier(&["A"], 1, 2), retrier(&["B"], 10, 2)];
    check(one_task!(&EACH, &[], None), &[a.clone(), b, a, done], &[1.0, 11.0, 13.0]).await;
}

#[tokio::test(start_paused = true)]
async fn when_retries_are_used_up_the_error_goes_on() {
    static TWICE: [Retrier; 2] = [retrier(&["A", "B"], 1, 2), retrier(&["States.ALL"], 1, 9)];
    let (outcome, delays) = run(&one_task!(&TWICE, &[], None), &[Fails("A"), Fails("B"), Fails("A")]).await;
    assert_eq!(
        outcome,
        Err(failure(Status::Failed, "A", Some("cause of A"), "Work")),
        "the first that matches decides"
    );
    assert_eq!(delays, [1.0, 3.0]);
}

#[tokio::test(start_paused = true)]
async fn full_jitter_is_within_the_delay() {
    static JITTER: [Retrier; 1] = [Retrier { full_jitter: true, backoff_rate: 1.0, ..retrier(&["A"], 10, 50) }];
    let mut answers = vec![Fails("A"); 50];
    answers.push(Output(json!("done")));
    let (outcome, delays) = run(&one_task!(&JITTER, &[], None), &answers).await;
    assert_eq!(outcome, Ok(json!("done")));
    let pauses: Vec<f64> = std::iter::zip(&delays, [0.0].iter().chain(&delays)).map(|(to, from)| to - from).collect();
    assert!(pauses.iter().all(|pause| (0.0..=10.01).contains(pause)), "{pauses:?}");
    assert!(pauses.iter().any(|pause| *pause < 5.0) && pauses.iter().any(|pause| *pause > 5.0), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_sees_how_often_it_was_retried() {
    static ALL: [Retrier; 1] = [retrier(&["States.ALL"], 1, 3)];
    static TASK: Task = task(&ALL, &[]);
    let machine = Scripted::new(&WORK_MACHINE, |_, _, context| call(&TASK, json!(context.retry_count), None));
    let script = Script::new([Fails("A"), Fails("A"), Output(json!(1))]);
    Run::new(machine, &script, json!({})).await.unwrap();
    let calls = script.calls.lock().unwrap();
    let seen: Vec<_> = calls.iter().map(|(_, action, parameters)| (action.as_str(), parameters.clone())).collect();
    assert_eq!(seen, [("sendMessage", json!(0)), ("sendMessage", json!(1)), ("sendMessage", json!(2))]);
}

#[tokio::test(start_paused = true)]
async fn the_first_catcher_that_matches_takes_the_error() {
    let machine = one_task!(&[], &[&["A"], &["B", "States.Timeout"], &["States.ALL"]], Some(60));
    let check = async |answer: Answer, catcher: usize, error: &str, cause: &str| {
        let (outcome, _) = run(&machine, &[answer]).await;
        assert_eq!(outcome, Ok(json!([catcher, {"Error": error, "Cause": cause}])));
    };
    check(Fails("A"), 0, "A", "cause of A").await;
    check(Fails("B"), 1, "B", "cause of B").await;
    check(Never, 1, "States.Timeout", "").await;
    check(Fails("C"), 2, "C", "cause of C").await;
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_interpreter_is_never_handled() {
    static ALL: [Retrier; 1] = [retrier(&["States.ALL", "States.Runtime"], 1, 3)];
    let machine = one_task!(&ALL, &[&["States.Runtime", "States.ALL"]], None);
    let (outcome, delays) = run(&machine, &[Runtime("The Parameters do not fit.")]).await;
    let cause =
        "An error occurred while executing the state 'Work' (entered at the event id #2). The Parameters do not fit.";
    assert_eq!(outcome, Err(failure(Status::Failed, "States.Runtime", Some(cause), "Work")));
    assert!(delays.is_empty());
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_own_time() {
    static ALL: [Retrier; 1] = [retrier(&["States.Timeout"], 1, 1)];
    let machine = one_task!(&ALL, &[], Some(10));
    let start = Instant::now();
    let (outcome, delays) = run(&machine, &[Later(9, json!("in time"))]).await;
    assert_eq!((outcome, delays), (Ok(json!("in time")), vec![]), "no heartbeat is expected of such a call");
    let (outcome, delays) = run(&machine, &[Never, Later(9, json!("in time"))]).await;
    assert_eq!((outcome, delays), (Ok(json!("in time")), vec![11.0]));
    let (outcome, delays) = run(&machine, &[Never, Later(11, json!("too late"))]).await;
    assert_eq!(outcome, Err(failure(Status::Failed, "States.Timeout", None, "Work")));
    assert_eq!(delays, [11.0]);
    assert_eq!(start.elapsed().as_secs(), 9 + 20 + 21);
}

#[tokio::test]
async fn a_service_that_is_missing_is_named() {
    struct Nothing;
    impl asl_runtime::Services for Nothing {
        fn service(&self, _: &str) -> Option<&dyn asl_runtime::Service> {
            None
        }
    }
    let error = Run::new(one_task!(&[], &[&["States.ALL"]], None), Nothing, json!({})).await.unwrap_err().error;
    assert_eq!(error.name(), Some("States.Runtime"));
    assert_eq!(
        error.cause(),
        Some(
            "An error occurred while executing the state 'Work' (entered at the event id #2). No service named 'sqs' \
             was provided, which the resource 'arn:aws:states:::sqs:sendMessage' calls."
        )
    );
}

/// Waits for the `seconds` in its input, or until the second `until`.
const RESTING: Scripted = {
    let mut machine = Scripted::new(&WAIT_MACHINE, |_, data, _| {
        let until = |seconds| Wait::Until(Timestamp { seconds, nanoseconds: 999_999_999 });
        let wait = data["seconds"].as_u64().map_or_else(|| until(data["until"].as_i64().unwrap()), Wait::Seconds);
        Ok(Action::Perform(Effect::Wait(wait)))
    });
    machine.leave = |_, _, result| match result {
        Value::Null => Ok(Action::End),
        _ => panic!("a Wait has no result"),
    };
    machine
};

#[tokio::test(start_paused = true)]
async fn a_wait_takes_its_time() {
    let check = async |input: Value, expected: i64| {
        let (start, script) = (Instant::now(), Script::default());
        assert_eq!(Run::new(RESTING, &script, input.clone()).await, Ok(input), "the data stays");
        let taken = start.elapsed().as_secs_f64();
        assert!((expected as f64 - taken).abs() < 1.5, "{taken}, not {expected}");
    };
    let now = Timestamp::from(std::time::SystemTime::now()).seconds;
    check(json!({"seconds": 0}), 0).await;
    check(json!({"until": 0}), 0).await;
    check(json!({"until": i64::MIN}), 0).await;
    check(json!({"until": now + 3600}), 3600).await;
    check(json!({"until": now + 3600}), 0).await;
    check(json!({"seconds": 60}), 60).await;
    check(json!({"until": now + 7200}), 3540).await;
    let longest = (1_i64 << 31) - 1;
    check(json!({"seconds": longest}), longest).await;
    check(json!({"until": now + longest}), 0).await;
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_refused() {
    for input in [json!({"seconds": 1_u64 << 31}), json!({"seconds": u64::MAX}), json!({"until": i64::MAX})] {
        let outcome = Run::new(RESTING, &Script::default(), input).await;
        let cause = "An error occurred while executing the state 'Rest' (entered at the event id #2). Wait state delay \
                     is too long.";
        assert_eq!(outcome, Err(failure(Status::Failed, "States.Runtime", Some(cause), "Rest")));
    }
}

#[tokio::test(start_paused = true)]
async fn the_machines_time_covers_everything() {
    static INFO: MachineInfo = MachineInfo { timeout_seconds: Some(60), ..machine(&WORK) };
    static LONG: MachineInfo = MachineInfo { timeout_seconds: Some(60), ..machine(&WAIT) };
    static RETRY: [Retrier; 1] = [retrier(&["States.ALL"], 100, 3)];
    static TASK: Task = task(&RETRY, &[&["States.ALL"]]);
    let check = async |machine: &Scripted, answers: &[Answer], state: &'static str| {
        let start = Instant::now();
        let (outcome, _) = run(machine, answers).await;
        assert_eq!(outcome, Err(failure(Status::TimedOut, "States.Timeout", None, state)));
        assert_eq!(start.elapsed().as_secs(), 60);
    };
    let work = Scripted::new(&INFO, |_, data, _| call(&TASK, data.clone(), None));
    check(&work, &[Never], "Work").await;
    check(&work, &[Fails("A")], "Work").await;
    check(&Scripted::new(&LONG, |_, _, _| Ok(Action::Perform(Effect::Wait(Wait::Seconds(61))))), &[], "Rest").await;
    let (outcome, _) = run(&work, &[Later(59, json!("in time"))]).await;
    assert_eq!(outcome, Ok(json!("in time")));
}

#[tokio::test]
async fn the_machines_time_ends_a_loop_that_never_waits() {
    static INFO: MachineInfo = MachineInfo { timeout_seconds: Some(1), ..machine(&PASSES) };
    static PASSES: [StateInfo; 1] = [state("Loop", StateType::Pass)];
    let outcome =
        Run::new(Scripted::new(&INFO, |state, _, _| Ok(Action::Next(state))), &Script::default(), json!({})).await;
    assert_eq!(outcome.unwrap_err().status, Status::TimedOut);
}

#[tokio::test(start_paused = true)]
async fn other_tasks_get_their_turn() {
    static PASSES: [StateInfo; 1] = [state("Loop", StateType::Pass)];
    static INFO: MachineInfo = machine(&PASSES);
    let machine = Scripted::new(&INFO, |state, _, _| Ok(Action::Next(state)));
    let timed_out = tokio::time::timeout(Duration::ZERO, Run::new(machine, &Script::default(), json!({}))).await;
    assert!(timed_out.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_execution_leaves_nothing_behind() {
    let machine = one_task!(&[], &[], None);
    let script = Script::new([Later(10, json!(1))]);
    let run = Run::new(machine, &script, json!({})).into_future();
    assert!(tokio::time::timeout(Duration::from_secs(5), run).await.is_err());
    let metrics = tokio::runtime::Handle::current().metrics();
    assert_eq!(metrics.num_alive_tasks(), 0);
    assert_eq!(script.count(), 1);
}

#[tokio::test]
async fn causes_say_where_and_when_the_state_was_entered() {
    use StateType::{Choice, Fail, Pass, Succeed, Task as TaskType};
    static STATES: [StateInfo; 5] = [
        state("First", Pass),
        state("Work", TaskType),
        state("Which?", Choice),
        state("Broken", Fail),
        state("Done", Succeed),
    ];
    static INFO: MachineInfo = machine(&STATES);
    static TASK: Task = task(&[], &[&["Caught"]]);

    /// Goes on to the state in `data`, or fails in one that is named `!`.
    fn enter(state: StateId, data: &mut Value, _: &asl_runtime::Context<'_>) -> Result<Action, Error> {
        match (state.0, data.as_str()) {
            (0, Some("First")) => Err(Error::runtime("no")),
            (1, Some("Work")) => Err(Error::runtime("no")),
            (1, _) => call(&TASK, Value::Null, None),
            (2, Some("Which?")) => Err(Error::new("States.NoChoiceMatched", "no")),
            (3, Some("path")) => Err(Error::runtime("no")),
            (3, Some("literal")) => Err(Error::new("States.Runtime", "no")),
            (3, _) => Err(Error::from_parts(None, None)),
            (4, _) => Err(Error::runtime("no")),
            (from, _) => Ok(Action::Next(StateId(from + 1))),
        }
    }
    let mut machine = Scripted::new(&INFO, enter);
    machine.leave = |_, data, _| match data.as_str() {
        Some("leave") => Err(Error::runtime("no")),
        _ => Ok(Action::Next(StateId(2))),
    };
    machine.catch = |_, _, data, _| match data.as_str() {
        Some("catch") => Err(Error::runtime("no")),
        Some("effect") => call(&TASK, Value::Null, None),
        _ => Ok(Action::Next(StateId(9))),
    };
    let check = async |input: &str, answer: Answer, state: Option<&str>, name: Option<&str>, cause: Option<&str>| {
        let failure = Run::new(machine, &Script::new([answer]), json!(input)).await.unwrap_err();
        assert_eq!(failure.status, Status::Failed);
        assert_eq!((failure.state, failure.error.name(), failure.error.cause()), (state, name, cause), "{input}");
    };
    let place = |state: &str, entered: u64, cause: &str| {
        format!("An error occurred while executing the state '{state}' (entered at the event id #{entered}). {cause}")
    };
    let (ok, runtime) = (Output(Value::Null), Some("States.Runtime"));
    check("First", ok.clone(), Some("First"), runtime, Some(&place("First", 2, "no"))).await;
    check("Work", ok.clone(), Some("Work"), runtime, Some(&place("Work", 4, "no"))).await;
    check("leave", ok.clone(), Some("Work"), runtime, Some(&place("Work", 4, "no"))).await;
    check("catch", Fails("Caught"), Some("Work"), runtime, Some(&place("Work", 4, "no"))).await;
    let misled = "The machine asks for an effect where it has to leave a state.";
    check("effect", Fails("Caught"), Some("Work"), runtime, Some(&place("Work", 4, misled))).await;
    check("service", Fails("X"), Some("Work"), Some("X"), Some("cause of X")).await;
    // 4 entered, 5 scheduled, 6 started, 7 succeeded, 8 exited
    let no_choice = Some("States.NoChoiceMatched");
    check("Which?", ok.clone(), Some("Which?"), no_choice, Some(&place("Which?", 9, "no"))).await;
    check("path", ok.clone(), Some("Broken"), runtime, Some(&place("Broken", 11, "no"))).await;
    check("literal", ok.clone(), Some("Broken"), runtime, Some("no")).await;
    check("nothing", ok, Some("Broken"), None, None).await;
    check("number", Fails("Caught"), None, runtime, Some("The machine 'scripted' has no state number 9.")).await;
}

#[tokio::test(start_paused = true)]
async fn an_observer_is_told_everything_in_order() {
    static STATES: [StateInfo; 3] =
        [state("Start", StateType::Pass), state("Rest", StateType::Wait), state("Work", StateType::Task)];
    static INFO: MachineInfo = machine(&STATES);
    static RETRY: [Retrier; 1] = [retrier(&["A"], 2, 1)];
    static TASK: Task = task(&RETRY, &[&["B"]]);
    let mut machine = Scripted::new(&INFO, |state, data, _| match state.0 {
        0 => Ok(NEXT),
        1 => Ok(Action::Perform(Effect::Wait(Wait::Seconds(5)))),
        _ => call(&TASK, data.clone(), None),
    });
    machine.leave = |state, data, result| {
        if state.0 == 1 {
            return Ok(Action::Next(StateId(2)));
        }
        *data = result;
        Ok(Action::End)
    };
    let check = async |answers: Vec<Answer>, expected: &[&str]| {
        let notes = Notes::default();
        let _ = Run::new(machine, &Script::new(answers), json!(7)).observer(&notes).await;
        let begin = [
            "1<0 - ExecutionStarted 7",
            "2<0 Start StateEntered 7",
            "3<2 Start StateExited 7",
            "4<3 Rest StateEntered 7",
            "4<4 Rest WaitStarted Seconds(5)",
            "5<4 Rest StateExited 7",
            "6<5 Work StateEntered 7",
            "7<6 Work TaskScheduled 7 0",
            "8<7 Work TaskStarted",
        ];
        assert_eq!(notes.take(), [&begin, expected].concat());
    };
    check(
        vec![Output(json!("o"))],
        &["9<8 Work TaskSucceeded \"o\"", "10<9 Work StateExited \"o\"", "11<10 - ExecutionSucceeded \"o\""],
    )
    .await;
    check(
        vec![Fails("A"), Fails("B")],
        &[
            "9<8 Work TaskFailed A: cause of A",
            "9<9 Work RetryScheduled 2s 1",
            "10<9 Work TaskScheduled 7 1",
            "11<10 Work TaskStarted",
            "12<11 Work TaskFailed B: cause of B",
            "13<12 Work StateExited [0,{\"Error\":\"B\",\"Cause\":\"cause of B\"}]",
            "14<13 - ExecutionSucceeded [0,{\"Error\":\"B\",\"Cause\":\"cause of B\"}]",
        ],
    )
    .await;
    check(vec![Fails("C")], &["9<8 Work TaskFailed C: cause of C", "10<9 - ExecutionFailed C: cause of C"]).await;
    check(
        vec![Fails("States.Timeout")],
        &[
            "9<8 Work TaskTimedOut States.Timeout: cause of States.Timeout",
            "10<9 - ExecutionFailed States.Timeout: cause of States.Timeout",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_context_tells_who_and_when() {
    static STATES: [StateInfo; 2] = [state("Rest", StateType::Wait), state("Tell", StateType::Pass)];
    static INFO: MachineInfo =
        MachineInfo { reads_state_context: true, reads_execution_input: true, ..machine(&STATES) };
    let mut machine = Scripted::new(&INFO, |state, data, context| match state.0 {
        0 => Ok(Action::Perform(Effect::Wait(Wait::Seconds(90)))),
        _ => {
            *data = context.to_value();
            Ok(Action::End)
        }
    });
    machine.leave = |_, data, _| {
        *data = Value::Null;
        Ok(NEXT)
    };
    let script = Script::default();
    let run =
        Run::new(machine, &script, json!({"a": 1})).name("tell").region("eu-west-1").account("1").role_arn("arn:r");
    let context = run.await.unwrap();
    let time = |pointer: &str| Timestamp::parse(context.pointer(pointer).unwrap().as_str().unwrap()).unwrap();
    assert_eq!(
        context,
        json!({
            "Execution": {
                "Id": "arn:aws:states:eu-west-1:1:execution:scripted:tell",
                "Input": {"a": 1},
                "StartTime": time("/Execution/StartTime").to_string(),
                "Name": "tell",
                "RoleArn": "arn:r",
                "RedriveCount": 0,
            },
            "StateMachine": {"Id": "arn:aws:states:eu-west-1:1:stateMachine:scripted", "Name": "scripted"},
            "State": {"Name": "Tell", "EnteredTime": time("/State/EnteredTime").to_string()},
        })
    );
    assert_eq!(time("/State/EnteredTime").seconds - time("/Execution/StartTime").seconds, 90);
}

#[test]
fn machines_without_effects_need_no_runtime() {
    static STATES: [StateInfo; 1] = [state("Only", StateType::Pass)];
    static INFO: MachineInfo = machine(&STATES);
    let machine = Scripted::new(&INFO, |_, _, _| Ok(Action::End));
    let script = Script::default();
    let mut run = Run::new(machine, &script, json!(1)).into_future();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert_eq!(run.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(json!(1))));
}

#[test]
fn executions_can_move_between_threads() {
    fn check(_: impl Send) {}
    let machine = one_task!(&[], &[], None);
    let script = Script::default();
    let mut execution = Run::new(machine, &script, json!(1)).into_execution();
    check(execution.step());
    assert!(size_of_val(&execution.step()) <= 1536, "{} bytes", size_of_val(&execution.step()));
    check(execution);
}

#[tokio::test]
async fn an_output_has_a_limit() {
    static STATES: [StateInfo; 1] = [state("Grow", StateType::Pass)];
    static INFO: MachineInfo = machine(&STATES);
    let grow = Scripted::new(&INFO, |_, data, _| {
        let length = usize::try_from(data.as_u64().unwrap()).unwrap();
        *data = "a".repeat(length - 2).into();
        Ok(Action::End)
    });
    let script = Script::default();
    let run = |length: usize| Run::new(grow, &script, json!(length));
    const LIMIT: usize = 256 * 1024;
    assert!(run(LIMIT).await.is_ok());
    assert!(run(LIMIT + 1).payload_limit(LIMIT + 1).await.is_ok());
    let failure = run(LIMIT + 1).await.unwrap_err();
    assert_eq!(failure.error.name(), Some("States.DataLimitExceeded"));
    assert_eq!(
        failure.error.cause(),
        Some(
            "The state/task 'Grow' returned a result with a size exceeding the maximum number of bytes service limit."
        )
    );
    assert_eq!(failure.state, Some("Grow"));
}
