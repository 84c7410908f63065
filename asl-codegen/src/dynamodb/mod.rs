//! DynamoDB's expression languages and numbers, shared by the compiler's checks and the runtime's stand-in.
//!
//! [`Update::parse`], [`Condition::parse`] and [`Projection::parse`] read the three kinds of expression; `problems` says
//! what DynamoDB would refuse once the placeholders are known, in DynamoDB's words and order.

mod analysis;
mod condition;
mod expression;
mod lexer;
mod number;
mod parser;
mod problem;
mod reserved;
mod scope;
mod update;

pub use condition::{Comparator, Condition, ConditionNode, Projection};
pub use expression::{Call, Element, ElementName, Operand, Path, Word};
pub use number::{Number, NumberError};
pub use problem::{ExpressionKind, Problem, ProblemKind};
pub use reserved::is_reserved;
pub use scope::{Known, Scope, Tag, Value};
pub use update::{Action, Clause, SetValue, Update};
