//! The pipeline, on one screen.

use proc_macro2::TokenStream;

use crate::definition::{self, Machine};
use crate::diagnostic::{Diagnostic, Level};
use crate::options::Options;
use crate::source::{Format, Source};
use crate::{json, yaml};

/// What a compilation gives.
#[derive(Debug)]
pub struct Compiled {
    /// The text the findings point into, after substitutions.
    pub source: Source,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The definition as far as it was understood; `None` when the text is not a document.
    pub definition: Option<Machine>,
    /// The generated module; `None` when a finding is an error.
    pub tokens: Option<TokenStream>,
}

impl Compiled {
    /// Whether a finding is an error.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// Compiles a definition. Reads nothing but its arguments, and the same arguments give the same result.
pub fn compile(source: Source, options: &Options) -> Compiled {
    check(source, options)
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
        crate::check::all(&machine, &document, &mut diagnostics);
        machine
    });
    Compiled { source, diagnostics: levelled(diagnostics, options), definition, tokens: None }
}

/// The findings in order, at the levels asked for, each once.
fn levelled(mut diagnostics: Vec<Diagnostic>, options: &Options) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        let asked = options.levels.iter().rev().find(|(code, _)| *code == diagnostic.code);
        if let Some((code, level)) = asked
            && code.is_lint()
        {
            diagnostic.level = *level;
        }
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Allow);
    diagnostics.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    diagnostics.dedup();
    diagnostics
}
