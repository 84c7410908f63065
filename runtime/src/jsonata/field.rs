//! The expressions of a definition's fields: what their values must be, and how AWS says that they are not.

use std::sync::OnceLock;

use asl_codegen::jsonata::{Error, parse, syntax::Node};
use serde_json::Value as Json;

use crate::error::Error as StateError;
use crate::jsonata::{Result, Value};

/// An expression of a definition, for messages and for the interpreter.
#[derive(Debug)]
pub struct Expression {
    /// Where it is, as AWS names it: `Output/result`, `Arguments/FunctionName`, `Items`.
    pub location: &'static str,
    /// Its text, without delimiters and blanks around it.
    pub text: &'static str,
    node: OnceLock<Result<Node>>,
}

impl Expression {
    /// The expression `text` of the field `location`.
    pub const fn new(location: &'static str, text: &'static str) -> Self {
        Self { location, text, node: OnceLock::new() }
    }

    /// Its syntax tree: it is parsed once.
    ///
    /// # Errors
    /// It is no JSONata. The compiler has parsed it, so that this does not happen.
    pub fn node(&self) -> Result<&Node> {
        self.node.get_or_init(|| parse(self.text)).as_ref().map_err(Error::clone)
    }

    /// The JSON of what it gave, whatever it is.
    ///
    /// # Errors
    /// `States.QueryEvaluationError`: it raised an error, gave nothing, or gave a function.
    pub fn json(&self, result: Result<Value<'_>>) -> Result<Json, StateError> {
        let Self { location, text, .. } = self;
        let wrong = |what: String| {
            let cause = format!("The JSONata expression '{text}' specified for the field '{location}' {what}");
            StateError::raised("States.QueryEvaluationError", cause)
        };
        match result {
            Err(error) => Err(wrong(format!("threw an error during evaluation. {error}"))),
            Ok(Value::Undefined) => Err(wrong("returned nothing (undefined).".to_owned())),
            Ok(value) => value.into_json().ok_or_else(|| wrong("returned an unsupported result type.".to_owned())),
        }
    }
}
