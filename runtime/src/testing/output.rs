//! What a test of a state gives. AWS API reference, "TestState".

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::testing::inspection::InspectionData;
use crate::value::build::members;

/// How a tested state ended. AWS: TestExecutionStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestStatus {
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `RETRIABLE`: it failed, and would be tried again.
    Retriable,
    /// `CAUGHT_ERROR`: it failed, and a Catcher leads on.
    CaughtError,
}

impl fmt::Display for TestStatus {
    /// As AWS writes it: `CAUGHT_ERROR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        })
    }
}

/// What came of a tested state.
#[derive(Clone, Debug, PartialEq)]
pub struct TestStateOutput {
    /// How it ended.
    pub status: TestStatus,
    /// Its output: of a state that succeeded, or what the Catcher hands on.
    pub output: Option<Value>,
    /// The text that the output came as, when it is a mocked result.
    pub(super) text: Option<Box<str>>,
    /// The error's name, when it failed.
    pub error: Option<String>,
    /// The error's cause.
    pub cause: Option<String>,
    /// The state that follows; none when the machine ends here.
    pub next_state: Option<&'static str>,
    /// The values on their way through the state; none at [`InspectionLevel::Info`](super::InspectionLevel::Info).
    pub inspection_data: Option<InspectionData>,
}

impl TestStateOutput {
    /// The output as text: that of the mocked result when the state has made no other value of it (see
    /// [`TestState::mock_result_text`](super::TestState::mock_result_text)), else compact JSON.
    pub fn output_text(&self) -> Option<Cow<'_, str>> {
        let output = self.output.as_ref()?;
        Some(self.text.as_deref().map_or_else(|| Cow::Owned(output.to_string()), Cow::Borrowed))
    }

    /// The answer of AWS's TestState: data as JSON texts, and no members for what there is not.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<String>| text.as_deref().map(Value::from);
        members([
            ("output", self.output_text().map(Value::from)),
            ("error", text(&self.error)),
            ("cause", text(&self.cause)),
            ("inspectionData", self.inspection_data.as_ref().map(InspectionData::to_value)),
            ("nextState", self.next_state.map(Value::from)),
            ("status", Some(Value::from(self.status.to_string()))),
        ])
    }
}

/// A test that AWS refuses to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestStateError {
    /// The name of AWS's error: `ValidationException` or `InvalidDefinition`.
    pub name: &'static str,
    /// What is wrong.
    pub message: String,
}

impl TestStateError {
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self { name: "ValidationException", message: message.into() }
    }

    pub(super) fn invalid_definition(message: impl Into<String>) -> Self {
        Self { name: "InvalidDefinition", message: message.into() }
    }
}

impl fmt::Display for TestStateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for TestStateError {}

/// Data as AWS's API gives it.
pub(super) fn json_text(value: Option<&Value>) -> Option<Value> {
    value.map(|value| Value::from(value.to_string()))
}
