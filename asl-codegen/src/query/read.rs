//! The paths of a definition's fields: each against its field's rule, with the findings.

use std::ops::Range;

use serde_json::Value;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::node::Text;
use crate::query::context_object::{self, Missing, Scope};
use crate::query::intrinsic::{self, Call, CallError, FAILS, Function, MAX_DEPTH, described};
use crate::query::path::{Path, PathError, Root, Selector, Step};
use crate::span::Span;

/// Which paths a field takes. Language spec, "Reference Paths".
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathRule {
    /// Only a Reference Path: one that names one value.
    reference: bool,
    /// The context object is allowed.
    context: bool,
    /// Variables are allowed.
    variables: bool,
    /// The functions that give text are allowed.
    functions: bool,
    /// The field may be null.
    pub(crate) nullable: bool,
}

impl PathRule {
    /// Any path.
    pub(crate) const PATH: Self =
        Self { reference: false, context: true, variables: true, functions: false, nullable: false };
    /// `InputPath`, `OutputPath`.
    pub(crate) const NULLABLE: Self = Self { nullable: true, ..Self::PATH };
    /// A Reference Path.
    pub(crate) const REFERENCE: Self = Self { reference: true, ..Self::PATH };
    /// A Reference Path into the data or a variable: AWS refuses `$$` in the numbers of a Map state.
    pub(crate) const DATA_REFERENCE: Self = Self { context: false, ..Self::REFERENCE };
    /// `ResultPath`.
    pub(crate) const RESULT: Self = Self { context: false, variables: false, nullable: true, ..Self::REFERENCE };
    /// `ErrorPath`, `CausePath`.
    pub(crate) const TEXT: Self = Self { functions: true, ..Self::REFERENCE };
}

/// A field, for messages.
#[derive(Clone, Debug)]
pub(crate) struct At {
    /// The field as messages call it: `` `InputPath` of state `X` ``.
    pub(crate) field: String,
    /// Its pointer.
    pub(crate) pointer: String,
    /// What the context object holds there.
    pub(crate) context: Scope,
}

/// AWS's answer to a value of a template.
pub(crate) const TEMPLATE_VALUE: &str =
    "rejects this: the value of the field must be a valid JSONPath or a valid intrinsic function call";
const REFERENCE_PATH: &str = "rejects this: \"Value is not a Reference Path\"";
const MISSING_PATH: &str = "accepts this; every execution that gets here fails with States.Runtime";

/// What is not compiled, with the finding's sentence: `state … uses X, which this version does not compile`.
pub(crate) fn not_compiled(at: &At, span: Span, what: &str) -> Diagnostic {
    let message = format!("{} uses {what}, which this version does not compile", at.field);
    Diagnostic::new(Code::ASL1203, span, message).label(format!("{what} here")).at(&at.pointer).aws("accepts this")
}

/// Whether `text` looks like a JSONata expression.
pub(crate) fn is_expression(text: &str) -> bool {
    text.starts_with("{%") && text.ends_with("%}")
}

/// The path in `text`, when it is one that `rule` allows.
pub(crate) fn path(text: &Text, rule: PathRule, at: &At, findings: &mut Vec<Diagnostic>) -> Option<Path> {
    if intrinsic::is_call(&text.text) {
        function(text, rule, at, findings);
        return None;
    }
    let parsed = Path::parse(text);
    let root = match &parsed {
        Ok(path) => &path.root,
        Err(PathError::Unsupported { root, .. }) => root,
        Err(PathError::Syntax { range, message, suggestion }) => {
            findings.push(syntax(text, range.clone(), message, suggestion.as_deref(), at));
            return None;
        }
    };
    if let Some(refused) = refused_root(root, rule) {
        findings.push(refused(text, at));
        return None;
    }
    match parsed {
        Ok(path) => {
            if let Some(step) = path.first_indirect_step().filter(|_| rule.reference) {
                let reason = match &step.selector {
                    Selector::Index(_) => "an index that counts from the end is not allowed in one".to_owned(),
                    selector => format!("{} can select several values", selector.describe()),
                };
                findings.push(not_a_reference(text, text.locate(step.range.clone()), &reason, at));
                return None;
            }
            use_root(|range| text.locate(range), &path, at, findings);
            Some(path)
        }
        Err(PathError::Unsupported { range, what, .. }) if rule.reference => {
            let reason = format!("{what} is not allowed in one");
            findings.push(not_a_reference(text, text.locate(range), &reason, at));
            None
        }
        Err(PathError::Unsupported { range, what, .. }) => {
            findings.push(unsupported(text, range, what, at));
            None
        }
        Err(PathError::Syntax { .. }) => None,
    }
}

