//! Executions recorded on AWS, run on what the compiler makes of their definitions.

mod case;
mod compare;
mod execute;
mod known;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::process::ExitCode;

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};
use serde_json::Value;

use self::case::Case;
use self::execute::Order;
use crate::arguments::{self, Known};
use crate::crates::{Built, Crates, Program, Unit};
use crate::report::{self, Entry};
use crate::workspace;

const HELP: &str = "\
Compiles the definitions of executions that were recorded on AWS, runs them with the recorded inputs in virtual time, and
compares status, output, error and cause. Prints a table, and the cases that differ.

Usage: cargo xtask conformance [OPTIONS]

Options:
  --cases DIR     Folder with executions.jsonl (default ../shared/conformance)
  --report FILE   Writes one JSON object per case: id, outcome, reason
  --filter TEXT   Only the cases whose id contains this
  --help          Prints this help

Exit status: 0 when all that could run ended as recorded or is listed in xtask/conformance-known.txt, 1 when a case
differs that is not listed there, or one passes that is, 2 when it could not be found out.
";

const PROGRAM: Program = Program { main: include_str!("program.rs"), library: include_str!("library.rs") };

const PASS: &str = "pass";
const FAIL: &str = "fail";
const KNOWN: &str = "known";
const NOT_RUN: &str = "not run";

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "conformance", valued: &["cases", "report", "filter"], flags: &[] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let folder = options.path("cases").unwrap_or_else(|| workspace().join("../shared/conformance"));
    let cases = case::read(&folder, options.text("filter")?.unwrap_or_default())?;
    let file = workspace().join(known::FILE);
    let known = std::fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let known = known::read(&known)?;
    let report = options.path("report");
    conclude(&cases, outcomes(&cases)?, &known, report)
}

/// What can be said of a case before it runs.
enum Prepared {
    /// It is not run, and why.
    NotRun(String),
    /// It fails, and how.
    Fail(String),
    /// It runs in this module.
    Run(String),
}

/// For each case nothing when it passes, else what came of it and why.
fn outcomes(cases: &[Case]) -> Result<Vec<(&'static str, String)>, String> {
    let mut definitions = Definitions::default();
    let prepared: Vec<Prepared> = cases.iter().map(|case| definitions.prepare(case)).collect();
    let crates = Crates::of("conformance");
    let Built { errors, warnings } = crates.build(&definitions.units, Some(PROGRAM))?;
    let runs = |prepared: &Prepared| matches!(prepared, Prepared::Run(module) if !errors.contains_key(module));
    let orders: Vec<Order<'_>> = cases
        .iter()
        .zip(&prepared)
        .filter(|(_, prepared)| runs(prepared))
        .filter_map(|(case, prepared)| match prepared {
            Prepared::Run(module) => Some(Order { module, input: &case.input, execution_type: case.execution_type }),
            _ => None,
        })
        .collect();
    let mut results = execute::execute(&crates, &orders)?.into_iter();
    let mut outcome = |case: &Case, prepared: &Prepared| match prepared {
        Prepared::NotRun(why) => (NOT_RUN, why.clone()),
        Prepared::Fail(why) => (FAIL, why.clone()),
        Prepared::Run(module) => match (errors.get(module), warnings.get(module)) {
            (Some(error), _) => (FAIL, format!("the generated code does not compile: {error}")),
            (None, Some(warning)) => {
                results.next();
                (FAIL, format!("the generated code has a warning: {warning}"))
            }
            (None, None) => match compare::difference(&case.expected, &results.next().unwrap_or(Value::Null)) {
                None => (PASS, String::new()),
                Some(difference) => (FAIL, difference),
            },
        },
    };
    Ok(cases.iter().zip(&prepared).map(|(case, prepared)| outcome(case, prepared)).collect())
}

/// The definitions, each compiled once.
#[derive(Default)]
struct Definitions {
    compiled: HashMap<String, Result<String, Rejected>>,
    units: Vec<Unit>,
}

#[derive(Clone)]
struct Rejected {
    codes: BTreeSet<&'static str>,
    first: String,
}

impl Definitions {
    fn prepare(&mut self, case: &Case) -> Prepared {
        if !case.needs.is_empty() {
            return Prepared::NotRun(format!("needs {}", case.needs.join(", ")));
        }
        if case.expected.status == "ABORTED" {
            return Prepared::NotRun("was stopped from outside".to_owned());
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
        let compiled = compile_definition(&module, definition);
        if let Ok(code) = &compiled {
            self.units.push(Unit { module: module.clone(), code: code.clone() });
        }
        let compiled = compiled.map(|_| module);
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

fn conclude(
    cases: &[Case],
    outcomes: Vec<(&'static str, String)>,
    known: &BTreeMap<String, String>,
    report: Option<PathBuf>,
) -> Result<ExitCode, String> {
    let mut entries = Vec::with_capacity(cases.len());
    let mut passed_though_known = Vec::new();
    for (case, (outcome, reason)) in cases.iter().zip(outcomes) {
        let mut more = vec![("query_language", Value::from(&*case.query_language))];
        let outcome = match (outcome, known.get(&case.id)) {
            (FAIL, Some(why)) => {
                more.push(("known", Value::from(&**why)));
                KNOWN
            }
            (PASS, Some(_)) => {
                passed_though_known.push(&*case.id);
                PASS
            }
            (outcome, _) => outcome,
        };
        entries.push(Entry { id: case.id.clone(), group: case.group.clone(), outcome, reason, more });
    }
    let columns = [PASS, FAIL, KNOWN, NOT_RUN];
    print!("{}", report::table(&entries, &columns));
    for language in ["JSONPath", "JSONata", "mixed"] {
        let of = |outcome| {
            let same = cases.iter().zip(&entries).filter(|(case, _)| case.query_language == language);
            same.filter(|(_, entry)| entry.outcome == outcome).count()
        };
        let [pass, fail, known, not_run] = columns.map(of);
        println!("{language}: {pass} pass, {fail} fail, {known} known, {not_run} not run");
    }
    println!("\nnot run:\n{}", report::reasons(&entries, NOT_RUN));
    let failed: Vec<&Entry> = entries.iter().filter(|entry| entry.outcome == FAIL).collect();
    for entry in &failed {
        println!("fail: {}\n      {}", entry.id, report::shortened(&entry.reason));
    }
    for id in &passed_though_known {
        println!("passes though {} lists it: {id}", known::FILE);
    }
    if let Some(report) = report {
        report::write(&report, &entries)?;
    }
    Ok(match failed.is_empty() && passed_though_known.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
