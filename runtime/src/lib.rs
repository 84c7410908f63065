//! Runs state machines compiled from the Amazon States Language.
//!
//! [`include_state_machine!`] turns a definition into a module of typed Rust. Its `run` gives an execution that can be
//! awaited, followed by an [`Observer`], or gone through step by step:
//!
//! ```ignore
//! asl_runtime::include_state_machine!("order.asl.json");
//!
//! let output = order::run(&services, order::Input::new("A17")).await?;
//! ```
//!
//! Paths, templates and JSONata expressions are compiled too, in `{% … %}` as in `$.…`: a state is a plain function.
//!
//! Parallel and Map states run their branches and iterations at once, inside that one future: nothing is spawned. A
//! [`Checkpoint`] puts an execution away as JSON, to be gone on with by `resume`, and [`History`] keeps its events as
//! AWS's GetExecutionHistory gives them.
//!
//! What Tasks call is a [`Provide`] of each service that the machine names: `Local` in memory, with closures as Lambda
//! functions, `Aws` for real, or [`Handlers`], closures by resource. With the feature `testing`, `testing::TestState`
//! runs one state by itself, as AWS's TestState does.
//!
//! Features: `macro` (default), `local` (services and Lambda functions in memory), `aws` or each of `dynamodb`, `sqs`, `sns`
//! (the real ones), `testing` (virtual time, and tests of single states).

#[cfg(feature = "macro")]
#[doc(hidden)]
#[path = "macros.rs"]
pub mod __macros;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod context;
pub mod engine;
mod error;
mod history;
#[doc(hidden)]
pub mod jsonata;
mod machine;
mod observer;
pub mod services;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
mod uuid;
mod value;

pub use context::{Context, ExecutionInfo, ExecutionSource, ExecutionType, Inspector, MapItem, Stage};
pub use engine::{Checkpoint, CheckpointError, Execution, Failure, Run, Status};
pub use error::Error;
pub use history::{EventDetails, History, HistoryEvent};
pub use machine::{
    Action, Call, Effect, Fork, Machine, MachineInfo, MapRun, QueryLanguage, Recovery, Resource, Retrier, StateId,
    StateInfo, StateType, Task, Tolerance, Wait,
};
pub use observer::{Event, EventKind, Observer};
pub use serde_json::Value;
#[cfg(any(feature = "dynamodb", feature = "sqs", feature = "sns"))]
pub use services::aws::Aws;
#[cfg(feature = "local")]
pub use services::local::Local;
pub use services::{BoxFuture, Handlers, Provide, Request, Service, Services, TaskRequest};
pub use timestamp::Timestamp;
