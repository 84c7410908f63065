//! Compiles the Amazon States Language to typed, async Rust.
//!
//! [`compile`] is the whole compiler: text in, Rust or findings out. The macro, the build helper and the command line
//! are three doors to it.
//!
//! Without the feature `compile` only what the runtime shares is built: the facts on which both must agree, among them
//! JSONata's syntax.

pub mod dynamodb;
pub mod intrinsic;
pub mod jsonata;
pub mod member_order;
pub mod timestamp;

#[cfg(feature = "text")]
pub mod build;
#[cfg(feature = "compile")]
mod check;
#[cfg(feature = "compile")]
pub mod codes;
#[cfg(feature = "compile")]
pub mod definition;
#[cfg(feature = "compile")]
pub mod diagnostic;
#[cfg(feature = "compile")]
pub mod diagram;
#[cfg(feature = "compile")]
mod edit;
#[cfg(feature = "compile")]
mod emit;
#[cfg(feature = "compile")]
mod json;
#[cfg(feature = "compile")]
mod lower;
#[cfg(feature = "compile")]
mod model;
#[cfg(feature = "compile")]
mod names;
#[cfg(feature = "compile")]
pub mod node;
#[cfg(feature = "compile")]
mod options;
#[cfg(feature = "compile")]
pub mod query;
#[cfg(feature = "compile")]
pub mod render;
#[cfg(feature = "compile")]
pub mod service;
#[cfg(feature = "compile")]
mod shape;
#[cfg(feature = "compile")]
pub mod source;
#[cfg(feature = "compile")]
pub mod span;
#[cfg(feature = "compile")]
mod yaml;

#[cfg(feature = "text")]
pub use emit::text;
#[cfg(feature = "compile")]
pub use options::Options;
#[cfg(feature = "compile")]
pub use pipeline::{Compiled, check, compile};

#[cfg(feature = "compile")]
mod pipeline;

/// Rust for one expression, as a function: for tests and benches.
#[cfg(feature = "compile")]
#[doc(hidden)]
pub use emit::jsonata as emitted_jsonata;
