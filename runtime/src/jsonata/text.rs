//! Values as text. <https://docs.jsonata.org/string-functions#string>

use std::cmp::Ordering;
use std::fmt::Write;

use super::{Error, Result, Value};

/// A number as JavaScript shows it, with at most 15 significant digits when it is not whole.
pub fn number(number: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

/// Adds a number as [`number`] shows it.
pub fn push_number(text: &mut String, number: f64) {
    if number.fract() == 0.0 {
        return push_shortest(text, number);
    }
    let start = text.len();
    push_shortest(text, number);
    let shown = text.get(start..).unwrap_or_default();
    let digits = significant_digits(shown);
    if digits > PRECISION {
        let rounded = if digits == PRECISION + 1 && is_half(number, shown) { away_from_zero(number) } else { number };
        let rounded = format!("{rounded:.14e}").parse().unwrap_or(rounded);
        text.truncate(start);
        push_shortest(text, rounded);
    }
}

/// How many significant digits `$string` shows.
const PRECISION: usize = 15;

/// Adds a number with as few digits as tell it from every other number, laid out as JavaScript does: from 1e21 on and below
/// 1e-6 with an exponent. <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
#[allow(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
pub fn push_shortest(text: &mut String, number: f64) {
    let size = number.abs();
    let written = if size < 9_007_199_254_740_992.0 && number.fract() == 0.0 {
        write!(text, "{}", number as i64)
    } else if !number.is_finite() {
        write!(text, "null")
    } else if (1e-6..1e21).contains(&size) {
        write!(text, "{number}")
    } else if size >= 1e21 {
        let start = text.len();
        let written = write!(text, "{number:e}");
        if let Some(exponent) = text.get(start..).and_then(|shown| shown.find('e')) {
            text.insert(start + exponent + 1, '+');
        }
        written
    } else {
        write!(text, "{number:e}")
    };
    debug_assert!(written.is_ok(), "a String takes everything");
}

fn significant_digits(shown: &str) -> usize {
    let mantissa = shown.split('e').next().unwrap_or_default();
    mantissa.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count()
}

/// Whether the number, with 16 significant digits as shown, is exactly between two of 15. JavaScript's `toPrecision` rounds
/// such a half away from zero, std rounds it to even.
fn is_half(number: f64, shown: &str) -> bool {
    let mantissa = |shown: &str| shown.split('e').next().unwrap_or_default().to_owned();
    if !mantissa(shown).ends_with('5') {
        return false;
    }
    // No number has more significant digits than these.
    let exact = mantissa(&format!("{number:.766e}"));
    significant_digits(exact.trim_end_matches('0')) == PRECISION + 1
}

/// The next number away from zero.
fn away_from_zero(number: f64) -> f64 {
    f64::from_bits(number.to_bits() + 1)
}

/// `$string`: a string is itself, a function is empty, everything else is its JSON. Nothing is empty too.
///
/// # Errors
/// `D3001`, `D1001`: a number that is not finite, alone or inside. `U1001`: it is too long.
pub fn string(value: &Value<'_>, pretty: bool) -> Result<String> {
    let mut text = String::new();
    push_string(&mut text, value, pretty)?;
    Ok(text)
}

/// Adds a value as [`string`] shows it.
///
/// # Errors
/// As those of [`string`].
pub fn push_string(text: &mut String, value: &Value<'_>, pretty: bool) -> Result<()> {
    match value {
        Value::Undefined | Value::Function(_) => {}
        Value::String(string) => text.push_str(string),
        Value::Number(number) if !number.is_finite() => return Err(Error::new("D3001").value("null")),
        Value::Number(number) => push_number(text, *number),
        value => {
            Writer { limit: text.len().saturating_add(LONGEST), text, pretty, level: 0, exact: false }.value(value)?
        }
    }
    Ok(())
}

/// How long the JSON of one value may be. More is refused as AWS refuses an evaluation that takes too much memory.
const LONGEST: usize = 64 << 20;

/// A value as an error's message shows it: its JSON, with all digits. `undefined` when it is nothing.
pub fn shown(value: &Value<'_>) -> String {
    if value.is_undefined() {
        return "undefined".to_owned();
    }
    let mut text = String::new();
    let limit = LONGEST;
    match (Writer { text: &mut text, pretty: false, level: 0, exact: true, limit }).value(value) {
        Ok(()) => text,
        Err(_) => String::new(),
    }
}

/// Writes JSON.
struct Writer<'t> {
    text: &'t mut String,
    pretty: bool,
    level: usize,
    /// With all digits of a number, and whatever number it is.
    exact: bool,
    /// How long the text may get.
    limit: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value<'_>) -> Result<()> {
        match value {
            Value::Undefined | Value::Null => self.text.push_str("null"),
            Value::Bool(true) => self.text.push_str("true"),
            Value::Bool(false) => self.text.push_str("false"),
            Value::Number(number) if self.exact => push_shortest(self.text, *number),
            Value::Number(number) if number.is_infinite() => return Err(out_of_range()),
            Value::Number(number) => push_number(self.text, *number),
            Value::Integer(integer) => push_number(self.text, integer.as_f64().unwrap_or_default()),
            Value::String(string) => push_quoted(self.text, string),
            Value::Function(_) => self.text.push_str("\"\""),
            Value::JsonArray(_) | Value::Array(_) => self.array(value)?,
            Value::JsonObject(_) | Value::Object(_) => self.object(value)?,
        }
        if self.text.len() > self.limit { Err(too_long()) } else { Ok(()) }
    }

    fn array(&mut self, value: &Value<'_>) -> Result<()> {
        let Some(items) = value.as_list() else { return Ok(()) };
        self.text.push('[');
        self.level += 1;
        for (index, item) in items.iter().enumerate() {
            self.separate(index == 0);
            self.value(&item)?;
        }
        self.end(items.is_empty());
        self.text.push(']');
        Ok(())
    }

    fn object(&mut self, value: &Value<'_>) -> Result<()> {
        let Some(members) = value.as_members() else { return Ok(()) };
        self.text.push('{');
        self.level += 1;
        let mut first = true;
        members.for_each(|name, value| {
            if value.is_undefined() {
                return Ok(());
            }
            self.separate(first);
            first = false;
            push_quoted(self.text, &name);
            self.text.push_str(if self.pretty { ": " } else { ":" });
            self.value(&value)
        })?;
        self.end(first);
        self.text.push('}');
        Ok(())
    }

    fn separate(&mut self, first: bool) {
        if !first {
            self.text.push(',');
        }
        self.break_line();
    }

    fn end(&mut self, empty: bool) {
        self.level -= 1;
        if !empty {
            self.break_line();
        }
    }

    fn break_line(&mut self) {
        if self.pretty {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.level));
        }
    }
}

