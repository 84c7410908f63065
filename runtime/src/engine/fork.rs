//! The machines inside a Parallel or Map state, on their way at once.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use serde_json::Value;

use crate::engine::gather::Gather;
use crate::engine::shared::Shared;
use crate::engine::thread::{Progress, STATES_PER_TURN, Thread, Turn};
use crate::error::Error;
use crate::machine::{Fork, Machine, MachineInfo, StateId, StateInfo, StateType};
use crate::observer::EventKind;
use crate::services::BoxFuture;

/// So many iterations of an inline Map state are on their way at once, when it does not say how many.
/// AWS developer guide, "Using Map state in Inline mode".
const INLINE_MAP_CONCURRENCY: usize = 40;

/// Children share the turn of their state; but for less than this, changing between them costs more than they do.
const LEAST_STATES_PER_TURN: u32 = 16;

/// The state that the children are inside of.
#[derive(Clone, Copy)]
pub(super) struct Owner<'s> {
    pub(super) machine: &'s dyn Machine,
    pub(super) info: &'static MachineInfo,
    pub(super) state: StateId,
}

impl Owner<'_> {
    pub(super) fn state(&self) -> Option<&'static StateInfo> {
        self.info.states.get(usize::from(self.state.0))
    }

    pub(super) fn is_map(&self) -> bool {
        self.state().is_some_and(is_map)
    }

    /// The machine of child number `index`: the iterations of a Map state all have the same.
    pub(super) fn inner(&self, index: usize) -> Option<Box<dyn Machine>> {
        self.machine.inner(self.state, if self.is_map() { 0 } else { index })
    }
}

fn is_map(state: &StateInfo) -> bool {
    state.state_type == StateType::Map
}

/// The branches of a Parallel state, or the iterations of a Map state.
pub(super) struct Children {
    /// The children on their way: as many as may be so at once. One that has ended makes room for the next.
    pub(super) lanes: Vec<Lane>,
    /// What the lanes share. Only one of them runs at a time.
    pub(super) queue: Mutex<Queue>,
}

/// The children that are not on their way.
pub(super) struct Queue {
    /// The output of each child that has ended, and the input of each from `next` on.
    pub(super) values: Vec<Value>,
    /// The child that begins next.
    pub(super) next: usize,
    /// Number of the last event of the child that ended last.
    pub(super) last: u64,
}

/// A place for one child after the other.
pub(super) struct Lane {
    pub(super) index: usize,
    /// None when there is no child left for it.
    pub(super) thread: Option<Thread<'static>>,
}

/// How far children have come.
pub(super) enum Joined {
    /// All have succeeded.
    All,
    /// One has failed.
    Failed(Failed),
    /// None of that: they wait, or they were stopped from outside.
    Stopped,
}

/// The child that failed first.
pub(super) struct Failed {
    lane: usize,
    pub(super) error: Error,
}

/// Around the children of a fork. Once one has failed, the others are stopped, and all inside of them.
pub(super) struct Scope<'s> {
    stopping: AtomicBool,
    /// So many states in a row each child may visit.
    states: u32,
    outer: Option<&'s Scope<'s>>,
}

impl<'s> Scope<'s> {
    /// Around so many that are on their way.
    pub(super) fn new(lanes: usize, outer: Option<&'s Scope<'s>>) -> Self {
        let lanes = u32::try_from(lanes).unwrap_or(u32::MAX).max(1);
        let states = (Scope::states_per_turn(outer) / lanes).max(LEAST_STATES_PER_TURN);
        Self { stopping: AtomicBool::new(false), states, outer }
    }

    /// So many states in a row each may visit.
    pub(super) fn states(&self) -> u32 {
        self.states
    }

