//! Events of Parallel and Map states: their numbers, and the event before each, as recorded on AWS.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use asl_runtime::engine::Run;
use asl_runtime::{Retrier, Value};
use engine_support::plan::*;
use engine_support::{Notes, retrier};
use serde_json::json;

/// The events between the start of the execution, which is the first, and its end.
async fn check(plan: Plan, input: Value, expected: &[&str]) {
    let (notes, service) = (Notes::default(), Obedient::default());
    let outcome = Run::new(plan, &service, input.clone()).observer(&notes).await;
    let mut found = notes.take();
    assert_eq!(found.remove(0), format!("1<0 - ExecutionStarted {input}"));
    let last = found.pop().unwrap();
    assert_eq!(found, expected);
    let before = expected.last().and_then(|line| line.split('<').next()).unwrap();
    let end = match outcome {
        Ok(output) => format!("ExecutionSucceeded {output}"),
        Err(failure) => format!("ExecutionFailed {}", failure.error),
    };
    assert_eq!(last, format!("{}<{before} - {end}", before.parse::<u64>().unwrap() + 1));
}

fn one(name: &'static str, what: Do) -> Plan {
    plan([(name, what)])
}

#[tokio::test(start_paused = true)]
async fn a_map_one_item_at_a_time() {
    check(
        one("Each", map(NONE, Some(1), one("Item", Do::Pass))),
        json!([7, 8]),
        &[
            "2<0 Each StateEntered [7,8]",
            "3<2 Each MapStateStarted 2",
            "4<3 Each MapIterationStarted 0",
            "5<4 Item StateEntered 7",
            "6<5 Item StateExited 7",
            "7<6 Each MapIterationSucceeded 0",
            "8<6 Each MapIterationStarted 1",
            "9<8 Item StateEntered 8",
            "10<9 Item StateExited 8",
            "11<10 Each MapIterationSucceeded 1",
            "12<11 Each MapStateSucceeded",
            "13<11 Each StateExited [7,8]",
        ],
    )
    .await;
    check(
        plan([("Start", Do::Pass), ("Each", map(NONE, Some(1), one("Item", Do::Pass)))]),
        json!([]),
        &[
            "2<0 Start StateEntered []",
            "3<2 Start StateExited []",
            "4<3 Each StateEntered []",
            "5<4 Each MapStateStarted 0",
            "6<5 Each MapStateSucceeded",
            "7<5 Each StateExited []",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_map_inside_a_map() {
    let inner = one("Inner", map(NONE, Some(1), one("Item", Do::Pass)));
    check(
        one("Outer", map(NONE, Some(1), inner)),
        json!([[1], [2]]),
        &[
            "2<0 Outer StateEntered [[1],[2]]",
            "3<2 Outer MapStateStarted 2",
            "4<3 Outer MapIterationStarted 0",
            "5<4 Inner StateEntered [1]",
            "6<5 Inner MapStateStarted 1",
            "7<6 Inner MapIterationStarted 0",
            "8<7 Item StateEntered 1",
            "9<8 Item StateExited 1",
            "10<9 Inner MapIterationSucceeded 0",
            "11<10 Inner MapStateSucceeded",
            "12<10 Inner StateExited [1]",
            "13<12 Outer MapIterationSucceeded 0",
            "14<12 Outer MapIterationStarted 1",
            "15<14 Inner StateEntered [2]",
            "16<15 Inner MapStateStarted 1",
            "17<16 Inner MapIterationStarted 0",
            "18<17 Item StateEntered 2",
            "19<18 Item StateExited 2",
            "20<19 Inner MapIterationSucceeded 0",
            "21<20 Inner MapStateSucceeded",
            "22<20 Inner StateExited [2]",
            "23<22 Outer MapIterationSucceeded 1",
            "24<23 Outer MapStateSucceeded",
            "25<23 Outer StateExited [[1],[2]]",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn iterations_at_once_that_are_too_slow() {
    let slow = one("Work", task(NONE, "", Some(5)));
    check(
        one("Each", map(NONE, None, slow)),
        json!([6, 7, 8]),
        &[
            "2<0 Each StateEntered [6,7,8]",
            "3<2 Each MapStateStarted 3",
            "4<3 Each MapIterationStarted 0",
            "5<3 Each MapIterationStarted 1",
            "6<3 Each MapIterationStarted 2",
            "7<4 Work StateEntered 6",
            "8<7 Work TaskScheduled 6 0",
            "9<5 Work StateEntered 7",
            "10<9 Work TaskScheduled 7 0",
            "11<6 Work StateEntered 8",
            "12<11 Work TaskScheduled 8 0",
            "13<8 Work TaskStarted",
            "14<10 Work TaskStarted",
            "15<12 Work TaskStarted",
            "16<13 Work TaskTimedOut States.Timeout",
            "17<14 Work TaskTimedOut States.Timeout",
            "18<15 Work TaskTimedOut States.Timeout",
            "19<16 Each MapIterationFailed 0",
            "20<16 Work StateAborted",
            "21<16 Each MapIterationAborted 1",
            "22<16 Work StateAborted",
            "23<16 Each MapIterationAborted 2",
            "24<16 Work StateAborted",
            "25<16 Each MapStateFailed",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_map_that_is_retried_and_then_fails() {
    let retry: [Retrier; 1] = [retrier(&["Broken"], 1, 1)];
    check(
        one("Each", map(recovery(&retry, &[]), Some(1), one("Item", Do::Fail("Broken")))),
        json!([7]),
        &[
            "2<0 Each StateEntered [7]",
            "3<2 Each MapStateStarted 1",
            "4<3 Each MapIterationStarted 0",
            "5<4 Item StateEntered 7",
            "6<5 Each MapIterationFailed 0",
            "5<5 Each RetryScheduled 1s 1",
            "7<5 Each MapStateStarted 1",
            "8<7 Each MapIterationStarted 0",
            "9<8 Item StateEntered 7",
            "10<9 Each MapIterationFailed 0",
            "11<9 Each MapStateFailed",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_map_whose_failure_is_caught() {
    check(
        plan([
            ("Each", map(recovery(&[], &[&["Broken"]]), Some(1), one("Item", Do::Fail("Broken")))),
            ("After", Do::Pass),
        ]),
        json!([7]),
        &[
            "2<0 Each StateEntered [7]",
            "3<2 Each MapStateStarted 1",
            "4<3 Each MapIterationStarted 0",
            "5<4 Item StateEntered 7",
            "6<5 Each MapIterationFailed 0",
            "7<5 Each MapStateFailed",
            "8<7 Each StateExited [0,\"Broken\"]",
            "9<8 After StateEntered [0,\"Broken\"]",
            "10<9 After StateExited [0,\"Broken\"]",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_parallel_that_succeeds() {
    check(
        one("Fan", parallel(NONE, [one("A", Do::Wait(2)), one("B", Do::Pass), one("C", Do::Wait(1))])),
        json!(7),
        &[
            "2<0 Fan StateEntered 7",
            "3<2 Fan ParallelStateStarted",
            "4<3 A StateEntered 7",
            "4<4 A WaitStarted Seconds(2)",
            "5<3 B StateEntered 7",
            "6<5 B StateExited 7",
            "7<3 C StateEntered 7",
            "7<7 C WaitStarted Seconds(1)",
            "8<7 C StateExited 7",
            "9<4 A StateExited 7",
            "10<9 Fan ParallelStateSucceeded",
            "11<9 Fan StateExited [7,7,7]",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_parallel_whose_task_fails() {
    let failing = [one("Work", task(NONE, "waitForTaskToken", None)), one("Rest", Do::Wait(9))];
    check(
        plan([("Fan", parallel(recovery(&[], &[&["States.ALL"]]), failing)), ("After", Do::Pass)]),
        json!([1, "Boom"]),
        &[
            "2<0 Fan StateEntered [1,\"Boom\"]",
            "3<2 Fan ParallelStateStarted",
            "4<3 Work StateEntered [1,\"Boom\"]",
            "5<4 Work TaskScheduled [1,\"Boom\"] 0",
            "6<3 Rest StateEntered [1,\"Boom\"]",
            "6<6 Rest WaitStarted Seconds(9)",
            "7<5 Work TaskStarted",
            "8<7 Work TaskSubmitted",
            "9<8 Work TaskFailed Boom: as told",
            "10<9 Work StateAborted",
            "11<9 Rest StateAborted",
            "12<9 Fan ParallelStateFailed",
            "13<12 Fan StateExited [0,\"Boom\"]",
            "14<13 After StateEntered [0,\"Boom\"]",
            "15<14 After StateExited [0,\"Boom\"]",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_is_far_inside_is_stopped_too() {
    let resting = one("Each", map(NONE, None, one("Rest", Do::Wait(9))));
    let failing = plan([("Rest", Do::Wait(1)), ("Stop", Do::Fail("Boom"))]);
    check(
        one("Fan", parallel(NONE, [resting, failing])),
        json!([7]),
        &[
            "2<0 Fan StateEntered [7]",
            "3<2 Fan ParallelStateStarted",
            "4<3 Each StateEntered [7]",
            "5<4 Each MapStateStarted 1",
            "6<5 Each MapIterationStarted 0",
            "7<6 Rest StateEntered 7",
            "7<7 Rest WaitStarted Seconds(9)",
            "8<3 Rest StateEntered [7]",
            "8<8 Rest WaitStarted Seconds(1)",
            "9<8 Rest StateExited [7]",
            "10<9 Stop StateEntered [7]",
            "11<10 Each StateAborted",
            "12<10 Each MapIterationAborted 0",
            "13<10 Rest StateAborted",
            "14<10 Fan ParallelStateFailed",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_the_interpreter_cannot_do_ends_the_execution_at_once() {
    check(
        one("Each", map(recovery(&[], &[&["States.ALL"]]), Some(1), one("Item", Do::Break))),
        json!([7]),
        &[
            "2<0 Each StateEntered [7]",
            "3<2 Each MapStateStarted 1",
            "4<3 Each MapIterationStarted 0",
            "5<4 Item StateEntered 7",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn assigned_variables_are_told() {
    check(
        plan([("Keep", Do::Assign("a")), ("Pass", Do::Pass), ("Again", Do::Assign("b"))]),
        json!(7),
        &[
            "2<0 Keep StateEntered 7",
            "3<2 Keep StateExited 7 a=7",
            "4<3 Pass StateEntered 7",
            "5<4 Pass StateExited 7",
            "6<5 Again StateEntered 7",
            "7<6 Again StateExited 7 b=7",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_text_is_handed_on_until_a_state_makes_another_value() {
    async fn check(plan: Plan, expected: &[&str], output: &str) {
        let (notes, service) = (Notes::default(), Obedient::default());
        let run = Run::with_input_text(plan, &service, "[ 0 ]").unwrap().observer(&notes);
        let mut execution = run.into_execution();
        while execution.step().await.unwrap().is_some() {
            assert_eq!(execution.output_text(), None);
        }
        assert_eq!(notes.take(), expected);
        assert_eq!(execution.output_text().as_deref(), Some(output));
    }
    check(
        plan([("Pass", Do::Pass), ("Rest", Do::Wait(0))]),
        &[
            "1<0 - ExecutionStarted [0] from \"[ 0 ]\"",
            "2<0 Pass StateEntered [0] from \"[ 0 ]\"",
            "3<2 Pass StateExited [0] from \"[ 0 ]\"",
            "4<3 Rest StateEntered [0] from \"[ 0 ]\"",
            "4<4 Rest WaitStarted Seconds(0)",
            "5<4 Rest StateExited [0] from \"[ 0 ]\"",
            "6<5 - ExecutionSucceeded [0] from \"[ 0 ]\"",
        ],
        "[ 0 ]",
    )
    .await;
    check(
        one("Each", map(NONE, None, one("Item", Do::Pass))),
        &[
            "1<0 - ExecutionStarted [0] from \"[ 0 ]\"",
            "2<0 Each StateEntered [0] from \"[ 0 ]\"",
            "3<2 Each MapStateStarted 1",
            "4<3 Each MapIterationStarted 0",
            "5<4 Item StateEntered 0",
            "6<5 Item StateExited 0",
            "7<6 Each MapIterationSucceeded 0",
            "8<7 Each MapStateSucceeded",
            "9<7 Each StateExited [0]",
            "10<9 - ExecutionSucceeded [0]",
        ],
        "[0]",
    )
    .await;
    assert!(Run::with_input_text(one("Pass", Do::Pass), &Obedient::default(), "[ 0").is_err());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_has_a_token_of_its_own() {
    let retry: [Retrier; 1] = [retrier(&["A"], 1, 1)];
    let service = Obedient::default();
    for (pattern, expected) in [("waitForTaskToken", true), ("sync:2", true), ("", false)] {
        let machine = one("Work", task(recovery(&retry, &[]), pattern, None));
        for _ in 0..2 {
            let _ = Run::new(machine.clone(), &service, json!("A")).name("same").await;
        }
        let tokens = std::mem::take(&mut *service.tokens.lock().unwrap());
        let [first, second, again @ ..] = &tokens[..] else { panic!("two attempts each") };
        assert_eq!(again, [first.clone(), second.clone()], "the same for the same attempt");
        assert_eq!((first.is_some(), first != second), (expected, expected));
    }
}
