//! Why an expression is interpreted.

use std::fmt;

/// What an expression has that no code is generated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `%`
    Parent,
    /// `@$name`
    Focus,
    /// `#$name`
    Index,
    /// `| pattern | update |`
    Transform,
    /// `f(a, ?)`
    Partial,
    /// `f ~> g`
    Composition,
    /// A function that calls itself, or reads a variable that gets its value later.
    Recursion,
    /// A function that is given on as a value.
    FunctionValue,
    /// A function with a signature.
    Signature,
    /// A call of what is no function of a name.
    Callee,
    /// `$eval`
    Eval,
    /// `:=` elsewhere than in a block.
    Bind,
    /// A regular expression elsewhere than as an argument of a function that takes one.
    Regex,
    /// An object with a name twice.
    SameName,
    /// An array as the first step of a path, or a step, that reads what the path is applied to.
    ArrayStep,
    /// `**[]`
    KeptArray,
    /// JSON is asked for, and it constructs nothing.
    NoConstructor,
    /// It is long or nested.
    Size,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parent => "it uses the parent operator `%`",
            Self::Focus => "it binds the context with `@`",
            Self::Index => "it binds the position with `#`",
            Self::Transform => "it has a transformation `|…|…|`",
            Self::Partial => "it applies a function partially",
            Self::Composition => "it composes functions",
            Self::Recursion => "a function in it calls itself, or reads a variable that gets its value later",
            Self::FunctionValue => "it uses a function as a value",
            Self::Signature => "a function in it has a signature",
            Self::Callee => "it calls what is not the name of a function",
            Self::Eval => "it calls `$eval`",
            Self::Bind => "it binds a variable elsewhere than in a block",
            Self::Regex => "it uses a regular expression elsewhere than as an argument of a function that takes one",
            Self::SameName => "an object in it has a name twice",
            Self::ArrayStep => "an array in a path reads what the path is applied to",
            Self::KeptArray => "it keeps an array with `[]` elsewhere than in a path",
            Self::NoConstructor => "it constructs nothing",
            Self::Size => "it is long, or nested deeply",
        })
    }
}
