//! Functions of times. The time does not go on while an expression is evaluated.

use std::sync::OnceLock;

use super::argument::{error, number as number_of, quoted, refuse, string as text_of};
use super::{BuiltIn, Error, Evaluation, Result, Value, text};
use asl_codegen::jsonata::picture::date::{Offset, Picture, iso, iso_at, parse_iso};

/// A picture of generated code: it is parsed once.
#[derive(Debug)]
pub struct Literal {
    text: &'static str,
    picture: OnceLock<Result<Picture>>,
}

impl Literal {
    /// The picture of this text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, picture: OnceLock::new() }
    }

    fn get(&self, function: BuiltIn) -> Result<&Picture> {
        let picture = self.picture.get_or_init(|| Picture::parse(self.text));
        picture.as_ref().map_err(|error| named(error.clone(), function))
    }
}

/// Now, in milliseconds since 1970.
fn now_millis(evaluation: &Evaluation<'_>) -> i64 {
    let time = evaluation.time();
    time.seconds.saturating_mul(1000).saturating_add(i64::from(time.nanoseconds / 1_000_000))
}

/// `$millis()`
///
/// # Errors
/// None.
#[allow(clippy::cast_precision_loss, reason = "no time is so far away")]
pub fn millis<'a>(evaluation: &Evaluation<'a>) -> Result<Value<'a>> {
    Ok(Value::Number(now_millis(evaluation) as f64))
}

/// `$now(picture, timezone)`
///
/// # Errors
/// `D3130` to `D3135`: what is wrong with the picture. `T0410`.
pub fn now<'a>(evaluation: &Evaluation<'a>, picture: &Value<'a>, timezone: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(form), Ok(zone)) = (text_of(picture), text_of(timezone)) else {
        return refuse(evaluation, BuiltIn::Now, &Value::Undefined, &[picture, timezone]);
    };
    let form = form.map(|form| Picture::parse(form)).transpose().map_err(|error| named(error, BuiltIn::Now))?;
    let zone = zone.map(|zone| Offset::parse(zone));
    write(evaluation, BuiltIn::Now, now_millis(evaluation), form.as_ref(), zone)
}

/// [`now`] with a picture of generated code.
///
/// # Errors
/// As [`now`].
pub fn now_with<'a>(evaluation: &Evaluation<'a>, picture: &'static Literal, timezone: &Value<'a>) -> Result<Value<'a>> {
    let Ok(zone) = text_of(timezone) else {
        return refuse(evaluation, BuiltIn::Now, &Value::Undefined, &[&Value::str(picture.text), timezone]);
    };
    let form = picture.get(BuiltIn::Now)?;
    let zone = zone.map(|zone| Offset::parse(zone));
    write(evaluation, BuiltIn::Now, now_millis(evaluation), Some(form), zone)
}

/// `$fromMillis(number, picture, timezone)`
///
/// # Errors
/// `D3130` to `D3135`: what is wrong with the picture. `T0410`, `T0411`.
pub fn from_millis<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    number: &Value<'a>,
    picture: &Value<'a>,
    timezone: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(time), Ok(form), Ok(zone)) = (number_of(number), text_of(picture), text_of(timezone)) else {
        return refuse(evaluation, BuiltIn::FromMillis, context, &[number, picture, timezone]);
    };
    let Some(time) = time else { return Ok(Value::Undefined) };
    let form = form.map(|form| Picture::parse(form)).transpose().map_err(|error| named(error, BuiltIn::FromMillis))?;
    let zone = zone.map(|zone| Offset::parse(zone));
    write(evaluation, BuiltIn::FromMillis, whole(time), form.as_ref(), zone)
}

/// [`from_millis`] with a picture of generated code.
///
/// # Errors
/// As [`from_millis`].
pub fn from_millis_with<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    number: &Value<'a>,
    picture: &'static Literal,
    timezone: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(time), Ok(zone)) = (number_of(number), text_of(timezone)) else {
        return refuse(evaluation, BuiltIn::FromMillis, context, &[number, &Value::str(picture.text), timezone]);
    };
    let Some(time) = time else { return Ok(Value::Undefined) };
    let form = picture.get(BuiltIn::FromMillis)?;
    write(evaluation, BuiltIn::FromMillis, whole(time), Some(form), zone.map(|zone| Offset::parse(zone)))
}

