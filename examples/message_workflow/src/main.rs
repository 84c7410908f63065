//! Runs `message_workflow.asl.json`: in memory by default, on AWS with `--aws`.

mod arguments;
mod progress;
mod services;

use std::io::Read as _;
use std::process::ExitCode;

use arguments::Arguments;
use asl_runtime::{Failure, Value};
use progress::Progress;

asl_runtime::include_state_machine!("message_workflow.asl.json");

const SAMPLE_INPUT: &str = include_str!("../input.json");

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(Ok(output)) => {
            println!("{output:#}");
            ExitCode::SUCCESS
        }
        Ok(Err(failure)) => {
            eprintln!("the execution failed: {failure}");
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The execution's output or failure; an error when it could not be started.
async fn run() -> Result<Result<Value, Failure>, Box<dyn std::error::Error>> {
    let Some(arguments) = arguments::parse()? else { std::process::exit(0) };
    let input = parse_input(&read_input(&arguments)?)?;
    let progress = Progress::new();
    Ok(if arguments.aws {
        message_workflow::run(&services::aws().await?, input).observer(&progress).await
    } else {
        message_workflow::run(&services::local(arguments.fail.as_deref()), input).observer(&progress).await
    })
}

fn read_input(arguments: &Arguments) -> std::io::Result<String> {
    match arguments.input.as_deref() {
        None => Ok(SAMPLE_INPUT.to_owned()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            Ok(text)
        }
        Some(file) => {
            std::fs::read_to_string(file).map_err(|error| std::io::Error::new(error.kind(), format!("{file}: {error}")))
        }
    }
}

fn parse_input(text: &str) -> Result<message_workflow::Input, String> {
    serde_json::from_str(text).map_err(|error| {
        // What the machine says of a member speaks for itself.
        if error.is_data() { error.to_string() } else { format!("the input is no JSON: {error}") }
    })
}
