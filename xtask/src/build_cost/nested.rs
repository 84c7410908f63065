//! What machines with machines inside take, and whether that grows as their number.

use std::fmt::Write as _;
use std::process::ExitCode;

use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};

use super::{PLAIN, build, cpu_seconds, write_manifest};
use crate::{generate, workspace};

/// How many machines are in the crate.
const MACHINES: [usize; 4] = [25, 50, 100, 200];

/// Prints a row for each number of machines: best of `runs`.
pub(super) fn measure(states: usize, runs: usize) -> Result<ExitCode, String> {
    let root = workspace();
    let crate_dir = root.join("target/xtask/build-cost");
    let wrong = |error: std::io::Error| format!("{}: {error}", crate_dir.display());
    write_manifest(&root, &crate_dir).map_err(wrong)?;
    let definition = generate::nested(states);
    generated(&definition, 1)?;
    // The first build makes what the crate depends on.
    build(&crate_dir, "debug", "without.rs")?;
    let without = best(runs, || build(&crate_dir, "debug", "without.rs"))?;
    println!(
        "{:>8} {:>8} {:>10} {:>14} {:>10} {:>14} {:>14}",
        "machines", "states", "lines", "asl-codegen", "rustc", "per machine", "per 1000 lines"
    );
    for machines in MACHINES {
        let mut code = String::new();
        let codegen = best(runs, || {
            let (text, seconds) = generated(&definition, machines)?;
            code = text;
            Ok(seconds)
        })?;
        std::fs::write(crate_dir.join("nested.rs"), &code).map_err(wrong)?;
        let rustc = best(runs, || build(&crate_dir, "debug", "nested.rs"))? - without;
        let lines = code.lines().count();
        // Each state has a type, and nothing else in these definitions has.
        let states = definition.matches("\"Type\": ").count() * machines;
        println!(
            "{machines:>8} {states:>8} {lines:>10} {codegen:>12.2} s {rustc:>8.2} s {:>12.3} s {:>12.3} s",
            (codegen + rustc) / machines as f64,
            rustc / lines as f64 * 1000.0
        );
    }
    println!(
        "CPU seconds of asl-codegen (without optimisations, as in a debug build), and of a debug build beyond the \
         {without:.2} s of the same crate without machines"
    );
    Ok(ExitCode::SUCCESS)
}

/// The modules of so many machines, and the CPU seconds of the compiler. Formatting them is not counted: the macro does
/// not do it.
fn generated(definition: &str, machines: usize) -> Result<(String, f64), String> {
    let mut code = PLAIN.to_owned();
    let mut compiled = Vec::with_capacity(machines);
    let start = cpu_seconds()?;
    for machine in 0..machines {
        let options = Options { module: Some(format!("machine_{machine}")), ..Options::default() };
        let machine = compile(Source::new("nested.asl.json", definition), &options);
        std::hint::black_box(machine.tokens());
        compiled.push(machine);
    }
    let seconds = cpu_seconds()?[0] - start[0];
    for compiled in compiled {
        let error = compiled.diagnostics.iter().find(|finding| finding.level == Level::Error);
        let Some(text) = text(&compiled) else {
            let why = error.map_or("no code", |error| &*error.message);
            return Err(format!("the definition is rejected: {why}"));
        };
        let _ = write!(code, "\n{text}");
    }
    Ok((code, seconds))
}

/// The least of so many measurements.
fn best(runs: usize, mut measure: impl FnMut() -> Result<f64, String>) -> Result<f64, String> {
    let mut best = measure()?;
    for _ in 1..runs {
        best = best.min(measure()?);
    }
    Ok(best)
}
