//! What is said of an expression.

use std::collections::HashSet;

use super::analysis::{Finding, What};
use super::calls::Misuse;
use super::kinds::Kinds;
use super::nothing::Cause;
use crate::codes::Code;
use crate::definition::State;
use crate::definition::expressions::{Place, Wanted};
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::jsonata::Function;
use crate::jsonata::regex::Problem;
use crate::jsonata::syntax::{ConditionForm, Span};
use crate::query::read::{list, quoted};

const UNSUPPORTED: &str = "rejects this with UNSUPPORTED_JSONATA_EXPRESSION";
const FAILS: &str = "accepts this; every execution that gets here fails with States.QueryEvaluationError";
const MAY_FAIL: &str = "accepts this; an execution that evaluates it fails with States.QueryEvaluationError";

/// Longer expressions are not repeated in advice.
const SHORT: usize = 60;

/// The members of `$states` that every expression can read.
const MEMBERS: [&str; 2] = ["input", "context"];

/// What findings in one expression have in common.
pub(super) struct Report<'a, 'p> {
    pub(super) state: &'a State,
    pub(super) place: &'p Place<'a, 'p>,
    /// The variables that are assigned somewhere.
    pub(super) assigned: &'p HashSet<&'p str>,
}

impl Report<'_, '_> {
    /// The place as messages call it.
    fn at(&self) -> String {
        format!("`{}` of state `{}`", self.place.field(), self.state.name.text)
    }

    fn text(&self, span: Span) -> &str {
        let range = span.start as usize..span.end as usize;
        self.place.expression.text.text.get(range).unwrap_or_default()
    }

    fn found(&self, code: Code, span: Span, message: String) -> Diagnostic {
        let written = self.place.expression.text.locate(span.start as usize..span.end as usize);
        Diagnostic::new(code, written, message).at(format!("{}/{}", self.state.pointer, self.place.location()))
    }

    /// The whole expression.
    fn whole(&self) -> Span {
        let length = u32::try_from(self.place.expression.text.text.len()).unwrap_or(u32::MAX);
        Span { start: 0, end: length }
    }

    /// With the advice to write `replacement` in place of `span`, and the edit where the place is known.
    fn replace(&self, finding: Diagnostic, advice: &str, span: Span, replacement: &str) -> Diagnostic {
        let text = &self.place.expression.text;
        let range = span.start as usize..span.end as usize;
        let written = text.locate(range.clone());
        let exact = written != text.span || written.end - written.start == text.text.len();
        let unescaped = self.text(span).chars().all(|character| character != '"' && character != '\\');
        match exact && unescaped && written.end - written.start == range.len() {
            true => finding.fix(advice, written, inside_quotes(replacement)),
            false => finding.help(format!("{advice}: `{replacement}`")),
        }
    }

    /// At a lower level when a condition may keep it from happening.
    fn failing(finding: Diagnostic, guarded: bool) -> Diagnostic {
        match guarded {
            true => Diagnostic { level: Level::Warning, ..finding }.aws(MAY_FAIL),
            false => finding.aws(FAILS),
        }
    }

    /// What is said of a finding in an expression that gives `kinds`.
    pub(super) fn finding(&self, finding: &Finding<'_>, kinds: Kinds) -> Option<Diagnostic> {
        let (span, guarded) = (finding.span, finding.guarded);
        Some(match &finding.what {
            What::Name(name, parameter) => self.name(span, name, *parameter),
            What::Context(parameter) => {
                let message = format!("`$` in {} is nothing: an expression has no input of its own", self.at());
                let mut finding = self.found(Code::ASL0407, span, message).label("no value here").aws(UNSUPPORTED);
                if let Some(parameter) = parameter {
                    finding = self.replace(finding, "to read the parameter", span, &format!("${parameter}"));
                }
                self.replace(finding, "to read the input", span, "$states.input")
            }
            What::Root => {
                let message = format!("`$$` in {} is not supported", self.at());
                let finding = self.found(Code::ASL0407, span, message).label("no value").aws(UNSUPPORTED);
                self.replace(finding, "to read the input", span, "$states.input")
            }
            What::Member(name) => return self.member(span, name),
            What::ContextField(name, known) => self.context_field(span, name, known, kinds),
            What::Read(_) => return None,
            What::Unknown { name, is_variable } => self.unknown(span, name, *is_variable, guarded),
            What::Bare(name) => {
                let message = format!("`{name}` in {} is called without its `$`", self.at());
                let finding = self.found(Code::ASL0410, span, message).label("a field's name").aws(UNSUPPORTED);
                self.replace(finding, "did you mean", span, &format!("${name}"))
            }
            What::Eval => {
                let message = format!("{} calls `$eval`, which Step Functions does not have", self.at());
                let finding = self.found(Code::ASL0410, span, message).label("no such function");
                Self::failing(finding.help("`$parse` reads a text that is JSON"), guarded)
            }
            What::Misuse(function, misuse) => self.misuse(span, *function, misuse, guarded),
            What::Regex(problem) => self.regex(span, *problem, guarded),
            What::Failure(error) => {
                let message = format!("{} fails: {error}", self.at());
                Self::failing(self.found(Code::ASL0418, span, message).label("fails for all data"), guarded)
            }
            What::Newer(form, left, right) => self.newer(span, *form, *left, *right),
        })
    }

