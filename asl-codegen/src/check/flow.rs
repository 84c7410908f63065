//! The data: what a path can find where it is read (ASL06xx).
//!
//! An error only where nothing can be found on any way; a warning where one way lacks it.

use std::collections::{HashMap, HashSet};

use crate::codes::Code;
use crate::definition::{Kind, PathOrNull, State};
use crate::diagnostic::{Diagnostic, Fix, Help, nearest};
use crate::edit::insert_member;
use crate::query::path::{Root, Selector, Step};
use crate::service;
use crate::shape::flow::{By, Edge, Flow, Replaced};
use crate::shape::reads::{Noted, Read, Reads, Wanted};
use crate::shape::{Found, Object, Rest, Shape};
use crate::source::Source;
use crate::span::Span;

const FAILS: &str = "accepts this; every execution that gets here fails with States.Runtime, which no Catch can catch";

pub(super) fn check(flow: &Flow<'_>, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let mut lost = Lost::default();
    machine(&Level { flow, around: None }, source, &mut lost, diagnostics);
    diagnostics.extend(lost.findings);
}

/// The findings about data that was replaced, and what replaced it.
#[derive(Default)]
struct Lost {
    places: HashMap<(Span, By), usize>,
    findings: Vec<Diagnostic>,
}

/// A machine, and the state that it is in.
struct Level<'l, 'a> {
    flow: &'l Flow<'a>,
    around: Option<(&'l Level<'l, 'a>, usize)>,
}

fn machine(level: &Level<'_, '_>, source: &Source, lost: &mut Lost, diagnostics: &mut Vec<Diagnostic>) {
    let flow = level.flow;
    for (index, state) in flow.machine.states.iter().enumerate() {
        for Noted { read, found, data, is_input } in flow.reads(index).all {
            let at = Place { source, level, index, state, read, data, is_input };
            match found {
                Found::Never(step) => match at.blamed() {
                    None => diagnostics.push(at.unknown_member(step)),
                    // What one state replaced is one mistake, however often it is missed.
                    Some((flow, replaced)) => {
                        let key = (flow.machine.states[replaced.state].name.span, replaced.by);
                        match lost.places.get(&key).and_then(|place| lost.findings.get_mut(*place)) {
                            Some(finding) => finding.notes.push((read.path.span, at.needed_too())),
                            None => {
                                lost.places.insert(key, lost.findings.len());
                                lost.findings.push(at.lost(flow, replaced));
                            }
                        }
                    }
                },
                Found::Maybe(shape) => {
                    diagnostics.extend(at.sometimes_missing());
                    diagnostics.extend(at.mismatch(&shape));
                }
                Found::Always(shape) => diagnostics.extend(at.mismatch(&shape)),
                Found::Unknown(_) => {}
            }
        }
        for inner in &flow.inner[index] {
            machine(&Level { flow: inner, around: Some((level, index)) }, source, lost, diagnostics);
        }
    }
}

/// One use of a path in one state.
struct Place<'p, 'a> {
    source: &'p Source,
    level: &'p Level<'p, 'a>,
    index: usize,
    state: &'p State,
    read: Read<'a>,
    /// What the path reads.
    data: Shape,
    /// Whether that is the state's input, perhaps with more put into it.
    is_input: bool,
}

impl<'p, 'a> Place<'p, 'a> {
    fn pointer(&self) -> String {
        format!("{}/{}", self.state.pointer, self.read.field)
    }

    fn steps(&self) -> &[Step] {
        &self.read.path.steps
    }

    /// The words for one more path that misses what was replaced.
    fn needed_too(&self) -> String {
        format!("`{}` needs `{}` too", self.state.name.as_str(), self.read.path.text)
    }

