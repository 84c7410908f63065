//! What the threads of one execution have in common.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::context::{Context, ExecutionSource as _};
use crate::engine::clock::Clock;
use crate::engine::identity::Facts;
use crate::machine::{StateInfo, StateType};
use crate::observer::{Event, EventKind, Observer};
use crate::services::Services;
use crate::timestamp::Timestamp;

/// What the threads of one execution have in common: the clock, the services, the observer and the numbers of events.
pub(super) struct Shared<'a> {
    pub(super) services: Box<dyn Services + 'a>,
    pub(super) observer: Option<&'a dyn Observer>,
    pub(super) clock: Clock,
    pub(super) execution: Facts<'a>,
    /// Whether a state reads `$$.State`.
    pub(super) reads_state_context: bool,
    /// Whether an expression asks what time it is.
    pub(super) reads_time: bool,
    /// Number of the last event in AWS's history; causes quote such numbers. AWS API reference, "HistoryEvent". All
    /// threads run in one task, so that it is only ever one of them that counts.
    pub(super) events: AtomicU64,
    /// The bytes that the result of a Task or the output of a state may take.
    pub(super) payload_limit: usize,
    /// The input as it came, when it came as text.
    pub(super) text: Option<Box<str>>,
}

impl Shared<'_> {
    /// Number of the last event.
    pub(super) fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// The number of one more event.
    #[inline]
    pub(super) fn count(&self) -> u64 {
        let id = self.events.load(Ordering::Relaxed) + 1;
        self.events.store(id, Ordering::Relaxed);
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
        let text = self.text.as_deref().filter(|_| echoes);
        observer.event(&Event { id, previous, time: self.clock.now(), state, text, kind });
    }

    /// The time at which a state is entered, as far as the machine reads it.
    #[inline]
    pub(super) fn entered_time(&self) -> Timestamp {
        match self.reads_state_context {
            true => self.clock.now(),
            false => self.execution.start_time,
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
            execution: &self.execution,
            state_name: state.name,
            entered_time,
            time: if self.reads_time { self.clock.now() } else { entered_time },
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
        STANDARD.encode(format!("{}#{event}", self.execution.info().id))
    }
}
