//! An execution's history, event by event as AWS's GetExecutionHistory gives it.

mod details;
mod event;

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::observer::{Event, EventKind, Observer};
use crate::value::build::object;

pub use details::EventDetails;
pub use event::HistoryEvent;

/// The region where none is known: of an execution that the history has not seen start.
const REGION: &str = "us-east-1";

/// An observer that keeps an execution's events. AWS API reference, "GetExecutionHistory".
///
/// One history can be handed on to the execution that goes on from a checkpoint; it then goes on as well. It is for one
/// execution: the events of two would be mixed.
///
/// ```
/// # async fn example(machine: impl asl_runtime::Machine, services: impl asl_runtime::Services) {
/// use asl_runtime::{EventDetails, History, Run};
///
/// let history = History::new();
/// let output = Run::new(machine, services, 1.into()).observer(&history).await;
///
/// for event in history.events() {
///     if let EventDetails::StateEntered { name, input } = &event.details {
///         println!("{} {name} {input}", event.id);
///     }
/// }
/// println!("{}", history.to_value());
/// # let _ = output;
/// # }
/// ```
#[derive(Debug, Default)]
pub struct History(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The region in the execution's ARN.
    region: Option<String>,
    events: Vec<HistoryEvent>,
}

impl History {
    /// A history without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// The events so far, in the order of their ids.
    pub fn events(&self) -> Vec<HistoryEvent> {
        self.kept().events.clone()
    }

    /// The types of the events so far, such as `PassStateEntered`: the way that the execution took.
    pub fn event_types(&self) -> Vec<&'static str> {
        self.kept().events.iter().map(|event| event.event_type).collect()
    }

    /// The answer of GetExecutionHistory: `{"events": […]}`.
    pub fn to_value(&self) -> Value {
        object([("events", self.kept().events.iter().map(HistoryEvent::to_value).collect())])
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for History {
    fn event(&self, event: &Event<'_>) {
        let mut kept = self.kept();
        if let EventKind::ExecutionStarted { execution, .. } = &event.kind {
            // arn:aws:states:REGION:…
            kept.region = execution.info().id.split(':').nth(3).filter(|region| !region.is_empty()).map(str::to_owned);
        }
        let region = kept.region.as_deref().unwrap_or(REGION);
        if let Some(event) = event::kept(event, region) {
            kept.events.push(event);
        }
    }
}
