//! Texts that look like paths where none is evaluated (ASL0305, ASL0306, ASL0307, ASL0413).

use std::collections::HashSet;

use crate::codes::Code;
use crate::definition::{Kind, Machine, Operand, Operation, QueryLanguage, State, Test, TextOrPath};
use crate::diagnostic::{Diagnostic, Level};
use crate::node::{Node, Text, Value};
use crate::query::intrinsic;
use crate::query::path::{Path, Root};
use crate::query::read::{is_expression, quoted};

const NO_DOLLAR: &str =
    "accepts this with the warning NO_DOLLAR, which it shows only on request; the text is passed on";
const VARIABLE: &str = "accepts this; the text is passed on";
const NO_PATH: &str =
    "accepts this with the warning NO_PATH, which it shows only on request; the text is used as it is";
const STATIC: &str = "accepts this with the warning PASS_RESULT_IS_STATIC, which it shows only on request";

/// The payload templates of a state.
const TEMPLATES: &[&str] = &["Parameters", "ResultSelector", "ItemSelector", "Credentials"];

/// The other fields of a state that hold data.
const CONSTANTS: &[&str] = &["Result", "Error", "Cause", "ItemReader", "ItemBatcher", "ResultWriter"];

pub(super) fn check(machine: &Machine, document: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut variables = HashSet::new();
    super::for_each_machine(machine, &mut |inner| {
        variables.extend(super::variables::assignments(inner).map(|(_, name)| name.as_str()));
    });
    super::for_each_state(machine, document, &mut |state, node| {
        if state.query_language != QueryLanguage::JsonPath {
            return;
        }
        let texts = |node: &Node, field: &str, level, diagnostics: &mut Vec<Diagnostic>| {
            Found { state, field, variables: &variables, level }.texts(node, diagnostics);
        };
        for field in TEMPLATES {
            if let Some(template) = node.get(field) {
                texts(template, field, Code::ASL0305.level(), diagnostics);
            }
        }
        let parts = [("ItemReader", "Parameters"), ("ItemBatcher", "BatchInput"), ("ResultWriter", "Parameters")];
        for (part, field) in parts {
            if let Some(template) = node.get(part).and_then(|part| part.get(field)) {
                texts(template, &format!("{part}.{field}"), Code::ASL0305.level(), diagnostics);
            }
        }
        for (field, assign) in assigns(node) {
            // A variable may hold a text that looks like a path on purpose: AWS's own machines have some.
            texts(assign, &field, Level::Warning, diagnostics);
            expressions(state, assign, Level::Warning, diagnostics);
        }
        plain_fields(state, node, diagnostics);
        diagnostics.extend(node.get("Result").and_then(|result| static_result(state, node, result)));
        for field in TEMPLATES.iter().chain(CONSTANTS) {
            let level = Code::ASL0413.level();
            node.get(field).into_iter().for_each(|value| expressions(state, value, level, diagnostics));
        }
    });
}

/// The `Assign`s of a state: its own, its rules' and its catchers'.
fn assigns(state: &Node) -> Vec<(String, &Node)> {
    let own = state.get("Assign").map(|assign| ("Assign".to_owned(), assign));
    let parts = ["Choices", "Catch"].into_iter().flat_map(|field| {
        let parts = match state.get(field).map(|node| &node.value) {
            Some(Value::Array(parts)) => parts.as_slice(),
            _ => &[],
        };
        let parts = parts.iter().enumerate();
        parts.filter_map(move |(number, part)| Some((format!("{field}[{number}].Assign"), part.get("Assign")?)))
    });
    own.into_iter().chain(parts).collect()
}

/// Whether AWS would evaluate `text` in a `.$` field.
fn is_evaluated(text: &Text) -> bool {
    let path = text.text.starts_with("$.") || text.text.starts_with("$[") || text.text.starts_with("$$");
    let call = || intrinsic::is_call(&text.text) && intrinsic::parse(text).is_ok();
    (path && Path::parse(text).is_ok()) || call()
}

/// Where a payload template is.
struct Found<'a> {
    state: &'a State,
    field: &'a str,
    /// The variables that are assigned somewhere.
    variables: &'a HashSet<&'a str>,
    level: Level,
}

