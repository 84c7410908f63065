//! Longer work of developers, as `cargo xtask COMMAND`.

mod arguments;
mod build_cost;
mod conformance;
mod corpus;
mod crates;
mod execute;
mod generate;
mod jsonata_fuzz;
mod jsonata_speed;
mod jsonata_suite;
mod listed;
mod report;
mod workloads;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Longer work of developers.

Usage: cargo xtask COMMAND [OPTIONS]

Commands:
  build-cost     Measures what a generated machine adds to a debug and a release build
  conformance    Runs executions and state tests recorded on AWS, and compares what comes of them
  corpus         Compiles definitions of real projects, and reports which are accepted
  jsonata-fuzz   Compares random expressions with another implementation of JSONata
  jsonata-speed  Times expressions beside hand-written Rust and other implementations of JSONata
  jsonata-suite  Runs the cases of JSONata's own suite, interpreted and compiled
  speed          Runs the benches of compiled machines beside hand-written Rust
  workloads      Runs the definitions of a folder beside hand-written Rust, and checks their outputs

Options:
  --help       Prints this help, or a command's

`cargo xtask COMMAND --help` tells more.
";

const SPEED_HELP: &str = "\
Runs the benches of compiled machines beside hand-written Rust, both in one run, and prints the ratios.

Usage: cargo xtask speed
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let mut arguments = lexopt::Parser::from_env();
    match arguments.next().map_err(|error| error.to_string())? {
        Some(lexopt::Arg::Value(command)) => match command.to_str() {
            Some("build-cost") => build_cost::run(arguments),
            Some("conformance") => conformance::run(arguments),
            Some("corpus") => corpus::run(arguments),
            Some("jsonata-fuzz") => jsonata_fuzz::run(arguments),
            Some("jsonata-speed") => jsonata_speed::run(arguments),
            Some("jsonata-suite") => jsonata_suite::run(arguments),
            Some("speed") => speed(arguments),
            Some("workloads") => workloads::run(arguments),
            _ => Err(format!("there is no command `{}`; see `cargo xtask --help`", command.to_string_lossy())),
        },
        Some(lexopt::Arg::Short('h') | lexopt::Arg::Long("help")) => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(other.unexpected().to_string()),
        None => Err("a command is needed; see `cargo xtask --help`".to_owned()),
    }
}

fn speed(mut arguments: lexopt::Parser) -> Result<ExitCode, String> {
    match arguments.next().map_err(|error| error.to_string())? {
        None => {}
        Some(lexopt::Arg::Short('h') | lexopt::Arg::Long("help")) => {
            print!("{SPEED_HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(other) => return Err(other.unexpected().to_string()),
    }
    let status = std::process::Command::new(cargo())
        .args(["bench", "--quiet", "--package", "asl-runtime", "--bench", "machines"])
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folder of the workspace.
fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// The cargo that runs this.
fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
