//! The loop that drives a machine. It knows machines by their trait only, so that each one adds little code.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::context::{Context, ExecutionInfo, ExecutionSource as _};
use crate::engine::checkpoint::{Checkpoint, VisitRecord};
use crate::engine::clock::{Clock, since};
use crate::engine::failure::{Failure, Status};
use crate::engine::identity::{Facts, Identity};
use crate::engine::retry::Retries;
use crate::error::Error;
use crate::machine::{Action, Call, Effect, Machine, MachineInfo, StateId, StateInfo, StateType, Task, Wait};
use crate::observer::{Event, EventKind, Observer};
use crate::services::size::within_limit;
use crate::services::{Request, Services};
use crate::timestamp::Timestamp;

/// AWS refuses longer waits.
const LONGEST_WAIT: Duration = Duration::from_secs((1 << 31) - 1);

/// What an execution works with.
pub(super) struct Setting<'a> {
    pub(super) machine: Box<dyn Machine + 'a>,
    pub(super) services: Box<dyn Services + 'a>,
    pub(super) observer: Option<&'a dyn Observer>,
}

/// One execution.
///
/// Whatever is to survive a dropped future is written here before an await: a step can be dropped at any time and
/// taken again.
pub(super) struct Core<'a> {
    setting: Setting<'a>,
    info: &'static MachineInfo,
    clock: Clock,
    deadline: Option<Instant>,
    execution: Facts<'a>,
    data: Value,
    state: StateId,
    visit: Option<Visit>,
    /// Number of the last event in AWS's history; causes quote such numbers. AWS API reference, "HistoryEvent".
    events: u64,
    end: Option<Result<(), Failure>>,
}

/// A state that was entered and not left, because it has something performed.
struct Visit {
    /// Number of its StateEntered event.
    entered: u64,
    time: Timestamp,
    retries: Retries,
    pause: Option<Pause<Instant>>,
}

/// What a visit waits for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pause<T> {
    /// A Wait is over.
    Wait(T),
    /// A Task is tried again.
    Retry(T),
}

impl<T> Pause<T> {
    fn map<U>(self, convert: impl FnOnce(T) -> U) -> Pause<U> {
        match self {
            Self::Wait(until) => Pause::Wait(convert(until)),
            Self::Retry(until) => Pause::Retry(convert(until)),
        }
    }
}

/// Where a row of states that have nothing performed ends.
enum Passed {
    Effect(Effect),
    Limit,
    End,
}

/// Why an execution ends before its time.
enum Stop {
    Failed(Error),
    TimedOut,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl<'a> Core<'a> {
    pub(super) fn start(setting: Setting<'a>, input: Value, identity: Identity<'a>) -> Self {
        let info = setting.machine.info();
        let clock = Clock::start();
        let kept = info.reads_execution_input.then(|| input.clone());
        let timeout = info.timeout_seconds.map(|seconds| Duration::from_secs(seconds.into()));
        Self {
            deadline: timeout.map(|timeout| Instant::now() + timeout),
            execution: Facts::new(identity, info.name, kept, clock.started()),
            data: input,
            state: info.start,
            visit: None,
            events: 0,
            end: None,
            setting,
            info,
            clock,
        }
    }

    /// Goes on in `state`, where `checkpoint` was taken.
    pub(super) fn resume(setting: Setting<'a>, checkpoint: Checkpoint, state: StateId) -> Self {
        let info = setting.machine.info();
        let clock = Clock::start();
        let visit = checkpoint.visit.map(|visit| Visit {
            entered: visit.entered,
            time: visit.time,
            retries: visit.retries,
            pause: visit.pause.map(|pause| pause.map(|until| clock.instant_at(until))),
        });
        Self {
            deadline: checkpoint.deadline.map(|deadline| clock.instant_at(deadline)),
            execution: Facts::known(checkpoint.execution),
            data: checkpoint.data,
            state,
            visit,
            events: checkpoint.events,
            end: None,
            setting,
            info,
            clock,
        }
    }

    /// None when the execution has ended.
    pub(super) fn checkpoint(&self) -> Option<Checkpoint> {
        let state = self.current()?;
        Some(Checkpoint {
            state: state.name.to_owned(),
            data: self.data.clone(),
            events: self.events,
            deadline: self.deadline.map(|deadline| self.clock.time_at(deadline)),
            visit: self.visit.as_ref().map(|visit| VisitRecord {
                entered: visit.entered,
                time: visit.time,
                retries: visit.retries.clone(),
                pause: visit.pause.map(|pause| pause.map(|until| self.clock.time_at(until))),
            }),
            execution: self.execution.info().clone(),
        })
    }

    pub(super) fn data(&self) -> &Value {
        &self.data
    }

    /// Takes the data out, at the very end.
    pub(super) fn take_data(&mut self) -> Value {
        self.data.take()
    }

    pub(super) fn execution(&self) -> &ExecutionInfo {
        self.execution.info()
    }

    pub(super) fn status(&self) -> Status {
        match &self.end {
            None => Status::Running,
            Some(Ok(())) => Status::Succeeded,
            Some(Err(failure)) => failure.status,
        }
    }

    /// The state that the execution is in or enters next; none when it has ended.
    pub(super) fn state(&self) -> Option<StateId> {
        match self.end {
            None => Some(self.state),
            Some(_) => None,
        }
    }

    fn current(&self) -> Option<&'static StateInfo> {
        self.state().and_then(|state| self.info.states.get(usize::from(state.0)))
    }

