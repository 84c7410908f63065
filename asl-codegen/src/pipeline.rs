//! The pipeline, on one screen.

use std::collections::HashSet;

use proc_macro2::TokenStream;

use crate::codes::Code;
use crate::definition::{self, Machine, expressions};
use crate::diagnostic::{Diagnostic, Level};
use crate::emit::{self, Definition, Settings};
use crate::lower;
use crate::model::{Input, Model};
use crate::options::Options;
use crate::source::{Format, Source};
use crate::span::Span;
use crate::{json, shape, yaml};

/// What a compilation gives.
#[derive(Debug)]
pub struct Compiled {
    /// The text the findings point into, after substitutions.
    pub source: Source,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The definition as far as it was understood; `None` when the text is not a document.
    pub definition: Option<Machine>,
    /// What the machine reads of its input, until the model has it.
    input: Option<Input>,
    model: Option<Model>,
    settings: Option<Settings>,
}

impl Compiled {
    /// Whether a finding is an error.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The generated module, one item; `None` when a finding is an error.
    pub fn tokens(&self) -> Option<TokenStream> {
        self.emit(false)
    }

    pub(crate) fn emit(&self, comments: bool) -> Option<TokenStream> {
        let settings = Settings { comments, ..self.settings.clone()? };
        Some(emit::module(self.model.as_ref()?, &settings))
    }
}

/// Compiles a definition. Reads nothing but its arguments, and the same arguments give the same result.
pub fn compile(source: Source, options: &Options) -> Compiled {
    let mut compiled = check(source, options);
    if !compiled.failed()
        && let Some(definition) = &compiled.definition
    {
        let input = compiled.input.take();
        compiled.model = input.and_then(|input| lower::lower(definition, input, &compiled.source, options));
        if compiled.model.is_none() {
            let message = "this version cannot compile the definition, though it found nothing wrong with it";
            compiled.diagnostics.push(Diagnostic::new(Code::ASL1203, Span::default(), message));
        }
        compiled.settings = Some(Settings {
            runtime: options.runtime.parse().unwrap_or_default(),
            definition: match &options.include {
                Some(path) => Definition::Include(path.clone()),
                None => Definition::Text(compiled.source.original.clone()),
            },
            comments: false,
        });
    }
    compiled
}

/// Reads and checks a definition without generating code.
pub fn check(source: Source, options: &Options) -> Compiled {
    let (source, mut diagnostics) = source.substitute(&options.substitutions);
    let document = match source.format {
        Format::Json => json::read(&source, &mut diagnostics),
        Format::Yaml => yaml::read(&source, &mut diagnostics),
    };
    let definition = document.map(|document| {
        let machine = definition::read::read(&document, &mut diagnostics);
        let flow = shape::flow::analyse(&machine);
        crate::check::all(&flow, &document, &source, &mut diagnostics);
        if options.level(Code::ASL1204) > Level::Allow {
            interpreted(&machine, &crate::check::assigned(&machine), &mut diagnostics);
        }
        let input = shape::input(&flow);
        (machine, input)
    });
    let (definition, input) = definition.unzip();
    let diagnostics = levelled(diagnostics, options);
    Compiled { source, diagnostics, definition, input, model: None, settings: None }
}

/// The findings in order, at the levels asked for, each once.
fn levelled(mut diagnostics: Vec<Diagnostic>, options: &Options) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        // A check may have made a finding a warning that is an error elsewhere.
        diagnostic.level = options.asked(diagnostic.code).unwrap_or(diagnostic.level);
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Allow);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    diagnostics.dedup();
    diagnostics
}

/// Reports the expressions that no code is generated for. `assigned` are the names of the definition's variables.
fn interpreted(machine: &Machine, assigned: &HashSet<&str>, diagnostics: &mut Vec<Diagnostic>) {
    for state in &machine.states {
        expressions::for_each(state, &mut |place| {
            let Some(syntax) = &place.expression.syntax else { return };
            let Some(reason) = emit::jsonata::reason(syntax, &|name| assigned.contains(name)) else { return };
            let text = &place.expression.text;
            let (field, name) = (place.field(), &state.name.text);
            let message = format!("`{field}` of state `{name}` is interpreted while running: {reason}");
            let finding = Diagnostic::new(Code::ASL1204, text.locate(0..text.text.len()), message);
            diagnostics.push(finding.label("no code is generated for this").at(&state.pointer));
        });
        state.machines().iter().for_each(|machine| interpreted(machine, assigned, diagnostics));
    }
}
