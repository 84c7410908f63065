//! Lambdas: closures of Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call::plain_variable;
use super::code::Sequence;
use super::{Code, Compiler, Local, Reason, Result};
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Kind, Lambda, Node};

/// How the library gives a closure an argument.
#[derive(Clone, Copy)]
pub(super) enum Given {
    Value,
    Reference,
    /// As a `usize`.
    Index,
    /// As a reference to a text.
    Name,
}

/// What is given of an item: itself, its index, and what it is in.
pub(super) const ITEM: &[Given] = &[Given::Reference, Given::Index, Given::Reference];

/// A function of the library that takes a closure.
struct OverItems {
    path: TokenStream,
    gives: &'static [Given],
    /// What is made of the closure's result.
    result: fn(&Code) -> TokenStream,
    sequence: Sequence,
}

fn over_items(function: BuiltIn) -> Option<OverItems> {
    const MEMBER: &[Given] = &[Given::Reference, Given::Name, Given::Reference];
    const FOLD: &[Given] = &[Given::Value, Given::Reference, Given::Index, Given::Reference];
    const PAIR: &[Given] = &[Given::Reference, Given::Reference];
    let (path, gives, sequence) = match function {
        BuiltIn::Map => (quote!(higher_order::map), ITEM, Sequence::Marked),
        BuiltIn::Filter => (quote!(higher_order::filter), ITEM, Sequence::Marked),
        BuiltIn::Single => (quote!(higher_order::single), ITEM, Sequence::Marked),
        BuiltIn::Each => (quote!(higher_order::each), MEMBER, Sequence::Marked),
        BuiltIn::Sift => (quote!(higher_order::sift), MEMBER, Sequence::No),
        BuiltIn::Reduce => (quote!(higher_order::reduce), FOLD, Sequence::Marked),
        BuiltIn::Sort => (quote!(array::sort_with), PAIR, Sequence::Marked),
        _ => return None,
    };
    let result = if function == BuiltIn::Sort { comparison } else { Code::bounded };
    Some(OverItems { path, gives, result, sequence })
}

/// A comparator's result as a `Result` of a `bool`.
fn comparison(code: &Code) -> TokenStream {
    if code.is_boolean() {
        return code.condition_result();
    }
    let value = code.reference();
    quote!(Ok(__rt::jsonata::compiled::is_truthy(#value)))
}

impl Compiler<'_> {
    /// A lambda that is called by its name, as an expression for a closure of an array of its arguments.
    pub(super) fn closure(&mut self, lambda: &Lambda) -> Result<TokenStream> {
        let gives = vec![Given::Value; lambda.parameters.len()];
        let mark = self.scope.mark();
        self.scope.function();
        let done = self.body(lambda, &gives, Code::bounded);
        self.scope.leave(mark);
        let (parameters, body) = done?;
        Ok(quote!(__rt::jsonata::compiled::lambda(|[#(#parameters),*]| #body)))
    }

    /// Parameters and body of a closure that is given these arguments.
    fn body(
        &mut self,
        lambda: &Lambda,
        gives: &[Given],
        result: fn(&Code) -> TokenStream,
    ) -> Result<(Vec<TokenStream>, TokenStream)> {
        self.body_with(lambda, gives, |compiler| Ok(result(&compiler.node(&lambda.body)?)))
    }

    /// As [`Self::body`], with what `work` makes of the body.
    pub(super) fn body_with(
        &mut self,
        lambda: &Lambda,
        gives: &[Given],
        work: impl FnOnce(&mut Self) -> Result<TokenStream>,
    ) -> Result<(Vec<TokenStream>, TokenStream)> {
        if lambda.signature.is_some() {
            return Err(Reason::Signature);
        }
        if lambda.parameters.len() > gives.len() {
            return Err(Reason::FunctionValue);
        }
        let mark = self.scope.mark();
        self.scope.block(&[]);
        let mut parameters = Vec::with_capacity(gives.len());
        let mut statements = TokenStream::new();
        for (name, given) in lambda.parameters.iter().zip(gives) {
            let ident = self.scope.fresh(name);
            parameters.push(quote!(#ident));
            let local = match given {
                Given::Reference => Local::Reference(ident),
                Given::Value => Local::Value(ident),
                Given::Index | Given::Name => {
                    let value = converted(*given, &ident);
                    statements.extend(quote!(let #ident = #value;));
                    Local::Value(ident)
                }
            };
            self.scope.declare(name, local);
        }
        parameters.resize_with(gives.len(), || quote!(_));
        let body = work(self);
        self.scope.leave(mark);
        let body = body?;
        Ok((parameters, if statements.is_empty() { body } else { quote!({ #statements #body }) }))
    }

    /// A call of `$map` or its like with a lambda. None when it is another call.
    pub(super) fn call_over_items(&mut self, called: BuiltIn, arguments: &[&Node]) -> Result<Option<Code>> {
        let Some(library) = over_items(called) else { return Ok(None) };
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
        let (parameters, body) = self.function(function, &library)?;
        let closure = quote!(&mut |#(#parameters),*| #body);
        let path = &library.path;
        let first = match first {
            Some(first) => Some(self.node(first)?.reference()),
            None => reduces.then(|| quote!(&__rt::jsonata::Value::Undefined)),
        };
        let first = first.map(|first| quote!(, #first));
        let code = quote!(__rt::jsonata::functions::#path(evaluation, #items, #closure #first));
        Ok(Some(Code::value(code).raising().sequence(library.sequence)))
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
    fn function(&mut self, node: &Node, library: &OverItems) -> Result<(Vec<TokenStream>, TokenStream)> {
        if let Kind::Lambda(lambda) = &node.kind {
            return self.body(lambda, library.gives, library.result);
        }
        let name = plain_variable(node).unwrap_or_default();
        let Some(Local::Closure(closure, count)) = self.scope.local(name)? else { return Err(Reason::FunctionValue) };
        let (closure, count) = (closure.clone(), *count);
        if count > library.gives.len() {
            return Err(Reason::FunctionValue);
        }
        let mut parameters = Vec::with_capacity(library.gives.len());
        let mut values = Vec::with_capacity(count);
        for given in library.gives.iter().take(count) {
            let ident = self.scope.fresh("argument");
            parameters.push(quote!(#ident));
            values.push(converted(*given, &ident));
        }
        parameters.resize_with(library.gives.len(), || quote!(_));
        // The closure has looked at what it gives.
        let call = Code::value(quote!(#closure([#(#values),*]))).raising().scalar();
        Ok((parameters, (library.result)(&call)))
    }
}

/// An argument of a closure as a value.
fn converted(given: Given, ident: &Ident) -> TokenStream {
    match given {
        Given::Value => quote!(#ident),
        Given::Reference => quote!(#ident.clone()),
        Given::Index => quote!(__rt::jsonata::compiled::index(#ident)),
        Given::Name => quote!(__rt::jsonata::compiled::name(#ident)),
    }
}
