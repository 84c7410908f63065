//! JSONata: its syntax, and the facts that compiler and runtime must agree on. <https://docs.jsonata.org>
//!
//! Text to [`syntax::Node`] is [`parse`]; what evaluates a node is in the runtime. Nothing here needs the feature
//! `compile`, because the runtime reads expressions too: those that no code is generated for.

mod error;
mod function;
mod lexer;
mod parser;
pub mod picture;
pub mod regex;
pub mod signature;
pub mod syntax;

pub use error::Error;
pub use function::Function;
pub use parser::parse;
