//! The values on their way through a state. AWS API reference, "InspectionData".
//!
//! Generated code shows a value where a field of the state makes it. What no field makes is the value before it. Which
//! values a type of state has was recorded on AWS.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::context::{Inspector, Stage};
use crate::error::Error;
use crate::machine::{QueryLanguage, StateInfo, StateType};
use crate::testing::output::json_text;
use crate::value::build::members;

/// How much a test tells. AWS: InspectionLevel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InspectionLevel {
    /// `INFO`: no [`InspectionData`].
    #[default]
    Info,
    /// `DEBUG`: the values on their way through the state.
    Debug,
    /// `TRACE`: as `DEBUG`. On AWS also the request and the response of an HTTP Task.
    Trace,
}

/// The values on their way through a state, as far as it went; none for what its type does not have.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the names are AWS's own")]
pub struct InspectionData {
    pub input: Option<Value>,
    pub after_input_path: Option<Value>,
    pub after_parameters: Option<Value>,
    pub after_arguments: Option<Value>,
    pub after_items_path: Option<Value>,
    /// The input of each iteration; only with `ItemSelector`.
    pub after_item_selector: Option<Value>,
    pub max_concurrency: Option<u32>,
    pub tolerated_failure_count: Option<u64>,
    pub tolerated_failure_percentage: Option<f64>,
    pub result: Option<Value>,
    pub after_result_selector: Option<Value>,
    pub after_result_path: Option<Value>,
    /// The variables that were given and those that the state assigned; none when there are none.
    pub variables: Option<Value>,
    pub error_details: Option<ErrorDetails>,
}

/// What is done about an error. AWS API reference, "InspectionErrorDetails".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorDetails {
    /// The place in `Catch` of the Catcher that leads on.
    pub catch_index: Option<usize>,
    /// The place in `Retry` of the Retrier that decides.
    pub retry_index: Option<usize>,
    /// Whole seconds until the state would be tried again.
    pub retry_backoff_interval_seconds: Option<u64>,
}

impl InspectionData {
    /// As AWS's API gives it: data as JSON texts.
    pub fn to_value(&self) -> Value {
        let text = |value: &Option<Value>| json_text(value.as_ref());
        members([
            ("input", text(&self.input)),
            ("afterInputPath", text(&self.after_input_path)),
            ("afterParameters", text(&self.after_parameters)),
            ("afterArguments", text(&self.after_arguments)),
            ("result", text(&self.result)),
            ("afterResultSelector", text(&self.after_result_selector)),
            ("afterResultPath", text(&self.after_result_path)),
            ("variables", text(&self.variables)),
            ("errorDetails", self.error_details.map(ErrorDetails::to_value)),
            ("afterItemsPath", text(&self.after_items_path)),
            ("afterItemSelector", text(&self.after_item_selector)),
            ("toleratedFailureCount", self.tolerated_failure_count.map(Value::from)),
            ("toleratedFailurePercentage", self.tolerated_failure_percentage.map(Value::from)),
            ("maxConcurrency", self.max_concurrency.map(Value::from)),
        ])
    }
}

impl ErrorDetails {
    fn to_value(self) -> Value {
        members([
            ("catchIndex", self.catch_index.map(Value::from)),
            ("retryIndex", self.retry_index.map(Value::from)),
            ("retryBackoffIntervalSeconds", self.retry_backoff_interval_seconds.map(Value::from)),
        ])
    }
}

/// Keeps what generated code shows.
#[derive(Debug, Default)]
pub(super) struct Shown(Mutex<Vec<(Stage, Value)>>);

impl Inspector for Shown {
    fn inspect(&self, stage: Stage, value: &Value) {
        self.stages(|stages| stages.push((stage, value.clone())));
    }
}

