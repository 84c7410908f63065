use asl_runtime::Value;
use asl_runtime::jsonata::{Evaluation, Result, Variables};

/// What an expression reads.
pub type Given<'e, 'a> = (&'e Evaluation<'a>, &'a dyn Variables);

type Compiled = for<'a> fn(&Evaluation<'a>, &'a dyn Variables) -> Result<Option<Value>>;

/// What the function of an expression gives.
pub fn value((evaluation, variables): Given<'_, '_>, function: Compiled) -> Option<Value> {
    evaluation.begin();
    function(evaluation, variables).ok()?
}
