//! The functions of one state.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Given;
use super::{Emitter, code, doc, escape_markdown, ident};
use crate::model::{State, Then, Work};

impl Emitter<'_> {
    /// All functions of a state.
    pub(super) fn state_functions(&self, state: &State) -> TokenStream {
        match &state.work {
            Work::Task(task) => self.task(state, task),
            Work::Pass { value, result_path, then } => self.pass(state, value, result_path, *then),
            Work::Choice { rules, default } => self.choice(state, rules, *default),
            Work::Wait { wait, then } => self.wait(state, wait, *then),
            Work::Succeed => self.succeed(state),
            Work::Fail { error, cause } => self.fail(state, error.as_ref(), cause.as_ref()),
            Work::Parallel(parallel) => self.parallel(state, parallel),
            Work::Map(map) => self.map(state, map),
        }
    }

    pub(super) fn body(&self) -> Body {
        Body::new(self.comments)
    }

    /// The statements of a function.
    pub(super) fn finish(&self, body: Body) -> TokenStream {
        if body.reads_by_name() {
            self.reads_by_name.set(true);
        }
        body.finish()
    }

    /// How a state's function gets the machine: it needs it for its variables only.
    pub(super) fn receiver(&self, assigns: bool) -> TokenStream {
        match (self.machine.is_scoped(), assigns) {
            (false, _) => TokenStream::new(),
            (true, false) => quote!(&self,),
            (true, true) => quote!(&mut self,),
        }
    }

    /// The last expression of a function that leaves the state.
    pub(super) fn then(&self, then: Then) -> TokenStream {
        match then {
            Then::Next(state) => self.next(state),
            Then::End => quote!(Ok(__rt::Action::End)),
        }
    }

    /// The function that enters a state.
    pub(super) fn enter_function(&self, state: &State, what: &str, body: Body, last: TokenStream) -> TokenStream {
        let docs = self.function_docs(state, what);
        let name = ident(&state.function);
        let receiver = self.receiver(body.assigns());
        let statements = self.finish(body);
        quote! {
            #docs
            fn #name(#receiver data: &mut __rt::Value, context: &__rt::Context<'_>) -> __rt::Result<__rt::Action> {
                #statements
                #last
            }
        }
    }

    /// Name and position of the state, and what the function does.
    pub(super) fn function_docs(&self, state: &State, what: &str) -> TokenStream {
        let mut docs =
            format!("{} ({}): {what}", code(&state.name), code(&format!("{}:{}", self.model.file, state.line)));
        if let Some(comment) = &state.comment {
            docs.push_str("\n\n");
            docs.push_str(&escape_markdown(comment));
        }
        doc(&docs)
    }

    fn succeed(&self, state: &State) -> TokenStream {
        let mut body = self.body();
        if state.is_jsonata() {
            body.finish_state(&state.assign, state.output.as_ref(), Given::Nothing);
        } else {
            body.narrow("InputPath", &state.input_path);
            body.narrow("OutputPath", &state.output_path);
        }
        self.enter_function(state, "the execution succeeds.", body, quote!(Ok(__rt::Action::End)))
    }
}
