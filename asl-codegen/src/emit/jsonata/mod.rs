//! The expressions of JSONata states.

mod compile;

#[doc(hidden)]
pub use compile::{Gives, Reason, function};
#[expect(unused_imports, reason = "the fields of JSONata states are not emitted yet")]
pub(crate) use compile::{compile, json, reason};
