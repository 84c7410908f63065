//! Messages: findings, errors of the work itself, and the last line.

use std::io::{self, IsTerminal, Write};

use asl_codegen::diagnostic::{Diagnostic, Level};
use asl_codegen::render;
use asl_codegen::source::Source;

use crate::Status;
use crate::arguments::Colour;

/// Writes messages and counts them.
pub(crate) struct Output {
    colour: Colour,
    errors: usize,
    warnings: usize,
    /// Definitions with errors.
    failed: Vec<String>,
    checked: usize,
    status: Status,
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Self {
        Self { colour, errors: 0, warnings: 0, failed: Vec::new(), checked: 0, status: Status::Clean }
    }

    /// Writes the findings of a definition to `stream` as text.
    pub(crate) fn findings(
        &mut self,
        source: &Source,
        diagnostics: &[Diagnostic],
        stream: &mut (impl Write + IsTerminal),
    ) -> io::Result<()> {
        let colour = self.coloured(stream);
        self.each(source, diagnostics, |diagnostic| {
            writeln!(stream, "{}\n", render::text(source, diagnostic, colour).trim_end())
        })
    }

    /// Writes the findings of a definition to `stream` as lines of JSON.
    pub(crate) fn json(
        &mut self,
        source: &Source,
        diagnostics: &[Diagnostic],
        stream: &mut impl Write,
    ) -> io::Result<()> {
        self.each(source, diagnostics, |diagnostic| writeln!(stream, "{}", render::json(source, diagnostic)))
    }

    fn each(
        &mut self,
        source: &Source,
        diagnostics: &[Diagnostic],
        mut write: impl FnMut(&Diagnostic) -> io::Result<()>,
    ) -> io::Result<()> {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
        self.checked += 1;
        self.errors += errors;
        self.warnings += diagnostics.len() - errors;
        if errors > 0 {
            self.failed.push(source.name.clone());
            self.status = self.status.max(Status::Errors);
        }
        diagnostics.iter().try_for_each(&mut write)
    }

    /// Says that something about the work itself went wrong.
    pub(crate) fn error(&mut self, message: &str) -> io::Result<()> {
        self.status = self.status.max(Status::Failed);
        self.line(Level::Error, message)
    }

    /// Says that what was to be compared differs.
    pub(crate) fn differs(&mut self, message: &str) -> io::Result<()> {
        self.status = self.status.max(Status::Errors);
        self.line(Level::Error, message)
    }

    /// Writes the last line, when there was something to report.
    pub(crate) fn finish(mut self) -> io::Result<Status> {
        let warnings = match self.warnings {
            0 => String::new(),
            count => format!("{} emitted", counted(count, "warning")),
        };
        match (self.errors, self.failed.as_slice()) {
            (0, _) if warnings.is_empty() => {}
            (0, _) => self.line(Level::Warning, &warnings)?,
            (errors, failed) => {
                let subject = match failed {
                    [one] => format!("`{one}`"),
                    more => format!("{} of {} definitions", more.len(), self.checked),
                };
                let errors = counted(errors, "previous error");
                let separator = if warnings.is_empty() { "" } else { "; " };
                self.line(Level::Error, &format!("could not compile {subject} due to {errors}{separator}{warnings}"))?;
            }
        }
        Ok(self.status)
    }

    fn line(&mut self, level: Level, message: &str) -> io::Result<()> {
        let mut stream = io::stderr().lock();
        let (word, colour) = if level == Level::Error { ("error", "1;91") } else { ("warning", "1;33") };
        if self.coloured(&stream) {
            writeln!(stream, "\x1b[{colour}m{word}\x1b[0m: {message}")
        } else {
            writeln!(stream, "{word}: {message}")
        }
    }

    /// Whether `stream` gets colour. `NO_COLOR` is honoured as no-color.org has it.
    fn coloured(&self, stream: &impl IsTerminal) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                stream.is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// `1 error`, `2 errors`
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