    fn name(&self, span: Span, name: &str, parameter: Option<&str>) -> Diagnostic {
        let message = format!("`{name}` in {} is nothing: an expression has no input of its own", self.at());
        let mut finding = self.found(Code::ASL0406, span, message).label("no such name").aws(UNSUPPORTED);
        let written = self.text(span);
        if let Some(parameter) = parameter {
            finding = self.replace(finding, "to read the parameter", span, &format!("${parameter}.{written}"));
        }
        if self.assigned.contains(name) {
            finding = self.replace(finding, "to read the variable", span, &format!("${written}"));
        }
        if self.place.has_result {
            finding = self.replace(finding, "to read the result", span, &format!("$states.result.{written}"));
        }
        if self.place.has_error_output {
            finding = self.replace(finding, "to read the error", span, &format!("$states.errorOutput.{written}"));
        }
        self.replace(finding, "to read the input", span, &format!("$states.input.{written}"))
    }

    fn member(&self, span: Span, name: &str) -> Option<Diagnostic> {
        let place = self.place;
        let only = match name {
            "input" | "context" => return None,
            "result" if place.has_result => return None,
            "errorOutput" if place.has_error_output => return None,
            "result" => "only in `Output` and `Assign` of Task, Parallel and Map states",
            "errorOutput" => "only in `Output` and `Assign` of a catcher",
            _ => "",
        };
        if !only.is_empty() {
            let message = format!("`$states.{name}` does not exist in {}: {only}", self.at());
            let finding = self.found(Code::ASL0408, span, message).label("not here").aws(UNSUPPORTED);
            return Some(self.replace(finding, "to read the input", span, "$states.input"));
        }
        let mut known = MEMBERS.to_vec();
        known.extend(place.has_result.then_some("result"));
        known.extend(place.has_error_output.then_some("errorOutput"));
        let message = format!("`$states.{name}` in {} does not exist", self.at());
        let finding = self.found(Code::ASL0408, span, message).label("no such member").aws(UNSUPPORTED);
        Some(match nearest(name, known.iter().copied()) {
            Some(near) => self.replace(finding, "did you mean", span, &format!("$states.{near}")),
            None => {
                let finding = self.replace(finding, "to read the input", span, &format!("$states.input.{name}"));
                finding.help(format!("`$states` has {} here", list(&known)))
            }
        })
    }

