//! Parallel and Map states in the in-memory engine: what runs at once, and how one failure ends all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use std::time::Duration;

use asl_runtime::engine::{Failure, Run, Status};
use asl_runtime::{Retrier, Value};
use engine_support::plan::*;
use engine_support::retrier;
use serde_json::json;
use tokio::time::{Instant, timeout};

/// Runs a plan. Gives what came of it, and after how many seconds.
async fn run(plan: Plan, service: &Obedient, input: Value) -> (Result<Value, Failure>, u64) {
    let start = Instant::now();
    let outcome = timeout(Duration::from_secs(1_000_000), Run::new(plan, service, input)).await.expect("it ends");
    (outcome, start.elapsed().as_secs())
}

fn error(outcome: Result<Value, Failure>) -> String {
    outcome.unwrap_err().error.to_string()
}

fn each(max_concurrency: Option<u32>, processor: Plan) -> Plan {
    plan([("Each", map(NONE, max_concurrency, processor))])
}

#[tokio::test(start_paused = true)]
async fn children_run_at_once() {
    async fn check(plan: Plan, input: Value, output: Value, seconds: u64) {
        let service = Obedient::default();
        assert_eq!(run(plan, &service, input).await, (Ok(output), seconds));
    }
    let wait = |seconds| plan([("Rest", Do::Wait(seconds))]);
    check(plan([("Fan", parallel(NONE, [wait(5), wait(5), wait(5)]))]), json!("x"), json!(["x", "x", "x"]), 5).await;
    check(plan([("Fan", parallel(NONE, [wait(5), wait(9), wait(1)]))]), json!(1), json!([1, 1, 1]), 9).await;
    check(plan([("Fan", parallel(NONE, [plan([("Work", work())]), wait(3)]))]), json!(2), json!([2, 2]), 3).await;
    check(each(None, wait(5)), json!([1, 2, 3]), json!([1, 2, 3]), 5).await;
    check(each(Some(0), wait(5)), json!([1, 2, 3]), json!([1, 2, 3]), 5).await;
    check(each(Some(1), wait(5)), json!([1, 2, 3]), json!([1, 2, 3]), 15).await;
    check(each(None, wait(5)), json!([]), json!([]), 0).await;
    // In order, whatever ends first.
    check(each(None, plan([("Work", work())])), json!([3, 1, 2]), json!([3, 1, 2]), 3).await;
    // One that has ended makes room for the next.
    check(each(Some(2), plan([("Work", work())])), json!([5, 1, 1, 1]), json!([5, 1, 1, 1]), 5).await;
    // Some wait and some do not.
    check(each(Some(2), plan([("Work", work())])), json!([0, 2, 0, 0, 3]), json!([0, 2, 0, 0, 3]), 3).await;
}

