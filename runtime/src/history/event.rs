//! From what the engine tells to what AWS keeps.

use serde_json::Value;

use crate::error::Error;
use crate::history::details::EventDetails;
use crate::machine::{Call, Resource, StateInfo, StateType, Task};
use crate::observer::{Event, EventKind};
use crate::timestamp::Timestamp;
use crate::value::build::object;

/// One event of an execution's history. AWS API reference, "HistoryEvent".
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// When.
    pub timestamp: Timestamp,
    /// What: `PassStateEntered`.
    pub event_type: &'static str,
    /// Its number, from 1.
    pub id: u64,
    /// The number of the event that led to it; 0 for the first event and the first state's.
    pub previous_event_id: u64,
    /// What is told of it.
    pub details: EventDetails,
}

impl HistoryEvent {
    /// The event as AWS's API gives it, with the time in seconds since 1970:
    /// `{"timestamp": …, "type": …, "id": …, "previousEventId": …, "passStateEnteredEventDetails": …}`.
    pub fn to_value(&self) -> Value {
        let mut event = object([
            ("timestamp", seconds(self.timestamp)),
            ("type", Value::from(self.event_type)),
            ("id", Value::from(self.id)),
            ("previousEventId", Value::from(self.previous_event_id)),
        ]);
        if let (Some(details), Value::Object(members)) = (self.details.to_value(), &mut event) {
            members.insert(self.details_member(), details);
        }
        event
    }

    /// The states of all types share two members; every other event type has a member of its own name.
    fn details_member(&self) -> String {
        match self.details {
            EventDetails::StateEntered { .. } => "stateEnteredEventDetails".to_owned(),
            EventDetails::StateExited { .. } => "stateExitedEventDetails".to_owned(),
            _ => {
                let mut letters = self.event_type.chars();
                let first = letters.next().map(|first| first.to_ascii_lowercase());
                first.into_iter().chain(letters).chain("EventDetails".chars()).collect()
            }
        }
    }
}

/// Seconds since 1970, with milliseconds behind the point.
fn seconds(time: Timestamp) -> Value {
    Value::from(time.seconds as f64 + f64::from(time.nanoseconds / 1_000_000) / 1000.0)
}

/// The families of events that a Task's resource has. AWS API reference, "HistoryEvent".
#[derive(Clone, Copy)]
enum Family {
    Task,
    LambdaFunction,
    Activity,
}

impl Family {
    fn of(resource: &Resource) -> Self {
        match resource.service {
            "" => Self::LambdaFunction,
            "activity" => Self::Activity,
            _ => Self::Task,
        }
    }

