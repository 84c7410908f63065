//! Task states. Language spec, "Task State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Kind;
use super::outcome::{self, option};
use super::wait::LONGEST;
use super::{Emitter, code, expr, ident, path};
use crate::model::{Expr, Seconds, State, Task};
use crate::service::Parts;

impl Emitter<'_> {
    pub(super) fn task(&self, state: &State, task: &Task) -> TokenStream {
        let enter = self.task_enter(state, task);
        let outcome = self.outcome_functions(state, &task.outcome, "what is done with the answer.");
        quote!(#enter #outcome)
    }

    fn task_enter(&self, state: &State, task: &Task) -> TokenStream {
        let mut body = self.body();
        let input = body.input(&state.input_path);
        let timeout = seconds(&mut body, "TimeoutSecondsPath", task.timeout.as_ref(), &input);
        let heartbeat = seconds(&mut body, "HeartbeatSecondsPath", task.heartbeat.as_ref(), &input);
        let parameters = match &task.parameters {
            Some(parameters) => {
                body.comment(state.parameters_field());
                object_or_any(&mut body, task, parameters, &input)
            }
            None => quote!(#input.clone()),
        };
        body.push(quote!(let parameters = #parameters;));
        if task.parameters.is_some() {
            body.inspect(state.parameters_stage(), &quote!(&parameters));
        }
        let credentials = option(task.credentials.as_ref().map(|credentials| {
            body.comment("Credentials");
            match credentials {
                Expr::Jsonata(jsonata) => body.jsonata(jsonata, Kind::Object),
                credentials => expr::template(&mut body, credentials, &input),
            }
        }));
        let statements = self.finish(body);
        let facts = task_facts(state, task);
        let what = format!("what is asked of {}.", asked(&task.resource));
        let docs = self.function_docs(state, &what);
        let name = ident(&state.function);
        let receiver = self.receiver(false);
        quote! {
            #docs
            fn #name(#receiver data: &__rt::Value, context: &__rt::Context<'_>) -> __rt::Result<__rt::Action> {
                static TASK: __rt::Task = #facts;
                #statements
                Ok(__rt::Action::Perform(__rt::Effect::Call(__rt::Call {
                    task: &TASK,
                    parameters,
                    timeout_seconds: #timeout,
                    heartbeat_seconds: #heartbeat,
                    credentials: #credentials,
                })))
            }
        }
    }
}

/// Who is asked, as code: the action with its service and pattern, or a Lambda function's name.
fn asked(Parts { service, action, pattern }: &Parts) -> String {
    let service = if service.is_empty() { String::new() } else { format!("{service}:") };
    let pattern = if pattern.is_empty() { String::new() } else { format!(".{pattern}") };
    code(&format!("{service}{action}{pattern}"))
}

/// What of a Task does not change.
fn task_facts(state: &State, task: &Task) -> TokenStream {
    let Task { arn, resource: Parts { service, action, pattern }, .. } = task;
    let name = &state.name;
    let recovery = outcome::recovery(&task.outcome);
    quote! {
        __rt::Task {
            state: #name,
            resource: __rt::Resource { arn: #arn, service: #service, action: #action, pattern: #pattern },
            recovery: #recovery,
        }
    }
}

/// `Parameters` or `Arguments`. Services are asked with an object; functions and activities with any JSON.
fn object_or_any(body: &mut Body, task: &Task, parameters: &Expr, input: &TokenStream) -> TokenStream {
    match parameters {
        Expr::Jsonata(jsonata) if !matches!(&*task.resource.service, "" | "activity") => {
            body.jsonata(jsonata, Kind::Object)
        }
        parameters => expr::template(body, parameters, input),
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
        Seconds::Jsonata(jsonata) => body.jsonata(jsonata, Kind::Integer(1, LONGEST)),
    }))
}
