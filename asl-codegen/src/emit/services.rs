//! What the program has to provide for a machine, and how the machine's calls find it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;

impl Emitter<'_> {
    /// The runtime's types for the services that are called.
    fn needed(&self) -> Vec<TokenStream> {
        self.model.services.iter().filter_map(|service| marker(service)).collect()
    }

    /// What a type must do to serve the machine. Stated where it is asked for, so that an error names the service.
    pub(super) fn bounds(&self) -> TokenStream {
        let needed = self.needed();
        if needed.is_empty() { quote!(Send + Sync) } else { quote!(#(__rt::Provide<#needed>)+*) }
    }

    /// What the program has to provide.
    pub(super) fn services(&self) -> TokenStream {
        let needed = self.needed();
        let names = &self.model.services;
        let bounds = self.bounds();
        quote! {
            /// The services this machine calls.
            pub trait Services: #bounds {}

            impl<T: #bounds> Services for T {}

            struct Wired<'a, S>(&'a S);

            impl<S: Services> __rt::Services for Wired<'_, S> {
                fn service(&self, name: &str) -> Option<&dyn __rt::Service> {
                    match name {
                        #(#names => Some(__rt::Provide::<#needed>::provide(self.0)),)*
                        _ => None,
                    }
                }
            }
        }
    }
}

/// The runtime's type for a service.
fn marker(service: &str) -> Option<TokenStream> {
    Some(match service {
        "dynamodb" => quote!(__rt::DynamoDb),
        "lambda" => quote!(__rt::Lambda),
        "sqs" => quote!(__rt::Sqs),
        "sns" => quote!(__rt::Sns),
        "tasks" => quote!(__rt::Tasks),
        _ => return None,
    })
}
