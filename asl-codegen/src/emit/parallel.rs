//! Parallel states. Language spec, "Parallel State".

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, expr};
use crate::model::{Parallel, State};

impl Emitter<'_> {
    pub(super) fn parallel(&self, state: &State, parallel: &Parallel) -> TokenStream {
        let mut body = self.body();
        let takes = if state.is_jsonata() { state.takes_input() } else { parallel.outcome.takes_input() };
        let moves = parallel.parameters.is_none() && takes;
        let input = match &parallel.parameters {
            Some(parameters) => {
                let input = body.input(&state.input_path);
                body.comment(state.parameters_field());
                let parameters = expr::template(&mut body, parameters, &input);
                body.push(quote!(let parameters = #parameters;));
                body.inspect(state.parameters_stage(), &quote!(&parameters));
                quote!(parameters)
            }
            None if moves => {
                body.narrow("InputPath", &state.input_path);
                quote!(data.take())
            }
            None => {
                let input = body.input(&state.input_path);
                quote!(#input.clone())
            }
        };
        let branches = parallel.branches.len();
        let last = quote! {
            Ok(__rt::Action::Perform(__rt::Effect::Fork(__rt::Fork {
                inputs: __rt::fork::copies(#input, #branches),
                max_concurrency: None,
            })))
        };
        let enter = self.fork_function(state, "what each branch gets.", body, (moves, last));
        let outcome = self.outcome_functions(state, &parallel.outcome, "what is done with the outputs.");
        quote!(#enter #outcome)
    }
}
