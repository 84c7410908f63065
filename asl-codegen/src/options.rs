//! What the three doors can ask of the compiler.

use proc_macro2::{TokenStream, TokenTree};

use crate::codes::Code;
use crate::diagnostic::Level;

/// Settings of a compilation. All three ways in take the same.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the generated module; by default made of the file's name.
    pub module: Option<String>,
    /// Path to the runtime. The generated module names it in exactly one item, `use <runtime>::__private as __rt;`:
    /// the macro puts the tokens of its caller's `$crate` there.
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

impl Options {
    /// Names the generated module.
    ///
    /// # Errors
    ///
    /// A sentence, when `name` cannot name a Rust module.
    pub fn set_module(&mut self, name: &str) -> Result<(), String> {
        if !is_identifier(name) {
            return Err(format!("`{name}` cannot name a module: a Rust identifier that is not a keyword is needed"));
        }
        self.module = Some(name.to_owned());
        Ok(())
    }

    /// Sets the path to the runtime, for a dependency with another name or a re-export: `::my_runtime`.
    ///
    /// # Errors
    ///
    /// A sentence, when `path` is not a path of Rust.
    pub fn set_runtime(&mut self, path: &str) -> Result<(), String> {
        let segments = path.strip_prefix("::").unwrap_or(path).split("::");
        let mut segments =
            segments.map(|segment| is_identifier(segment) || matches!(segment, "crate" | "self" | "super"));
        if !segments.all(|valid| valid) {
            return Err(format!("`{path}` is not a path to a module, as `::asl_runtime` is"));
        }
        self.runtime = path.to_owned();
        Ok(())
    }

    /// The level of findings of `code`.
    pub fn level(&self, code: Code) -> Level {
        self.asked(code).unwrap_or(code.level())
    }

    /// The level that was asked for, of a code that can have another one.
    pub(crate) fn asked(&self, code: Code) -> Option<Level> {
        let asked = self.levels.iter().rev().find(|(known, _)| *known == code);
        asked.filter(|_| code.is_lint()).map(|(_, level)| *level)
    }

    /// Sets the level of the code named `code`, as `ASL0305`.
    ///
    /// # Errors
    ///
    /// A sentence that lists the codes that can be set, when there is no such code or its level is fixed.
    pub fn set_level(&mut self, code: &str, level: Level) -> Result<(), String> {
        let problem = match Code::from_name(code) {
            Some(code) if code.is_lint() => {
                self.levels.push((code, level));
                return Ok(());
            }
            Some(code) => format!("`{code}` is always an error: {}", code.summary()),
            None => format!("unknown code `{code}`"),
        };
        let lints: Vec<_> = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name()).collect();
        Err(format!("{problem}; codes with a level to set are: {}", lints.join(", ")))
    }
}

/// Whether `text` can name an item of Rust.
fn is_identifier(text: &str) -> bool {
    let Ok(tokens) = text.parse::<TokenStream>() else { return false };
    let mut tokens = tokens.into_iter();
    match (tokens.next(), tokens.next()) {
        // A raw identifier and surrounding blanks are refused: the text must be the name.
        (Some(TokenTree::Ident(ident)), None) => {
            ident == text && !text.starts_with("r#") && !text.contains(char::is_whitespace) && !KEYWORDS.contains(&text)
        }
        _ => false,
    }
}

/// The Rust Reference, "Keywords": strict and reserved ones of edition 2024, and `_`.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Options;
    use crate::codes::Code;
    use crate::diagnostic::Level;

    #[test]
    fn a_module_is_named_by_an_identifier() {
        let mut options = Options::default();
        for name in ["order", "注文", "_x", "order2"] {
            options.set_module(name).unwrap();
            assert_eq!(options.module.as_deref(), Some(name));
        }
        for name in ["", "2nd", "type", "gen", "_", "r#type", "a b", " a", "a::b", "a-b", "\"a\"", "/* */a", "("] {
            assert!(options.set_module(name).is_err(), "{name}");
        }
        assert_eq!(options.module.as_deref(), Some("order2"));
    }

    #[test]
    fn the_runtime_is_a_path() {
        let mut options = Options::default();
        for path in ["::asl", "asl", "crate::asl", "super::super::rt"] {
            options.set_runtime(path).unwrap();
            assert_eq!(options.runtime, path);
        }
        for path in ["", "::", "::a::", "a:b", "a::<b>", "::type"] {
            assert!(options.set_runtime(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_level_is_set_for_lints_only() {
        let mut options = Options::default();
        options.set_level("ASL0305", Level::Allow).unwrap();
        assert_eq!(options.levels, [(Code::ASL0305, Level::Allow)]);
        let fixed = options.set_level("ASL0202", Level::Allow).unwrap_err();
        assert!(fixed.starts_with("`ASL0202` is always an error: "), "{fixed}");
        let unknown = options.set_level("asl0305", Level::Allow).unwrap_err();
        assert!(unknown.starts_with("unknown code `asl0305`; codes with a level to set are: ASL0007, "), "{unknown}");
        assert!(!unknown.contains("ASL0202"), "{unknown}");
    }
}