    /// One of three names.
    fn name(self, task: &'static str, lambda_function: &'static str, activity: &'static str) -> &'static str {
        match self {
            Self::Task => task,
            Self::LambdaFunction => lambda_function,
            Self::Activity => activity,
        }
    }
}

/// An event as AWS keeps it; none for what AWS does not record.
pub(super) fn kept(event: &Event<'_>, region: &str) -> Option<HistoryEvent> {
    let (event_type, details) = typed(event, region)?;
    let (id, previous_event_id) = (event.id, event.previous);
    Some(HistoryEvent { timestamp: event.time, event_type, id, previous_event_id, details })
}

fn typed(event: &Event<'_>, region: &str) -> Option<(&'static str, EventDetails)> {
    let name = event.state.map_or("", |state| state.name);
    let text = |value: &Value| event.text.map_or_else(|| value.to_string(), str::to_owned);
    Some(match &event.kind {
        EventKind::ExecutionStarted { input, execution } => {
            let role_arn = execution.info().role_arn.clone();
            ("ExecutionStarted", EventDetails::ExecutionStarted { input: text(input), role_arn })
        }
        EventKind::ExecutionSucceeded { output } => {
            ("ExecutionSucceeded", EventDetails::Succeeded { output: text(output) })
        }
        EventKind::ExecutionFailed { error } => ("ExecutionFailed", failed(error)),
        EventKind::ExecutionTimedOut => ("ExecutionTimedOut", failed(&Error::timeout())),
        EventKind::StateEntered { input } => {
            (entered(event.state?), EventDetails::StateEntered { name, input: text(input) })
        }
        EventKind::StateExited { output, assigned } => {
            let assigned_variables = assigned.iter().map(|(variable, value)| (*variable, value.to_string())).collect();
            (exited(event.state?)?, EventDetails::StateExited { name, output: text(output), assigned_variables })
        }
        EventKind::StateAborted => (aborted(event.state?)?, EventDetails::None),
        EventKind::TaskScheduled { call, .. } => scheduled(call, region, text),
        EventKind::TaskStarted { task } => {
            let family = Family::of(&task.resource);
            let details = match family {
                Family::Task => {
                    EventDetails::TaskStarted { resource_type: task.resource.service, resource: action(task) }
                }
                Family::LambdaFunction => EventDetails::None,
                Family::Activity => EventDetails::ActivityStarted,
            };
            (family.name("TaskStarted", "LambdaFunctionStarted", "ActivityStarted"), details)
        }
        EventKind::TaskSubmitted { task } => {
            let resource_type = task.resource.service;
            ("TaskSubmitted", EventDetails::TaskSubmitted { resource_type, resource: action(task) })
        }
        EventKind::TaskSucceeded { task, output } => {
            let family = Family::of(&task.resource);
            let output = text(output);
            let details = match family {
                Family::Task => {
                    let resource_type = task.resource.service;
                    EventDetails::TaskSucceeded { resource_type, resource: action(task), output }
                }
                Family::LambdaFunction | Family::Activity => EventDetails::Succeeded { output },
            };
            (family.name("TaskSucceeded", "LambdaFunctionSucceeded", "ActivitySucceeded"), details)
        }
        EventKind::TaskFailed { task, error } => {
            let name = Family::of(&task.resource).name("TaskFailed", "LambdaFunctionFailed", "ActivityFailed");
            (name, task_failed(task, error))
        }
        EventKind::TaskTimedOut { task, error } => {
            let name = Family::of(&task.resource).name("TaskTimedOut", "LambdaFunctionTimedOut", "ActivityTimedOut");
            (name, task_failed(task, error))
        }
        EventKind::EvaluationFailed { error, location } => {
            let (error, cause) = (error.name().map(str::to_owned), error.cause().map(str::to_owned));
            ("EvaluationFailed", EventDetails::EvaluationFailed { error, cause, location: *location, state: name })
        }
        EventKind::ParallelStateStarted => ("ParallelStateStarted", EventDetails::None),
        EventKind::ParallelStateSucceeded => ("ParallelStateSucceeded", EventDetails::None),
        EventKind::ParallelStateFailed => ("ParallelStateFailed", EventDetails::None),
        EventKind::MapStateStarted { length } => ("MapStateStarted", EventDetails::MapStateStarted { length: *length }),
        EventKind::MapStateSucceeded => ("MapStateSucceeded", EventDetails::None),
        EventKind::MapStateFailed => ("MapStateFailed", EventDetails::None),
        EventKind::MapIterationStarted { index } => {
            ("MapIterationStarted", EventDetails::MapIteration { name, index: *index })
        }
        EventKind::MapIterationSucceeded { index } => {
            ("MapIterationSucceeded", EventDetails::MapIteration { name, index: *index })
        }
        EventKind::MapIterationFailed { index } => {
            ("MapIterationFailed", EventDetails::MapIteration { name, index: *index })
        }
        EventKind::MapIterationAborted { index } => {
            ("MapIterationAborted", EventDetails::MapIteration { name, index: *index })
        }
        EventKind::MapRunStarted { arn } => {
            ("MapRunStarted", EventDetails::MapRunStarted { map_run_arn: (*arn).to_owned() })
        }
        EventKind::MapRunSucceeded => ("MapRunSucceeded", EventDetails::None),
        EventKind::MapRunFailed { error } => ("MapRunFailed", failed(error)),
        EventKind::MapRunAborted => ("MapRunAborted", EventDetails::None),
        EventKind::RetryScheduled { .. } | EventKind::WaitStarted { .. } => return None,
    })
}

fn scheduled(call: &Call, region: &str, text: impl Fn(&Value) -> String) -> (&'static str, EventDetails) {
    let (resource, timeout_in_seconds) = (&call.task.resource, call.timeout_seconds);
    let heartbeat_in_seconds = call.heartbeat_seconds;
    let role_arn = call.credentials.as_ref().and_then(|credentials| credentials.get("RoleArn"));
    let task_credentials = role_arn.and_then(Value::as_str).map(str::to_owned);
    match Family::of(resource) {
        Family::Task => {
            let details = EventDetails::TaskScheduled {
                resource_type: resource.service,
                resource: action(call.task),
                region: region.to_owned(),
                parameters: call.parameters.to_string(),
                timeout_in_seconds,
                heartbeat_in_seconds,
                task_credentials,
            };
            ("TaskScheduled", details)
        }
        Family::LambdaFunction => {
            let (resource, input) = (resource.arn, text(&call.parameters));
            let details =
                EventDetails::LambdaFunctionScheduled { resource, input, timeout_in_seconds, task_credentials };
            ("LambdaFunctionScheduled", details)
        }
        Family::Activity => {
            let (resource, input) = (resource.arn, text(&call.parameters));
            let details = EventDetails::ActivityScheduled { resource, input, timeout_in_seconds, heartbeat_in_seconds };
            ("ActivityScheduled", details)
        }
    }
}

fn failed(error: &Error) -> EventDetails {
    EventDetails::Failed { error: error.name().map(str::to_owned), cause: error.cause().map(str::to_owned) }
}

fn task_failed(task: &Task, error: &Error) -> EventDetails {
    match Family::of(&task.resource) {
        Family::Task => EventDetails::TaskFailed {
            resource_type: task.resource.service,
            resource: action(task),
            error: error.name().map(str::to_owned),
            cause: error.cause().map(str::to_owned),
        },
        Family::LambdaFunction | Family::Activity => failed(error),
    }
}

/// `startExecution.sync:2`
fn action(task: &Task) -> String {
    let Resource { action, pattern, .. } = task.resource;
    match pattern {
        "" => action.to_owned(),
        pattern => [action, ".", pattern].concat(),
    }
}

fn entered(state: &StateInfo) -> &'static str {
    match state.state_type {
        StateType::Task => "TaskStateEntered",
        StateType::Pass => "PassStateEntered",
        StateType::Choice => "ChoiceStateEntered",
        StateType::Wait => "WaitStateEntered",
        StateType::Succeed => "SucceedStateEntered",
        StateType::Fail => "FailStateEntered",
        StateType::Parallel => "ParallelStateEntered",
        StateType::Map => "MapStateEntered",
    }
}

/// A Fail state is never left.
fn exited(state: &StateInfo) -> Option<&'static str> {
    match state.state_type {
        StateType::Task => Some("TaskStateExited"),
        StateType::Pass => Some("PassStateExited"),
        StateType::Choice => Some("ChoiceStateExited"),
        StateType::Wait => Some("WaitStateExited"),
        StateType::Succeed => Some("SucceedStateExited"),
        StateType::Fail => None,
        StateType::Parallel => Some("ParallelStateExited"),
        StateType::Map => Some("MapStateExited"),
    }
}

/// The other types take no time, so that nothing can stop them.
fn aborted(state: &StateInfo) -> Option<&'static str> {
    match state.state_type {
        StateType::Task => Some("TaskStateAborted"),
        StateType::Wait => Some("WaitStateAborted"),
        StateType::Parallel => Some("ParallelStateAborted"),
        StateType::Map => Some("MapStateAborted"),
        StateType::Pass | StateType::Choice | StateType::Succeed | StateType::Fail => None,
    }
}
