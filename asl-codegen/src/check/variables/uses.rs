//! The places of a state that read variables, in the order in which AWS evaluates them.

use std::collections::{HashMap, HashSet};

use crate::check::jsonata::{self, present};
use crate::definition::expressions::{self, When};
use crate::definition::{
    Assign, ChoiceRule, CountOrPath, Kind, Machine, Operation, PathOrNull, Payload, QueryLanguage, SecondsOrPath,
    State, Test, TextOrPath, TypeTest, Wait,
};
use crate::node::{Node, Text};
use crate::query::context_object;
use crate::query::intrinsic::Call;
use crate::query::path::{Path, Root};
use crate::query::read::At;
use crate::query::template::{self, Field, FieldValue, Template};
use crate::span::Span;

/// One place that reads a variable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    /// The state it is in.
    pub(super) state: &'a State,
    /// The variable.
    pub(super) name: &'a str,
    /// Where it is read: the path that starts at it; in an expression the variable itself.
    pub(super) span: Span,
    /// The variable's name with its `$`; `None` where places inside the text are not known.
    pub(super) name_span: Option<Span>,
    /// The field it stands in, as messages name it.
    pub(super) field: &'a str,
    /// Whether nothing fails when there is no value: all it asks is if there is one, or the expression gives a value all
    /// the same.
    pub(super) tested: bool,
}

impl<'a> Use<'a> {
    /// What tells it from every other.
    pub(super) fn place(&self) -> (Span, &'a str) {
        (self.span, self.field)
    }
}

/// The fields of Map states that the definition does not hold, by the state's pointer.
type Extras = HashMap<String, Extra>;

/// What else a Map state reads: its reader, batcher and writer, and how many failures it takes.
#[derive(Debug, Default)]
struct Extra {
    /// Whether its items come from a reader: then `ItemsPath` is not read.
    has_reader: bool,
    paths: Vec<(&'static str, Path)>,
    templates: Vec<Template>,
}

/// The parts of a Map state, each with its template and its paths; the first are the state's own.
const PARTS: &[(&str, &str, &[&str])] = &[
    ("", "", &["ToleratedFailureCountPath", "ToleratedFailurePercentagePath"]),
    ("ItemReader", "Parameters", &[]),
    ("ItemBatcher", "BatchInput", &["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"]),
    ("ResultWriter", "Parameters", &[]),
];

/// Reads those fields of all Map states from the document.
fn extras(machine: &Machine, document: &Node) -> Extras {
    let mut extras = Extras::new();
    crate::check::for_each_state(machine, document, &mut |state, node| {
        if !matches!(state.kind, Some(Kind::Map(_))) || state.query_language != QueryLanguage::JsonPath {
            return;
        }
        let mut extra = Extra { has_reader: node.get("ItemReader").is_some(), ..Extra::default() };
        for (part, template, fields) in PARTS {
            let Some(part) = (if part.is_empty() { Some(node) } else { node.get(part) }) else { continue };
            extra.templates.extend(part.get(template).map(read));
            extra.paths.extend(fields.iter().filter_map(|field| Some((*field, path(part.get(field)?)?))));
        }
        let limit = node.get("ItemReader").and_then(|reader| reader.get("ReaderConfig")?.get("MaxItemsPath"));
        extra.paths.extend(limit.and_then(path).map(|path| ("MaxItemsPath", path)));
        extras.insert(state.pointer.clone(), extra);
    });
    extras
}

/// The template in `node`. Its findings were made when it was read.
fn read(node: &Node) -> Template {
    let context = context_object::Scope::default();
    template::read(node, &At { field: String::new(), pointer: String::new(), context }, &mut Vec::new())
}

fn path(node: &Node) -> Option<Path> {
    let text: &Text = node.as_text()?;
    Path::parse(text).ok()
}

/// What a definition knows beyond its states.
#[derive(Debug, Default)]
pub(super) struct Known<'d> {
    /// The fields of Map states that the definition does not hold.
    extras: Extras,
    /// The variables that are assigned somewhere.
    assigned: HashSet<&'d str>,
}

impl<'d> Known<'d> {
    pub(super) fn new(machine: &'d Machine, document: &Node) -> Self {
        Self { extras: extras(machine, document), assigned: jsonata::assigned(machine) }
    }
}

/// The reads of a rule of a Choice state.
#[derive(Debug, Default)]
pub(super) struct Rule<'a> {
    /// Those of `Condition`.
    pub(super) test: Vec<Use<'a>>,
    /// The variables that surely have a value when `Condition` holds.
    pub(super) present: Vec<&'a str>,
    /// Those behind it, when it holds.
    pub(super) taken: Vec<Use<'a>>,
}

