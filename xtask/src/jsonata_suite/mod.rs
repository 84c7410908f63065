//! The cases of JSONata's own suite, by the interpreter and by generated code.

mod case;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use asl_codegen::emitted_jsonata::{self, Gives, Signature, Stands};
use asl_codegen::jsonata;
use serde_json::Value;

use self::case::Case;
use crate::arguments::{self, Known};
use crate::crates::{Built, Crates, Entrance, Program, Unit};
use crate::report::{self, Entry};
use crate::{execute, listed, workspace};

const HELP: &str = "\
Evaluates the cases of JSONata's own suite: each by the interpreter and, where code is generated for its expression, by
that code. Prints a table by group, the cases that differ, and those that AWS's level of JSONata answers differently.

Usage: cargo xtask jsonata-suite [OPTIONS]

Options:
  --cases DIR     Folder with cases.jsonl and datasets (default ../shared/jsonata-suite)
  --report FILE   Writes a JSON object: the totals, and of each case id, outcome, reason and checks
  --filter TEXT   Only the cases whose id contains this
  --help          Prints this help

Exit status: 0 when every case that a Rust string can hold gives what it should, 1 when one does not, 2 when it could not
be found out.
";

/// The program that runs the cases. Its files are part of the generated crates, not of this one.
pub(crate) const PROGRAM: Program = Program {
    files: &[("main.rs", include_str!("program/main.rs")), ("library.rs", include_str!("program/library.rs"))],
    library: include_str!("program/library.rs"),
    dependencies: "",
    entrances: &[Entrance {
        name: "evaluate",
        takes: "Given<'_, '_>",
        gives: "Value",
        body: "answer_of(given, MODULE::evaluate)",
    }],
};

/// The cases that JSONata 2.0.6, AWS's level, answers differently.
const LEVEL: &str = "xtask/jsonata-level.txt";

const PASS: &str = "pass";
const FAIL: &str = "fail";
const NOT_RUN: &str = "not run";

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "jsonata-suite", valued: &["cases", "report", "filter"], flags: &[] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let folder = options.path("cases").unwrap_or_else(|| workspace().join("../shared/jsonata-suite"));
    let cases = case::read(&folder, options.text("filter")?.unwrap_or_default())?;
    let entries = entries(&cases)?;
    conclude(&entries, options.path("report").as_deref())
}

/// What came of each case.
fn entries(cases: &[Case]) -> Result<Vec<Entry>, String> {
    let generated: Vec<Result<Unit, String>> =
        cases.iter().enumerate().map(|(index, case)| generate(&format!("case_{index}"), case)).collect();
    let units: Vec<Unit> = generated.iter().filter_map(|unit| unit.clone().ok()).collect();
    let crates = Crates::of("jsonata-suite");
    let Built { errors, warnings } = crates.build(&units, Some(&PROGRAM))?;
    let orders: Vec<Value> = cases
        .iter()
        .zip(&generated)
        .map(|(case, unit)| {
            let module = unit.as_ref().ok().map(|unit| &*unit.module).filter(|module| !errors.contains_key(*module));
            case.order(module)
        })
        .collect();
    let answers = execute::execute(&crates, &orders)?;
    let levels = listed::read(LEVEL)?;
    let entries = cases.iter().zip(generated).zip(answers).map(|((case, unit), answer)| {
        let mut entry = Entry {
            id: case.id.clone(),
            group: case.group().to_owned(),
            outcome: PASS,
            reason: String::new(),
            checks: Vec::new(),
            more: Vec::new(),
        };
        if let Some(reason) = case.cannot_be_held() {
            (entry.outcome, entry.reason) = (NOT_RUN, reason);
            return entry;
        }
        let mut differences = Vec::new();
        let mut check = |name: &'static str, difference: Option<String>| {
            entry.checks.push((name, difference.is_none()));
            differences.extend(difference.map(|difference| format!("{name}: {difference}")));
        };
        match answer.get("panic") {
            Some(panic) => check("interpreted", Some(format!("{}: crashed: {panic}", case.expression))),
            None => check("interpreted", case.difference(&answer["interpreted"])),
        }
        match unit {
            Ok(unit) => {
                let broken = errors.get(&unit.module).or_else(|| warnings.get(&unit.module));
                check("compiled", broken.cloned().or_else(|| case.difference(&answer["compiled"])));
            }
            Err(why) => entry.more.push(("not_generated", Value::from(why))),
        }
        if let Some(why) = level(case, &levels) {
            entry.more.push(("aws", Value::from(why)));
        }
        if !differences.is_empty() {
            (entry.outcome, entry.reason) = (FAIL, differences.join("; "));
        }
        entry
    });
    Ok(entries.collect())
}

