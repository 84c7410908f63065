//! One machine on its way: the outermost one, a branch of a Parallel state or an iteration of a Map state. The loop here
//! knows machines by their trait only, so that each one adds little code.

mod inside;

use std::time::Duration;

use serde_json::Value;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};

use crate::context::Context;
use crate::engine::attempt::ask;
use crate::engine::clock::{Clock, since};
use crate::engine::fork::{Children, Joined, Owner, Scope};
use crate::engine::map_run::{Ended, Executions};
use crate::engine::retry::Retries;
use crate::engine::shared::Shared;
use crate::error::Error;
use crate::machine::{Action, Call, Effect, Machine, MachineInfo, Recovery, StateId, StateInfo, StateType, Wait};
use crate::observer::EventKind;
use crate::services::size::check_output;
use crate::timestamp::Timestamp;

/// AWS refuses longer waits.
const LONGEST_WAIT: Duration = Duration::from_secs((1 << 31) - 1);

/// After so many states in a row, other tasks of the runtime get their turn.
pub(super) const STATES_PER_TURN: u32 = 1024;

/// Number of the event that an execution's first state is entered: it follows the execution's start.
const FIRST_STATE_ENTERED: u64 = 2;

/// One machine on its way.
///
/// Whatever is to survive a dropped future is written here before an await: a step can be dropped at any time and
/// taken again.
pub(super) struct Thread<'a> {
    pub(super) machine: Box<dyn Machine + 'a>,
    pub(super) info: &'static MachineInfo,
    pub(super) data: Value,
    pub(super) state: StateId,
    pub(super) visit: Option<Visit>,
    /// Number of this thread's last event, or of the one that began it.
    pub(super) previous: u64,
    /// Whether the data is still what the input's text says.
    pub(super) echoes: bool,
}

/// A state that was entered and not left, because it has something performed.
pub(super) struct Visit {
    /// Number of its StateEntered event.
    pub(super) entered: u64,
    pub(super) time: Timestamp,
    pub(super) retries: Retries,
    /// Number of the first event of the attempt at a Task: its token is made of it.
    pub(super) attempt: u64,
    pub(super) work: Work,
}

impl Visit {
    /// A visit that begins with its StateEntered event, number `entered`.
    fn new(entered: u64, time: Timestamp) -> Self {
        Self { entered, time, retries: Retries::default(), attempt: entered + 1, work: Work::Enter }
    }
}

/// What a visit is about to do.
pub(super) enum Work {
    /// Enter the state once more.
    Enter,
    Call(Box<Call>),
    Pause(Pause<Instant>),
    Fork(Box<Children>),
    MapRun(Box<Executions>),
}

/// What a visit waits for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pause<T> {
    /// A Wait is over.
    Wait(T),
    /// The state is tried again.
    Retry(T),
}

impl<T> Pause<T> {
    pub(super) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Pause<U> {
        match self {
            Self::Wait(until) => Pause::Wait(convert(until)),
            Self::Retry(until) => Pause::Retry(convert(until)),
        }
    }

    fn until(self) -> T {
        match self {
            Self::Wait(until) | Self::Retry(until) => until,
        }
    }
}

/// How many states may be visited.
pub(super) struct Turn {
    /// In all, by the thread.
    visits: u64,
    /// Until other tasks get their turn, by the thread and those inside it.
    states: u32,
}

impl Turn {
    /// Up to `visits` states, or as many as there are.
    pub(super) fn new(visits: Option<u64>, states: u32) -> Self {
        Self { visits: visits.unwrap_or(u64::MAX), states }
    }

    pub(super) fn states(&self) -> u32 {
        self.states
    }

    fn visited(&mut self, states: u32) {
        self.visits = self.visits.saturating_sub(states.into());
        self.states = self.states.saturating_sub(states);
    }
}

/// Where a thread is when it does not go on by itself.
pub(super) enum Progress {
    /// It has something performed.
    Waits,
    /// Its turn is over.
    Turn,
    /// It has ended.
    End,
}

/// When it was that a machine could not do what it was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unfit {
    /// Before the state's work was done.
    Entering,
    /// Behind it.
    Leaving,
}

/// How a state was left.
#[derive(Clone, Copy)]
pub(super) enum Exit {
    Next,
    End,
}

/// Where a row of states that have nothing performed ends.
enum Passed {
    /// At one that has something performed.
    Visit,
    Turn,
    End,
}

