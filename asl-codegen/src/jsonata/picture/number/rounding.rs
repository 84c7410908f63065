//! Numbers in decimal digits.

use crate::jsonata::picture::script::{shortest_digits, write_number};

/// `value` rounded to so many digits of fraction, as `$round` does: in decimal digits, a half to the even neighbour. NaN
/// when its digits are beyond the range of numbers.
pub(super) fn round(value: f64, digits: usize) -> f64 {
    if digits == 0 || value.fract() == 0.0 && value.abs() < 1e15 && digits < 100 {
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
    let (digits, exponent) = shortest_digits(value.abs());
    let shifted = format!("{digits}e{}", exponent.saturating_add(places)).parse().unwrap_or(f64::NAN);
    shifted.copysign(value)
}

/// `value`, which is not negative, with so many digits of fraction; a half is rounded up. As ECMAScript's `toFixed` it
/// shows a number from 1e21 on with an exponent.
pub(super) fn to_fixed(value: f64, digits: usize) -> String {
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
