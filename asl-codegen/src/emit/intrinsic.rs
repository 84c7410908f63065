//! Calls of intrinsic functions.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{expr, path};
use crate::model::{Argument, Call, Callee, Expression};
use crate::names;
use crate::query::intrinsic::Function;

/// A call as an expression for a value; what it reads and calls is bound to names first, in the order of the arguments.
pub(super) fn expression(body: &mut Body, expression: &Expression, data: &TokenStream) -> TokenStream {
    if can_fail(&expression.call) {
        written(body, &expression.text);
    }
    let value = call(body, &expression.call, data);
    bound(body, &expression.field, &value)
}

/// The text of `ErrorPath` or `CausePath`, as [`expression`].
pub(super) fn text(body: &mut Body, expression: &Expression, data: &TokenStream) -> TokenStream {
    let Expression { field, text, call } = expression;
    written(body, text);
    let value = self::call(body, call, data);
    bound(body, field, &quote!(__rt::intrinsic::text(call, #value, #field)?))
}

/// Binds the expression as written, which failures quote, to the name `call`.
fn written(body: &mut Body, text: &str) {
    body.push(quote!(let call = __rt::intrinsic::Written(#text);));
}

/// Binds the value of the field `field` to a name; gives the name.
fn bound(body: &mut Body, field: &str, value: &TokenStream) -> TokenStream {
    let local = body.local(&names::field(field.strip_suffix(".$").unwrap_or(field)));
    body.push(quote!(let #local = #value;));
    quote!(#local)
}

fn call(body: &mut Body, call: &Call, data: &TokenStream) -> TokenStream {
    let arguments: Vec<_> = call.arguments.iter().map(|argument| self::argument(body, argument, data)).collect();
    let function = match &call.callee {
        Callee::Format(pieces) => {
            return quote!(__rt::intrinsic::format(&[#(#pieces),*], &[#(#arguments),*]));
        }
        Callee::Function(function) => *function,
    };
    match function {
        Function::Array => quote!(__rt::intrinsic::array(&[#(#arguments),*])),
        Function::Format => match arguments.split_first() {
            Some((template, values)) => {
                quote!(__rt::intrinsic::format_with(call, #template, &[#(#values),*])?)
            }
            None => quote!(__rt::Value::Null),
        },
        Function::JsonToString => quote!(__rt::intrinsic::json_to_string(#(#arguments),*)),
        Function::UUID => quote!(__rt::intrinsic::uuid()),
        Function::MathRandom => {
            let (limits, seed) = arguments.split_at(arguments.len().min(2));
            let seed = match seed.first() {
                Some(seed) => quote!(Some(#seed)),
                None => quote!(None),
            };
            quote!(__rt::intrinsic::math_random(call, #(#limits,)* #seed)?)
        }
        function => {
            let name = super::ident(&name(function));
            quote!(__rt::intrinsic::#name(call, #(#arguments),*)?)
        }
    }
}

/// An argument as an expression for a reference to a value.
fn argument(body: &mut Body, argument: &Argument, data: &TokenStream) -> TokenStream {
    match argument {
        Argument::Constant(constant) => {
            let constant = expr::constant(constant);
            quote!(&#constant)
        }
        Argument::Path(path) => {
            let root = body.argument_root(path, data);
            let value =
                path::borrow(body, path, &root, |root, path| quote!(__rt::intrinsic::argument(call, #root, #path)?));
            let local = body.local_of(path);
            body.push(quote!(let #local = #value;));
            quote!(#local)
        }
        Argument::Call(call) => {
            let value = self::call(body, call, data);
            let local = body.local(&match &call.callee {
                Callee::Format(_) => "text".to_owned(),
                Callee::Function(function) => name(*function),
            });
            body.push(quote!(let #local = #value;));
            quote!(&#local)
        }
    }
}

/// Whether anything in a call can fail.
fn can_fail(call: &Call) -> bool {
    let itself = match call.callee {
        Callee::Format(_) => false,
        Callee::Function(function) => !matches!(function, Function::Array | Function::JsonToString | Function::UUID),
    };
    itself
        || call.arguments.iter().any(|argument| match argument {
            Argument::Constant(_) => false,
            Argument::Path(path) => path.is_definite(),
            Argument::Call(call) => can_fail(call),
        })
}

/// The runtime's name of a function: `array_get_item`.
fn name(function: Function) -> String {
    names::function(function.name().trim_start_matches("States."))
}
