//! Payload templates: `Parameters`, `ResultSelector`. Language spec, "Payload Template".

use std::collections::HashMap;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, nearest};
use crate::node::{Member, Node, Text, Value};
use crate::query::intrinsic::{self, Call, Function};
use crate::query::path::{self, Path, PathError};
use crate::query::read::{self, At, PathRule, TEMPLATE_VALUE, quoted};
use crate::span::Span;

/// A payload template, or a part of one.
#[derive(Clone, Debug)]
pub enum Template {
    /// A constant: a scalar, or an array or object without a `.$` field anywhere in it.
    Constant(Node),
    /// An object with a `.$` field in it, directly or deeper. Fields in the order they were written.
    Object {
        /// The object as written.
        span: Span,
        /// Its fields.
        fields: Vec<Field>,
    },
    /// An array with a `.$` field somewhere in it.
    Array {
        /// The array as written.
        span: Span,
        /// Its elements.
        items: Vec<Template>,
    },
}

/// A field of a template.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name as written, with its `.$` when it has one.
    pub name: Text,
    /// Its value.
    pub value: FieldValue,
}

/// The value of a template's field.
#[derive(Clone, Debug)]
pub enum FieldValue {
    /// A field without `.$`.
    Template(Template),
    /// A `.$` field with a path.
    Path(Path),
    /// A `.$` field with a call of an intrinsic function.
    Call(Call),
    /// A `.$` field that is reported: not understood, or not compiled by this version.
    Invalid(Span),
}

impl Field {
    /// The name of the resulting field: without `.$` where the value is computed.
    pub fn output_name(&self) -> &str {
        match self.value {
            FieldValue::Template(_) => &self.name.text,
            FieldValue::Path(_) | FieldValue::Call(_) | FieldValue::Invalid(_) => name_in_output(&self.name),
        }
    }
}

impl Template {
    /// Where the template was written.
    pub fn span(&self) -> Span {
        match self {
            Template::Constant(node) => node.span,
            Template::Object { span, .. } | Template::Array { span, .. } => *span,
        }
    }
}

/// Reads the payload template in the field `at`. Language spec, "Payload Template".
pub(crate) fn read(node: &Node, at: &At, findings: &mut Vec<Diagnostic>) -> Template {
    match &node.value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| read(item, at, findings)).collect();
            if items.iter().all(|item| matches!(item, Template::Constant(_))) {
                return Template::Constant(node.clone());
            }
            Template::Array { span: node.span, items }
        }
        Value::Object(members) => {
            let fields: Vec<_> = members.iter().map(|member| field(member, at, findings)).collect();
            report_duplicates(&fields, at, findings);
            if fields.iter().all(|field| matches!(field.value, FieldValue::Template(Template::Constant(_)))) {
                return Template::Constant(node.clone());
            }
            Template::Object { span: node.span, fields }
        }
        _ => Template::Constant(node.clone()),
    }
}

fn field(member: &Member, at: &At, findings: &mut Vec<Diagnostic>) -> Field {
    let name = member.name.clone();
    let Some(output) = name.text.strip_suffix(".$") else {
        return Field { value: FieldValue::Template(read(&member.value, at, findings)), name };
    };
    let at = At { field: format!("`{}` in {}", name.text, at.field), ..at.clone() };
    if output.is_empty() {
        let message = format!("{} has nothing before `.$`: the result would have no name", at.field);
        let finding = Diagnostic::new(Code::ASL0304, name.span, message).label("a name is missing");
        findings.push(finding.at(&at.pointer).aws("rejects this"));
        return Field { value: FieldValue::Invalid(member.value.span), name };
    }
    let value = computed(&name, &member.value, &at, findings).unwrap_or(FieldValue::Invalid(member.value.span));
    Field { name, value }
}

/// What the value of a `.$` field asks for.
fn computed(name: &Text, node: &Node, at: &At, findings: &mut Vec<Diagnostic>) -> Option<FieldValue> {
    let Some(text) = node.as_text() else {
        let message = format!("{} must be a path or a call of an intrinsic function, found {}", at.field, node.kind());
        let finding = Diagnostic::new(Code::ASL0304, node.span, message).label("neither a path nor a function");
        findings.push(keep_constant(finding, name).at(&at.pointer).aws(TEMPLATE_VALUE));
        return None;
    };
    if intrinsic::is_call(&text.text) {
        return read::call(text, at, findings).map(FieldValue::Call);
    }
    let mixed = text.text.get(1..).is_some_and(|rest| rest.contains('$') && rest.contains(' '));
    let is_path = text.text.starts_with('$') && !(mixed && matches!(Path::parse(text), Err(PathError::Syntax { .. })));
    if is_path {
        return read::path(text, PathRule::PATH, at, findings).map(FieldValue::Path);
    }
    findings.push(not_computable(name, text, at));
    None
}

