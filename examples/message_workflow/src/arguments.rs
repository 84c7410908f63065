//! The command line.

use lexopt::{Arg, Parser, ValueExt as _};

const HELP: &str = "\
Runs the message workflow and prints its output.

Usage: message_workflow [OPTIONS]

Options:
  --input FILE    Reads the input from FILE, or from standard input if FILE is `-`;
                  by default it is the sample in input.json
  --fail SERVICE  Runs without the table (dynamodb), the queue (sqs) or the topic (sns), to see the
                  Catch at work; in memory only
  --aws           Runs on AWS, or on any endpoint in AWS_ENDPOINT_URL, instead of in memory;
                  built with `--features aws`. It creates nothing: table, queue and topic must exist
  --help          Prints this help
";

/// What was asked for.
pub(crate) struct Arguments {
    pub(crate) input: Option<String>,
    pub(crate) fail: Option<String>,
    pub(crate) aws: bool,
}

/// `None` when it was the help that was asked for, which is then printed.
pub(crate) fn parse() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments { input: None, fail: None, aws: false };
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("input") => arguments.input = Some(parser.value()?.string()?),
            Arg::Long("fail") => arguments.fail = Some(service(parser.value()?.string()?)?),
            Arg::Long("aws") => arguments.aws = true,
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected()),
        }
    }
    if arguments.aws && arguments.fail.is_some() {
        return Err(lexopt::Error::Custom("--fail works in memory only, not with --aws".into()));
    }
    Ok(Some(arguments))
}

fn service(name: String) -> Result<String, lexopt::Error> {
    if matches!(name.as_str(), "dynamodb" | "sqs" | "sns") {
        Ok(name)
    } else {
        Err(lexopt::Error::Custom(format!("--fail takes dynamodb, sqs or sns, not `{name}`").into()))
    }
}
