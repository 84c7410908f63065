//! Numbers to text, in the steps of <https://www.w3.org/TR/xpath-functions-31/#formatting-the-number>.

use super::rounding::fixed;
use super::symbols::{find, is};
use super::{Exponent, Format, Grouping, Symbols};

impl Format {
    /// Writes `value`.
    #[must_use]
    pub fn format(&self, value: f64) -> String {
        let symbols = &self.symbols;
        let picture = if value >= 0.0 { &self.positive } else { &self.negative };
        let adjusted = value * picture.factor;
        let (mantissa, exponent) = match picture.exponent {
            Some(exponent) => exponent.scale(adjusted),
            None => (adjusted, 0),
        };
        let mut text = Text { chars: digits(mantissa.abs(), picture.max_fraction_digits, symbols), symbols };
        text.separate();
        text.trim();
        text.pad(picture.integer_digits, picture.min_fraction_digits);
        text.group(&picture.grouping);
        text.group_fraction(&picture.fraction_grouping);
        if !picture.has_separator || text.point() + 1 == text.chars.len() {
            text.chars.pop();
        }
        let mut out = String::with_capacity(picture.prefix.len() + text.chars.len() + picture.suffix.len());
        out.push_str(&picture.prefix);
        out.extend(&text.chars);
        if let Some(Exponent { digits: width, .. }) = picture.exponent {
            out.extend(&symbols.exponent_separator);
            if exponent < 0 {
                out.push_str(&symbols.minus_sign);
            }
            let exponent = digits(f64::from(exponent.unsigned_abs()), 0, symbols);
            for _ in exponent.len()..width {
                out.extend(&symbols.zero_digit);
            }
            out.extend(&exponent);
        }
        out.push_str(&picture.suffix);
        out
    }
}

impl Exponent {
    /// A mantissa with as many digits of integer as the picture has, and the exponent that makes it `value`.
    fn scale(self, value: f64) -> (f64, i32) {
        let (mut mantissa, mut exponent) = (value, 0);
        if value == 0.0 || !value.is_finite() {
            return (mantissa, exponent);
        }
        let most = 10_f64.powi(self.integer_digits);
        let least = 10_f64.powi(self.integer_digits - 1);
        while mantissa.abs() < least && mantissa.is_finite() {
            mantissa *= 10.0;
            exponent -= 1;
        }
        while mantissa.abs() > most {
            mantissa /= 10.0;
            exponent += 1;
        }
        (mantissa, exponent)
    }
}

/// The digits of `value`, which is not negative, with so many of a fraction.
fn digits(value: f64, fraction_digits: usize, symbols: &Symbols) -> Vec<char> {
    fixed(value, fraction_digits).chars().filter_map(|c| symbols.shown(c)).collect()
}

/// A number on its way. Where it is cut is counted as JSONata counts, also for symbols that are not one character, and for
/// separators that are left of its digits.
struct Text<'a> {
    chars: Vec<char>,
    symbols: &'a Symbols,
}

impl Text<'_> {
    /// Where its decimal separator is.
    fn point(&self) -> usize {
        find(&self.chars, &self.symbols.decimal_separator).unwrap_or(0)
    }

    /// Puts the decimal separator in the place of the point, or behind the digits.
    fn separate(&mut self) {
        let point = self.chars.iter().position(|c| *c == '.');
        let range = point.map_or(self.chars.len()..self.chars.len(), |point| point..point + 1);
        self.chars.splice(range, self.symbols.decimal_separator.iter().copied());
    }

    /// Leaves out zeros at its ends.
    fn trim(&mut self) {
        let is_zero = |c: &char| is(&self.symbols.zero_digit, *c);
        let zeros = self.chars.iter().rev().take_while(|c| is_zero(c)).count();
        self.chars.truncate(self.chars.len() - zeros);
        let zeros = self.chars.iter().take_while(|c| is_zero(c)).count();
        self.chars.drain(..zeros);
    }

    /// Adds zeros at its ends, so that it has so many digits on each side of its separator.
    fn pad(&mut self, integer_digits: usize, fraction_digits: usize) {
        let zero = &self.symbols.zero_digit;
        let point = self.point();
        let right = fraction_digits.saturating_sub(self.chars.len().saturating_sub(point + 1));
        let left = integer_digits.saturating_sub(point);
        self.chars.extend(std::iter::repeat_n(zero, right).flatten());
        self.chars.splice(..0, std::iter::repeat_n(zero, left).flatten().copied());
    }

    fn group(&mut self, grouping: &Grouping) {
        let mut point = self.point();
        match grouping {
            Grouping::Every(distance) => {
                for group in 1..=point.saturating_sub(1) / distance {
                    self.insert(point, group * distance);
                }
            }
            Grouping::At(places) => {
                for place in places {
                    self.insert(point, *place);
                    point += 1;
                }
            }
        }
    }

    fn group_fraction(&mut self, places: &[usize]) {
        let point = self.point();
        for place in places {
            let index = (point + 1 + place).min(self.chars.len());
            self.insert_at(index);
        }
    }

    /// Inserts a separator so many characters left of the point; when there are not so many, as far left of the end.
    fn insert(&mut self, point: usize, place: usize) {
        let index = point.checked_sub(place).unwrap_or_else(|| self.chars.len().saturating_sub(place - point));
        self.insert_at(index);
    }

    fn insert_at(&mut self, index: usize) {
        self.chars.splice(index..index, self.symbols.grouping_separator.iter().copied());
    }
}
