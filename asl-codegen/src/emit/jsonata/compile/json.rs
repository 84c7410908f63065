//! Expressions whose result is wanted as JSON: what they construct is made as JSON at once, and not as a value first.

use proc_macro2::TokenStream;
use quote::quote;

use super::construct::{constant_keys, is_array};
use super::{Compiler, Result};
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Call, Condition, ConditionForm, Group, Kind, Node, Path, Step};

/// An expression of Rust for JSON.
pub(super) enum Json {
    /// Of type `Value`.
    Sure(TokenStream),
    /// Of type `Option<Value>`: none is nothing.
    Maybe(TokenStream),
}

impl Json {
    /// As an expression of type `Option<Value>`.
    pub(super) fn option(self) -> TokenStream {
        match self {
            Self::Sure(json) => quote!(Some(#json)),
            Self::Maybe(json) => json,
        }
    }
}

impl Compiler<'_> {
    /// The node as an expression for JSON. None when it constructs nothing.
    pub(super) fn json(&mut self, node: &Node) -> Result<Option<Json>> {
        let plain = node.predicates.is_empty() && node.group.is_none();
        match &node.kind {
            Kind::Path(path) if node.group.is_none() && node.predicates.is_empty() => self.json_path(node, path),
            _ if !plain => Ok(None),
            Kind::Object(group) => self.nested(|compiler| compiler.json_object(group)),
            Kind::Array(items) => self.nested(|compiler| compiler.json_array(items)).map(Some),
            Kind::Block(items) => self.nested(|compiler| compiler.json_block(items)),
            Kind::Condition(condition) => self.nested(|compiler| compiler.json_condition(condition)),
            Kind::Call(call) => self.nested(|compiler| compiler.json_call(node, call)),
            _ => Ok(None),
        }
    }

    fn json_object(&mut self, group: &Group) -> Result<Option<Json>> {
        let Some(keys) = constant_keys(group)? else { return Ok(None) };
        let count = keys.len();
        if count == 0 {
            return Ok(Some(Json::Sure(quote!(__rt::Value::Object(__rt::Map::new())))));
        }
        let object = self.scope.fresh("object");
        let (whole, statements) = self.with_whole(|compiler| {
            let mut statements = TokenStream::new();
            for (key, (_, value)) in keys.iter().zip(&group.pairs) {
                statements.extend(match compiler.json(value)? {
                    Some(Json::Sure(json)) => quote!(#object.insert(#key.to_owned(), #json);),
                    Some(Json::Maybe(json)) => quote!(__rt::jsonata::compiled::put(&mut #object, #key, #json);),
                    None => {
                        let value = compiler.node(value)?.owned();
                        quote!(__rt::jsonata::compiled::insert(&mut #object, #key, #value);)
                    }
                });
            }
            Ok(statements)
        })?;
        Ok(Some(Json::Sure(quote!({
            #whole
            let mut #object = __rt::Map::with_capacity(#count);
            #statements
            __rt::Value::Object(#object)
        }))))
    }

    fn json_array(&mut self, items: &[Node]) -> Result<Json> {
        let count = items.len();
        if count == 0 {
            return Ok(Json::Sure(quote!(__rt::Value::Array(Vec::new()))));
        }
        let array = self.scope.fresh("items");
        let mut statements = TokenStream::new();
        for item in items {
            let constructs = matches!(item.kind, Kind::Object(_) | Kind::Array(_));
            let json = if constructs { self.json(item)? } else { None };
            statements.extend(match json {
                Some(Json::Sure(json)) => quote!(#array.push(#json);),
                Some(Json::Maybe(json)) => quote!(#array.extend(#json);),
                None => {
                    let value = self.node(item)?.owned();
                    match is_array(item) {
                        true => quote!(__rt::jsonata::compiled::push_item(&mut #array, #value);),
                        false => quote!(__rt::jsonata::compiled::push_items(&mut #array, #value);),
                    }
                }
            });
        }
        Ok(Json::Sure(quote!({
            let mut #array = Vec::with_capacity(#count);
            #statements
            __rt::Value::Array(#array)
        })))
    }

    fn json_block(&mut self, items: &[Node]) -> Result<Option<Json>> {
        let Some((last, before)) = items.split_last() else { return Ok(None) };
        if before.is_empty() {
            return self.json(last);
        }
        if !constructs(last) {
            return Ok(None);
        }
        let mark = self.scope.mark();
        self.scope.block(items);
        let done = self.statements(before).and_then(|statements| {
            Ok(match self.json(last)? {
                Some(Json::Sure(json)) => Some(Json::Sure(quote!({ #statements #json }))),
                Some(Json::Maybe(json)) => Some(Json::Maybe(quote!({ #statements #json }))),
                None => None,
            })
        });
        self.scope.leave(mark);
        done
    }

    fn json_condition(&mut self, condition: &Condition) -> Result<Option<Json>> {
        let Condition { form: ConditionForm::Full, test, then: Some(then), otherwise } = condition else {
            return Ok(None);
        };
        if !constructs(then) && !otherwise.as_ref().is_some_and(constructs) {
            return Ok(None);
        }
        let test = self.node(test)?.condition();
        let then = self.json_or_value(then)?;
        let otherwise = match otherwise {
            Some(otherwise) => self.json_or_value(otherwise)?,
            None => quote!(None),
        };
        Ok(Some(Json::Maybe(quote!(if #test { #then } else { #otherwise }))))
    }

    /// As an expression of type `Option<Value>`.
    fn json_or_value(&mut self, node: &Node) -> Result<TokenStream> {
        if let Some(json) = self.json(node)? {
            return Ok(json.option());
        }
        let value = self.node(node)?.owned();
        Ok(quote!(#value.into_json()))
    }

    /// A path whose last step is an object.
    fn json_path(&mut self, node: &Node, path: &Path) -> Result<Option<Json>> {
        let [_, .., last] = path.steps.as_slice() else { return Ok(None) };
        if !is_object_step(last) {
            return Ok(None);
        }
        super::path::refuse_bindings(path)?;
        let input = self.path_before_last(path)?.reference();
        let (item, body) = self.item(|compiler| compiler.json_or_value(&last.node))?;
        let keep = path.keep_singleton || node.keep_array;
        let code = quote!(__rt::jsonata::compiled::step_json(evaluation, #input, #keep, &mut |#item| Ok(#body))?);
        Ok(Some(Json::Maybe(code)))
    }

    /// `$map` with a lambda that constructs, `$merge` of an array.
    fn json_call(&mut self, node: &Node, call: &Call) -> Result<Option<Json>> {
        match (self.built_in(&call.procedure)?, call.arguments.as_slice()) {
            (Some(BuiltIn::Map), [items, function]) => {
                let Kind::Lambda(lambda) = &function.kind else { return Ok(None) };
                if !function.predicates.is_empty() || function.group.is_some() || !makes_objects(&lambda.body) {
                    return Ok(None);
                }
                let items = self.node(items)?.reference();
                let (parameters, body) = self.body_with(lambda, super::lambda::ITEM, |compiler| {
                    let json = compiler.json_or_value(&lambda.body)?;
                    Ok(quote!(Ok(#json)))
                })?;
                let keep = node.keep_array;
                let closure = quote!(&mut |#(#parameters),*| #body);
                let code = quote!(__rt::jsonata::compiled::map_json(evaluation, #items, #keep, #closure)?);
                Ok(Some(Json::Maybe(code)))
            }
            (Some(BuiltIn::Merge), [argument])
                if is_array(argument) && argument.predicates.is_empty() && argument.group.is_none() =>
            {
                let Kind::Array(items) = &argument.kind else { return Ok(None) };
                if items.iter().any(is_array) {
                    return Ok(None);
                }
                let values = items.iter().map(|item| Ok(self.node(item)?.owned())).collect::<Result<Vec<_>>>()?;
                let code = quote!(__rt::jsonata::compiled::merge_json(evaluation, vec![#(#values),*])?);
                Ok(Some(Json::Sure(code)))
            }
            _ => Ok(None),
        }
    }
}

/// Whether it is worth while to make JSON of the node at once.
fn constructs(node: &Node) -> bool {
    if !node.predicates.is_empty() || node.group.is_some() {
        return false;
    }
    match &node.kind {
        Kind::Object(_) | Kind::Array(_) => true,
        Kind::Block(items) => items.last().is_some_and(constructs),
        _ => false,
    }
}

/// Whether the node gives objects, and nothing that a sequence flattens.
fn makes_objects(node: &Node) -> bool {
    if !node.predicates.is_empty() || node.group.is_some() {
        return false;
    }
    match &node.kind {
        Kind::Object(_) => true,
        Kind::Block(items) => items.last().is_some_and(makes_objects),
        _ => false,
    }
}

/// Whether the step is an object constructor.
fn is_object_step(step: &Step) -> bool {
    step.stages.is_empty() && step.sort.is_empty() && makes_objects(&step.node)
}
