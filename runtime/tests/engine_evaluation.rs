//! What an engine does when an expression of a state fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod engine_support;

use asl_runtime::engine::{Run, TypedMachine};
use asl_runtime::jsonata::{Expression, Value as Evaluated};
use asl_runtime::{
    Action, Context, Effect, Error, Fork, Machine, MachineInfo, Recovery, Retrier, StateId, StateInfo, StateType, Task,
    Value, Wait,
};
use engine_support::{Answer, NEXT, Notes, Script, call, machine, retrier, state, task};
use serde_json::json;

/// Where the only expression of the machine's first state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Arguments,
    Output,
    Catcher,
}

use Field::{Arguments, Catcher, Output};

/// A state that goes on with the second one, which ends. As often as they are named, its fields fail.
struct Failing {
    info: &'static MachineInfo,
    recovery: &'static Recovery,
    task: &'static Task,
    fails: Vec<Field>,
}

impl Failing {
    fn evaluate(&mut self, field: Field) -> Result<(), Error> {
        static ARGUMENTS: Expression = Expression::new("Arguments", "$a");
        static OUTPUT: Expression = Expression::new("Output", "$o");
        static CATCHER: Expression = Expression::new("Catch[0]/Output", "$c");
        let Some(place) = self.fails.iter().position(|failing| *failing == field) else { return Ok(()) };
        self.fails.remove(place);
        let expression = match field {
            Arguments => &ARGUMENTS,
            Output => &OUTPUT,
            Catcher => &CATCHER,
        };
        expression.json(Ok(Evaluated::Undefined)).map(|_| ())
    }
}

impl Machine for Failing {
    fn info(&self) -> &'static MachineInfo {
        self.info
    }

    fn enter(&mut self, state: StateId, data: &mut Value, _: &Context<'_>) -> Result<Action, Error> {
        if state.0 > 0 {
            return Ok(Action::End);
        }
        self.evaluate(Arguments)?;
        match self.info.states[0].state_type {
            StateType::Task => call(self.task, data.clone(), None),
            StateType::Wait => Ok(Action::Perform(Effect::Wait(Wait::Seconds(1)))),
            StateType::Map => {
                Ok(Action::Perform(Effect::Fork(Fork { inputs: vec![json!(7)], max_concurrency: Some(1) })))
            }
            _ => {
                self.evaluate(Output)?;
                Ok(NEXT)
            }
        }
    }

    fn leave(&mut self, _: StateId, data: &mut Value, result: Value, _: &Context<'_>) -> Result<Action, Error> {
        self.evaluate(Output)?;
        *data = result;
        Ok(NEXT)
    }

    fn catch(
        &mut self,
        _: StateId,
        _: usize,
        data: &mut Value,
        error_output: Value,
        _: &Context<'_>,
    ) -> Result<Action, Error> {
        self.evaluate(Catcher)?;
        *data = error_output["Error"].clone();
        Ok(NEXT)
    }

    fn inner(&self, _: StateId, _: usize) -> Option<Box<dyn Machine>> {
        static ONE: [StateInfo; 1] = [state("Item", StateType::Pass)];
        static ITEM: MachineInfo = machine(&ONE);
        let item = |_: StateId, _: &mut Value, _: &Context<'_>| Ok(Action::End);
        Some(Box::new(engine_support::Scripted::new(&ITEM, item)))
    }

    fn recovery(&self, _: StateId) -> &'static Recovery {
        self.recovery
    }
}

impl TypedMachine for Failing {
    type State = u16;

    fn state(id: StateId) -> Option<u16> {
        Some(id.0)
    }
}

const RETRY: &[Retrier] = &[retrier(&["States.QueryEvaluationError"], 1, 1)];
const CATCH: &[&[&str]] = &[&["States.TaskFailed"]];

/// The events of an execution with the input 1 in which these fields fail. `WHY` stands for error and cause.
async fn check(
    state_type: StateType,
    (retry, catch): (&'static [Retrier], &'static [&'static [&'static str]]),
    fails: &[Field],
    expected: &[&str],
) {
    let states = Vec::leak(vec![state("Work", state_type), state("Last", StateType::Succeed)]);
    let failing = Failing {
        info: Box::leak(Box::new(machine(states))),
        recovery: Box::leak(Box::new(Recovery { retry: plain(retry), catch })),
        task: Box::leak(Box::new(task(plain(retry), catch))),
        fails: fails.to_vec(),
    };
    let (notes, script) = (Notes::default(), Script::new([Answer::Output(json!(2)), Answer::Output(json!(3))]));
    let _ = Run::new(failing, &script, json!(1)).observer(&notes).await;
    let why = "States.QueryEvaluationError: An error occurred while executing the state 'Work' (entered at the event id #2). \
               The JSONata expression '$";
    let found: Vec<String> = notes
        .take()
        .into_iter()
        .filter(|note| !note.contains("ExecutionStarted") && !note.contains("TaskScheduled"))
        .map(|note| match note.find(why) {
            Some(place) => format!("{}WHY {}", &note[..place], &note[place + why.len()..=place + why.len()]),
            None => note,
        })
        .collect();
    assert_eq!(found, expected, "{state_type:?} {fails:?}");
}