/// The module with the code for a case's expression, or why there is none.
fn generate(module: &str, case: &Case) -> Result<Unit, String> {
    generated(module, &case.expression, &case.names())
}

/// The module `module` with the function `evaluate` for an expression that reads these bindings, or why there is none.
pub(crate) fn generated(module: &str, expression: &str, bindings: &[&str]) -> Result<Unit, String> {
    let node = jsonata::parse(expression).map_err(|error| format!("a syntax error: {}", error.code()))?;
    let signature = Signature { name: "expression", stands: Stands::Alone, variables: bindings, gives: Gives::Value };
    let function = emitted_jsonata::function(&node, &signature).map_err(|why| why.to_string())?;
    let read = bindings.iter().map(|name| format!("&bindings.variable({name:?}).map(Value::from).unwrap_or_default()"));
    let arguments: String = read.map(|read| format!(", {read}")).collect();
    let code = format!(
        "pub mod {module} {{
    use asl_runtime::__private as __rt;
    use asl_runtime::jsonata::{{Evaluation, Result, Value, Variables}};
    {function}
    pub fn evaluate<'a>(evaluation: &Evaluation<'a>, input: &Value<'a>, bindings: &'a dyn Variables) -> Result<Value<'a>> {{
        let _ = bindings;
        expression(evaluation, input{arguments})
    }}
}}
"
    );
    Ok(Unit { module: module.to_owned(), code })
}

/// Why AWS's level answers a case differently.
fn level(case: &Case, levels: &BTreeMap<String, String>) -> Option<String> {
    if let Some(why) = levels.get(&case.id) {
        return Some(why.clone());
    }
    let text = &case.expression;
    let newer = ["??", "?:"].into_iter().find(|operator| text.contains(operator))?;
    // The group's own cases use it; in others it may stand in a string.
    matches!(case.group(), "coalescing-operator" | "default-operator")
        .then(|| format!("`{newer}` came after JSONata 2.0.6: a syntax error there, which the compiler reports"))
}

fn conclude(entries: &[Entry], file: Option<&Path>) -> Result<ExitCode, String> {
    println!("{}", report::table(entries, &[PASS, FAIL, NOT_RUN]));
    println!("{}", report::checks(entries, &["interpreted", "compiled"]));
    let differs: Vec<_> = entries.iter().filter_map(|entry| Some((&entry.id, member(entry, "aws")?))).collect();
    println!("AWS's level, JSONata 2.0.6, answers {} of the cases differently:", differs.len());
    for (id, why) in differs {
        println!("  {id}: {why}");
    }
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in entries.iter().filter_map(|entry| member(entry, "not_generated")) {
        *why.entry(reason).or_default() += 1;
    }
    println!("\nNot generated, and so interpreted:");
    for (reason, count) in why {
        println!("{count:>6}  {reason}");
    }
    for entry in entries.iter().filter(|entry| entry.outcome != PASS) {
        println!("\n{} {}: {}", entry.outcome, entry.id, report::shortened(&entry.reason));
    }
    if let Some(file) = file {
        report::write(file, entries)?;
    }
    Ok(match entries.iter().any(|entry| entry.outcome == FAIL) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

fn member<'e>(entry: &'e Entry, name: &str) -> Option<&'e str> {
    entry.more.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.as_str())
}
