//! JSONata while running: what generated code calls, and an interpreter for what no code is generated for. Both use the same
//! values, operators and functions, and borrow the state's data. <https://docs.jsonata.org>
//!
//! An evaluation is synchronous, uses one thread, and reads neither clock nor randomness but what the execution's context
//! gives it.

pub mod compiled;
mod evaluation;
mod field;
pub mod functions;
pub mod group;
pub mod interpreter;
pub mod operators;
pub mod path;
mod random;
pub mod regex;
pub mod sequence;
pub mod signature;
pub mod sort;
pub mod text;
mod value;

pub use asl_codegen::jsonata::syntax::Operator;
pub use asl_codegen::jsonata::{Error, Function as BuiltIn};
pub use evaluation::{Evaluation, Limits, Storage, Variables};
pub use field::{Expression, interpret};
pub use regex::Regex;
pub use sequence::Sequence;
pub use value::Value;
pub use value::array::{Array, List};
pub use value::function::{Function, Native, NativeCall};
pub use value::object::{Members, Object};

/// What an evaluation gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;
