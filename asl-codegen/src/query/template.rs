//! Payload templates: `Parameters`, `ResultSelector`. Language spec, "Payload Template".

use crate::node::{Node, Text};
use crate::query::path::Path;
use crate::span::Span;

/// A payload template, or a part of one.
#[derive(Clone, Debug)]
pub enum Template {
    /// A constant: a scalar, or an array or object without a `.$` field anywhere in it.
    Constant(Node),
    /// An object with a `.$` field in it, directly or deeper. Fields in the order they were written.
    Object {
        /// The object as written.
        span: Span,
        /// Its fields.
        fields: Vec<Field>,
    },
    /// An array with a `.$` field somewhere in it.
    Array {
        /// The array as written.
        span: Span,
        /// Its elements.
        items: Vec<Template>,
    },
}

/// A field of a template.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name as written, with its `.$` when it has one.
    pub name: Text,
    /// Its value.
    pub value: FieldValue,
}

/// The value of a template's field.
#[derive(Clone, Debug)]
pub enum FieldValue {
    /// A field without `.$`.
    Template(Template),
    /// A `.$` field with a path.
    Path(Path),
    /// A `.$` field that is reported: not understood, or not compiled by this version.
    Invalid(Span),
}

impl Field {
    /// The name of the resulting field: without `.$` where the value is computed.
    pub fn output_name(&self) -> &str {
        match self.value {
            FieldValue::Template(_) => &self.name.text,
            FieldValue::Path(_) | FieldValue::Invalid(_) => {
                self.name.text.strip_suffix(".$").unwrap_or(&self.name.text)
            }
        }
    }
}

impl Template {
    /// Where the template was written.
    pub fn span(&self) -> Span {
        match self {
            Template::Constant(node) => node.span,
            Template::Object { span, .. } | Template::Array { span, .. } => *span,
        }
    }
}
