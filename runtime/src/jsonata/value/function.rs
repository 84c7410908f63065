//! Functions as values.

use std::fmt;
use std::sync::Arc;

use asl_codegen::jsonata::Function as BuiltIn;

use super::Value;
use crate::jsonata::interpreter::{self, Closure, Composed, Partial, Tail, Transformer};
use crate::jsonata::regex::Regex;
use crate::jsonata::{Evaluation, Result};

/// A function.
pub enum Function<'a> {
    /// A built-in one.
    BuiltIn(BuiltIn),
    /// One of generated code.
    Native(Native<'a>),
    /// A regular expression.
    Regex(Arc<Regex>),
    /// A function literal that is interpreted.
    #[allow(private_interfaces, reason = "only the interpreter makes it")]
    Lambda(Closure<'a>),
    /// A function that has some of its arguments.
    #[allow(private_interfaces, reason = "only the interpreter makes it")]
    Partial(Partial<'a>),
    /// `f ~> g`
    #[allow(private_interfaces, reason = "only the interpreter makes it")]
    Composed(Composed<'a>),
    /// `| pattern | update, delete |`
    #[allow(private_interfaces, reason = "only the interpreter makes it")]
    Transform(Transformer<'a>),
    /// A call at the end of a lambda, before it is done. No value that an evaluation gives is one.
    #[allow(private_interfaces, reason = "only the interpreter makes it")]
    Tail(Tail<'a>),
}

/// A function of generated code.
pub struct Native<'a> {
    /// How many parameters it has.
    pub arity: usize,
    /// What it does.
    pub call: Box<NativeCall<'a>>,
}

/// What a function of generated code does with its arguments.
pub type NativeCall<'a> = dyn Fn(&Evaluation<'a>, &[Value<'a>]) -> Result<Value<'a>> + 'a;

impl<'a> Function<'a> {
    /// How many parameters it has: a function that takes functions gives it no more arguments.
    pub fn arity(&self) -> usize {
        interpreter::arity(self)
    }

    /// Calls it. It has no context: an argument that is missing stays missing. What it gives may be a sequence of no or one
    /// value.
    ///
    /// # Errors
    /// What it raises; an argument that it does not take.
    pub fn call(&self, evaluation: &Evaluation<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        interpreter::call(evaluation, self, &Value::Null, arguments)
    }

    /// How many levels of values and functions it holds.
    pub(crate) fn depth(&self) -> u32 {
        interpreter::depth(self)
    }
}

impl fmt::Debug for Function<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("function")
    }
}
