//! What one expression does, whatever its data: the names that it reads, the types of what it gives, and where it fails.
//!
//! Types are sets of what a value may be, so that what fails for all of them fails whenever it is evaluated.

use std::collections::HashSet;

use super::calls::{self, Argument, Misuse};
use super::kinds::Kinds;
use super::locals::Locals;
use super::tree::{Bound, MAX_DEPTH, about, bare_name, plain, plain_name, written};
use crate::jsonata::regex;
use crate::jsonata::syntax::{
    Call, Condition, ConditionForm, Group, Kind, Lambda, Node, Operator, Path, Span, Stage, Step,
};
use crate::jsonata::{Error, Function};
use crate::query::context_object::{self, Missing, Scope};
use crate::query::path::{self, Selector};

/// Something that is wrong, or that others have to judge.
#[derive(Clone, Debug)]
pub(super) struct Finding<'a> {
    pub(super) span: Span,
    /// A condition decides whether it is evaluated.
    pub(super) guarded: bool,
    pub(super) what: What<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum What<'a> {
    /// A field's name where there is no context, and the first parameter of the function around it.
    Name(&'a str, Option<&'a str>),
    /// `$` where there is no context, and the first parameter of the function around it.
    Context(Option<&'a str>),
    /// `$$`
    Root,
    /// A member of `$states`, with which the place begins.
    Member(&'a str),
    /// A field that `$states.context` does not have, and those beside it.
    ContextField(&'a str, Vec<&'static str>),
    /// A read of a variable of the machine.
    Read(&'a str),
    /// A call of a function that does not exist; whether a variable of the machine has its name.
    Unknown { name: &'a str, is_variable: bool },
    /// A call of a function whose `$` is missing.
    Bare(&'a str),
    /// `$eval`
    Eval,
    /// A call of a built-in function that fails.
    Misuse(Function, Misuse),
    /// A regular expression that is wrong, or not supported.
    Regex(regex::Problem),
    /// An operation that fails.
    Failure(Error),
    /// `a ?: b` or `a ?? b`.
    Newer(ConditionForm, Span, Span),
}

/// What is known of an expression.
#[derive(Debug)]
pub(super) struct Outcome<'a> {
    /// What it gives.
    pub(super) kinds: Kinds,
    pub(super) findings: Vec<Finding<'a>>,
}

/// Analyses an expression. `assigned` are the variables of the machine; the variable `missing` is taken to have no value.
pub(super) fn analyse<'a>(node: &'a Node, assigned: &HashSet<&str>, missing: Option<&str>) -> Outcome<'a> {
    let bound = Bound::of(node);
    let mut walk = Walk {
        assigned,
        missing,
        bound,
        locals: Locals::default(),
        lambdas: 0,
        parameter: None,
        guards: 0,
        depth: 0,
        findings: Vec::new(),
    };
    let kinds = walk.node(node, Context::Top);
    Outcome { kinds, findings: walk.findings }
}

/// What `$` is.
#[derive(Clone, Copy)]
enum Context {
    /// Nothing: the expression has no input.
    Top,
    /// An item of these types.
    Item(Kinds),
}

impl Context {
    fn kinds(self) -> Kinds {
        match self {
            Self::Top => Kinds::UNDEFINED,
            Self::Item(kinds) => kinds,
        }
    }

    /// One of the values that a step or predicate is applied to.
    fn item(kinds: Kinds) -> Self {
        Self::Item(if kinds.may_be(Kinds::ARRAY) { Kinds::ANY } else { kinds - Kinds::UNDEFINED })
    }
}

struct Walk<'a, 'e> {
    assigned: &'e HashSet<&'e str>,
    missing: Option<&'e str>,
    /// What is bound somewhere in the expression: a function may be called when what is behind it is bound.
    bound: Bound<'a>,
    /// What is bound here.
    locals: Locals<'a>,
    lambdas: usize,
    /// The first parameter of the innermost function.
    parameter: Option<&'a str>,
    guards: usize,
    depth: usize,
    findings: Vec<Finding<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn find(&mut self, span: Span, what: What<'a>) {
        self.findings.push(Finding { span, guarded: self.guards > 0, what });
    }

    /// Reports an operation that fails whenever it is evaluated.
    fn fail(&mut self, span: Span, error: Error) -> Kinds {
        self.find(span, What::Failure(error.at(span.start as usize)));
        Kinds::NEVER
    }

    fn local(&self, name: &str) -> Option<Kinds> {
        let later =
            || ((self.lambdas > 0 || self.bound.outlives) && self.bound.names.contains(name)).then_some(Kinds::ANY);
        self.locals.get(name).or_else(later)
    }

    /// What `part` gives, which a condition may keep from being evaluated.
    fn guarded(&mut self, part: &'a Node, context: Context) -> Kinds {
        let before = self.locals.len();
        self.guards += 1;
        let kinds = self.node(part, context);
        self.guards -= 1;
        self.locals.blur(before);
        kinds
    }

    fn node(&mut self, node: &'a Node, context: Context) -> Kinds {
        if self.depth >= MAX_DEPTH {
            return Kinds::ANY;
        }
        self.depth += 1;
        let mut kinds = self.kind(node, context);
        for predicate in &node.predicates {
            kinds = self.filter(predicate, kinds);
        }
        if let Some(group) = &node.group {
            kinds = self.group(group, Context::item(kinds));
        }
        if node.keep_array && !kinds.is_never() {
            kinds = kinds | Kinds::ARRAY;
        }
        self.depth -= 1;
        kinds
    }

    fn kind(&mut self, node: &'a Node, context: Context) -> Kinds {
        match &node.kind {
            Kind::Null => Kinds::NULL,
            Kind::Bool(_) => Kinds::BOOLEAN,
            Kind::Number(_) => Kinds::NUMBER,
            Kind::String(_) => Kinds::STRING,
            Kind::Regex(regex) => {
                if let Err(problem) = regex::check(&regex.pattern, regex.ignore_case, regex.multi_line) {
                    self.find(node.span, What::Regex(problem));
                }
                Kinds::FUNCTION
            }
            Kind::Name(name) => self.name(name, node.span, context),
            Kind::Wildcard | Kind::Descendants => match context {
                Context::Top => Kinds::UNDEFINED,
                Context::Item(_) => Kinds::ANY,
            },
            Kind::Parent(_) => Kinds::ANY,
            Kind::Variable(name) => self.variable(name, node.span, context),
            Kind::Path(path) => self.path(path, context),
            Kind::Negate(operand) => {
                let kinds = self.node(operand, context);
                if kinds.is_none_of(Kinds::NUMBER | Kinds::UNDEFINED) {
                    return self.fail(node.span, about("D1002", operand, "Cannot negate a non-numeric value"));
                }
                kinds & (Kinds::NUMBER | Kinds::UNDEFINED)
            }
            Kind::Array(items) => {
                let items: Vec<Kinds> = items.iter().map(|item| self.node(item, context)).collect();
                if items.iter().any(|kinds| kinds.is_never()) { Kinds::NEVER } else { Kinds::ARRAY }
            }
            Kind::Object(group) => self.group(group, context),
            Kind::Binary(operator, left, right) => self.binary(*operator, left, right, node.span, context),
            Kind::Bind(name, value) => {
                let kinds = self.node(value, context);
                self.locals.bind(name, kinds);
                kinds
            }
            Kind::Apply(left, right) => self.apply(left, right, node.span, context),
            Kind::Condition(condition) => self.condition(condition, node.span, context),
            Kind::Block(parts) => {
                let before = self.locals.len();
                let kinds: Vec<Kinds> = parts.iter().map(|part| self.node(part, context)).collect();
                self.locals.truncate(before);
                match kinds.iter().any(|kinds| kinds.is_never()) {
                    true => Kinds::NEVER,
                    false => kinds.last().copied().unwrap_or(Kinds::UNDEFINED),
                }
            }
            Kind::Call(call) => self.call(call, None, node.span, context),
            Kind::Partial(partial) => {
                let _: Result<Function, Kinds> = self.procedure(&partial.procedure, context);
                for argument in partial.arguments.iter().flatten() {
                    self.node(argument, context);
                }
                Kinds::FUNCTION
            }
            Kind::Lambda(lambda) => self.lambda(lambda, context),
            Kind::Transform(transform) => {
                let item = Context::Item(Kinds::ANY);
                self.node(&transform.pattern, item);
                self.node(&transform.update, item);
                if let Some(delete) = &transform.delete {
                    self.node(delete, item);
                }
                Kinds::FUNCTION
            }
        }
    }

    fn name(&mut self, name: &'a str, span: Span, context: Context) -> Kinds {
        match context {
            Context::Top => {
                self.find(span, What::Name(name, self.parameter));
                Kinds::ANY
            }
            Context::Item(kinds) if kinds.is_none_of(Kinds::OBJECT | Kinds::ARRAY | Kinds::FUNCTION) => {
                Kinds::UNDEFINED
            }
            Context::Item(_) => Kinds::ANY,
        }
    }

    fn variable(&mut self, name: &'a str, span: Span, context: Context) -> Kinds {
        match name {
            "" => match context {
                Context::Top => {
                    self.find(span, What::Context(self.parameter));
                    Kinds::ANY
                }
                Context::Item(kinds) => kinds,
            },
            "$" => {
                self.find(span, What::Root);
                Kinds::ANY
            }
            _ => match self.local(name) {
                Some(kinds) => kinds,
                None if name == "states" => Kinds::OBJECT,
                None if Function::named(name).is_some() && !self.assigned.contains(name) => Kinds::FUNCTION,
                None => {
                    self.find(span, What::Read(name));
                    if self.missing == Some(name) { Kinds::UNDEFINED } else { Kinds::DATA }
                }
            },
        }
    }

    fn path(&mut self, path: &'a Path, context: Context) -> Kinds {
        let before = self.locals.len();
        let mut steps = path.steps.iter();
        let mut kinds = match self.states(path) {
            Some((kinds, used)) => {
                steps = path.steps.get(used..).unwrap_or_default().iter();
                kinds
            }
            None => {
                let Some(first) = steps.next() else { return Kinds::UNDEFINED };
                let kinds = match first.sort.is_empty() {
                    true => self.node(&first.node, context),
                    false => self.sort(first, context.kinds()),
                };
                self.behind(first, kinds)
            }
        };
        for step in steps {
            kinds = self.step(step, kinds);
        }
        if path.keep_singleton && !kinds.is_never() {
            kinds = (kinds & Kinds::UNDEFINED) | if kinds == Kinds::UNDEFINED { Kinds::NEVER } else { Kinds::ARRAY };
        }
        self.locals.truncate(before);
        kinds
    }

    /// What the first steps of a path give that lead into `$states`, and how many they are.
    fn states(&mut self, path: &'a Path) -> Option<(Kinds, usize)> {
        let [first, member, rest @ ..] = path.steps.as_slice() else { return None };
        if plain(first, |node| matches!(&node.kind, Kind::Variable(name) if name == "states")).is_none()
            || self.local("states").is_some()
        {
            return None;
        }
        let (name, span) = plain_name(member)?;
        self.find(Span { start: first.node.span.start, end: span.end }, What::Member(name));
        let defined = Kinds::DATA - Kinds::UNDEFINED;
        Some(match name {
            "context" => {
                let names: Vec<(&str, Span)> = rest.iter().map_while(plain_name).collect();
                let everywhere = Scope { in_map: true, is_task: true, has_token: true, has_retries: true };
                let selector = |name: &str| Selector::Name(name.to_owned());
                let steps = names.iter().map(|(name, _)| path::Step { selector: selector(name), range: 0..0 });
                let missing = context_object::find(&steps.collect::<Vec<_>>(), everywhere).err();
                if let Some(Missing::Field { step, known }) = missing
                    && let Some((name, span)) = names.get(step).copied()
                {
                    self.find(span, What::ContextField(name, known));
                    (Kinds::UNDEFINED, 3 + step)
                } else {
                    (Kinds::OBJECT, 2)
                }
            }
            "errorOutput" => (Kinds::OBJECT, 2),
            "input" | "result" => (defined, 2),
            // It is an error of its own.
            _ => (Kinds::ANY, 2),
        })
    }

    fn step(&mut self, step: &'a Step, from: Kinds) -> Kinds {
        if from.is_never() {
            return from;
        }
        if !step.sort.is_empty() {
            let kinds = self.sort(step, from);
            return self.behind(step, kinds);
        }
        let kinds = self.node(&step.node, Context::item(from));
        let kinds = self.behind(step, kinds);
        if from == Kinds::UNDEFINED {
            from
        } else if kinds.is_never() && from.may_be(Kinds::ARRAY | Kinds::UNDEFINED) {
            // It may be applied to no item.
            Kinds::ANY
        } else if from.may_be(Kinds::ARRAY) || kinds.may_be(Kinds::ARRAY) {
            Kinds::ANY
        } else {
            kinds | (from & Kinds::UNDEFINED)
        }
    }

    fn sort(&mut self, step: &'a Step, from: Kinds) -> Kinds {
        for term in &step.sort {
            self.node(&term.node, Context::item(from));
        }
        if from.may_be(Kinds::ARRAY) { Kinds::ANY } else { from }
    }

    /// What stands behind a step: what it binds, and its filters.
    fn behind(&mut self, step: &'a Step, mut kinds: Kinds) -> Kinds {
        step.focus.iter().for_each(|name| self.locals.bind(name, Kinds::ANY));
        step.index.iter().for_each(|name| self.locals.bind(name, Kinds::NUMBER));
        for stage in &step.stages {
            match stage {
                Stage::Filter(predicate) => kinds = self.filter(predicate, kinds),
                Stage::Index(name) => self.locals.bind(name, Kinds::NUMBER),
            }
        }
        if step.focus.is_some() { Kinds::ANY } else { kinds }
    }

    fn filter(&mut self, predicate: &'a Node, kinds: Kinds) -> Kinds {
        self.node(predicate, Context::item(kinds));
        if kinds.is_never() {
            kinds
        } else if kinds.may_be(Kinds::ARRAY) {
            Kinds::ANY
        } else {
            kinds | Kinds::UNDEFINED
        }
    }

    /// Pairs of key and value.
    fn group(&mut self, group: &'a Group, context: Context) -> Kinds {
        let mut failed = false;
        let mut keys: HashSet<&str> = HashSet::new();
        for (key, value) in &group.pairs {
            let kinds = self.node(key, context);
            if kinds.is_none_of(Kinds::STRING | Kinds::UNDEFINED) {
                self.fail(key.span, about("T1003", key, "Key in object structure must evaluate to a string"));
                failed = true;
            } else if let Kind::String(text) = &key.kind
                && key.predicates.is_empty()
                && !keys.insert(text)
            {
                self.fail(key.span, about("D1009", key, ""));
                failed = true;
            }
            failed |= kinds.is_never();
            failed |= self.node(value, context).is_never();
        }
        if failed { Kinds::NEVER } else { Kinds::OBJECT }
    }

    fn binary(&mut self, operator: Operator, left: &'a Node, right: &'a Node, span: Span, context: Context) -> Kinds {
        let first = self.node(left, context);
        let second = match operator {
            Operator::And | Operator::Or => self.guarded(right, context),
            _ => self.node(right, context),
        };
        if first.is_never() || (second.is_never() && !matches!(operator, Operator::And | Operator::Or)) {
            return Kinds::NEVER;
        }
        let nothing = (first | second) & Kinds::UNDEFINED;
        let error = |code| Error::new(code).token(operator.symbol());
        match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                let numeric = Kinds::NUMBER | Kinds::UNDEFINED;
                if first.is_none_of(numeric) {
                    return self.fail(left.span, error("T2001"));
                }
                if second.is_none_of(numeric) {
                    return self.fail(right.span, error("T2002"));
                }
                if first == Kinds::UNDEFINED || second == Kinds::UNDEFINED {
                    return Kinds::UNDEFINED;
                }
                Kinds::NUMBER | nothing
            }
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => {
                let ordered = Kinds::NUMBER | Kinds::STRING;
                for (operand, kinds) in [(left, first), (right, second)] {
                    if kinds.is_none_of(ordered | Kinds::UNDEFINED) {
                        return self.fail(operand.span, error("T2010"));
                    }
                }
                if first == Kinds::UNDEFINED || second == Kinds::UNDEFINED {
                    return Kinds::UNDEFINED;
                }
                if !nothing.may_be(Kinds::UNDEFINED) && !(first & ordered).may_be(second) {
                    let error = match (written(left), written(right)) {
                        (Some(first), Some(second)) => error("T2009").value(first).other(second),
                        _ => {
                            let sides = format!("either side of operator \"{}\"", operator.symbol());
                            Error::with_message("T2009", format!("The values {sides} must be of the same data type"))
                        }
                    };
                    return self.fail(span, error);
                }
                Kinds::BOOLEAN | nothing
            }
            Operator::Equal | Operator::NotEqual | Operator::In | Operator::And | Operator::Or => Kinds::BOOLEAN,
            Operator::Concatenate => Kinds::STRING,
            Operator::Range => {
                let numeric = Kinds::NUMBER | Kinds::UNDEFINED;
                if first.is_none_of(numeric) {
                    return self.fail(left.span, error("T2003"));
                }
                if second.is_none_of(numeric) {
                    return self.fail(right.span, error("T2004"));
                }
                Kinds::ARRAY | Kinds::UNDEFINED
            }
        }
    }

    fn condition(&mut self, condition: &'a Condition, span: Span, context: Context) -> Kinds {
        let test = self.node(&condition.test, context);
        let otherwise = condition.otherwise.as_ref().map(|node| (node, self.guarded(node, context)));
        let otherwise_kinds = otherwise.map_or(Kinds::UNDEFINED, |(_, kinds)| kinds);
        if condition.form != ConditionForm::Full {
            let right = otherwise.map_or(span, |(node, _)| node.span);
            self.find(span, What::Newer(condition.form, condition.test.span, right));
        }
        let then = match (&condition.then, condition.form) {
            (Some(then), ConditionForm::Full) => self.guarded(then, context),
            _ => test,
        };
        if test.is_never() { Kinds::NEVER } else { then | otherwise_kinds }
    }

    fn lambda(&mut self, lambda: &'a Lambda, context: Context) -> Kinds {
        let before = self.locals.len();
        lambda.parameters.iter().for_each(|name| self.locals.bind(name, Kinds::ANY));
        let parameter = std::mem::replace(&mut self.parameter, lambda.parameters.first().map(String::as_str));
        self.lambdas += 1;
        self.node(&lambda.body, context);
        self.lambdas -= 1;
        self.parameter = parameter;
        self.locals.truncate(before);
        Kinds::FUNCTION
    }

    fn apply(&mut self, left: &'a Node, right: &'a Node, span: Span, context: Context) -> Kinds {
        let given = self.node(left, context);
        let argument = Argument { node: left, kinds: given };
        if let Kind::Call(call) = &right.kind
            && right.predicates.is_empty()
        {
            return self.call(call, Some(argument), right.span, context);
        }
        let function = self.node(right, context);
        if given.is_never() || function.is_never() {
            return Kinds::NEVER;
        }
        if function.is_none_of(Kinds::FUNCTION) {
            return self.fail(right.span, Error::new("T2006"));
        }
        match &right.kind {
            _ if given == Kinds::FUNCTION => Kinds::FUNCTION,
            Kind::Variable(name) if !given.may_be(Kinds::FUNCTION) && self.local(name).is_none() => {
                match Function::named(name) {
                    Some(function) => self.built_in(function, &[argument], span, context),
                    None => Kinds::ANY,
                }
            }
            _ => Kinds::ANY,
        }
    }

    /// What is called, unless it is a built-in function, which is given.
    fn procedure(&mut self, procedure: &'a Node, context: Context) -> Result<Function, Kinds> {
        match &procedure.kind {
            Kind::Variable(name) if !name.is_empty() && name != "$" && procedure.predicates.is_empty() => {
                if let Some(kinds) = self.local(name) {
                    return Err(kinds);
                }
                let is_variable = self.assigned.contains(name.as_str());
                match Function::named(name) {
                    Some(function) if !is_variable => return Ok(function),
                    // Whether the variable has a value here is not known.
                    Some(_) => return Err(Kinds::ANY),
                    None => self.find(procedure.span, What::Unknown { name, is_variable }),
                }
                Err(Kinds::NEVER)
            }
            _ => {
                if let Some(name) = bare_name(procedure)
                    && matches!(context, Context::Top)
                    && (Function::named(name).is_some() || self.local(name).is_some())
                {
                    self.find(procedure.span, What::Bare(name));
                    return Err(Kinds::NEVER);
                }
                Err(self.node(procedure, context))
            }
        }
    }

    /// A call; `first` is an argument before those that are written in it.
    fn call(&mut self, call: &'a Call, first: Option<Argument<'a>>, span: Span, context: Context) -> Kinds {
        let procedure = self.procedure(&call.procedure, context);
        let given = call.arguments.iter().map(|node| Argument { node, kinds: self.node(node, context) });
        let given: Vec<Argument<'a>> = first.into_iter().chain(given).collect();
        if given.iter().any(|argument| argument.kinds.is_never()) {
            return Kinds::NEVER;
        }
        match procedure {
            Ok(function) => self.built_in(function, &given, span, context),
            Err(kinds) if kinds.is_never() => kinds,
            Err(kinds) if kinds.is_none_of(Kinds::FUNCTION) => self.fail(call.procedure.span, Error::new("T1006")),
            Err(_) => Kinds::ANY,
        }
    }

    fn built_in(&mut self, function: Function, given: &[Argument<'a>], span: Span, context: Context) -> Kinds {
        if function == Function::Eval {
            self.find(span, What::Eval);
            return Kinds::NEVER;
        }
        match calls::check(function, given, context.kinds()) {
            Ok(kinds) => kinds,
            Err(misuse) => {
                let span = misuse.argument().and_then(|index| given.get(index)).map_or(span, |given| given.node.span);
                self.find(span, What::Misuse(function, misuse));
                Kinds::NEVER
            }
        }
    }
}
