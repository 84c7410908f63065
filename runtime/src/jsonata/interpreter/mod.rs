//! The interpreter: evaluates a syntax tree with the same values, operators and functions as generated code.
//!
//! It is recursive: what is evaluated inside each other is counted, and ends in JSONata's own error long before the stack
//! does. A call at the end of a lambda is given back to whoever called the lambda (`Function::Tail`), so it needs no stack.

mod call;
mod closure;
mod path;
mod scope;
mod transform;
mod tuple;

pub(crate) use closure::{Closure, Composed, Partial, Tail, arity, call, depth};
pub(crate) use scope::Left;
pub(crate) use transform::Transformer;

use std::borrow::Cow;
use std::rc::Rc;

use asl_codegen::jsonata::syntax::{self, Condition, ConditionForm, Group, Kind, Lambda, Node};
use scope::{Name, Scope};

use super::operators::{self, is_true};
use super::path::{filter, index, left, singleton, unwrapped};
use super::regex::Regex;
use super::{Array, BuiltIn, Error, Evaluation, Function, Object, Operator, Result, Value, Variables, group};

/// Evaluates the expression of a state's field: `$states` and the machine's variables are there, and there is no input
/// document.
///
/// # Errors
/// What the expression raises.
pub fn evaluate<'a>(evaluation: &Evaluation<'a>, node: &'a Node, variables: &'a dyn Variables) -> Result<Value<'a>> {
    let scope = Scope::of_state(variables);
    let place = Place { evaluation, scope: &scope, input: &Value::Undefined, whole: false };
    let result = place.evaluate(node);
    scope.leave(evaluation, result)
}

/// Evaluates an expression with `input` as `$` and `$$`, and with these bindings.
///
/// # Errors
/// What the expression raises.
pub fn evaluate_with<'a>(
    evaluation: &Evaluation<'a>,
    node: &'a Node,
    input: Value<'a>,
    bindings: &[(&'a str, Value<'a>)],
) -> Result<Value<'a>> {
    let mut bound: Vec<_> = bindings.iter().map(|(name, value)| (Name::Variable(name), value.clone())).collect();
    scope::bind(&mut bound, Name::Variable("$"), input.clone());
    let scope = Scope::outermost(bound);
    let place = Place { evaluation, scope: &scope, input: &input, whole: true };
    let result = place.evaluate(node);
    scope.leave(evaluation, result)
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
struct Place<'p, 'a> {
    evaluation: &'p Evaluation<'a>,
    scope: &'p Scope<'a>,
    /// `$`
    input: &'p Value<'a>,
    /// Whether the input is a document: a path is applied to it as one value, also when it is an array.
    whole: bool,
}

