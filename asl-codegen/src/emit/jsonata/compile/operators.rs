//! Operators and conditions.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::Sequence;
use super::{Code, Compiler, Reason, Result};
use crate::emit::ident;
use crate::jsonata::syntax::{Condition, ConditionForm, Kind, Node, Operator};

impl Compiler<'_> {
    pub(super) fn binary(&mut self, operator: Operator, left: &Node, right: &Node) -> Result<Code> {
        match operator {
            Operator::And | Operator::Or => self.logic(operator, left, right),
            Operator::Equal | Operator::NotEqual => self.equality(operator, left, right),
            Operator::Concatenate => self.concatenation(left, right),
            Operator::In => self.inclusion(left, right),
            Operator::Range => {
                let (left, right) = (self.node(left)?.reference(), self.node(right)?.reference());
                let code = Code::value(quote!(__rt::jsonata::operators::range(evaluation, #left, #right))).raising();
                Ok(super::unwrapped(&code.sequence(Sequence::Marked), false))
            }
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                let (left, right) = (self.node(left)?.reference(), self.node(right)?.reference());
                let operator = variant(operator);
                let code = quote!(__rt::jsonata::operators::arithmetic(#operator, #left, #right));
                Ok(Code::value(code).raising().scalar())
            }
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => {
                let (left, right) = (self.node(left)?.reference(), self.node(right)?.reference());
                let operator = variant(operator);
                let code = quote!(__rt::jsonata::operators::compare(#operator, #left, #right));
                let truth = quote!(__rt::jsonata::compiled::holds(#operator, #left, #right));
                Ok(Code::value(code).raising().scalar().with_truth(truth))
            }
        }
    }

    /// `and`, `or`. An error of the right side is told as one of the operator.
    fn logic(&mut self, operator: Operator, left: &Node, right: &Node) -> Result<Code> {
        let left = self.node(left)?.condition();
        let right = self.node(right)?;
        let mut result = right.condition();
        if super::asks(result.clone()) {
            let (symbol, raised) = (operator.symbol(), right.condition_result());
            result = quote!(__rt::jsonata::compiled::side(#symbol, || #raised)?);
        }
        Ok(Code::bool(match operator {
            Operator::And => quote!((#left && #result)),
            _ => quote!((#left || #result)),
        }))
    }

    /// `=`, `!=`. Both are false when a side is nothing.
    fn equality(&mut self, operator: Operator, left: &Node, right: &Node) -> Result<Code> {
        let (left, right) = (self.node(left)?, self.node(right)?);
        if left.is_undefined() || right.is_undefined() {
            return Ok(Code::bool(quote!(false)));
        }
        let text = match (left.as_text(), right.as_text()) {
            (None, Some(text)) => Some((&left, text)),
            (Some(text), None) => Some((&right, text)),
            _ => None,
        };
        Ok(Code::bool(match (operator, text) {
            (Operator::Equal, Some((value, text))) => {
                let value = value.reference();
                quote!(__rt::jsonata::compiled::is_text(#value, #text))
            }
            (Operator::Equal, None) => {
                let (left, right) = (left.reference(), right.reference());
                quote!(__rt::jsonata::operators::equal(#left, #right))
            }
            _ => {
                let (left, right) = (left.reference(), right.reference());
                quote!(__rt::jsonata::operators::not_equal(#left, #right))
            }
        }))
    }

    /// All operands of `a & b & c` in one call.
    fn concatenation(&mut self, left: &Node, right: &Node) -> Result<Code> {
        let mut operands = vec![right];
        let mut node = left;
        while let Kind::Binary(Operator::Concatenate, left, right) = &node.kind
            && node.predicates.is_empty()
            && node.group.is_none()
        {
            operands.push(right);
            node = left;
        }
        operands.push(node);
        let parts = operands.into_iter().rev().map(|operand| Ok(self.node(operand)?.owned()));
        let parts = parts.collect::<Result<Vec<_>>>()?;
        Ok(Code::value(quote!(__rt::jsonata::operators::concatenate(evaluation, &[#(#parts),*]))).raising().scalar())
    }

    /// `in`. An array of literals is not made.
    fn inclusion(&mut self, left: &Node, right: &Node) -> Result<Code> {
        let left = self.node(left)?.reference();
        if let Kind::Array(items) = &right.kind
            && right.predicates.is_empty()
            && right.group.is_none()
            && items.iter().all(is_literal)
        {
            let items = items.iter().map(|item| Ok(self.node(item)?.owned())).collect::<Result<Vec<_>>>()?;
            return Ok(Code::bool(quote!(__rt::jsonata::compiled::is_one_of(#left, &[#(#items),*]))));
        }
        let right = self.node(right)?.reference();
        Ok(Code::bool(quote!(__rt::jsonata::operators::contains(#left, #right))))
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Result<Code> {
        let test = self.node(&condition.test)?;
        let otherwise = match &condition.otherwise {
            Some(otherwise) => self.node(otherwise)?,
            None => Code::undefined(),
        };
        let short = |test: &Code, name: &proc_macro2::Ident, holds: TokenStream| {
            let (test, otherwise) = (test.owned(), otherwise.owned());
            Code::value(quote!({ let #name = #test; if #holds { #name } else { #otherwise } }))
        };
        match (condition.form, &condition.then) {
            (ConditionForm::Full, Some(then)) => {
                let then = self.node(then)?;
                let single = then.single && otherwise.single;
                let test = test.condition();
                let code = if then.is_bool() && otherwise.is_bool() {
                    let (then, otherwise) = (then.condition(), otherwise.condition());
                    Code::bool(quote!(if #test { #then } else { #otherwise }))
                } else {
                    let (then, otherwise) = (then.owned(), otherwise.owned());
                    Code::value(quote!(if #test { #then } else { #otherwise }))
                };
                Ok(if single { code.single() } else { code })
            }
            (ConditionForm::Full, None) => Err(Reason::Size),
            (ConditionForm::Elvis, _) => {
                let name = self.scope.fresh("test");
                Ok(short(&test, &name, quote!(__rt::jsonata::operators::is_true(&#name))))
            }
            (ConditionForm::Coalesce, _) => {
                let name = self.scope.fresh("test");
                Ok(short(&test, &name, quote!(!#name.is_undefined())))
            }
        }
    }
}

/// Whether it is a literal that is no array and no object.
fn is_literal(node: &Node) -> bool {
    matches!(node.kind, Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_))
        && node.predicates.is_empty()
        && node.group.is_none()
}

fn variant(operator: Operator) -> TokenStream {
    let name = ident(&format!("{operator:?}"));
    quote!(__rt::jsonata::Operator::#name)
}