    /// Visits up to `limit` states. Gives whether the execution goes on.
    pub(super) async fn advance(&mut self, limit: u32) -> Result<bool, Failure> {
        if let Some(end) = &self.end {
            return end.clone().map(|()| false);
        }
        if self.events == 0 {
            self.events = 1;
            self.observe(EventKind::ExecutionStarted { input: &self.data, execution: &self.execution });
        }
        let visits = match self.deadline {
            None => self.visits(limit).await.map_err(Stop::from),
            Some(deadline) if deadline <= Instant::now() => Err(Stop::TimedOut),
            Some(deadline) => match timeout_at(deadline, self.visits(limit)).await {
                Ok(visits) => visits.map_err(Stop::from),
                Err(_) => Err(Stop::TimedOut),
            },
        };
        match visits {
            Ok(true) => Ok(true),
            Ok(false) => {
                self.events += 1;
                self.end = Some(Ok(()));
                self.observe(EventKind::ExecutionSucceeded { output: &self.data });
                Ok(false)
            }
            Err(stop) => Err(self.stopped(stop)),
        }
    }

    #[cold]
    fn stopped(&mut self, stop: Stop) -> Failure {
        let state = self.current().map(|state| state.name);
        self.events += 1;
        let failure = match stop {
            Stop::Failed(error) => {
                self.observe(EventKind::ExecutionFailed { error: &error });
                Failure { status: Status::Failed, error, state }
            }
            Stop::TimedOut => {
                self.observe(EventKind::ExecutionTimedOut);
                Failure { status: Status::TimedOut, error: Error::timeout(), state }
            }
        };
        self.end = Some(Err(failure.clone()));
        failure
    }