impl<'a> Thread<'a> {
    /// A machine before its first state. `previous` is the number of the event that begins it.
    pub(super) fn new(machine: Box<dyn Machine + 'a>, data: Value, previous: u64, echoes: bool) -> Self {
        let info = machine.info();
        Self { machine, info, data, state: info.start, visit: None, previous, echoes }
    }

    /// Another machine of the same kind, before its first state, in the place of this one, which has ended and whose data was taken.
    pub(super) fn restart(&mut self, machine: Box<dyn Machine + 'a>, data: &mut Value, previous: u64) {
        self.info = machine.info();
        self.machine = machine;
        std::mem::swap(&mut self.data, data);
        self.state = self.info.start;
        self.visit = None;
        self.previous = previous;
        self.echoes = false;
    }

    /// Goes on until `turn` is over. Gives whether there is more to do. Only what is performed is awaited.
    pub(super) async fn visits(
        &mut self,
        shared: &Shared<'_>,
        scope: Option<&Scope<'_>>,
        turn: &mut Turn,
    ) -> Result<bool, Error> {
        loop {
            match self.advance(shared, turn)? {
                Progress::End => return Ok(false),
                Progress::Turn if turn.visits == 0 => return Ok(true),
                Progress::Turn => {
                    yield_now().await;
                    turn.states = Scope::states_per_turn(scope);
                }
                Progress::Waits => {
                    if let Some(exit) = self.perform(shared, scope).await? {
                        turn.visited(1);
                        if let Exit::End = exit {
                            return Ok(false);
                        }
                    }
                }
            }
            if Scope::is_stopping(scope) {
                return Ok(true);
            }
        }
    }

    /// Goes on as far as nothing has to be awaited.
    pub(super) fn advance(&mut self, shared: &Shared<'_>, turn: &mut Turn) -> Result<Progress, Error> {
        loop {
            if self.visit.is_none() {
                match self.pass(shared, turn)? {
                    Passed::Visit => {}
                    Passed::Turn => return Ok(Progress::Turn),
                    Passed::End => return Ok(Progress::End),
                }
            } else if let Some(progress) = self.advance_visit(shared, turn)? {
                return Ok(progress);
            }
        }
    }

    /// As [`advance`](Self::advance), in the middle of a visit; none when there is more to do at once. A function by
    /// itself, so that states which have nothing performed need not pay for its stack.
    #[inline(never)]
    fn advance_visit(&mut self, shared: &Shared<'_>, turn: &mut Turn) -> Result<Option<Progress>, Error> {
        let exit = match self.visit.as_mut().map(|visit| &mut visit.work) {
            None => None,
            Some(Work::Call(_)) => return Ok(Some(Progress::Waits)),
            Some(Work::Pause(pause)) if pause.until() > Instant::now() => return Ok(Some(Progress::Waits)),
            Some(Work::Pause(Pause::Wait(_))) => self.leave(shared, Value::Null)?,
            Some(Work::Pause(Pause::Retry(_)) | Work::Enter) => match self.enter_again(shared) {
                Ok(Action::Perform(effect)) => {
                    self.begin(shared, effect)?;
                    None
                }
                Ok(action) => Some(self.exit(shared, &action)?),
                Err(error) => self.refused(shared, error, Unfit::Entering)?,
            },
            Some(Work::Fork(_)) => match self.advance_children(shared, turn)? {
                None => return Ok(Some(Progress::Waits)),
                Some(exit) => exit,
            },
            Some(Work::MapRun(_)) => match self.advance_executions(shared, turn)? {
                None => return Ok(Some(Progress::Waits)),
                Some(exit) => exit,
            },
        };
        Ok(match exit {
            None => None,
            Some(exit) => {
                turn.visited(1);
                matches!(exit, Exit::End).then_some(Progress::End)
            }
        })
    }

