//! The variables of a machine's scope. AWS developer guide, "Passing data between states with variables".

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, code, doc, ident};
use crate::model::{Machine, Root};

/// The value of the variable that a path starts at, as an expression for an optional reference.
pub(super) fn read(root: &Root) -> TokenStream {
    let Root::Variable { variable, outer } = root else { return quote!(None) };
    let field = ident(&variable.field);
    let outer = std::iter::repeat_n(quote!(outer.), *outer);
    quote!(self.variables.#(#outer)*#field.as_ref())
}

impl Emitter<'_> {
    /// The structure of the variables. A machine that assigns none shares the one of the machine around it.
    pub(super) fn variables(&self) -> TokenStream {
        let Machine { variables, inside_scope, .. } = self.machine;
        if variables.is_empty() {
            return if *inside_scope {
                quote!(
                    pub use super::Variables;
                )
            } else {
                TokenStream::new()
            };
        }
        let fields = variables.iter().map(|variable| {
            let docs = doc(&code(&variable.name));
            let field = ident(&variable.field);
            quote!(#docs pub #field: Option<__rt::Value>,)
        });
        let outer = inside_scope.then(|| {
            quote! {
                /// The variables of the machine around it, as they were when it started.
                pub(super) outer: ::std::sync::Arc<super::Variables>,
            }
        });
        let by_name = self.reads_by_name.get().then(|| self.variables_by_name());
        quote! {
            /// The variables that this machine assigns: none has a value before.
            #[derive(Clone, Debug, Default)]
            pub struct Variables {
                #(#fields)*
                #outer
            }

            #by_name
        }
    }

    /// How expressions read the variables by their names.
    fn variables_by_name(&self) -> TokenStream {
        let Machine { variables, inside_scope, .. } = self.machine;
        let arms = variables.iter().map(|variable| {
            let (name, field) = (&variable.name, ident(&variable.field));
            quote!(#name => self.#field.as_ref(),)
        });
        let other =
            if *inside_scope { quote!(__rt::jsonata::Variables::variable(&*self.outer, name)) } else { quote!(None) };
        quote! {
            impl __rt::jsonata::Variables for Variables {
                fn variable(&self, name: &str) -> Option<&__rt::Value> {
                    match name {
                        #(#arms)*
                        _ => #other,
                    }
                }
            }
        }
    }

    /// The machine with its variables.
    pub(super) fn machine_struct(&self) -> TokenStream {
        if !self.machine.is_scoped() {
            return quote! {
                /// The machine, for engines.
                #[derive(Clone, Copy, Debug, Default)]
                pub struct Machine;
            };
        }
        let visible = self.is_inside().then(|| quote!(pub(super)));
        let assigned =
            (!self.machine.variables.is_empty()).then(|| quote!(#visible assigned: &'static [&'static str],));
        quote! {
            /// The machine with the values of its variables, for engines.
            #[derive(Clone, Debug, Default)]
            pub struct Machine {
                #visible variables: ::std::sync::Arc<Variables>,
                #assigned
            }
        }
    }

    /// The machine `inner`, which is inside this one, as an expression for a box.
    pub(super) fn boxed(&self, inner: &Machine) -> TokenStream {
        let module = ident(&inner.module);
        match (inner.inside_scope, inner.variables.is_empty()) {
            (false, true) => quote!(Box::new(#module::Machine)),
            (false, false) => quote!(Box::<#module::Machine>::default()),
            (true, true) => quote!(Box::new(#module::Machine { variables: self.variables.clone() })),
            (true, false) => quote! {
                Box::new(#module::Machine {
                    variables: ::std::sync::Arc::new(#module::Variables {
                        outer: self.variables.clone(),
                        ..::std::default::Default::default()
                    }),
                    assigned: &[],
                })
            },
        }
    }

    /// What engines ask of a machine's own variables.
    pub(super) fn variable_functions(&self) -> TokenStream {
        let variables = &self.machine.variables;
        if variables.is_empty() {
            return TokenStream::new();
        }
        let names: Vec<_> = variables.iter().map(|variable| &variable.name).collect();
        let fields: Vec<_> = variables.iter().map(|variable| ident(&variable.field)).collect();
        quote! {
            fn variable(&self, name: &str) -> Option<&__rt::Value> {
                match name {
                    #(#names => self.variables.#fields.as_ref(),)*
                    _ => None,
                }
            }

            fn set_variable(&mut self, name: &str, value: __rt::Value) -> bool {
                let variables = ::std::sync::Arc::make_mut(&mut self.variables);
                match name {
                    #(#names => variables.#fields = Some(value),)*
                    _ => return false,
                }
                true
            }

            fn take_assigned(&mut self) -> &'static [&'static str] {
                ::std::mem::take(&mut self.assigned)
            }
        }
    }
}
