//! Checkpoints: an execution goes on from any of them as if nothing had happened.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use std::time::Duration;

use asl_runtime::engine::{Checkpoint, Execution, Run, Status};
use asl_runtime::{Action, Effect, Error, MachineInfo, Retrier, StateId, StateInfo, StateType, Task, Value, Wait};
use engine_support::plan::{self, Do, NONE, Obedient, Plan, map, parallel, plan, recovery, work};
use engine_support::*;
use serde_json::json;
use tokio::time::{Instant, timeout};

static STATES: [StateInfo; 4] = [
    state("Start", StateType::Pass),
    state("Rest", StateType::Wait),
    state("Work", StateType::Task),
    state("Done", StateType::Succeed),
];
static INFO: MachineInfo = MachineInfo { timeout_seconds: Some(1000), reads_execution_input: true, ..machine(&STATES) };
static RETRY: [Retrier; 1] = [retrier(&["A"], 10, 2)];
static TASK: Task = task(&RETRY, &[]);

/// Start, rest for 100 seconds, work with two retries of 10 and 20 seconds, done. Each state leaves its mark once.
const MACHINE: Scripted = {
    let mut machine = Scripted::new(&INFO, |state, data, context| {
        if state.0 != 2 {
            mark(data, context.state_name);
        }
        match state.0 {
            0 => Ok(NEXT),
            1 => Ok(Action::Perform(Effect::Wait(Wait::Seconds(100)))),
            2 => call(&TASK, json!([context.retry_count, context.execution.info().input]), Some(30)),
            _ => Ok(Action::End),
        }
    });
    machine.leave = |state, data, result| {
        mark(data, &result.to_string());
        Ok(Action::Next(StateId(state.0 + 1)))
    };
    machine
};

fn mark(data: &mut Value, text: &str) {
    data.as_array_mut().unwrap().push(json!(text));
}

fn script() -> Script {
    Script::new([Answer::Error("A"), Answer::Error("A"), Answer::Output(json!("worked"))])
}

fn output() -> Value {
    json!(["in", "Start", "Rest", "null", "\"worked\"", "Done"])
}

/// A checkpoint, by way of JSON text.
fn by_text(checkpoint: Checkpoint) -> Checkpoint {
    let value: Value = serde_json::from_str(&Value::from(checkpoint).to_string()).unwrap();
    Checkpoint::try_from(value).unwrap()
}

/// The same execution, by way of JSON text.
fn reload<'a>(execution: &Execution<'_, Scripted>, script: &'a Script) -> Execution<'a, Scripted> {
    Run::resume(MACHINE, script, by_text(execution.checkpoint().unwrap())).unwrap().into_execution()
}

