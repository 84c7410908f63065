//! The `State` enum, the machine's dispatch, and the ways in.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, code, doc, ident};
use crate::model::Work;

impl Emitter<'_> {
    /// The states as an enum that is known by the names of the definition.
    pub(super) fn state_enum(&self) -> TokenStream {
        let variants = self.machine.states.iter().map(|state| {
            let docs = doc(&format!("{}, a {} state.", code(&state.name), state.work.state_type()));
            let variant = ident(&state.variant);
            quote!(#docs #variant,)
        });
        let all = self.machine.states.iter().map(|state| ident(&state.variant));
        quote! {
            /// The states. Text and serialised forms are their names in the definition.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum State {
                #(#variants)*
            }

            impl State {
                /// Every state, in the order of the definition.
                pub const ALL: &'static [State] = &[#(State::#all),*];

                /// The state's name in the definition.
                pub fn name(self) -> &'static str {
                    INFO.states[self as usize].name
                }

                /// The state that has this name in the definition.
                pub fn from_name(name: &str) -> Option<Self> {
                    Self::ALL.iter().copied().find(|state| state.name() == name)
                }

                const fn id(self) -> __rt::StateId {
                    __rt::StateId(self as u16)
                }

                fn from_id(id: __rt::StateId) -> Option<Self> {
                    Self::ALL.get(usize::from(id.0)).copied()
                }
            }

            impl ::std::fmt::Display for State {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(self.name())
                }
            }

            impl __rt::serde::Serialize for State {
                fn serialize<S: __rt::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.name())
                }
            }

            impl<'de> __rt::serde::Deserialize<'de> for State {
                fn deserialize<D: __rt::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    __rt::serial::state(deserializer, Self::from_name)
                }
            }
        }
    }

    /// The machine.
    pub(super) fn machine(&self) -> TokenStream {
        let info = self.info();
        let variables = self.variables();
        let machine = self.machine_struct();
        let enter = self.dispatch(|_| true, "", quote!(data, context));
        let leave = self.dispatch(
            |work| matches!(work, Work::Wait { .. }) || work.outcome().is_some(),
            "_result",
            quote!(data, result, context),
        );
        let catch = self.dispatch(
            |work| work.outcome().is_some_and(|outcome| !outcome.catch.is_empty()),
            "_catch",
            quote!(catcher, data, error_output, context),
        );
        let inner = self.inner_function();
        let recovery = self.recovery_function();
        let has_task_token = self.has_task_token_function();
        let variable_functions = self.variable_functions();
        quote! {
            #info
            #variables
            #machine

            impl __rt::Machine for Machine {
                fn info(&self) -> &'static __rt::MachineInfo {
                    &INFO
                }

                fn enter(
                    &mut self,
                    state: __rt::StateId,
                    data: &mut __rt::Value,
                    context: &__rt::Context<'_>,
                ) -> __rt::Result<__rt::Action> {
                    match State::from_id(state) {
                        #enter
                        None => Err(__rt::unexpected_state(state)),
                    }
                }

                fn leave(
                    &mut self,
                    state: __rt::StateId,
                    data: &mut __rt::Value,
                    result: __rt::Value,
                    context: &__rt::Context<'_>,
                ) -> __rt::Result<__rt::Action> {
                    match State::from_id(state) {
                        #leave
                        _ => Err(__rt::unexpected_state(state)),
                    }
                }

                fn catch(
                    &mut self,
                    state: __rt::StateId,
                    catcher: usize,
                    data: &mut __rt::Value,
                    error_output: __rt::Value,
                    context: &__rt::Context<'_>,
                ) -> __rt::Result<__rt::Action> {
                    match State::from_id(state) {
                        #catch
                        _ => Err(__rt::unexpected_state(state)),
                    }
                }

                #inner
                #recovery
                #has_task_token
                #variable_functions
            }
        }
    }

    /// The function that says which Tasks have a token.
    fn has_task_token_function(&self) -> Option<TokenStream> {
        let with_token = self.machine.states.iter().filter(|state| match &state.work {
            Work::Task(task) => task.resource.has_task_token(),
            _ => false,
        });
        let variants: Vec<_> = with_token.map(|state| ident(&state.variant)).collect();
        (!variants.is_empty()).then(|| {
            quote! {
                fn has_task_token(&self, state: __rt::StateId) -> bool {
                    matches!(State::from_id(state), #(Some(State::#variants))|*)
                }
            }
        })
    }

    /// The facts of the machine. What of the context object is read counts for all machines of the definition.
    fn info(&self) -> TokenStream {
        let name = &self.machine.module;
        let start = self.state(self.machine.start);
        let states = self.machine.states.iter().map(|state| {
            let name = &state.name;
            let state_type = ident(state.work.state_type());
            let keeps_input = state.keeps_input();
            let language = match state.is_jsonata() {
                true => quote!(Jsonata),
                false => quote!(JsonPath),
            };
            quote! {
                __rt::StateInfo {
                    name: #name,
                    state_type: __rt::StateType::#state_type,
                    query_language: __rt::QueryLanguage::#language,
                    keeps_input: #keeps_input,
                },
            }
        });
        let timeout_seconds = match self.model.timeout_seconds.filter(|_| !self.is_inside()) {
            Some(seconds) => quote!(Some(#seconds)),
            None => quote!(None),
        };
        let variables = self.machine.variables.iter().map(|variable| &variable.name);
        let reads_state_context = self.model.reads_state_context;
        let reads_execution_input = self.model.reads_execution_input;
        let reads_time = self.model.reads_time;
        quote! {
            static INFO: __rt::MachineInfo = __rt::MachineInfo {
                name: #name,
                start: #start.id(),
                states: &[#(#states)*],
                timeout_seconds: #timeout_seconds,
                variables: &[#(#variables),*],
                reads_state_context: #reads_state_context,
                reads_execution_input: #reads_execution_input,
                reads_time: #reads_time,
            };
        }
    }

    /// How to run the outermost machine.
    pub(super) fn ways_in(&self) -> TokenStream {
        let bounds = self.bounds();
        // A state's function may be called `default`.
        let machine =
            if self.machine.is_scoped() { quote!(::std::default::Default::default()) } else { quote!(Machine) };
        quote! {
            impl __rt::TypedMachine for Machine {
                type State = State;

                fn state(id: __rt::StateId) -> Option<State> {
                    State::from_id(id)
                }
            }

            /// An execution: await it for its output, or go step by step with `into_execution`.
            pub fn run<S: #bounds>(services: &S, input: Input) -> __rt::Run<'_, Machine> {
                run_value(services, input.into())
            }

            /// An execution that goes on where `checkpoint` was taken.
            ///
            /// # Errors
            /// The machine has no such state any more.
            pub fn resume<S: #bounds>(
                services: &S,
                checkpoint: __rt::Checkpoint,
            ) -> __rt::Result<__rt::Run<'_, Machine>, __rt::CheckpointError> {
                __rt::Run::resume(#machine, Wired(services), checkpoint)
            }

            /// As [`run`], with input as it comes: unchecked, members in their own order.
            pub fn run_value<S: #bounds>(services: &S, input: __rt::Value) -> __rt::Run<'_, Machine> {
                __rt::Run::new(#machine, Wired(services), input)
            }

            /// As [`run_value`], with the input's JSON text, which is handed on as it came until a state makes another
            /// value of it.
            ///
            /// # Errors
            /// `input` is no JSON text.
            pub fn run_text<'a, S: #bounds>(
                services: &'a S,
                input: &str,
            ) -> __rt::Result<__rt::Run<'a, Machine>, __rt::JsonError> {
                __rt::Run::with_input_text(#machine, Wired(services), input)
            }
        }
    }

    /// Arms that call the function with `suffix` of every state that has one.
    fn dispatch(&self, has: impl Fn(&Work) -> bool, suffix: &str, arguments: TokenStream) -> TokenStream {
        // Not as methods: those of the trait have the same names as states can have.
        let machine = self.machine.is_scoped().then(|| quote!(self,));
        let arms = self.machine.states.iter().filter(|state| has(&state.work)).map(|state| {
            let variant = ident(&state.variant);
            let function = ident(&format!("{}{suffix}", state.function));
            quote!(Some(State::#variant) => Self::#function(#machine #arguments),)
        });
        quote!(#(#arms)*)
    }
}
