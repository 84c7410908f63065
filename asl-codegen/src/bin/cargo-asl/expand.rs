//! `cargo asl expand`: the code goes to the standard output or a file, findings to the standard error.

use std::io::{self, Write};
use std::path::Path;

use asl_codegen::build::{holds, write_if_changed};

use crate::arguments::ExpandArguments;
use crate::output::Output;
use crate::{Status, input};

pub(crate) fn run(arguments: &ExpandArguments) -> io::Result<Status> {
    let common = &arguments.common;
    let mut output = Output::new(common.colour);
    for file in &common.files {
        let Some(source) = input::read(file, common, &mut output)? else { continue };
        let compiled = asl_codegen::compile(source, &common.options);
        output.findings(&compiled.source, &compiled.diagnostics, &mut io::stderr().lock())?;
        if compiled.failed() {
            continue;
        }
        let Some(code) = asl_codegen::text(&compiled) else {
            let name = &compiled.source.name;
            output.error(&format!("a defect of this program: it gave neither code nor an error for {name}"))?;
            continue;
        };
        match &arguments.out {
            None => io::stdout().write_all(code.as_bytes())?,
            Some(out) if arguments.check => compare(out, &code, &compiled.source.name, &mut output)?,
            Some(out) => {
                if let Err(error) = write_if_changed(out, &code) {
                    output.error(&format!("cannot write {}: {error}", out.display()))?;
                }
            }
        }
    }
    output.finish()
}

/// Reports a file that does not hold the code.
fn compare(out: &Path, code: &str, name: &str, output: &mut Output) -> io::Result<()> {
    let out_name = out.display();
    match holds(out, code) {
        Ok(true) => Ok(()),
        Ok(false) if !out.exists() => output.differs(&format!("{out_name} does not exist")),
        Ok(false) => {
            let message = format!("{out_name} is not what {name} compiles to; without `--check` it is written anew");
            output.differs(&message)
        }
        Err(error) => output.error(&format!("cannot read {out_name}: {error}")),
    }
}
