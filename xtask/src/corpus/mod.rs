//! Definitions of real projects: which are accepted, and whether what is made of them compiles.

mod placeholders;

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use asl_codegen::diagnostic::{Diagnostic, Level};
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};
use serde_json::Value;

use crate::arguments::{self, Known};
use crate::crates::{Crates, Unit};
use crate::report::{self, Entry};
use crate::workspace;

const HELP: &str = "\
Compiles the definitions of real projects, and reports which are accepted and which are rejected with which codes.
Placeholders as ${Name} are given values that fit where they stand.

Usage: cargo xtask corpus [OPTIONS]

Options:
  --definitions DIR  Folder with manifest.jsonl (default ../shared/definitions)
  --build            Has rustc build what the accepted ones were compiled to
  --report FILE      Writes a JSON object: the totals, and of each definition id, outcome and reason
  --help             Prints this help

Exit status: 0, or 1 when the compiler crashed or generated code does not build without a warning, 2 when it could not be
found out.
";

const ACCEPTED: &str = "accepted";
const REJECTED: &str = "rejected";
/// Only what the compiler cannot do yet stands in the way.
const NOT_YET: &str = "not yet";
const CRASHED: &str = "crashed";
const NOT_BUILT: &str = "not built";

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "corpus", valued: &["definitions", "report"], flags: &["build"] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let folder = options.path("definitions").unwrap_or_else(|| workspace().join("../shared/definitions"));
    let mut entries = Vec::new();
    let mut units = Vec::new();
    for definition in read(&folder)? {
        let module = format!("machine_{}", entries.len());
        let (outcome, reason, more) = match outcome(&definition, &module) {
            Outcome::Accepted(code) => {
                units.push(Unit { module, code });
                (ACCEPTED, String::new(), Vec::new())
            }
            Outcome::Rejected { outcome, codes, messages } => {
                (outcome, codes, vec![("messages", Value::from(messages))])
            }
            Outcome::Crashed(message) => (CRASHED, message, Vec::new()),
        };
        entries.push(Entry { id: definition.id, group: definition.group, outcome, reason, checks: Vec::new(), more });
    }
    if options.has("build") {
        build(&units, &mut entries)?;
    }
    print!("{}", report::table(&entries, &[ACCEPTED, REJECTED, NOT_YET, CRASHED, NOT_BUILT]));
    for outcome in [NOT_YET, REJECTED] {
        println!("\n{outcome}:\n{}", report::reasons(&entries, outcome).trim_end());
    }
    for entry in entries.iter().filter(|entry| [REJECTED, CRASHED, NOT_BUILT].contains(&entry.outcome)) {
        println!("\n{}: {}\n  {}", entry.outcome, entry.id, report::shortened(&entry.reason));
        let messages = entry.more.iter().find(|(name, _)| *name == "messages").and_then(|(_, value)| value.as_array());
        for message in messages.into_iter().flatten().filter_map(Value::as_str) {
            println!("  {message}");
        }
    }
    if let Some(file) = options.path("report") {
        report::write(&file, &entries)?;
    }
    let good = entries.iter().all(|entry| ![CRASHED, NOT_BUILT].contains(&entry.outcome));
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A definition of the corpus.
struct Definition {
    id: String,
    group: String,
    file: String,
    text: String,
    /// The names of its placeholders.
    placeholders: Vec<String>,
}

fn read(folder: &Path) -> Result<Vec<Definition>, String> {
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    if !folder.is_dir() {
        return Err(format!("the folder {} is absent; --definitions names another", folder.display()));
    }
    let manifest = folder.join("manifest.jsonl");
    let lines = read(&manifest)?;
    let definition = |(number, line): (usize, &str)| {
        let wrong = |what: &str| format!("{}:{}: {what}", manifest.display(), number + 1);
        let line: Value = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        let names = line.get("substitutions").and_then(Value::as_array).into_iter().flatten();
        let file = text("file").ok_or_else(|| wrong("`file` is missing"))?;
        Ok(Definition {
            id: text("id").ok_or_else(|| wrong("`id` is missing"))?,
            group: text("query_language").unwrap_or_default(),
            text: read(&folder.join(&file))?,
            file,
            placeholders: names.filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    };
    lines.lines().enumerate().map(definition).collect()
}

enum Outcome {
    /// The generated code.
    Accepted(String),
    Rejected {
        outcome: &'static str,
        codes: String,
        messages: Vec<String>,
    },
    Crashed(String),
}

fn outcome(definition: &Definition, module: &str) -> Outcome {
    let (filled, substitutions) = placeholders::fill(&definition.text, &definition.placeholders);
    let options = Options { module: Some(module.to_owned()), substitutions, ..Options::default() };
    let compiled = catch_unwind(AssertUnwindSafe(|| {
        let compiled = compile(Source::new(&definition.file, filled), &options);
        (text(&compiled), compiled.diagnostics)
    }));
    let diagnostics = match compiled {
        Ok((Some(code), _)) => return Outcome::Accepted(code),
        Ok((None, diagnostics)) => diagnostics,
        Err(_) => return Outcome::Crashed("the compiler panicked".to_owned()),
    };
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|finding| finding.level == Level::Error).collect();
    if errors.is_empty() {
        return Outcome::Crashed("neither code nor an error".to_owned());
    }
    let codes: BTreeSet<&str> = errors.iter().map(|error| error.code.name()).collect();
    let messages = errors.iter().map(|error| format!("[{}] {}: {}", error.code.name(), error.pointer, error.message));
    Outcome::Rejected {
        outcome: if codes.iter().all(|code| *code == "ASL1203") { NOT_YET } else { REJECTED },
        codes: codes.into_iter().collect::<Vec<_>>().join(", "),
        messages: messages.collect(),
    }
}

/// Builds the accepted ones, and says of each that does not build why.
fn build(units: &[Unit], entries: &mut [Entry]) -> Result<(), String> {
    let built = Crates::of("corpus").build(units, None)?;
    let problems: HashMap<String, String> = built.warnings.into_iter().chain(built.errors).collect();
    for (number, entry) in entries.iter_mut().enumerate() {
        if let Some(problem) = problems.get(&format!("machine_{number}")) {
            (entry.outcome, entry.reason) = (NOT_BUILT, problem.clone());
        }
    }
    Ok(())
}
