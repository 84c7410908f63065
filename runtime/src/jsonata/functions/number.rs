//! Functions of one number.

use asl_codegen::jsonata::picture::{integer, number::Format};

use super::super::text as show;
use super::argument::{error, number as number_of, quoted, refuse, string as text_of};
use super::time::named;
use super::{BuiltIn, Error, Evaluation, Result, Value, text};

/// `$number(arg)`: also of a text with a decimal, hexadecimal, octal or binary number, and of a boolean.
///
/// # Errors
/// `D3030`: a text that is no number. `T0410`.
pub fn number<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    match value {
        Value::Undefined | Value::Number(_) | Value::Integer(_) => Ok(value.clone()),
        Value::Bool(value) => Ok(Value::Number(f64::from(u8::from(*value)))),
        Value::String(text) => match parse(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(error("D3030", BuiltIn::Number).value(quoted(text)).index(1)),
        },
        _ => refuse(evaluation, BuiltIn::Number, &Value::Undefined, &[value]),
    }
}

fn parse(text: &str) -> Option<f64> {
    if is_decimal(text) {
        return text.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let (radix, digits) = match text.split_at_checked(2)? {
        ("0x" | "0X", digits) => (16, digits),
        ("0o" | "0O", digits) => (8, digits),
        ("0b" | "0B", digits) => (2, digits),
        _ => return None,
    };
    if digits.is_empty() {
        return None;
    }
    let number = digits.chars().try_fold(0.0, |number, digit| {
        digit.to_digit(radix).map(|digit| number * f64::from(radix) + f64::from(digit))
    })?;
    number.is_finite().then_some(number)
}

/// Whether a text is `-12.5e+3`, without anything around it.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| {
        let rest = text.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
        text.len() - rest.len()
    };
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    rest = rest.get(whole..).unwrap_or_default();
    if whole == 0 {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}

/// `$abs(number)`
///
/// # Errors
/// `T0410`
pub fn abs<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Abs, value, f64::abs)
}

/// `$floor(number)`
///
/// # Errors
/// `T0410`
pub fn floor<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Floor, value, f64::floor)
}

/// `$ceil(number)`
///
/// # Errors
/// `T0410`
pub fn ceil<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Ceil, value, f64::ceil)
}

fn changed<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    value: &Value<'a>,
    change: fn(f64) -> f64,
) -> Result<Value<'a>> {
    match number_of(value) {
        Ok(number) => Ok(number.map_or(Value::Undefined, |number| Value::Number(change(number)))),
        Err(_) => refuse(evaluation, function, &Value::Undefined, &[value]),
    }
}

/// `$round(number, precision)`: a half to the even neighbour, in decimal digits.
///
/// # Errors
/// `T0410`
pub fn round<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, precision: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(number), Ok(digits)) = (number_of(value), number_of(precision)) else {
        return refuse(evaluation, BuiltIn::Round, &Value::Undefined, &[value, precision]);
    };
    let Some(number) = number else { return Ok(Value::Undefined) };
    Ok(Value::Number(rounded(number, digits.unwrap_or_default())))
}

pub(super) fn rounded(number: f64, digits: f64) -> f64 {
    // No number has more digits than that on either side.
    #[allow(clippy::cast_possible_truncation, reason = "it is small enough")]
    let digits = digits.floor().clamp(-400.0, 400.0) as i32;
    let rounded = match digits {
        0 => number.round_ties_even(),
        _ => {
            let moved = shifted(number, digits);
            // With more places than it has, it is as it is.
            if moved.is_finite() { shifted(moved.round_ties_even(), -digits) } else { number }
        }
    };
    // There is no negative zero in JSON.
    rounded + 0.0
}

/// A number with its decimal point moved, which multiplying would not do exactly.
fn shifted(number: f64, places: i32) -> f64 {
    let text = format!("{number:e}");
    let moved = text.split_once('e').and_then(|(digits, exponent)| {
        let exponent = exponent.parse::<i32>().ok()?.saturating_add(places);
        format!("{digits}e{exponent}").parse().ok()
    });
    moved.unwrap_or(number)
}

/// `$sqrt(number)`
///
/// # Errors
/// `D3060`: the number is negative. `T0410`.
pub fn sqrt<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    match number_of(value) {
        Ok(Some(number)) if number < 0.0 => {
            Err(error("D3060", BuiltIn::Sqrt).value(show::shown(&Value::Number(number))).index(1))
        }
        Ok(number) => Ok(number.map_or(Value::Undefined, |number| Value::Number(number.sqrt()))),
        Err(_) => refuse(evaluation, BuiltIn::Sqrt, &Value::Undefined, &[value]),
    }
}

