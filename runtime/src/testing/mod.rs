//! Tests of single states, as AWS's TestState API runs them.
//!
//! A [`TestState`] runs one state of a compiled machine, also of a machine inside a Parallel or Map state, and gives
//! what AWS's API answers: the status, the output, the next state, and with [`InspectionLevel::Debug`] each value on its
//! way through the state.
//!
//! ```
//! # async fn example(machine: impl asl_runtime::Machine) -> Result<(), asl_runtime::testing::TestStateError> {
//! use asl_runtime::testing::{InspectionLevel, TestState, TestStatus};
//! use asl_runtime::Value;
//!
//! let tested = TestState::new(machine, "Charge", Value::from(12))
//!     .mock_error("Card.Declined", "no funds")
//!     .inspection_level(InspectionLevel::Debug)
//!     .run()
//!     .await?;
//!
//! assert_eq!(tested.status, TestStatus::CaughtError);
//! assert_eq!(tested.next_state, Some("Tell customer"));
//! # Ok(())
//! # }
//! ```
//!
//! As on AWS, a Task is mocked by [`mock_result`](TestState::mock_result) or [`mock_error`](TestState::mock_error), or
//! it calls the given [`services`](TestState::services); Parallel and Map states, activities, and Tasks with the
//! patterns `.sync` and `.waitForTaskToken` need a mock. A Wait state does not wait. Unlike on AWS, a context object can
//! be given without a mock.
//!
//! Not supported: the check of a mocked result against the service's API (`fieldValidationMode`), data of an
//! `ItemReader` (`mapItemReaderData`), and the HTTP request and response of inspection level `TRACE`.

mod context_object;
mod inspection;
mod mock;
mod output;
mod place;
mod state;

pub use inspection::{ErrorDetails, InspectionData, InspectionLevel};
pub use output::{TestStateError, TestStateOutput, TestStatus};
pub use state::TestState;
