//! Calls of intrinsic functions. What is the same in every execution is evaluated here.

use serde_json::Value;

use super::Lowering;
use super::constant::of_value;
use crate::intrinsic::format;
use crate::model::{Argument, Call, Callee, Constant, Expr, Expression, FailText};
use crate::query::intrinsic::{self, ArgumentValue, Size};

/// The most that a call becomes in generated code: more is made at run time, from the shorter call. Every value costs about
/// a fifth of a millisecond of a debug build, text next to nothing.
const LIMIT: Size = Size { values: 32, text: 16 * 1024 };

impl Lowering<'_> {
    /// The value of a field that a call gives.
    pub(super) fn computed(&mut self, field: &str, call: &intrinsic::Call) -> Option<Expr> {
        Some(match folded(call) {
            Some(constant) => Expr::Constant(constant),
            None => Expr::Call(self.expression(field, call)?),
        })
    }

    /// The text that a call gives for `ErrorPath` or `CausePath`.
    pub(super) fn computed_text(&mut self, field: &str, call: &intrinsic::Call) -> Option<FailText> {
        Some(match folded(call) {
            Some(Constant::String(text)) => FailText::Constant(text),
            _ => FailText::Call(self.expression(field, call)?),
        })
    }

    /// A call that stands in the field `field`.
    fn expression(&mut self, field: &str, call: &intrinsic::Call) -> Option<Expression> {
        Some(Expression { field: field.to_owned(), text: call.text.text.clone(), call: self.call(call)? })
    }

    fn call(&mut self, call: &intrinsic::Call) -> Option<Call> {
        // The text of a Format is cut into its pieces here, unless it is known at run time only.
        if let Some(Ok(pieces)) = call.pieces() {
            return self.format(pieces, call.arguments.get(1..).unwrap_or_default());
        }
        let arguments = call.arguments.iter().map(|argument| self.argument(&argument.value));
        Some(Call { callee: Callee::Function(call.function), arguments: arguments.collect::<Option<_>>()? })
    }

    /// A `States.Format`: values that are the same in every execution become part of the text around them.
    fn format(&mut self, pieces: Vec<String>, values: &[intrinsic::Argument]) -> Option<Call> {
        let mut pieces = pieces.into_iter();
        let mut merged = vec![pieces.next().unwrap_or_default()];
        let mut arguments = Vec::new();
        for (value, piece) in values.iter().zip(pieces) {
            let fixed = value.value.constant().map(|value| format(&["", ""], &[&value]));
            match (fixed, merged.last_mut()) {
                (Some(Value::String(fixed)), Some(last)) if fixed.len() <= LIMIT.text => {
                    last.push_str(&fixed);
                    last.push_str(&piece);
                }
                _ => {
                    arguments.push(self.argument(&value.value)?);
                    merged.push(piece);
                }
            }
        }
        Some(Call { callee: Callee::Format(merged), arguments })
    }

    fn argument(&mut self, value: &ArgumentValue) -> Option<Argument> {
        Some(match value {
            ArgumentValue::Path(path) => Argument::Path(self.path(path)?),
            ArgumentValue::Call(call) => match folded(call) {
                Some(constant) => Argument::Constant(constant),
                None => Argument::Call(self.call(call)?),
            },
            constant => Argument::Constant(of_value(&constant.constant()?)),
        })
    }
}

/// What a call gives in every execution, when that is not too much to be written into code.
fn folded(call: &intrinsic::Call) -> Option<Constant> {
    let value = call.constant()?.ok()?;
    Size::of(&value).within(LIMIT).then(|| of_value(&value))
}