    /// As [`advance`](Self::advance), without the ends. Only what is performed is awaited.
    async fn visits(&mut self, limit: u32) -> Result<bool, Error> {
        let mut left = limit;
        while left > 0 {
            let mut action = match self.visit {
                None => match self.pass(&mut left)? {
                    Passed::Effect(effect) => Action::Perform(effect),
                    Passed::Limit => return Ok(true),
                    Passed::End => return Ok(false),
                },
                Some(_) => self.go_on().await?,
            };
            while let Action::Perform(effect) = action {
                action = match effect {
                    Effect::Call(call) => match self.attempt(call).await? {
                        Some(action) => action,
                        None => self.go_on().await?,
                    },
                    Effect::Wait(wait) => {
                        self.wait(wait)?;
                        self.go_on().await?
                    }
                    Effect::Fork(_) => {
                        return Err(self.located(Error::runtime("This engine runs no machines inside a state.")));
                    }
                };
            }
            left -= 1;
            if !self.exit(&action) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Enters states until one has something performed.
    fn pass(&mut self, left: &mut u32) -> Result<Passed, Error> {
        while *left > 0 {
            let state = self.current_state()?;
            self.events += 1;
            self.observe(EventKind::StateEntered { input: &self.data });
            let time = match self.info.reads_state_context {
                true => self.clock.now(),
                false => self.execution.start_time,
            };
            let context = context(&self.execution, state, time, 0);
            match self.setting.machine.enter(self.state, &mut self.data, &context) {
                Ok(Action::Next(next)) => {
                    self.exited();
                    self.state = next;
                }
                Ok(Action::End) => {
                    self.exited();
                    return Ok(Passed::End);
                }
                Ok(Action::Perform(effect)) => {
                    self.visit = Some(Visit { entered: self.events, time, retries: Retries::default(), pause: None });
                    return Ok(Passed::Effect(effect));
                }
                Err(error) => return Err(raised_in(state, self.events, error)),
            }
            *left -= 1;
        }
        Ok(Passed::Limit)
    }

    /// Goes on with a visit: waits until its pause is over, and then leaves a Wait, or enters a Task once more.
    async fn go_on(&mut self) -> Result<Action, Error> {
        let pause = self.visit.as_ref().and_then(|visit| visit.pause);
        if let Some(Pause::Wait(until) | Pause::Retry(until)) = pause
            && until > Instant::now()
        {
            sleep_until(until).await;
        }
        match pause {
            Some(Pause::Wait(_)) => self.leave(Value::Null),
            Some(Pause::Retry(_)) | None => {
                if let Some(visit) = &mut self.visit {
                    visit.pause = None;
                }
                self.tell(|machine, state, data, context| machine.enter(state, data, context))
            }
        }
    }

    fn pause(&mut self, pause: Pause<Instant>) {
        if let Some(visit) = &mut self.visit {
            visit.pause = Some(pause);
        }
    }

    /// Begins a Wait.
    fn wait(&mut self, wait: Wait) -> Result<(), Error> {
        let delay = match wait {
            Wait::Seconds(seconds) => Duration::from_secs(seconds),
            // AWS waits until a whole second, and the clock may have been set since the execution began.
            Wait::Until(until) => {
                since(Timestamp { nanoseconds: 0, ..until }, Clock::start().started()).unwrap_or_default()
            }
        };
        if delay > LONGEST_WAIT {
            let error = Error::runtime("Wait state delay is too long.");
            return Err(self.located(error));
        }
        self.pause(Pause::Wait(Instant::now() + delay));
        self.observe(EventKind::WaitStarted { wait });
        Ok(())
    }

    /// Performs a Task once. Gives what follows, or none when it is to be tried again.
    async fn attempt(&mut self, call: Call) -> Result<Option<Action>, Error> {
        let task = call.task;
        let attempt = self.visit.as_ref().map_or(0, |visit| visit.retries.total);
        self.events += 1;
        self.observe(EventKind::TaskScheduled { call: &call, attempt });
        self.events += 1;
        self.observe(EventKind::TaskStarted { task });
        let answer = ask(&*self.setting.services, call).await;
        // TaskSucceeded, TaskFailed or TaskTimedOut
        self.events += 1;
        match answer {
            Ok(output) => {
                self.observe(EventKind::TaskSucceeded { task, output: &output });
                self.leave(output).map(Some)
            }
            Err(error) => {
                self.observe(EventKind::TaskFailed { task, error: &error });
                self.recover(task, error)
            }
        }
    }

    /// After a failed attempt: Retry, else Catch, else the end. Language spec, "Retrying after error".
    fn recover(&mut self, task: &'static Task, error: Error) -> Result<Option<Action>, Error> {
        if let Some(visit) = &mut self.visit
            && let Some(delay) = visit.retries.next(task.recovery.retry, &error)
        {
            visit.pause = Some(Pause::Retry(Instant::now() + delay));
            let retry = visit.retries.total;
            self.observe(EventKind::RetryScheduled { delay, retry });
            return Ok(None);
        }
        match task.recovery.catch.iter().position(|error_equals| error.matches(error_equals)) {
            Some(catcher) => self.catch(catcher, error.to_output()).map(Some),
            None if error.is_raised() => Err(self.located(error)),
            None => Err(error),
        }
    }

    fn leave(&mut self, result: Value) -> Result<Action, Error> {
        let action = self.tell(|machine, state, data, context| machine.leave(state, data, result, context))?;
        self.left(action)
    }

    fn catch(&mut self, catcher: usize, output: Value) -> Result<Action, Error> {
        let action = self.tell(|machine, state, data, context| machine.catch(state, catcher, data, output, context))?;
        self.left(action)
    }

    fn left(&self, action: Action) -> Result<Action, Error> {
        match action {
            Action::Perform(_) => {
                Err(self.located(Error::runtime("The machine asks for an effect where it has to leave a state.")))
            }
            action => Ok(action),
        }
    }

    /// Calls the machine during a visit.
    fn tell(
        &mut self,
        call: impl FnOnce(&mut dyn Machine, StateId, &mut Value, &Context<'_>) -> Result<Action, Error>,
    ) -> Result<Action, Error> {
        let state = self.current_state()?;
        let (entered, time, retries) = match &self.visit {
            Some(visit) => (visit.entered, visit.time, visit.retries.total),
            None => (self.events, self.execution.start_time, 0),
        };
        let context = context(&self.execution, state, time, retries);
        call(&mut *self.setting.machine, self.state, &mut self.data, &context)
            .map_err(|error| raised_in(state, entered, error))
    }

    /// Ends the visit. Gives whether the execution goes on.
    fn exit(&mut self, action: &Action) -> bool {
        self.exited();
        self.visit = None;
        match *action {
            Action::Next(state) => {
                self.state = state;
                true
            }
            Action::End | Action::Perform(_) => false,
        }
    }

    #[inline]
    fn exited(&mut self) {
        self.events += 1;
        self.observe(EventKind::StateExited { output: &self.data, assigned: &[] });
    }

    fn current_state(&self) -> Result<&'static StateInfo, Error> {
        match self.info.states.get(usize::from(self.state.0)) {
            Some(state) => Ok(state),
            None => Err(no_state(self.info, self.state)),
        }
    }

    /// An error of the engine's own, with where it happened.
    #[cold]
    fn located(&self, error: Error) -> Error {
        match (self.current_state(), &self.visit) {
            (Ok(state), Some(visit)) => error.in_state(state.name, visit.entered),
            _ => error,
        }
    }

    #[inline]
    fn observe(&self, kind: EventKind<'_>) {
        if let Some(observer) = self.setting.observer {
            self.tell_observer(observer, kind);
        }
    }

    #[cold]
    fn tell_observer(&self, observer: &dyn Observer, kind: EventKind<'_>) {
        let state = match kind {
            EventKind::ExecutionStarted { .. }
            | EventKind::ExecutionSucceeded { .. }
            | EventKind::ExecutionFailed { .. }
            | EventKind::ExecutionTimedOut => None,
            _ => self.info.states.get(usize::from(self.state.0)),
        };
        observer.event(&Event { id: self.events, previous: 0, time: self.clock.now(), state, text: None, kind });
    }
}

/// Has a service perform a Task, within the Task's time.
async fn ask(services: &dyn Services, call: Call) -> Result<Value, Error> {
    let resource = &call.task.resource;
    let Some(service) = services.service(resource.service_name()) else {
        let (name, arn) = (resource.service_name(), resource.arn);
        return Err(Error::runtime(format!(
            "No service named '{name}' was provided, which the resource '{arn}' calls."
        )));
    };
    let answer = service.call(Request {
        action: resource.action,
        parameters: call.parameters,
        resource: Some(resource),
        credentials: call.credentials,
        task_token: None,
    });
    let answer = match call.timeout_seconds {
        None => answer.await,
        Some(seconds) => {
            timeout(Duration::from_secs(seconds.into()), answer).await.unwrap_or_else(|_| Err(Error::timeout()))
        }
    };
    within_limit(resource, answer?)
}

fn context<'a>(execution: &'a Facts<'_>, state: &'static StateInfo, time: Timestamp, retries: u32) -> Context<'a> {
    let can_be_retried = matches!(state.state_type, StateType::Task | StateType::Parallel | StateType::Map);
    Context {
        execution,
        state_name: state.name,
        entered_time: time,
        retry_count: can_be_retried.then_some(retries),
        task_token: None,
        map_item: None,
        inspector: None,
    }
}

/// Says in which state the interpreter failed. A Fail state's own error stays as its author wrote it.
#[cold]
#[inline(never)]
fn raised_in(state: &StateInfo, entered: u64, error: Error) -> Error {
    match error.is_raised() || state.state_type != StateType::Fail {
        true => error.in_state(state.name, entered),
        false => error,
    }
}

#[cold]
#[inline(never)]
fn no_state(info: &MachineInfo, state: StateId) -> Error {
    Error::runtime(format!("The machine '{}' has no state number {}.", info.name, state.0))
}
