//! Paths whose steps bind something for the steps behind them: `@$item`, `#$index`, and `%`.
//!
//! From the first such step on, every item is a tuple: a value and what has been bound on the way to it. What filters, sorts
//! and groups them is the same as for values: it is given their places.

use asl_codegen::jsonata::syntax::{Group, Kind, Label, Node, Path, SortTerm, Stage, Step};

use super::path::keep_singleton;
use super::scope::{Name, bind};
use super::{Place, index};
use crate::jsonata::path::filter;
use crate::jsonata::sort::sort;
use crate::jsonata::{Array, BuiltIn, Error, Result, Value, functions, group};

#[derive(Clone)]
struct Tuple<'a> {
    value: Value<'a>,
    bindings: Vec<(Name<'a>, Value<'a>)>,
}

/// Whether a block ends with a path whose bindings the steps behind the block see.
fn keeps_bindings(node: &Node) -> bool {
    let Kind::Block(nodes) = &node.kind else { return false };
    nodes.last().is_some_and(|last| match &last.kind {
        Kind::Path(path) => path.keeps_bindings && last.group.is_none(),
        _ => keeps_bindings(last),
    })
}

impl<'a> Place<'_, 'a> {
    #[inline(never)]
    pub(super) fn tuple_path(&self, path: &'a Path, group: Option<&'a Group>) -> Result<Value<'a>> {
        let tuples = self.bound(path)?;
        if let Some(group) = group {
            return match tuples {
                Some(tuples) => self.group_tuples(group, &tuples),
                None => self.group(group, &Value::Undefined),
            };
        }
        let tuples = tuples.unwrap_or_default();
        let values: Vec<_> = tuples.into_iter().map(|tuple| tuple.value).collect();
        let value = Value::from(Array::sequence(values));
        Ok(if path.keep_singleton { keep_singleton(value) } else { value })
    }

    fn tuples(&self, path: &'a Path) -> Result<Vec<Tuple<'a>>> {
        self.bound(path).map(Option::unwrap_or_default)
    }

    /// The tuples that a path gives. None when there was nothing in front of its first step that binds something.
    fn bound(&self, path: &'a Path) -> Result<Option<Vec<Tuple<'a>>>> {
        let mut value = Value::Undefined;
        let mut tuples: Option<Vec<Tuple<'a>>> = None;
        for (index, step) in path.steps.iter().enumerate() {
            if index == 0 && step.constructs_array {
                value = self.construct(step)?;
                continue;
            }
            tuples = match tuples {
                Some(tuples) => Some(self.tuple_step(step, tuples)?),
                None if step.has_bindings() => {
                    let input = if index == 0 { self.first_input(step) } else { value };
                    value = Value::Undefined;
                    Some(self.first_tuple_step(step, input)?)
                }
                None if index == 0 => {
                    value = self.next_step(step, self.first_input(step), path.steps.len() == 1)?;
                    None
                }
                None => {
                    value = self.next_step(step, value, false)?;
                    None
                }
            };
            if tuples.is_none() && value.is_undefined() {
                break;
            }
        }
        Ok(tuples.or_else(|| (!value.is_undefined()).then(|| from_values(&value))))
    }

    /// What the first step is applied to: each item of an array, but once when it is a variable.
    fn first_input(&self, step: &Step) -> Value<'a> {
        if self.input.is_array() && !self.whole && !matches!(step.node.kind, Kind::Variable(_)) {
            self.input.clone()
        } else {
            Value::from(Array::sequence(vec![self.input.clone()]))
        }
    }

    fn first_tuple_step(&self, step: &'a Step, input: Value<'a>) -> Result<Vec<Tuple<'a>>> {
        if step.sort.is_empty() {
            return self.tuple_step(step, from_values(&input));
        }
        let mut tuples = from_values(&self.sorted(&step.sort, input)?);
        if let Some(name) = &step.index {
            number(&mut tuples, name);
        }
        self.tuple_stages(&step.stages, tuples)
    }

    #[inline(never)]
    fn tuple_step(&self, step: &'a Step, tuples: Vec<Tuple<'a>>) -> Result<Vec<Tuple<'a>>> {
        if !step.sort.is_empty() {
            let tuples = self.sort_tuples(&step.sort, tuples)?;
            return self.tuple_stages(&step.stages, tuples);
        }
        let mut result = Vec::new();
        let depth = self.evaluation.descend(2)?;
        for tuple in tuples {
            self.extend_tuple(step, tuple, &mut result)?;
        }
        self.evaluation.ascend(depth);
        self.tuple_stages(&step.stages, result)
    }

    /// What a step gives for one tuple.
    fn extend_tuple(&self, step: &'a Step, tuple: Tuple<'a>, result: &mut Vec<Tuple<'a>>) -> Result<()> {
        let scope = self.scope.inner(tuple.bindings.clone());
        let place = Place { scope: &scope, input: &tuple.value, whole: false, ..*self };
        if step.inner_bindings && keeps_bindings(&step.node) {
            for inner in place.inner_tuples(&step.node)? {
                self.count(tuple.bindings.len() + inner.bindings.len())?;
                let mut bindings = tuple.bindings.clone();
                for (name, value) in inner.bindings {
                    bind(&mut bindings, name, value);
                }
                result.push(Tuple { value: inner.value, bindings });
            }
            return Ok(());
        }
        let value = place.evaluate(&step.node);
        let value = scope.leave(self.evaluation, value)?;
        for (place, item) in from_values(&value).into_iter().enumerate() {
            self.count(tuple.bindings.len() + 3)?;
            let mut bindings = tuple.bindings.clone();
            let value = match &step.focus {
                Some(name) => {
                    bind(&mut bindings, Name::Variable(name), item.value);
                    tuple.value.clone()
                }
                None => item.value,
            };
            if let Some(name) = &step.index {
                bind(&mut bindings, Name::Variable(name), number_of(place));
            }
            if let Some(Label(label)) = step.ancestor {
                bind(&mut bindings, Name::Label(Label(label)), tuple.value.clone());
            }
            result.push(Tuple { value, bindings });
        }
        Ok(())
    }

    /// Counts a tuple.
    fn count(&self, bindings: usize) -> Result<()> {
        self.evaluation.step(1)?;
        self.evaluation.allocate((size_of::<Tuple<'_>>() + bindings * size_of::<(Name<'_>, Value<'_>)>()) as u64)
    }

    /// The tuples of the path at the end of a block.
    fn inner_tuples(&self, node: &'a Node) -> Result<Vec<Tuple<'a>>> {
        let Kind::Block(nodes) = &node.kind else { return Ok(Vec::new()) };
        let Some((last, before)) = nodes.split_last() else { return Ok(Vec::new()) };
        let depth = self.evaluation.descend(1)?;
        let scope = self.scope.inner(Vec::new());
        let place = self.within(&scope);
        place.evaluate_all(before)?;
        let mut tuples = match &last.kind {
            Kind::Path(path) => place.tuples(path)?,
            _ => place.inner_tuples(last)?,
        };
        for predicate in &node.predicates {
            tuples = self.filter_tuples(predicate, tuples)?;
        }
        self.evaluation.ascend(depth);
        // What the block bound may be seen by functions among the tuples.
        let values = tuples.iter().map(|tuple| tuple.value.clone()).collect();
        scope.leave(self.evaluation, Ok(Value::from(Array::new(values))))?;
        Ok(tuples)
    }

    fn tuple_stages(&self, stages: &'a [Stage], mut tuples: Vec<Tuple<'a>>) -> Result<Vec<Tuple<'a>>> {
        for stage in stages {
            match stage {
                Stage::Filter(predicate) => tuples = self.filter_tuples(predicate, tuples)?,
                Stage::Index(name) => number(&mut tuples, name),
            }
        }
        Ok(tuples)
    }

    /// Evaluates an expression for the tuple at a place.
    fn evaluate_for(&self, node: &'a Node, tuples: &[Tuple<'a>], place: &Value<'a>) -> Result<Value<'a>> {
        let Some(tuple) = place_of(place).and_then(|place| tuples.get(place)) else { return Ok(Value::Undefined) };
        let scope = self.scope.inner(tuple.bindings.clone());
        let result = Place { scope: &scope, input: &tuple.value, whole: false, ..*self }.evaluate(node);
        scope.leave(self.evaluation, result)
    }

    #[inline(never)]
    fn filter_tuples(&self, predicate: &'a Node, tuples: Vec<Tuple<'a>>) -> Result<Vec<Tuple<'a>>> {
        let places = places(&tuples);
        let depth = self.evaluation.descend(4)?;
        let chosen = match predicate.kind {
            Kind::Number(number) if predicate.predicates.is_empty() => index(&places, number),
            _ => filter(&places, |place, _| self.evaluate_for(predicate, &tuples, place))?,
        };
        self.evaluation.ascend(depth);
        Ok(pick(&tuples, &chosen))
    }

    #[inline(never)]
    fn sort_tuples(&self, terms: &'a [SortTerm], tuples: Vec<Tuple<'a>>) -> Result<Vec<Tuple<'a>>> {
        let descending: Vec<bool> = terms.iter().map(|term| term.descending).collect();
        let places: Vec<_> = (0..tuples.len()).map(number_of).collect();
        let key = |place: &Value<'a>, term: usize| {
            terms.get(term).map_or(Ok(Value::Undefined), |term| self.evaluate_for(&term.node, &tuples, place))
        };
        let depth = self.evaluation.descend(4)?;
        let sorted = Value::from(Array::new(sort(self.evaluation, places, &descending, key)?));
        self.evaluation.ascend(depth);
        Ok(pick(&tuples, &sorted))
    }

    #[inline(never)]
    fn group_tuples(&self, pairs: &'a Group, tuples: &[Tuple<'a>]) -> Result<Value<'a>> {
        if tuples.is_empty() {
            return Ok(Value::from(crate::jsonata::Object::default()));
        }
        let pair = |index: usize| pairs.pairs.get(index).ok_or_else(|| Error::new("D1009"));
        let key = |index: usize, place: &Value<'a>| self.evaluate_for(&pair(index)?.0, tuples, place);
        let value = |index: usize, places: &Value<'a>| {
            let merged = self.merge(pick(tuples, places))?;
            self.evaluate_for(&pair(index)?.1, &[merged], &number_of(0))
        };
        let depth = self.evaluation.descend(3)?;
        let result = group::group(self.evaluation, &places(tuples), pairs.pairs.len(), key, value);
        self.evaluation.ascend(depth);
        result.map_err(|error| error.at(pairs.span.start as usize))
    }

    /// The tuples of one group as one: each name has all of their values.
    fn merge(&self, tuples: Vec<Tuple<'a>>) -> Result<Tuple<'a>> {
        let mut tuples = tuples.into_iter();
        let Some(first) = tuples.next() else { return Err(Error::new("D1009")) };
        let Tuple { mut value, mut bindings } = first;
        let append = |left: Value<'a>, right: Value<'a>| {
            functions::call(self.evaluation, BuiltIn::Append, &Value::Undefined, vec![left, right])
        };
        for tuple in tuples {
            value = append(value, tuple.value)?;
            for (name, more) in tuple.bindings {
                let known = bindings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
                bind(&mut bindings, name, append(known.unwrap_or_default(), more)?);
            }
        }
        Ok(Tuple { value, bindings })
    }
}

