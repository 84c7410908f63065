//! Runs state machines compiled from the Amazon States Language.

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
mod machine;
mod observer;
pub mod services;
mod timestamp;
mod uuid;
mod value;

pub use context::{Context, ExecutionInfo};
pub use error::Error;
pub use machine::{
    Action, Call, Effect, Machine, MachineInfo, Resource, Retrier, StateId, StateInfo, StateType, Task, Wait,
};
pub use observer::{Event, EventKind, Observer};
pub use serde_json::Value;
#[cfg(any(feature = "dynamodb", feature = "sqs", feature = "sns"))]
pub use services::aws::Aws;
pub use services::{BoxFuture, Provide, Request, Service, Services};
pub use timestamp::Timestamp;
