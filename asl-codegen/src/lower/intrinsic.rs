//! Calls of intrinsic functions.

use super::Lowering;
use super::constant::spelled;
use crate::model::{Argument, Call, Callee, Constant, Expression};
use crate::query::intrinsic::{self, ArgumentValue, Function};

impl Lowering<'_> {
    /// A call that stands in the field `field`.
    pub(super) fn expression(&mut self, field: &str, call: &intrinsic::Call) -> Option<Expression> {
        Some(Expression { field: field.to_owned(), text: call.text.text.clone(), call: self.call(call)? })
    }

    fn call(&mut self, call: &intrinsic::Call) -> Option<Call> {
        // The text of a Format is cut into its pieces here, unless it is known at run time only.
        let (callee, arguments) = match (call.function, call.arguments.split_first()) {
            (Function::Format, Some((template, values))) => match &template.value {
                ArgumentValue::String(literal) => (Callee::Format(literal.pieces()), values),
                _ => (Callee::Function(Function::Format), call.arguments.as_slice()),
            },
            (function, _) => (Callee::Function(function), call.arguments.as_slice()),
        };
        let arguments = arguments.iter().map(|argument| self.argument(&argument.value)).collect::<Option<_>>()?;
        Some(Call { callee, arguments })
    }

    fn argument(&mut self, value: &ArgumentValue) -> Option<Argument> {
        Some(match value {
            ArgumentValue::Null => Argument::Constant(Constant::Null),
            ArgumentValue::Boolean(boolean) => Argument::Constant(Constant::Bool(*boolean)),
            ArgumentValue::Number(spelling) => Argument::Constant(spelled(spelling)?),
            ArgumentValue::String(literal) => Argument::Constant(Constant::String(literal.text.clone())),
            ArgumentValue::Path(path) => Argument::Path(self.path(path)?),
            ArgumentValue::Call(call) => Argument::Call(self.call(call)?),
            ArgumentValue::Unread => return None,
        })
    }
}