fn plain(retriers: &[Retrier]) -> &'static [Retrier] {
    Vec::leak(retriers.iter().map(|retrier| Retrier { ..*retrier }).collect())
}

#[tokio::test(start_paused = true)]
async fn a_state_without_catch_ends_the_execution() {
    let expected = ["2<0 Work StateEntered 1", "3<0 Work Failed Output WHY o", "4<3 - ExecutionFailed WHY o"];
    check(StateType::Pass, (&[], &[]), &[Output], &expected).await;
    let expected = ["2<0 Work StateEntered 1", "3<2 Work Failed Arguments WHY a", "4<3 - ExecutionFailed WHY a"];
    check(StateType::Wait, (&[], &[]), &[Arguments], &expected).await;
    let expected = [
        "2<0 Work StateEntered 1",
        "2<2 Work WaitStarted Seconds(1)",
        "3<2 Work Failed Output WHY o",
        "4<3 - ExecutionFailed WHY o",
    ];
    check(StateType::Wait, (&[], &[]), &[Output], &expected).await;
    let expected = [
        "2<0 Work StateEntered 1",
        "3<0 Work Failed Arguments WHY a",
        "4<3 Work MapStateFailed",
        "5<4 - ExecutionFailed WHY a",
    ];
    check(StateType::Map, (&[], &[]), &[Arguments], &expected).await;
}

#[tokio::test(start_paused = true)]
async fn arguments_are_evaluated_again_and_their_failure_is_caught() {
    let expected = [
        "2<0 Work StateEntered 1",
        "3<0 Work Failed Arguments WHY a",
        "3<3 Work RetryScheduled 1s 1",
        "5<4 Work TaskStarted",
        "6<5 Work TaskSucceeded 2",
        "7<6 Work StateExited 2",
        "8<7 Last StateEntered 2",
        "9<8 Last StateExited 2",
        "10<9 - ExecutionSucceeded 2",
    ];
    check(StateType::Task, (RETRY, &[]), &[Arguments], &expected).await;
    let expected = [
        "2<0 Work StateEntered 1",
        "3<0 Work Failed Arguments WHY a",
        "3<3 Work RetryScheduled 1s 1",
        "4<3 Work Failed Arguments WHY a",
        "5<4 Work StateExited \"States.QueryEvaluationError\"",
        "6<5 Last StateEntered \"States.QueryEvaluationError\"",
        "7<6 Last StateExited \"States.QueryEvaluationError\"",
        "8<7 - ExecutionSucceeded \"States.QueryEvaluationError\"",
    ];
    check(StateType::Task, (RETRY, CATCH), &[Arguments, Arguments], &expected).await;
}

#[tokio::test(start_paused = true)]
async fn the_work_is_done_again_when_the_output_fails() {
    let expected = [
        "2<0 Work StateEntered 1",
        "4<3 Work TaskStarted",
        "5<4 Work TaskSucceeded 2",
        "6<5 Work Failed Output WHY o",
        "6<6 Work RetryScheduled 1s 1",
        "8<7 Work TaskStarted",
        "9<8 Work TaskSucceeded 3",
        "10<9 Work StateExited 3",
        "11<10 Last StateEntered 3",
        "12<11 Last StateExited 3",
        "13<12 - ExecutionSucceeded 3",
    ];
    check(StateType::Task, (RETRY, CATCH), &[Output], &expected).await;
    let expected = [
        "2<0 Work StateEntered 1",
        "3<2 Work MapStateStarted 1",
        "4<3 Work MapIterationStarted 0",
        "5<4 Item StateEntered 7",
        "6<5 Item StateExited 7",
        "7<6 Work MapIterationSucceeded 0",
        "8<7 Work MapStateSucceeded",
        "9<7 Work Failed Output WHY o",
        "10<9 - ExecutionFailed WHY o",
    ];
    check(StateType::Map, (&[], &[]), &[Output], &expected).await;
}

#[tokio::test(start_paused = true)]
async fn a_catcher_that_fails_is_the_end() {
    let expected = [
        "2<0 Work StateEntered 1",
        "3<0 Work Failed Arguments WHY a",
        "4<3 Work Failed Catch[0]/Output WHY c",
        "5<4 - ExecutionFailed WHY c",
    ];
    check(StateType::Task, (&[], CATCH), &[Arguments, Catcher], &expected).await;
}
