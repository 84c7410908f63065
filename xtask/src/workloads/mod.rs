//! Definitions for comparisons of speed: their outputs checked, and their time beside Rust that was written by hand.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};
use serde_json::{Value, json};

use crate::arguments::{self, Known};
use crate::crates::{Crates, Entrance, Program, Unit};
use crate::workspace;

const HELP: &str = "\
Compiles the definitions NAME.asl.json of a folder, runs each in a release build with NAME.input.json, compares the output
with NAME.expected.json, and prints its time beside that of Rust written by hand for the same JSON work, both measured in
one run. Definitions without an expected output are left out.

Usage: cargo xtask workloads [OPTIONS]

Options:
  --workloads DIR  Folder with the definitions (default ../shared/workloads)
  --help           Prints this help

Exit status: 0, 1 when an output is not the expected one or a definition is rejected, 2 when it could not be found out.
";

/// The program that runs them. Its files are part of the generated crates, not of this one.
const PROGRAM: Program = Program {
    files: &[("main.rs", include_str!("program/main.rs")), ("by_hand.rs", include_str!("program/by_hand.rs"))],
    library: include_str!("program/library.rs"),
    dependencies: "",
    entrances: &[Entrance { name: "start", takes: "Start", gives: "Started", body: "begin(MODULE::run_value, given)" }],
};

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "workloads", valued: &["workloads"], flags: &[] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let folder = options.path("workloads").unwrap_or_else(|| workspace().join("../shared/workloads"));
    let mut good = true;
    let mut units = Vec::new();
    let mut orders = Vec::new();
    for workload in read(&folder)? {
        let module = format!("machine_{}", units.len());
        match compiled(&module, &workload.definition) {
            Ok(code) => {
                let Workload { name, input, expected, .. } = workload;
                orders.push(json!({"name": name, "module": module, "input": input, "expected": expected}));
                units.push(Unit { module, code });
            }
            Err((not_yet, message)) => {
                good &= not_yet;
                println!("{}: {message}", workload.name);
            }
        }
    }
    let crates = Crates::of("workloads").release();
    if let Some((module, error)) = crates.build(&units, Some(&PROGRAM))?.errors.pop_first() {
        return Err(format!("{module} does not compile: {error}"));
    }
    let results = measured(&crates, &orders)?;
    println!("{:<24} {:>8} {:>14} {:>14} {:>7} {:>14}", "", "states", "by hand", "compiled", "ratio", "states/s");
    for (order, result) in orders.iter().zip(results) {
        let name = order.get("name").and_then(Value::as_str).unwrap_or_default();
        if let Some(error) = result.get("error") {
            good = false;
            println!("{name:<24} {error}");
            continue;
        }
        let number = |name: &str| result.get(name).and_then(Value::as_f64);
        let micros = |name: &str| number(name).map_or_else(String::new, |time| format!("{:.3} µs", time * 1e6));
        let states = number("states").unwrap_or_default();
        let per_second = states / number("compiled").unwrap_or(f64::NAN);
        let ratio = number("ratio").map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let (by_hand, compiled) = (micros("by_hand"), micros("compiled"));
        println!("{name:<24} {states:>8} {by_hand:>14} {compiled:>14} {ratio:>7} {per_second:>14.0}");
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Workload {
    name: String,
    definition: String,
    input: Value,
    expected: Value,
}

/// The definitions of the folder that have an expected output, by name.
fn read(folder: &Path) -> Result<Vec<Workload>, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot read {}: {error}; --workloads names another folder", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".asl.json")?.to_owned()))
        .filter(|name| folder.join(format!("{name}.expected.json")).exists())
        .collect();
    names.sort();
    let text = |path: PathBuf| {
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let value = |name: String| -> Result<Value, String> {
        text(folder.join(&name))?.parse().map_err(|error| format!("{name}: {error}"))
    };
    let workload = |name: String| {
        Ok(Workload {
            definition: text(folder.join(format!("{name}.asl.json")))?,
            input: value(format!("{name}.input.json"))?,
            expected: value(format!("{name}.expected.json"))?,
            name,
        })
    };
    names.into_iter().map(workload).collect()
}

/// The generated code; else whether it only cannot be compiled yet, and why.
fn compiled(module: &str, definition: &str) -> Result<String, (bool, String)> {
    let options = Options { module: Some(module.to_owned()), ..Options::default() };
    let compiled = compile(Source::new("workload.asl.json", definition), &options);
    text(&compiled).ok_or_else(|| {
        let mut errors = compiled.diagnostics.iter().filter(|finding| finding.level == Level::Error);
        let not_yet = errors.clone().all(|error| error.code.name() == "ASL1203");
        let first =
            errors.next().map_or_else(String::new, |error| format!("[{}] {}", error.code.name(), error.message));
        (not_yet, first)
    })
}

fn measured(crates: &Crates, orders: &[Value]) -> Result<Vec<Value>, String> {
    let lines: String = orders.iter().map(|order| order.to_string() + "\n").collect();
    let file = crates.write("orders.jsonl", &lines)?;
    let program = crates.program();
    let output = Command::new(&program)
        .arg(file)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", program.display(), output.status));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    lines.lines().map(|line| line.parse().map_err(|error| format!("{line}: {error}"))).collect()
}
