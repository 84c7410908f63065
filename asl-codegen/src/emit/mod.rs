//! Model to Rust. The only place that builds tokens.

#[cfg(feature = "text")]
mod text;

#[cfg(feature = "text")]
pub use text::text;