#[tokio::test(start_paused = true)]
async fn an_execution_goes_step_by_step() {
    let script = script();
    let mut execution = Run::new(MACHINE, &script, json!(["in"])).name("steps").into_execution();
    let mut states = vec![execution.state()];
    while let Some(state) = execution.step().await.unwrap() {
        states.push(Some(state));
        assert_eq!(execution.status(), Status::Running);
        assert_eq!(execution.output(), None);
    }
    assert_eq!(states, [Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(execution.info().name, "steps");
    assert_eq!((execution.state(), execution.status()), (None, Status::Succeeded));
    assert_eq!((execution.output(), execution.data()), (Some(&output()), &output()));
    assert!(execution.checkpoint().is_none(), "nothing is left to do");
    assert_eq!(execution.step().await, Ok(None));
    assert_eq!(execution.finish().await, Ok(output()));
}

#[tokio::test(start_paused = true)]
async fn a_failed_execution_stays_failed() {
    let script = Script::default();
    let mut execution = Run::new(MACHINE, &script, json!(["in"])).into_execution();
    let failure = loop {
        if let Err(failure) = execution.step().await {
            break failure;
        }
    };
    assert_eq!((failure.status, failure.state), (Status::Failed, Some("Work")));
    assert_eq!(failure.error.name(), Some("Script.End"));
    assert_eq!((execution.status(), execution.state()), (Status::Failed, None));
    assert_eq!(execution.step().await, Err(failure));
    assert!(execution.output().is_none() && execution.checkpoint().is_none());
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_from_between_any_two_steps() {
    for steps in 0..4 {
        let script = script();
        let start = Instant::now();
        let mut execution = Run::new(MACHINE, &script, json!(["in"])).into_execution();
        for _ in 0..steps {
            execution.step().await.unwrap();
        }
        let id = execution.info().id.clone();
        let resumed = reload(&execution, &script);
        assert_eq!(resumed.info().id, id);
        drop(execution);
        assert_eq!(resumed.finish().await, Ok(output()), "after {steps} steps");
        assert_eq!((script.count(), start.elapsed().as_secs()), (3, 130));
    }
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_from_the_middle_of_a_state() {
    // 0 to 100 s: the Wait; 100 to 110 s and 110 to 130 s: delays before retries.
    for (seconds, state, events, calls) in [(40, "Rest", 4, 0), (105, "Work", 9, 1), (125, "Work", 12, 2)] {
        for by_checkpoint in [false, true] {
            let (script, notes) = (script(), Notes::default());
            let start = Instant::now();
            let mut execution = Run::new(MACHINE, &script, json!(["in"])).observer(&notes).into_execution();
            let steps = async { while execution.step().await.unwrap().is_some() {} };
            assert!(timeout(Duration::from_secs(seconds), steps).await.is_err());
            let checkpoint = execution.checkpoint().unwrap();
            assert_eq!((checkpoint.state(), checkpoint.events(), script.count()), (state, events, calls));
            if by_checkpoint {
                execution = reload(&execution, &script);
            }
            assert_eq!(execution.finish().await, Ok(output()), "after {seconds} s");
            assert_eq!((script.count(), start.elapsed().as_millis().div_ceil(10) / 100), (3, 130));
            let parameters: Vec<Value> = script.calls.lock().unwrap().iter().map(|call| call.2.clone()).collect();
            assert_eq!(parameters, [json!([0, ["in"]]), json!([1, ["in"]]), json!([2, ["in"]])]);
            let entered = notes.take().iter().filter(|note| note.contains("Work StateEntered")).count();
            assert!(entered <= 1, "entering again for a retry is no new visit");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_that_was_under_way_is_performed_again() {
    let script = Script::new([Answer::Error("A"), Answer::Never, Answer::Output(json!("worked"))]);
    let mut execution = Run::new(MACHINE, &script, json!(["in"])).into_execution();
    let steps = async { while execution.step().await.unwrap().is_some() {} };
    assert!(timeout(Duration::from_secs(115), steps).await.is_err());
    assert_eq!(script.count(), 2);
    assert_eq!(reload(&execution, &script).finish().await, Ok(output()));
    let calls = script.calls.lock().unwrap();
    assert_eq!(calls.last().map(|call| call.2.clone()), Some(json!([1, ["in"]])), "still the first retry");
}

#[tokio::test(start_paused = true)]
async fn time_goes_on_while_an_execution_is_put_away() {
    let script = script();
    let mut execution = Run::new(MACHINE, &script, json!(["in"])).into_execution();
    execution.step().await.unwrap();
    assert!(timeout(Duration::from_secs(10), execution.step()).await.is_err());
    let put_away = execution.checkpoint().unwrap();

    tokio::time::sleep(Duration::from_secs(500)).await;
    let resumed = Run::resume(MACHINE, &script, put_away.clone()).unwrap().into_execution();
    let start = Instant::now();
    assert_eq!(resumed.finish().await, Ok(output()));
    assert_eq!(start.elapsed().as_secs(), 30, "the Wait was over");

    tokio::time::sleep(Duration::from_secs(500)).await;
    let late = Run::resume(MACHINE, &script, put_away).unwrap().await.unwrap_err();
    assert_eq!((late.status, late.state), (Status::TimedOut, Some("Rest")));
}

#[tokio::test(start_paused = true)]
async fn a_machine_without_the_state_refuses_the_checkpoint() {
    static OTHER: [StateInfo; 2] = [state("Start", StateType::Pass), state("Rest", StateType::Pass)];
    static OTHER_INFO: MachineInfo = MachineInfo { name: "other", ..machine(&OTHER) };
    let other = Scripted::new(&OTHER_INFO, |_, _, _| Err(Error::new("Unused", "")));
    let script = script();
    let check = |execution: &Execution<'_, Scripted>, expected: Option<&str>| {
        let resumed = Run::resume(other, &script, execution.checkpoint().unwrap());
        assert_eq!(resumed.err().map(|error| error.to_string()).as_deref(), expected);
    };
    let mut execution = Run::new(MACHINE, &script, json!(["in"])).into_execution();
    check(&execution, None);
    execution.step().await.unwrap();
    check(&execution, None);
    assert!(timeout(Duration::from_secs(10), execution.step()).await.is_err());
    check(
        &execution,
        Some("the checkpoint is in the middle of the Wait state 'Rest', and in the machine 'other' it is a Pass state"),
    );
    execution.step().await.unwrap();
    check(&execution, Some("the checkpoint is at the state 'Work', and the machine 'other' has no state of that name"));
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_reads_what_was_not_kept_refuses_the_checkpoint() {
    static BEFORE: MachineInfo = MachineInfo { reads_execution_input: false, ..INFO_PARTS };
    const INFO_PARTS: MachineInfo = MachineInfo { timeout_seconds: Some(1000), ..machine(&STATES) };
    let before = Scripted::new(&BEFORE, |_, _, _| Err(Error::new("Unused", "")));
    let script = script();
    let checkpoint = Run::new(before, &script, json!(["in"])).into_execution().checkpoint().unwrap();
    let refused = Run::resume(MACHINE, &script, checkpoint).err().map(|error| error.to_string());
    let expected = format!(
        "the machine '{}' reads $$.Execution.Input, and the one that the checkpoint is of did not keep it",
        INFO.name
    );
    assert_eq!(refused, Some(expected));
}

/// Of each item: keep it, rest for 5 seconds, read it, work so many seconds, rest for 5 seconds more. Two at once.
fn items() -> Plan {
    let item = plan([
        ("Keep", Do::Assign("item")),
        ("Rest", Do::Wait(5)),
        ("Read", Do::Read("item")),
        ("Work", work()),
        ("Rest again", Do::Wait(5)),
    ]);
    let retry: [Retrier; 1] = [retrier(&["Boom"], 1, 1)];
    let each = map(recovery(&retry, &[&["States.ALL"]]), Some(2), item);
    let rest = plan([("Rest longer", Do::Wait(7))]);
    plan([
        ("All", Do::Assign("all")),
        ("Fan", parallel(NONE, [plan([("Each", each)]), rest])),
        ("All again", Do::Read("all")),
    ])
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_from_the_middle_of_branches_and_iterations() {
    for seconds in [1, 6, 8, 12, 13, 17, 19, 21, 24] {
        let (service, notes) = (Obedient::default(), Notes::default());
        let start = Instant::now();
        let mut execution = Run::new(items(), &service, json!([2, 4, 1])).into_execution();
        let steps = async { while execution.step().await.unwrap().is_some() {} };
        let ended = timeout(Duration::from_secs(seconds), steps).await.is_ok();
        let Some(checkpoint) = execution.checkpoint() else {
            assert!(ended && seconds > 22);
            continue;
        };
        assert_eq!(checkpoint.variables().get("all"), Some(&json!([2, 4, 1])));
        drop(execution);
        let mut resumed =
            Run::resume(items(), &service, by_text(checkpoint)).unwrap().observer(&notes).into_execution();
        assert_eq!(resumed.variables(), json!({"all": [2, 4, 1]}));
        while resumed.step().await.unwrap().is_some() {}
        assert_eq!(resumed.output(), Some(&json!([2, 4, 1])));
        let notes = notes.take();
        let fan = notes.iter().find(|note| note.contains("Fan StateExited")).unwrap();
        assert!(fan.ends_with("StateExited [[2,4,1],[2,4,1]]"), "{fan}");
        let again = service.count() - 3;
        let last = if again > 0 { 27 } else { 23 };
        let took = start.elapsed().as_secs();
        assert!((23..=last).contains(&took), "{took} s when taken after {seconds} s, {again} calls made again");
        let entered = notes.iter().filter(|note| note.contains("Each StateEntered")).count();
        assert_eq!(entered, 0, "what goes on is not entered again");
    }
}

#[tokio::test(start_paused = true)]
async fn a_resumed_fork_is_retried_and_caught() {
    let service = Obedient::default();
    let mut execution = Run::new(items(), &service, json!([[1, "Boom"], 1])).into_execution();
    execution.step().await.unwrap();
    assert!(timeout(Duration::from_secs(3), execution.step()).await.is_err());
    let checkpoint = by_text(execution.checkpoint().unwrap());
    let notes = Notes::default();
    let mut resumed = Run::resume(items(), &service, checkpoint).unwrap().observer(&notes).into_execution();
    assert_eq!(resumed.step().await, Ok(Some(2)));
    assert_eq!(resumed.data(), &json!([[0, "Boom"], [[1, "Boom"], 1]]), "caught after one retry");
    let count = |what: &str| notes.0.lock().unwrap().iter().filter(|note| note.contains(what)).count();
    assert_eq!((count("Each MapStateStarted 2"), count("MapStateFailed")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_a_fork_does_not_fit_refuses_the_checkpoint() {
    let service = Obedient::default();
    let fan = |branches: &[&'static str]| {
        let branches: Vec<Plan> = branches.iter().map(|name| plan([(*name, Do::Wait(5))])).collect();
        plan([("Fan", Do::Parallel(NONE, branches))])
    };
    let mut execution = Run::new(fan(&["A", "B"]), &service, json!([1, 2])).into_execution();
    assert!(timeout(Duration::from_secs(1), execution.step()).await.is_err());
    let checkpoint = execution.checkpoint().unwrap();
    let check = |machine: Plan, checkpoint: Checkpoint, expected: &str| {
        let refused = Run::resume(machine, &service, checkpoint).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some(expected));
    };
    let counted = "the checkpoint is in the middle of the state 'Fan', and in the machine 'plan' it does not have the 2 \
                   branches that it had";
    check(fan(&["A"]), checkpoint.clone(), counted);
    check(fan(&["A", "B", "C"]), checkpoint.clone(), counted);
    let unknown = "the checkpoint is at the state 'B', and the machine 'plan' has no state of that name";
    check(fan(&["A", "D"]), checkpoint.clone(), unknown);
    let other = "the checkpoint is in the middle of the Parallel or Map state 'Fan', and in the machine 'plan' it is a \
                 Wait state";
    check(plan([("Fan", Do::Wait(1))]), checkpoint.clone(), other);

    let with = |path: &str, wrong: Value| {
        let mut value = Value::from(checkpoint.clone());
        *value.pointer_mut(path).unwrap() = wrong;
        Checkpoint::try_from(value).unwrap()
    };
    let torn = "what the checkpoint has of the branches or iterations of 'Fan' does not agree";
    for (path, wrong) in [
        ("/visit/fork/next", json!(3)),
        ("/visit/fork/next", json!(1)),
        ("/visit/fork/running/1/index", json!(0)),
        ("/visit/fork/running/1/index", json!(u64::MAX)),
        ("/visit/fork/running/1/index", json!(2)),
    ] {
        check(fan(&["A", "B"]), with(path, wrong), torn);
    }
    let mut idle = Value::from(checkpoint.clone());
    idle["visit"]["fork"]["next"] = json!(1);
    idle["visit"]["fork"]["running"] = json!([]);
    check(fan(&["A", "B"]), Checkpoint::try_from(idle).unwrap(), torn);
    let mut variables = Value::from(checkpoint);
    variables["variables"] = json!({"x": 1});
    let variables = Checkpoint::try_from(variables).unwrap();
    let lacks = "the checkpoint has the variable 'x', and the machine 'plan' has no variable of that name";
    check(fan(&["A", "B"]), variables, lacks);
}

#[tokio::test(start_paused = true)]
async fn the_text_of_the_input_survives_a_checkpoint() {
    let machine = || plan([("Rest", Do::Wait(1)), ("Work", plan::work())]);
    let service = Obedient::default();
    let mut execution = Run::with_input_text(machine(), &service, "0.50").unwrap().into_execution();
    execution.step().await.unwrap();
    let notes = Notes::default();
    let resumed = Run::resume(machine(), &service, by_text(execution.checkpoint().unwrap())).unwrap();
    let mut resumed = resumed.observer(&notes).into_execution();
    resumed.step().await.unwrap();
    let notes = notes.take();
    assert_eq!(notes.first().map(String::as_str), Some("4<3 Work StateEntered 0.5 from \"0.50\""));
    assert_eq!(resumed.output_text().as_deref(), Some("0.5"));
}
