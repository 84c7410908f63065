//! Engines drive machines: they perform effects and hand back what came of them.
//!
//! The engine here is the one in memory, on tokio. [`Run`] is an execution to await, [`Execution`] one to take step by
//! step, and [`Checkpoint`] one to put away and go on with later. It needs a tokio runtime with its timers on
//! (`enable_time`) as soon as a machine waits, retries or has timeouts; nothing is spawned, and a dropped future leaves
//! nothing behind.
//!
//! # Virtual time
//!
//! All times (waits, retries, timeouts, the context object, events) go by tokio's clock. With the feature `testing` a
//! test can pause it: it then jumps to the next thing that is due, and a week's wait takes no time.
//!
//! ```text
//! #[tokio::test(start_paused = true)]
//! async fn a_week_passes() {
//!     let output = order::run(&services, input).await.unwrap();
//! }
//! ```

mod attempt;
mod checkpoint;
mod clock;
mod execution;
mod failure;
mod fork;
mod gather;
mod identity;
mod map_run;
mod memory;
mod retry;
mod shared;
mod thread;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use failure::{Failure, Status};
pub use memory::{Execution, Run, TypedMachine};
#[cfg(feature = "testing")]
pub(crate) use retry::delay;
