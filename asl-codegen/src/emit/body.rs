//! The statements of one function, and what they use.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{ident, path};
use crate::model::{Path, Root, Select, Selector, Store};
use crate::names::{self, Namespace};

/// A function's body under construction.
pub(super) struct Body {
    comments: bool,
    statements: TokenStream,
    uses_context: bool,
    locals: Namespace,
}

/// What generated functions call their own things.
const RESERVED_LOCALS: &[&str] =
    &["call", "catcher", "context", "context_object", "data", "error_output", "input", "next", "parameters", "result"];

impl Body {
    pub(super) fn new(comments: bool) -> Self {
        let locals = Namespace::values(RESERVED_LOCALS);
        Self { comments, statements: TokenStream::new(), uses_context: false, locals }
    }

    /// A name for the value of `path`: the last name in it.
    pub(super) fn local_of(&mut self, path: &Path) -> Ident {
        let last = path.steps.iter().rev().find_map(|step| match step {
            Selector::Descent(inner) => inner.name(),
            step => step.name(),
        });
        self.local(&names::field(last.unwrap_or("value")))
    }

    /// A name for a value that is best called `name`.
    pub(super) fn local(&mut self, name: &str) -> Ident {
        ident(&self.locals.claim(name.to_owned()))
    }

    /// A comment line in the text form.
    pub(super) fn comment(&mut self, text: &str) {
        if self.comments {
            self.statements.extend(quote!(asl_comment!(#text);));
        }
    }

    pub(super) fn push(&mut self, statements: TokenStream) {
        self.statements.extend(statements);
    }

    /// Where `path` starts: the context object, or `data`, an expression for a reference to a value.
    pub(super) fn root(&mut self, path: &Path, data: &TokenStream) -> TokenStream {
        if path.root == Root::Context {
            self.uses_context = true;
            quote!(&context_object)
        } else {
            data.clone()
        }
    }

    /// Binds the effective input of `InputPath` to a name; gives the expression for a reference to it.
    pub(super) fn input(&mut self, input_path: &Select) -> TokenStream {
        match input_path {
            Select::Whole => quote!(data),
            Select::Empty => {
                self.comment("InputPath null");
                self.push(quote!(let input = &__rt::object([]);));
                quote!(input)
            }
            Select::Path(path) => {
                self.comment(&format!("InputPath {}", path.text));
                let input =
                    path::borrow(self, path, &quote!(data), |root, path| quote!(__rt::path::select(#root, #path)?));
                self.push(quote!(let input = #input;));
                quote!(input)
            }
        }
    }

    /// Makes the data what `InputPath` or `OutputPath` selects of it.
    pub(super) fn narrow(&mut self, field: &str, select: &Select) {
        match select {
            Select::Whole => {}
            Select::Empty => {
                self.comment(&format!("{field} null"));
                self.push(quote!(*data = __rt::object([]);));
            }
            Select::Path(path) => {
                self.comment(&format!("{field} {}", path.text));
                if path.root == Root::Data && path.is_definite() && path.union().is_none() {
                    let path = path::constant(path);
                    self.push(quote!(__rt::path::narrow(data, #path)?;));
                } else {
                    let value = path::select(self, path, &quote!(data));
                    self.push(quote!(*data = #value;));
                }
            }
        }
    }

    /// Puts `result`, an expression for a value, where `ResultPath` says.
    pub(super) fn store(&mut self, result_path: &Store, result: TokenStream) {
        match result_path {
            Store::Replace => self.push(quote!(*data = #result;)),
            Store::Discard => {
                self.comment("ResultPath null");
                self.push(quote!(let _ = #result;));
            }
            Store::At(path) => {
                self.comment(&format!("ResultPath {}", path.text));
                let path = path::constant(path);
                self.push(quote!(__rt::path::put(data, #path, #result)?;));
            }
        }
    }

    /// The statements, after what they use is at hand.
    pub(super) fn finish(self) -> TokenStream {
        let statements = self.statements;
        if self.uses_context { quote!(let context_object = context.to_value(); #statements) } else { statements }
    }
}
