//! What a generated machine adds to a build: CPU seconds of a crate with it, less those of the same crate without.

mod expressions;
mod nested;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::{cargo, generate, workspace};

const HELP: &str = "\
Measures what a generated machine adds to a debug and a release build, in CPU seconds: a crate with one
include_state_machine! beside the same crate without it, best of several runs each. Or, of 25, 50, 100 and 200 machines with
Parallel and Map states inside each other, what compiler and rustc take for all of them: it has to grow as their number.

Usage: cargo xtask build-cost [OPTIONS]

Options:
  --expressions   Measures JSONata expressions, in debug builds: --limit-debug is in milliseconds of one
  --nested        Measures many machines with Parallel and Map states, in debug builds
  --states N      States of a machine (default 100, with --nested 50), or expressions (default 400)
  --runs N        Builds of each kind (default 3, with --nested 1)
  --limit-debug S    Fails when a debug build costs more CPU seconds than this
  --limit-release S  Fails when a release build costs more CPU seconds than this
  --help          Prints this help
";

/// What a crate without a machine has.
const PLAIN: &str = "//! A library that uses the runtime.\n\npub use asl_runtime as runtime;\n";

struct Settings {
    expressions: bool,
    nested: bool,
    states: Option<usize>,
    runs: Option<usize>,
    limits: [Option<f64>; 2],
}

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, String> {
    let mut settings = Settings { expressions: false, nested: false, states: None, runs: None, limits: [None, None] };
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        let name = match argument {
            lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            lexopt::Arg::Long("expressions") => {
                settings.expressions = true;
                continue;
            }
            lexopt::Arg::Long("nested") => {
                settings.nested = true;
                continue;
            }
            lexopt::Arg::Long(name) => name.to_owned(),
            other => return Err(other.unexpected().to_string()),
        };
        let value = arguments.value().map_err(|error| error.to_string())?;
        let value = value.to_str().ok_or_else(|| format!("--{name} needs a number"))?;
        let wrong = |_| format!("--{name} needs a number, not `{value}`");
        match name.as_str() {
            "states" => settings.states = Some(value.parse().map_err(|_| wrong(()))?),
            "runs" => settings.runs = Some(value.parse().map_err(|_| wrong(()))?),
            "limit-debug" => settings.limits[0] = Some(value.parse().map_err(|_| wrong(()))?),
            "limit-release" => settings.limits[1] = Some(value.parse().map_err(|_| wrong(()))?),
            _ => return Err(format!("there is no option `--{name}`; see `cargo xtask build-cost --help`")),
        }
    }
    if settings.expressions {
        expressions::measure(settings.states.unwrap_or(400), settings.runs.unwrap_or(3), settings.limits[0])
    } else if settings.nested {
        nested::measure(settings.states.unwrap_or(50), settings.runs.unwrap_or(1))
    } else {
        measure(&settings, settings.states.unwrap_or(100))
    }
}

fn measure(settings: &Settings, states: usize) -> Result<ExitCode, String> {
    let root = workspace();
    let crate_dir = root.join("target/xtask/build-cost");
    write_crate(&root, &crate_dir, states).map_err(|error| format!("{}: {error}", crate_dir.display()))?;
    let mut within_limits = true;
    println!("{:<10} {:>12} {:>12} {:>12}", "profile", "without", "with", "added");
    for (profile, limit) in [("debug", settings.limits[0]), ("release", settings.limits[1])] {
        let mut best = [f64::INFINITY; 2];
        for round in 0..=settings.runs.unwrap_or(3) {
            for (place, file) in ["without.rs", "with.rs"].iter().enumerate() {
                let seconds = build(&crate_dir, profile, file)?;
                // The first round builds what the crate depends on.
                if round > 0 {
                    best[place] = best[place].min(seconds);
                }
            }
        }
        let added = best[1] - best[0];
        println!("{profile:<10} {:>10.2} s {:>10.2} s {added:>10.2} s", best[0], best[1]);
        within_limits &= limit.is_none_or(|limit| added <= limit);
    }
    println!("CPU seconds of cargo build for a crate with and without a machine of {states} states");
    Ok(if within_limits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_crate(root: &Path, crate_dir: &Path, states: usize) -> std::io::Result<()> {
    write_manifest(root, crate_dir)?;
    std::fs::write(crate_dir.join("machine.asl.json"), generate::definition(states))?;
    let machine = format!("{PLAIN}\nasl_runtime::include_state_machine!(\"machine.asl.json\");\n");
    std::fs::write(crate_dir.join("with.rs"), machine)
}

/// The crate, with `without.rs` as one of its sources.
fn write_manifest(root: &Path, crate_dir: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(crate_dir.join("src"))?;
    let runtime = root.join("runtime");
    let manifest = format!(
        "[package]\nname = \"build-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nasl-runtime = {{ path = {:?} }}\n\n\
         [workspace]\n\n[profile.dev]\nincremental = false\ndebug = \"line-tables-only\"\n",
        runtime
    );
    std::fs::write(crate_dir.join("Cargo.toml"), manifest)?;
    std::fs::write(crate_dir.join("without.rs"), PLAIN)
}

/// CPU seconds to build the crate, and nothing else, from this source file.
fn build(crate_dir: &Path, profile: &str, file: &str) -> Result<f64, String> {
    let source = std::fs::read_to_string(crate_dir.join(file)).map_err(|error| format!("{file}: {error}"))?;
    // A fresh time stamp makes cargo build the crate again.
    std::fs::write(crate_dir.join("src/lib.rs"), source).map_err(|error| format!("src/lib.rs: {error}"))?;
    let before = children_cpu_seconds()?;
    let mut command = Command::new(cargo());
    command.current_dir(crate_dir).args(["build", "--quiet"]).env_remove("RUSTFLAGS");
    if profile == "release" {
        command.arg("--release");
    }
    let output = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("the build failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(children_cpu_seconds()? - before)
}

/// CPU seconds of all child processes that have ended.
fn children_cpu_seconds() -> Result<f64, String> {
    Ok(cpu_seconds()?[1])
}

/// CPU seconds of this process, and of its child processes that have ended. proc(5): fields 14 to 17 of stat, in ticks
/// of 1/100 s.
fn cpu_seconds() -> Result<[f64; 2], String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> =
        after_name.split_whitespace().skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    let seconds = |fields: &[f64]| fields.iter().sum::<f64>() / 100.0;
    let (own, children) = ticks.split_at(ticks.len().min(2));
    Ok([seconds(own), seconds(children)])
}