/// The reads of one state.
#[derive(Debug, Default)]
pub(super) struct Uses<'a> {
    /// What is surely read before the state does its work.
    pub(super) entry: Vec<Use<'a>>,
    /// What is perhaps read while it works: once for each item, or when there is a failure to tolerate.
    pub(super) inside: Vec<Use<'a>>,
    /// What is read when its work is done.
    pub(super) exit: Vec<Use<'a>>,
    /// What its rules read.
    pub(super) rules: Vec<Rule<'a>>,
    /// What its catchers read.
    pub(super) catchers: Vec<Vec<Use<'a>>>,
}

impl<'a> Uses<'a> {
    /// All of them; those of comparisons are not among them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Use<'a>> {
        let rules = self.rules.iter().flat_map(|rule| rule.test.iter().chain(&rule.taken));
        let own = self.entry.iter().chain(&self.inside).chain(&self.exit);
        own.chain(rules).chain(self.catchers.iter().flatten())
    }
}

/// The reads of one state.
pub(super) fn of<'a>(state: &'a State, known: &'a Known<'_>) -> Uses<'a> {
    match state.query_language {
        QueryLanguage::JsonPath => of_paths(state, &known.extras),
        QueryLanguage::Jsonata => of_expressions(state, &known.assigned),
    }
}

/// The rules of a Choice state.
fn rules(state: &State) -> &[ChoiceRule] {
    match &state.kind {
        Some(Kind::Choice { choices, .. }) => choices,
        _ => &[],
    }
}

/// The reads of a state that uses JSONata.
fn of_expressions<'a>(state: &'a State, assigned: &HashSet<&str>) -> Uses<'a> {
    let mut uses = Uses::default();
    uses.rules.resize_with(rules(state).len(), Rule::default);
    uses.catchers.resize_with(state.catch.len(), Vec::new);
    expressions::for_each(state, &mut |place| {
        let text = &place.expression.text;
        let found = jsonata::reads(place.expression, assigned).into_iter().map(|read| {
            let range = read.span.start as usize..read.span.end as usize;
            let span = text.locate(range.clone());
            let exact = span != text.span || range.len() == text.text.len();
            let name_span = Some(span).filter(|_| exact);
            Use { state, name: read.name, span, name_span, field: place.name(), tested: !read.needed }
        });
        let list = match place.when {
            When::Entry => &mut uses.entry,
            When::Work => &mut uses.inside,
            When::Exit => &mut uses.exit,
            When::Test(rule) | When::Rule(rule) => {
                let Some(rule) = uses.rules.get_mut(rule) else { return };
                match place.when {
                    When::Test(_) => {
                        rule.present = present(place.expression);
                        &mut rule.test
                    }
                    _ => &mut rule.taken,
                }
            }
            When::Catch(catcher) => match uses.catchers.get_mut(catcher) {
                Some(list) => list,
                None => return,
            },
        };
        list.extend(found);
    });
    uses
}

/// The reads of a state that uses JSONPath.
fn of_paths<'a>(state: &'a State, extras: &'a Extras) -> Uses<'a> {
    let mut uses = Uses::default();
    let mut entry = Collector { state, uses: &mut uses.entry };
    entry.select(state.input_path.as_ref(), "InputPath");
    let mut inside = Vec::new();
    match &state.kind {
        Some(Kind::Task(task)) => {
            entry.template(state.parameters.as_ref());
            for (field, seconds) in [("TimeoutSecondsPath", &task.timeout), ("HeartbeatSecondsPath", &task.heartbeat)] {
                if let Some(SecondsOrPath::Path(path)) = seconds {
                    entry.path(path, field);
                }
            }
            entry.template(task.credentials.as_ref().and_then(Payload::template));
        }
        Some(Kind::Pass { result: None } | Kind::Parallel { .. }) => entry.template(state.parameters.as_ref()),
        Some(Kind::Wait(Some(wait))) => match wait {
            Wait::SecondsPath(path) => entry.path(path, "SecondsPath"),
            Wait::TimestampPath(path) => entry.path(path, "TimestampPath"),
            Wait::Seconds(_) | Wait::Timestamp(_) | Wait::SecondsExpression(_) | Wait::TimestampExpression(_) => {}
        },
        Some(Kind::Fail { error, cause }) => {
            for (field, text) in [("ErrorPath", error), ("CausePath", cause)] {
                match text {
                    Some(TextOrPath::Path(path)) => entry.path(path, field),
                    Some(TextOrPath::Call(call)) => entry.call(call, field),
                    Some(TextOrPath::Text(_) | TextOrPath::Expression(_)) | None => {}
                }
            }
        }
        Some(Kind::Map(map)) => {
            let extra = extras.get(&state.pointer);
            if let Some(path) = map.items_path.as_ref().filter(|_| !extra.is_some_and(|extra| extra.has_reader)) {
                entry.path(path, "ItemsPath");
            }
            if let Some(CountOrPath::Path(path)) = &map.max_concurrency {
                entry.path(path, "MaxConcurrencyPath");
            }
            let mut inside = Collector { state, uses: &mut inside };
            inside.template(map.item_selector.as_ref().and_then(Payload::template));
            if let Some(extra) = extra {
                extra.paths.iter().for_each(|(field, path)| inside.path(path, field));
                extra.templates.iter().for_each(|template| inside.template(Some(template)));
            }
        }
        Some(Kind::Pass { result: Some(_) } | Kind::Choice { .. } | Kind::Wait(None) | Kind::Succeed) | None => {}
    }
    let mut exit = Collector { state, uses: &mut uses.exit };
    exit.template(state.result_selector.as_ref());
    exit.assign(state.assign.as_ref());
    exit.select(state.output_path.as_ref(), OUTPUT);
    uses.inside = inside;
    uses.catchers = state.catch.iter().map(|catcher| of_assign(state, catcher.assign.as_ref())).collect();
    let rules = rules(state).iter().map(|rule| {
        let mut taken = of_assign(state, rule.assign.as_ref());
        taken.extend(uses.exit.iter().filter(|found| found.field == OUTPUT));
        Rule { taken, ..Rule::default() }
    });
    uses.rules = rules.collect();
    uses
}