impl Found<'_> {
    /// Reports the texts in `node` that look like a path, under names without `.$`.
    fn texts(&self, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
        match &node.value {
            Value::Object(members) => {
                for member in members.iter().filter(|member| !member.name.text.ends_with(".$")) {
                    let text = member.value.as_text();
                    let found = match text {
                        Some(text) if is_evaluated(text) => Some((text, NO_DOLLAR, self.level)),
                        // Machines recorded on AWS have such texts.
                        Some(text) if self.reads_variable(text) => Some((text, VARIABLE, Level::Warning)),
                        _ => None,
                    };
                    match found {
                        Some((text, aws, level)) => {
                            let finding = self.no_dollar(&member.name, text).aws(aws);
                            diagnostics.push(Diagnostic { level, ..finding });
                        }
                        None => self.texts(&member.value, diagnostics),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.texts(item, diagnostics)),
            _ => {}
        }
    }

    /// Whether `text` is a path to a variable that is assigned somewhere.
    fn reads_variable(&self, text: &Text) -> bool {
        let path = text.text.starts_with('$').then(|| Path::parse(text).ok()).flatten();
        path.is_some_and(|path| matches!(&path.root, Root::Variable(name) if self.variables.contains(name.as_str())))
    }

    fn no_dollar(&self, name: &Text, text: &Text) -> Diagnostic {
        let Self { state, field, .. } = self;
        let what = if text.text.starts_with('$') { "the path" } else { "the call" };
        let message = format!(
            "`{}` in `{field}` of state `{}` passes {what} `{}` on as text",
            name.text, state.name.text, text.text
        );
        Diagnostic::new(Code::ASL0305, text.span, message)
            .label("plain text: the name has no `.$`")
            .fix("to evaluate it, write the name so", name.span, quoted(&format!("{}.$", name.text)))
            .at(format!("{}/{}", state.pointer, field.replace('.', "/")))
    }
}

/// Fields that take a constant and have a path for one.
fn plain_fields(state: &State, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &state.kind {
        Some(Kind::Fail { error, cause }) => {
            for (field, value) in [("Error", error), ("Cause", cause)] {
                let Some(TextOrPath::Text(text)) = value else { continue };
                let name = node.members().unwrap_or_default().iter().find(|member| member.name.text == field);
                if let Some(name) = name.filter(|_| is_evaluated(text)) {
                    diagnostics.push(no_path(state, &name.name, text, field));
                }
            }
        }
        Some(Kind::Choice { choices, .. }) => {
            for test in choices.iter().filter_map(|rule| rule.test.as_ref()) {
                comparisons(state, test, diagnostics);
            }
        }
        _ => {}
    }
}

fn comparisons(state: &State, test: &Test, diagnostics: &mut Vec<Diagnostic>) {
    match test {
        Test::And(tests) | Test::Or(tests) => tests.iter().for_each(|test| comparisons(state, test, diagnostics)),
        Test::Not(test) => comparisons(state, test, diagnostics),
        Test::Condition(_) => {}
        Test::Compare(comparison) => {
            if let Operation::String(_, Operand::Constant(constant)) = &comparison.operation {
                let text = Text::opaque(constant.value.clone(), constant.span);
                if is_evaluated(&text) && text.text.starts_with('$') {
                    diagnostics.push(no_path(state, &comparison.operator, &text, "Choices"));
                }
            }
        }
    }
}

fn no_path(state: &State, field: &Text, text: &Text, pointer: &str) -> Diagnostic {
    let (field, span) = (&field.text, field.span);
    let message =
        format!("`{field}` of state `{}` is the text `{}`: no path is evaluated there", state.name.text, text.text);
    Diagnostic::new(Code::ASL0306, text.span, message)
        .label("plain text")
        .fix("to evaluate it, use", span, quoted(&format!("{field}Path")))
        .at(format!("{}/{pointer}", state.pointer))
        .aws(NO_PATH)
}

/// The first text in a `Result` that would be evaluated in `Parameters`.
fn static_result(state: &State, node: &Node, result: &Node) -> Option<Diagnostic> {
    let span = first_dynamic(result)?;
    let message = format!("`Result` of state `{}` is static: nothing in it is evaluated", state.name.text);
    let finding = Diagnostic::new(Code::ASL0307, span, message).label("stays as it is written");
    let name = node.members()?.iter().find(|member| member.name.text == "Result")?.name.span;
    let finding = match state.parameters {
        None => finding.fix("to evaluate it, use", name, quoted("Parameters")),
        Some(_) => finding.help("to evaluate it, write it in `Parameters`"),
    };
    Some(finding.at(format!("{}/Result", state.pointer)).aws(STATIC))
}

fn first_dynamic(node: &Node) -> Option<crate::span::Span> {
    match &node.value {
        Value::String(text) => is_evaluated(text).then_some(text.span),
        Value::Array(items) => items.iter().find_map(first_dynamic),
        Value::Object(members) => members.iter().find_map(|member| match member.name.text.ends_with(".$") {
            true => Some(member.name.span),
            false => first_dynamic(&member.value),
        }),
        _ => None,
    }
}

/// Reports JSONata expressions in the texts of a JSONPath state. Paths and timestamps have findings of their own.
fn expressions(state: &State, node: &Node, level: Level, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::String(text) if is_expression(&text.text) => {
            let message = format!("the JSONata expression in state `{}` is plain text", state.name.text);
            let finding = Diagnostic::new(Code::ASL0413, text.span, message)
                .label("not evaluated: the state uses JSONPath")
                .help("JSONata is for states with `\"QueryLanguage\": \"JSONata\"`")
                .at(&state.pointer)
                .aws("accepts this; the text is passed on");
            diagnostics.push(Diagnostic { level, ..finding });
        }
        Value::Array(items) => items.iter().for_each(|item| expressions(state, item, level, diagnostics)),
        Value::Object(members) => members
            .iter()
            .filter(|member| !member.name.text.ends_with(".$"))
            .for_each(|member| expressions(state, &member.value, level, diagnostics)),
        _ => {}
    }
}
