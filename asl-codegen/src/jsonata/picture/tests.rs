//! The published test suite of JSONata, and any input.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{date, integer, number};
use crate::jsonata::Error;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/jsonata-suite/cases.jsonl");

/// What a call with these arguments gives: null when that is nothing. `None` when the arguments are of another kind.
fn call(function: &str, arguments: &[Value]) -> Option<Result<Value, Error>> {
    Some(match (function, arguments) {
        ("fromMillis", [millis, picture, offset @ ..]) => {
            let offset =
                offset.first().map_or(Some(date::Offset::UTC), |text| text.as_str().map(date::Offset::parse))?;
            let (millis, picture) = (millis.as_i64()?, date::Picture::parse(picture.as_str()?));
            picture.and_then(|picture| picture.format(millis, offset)).map(Value::from)
        }
        ("toMillis", [text]) => {
            let millis = date::parse_iso(text.as_str()?);
            millis.map(Value::from).ok_or_else(|| Error::new("D3110"))
        }
        ("toMillis", [text, picture]) => {
            let (text, picture) = (text.as_str()?, date::Picture::parse(picture.as_str()?));
            picture.and_then(|picture| picture.read(text, 0)).map(Value::from)
        }
        ("formatInteger", [value, picture]) => {
            let (value, picture) = (value.as_f64()?, integer::Picture::parse(picture.as_str()?));
            picture.and_then(|picture| picture.format(value)).map(Value::from)
        }
        ("parseInteger", [text, picture]) => {
            let (text, picture) = (text.as_str()?, integer::Picture::parse(picture.as_str()?));
            picture.and_then(|picture| picture.read(text)).map(Value::from)
        }
        ("formatNumber", [value, picture, options @ ..]) => {
            let options = options.first().map_or(Some(Vec::new()), |options| {
                options.as_object()?.iter().map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
            })?;
            let value = value.as_f64()?;
            number::Format::parse(picture.as_str()?, &options).map(|format| json!(format.format(value)))
        }
        _ => return None,
    })
}

/// The arguments of a call whose arguments are all literals.
fn literals(expression: &str) -> Option<(&str, Vec<Value>)> {
    let (function, arguments) = expression.strip_prefix('$')?.strip_suffix(')')?.split_once('(')?;
    let quoted = if arguments.contains('"') { arguments.to_owned() } else { arguments.replace('\'', "\"") };
    Some((function, serde_json::from_str(&format!("[{quoted}]")).ok()?))
}

fn is_same(result: &Value, expected: &Value) -> bool {
    match (result.as_f64(), expected.as_f64()) {
        (Some(result), Some(expected)) => (result - expected).abs() <= expected.abs() * f64::EPSILON,
        _ => result == expected,
    }
}

#[test]
fn the_suite_passes() {
    let Ok(cases) = fs::read_to_string(SUITE) else {
        println!("skipped: {SUITE} is not there");
        return;
    };
    let mut count = 0;
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let Some((function, arguments)) = literals(case["expr"].as_str().unwrap_or_default()) else { continue };
        let Some(result) = call(function, &arguments) else { continue };
        let passed = match &result {
            Ok(result) => is_same(result, &case["result"]) && case["code"].is_null(),
            Err(error) => case["code"] == error.code(),
        };
        assert!(passed, "{line}: {result:?}");
        count += 1;
    }
    assert!(count > 150, "{count} cases were found");
}

/// Texts that are made of what pictures are made of, and others.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        ".*",
        "[\\[\\]YMDdFWwXxHhPmsfZzCE01#NnIiAaWo,*: -]{0,40}",
        "[0#,.;%e\u{2030}\u{660}$-]{0,20}",
        "(\\[[YMDdFHhPmsfZz](0001|01|1|Nn|N|I|w|W|a|1o|01:01|#)?(,[0-9*]{1,7}(-[0-9*]{1,7})?)?\\][-:T ]?){0,6}",
        "(\\d{1,4}|[-T:Z+,. ]|one|hundred|sixty|and|March|pm|th|MMX){0,12}",
    ]
}

proptest! {
    #[test]
    fn any_input_gives_a_text_or_an_error(
        picture in texts(),
        text in texts(),
        symbol in ".{0,2}",
        value in prop_oneof![any::<f64>(), -1e6..1e6_f64, Just(f64::NAN), Just(f64::INFINITY)],
        millis in any::<i64>(),
    ) {
        if let Ok(picture) = integer::Picture::parse(&picture) {
            let _ = (picture.format(value), picture.read(&text));
        }
        if let Ok(picture) = date::Picture::parse(&picture) {
            let offset = date::Offset::parse(&text);
            let _ = (picture.format(millis, offset), picture.format(millis >> 16, date::Offset::UTC));
            let _ = (picture.read(&text, millis), picture.read(&text, millis >> 16));
        }
        for name in ["decimal-separator", "grouping-separator", "exponent-separator", "minus-sign", "zero-digit", "digit"] {
            let options = [(name, symbol.as_str())];
            for options in [&options[..], &[]] {
                if let Ok(format) = number::Format::parse(&picture, options) {
                    let _ = format.format(value);
                }
            }
        }
        let _ = (date::iso(millis), date::parse_iso(&text));
    }

    #[test]
    fn a_time_from_the_year_100_on_is_read_as_it_is_written(millis in -59_000_000_000_000..250_000_000_000_000_i64) {
        prop_assert_eq!(date::parse_iso(&date::iso(millis)), Some(millis as f64));
        let picture = date::Picture::parse("[FNn] [D1o] of [MNn] [Yw], [h]:[m]:[s].[f001] [P]").unwrap();
        let text = picture.format(millis, date::Offset::UTC).unwrap();
        prop_assert_eq!(picture.read(&text, 0), Ok(Some(millis as f64)), "{}", text);
    }
}
