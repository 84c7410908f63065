//! `cargo asl`: checks definitions, shows the code they compile to, draws them.
//!
//! Works as `cargo asl …` and as `cargo-asl …`. The exit status is 0 when no errors were found, 1 when some were, and 2
//! when the work could not be done.

mod arguments;
mod check;
mod diagram;
mod expand;
mod help;
mod input;
mod output;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, parse};
use output::Output;

/// How the work went. The worst of several counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// No errors were found.
    #[default]
    Clean,
    /// Errors were found.
    Errors,
    /// Something could not be done.
    Failed,
}

fn main() -> ExitCode {
    let status = match run() {
        Ok(status) => status,
        Err(error) => {
            // A reader that has seen enough, such as `head`, needs no message.
            if error.kind() != io::ErrorKind::BrokenPipe {
                let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            }
            Status::Failed
        }
    };
    ExitCode::from(status as u8)
}

/// Does what the arguments say. The error is one of writing to the standard streams.
fn run() -> io::Result<Status> {
    match parse(std::env::args_os().skip(1)) {
        Ok(Command::Check(arguments)) => check::run(&arguments),
        Ok(Command::Expand(arguments)) => expand::run(&arguments),
        Ok(Command::Diagram(arguments)) => diagram::run(&arguments),
        Ok(Command::Help(text)) => print(text),
        Ok(Command::Version) => print(concat!("cargo-asl ", env!("CARGO_PKG_VERSION"), "\n")),
        Err(usage) => {
            let mut output = Output::new(arguments::Colour::Auto);
            output.error(&usage.message)?;
            writeln!(io::stderr(), "\n{}\nFor more, see `{}`.", usage.usage, usage.help)?;
            Ok(Status::Failed)
        }
    }
}

fn print(text: &str) -> io::Result<Status> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(Status::Clean)
}
