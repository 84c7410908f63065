//! What the three doors can ask of the compiler.

use crate::codes::Code;
use crate::diagnostic::Level;

/// Settings of a compilation. All three ways in take the same.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the generated module; by default made of the file's name.
    pub module: Option<String>,
    /// Path to the runtime in the generated code.
    pub runtime: String,
    /// Levels other than the default, the last one for a code wins.
    pub levels: Vec<(Code, Level)>,
    /// Values of `${Name}` placeholders.
    pub substitutions: Vec<(String, String)>,
    /// What `DEFINITION` is read from with `include_str!`, so that cargo sees a change: an absolute path. Without it
    /// the text is copied into the generated code.
    pub include: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            module: None,
            runtime: "::asl_runtime".to_owned(),
            levels: Vec::new(),
            substitutions: Vec::new(),
            include: None,
        }
    }
}
