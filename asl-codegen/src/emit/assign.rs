//! `Assign`: evaluated with the old values of the variables, and assigned when nothing can fail any more. AWS developer
//! guide, "Passing data between states with variables".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{expr, ident};
use crate::model::{Assignment, Expr};

/// An `Assign` whose paths were read. The expressions in it cannot fail.
#[must_use]
pub(super) struct Assigned {
    names: Vec<String>,
    statements: TokenStream,
    has_comment: bool,
}

impl Body {
    /// Reads what an `Assign` reads. `data` is an expression for a reference to what `$` is in it.
    pub(super) fn evaluate(&mut self, assign: &[Assignment], data: &TokenStream) -> Option<Assigned> {
        if assign.is_empty() {
            return None;
        }
        let has_comment = assign.iter().any(|assignment| !matches!(assignment.value, Expr::Constant(_)));
        if has_comment {
            self.comment("Assign");
        }
        let mut names = Vec::new();
        let mut statements = TokenStream::new();
        for Assignment { variable, value } in assign {
            let field = ident(&variable.field);
            let value = expr::template(self, value, data);
            statements.extend(quote!(variables.#field = Some(#value);));
            names.push(variable.name.clone());
        }
        // As AWS lists them.
        names.sort();
        Some(Assigned { names, statements, has_comment })
    }

    /// Assigns what was evaluated: the last statement of a function.
    pub(super) fn assign(&mut self, assigned: Option<Assigned>) {
        let Some(Assigned { names, statements, has_comment }) = assigned else { return };
        if !has_comment {
            self.comment("Assign");
        }
        self.set_assigns();
        self.push(quote! {
            let variables = ::std::sync::Arc::make_mut(&mut self.variables);
            #statements
            self.assigned = &[#(#names),*];
        });
    }
}
