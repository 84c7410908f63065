//! The options of a command.

use std::ffi::OsString;
use std::path::PathBuf;

/// What a command takes: the names of its options.
pub(crate) struct Known {
    /// Name of the command, for messages.
    pub(crate) command: &'static str,
    /// Options with a value.
    pub(crate) valued: &'static [&'static str],
    /// Options without.
    pub(crate) flags: &'static [&'static str],
}

/// The options that were given.
#[derive(Debug, Default)]
pub(crate) struct Options {
    given: Vec<(String, OsString)>,
}

impl Options {
    /// Reads them; none when `--help` was asked for.
    pub(crate) fn read(mut parser: lexopt::Parser, known: &Known) -> Result<Option<Self>, String> {
        let mut options = Self::default();
        while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
            let name = match argument {
                lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(None),
                lexopt::Arg::Long(name) => name.to_owned(),
                other => return Err(other.unexpected().to_string()),
            };
            let value = if known.valued.contains(&&*name) {
                parser.value().map_err(|error| error.to_string())?
            } else if known.flags.contains(&&*name) {
                OsString::new()
            } else {
                let command = known.command;
                return Err(format!("there is no option `--{name}`; see `cargo xtask {command} --help`"));
            };
            options.given.push((name, value));
        }
        Ok(Some(options))
    }

    fn value(&self, name: &str) -> Option<&OsString> {
        self.given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// Whether the option was given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The option's value as a path.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        self.value(name).map(PathBuf::from)
    }

    /// The option's value as text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, String> {
        let Some(value) = self.value(name) else { return Ok(None) };
        value.to_str().map(Some).ok_or_else(|| format!("the value of --{name} is not Unicode"))
    }
}
