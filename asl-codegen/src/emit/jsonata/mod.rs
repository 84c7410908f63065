//! The expressions of JSONata states.

mod compile;

#[cfg(feature = "text")]
#[doc(hidden)]
pub use compile::function_text;
#[doc(hidden)]
pub use compile::{Gives, Reason, Signature, Stands, function};
#[expect(unused_imports, reason = "the fields of JSONata states are not emitted yet")]
pub(crate) use compile::{compile, json, reason};
