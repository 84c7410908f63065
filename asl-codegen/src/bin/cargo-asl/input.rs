//! Definitions from files and the standard input.

use std::io::{self, Read};
use std::path::Path;

use asl_codegen::source::Source;

use crate::arguments::Common;

/// Reads one of the files.
///
/// # Errors
///
/// A sentence that names the file.
pub(crate) fn read(file: &Path, common: &Common) -> Result<Source, String> {
    let (name, text) = if file.as_os_str() == "-" {
        let mut text = String::new();
        (common.stdin_name.clone(), io::stdin().read_to_string(&mut text).map(|_| text))
    } else {
        (file.display().to_string(), std::fs::read_to_string(file))
    };
    match text {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => Err(format!("cannot read {name}: {error}")),
    }
}
