//! What a Task, Parallel or Map state does when its work is done or has failed. Language spec, "Input and output
//! processing" and "Errors".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Given;
use super::{Emitter, expr, ident};
use crate::model::{Outcome, Retrier, State, Store, Then};

impl Emitter<'_> {
    /// The functions that leave the state. `result` says what is done in the first of them.
    pub(super) fn outcome_functions(&self, state: &State, outcome: &Outcome, result: &str) -> TokenStream {
        let result = self.outcome_result(state, outcome, result);
        let catch = (!outcome.catch.is_empty()).then(|| self.outcome_catch(state, outcome));
        quote!(#result #catch)
    }

    fn outcome_result(&self, state: &State, outcome: &Outcome, what: &str) -> TokenStream {
        let mut body = self.body();
        if state.is_jsonata() {
            body.finish_state(&state.assign, state.output.as_ref(), Given::Result);
            return self.result_function(state, what, body, outcome.then);
        }
        let assigned = body.evaluate(&state.assign, &quote!(&result));
        if let Some(selector) = &outcome.result_selector {
            body.comment("ResultSelector");
            let selected = expr::template(&mut body, selector, &quote!(&result));
            body.push(quote!(let result = #selected;));
            body.inspect("AfterResultSelector", &quote!(&result));
        }
        body.store(&outcome.result_path, quote!(result));
        body.narrow("OutputPath", &state.output_path);
        body.assign(assigned);
        self.result_function(state, what, body, outcome.then)
    }

    /// The function for what comes after a state's effect.
    pub(super) fn result_function(&self, state: &State, docs: &str, body: Body, then: Then) -> TokenStream {
        let docs = self.function_docs(state, docs);
        let name = ident(&format!("{}_result", state.function));
        let receiver = self.receiver(body.assigns());
        let statements = self.finish(body);
        let last = self.then(then);
        quote! {
            #docs
            fn #name(
                #receiver
                data: &mut __rt::Value,
                result: __rt::Value,
                context: &__rt::Context<'_>,
            ) -> __rt::Result<__rt::Action> {
                #statements
                #last
            }
        }
    }

    /// Catchers put the Error Output into the state's input; no other field of the state has a say. AWS developer guide,
    /// "Processing input and output".
    fn outcome_catch(&self, state: &State, outcome: &Outcome) -> TokenStream {
        let mut arms: Vec<TokenStream> = Vec::new();
        let mut assigns = false;
        for (index, catcher) in outcome.catch.iter().enumerate() {
            let mut body = self.body();
            body.comment(&format!("Catch[{index}] {}", catcher.error_equals.join(", ")));
            if state.is_jsonata() {
                body.finish_state(&catcher.assign, catcher.output.as_ref(), Given::ErrorOutput);
            } else {
                let assigned = body.evaluate(&catcher.assign, &quote!(&error_output));
                match &catcher.result_path {
                    Store::Discard => body.comment("ResultPath null"),
                    store => body.store(store, quote!(error_output)),
                }
                body.assign(assigned);
            }
            assigns |= body.assigns();
            let statements = self.finish(body);
            let next = self.next(catcher.next);
            arms.push(quote!(#statements #next));
        }
        let last = arms.pop();
        let docs = self.function_docs(state, "what is done with an error.");
        let name = ident(&format!("{}_catch", state.function));
        let receiver = self.receiver(assigns);
        let indexes = 0..arms.len();
        let choice = if arms.is_empty() {
            quote!(#last)
        } else {
            quote!(match catcher { #(#indexes => { #arms })* _ => { #last } })
        };
        quote! {
            #docs
            fn #name(
                #receiver
                catcher: usize,
                data: &mut __rt::Value,
                error_output: __rt::Value,
                context: &__rt::Context<'_>,
            ) -> __rt::Result<__rt::Action> {
                #choice
            }
        }
    }
}

/// The facts of `Retry` and `Catch`.
pub(super) fn recovery(outcome: &Outcome) -> TokenStream {
    let retry = outcome.retry.iter().map(retrier);
    let catch = outcome.catch.iter().map(|catcher| {
        let error_equals = &catcher.error_equals;
        quote!(&[#(#error_equals),*])
    });
    quote!(__rt::Recovery { retry: &[#(#retry),*], catch: &[#(#catch),*] })
}

fn retrier(retrier: &Retrier) -> TokenStream {
    let Retrier { error_equals, interval_seconds, max_attempts, backoff_rate, max_delay_seconds, full_jitter } =
        retrier;
    let max_delay_seconds = option(max_delay_seconds.map(|seconds| quote!(#seconds)));
    quote! {
        __rt::Retrier {
            error_equals: &[#(#error_equals),*],
            interval_seconds: #interval_seconds,
            max_attempts: #max_attempts,
            backoff_rate: #backoff_rate,
            max_delay_seconds: #max_delay_seconds,
            full_jitter: #full_jitter,
        }
    }
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
