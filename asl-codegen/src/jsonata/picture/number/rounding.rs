//! Numbers in decimal digits.

use crate::jsonata::picture::integer::write_padded;
use crate::jsonata::picture::script::{shortest_digits, write_number};

/// `value`, which is not negative, rounded to so many digits of fraction, in just as many digits.
pub(super) fn fixed(value: f64, digits: usize) -> String {
    fixed_quickly(value, digits).unwrap_or_else(|| to_fixed(round(value, digits), digits))
}

/// [`fixed`] of a number of up to fifteen digits, which are the same whether they are those of a float or not.
fn fixed_quickly(value: f64, digits: usize) -> Option<String> {
    const LIMIT: u64 = 1_000_000_000_000_000;
    let (mantissa, exponent) = Some(value).filter(|value| value.is_finite()).map(shortest_digits)?;
    let places = exponent.checked_add(i32::try_from(digits).ok()?)?;
    let power = 10_u64.checked_pow(places.unsigned_abs())?;
    let scaled = if places >= 0 { mantissa.checked_mul(power)? } else { half_to_even(mantissa, power) };
    if mantissa >= LIMIT || scaled >= LIMIT {
        return None;
    }
    let mut text = String::with_capacity(20);
    write_padded(scaled, digits + 1, &mut text);
    if digits > 0 {
        text.insert(text.len() - digits, '.');
    }
    Some(text)
}

/// The nearest integer to a quotient; of two the even one.
fn half_to_even(dividend: u64, divisor: u64) -> u64 {
    let (quotient, rest) = (dividend / divisor, dividend % divisor);
    let up = rest > divisor - rest || (rest == divisor - rest && quotient % 2 == 1);
    quotient + u64::from(up)
}

/// `value`, which is not negative, rounded as `$round` does: in decimal digits, a half to the even neighbour. NaN when its
/// digits are beyond the range of numbers.
fn round(value: f64, digits: usize) -> f64 {
    if digits == 0 {
        return value.round_ties_even();
    }
    let digits = i64::try_from(digits).unwrap_or(i64::MAX);
    shift(shift(value, digits).round_ties_even(), -digits)
}

/// `value` with its decimal point moved so many places to the right.
fn shift(value: f64, places: i64) -> f64 {
    if !value.is_finite() {
        return f64::NAN;
    }
    let (digits, exponent) = shortest_digits(value);
    format!("{digits}e{}", places.saturating_add(exponent.into())).parse().unwrap_or(f64::NAN)
}

/// `value`, which is not negative, with so many digits of fraction; a half is rounded up. As ECMAScript's `toFixed` it
/// shows a number from 1e21 on with an exponent.
fn to_fixed(value: f64, digits: usize) -> String {
    if value.is_nan() || value >= 1e21 {
        let mut text = String::new();
        write_number(value, &mut text);
        return text;
    }
    // A half between two texts has one bit more than they have digits, and then one digit more shows it exactly.
    let bits = i32::try_from(digits + 1).unwrap_or(i32::MAX);
    if digits > 0 && (value * 2_f64.powi(bits)).fract() == 0.0 {
        let exact = format!("{value:.*}", digits + 1);
        if let Some(shown) = exact.strip_suffix('5') {
            return next_up(shown);
        }
    }
    format!("{value:.digits$}")
}

/// The decimal number that has one more in its last place.
fn next_up(text: &str) -> String {
    let mut carry = true;
    let mut reversed: Vec<char> = text
        .chars()
        .rev()
        .map(|c| match c {
            '9' if carry => '0',
            '0'..='8' if carry => {
                carry = false;
                char::from_digit(c.to_digit(10).map_or(0, |digit| digit + 1), 10).unwrap_or(c)
            }
            _ => c,
        })
        .collect();
    if carry {
        reversed.push('1');
    }
    reversed.into_iter().rev().collect()
}