    /// A path that finds nothing on any way, because a state replaced the data that had it.
    fn lost(&self, flow: &Flow<'_>, Replaced { state, by }: Replaced) -> Diagnostic {
        let culprit = &flow.machine.states[state];
        let name = culprit.name.as_str();
        let stores = stores_at_root(culprit.result_path.as_ref());
        let object = (culprit.span, culprit.result_path.as_ref());
        match by {
            By::Result => {
                let (what, fields) = (result_words(culprit), fields_after(flow, state));
                let finding = self
                    .cannot_exist(Code::ASL0603, &format!("the result of state `{name}` replaced the input"))
                    .note(culprit.name.span, format!("`{name}` {stores}: its output is only {what}{fields}"));
                let advice = |advice: &str, value: &str| self.set(object, format!("{advice}, in `{name}`"), value);
                match self.stored_where_it_is_read(flow, state) {
                    Some(path) => finding.advise(advice("store the result where it is read", &path)),
                    None => finding
                        .advise(advice("keep the input and drop the result", "null"))
                        .advise(advice("or store the result beside the input", &beside(name))),
                }
            }
            By::Pass => {
                let fields = fields_after(flow, state);
                self.cannot_exist(Code::ASL0603, &format!("state `{name}` replaced the input"))
                    .note(culprit.name.span, format!("`{name}` {stores}: its output is only what it makes{fields}"))
                    .advise(self.set(
                        object,
                        format!("store what it makes beside the input, in `{name}`"),
                        &beside(name),
                    ))
            }
            By::Catch(number) => {
                let catcher = culprit.catch.get(number);
                let written = catcher.and_then(|catcher| catcher.result_path.as_ref());
                let object = (catcher.map_or(culprit.span, |catcher| catcher.span), written);
                let why = format!("`Catch[{number}]` of state `{name}` replaced the input by `Error` and `Cause`");
                self.cannot_exist(Code::ASL0615, &why)
                    .note(object.0, format!("this catcher {}", stores_at_root(written)))
                    .advise(self.set(
                        object,
                        "store the error beside the input, in that catcher".to_owned(),
                        "\"$.error\"",
                    ))
            }
            By::InputPath => self.dropped("InputPath", culprit, culprit.input_path.as_ref()),
            By::OutputPath => self.dropped("OutputPath", culprit, culprit.output_path.as_ref()),
        }
    }

    /// The advice to give the state or catcher at `object`, which has `written`, the `ResultPath` `value`.
    fn set(&self, (object, written): (Span, Option<&PathOrNull>), advice: String, value: &str) -> Help {
        let (message, fix) = match written {
            Some(written) => {
                let fix = Fix { span: written.span, replacement: value.to_owned() };
                (format!("{advice}, with the `ResultPath`"), fix)
            }
            None => (advice, insert_member(self.source, object, "ResultPath", value)),
        };
        Help { message, fix: Some(fix) }
    }

    fn dropped(&self, field: &str, culprit: &State, select: Option<&PathOrNull>) -> Diagnostic {
        let place = select.map_or(culprit.name.span, |select| select.span);
        self.cannot_exist(Code::ASL0605, &format!("`{field}` of state `{}` dropped it", culprit.name.as_str()))
            .note(place, "only this part is passed on")
            .help(format!("remove `{field}`, or select a part that has `{}`", self.read.path.text))
    }

    fn cannot_exist(&self, code: Code, why: &str) -> Diagnostic {
        let (path, field, reader) = (&self.read.path.text, self.read.field, self.state.name.as_str());
        let message = format!("`{path}` cannot exist here: {why}, and `{reader}` reads it in `{field}`");
        Diagnostic::new(code, self.read.path.span, message).label("read here").at(self.pointer()).aws(FAILS)
    }

    /// The state that replaced data which had, or may have had, what is read, and its machine.
    fn blamed(&self) -> Option<(&'p Flow<'a>, Replaced)> {
        if !self.is_input {
            return None;
        }
        let (mut level, mut index) = (self.level, self.index);
        loop {
            if let Some(replaced) = self.blamed_in(level.flow, index) {
                return Some((level.flow, replaced));
            }
            // The branches of a Parallel state get its input, when it selects and makes nothing.
            (level, index) = level.around?;
            let around = &level.flow.machine.states[index];
            let selects = around.input_path.as_ref().is_some_and(|select| {
                select.path.as_ref().is_none_or(|path| path.root != Root::Data || !path.steps.is_empty())
            });
            if selects || around.parameters.is_some() || !matches!(around.kind, Some(Kind::Parallel { .. })) {
                return None;
            }
        }
    }

