//! Lambdas: closures of Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call::plain_variable;
use super::code::Sequence;
use super::{Code, Compiler, Local, Reason, Result};
use crate::emit::ident;
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
    pub(super) fn over_items(&mut self, called: BuiltIn, arguments: &[&Node]) -> Result<Option<Code>> {
        let (name, parameters, wants) = match called {
            BuiltIn::Map => ("map", 3, Wants::Value),
            BuiltIn::Each => ("each", 3, Wants::Value),
            BuiltIn::Filter => ("filter_items", 3, Wants::Bool),
            BuiltIn::Single => ("single", 3, Wants::Bool),
            BuiltIn::Sift => ("sift", 3, Wants::Bool),
            BuiltIn::Reduce => ("reduce", 4, Wants::Value),
            BuiltIn::Sort => ("sort_items", 2, Wants::Value),
            _ => return Ok(None),
        };
        let reduces = called == BuiltIn::Reduce;
        let (items, function, first) = match arguments {
            [items, function] => (*items, *function, None),
            [items, function, first] if reduces => (*items, *function, Some(*first)),
            _ => return Ok(None),
        };
        if !self.is_closure(function, if reduces { 2 } else { 0 })? {
            return Ok(None);
        }
        let items = self.node(items)?.reference();
        let (names, body) = self.function(function, parameters, wants)?;
        let first = match first {
            Some(first) => Some(self.node(first)?.owned()),
            None => reduces.then(|| quote!(__rt::jsonata::Value::Undefined)),
        };
        let first = first.map(|first| quote!(#first,));
        let name = ident(name);
        let code = quote!(__rt::jsonata::compiled::#name(evaluation, #items, #first &mut |#(#names),*| #body));
        let sequence = match called {
            BuiltIn::Map | BuiltIn::Each | BuiltIn::Filter => Sequence::Always,
            _ => Sequence::No,
        };
        Ok(Some(Code::value(code).raising().sequence(sequence)))
    }

    /// Whether the node is a lambda, or a variable that is one, with so many parameters at least.
    fn is_closure(&self, node: &Node, least: usize) -> Result<bool> {
        if let Kind::Lambda(lambda) = &node.kind {
            return Ok(node.predicates.is_empty() && node.group.is_none() && lambda.parameters.len() >= least);
        }
        let Some(name) = plain_variable(node) else { return Ok(false) };
        Ok(matches!(self.scope.local(name)?, Some(Local::Closure(_, count)) if *count >= least))
    }

    /// A lambda, or a variable that is one, as parameters and body of a closure.
    fn function(
        &mut self,
        node: &Node,
        parameters: usize,
        wants: Wants,
    ) -> Result<(Vec<TokenStream>, TokenStream)> {
        let form = |body: &Code| match wants {
            Wants::Value => body.result(),
            Wants::Bool => body.condition_result(),
        };
        if let Kind::Lambda(lambda) = &node.kind
            && node.predicates.is_empty()
            && node.group.is_none()
        {
            return self.body(lambda, parameters, Local::Reference, form);
        }
        let name = plain_variable(node).unwrap_or_default();
        let Some(Local::Closure(closure, count)) = self.scope.local(name)? else { return Err(Reason::FunctionValue) };
        let (closure, count) = (closure.clone(), *count);
        if count > parameters {
            return Err(Reason::FunctionValue);
        }
        let names = ["value", "key", "whole", "array"].iter().take(count).map(|name| self.scope.fresh(name));
        let names = names.collect::<Vec<_>>();
        let call = Code::value(quote!(#closure([#(#names.clone()),*]))).raising();
        let mut all = names.iter().map(|name| quote!(#name)).collect::<Vec<_>>();
        all.resize_with(parameters, || quote!(_));
        Ok((all, form(&call)))
    }
}
