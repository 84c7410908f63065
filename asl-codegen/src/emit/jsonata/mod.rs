//! The expressions of JSONata states.

mod compile;

use proc_macro2::TokenStream;
use quote::quote;

use super::variables;
use crate::model::Jsonata;
#[cfg(feature = "text")]
#[doc(hidden)]
pub use compile::function_text;
#[doc(hidden)]
pub use compile::{Gives, Reason, Signature, Stands, function};
use compile::{compile, json};

/// What evaluates an expression.
pub(super) struct Evaluation {
    /// A Rust expression for the result of the expression: of its value, or of JSON. `evaluation` is at hand, and the static
    /// `EXPRESSION`.
    pub(super) tokens: TokenStream,
    /// Whether it gives JSON.
    pub(super) gives_json: bool,
    /// Whether it reads the machine's variables by their names.
    pub(super) reads_by_name: bool,
}

/// How an expression is evaluated: by code made of it, else by the interpreter. `takes_json` says whether JSON will do.
pub(super) fn evaluation(jsonata: &Jsonata, takes_json: bool) -> Evaluation {
    let variable = |name: &str| {
        let (_, root) = jsonata.variables.iter().find(|(known, _)| known == name)?;
        Some(variables::read(root))
    };
    if let Some(tokens) = json(&jsonata.syntax, &variable).filter(|_| takes_json) {
        return Evaluation { tokens, gives_json: true, reads_by_name: false };
    }
    if let Some(tokens) = compile(&jsonata.syntax, &variable) {
        return Evaluation { tokens, gives_json: false, reads_by_name: false };
    }
    let reads_by_name = !jsonata.variables.is_empty();
    let variables = if reads_by_name { quote!(&*self.variables) } else { quote!(&()) };
    let tokens = quote!(__rt::jsonata::interpret(evaluation, &EXPRESSION, #variables));
    Evaluation { tokens, gives_json: false, reads_by_name }
}
