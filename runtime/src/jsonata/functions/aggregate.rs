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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn numbers_are_put_together() {
        for (name, of_three, of_none) in [
            ("sum", "6.5", "0"),
            ("max", "4", "nothing"),
            ("min", "0.5", "nothing"),
            ("average", "2.1666666666666665", "nothing"),
        ] {
            check(name, &json!([[2, 4, 0.5]]), of_three);
            check(name, &json!([5]), "5");
            check(name, &json!([[]]), of_none);
            check(name, &json!([{"$": ""}]), "nothing");
            let wrong = format!("T0412: Argument 1 of function \"{name}\" must be an array of \"numbers\"");
            check(name, &json!([[1, "a"]]), &wrong);
            check(name, &json!([null]), &wrong);
        }
        check("sum", &json!([1, 2]), r#"T0410: Argument 2 of function "sum" does not match function signature"#);
    }

    #[test]
    fn values_are_counted() {
        check("count", &json!([[1, null]]), "2");
        check("count", &json!([null]), "1");
        check("count", &json!([{"$": ""}]), "0");
    }
}
