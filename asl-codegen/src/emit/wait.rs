//! Wait states. Language spec, "Wait State".

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, path};
use crate::model::{State, Then, Wait};

impl Emitter<'_> {
    pub(super) fn wait(&self, state: &State, wait: &Wait, then: Then) -> TokenStream {
        let mut body = self.body();
        body.narrow("InputPath", &state.input_path);
        let wait = match wait {
            Wait::Seconds(seconds) => {
                let seconds = u64::from(*seconds);
                quote!(__rt::Wait::Seconds(#seconds))
            }
            Wait::SecondsPath(path) => {
                body.comment(&format!("SecondsPath {}", path.text));
                let root = body.root(path, &quote!(data));
                let path = path::constant(path);
                quote!(__rt::wait::seconds(#root, #path)?)
            }
            Wait::Timestamp(timestamp) => {
                let timestamp = super::choice::timestamp(*timestamp);
                quote!(__rt::Wait::Until(#timestamp))
            }
            Wait::TimestampPath(path) => {
                body.comment(&format!("TimestampPath {}", path.text));
                let root = body.root(path, &quote!(data));
                let path = path::constant(path);
                quote!(__rt::wait::timestamp(#root, #path)?)
            }
        };
        let last = quote!(Ok(__rt::Action::Perform(__rt::Effect::Wait(#wait))));
        let enter = self.enter_function(state, "how long to wait.", body, last);

        let mut body = self.body();
        let assigned = body.evaluate(&state.assign, &quote!(data));
        body.narrow("OutputPath", &state.output_path);
        body.assign(assigned);
        let result = self.result_function(state, "the time is up.", body, then);
        quote! {
            #enter

            #result
        }
    }
}
