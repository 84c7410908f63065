//! The expressions of JSONata states.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Jsonata;

/// What evaluates an expression.
pub(super) struct Evaluation {
    /// An expression for a result of the expression's value. The static `EXPRESSION` and `evaluation` are at hand.
    pub(super) tokens: TokenStream,
    /// Whether it reads the machine's variables by their names.
    pub(super) reads_by_name: bool,
}

/// How an expression is evaluated.
pub(super) fn evaluation(jsonata: &Jsonata) -> Evaluation {
    let reads_by_name = !jsonata.variables.is_empty();
    let variables = if reads_by_name { quote!(&*self.variables) } else { quote!(&()) };
    Evaluation { tokens: quote!(__rt::jsonata::interpret(&evaluation, &EXPRESSION, #variables)), reads_by_name }
}
