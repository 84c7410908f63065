//! The command line's grammar.

use std::ffi::OsString;
use std::path::PathBuf;

use asl_codegen::Options;
use asl_codegen::diagnostic::{Level, nearest};
use lexopt::{Arg, Parser, ValueExt};

use crate::help;

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    Check(CheckArguments),
    Expand(ExpandArguments),
    Diagram(DiagramArguments),
    /// Show this text.
    Help(&'static str),
    Version,
}

/// What all commands take.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) options: Options,
    pub(crate) colour: Colour,
    /// What messages call the standard input; its ending tells the format.
    pub(crate) stdin_name: String,
}

#[derive(Debug)]
pub(crate) struct CheckArguments {
    pub(crate) common: Common,
    /// JSON in place of text.
    pub(crate) json: bool,
}

#[derive(Debug)]
pub(crate) struct ExpandArguments {
    pub(crate) common: Common,
    pub(crate) out: Option<PathBuf>,
    /// Compare in place of writing.
    pub(crate) check: bool,
}

#[derive(Debug)]
pub(crate) struct DiagramArguments {
    pub(crate) common: Common,
    pub(crate) notation: Notation,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Notation {
    Mermaid,
    Dot,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Colour {
    /// Where a terminal shows it.
    Auto,
    Always,
    Never,
}

/// Arguments that make no sense, and what would.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) message: String,
    /// The command's usage line.
    pub(crate) usage: &'static str,
    /// The command that explains it.
    pub(crate) help: &'static str,
}

/// A command's name and texts.
struct Entry {
    name: &'static str,
    usage: &'static str,
    help_command: &'static str,
    help: &'static str,
    /// Its long options, besides those of every command.
    options: &'static [&'static str],
}

const MAIN: Entry = Entry {
    name: "",
    usage: "Usage: cargo asl <check|expand|diagram> [OPTIONS] FILE…",
    help_command: "cargo asl --help",
    help: help::MAIN,
    options: &["version"],
};
const CHECK: Entry = Entry {
    name: "check",
    usage: "Usage: cargo asl check [OPTIONS] FILE…",
    help_command: "cargo asl check --help",
    help: help::CHECK,
    options: &["format"],
};
const EXPAND: Entry = Entry {
    name: "expand",
    usage: "Usage: cargo asl expand [OPTIONS] FILE…",
    help_command: "cargo asl expand --help",
    help: help::EXPAND,
    options: &["check", "module", "out", "runtime"],
};
const DIAGRAM: Entry = Entry {
    name: "diagram",
    usage: "Usage: cargo asl diagram [OPTIONS] FILE…",
    help_command: "cargo asl diagram --help",
    help: help::DIAGRAM,
    options: &["format"],
};
const COMMANDS: [&Entry; 3] = [&CHECK, &EXPAND, &DIAGRAM];

/// The long options of every command.
const COMMON: &[&str] = &["allow", "color", "deny", "help", "stdin-name", "substitute", "warn"];

impl Entry {
    fn refuse(&self, message: impl Into<String>) -> Usage {
        Usage { message: message.into(), usage: self.usage, help: self.help_command }
    }

    fn unknown(&self, argument: &Arg<'_>) -> Usage {
        match argument {
            Arg::Long(name) => {
                let common: &[&str] = if self.name.is_empty() { &["help"] } else { COMMON };
                let options = common.iter().chain(self.options).copied();
                let meant = nearest(name, options).map(|option| format!("; did you mean `--{option}`?"));
                self.refuse(format!("unknown option `--{name}`{}", meant.unwrap_or_default()))
            }
            Arg::Short(name) => self.refuse(format!("unknown option `-{name}`")),
            Arg::Value(value) => self.refuse(format!("unexpected argument `{}`", value.to_string_lossy())),
        }
    }
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Usage> {
    let mut arguments = arguments.peekable();
    // cargo passes the name of its subcommand on.
    arguments.next_if(|first| first == "asl");
    let mut parser = Parser::from_args(arguments);
    match next(&mut parser, &MAIN)? {
        None => Err(MAIN.refuse("a command is needed")),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Help(MAIN.help)),
        Some(Arg::Long("version") | Arg::Short('V')) => Ok(Command::Version),
        Some(Arg::Value(name)) => command(&name, parser),
        Some(other) => Err(MAIN.unknown(&other)),
    }
}

