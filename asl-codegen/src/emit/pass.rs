//! Pass states. Language spec, "Pass State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Given;
use super::{Emitter, expr};
use crate::model::{PassValue, Select, State, Store, Then};

impl Emitter<'_> {
    pub(super) fn pass(&self, state: &State, value: &PassValue, result_path: &Store, then: Then) -> TokenStream {
        let mut body = self.body();
        if state.is_jsonata() {
            body.finish_state(&state.assign, state.output.as_ref(), Given::Nothing);
            return self.enter_function(state, "passes its input on.", body, self.then(then));
        }
        let assign = |body: &mut Body, data| body.evaluate(&state.assign, &data);
        let assigned = match (value, result_path) {
            // The input is moved, not copied.
            (PassValue::Input, Store::Replace) => {
                body.narrow("InputPath", &state.input_path);
                assign(&mut body, quote!(data))
            }
            (PassValue::Input, Store::Discard) => {
                let input = body.input(&state.input_path);
                assign(&mut body, input)
            }
            (PassValue::Input, Store::At(_)) => {
                let input = body.input(&state.input_path);
                body.push(quote!(let result = #input.clone();));
                let assigned = assign(&mut body, quote!(&result));
                body.store(result_path, quote!(result));
                assigned
            }
            (PassValue::Parameters(parameters), _) => {
                let input = body.input(&state.input_path);
                body.comment("Parameters");
                let result = expr::template(&mut body, parameters, &input);
                body.push(quote!(let result = #result;));
                body.inspect("AfterParameters", &quote!(&result));
                let assigned = assign(&mut body, quote!(&result));
                body.store(result_path, quote!(result));
                assigned
            }
            (PassValue::Result(result), _) => {
                // InputPath has no say in the result, but a path that finds nothing fails all the same.
                if matches!(state.input_path, Select::Path(_)) {
                    body.uninspected_input(&state.input_path);
                }
                body.comment("Result");
                let result = expr::constant(result);
                body.push(quote!(let result = #result;));
                body.inspect("Result", &quote!(&result));
                let assigned = assign(&mut body, quote!(&result));
                body.store(result_path, quote!(result));
                assigned
            }
        };
        body.narrow("OutputPath", &state.output_path);
        body.assign(assigned);
        self.enter_function(state, "passes its input on.", body, self.then(then))
    }
}
