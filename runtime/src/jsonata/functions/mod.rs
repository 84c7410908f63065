//! The built-in functions.

use super::{BuiltIn, Error, Evaluation, Result, Value};

/// Calls a built-in function. `context` is what `$` is: a function whose signature says so takes it for a missing
/// argument.
///
/// # Errors
/// `T0410`, `T0411`, `T0412`: an argument that the signature does not allow. What the function itself raises.
pub fn call<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    let _ = (evaluation, function, context, arguments);
    Err(Error::new("D1001"))
}