/// Adds a JSON string.
fn push_quoted(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, special) = rest.split_at(at);
        text.push_str(plain);
        let mut characters = special.chars();
        match characters.next() {
            Some('"') => text.push_str("\\\""),
            Some('\\') => text.push_str("\\\\"),
            Some('\n') => text.push_str("\\n"),
            Some('\r') => text.push_str("\\r"),
            Some('\t') => text.push_str("\\t"),
            Some('\u{8}') => text.push_str("\\b"),
            Some('\u{c}') => text.push_str("\\f"),
            Some(control) => {
                let written = write!(text, "\\u{:04x}", u32::from(control));
                debug_assert!(written.is_ok(), "a String takes everything");
            }
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

/// The order of two texts: that of their UTF-16 code units.
pub fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    // UTF-8 sorts as UTF-16 does, but that UTF-16 writes what is from U+10000 on with units below U+E000.
    let beyond = |byte: u8| byte >= 0xF0;
    let private = |byte: u8| byte == 0xEE || byte == 0xEF;
    match left.iter().zip(right).find(|(left, right)| left != right) {
        None => left.len().cmp(&right.len()),
        Some((&left, &right)) if beyond(left) && private(right) => Ordering::Less,
        Some((&left, &right)) if private(left) && beyond(right) => Ordering::Greater,
        Some((left, right)) => left.cmp(right),
    }
}

#[cold]
pub(super) fn out_of_range() -> Error {
    Error::new("D1001").value("null")
}

