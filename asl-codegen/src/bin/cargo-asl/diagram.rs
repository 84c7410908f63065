//! `cargo asl diagram`: the drawing goes to the standard output, findings to the standard error.

use std::io::{self, Write};

use asl_codegen::diagram::{dot, mermaid};

use crate::arguments::{DiagramArguments, Notation};
use crate::output::Output;
use crate::{Status, input};

pub(crate) fn run(arguments: &DiagramArguments) -> io::Result<Status> {
    let common = &arguments.common;
    let mut output = Output::new(common.colour);
    for file in &common.files {
        let Some(source) = input::read(file, common, &mut output)? else { continue };
        let checked = asl_codegen::check(source, &common.options);
        output.findings(&checked.source, &checked.diagnostics, &mut io::stderr().lock())?;
        if let Some(machine) = &checked.definition {
            let drawing = match arguments.notation {
                Notation::Mermaid => mermaid(machine),
                Notation::Dot => dot(machine),
            };
            io::stdout().write_all(drawing.as_bytes())?;
        }
    }
    output.finish()
}