    /// Polls all until they are done, or one has failed. Gives what failed first.
    pub(super) async fn gather<E>(&self, mut gather: Gather<'_, Result<(), E>>) -> Option<E> {
        let mut failed = None;
        // Those that are ready in the moment of the failure have their turn too, so that what came of them is told.
        poll_fn(|context| {
            loop {
                match gather.poll_next(context) {
                    Poll::Ready(Some(Ok(()))) => {}
                    Poll::Ready(Some(Err(error))) => {
                        self.stopping.store(true, Ordering::Relaxed);
                        failed.get_or_insert(error);
                    }
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending if failed.is_some() => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await;
        failed
    }

    pub(super) fn is_stopping(scope: Option<&Self>) -> bool {
        scope.is_some_and(|scope| scope.stopping.load(Ordering::Relaxed) || Scope::is_stopping(scope.outer))
    }

    /// After so many states in a row of one thread, others get their turn.
    pub(super) fn states_per_turn(scope: Option<&Self>) -> u32 {
        scope.map_or(STATES_PER_TURN, |scope| scope.states)
    }
}

/// What a lane needs.
#[derive(Clone, Copy)]
struct Around<'s> {
    owner: Owner<'s>,
    /// The state of the owner, when that is a Map state.
    map: Option<&'static StateInfo>,
    shared: &'s Shared<'s>,
}

impl<'s> Around<'s> {
    fn new(owner: Owner<'s>, shared: &'s Shared<'s>) -> Self {
        Self { owner, map: owner.state().filter(|state| is_map(state)), shared }
    }
}

impl Children {
    /// The children of `fork`, the first of them before their first states. `started` is the number of the event that
    /// says that the fork begins.
    pub(super) fn new(owner: Owner<'_>, shared: &Shared<'_>, fork: Fork, started: u64) -> Result<Self, Error> {
        let count = fork.inputs.len();
        let limit = match fork.max_concurrency {
            None | Some(0) if owner.is_map() => INLINE_MAP_CONCURRENCY,
            None | Some(0) => count,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        };
        let mut queue = Queue { values: fork.inputs, next: 0, last: started };
        let around = Around::new(owner, shared);
        let mut lanes = Vec::with_capacity(count.min(limit));
        for _ in 0..count.min(limit) {
            lanes.push(Lane { index: 0, thread: None });
            if let Some(lane) = lanes.last_mut() {
                lane.start(around, &mut queue, started)?;
            }
        }
        Ok(Self { lanes, queue: Mutex::new(queue) })
    }

    /// Goes on with the children as far as nothing has to be awaited and `states` last.
    pub(super) fn advance(&mut self, owner: Owner<'_>, shared: &Shared<'_>, states: &mut u32) -> Joined {
        let around = Around::new(owner, shared);
        let queue = self.queue.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (number, lane) in self.lanes.iter_mut().enumerate() {
            if let Err(error) = lane.advance(around, queue, states) {
                return Joined::Failed(Failed { lane: number, error });
            }
        }
        match self.lanes.iter().all(|lane| lane.thread.is_none()) {
            true => Joined::All,
            false => Joined::Stopped,
        }
    }

    /// Goes on with the children until all have succeeded or one has failed. Boxed here, as forks are inside forks.
    pub(super) fn join<'s>(
        &'s mut self,
        owner: Owner<'s>,
        shared: &'s Shared<'s>,
        outer: Option<&'s Scope<'s>>,
    ) -> BoxFuture<'s, Joined> {
        Box::pin(async move {
            let scope = Scope::new(self.lanes.len(), outer);
            let around = Around::new(owner, shared);
            let queue = &self.queue;
            let lanes = self.lanes.iter_mut().enumerate().filter(|(_, lane)| lane.thread.is_some());
            let gather = Gather::new(lanes.map(|(number, lane)| lane.run(number, around, queue, &scope)));
            match scope.gather(gather).await {
                Some(failed) => Joined::Failed(failed),
                None if Scope::is_stopping(outer) => Joined::Stopped,
                None => Joined::All,
            }
        })
    }

    /// The outputs in order, and the number of the last event.
    pub(super) fn into_outputs(self) -> (Vec<Value>, u64) {
        let queue = self.queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        (queue.values, queue.last)
    }

    /// Records how the children end after one has failed. Gives the number of the event by which it did.
    ///
    /// As recorded on AWS: what the interpreter itself cannot do ends the execution at once, and tells nothing of what
    /// is around it.
    pub(super) fn abort(&self, state: &'static StateInfo, shared: &Shared<'_>, failed: &Failed) -> u64 {
        let lane = self.lanes.get(failed.lane);
        let thread = lane.and_then(|lane| lane.thread.as_ref());
        let cause = thread.map_or_else(|| self.lock().last, |thread| thread.previous);
        if let Some(lane) = lane
            && !failed.error.is_fatal()
        {
            if is_map(state) {
                shared.record(cause, Some(state), EventKind::MapIterationFailed { index: lane.index });
            }
            if let Some(thread) = thread {
                thread.aborted(shared, cause);
            }
            self.aborted(state, shared, cause, Some(lane.index));
        }
        cause
    }

    /// Records that the children on their way were stopped, in their order, but for the one that has failed.
    pub(super) fn aborted(&self, state: &'static StateInfo, shared: &Shared<'_>, cause: u64, failed: Option<usize>) {
        let open = |lane: &Lane| lane.thread.is_some() && Some(lane.index) != failed;
        let mut lanes: Vec<_> = self.lanes.iter().filter(|lane| open(lane)).collect();
        lanes.sort_unstable_by_key(|lane| lane.index);
        for lane in lanes {
            if is_map(state) {
                shared.record(cause, Some(state), EventKind::MapIterationAborted { index: lane.index });
            }
            if let Some(thread) = &lane.thread {
                thread.aborted(shared, cause);
            }
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }
}

impl Lane {
    /// Goes on as far as nothing has to be awaited and `states` last.
    fn advance(&mut self, around: Around<'_>, queue: &mut Queue, states: &mut u32) -> Result<(), Error> {
        while *states > 0
            && let Some(thread) = &mut self.thread
        {
            let mut turn = Turn::new(None, *states);
            let progress = thread.advance(around.shared, &mut turn);
            *states = turn.states();
            match progress? {
                Progress::Waits | Progress::Turn => return Ok(()),
                Progress::End => self.next(around, queue)?,
            }
        }
        Ok(())
    }

    /// Runs one child after the other. Boxed here, as forks are inside forks.
    fn run<'s>(
        &'s mut self,
        number: usize,
        around: Around<'s>,
        queue: &'s Mutex<Queue>,
        scope: &'s Scope<'s>,
    ) -> BoxFuture<'s, Result<(), Failed>> {
        Box::pin(
            async move { self.run_all(around, queue, scope).await.map_err(|error| Failed { lane: number, error }) },
        )
    }

