//! How an execution ends.

use std::fmt;

use crate::error::Error;

/// How an execution ended when it did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `FAILED` or `TIMED_OUT`.
    pub status: Status,
    /// Error and cause, as DescribeExecution gives them.
    pub error: Error,
    /// The state it ended in.
    pub state: Option<&'static str>,
}

/// The status of an execution. AWS: ExecutionStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `RUNNING`
    Running,
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `TIMED_OUT`
    TimedOut,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Status {
    /// As AWS writes it: `SUCCEEDED`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
        })
    }
}
