//! What the arguments of a call have to be, as far as the call itself shows it (ASL0310, ASL0311, ASL0312, ASL0313).

use serde_json::Value;

use super::{ALGORITHMS, Argument, ArgumentValue, Call, Function, Kind, Literal, More, Parameter};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::query::read::{At, list};
use crate::span::Span;

/// AWS's answer to a call that cannot succeed.
pub(crate) const FAILS: &str =
    "accepts this; every execution that gets here fails with States.Runtime, which no Catch can catch";

/// Reports what is wrong with the arguments of a call and of those inside it.
pub(crate) fn check(call: &Call, at: &At, findings: &mut Vec<Diagnostic>) {
    let before = findings.len();
    findings.extend(count(call, at));
    if call.function == Function::Format {
        format(call, at, findings);
    }
    for (place, argument) in call.arguments.iter().enumerate() {
        if let Some(parameter) = call.function.parameters().at(place) {
            findings.extend(mismatch(call, place, parameter, argument, at));
        }
        match &argument.value {
            ArgumentValue::Call(inner) => check(inner, at, findings),
            ArgumentValue::Number(number) if !number.parse().is_ok_and(f64::is_finite) => {
                let message = format!("a number in {} is too large for a double", at.field);
                let finding = Diagnostic::new(Code::ASL0105, argument.span, message).label("beyond 1.8e308");
                findings.push(finding.at(&at.pointer));
            }
            _ => {}
        }
    }
    let failed = findings[before..].iter().any(|finding| finding.level == Level::Error);
    findings.extend(fails(call, at).filter(|_| !failed));
}

/// What fails for values that are the same in every execution, though each is of a type that is taken.
fn fails(call: &Call, at: &At) -> Option<Diagnostic> {
    let failure = call.failure()?;
    let message = format!("`{}` in {} always fails: {failure}", call.function.name(), at.field);
    let finding = Diagnostic::new(Code::ASL0311, call.text.span, message);
    Some(finding.label("fails whatever the input is").at(&at.pointer).aws(FAILS))
}

/// How many arguments there are.
fn count(call: &Call, at: &At) -> Option<Diagnostic> {
    let parameters = call.function.parameters();
    let (needed, found) = (parameters.required.len(), call.arguments.len());
    if parameters.accept(found) {
        return None;
    }
    let takes = match parameters.more {
        More::Any(_) => format!("at least {}", arguments(needed)),
        More::One(_) => format!("{needed} or {}", arguments(needed + 1)),
        More::None if needed == 0 => "no arguments".to_owned(),
        More::None => arguments(needed),
    };
    let surplus = call.arguments.iter().enumerate().find(|(place, _)| parameters.at(*place).is_none());
    let (span, label) = match (surplus, call.arguments.last()) {
        (Some((_, first)), Some(last)) => {
            (Span::new(first.span.start, last.span.end.max(first.span.end)), "too many".to_owned())
        }
        _ => (call.name, format!("takes {takes}")),
    };
    let message = format!("`{}` in {} takes {takes}, found {found}", call.function.name(), at.field);
    Some(Diagnostic::new(Code::ASL0310, span, message).label(label).help(form(call.function)).at(&at.pointer))
}

fn arguments(count: usize) -> String {
    if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") }
}

/// How a call of the function is written.
fn form(function: Function) -> String {
    let arguments = match function {
        Function::Array => "value, …",
        Function::ArrayContains => "array, value",
        Function::ArrayGetItem => "array, index",
        Function::ArrayLength | Function::ArrayUnique => "array",
        Function::ArrayPartition => "array, size",
        Function::ArrayRange => "first, last, step",
        Function::Base64Decode | Function::Base64Encode | Function::StringToJson => "string",
        Function::Format => "'text with {} for each value', value, …",
        Function::Hash => "value, 'SHA-256'",
        Function::JsonMerge => "object, object, false",
        Function::JsonToString => "value",
        Function::MathAdd => "number, number",
        Function::MathRandom => "start, end, seed",
        Function::StringSplit => "string, separators",
        Function::UUID => "",
    };
    format!("it is written `{}({arguments})`", function.name())
}

/// The text of a `States.Format` against its arguments.
fn format(call: &Call, at: &At, findings: &mut Vec<Diagnostic>) {
    let Some(Argument { span, value: ArgumentValue::String(template) }) = call.arguments.first() else { return };
    let (holes, found) = (template.holes.len(), call.arguments.len() - 1);
    if holes != found {
        let message = format!("`States.Format` in {} has {holes} `{{}}` and {}", at.field, arguments(found));
        let finding = Diagnostic::new(Code::ASL0312, *span, message)
            .label(format!("{holes} `{{}}` in this text"))
            .help(r"write one `{}` for each argument; `\\{` and `\\}` are braces of the text")
            .at(&at.pointer)
            .aws(FAILS);
        findings.push(finding);
    }
    if let Some(stray) = template.stray {
        let message =
            format!("a `{{` in the text of `States.Format` in {} is neither escaped nor part of `{{}}`", at.field);
        let finding = Diagnostic::new(Code::ASL0313, stray, message)
            .label("a brace that is not escaped")
            .help(r"write `\\{` and `\\}` for braces of the text")
            .at(&at.pointer)
            .aws("documents `{` and `}` as reserved: they are escaped");
        // How AWS reads it is not known for every place.
        findings.push(Diagnostic { level: Level::Warning, ..finding });
    }
}

