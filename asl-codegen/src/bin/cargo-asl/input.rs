//! Definitions from files and the standard input.

use std::io::{self, Read};
use std::path::Path;

use asl_codegen::source::Source;

use crate::arguments::Common;
use crate::output::Output;

/// Reads one of the files. `None` when it cannot be read, which is reported then.
///
/// # Errors
///
/// When the report cannot be written.
pub(crate) fn read(file: &Path, common: &Common, output: &mut Output) -> io::Result<Option<Source>> {
    let (name, text) = if file.as_os_str() == "-" {
        let mut text = String::new();
        (common.stdin_name.clone(), io::stdin().read_to_string(&mut text).map(|_| text))
    } else {
        (file.display().to_string(), std::fs::read_to_string(file))
    };
    match text {
        Ok(text) => Ok(Some(Source::new(name, text))),
        Err(error) => {
            output.error(&format!("cannot read {name}: {error}"))?;
            Ok(None)
        }
    }
}
