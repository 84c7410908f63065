//! The languages inside strings: paths, payload templates, intrinsic functions.

pub(crate) mod context_object;
pub(crate) mod intrinsic;
pub mod path;
pub mod template;