/// `$power(base, exponent)`
///
/// # Errors
/// `D3061`: the result is not finite. `T0410`, `T0411`.
pub fn power<'a>(evaluation: &Evaluation<'a>, base: &Value<'a>, exponent: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(number), Ok(power)) = (number_of(base), number_of(exponent)) else {
        return refuse(evaluation, BuiltIn::Power, &Value::Undefined, &[base, exponent]);
    };
    let Some(number) = number else { return Ok(Value::Undefined) };
    let failed = || error("D3061", BuiltIn::Power).value(show::shown(&Value::Number(number))).index(1);
    let Some(power) = power else { return Err(failed()) };
    let result = number.powf(power);
    if result.is_finite() { Ok(Value::Number(result)) } else { Err(failed().other(show::shown(&Value::Number(power)))) }
}

/// `$formatBase(number, radix)`
///
/// # Errors
/// `D3100`: the radix is not between 2 and 36. `T0410`.
pub fn format_base<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, radix: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(number), Ok(base)) = (number_of(value), number_of(radix)) else {
        return refuse(evaluation, BuiltIn::FormatBase, &Value::Undefined, &[value, radix]);
    };
    let Some(number) = number else { return Ok(Value::Undefined) };
    let (number, base) = (rounded(number, 0.0), rounded(base.unwrap_or(10.0), 0.0));
    if !(2.0..=36.0).contains(&base) {
        return Err(error("D3100", BuiltIn::FormatBase).value(show::shown(&Value::Number(base))));
    }
    if base == 10.0 || !number.is_finite() {
        return text(evaluation, show::number(number));
    }
    text(evaluation, in_base(number, base))
}

/// A whole number in a base, with zeros for the digits that a floating-point number does not have.
fn in_base(number: f64, base: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let mut rest = number.abs();
    let mut digits = Vec::new();
    while rest / base >= EXACT {
        rest /= base;
        digits.push('0');
    }
    loop {
        let digit = rest % base;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "digit and base are below 37")]
        digits.push(char::from_digit(digit as u32, base as u32).unwrap_or('0'));
        rest = (rest - digit) / base;
        if rest <= 0.0 {
            break;
        }
    }
    if number < 0.0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}

/// `$formatNumber(number, picture, options)`
///
/// # Errors
/// `D3080` to `D3093`: what is wrong with the picture. `T0410`, `T0411`.
pub fn format_number<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    picture: &Value<'a>,
    options: &Value<'a>,
) -> Result<Value<'a>> {
    let has_options = options.as_members().is_some() || options.is_undefined();
    let (Ok(number), Ok(form), true) = (number_of(value), text_of(picture), has_options) else {
        return refuse(evaluation, BuiltIn::FormatNumber, context, &[value, picture, options]);
    };
    let Some(number) = number else { return Ok(Value::Undefined) };
    let mut symbols = Vec::new();
    if let Some(members) = options.as_members() {
        members.for_each(|name, value| {
            let symbol = match value {
                Value::String(symbol) => symbol.into_owned(),
                other => show::string(&other, false)?,
            };
            symbols.push((name, symbol));
            Ok::<_, Error>(())
        })?;
    }
    let symbols: Vec<(&str, &str)> = symbols.iter().map(|(name, symbol)| (name.as_ref(), symbol.as_str())).collect();
    let form = form.map_or("", AsRef::as_ref);
    let format = Format::parse(form, &symbols).map_err(|error| named(error, BuiltIn::FormatNumber))?;
    text(evaluation, format.format(number))
}

/// `$formatInteger(number, picture)`
///
/// # Errors
/// `D3130`, `D3131`: what is wrong with the picture. `T0410`.
pub fn format_integer<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, picture: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(number), Ok(form)) = (number_of(value), text_of(picture)) else {
        return refuse(evaluation, BuiltIn::FormatInteger, &Value::Undefined, &[value, picture]);
    };
    let Some(number) = number else { return Ok(Value::Undefined) };
    let written = integer::Picture::parse(form.map_or("", AsRef::as_ref)).and_then(|form| form.format(number));
    text(evaluation, written.map_err(|error| named(error, BuiltIn::FormatInteger))?)
}

