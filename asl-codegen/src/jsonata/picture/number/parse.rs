//! Text to [`Format`].

use super::symbols::{find, is, rfind};
use super::{Exponent, Format, Grouping, SubPicture, Symbols};
use crate::jsonata::Error;
use crate::jsonata::picture::regular_distance;

/// The most digits of fraction that ECMAScript shows.
const MAX_FRACTION_DIGITS: usize = 100;

impl Format {
    /// Parses `picture`, whose symbols are the usual ones but for `options`: `("decimal-separator", ",")`.
    ///
    /// # Errors
    /// D3080 to D3093: what a picture must not have.
    pub fn parse(picture: &str, options: &[(&str, &str)]) -> Result<Self, Error> {
        let symbols = Symbols::new(options);
        let picture: Vec<char> = picture.chars().collect();
        let subs = split(&picture, &symbols.pattern_separator);
        if subs.len() > 2 {
            return Err(Error::new("D3080"));
        }
        let subs: Vec<_> = subs.into_iter().map(|sub| Parts::new(sub, &symbols)).collect();
        subs.iter().try_for_each(|parts| parts.check(&symbols))?;
        let subs: Vec<_> = subs.iter().map(|parts| parts.analyse(&symbols)).collect();
        if subs.iter().any(|sub| sub.max_fraction_digits > MAX_FRACTION_DIGITS) {
            return Err(Error::with_message("U1001", "toFixed() digits argument must be between 0 and 100"));
        }
        let mut subs = subs.into_iter();
        let positive = subs.next().ok_or_else(|| Error::new("D3085"))?;
        let negative = subs.next().unwrap_or_else(|| {
            let prefix = format!("{}{}", symbols.minus_sign, positive.prefix);
            SubPicture { prefix, ..positive.clone() }
        });
        Ok(Self { symbols, positive, negative })
    }
}

/// The parts of `text` between separators; its characters when the separator is empty.
fn split<'a>(mut text: &'a [char], separator: &[char]) -> Vec<&'a [char]> {
    if separator.is_empty() {
        return text.chunks(1).collect();
    }
    let mut parts = Vec::new();
    while let Some((part, rest)) = find(text, separator).and_then(|index| text.split_at_checked(index)) {
        parts.push(part);
        text = rest.get(separator.len()..).unwrap_or_default();
    }
    parts.push(text);
    parts
}

/// One half of a picture, taken apart.
struct Parts<'a> {
    whole: &'a [char],
    prefix: &'a [char],
    suffix: &'a [char],
    /// What is between them.
    active: &'a [char],
    mantissa: &'a [char],
    exponent: Option<&'a [char]>,
    integer: &'a [char],
    fraction: &'a [char],
}

impl<'a> Parts<'a> {
    fn new(whole: &'a [char], symbols: &Symbols) -> Self {
        // An exponent separator is active, but begins and ends nothing.
        let bounds = |c: &char| symbols.is_active(*c) && !is(&symbols.exponent_separator, *c);
        let start = whole.iter().position(bounds).unwrap_or(0);
        let end = whole.iter().rposition(bounds).map_or(whole.len(), |index| index + 1);
        let (prefix, suffix) = (part(whole, 0, start), part(whole, end, whole.len()));
        let active = part(whole, start, end);
        // JSONata looks for the exponent from the prefix on, and counts its place from the start.
        let exponent = find(part(whole, start, whole.len()), &symbols.exponent_separator)
            .map(|index| index + start)
            .filter(|index| *index <= end);
        let mantissa = part(active, 0, exponent.unwrap_or(active.len()));
        let exponent = exponent.map(|index| part(active, index + 1, active.len()));
        let (integer, fraction) = match find(mantissa, &symbols.decimal_separator) {
            Some(index) => (part(mantissa, 0, index), part(mantissa, index + 1, mantissa.len())),
            None => (mantissa, suffix),
        };
        Self { whole, prefix, suffix, active, mantissa, exponent, integer, fraction }
    }

