//! Integers in Roman numerals, and in letters as columns of a spreadsheet are named.

use crate::jsonata::Error;
use crate::jsonata::picture::{Case, stack_overflow};

const ROMAN: [(f64, &str); 13] = [
    (1000.0, "M"),
    (900.0, "CM"),
    (500.0, "D"),
    (400.0, "CD"),
    (100.0, "C"),
    (90.0, "XC"),
    (50.0, "L"),
    (40.0, "XL"),
    (10.0, "X"),
    (9.0, "IX"),
    (5.0, "V"),
    (4.0, "IV"),
    (1.0, "I"),
];

/// The largest number that is written in Roman numerals: 9,000 letters `M`. Near it JSONata's recursion ends.
const MAX_ROMAN: f64 = 9_000_000.0;

/// Adds `value`, which is not negative, to `out` in Roman numerals. Zero has none.
pub(super) fn write_roman(mut value: f64, case: Case, out: &mut String) -> Result<(), Error> {
    if value > MAX_ROMAN {
        return Err(stack_overflow());
    }
    let start = out.len();
    for (worth, numeral) in ROMAN {
        while value >= worth {
            out.push_str(numeral);
            value -= worth;
        }
    }
    case.apply(out, start);
    Ok(())
}

/// The number that Roman numerals are; NaN when there is anything else among them.
pub(super) fn read_roman(text: &str, case: Case) -> f64 {
    let mut largest = 1.0;
    let mut number = 0.0;
    for c in text.chars().rev() {
        let mut upper = c.to_uppercase();
        let numeral = match (case, upper.next(), upper.next()) {
            (Case::Upper, ..) => Some(c),
            (_, numeral, None) => numeral,
            _ => None,
        };
        let worth = match numeral {
            Some('M') => 1000.0,
            Some('D') => 500.0,
            Some('C') => 100.0,
            Some('L') => 50.0,
            Some('X') => 10.0,
            Some('V') => 5.0,
            Some('I') => 1.0,
            _ => return f64::NAN,
        };
        if worth < largest {
            number -= worth;
        } else {
            largest = worth;
            number += worth;
        }
    }
    number
}

/// Adds `value`, which is not negative, to `out` in letters: `a` to `z`, `aa`, … Zero has none.
pub(super) fn write_letters(mut value: f64, case: Case, out: &mut String) -> Result<(), Error> {
    if value.is_infinite() {
        return Err(stack_overflow());
    }
    let mut letters = Vec::new();
    while value > 0.0 {
        // A remainder of 26 fits.
        letters.push(char::from(first_letter(case) + ((value - 1.0) % 26.0) as u8));
        value = ((value - 1.0) / 26.0).floor();
    }
    out.extend(letters.iter().rev());
    Ok(())
}

/// The number that letters are.
pub(super) fn read_letters(text: &str, case: Case) -> f64 {
    let zero = f64::from(first_letter(case)) - 1.0;
    let units: Vec<u16> = text.encode_utf16().collect();
    let places = (0_u32..).map(f64::from);
    units
        .iter()
        .rev()
        .zip(places)
        .fold(0.0, |number, (unit, place)| number + (f64::from(*unit) - zero) * 26_f64.powf(place))
}

fn first_letter(case: Case) -> u8 {
    if case == Case::Upper { b'A' } else { b'a' }
}
