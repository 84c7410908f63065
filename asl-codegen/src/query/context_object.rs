//! The context object `$$`: which fields exist where. AWS developer guide, "Context object".

use crate::query::path::{Selector, Step};

/// What a state knows of the context object beyond what every state knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The state is a Map state, or inside one.
    pub(crate) in_map: bool,
    /// A Task.
    pub(crate) is_task: bool,
    /// A Task that gets a task token: `.waitForTaskToken` or `.sync`. A resource that is not understood may be one.
    pub(crate) has_token: bool,
    /// A state that can be retried.
    pub(crate) has_retries: bool,
}

/// A field of the context object.
enum Field {
    /// A value without fields.
    Leaf,
    /// Any JSON.
    Any,
    /// These fields.
    Object(&'static [(&'static str, Field)]),
}

const CONTEXT: Field = Field::Object(&[
    (
        "Execution",
        Field::Object(&[
            ("Id", Field::Leaf),
            ("Input", Field::Any),
            ("Name", Field::Leaf),
            ("RedriveCount", Field::Leaf),
            ("RedriveTime", Field::Leaf),
            ("RoleArn", Field::Leaf),
            ("StartTime", Field::Leaf),
        ]),
    ),
    ("StateMachine", Field::Object(&[("Id", Field::Leaf), ("Name", Field::Leaf)])),
    ("State", Field::Object(&[("EnteredTime", Field::Leaf), ("Name", Field::Leaf), ("RetryCount", Field::Leaf)])),
    ("Task", Field::Object(&[("Token", Field::Leaf)])),
    (
        "Map",
        Field::Object(&[(
            "Item",
            Field::Object(&[
                ("Index", Field::Leaf),
                ("Key", Field::Any),
                ("Source", Field::Leaf),
                ("Value", Field::Any),
            ]),
        )]),
    ),
]);

/// Why a path into the context object finds nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// No such field; the fields that there are.
    Field {
        /// The number of the step.
        step: usize,
        /// The fields beside it; empty when the value before it has none.
        known: Vec<&'static str>,
    },
    /// The field exists, but only elsewhere.
    Here {
        /// The number of the step.
        step: usize,
        /// Where it exists: `in a Map state`.
        only: &'static str,
    },
}

/// Follows a path from `$$`.
///
/// # Errors
/// The path leads to a field that does not exist in `scope`.
pub(crate) fn find(steps: &[Step], scope: Scope) -> Result<(), Missing> {
    let mut field = &CONTEXT;
    let mut names = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let fields = match field {
            Field::Any => return Ok(()),
            Field::Leaf => return Err(Missing::Field { step: number, known: Vec::new() }),
            Field::Object(fields) => *fields,
        };
        let found = match &step.selector {
            Selector::Name(name) => fields.iter().find(|(known, _)| known == name),
            Selector::Index(_) => None,
            // What it selects is an array, which may be empty.
            _ => return Ok(()),
        };
        let Some((name, next)) = found else {
            return Err(Missing::Field { step: number, known: fields.iter().map(|(name, _)| *name).collect() });
        };
        names.push(*name);
        let only = match names.as_slice() {
            ["Task"] if !scope.has_token => "in a Task state that waits for a task token",
            ["Map"] if !scope.in_map => "in a Map state",
            ["State", "RetryCount"] if !scope.has_retries => "in Task, Parallel and Map states",
            _ => {
                field = next;
                continue;
            }
        };
        return Err(Missing::Here { step: number, only });
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::query::path;

    fn check(text: &str, scope: Scope, expected: Result<(), Missing>) {
        let (_, steps) = path::parse(text).unwrap();
        assert_eq!(find(&steps, scope), expected, "{text}");
    }

    #[test]
    fn fields_that_exist() {
        let everything = Scope { in_map: true, is_task: true, has_token: true, has_retries: true };
        for text in ["$$", "$$.Execution", "$$.Execution.Input.a[0].b", "$$['State'].Name"] {
            check(text, Scope::default(), Ok(()));
        }
        for text in ["$$.Task.Token", "$$.Map.Item.Value.id", "$$.State.RetryCount"] {
            check(text, everything, Ok(()));
        }
    }

    #[test]
    fn fields_that_do_not() {
        let scope = Scope::default();
        check("$$.Execution.Nme", scope, {
            let known = vec!["Id", "Input", "Name", "RedriveCount", "RedriveTime", "RoleArn", "StartTime"];
            Err(Missing::Field { step: 1, known })
        });
        check("$$.State.Name.first", scope, Err(Missing::Field { step: 2, known: vec![] }));
        check("$$.Map.Item.Value", scope, Err(Missing::Here { step: 0, only: "in a Map state" }));
    }
}