    fn blamed_in(&self, flow: &Flow<'_>, index: usize) -> Option<Replaced> {
        let mut visited = HashSet::new();
        let mut replaced = flow.inputs[index].as_ref()?.replaced;
        while let Some(Replaced { state, .. }) = replaced {
            if !visited.insert(state) {
                return None;
            }
            let before = flow.inputs[state].as_ref()?;
            if !matches!(before.shape.find(self.steps()), Found::Never(_)) {
                return replaced;
            }
            replaced = before.replaced;
        }
        None
    }

    /// A path to a member that an object of known members does not have.
    fn unknown_member(&self, step: usize) -> Diagnostic {
        let path = &self.read.path.text;
        let name = self.state.name.as_str();
        let message = match self.is_input {
            true => format!("`{path}` cannot exist in state `{name}`: nothing that leads here has it"),
            false => format!("`{path}` cannot exist where `{}` of state `{name}` reads it", self.read.field),
        };
        let range = self.steps().get(step).map_or(0..path.len(), |step| step.range.clone());
        let span = self.read.path.locate(range);
        let mut diagnostic =
            Diagnostic::new(Code::ASL0601, span, message).label("not there").at(self.pointer()).aws(FAILS);
        match self.data.find(&self.steps()[..step]) {
            Found::Always(Shape::Object(object)) | Found::Maybe(Shape::Object(object)) => {
                let known: Vec<&str> = object.fields.iter().map(|field| &*field.name).collect();
                let wanted = match self.steps().get(step).map(|step| &step.selector) {
                    Some(Selector::Name(wanted)) => wanted.as_str(),
                    _ => "",
                };
                if let Some(near) = nearest(wanted, known.iter().copied()) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                if !known.is_empty() {
                    diagnostic = diagnostic.help(format!("there are: {}", listed(&object)));
                }
            }
            Found::Always(Shape::Array(_)) | Found::Maybe(Shape::Array(_)) => {
                diagnostic = diagnostic.help("what is there is an array: `[0]` selects its first item");
            }
            Found::Always(shape) | Found::Maybe(shape) => {
                if let Some(kind) = shape.describe() {
                    diagnostic = diagnostic.help(format!("what is there is {kind}"));
                }
            }
            _ => {}
        }
        diagnostic
    }

    /// A path that one way to this state lacks.
    fn sometimes_missing(&self) -> Option<Diagnostic> {
        let path = &self.read.path.text;
        let name = self.state.name.as_str();
        let message = format!("`{path}` may be missing in state `{name}`");
        let mut diagnostic = Diagnostic::new(Code::ASL0602, self.read.path.span, message)
            .label("read here")
            .at(self.pointer())
            .aws("accepts this; an execution that comes that way fails with States.Runtime");
        let flow = self.level.flow;
        for &index in flow.sources.get(self.index).into_iter().flatten().filter(|_| self.is_input) {
            let Some(data) = &flow.inputs[index] else { continue };
            let edges = flow.leave(index, data, &mut Reads::default());
            let lacks = |edge: &Edge| {
                edge.target == Some(self.index) && matches!(edge.data.shape.find(self.steps()), Found::Never(_))
            };
            if edges.iter().any(lacks) {
                let from = &flow.machine.states[index];
                diagnostic =
                    diagnostic.note(from.name.span, format!("it is missing when `{}` leads here", from.name.as_str()));
            }
        }
        Some(diagnostic.help("test it with `IsPresent` in a Choice state first, or give it a value on every way"))
    }

