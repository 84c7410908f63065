//! Pictures of numbers: those of `$formatNumber`. <https://www.w3.org/TR/xpath-functions-31/#formatting-numbers>

mod parse;
mod rounding;
mod symbols;
mod write;

use symbols::Symbols;

/// A picture of a number with its symbols: `#,##0.00`, `0.0%`, `0.00e0;(0.00e0)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Format {
    symbols: Symbols,
    positive: SubPicture,
    negative: SubPicture,
}

/// What one half of a picture says.
#[derive(Clone, Debug, PartialEq)]
struct SubPicture {
    prefix: String,
    suffix: String,
    /// What a number is multiplied by.
    factor: f64,
    /// Where separators are in the integer: counted in digits from the right, from the left.
    grouping: Grouping,
    /// Where separators are in the fraction: counted in digits from the left.
    fraction_grouping: Vec<usize>,
    integer_digits: usize,
    min_fraction_digits: usize,
    max_fraction_digits: usize,
    exponent: Option<Exponent>,
    /// Whether it has the decimal separator.
    has_separator: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Grouping {
    Every(usize),
    At(Vec<usize>),
}

/// An exponent of at least so many digits, and how many digits the integer in front of it has.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Exponent {
    digits: usize,
    integer_digits: i32,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
