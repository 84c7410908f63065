//! The functions that an expression makes, and how every function is called.

use std::cell::OnceCell;
use std::rc::Rc;

use asl_codegen::jsonata::signature::Signature;
use asl_codegen::jsonata::syntax;

use super::call::is_eval;
use super::scope::{Name, Scope};
use super::{Place, singleton};
use crate::jsonata::{BuiltIn, Error, Evaluation, Function, Result, Value, functions, signature};

/// A function literal with what it sees.
#[derive(Debug)]
pub(crate) struct Closure<'a> {
    lambda: &'a syntax::Lambda,
    scope: Scope<'a>,
    /// `$` in its body: what it was where the literal stands.
    input: Value<'a>,
    whole: bool,
    signature: OnceCell<Signature>,
}

/// A function that has some of its arguments.
#[derive(Debug)]
pub(crate) struct Partial<'a> {
    pub(super) function: Rc<Function<'a>>,
    /// None for one that is still to come.
    pub(super) arguments: Vec<Option<Value<'a>>>,
}

/// `f ~> g`: what the first gives is the second's argument.
#[derive(Debug)]
pub(crate) struct Composed<'a> {
    pub(super) first: Rc<Function<'a>>,
    pub(super) second: Rc<Function<'a>>,
}

/// A call at the end of a lambda: it is done by whoever called the lambda. Nobody else sees it, but for what stands behind a
/// block at the end of a lambda, as in JSONata.
#[derive(Debug)]
pub(crate) struct Tail<'a> {
    call: &'a syntax::Call,
    scope: Scope<'a>,
    input: Value<'a>,
    whole: bool,
}

impl<'a> Closure<'a> {
    pub(super) fn new(place: &Place<'_, 'a>, lambda: &'a syntax::Lambda) -> Self {
        let (scope, input) = (place.scope.clone(), place.input.clone());
        Self { lambda, scope, input, whole: place.whole, signature: OnceCell::new() }
    }

    fn call(&self, evaluation: &Evaluation<'a>, context: &Value<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        if self.lambda.signature.is_some() {
            return self.body(evaluation, self.checked(context, arguments)?);
        }
        self.body(evaluation, arguments)
    }

    /// Its body with these arguments. What has none is nothing.
    #[inline(never)]
    fn body(&self, evaluation: &Evaluation<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        let scope = self.bound(arguments);
        let place = Place { evaluation, scope: &scope, input: &self.input, whole: self.whole };
        let result = place.evaluate(&self.lambda.body);
        scope.leave(evaluation, result)
    }

    #[inline(never)]
    fn bound(&self, arguments: Vec<Value<'a>>) -> Scope<'a> {
        let mut arguments = arguments.into_iter();
        let bindings = self.lambda.parameters.iter();
        self.scope.inner(bindings.map(|name| (Name::Variable(name), arguments.next().unwrap_or_default())).collect())
    }

    fn checked(&self, context: &Value<'a>, arguments: Vec<Value<'a>>) -> Result<Vec<Value<'a>>> {
        let Some(text) = &self.lambda.signature else { return Ok(arguments) };
        // The parser has read it, so that it is right.
        let signature = self.signature.get_or_init(|| Signature::parse(text).unwrap_or_default());
        signature::validate("", &signature.parameters, context, arguments)
    }
}

impl<'a> Tail<'a> {
    pub(super) fn new(place: &Place<'_, 'a>, call: &'a syntax::Call) -> Self {
        Self { call, scope: place.scope.clone(), input: place.input.clone(), whole: place.whole }
    }
}

/// How deep the functions and values are that a function holds.
pub(crate) fn depth(function: &Function<'_>) -> u32 {
    let inner = match function {
        Function::Lambda(closure) => closure.scope.depth().max(closure.input.depth()),
        Function::Tail(tail) => tail.scope.depth().max(tail.input.depth()),
        Function::Transform(transformer) => transformer.depth(),
        Function::Composed(composed) => depth(&composed.first).max(depth(&composed.second)),
        Function::Partial(partial) => {
            let arguments = partial.arguments.iter().flatten().map(Value::depth);
            arguments.fold(depth(&partial.function), u32::max)
        }
        _ => return 1,
    };
    // To drop one takes as much stack as to drop some arrays inside each other.
    inner.saturating_add(4)
}

/// How many parameters a function has.
pub(crate) fn arity(function: &Function<'_>) -> usize {
    match function {
        Function::BuiltIn(function) => function.arity(),
        Function::Native(native) => native.arity,
        Function::Lambda(closure) => closure.lambda.parameters.len(),
        Function::Partial(partial) => {
            let open =
                |count: usize| partial.arguments.iter().take(count).filter(|argument| argument.is_none()).count();
            match &*partial.function {
                Function::Lambda(closure) => open(closure.lambda.parameters.len()),
                _ => open(usize::MAX),
            }
        }
        Function::Composed(_) | Function::Transform(_) => 1,
        // The second is where it begins.
        Function::Regex(_) => 2,
        Function::Tail(_) => 0,
    }
}