#[cold]
fn too_long() -> Error {
    Error::with_message("U1001", "Expression evaluation memory limit exceeded: Check for excessive memory usage")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::jsonata::{Array, BuiltIn, Function, Object};

    #[test]
    fn numbers_are_shown_as_javascript_shows_them() {
        let check = |given: f64, expected: &str| assert_eq!(number(given), expected);
        check(0.0, "0");
        check(-0.0, "0");
        check(-1.0, "-1");
        check(1e20, "100000000000000000000");
        check(1e21, "1e+21");
        check(123_456_789_012_345_678_901.0, "123456789012345680000");
        check(1.5e300, "1.5e+300");
        check(f64::MAX, "1.7976931348623157e+308");
        check(-0.5, "-0.5");
        check(0.000_001, "0.000001");
        check(0.000_000_1, "1e-7");
        check(1.25e-7, "1.25e-7");
        check(5e-324, "5e-324");
    }

    #[test]
    fn numbers_have_at_most_15_digits() {
        let check = |given: f64, expected: &str| assert_eq!(number(given), expected);
        check(0.1 + 0.2, "0.3");
        check(1.0 / 3.0, "0.333333333333333");
        check(2.0 / 3.0, "0.666666666666667");
        check(0.000_001_234_567_890_123_456, "0.00000123456789012346");
        check(9.999_999_999_999_999, "10");
        check(2.225_073_858_507_201_4e-308, "2.2250738585072e-308");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let check = |given: f64, expected: &str| assert_eq!(number(given), expected);
        check(100_000_000_000_000.5, "100000000000001");
        check(-100_000_000_000_000.5, "-100000000000001");
        check(100_000_000_000_001.5, "100000000000002");
        check(12_345_678_901_234.25, "12345678901234.3");
        // Its exact value is below a half.
        check(0.123_456_789_012_344_5, "0.123456789012344");
    }

    #[track_caller]
    fn check(value: &Value<'_>, pretty: bool, expected: Result<&str, &str>) {
        let given = string(value, pretty);
        let given = given.as_deref().map_err(Error::code);
        assert_eq!(given, expected);
    }

    #[test]
    fn texts_of_values() {
        let json = |json: Json, expected: &str| check(&Value::from(&json), false, Ok(expected));
        json(json!("a\"b"), "a\"b");
        json(json!(null), "null");
        json(json!(true), "true");
        json(json!([1, "a\"\\\n\u{7}\u{7f}/é", {"b": []}]), "[1,\"a\\\"\\\\\\n\\u0007\u{7f}/é\",{\"b\":[]}]");
        json(json!([0.1, 1e21, 9_007_199_254_740_993_i64]), "[0.1,1e+21,9007199254740992]");
        check(&Value::Undefined, false, Ok(""));
        check(&Value::from(Function::BuiltIn(BuiltIn::Sum)), false, Ok(""));
    }

    #[test]
    fn pretty_texts() {
        let data = json!([1, {"b": "x", "c": [], "d": {}, "e": [{}]}]);
        let expected =
            "[\n  1,\n  {\n    \"b\": \"x\",\n    \"c\": [],\n    \"d\": {},\n    \"e\": [\n      {}\n    ]\n  }\n]";
        check(&Value::from(&data), true, Ok(expected));
        check(&Value::str("a"), true, Ok("a"));
    }

    #[test]
    fn nothing_and_functions_inside() {
        let mut object = Object::default();
        object.insert("nothing", Value::Undefined);
        object.insert("function", Function::BuiltIn(BuiltIn::Sum).into());
        let array = Array::new(vec![Value::Undefined, object.into()]);
        check(&array.into(), false, Ok("[null,{\"function\":\"\"}]"));
    }

    #[test]
    fn what_is_not_finite_has_no_text() {
        check(&Value::Number(f64::INFINITY), false, Err("D3001"));
        check(&Value::Number(f64::NAN), false, Err("D3001"));
        check(&Array::new(vec![Value::Number(f64::INFINITY)]).into(), false, Err("D1001"));
        check(&Array::new(vec![Value::Number(f64::NAN)]).into(), false, Ok("[null]"));
        assert_eq!(shown(&Value::Number(f64::INFINITY)), "null");
        assert_eq!(shown(&Value::Undefined), "undefined");
    }

    #[test]
    fn texts_are_ordered_as_utf_16_is() {
        let texts =
            ["", "a", "aa", "b", "\u{e9}", "\u{d7ff}", "\u{10000}", "\u{1f600}", "\u{10ffff}", "\u{e000}", "\u{ffff}"];
        for left in texts {
            for right in texts {
                assert_eq!(compare(left, right), left.encode_utf16().cmp(right.encode_utf16()), "{left:?} {right:?}");
            }
        }
    }
}