    fn context_field(&self, span: Span, name: &str, known: &[&'static str], kinds: Kinds) -> Diagnostic {
        let message = format!("`{name}` in {} does not exist in the context object", self.at());
        let finding = self.found(Code::ASL0412, span, message).label("no such field");
        let finding = match nearest(name, known.iter().copied()) {
            Some(near) => self.replace(finding, "did you mean", span, near),
            None if known.is_empty() => finding,
            None => finding.help(format!("the fields here are {}", list(known))),
        };
        match kinds == Kinds::UNDEFINED {
            true => finding.aws(FAILS),
            false => Diagnostic { level: Level::Warning, ..finding }.aws("accepts this; it gives nothing"),
        }
    }

    fn unknown(&self, span: Span, name: &str, is_variable: bool, guarded: bool) -> Diagnostic {
        let finding = match is_variable {
            true => {
                let message = format!("{} calls the variable `${name}`, and variables hold no functions", self.at());
                self.found(Code::ASL0410, span, message).label("no function")
            }
            false => {
                let message = format!("{} calls `${name}`, which does not exist", self.at());
                let finding = self.found(Code::ASL0410, span, message).label("no such function");
                let known = Function::all().filter(|function| *function != Function::Eval).map(Function::name);
                match nearest(name, known) {
                    Some(near) => self.replace(finding, "did you mean", span, &format!("${near}")),
                    None => finding,
                }
            }
        };
        Self::failing(finding, guarded)
    }

    fn misuse(&self, span: Span, function: Function, misuse: &Misuse, guarded: bool) -> Diagnostic {
        let name = function.name();
        let argument = |index: &usize| format!("argument {} of `${name}` in {}", index + 1, self.at());
        let (message, label) = match misuse {
            Misuse::Number(wanted, given) => {
                let message = format!("`${name}` in {} takes {wanted}, and {given} {} given", self.at(), verb(*given));
                (message, "wrong number of arguments".to_owned())
            }
            Misuse::Type(index, given, taken) => {
                let (given, taken) = ((*given - Kinds::UNDEFINED).words(), taken.words());
                (format!("{} is {given}; it must be {taken}", argument(index)), given)
            }
            Misuse::Items(index, taken) => {
                let message = format!("{} has an item that is not {}", argument(index), taken.words());
                (message, "not every item is right".to_owned())
            }
            Misuse::Value(index, error) => {
                (format!("{} is not understood: {error}", argument(index)), "not understood".to_owned())
            }
        };
        Self::failing(self.found(Code::ASL0410, span, message).label(label), guarded)
    }

    fn regex(&self, span: Span, problem: Problem, guarded: bool) -> Diagnostic {
        // The slash before the pattern is one byte.
        let start = span.start.saturating_add(1).saturating_add(u32::try_from(problem.position).unwrap_or_default());
        let rest = Span { start: start.min(span.end), end: span.end };
        let width = self.text(rest).chars().next().map_or(0, char::len_utf8);
        let place = Span { start: rest.start, end: rest.start + u32::try_from(width).unwrap_or_default() };
        let message = format!("the regular expression in {} cannot be used: {problem}", self.at());
        match problem.unsupported {
            true => self.found(Code::ASL1203, place, message).label("not compiled").aws("accepts this"),
            false => Self::failing(self.found(Code::ASL0418, place, message).label("not understood"), guarded),
        }
    }

    fn newer(&self, span: Span, form: ConditionForm, left: Span, right: Span) -> Diagnostic {
        let symbol = if form == ConditionForm::Elvis { "?:" } else { "??" };
        let message = format!("{} has `{symbol}`, which JSONata 2.0.6 of Step Functions does not know", self.at());
        let (left, right) = (self.text(left), self.text(right));
        let test = if form == ConditionForm::Elvis { left.to_owned() } else { format!("$exists({left})") };
        let finding = self.found(Code::ASL0401, span, message).label("an operator of JSONata 2.1");
        let finding = finding.aws("rejects this with INVALID_JSONATA_EXPRESSION");
        self.replace(finding, "write", span, &format!("({test} ? {left} : {right})"))
    }

    /// The expression gives nothing, whatever the data.
    pub(super) fn nothing(&self) -> Diagnostic {
        let message = format!("the expression in {} gives nothing", self.at());
        let finding = self.found(Code::ASL0412, self.whole(), message).label("always undefined");
        finding.help("a field needs a value: `null` is one").aws(FAILS)
    }

    /// The expression may give nothing, because of a part of it.
    pub(super) fn maybe_nothing(&self, cause: Cause) -> Diagnostic {
        let span = cause.span();
        let (why, label) = match cause {
            Cause::Condition(_) => ("a condition has no `: …`".to_owned(), "nothing when it does not hold"),
            Cause::Filter(_) => (format!("`[{}]` may select nothing", self.text(span)), "may select nothing"),
            Cause::Call(function, _) => (format!("`${}` may find nothing", function.name()), "may find nothing"),
        };
        let message = format!("the expression in {} may give nothing: {why}", self.at());
        let otherwise = match self.place.wanted {
            Wanted::Any => "null",
            Wanted::Boolean => "false",
            Wanted::Number => "0",
            Wanted::String => "''",
            Wanted::Object => "{}",
            Wanted::Array | Wanted::ArrayOrObject => "[]",
        };
        let whole = self.text(self.whole());
        let short = whole.len() <= SHORT && !whole.contains('\n');
        let shown = if short { whole } else { "…" };
        let help = match (cause, self.place.wanted) {
            (Cause::Condition(_), _) => format!("say what it gives then: `: {otherwise}`"),
            (_, Wanted::Array | Wanted::ArrayOrObject) => format!("`[{shown}]` is an array, also of none or one"),
            _ => format!("`$exists({shown}) ? {shown} : {otherwise}` gives a value then"),
        };
        let finding = self.found(Code::ASL0419, span, message).label(label).help(help);
        finding.aws("accepts this; an execution in which it gives nothing fails with States.QueryEvaluationError")
    }

    /// The expression gives a value that the field does not take.
    pub(super) fn wrong_type(&self, given: Kinds, taken: Kinds, code: Code) -> Diagnostic {
        let given = given.words();
        let message = match given.as_str() {
            "a function" => format!("the expression in {} gives a function, which is no JSON", self.at()),
            _ => format!("{} must be {}, and the expression gives {given}", self.at(), taken.words()),
        };
        self.found(code, self.whole(), message).label(given).aws(FAILS)
    }
}

fn verb(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// A text as it is written between the quotes of a JSON string.
fn inside_quotes(text: &str) -> String {
    let quoted = quoted(text);
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&quoted).to_owned()
}
