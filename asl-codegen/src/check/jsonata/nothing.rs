//! Expressions whose form makes it likely that they give nothing for some data (ASL0419).

use super::calls::{self, Argument};
use super::kinds::Kinds;
use super::tree::MAX_DEPTH;
use crate::jsonata::Function;
use crate::jsonata::syntax::{Call, Condition, Kind, Node, Operator, Path, Span, Stage};

/// The part because of which an expression may give nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A condition without `: …`.
    Condition(Span),
    /// What is between the brackets of a filter or an index.
    Filter(Span),
    /// A call of a function that may find nothing.
    Call(Function, Span),
}

impl Cause {
    /// Where it is.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Condition(span) | Self::Filter(span) | Self::Call(_, span) => span,
        }
    }
}

/// Why an expression may give nothing. `text` is the expression's text.
pub(super) fn cause(node: &Node, text: &str) -> Option<Cause> {
    Search { text }.node(node, 0)
}

struct Search<'t> {
    text: &'t str,
}

impl Search<'_> {
    fn node(&self, node: &Node, depth: usize) -> Option<Cause> {
        // What is grouped is an object.
        if depth >= MAX_DEPTH || node.group.is_some() {
            return None;
        }
        let filter = || node.predicates.first().map(|predicate| Cause::Filter(predicate.span));
        self.kind(node, depth + 1).or_else(filter)
    }

    fn kind(&self, node: &Node, depth: usize) -> Option<Cause> {
        match &node.kind {
            Kind::Path(path) => self.path(path, depth),
            Kind::Condition(condition) => self.condition(condition, node.span, depth),
            Kind::Block(parts) => self.node(parts.last()?, depth),
            Kind::Bind(_, inner) | Kind::Negate(inner) => self.node(inner, depth),
            // An operand that is nothing makes nothing of the whole.
            Kind::Binary(
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Remainder
                | Operator::Less
                | Operator::LessEqual
                | Operator::Greater
                | Operator::GreaterEqual,
                left,
                right,
            ) => self.node(left, depth).or_else(|| self.node(right, depth)),
            Kind::Call(call) => self.call(call, None, node.span, depth),
            Kind::Apply(left, right) => match &right.kind {
                Kind::Call(call) => self.call(call, Some(left), node.span, depth),
                Kind::Variable(name) => self.function(Function::named(name)?, &[left], node.span, depth),
                _ => None,
            },
            _ => None,
        }
    }

    fn path(&self, path: &Path, depth: usize) -> Option<Cause> {
        let first = path.steps.first()?;
        let filters = path.steps.iter().flat_map(|step| {
            let stages = step.stages.iter().filter_map(|stage| match stage {
                Stage::Filter(filter) => Some(filter),
                Stage::Index(_) => None,
            });
            step.node.predicates.iter().chain(stages)
        });
        let cause = if first.sort.is_empty() { self.node(&first.node, depth) } else { None };
        cause.or_else(|| filters.map(|filter| Cause::Filter(filter.span)).next())
    }

    fn condition(&self, condition: &Condition, span: Span, depth: usize) -> Option<Cause> {
        let Some(otherwise) = &condition.otherwise else { return Some(Cause::Condition(span)) };
        let then = condition.then.as_ref()?;
        // What the condition has looked at is there.
        if looks(&condition.test, depth) || self.written(condition.test.span) == self.written(then.span) {
            return None;
        }
        self.node(then, depth).or_else(|| self.node(otherwise, depth))
    }

    fn written(&self, span: Span) -> Option<&str> {
        self.text.get(span.start as usize..span.end as usize)
    }

    fn call(&self, call: &Call, first: Option<&Node>, span: Span, depth: usize) -> Option<Cause> {
        let Kind::Variable(name) = &call.procedure.kind else { return None };
        let arguments: Vec<&Node> = first.into_iter().chain(&call.arguments).collect();
        self.function(Function::named(name)?, &arguments, span, depth)
    }

    fn function(&self, function: Function, arguments: &[&Node], span: Span, depth: usize) -> Option<Cause> {
        if matches!(function, Function::Filter | Function::Lookup | Function::Match | Function::Sift) {
            return Some(Cause::Call(function, span));
        }
        // Most functions make nothing of nothing.
        let kinds = std::iter::once(Kinds::UNDEFINED).chain(std::iter::repeat(Kinds::ANY));
        let given: Vec<_> = arguments.iter().zip(kinds).map(|(node, kinds)| Argument { node, kinds }).collect();
        match calls::check(function, &given, Kinds::ANY) {
            Ok(Kinds::UNDEFINED) => self.node(arguments.first()?, depth),
            _ => None,
        }
    }
}

/// Whether a condition asks if there is something.
fn looks(test: &Node, depth: usize) -> bool {
    let asks = [Function::Exists, Function::Count, Function::Boolean];
    if depth >= MAX_DEPTH || matches!(&test.kind, Kind::Variable(name) if asks.iter().any(|ask| ask.name() == name)) {
        return true;
    }
    let mut found = false;
    test.for_each_child(&mut |child| found = found || looks(child, depth + 1));
    found
}
