//! The modules of the machines inside states.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident, outcome};

impl Emitter<'_> {
    /// A module for each machine inside a state, in the order of the definition.
    pub(super) fn nested(&self) -> TokenStream {
        let machines = self.machine.states.iter().flat_map(|state| state.machines());
        machines.map(|machine| Emitter { machine, ..*self }.nested_module()).collect()
    }

    fn nested_module(&self) -> TokenStream {
        let docs = self.module_docs();
        let name = ident(&self.machine.module);
        let state = self.state_enum();
        let functions = self.functions();
        let nested = self.nested();
        // What the functions read of the variables is known now.
        let machine = self.machine();
        quote! {
            #docs
            pub mod #name {
                use super::__rt;
                use __rt::Step::{Index, Name};

                #state
                #machine
                #functions
                #nested
            }
        }
    }

    /// The function that gives `Retry` and `Catch` of the states with machines inside, and of those whose expressions can
    /// fail. Those of a Task are also in what it has performed.
    pub(super) fn recovery_function(&self) -> Option<TokenStream> {
        let arms = self
            .machine
            .states
            .iter()
            .filter(|state| !state.machines().is_empty() || state.is_jsonata())
            .filter_map(|state| {
                let outcome =
                    state.work.outcome().filter(|outcome| !outcome.retry.is_empty() || !outcome.catch.is_empty())?;
                let variant = ident(&state.variant);
                let recovery = outcome::recovery(outcome);
                Some(quote!(Some(State::#variant) => &#recovery,))
            });
        let arms: Vec<_> = arms.collect();
        (!arms.is_empty()).then(|| {
            quote! {
                fn recovery(&self, state: __rt::StateId) -> &'static __rt::Recovery {
                    match State::from_id(state) {
                        #(#arms)*
                        _ => &__rt::Recovery::NONE,
                    }
                }
            }
        })
    }

    /// The function that gives the machines inside states.
    pub(super) fn inner_function(&self) -> TokenStream {
        let arms = self.machine.states.iter().flat_map(|state| {
            let variant = ident(&state.variant);
            state.machines().iter().enumerate().map(move |(number, machine)| {
                let boxed = self.boxed(machine);
                quote!((Some(State::#variant), #number) => Some(#boxed),)
            })
        });
        let arms = arms.collect::<Vec<_>>();
        if arms.is_empty() {
            return TokenStream::new();
        }
        quote! {
            fn inner(&self, state: __rt::StateId, branch: usize) -> Option<Box<dyn __rt::Machine>> {
                match (State::from_id(state), branch) {
                    #(#arms)*
                    _ => None,
                }
            }
        }
    }
}
