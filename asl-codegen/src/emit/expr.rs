//! Constants, paths and payload templates.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{intrinsic, path};
use crate::model::{Constant, Expr};

/// A constant as an expression for a value.
pub(super) fn constant(constant: &Constant) -> TokenStream {
    match constant {
        Constant::Null => quote!(__rt::Value::Null),
        Constant::Bool(boolean) => quote!(__rt::Value::Bool(#boolean)),
        Constant::Integer(integer) => quote!(__rt::Value::from(#integer)),
        Constant::Unsigned(integer) => quote!(__rt::Value::from(#integer)),
        Constant::Float(float) => quote!(__rt::Value::from(#float)),
        Constant::String(text) => quote!(__rt::Value::from(#text)),
        Constant::Array(items) => {
            let items = items.iter().map(self::constant);
            quote!(__rt::array([#(#items),*]))
        }
        Constant::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = self::constant(value);
                quote!((#name, #value))
            });
            quote!(__rt::object([#(#members),*]))
        }
    }
}

/// A payload template, or a value of a JSONata state, as an expression for a value; what it reads is bound to names first. `data` is an expression for a
/// reference to what its paths read.
pub(super) fn template(body: &mut Body, expr: &Expr, data: &TokenStream) -> TokenStream {
    match expr {
        Expr::Constant(constant) => self::constant(constant),
        Expr::Path { field, path } => {
            let value = path::value(body, path, data, field);
            let local = body.local_of(path);
            body.push(quote!(let #local = #value;));
            quote!(#local)
        }
        Expr::Jsonata(jsonata) => body.jsonata_local(jsonata),
        Expr::Call(expression) => intrinsic::expression(body, expression, data),
        Expr::Array(items) => {
            let items = items.iter().map(|item| template(body, item, data)).collect::<Vec<_>>();
            quote!(__rt::array([#(#items),*]))
        }
        Expr::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| {
                    let value = template(body, value, data);
                    quote!((#name, #value))
                })
                .collect::<Vec<_>>();
            quote!(__rt::object([#(#members),*]))
        }
    }
}