/// The finding for a part of a path that is not compiled: `what`, the bytes `range` of it.
fn unsupported(path: &Text, range: Range<usize>, what: &str, at: &At) -> Diagnostic {
    let finding = not_compiled(at, path.locate(range), what);
    let fails = matches!(what, "a path function" | "a union of names before the last step");
    if fails { finding.aws(MISSING_PATH) } else { finding }
}

/// Reports what a valid path reads beyond the data: a variable, a field of the context object.
fn use_root(locate: impl Fn(Range<usize>) -> Span, path: &Path, at: &At, findings: &mut Vec<Diagnostic>) {
    match &path.root {
        Root::Data | Root::Variable(_) => {}
        Root::Context => findings.extend(missing_context(&path.text, &path.steps, locate, at)),
    }
}

/// The finding for a path into the context object that leads nowhere.
pub(crate) fn missing_context(
    path: &str,
    steps: &[Step],
    locate: impl Fn(Range<usize>) -> Span,
    at: &At,
) -> Option<Diagnostic> {
    let missing = context_object::find(steps, at.context).err()?;
    let (Missing::Field { step, .. } | Missing::Here { step, .. }) = missing;
    let step = steps.get(step)?;
    let name = path.get(..step.range.end).unwrap_or(path);
    let span = locate(step.range.clone());
    let finding = match missing {
        Missing::Field { known, .. } => {
            let message = format!("{} reads `{name}`, which the context object does not have", at.field);
            let finding = Diagnostic::new(Code::ASL0316, span, message).label("no such field");
            let selected = match &step.selector {
                Selector::Name(selected) => selected.as_str(),
                _ => "",
            };
            match nearest(selected, known.iter().copied()) {
                Some(near) => finding.fix("did you mean", span, format!(".{near}")),
                None if known.is_empty() => finding,
                None => finding.help(format!("the fields there are {}", list(&known))),
            }
        }
        Missing::Here { only, .. } => {
            let message = format!("{} reads `{name}`, which the context object has only {only}", at.field);
            let finding = Diagnostic::new(Code::ASL0316, span, message).label("not here");
            // Published definitions pass a token on from a task without one.
            let doubtful = at.context.is_task && name.starts_with("$$.Task");
            Diagnostic { level: if doubtful { Level::Warning } else { finding.level }, ..finding }
        }
    };
    Some(finding.at(&at.pointer).aws(MISSING_PATH))
}

fn syntax(text: &Text, range: Range<usize>, message: &str, suggestion: Option<&str>, at: &At) -> Diagnostic {
    let sentence = format!("`{}` in {} is not a path: {message}", text.text, at.field);
    let finding = Diagnostic::new(Code::ASL0301, text.locate(range), sentence).label(message).at(&at.pointer);
    let finding = finding.aws("rejects this: the value must be a valid JSONPath");
    match suggestion {
        Some(path) => finding.fix("write the path so", text.span, quoted(path)),
        None if is_expression(&text.text) => {
            finding.help("JSONata is for states with `\"QueryLanguage\": \"JSONata\"`")
        }
        None if !text.text.is_empty() && Path::parse(&Text::opaque(format!("$.{}", text.text), text.span)).is_ok() => {
            finding.fix("start at the input", text.span, quoted(&format!("$.{}", text.text)))
        }
        None => finding,
    }
}

type Refusal = fn(&Text, &At) -> Diagnostic;

/// Why `rule` does not allow paths that start at `root`.
fn refused_root(root: &Root, rule: PathRule) -> Option<Refusal> {
    match root {
        Root::Context if !rule.context && !rule.variables => Some(|text, at| {
            let message = format!("{} cannot write to the context object `{}`", at.field, text.text);
            Diagnostic::new(Code::ASL0303, text.span, message)
                .label("starts at the context object")
                .fix("write into the state's input", text.span, quoted(text.text.get(1..).unwrap_or("$")))
                .at(&at.pointer)
                .aws("rejects this")
        }),
        Root::Context if !rule.context => {
            Some(|text, at| not_a_reference(text, text.span, "the context object is not allowed here", at))
        }
        Root::Variable(_) if !rule.variables => Some(|text, at| {
            let message = format!("{} cannot write to the variable `{}`", at.field, text.text);
            Diagnostic::new(Code::ASL0303, text.span, message)
                .label("a variable")
                .help("use `Assign` to set a variable")
                .at(&at.pointer)
                .aws("rejects this")
        }),
        _ => None,
    }
}

fn not_a_reference(text: &Text, span: Span, reason: &str, at: &At) -> Diagnostic {
    let message = format!("`{}` in {} is not a Reference Path: {reason}", text.text, at.field);
    Diagnostic::new(Code::ASL0302, span, message)
        .label(reason)
        .help("a Reference Path has names and indexes only: `$.a.b[0]`")
        .at(&at.pointer)
        .aws(REFERENCE_PATH)
}