    async fn run_all(&mut self, around: Around<'_>, queue: &Mutex<Queue>, scope: &Scope<'_>) -> Result<(), Error> {
        let mut turn = Turn::new(None, scope.states);
        while let Some(thread) = &mut self.thread {
            if thread.visits(around.shared, Some(scope), &mut turn).await? {
                break;
            }
            let mut queue = lock(queue);
            if Scope::is_stopping(Some(scope)) {
                self.end(around, &mut queue);
                self.thread = None;
                break;
            }
            self.next(around, &mut queue)?;
        }
        Ok(())
    }

    /// After the child that has ended begins the next one, when there is one.
    fn next(&mut self, around: Around<'_>, queue: &mut Queue) -> Result<(), Error> {
        let last = self.end(around, queue);
        self.start(around, queue, last)
    }

    /// Begins the next child in the place of the one before; when there is none, the place is empty. `previous` is the
    /// number of the event that makes room for it.
    fn start(&mut self, around: Around<'_>, queue: &mut Queue, previous: u64) -> Result<(), Error> {
        let index = queue.next;
        let Some(value) = queue.values.get_mut(index) else {
            self.thread = None;
            return Ok(());
        };
        queue.next += 1;
        let branch = if around.map.is_some() { 0 } else { index };
        let Some(machine) = around.owner.machine.inner(around.owner.state, branch) else {
            self.thread = None;
            return Err(no_machine(around.owner, index));
        };
        let previous = match around.map {
            Some(_) => around.shared.record(previous, around.map, EventKind::MapIterationStarted { index }),
            None => previous,
        };
        self.index = index;
        match &mut self.thread {
            Some(thread) => thread.restart(machine, value, previous),
            place => *place = Some(Thread::new(machine, value.take(), previous, false)),
        }
        Ok(())
    }

    /// Puts the output of a child that has ended where it belongs. Gives the number of its last event.
    fn end(&mut self, around: Around<'_>, queue: &mut Queue) -> u64 {
        let index = self.index;
        let Some(thread) = &mut self.thread else { return 0 };
        queue.last = match around.map {
            Some(_) => around.shared.record(thread.previous, around.map, EventKind::MapIterationSucceeded { index }),
            None => thread.previous,
        };
        if let Some(value) = queue.values.get_mut(index) {
            std::mem::swap(value, &mut thread.data);
        }
        thread.previous
    }
}

pub(super) fn lock<T>(queue: &Mutex<T>) -> MutexGuard<'_, T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cold]
pub(super) fn no_machine(owner: Owner<'_>, index: usize) -> Error {
    let name = owner.state().map_or("", |state| state.name);
    Error::runtime(format!(
        "The machine '{}' has nothing to run in the state '{name}' for number {index}.",
        owner.info.name
    ))
}
