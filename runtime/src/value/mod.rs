//! What generated code does with data: paths, writes, comparisons.

pub(crate) mod build;
pub mod compare;
pub mod path;
pub mod serial;
pub mod wait;