/// A call of an intrinsic function in a path field; `None` when none is allowed there, or it is not a valid one.
pub(crate) fn function(text: &Text, rule: PathRule, at: &At, findings: &mut Vec<Diagnostic>) -> Option<Call> {
    if !rule.functions {
        let message = format!("{} takes a path, not an intrinsic function", at.field);
        let finding = Diagnostic::new(Code::ASL0314, text.span, message)
            .label("an intrinsic function")
            .help("call the function in `Parameters`, `ItemSelector` or `ResultSelector` and use the result's path")
            .at(&at.pointer)
            .aws("rejects this");
        findings.push(finding);
        return None;
    }
    let call = call(text, at, findings)?;
    if Function::TEXT.contains(&call.function) {
        if let Some(Ok(value)) = call.constant().filter(|value| !matches!(value, Ok(Value::String(_)))) {
            let message = format!("{} needs a string, and `{}` is {}", at.field, call.text.text, described(&value));
            let finding = Diagnostic::new(Code::ASL0606, text.span, message).label("a string is needed");
            findings.push(finding.at(&at.pointer).aws(FAILS));
        }
        return Some(call);
    }
    let names: Vec<&str> = Function::TEXT.iter().map(|function| function.name()).collect();
    let message = format!("{} needs a function that gives text, not `{}`", at.field, call.function.name());
    let finding = Diagnostic::new(Code::ASL0314, call.name, message)
        .label("gives no text")
        .help(format!("the functions allowed here are {}", list(&names)))
        .at(&at.pointer)
        .aws("rejects this");
    findings.push(finding);
    None
}

/// The call in `text`, as far as it can be read; its mistakes are reported.
pub(crate) fn call(text: &Text, at: &At, findings: &mut Vec<Diagnostic>) -> Option<Call> {
    let parsed = match intrinsic::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            findings.push(not_a_call(text, error, at));
            return None;
        }
    };
    for (path, what, range) in &parsed.unread {
        findings.push(unsupported(path, range.clone(), what, at));
    }
    for path in parsed.call.paths() {
        use_root(|range| path.locate(range), path, at, findings);
    }
    intrinsic::check(&parsed.call, at, findings);
    Some(parsed.call)
}

fn not_a_call(text: &Text, error: CallError, at: &At) -> Diagnostic {
    let finding = match error {
        CallError::Unknown(range) => {
            let name = text.text.get(range.clone()).unwrap_or_default();
            let message = format!("{} calls `{name}`, which is no intrinsic function", at.field);
            let span = text.locate(range);
            let finding = Diagnostic::new(Code::ASL0309, span, message).label("no such function");
            match nearest(name, Function::NAMES.iter().copied()) {
                Some(near) => finding.fix("did you mean", span, near),
                None => finding.help(format!("the functions are {}", list(Function::NAMES))),
            }
        }
        CallError::Quote(range, reason) => {
            let escape = text.text.get(range.clone()).unwrap_or_default();
            let message =
                format!("a string in the call of an intrinsic function in {} is not valid: {reason}", at.field);
            let finding = Diagnostic::new(Code::ASL0313, text.locate(range.clone()), message).label(reason);
            match escape {
                "\\\"" => finding.help("a double quote in it needs no backslash of the function's own"),
                "'" => finding.help("a string ends with `'`; a quote inside it is written `\\\\'`"),
                _ => finding.help("a backslash of the text is written twice for the function, four times in JSON"),
            }
        }
        CallError::Depth(range) => {
            let message = format!("calls of intrinsic functions in {} are nested more than {MAX_DEPTH} deep", at.field);
            return Diagnostic::new(Code::ASL0315, text.locate(range), message)
                .label(format!("inside {MAX_DEPTH} calls already"))
                .help("compute a part of it in a Pass state before this one")
                .at(&at.pointer)
                .aws("documents 10 as the most");
        }
        CallError::Syntax(range, reason) => {
            let message = format!("{} has a call of an intrinsic function that is not valid: {reason}", at.field);
            Diagnostic::new(Code::ASL0304, text.locate(range), message).label(reason)
        }
        CallError::Path(range, bad, reason) => {
            let path = text.text.get(range.clone()).unwrap_or_default();
            let message = format!("`{path}` in {} is not a path: {reason}", at.field);
            let span = text.locate(range.start + bad.start..range.start + bad.end);
            Diagnostic::new(Code::ASL0301, span, message).label(reason)
        }
    };
    finding.at(&at.pointer).aws(TEMPLATE_VALUE)
}

/// Names in backticks, with commas and a last `and`.
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("`{name}`"),
        [names @ .., last] => {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", names.join(", "))
        }
    }
}

/// `text` as a JSON string, to paste.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            character if character < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
