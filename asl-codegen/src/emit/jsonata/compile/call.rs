//! Calls.

use proc_macro2::Ident;
use quote::quote;

use super::{Code, Compiler, Local, Place, Reason, Result};
use crate::emit::ident;
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Call, Kind, Node};

impl Compiler<'_> {
    /// A call. `piped` is what `~>` gives it as its first argument.
    pub(super) fn call(&mut self, call: &Call, piped: Option<&Node>) -> Result<Code> {
        let Some(name) = plain_variable(&call.procedure) else { return Err(Reason::Callee) };
        let arguments = piped.into_iter().chain(&call.arguments).collect::<Vec<_>>();
        self.call_named(name, &arguments, CallContext::Current)
    }

    /// `argument ~> function`. A function that is no call gets no context.
    pub(super) fn apply(&mut self, argument: &Node, function: &Node) -> Result<Code> {
        let plain = function.predicates.is_empty() && function.group.is_none();
        match &function.kind {
            Kind::Call(call) if plain => self.call(call, Some(argument)),
            Kind::Variable(name) if plain && self.built_in(argument)?.is_none() => {
                self.call_named(name, &[argument], CallContext::Null)
            }
            _ => Err(Reason::Composition),
        }
    }

    fn call_named(&mut self, name: &str, arguments: &[&Node], context: CallContext) -> Result<Code> {
        match self.scope.local(name)? {
            Some(Local::Closure(closure, parameters)) => {
                let (closure, parameters) = (closure.clone(), *parameters);
                return self.call_closure(&closure, parameters, arguments);
            }
            Some(_) => return Err(Reason::Callee),
            None => {}
        }
        if self.is_outer(name) {
            return Err(Reason::Callee);
        }
        match BuiltIn::named(name) {
            Some(BuiltIn::Eval) => Err(Reason::Eval),
            Some(function) => self.call_built_in(function, arguments, context),
            None => Err(Reason::Callee),
        }
    }

    /// Whether the name is one of a variable of the machine, of `$states`, or of whoever evaluates the expression.
    fn is_outer(&self, name: &str) -> bool {
        let states = name == "states" && matches!(self.place, Place::State(_));
        states || self.outer(name).is_some()
    }

    fn call_closure(&mut self, closure: &Ident, parameters: usize, arguments: &[&Node]) -> Result<Code> {
        if arguments.len() > parameters {
            return Err(Reason::Callee);
        }
        let mut values =
            arguments.iter().map(|argument| Ok(self.node(argument)?.owned())).collect::<Result<Vec<_>>>()?;
        values.resize_with(parameters, || quote!(__rt::jsonata::Value::Undefined));
        Ok(Code::value(quote!(#closure([#(#values),*]))).raising())
    }

    fn call_built_in(&mut self, function: BuiltIn, arguments: &[&Node], context: CallContext) -> Result<Code> {
        if let Some(code) = self.over_items(function, arguments)? {
            return Ok(code);
        }
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.argument(argument)?);
        }
        if let Some(code) = typed(function, &values) {
            return Ok(code);
        }
        let context = match context {
            CallContext::Null => quote!(&__rt::jsonata::Value::Null),
            CallContext::Current if takes_context(function, values.len()) => self.context().reference(),
            CallContext::Current => quote!(&__rt::jsonata::Value::Undefined),
        };
        let name = ident(&format!("{function:?}"));
        let values = values.iter().map(Code::owned);
        let code = quote!(__rt::jsonata::functions::call(
            evaluation, __rt::jsonata::BuiltIn::#name, #context, vec![#(#values),*]
        ));
        Ok(Code::value(code).raising())
    }

    /// An argument: it may be a built-in function or a regular expression.
    fn argument(&mut self, node: &Node) -> Result<Code> {
        match &node.kind {
            _ => match self.built_in(node)? {
                Some(function) => {
                    let name = ident(&format!("{function:?}"));
                    Ok(Code::value(quote!(__rt::jsonata::compiled::built_in(__rt::jsonata::BuiltIn::#name))).single())
                }
                None => self.node(node),
            },
        }
    }

    /// The built-in function that the node names.
    fn built_in(&self, node: &Node) -> Result<Option<BuiltIn>> {
        let Some(name) = plain_variable(node) else { return Ok(None) };
        if self.scope.local(name)?.is_some() || self.is_outer(name) {
            return Ok(None);
        }
        Ok(BuiltIn::named(name))
    }
}

/// What a built-in function takes for an argument that is missing.
#[derive(Clone, Copy)]
enum CallContext {
    /// The context of the call.
    Current,
    /// `null`: of a function that `~>` applies.
    Null,
}

/// The name of the variable that the node is.
pub(super) fn plain_variable(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Variable(name) if node.predicates.is_empty() && node.group.is_none() => Some(name),
        _ => None,
    }
}

/// Whether the function may take the context for a missing argument when it is called with so many.
fn takes_context(function: BuiltIn, arguments: usize) -> bool {
    let signature = function.signature();
    let parameters = signature.split(':').next().unwrap_or_default();
    parameters.contains('-') && arguments < parameters.chars().filter(char::is_ascii_lowercase).count()
}

/// The library's own function for a built-in one that is called with as many arguments as it takes.
fn typed(function: BuiltIn, arguments: &[Code]) -> Option<Code> {
    let _ = (function, arguments);
    None
}