/// `$parseInteger(string, picture)`
///
/// # Errors
/// `D3130`, `D3131`: what is wrong with the picture. `T0410`.
pub fn parse_integer<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, picture: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(written), Ok(form)) = (text_of(value), text_of(picture)) else {
        return refuse(evaluation, BuiltIn::ParseInteger, &Value::Undefined, &[value, picture]);
    };
    let Some(written) = written else { return Ok(Value::Undefined) };
    evaluation.step(written.len() as u64 / 16)?;
    let number = integer::Picture::parse(form.map_or("", AsRef::as_ref)).and_then(|form| form.read(written));
    Ok(Value::Number(number.map_err(|error| named(error, BuiltIn::ParseInteger))?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn numbers_of_values() {
        for (text, number) in
            [("12", "12"), ("-1.5e2", "-150"), ("0x1F", "31"), ("0b101", "5"), ("0O17", "15"), ("1E+2", "100")]
        {
            check("number", &json!([text]), number);
        }
        for text in ["", " 1", "1.", ".5", "+1", "1e", "0x", "0b2", "Infinity", "NaN", "1e999", "1_0", "--1"] {
            check("number", &json!([text]), &format!("D3030: Unable to cast value to a number: {}", json!(text)));
        }
        check("number", &json!([true]), "1");
        check("number", &json!([9_007_199_254_740_993_i64]), "9007199254740993");
        check("number", &json!([null]), r#"T0410: Argument 1 of function "number" does not match function signature"#);
    }

    #[test]
    fn halves_are_rounded_to_even() {
        for (number, digits, rounded) in [
            (1.5, 0, "2"),
            (2.5, 0, "2"),
            (-0.5, 0, "0"),
            (-1.5, 0, "-2"),
            (4.525, 2, "4.52"),
            (4.515, 2, "4.52"),
            (12345.0, -2, "12300"),
            (12450.0, -2, "12400"),
            (1e-7, 7, "1e-7"),
            (1.5, 400, "1.5"),
            (5.0, -400, "0"),
        ] {
            check("round", &json!([number, digits]), rounded);
        }
        check("floor", &json!([-1.5]), "-2");
        check("ceil", &json!([1.2]), "2");
        check("abs", &json!([-5]), "5");
        check("abs", &json!([]), "T0411: Context value is not a compatible type with argument 1 of function \"abs\"");
    }

    #[test]
    fn powers_are_finite() {
        check("power", &json!([2, 8]), "256");
        let failed = "D3061: The power function has resulted in a value that cannot be represented as a JSON number: ";
        check("power", &json!([-8, 0.5]), &format!("{failed}base=-8, exponent=0.5"));
        check("power", &json!([2, 10000]), &format!("{failed}base=2, exponent=10000"));
        check("power", &json!([2, {"$": ""}]), &format!("{failed}base=2, exponent=undefined"));
        check("sqrt", &json!([9]), "3");
        check("sqrt", &json!([-1]), "D3060: The sqrt function cannot be applied to a negative number: -1");
    }

    #[test]
    fn bases() {
        check("formatBase", &json!([255, 16]), r#""ff""#);
        check("formatBase", &json!([-255.5, 16.2]), r#""-100""#);
        check("formatBase", &json!([100]), r#""100""#);
        check("formatBase", &json!([1e30, 36]), r#""2oy99wnkl1a000000000""#);
        check("formatBase", &json!([1e17, 7]), r#""115260305403151260120""#);
        check("formatBase", &json!([0, 2]), r#""0""#);
        check(
            "formatBase",
            &json!([5, 1]),
            "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 1",
        );
    }

    #[test]
    fn pictures() {
        check("formatNumber", &json!([12345.6, "#,##0.00"]), r#""12,345.60""#);
        check("formatNumber", &json!([0.5, "0pc", {"percent": "pc"}]), r#""50pc""#);
        check(
            "formatNumber",
            &json!([1, "0.0.0"]),
            "D3081: The sub-picture must not contain more than one instance of the 'decimal-separator' character",
        );
        check("formatInteger", &json!([2021, "I"]), r#""MMXXI""#);
        check("parseInteger", &json!(["twelve", "w"]), "12");
        check(
            "formatInteger",
            &json!([5]),
            r#"T0410: Argument 2 of function "formatInteger" does not match function signature"#,
        );
    }
}