#[allow(clippy::cast_possible_truncation, reason = "what is too large saturates, and is no time")]
fn whole(millis: f64) -> i64 {
    if millis.is_nan() { i64::MAX } else { millis as i64 }
}

fn write<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    millis: i64,
    picture: Option<&Picture>,
    offset: Option<Offset>,
) -> Result<Value<'a>> {
    let written = match (picture, offset) {
        (Some(picture), offset) => {
            picture.format(millis, offset.unwrap_or(Offset::UTC)).map_err(|error| named(error, function))?
        }
        (None, Some(offset)) => iso_at(millis, offset),
        (None, None) => iso(millis),
    };
    text(evaluation, written)
}

/// `$toMillis(timestamp, picture)`
///
/// # Errors
/// `D3110`: it is no timestamp of ISO 8601. `D3130` to `D3136`: what is wrong with the picture. `T0410`.
pub fn to_millis<'a>(evaluation: &Evaluation<'a>, timestamp: &Value<'a>, picture: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(written), Ok(form)) = (text_of(timestamp), text_of(picture)) else {
        return refuse(evaluation, BuiltIn::ToMillis, &Value::Undefined, &[timestamp, picture]);
    };
    let Some(written) = written else { return Ok(Value::Undefined) };
    match form {
        None => match parse_iso(written) {
            Some(millis) => Ok(Value::Number(millis)),
            None => Err(error("D3110", BuiltIn::ToMillis).value(quoted(written))),
        },
        Some(form) => {
            let form = Picture::parse(form).map_err(|error| named(error, BuiltIn::ToMillis))?;
            read(evaluation, written, &form)
        }
    }
}

/// [`to_millis`] with a picture of generated code.
///
/// # Errors
/// As [`to_millis`].
pub fn to_millis_with<'a>(
    evaluation: &Evaluation<'a>,
    timestamp: &Value<'a>,
    picture: &'static Literal,
) -> Result<Value<'a>> {
    match text_of(timestamp) {
        Ok(None) => Ok(Value::Undefined),
        Ok(Some(written)) => read(evaluation, written, picture.get(BuiltIn::ToMillis)?),
        Err(_) => refuse(evaluation, BuiltIn::ToMillis, &Value::Undefined, &[timestamp, &Value::str(picture.text)]),
    }
}

fn read<'a>(evaluation: &Evaluation<'a>, written: &str, picture: &Picture) -> Result<Value<'a>> {
    evaluation.step(written.len() as u64 / 16)?;
    let millis = picture.read(written, now_millis(evaluation)).map_err(|error| named(error, BuiltIn::ToMillis))?;
    Ok(millis.map_or(Value::Undefined, Value::Number))
}

/// An error of a picture with the function that it is of.
#[cold]
pub(super) fn named(error: Error, function: BuiltIn) -> Error {
    if error.subject().is_empty() { error.token(function.name()) } else { error }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn times_are_written_and_read() {
        check("fromMillis", &json!([1_510_067_557_121_i64]), r#""2017-11-07T15:12:37.121Z""#);
        check("fromMillis", &json!([0, "[Y]-[M01]"]), r#""1970-01""#);
        check("fromMillis", &json!([0, "[H01]:[m01]", "+0130"]), r#""01:30""#);
        check("fromMillis", &json!([0, {"$": ""}, "+0100"]), r#""1970-01-01T01:00:00.000+01:00""#);
        check(
            "fromMillis",
            &json!([0, "[q]"]),
            r#"D3132: Unknown component specifier "q" in date/time picture string"#,
        );
        check("toMillis", &json!(["2017-11-07T15:12:37.121Z"]), "1510067557121");
        check("toMillis", &json!(["11/07/2017", "[M]/[D]/[Y]"]), "1510012800000");
        check("toMillis", &json!(["x", "[Y]"]), "nothing");
        check(
            "toMillis",
            &json!(["x"]),
            r#"D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "x""#,
        );
        check("now", &json!([]), r#""1970-01-01T00:00:00.000Z""#);
        check("now", &json!(["[Y]"]), r#""1970""#);
        check("millis", &json!([]), "0");
    }
}
