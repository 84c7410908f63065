//! The functions that AWS adds. AWS developer guide, "Transforming data with JSONata in Step Functions". They stand for
//! the intrinsic functions of JSONPath states, and give what these give.

use asl_codegen::intrinsic::{digest, string_to_json};
use serde_json::Value as Json;

use super::super::signature::mismatch;
use super::argument::{items, number, refuse, string as text_of};
use super::{Array, BuiltIn, Error, Evaluation, Result, Value, count_bytes, count_items, text};
use crate::value::intrinsic::JavaRandom;

/// `$partition(array, size)`: the array in pieces, the last of which can be shorter.
///
/// # Errors
/// `T0410`: also for a size below 1.
pub fn partition<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, size: &Value<'a>) -> Result<Value<'a>> {
    let Ok(length) = number(size) else {
        return refuse(evaluation, BuiltIn::Partition, &Value::Undefined, &[values, size]);
    };
    let Some(list) = items(values) else { return Ok(Value::Undefined) };
    let Some(length) = length.map(f64::floor).filter(|length| *length >= 1.0) else {
        return Err(mismatch("partition", 2));
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is positive, and saturates")]
    let length = length as usize;
    count_items(evaluation, list.len() * 2)?;
    let all: Vec<Value<'a>> = list.iter().collect();
    let pieces = all.chunks(length).map(|piece| Value::from(Array::new(piece.to_vec())));
    Ok(Value::from(Array::new(pieces.collect())))
}

/// `$range(first, last, step)`: the numbers from the first up, or down, to the last. One of one number is that number, as
/// recorded.
///
/// # Errors
/// `T0410`: also for a step of 0. A limit.
pub fn range<'a>(
    evaluation: &Evaluation<'a>,
    first: &Value<'a>,
    last: &Value<'a>,
    step: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(from), Ok(to), Ok(by)) = (number(first), number(last), number(step)) else {
        return refuse(evaluation, BuiltIn::Range, &Value::Undefined, &[first, last, step]);
    };
    let (Some(from), Some(to), Some(by)) = (from, to, by) else { return Ok(Value::Undefined) };
    let (from, to, by) = (from.floor(), to.floor(), by.floor());
    if by == 0.0 {
        return Err(mismatch("range", 3));
    }
    let count = ((to - from) / by).floor() + 1.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 0 and beyond it saturates")]
    let count = count as usize;
    count_items(evaluation, count.min(u32::MAX as usize))?;
    let numbers = (0..count).map(|index| Value::from(from + by * super::super::regex::as_number(index)));
    Ok(Value::from(Array::sequence(numbers.collect())))
}

/// `$hash(data, algorithm)`: in hexadecimal digits, by `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`.
///
/// # Errors
/// `T0410`: also for another algorithm.
pub fn hash<'a>(evaluation: &Evaluation<'a>, data: &Value<'a>, algorithm: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(old), Ok(name)) = (text_of(data), text_of(algorithm)) else {
        return refuse(evaluation, BuiltIn::Hash, &Value::Undefined, &[data, algorithm]);
    };
    let Some(old) = old else { return Ok(Value::Undefined) };
    // A hash takes about as long for a byte as a step does for a node's tenth.
    evaluation.step(old.len() as u64 / 16)?;
    match name.and_then(|name| digest(name, old.as_bytes())) {
        Some(digest) => text(evaluation, digest),
        None => Err(mismatch("hash", 2)),
    }
}

/// `$uuid()`: one of version 4, which in a replay is the same again.
///
/// # Errors
/// A limit.
pub fn uuid<'a>(evaluation: &Evaluation<'a>) -> Result<Value<'a>> {
    let random = u128::from(evaluation.random()) << 64 | u128::from(evaluation.random());
    text(evaluation, crate::uuid::version_4(random))
}

