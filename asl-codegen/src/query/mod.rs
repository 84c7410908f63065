//! The languages inside strings: paths, payload templates, intrinsic functions.

pub(crate) mod context_object;
pub mod intrinsic;
pub mod path;
pub(crate) mod read;
pub mod template;
