//! What generated code does with data: paths, writes, comparisons, intrinsic functions.

pub(crate) mod build;
pub mod compare;
pub mod filter;
pub mod fork;
pub mod intrinsic;
pub mod map_run;
pub mod path;
pub mod select;
pub mod serial;
pub mod variable;
pub mod wait;
