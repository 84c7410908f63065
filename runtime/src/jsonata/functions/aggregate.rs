//! Functions of many numbers.

use super::super::regex::as_number;
use super::argument::{items, numbers};
use super::{BuiltIn, Evaluation, Result, Value};

/// `$sum(array)`
///
/// # Errors
/// `T0412`
pub fn sum<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let mut sum = 0.0;
    let count = numbers(BuiltIn::Sum, values, |number| sum += number)?;
    given(evaluation, count, |_| Some(sum))
}

/// `$count(array)`
///
/// # Errors
/// None.
pub fn count<'a>(_: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    Ok(Value::from(as_number(items(values).map_or(0, |items| items.len()))))
}

/// `$max(array)`
///
/// # Errors
/// `T0412`
pub fn max<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let mut max = f64::NEG_INFINITY;
    let count = numbers(BuiltIn::Max, values, |number| max = max.max(number))?;
    given(evaluation, count, |count| (count > 0).then_some(max))
}

/// `$min(array)`
///
/// # Errors
/// `T0412`
pub fn min<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let mut min = f64::INFINITY;
    let count = numbers(BuiltIn::Min, values, |number| min = min.min(number))?;
    given(evaluation, count, |count| (count > 0).then_some(min))
}

/// `$average(array)`
///
/// # Errors
/// `T0412`
pub fn average<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let mut sum = 0.0;
    let count = numbers(BuiltIn::Average, values, |number| sum += number)?;
    given(evaluation, count, |count| (count > 0).then(|| sum / as_number(count)))
}

/// What is made of the numbers, when there is an array.
fn given<'a>(
    evaluation: &Evaluation<'a>,
    count: Option<usize>,
    result: impl FnOnce(usize) -> Option<f64>,
) -> Result<Value<'a>> {
    evaluation.step(count.unwrap_or_default() as u64)?;
    Ok(count.and_then(result).map_or(Value::Undefined, Value::from))
}
