//! Arrays, objects and groups.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Code, Compiler, Context, Reason, Result};
use crate::jsonata::syntax::{Group, Kind, Node};

impl Compiler<'_> {
    /// `[a, b]`. `step`: as a step of a path it is not flattened.
    pub(super) fn array(&mut self, items: &[Node], step: bool) -> Result<Code> {
        self.constructs |= step;
        let codes = items.iter().map(|item| self.node(item)).collect::<Result<Vec<_>>>()?;
        let whole = items.iter().zip(&codes).all(|(item, code)| code.single || is_array(item));
        let function = match step {
            true => quote!(constructed),
            false => quote!(array),
        };
        if whole {
            let values = codes.iter().map(Code::owned);
            return Ok(Code::value(quote!(__rt::jsonata::compiled::#function(vec![#(#values),*]))));
        }
        let count = items.len();
        let array = self.scope.fresh("items");
        let statements = items.iter().zip(&codes).map(|(item, code)| {
            let value = code.owned();
            match code.single || is_array(item) {
                true => quote!(#array.push(#value);),
                false => quote!(__rt::jsonata::compiled::append(evaluation, &mut #array, #value)?;),
            }
        });
        Ok(Code::value(quote!({
            let mut #array = Vec::with_capacity(#count);
            #(#statements)*
            __rt::jsonata::compiled::#function(#array)
        })))
    }

    /// `{k: v}` at the beginning of an expression: the pairs are made from the context.
    pub(super) fn object(&mut self, group: &Group) -> Result<Code> {
        let Some(keys) = constant_keys(group)? else {
            let context = self.context();
            return self.group(&context, group);
        };
        let (whole, members) = self.with_whole(|compiler| {
            let members = keys.iter().zip(&group.pairs).map(|(key, (_, value))| {
                let value = compiler.node(value)?.owned();
                Ok(quote!((#key, #value)))
            });
            members.collect::<Result<Vec<_>>>()
        })?;
        let object = quote!(__rt::jsonata::compiled::object(&mut [#(#members),*]));
        Ok(Code::value(if whole.is_empty() { object } else { quote!({ #whole #object }) }).single())
    }

    /// What `work` makes of the context as the values of an object's pairs see it: of all items, because the keys are the
    /// same for each. Before it is a statement that gives the context a name, unless it is not read.
    pub(super) fn with_whole<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<(TokenStream, T)> {
        if matches!(self.context, Context::Nothing) {
            return Ok((TokenStream::new(), work(self)?));
        }
        let item = self.scope.fresh("item");
        let (made, reads) = self.with_context(Context::Item(item.clone()), work)?;
        if !reads {
            return Ok((TokenStream::new(), made));
        }
        let context = self.context().reference();
        Ok((quote!(let #item = &__rt::jsonata::compiled::whole(evaluation, #context)?;), made))
    }

    /// `value{k: v}`
    pub(super) fn group(&mut self, value: &Code, group: &Group) -> Result<Code> {
        let value = value.reference();
        let (item, keys) = self.item(|compiler| {
            let keys = group.pairs.iter().map(|(key, _)| Ok(compiler.node(key)?.result()));
            keys.collect::<Result<Vec<_>>>()
        })?;
        let (values_item, values) = self.item(|compiler| {
            let values = group.pairs.iter().map(|(_, value)| Ok(compiler.node(value)?.result()));
            values.collect::<Result<Vec<_>>>()
        })?;
        let pairs = group.pairs.len();
        let key = choose(&quote!(pair), &keys);
        let value_of = choose(&quote!(pair), &values);
        let code = quote!(__rt::jsonata::compiled::group(
            evaluation, #value, #pairs, &mut |pair, #item| #key, &mut |pair, #values_item| #value_of
        ));
        Ok(Code::value(code).raising().single())
    }
}

/// The keys, when all are literal strings.
pub(super) fn constant_keys(group: &Group) -> Result<Option<Vec<&str>>> {
    let keys = group.pairs.iter().map(|(key, _)| match &key.kind {
        Kind::String(text) if key.predicates.is_empty() && key.group.is_none() => Some(text.as_str()),
        _ => None,
    });
    let Some(keys) = keys.collect::<Option<Vec<_>>>() else { return Ok(None) };
    // The runtime names them for what they are: an error.
    if keys.iter().collect::<HashSet<_>>().len() < keys.len() {
        return Err(Reason::SameName);
    }
    Ok(Some(keys))
}

/// Whether the node is an array constructor: as an item of another it is one item.
pub(super) fn is_array(node: &Node) -> bool {
    matches!(node.kind, Kind::Array(_))
}

/// The one of the results whose number `index` is.
pub(super) fn choose(index: &TokenStream, results: &[TokenStream]) -> TokenStream {
    match results {
        [only] => only.clone(),
        results => {
            let (last, rest) = match results.split_last() {
                Some((last, rest)) => (last.clone(), rest),
                None => (quote!(Ok(__rt::jsonata::Value::Undefined)), results),
            };
            let numbers = 0..rest.len();
            quote!(match #index { #(#numbers => #rest,)* _ => #last })
        }
    }
}
