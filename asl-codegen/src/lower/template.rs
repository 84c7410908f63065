//! Payload templates.

use super::Lowering;
use super::constant::constant;
use crate::member_order::hash_map_order;
use crate::model::Expr;
use crate::query::template::{FieldValue, Template};

impl Lowering<'_> {
    pub(super) fn template(&mut self, template: &Template) -> Option<Expr> {
        Some(match template {
            Template::Constant(node) => Expr::Constant(constant(node)?),
            Template::Array { items, .. } => {
                Expr::Array(items.iter().map(|item| self.template(item)).collect::<Option<_>>()?)
            }
            Template::Object { fields, .. } => {
                let (computed, fixed): (Vec<_>, Vec<_>) =
                    fields.iter().partition(|field| !matches!(field.value, FieldValue::Template(_)));
                let names: Vec<&str> = computed.iter().map(|field| field.output_name()).collect();
                let in_order = hash_map_order(&names).into_iter().map(|index| computed[index]);
                let members = fixed.into_iter().chain(in_order).map(|field| {
                    let value = match &field.value {
                        FieldValue::Template(template) => self.template(template)?,
                        FieldValue::Path(path) => Expr::Path { field: field.name.text.clone(), path: self.path(path)? },
                        FieldValue::Call(call) => self.computed(&field.name.text, call)?,
                        FieldValue::Invalid(_) => return None,
                    };
                    Some((field.output_name().to_owned(), value))
                });
                Expr::Object(members.collect::<Option<_>>()?)
            }
        })
    }
}