    /// Enters states until one has something performed.
    fn pass(&mut self, shared: &Shared<'_>, turn: &mut Turn) -> Result<Passed, Error> {
        let limit = turn.states.min(u32::try_from(turn.visits).unwrap_or(u32::MAX));
        for passed in 0..limit {
            let state = self.current()?;
            let before = self.previous;
            let input = EventKind::StateEntered { input: &self.data };
            let entered = shared.record_text(self.previous, Some(state), self.echoes, input);
            self.previous = entered;
            let time = shared.entered_time();
            let token = self.token(shared, state, entered + 1);
            let context = shared.context(state, time, 0, token.as_deref());
            match self.machine.enter(self.state, &mut self.data, &context) {
                Ok(Action::Next(next)) => {
                    self.exited(shared, state)?;
                    self.state = next;
                }
                Ok(Action::End) => {
                    self.exited(shared, state)?;
                    turn.visited(passed + 1);
                    return Ok(Passed::End);
                }
                Ok(Action::Perform(effect)) => {
                    self.visit = Some(Visit::new(entered, time));
                    turn.visited(passed);
                    self.begin(shared, effect)?;
                    return Ok(Passed::Visit);
                }
                Err(error) => match self.not_entered(shared, before, Visit::new(entered, time), error)? {
                    None => {
                        turn.visited(passed);
                        return Ok(Passed::Visit);
                    }
                    Some(Exit::Next) => {}
                    Some(Exit::End) => {
                        turn.visited(passed + 1);
                        return Ok(Passed::End);
                    }
                },
            }
        }
        turn.visited(limit);
        Ok(Passed::Turn)
    }

    /// After the machine could not enter a state for the first time, which `before` led to. Gives as
    /// [`refused`](Self::refused).
    #[cold]
    #[inline(never)]
    fn not_entered(
        &mut self,
        shared: &Shared<'_>,
        before: u64,
        visit: Visit,
        error: Error,
    ) -> Result<Option<Exit>, Error> {
        let state = self.current()?;
        // As recorded: a Wait comes to its fields after it has begun.
        if error.failed_expression().is_some() && state.state_type != StateType::Wait {
            self.previous = before;
        }
        if is_work(state) {
            self.visit = Some(visit);
            return self.refused(shared, error, Unfit::Entering);
        }
        Err(self.unfit(shared, visit.entered, error)?)
    }

    /// Begins what a state has performed, up to where it has to be awaited.
    #[inline(never)]
    fn begin(&mut self, shared: &Shared<'_>, effect: Effect) -> Result<(), Error> {
        let work = match effect {
            Effect::Call(call) => {
                let attempt = self.visit.as_ref().map_or(0, |visit| visit.retries.total);
                self.record(shared, EventKind::TaskScheduled { call: &call, attempt });
                Work::Call(Box::new(call))
            }
            Effect::Wait(wait) => {
                let until = self.wait_until(wait)?;
                shared.mention(self.previous, self.current().ok(), EventKind::WaitStarted { wait });
                Work::Pause(Pause::Wait(until))
            }
            Effect::Fork(fork) => Work::Fork(Box::new(self.children(shared, fork)?)),
            Effect::MapRun(run) => Work::MapRun(Box::new(self.executions(shared, *run)?)),
        };
        if let Some(visit) = &mut self.visit {
            visit.work = work;
        }
        Ok(())
    }

    /// Performs what the visit waits for. Gives how the state was left, or none when the visit goes on.
    async fn perform(&mut self, shared: &Shared<'_>, scope: Option<&Scope<'_>>) -> Result<Option<Exit>, Error> {
        let Some(visit) = &mut self.visit else { return Ok(None) };
        match &mut visit.work {
            Work::Enter => Ok(None),
            Work::Pause(pause) => {
                sleep_until(pause.until()).await;
                Ok(None)
            }
            Work::Fork(children) => {
                let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
                match children.join(owner, shared, scope).await {
                    Joined::Stopped => Ok(None),
                    joined => self.joined(shared, joined),
                }
            }
            Work::MapRun(executions) => {
                let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
                match executions.join(owner, shared, scope).await {
                    Ended::Stopped => Ok(None),
                    ended => self.run_ended(shared, ended),
                }
            }
            // When this is dropped, the Task is entered again.
            work @ Work::Call(_) => match std::mem::replace(work, Work::Enter) {
                Work::Call(call) => self.attempt(shared, scope, *call).await,
                _ => Ok(None),
            },
        }
    }

    /// Performs a Task once.
    async fn attempt(
        &mut self,
        shared: &Shared<'_>,
        scope: Option<&Scope<'_>>,
        call: Call,
    ) -> Result<Option<Exit>, Error> {
        let task = call.task;
        self.record(shared, EventKind::TaskStarted { task });
        if !task.resource.pattern.is_empty() {
            self.record(shared, EventKind::TaskSubmitted { task });
        }
        let attempt = self.visit.as_ref().map_or(0, |visit| visit.attempt);
        let token = self.token(shared, self.current()?, attempt);
        let answer = ask(shared, call, token.as_deref()).await;
        self.record(
            shared,
            match &answer {
                Ok(output) => EventKind::TaskSucceeded { task, output },
                // A missed heartbeat is one too, as recorded.
                Err(error) if error.name() == Some("States.Timeout") => EventKind::TaskTimedOut { task, error },
                Err(error) => EventKind::TaskFailed { task, error },
            },
        );
        match answer {
            _ if Scope::is_stopping(scope) => Ok(None),
            Ok(output) => self.leave(shared, output),
            Err(error) => self.recover(shared, &task.recovery, error, Unfit::Entering),
        }
    }