/// Calls a function. `context` is what takes the place of an argument that its signature lets be missing.
///
/// # Errors
/// What the function raises; an argument that its signature does not allow.
pub(crate) fn call<'a>(
    evaluation: &Evaluation<'a>,
    function: &Function<'a>,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    let depth = evaluation.descend(1)?;
    let result = once(evaluation, function, context, arguments);
    let result = if is_simple(&result) { result } else { finish(evaluation, result, context) };
    evaluation.ascend(depth);
    result
}

/// Whether nothing is to be done with what a function gave.
fn is_simple(result: &Result<Value<'_>>) -> bool {
    !matches!(result, Ok(Value::Function(_) | Value::Array(_) | Value::Object(_)))
}

/// How many steps a call at the end of a function counts for. It makes a scope and a function, and nothing else limits how many
/// there are: a function that calls itself at its end without end is stopped after a second rather than after many.
const TAIL: u64 = 20;

/// Does the call at the end of a function, and that at the end of what it called, and so on.
#[inline(never)]
fn finish<'a>(evaluation: &Evaluation<'a>, result: Result<Value<'a>>, context: &Value<'a>) -> Result<Value<'a>> {
    let mut result = result?;
    while let Value::Function(function) = &result
        && let Function::Tail(tail) = &**function
    {
        evaluation.step(TAIL)?;
        result = again(evaluation, tail, context)?;
    }
    result.ensure_bounded()?;
    Ok(result)
}

/// Calls a function, without the call at its end.
fn once<'a>(
    evaluation: &Evaluation<'a>,
    function: &Function<'a>,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    match function {
        Function::Lambda(closure) => closure.call(evaluation, context, arguments),
        _ => once_other(evaluation, function, context, arguments),
    }
}

#[inline(never)]
fn once_other<'a>(
    evaluation: &Evaluation<'a>,
    function: &Function<'a>,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    match function {
        Function::Lambda(closure) => closure.call(evaluation, context, arguments),
        Function::BuiltIn(function) => {
            let result = built_in(evaluation, *function, context, arguments);
            if result.is_err() { unnamed(result, *function) } else { result }
        }
        Function::Native(native) => (native.call)(evaluation, &arguments),
        Function::Partial(partial) => complete(evaluation, partial, arguments),
        Function::Composed(composed) => compose(evaluation, composed, arguments),
        Function::Transform(transformer) => transformer.call(evaluation, arguments),
        Function::Regex(regex) => {
            let text = arguments.first().and_then(Value::as_str).unwrap_or_default();
            evaluation.step(regex.steps(text.len()))?;
            regex.call_with(&arguments)
        }
        Function::Tail(tail) => again(evaluation, tail, context),
    }
}

/// JSONata names a function as it is called, so that `$map(values, $uppercase)` says of an argument of `$uppercase` that it is
/// one of `$map`.
#[cold]
#[inline(never)]
fn unnamed<'a>(result: Result<Value<'a>>, function: BuiltIn) -> Result<Value<'a>> {
    result.map_err(|error| match error.code() {
        "T0410" | "T0411" | "T0412" if error.subject() == function.name() => error.without_token(),
        _ => error,
    })
}

/// Calls a built-in function.
#[inline(never)]
pub(super) fn built_in<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    // One that calls functions in turn has more frames of its own.
    let calls = arguments.iter().any(|argument| matches!(argument, Value::Function(_)));
    let depth = evaluation.descend(if calls { 4 } else { 2 })?;
    let result = functions::call(evaluation, function, context, arguments);
    evaluation.ascend(depth);
    result
}

#[inline(never)]
fn complete<'a>(evaluation: &Evaluation<'a>, partial: &Partial<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
    let mut open = arguments.into_iter();
    let arguments = partial.arguments.iter();
    let arguments = arguments.map(|known| known.clone().unwrap_or_else(|| open.next().unwrap_or_default())).collect();
    let depth = evaluation.descend(1)?;
    let result = match &*partial.function {
        // A partial application of a lambda has no signature.
        Function::Lambda(closure) => closure.body(evaluation, arguments),
        function => once(evaluation, function, &Value::Null, arguments),
    };
    evaluation.ascend(depth);
    result
}

#[inline(never)]
fn compose<'a>(evaluation: &Evaluation<'a>, composed: &Composed<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
    let argument = arguments.into_iter().next().unwrap_or_default();
    let depth = evaluation.descend(1)?;
    let argument = singleton(call(evaluation, &composed.first, &Value::Null, vec![argument])?, false);
    let result = once(evaluation, &composed.second, &Value::Null, vec![argument]);
    evaluation.ascend(depth);
    result
}

/// Does the call at the end of a lambda, without the call at the end of what is called.
#[inline(never)]
fn again<'a>(evaluation: &Evaluation<'a>, tail: &Tail<'a>, context: &Value<'a>) -> Result<Value<'a>> {
    let place = Place { evaluation, scope: &tail.scope, input: &tail.input, whole: tail.whole };
    evaluation.step(1)?;
    let function = place.evaluate(&tail.call.procedure)?;
    let arguments = place.arguments(None, &tail.call.arguments)?;
    let result = match &function {
        Value::Function(function) if is_eval(function) => place.eval(arguments),
        Value::Function(function) => once(evaluation, function, context, arguments),
        _ => Err(Error::new("T1006")),
    };
    result.map_err(|error| super::call::named(error, &tail.call.procedure))
}
