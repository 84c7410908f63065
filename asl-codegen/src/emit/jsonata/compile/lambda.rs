//! Lambdas: closures of Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call::plain_variable;
use super::{Code, Compiler, Local, Reason, Result};
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Kind, Lambda, Node};

/// What a function that takes a function does with what that one gives.
#[derive(Clone, Copy)]
enum Wants {
    Value,
    /// `$boolean` of it.
    Bool,
}

impl Compiler<'_> {
    /// A lambda that is called by its name, as an expression for a closure of an array of its arguments.
    pub(super) fn closure(&mut self, lambda: &Lambda) -> Result<TokenStream> {
        let mark = self.scope.mark();
        self.scope.function();
        let done = self.body(lambda, lambda.parameters.len(), Local::Value, |body| body.result());
        self.scope.leave(mark);
        let (parameters, body) = done?;
        Ok(quote!(__rt::jsonata::compiled::lambda(|[#(#parameters),*]| #body)))
    }

    /// Parameters, the first `count` of the lambda's, and body.
    fn body(
        &mut self,
        lambda: &Lambda,
        count: usize,
        local: fn(Ident) -> Local,
        form: impl FnOnce(&Code) -> TokenStream,
    ) -> Result<(Vec<TokenStream>, TokenStream)> {
        if lambda.signature.is_some() {
            return Err(Reason::Signature);
        }
        if lambda.parameters.len() > count {
            return Err(Reason::FunctionValue);
        }
        let mark = self.scope.mark();
        self.scope.block(&[]);
        let mut parameters = Vec::with_capacity(count);
        for name in &lambda.parameters {
            let ident = self.scope.fresh(name);
            parameters.push(quote!(#ident));
            self.scope.declare(name, local(ident));
        }
        parameters.resize_with(count, || quote!(_));
        let body = self.node(&lambda.body);
        self.scope.leave(mark);
        Ok((parameters, form(&body?)))
    }

    /// A call of `$map` or its like with a lambda.
    pub(super) fn over_items(&mut self, function: BuiltIn, arguments: &[&Node]) -> Result<Option<Code>> {
        let (name, parameters, wants, most) = match function {
            BuiltIn::Map => (quote!(map), 3, Wants::Value, 2),
            BuiltIn::Each => (quote!(each), 3, Wants::Value, 2),
            BuiltIn::Filter => (quote!(filter_items), 3, Wants::Bool, 2),
            BuiltIn::Single => (quote!(single), 3, Wants::Bool, 2),
            BuiltIn::Sift => (quote!(sift), 3, Wants::Bool, 2),
            BuiltIn::Reduce => (quote!(reduce), 4, Wants::Value, 3),
            BuiltIn::Sort => (quote!(sort_items), 2, Wants::Value, 2),
            _ => return Ok(None),
        };
        let Some((items, function, rest)) = (match arguments {
            [items, function, rest @ ..] if arguments.len() <= most => Some((*items, *function, rest)),
            _ => None,
        }) else {
            return Ok(None);
        };
        let items = self.node(items)?.reference();
        let Some((names, body)) = self.function(function, parameters, wants)? else { return Ok(None) };
        let rest = rest.iter().map(|argument| Ok(self.node(argument)?.owned())).collect::<Result<Vec<_>>>()?;
        let first = match (name.to_string().as_str(), rest.is_empty()) {
            ("reduce", true) => quote!(__rt::jsonata::Value::Undefined,),
            _ => quote!(#(#rest,)*),
        };
        let code = quote!(__rt::jsonata::compiled::#name(evaluation, #items, #first &mut |#(#names),*| #body));
        Ok(Some(Code::value(code).raising()))
    }

    /// A lambda, or a variable that is one, as parameters and body of a closure.
    fn function(
        &mut self,
        node: &Node,
        parameters: usize,
        wants: Wants,
    ) -> Result<Option<(Vec<TokenStream>, TokenStream)>> {
        let form = |body: &Code| match wants {
            Wants::Value => body.result(),
            Wants::Bool => body.condition_result(),
        };
        if let Kind::Lambda(lambda) = &node.kind
            && node.predicates.is_empty()
            && node.group.is_none()
        {
            return self.body(lambda, parameters, Local::Reference, form).map(Some);
        }
        let Some(name) = plain_variable(node) else { return Ok(None) };
        let Some(Local::Closure(closure, count)) = self.scope.local(name)? else { return Ok(None) };
        let (closure, count) = (closure.clone(), *count);
        if count > parameters {
            return Err(Reason::FunctionValue);
        }
        let names = ["value", "key", "whole", "array"].iter().take(count).map(|name| self.scope.fresh(name));
        let names = names.collect::<Vec<_>>();
        let call = Code::value(quote!(#closure([#(#names.clone()),*]))).raising();
        let mut all = names.iter().map(|name| quote!(#name)).collect::<Vec<_>>();
        all.resize_with(parameters, || quote!(_));
        Ok(Some((all, form(&call))))
    }
}
