//! Fail states. Language spec, "Fail State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Kind;
use super::{Emitter, intrinsic, path};
use crate::model::{FailText, State};

impl Emitter<'_> {
    pub(super) fn fail(&self, state: &State, error: Option<&FailText>, cause: Option<&FailText>) -> TokenStream {
        let mut body = self.body();
        let error = text(&mut body, error);
        let cause = text(&mut body, cause);
        let last = quote!(Err(__rt::Error::from_parts(#error, #cause)));
        self.enter_function(state, "the execution fails.", body, last)
    }
}

fn text(body: &mut Body, text: Option<&FailText>) -> TokenStream {
    match text {
        None => quote!(None),
        Some(FailText::Constant(text)) => quote!(Some(#text.into())),
        Some(FailText::Path(field, path)) => {
            let root = body.template_root(path, &quote!(data), field);
            let path = path::constant(path);
            quote!(Some(__rt::path::text(#root, #path, #field)?.into()))
        }
        Some(FailText::Jsonata(jsonata)) => {
            let text = body.jsonata(jsonata, Kind::String);
            quote!(Some(#text.into()))
        }
        Some(FailText::Call(expression)) => {
            let text = intrinsic::text(body, expression, &quote!(data));
            quote!(Some(#text.into()))
        }
    }
}