impl Shown {
    fn stages<T>(&self, with: impl FnOnce(&mut Vec<(Stage, Value)>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// The value that was shown last for a stage.
    fn get(&self, stage: Stage) -> Option<Value> {
        self.stages(|stages| stages.iter().rev().find(|(shown, _)| *shown == stage).map(|(_, value)| value.clone()))
    }

    /// Whether `ResultSelector` or `ResultPath` makes another value of a result.
    pub(super) fn changes_result(&self) -> bool {
        let changes = |stage: &Stage| matches!(stage, Stage::AfterResultSelector | Stage::AfterResultPath);
        self.stages(|stages| stages.iter().any(|(stage, _)| changes(stage)))
    }
}

/// What became of entering a state.
pub(super) enum Entered<'a> {
    /// It failed.
    Failed(&'a Error),
    /// It was entered and left at once, or waits.
    Passed,
    /// A service is called with these parameters.
    Call { parameters: Value },
    /// Machines inside it are run on these inputs.
    Fork { inputs: Vec<Value>, max_concurrency: Option<u32> },
}

impl InspectionData {
    /// What is known once a state was entered.
    pub(super) fn entered(state: &StateInfo, input: Value, shown: &Shown, entered: Entered<'_>) -> Self {
        match state.query_language {
            QueryLanguage::JsonPath => Self::selected(state.state_type, input, shown, entered),
            QueryLanguage::Jsonata => Self::evaluated(state.state_type, input, shown, entered),
        }
    }

    /// Of a JSONata state. What `Arguments` of a Parallel state and `Items` of a Map state come to was recorded not to be
    /// told.
    fn evaluated(state_type: StateType, input: Value, shown: &Shown, entered: Entered<'_>) -> Self {
        let mut data = Self { input: Some(input), ..Self::default() };
        match (state_type, entered) {
            (StateType::Task, Entered::Call { parameters }) => data.after_arguments = Some(parameters),
            (StateType::Task, _) => data.after_arguments = shown.get(Stage::AfterArguments),
            (StateType::Map, Entered::Fork { inputs, max_concurrency }) => {
                data.after_item_selector = shown.get(Stage::AfterItemSelector).map(|_| Value::Array(inputs));
                data.max_concurrency = Some(max_concurrency.unwrap_or(0));
                data.tolerates(shown);
            }
            _ => {}
        }
        data
    }

    /// Of a JSONPath state.
    fn selected(state_type: StateType, input: Value, shown: &Shown, entered: Entered<'_>) -> Self {
        let after_input_path = match (&entered, shown.get(Stage::AfterInputPath)) {
            (_, Some(shown)) => Some(shown),
            (Entered::Failed(error), None) if input_path_failed(state_type, error) => None,
            (_, None) => Some(input.clone()),
        };
        let mut data = Self { input: Some(input), ..Self::default() };
        match state_type {
            // Recorded without them, whatever its fields.
            StateType::Parallel => {}
            StateType::Pass => match (shown.get(Stage::Result), entered) {
                // `Result` is what it passes on, so that nothing comes of its other fields.
                (Some(result), _) => data.result = Some(result),
                (None, Entered::Failed(_)) => {
                    data.after_input_path = after_input_path;
                    data.after_parameters = shown.get(Stage::AfterParameters);
                }
                (None, _) => {
                    data.after_parameters = shown.get(Stage::AfterParameters).or_else(|| after_input_path.clone());
                    data.after_input_path = after_input_path;
                }
            },
            StateType::Task => {
                data.after_input_path = after_input_path;
                data.after_parameters = match entered {
                    Entered::Call { parameters } => Some(parameters),
                    _ => shown.get(Stage::AfterParameters),
                };
            }
            StateType::Map => {
                data.after_items_path = shown.get(Stage::AfterItemsPath);
                if let Entered::Fork { inputs, max_concurrency } = entered {
                    data.after_items_path = data.after_items_path.or_else(|| after_input_path.clone());
                    data.after_item_selector = shown.get(Stage::AfterItemSelector).map(|_| Value::Array(inputs));
                    data.max_concurrency = Some(max_concurrency.unwrap_or(0));
                }
                data.after_input_path = after_input_path;
                data.tolerates(shown);
            }
            StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail => {
                data.after_input_path = after_input_path;
            }
        }
        data
    }

    /// Adds how many failures a Map state tolerates.
    fn tolerates(&mut self, shown: &Shown) {
        self.tolerated_failure_count = shown.get(Stage::ToleratedFailureCount).and_then(|count| count.as_u64());
        self.tolerated_failure_percentage =
            shown.get(Stage::ToleratedFailurePercentage).and_then(|percentage| percentage.as_f64());
    }

    /// Adds the result that the state's work came to. It is told for Tasks only.
    pub(super) fn worked(&mut self, state_type: StateType, result: &Value) {
        if state_type == StateType::Task {
            self.result = Some(result.clone());
        }
    }

    /// Adds what happened to the result: all of it once the state was left, else as far as it was shown.
    pub(super) fn left(&mut self, state: &StateInfo, result: Option<Value>, shown: &Shown, succeeded: bool) {
        let makes_a_result =
            matches!(state.state_type, StateType::Pass | StateType::Task | StateType::Parallel | StateType::Map);
        if !makes_a_result || state.query_language == QueryLanguage::Jsonata {
            return;
        }
        self.after_result_selector = shown.get(Stage::AfterResultSelector);
        self.after_result_path = shown.get(Stage::AfterResultPath);
        if succeeded {
            let result = result.or_else(|| self.result.clone()).or_else(|| self.after_parameters.clone());
            self.after_result_selector = self.after_result_selector.take().or(result);
            self.after_result_path = self.after_result_path.take().or_else(|| self.after_result_selector.clone());
        }
    }

    /// Whether so many failed iterations of a Map state are more than it tolerates. Without a threshold they were
    /// recorded to be tolerated.
    pub(super) fn exceeds_threshold(&self, failures: u32, iterations: usize) -> bool {
        let percentage = f64::from(failures) * 100.0 / iterations.max(1) as f64;
        self.tolerated_failure_count.is_some_and(|tolerated| u64::from(failures) > tolerated)
            || self.tolerated_failure_percentage.is_some_and(|tolerated| percentage > tolerated)
    }
}

/// Whether it was `InputPath` that failed: the only path of a state before its other fields whose failure reads so. A
/// Choice state's rules fail likewise.
fn input_path_failed(state_type: StateType, error: &Error) -> bool {
    state_type != StateType::Choice && error.cause().is_some_and(|cause| cause.starts_with("Invalid path '"))
}
