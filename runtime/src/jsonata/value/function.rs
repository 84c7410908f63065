//! Functions as values.

use std::fmt;
use std::sync::Arc;

use asl_codegen::jsonata::Function as BuiltIn;

use super::Value;
use crate::jsonata::{Evaluation, Regex, Result, functions};

/// A function.
pub enum Function<'a> {
    /// A built-in one.
    BuiltIn(BuiltIn),
    /// One of generated code.
    Native(Native<'a>),
    /// A regular expression.
    Regex(Arc<Regex>),
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
        match self {
            Self::BuiltIn(function) => function.arity(),
            Self::Regex(_) => 2,
            Self::Native(native) => native.arity,
        }
    }

    /// Calls it.
    ///
    /// # Errors
    /// What it raises; an argument that it does not take.
    pub fn call(&self, evaluation: &Evaluation<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        match self {
            // A function that is called by another one has no context.
            Self::BuiltIn(function) => functions::call(evaluation, *function, &Value::Null, arguments),
            Self::Regex(regex) => regex.call_with(&arguments),
            Self::Native(native) => (native.call)(evaluation, &arguments),
        }
    }
}

impl fmt::Debug for Function<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("function")
    }
}
