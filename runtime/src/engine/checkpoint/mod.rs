//! A running execution as data, to be kept and gone on with later, also by another process.

mod json;
mod place;

use std::fmt;

use serde_json::{Map, Value};

use crate::context::{ExecutionInfo, ExecutionType};
use crate::engine::retry::Retries;
use crate::engine::thread::Pause;
use crate::machine::Tolerance;
use crate::timestamp::Timestamp;

/// A running execution as data: where it is and all it needs to go on.
///
/// It knows its states by their names in the definition, so a machine that was compiled again can go on with it. As JSON:
/// `Value::from(checkpoint)` and `Checkpoint::try_from(value)`.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    pub(super) thread: ThreadRecord,
    pub(super) events: u64,
    pub(super) deadline: Option<Timestamp>,
    /// The text that the input came as, while the data is what it says.
    pub(super) text: Option<Box<str>>,
    pub(super) execution: ExecutionInfo,
}

/// One machine on its way: the whole, a branch or an iteration.
#[derive(Clone, Debug)]
pub(super) struct ThreadRecord {
    state: String,
    data: Value,
    previous: u64,
    /// Those of its own that have a value.
    variables: Map<String, Value>,
    visit: Option<VisitRecord>,
}

/// A state that was entered and not left.
#[derive(Clone, Debug)]
struct VisitRecord {
    entered: u64,
    time: Timestamp,
    retries: Retries,
    work: WorkRecord,
}

/// What a visit does.
#[derive(Clone, Debug)]
enum WorkRecord {
    /// A Task is performed; it is entered again.
    Enter,
    Pause(Pause<Timestamp>),
    Fork(ForkRecord),
    MapRun(MapRunRecord),
}

/// The branches of a Parallel state, or the iterations of a Map state.
#[derive(Clone, Debug)]
struct ForkRecord {
    /// The output of each that has ended, the input of each that has not begun, and null for those on their way.
    values: Vec<Value>,
    next: u64,
    last: u64,
    /// Those on their way, by their number.
    running: Vec<(u64, ThreadRecord)>,
}

/// The executions of a distributed Map state.
#[derive(Clone, Debug)]
struct MapRunRecord {
    arn: String,
    execution_type: ExecutionType,
    tolerance: Tolerance,
    failed: u64,
    /// As those of [`ForkRecord`].
    values: Vec<Value>,
    next: u64,
    running: Vec<ExecutionRecord>,
}

/// One of them, on its way.
#[derive(Clone, Debug)]
struct ExecutionRecord {
    index: u64,
    events: u64,
    execution: ExecutionInfo,
    thread: ThreadRecord,
}

impl Checkpoint {
    /// The name of the state that the execution is in or enters next.
    pub fn state(&self) -> &str {
        &self.thread.state
    }

    /// The data: the state's input.
    pub fn data(&self) -> &Value {
        &self.thread.data
    }

    /// The variables that have a value, without those of branches and iterations.
    pub fn variables(&self) -> &Map<String, Value> {
        &self.thread.variables
    }

    /// What is known of the execution beside its data.
    pub fn execution(&self) -> &ExecutionInfo {
        &self.execution
    }

    /// Number of the last event, as AWS counts them.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// When the machine's `TimeoutSeconds` are up.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.deadline
    }
}

/// Why a checkpoint cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointError(String);

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CheckpointError {}