/// The finding for a text that is neither a path nor a call.
fn not_computable(name: &Text, text: &Text, at: &At) -> Diagnostic {
    let message = format!("{} is neither a path nor a call of an intrinsic function", at.field);
    let finding = Diagnostic::new(Code::ASL0304, text.span, message).at(&at.pointer).aws(TEMPLATE_VALUE);
    if read::is_expression(&text.text) {
        return finding
            .label("JSONata in a JSONPath state")
            .help("JSONata is for states with `\"QueryLanguage\": \"JSONata\"`");
    }
    if let Some(call) = as_format(&text.text) {
        return finding.label("text with a path in it").fix(
            "put the path into the text with `States.Format`",
            text.span,
            quoted(&call),
        );
    }
    let function = text.text.split('(').next().unwrap_or_default();
    if let Some(near) = nearest(function, Function::NAMES.iter().copied()).filter(|_| text.text.contains('(')) {
        let call = format!("{near}{}", &text.text[function.len()..]);
        return finding.label("not a function").fix("did you mean", text.span, quoted(&call));
    }
    let finding = match path::parse(&format!("$.{}", text.text)) {
        Ok(_) => finding.fix("start at the input", text.span, quoted(&format!("$.{}", text.text))),
        Err(_) => finding,
    };
    keep_constant(finding.label("only text"), name)
}

/// The advice to pass the value on as it is.
fn keep_constant(finding: Diagnostic, name: &Text) -> Diagnostic {
    let output = name.text.strip_suffix(".$").unwrap_or(&name.text);
    finding.fix("for a constant, drop the `.$`", name.span, quoted(output))
}

/// A call of `States.Format` that gives `text` with the paths in it replaced by what they find.
fn as_format(text: &str) -> Option<String> {
    const LONGEST: usize = 1000;
    if text.len() > LONGEST {
        return None;
    }
    let mut format = String::new();
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character == '$'
            && let Some(path) = leading_path(rest)
        {
            format.push_str("{}");
            paths.push(path);
            rest = &rest[path.len()..];
            continue;
        }
        if matches!(character, '\'' | '\\' | '{' | '}') {
            format.push('\\');
        }
        format.push(character);
        rest = &rest[character.len_utf8()..];
    }
    (!paths.is_empty()).then(|| format!("States.Format('{format}', {})", paths.join(", ")))
}

/// The path that `text` starts with: what can be read as one, without the punctuation of a sentence.
fn leading_path(text: &str) -> Option<&str> {
    let end = text
        .char_indices()
        .find(|(_, character)| {
            !(character.is_alphanumeric() || matches!(character, '$' | '.' | '_' | '-' | '[' | ']' | '\'' | '*'))
        })
        .map_or(text.len(), |(end, _)| end);
    let mut candidate = text.get(..end)?;
    while candidate.trim_start_matches('$').len() > 1 {
        let end = match path::parse(candidate) {
            Ok(_) => return Some(candidate),
            Err(PathError::Unsupported { .. }) => candidate.char_indices().next_back()?.0,
            Err(PathError::Syntax { range, .. }) => range.start.min(candidate.char_indices().next_back()?.0),
        };
        candidate = candidate.get(..end)?;
    }
    None
}

/// Reports fields that give the same name.
fn report_duplicates(fields: &[Field], at: &At, findings: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Field> = HashMap::with_capacity(fields.len());
    for field in fields {
        let name = name_in_output(&field.name);
        let Some(first) = seen.insert(name, field) else { continue };
        let message =
            format!("`{}` and `{}` in {} give the same field `{name}`", first.name.text, field.name.text, at.field);
        let finding = Diagnostic::new(Code::ASL0308, field.name.span, message)
            .label("the same field again")
            .note(first.name.span, "first here")
            .help("delete one of them")
            .at(&at.pointer)
            .aws("rejects this");
        findings.push(finding);
    }
}

fn name_in_output(name: &Text) -> &str {
    name.text.strip_suffix(".$").unwrap_or(&name.text)
}

#[cfg(test)]
mod tests {
    use super::as_format;

    #[test]
    fn text_with_a_path_becomes_a_format() {
        for (text, expected) in [
            ("This is my $.messageId", Some("States.Format('This is my {}', $.messageId)")),
            ("It's {$.a[0].b}.", Some(r"States.Format('It\'s \{{}\}.', $.a[0].b)")),
            ("$.a and $$.State.Name, yes", Some("States.Format('{} and {}, yes', $.a, $$.State.Name)")),
            ("Hi $.name.", Some("States.Format('Hi {}.', $.name)")),
            ("costs 5 $", None),
            ("costs $5", None),
            ("plain", None),
        ] {
            assert_eq!(as_format(text).as_deref(), expected, "{text}");
        }
    }
}
