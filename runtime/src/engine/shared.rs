//! What the threads of one execution have in common.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::context::{Context, ExecutionSource as _};
use crate::engine::clock::Clock;
use crate::engine::identity::Facts;
use crate::machine::{MachineInfo, StateInfo, StateType};
use crate::observer::{Event, EventKind, Observer};
use crate::services::Services;
use crate::timestamp::Timestamp;

/// What the threads of one execution have in common: what it works with, and what it is.
#[derive(Clone, Copy)]
pub(super) struct Shared<'s> {
    pub(super) services: &'s dyn Services,
    pub(super) observer: Option<&'s dyn Observer>,
    /// The bytes that the result of a Task or the output of a state may take.
    pub(super) payload_limit: usize,
    pub(super) own: &'s Own<'s>,
}

/// What is an execution's own: its clock, its names and the numbers of its events.
pub(super) struct Own<'a> {
    pub(super) clock: Clock,
    pub(super) execution: Facts<'a>,
    /// Whether a state reads `$$.State`.
    pub(super) reads_state_context: bool,
    /// Whether an expression asks what time it is.
    pub(super) reads_time: bool,
    /// Number of the last event in AWS's history; causes quote such numbers. AWS API reference, "HistoryEvent". All
    /// threads run in one task, so that it is only ever one of them that counts.
    pub(super) events: AtomicU64,
    /// The input as it came, when it came as text.
    pub(super) text: Option<Box<str>>,
}

impl<'a> Own<'a> {
    /// Of an execution of the machine `info` that has told of so many events.
    pub(super) fn new(
        info: &MachineInfo,
        clock: Clock,
        execution: Facts<'a>,
        events: u64,
        text: Option<Box<str>>,
    ) -> Self {
        Self {
            clock,
            execution,
            reads_state_context: info.reads_state_context,
            reads_time: info.reads_time,
            events: AtomicU64::new(events),
            text,
        }
    }

    /// Number of the last event.
    pub(super) fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }
}

impl<'s> Shared<'s> {
    /// What an execution inside this one works with: its events are told to nobody.
    pub(super) fn inside(&self, own: &'s Own<'s>) -> Self {
        Self { observer: None, own, ..*self }
    }

    /// Number of the last event.
    pub(super) fn events(&self) -> u64 {
        self.own.events()
    }

    /// The number of one more event.
    #[inline]
    pub(super) fn count(&self) -> u64 {
        let id = self.own.events.load(Ordering::Relaxed) + 1;
        self.own.events.store(id, Ordering::Relaxed);
        id
    }

    /// An event that follows the event `previous`. Gives its number.
    #[inline]
    pub(super) fn record(&self, previous: u64, state: Option<&'static StateInfo>, kind: EventKind<'_>) -> u64 {
        self.record_text(previous, state, false, kind)
    }

    /// As [`record`](Self::record); `echoes` says whether the event's data is still what the input's text says.
    #[inline]
    pub(super) fn record_text(
        &self,
        previous: u64,
        state: Option<&'static StateInfo>,
        echoes: bool,
        kind: EventKind<'_>,
    ) -> u64 {
        let id = self.count();
        if let Some(observer) = self.observer {
            self.tell(observer, id, previous, state, echoes, kind);
        }
        id
    }

    /// What AWS does not record: it has the number of the event before.
    #[inline]
    pub(super) fn mention(&self, before: u64, state: Option<&'static StateInfo>, kind: EventKind<'_>) {
        if let Some(observer) = self.observer {
            self.tell(observer, before, before, state, false, kind);
        }
    }

    #[cold]
    fn tell(
        &self,
        observer: &dyn Observer,
        id: u64,
        previous: u64,
        state: Option<&'static StateInfo>,
        echoes: bool,
        kind: EventKind<'_>,
    ) {
        let text = self.own.text.as_deref().filter(|_| echoes);
        observer.event(&Event { id, previous, time: self.own.clock.now(), state, text, kind });
    }

    /// The time at which a state is entered, as far as the machine reads it.
    #[inline]
    pub(super) fn entered_time(&self) -> Timestamp {
        match self.own.reads_state_context {
            true => self.own.clock.now(),
            false => self.own.execution.start_time,
        }
    }

    /// The context object as a state sees it.
    #[inline]
    pub(super) fn context<'c>(
        &'c self,
        state: &'static StateInfo,
        entered_time: Timestamp,
        retries: u32,
        task_token: Option<&'c str>,
    ) -> Context<'c> {
        let can_be_retried = matches!(state.state_type, StateType::Task | StateType::Parallel | StateType::Map);
        Context {
            execution: &self.own.execution,
            state_name: state.name,
            entered_time,
            time: if self.own.reads_time { self.own.clock.now() } else { entered_time },
            event: self.events(),
            retry_count: can_be_retried.then_some(retries),
            task_token,
            map_item: None,
            inspector: None,
        }
    }

    /// The token of the attempt whose first event has the number `event`: the same however often it is asked for.
    #[cold]
    pub(super) fn task_token(&self, event: u64) -> String {
        STANDARD.encode(format!("{}#{event}", self.own.execution.info().id))
    }
}
