//! Pass states. Language spec, "Pass State".

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, expr};
use crate::model::{PassValue, Select, State, Store, Then};

impl Emitter<'_> {
    pub(super) fn pass(&self, state: &State, value: &PassValue, result_path: &Store, then: Then) -> TokenStream {
        let mut body = self.body();
        match (value, result_path) {
            // The input is moved, not copied.
            (PassValue::Input, Store::Replace) => body.narrow("InputPath", &state.input_path),
            (PassValue::Input, Store::Discard) => {
                body.input(&state.input_path);
            }
            (PassValue::Input, Store::At(_)) => {
                let input = body.input(&state.input_path);
                body.push(quote!(let result = #input.clone();));
                body.store(result_path, quote!(result));
            }
            (PassValue::Parameters(parameters), _) => {
                let input = body.input(&state.input_path);
                body.comment("Parameters");
                let result = expr::template(&mut body, parameters, &input);
                body.push(quote!(let result = #result;));
                body.store(result_path, quote!(result));
            }
            (PassValue::Result(result), _) => {
                // InputPath has no say in the result, but a path that finds nothing fails all the same.
                if matches!(state.input_path, Select::Path(_)) {
                    body.input(&state.input_path);
                }
                body.comment("Result");
                body.store(result_path, expr::constant(result));
            }
        }
        body.narrow("OutputPath", &state.output_path);
        self.enter_function(state, "passes its input on.", body, self.then(then))
    }
}
