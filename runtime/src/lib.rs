//! Runs state machines compiled from the Amazon States Language.

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
mod value;

pub use context::{Context, ExecutionInfo};
pub use error::Error;
pub use machine::{
    Action, Call, Effect, Machine, MachineInfo, Resource, Retrier, StateId, StateInfo, StateType, Task, Wait,
};
pub use observer::{Event, EventKind, Observer};
pub use serde_json::Value;
#[cfg(feature = "local")]
pub use services::local::Local;
pub use services::{BoxFuture, Provide, Request, Service, Services};
pub use timestamp::Timestamp;
