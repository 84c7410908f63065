//! An expression as a function of its own, for tests and benches.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Compiler, Place, Reason};
use crate::emit::ident;
use crate::jsonata::syntax::Node;

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A value of the evaluation.
    Value,
    /// JSON of its own. Only of an object or an array constructor.
    Json,
}

/// The expression as the function `name`, of the evaluation, the input document and the values of the bindings:
/// `fn name<'a>(evaluation: &Evaluation<'a>, input: &Value<'a>, first: &Value<'a>, …) -> Result<Value<'a>>`.
///
/// # Errors
/// No code is generated for the expression.
pub fn function(name: &str, node: &Node, bindings: &[&str], gives: Gives) -> Result<TokenStream, Reason> {
    let parameter = |index: usize| -> Ident { ident(&format!("binding_{index}")) };
    let variables = |name: &str| {
        let index = bindings.iter().position(|binding| *binding == name)?;
        let parameter = parameter(index);
        Some(quote!(#parameter))
    };
    let (body, compiler) = Compiler::run(Place::Document(&variables), |compiler| match gives {
        Gives::Value => Ok(compiler.node(node)?.result()),
        Gives::Json => {
            let json = compiler.json(node)?.ok_or(Reason::NoConstructor)?;
            Ok(quote!(Ok(#json)))
        }
    })?;
    let document = compiler.uses_document.then(|| quote!(let document = &__rt::jsonata::compiled::document(input);));
    let result = match gives {
        Gives::Value => quote!(__rt::jsonata::Value<'a>),
        Gives::Json => quote!(__rt::Value),
    };
    let name = ident(name);
    let parameters = (0..bindings.len()).map(parameter);
    Ok(quote! {
        #[allow(unused_variables, unused_parens, unused_braces)]
        fn #name<'a>(
            evaluation: &__rt::jsonata::Evaluation<'a>,
            input: &__rt::jsonata::Value<'a>,
            #(#parameters: &__rt::jsonata::Value<'a>,)*
        ) -> __rt::jsonata::Result<#result> {
            #document
            #body
        }
    })
}

/// The expression of a state's field as the function `name`, of the evaluation and the machine's variables:
/// `fn name<'a>(evaluation: &Evaluation<'a>, first: Option<&'a Json>, …) -> Result<Option<Json>>`.
///
/// # Errors
/// No code is generated for the expression.
pub fn field(name: &str, node: &Node, variables: &[&str]) -> Result<TokenStream, Reason> {
    let parameter = |index: usize| -> Ident { ident(&format!("variable_{index}")) };
    let read = |name: &str| {
        let parameter = parameter(variables.iter().position(|variable| *variable == name)?);
        Some(quote!(#parameter))
    };
    let body = match super::json(node, &read) {
        Some(json) => quote!((#json).map(Some)),
        None => {
            let value = super::compile(node, &read).ok_or_else(|| super::reason(node).unwrap_or(Reason::Size))?;
            quote!((#value).map(__rt::jsonata::Value::into_json))
        }
    };
    let name = ident(name);
    let parameters = (0..variables.len()).map(parameter);
    Ok(quote! {
        #[allow(unused_variables, unused_parens, unused_braces)]
        fn #name<'a>(
            evaluation: &__rt::jsonata::Evaluation<'a>,
            #(#parameters: Option<&'a __rt::Value>,)*
        ) -> __rt::jsonata::Result<Option<__rt::Value>> {
            #body
        }
    })
}
