//! Task states. Language spec, "Task State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{Emitter, expr, ident, path};
use crate::model::{Retrier, Seconds, State, Store, Task, Then};

impl Emitter<'_> {
    pub(super) fn task(&self, state: &State, task: &Task) -> TokenStream {
        let enter = self.task_enter(state, task);
        let result = self.task_result(state, task);
        let catch = (!task.outcome.catch.is_empty()).then(|| self.task_catch(state, task));
        quote!(#enter #result #catch)
    }

    fn task_enter(&self, state: &State, task: &Task) -> TokenStream {
        let mut body = self.body();
        let input = body.input(&state.input_path);
        let timeout = seconds(&mut body, "TimeoutSecondsPath", task.timeout.as_ref(), &input);
        let heartbeat = seconds(&mut body, "HeartbeatSecondsPath", task.heartbeat.as_ref(), &input);
        let parameters = match &task.parameters {
            Some(parameters) => {
                body.comment("Parameters");
                expr::template(&mut body, parameters, &input)
            }
            None => quote!(#input.clone()),
        };
        body.push(quote!(let parameters = #parameters;));
        let statements = body.finish();
        let facts = task_facts(state, task);
        let what = format!("what is asked of `{}:{}`.", task.service, task.action);
        let docs = self.function_docs(state, &what);
        let name = ident(&state.function);
        quote! {
            #docs
            fn #name(data: &__rt::Value, context: &__rt::Context<'_>) -> __rt::Result<__rt::Action> {
                static TASK: __rt::Task = #facts;
                #statements
                Ok(__rt::Action::Perform(__rt::Effect::Call(__rt::Call {
                    task: &TASK,
                    parameters,
                    timeout_seconds: #timeout,
                    heartbeat_seconds: #heartbeat,
                    credentials: None,
                })))
            }
        }
    }

    fn task_result(&self, state: &State, task: &Task) -> TokenStream {
        let mut body = self.body();
        if let Some(selector) = &task.outcome.result_selector {
            body.comment("ResultSelector");
            let selected = expr::template(&mut body, selector, &quote!(&result));
            body.push(quote!(let result = #selected;));
        }
        body.store(&task.outcome.result_path, quote!(result));
        body.narrow("OutputPath", &state.output_path);
        self.result_function(state, "what is done with the answer.", body, task.outcome.then)
    }

    /// The function for what comes after a state's effect.
    pub(super) fn result_function(&self, state: &State, docs: &str, body: Body, then: Then) -> TokenStream {
        let docs = self.function_docs(state, docs);
        let name = ident(&format!("{}_result", state.function));
        let statements = body.finish();
        let last = self.then(then);
        quote! {
            #docs
            fn #name(
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
    fn task_catch(&self, state: &State, task: &Task) -> TokenStream {
        let mut arms: Vec<TokenStream> = Vec::new();
        for (index, catcher) in task.outcome.catch.iter().enumerate() {
            let mut body = self.body();
            body.comment(&format!("Catch[{index}] {}", catcher.error_equals.join(", ")));
            match &catcher.result_path {
                Store::Discard => body.comment("ResultPath null"),
                store => body.store(store, quote!(error_output)),
            }
            let statements = body.finish();
            let next = self.next(catcher.next);
            arms.push(quote!(#statements #next));
        }
        let last = arms.pop();
        let docs = self.function_docs(state, "what is done with an error.");
        let name = ident(&format!("{}_catch", state.function));
        let indexes = 0..arms.len();
        let choice = if arms.is_empty() {
            quote!(#last)
        } else {
            quote!(match catcher { #(#indexes => { #arms })* _ => { #last } })
        };
        quote! {
            #docs
            fn #name(
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

/// What of a Task does not change.
fn task_facts(state: &State, task: &Task) -> TokenStream {
    let Task { arn, service, action, .. } = task;
    let name = &state.name;
    let retry = task.outcome.retry.iter().map(retrier);
    let catch = task.outcome.catch.iter().map(|catcher| {
        let error_equals = &catcher.error_equals;
        quote!(&[#(#error_equals),*])
    });
    quote! {
        __rt::Task {
            state: #name,
            resource: __rt::Resource { arn: #arn, service: #service, action: #action, pattern: "" },
            recovery: __rt::Recovery { retry: &[#(#retry),*], catch: &[#(#catch),*] },
        }
    }
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

fn seconds(body: &mut Body, field: &str, seconds: Option<&Seconds>, input: &TokenStream) -> TokenStream {
    option(seconds.map(|seconds| match seconds {
        Seconds::Constant(seconds) => quote!(#seconds),
        Seconds::Path(path) => {
            body.comment(&format!("{field} {}", path.text));
            let root = body.root(path, input);
            let path = path::constant(path);
            quote!(__rt::wait::timeout(#root, #path)?)
        }
    }))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
