//! Mocks in place of a state's work, and which state takes which. AWS developer guide, "Testing state machines with
//! TestState API".

use serde_json::Value;

use crate::error::Error;
use crate::machine::{Resource, StateType};
use crate::testing::output::TestStateError;

/// What is given in place of a state's work.
#[derive(Debug, Default)]
pub(super) struct Mock {
    pub(super) result: Option<Value>,
    /// What the result was read from, when it came as text.
    pub(super) text: Option<Box<str>>,
    pub(super) error: Option<Error>,
}

impl Mock {
    pub(super) fn is_given(&self) -> bool {
        self.result.is_some() || self.error.is_some()
    }

    /// Whether a state of this type takes this mock; `branches` is how many a Parallel state has.
    pub(super) fn check(&self, state_type: StateType, branches: usize) -> Result<(), TestStateError> {
        let refuse = |message: &str| Err(TestStateError::validation(message));
        let mockable = matches!(state_type, StateType::Task | StateType::Parallel | StateType::Map);
        if self.is_given() && !mockable {
            return refuse(&format!("State type '{state_type:?}' is not supported when a mock is specified"));
        }
        if !self.is_given() && matches!(state_type, StateType::Parallel | StateType::Map) {
            return Err(TestStateError::invalid_definition(
                "TestState API does not support Map or Parallel states. Supported state types include: \
                 [Task, Wait, Pass, Succeed, Fail, Choice]",
            ));
        }
        if self.result.is_some() && self.error.is_some() {
            return refuse("A test mock should have only one of the following fields: [result, errorOutput].");
        }
        match (state_type, &self.result) {
            (StateType::Parallel, Some(Value::Array(outputs))) if outputs.len() != branches => {
                refuse("Mocked result must contain the same number of items as number of Parallel branches.")
            }
            (StateType::Parallel | StateType::Map, Some(result)) if !result.is_array() => {
                refuse("Mocked result must be an array.")
            }
            _ => Ok(()),
        }
    }

    /// What the mock says the work came to.
    pub(super) fn answer(&self) -> Option<Result<Value, Error>> {
        let result = self.result.clone().map(Ok);
        self.error.clone().map(Err).or(result)
    }
}

/// Whether a Task can be tested without a mock.
pub(super) fn check_unmocked(resource: &Resource) -> Result<(), TestStateError> {
    match (resource.service, resource.pattern) {
        ("activity", _) => Err(TestStateError::validation("An activity can only be tested with a mock")),
        (_, "") => Ok(()),
        (_, pattern) => Err(TestStateError::validation(format!(
            "A Task with the service integration pattern '.{pattern}' can only be tested with a mock"
        ))),
    }
}