const OUTPUT: &str = "OutputPath";

/// The reads of the `Assign` of a rule or a catcher of a state.
fn of_assign<'a>(state: &'a State, assign: Option<&'a Assign>) -> Vec<Use<'a>> {
    let mut uses = Vec::new();
    Collector { state, uses: &mut uses }.assign(assign);
    uses
}

/// The reads of one comparison, in order.
pub(super) fn of_comparison<'a>(state: &'a State, comparison: &'a crate::definition::Comparison) -> Vec<Use<'a>> {
    let mut uses = Vec::new();
    let mut collector = Collector { state, uses: &mut uses };
    collector.path(&comparison.variable, "Variable");
    if let Some(path) = comparison.operation.path() {
        collector.path(path, &comparison.operator.text);
    }
    if matches!(comparison.operation, Operation::Is(TypeTest::Present, _)) {
        uses.iter_mut().for_each(|found| found.tested = true);
    }
    uses
}

/// The reads of all comparisons in a test.
pub(super) fn of_test<'a>(state: &'a State, test: &'a Test, uses: &mut Vec<Use<'a>>) {
    match test {
        Test::And(tests) | Test::Or(tests) => tests.iter().for_each(|test| of_test(state, test, uses)),
        Test::Not(test) => of_test(state, test, uses),
        Test::Compare(comparison) => uses.extend(of_comparison(state, comparison)),
        Test::Condition(_) => {}
    }
}

struct Collector<'a, 'u> {
    state: &'a State,
    uses: &'u mut Vec<Use<'a>>,
}

impl<'a> Collector<'a, '_> {
    fn path(&mut self, path: &'a Path, field: &'a str) {
        if let Root::Variable(name) = &path.root {
            let name_span = path.locate(0..name.len() + 1);
            let exact = name_span != path.span || name_span.end - name_span.start == name.len() + 1;
            let name_span = Some(name_span).filter(|_| exact);
            self.uses.push(Use { state: self.state, name, span: path.span, name_span, field, tested: false });
        }
    }

    fn call(&mut self, call: &'a Call, field: &'a str) {
        call.paths().into_iter().for_each(|path| self.path(path, field));
    }

    fn select(&mut self, select: Option<&'a PathOrNull>, field: &'a str) {
        if let Some(path) = select.and_then(|select| select.path.as_ref()) {
            self.path(path, field);
        }
    }

    fn template(&mut self, template: Option<&'a Template>) {
        match template {
            None | Some(Template::Constant(_)) => {}
            Some(Template::Object { fields, .. }) => fields.iter().for_each(|field| self.field(field)),
            Some(Template::Array { items, .. }) => items.iter().for_each(|item| self.template(Some(item))),
        }
    }

    fn field(&mut self, field: &'a Field) {
        match &field.value {
            FieldValue::Template(template) => self.template(Some(template)),
            FieldValue::Path(path) => self.path(path, &field.name.text),
            FieldValue::Call(call) => self.call(call, &field.name.text),
            FieldValue::Invalid(_) => {}
        }
    }

    fn assign(&mut self, assign: Option<&'a Assign>) {
        let variables = assign.into_iter().flat_map(|assign| &assign.variables);
        variables.filter_map(|variable| variable.value.template()).for_each(|field| self.field(field));
    }
}
