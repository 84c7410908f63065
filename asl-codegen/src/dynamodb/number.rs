//! DynamoDB's numbers: decimal, 38 significant digits, exact.

use std::cmp::Ordering;
use std::fmt;

/// A number as DynamoDB stores it: up to 38 significant digits, magnitude from 1E-130 to 9.9…9E+125.
/// DynamoDB Developer Guide, "Data types", "Number".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    /// The digits without trailing zeros; 0 for zero, which is not negative.
    digits: u128,
    /// The number is `digits * 10^exponent`.
    exponent: i32,
}

/// Why a text is no number, or a result none that DynamoDB stores. Shown in DynamoDB's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Not a number at all.
    Syntax,
    /// More than 38 significant digits.
    Precision,
    /// Too large.
    Overflow,
    /// Too close to zero.
    Underflow,
}

/// 10^38: the first number with more than 38 digits.
const LIMIT: u128 = 10u128.pow(MAX_DIGITS);
const MAX_DIGITS: u32 = 38;
const MAX_MAGNITUDE: i32 = 125;
const MIN_MAGNITUDE: i32 = -130;

impl Number {
    const ZERO: Number = Number { negative: false, digits: 0, exponent: 0 };

    /// Reads a number: `-1.50e3`.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let (negative, unsigned) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], parse_exponent(&unsigned[at + 1..])?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if mantissa.len() == mantissa.matches('.').count() || !all_digits(whole) || !all_digits(fraction) {
            return Err(NumberError::Syntax);
        }
        let digits = format!("{whole}{fraction}");
        let scale = i64::try_from(fraction.len()).map_err(|_| NumberError::Underflow)?;
        Self::from_digits(negative, &digits, i64::from(exponent) - scale)
    }

    fn from_digits(negative: bool, digits: &str, exponent: i64) -> Result<Self, NumberError> {
        let trimmed = digits.trim_end_matches('0');
        let dropped = i64::try_from(digits.len() - trimmed.len()).map_err(|_| NumberError::Overflow)?;
        let significant = trimmed.trim_start_matches('0');
        if significant.is_empty() {
            return Ok(Self::ZERO);
        }
        let length = i64::try_from(significant.len()).map_err(|_| NumberError::Precision)?;
        let exponent = exponent + dropped;
        check_magnitude(exponent + length - 1)?;
        let digits: u128 = significant.parse().map_err(|_| NumberError::Precision)?;
        let exponent = i32::try_from(exponent).map_err(|_| NumberError::Precision)?;
        if digits < LIMIT { Ok(Self { negative, digits, exponent }) } else { Err(NumberError::Precision) }
    }

    /// The exact sum.
    pub fn plus(self, other: Self) -> Result<Self, NumberError> {
        if self.digits == 0 {
            return Ok(other);
        }
        if other.digits == 0 {
            return Ok(self);
        }
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // Where the digits lie too far apart to be lined up, the exact sum has more than 38 of them.
        let shift = u32::try_from(high.exponent - low.exponent).map_err(|_| NumberError::Precision)?;
        let aligned = 10u128.checked_pow(shift).and_then(|power| high.digits.checked_mul(power));
        let aligned = aligned.ok_or(NumberError::Precision)?;
        let (negative, digits) = if high.negative == low.negative {
            (high.negative, aligned.checked_add(low.digits).ok_or(NumberError::Precision)?)
        } else if aligned >= low.digits {
            (high.negative, aligned - low.digits)
        } else {
            (low.negative, low.digits - aligned)
        };
        Self::from_digits(negative, &digits.to_string(), i64::from(low.exponent))
    }

    /// The exact difference.
    pub fn minus(self, other: Self) -> Result<Self, NumberError> {
        self.plus(Self { negative: !other.negative && other.digits != 0, ..other })
    }

    /// How many significant digits the number has; none for zero.
    fn length(self) -> u32 {
        self.digits.checked_ilog10().map_or(0, |log| log + 1)
    }

    /// The exponent of the first digit.
    fn magnitude(self) -> i32 {
        self.exponent + self.length().cast_signed() - 1
    }

    fn compare_magnitude(self, other: Self) -> Ordering {
        let fraction = |number: Self| number.digits * 10u128.pow(MAX_DIGITS.saturating_sub(number.length()));
        self.magnitude().cmp(&other.magnitude()).then_with(|| fraction(self).cmp(&fraction(other)))
    }

    fn sign(self) -> i8 {
        match (self.digits, self.negative) {
            (0, _) => 0,
            (_, false) => 1,
            (_, true) => -1,
        }
    }
}

fn parse_exponent(text: &str) -> Result<i32, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Syntax);
    }
    let limit = if text.starts_with('-') { NumberError::Underflow } else { NumberError::Overflow };
    text.parse().map_err(|_| limit)
}

