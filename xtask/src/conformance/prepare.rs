//! Cases made ready to run: each definition is compiled once.

use std::collections::{BTreeSet, HashMap};

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};

use super::case::Case;
use crate::crates::Unit;

/// What can be said of a case before it runs.
#[derive(Debug)]
pub(super) enum Prepared {
    /// It is not run, and why.
    NotRun(String),
    /// It fails, and how.
    Fail(String),
    /// It runs in this module.
    Run(String),
}

/// The definitions, each compiled once.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    compiled: HashMap<String, Result<String, Rejected>>,
    /// What they were compiled to.
    pub(super) units: Vec<Unit>,
}

#[derive(Clone, Debug)]
struct Rejected {
    codes: BTreeSet<&'static str>,
    first: String,
}

impl Definitions {
    /// Compiles the definition of a case, unless the case cannot be run.
    pub(super) fn prepare(&mut self, case: &Case) -> Prepared {
        if let Some(why) = &case.hindrance {
            return Prepared::NotRun(why.clone());
        }
        match self.module(&case.definition) {
            Ok(module) => Prepared::Run(module),
            Err(Rejected { codes, first }) => {
                let names = codes.iter().copied().collect::<Vec<_>>().join(", ");
                match codes.contains(Code::ASL1203.name()) {
                    true => Prepared::NotRun(format!("cannot be compiled yet: {names}")),
                    false => Prepared::Fail(format!("rejected with {names}: {first}")),
                }
            }
        }
    }

    /// The module of a definition.
    fn module(&mut self, definition: &str) -> Result<String, Rejected> {
        if let Some(known) = self.compiled.get(definition) {
            return known.clone();
        }
        let module = format!("machine_{}", self.units.len());
        let compiled = compile_definition(&module, definition).map(|code| {
            self.units.push(Unit { module: module.clone(), code });
            module
        });
        self.compiled.insert(definition.to_owned(), compiled.clone());
        compiled
    }
}

fn compile_definition(module: &str, definition: &str) -> Result<String, Rejected> {
    // What would only fail when it runs is allowed: how it fails was recorded too.
    let lints = Code::ALL.iter().filter(|code| code.is_lint());
    let options = Options {
        module: Some(module.to_owned()),
        levels: lints.map(|code| (*code, Level::Allow)).collect(),
        ..Options::default()
    };
    let compiled = compile(Source::new("recorded.asl.json", definition), &options);
    let errors = || compiled.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    text(&compiled).ok_or_else(|| Rejected {
        codes: errors().map(|diagnostic| diagnostic.code.name()).collect(),
        first: errors().next().map_or_else(|| "no code".to_owned(), |diagnostic| diagnostic.message.clone()),
    })
}
