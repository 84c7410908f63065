//! What AWS tells of each event.

use serde_json::Value;

use crate::value::build::{members, object};

/// What is told of an event. AWS API reference: the types named `…EventDetails`.
///
/// Inputs, outputs and parameters are JSON texts, as on AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are AWS's own")]
pub enum EventDetails {
    /// Nothing beside its type: `ParallelStateStarted`, `LambdaFunctionStarted`.
    None,
    ExecutionStarted {
        input: String,
        role_arn: String,
    },
    /// Of every `…StateEntered`.
    StateEntered {
        name: &'static str,
        input: String,
    },
    /// Of every `…StateExited`.
    StateExited {
        name: &'static str,
        output: String,
        /// The variables that the state assigned, with their values as JSON texts.
        assigned_variables: Vec<(&'static str, String)>,
    },
    TaskScheduled {
        /// The service: `dynamodb`.
        resource_type: &'static str,
        /// The action with its pattern: `startExecution.sync:2`.
        resource: String,
        region: String,
        parameters: String,
        timeout_in_seconds: Option<u32>,
        heartbeat_in_seconds: Option<u32>,
        /// The ARN of the role in `Credentials`.
        task_credentials: Option<String>,
    },
    TaskStarted {
        resource_type: &'static str,
        resource: String,
    },
    TaskSubmitted {
        resource_type: &'static str,
        resource: String,
    },
    TaskSucceeded {
        resource_type: &'static str,
        resource: String,
        output: String,
    },
    /// Of `TaskFailed` and `TaskTimedOut`.
    TaskFailed {
        resource_type: &'static str,
        resource: String,
        error: Option<String>,
        cause: Option<String>,
    },
    LambdaFunctionScheduled {
        /// The function's ARN.
        resource: &'static str,
        input: String,
        timeout_in_seconds: Option<u32>,
        /// The ARN of the role in `Credentials`.
        task_credentials: Option<String>,
    },
    ActivityScheduled {
        /// The activity's ARN.
        resource: &'static str,
        input: String,
        timeout_in_seconds: Option<u32>,
        heartbeat_in_seconds: Option<u32>,
    },
    ActivityStarted,
    /// Of `ExecutionSucceeded`, `LambdaFunctionSucceeded` and `ActivitySucceeded`.
    Succeeded {
        output: String,
    },
    /// Of `ExecutionFailed`, `ExecutionTimedOut`, `MapRunFailed`, and of a function or an activity that failed or timed out.
    Failed {
        error: Option<String>,
        cause: Option<String>,
    },
    EvaluationFailed {
        error: Option<String>,
        cause: Option<String>,
        /// The field whose expression failed: `Output/result`.
        location: Option<&'static str>,
        /// The state's name.
        state: &'static str,
    },
    MapStateStarted {
        length: usize,
    },
    MapRunStarted {
        map_run_arn: String,
    },
    /// Of every `MapIteration…`.
    MapIteration {
        /// The Map state's name.
        name: &'static str,
        /// The iteration's number, from 0.
        index: usize,
    },
}

impl EventDetails {
    /// The details as AWS's API gives them; none where an event has none.
    pub fn to_value(&self) -> Option<Value> {
        let untruncated = || Some(object([("truncated", Value::from(false))]));
        let given = |text: &str| Some(Value::from(text));
        let seconds = |seconds: &Option<u32>| seconds.map(Value::from);
        let credentials = |role_arn: &Option<String>| text(role_arn).map(|role_arn| object([("roleArn", role_arn)]));
        Some(match self {
            Self::None => return None,
            Self::ExecutionStarted { input, role_arn } => {
                members([("input", given(input)), ("inputDetails", untruncated()), ("roleArn", given(role_arn))])
            }
            Self::StateEntered { name, input } => {
                members([("name", given(name)), ("input", given(input)), ("inputDetails", untruncated())])
            }
            Self::StateExited { name, output, assigned_variables } => {
                let assigned = || assigned_variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let (assigned, whole) = match assigned_variables.is_empty() {
                    true => (None, None),
                    false => (Some(assigned()), untruncated()),
                };
                members([
                    ("name", given(name)),
                    ("output", given(output)),
                    ("outputDetails", untruncated()),
                    ("assignedVariables", assigned),
                    ("assignedVariablesDetails", whole),
                ])
            }
            Self::TaskScheduled {
                resource_type,
                resource,
                region,
                parameters,
                timeout_in_seconds,
                heartbeat_in_seconds,
                task_credentials,
            } => members([
                ("resourceType", given(resource_type)),
                ("resource", given(resource)),
                ("region", given(region)),
                ("parameters", given(parameters)),
                ("timeoutInSeconds", seconds(timeout_in_seconds)),
                ("heartbeatInSeconds", seconds(heartbeat_in_seconds)),
                ("taskCredentials", credentials(task_credentials)),
            ]),
            Self::TaskStarted { resource_type, resource } | Self::TaskSubmitted { resource_type, resource } => {
                members([("resourceType", given(resource_type)), ("resource", given(resource))])
            }
            Self::TaskSucceeded { resource_type, resource, output } => members([
                ("resourceType", given(resource_type)),
                ("resource", given(resource)),
                ("output", given(output)),
                ("outputDetails", untruncated()),
            ]),
            Self::TaskFailed { resource_type, resource, error, cause } => members([
                ("resourceType", given(resource_type)),
                ("resource", given(resource)),
                ("error", text(error)),
                ("cause", text(cause)),
            ]),
            Self::LambdaFunctionScheduled { resource, input, timeout_in_seconds, task_credentials } => members([
                ("resource", given(resource)),
                ("input", given(input)),
                ("inputDetails", untruncated()),
                ("timeoutInSeconds", seconds(timeout_in_seconds)),
                ("taskCredentials", credentials(task_credentials)),
            ]),
            Self::ActivityScheduled { resource, input, timeout_in_seconds, heartbeat_in_seconds } => members([
                ("resource", given(resource)),
                ("input", given(input)),
                ("inputDetails", untruncated()),
                ("timeoutInSeconds", seconds(timeout_in_seconds)),
                ("heartbeatInSeconds", seconds(heartbeat_in_seconds)),
            ]),
            // The name of the worker is not known.
            Self::ActivityStarted => members([]),
            Self::Succeeded { output } => members([("output", given(output)), ("outputDetails", untruncated())]),
            Self::Failed { error, cause } => members([("error", text(error)), ("cause", text(cause))]),
            Self::EvaluationFailed { error, cause, location, state } => members([
                ("error", text(error)),
                ("cause", text(cause)),
                ("location", location.map(Value::from)),
                ("state", given(state)),
            ]),
            Self::MapStateStarted { length } => members([("length", Some(Value::from(*length)))]),
            Self::MapRunStarted { map_run_arn } => members([("mapRunArn", given(map_run_arn))]),
            Self::MapIteration { name, index } => {
                members([("name", given(name)), ("index", Some(Value::from(*index)))])
            }
        })
    }
}

fn text(part: &Option<String>) -> Option<Value> {
    part.as_deref().map(Value::from)
}
