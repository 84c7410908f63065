//! What the tests of a Choice state read, and what is known of the data behind each of their outcomes.

use super::reads::{Given, Read, Reads, Wanted};
use super::{Found, Shape, is_definite};
use crate::definition::{Comparison, Operation, Test, TypeTest};
use crate::query::path::{Path, Root};

/// What is known after a test: `None` for an outcome that cannot be.
pub(super) struct Outcome {
    pub(super) when_true: Option<Shape>,
    pub(super) when_false: Option<Shape>,
}

impl Outcome {
    /// Either may be, and nothing more is known.
    pub(super) fn either(data: Shape) -> Self {
        Self { when_true: Some(data.clone()), when_false: Some(data) }
    }
}

/// Follows a test the way AWS evaluates it, left to right and no further than needed.
pub(super) fn decide<'a>(test: &'a Test, data: Given<'_>, reads: &mut Reads<'a>) -> Outcome {
    match test {
        Test::And(tests) => {
            let mut known = Some(data.shape.clone());
            let mut when_false: Option<Shape> = None;
            for test in tests {
                let Some(shape) = known else { break };
                let outcome = decide(test, Given { shape: &shape, ..data }, reads);
                known = outcome.when_true;
                when_false = either(when_false, outcome.when_false);
            }
            Outcome { when_true: known, when_false }
        }
        Test::Or(tests) => {
            let mut known = Some(data.shape.clone());
            let mut when_true: Option<Shape> = None;
            for test in tests {
                let Some(shape) = known else { break };
                let outcome = decide(test, Given { shape: &shape, ..data }, reads);
                known = outcome.when_false;
                when_true = either(when_true, outcome.when_true);
            }
            Outcome { when_true, when_false: known }
        }
        Test::Not(test) => {
            let outcome = decide(test, data, reads);
            Outcome { when_true: outcome.when_false, when_false: outcome.when_true }
        }
        Test::Compare(comparison) => compare(comparison, data, reads),
        Test::Condition(_) => Outcome { when_true: Some(data.shape.clone()), when_false: Some(data.shape.clone()) },
    }
}

fn compare<'a>(comparison: &'a Comparison, data: Given<'_>, reads: &mut Reads<'a>) -> Outcome {
    let variable = &comparison.variable;
    if let Operation::Is(TypeTest::Present, wanted) = comparison.operation {
        return presence(variable, wanted, data.shape);
    }
    reads.read(Read { path: variable, field: "Variable", wanted: Wanted::Any, argument: None }, data);
    if let Some(path) = comparison.operation.path() {
        reads.read(Read { path, field: &comparison.operator.text, wanted: Wanted::Any, argument: None }, data);
    }
    if !finds_one(variable) {
        return Outcome::either(data.shape.clone());
    }
    // Had it been missing, the execution would have failed.
    let known = data.shape.clone().with_present(&variable.steps);
    match type_test(&comparison.operation, &known.find(&variable.steps)) {
        Some(true) => Outcome { when_true: Some(known), when_false: None },
        Some(false) => Outcome { when_true: None, when_false: Some(known) },
        None => Outcome::either(known),
    }
}

/// Whether a path leads to one value of the data.
fn finds_one(path: &Path) -> bool {
    path.root == Root::Data && is_definite(&path.steps)
}

/// What comes of a test of a type that is known.
fn type_test(operation: &Operation, found: &Found) -> Option<bool> {
    let (Operation::Is(test, wanted), Found::Always(shape)) = (operation, found) else { return None };
    let answer = match (test, shape) {
        (_, Shape::Unknown(_)) | (TypeTest::Timestamp, Shape::String) | (TypeTest::Present, _) => return None,
        (TypeTest::Null, shape) => matches!(shape, Shape::Null),
        (TypeTest::Numeric, shape) => matches!(shape, Shape::Number),
        (TypeTest::String, shape) => matches!(shape, Shape::String),
        (TypeTest::Boolean, shape) => matches!(shape, Shape::Bool),
        (TypeTest::Timestamp, _) => false,
    };
    Some(answer == *wanted)
}

fn presence(variable: &Path, wanted: bool, data: &Shape) -> Outcome {
    if !finds_one(variable) {
        return Outcome::either(data.clone());
    }
    let (present, absent) = match data.find(&variable.steps) {
        Found::Always(_) => (Some(data.clone()), None),
        Found::Never(_) => (None, Some(data.clone())),
        Found::Maybe(_) | Found::Unknown(_) => {
            let steps = &variable.steps;
            (Some(data.clone().with_present(steps)), Some(data.clone().with_absent(steps)))
        }
    };
    if wanted {
        Outcome { when_true: present, when_false: absent }
    } else {
        Outcome { when_true: absent, when_false: present }
    }
}

fn either(left: Option<Shape>, right: Option<Shape>) -> Option<Shape> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.join(right)),
        (left, right) => left.or(right),
    }
}
