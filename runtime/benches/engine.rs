//! What the engine itself costs: `cargo bench -p asl-runtime`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use asl_runtime::engine::Run;
use asl_runtime::{
    Action, BoxFuture, Call, Context, Effect, Error, Fork, Machine, MachineInfo, QueryLanguage, Recovery, Request,
    Resource, Service, Services, StateId, StateInfo, StateType, Task, Value,
};

/// Passes its data from the first state to the last, which calls a service that answers at once.
#[derive(Clone, Copy)]
struct Chain(&'static MachineInfo);

static TASK: Task = Task {
    state: "Work",
    resource: Resource { arn: "arn:aws:states:::sqs:sendMessage", service: "sqs", action: "sendMessage", pattern: "" },
    recovery: Recovery::NONE,
};

impl Machine for Chain {
    fn info(&self) -> &'static MachineInfo {
        self.0
    }

    fn enter(&mut self, state: StateId, data: &mut Value, _: &Context<'_>) -> Result<Action, Error> {
        let states = self.0.states;
        match states.get(usize::from(state.0)).map(|state| state.state_type) {
            Some(StateType::Pass) => match data.as_u64() {
                // The only state of a loop: as often as the data says.
                Some(0) => Ok(Action::End),
                Some(left) if states.len() == 1 => {
                    *data = Value::from(left - 1);
                    Ok(Action::Next(state))
                }
                _ => Ok(Action::Next(StateId(state.0 + 1))),
            },
            Some(StateType::Task) => Ok(Action::Perform(Effect::Call(Call {
                task: &TASK,
                parameters: Value::Null,
                timeout_seconds: None,
                heartbeat_seconds: None,
                credentials: None,
            }))),
            Some(StateType::Map) => {
                Ok(Action::Perform(Effect::Fork(Fork { inputs: vec![Value::Null; ITEMS], max_concurrency: None })))
            }
            _ => Ok(Action::End),
        }
    }

    fn inner(&self, _: StateId, _: usize) -> Option<Box<dyn Machine>> {
        let pure = self.0.states.len() == 1;
        Some(Box::new(Chain(if pure { &ITEM } else { &ITEM_WITH_CALL })))
    }

    fn leave(&mut self, state: StateId, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
        match usize::from(state.0) + 1 < self.0.states.len() {
            true => Ok(Action::Next(StateId(state.0 + 1))),
            false => Ok(Action::End),
        }
    }

    fn catch(&mut self, _: StateId, _: usize, _: &mut Value, _: Value, _: &Context<'_>) -> Result<Action, Error> {
        Ok(Action::End)
    }
}

#[derive(Clone, Copy)]
struct AtOnce;

impl Service for AtOnce {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(std::future::ready(Ok(request.parameters)))
    }
}

impl Services for AtOnce {
    fn service(&self, _: &str) -> Option<&dyn Service> {
        Some(self)
    }
}

const fn state(state_type: StateType) -> StateInfo {
    StateInfo { name: "State", state_type, query_language: QueryLanguage::JsonPath, keeps_input: false }
}

const fn machine(states: &'static [StateInfo]) -> MachineInfo {
    MachineInfo {
        name: "chain",
        start: StateId(0),
        states,
        timeout_seconds: None,
        variables: &[],
        reads_state_context: false,
        reads_execution_input: false,
        reads_time: false,
    }
}

static LOOP: MachineInfo = machine(&[state(StateType::Pass)]);
static TIMED_LOOP: MachineInfo = MachineInfo { timeout_seconds: Some(3600), ..machine(&[state(StateType::Pass)]) };
const ITEMS: usize = 1000;
static ITEM: MachineInfo = machine(&[state(StateType::Pass), state(StateType::Succeed)]);
static ITEM_WITH_CALL: MachineInfo = machine(&[state(StateType::Task)]);
static MAP: MachineInfo = machine(&[state(StateType::Map)]);
static MAP_WITH_CALLS: MachineInfo = machine(&[state(StateType::Map), state(StateType::Succeed)]);
static SUCCEED: MachineInfo = machine(&[state(StateType::Succeed)]);
static TASKS: MachineInfo = machine(&[
    state(StateType::Task),
    state(StateType::Task),
    state(StateType::Task),
    state(StateType::Pass),
    state(StateType::Pass),
    state(StateType::Succeed),
]);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let measure = |what: &str, machine: &'static MachineInfo, input: u64, executions: u64, per_execution: u64| {
        let chain = Chain(machine);
        let mut best = Duration::MAX;
        for _ in 0..10 {
            let start = Instant::now();
            runtime.block_on(async {
                for _ in 0..executions {
                    Run::new(chain, AtOnce, Value::from(input)).name("bench").await.unwrap();
                }
            });
            best = best.min(start.elapsed());
        }
        println!("{what:40} {:8.1} ns", best.as_nanos() as f64 / (executions * per_execution) as f64);
    };
    let (mut alone, rounds) = (Chain(&LOOP), 1_000_000);
    let start = Instant::now();
    let mut data = Value::from(rounds);
    let time = asl_runtime::Timestamp { seconds: 0, nanoseconds: 0 };
    let execution = asl_runtime::ExecutionInfo {
        id: String::new(),
        name: String::new(),
        input: None,
        start_time: time,
        role_arn: String::new(),
        execution_type: asl_runtime::ExecutionType::Standard,
        state_machine_id: String::new(),
        state_machine_name: String::new(),
    };
    let context = Context {
        execution: &execution,
        state_name: "State",
        entered_time: time,
        time,
        event: 0,
        retry_count: None,
        task_token: None,
        map_item: None,
        inspector: None,
    };
    let machine: &mut dyn Machine = std::hint::black_box(&mut alone);
    while let Ok(Action::Next(_)) = machine.enter(StateId(0), &mut data, &context) {}
    println!("{:40} {:8.1} ns", "the machine alone", start.elapsed().as_nanos() as f64 / rounds as f64);
    measure("transition of a pure state", &LOOP, 1_000_000, 1, 1_000_000);
    measure("the same in a machine with a timeout", &TIMED_LOOP, 1_000_000, 1, 1_000_000);
    measure("execution of one state", &SUCCEED, 1, 100_000, 1);
    measure("execution of six states, three calls", &TASKS, 1, 100_000, 1);
    measure("iteration of two pure states", &MAP, 1, 100, 1000);
    measure("iteration of one call", &MAP_WITH_CALLS, 1, 100, 1000);
}
