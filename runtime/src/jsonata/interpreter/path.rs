//! Paths whose steps bind nothing.

use std::rc::Rc;

use asl_codegen::jsonata::syntax::{Group, Kind, Path, SortTerm, Stage, Step};

use super::Place;
use crate::jsonata::path::{name, step};
use crate::jsonata::sequence::one;
use crate::jsonata::sort::sort;
use crate::jsonata::{Array, Result, Value};

impl<'a> Place<'_, 'a> {
    #[inline(never)]
    pub(super) fn path(&self, path: &'a Path, group: Option<&'a Group>) -> Result<Value<'a>> {
        if path.has_bindings() {
            return self.tuple_path(path, group);
        }
        let (mut value, done) = self.first_steps(path)?;
        for (index, step) in path.steps.iter().enumerate().skip(done) {
            if value.is_undefined() {
                break;
            }
            value = self.next_step(step, value, index + 1 == path.steps.len())?;
        }
        if path.keep_singleton {
            value = keep_singleton(value);
        }
        match group {
            Some(group) => self.group(group, &value),
            None => Ok(value),
        }
    }

    /// What the first step gives, and how many steps it was.
    #[inline(never)]
    fn first_steps(&self, path: &'a Path) -> Result<(Value<'a>, usize)> {
        if let Some(value) = self.states_member(path) {
            self.evaluation.step(2)?;
            return Ok((value, 2));
        }
        let Some(first) = path.steps.first() else { return Ok((Value::Undefined, 0)) };
        let alone = path.steps.len() == 1;
        if let Some(value) = self.plain_step(first) {
            self.evaluation.step(1)?;
            return Ok((value, 1));
        }
        let value = match &first.node.kind {
            // A variable does not look at the input.
            Kind::Variable(_) => self.step(first)?,
            _ if first.constructs_array => {
                let value = self.construct(first)?;
                // An empty array is not applied to anything, and so it is what the whole path gives.
                let done = if value.as_list().is_some_and(|items| items.is_empty()) { path.steps.len() } else { 1 };
                return Ok((value, done));
            }
            _ if self.input.is_array() && !self.whole => {
                return Ok((self.next_step(first, self.input.clone(), alone)?, 1));
            }
            _ => self.with(self.input).step(first)?,
        };
        match &value {
            // It is one item of the next step.
            Value::Array(array) if array.constructed && !alone => {
                Ok((Value::from(Array::sequence(vec![value.clone()])), 1))
            }
            _ => Ok((value, 1)),
        }
    }

    /// A first step that is nothing but a variable's or a field's name.
    fn plain_step(&self, step: &'a Step) -> Option<Value<'a>> {
        if !step.stages.is_empty() || !step.node.predicates.is_empty() || step.node.group.is_some() {
            return None;
        }
        let value = match &step.node.kind {
            Kind::Variable(name) => self.variable(name),
            Kind::Name(field) => match self.input.as_members() {
                Some(members) => return Some(members.get(field).unwrap_or_default()),
                None if self.input.is_array() => return None,
                None => Value::Undefined,
            },
            _ => return None,
        };
        match &value {
            Value::Array(array) if array.sequence || array.constructed => None,
            _ => Some(value),
        }
    }

    /// `$states.input`, `.context`, `.result` or `.errorOutput`, without the object around it.
    fn states_member(&self, path: &'a Path) -> Option<Value<'a>> {
        let [first, second, ..] = path.steps.as_slice() else { return None };
        match (&first.node.kind, &second.node.kind) {
            (Kind::Variable(variable), Kind::Name(member)) if variable == "states" => {
                let plain = first.node.predicates.is_empty() && first.stages.is_empty() && second.stages.is_empty();
                if !plain || !self.scope.is_in_state() || self.scope.variable("states").is_some() {
                    return None;
                }
                let evaluation = self.evaluation;
                match member.as_str() {
                    "input" => Some(Value::from(evaluation.input)),
                    "context" => Some(evaluation.context()),
                    "result" => Some(evaluation.result.map(Value::from).unwrap_or_default()),
                    "errorOutput" => Some(evaluation.error_output.map(Value::from).unwrap_or_default()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// An array constructor as the first step: it is not applied to the items of an input that is an array.
    pub(super) fn construct(&self, step: &'a Step) -> Result<Value<'a>> {
        let mut value = self.evaluate(&step.node)?;
        mark_constructed(step, &mut value);
        Ok(value)
    }

    /// A step for each item of `input`.
    #[inline(never)]
    pub(super) fn next_step(&self, next: &'a Step, input: Value<'a>, last: bool) -> Result<Value<'a>> {
        if !next.sort.is_empty() {
            let sorted = self.sorted(&next.sort, input)?;
            return self.filtered(&next.stages, sorted);
        }
        match &next.node.kind {
            Kind::Name(field) if next.stages.is_empty() => {
                self.evaluation.step(1)?;
                match input.as_members() {
                    Some(members) => Ok(members.get(field).unwrap_or_default()),
                    None => self.name_of_each(field, &input, last),
                }
            }
            _ => step(&input, last, |item| self.with(item).step(next)),
        }
    }

    #[inline(never)]
    fn name_of_each(&self, field: &'a str, input: &Value<'a>, last: bool) -> Result<Value<'a>> {
        step(input, last, |item| {
            self.evaluation.step(1)?;
            Ok(name(item, field))
        })
    }

    /// A step for the input.
    #[inline(never)]
    fn step(&self, step: &'a Step) -> Result<Value<'a>> {
        let mut value = self.evaluate(&step.node)?;
        if step.constructs_array {
            mark_constructed(step, &mut value);
        }
        if step.stages.is_empty() { Ok(value) } else { self.filtered(&step.stages, value) }
    }

    fn filtered(&self, stages: &'a [Stage], mut value: Value<'a>) -> Result<Value<'a>> {
        for (index, stage) in stages.iter().enumerate() {
            if let Stage::Filter(predicate) = stage {
                value = self.filter(predicate, value, index == 0)?;
            }
        }
        Ok(value)
    }

    #[inline(never)]
    pub(super) fn sorted(&self, terms: &'a [SortTerm], input: Value<'a>) -> Result<Value<'a>> {
        let items: Vec<Value<'a>> = match input.as_list() {
            Some(list) if list.is_empty() => return Ok(Value::Undefined),
            Some(list) if list.len() > 1 => list.iter().collect(),
            Some(list) if !matches!(&input, Value::Array(array) if array.sequence) => {
                return Ok(list.get(0).map(one).unwrap_or_default());
            }
            _ => return Ok(input),
        };
        let descending: Vec<bool> = terms.iter().map(|term| term.descending).collect();
        let key = |item: &Value<'a>, term: usize| {
            terms.get(term).map_or(Ok(Value::Undefined), |term| self.with(item).evaluate(&term.node))
        };
        let depth = self.evaluation.descend(2)?;
        let sorted = sort(self.evaluation, items, &descending, key)?;
        self.evaluation.ascend(depth);
        Ok(Value::from(Array::new(sorted)))
    }
}

/// Marks what an array constructor gave as a step, so that it is not flattened.
fn mark_constructed(step: &Step, value: &mut Value<'_>) {
    if !matches!(step.node.kind, Kind::Array(_)) {
        return;
    }
    if let Value::JsonArray(items) = *value {
        *value = Value::from(Array::new(items.iter().map(Value::from).collect()));
    }
    if let Value::Array(array) = value
        && !array.sequence
    {
        Rc::make_mut(array).constructed = true;
    }
}

/// `[]` in a path: what is one value stays an array.
pub(super) fn keep_singleton(value: Value<'_>) -> Value<'_> {
    let mut array = match value {
        Value::Undefined | Value::JsonArray(_) => return value,
        Value::Array(array) if array.sequence => array,
        Value::Array(ref array) if !array.constructed => return value,
        value => Rc::new(Array::sequence(vec![value])),
    };
    Rc::make_mut(&mut array).keep_singleton = true;
    Value::Array(array)
}