    /// What the picture must not have. Of several errors JSONata reports the last one.
    fn check(&self, symbols: &Symbols) -> Result<(), Error> {
        let has = |symbol: &[char]| find(self.whole, symbol).is_some();
        let repeats = |symbol: &[char]| find(self.whole, symbol) != rfind(self.whole, symbol);
        let grouping = &symbols.grouping_separator;
        let is_grouping = |index: Option<usize>| {
            let c = index.map_or(&[][..], |index| part(self.whole, index, index + 1));
            c == grouping
        };
        let is_digit = |c: &char| symbols.is_digit(*c);
        let separator = find(self.whole, &symbols.decimal_separator);
        let ends_grouped = match separator {
            Some(index) => is_grouping(index.checked_sub(1)) || is_grouping(Some(index + 1)),
            None => part(self.integer, self.integer.len().saturating_sub(1), self.integer.len()) == grouping,
        };
        let optional_after_digit =
            find(self.integer, &symbols.digit).is_some_and(|index| part(self.integer, 0, index).iter().any(is_digit));
        let digit_after_optional = rfind(self.fraction, &symbols.digit)
            .is_some_and(|index| part(self.fraction, index, self.fraction.len()).iter().any(is_digit));
        let rate = has(&symbols.percent) || has(&symbols.per_mille);
        let is_passive = |c: &char| !symbols.is_active(*c) && !is(&symbols.exponent_separator, *c);
        let problems = [
            (repeats(&symbols.decimal_separator), "D3081"),
            (repeats(&symbols.percent), "D3082"),
            (repeats(&symbols.per_mille), "D3083"),
            (has(&symbols.percent) && has(&symbols.per_mille), "D3084"),
            (!self.mantissa.iter().any(|c| symbols.is_any_digit(*c)), "D3085"),
            (self.active.iter().any(is_passive), "D3086"),
            (ends_grouped, if separator.is_some() { "D3087" } else { "D3088" }),
            (has(&[grouping.as_slice(), grouping].concat()), "D3089"),
            (optional_after_digit, "D3090"),
            (digit_after_optional, "D3091"),
            (self.exponent.is_some_and(|exponent| !exponent.is_empty() && rate), "D3092"),
            (self.exponent.is_some_and(|exponent| exponent.is_empty() || !exponent.iter().all(is_digit)), "D3093"),
        ];
        problems.into_iter().rfind(|(is_one, _)| *is_one).map_or(Ok(()), |(_, code)| Err(Error::new(code)))
    }

    fn analyse(&self, symbols: &Symbols) -> SubPicture {
        let digits = |text: &[char]| text.iter().filter(|c| symbols.is_digit(**c)).count();
        let any_digits = |text: &[char]| text.iter().filter(|c| symbols.is_any_digit(**c)).count();
        let written = digits(self.integer);
        let mut integer_digits = written;
        let mut min_fraction_digits = digits(self.fraction);
        let mut max_fraction_digits = any_digits(self.fraction);
        if integer_digits == 0 && max_fraction_digits == 0 {
            if self.exponent.is_some() {
                min_fraction_digits = 1;
                max_fraction_digits = 1;
            } else {
                integer_digits = 1;
            }
        }
        if self.exponent.is_some() && integer_digits == 0 && find(self.integer, &symbols.digit).is_some() {
            integer_digits = 1;
        }
        if integer_digits == 0 && min_fraction_digits == 0 {
            min_fraction_digits = 1;
        }
        let separators = self.separators(self.integer, symbols);
        let places: Vec<_> =
            separators.into_iter().map(|index| any_digits(part(self.integer, index, self.integer.len()))).collect();
        let fraction_separators = self.separators(self.fraction, symbols);
        SubPicture {
            prefix: self.prefix.iter().collect(),
            suffix: self.suffix.iter().collect(),
            factor: if find(self.whole, &symbols.percent).is_some() {
                100.0
            } else if find(self.whole, &symbols.per_mille).is_some() {
                1000.0
            } else {
                1.0
            },
            grouping: regular_distance(places.iter().copied()).map_or(Grouping::At(places), Grouping::Every),
            fraction_grouping: fraction_separators
                .into_iter()
                .map(|index| any_digits(part(self.fraction, 0, index)))
                .collect(),
            integer_digits,
            min_fraction_digits,
            max_fraction_digits,
            exponent: self.exponent.map(|exponent| Exponent {
                digits: digits(exponent),
                integer_digits: i32::try_from(written).unwrap_or(i32::MAX),
            }),
            has_separator: find(self.whole, &symbols.decimal_separator).is_some(),
        }
    }

    /// Where separators are in `text`. JSONata looks for all but the first one in the integer.
    fn separators(&self, text: &[char], symbols: &Symbols) -> Vec<usize> {
        let next = |index: &usize| {
            let rest = part(self.integer, index + 1, self.integer.len());
            find(rest, &symbols.grouping_separator).map(|offset| index + 1 + offset)
        };
        std::iter::successors(find(text, &symbols.grouping_separator), next).collect()
    }
}

/// The characters from `start` to `end`, as far as there are any.
fn part(text: &[char], start: usize, end: usize) -> &[char] {
    let end = end.min(text.len());
    text.get(start.min(end)..end).unwrap_or_default()
}