fn command(name: &OsString, mut parser: Parser) -> Result<Command, Usage> {
    let find = |name: &OsString| COMMANDS.into_iter().find(|entry| *name == entry.name);
    let unknown = |name: &OsString| {
        let name = name.to_string_lossy();
        let meant = nearest(&name, COMMANDS.map(|entry| entry.name)).map(|name| format!("; did you mean `{name}`?"));
        MAIN.refuse(format!("unknown command `{name}`{}", meant.unwrap_or_default()))
    };
    if name == "help" {
        return match next(&mut parser, &MAIN)? {
            None => Ok(Command::Help(MAIN.help)),
            Some(Arg::Value(name)) => Ok(Command::Help(find(&name).ok_or_else(|| unknown(&name))?.help)),
            Some(other) => Err(MAIN.unknown(&other)),
        };
    }
    let entry = find(name).ok_or_else(|| unknown(name))?;
    let mut read = Read::default();
    while let Some(argument) = next(&mut parser, entry)? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help(entry.help)),
            Arg::Value(file) => read.files.push(file.into()),
            Arg::Long(option) if COMMON.contains(&option) || entry.options.contains(&option) => {
                let option = option.to_owned();
                read.option(&option, &mut parser, entry)?;
            }
            Arg::Short('o') if entry.options.contains(&"out") => read.option("out", &mut parser, entry)?,
            other => return Err(entry.unknown(&other)),
        }
    }
    read.command(entry)
}

fn next<'a>(parser: &'a mut Parser, entry: &Entry) -> Result<Option<Arg<'a>>, Usage> {
    parser.next().map_err(|error| entry.refuse(error.to_string()))
}

/// What was read so far, of any command.
struct Read {
    files: Vec<PathBuf>,
    options: Options,
    colour: Colour,
    stdin_name: String,
    format: Option<String>,
    out: Option<PathBuf>,
    check: bool,
}

impl Default for Read {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            options: Options::default(),
            colour: Colour::Auto,
            stdin_name: "stdin".to_owned(),
            format: None,
            out: None,
            check: false,
        }
    }
}

impl Read {
    /// Reads the value of an option that the command has.
    fn option(&mut self, option: &str, parser: &mut Parser, entry: &Entry) -> Result<(), Usage> {
        if option == "check" {
            self.check = true;
            return Ok(());
        }
        let value = parser.value().map_err(|_| entry.refuse(format!("`--{option}` needs a value")))?;
        if option == "out" {
            self.out = Some(value.into());
            return Ok(());
        }
        let text = || format!("the value of `--{option}` is not UTF-8");
        let value = value.string().map_err(|_| entry.refuse(text()))?;
        let set = match option {
            "allow" => self.options.set_level(&value, Level::Allow),
            "warn" => self.options.set_level(&value, Level::Warning),
            "deny" => self.options.set_level(&value, Level::Error),
            "module" => self.options.set_module(&value),
            "runtime" => self.options.set_runtime(&value),
            "substitute" => match value.split_once('=') {
                Some((name, value)) if !name.is_empty() => {
                    self.options.substitutions.push((name.to_owned(), value.to_owned()));
                    Ok(())
                }
                _ => Err(format!("`--substitute` needs NAME=VALUE, not `{value}`")),
            },
            "stdin-name" => {
                self.stdin_name = value;
                Ok(())
            }
            "color" => choose("--color", &value, &COLOURS).map(|colour| self.colour = colour),
            _ => {
                self.format = Some(value);
                Ok(())
            }
        };
        set.map_err(|message| entry.refuse(message))
    }

    fn command(self, entry: &Entry) -> Result<Command, Usage> {
        let Self { files, options, colour, stdin_name, format, out, check } = self;
        if files.is_empty() {
            return Err(entry.refuse("a definition is needed: FILE, or `-` for the standard input"));
        }
        if files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
            return Err(entry.refuse("the standard input can be read once only"));
        }
        if files.len() > 1 && (out.is_some() || options.module.is_some()) {
            return Err(entry.refuse("`--out` and `--module` take one definition"));
        }
        if check && out.is_none() {
            return Err(entry.refuse("`--check` needs `--out FILE`: what to compare with"));
        }
        let common = Common { files, options, colour, stdin_name };
        let format = |default: &str| format.unwrap_or_else(|| default.to_owned());
        let command = match entry.name {
            "check" => choose("--format", &format("text"), &[("text", false), ("json", true)])
                .map(|json| Command::Check(CheckArguments { common, json })),
            "expand" => Ok(Command::Expand(ExpandArguments { common, out, check })),
            _ => choose("--format", &format("mermaid"), &[("mermaid", Notation::Mermaid), ("dot", Notation::Dot)])
                .map(|notation| Command::Diagram(DiagramArguments { common, notation })),
        };
        command.map_err(|message| entry.refuse(message))
    }
}

const COLOURS: [(&str, Colour); 3] = [("auto", Colour::Auto), ("always", Colour::Always), ("never", Colour::Never)];

/// The meaning of `value` among the allowed ones.
fn choose<T: Copy>(option: &str, value: &str, allowed: &[(&str, T)]) -> Result<T, String> {
    match allowed.iter().find(|(name, _)| *name == value) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let mut names = String::new();
            for (index, (name, _)) in allowed.iter().enumerate() {
                let separator = match index {
                    0 => "",
                    last if last + 1 == allowed.len() => " or ",
                    _ => ", ",
                };
                names.push_str(&format!("{separator}`{name}`"));
            }
            Err(format!("`{option}` takes {names}, not `{value}`"))
        }
    }
}