/// A tuple for each item of a value.
fn from_values<'a>(value: &Value<'a>) -> Vec<Tuple<'a>> {
    let tuple = |value| Tuple { value, bindings: Vec::new() };
    match value.as_list() {
        Some(list) => list.iter().map(tuple).collect(),
        None if value.is_undefined() => Vec::new(),
        None => vec![tuple(value.clone())],
    }
}

/// `#$name`
fn number<'a>(tuples: &mut [Tuple<'a>], name: &'a str) {
    for (place, tuple) in tuples.iter_mut().enumerate() {
        bind(&mut tuple.bindings, Name::Variable(name), number_of(place));
    }
}

fn places<'a>(tuples: &[Tuple<'a>]) -> Value<'a> {
    Value::from(Array::new((0..tuples.len()).map(number_of).collect()))
}

#[allow(clippy::cast_precision_loss, reason = "so many tuples there are never")]
fn number_of<'a>(place: usize) -> Value<'a> {
    Value::Number(place as f64)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a place")]
fn place_of(value: &Value<'_>) -> Option<usize> {
    value.as_number().map(|number| number as usize)
}

/// The tuples at these places.
fn pick<'a>(tuples: &[Tuple<'a>], places: &Value<'a>) -> Vec<Tuple<'a>> {
    let chosen = from_values(places).into_iter();
    chosen.filter_map(|place| tuples.get(place_of(&place.value)?).cloned()).collect()
}
