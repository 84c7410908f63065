//! Wait states. Language spec, "Wait State".

use proc_macro2::TokenStream;
use quote::quote;

use super::evaluate::{Given, Kind};
use super::{Emitter, path};
use crate::model::{State, Then, Wait};

/// The longest `Seconds`, `TimeoutSeconds` and `HeartbeatSeconds`.
pub(super) const LONGEST: u32 = 99_999_999;

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
            Wait::SecondsJsonata(jsonata) => {
                let seconds = body.jsonata(jsonata, Kind::Integer(0, LONGEST));
                quote!(__rt::Wait::Seconds(u64::from(#seconds)))
            }
            Wait::TimestampJsonata(jsonata) => {
                let timestamp = body.jsonata(jsonata, Kind::Timestamp);
                quote!(__rt::Wait::Until(#timestamp))
            }
        };
        let last = quote!(Ok(__rt::Action::Perform(__rt::Effect::Wait(#wait))));
        let enter = self.enter_function(state, "how long to wait.", body, last);

        let mut body = self.body();
        if state.is_jsonata() {
            body.finish_state(&state.assign, state.output.as_ref(), Given::Nothing);
        } else {
            let assigned = body.evaluate(&state.assign, &quote!(data));
            body.narrow("OutputPath", &state.output_path);
            body.assign(assigned);
        }
        let result = self.result_function(state, "the time is up.", body, then);
        quote! {
            #enter

            #result
        }
    }
}
