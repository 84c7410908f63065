//! Machines written as plans: a list of states, one after the other, also inside of one another; and a service that
//! does what its parameters say.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use asl_runtime::engine::TypedMachine;
use asl_runtime::{
    Action, BoxFuture, Call, Context, Effect, Error, ExecutionType, Fork, Machine, MachineInfo, MapRun, QueryLanguage,
    Recovery, Request, Resource, Retrier, Service, Services, StateId, StateInfo, StateType, Task, Tolerance, Value,
    Wait,
};
use serde_json::json;
use tokio::time::Instant;

/// What a state does with its data.
#[derive(Clone)]
pub enum Do {
    /// Hands it on.
    Pass,
    /// Hands it on, and assigns it to this variable.
    Assign(&'static str),
    /// Hands on the value of this variable.
    Read(&'static str),
    /// Goes on with this state for ever.
    Loop,
    Fail(&'static str),
    /// Fails as the interpreter does.
    Break,
    Wait(u64),
    /// Calls the service with it.
    Task(&'static Task, Option<u32>),
    /// Hands it to each.
    Parallel(&'static Recovery, Vec<Plan>),
    /// Hands each of its elements to one, so many at once.
    Map(&'static Recovery, Option<u32>, Plan),
    /// Hands each of its elements to an execution of its own, so many at once, of which so many may fail.
    Distributed(&'static Recovery, Option<u32>, Result<Tolerance, &'static str>, Plan),
}

/// A machine whose states come one after the other.
#[derive(Clone)]
pub struct Plan {
    info: &'static MachineInfo,
    states: Vec<Do>,
    variables: BTreeMap<&'static str, Value>,
    assigned: Option<&'static str>,
}

impl Do {
    fn state_type(&self) -> StateType {
        match self {
            Self::Pass | Self::Assign(_) | Self::Read(_) | Self::Loop | Self::Break => StateType::Pass,
            Self::Fail(_) => StateType::Fail,
            Self::Wait(_) => StateType::Wait,
            Self::Task(..) => StateType::Task,
            Self::Parallel(..) => StateType::Parallel,
            Self::Map(..) | Self::Distributed(..) => StateType::Map,
        }
    }
}

/// The states in their order, with their names. What they need to be static is leaked.
pub fn plan<const N: usize>(states: [(&'static str, Do); N]) -> Plan {
    let info = |(name, what): &(&'static str, Do)| StateInfo {
        name,
        state_type: what.state_type(),
        query_language: QueryLanguage::JsonPath,
        keeps_input: matches!(what, Do::Pass | Do::Wait(_) | Do::Assign(_)),
    };
    let variables = states.iter().filter_map(|(_, what)| if let Do::Assign(name) = what { Some(*name) } else { None });
    let info = MachineInfo {
        name: "plan",
        start: StateId(0),
        states: Vec::leak(states.iter().map(info).collect()),
        timeout_seconds: None,
        variables: Vec::leak(variables.collect()),
        reads_state_context: false,
        reads_execution_input: false,
        reads_time: false,
    };
    let states = states.into_iter().map(|(_, what)| what).collect();
    Plan { info: Box::leak(Box::new(info)), states, variables: BTreeMap::new(), assigned: None }
}

impl Plan {
    pub fn with_timeout(mut self, seconds: u32) -> Self {
        let info = self.info;
        self.info = Box::leak(Box::new(MachineInfo { timeout_seconds: Some(seconds), ..*info }));
        self
    }
}

pub fn recovery(retry: &[Retrier], catch: &'static [&'static [&'static str]]) -> &'static Recovery {
    let retry = retry.iter().map(|retrier| Retrier { ..*retrier }).collect();
    Box::leak(Box::new(Recovery { retry: Vec::leak(retry), catch }))
}

pub const NONE: &Recovery = &Recovery::NONE;

pub fn parallel<const N: usize>(recovery: &'static Recovery, branches: [Plan; N]) -> Do {
    Do::Parallel(recovery, branches.into())
}

pub fn map(recovery: &'static Recovery, max_concurrency: Option<u32>, processor: Plan) -> Do {
    Do::Map(recovery, max_concurrency, processor)
}

pub fn distributed(
    recovery: &'static Recovery,
    max_concurrency: Option<u32>,
    (count, percentage): (Option<u32>, Option<f64>),
    processor: Plan,
) -> Do {
    Do::Distributed(recovery, max_concurrency, Ok(Tolerance { count, percentage }), processor)
}

pub fn work() -> Do {
    task(&Recovery::NONE, "", None)
}

pub fn task(recovery: &Recovery, pattern: &'static str, timeout_seconds: Option<u32>) -> Do {
    let retry = recovery.retry.iter().map(|retrier| Retrier { ..*retrier }).collect();
    let resource = Resource { arn: "arn:plan", service: "plan", action: "work", pattern };
    let recovery = Recovery { retry: Vec::leak(retry), catch: recovery.catch };
    Do::Task(Box::leak(Box::new(Task { state: "Work", resource, recovery })), timeout_seconds)
}

impl Plan {
    fn what(&self, state: StateId) -> &Do {
        &self.states[usize::from(state.0)]
    }

    fn after(&self, state: StateId) -> Action {
        let next = state.0 + 1;
        if usize::from(next) < self.states.len() { Action::Next(StateId(next)) } else { Action::End }
    }
}

impl Machine for Plan {
    fn info(&self) -> &'static MachineInfo {
        self.info
    }

    fn enter(&mut self, state: StateId, data: &mut Value, context: &Context<'_>) -> Result<Action, Error> {
        assert_eq!(context.task_token.is_some(), self.has_task_token(state));
        let fork = |inputs, max_concurrency| Effect::Fork(Fork { inputs, max_concurrency });
        let effect = match self.what(state).clone() {
            Do::Pass => return Ok(self.after(state)),
            Do::Assign(name) => {
                self.variables.insert(name, data.clone());
                self.assigned = Some(name);
                return Ok(self.after(state));
            }
            Do::Read(name) => {
                *data = self.variables.get(name).cloned().unwrap_or_default();
                return Ok(self.after(state));
            }
            Do::Loop => return Ok(Action::Next(state)),
            Do::Fail(name) => return Err(Error::new(name, "failed")),
            Do::Break => return Err(Error::runtime("broken")),
            Do::Wait(seconds) => Effect::Wait(Wait::Seconds(seconds)),
            Do::Task(task, timeout_seconds) => Effect::Call(Call {
                task,
                parameters: data.clone(),
                timeout_seconds,
                heartbeat_seconds: None,
                credentials: None,
            }),
            Do::Parallel(_, branches) => fork(vec![data.clone(); branches.len()], None),
            Do::Map(_, limit, _) => fork(data.as_array().unwrap().clone(), limit),
            Do::Distributed(_, max_concurrency, tolerance, _) => Effect::MapRun(Box::new(MapRun {
                inputs: data.as_array().unwrap().clone(),
                max_concurrency,
                label: "label",
                execution_type: ExecutionType::Standard,
                tolerance: tolerance.map_err(Error::runtime),
            })),
        };
        Ok(Action::Perform(effect))
    }

    fn leave(&mut self, state: StateId, data: &mut Value, result: Value, _: &Context<'_>) -> Result<Action, Error> {
        if !result.is_null() {
            *data = result;
        }
        Ok(self.after(state))
    }

    fn catch(
        &mut self,
        state: StateId,
        catcher: usize,
        data: &mut Value,
        error_output: Value,
        _: &Context<'_>,
    ) -> Result<Action, Error> {
        *data = json!([catcher, error_output["Error"]]);
        Ok(self.after(state))
    }

    fn inner(&self, state: StateId, branch: usize) -> Option<Box<dyn Machine>> {
        let inner = match self.what(state) {
            Do::Parallel(_, branches) => branches.get(branch)?,
            Do::Map(_, _, processor) | Do::Distributed(_, _, _, processor) => processor,
            _ => return None,
        };
        let mut inner = inner.clone();
        if !matches!(self.what(state), Do::Distributed(..)) {
            inner.variables = self.variables.clone();
        }
        Some(Box::new(inner))
    }

    fn recovery(&self, state: StateId) -> &'static Recovery {
        match self.what(state) {
            Do::Parallel(recovery, _) | Do::Map(recovery, ..) | Do::Distributed(recovery, ..) => recovery,
            _ => NONE,
        }
    }

    fn has_task_token(&self, state: StateId) -> bool {
        matches!(self.what(state), Do::Task(task, _) if !task.resource.pattern.is_empty())
    }

    fn variable(&self, name: &str) -> Option<&Value> {
        self.info.variables.contains(&name).then(|| self.variables.get(name))?
    }

    fn set_variable(&mut self, name: &str, value: Value) -> bool {
        let Some(name) = self.info.variables.iter().find(|own| **own == name) else { return false };
        self.variables.insert(name, value);
        true
    }

    fn take_assigned(&mut self) -> &'static [&'static str] {
        let assigned = self.assigned.take();
        let place = self.info.variables.iter().position(|name| Some(*name) == assigned);
        place.map_or(&[], |place| &self.info.variables[place..=place])
    }
}

impl TypedMachine for Plan {
    type State = u16;

    fn state(id: StateId) -> Option<u16> {
        Some(id.0)
    }
}

/// Does what its parameters say: a number is answered after so many seconds, a text fails by that name at once, and
/// `[seconds, text]` fails by that name after so many seconds.
#[derive(Default)]
pub struct Obedient {
    /// When each call came, in seconds from the first, and its parameters.
    pub calls: Mutex<Vec<(Instant, Value)>>,
    pub tokens: Mutex<Vec<Option<String>>>,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    now: usize,
    most: usize,
    ended: usize,
}

impl Obedient {
    /// How many calls came.
    pub fn count(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    /// The parameters of the calls, in their order.
    pub fn parameters(&self) -> Vec<Value> {
        self.calls.lock().unwrap().iter().map(|(_, parameters)| parameters.clone()).collect()
    }

    /// How many calls were performed at once at most.
    pub fn most(&self) -> usize {
        self.running.lock().unwrap().most
    }

    /// How many calls were dropped before they had ended.
    pub fn dropped(&self) -> usize {
        let running = self.running.lock().unwrap();
        assert_eq!(running.now, 0, "none goes on when nobody waits for it");
        self.count() - running.ended
    }
}

struct Entry<'a>(&'a Obedient);

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        self.0.running.lock().unwrap().now -= 1;
    }
}

impl Service for Obedient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move {
            self.calls.lock().unwrap().push((Instant::now(), request.parameters.clone()));
            self.tokens.lock().unwrap().push(request.task_token.map(str::to_owned));
            {
                let mut running = self.running.lock().unwrap();
                running.now += 1;
                running.most = running.most.max(running.now);
            }
            let _entry = Entry(self);
            let (seconds, failure) = match &request.parameters {
                Value::Number(seconds) => (seconds.as_f64().unwrap(), None),
                Value::String(name) => (0.0, Some(name.clone())),
                Value::Array(both) => (both[0].as_f64().unwrap(), Some(both[1].as_str().unwrap().to_owned())),
                other => panic!("{other}"),
            };
            if seconds > 0.0 {
                tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
            }
            self.running.lock().unwrap().ended += 1;
            match failure {
                None => Ok(request.parameters.clone()),
                Some(name) => Err(Error::new(name, "as told")),
            }
        })
    }
}

impl Services for &Obedient {
    fn service(&self, name: &str) -> Option<&dyn Service> {
        (name == "tasks").then_some(*self)
    }
}
