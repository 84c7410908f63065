//! Calls, partial applications and `~>`.

use std::rc::Rc;

use asl_codegen::jsonata::parse;
use asl_codegen::jsonata::syntax::{self, Kind, Node};

use super::closure::{Composed, Partial, Tail, built_in, call};
use super::{BuiltIn, Error, Function, Place, Result, Value};
use crate::jsonata::signature::validate;
use crate::jsonata::text::shown;

/// What is called.
enum Callee<'a> {
    /// It need not be made a value of.
    BuiltIn(BuiltIn),
    Function(Rc<Function<'a>>),
    None,
}

impl<'a> Place<'_, 'a> {
    /// A call; `first` is its first argument, from before a `~>`.
    #[inline(never)]
    pub(super) fn call(
        &self,
        node: &'a Node,
        expression: &'a syntax::Call,
        first: Option<Value<'a>>,
    ) -> Result<Value<'a>> {
        if expression.tail && first.is_none() {
            return self.tail(expression);
        }
        let result = self.call_now(expression, first);
        if result.is_err() { located(result, node, &expression.procedure) } else { result }
    }

    #[inline(never)]
    fn call_now(&self, expression: &'a syntax::Call, first: Option<Value<'a>>) -> Result<Value<'a>> {
        let callee = self.callee(&expression.procedure)?;
        let arguments = self.arguments(first, &expression.arguments)?;
        self.invoke(callee, arguments)
    }

    fn invoke(&self, callee: Callee<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        match callee {
            Callee::BuiltIn(BuiltIn::Eval) => self.eval(arguments),
            Callee::BuiltIn(function) => built_in(self.evaluation, function, self.input, arguments),
            Callee::Function(function) if is_eval(&function) => self.eval(arguments),
            Callee::Function(function) => call(self.evaluation, &function, self.input, arguments),
            Callee::None => Err(Error::new("T1006")),
        }
    }

    #[inline(never)]
    fn callee(&self, procedure: &'a Node) -> Result<Callee<'a>> {
        if let Kind::Variable(name) = &procedure.kind
            && procedure.predicates.is_empty()
            && procedure.group.is_none()
            && !name.is_empty()
        {
            self.evaluation.step(1)?;
            return Ok(match self.scope.variable(name) {
                Some(Value::Function(function)) => Callee::Function(function),
                Some(_) => Callee::None,
                None => BuiltIn::named(name).map_or(Callee::None, Callee::BuiltIn),
            });
        }
        match self.evaluate(procedure)? {
            Value::Function(function) => Ok(Callee::Function(function)),
            _ => self.ensure_not_forgotten(procedure, "T1005").map(|()| Callee::None),
        }
    }

    /// Refuses a function that was named without its `$`.
    #[cold]
    fn ensure_not_forgotten(&self, procedure: &'a Node, code: &'static str) -> Result<()> {
        match &procedure.kind {
            Kind::Path(_) => match name_of(procedure) {
                Some(name) if !self.variable(name).is_undefined() => Err(Error::new(code).token(name)),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    #[inline(never)]
    pub(super) fn arguments(&self, first: Option<Value<'a>>, nodes: &'a [Node]) -> Result<Vec<Value<'a>>> {
        let mut arguments = Vec::with_capacity(nodes.len() + usize::from(first.is_some()));
        arguments.extend(first);
        for node in nodes {
            arguments.push(self.evaluate(node)?);
        }
        Ok(arguments)
    }

    #[inline(never)]
    pub(super) fn tail(&self, call: &'a syntax::Call) -> Result<Value<'a>> {
        Ok(Value::from(Function::Tail(Tail::new(self, call))))
    }

    #[inline(never)]
    pub(super) fn partial(&self, node: &'a Node, partial: &'a syntax::Partial) -> Result<Value<'a>> {
        let mut arguments = Vec::with_capacity(partial.arguments.len());
        for argument in &partial.arguments {
            arguments.push(match argument {
                Some(argument) => Some(self.evaluate(argument)?),
                None => None,
            });
        }
        match self.evaluate(&partial.procedure)? {
            Value::Function(function) => bounded(Function::Partial(Partial { function, arguments })),
            value => {
                let error = match self.ensure_not_forgotten(&partial.procedure, "T1007") {
                    Err(error) if value.is_undefined() => error,
                    _ => named(Error::new("T1008"), &partial.procedure),
                };
                Err(error.at(node.span.start as usize))
            }
        }
    }

    /// `a ~> f(b)` is `f(a, b)`, `a ~> f` is `f(a)`, and `f ~> g` is a function.
    #[inline(never)]
    pub(super) fn apply(&self, node: &'a Node, left: &'a Node, right: &'a Node) -> Result<Value<'a>> {
        let left = self.evaluate(left)?;
        // What stands behind the call is not looked at, as in JSONata.
        if let Kind::Call(expression) = &right.kind {
            return self.call(right, expression, Some(left));
        }
        match (left, self.evaluate(right)?) {
            (Value::Function(first), Value::Function(second)) => {
                bounded(Function::Composed(Composed { first, second }))
            }
            (left, Value::Function(function)) => call(self.evaluation, &function, &Value::Null, vec![left]),
            (_, other) => Err(Error::new("T2006").value(shown(&other)).at(node.span.start as usize)),
        }
    }

    /// `$eval`: the text is evaluated where the call stands, or with the second argument as `$`.
    #[inline(never)]
    pub(super) fn eval(&self, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        let arguments = validate(BuiltIn::Eval.name(), BuiltIn::Eval.parameters(), self.input, arguments)?;
        let Some(Value::String(text)) = arguments.first() else { return Ok(Value::Undefined) };
        self.evaluation.step(text.len() as u64)?;
        self.evaluation.allocate(text.len() as u64 * 16)?;
        let failed = |code, error: &Error| {
            let message = error.message();
            Error::new(code).value(serde_json::Value::from(message).to_string())
        };
        let node = self.evaluation.storage.keep_node(parse(text).map_err(|error| failed("D3120", &error))?);
        let result = match arguments.get(1) {
            None | Some(Value::Undefined) => self.evaluate(node),
            Some(input) => Place { whole: true, input, ..*self }.evaluate(node),
        };
        // A limit is the whole expression's.
        result.map_err(|error| if error.code() == "U1001" { error } else { failed("D3121", &error) })
    }
}

/// Whether a function is `$eval`: it evaluates where it is called.
pub(super) fn is_eval(function: &Function<'_>) -> bool {
    matches!(function, Function::BuiltIn(BuiltIn::Eval))
}

/// A function that holds others. It is refused when they are too many inside each other.
fn bounded(function: Function<'_>) -> Result<Value<'_>> {
    let value = Value::from(function);
    value.ensure_bounded()?;
    Ok(value)
}

/// What a call gave that failed.
#[cold]
#[inline(never)]
fn located<'a>(result: Result<Value<'a>>, node: &Node, procedure: &Node) -> Result<Value<'a>> {
    result.map_err(|error| named(error, procedure).at(node.span.start as usize))
}

/// The error with the name of what was called, unless it speaks of something already.
#[cold]
pub(super) fn named(error: Error, procedure: &Node) -> Error {
    match name_of(procedure) {
        Some(name) if error.subject().is_empty() => error.token(name),
        _ => error,
    }
}

fn name_of(procedure: &Node) -> Option<&str> {
    match &procedure.kind {
        Kind::Variable(name) | Kind::Name(name) | Kind::String(name) => Some(name),
        Kind::Path(path) => path.steps.first().and_then(|step| name_of(&step.node)),
        _ => None,
    }
}
