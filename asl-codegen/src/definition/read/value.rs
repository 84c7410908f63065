//! A field's value against its shape, and shapes to values.

use crate::codes::Code;
use crate::definition::fields::{Field, STATE_RULES, Shape};
use crate::definition::read::object::get;
use crate::definition::read::{Reader, Scope};
use crate::definition::{PathOrNull, QueryLanguage, Spanned, TextOrPath};
use crate::diagnostic::{Diagnostic, Help, nearest};
use crate::node::{Member, Node, Text, Value};
use crate::query::intrinsic::{is_call, is_number};
use crate::query::path::Path;
use crate::query::read::{At, PathRule, function, is_expression, list, path, quoted};
use crate::query::template::{self, Template};
use crate::timestamp::Timestamp;

const SCHEMA: &str = "rejects this with SCHEMA_VALIDATION_FAILED";

impl Reader<'_> {
    /// Holds a member's value against its field's shape.
    pub(super) fn value(&mut self, member: &Member, field: &Field, siblings: &[Member], scope: &Scope) {
        let before = self.findings.len();
        self.shape(member, field, siblings, scope);
        if field.evaluated && scope.language == QueryLanguage::Jsonata && member.value.as_text().is_some() {
            for finding in self.findings.iter_mut().skip(before).filter(|finding| finding.code == Code::ASL0104) {
                let help = "an expression is written in delimiters: `{% … %}`".to_owned();
                finding.help.push(Help { message: help, fix: None });
            }
        }
    }

    fn shape(&mut self, member: &Member, field: &Field, siblings: &[Member], scope: &Scope) {
        let node = &member.value;
        let at = scope.at(field.name);
        if field.evaluated && scope.language == QueryLanguage::Jsonata {
            self.delimiters(node, &at);
            if node.as_text().is_some_and(|text| has_delimiter(&text.text)) {
                return;
            }
        }
        match field.shape {
            Shape::Any => {}
            Shape::Text => {
                self.text(node, "a string", &at);
            }
            Shape::OneOf(allowed) => self.one_of(node, allowed, &at),
            Shape::Boolean => {
                if !matches!(node.value, Value::Bool(_)) {
                    self.wrong_type(node, "`true` or `false`", &at);
                }
            }
            Shape::Integer(least, most) => self.integer(member, field, siblings, (least, most), scope),
            Shape::Number(least, most) => self.number(member, field, siblings, (least, most), scope),
            Shape::Timestamp => self.timestamp(member, field, siblings, scope),
            Shape::List | Shape::NonEmptyList | Shape::Texts | Shape::NonEmptyTexts => {
                self.list(node, field.shape, &at)
            }
            Shape::Items => {
                if !matches!(node.value, Value::Array(_) | Value::Object(_)) {
                    self.wrong_type(node, "an array or a JSONata expression", &at);
                }
            }
            Shape::Object => {
                if node.members().is_none() {
                    self.wrong_type(node, "an object", &at);
                }
            }
            Shape::Path(rule) => self.path(node, rule, &at),
            Shape::Template | Shape::ObjectTemplate => self.template(node, field.shape, &at, scope),
        }
    }

    fn template(&mut self, node: &Node, shape: Shape, at: &At, scope: &Scope) {
        if matches!(shape, Shape::ObjectTemplate) && node.members().is_none() {
            self.wrong_type(node, "an object", at);
        } else if node.value == Value::Null && scope.language == QueryLanguage::JsonPath {
            self.wrong_type(node, "a payload template", at);
        } else if scope.language == QueryLanguage::JsonPath {
            template::read(node, at, self.findings);
        }
    }

    fn path(&mut self, node: &Node, rule: PathRule, at: &At) {
        let expected = if rule.nullable { "a path or null" } else { "a path" };
        if rule.nullable && node.value == Value::Null {
            return;
        }
        if let Some(text) = self.text(node, expected, at) {
            path(text, rule, at, self.findings);
        }
    }

    /// The text in `node`; when there is none, the finding says that `expected` is.
    fn text<'n>(&mut self, node: &'n Node, expected: &str, at: &At) -> Option<&'n Text> {
        let text = node.as_text();
        if text.is_none() {
            self.wrong_type(node, expected, at);
        }
        text
    }

    fn wrong_type(&mut self, node: &Node, expected: &str, at: &At) {
        self.report(wrong_type(node, expected, at));
    }

    fn one_of(&mut self, node: &Node, allowed: &[&str], at: &At) {
        let Some(text) = self.text(node, "a string", at) else { return };
        if allowed.contains(&text.text.as_str()) {
            return;
        }
        let names = list(allowed).replace(" and ", " or ");
        let message = format!("{} must be {names}, found `{}`", at.field, text.text);
        let finding = Diagnostic::new(Code::ASL0106, text.span, message).label("not one of the allowed values");
        let finding = match nearest(&text.text, allowed.iter().copied()) {
            Some(near) => finding.fix("did you mean", text.span, quoted(near)),
            None => finding,
        };
        self.report(finding.at(&at.pointer).aws("rejects this: \"The field … should have one of these values: …\""));
    }

    fn list(&mut self, node: &Node, shape: Shape, at: &At) {
        let Value::Array(items) = &node.value else {
            let finding = wrong_type(node, "an array", at);
            let finding = match (&node.value, shape) {
                (Value::String(text), Shape::Texts | Shape::NonEmptyTexts) => {
                    finding.fix("write a list", node.span, format!("[{}]", quoted(&text.text)))
                }
                _ => finding,
            };
            self.report(finding);
            return;
        };
        if items.is_empty() && matches!(shape, Shape::NonEmptyList | Shape::NonEmptyTexts) {
            let message = format!("{} must not be empty", at.field);
            let finding = Diagnostic::new(Code::ASL0109, node.span, message).label("nothing in it");
            self.report(finding.at(&at.pointer).aws("rejects this: \"Value cannot be empty\""));
        }
        if matches!(shape, Shape::Texts | Shape::NonEmptyTexts) {
            for (number, item) in items.iter().enumerate() {
                let element = format!("element {number} of {}", at.field);
                self.text(item, "a string", &At { field: element, ..at.clone() });
            }
        }
    }

    fn integer(
        &mut self,
        member: &Member,
        field: &Field,
        siblings: &[Member],
        (least, most): (i64, i64),
        scope: &Scope,
    ) {
        let at = scope.at(field.name);
        let node = &member.value;
        let expected = "an integer";
        let Value::Number(number) = &node.value else {
            let finding = wrong_type(node, expected, &at);
            self.report(use_path_field(finding, member, field, siblings));
            return;
        };
        let digits = number.strip_prefix('-').unwrap_or(number);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.report(wrong_type(node, expected, &at));
            return;
        }
        // Text that is all digits and does not fit is beyond every range.
        let value = number.parse::<i64>().ok();
        let too_small = value.map_or(number.starts_with('-'), |value| value < least);
        let too_large = value.map_or(!number.starts_with('-'), |value| value > most);
        self.range(node, too_small, too_large && most != i64::MAX, &least.to_string(), &most.to_string(), &at);
    }

    fn number(
        &mut self,
        member: &Member,
        field: &Field,
        siblings: &[Member],
        (least, most): (f64, f64),
        scope: &Scope,
    ) {
        let at = scope.at(field.name);
        let node = &member.value;
        let value = match &node.value {
            Value::Number(number) => number.parse::<f64>().ok(),
            _ => None,
        };
        let Some(value) = value else {
            let finding = wrong_type(node, "a number", &at);
            self.report(use_path_field(finding, member, field, siblings));
            return;
        };
        self.range(node, value < least, value > most, &format!("{least:?}"), &format!("{most:?}"), &at);
    }

    fn range(&mut self, node: &Node, too_small: bool, too_large: bool, least: &str, most: &str, at: &At) {
        let finding = if too_small {
            Diagnostic::new(Code::ASL0105, node.span, format!("{} must be at least {least}", at.field))
                .label(format!("below {least}"))
                .aws("rejects this: \"Minimum value is …\"")
        } else if too_large {
            Diagnostic::new(Code::ASL0105, node.span, format!("{} must be at most {most}", at.field))
                .label(format!("above {most}"))
                .aws("rejects this: \"Maximum value is …\"")
        } else {
            return;
        };
        self.report(finding.at(&at.pointer));
    }

    fn timestamp(&mut self, member: &Member, field: &Field, siblings: &[Member], scope: &Scope) {
        let at = scope.at(field.name);
        let node = &member.value;
        let Some(text) = self.text(node, "a timestamp in a string", &at) else { return };
        if Timestamp::parse(&text.text).is_some() {
            return;
        }
        let message = format!("`{}` in {} is not an RFC 3339 timestamp", text.text, at.field);
        let finding = Diagnostic::new(Code::ASL0801, text.span, message)
            .label("not a timestamp")
            .at(&at.pointer)
            .aws("rejects this: \"String does not match RFC3339 timestamp\"");
        let finding = use_path_field(finding, member, field, siblings);
        let finding = match mended(&text.text) {
            Some(timestamp) => finding.fix("write", text.span, quoted(&timestamp)),
            None if is_expression(&text.text) => {
                finding.help("JSONata is for states with `\"QueryLanguage\": \"JSONata\"`")
            }
            None if text.text.starts_with('$') => finding,
            None => finding.help("a timestamp is written `2016-03-14T01:59:00Z`"),
        };
        self.report(finding);
    }

    /// Reports every text in `node` that has one of the delimiters of JSONata without the other.
    pub(super) fn delimiters(&mut self, node: &Node, at: &At) {
        match &node.value {
            Value::String(text) => {
                let (opens, closes) = (text.text.starts_with("{%"), text.text.ends_with("%}"));
                let complete = opens && closes && text.text.len() >= 4;
                if complete || !(opens || closes) {
                    return;
                }
                let (missing, mended) = match opens {
                    true => ("%}", format!("{} %}}", text.text.trim_end_matches(['%', ' ']))),
                    false => ("{%", format!("{{% {}", text.text)),
                };
                let message = format!("a JSONata expression in {} has no `{missing}`", at.field);
                let finding = Diagnostic::new(Code::ASL0402, text.span, message)
                    .label(format!("`{missing}` is missing"))
                    .fix("write", text.span, quoted(&mended))
                    .at(&at.pointer)
                    .aws("rejects this");
                self.report(finding);
            }
            Value::Array(items) => items.iter().for_each(|item| self.delimiters(item, at)),
            Value::Object(members) => members.iter().for_each(|member| self.delimiters(&member.value, at)),
            _ => {}
        }
    }
}

