//! The machines inside the state that a thread is in: the children of a Fork, and the executions of a Map Run.

use serde_json::Value;

use super::{Exit, FIRST_STATE_ENTERED, Thread, Turn, Unfit, Visit, Work};
use crate::engine::fork::{Children, Joined, Owner};
use crate::engine::map_run::{Ended, Executions};
use crate::engine::shared::Shared;
use crate::error::Error;
use crate::machine::{Fork, MapRun, StateType};
use crate::observer::EventKind;

impl Thread<'_> {
    /// The children of a Fork, each before its first state.
    pub(super) fn children(&mut self, shared: &Shared<'_>, fork: Fork) -> Result<Children, Error> {
        self.record(
            shared,
            match self.current()?.state_type {
                StateType::Map => EventKind::MapStateStarted { length: fork.inputs.len() },
                _ => EventKind::ParallelStateStarted,
            },
        );
        let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
        Children::new(owner, shared, fork, self.previous).map_err(|error| self.located(error))
    }

    /// Goes on with the children as far as nothing has to be awaited. None when there is something to await; else as
    /// [`joined`](Self::joined).
    #[allow(clippy::option_option, reason = "it is looked at in one place")]
    pub(super) fn advance_children(
        &mut self,
        shared: &Shared<'_>,
        turn: &mut Turn,
    ) -> Result<Option<Option<Exit>>, Error> {
        let Some(Visit { work: Work::Fork(children), .. }) = &mut self.visit else { return Ok(Some(None)) };
        let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
        match children.advance(owner, shared, &mut turn.states) {
            Joined::Stopped => Ok(None),
            joined => self.joined(shared, joined).map(Some),
        }
    }

    /// Goes on when the children have come to an end. Gives how the state was left, or none when it is tried again.
    pub(super) fn joined(&mut self, shared: &Shared<'_>, joined: Joined) -> Result<Option<Exit>, Error> {
        let Some(visit) = &mut self.visit else { return Ok(None) };
        let Work::Fork(children) = std::mem::replace(&mut visit.work, Work::Enter) else { return Ok(None) };
        let state = self.current()?;
        match joined {
            Joined::Stopped => Ok(None),
            Joined::Failed(failed) => {
                let recovery = self.machine.recovery(self.state);
                self.previous = children.abort(state, shared, &failed);
                self.recover(shared, recovery, failed.error, Unfit::Entering)
            }
            Joined::All => {
                let (outputs, last) = children.into_outputs();
                self.previous = last;
                let succeeded = match state.state_type {
                    StateType::Map => EventKind::MapStateSucceeded,
                    _ => EventKind::ParallelStateSucceeded,
                };
                // StateExited does not follow this event, but the children's last.
                shared.record(last, Some(state), succeeded);
                self.leave(shared, Value::Array(outputs))
            }
        }
    }

    /// The executions of a Map Run, each before its first state.
    pub(super) fn executions(&mut self, shared: &Shared<'_>, run: MapRun) -> Result<Executions, Error> {
        self.record(shared, EventKind::MapStateStarted { length: run.inputs.len() });
        let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
        let executions = Executions::new(owner, shared, run).map_err(|error| self.located(error))?;
        self.record(shared, EventKind::MapRunStarted { arn: executions.arn() });
        Ok(executions)
    }

    /// As [`advance_children`](Self::advance_children), with the executions of a Map Run.
    #[allow(clippy::option_option, reason = "it is looked at in one place")]
    pub(super) fn advance_executions(
        &mut self,
        shared: &Shared<'_>,
        turn: &mut Turn,
    ) -> Result<Option<Option<Exit>>, Error> {
        let Some(Visit { work: Work::MapRun(executions), .. }) = &mut self.visit else { return Ok(Some(None)) };
        let owner = Owner { machine: &*self.machine, info: self.info, state: self.state };
        match executions.advance(owner, shared, &mut turn.states) {
            Ended::Stopped => Ok(None),
            ended => self.run_ended(shared, ended).map(Some),
        }
    }

    /// Goes on when a Map Run has come to an end. Gives how the state was left, or none when it is tried again.
    pub(super) fn run_ended(&mut self, shared: &Shared<'_>, ended: Ended) -> Result<Option<Exit>, Error> {
        let Some(visit) = &mut self.visit else { return Ok(None) };
        let Work::MapRun(executions) = std::mem::replace(&mut visit.work, Work::Enter) else { return Ok(None) };
        let is_first = visit.entered == FIRST_STATE_ENTERED;
        match ended {
            Ended::Stopped => Ok(None),
            Ended::Failed(error) => {
                self.record(shared, EventKind::MapRunFailed { error: &error });
                let recovery = self.machine.recovery(self.state);
                self.recover(shared, recovery, error, Unfit::Entering)
            }
            Ended::Succeeded => {
                let (state, started) = (self.current()?, self.previous);
                let succeeded = shared.record(started, Some(state), EventKind::MapRunSucceeded);
                shared.record(succeeded, Some(state), EventKind::MapStateSucceeded);
                // As recorded: StateExited follows the one event in an execution's first state, and the other elsewhere.
                self.previous = if is_first { succeeded } else { started };
                self.leave(shared, Value::Array(executions.into_outputs()))
            }
        }
    }
}
