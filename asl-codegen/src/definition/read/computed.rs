//! The values of fields in JSONata states.

use crate::codes::Code;
use crate::definition::read::{Reader, Scope};
use crate::definition::{Computed, Expression, Payload, QueryLanguage, expressions};
use crate::diagnostic::Diagnostic;
use crate::jsonata;
use crate::node::{Node, Text, Value};
use crate::query::template;

/// A field, or a part of one, that may hold expressions.
struct Part<'s> {
    scope: &'s Scope,
    /// Its place below the scope: `Output`, `Output.items[0]`.
    place: String,
}

impl Part<'_> {
    fn member(&self, name: &str) -> Self {
        Self { place: format!("{}.{name}", self.place), ..*self }
    }

    fn item(&self, index: usize) -> Self {
        Self { place: format!("{}[{index}]", self.place), ..*self }
    }
}

impl Reader<'_> {
    /// The value in `node`, which is the field `field`. AWS developer guide, "Transforming data with JSONata in Step
    /// Functions": a string is an expression when it begins with `{%` and ends with `%}`, at any depth; names never are.
    pub(super) fn computed(&mut self, node: Option<&Node>, field: &str, scope: &Scope) -> Option<Computed> {
        Some(self.value_of(node?, &Part { scope, place: field.to_owned() }))
    }

    fn value_of(&mut self, node: &Node, part: &Part<'_>) -> Computed {
        match &node.value {
            Value::String(text) => match self.parse(text, part) {
                Some(expression) => Computed::Expression(Box::new(expression)),
                None => Computed::Constant(node.clone()),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| self.value_of(item, &part.item(index)));
                let items: Vec<_> = items.collect();
                match items.iter().all(|item| matches!(item, Computed::Constant(_))) {
                    true => Computed::Constant(node.clone()),
                    false => Computed::Array { span: node.span, items },
                }
            }
            Value::Object(members) => {
                let members = members.iter().map(|member| {
                    let name = &member.name;
                    (name.clone(), self.value_of(&member.value, &part.member(&name.text)))
                });
                let members: Vec<_> = members.collect();
                match members.iter().all(|(_, value)| matches!(value, Computed::Constant(_))) {
                    true => Computed::Constant(node.clone()),
                    false => Computed::Object { span: node.span, members },
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Computed::Constant(node.clone()),
        }
    }

    /// The expression in `node`, which is the field `field`.
    pub(super) fn expression(&mut self, node: Option<&Node>, field: &str, scope: &Scope) -> Option<Box<Expression>> {
        self.parse(node?.as_text()?, &Part { scope, place: field.to_owned() }).map(Box::new)
    }

    /// The value in `node` of a field that both query languages have.
    pub(super) fn payload(&mut self, node: Option<&Node>, field: &str, scope: &Scope) -> Option<Payload> {
        Some(match scope.language {
            // Findings were made before.
            QueryLanguage::JsonPath => Payload::Template(template::read(node?, &scope.at(field), &mut Vec::new())),
            QueryLanguage::Jsonata => Payload::Computed(self.computed(node, field, scope)?),
        })
    }

    /// The expression that a string is.
    fn parse(&mut self, text: &Text, part: &Part<'_>) -> Option<Expression> {
        let inner = text.text.strip_prefix("{%")?.strip_suffix("%}")?;
        let start = 2 + (inner.len() - inner.trim_start().len());
        let text = text.slice(start..start + inner.trim().len());
        let syntax = match jsonata::parse(&text.text) {
            Ok(syntax) => Some(syntax),
            Err(error) => {
                self.report(syntax_error(&text, &error, part));
                None
            }
        };
        Some(Expression { text, syntax })
    }
}

/// Every expression in a value, with its place below `place`.
pub(super) fn expressions_of(computed: Computed, place: &str, found: &mut Vec<(String, Expression)>) {
    match computed {
        Computed::Constant(_) => {}
        Computed::Expression(expression) => found.push((place.to_owned(), *expression)),
        Computed::Array { items, .. } => {
            for (index, item) in items.into_iter().enumerate() {
                expressions_of(item, &expressions::item(place, index), found);
            }
        }
        Computed::Object { members, .. } => {
            for (name, value) in members {
                expressions_of(value, &expressions::member(place, &name.text), found);
            }
        }
    }
}

fn syntax_error(text: &Text, error: &jsonata::Error, part: &Part<'_>) -> Diagnostic {
    let at = part.scope.at(&part.place);
    let message = format!("{} is not JSONata: {error}", at.field);
    let what = match (text.text.is_empty(), error.position()) {
        (true, _) => "there is no expression",
        (false, Some(position)) if position >= text.text.len() => "something is missing",
        _ => "not understood",
    };
    let finding = Diagnostic::new(Code::ASL0401, text.locate(place_of(error, &text.text)), message).label(what);
    finding.at(&at.pointer).aws("rejects this with INVALID_JSONATA_EXPRESSION")
}

/// The bytes of the expression that an error is about: the word that it names, which may end where the error is; else the
/// character there.
fn place_of(error: &jsonata::Error, text: &str) -> std::ops::Range<usize> {
    let Some(position) = error.position().filter(|position| text.is_char_boundary(*position)) else {
        return 0..text.len();
    };
    let (before, behind) = text.split_at(position);
    let word = error.subject();
    if !word.is_empty() && behind.starts_with(word) {
        return position..position + word.len();
    }
    if !word.is_empty() && before.ends_with(word) {
        return position - word.len()..position;
    }
    match (behind.chars().next(), before.chars().next_back()) {
        (Some(character), _) => position..position + character.len_utf8(),
        (None, Some(character)) => position - character.len_utf8()..position,
        (None, None) => 0..0,
    }
}