fn has_delimiter(text: &str) -> bool {
    text.starts_with("{%") || text.ends_with("%}")
}

fn wrong_type(node: &Node, expected: &str, at: &At) -> Diagnostic {
    let message = format!("{} must be {expected}, found {}", at.field, node.kind());
    let finding = Diagnostic::new(Code::ASL0104, node.span, message).label(format!("{expected} is expected"));
    let finding = finding.at(&at.pointer).aws(SCHEMA);
    match &node.value {
        Value::String(text) => {
            let number = expected.contains("integer") || expected.contains("number");
            let boolean = expected.contains("true");
            let unquoted = (number && is_number(&text.text)) || (boolean && matches!(&*text.text, "true" | "false"));
            if unquoted { finding.fix("without quotes", node.span, text.text.clone()) } else { finding }
        }
        Value::Number(number) if expected == "a string" => finding.fix("in quotes", node.span, quoted(number)),
        _ => finding,
    }
}

/// Advises the `…Path` field for a path in `member`, when there is one.
fn use_path_field(finding: Diagnostic, member: &Member, field: &Field, siblings: &[Member]) -> Diagnostic {
    let is_path = member.value.as_text().is_some_and(|text| text.text.starts_with('$') && Path::parse(text).is_ok());
    let path_field = format!("{}Path", field.name);
    let known = STATE_RULES.field(&path_field).or_else(|| crate::definition::fields::CHOICE_RULES.field(&path_field));
    if !is_path || known.is_none() || get(siblings, &path_field).is_some() {
        return finding;
    }
    finding.fix("for a path, use", member.name.span, quoted(&path_field))
}

