//! Payload templates.

use super::Lowering;
use super::constant::constant;
use crate::member_order::hash_map_order;
use crate::model::Expr;
use crate::query::template::{Field, FieldValue, Template};

impl Lowering<'_> {
    pub(super) fn template(&mut self, template: &Template) -> Option<Expr> {
        Some(match template {
            Template::Constant(node) => Expr::Constant(constant(node)?),
            Template::Array { items, .. } => {
                Expr::Array(items.iter().map(|item| self.template(item)).collect::<Option<_>>()?)
            }
            Template::Object { fields, .. } => {
                let fields = in_order(fields.iter().collect()).into_iter();
                let members = fields.map(|field| Some((field.output_name().to_owned(), self.field(field)?)));
                Expr::Object(members.collect::<Option<_>>()?)
            }
        })
    }

    /// The value of a template's field.
    pub(super) fn field(&mut self, field: &Field) -> Option<Expr> {
        Some(match &field.value {
            FieldValue::Template(template) => self.template(template)?,
            FieldValue::Path(path) => Expr::Path { field: field.name.text.clone(), path: self.path(path)? },
            FieldValue::Call(call) => self.computed(&field.name.text, call)?,
            FieldValue::Invalid(_) => return None,
        })
    }
}

/// The fields of an object in the order in which AWS evaluates and gives them.
pub(super) fn in_order(fields: Vec<&Field>) -> Vec<&Field> {
    let (computed, mut ordered): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| !matches!(field.value, FieldValue::Template(_)));
    let names: Vec<&str> = computed.iter().map(|field| field.output_name()).collect();
    ordered.extend(hash_map_order(&names).into_iter().map(|index| computed[index]));
    ordered
}