    /// After a failure: Retry, else Catch, else the end. Gives how the state was left, or none when it is tried again.
    /// Language spec, "Retrying after error".
    fn recover(
        &mut self,
        shared: &Shared<'_>,
        recovery: &Recovery,
        error: Error,
        unfit: Unfit,
    ) -> Result<Option<Exit>, Error> {
        let state = self.current().ok();
        if let Some(visit) = &mut self.visit
            && let Some(delay) = visit.retries.next(recovery.retry, &error)
        {
            visit.work = Work::Pause(Pause::Retry(Instant::now() + delay));
            let retry = visit.retries.total;
            shared.mention(self.previous, state, EventKind::RetryScheduled { delay, retry });
            return Ok(None);
        }
        let before = self.previous;
        // Once it has succeeded, it is not told that it failed.
        if !error.is_fatal() && unfit != Unfit::Leaving {
            self.state_failed(shared);
        }
        match recovery.catch.iter().position(|error_equals| error.matches(error_equals)) {
            Some(catcher) => self.catch(shared, catcher, error.to_output(), before).map(Some),
            None if error.is_raised() => Err(self.located(error)),
            None => Err(error),
        }
    }

    /// Records that the state the thread is in was stopped, and what it has performed with it. `cause` is the number of
    /// the event that stopped it.
    pub(super) fn aborted(&self, shared: &Shared<'_>, cause: u64) {
        let (Some(visit), Ok(state)) = (&self.visit, self.current()) else { return };
        shared.record(cause, Some(state), EventKind::StateAborted);
        match &visit.work {
            Work::Fork(children) => children.aborted(state, shared, cause, None),
            Work::MapRun(_) => drop(shared.record(cause, Some(state), EventKind::MapRunAborted)),
            Work::Enter | Work::Call(_) | Work::Pause(_) => {}
        }
    }

    /// When a Wait that begins now is over.
    fn wait_until(&self, wait: Wait) -> Result<Instant, Error> {
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
        Ok(Instant::now() + delay)
    }

    fn enter_again(&mut self, shared: &Shared<'_>) -> Result<Action, Error> {
        if let Some(visit) = &mut self.visit {
            visit.work = Work::Enter;
            visit.attempt = shared.events() + 1;
        }
        self.tell(shared, |machine, state, data, context| machine.enter(state, data, context))
    }

    /// Gives how the state was left, or none when it is tried again.
    fn leave(&mut self, shared: &Shared<'_>, result: Value) -> Result<Option<Exit>, Error> {
        match self.tell(shared, |machine, state, data, context| machine.leave(state, data, result, context)) {
            Ok(action) => self.left(shared, &action).map(Some),
            Err(error) => self.refused(shared, error, Unfit::Leaving),
        }
    }

    /// `before` is the number of the event before the state's failure was told.
    fn catch(&mut self, shared: &Shared<'_>, catcher: usize, output: Value, before: u64) -> Result<Exit, Error> {
        match self.tell(shared, |machine, state, data, context| machine.catch(state, catcher, data, output, context)) {
            Ok(action) => self.left(shared, &action),
            Err(error) => {
                let entered = self.entered();
                let is_expression = error.failed_expression().is_some();
                if is_expression {
                    self.previous = before;
                }
                let error = self.unfit(shared, entered, error)?;
                // Others report that the state then fails once more.
                if is_expression {
                    self.state_failed(shared);
                }
                Err(error)
            }
        }
    }

    /// Tells that a state with machines inside has failed.
    fn state_failed(&mut self, shared: &Shared<'_>) {
        match self.current().map(|state| state.state_type) {
            Ok(StateType::Map) => self.record(shared, EventKind::MapStateFailed),
            Ok(StateType::Parallel) => self.record(shared, EventKind::ParallelStateFailed),
            _ => {}
        }
    }

