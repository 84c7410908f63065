//! Engines drive machines: they perform effects and hand back what came of them.

mod clock;
mod memory;
mod retry;

pub use memory::{Execution, Failure, Run, Status, TypedMachine};