#[tokio::test(start_paused = true)]
async fn no_more_run_at_once_than_may() {
    for (max_concurrency, expected) in [(None, 40), (Some(0), 40), (Some(1), 1), (Some(7), 7), (Some(1000), 100)] {
        let service = Obedient::default();
        let input = Value::from(vec![1; 100]);
        let (outcome, seconds) = run(each(max_concurrency, plan([("Work", work())])), &service, input.clone()).await;
        assert_eq!(outcome, Ok(input));
        assert_eq!((service.most(), seconds), (expected, 100_u64.div_ceil(expected as u64)));
        assert_eq!((service.count(), service.dropped()), (100, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn forks_run_inside_forks() {
    let mut inner = plan([("Work", work())]);
    let (mut input, mut output) = (json!(1), json!(1));
    for _ in 0..15 {
        inner = plan([("Each", map(NONE, None, inner)), ("Fan", parallel(NONE, [plan([("Rest", Do::Wait(1))])]))]);
        input = json!([input]);
        output = json!([[output]]);
    }
    let service = Obedient::default();
    assert_eq!(run(inner, &service, input).await, (Ok(output), 16));

    let rows = each(None, each(Some(1), plan([("Work", work())])));
    let service = Obedient::default();
    let input = json!([[1, 1], [3], [], [1, 1, 1]]);
    assert_eq!(run(rows, &service, input.clone()).await, (Ok(input), 3));
}

#[tokio::test]
async fn children_that_need_nothing_performed_run_to_their_end() {
    let input = Value::from((0..100_000).collect::<Vec<_>>());
    let service = Obedient::default();
    let step = plan([("A", Do::Pass), ("B", Do::Pass)]);
    let run = Run::new(each(None, step), &service, input.clone()).payload_limit(usize::MAX);
    assert!(run.await == Ok(input));
}

#[tokio::test(start_paused = true)]
async fn the_first_failure_ends_all() {
    async fn check(plan: Plan, input: Value, expected: &str, seconds: u64, calls: usize, dropped: usize) {
        let service = Obedient::default();
        let (outcome, found) = run(plan, &service, input).await;
        assert_eq!((error(outcome).as_str(), found), (expected, seconds));
        assert_eq!((service.count(), service.dropped()), (calls, dropped));
    }
    let calls = || plan([("Work", work()), ("Again", work())]);
    check(each(None, calls()), json!([9, [2, "B"], [3, "C"]]), "B: as told", 2, 3, 2).await;
    check(each(Some(1), calls()), json!([[1, "A"], 5]), "A: as told", 1, 1, 0).await;
    // Those that are ready in the same moment begin nothing more.
    check(each(None, calls()), json!([[2, "A"], 2, 2]), "A: as told", 2, 3, 0).await;
    let branch = |what| plan([("Inner", what)]);
    let fan = |branches: [Plan; 3]| plan([("Fan", parallel(NONE, branches))]);
    check(fan([branch(work()), branch(Do::Fail("F")), branch(work())]), json!(9), "F: failed", 0, 0, 0).await;
    let late = plan([("Rest", Do::Wait(1)), ("Fail", Do::Fail("Late"))]);
    check(fan([branch(work()), late, branch(Do::Wait(7))]), json!(9), "Late: failed", 1, 1, 1).await;
    // Also from far inside.
    let deep = plan([("Fan", parallel(NONE, [each(None, calls()), each(None, calls())]))]);
    check(deep, json!([7, [1, "D"]]), "D: as told", 1, 4, 2).await;
}

#[tokio::test(start_paused = true)]
async fn a_fork_is_retried_from_the_start_and_caught() {
    let retry: [Retrier; 1] = [retrier(&["A"], 10, 2)];
    let service = Obedient::default();
    let recover = recovery(&retry, &[&["B"], &["States.ALL"]]);
    let machine = || plan([("Each", map(recover, None, plan([("Work", work())])))]);
    let (outcome, seconds) = run(machine(), &service, json!([1, [2, "A"]])).await;
    assert_eq!((outcome, seconds), (Ok(json!([1, "A"])), 2 + 10 + 2 + 20 + 2));
    assert_eq!(service.parameters(), vec![[json!(1), json!([2, "A"])]; 3].concat());
    assert_eq!(run(machine(), &service, json!([[0, "B"], 1])).await, (Ok(json!([0, "B"])), 0));
    assert_eq!(run(machine(), &service, json!([3, 1])).await, (Ok(json!([3, 1])), 3));

    let caught = plan([("Fan", parallel(recover, [plan([("Fail", Do::Fail("B"))])])), ("After", Do::Pass)]);
    assert_eq!(run(caught, &service, json!(1)).await, (Ok(json!([0, "B"])), 0));
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_interpreter_inside_is_never_handled() {
    let all = recovery(&[retrier(&["States.ALL"], 1, 3)], &[&["States.ALL"]]);
    let broken = plan([("Start", Do::Pass), ("Broken", Do::Break)]);
    let nested = plan([("Fan", parallel(all, [plan([("Each", map(all, None, broken))])]))]);
    let (outcome, seconds) = run(nested, &Obedient::default(), json!([1])).await;
    let failure = outcome.unwrap_err();
    // 2 Fan, 3 started, 4 Each, 5 started, 6 iteration, 7 and 8 Start, 9 Broken
    let cause = "An error occurred while executing the state 'Broken' (entered at the event id #9). broken";
    assert_eq!((failure.error.name(), failure.error.cause()), (Some("States.Runtime"), Some(cause)));
    assert_eq!((failure.state, failure.status, seconds), (Some("Fan"), Status::Failed, 0));
}

#[tokio::test(start_paused = true)]
async fn the_machines_time_covers_what_is_inside() {
    let service = Obedient::default();
    let late = each(Some(1), plan([("Work", work())])).with_timeout(5);
    let (outcome, seconds) = run(late, &service, json!([3, 3, 3])).await;
    assert_eq!((outcome.unwrap_err().status, seconds), (Status::TimedOut, 5));
    assert_eq!((service.count(), service.dropped()), (2, 1));
}

#[tokio::test]
async fn a_child_that_never_waits_leaves_others_their_turn() {
    let branches = [plan([("Loop", Do::Loop)]), plan([("Rest", Do::Wait(0)), ("Work", work())])];
    let stopped = plan([("Fan", parallel(NONE, branches))]);
    let service = Obedient::default();
    let (outcome, _) = run(stopped, &service, json!([0.05, "Stop"])).await;
    assert_eq!(error(outcome), "Stop: as told");

    let for_ever = plan([("Fan", parallel(NONE, [plan([("Loop", Do::Loop)])]))]).with_timeout(1);
    assert_eq!(run(for_ever, &service, json!(1)).await.0.unwrap_err().status, Status::TimedOut);
    // Each iteration is short, but there is no end of them.
    let items = Value::from(vec![0; 100_000]);
    let run = Run::new(each(Some(1), plan([("Pass", Do::Pass)])), &service, items);
    assert!(timeout(Duration::ZERO, run).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_step_that_was_dropped_goes_on() {
    let service = Obedient::default();
    let machine = plan([("Each", map(NONE, Some(2), plan([("Rest", Do::Wait(5)), ("Work", work())])))]);
    let start = Instant::now();
    let mut execution = Run::new(machine, &service, json!([2, 5, 1])).into_execution();
    for _ in 0..2 {
        assert!(timeout(Duration::from_secs(4), execution.step()).await.is_err());
    }
    // Dropped at 4 and 8 s: the call of 5 s that began at 5 s was made again, and the one of 2 s was not.
    assert_eq!(execution.step().await, Ok(None));
    assert_eq!(execution.output(), Some(&json!([2, 5, 1])));
    assert_eq!((service.parameters(), start.elapsed().as_secs()), (vec![json!(2), json!(5), json!(5), json!(1)], 13));
}

#[tokio::test(start_paused = true)]
async fn each_child_has_its_own_variables() {
    let inner = plan([("Outer", Do::Read("outer")), ("Keep", Do::Assign("own")), ("Own", Do::Read("own"))]);
    let machine = plan([("Set", Do::Assign("outer")), ("Each", map(NONE, None, inner))]);
    let service = Obedient::default();
    let mut execution = Run::new(machine, &service, json!([1, 2])).into_execution();
    while execution.step().await.unwrap().is_some() {}
    assert_eq!(execution.output(), Some(&json!([[1, 2], [1, 2]])));
    assert_eq!(execution.variables(), json!({"outer": [1, 2]}));
}
