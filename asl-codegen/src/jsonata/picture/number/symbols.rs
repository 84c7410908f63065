//! What the characters of a picture mean.

/// The symbols of a picture, which `$formatNumber` takes as options. All but the digits may have any length.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Symbols {
    pub(super) decimal_separator: Vec<char>,
    pub(super) grouping_separator: Vec<char>,
    pub(super) exponent_separator: Vec<char>,
    pub(super) minus_sign: String,
    pub(super) percent: Vec<char>,
    pub(super) per_mille: Vec<char>,
    pub(super) zero_digit: Vec<char>,
    pub(super) digit: Vec<char>,
    pub(super) pattern_separator: Vec<char>,
}

impl Symbols {
    /// The usual symbols, replaced by what `options` says. Names that are not known are left out, and so are those of
    /// values that no number of JSON has.
    pub(super) fn new(options: &[(&str, &str)]) -> Self {
        let option = |wanted: &str, usual: &str| -> String {
            options.iter().rev().find(|(name, _)| *name == wanted).map_or(usual, |(_, value)| value).to_owned()
        };
        let symbol = |wanted, usual| option(wanted, usual).chars().collect();
        Self {
            decimal_separator: symbol("decimal-separator", "."),
            grouping_separator: symbol("grouping-separator", ","),
            exponent_separator: symbol("exponent-separator", "e"),
            minus_sign: option("minus-sign", "-"),
            percent: symbol("percent", "%"),
            per_mille: symbol("per-mille", "\u{2030}"),
            zero_digit: symbol("zero-digit", "0"),
            digit: symbol("digit", "#"),
            pattern_separator: symbol("pattern-separator", ";"),
        }
    }

    /// Whether `c` is one of the ten digits.
    pub(super) fn is_digit(&self, c: char) -> bool {
        let zero = self.zero_digit.first().map(|zero| u32::from(*zero));
        zero.and_then(|zero| u32::from(c).checked_sub(zero)).is_some_and(|digit| digit < 10)
    }

    /// Whether `c` is a digit that must be there or can be.
    pub(super) fn is_any_digit(&self, c: char) -> bool {
        self.is_digit(c) || is(&self.digit, c)
    }

    /// Whether `c` is neither of the prefix nor of the suffix. The exponent separator is, when no digit follows it.
    pub(super) fn is_active(&self, c: char) -> bool {
        let symbols = [&self.decimal_separator, &self.grouping_separator, &self.pattern_separator];
        self.is_any_digit(c) || symbols.into_iter().any(|symbol| is(symbol, c))
    }

    /// The digit of `value`, which is `0` to `9`; any other character is itself.
    pub(super) fn shown(&self, c: char) -> Option<char> {
        match (c.to_digit(10), self.zero_digit.first()) {
            (None, _) => Some(c),
            (Some(digit), Some(zero)) => char::from_u32(u32::from(*zero) + digit),
            (Some(_), None) => None,
        }
    }
}

/// Whether a symbol is the one character `c`.
pub(super) fn is(symbol: &[char], c: char) -> bool {
    symbol == [c]
}

/// Where `symbol` begins first in `text`.
pub(super) fn find(text: &[char], symbol: &[char]) -> Option<usize> {
    if symbol.is_empty() {
        return Some(0);
    }
    text.windows(symbol.len()).position(|window| window == symbol)
}

/// Where `symbol` begins last in `text`.
pub(super) fn rfind(text: &[char], symbol: &[char]) -> Option<usize> {
    if symbol.is_empty() {
        return Some(text.len());
    }
    text.windows(symbol.len()).rposition(|window| window == symbol)
}
