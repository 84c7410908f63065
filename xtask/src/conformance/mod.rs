//! What was recorded on AWS, run on what the compiler makes of the definitions.

mod case;
mod compare;
mod prepare;
mod python;
mod test_state;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use self::case::Case;
use self::compare::CHECKS;
use self::prepare::{Definitions, Prepared};
use crate::arguments::{self, Known};
use crate::crates::{Built, Crates, Entrance, Program};
use crate::report::{self, Entry};
use crate::{execute, listed, workspace};

const HELP: &str = "\
Compiles the definitions of executions and state tests that were recorded on AWS, runs them with the recorded inputs in
virtual time, and compares: of an execution status, output, error, cause and the events of its history, of a state test
AWS's answer. Prints a table, and the cases that differ.

Usage: cargo xtask conformance [OPTIONS]

Options:
  --cases DIR     Folder with executions.jsonl and test_state.jsonl (default ../shared/conformance)
  --report FILE   Writes a JSON object: the totals, and of each case id, outcome, reason and checks
  --filter TEXT   Only the cases whose id contains this
  --help          Prints this help

Exit status: 0 when all that could run is as recorded or is listed in xtask/conformance-known.txt, 1 when a case
differs that is not listed there, or one passes that is, 2 when it could not be found out.
";

/// The program that runs the cases. Its files are part of the generated crates, not of this one.
const PROGRAM: Program = Program {
    files: &[
        ("main.rs", include_str!("program/main.rs")),
        ("functions.rs", include_str!("program/functions.rs")),
        ("python.rs", include_str!("program/python.rs")),
    ],
    library: include_str!("program/library.rs"),
    dependencies: "",
    entrances: &[
        Entrance { name: "start", takes: "Start", gives: "Started", body: "begin(MODULE::run_text, given)" },
        Entrance { name: "test", takes: "Test", gives: "Tested", body: "try_out(MODULE::Machine::default(), given)" },
    ],
};

/// The known differences.
const KNOWN_CASES: &str = "xtask/conformance-known.txt";

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
    let known = listed::read(KNOWN_CASES)?;
    let outcomes = outcomes(&cases)?;
    conclude(&cases, outcomes, &known, options.path("report").as_deref())
}

/// What came of a case.
struct Outcome {
    outcome: &'static str,
    /// Why; empty when it passes.
    reason: String,
    /// What was compared, and whether it is as recorded.
    checks: Vec<(&'static str, bool)>,
}

impl Outcome {
    fn new(outcome: &'static str, reason: String) -> Self {
        Self { outcome, reason, checks: Vec::new() }
    }

    /// Of a case that has run.
    fn of(case: &Case, actual: &Value) -> Self {
        let text = |name: &str| actual.get(name).and_then(Value::as_str);
        if let Some(why) = text("not_run") {
            return Self::new(NOT_RUN, why.to_owned());
        }
        if let Some(panic) = text("panic") {
            return Self::new(FAIL, format!("crashed: {panic}"));
        }
        let results = case.checks(actual);
        let checks = results.iter().map(|(name, result)| (*name, result.is_ok())).collect();
        match results.into_iter().find_map(|(_, result)| result.err()) {
            None => Self { outcome: PASS, reason: String::new(), checks },
            Some(difference) => Self { outcome: FAIL, reason: difference, checks },
        }
    }
}

fn outcomes(cases: &[Case]) -> Result<Vec<Outcome>, String> {
    let mut definitions = Definitions::default();
    let prepared: Vec<Prepared> = cases.iter().map(|case| definitions.prepare(case)).collect();
    let crates = Crates::of("conformance");
    let Built { errors, warnings } = crates.build(&definitions.units, Some(&PROGRAM))?;
    let order = |(case, prepared): (&Case, &Prepared)| match prepared {
        Prepared::Run(module) if !errors.contains_key(module) => {
            let mut order = case.order.clone();
            order["module"] = json!(module);
            Some(order)
        }
        _ => None,
    };
    let orders: Vec<Value> = cases.iter().zip(&prepared).filter_map(order).collect();
    let mut results = execute::execute(&crates, &orders)?.into_iter();
    let outcome = |(case, prepared): (&Case, &Prepared)| match prepared {
        Prepared::NotRun(why) => Outcome::new(NOT_RUN, why.clone()),
        Prepared::Fail(why) => Outcome::new(FAIL, why.clone()),
        Prepared::Run(module) => match (errors.get(module), warnings.get(module)) {
            (Some(error), _) => Outcome::new(FAIL, format!("the generated code does not compile: {error}")),
            (None, warning) => {
                let actual = results.next().unwrap_or_default();
                match warning {
                    Some(warning) => Outcome::new(FAIL, format!("the generated code has a warning: {warning}")),
                    None => Outcome::of(case, &actual),
                }
            }
        },
    };
    Ok(cases.iter().zip(&prepared).map(outcome).collect())
}

fn conclude(
    cases: &[Case],
    outcomes: Vec<Outcome>,
    known: &BTreeMap<String, String>,
    report: Option<&Path>,
) -> Result<ExitCode, String> {
    let mut entries = Vec::with_capacity(cases.len());
    let mut passed_though_known = Vec::new();
    for (case, Outcome { outcome, reason, checks }) in cases.iter().zip(outcomes) {
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
        entries.push(Entry { id: case.id.clone(), group: case.group.clone(), outcome, reason, checks, more });
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
    println!("\nas recorded, of those compared:\n{}", report::checks(&entries, &CHECKS));
    println!("not run:\n{}", report::reasons(&entries, NOT_RUN));
    let failed: Vec<&Entry> = entries.iter().filter(|entry| entry.outcome == FAIL).collect();
    for entry in &failed {
        println!("fail: {}\n      {}", entry.id, report::shortened(&entry.reason));
    }
    for id in &passed_though_known {
        println!("passes though {} lists it: {id}", KNOWN_CASES);
    }
    if let Some(report) = report {
        report::write(report, &entries)?;
    }
    Ok(match failed.is_empty() && passed_though_known.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
