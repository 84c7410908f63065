//! The typed input: which members of its input a machine reads, and what they have to be.

use std::collections::HashSet;

use super::flow::Flow;
use super::reads::Wanted;
use super::{Found, Shape};
use crate::definition::{Kind, Operation, Payload, State, Test, TypeTest};
use crate::model::{Input, InputField, InputShape};
use crate::names::{self, Namespace};
use crate::query::path::Path;
use crate::query::template::Template;

/// What a machine reads of its input by name.
pub(crate) fn input(flow: &Flow<'_>) -> Input {
    let mut root = Member::default();
    note(flow, true, &mut root);
    if root.members.is_empty() { Input::Any } else { Input::Object(fields(root)) }
}

/// Notes the reads of a machine and of those inside it; `certain` says whether it surely runs.
fn note(flow: &Flow<'_>, certain: bool, root: &mut Member) {
    let machine = flow.machine;
    let trunk = trunk(flow);
    let on_trunk: HashSet<usize> = trunk.iter().copied().collect();
    let others = (0..machine.states.len()).filter(|index| !on_trunk.contains(index));
    for (index, visited) in trunk.iter().map(|index| (*index, certain)).chain(others.map(|index| (index, false))) {
        let state = &machine.states[index];
        for noted in flow.reads(index).all {
            let certain = visited && is_certain(state, noted.read.path);
            let origin = match noted.found {
                Found::Unknown(Some(origin)) | Found::Always(Shape::Unknown(Some(origin))) => origin,
                _ => continue,
            };
            root.note(&origin, noted.read.wanted, certain);
        }
        // All branches run, but perhaps no iteration.
        let runs = visited && matches!(state.kind, Some(Kind::Parallel { .. }));
        flow.inner[index].iter().for_each(|inner| note(inner, runs, root));
    }
}

/// Whether a state that is visited surely reads the path: of a Choice only what it reads before anything is decided, of a
/// Map nothing for its items.
fn is_certain(state: &State, path: &Path) -> bool {
    let choices = match &state.kind {
        Some(Kind::Choice { choices, .. }) => choices,
        Some(Kind::Map(map)) => {
            let per_item = map.item_selector.as_ref().and_then(Payload::template).map(Template::span);
            return !per_item.is_some_and(|span| span.start <= path.span.start && path.span.end <= span.end);
        }
        _ => return true,
    };
    let selects = [&state.input_path, &state.output_path];
    let first = choices.first().and_then(|rule| rule.test.as_ref()).map(first_read);
    selects.into_iter().flatten().filter_map(|select| select.path.as_ref()).any(|own| own.span == path.span)
        || first.flatten().is_some_and(|first| first.span == path.span)
}

/// The variable of the comparison that is evaluated first, unless all it asks is whether there is one.
fn first_read(test: &Test) -> Option<&Path> {
    match test {
        Test::And(tests) | Test::Or(tests) => tests.first().and_then(first_read),
        Test::Not(test) => first_read(test),
        Test::Condition(_) => None,
        Test::Compare(comparison) => match comparison.operation {
            Operation::Is(TypeTest::Present, _) => None,
            _ => Some(&comparison.variable),
        },
    }
}

/// The states that every execution without an error goes through, in order, until the ways part.
fn trunk(flow: &Flow<'_>) -> Vec<usize> {
    let place = |name: Option<&crate::node::Text>| name.and_then(|name| flow.names.get(name.as_str()).copied());
    let mut trunk = Vec::new();
    let mut current = place(flow.machine.start_at.as_ref());
    while let Some(index) = current {
        if trunk.contains(&index) {
            break;
        }
        trunk.push(index);
        let state = &flow.machine.states[index];
        current = match state.kind {
            Some(Kind::Choice { .. }) => None,
            _ => place(state.next.as_ref()),
        };
    }
    trunk
}

/// What is known of one member of the input.
#[derive(Debug, Default)]
struct Member {
    required: bool,
    wanted: Option<Wanted>,
    members: Vec<(String, Member)>,
}