/// An argument that cannot be what the function takes.
fn mismatch(call: &Call, place: usize, parameter: Parameter, argument: &Argument, at: &At) -> Option<Diagnostic> {
    if parameter == Parameter::Any {
        return None;
    }
    let found = match (&argument.value, argument.value.constant()) {
        (_, Some(value)) if accepts(parameter, &value) => return None,
        (ArgumentValue::Number(spelling), Some(_)) => format!("`{spelling}`"),
        (ArgumentValue::Call(inner), Some(value)) => format!("{} from `{}`", described(&value), inner.function.name()),
        (_, Some(value)) => described(&value),
        (ArgumentValue::Call(inner), None) => match inner.function.result() {
            kind if kind == Kind::Any || kind == parameter.kind() => return None,
            kind => format!("{} from `{}`", kind.describe(), inner.function.name()),
        },
        (_, None) => return None,
    };
    let message = format!(
        "argument {} of `{}` in {} must be {}, found {found}",
        place + 1,
        call.function.name(),
        at.field,
        parameter.describe()
    );
    let finding = Diagnostic::new(Code::ASL0311, argument.span, message)
        .label(format!("{} is expected", parameter.describe()))
        .at(&at.pointer)
        .aws(FAILS);
    Some(match (&argument.value, parameter) {
        (ArgumentValue::String(Literal { text, .. }), Parameter::Algorithm) => {
            match nearest(text, ALGORITHMS.iter().copied()) {
                Some(near) => finding.fix("did you mean", argument.span, format!("'{near}'")),
                None => finding,
            }
        }
        (ArgumentValue::Boolean(true), Parameter::Shallow) => {
            finding.help("AWS merges no deeper than one level: write `false`")
        }
        _ => finding,
    })
}

/// Whether a constant can be an argument.
fn accepts(parameter: Parameter, value: &Value) -> bool {
    let number = value.as_f64().map(|number| (number + 0.5).floor());
    match parameter {
        Parameter::Any => true,
        Parameter::Array => value.is_array(),
        Parameter::Object => value.is_object(),
        Parameter::String | Parameter::Template => value.is_string(),
        Parameter::Algorithm => value.as_str().is_some_and(|name| ALGORITHMS.contains(&name)),
        Parameter::Shallow => *value == Value::Bool(false),
        Parameter::Integer => number.is_some(),
        Parameter::Addend => number.is_some_and(|number| number >= i32::MIN.into() && number <= i32::MAX.into()),
        Parameter::Size => number.is_some_and(|number| number >= 1.0),
        Parameter::Step => number.is_some_and(|number| number != 0.0),
        Parameter::Index => number.is_some_and(|number| number >= 0.0),
    }
}

/// A constant, in words.
pub(crate) fn described(value: &Value) -> String {
    /// Longer texts are not shown.
    const SHOWN: usize = 60;
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) => match text.chars().count() {
            count if count > SHOWN => format!("a string of {count} characters"),
            _ => format!("the string `'{text}'`"),
        },
        Value::Array(_) => Kind::Array.describe().to_owned(),
        Value::Object(_) => Kind::Object.describe().to_owned(),
    }
}

impl Parameter {
    /// What has to be there, in words.
    pub(crate) fn describe(self) -> String {
        match self {
            Parameter::Any => "a value".to_owned(),
            Parameter::Array => "an array".to_owned(),
            Parameter::Object => "an object".to_owned(),
            Parameter::String | Parameter::Template => "a string".to_owned(),
            Parameter::Integer => "a number".to_owned(),
            Parameter::Addend => "an integer of 32 bits".to_owned(),
            Parameter::Size => "an integer from 1".to_owned(),
            Parameter::Step => "a number other than 0".to_owned(),
            Parameter::Index => "an index from 0".to_owned(),
            Parameter::Algorithm => list(ALGORITHMS).replace(" and ", " or "),
            Parameter::Shallow => "`false`".to_owned(),
        }
    }
}

impl Kind {
    /// What it is, in words.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Kind::Any => "a value",
            Kind::Array => "an array",
            Kind::Boolean => "a boolean",
            Kind::Number => "a number",
            Kind::Object => "an object",
            Kind::String => "a string",
        }
    }
}
