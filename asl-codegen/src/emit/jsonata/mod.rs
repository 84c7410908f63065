//! The expressions of JSONata states.

mod compile;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

#[cfg(feature = "text")]
#[doc(hidden)]
pub use compile::function_text;
pub(crate) use compile::reason;
#[doc(hidden)]
pub use compile::{Gives, Reason, Signature, Stands, function};

use crate::jsonata::syntax::Kind;
use crate::model::Jsonata;

/// What evaluates an expression.
pub(super) struct Evaluation {
    /// An expression for a result of the expression's value, or of its JSON. The static `EXPRESSION` and `evaluation`, a
    /// reference, are at hand.
    pub(super) tokens: TokenStream,
    /// Whether the result is JSON already.
    pub(super) is_json: bool,
    /// Whether it reads the machine's variables by their names.
    pub(super) reads_by_name: bool,
    /// Whether it reads `evaluation`.
    pub(super) reads_evaluation: bool,
}

/// How an expression is evaluated: by generated code, or by the interpreter. `wants_json` says that its value is made JSON.
pub(super) fn evaluation(jsonata: &Jsonata, wants_json: bool) -> Evaluation {
    let variables = variables(jsonata);
    let json = wants_json.then(|| compile::json(&jsonata.syntax, &variables)).flatten();
    let is_json = json.is_some();
    if let Some(tokens) = json.or_else(|| compile::compile(&jsonata.syntax, &variables)) {
        let reads_evaluation = mentions(tokens.clone(), "evaluation");
        let tokens = begun(tokens, reads_evaluation);
        return Evaluation { tokens, is_json, reads_by_name: false, reads_evaluation };
    }
    let reads_by_name = !jsonata.variables.is_empty();
    let variables = if reads_by_name { quote!(&*self.variables) } else { quote!(&()) };
    let tokens = quote!(__rt::jsonata::interpret(evaluation, &EXPRESSION, #variables));
    Evaluation { tokens, is_json: false, reads_by_name, reads_evaluation: true }
}

/// What `$merge([$states.input, {…}])` adds to the input: a Rust expression for a result of JSON, and whether it reads
/// `evaluation`. None for any other expression.
pub(super) fn added(jsonata: &Jsonata) -> Option<(TokenStream, bool)> {
    let Kind::Call(call) = &jsonata.syntax.kind else { return None };
    let Kind::Array(items) = &call.arguments.first().filter(|_| jsonata.extends_input)?.kind else { return None };
    let tokens = compile::json(items.get(1)?, &variables(jsonata))?;
    let reads_evaluation = mentions(tokens.clone(), "evaluation");
    Some((begun(tokens, reads_evaluation), reads_evaluation))
}

/// What gives the values of the machine's variables.
fn variables(jsonata: &Jsonata) -> impl Fn(&str) -> Option<TokenStream> {
    |name| {
        let (_, root) = jsonata.variables.iter().find(|(known, _)| known == name)?;
        Some(super::variables::read(root))
    }
}

/// The code, after the limits are begun with where it can reach them.
fn begun(tokens: TokenStream, reads_evaluation: bool) -> TokenStream {
    match reads_evaluation && counts(&tokens) {
        true => quote!({ evaluation.begin(); #tokens }),
        false => tokens,
    }
}

/// Whether the limits of an expression can be reached: what counts can fail.
fn counts(tokens: &TokenStream) -> bool {
    let succeeds = matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(first)) if first == "Ok");
    !succeeds || compile::asks(tokens.clone())
}

/// Whether an identifier is in the tokens.
fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}