    /// After the machine could not enter or leave the state: an expression of a state that has `Retry` and `Catch` is tried
    /// again and caught, and all else is the end. Gives as [`recover`](Self::recover).
    #[cold]
    #[inline(never)]
    fn refused(&mut self, shared: &Shared<'_>, error: Error, unfit: Unfit) -> Result<Option<Exit>, Error> {
        let is_expression = error.failed_expression().is_some();
        let entered = self.entered();
        let error = self.unfit(shared, entered, error)?;
        if is_expression && is_work(self.current()?) {
            let recovery = self.machine.recovery(self.state);
            return self.recover(shared, recovery, error, unfit);
        }
        Err(error)
    }

    /// Number of the StateEntered event of the visit.
    fn entered(&self) -> u64 {
        self.visit.as_ref().map_or(self.previous, |visit| visit.entered)
    }

    /// What the machine raised, with where it happened. Records it when it was an expression.
    #[cold]
    fn unfit(&mut self, shared: &Shared<'_>, entered: u64, error: Error) -> Result<Error, Error> {
        let state = self.current()?;
        let location = error.failed_expression();
        let error = raised_in(state, entered, error);
        if let Some(location) = location {
            self.record(shared, EventKind::EvaluationFailed { error: &error, location });
        }
        Ok(error)
    }

    fn left(&mut self, shared: &Shared<'_>, action: &Action) -> Result<Exit, Error> {
        match action {
            Action::Perform(_) => {
                Err(self.located(Error::runtime("The machine asks for an effect where it has to leave a state.")))
            }
            action => self.exit(shared, action),
        }
    }

    /// Calls the machine during a visit.
    fn tell(
        &mut self,
        shared: &Shared<'_>,
        call: impl FnOnce(&mut dyn Machine, StateId, &mut Value, &Context<'_>) -> Result<Action, Error>,
    ) -> Result<Action, Error> {
        let state = self.current()?;
        let (time, retries, attempt) = match &self.visit {
            Some(visit) => (visit.time, visit.retries.total, visit.attempt),
            None => (shared.own.execution.start_time, 0, 0),
        };
        let token = self.token(shared, state, attempt);
        let context = shared.context(state, time, retries, token.as_deref());
        call(&mut *self.machine, self.state, &mut self.data, &context)
    }

    #[inline]
    fn token(&self, shared: &Shared<'_>, state: &StateInfo, attempt: u64) -> Option<String> {
        match state.state_type {
            StateType::Task if self.machine.has_task_token(self.state) => Some(shared.task_token(attempt)),
            _ => None,
        }
    }

    /// Ends the visit.
    fn exit(&mut self, shared: &Shared<'_>, action: &Action) -> Result<Exit, Error> {
        self.exited(shared, self.current()?)?;
        self.visit = None;
        Ok(match *action {
            Action::Next(state) => {
                self.state = state;
                Exit::Next
            }
            Action::End | Action::Perform(_) => Exit::End,
        })
    }

    #[inline]
    fn exited(&mut self, shared: &Shared<'_>, state: &'static StateInfo) -> Result<(), Error> {
        if !state.keeps_input {
            check_output(state.name, &self.data, shared.payload_limit)?;
            self.echoes = false;
        }
        match shared.observer {
            None => self.previous = shared.count(),
            Some(_) => self.tell_exited(shared, state),
        }
        Ok(())
    }

    #[cold]
    fn tell_exited(&mut self, shared: &Shared<'_>, state: &'static StateInfo) {
        let names = self.machine.take_assigned();
        let assigned: Vec<_> =
            names.iter().filter_map(|name| self.machine.variable(name).map(|value| (*name, value))).collect();
        let exited = EventKind::StateExited { output: &self.data, assigned: &assigned };
        self.previous = shared.record_text(self.previous, Some(state), self.echoes, exited);
    }

    /// An event in the state that the thread is in.
    fn record(&mut self, shared: &Shared<'_>, kind: EventKind<'_>) {
        self.previous = shared.record(self.previous, self.current().ok(), kind);
    }

    fn current(&self) -> Result<&'static StateInfo, Error> {
        match self.info.states.get(usize::from(self.state.0)) {
            Some(state) => Ok(state),
            None => Err(no_state(self.info, self.state)),
        }
    }

    /// An error of the engine's own, with where it happened.
    #[cold]
    fn located(&self, error: Error) -> Error {
        match (self.current(), &self.visit) {
            (Ok(state), Some(visit)) => error.in_state(state.name, visit.entered),
            _ => error,
        }
    }
}

/// Whether a state has `Retry` and `Catch`.
fn is_work(state: &StateInfo) -> bool {
    matches!(state.state_type, StateType::Task | StateType::Parallel | StateType::Map)
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
