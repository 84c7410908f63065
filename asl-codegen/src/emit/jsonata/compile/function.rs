//! An expression as a function of its own, for tests and benches.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Compiler, Place, Reason};
use crate::emit::ident;
use crate::jsonata::syntax::Node;

/// What a function of an expression is like.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'n> {
    /// Its name.
    pub name: &'n str,
    /// Where the expression stands.
    pub stands: Stands,
    /// The variables that it may read. The function has a parameter `binding_0`, `binding_1` and so on for each.
    pub variables: &'n [&'n str],
    /// What it gives.
    pub gives: Gives,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In a field of a state: there is `$states`, and the parameters of the variables are `Option<&'a Json>`.
    InState,
    /// Alone: the function has a parameter `input`, the input document, and those of the variables are `&Value<'a>`.
    Alone,
}

/// What a function of an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A value of the evaluation.
    Value,
    /// JSON of its own. Only of what always gives an object or an array.
    Json,
}

/// The expression as a function: `fn name<'a>(evaluation: &Evaluation<'a>, …) -> Result<Value<'a>>`.
///
/// # Errors
/// No code is generated for the expression.
pub fn function(node: &Node, signature: &Signature<'_>) -> Result<TokenStream, Reason> {
    let Signature { name, stands, variables, gives } = *signature;
    let parameter = |index: usize| ident(&format!("binding_{index}"));
    let variable = |name: &str| {
        let index = variables.iter().position(|variable| *variable == name)?;
        let parameter = parameter(index);
        Some(quote!(#parameter))
    };
    let place = match stands {
        Stands::InState => Place::State(&variable),
        Stands::Alone => Place::Document(&variable),
    };
    let (body, compiler) = Compiler::run(place, |compiler| match gives {
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
    let input = (stands == Stands::Alone).then(|| quote!(input: &__rt::jsonata::Value<'a>,));
    let variable = match stands {
        Stands::InState => quote!(Option<&'a __rt::Value>),
        Stands::Alone => quote!(&__rt::jsonata::Value<'a>),
    };
    let name = ident(name);
    let parameters = (0..variables.len()).map(parameter);
    Ok(quote! {
        #[allow(unused_variables, unused_parens, unused_braces)]
        fn #name<'a>(
            evaluation: &__rt::jsonata::Evaluation<'a>,
            #input
            #(#parameters: #variable,)*
        ) -> __rt::jsonata::Result<#result> {
            #document
            #body
        }
    })
}

/// As [`function`], as formatted text.
///
/// # Errors
/// As [`function`].
#[cfg(feature = "text")]
pub fn function_text(node: &Node, signature: &Signature<'_>) -> Result<String, Reason> {
    let tokens = function(node, signature)?;
    Ok(match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    })
}
