//! The interpreter: evaluates a syntax tree.

use asl_codegen::jsonata::syntax::Node;

use super::{Error, Evaluation, Result, Value, Variables};

/// Evaluates the expression of a state's field: `$states` and the machine's variables are there, and there is no input
/// document.
///
/// # Errors
/// What the expression raises.
pub fn evaluate<'a>(evaluation: &Evaluation<'a>, node: &'a Node, variables: &'a dyn Variables) -> Result<Value<'a>> {
    let _ = (evaluation, node, variables);
    Err(Error::new("D1001"))
}

/// Evaluates an expression with `input` as `$` and `$$`, and with these bindings.
///
/// # Errors
/// What the expression raises.
pub fn evaluate_with<'a>(
    evaluation: &Evaluation<'a>,
    node: &'a Node,
    input: Value<'a>,
    bindings: &[(&'a str, Value<'a>)],
) -> Result<Value<'a>> {
    let _ = (evaluation, node, input, bindings);
    Err(Error::new("D1001"))
}
