//! `cargo asl check`: the findings are what is asked for, so they go to the standard output.

use std::io;

use crate::arguments::CheckArguments;
use crate::output::Output;
use crate::{Status, input};

pub(crate) fn run(arguments: &CheckArguments) -> io::Result<Status> {
    let common = &arguments.common;
    let mut output = Output::new(common.colour);
    let mut stdout = io::stdout().lock();
    for file in &common.files {
        let Some(source) = input::read(file, common, &mut output)? else { continue };
        // All of the compilation: a part of the language that is not compiled is a finding too.
        let compiled = asl_codegen::compile(source, &common.options);
        if arguments.json {
            output.json(&compiled.source, &compiled.diagnostics, &mut stdout)?;
        } else {
            output.findings(&compiled.source, &compiled.diagnostics, &mut stdout)?;
        }
    }
    output.finish()
}