fn check_magnitude(magnitude: i64) -> Result<(), NumberError> {
    if magnitude > i64::from(MAX_MAGNITUDE) {
        Err(NumberError::Overflow)
    } else if magnitude < i64::from(MIN_MAGNITUDE) {
        Err(NumberError::Underflow)
    } else {
        Ok(())
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| match self.sign() {
            0 => Ordering::Equal,
            1 => self.compare_magnitude(*other),
            _ => other.compare_magnitude(*self),
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As DynamoDB returns it: without an exponent.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.digits.to_string();
        let Ok(scale) = usize::try_from(-self.exponent) else {
            return write!(f, "{sign}{digits}{}", "0".repeat(self.exponent.unsigned_abs() as usize));
        };
        match digits.len().checked_sub(scale) {
            Some(point) if scale == 0 => write!(f, "{sign}{}", &digits[..point]),
            Some(point) if point > 0 => write!(f, "{sign}{}.{}", &digits[..point], &digits[point..]),
            _ => write!(f, "{sign}0.{digits:0>scale$}"),
        }
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberError::Syntax => "The parameter cannot be converted to a numeric value",
            NumberError::Precision => "Attempting to store more than 38 significant digits in a Number",
            NumberError::Overflow => {
                "Number overflow. Attempting to store a number with magnitude larger than supported range"
            }
            NumberError::Underflow => {
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"
            }
        })
    }
}

impl std::error::Error for NumberError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{Number, NumberError};

    #[track_caller]
    fn check(text: &str, canonical: &str) {
        assert_eq!(Number::parse(text).map(|number| number.to_string()).as_deref(), Ok(canonical), "{text}");
    }

    #[test]
    fn numbers_are_kept_in_plain_notation() {
        check("0", "0");
        check("-0.00", "0");
        check("0e999", "0");
        check("007", "7");
        check("+1.50", "1.5");
        check(".5", "0.5");
        check("5.", "5");
        check("1e3", "1000");
        check("12.5E-3", "0.0125");
        check("-1200", "-1200");
        check("0.1", "0.1");
        check("10.01", "10.01");
        check("99999999999999999999999999999999999999", "99999999999999999999999999999999999999");
        check("1e-130", &format!("0.{}1", "0".repeat(129)));
        check("9.9e125", &format!("99{}", "0".repeat(124)));
    }

    #[test]
    fn what_is_refused() {
        for text in ["", "-", ".", "e1", "1e", "1e+", "abc", "1,5", " 1", "1 ", "0x10", "1.2.3", "--1", "١", "NaN"] {
            assert_eq!(Number::parse(text), Err(NumberError::Syntax), "{text}");
        }
        assert_eq!(Number::parse("1e126"), Err(NumberError::Overflow));
        assert_eq!(Number::parse("1e99999999999"), Err(NumberError::Overflow));
        assert_eq!(Number::parse("1e-131"), Err(NumberError::Underflow));
        assert_eq!(Number::parse("1e-99999999999"), Err(NumberError::Underflow));
        assert_eq!(Number::parse(&"1".repeat(39)), Err(NumberError::Precision));
        assert_eq!(Number::parse(&format!("{}.5", "1".repeat(60))), Err(NumberError::Precision));
    }

    #[track_caller]
    fn check_sum(left: &str, right: &str, sum: Result<&str, NumberError>) {
        let (left, right) = (Number::parse(left).unwrap(), Number::parse(right).unwrap());
        assert_eq!(left.plus(right).map(|sum| sum.to_string()), sum.map(str::to_owned));
        assert_eq!(right.plus(left).map(|sum| sum.to_string()), sum.map(str::to_owned));
    }

    #[test]
    fn sums_are_exact_or_refused() {
        check_sum("0.1", "0.2", Ok("0.3"));
        check_sum("5", "-5", Ok("0"));
        check_sum("1e125", "0", Ok(&format!("1{}", "0".repeat(125))));
        check_sum("1e38", "-1", Ok("99999999999999999999999999999999999999"));
        check_sum("99999999999999999999999999999999999999", "1", Ok("100000000000000000000000000000000000000"));
        check_sum("1e50", "1", Err(NumberError::Precision));
        check_sum("1e125", "9e125", Err(NumberError::Overflow));
        check_sum("1.5", "-0.25", Ok("1.25"));
        check_sum("0.25", "-1.5", Ok("-1.25"));
    }

    #[test]
    fn the_order_of_numbers() {
        let texts = ["-1e125", "-10", "-9.5", "-1e-130", "0", "1e-130", "0.5", "9", "10", "10.5", "1e125"];
        let numbers: Vec<Number> = texts.iter().map(|text| Number::parse(text).unwrap()).collect();
        assert!(numbers.is_sorted());
        assert_eq!(Number::parse("1.0"), Number::parse("1"));
    }

    proptest! {
        #[test]
        fn sums_of_integers(left in -1_000_000_000_000i64..1_000_000_000_000, right in -1_000_000_000_000i64..1_000_000_000_000) {
            let number = |value: i64| Number::parse(&value.to_string()).unwrap();
            prop_assert_eq!(number(left).plus(number(right)), Ok(number(left + right)));
            prop_assert_eq!(number(left).minus(number(right)), Ok(number(left - right)));
            prop_assert_eq!(number(left).cmp(&number(right)), left.cmp(&right));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9.eE]{0,50}") {
            if let Ok(number) = Number::parse(&text) {
                prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
            }
        }
    }
}
