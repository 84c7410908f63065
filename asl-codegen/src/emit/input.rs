//! The typed input: what the machine reads by name.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, code, doc, ident};
use crate::model::{Input, InputField, InputShape};
use crate::names::{self, Namespace};

impl Emitter<'_> {
    pub(super) fn input(&self) -> TokenStream {
        match &self.model.input {
            Input::Any => quote! {
                /// The machine's input: any JSON value.
                pub type Input = __rt::Value;
            },
            Input::Object(fields) => {
                let mut structures = Structures { names: Namespace::types(), tokens: TokenStream::new() };
                let docs = "The machine's input: what it reads by name, and everything else.\n\nA member is required \
                            when an execution in which no task fails cannot do without it. [`run_value`] takes any \
                            input.";
                structures.structure("Input", docs, fields);
                structures.tokens
            }
        }
    }
}

struct Structures {
    names: Namespace,
    tokens: TokenStream,
}

impl Structures {
    /// A structure of these fields; gives its name.
    fn structure(&mut self, name: &str, docs: &str, fields: &[InputField]) -> TokenStream {
        let name = self.names.claim(name.to_owned());
        let mut declared = Vec::new();
        let mut written = Vec::new();
        let mut read = Vec::new();
        let mut parameters = Vec::new();
        let mut initial = Vec::new();
        for field in fields {
            let member = &field.name;
            let field_name = ident(&field.ident);
            let held = self.shape(&name, field);
            let docs = doc(&code(member));
            if field.required {
                declared.push(quote!(#docs pub #field_name: #held,));
                written.push(quote!(members.insert(#member.to_owned(), input.#field_name.into());));
                read.push(quote!(#field_name: __rt::serial::required(&mut members, #member)?,));
                match field.shape {
                    InputShape::Bool | InputShape::Object(_) => {
                        parameters.push(quote!(#field_name: #held));
                        initial.push(quote!(#field_name,));
                    }
                    InputShape::Any | InputShape::String | InputShape::Number => {
                        parameters.push(quote!(#field_name: impl Into<#held>));
                        initial.push(quote!(#field_name: #field_name.into(),));
                    }
                }
            } else {
                declared.push(quote!(#docs pub #field_name: Option<#held>,));
                written.push(quote! {
                    if let Some(value) = input.#field_name {
                        members.insert(#member.to_owned(), value.into());
                    }
                });
                read.push(quote!(#field_name: __rt::serial::optional(&mut members, #member)?,));
                initial.push(quote!(#field_name: None,));
            }
        }
        let docs = doc(docs);
        let ident = ident(&name);
        self.tokens.extend(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            pub struct #ident {
                #(#declared)*
                /// The members that the machine does not read by name.
                pub rest: __rt::Map<String, __rt::Value>,
            }

            impl #ident {
                /// What is required; the rest can be set afterwards.
                pub fn new(#(#parameters),*) -> Self {
                    Self { #(#initial)* rest: __rt::Map::new() }
                }
            }

            impl From<#ident> for __rt::Value {
                fn from(input: #ident) -> Self {
                    let mut members = __rt::Map::new();
                    #(#written)*
                    members.extend(input.rest);
                    __rt::Value::Object(members)
                }
            }

            impl TryFrom<__rt::Value> for #ident {
                type Error = __rt::serial::Mismatch;

                fn try_from(value: __rt::Value) -> ::std::result::Result<Self, Self::Error> {
                    let mut members = __rt::serial::members(value)?;
                    Ok(Self { #(#read)* rest: members })
                }
            }

            impl __rt::serial::FromMember for #ident {
                fn from_member(value: __rt::Value) -> ::std::result::Result<Self, __rt::serial::Mismatch> {
                    Self::try_from(value)
                }
            }

            impl __rt::serde::Serialize for #ident {
                fn serialize<S: __rt::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    __rt::Value::from(self.clone()).serialize(serializer)
                }
            }

            impl<'de> __rt::serde::Deserialize<'de> for #ident {
                fn deserialize<D: __rt::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    __rt::serial::from_value(deserializer)
                }
            }
        });
        quote!(#ident)
    }

    fn shape(&mut self, parent: &str, field: &InputField) -> TokenStream {
        match &field.shape {
            InputShape::Any => quote!(__rt::Value),
            InputShape::String => quote!(String),
            InputShape::Number => quote!(__rt::Number),
            InputShape::Bool => quote!(bool),
            InputShape::Object(fields) => {
                let name = format!("{parent}{}", names::variant(&field.name));
                self.structure(&name, &format!("{} of the input.", code(&field.name)), fields)
            }
        }
    }
}