impl<'p, 'a> Place<'p, 'a> {
    /// The same scope with another input.
    fn with<'q>(&'q self, input: &'q Value<'a>) -> Place<'q, 'a>
    where
        'p: 'q,
    {
        Place { input, whole: false, ..*self }
    }

    /// Another scope with the same input.
    fn within<'q>(&'q self, scope: &'q Scope<'a>) -> Place<'q, 'a>
    where
        'p: 'q,
    {
        Place { scope, ..*self }
    }

    fn evaluate(&self, node: &'a Node) -> Result<Value<'a>> {
        let depth = self.evaluation.enter()?;
        let result = self.evaluate_kind(node);
        let is_done = node.predicates.is_empty() && node.group.is_none() && !is_sequence(&result);
        let result = if is_done { result } else { self.evaluate_behind(node, result) };
        self.evaluation.ascend(depth);
        result
    }

    // One function for each kind, and no `?` here: a frame that had room for what all of them need would be ten times as
    // large.
    #[inline(never)]
    fn evaluate_kind(&self, node: &'a Node) -> Result<Value<'a>> {
        match &node.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => literal(&node.kind),
            Kind::Regex(literal) => regex(literal),
            Kind::Name(_) | Kind::Wildcard | Kind::Descendants | Kind::Parent(_) => self.selection(&node.kind),
            Kind::Variable(name) => self.named(name),
            Kind::Path(path) => self.path(path, node.group.as_deref()),
            Kind::Negate(operand) => self.negate(node, operand),
            Kind::Array(items) => self.array(items),
            Kind::Object(group) => self.object(group),
            Kind::Binary(Operator::And | Operator::Or, left, right) => self.logic(node, left, right),
            Kind::Binary(Operator::Concatenate, ..) => self.concatenate(node),
            Kind::Binary(operator, left, right) => self.binary(node, *operator, left, right),
            Kind::Bind(name, value) => self.bind(name, value),
            Kind::Apply(left, right) => self.apply(node, left, right),
            Kind::Condition(condition) => self.condition(condition),
            Kind::Block(nodes) => self.block(nodes),
            Kind::Call(call) => self.call(node, call, None),
            Kind::Partial(partial) => self.partial(node, partial),
            Kind::Lambda(lambda) => self.lambda(lambda),
            Kind::Transform(transform) => self.transform(transform),
        }
    }

    /// Applies what stands behind an expression, and makes a sequence of one value that value.
    #[inline(never)]
    fn evaluate_behind(&self, node: &'a Node, result: Result<Value<'a>>) -> Result<Value<'a>> {
        let mut value = result?;
        for (index, predicate) in node.predicates.iter().enumerate() {
            value = self.filter(predicate, value, index == 0)?;
        }
        // That of a path has been applied with what its steps bind.
        if let Some(group) = &node.group
            && !matches!(node.kind, Kind::Path(_))
        {
            return self.group(group, &value);
        }
        // A predicate gives a sequence, but one value is not put into one.
        Ok(if node.predicates.is_empty() {
            unwrapped(value, node.keep_array)
        } else {
            singleton(value, node.keep_array)
        })
    }

    #[inline(never)]
    fn filter(&self, predicate: &'a Node, input: Value<'a>, first: bool) -> Result<Value<'a>> {
        match predicate.kind {
            Kind::Number(number) if predicate.predicates.is_empty() => Ok(index(&input, number)),
            _ => {
                let input = if first { input } else { left(input) };
                let depth = self.evaluation.descend(1)?;
                let result = filter(&input, |item, _| self.with(item).evaluate(predicate));
                self.evaluation.ascend(depth);
                result
            }
        }
    }

    #[inline(never)]
    fn group(&self, pairs: &'a Group, input: &Value<'a>) -> Result<Value<'a>> {
        let pair = |index: usize| pairs.pairs.get(index).ok_or_else(|| Error::new("D1009"));
        let depth = self.evaluation.descend(1)?;
        let result = group::group(
            self.evaluation,
            input,
            pairs.pairs.len(),
            |index, item| self.with(item).evaluate(&pair(index)?.0),
            |index, items| self.with(items).evaluate(&pair(index)?.1),
        );
        self.evaluation.ascend(depth);
        result.map_err(|error| error.at(pairs.span.start as usize))
    }

    #[inline(never)]
    fn object(&self, pairs: &'a Group) -> Result<Value<'a>> {
        if !self.input.is_array()
            && let Some(object) = self.plain_object(pairs)?
        {
            return Ok(Value::from(object));
        }
        if self.whole && self.input.is_array() {
            return self.group(pairs, &Value::from(Array::sequence(vec![self.input.clone()])));
        }
        self.group(pairs, self.input)
    }

    /// An object whose names are few, literal, and no two the same.
    fn plain_object(&self, pairs: &'a Group) -> Result<Option<Object<'a>>> {
        const FEW: usize = 16;
        let pairs = pairs.pairs.as_slice();
        let is_new = |(index, pair): (usize, &(Node, Node))| {
            let name = literal_name(pair);
            name.is_some() && pairs.iter().take(index).all(|earlier| literal_name(earlier) != name)
        };
        if pairs.len() > FEW || !pairs.iter().enumerate().all(is_new) {
            return Ok(None);
        }
        let mut object = Object::with_capacity(pairs.len());
        self.evaluation.step(pairs.len() as u64)?;
        for pair in pairs {
            let value = self.with(self.input).evaluate(&pair.1)?;
            if let Some(name) = literal_name(pair)
                && !value.is_undefined()
            {
                object.push_new(Cow::Borrowed(name), value);
            }
        }
        Ok(Some(object))
    }

    #[inline(never)]
    fn selection(&self, kind: &'a Kind) -> Result<Value<'a>> {
        Ok(match kind {
            Kind::Name(name) => super::path::name(self.input, name),
            Kind::Wildcard => super::path::wildcard(self.input),
            Kind::Descendants => super::path::descendants(self.input),
            Kind::Parent(label) => self.scope.parent(*label),
            _ => Value::Undefined,
        })
    }

    #[inline(never)]
    fn named(&self, name: &str) -> Result<Value<'a>> {
        Ok(self.variable(name))
    }

    fn variable(&self, name: &str) -> Value<'a> {
        if name.is_empty() {
            return self.input.clone();
        }
        if let Some(value) = self.scope.variable(name) {
            return value;
        }
        if name == "states" && self.scope.is_in_state() {
            return self.evaluation.states();
        }
        BuiltIn::named(name).map(|function| Value::from(Function::BuiltIn(function))).unwrap_or_default()
    }

    #[inline(never)]
    fn negate(&self, node: &'a Node, operand: &'a Node) -> Result<Value<'a>> {
        operators::negate(&self.evaluate(operand)?).map_err(|error| error.at(node.span.start as usize))
    }

    #[inline(never)]
    fn array(&self, nodes: &'a [Node]) -> Result<Value<'a>> {
        if let [node] = nodes
            && !matches!(node.kind, Kind::Array(_))
        {
            return self.array_of(node);
        }
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            let value = self.evaluate(node)?;
            match value.as_list() {
                // An array literal is an item; all other arrays give their items.
                Some(list) if !matches!(node.kind, Kind::Array(_)) => {
                    self.evaluation.allocate((list.len() * size_of::<Value<'_>>()) as u64)?;
                    items.extend(list.iter());
                }
                _ if value.is_undefined() => {}
                _ => items.push(value),
            }
        }
        self.evaluation.allocate((items.len() * size_of::<Value<'_>>()) as u64)?;
        Ok(Value::from(Array::new(items)))
    }

    /// An array with one expression in it: an array that this gives is not copied.
    #[inline(never)]
    fn array_of(&self, node: &'a Node) -> Result<Value<'a>> {
        Ok(match self.evaluate(node)? {
            Value::Array(array) if !array.sequence && !array.constructed => Value::Array(array),
            Value::Array(array) => Value::from(Array::new(match Rc::try_unwrap(array) {
                Ok(array) => array.into_items(),
                Err(array) => {
                    self.evaluation.allocate(size_of_val(array.items()) as u64)?;
                    array.items().to_vec()
                }
            })),
            list @ Value::JsonArray(_) => list,
            Value::Undefined => Value::from(Array::default()),
            value => {
                self.evaluation.allocate(size_of::<Value<'_>>() as u64)?;
                Value::from(Array::new(vec![value]))
            }
        })
    }

    #[inline(never)]
    fn binary(&self, node: &'a Node, operator: Operator, left: &'a Node, right: &'a Node) -> Result<Value<'a>> {
        let left = self.evaluate(left)?;
        let right = self.evaluate(right)?;
        let result = match operator {
            Operator::Equal => Ok(Value::Bool(operators::equal(&left, &right))),
            Operator::NotEqual => Ok(Value::Bool(operators::not_equal(&left, &right))),
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => {
                operators::compare(operator, &left, &right)
            }
            Operator::In => Ok(Value::Bool(operators::contains(&left, &right))),
            Operator::Range => operators::range(self.evaluation, &left, &right),
            _ => operators::arithmetic(operator, &left, &right),
        };
        result.map_err(|error| located(error, node, operator))
    }

    /// `a & b & c` at once.
    #[inline(never)]
    fn concatenate(&self, node: &'a Node) -> Result<Value<'a>> {
        let mut operands = Vec::new();
        let mut rest = node;
        while let Kind::Binary(Operator::Concatenate, left, right) = &rest.kind
            && (std::ptr::eq(rest, node) || (rest.predicates.is_empty() && rest.group.is_none()))
        {
            operands.push(&**right);
            rest = left;
        }
        let mut parts = Vec::with_capacity(operands.len() + 1);
        parts.push(self.evaluate(rest)?);
        for operand in operands.into_iter().rev() {
            parts.push(self.evaluate(operand)?);
        }
        operators::concatenate(self.evaluation, &parts).map_err(|error| located(error, node, Operator::Concatenate))
    }

    /// `and`, `or`: the right side is evaluated when it matters.
    #[inline(never)]
    fn logic(&self, node: &'a Node, left: &'a Node, right: &'a Node) -> Result<Value<'a>> {
        let Kind::Binary(operator, ..) = node.kind else { return Ok(Value::Undefined) };
        let left = is_true(&self.evaluate(left)?);
        if left == (operator == Operator::Or) {
            return Ok(Value::Bool(left));
        }
        // JSONata says of every error in the right side that it is the operator's.
        let right = self.evaluate(right).map_err(|error| error.token(operator.symbol()))?;
        Ok(Value::Bool(is_true(&right)))
    }

    #[inline(never)]
    fn bind(&self, name: &'a str, value: &'a Node) -> Result<Value<'a>> {
        let value = self.evaluate(value)?;
        self.scope.bind(name, value.clone());
        Ok(value)
    }

    #[inline(never)]
    fn condition(&self, condition: &'a Condition) -> Result<Value<'a>> {
        let test = self.evaluate(&condition.test)?;
        let chosen = match condition.form {
            ConditionForm::Full if is_true(&test) => &condition.then,
            ConditionForm::Elvis if is_true(&test) => return Ok(test),
            ConditionForm::Coalesce if !test.is_undefined() => return Ok(test),
            _ => &condition.otherwise,
        };
        chosen.as_ref().map_or(Ok(Value::Undefined), |node| self.evaluate(node))
    }

    #[inline(never)]
    fn block(&self, nodes: &'a [Node]) -> Result<Value<'a>> {
        let scope = self.scope.inner(Vec::new());
        let result = self.within(&scope).evaluate_all(nodes);
        scope.leave(self.evaluation, result)
    }

    /// What the last of them gives.
    fn evaluate_all(&self, nodes: &'a [Node]) -> Result<Value<'a>> {
        let mut result = Value::Undefined;
        for node in nodes {
            result = self.evaluate(node)?;
        }
        Ok(result)
    }

    #[inline(never)]
    fn lambda(&self, lambda: &'a Lambda) -> Result<Value<'a>> {
        let value = Value::from(Function::Lambda(Closure::new(self, lambda)));
        value.ensure_bounded()?;
        Ok(value)
    }
}

#[inline(never)]
fn literal(kind: &Kind) -> Result<Value<'_>> {
    Ok(match kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(*value),
        Kind::Number(number) => Value::Number(*number),
        Kind::String(text) => Value::str(text),
        _ => Value::Undefined,
    })
}

#[inline(never)]
fn regex<'a>(literal: &syntax::Regex) -> Result<Value<'a>> {
    Ok(Value::from(Function::Regex(Regex::of(literal)?)))
}

/// The name of a member, when it is a literal.
fn literal_name((key, _): &(Node, Node)) -> Option<&str> {
    match &key.kind {
        Kind::String(name) if key.predicates.is_empty() && key.group.is_none() => Some(name),
        _ => None,
    }
}

fn is_sequence(result: &Result<Value<'_>>) -> bool {
    matches!(result, Ok(Value::Array(array)) if array.sequence)
}

/// An error of an operator.
#[cold]
fn located(error: Error, node: &Node, operator: Operator) -> Error {
    let error = error.at(node.span.start as usize);
    if error.subject().is_empty() { error.token(operator.symbol()) } else { error }
}
