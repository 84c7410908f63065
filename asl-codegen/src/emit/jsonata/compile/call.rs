//! Calls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::built_in::{Typed, result, typed};
use super::code::Sequence;
use super::path::is_plain_node;
use super::{Code, Compiler, Local, Place, Reason, Result};
use crate::emit::ident;
use crate::jsonata::Function as BuiltIn;
use crate::jsonata::signature::{Count, Parameter, Types};
use crate::jsonata::syntax::{Call, Kind, Node, Regex};

impl Compiler<'_> {
    /// A call. `piped` is what `~>` gives it as its first argument.
    pub(super) fn call(&mut self, call: &Call, piped: Option<&Node>) -> Result<Code> {
        let Some(name) = plain_variable(&call.procedure) else { return Err(Reason::Callee) };
        let arguments = piped.into_iter().chain(&call.arguments).collect::<Vec<_>>();
        self.call_named(name, &arguments)
    }

    /// `argument ~> function`. A built-in function that is no call has no name in its errors, and is left to the interpreter.
    pub(super) fn apply(&mut self, argument: &Node, function: &Node) -> Result<Code> {
        let plain = function.predicates.is_empty() && function.group.is_none();
        match &function.kind {
            Kind::Call(call) if plain => self.call(call, Some(argument)),
            Kind::Variable(name) if plain && self.built_in(argument)?.is_none() => match self.scope.local(name)? {
                Some(Local::Closure(..)) => self.call_named(name, &[argument]),
                _ => Err(Reason::Composition),
            },
            _ => Err(Reason::Composition),
        }
    }

    fn call_named(&mut self, name: &str, arguments: &[&Node]) -> Result<Code> {
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
            Some(function) => self.call_built_in(function, arguments),
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
        Ok(Code::value(quote!(#closure([#(#values),*]))).raising().sequence(Sequence::Marked))
    }

    fn call_built_in(&mut self, function: BuiltIn, arguments: &[&Node]) -> Result<Code> {
        if let Some(code) = self.call_over_items(function, arguments)? {
            return Ok(code);
        }
        let mut values = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let parameter = function.parameters().get(index);
            let takes_function = parameter.is_some_and(|parameter| parameter.types.has(Types::FUNCTION));
            values.push(if takes_function { self.function_or_value(argument)? } else { self.node(argument)? });
        }
        let code = match typed(function) {
            Some(library) if is_whole(function, values.len()) => self.call_library(&library, function, &values),
            _ => {
                let context = match takes_context(function, values.len()) {
                    true => self.context().reference(),
                    false => quote!(&__rt::jsonata::Value::Undefined),
                };
                let name = ident(&format!("{function:?}"));
                let values = values.iter().map(Code::owned);
                quote!(__rt::jsonata::compiled::call(
                    evaluation, __rt::jsonata::BuiltIn::#name, #context, vec![#(#values),*]
                ))
            }
        };
        let code = Code::value(code).raising();
        Ok(match result(function) {
            "s" | "n" | "b" => code.scalar(),
            "o" => code.single(),
            _ => code.sequence(Sequence::Marked),
        })
    }

    /// `$split(text, "separator")[number]`, for which no array is made. None when it is something else.
    pub(super) fn piece(&mut self, node: &Node) -> Result<Option<Code>> {
        let (Kind::Call(call), Some(predicate)) = (&node.kind, node.predicates.first()) else { return Ok(None) };
        let (Kind::Number(number), true) = (&predicate.kind, is_plain_node(predicate)) else { return Ok(None) };
        let [text, Node { kind: Kind::String(separator), .. }] = &*call.arguments else { return Ok(None) };
        if separator.is_empty() || self.built_in(&call.procedure)? != Some(BuiltIn::Split) {
            return Ok(None);
        }
        let text = self.node(text)?.reference();
        let context = self.context().reference();
        let code = quote!(__rt::jsonata::compiled::piece(evaluation, #context, #text, #separator, #number));
        Ok(Some(Code::value(code).raising().sequence(Sequence::Always)))
    }

    fn call_library(&mut self, library: &Typed, function: BuiltIn, values: &[Code]) -> TokenStream {
        let picture = picture_of(function).and_then(|(index, name)| Some((index, name, values.get(index)?.as_text()?)));
        let path = match picture {
            Some((_, name, _)) => {
                let name = ident(name);
                quote!(__rt::jsonata::functions::time::#name)
            }
            None => library.path(),
        };
        let context = library.takes_context.then(|| {
            let context = self.context().reference();
            quote!(#context,)
        });
        let missing = function.parameters().len().saturating_sub(values.len());
        let missing = std::iter::repeat_n(quote!(&__rt::jsonata::Value::Undefined), missing);
        let values = values.iter().enumerate().map(|(index, value)| match picture {
            Some((place, _, text)) if place == index => quote!({
                static PICTURE: __rt::jsonata::functions::time::Literal =
                    __rt::jsonata::functions::time::Literal::new(#text);
                &PICTURE
            }),
            _ => value.reference(),
        });
        let values = values.chain(missing);
        quote!(#path(evaluation, #context #(#values),*))
    }

    /// An argument that may be a built-in function or a regular expression.
    fn function_or_value(&mut self, node: &Node) -> Result<Code> {
        if let Kind::Regex(regex) = &node.kind
            && node.predicates.is_empty()
            && node.group.is_none()
        {
            let Regex { pattern, ignore_case, multi_line } = regex;
            return Ok(Code::value(quote!({
                static PATTERN: __rt::jsonata::regex::Literal =
                    __rt::jsonata::regex::Literal::new(#pattern, #ignore_case, #multi_line);
                __rt::jsonata::compiled::regex(&PATTERN)?
            })));
        }
        match self.built_in(node)? {
            Some(function) => {
                let name = ident(&format!("{function:?}"));
                Ok(Code::value(quote!(__rt::jsonata::compiled::built_in(__rt::jsonata::BuiltIn::#name))))
            }
            None => self.node(node),
        }
    }

    /// The built-in function that the node names.
    pub(super) fn built_in(&self, node: &Node) -> Result<Option<BuiltIn>> {
        let Some(name) = plain_variable(node) else { return Ok(None) };
        if self.scope.local(name)?.is_some() || self.is_outer(name) {
            return Ok(None);
        }
        Ok(BuiltIn::named(name))
    }
}

/// Which argument of the function is a picture of a time, and the library's function that takes it parsed.
fn picture_of(function: BuiltIn) -> Option<(usize, &'static str)> {
    match function {
        BuiltIn::FromMillis => Some((1, "from_millis_with")),
        BuiltIn::Now => Some((0, "now_with")),
        BuiltIn::ToMillis => Some((1, "to_millis_with")),
        _ => None,
    }
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
    let parameters = function.parameters();
    arguments < parameters.len() && parameters.iter().any(|parameter| parameter.context)
}

/// Whether no argument that is needed is missing in a call with so many, so that the context takes no one's place.
fn is_whole(function: BuiltIn, arguments: usize) -> bool {
    let parameters = function.parameters();
    let is_needed = |parameter: &Parameter| parameter.context || parameter.count == Count::One;
    let needed = parameters.iter().rposition(is_needed).map_or(0, |last| last + 1);
    (needed..=parameters.len()).contains(&arguments)
}
