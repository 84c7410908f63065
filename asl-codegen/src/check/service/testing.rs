//! Task states from JSON text, for the tests of the checks.

use std::fmt::Write;

use crate::definition::{Kind, Machine, State, Task};
use crate::diagnostic::Diagnostic;
use crate::node::{Member, Node, Text, Value};
use crate::query::template::{Field, FieldValue, Template};
use crate::span::Span;

/// The findings of `check` for a state `X` that calls `resource` with `parameters`, as lines: code, the text it points
/// at, message; and under it each help with its edit made.
pub(in crate::check) fn report(
    check: fn(&Machine, &mut Vec<Diagnostic>),
    resource: &str,
    parameters: Option<&str>,
) -> String {
    let resource = format!("\"{resource}\"");
    let text = format!("{resource}\n{}", parameters.unwrap_or_default());
    let mut reader = Reader { text: &text, at: 0 };
    let resource = reader.value();
    let parameters = parameters.map(|_| template(&reader.value()));
    let task = Task { resource: resource.as_text().cloned(), ..Task::default() };
    let state = State {
        name: Text::opaque("X", Span::new(0, 0)),
        span: Span::default(),
        pointer: "/States/X".to_owned(),
        comment: None,
        query_language: crate::definition::QueryLanguage::JsonPath,
        kind: Some(Kind::Task(Box::new(task))),
        type_span: Span::default(),
        next: None,
        end: true,
        input_path: None,
        parameters,
        result_selector: None,
        result_path: None,
        output_path: None,
        retry: Vec::new(),
        catch: Vec::new(),
        assign: None,
    };
    let machine = Machine { states: vec![state], ..Machine::default() };
    let mut diagnostics = Vec::new();
    check(&machine, &mut diagnostics);
    let mut report = String::new();
    for diagnostic in diagnostics {
        assert!(!diagnostic.aws.is_empty() && !diagnostic.label.is_empty(), "{diagnostic:?}");
        let at = &text[diagnostic.span.range()];
        let pointer = &diagnostic.pointer;
        writeln!(report, "{} {at} {pointer}: {}", diagnostic.code, diagnostic.message).unwrap();
        for help in diagnostic.help {
            match help.fix {
                None => writeln!(report, "  {}", help.message).unwrap(),
                Some(fix) => {
                    let before = text[..fix.span.start].rsplit('\n').next().unwrap_or_default();
                    let line = format!("{before}{}{}", fix.replacement, &text[fix.span.end..]);
                    let line = line.split('\n').next().unwrap_or_default();
                    writeln!(report, "  {}: {}", help.message, line.trim()).unwrap();
                }
            }
        }
    }
    report
}

/// The template that a value is; every `.$` field counts as not understood, which the checks cannot tell from a path.
fn template(node: &Node) -> Template {
    if !computed(node) {
        return Template::Constant(node.clone());
    }
    match &node.value {
        Value::Array(items) => Template::Array { span: node.span, items: items.iter().map(template).collect() },
        Value::Object(members) => {
            let field = |member: &Member| Field {
                name: member.name.clone(),
                value: match member.name.text.ends_with(".$") {
                    true => FieldValue::Invalid(member.value.span),
                    false => FieldValue::Template(template(&member.value)),
                },
            };
            Template::Object { span: node.span, fields: members.iter().map(field).collect() }
        }
        _ => Template::Constant(node.clone()),
    }
}

fn computed(node: &Node) -> bool {
    match &node.value {
        Value::Array(items) => items.iter().any(computed),
        Value::Object(members) => {
            members.iter().any(|member| member.name.text.ends_with(".$") || computed(&member.value))
        }
        _ => false,
    }
}

/// A reader of the JSON that tests write: well formed, no escapes.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> char {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    fn accept(&mut self, character: char) -> bool {
        let found = self.peek() == character;
        self.at += usize::from(found);
        found
    }

    fn string(&mut self) -> Text {
        assert!(self.accept('"'));
        let start = self.at;
        let end = start + self.text[start..].find('"').unwrap();
        self.at = end + 1;
        Text { text: self.text[start..end].to_owned(), span: Span::new(start - 1, end + 1), runs: vec![(0, start)] }
    }

    fn value(&mut self) -> Node {
        let first = self.peek();
        let start = self.at;
        let value = match first {
            '"' => Value::String(self.string()),
            '{' | '[' => {
                self.at += 1;
                let (mut members, mut items) = (Vec::new(), Vec::new());
                while !self.accept('}') && !self.accept(']') {
                    if first == '{' {
                        let name = self.string();
                        assert!(self.accept(':'));
                        members.push(Member { name, value: self.value() });
                    } else {
                        items.push(self.value());
                    }
                    self.accept(',');
                }
                if first == '{' { Value::Object(members) } else { Value::Array(items) }
            }
            _ => {
                let rest = &self.text[self.at..];
                let word = &rest[..rest.find([',', '}', ']', ' ', '\n']).unwrap_or(rest.len())];
                self.at += word.len();
                match word {
                    "null" => Value::Null,
                    "true" | "false" => Value::Bool(word == "true"),
                    number => Value::Number(number.to_owned()),
                }
            }
        };
        Node { span: Span::new(start, self.at), value }
    }
}