    /// A value of a known type where another is needed.
    fn mismatch(&self, shape: &Shape) -> Option<Diagnostic> {
        let needed = match (self.read.wanted, shape) {
            (Wanted::Any, _) | (_, Shape::Unknown(_)) => return None,
            (Wanted::String, Shape::String)
            | (Wanted::Number, Shape::Number)
            | (Wanted::Bool, Shape::Bool)
            | (Wanted::Array, Shape::Array(_))
            | (Wanted::Object, Shape::Object(_)) => return None,
            (Wanted::String, _) => "a string",
            (Wanted::Number, _) => "a number",
            (Wanted::Bool, _) => "a boolean",
            (Wanted::Array, _) => "an array",
            (Wanted::Object, _) => "an object",
        };
        let found = shape.describe()?;
        let path = &self.read.path.text;
        let (field, name) = (self.read.field, self.state.name.as_str());
        let (code, message) = match self.read.argument {
            None => (Code::ASL0606, format!("`{field}` of state `{name}` needs {needed}, and `{path}` is {found}")),
            Some((function, place)) => {
                let (argument, function) = (place + 1, function.name());
                let message = format!(
                    "argument {argument} of `{function}` in `{field}` of state `{name}` must be {needed}, and `{path}` is {found}"
                );
                (Code::ASL0311, message)
            }
        };
        Some(
            Diagnostic::new(code, self.read.path.span, message)
                .label(format!("this is {found}"))
                .at(self.pointer())
                .aws("accepts this; the state fails at run time"),
        )
    }

    /// The Reference Path, as JSON, at which a state's output would be found where this path looks for it: `$.found` when
    /// `$.found.Item` is read and the output has an `Item`.
    fn stored_where_it_is_read(&self, flow: &Flow<'_>, state: usize) -> Option<String> {
        let (first, rest) = self.steps().split_first().filter(|(_, rest)| !rest.is_empty())?;
        let output = output_of(flow, state)?;
        let fits = matches!(output.find(rest), Found::Always(_) | Found::Maybe(_));
        let name = first.range.clone();
        fits.then(|| format!("\"${}\"", self.read.path.text[name].replace('"', "'")))
    }
}

/// What is known of a state's output when no error is caught.
fn output_of(flow: &Flow<'_>, state: usize) -> Option<Shape> {
    let data = flow.inputs[state].as_ref()?;
    let edges = flow.leave(state, data, &mut Reads::default());
    edges.last().map(|edge| edge.data.shape.clone())
}

/// The members that a state's output has, in brackets.
fn fields_after(flow: &Flow<'_>, state: usize) -> String {
    match output_of(flow, state) {
        Some(Shape::Object(object)) if object.rest == Rest::Closed => format!(" ({})", listed(&object)),
        _ => String::new(),
    }
}

/// Why a result takes the place of the whole input.
fn stores_at_root(result_path: Option<&PathOrNull>) -> &'static str {
    match result_path {
        Some(_) => "has the `ResultPath` `$`",
        None => "has no `ResultPath`",
    }
}

/// The members of an object, `?` behind those that are not always there.
fn listed(object: &Object) -> String {
    let fields = object.fields.iter().map(|field| format!("{}{}", field.name, if field.always { "" } else { "?" }));
    fields.collect::<Vec<_>>().join(", ")
}

/// What the output of a Task, Parallel or Map is, in words.
fn result_words(state: &State) -> String {
    if state.result_selector.is_some() {
        return "what its `ResultSelector` makes".to_owned();
    }
    match &state.kind {
        Some(Kind::Parallel { .. }) => "the array of its branches' outputs".to_owned(),
        Some(Kind::Map(_)) => "the array of its iterations' outputs".to_owned(),
        Some(Kind::Task(task)) => {
            let operation = task.resource.as_ref().and_then(|resource| service::operation_of(resource.as_str()));
            match operation {
                Some(operation) => format!("the result of {}:{}", operation.service, operation.action),
                None => "the task's result".to_owned(),
            }
        }
        _ => "its result".to_owned(),
    }
}

/// A Reference Path, as JSON, for a result beside the input.
fn beside(state: &str) -> String {
    let plain = state.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && state.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    if plain { format!("\"$.{state}\"") } else { "\"$.result\"".to_owned() }
}