/// `$random(seed)`: a number from 0 up to, not including, 1. The same seed gives the same number; without one, a replay
/// gives it.
///
/// # Errors
/// `T0410`
pub fn random<'a>(evaluation: &Evaluation<'a>, seed: &Value<'a>) -> Result<Value<'a>> {
    match number(seed) {
        #[allow(clippy::cast_possible_truncation, reason = "a large one saturates")]
        Ok(Some(seed)) => Ok(Value::Number(JavaRandom::new(seed.floor() as i64).double())),
        // The numbers between 0 and 1 that have 53 bits.
        #[allow(clippy::cast_precision_loss, reason = "it has 53 bits")]
        Ok(None) => Ok(Value::Number((evaluation.random() >> 11) as f64 / (1_u64 << 53) as f64)),
        Err(_) => refuse(evaluation, BuiltIn::Random, &Value::Undefined, &[seed]),
    }
}

/// `$parse(string)`: the value of a JSON text.
///
/// # Errors
/// `D3137`: the text is not JSON. `T0410`.
pub fn parse<'a>(evaluation: &Evaluation<'a>, json: &Value<'a>) -> Result<Value<'a>> {
    let old = match text_of(json) {
        Ok(Some(old)) => old,
        Ok(None) => return Ok(Value::Undefined),
        Err(_) => return refuse(evaluation, BuiltIn::Parse, &Value::Undefined, &[json]),
    };
    // The most that a text becomes is a list of digits: a value of many bytes for each two characters.
    count_bytes(evaluation, old.len().saturating_mul(16))?;
    match string_to_json(&Json::String(old.as_ref().to_owned())) {
        Ok(parsed) => Ok(Value::from(parsed)),
        Err(_) => {
            let message = "The argument of function \"parse\" is not valid JSON";
            Err(Error::with_message("D3137", message).token(BuiltIn::Parse.name()))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{check, shown};

    fn mismatch(name: &str, index: usize) -> String {
        format!("T0410: Argument {index} of function \"{name}\" does not match function signature")
    }

    #[test]
    fn arrays_are_cut_and_counted() {
        check("partition", &json!([[1, 2, 3], 2]), "[[1,2],[3]]");
        check("partition", &json!([[1, 2, 3], 1.9]), "[[1],[2],[3]]");
        check("partition", &json!([[0], 1]), "[[0]]");
        check("partition", &json!([[], 1]), "[]");
        check("partition", &json!([[1], 0]), &mismatch("partition", 2));
        check("range", &json!([0, 9, 3]), "[0,3,6,9]");
        check("range", &json!([3, 0, -2]), "[3,1]");
        check("range", &json!([1, 9, 9]), "1");
        check("range", &json!([1, 0, 1]), "nothing");
        check("range", &json!([0, 3, 1.5]), "[0,1,2,3]");
        check("range", &json!([0, 3, 0.5]), &mismatch("range", 3));
        check("range", &json!([0, "3", 1]), &mismatch("range", 2));
        check("range", &json!([0, 3]), &mismatch("range", 3));
    }

    #[test]
    fn texts_are_hashed_and_parsed() {
        check("hash", &json!(["input data", "SHA-1"]), r#""aaff4a450a104cd177d28d18d74485e8cae074b7""#);
        check("hash", &json!(["input data", "sha1"]), &mismatch("hash", 2));
        check("hash", &json!(["input data"]), &mismatch("hash", 2));
        check("parse", &json!([r#"[1, 2, "a"]"#]), r#"[1,2,"a"]"#);
        check("parse", &json!(["-0"]), "0");
        check("parse", &json!(["{"]), r#"D3137: The argument of function "parse" is not valid JSON"#);
    }

    #[test]
    fn random_values_follow_from_the_execution() {
        assert_eq!(shown("random", &json!([])), shown("random", &json!([])));
        assert_eq!(shown("random", &json!([5])), shown("random", &json!([5.5])));
        assert_ne!(shown("random", &json!([5])), shown("random", &json!([6])));
        check("random", &json!(["a"]), &mismatch("random", 1));
        let uuid = shown("uuid", &json!([]));
        assert_eq!(uuid.len(), 38);
        assert_eq!(uuid.as_bytes().get(15), Some(&b'4'));
    }
}
