//! The languages inside strings: paths, payload templates, intrinsic functions.

pub(crate) mod context_object;
pub mod path;
pub mod template;