impl Member {
    fn note(&mut self, origin: &[String], wanted: Wanted, certain: bool) {
        let Some((first, rest)) = origin.split_first() else {
            // Only a read that surely happens may narrow the type.
            if certain && wanted != Wanted::Any {
                self.wanted = match self.wanted {
                    None => Some(wanted),
                    Some(known) if known == wanted => Some(known),
                    Some(_) => Some(Wanted::Any),
                };
            }
            return;
        };
        let place = match self.members.iter().position(|(name, _)| name == first) {
            Some(place) => place,
            None => {
                self.members.push((first.clone(), Member::default()));
                self.members.len() - 1
            }
        };
        let member = &mut self.members[place].1;
        member.required |= certain;
        member.note(rest, wanted, certain);
    }
}

/// The members as fields. One that is required only below an optional one stays optional on its own level.
fn fields(member: Member) -> Vec<InputField> {
    let mut idents = Namespace::values(&["rest"]);
    member
        .members
        .into_iter()
        .map(|(name, member)| {
            let ident = idents.claim(names::field(&name));
            let required = member.required;
            let shape = match member.wanted {
                // A structure only where the members are surely read: elsewhere another type is no error.
                _ if !member.members.is_empty() && required && member.members.iter().any(|(_, m)| m.required) => {
                    InputShape::Object(fields(member))
                }
                Some(Wanted::String) => InputShape::String,
                Some(Wanted::Number) => InputShape::Number,
                Some(Wanted::Bool) => InputShape::Bool,
                Some(Wanted::Any | Wanted::Array | Wanted::Object) | None => InputShape::Any,
            };
            InputField { name, ident, required, shape }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::shape::flow::analyse;
    use crate::source::Source;
    use crate::{definition, json};

    /// Holds what a machine of the states `states`, the first of which is `A`, reads of its input against `expected`: each
    /// member by its path, `?` behind an optional one.
    #[track_caller]
    fn check(states: &str, expected: &[&str]) {
        let source = Source::new("m.asl.json", format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#));
        let document = json::read(&source, &mut Vec::new()).unwrap();
        let machine = definition::read::read(&document, &mut Vec::new());
        let mut found = Vec::new();
        if let Input::Object(fields) = input(&analyse(&machine)) {
            list("", &fields, &mut found);
        }
        found.sort();
        assert_eq!(found, expected, "{states}");
    }

    fn list(path: &str, fields: &[InputField], found: &mut Vec<String>) {
        for field in fields {
            let path = format!("{path}{}{}", field.name, if field.required { "" } else { "?" });
            if let InputShape::Object(inner) = &field.shape {
                list(&format!("{path}."), inner, found);
            }
            found.push(path);
        }
    }

    #[test]
    fn all_branches_run() {
        check(
            r#""A": {"Type": "Parallel", "InputPath": "$.order", "Branches": [
                 {"StartAt": "L", "States": {"L": {"Type": "Pass", "InputPath": "$.id", "End": true}}},
                 {"StartAt": "R", "States": {
                   "R": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "a", "Next": "S"}], "Default": "T"},
                   "S": {"Type": "Pass", "InputPath": "$.note", "End": true}, "T": {"Type": "Succeed"}}}], "End": true}"#,
            &["order", "order.id", "order.kind", "order.note?"],
        );
    }

    #[test]
    fn what_is_read_for_each_item_may_not_be_read() {
        check(
            r#""A": {"Type": "Map", "ItemsPath": "$.orders", "MaxConcurrencyPath": "$.most",
                 "ItemSelector": {"shop.$": "$.shop", "order.$": "$$.Map.Item.Value"},
                 "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "InputPath": "$.shop.name", "End": true}}},
                 "End": true}"#,
            &["most", "orders", "shop?"],
        );
    }

    #[test]
    fn variables_and_results_are_no_part_of_the_input() {
        check(
            r#""A": {"Type": "Pass", "Assign": {"x.$": "$.x"}, "Result": {"x": 1}, "Next": "B"},
               "B": {"Type": "Pass", "InputPath": "$x.y", "End": true}"#,
            &[],
        );
        check(r#""A": {"Type": "Pass", "Assign": {"x.$": "$.x"}, "ResultPath": null, "End": true}"#, &["x"]);
    }
}
