//! Random expressions: that none crashes or hangs, and that they give what another implementation gives.

// A test of the runtime uses the same expressions.
#[path = "../../../runtime/tests/jsonata_expressions/mod.rs"]
#[allow(dead_code, reason = "the data are made by the program")]
mod expressions;

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitCode, Stdio};

use serde_json::{Value, json};

use self::expressions::{Dialect, Random};
use crate::arguments::{self, Known};
use crate::crates::{Crates, Program, Unit};
use crate::jsonata_suite::generated;
use crate::report;

const HELP: &str = "\
Evaluates random expressions with random data: by the interpreter, beside the crate jsonata-core; and, of those that code
is generated for, some compiled, beside the interpreter. Prints what differs.

Usage: cargo xtask jsonata-fuzz [OPTIONS]

Options:
  --count N     How many are interpreted (default 200000)
  --seconds N   After how many seconds there are no more (default 600)
  --seed N      Where the random numbers begin (default 1)
  --compiled N  How many are compiled (default 200)
  --help        Prints this help

Exit status: 0 when nothing crashed and compiled code differs nowhere from the interpreter, 1 otherwise, 2 when it could not
be found out. Differences from jsonata-core are for reading: it has mistakes of its own.
";

/// The program that evaluates. Its files are part of the generated crates, not of this one.
const PROGRAM: Program = Program {
    files: &[
        ("main.rs", include_str!("program/main.rs")),
        ("library.rs", include_str!("../jsonata_suite/program/library.rs")),
        ("expressions/mod.rs", include_str!("../../../runtime/tests/jsonata_expressions/mod.rs")),
        ("expressions/calls.rs", include_str!("../../../runtime/tests/jsonata_expressions/calls.rs")),
        ("expressions/mangled.rs", include_str!("../../../runtime/tests/jsonata_expressions/mangled.rs")),
        ("expressions/random.rs", include_str!("../../../runtime/tests/jsonata_expressions/random.rs")),
    ],
    library: include_str!("../jsonata_suite/program/library.rs"),
    dependencies: "jsonata-core = { version = \"2.2\", default-features = false }\n",
    entrances: crate::jsonata_suite::PROGRAM.entrances,
};

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "jsonata-fuzz", valued: &["count", "seconds", "seed", "compiled"], flags: &[] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let number = |name: &str, default: u64| match options.text(name)? {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("the value of --{name} is no number: {text}")),
    };
    let (count, seconds, seed) = (number("count", 200_000)?, number("seconds", 600)?, number("seed", 1)?);
    let (units, orders) = compiled(seed, number("compiled", 200)?);
    let crates = Crates::of("jsonata-fuzz").release();
    if let Some((module, error)) = crates.build(&units, Some(&PROGRAM))?.errors.pop_first() {
        let order = orders.iter().find(|order| order["module"] == *module);
        return Err(format!("{} does not compile: {error}", order.unwrap_or(&Value::Null)));
    }
    let lines: String = orders.iter().map(|order| order.to_string() + "\n").collect();
    let file = crates.write("orders.jsonl", &lines)?;
    let mut compiled = Command::new(crates.program());
    compiled.arg("compiled").arg(file);
    let mut random = Command::new(crates.program());
    random.arg("random").args([seed, count, seconds].map(|number| number.to_string()));
    let good = [("compiled beside interpreted", compiled), ("interpreted beside jsonata-core", random)]
        .into_iter()
        .map(|(what, command)| follow(what, command))
        .collect::<Result<Vec<_>, String>>()?;
    Ok(if good.into_iter().all(|good| good) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Random expressions that code is generated for: the modules, and what the program is to do with them.
fn compiled(seed: u64, count: u64) -> (Vec<Unit>, Vec<Value>) {
    let mut units = Vec::new();
    let mut orders = Vec::new();
    for index in 0..count {
        let mut random = Random::new(seed.wrapping_mul(0x1000_0000).wrapping_add(index));
        let depth = 1 + random.below(4);
        let text = expressions::expression(&mut random, depth, Dialect::Compiled);
        let module = format!("expression_{index}");
        let Ok(unit) = generated(&module, &text, &[]) else { continue };
        orders.push(json!({"module": module, "expression": text}));
        units.push(unit);
    }
    (units, orders)
}

/// Runs the program and prints what it says; gives whether all is well.
fn follow(what: &str, mut command: Command) -> Result<bool, String> {
    println!("{what}:");
    let cannot = |error: std::io::Error| format!("cannot run the program: {error}");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(cannot)?;
    let mut reached = Value::Null;
    let mut conclusion = None;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let said: Value = line.parse().map_err(|error| format!("{line}: {error}"))?;
            if let Some(number) = said.get("reached") {
                reached = number.clone();
            } else if let Some(sort) = said.get("sort").and_then(Value::as_str) {
                let part = |name: &str| report::shortened(&said[name].to_string());
                println!("  {sort}: {}", said["expression"].as_str().unwrap_or_default());
                println!("    data {}\n    {}\n    {}", part("data"), part("ours"), part("theirs"));
            } else {
                conclusion = Some(said);
            }
        }
    }
    let status = child.wait().map_err(cannot)?;
    let Some(conclusion) = conclusion.filter(|_| status.success()) else {
        println!("  the program ended with {status}, after expression {reached} of this seed");
        return Ok(false);
    };
    println!("  {conclusion}");
    Ok(conclusion.pointer("/differences/compiled").is_none_or(|count| *count == 0))
}
