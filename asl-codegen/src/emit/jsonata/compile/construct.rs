//! Arrays, objects and groups.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Code, Compiler, Context, Reason, Result};
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Call, Group, Kind, Node};

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
                false => quote!(__rt::jsonata::compiled::append(&mut #array, #value);),
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
        let (item, values, reads) = self.values(group)?;
        if !reads {
            let members = keys.iter().zip(&values).map(|(key, value)| {
                let value = value.owned();
                quote!((#key, #value))
            });
            return Ok(Code::value(quote!(__rt::jsonata::compiled::object(&mut [#(#members),*]))).single());
        }
        let context = self.context().reference();
        let results = values.iter().map(Code::result).collect::<Vec<_>>();
        let value = choose(&quote!(pair), &results);
        let code =
            quote!(__rt::jsonata::compiled::object_of(evaluation, #context, &[#(#keys),*], &mut |pair, #item| #value));
        Ok(Code::value(code).raising().single())
    }

    /// The values of the pairs, for an item, and whether they read it.
    fn values(&mut self, group: &Group) -> Result<(Ident, Vec<Code>, bool)> {
        let (context, item) = match self.context {
            Context::Nothing => (Context::Nothing, self.scope.fresh("item")),
            _ => {
                let item = self.scope.fresh("item");
                (Context::Item(item.clone()), item)
            }
        };
        let nothing = matches!(context, Context::Nothing);
        let (values, reads) = self.with_context(context, |compiler| {
            group.pairs.iter().map(|(_, value)| compiler.node(value)).collect::<Result<Vec<_>>>()
        })?;
        Ok((item, values, reads && !nothing))
    }

    /// `value{k: v}`
    pub(super) fn group(&mut self, value: &Code, group: &Group) -> Result<Code> {
        Ok(Code::value(self.group_by(&quote!(group), value, group)?).raising().single())
    }

    /// As a call of this function of the runtime, which gives a `Result`.
    fn group_by(&mut self, function: &TokenStream, value: &Code, group: &Group) -> Result<TokenStream> {
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
        Ok(quote!(__rt::jsonata::compiled::#function(
            evaluation, #value, #pairs, &mut |pair, #item| #key, &mut |pair, #values_item| #value_of
        )))
    }

    /// What always gives an object or an array, as an expression for JSON of its own: a constructor, a grouping, a merge. None:
    /// it is something else.
    pub(super) fn json(&mut self, node: &Node) -> Result<Option<TokenStream>> {
        if !node.predicates.is_empty() {
            return Ok(None);
        }
        if let (Kind::Path(path), Some(group)) = (&node.kind, &node.group) {
            let value = self.grouped(path)?;
            let json = self.group_by(&quote!(group_json), &value, group)?;
            return Ok(Some(quote!(#json?)));
        }
        if node.group.is_some() {
            return Ok(None);
        }
        match &node.kind {
            Kind::Call(call) => self.json_merge(call),
            Kind::Object(group) => self.json_object(group),
            Kind::Array(items) => self.json_array(items).map(Some),
            Kind::Block(items) => match &**items {
                [only] => self.json(only),
                _ => self.json_block(items),
            },
            _ => Ok(None),
        }
    }

    fn json_object(&mut self, group: &Group) -> Result<Option<TokenStream>> {
        if !matches!(self.context, Context::Nothing) {
            return Ok(None);
        }
        let Some(keys) = constant_keys(group)? else { return Ok(None) };
        let count = keys.len();
        let object = self.scope.fresh("object");
        let mut statements = TokenStream::new();
        for (key, (_, value)) in keys.iter().zip(&group.pairs) {
            statements.extend(match self.json(value)? {
                Some(json) => quote!(#object.insert(#key.to_owned(), #json);),
                None => {
                    let value = self.node(value)?.owned();
                    quote!(__rt::jsonata::compiled::insert(&mut #object, #key, #value);)
                }
            });
        }
        Ok(Some(quote!({
            let mut #object = __rt::Map::with_capacity(#count);
            #statements
            __rt::Value::Object(#object)
        })))
    }

    /// `$merge([a, b])`
    fn json_merge(&mut self, call: &Call) -> Result<Option<TokenStream>> {
        let [Node { kind: Kind::Array(items), predicates, group: None, .. }] = &*call.arguments else {
            return Ok(None);
        };
        let is_plain = predicates.is_empty() && !items.iter().any(is_array);
        if !is_plain || self.built_in(&call.procedure)? != Some(BuiltIn::Merge) {
            return Ok(None);
        }
        let values = items.iter().map(|item| Ok(self.node(item)?.owned())).collect::<Result<Vec<_>>>()?;
        Ok(Some(quote!(__rt::jsonata::compiled::merge_json(evaluation, &mut [#(#values),*])?)))
    }

    fn json_array(&mut self, items: &[Node]) -> Result<TokenStream> {
        let count = items.len();
        let array = self.scope.fresh("items");
        let mut statements = TokenStream::new();
        for item in items {
            statements.extend(match self.json(item)? {
                Some(json) if !matches!(item.kind, Kind::Block(_)) => quote!(#array.push(#json);),
                _ => {
                    let value = self.node(item)?.owned();
                    match is_array(item) {
                        true => quote!(#array.extend(#value.into_json());),
                        false => quote!(__rt::jsonata::compiled::extend(&mut #array, #value);),
                    }
                }
            });
        }
        Ok(quote!({
            let mut #array = Vec::with_capacity(#count);
            #statements
            __rt::Value::Array(#array)
        }))
    }

    fn json_block(&mut self, items: &[Node]) -> Result<Option<TokenStream>> {
        let Some((last, before)) = items.split_last() else { return Ok(None) };
        if !matches!(last.kind, Kind::Object(_) | Kind::Array(_) | Kind::Path(_) | Kind::Call(_)) {
            return Ok(None);
        }
        let mark = self.scope.mark();
        self.scope.block(items);
        let done = self.statements(before).and_then(|statements| {
            let json = self.json(last)?;
            Ok(json.map(|json| quote!({ #statements #json })))
        });
        self.scope.leave(mark);
        done
    }
}

/// The keys, when all are literal strings.
fn constant_keys(group: &Group) -> Result<Option<Vec<&str>>> {
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
fn is_array(node: &Node) -> bool {
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
