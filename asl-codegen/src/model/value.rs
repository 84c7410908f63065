//! What the value of a field is made of: constants, paths, calls, and expressions of JSONata.

use super::Variable;
use crate::jsonata::syntax;
use crate::query::intrinsic::Function;

/// A path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    /// Where it starts.
    pub(crate) root: Root,
    /// As written.
    pub(crate) text: String,
    /// What it walks along.
    pub(crate) steps: Vec<Selector>,
}

impl Path {
    /// Whether it selects one value: then it gives that value, and fails without one; else it gives an array.
    pub(crate) fn is_definite(&self) -> bool {
        self.steps.iter().all(Selector::is_definite)
    }

    /// The names of the union at its end, when there is one: what is selected is an object of them.
    pub(crate) fn union(&self) -> Option<&[String]> {
        let last = match self.steps.last()? {
            Selector::Descent(inner) => inner,
            last => last,
        };
        match last {
            Selector::Names(names) => Some(names),
            _ => None,
        }
    }
}

/// Where a path starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `$`: the data at hand.
    Data,
    /// `$$`: the context object.
    Context,
    /// `$name`.
    Variable {
        /// The variable.
        variable: Variable,
        /// How many scopes out it is: 0 is the innermost. Machines without variables of their own do not count.
        outer: usize,
    },
    /// `$name` that no machine in reach assigns: it never has a value.
    Unassigned,
    /// `$$.Map.Item.Value` in an `ItemSelector`; the steps go on from there.
    Item,
    /// `$$.Map.Item.Index` in an `ItemSelector`.
    ItemIndex,
}

pub(crate) use crate::query::path::Selector;

/// A payload template.
#[derive(Debug)]
pub(crate) enum Expr {
    Constant(Constant),
    /// Members in the order AWS gives them.
    Object(Vec<(String, Expr)>),
    Array(Vec<Expr>),
    /// An expression in a JSONata state.
    Jsonata(Box<Jsonata>),
    /// A `.$` field: its name as written, and its path.
    Path {
        field: String,
        path: Path,
    },
    /// A `.$` field with a call of an intrinsic function.
    Call(Expression),
}

/// A JSONata expression.
#[derive(Debug)]
pub(crate) struct Jsonata {
    /// Where it is, as AWS names it in causes: `Output/result`.
    pub(crate) location: String,
    /// Its text; run-time messages quote it.
    pub(crate) text: String,
    /// What it says.
    pub(crate) syntax: syntax::Node,
    /// The variables that it may read, each with where its value is.
    pub(crate) variables: Vec<(String, Root)>,
    /// What it is, when it is no more than that.
    pub(crate) whole: Option<Whole>,
    /// Whether it is `$merge([$states.input, {…}])`: as an output it can be put into the input.
    pub(crate) extends_input: bool,
    /// Whether it may read the state's input.
    pub(crate) reads_input: bool,
}

/// What `$states` has as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// `$states.input`
    Input,
    /// `$states.result`
    Result,
    /// `$states.errorOutput`
    ErrorOutput,
}

/// The call of an intrinsic function that a field's value is.
#[derive(Debug)]
pub(crate) struct Expression {
    /// The field's name as written.
    pub(crate) field: String,
    /// The call as written; run-time messages quote it.
    pub(crate) text: String,
    pub(crate) call: Call,
}

/// A call of an intrinsic function.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) callee: Callee,
    pub(crate) arguments: Vec<Argument>,
}

/// What is called.
#[derive(Debug)]
pub(crate) enum Callee {
    /// `States.Format` with these pieces of text around the arguments.
    Format(Vec<String>),
    Function(Function),
}

/// An argument of a call.
#[derive(Debug)]
pub(crate) enum Argument {
    Constant(Constant),
    Path(Path),
    Call(Call),
}

/// A constant value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    String(String),
    Array(Vec<Constant>),
    Object(Vec<(String, Constant)>),
}
