//! What ECMAScript gives for texts and numbers, where JSONata's functions lean on it.

/// Whether `\s` matches it.
pub(super) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// `parseInt(text)`: the integer that a text begins with; NaN when it begins with none.
pub(super) fn parse_int(text: &str) -> f64 {
    let text = text.trim_start_matches(is_space);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (radix, text) = hexadecimal.map_or((10, text), |rest| (16, rest));
    let length = text.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let digits = text.get(..length).unwrap_or_default();
    let value = match (radix, length) {
        (_, 0) => f64::NAN,
        (10, 16..) => digits.parse().unwrap_or(f64::NAN),
        _ => digits.chars().filter_map(|c| c.to_digit(radix)).fold(0.0, |v, d| v * f64::from(radix) + f64::from(d)),
    };
    if negative { -value } else { value }
}

/// The first integer that a 64-bit float does not tell from the next.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// The fewest digits that tell `value`, which is finite and not negative, from any other number, and the power of ten that
/// the last one counts.
///
/// Of two that are as near, ECMAScript and JSON take the one with an even last digit, and [`std`] the other.
pub(super) fn shortest_digits(value: f64) -> (u64, i32) {
    if value < EXACT && value.fract() == 0.0 {
        // In range, so it is exact.
        return (value as u64, 0);
    }
    let text = serde_json::Number::from_f64(value).map(|number| number.to_string()).unwrap_or_default();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut exponent: i32 = exponent.parse().unwrap_or_default();
    let (mut digits, mut in_fraction) = (0, false);
    for byte in mantissa.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                exponent -= i32::from(in_fraction);
            }
            _ => in_fraction = true,
        }
    }
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        exponent += 1;
    }
    (digits, exponent)
}

/// Adds `value` to `out` as ECMAScript shows it.
pub(super) fn write_number(value: f64, out: &mut String) {
    if value < 0.0 {
        out.push('-');
    }
    let value = value.abs();
    if !value.is_finite() {
        return out.push_str(if value.is_nan() { "NaN" } else { "Infinity" });
    }
    let (digits, exponent) = shortest_digits(value);
    let (digits, exponent) = (digits.to_string(), i64::from(exponent));
    let zeros = |count: i64| std::iter::repeat_n('0', usize::try_from(count).unwrap_or_default());
    // How many digits are in front of the point.
    let point = digits.len() as i64 + exponent;
    let split = |at: i64| usize::try_from(at).ok().and_then(|at| digits.split_at_checked(at)).unwrap_or((&digits, ""));
    match point {
        1..=21 if exponent >= 0 => {
            out.push_str(&digits);
            out.extend(zeros(exponent));
        }
        1..=21 => {
            let (integer, fraction) = split(point);
            out.extend([integer, ".", fraction]);
        }
        -5..=0 => {
            out.push_str("0.");
            out.extend(zeros(-point));
            out.push_str(&digits);
        }
        _ => {
            let (first, rest) = split(1);
            out.extend([first, if rest.is_empty() { "" } else { "." }, rest, "e"]);
            out.push_str(if point > 0 { "+" } else { "-" });
            out.push_str(&(point - 1).unsigned_abs().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_int_takes_what_a_text_begins_with() {
        for (text, expected) in [
            ("12", 12.0),
            (" \u{feff}-12abc", -12.0),
            ("+05:30", 5.0),
            ("0x1F", 31.0),
            ("0", 0.0),
            ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0),
        ] {
            assert!((parse_int(text) - expected).abs() < f64::EPSILON, "{text}");
        }
        for text in ["", "-", "abc", "0x", "Infinity"] {
            assert!(parse_int(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_as_ecmascript_shows_them() {
        for (value, expected) in [
            (0.0, "0"),
            (12.5, "12.5"),
            (-12.0, "-12"),
            (2_930_648_826_646_909.0 / 4.0, "732662206661727.2"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (-1.5e300, "-1.5e+300"),
            (0.000_001, "0.000001"),
            (1.5e-7, "1.5e-7"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
        ] {
            let mut shown = String::new();
            write_number(value, &mut shown);
            assert_eq!(shown, expected);
        }
    }
}
