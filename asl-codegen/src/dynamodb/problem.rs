//! What is wrong with an expression, in DynamoDB's words.

use std::fmt;
use std::ops::Range;

/// The kinds of expression, by the parameter that holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// `UpdateExpression`
    Update,
    /// `ConditionExpression`
    Condition,
    /// `ProjectionExpression`
    Projection,
}

impl ExpressionKind {
    /// The parameter's name.
    pub fn parameter(self) -> &'static str {
        match self {
            ExpressionKind::Update => "UpdateExpression",
            ExpressionKind::Condition => "ConditionExpression",
            ExpressionKind::Projection => "ProjectionExpression",
        }
    }
}

/// Something that DynamoDB refuses in an expression.
///
/// Shown as DynamoDB words it: `Invalid UpdateExpression: Attribute name is a reserved keyword; …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The expression it is in.
    pub expression: ExpressionKind,
    /// What it is.
    pub kind: ProblemKind,
    /// Its bytes in the expression; empty at the end of the text.
    pub range: Range<usize>,
    /// DynamoDB's message, without `Invalid UpdateExpression: `.
    pub message: String,
}

/// What a [`Problem`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text does not follow the grammar: a wrong token, an unknown function, a clause that appears twice.
    Syntax,
    /// An attribute name is a reserved word.
    ReservedWord,
    /// `#name` is not defined.
    UndefinedName,
    /// `:value` is not defined.
    UndefinedValue,
    /// Two document paths overlap or conflict.
    Overlap,
    /// An operand that the function or operator does not take.
    Operand,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invalid {}: {}", self.expression.parameter(), self.message)
    }
}

impl std::error::Error for Problem {}