/// The timestamp that a text with a small mistake stands for: no offset, a blank for the `T`, lower case.
fn mended(text: &str) -> Option<String> {
    let upper = text.trim().to_ascii_uppercase().replacen(' ', "T", 1);
    let candidates = [upper.clone(), format!("{upper}Z"), format!("{upper}:00Z"), format!("{upper}T00:00:00Z")];
    candidates.into_iter().find(|candidate| Timestamp::parse(candidate).is_some())
}

/// The integer in `node`.
pub(super) fn seconds(node: Option<&Node>) -> Option<Spanned<u32>> {
    let node = node?;
    match &node.value {
        // `-0` is an integer too.
        Value::Number(number) => {
            let value = number.parse::<i64>().ok()?;
            Some(Spanned { value: value.try_into().ok()?, span: node.span })
        }
        _ => None,
    }
}

/// The number in `node`, as written.
pub(super) fn number(node: Option<&Node>) -> Option<Spanned<String>> {
    let node = node?;
    match &node.value {
        Value::Number(number) => Some(Spanned { value: number.clone(), span: node.span }),
        _ => None,
    }
}

/// The text in `node`.
pub(super) fn text(node: Option<&Node>) -> Option<Text> {
    node?.as_text().cloned()
}

/// The texts in the array `node`.
pub(super) fn texts(node: Option<&Node>) -> Vec<Text> {
    match node.map(|node| &node.value) {
        Some(Value::Array(items)) => items.iter().filter_map(|item| item.as_text().cloned()).collect(),
        _ => Vec::new(),
    }
}

/// The elements of the array `node`.
pub(super) fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

/// The path in `node`, when it is one that `rule` allows. Findings were made before.
pub(super) fn path_in(node: Option<&Node>, rule: PathRule, at: &At) -> Option<Path> {
    path(node?.as_text()?, rule, at, &mut Vec::new())
}

/// The path or the call in `node`, as `rule` allows them. Findings were made before.
pub(super) fn path_or_call_in(node: &Node, rule: PathRule, at: &At) -> Option<TextOrPath> {
    let text = node.as_text()?;
    if is_call(&text.text) {
        return function(text, rule, at, &mut Vec::new()).map(TextOrPath::Call);
    }
    path_in(Some(node), rule, at).map(TextOrPath::Path)
}

/// A path that may be null. Findings were made before.
pub(super) fn path_or_null(node: Option<&Node>, rule: PathRule, at: &At) -> Option<PathOrNull> {
    let node = node?;
    let path = path_in(Some(node), rule, at);
    Some(PathOrNull { span: node.span, valid: path.is_some() || node.value == Value::Null, path })
}

/// The payload template in `node`. Findings were made before.
pub(super) fn template_in(node: Option<&Node>, at: &At) -> Option<Template> {
    Some(template::read(node?, at, &mut Vec::new()))
}
