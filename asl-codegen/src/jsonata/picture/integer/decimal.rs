//! Integers in digits: of any script, at least so many, with separators.

use crate::jsonata::Error;
use crate::jsonata::picture::script::{EXACT, parse_int, write_number};
use crate::jsonata::picture::{about, regular_distance};

/// The zero of each script whose digits a picture may have.
const ZEROS: [char; 37] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}',
    '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}',
    '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}', '\u{abf0}', '\u{ff10}',
];

/// A pattern of digits.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::jsonata::picture) struct Decimal {
    /// The zero of its script.
    zero: char,
    /// How many digits are written at least.
    pub(in crate::jsonata::picture) mandatory: usize,
    /// How many `#` it has.
    pub(in crate::jsonata::picture) optional: usize,
    separators: Separators,
    /// How many digits are read, when it is not as many as there are.
    pub(in crate::jsonata::picture) exactly: Option<usize>,
}

/// Where separators are. Places are counted in digits from the right.
#[derive(Clone, Debug, PartialEq)]
enum Separators {
    /// One at each multiple of this place.
    Regular(usize, char),
    /// Only at these places, from the right.
    At(Vec<(usize, char)>),
}

impl Decimal {
    /// Parses a pattern of digits; `None` when it has no digit that must be there.
    pub(super) fn parse(pattern: &str) -> Result<Option<Self>, Error> {
        let mut zero = None;
        let (mut mandatory, mut optional) = (0, 0);
        let mut places = Vec::new();
        for c in pattern.chars().rev() {
            if let Some(own) = zero_of(c) {
                if *zero.get_or_insert(own) != own {
                    return Err(Error::new("D3131"));
                }
                mandatory += 1;
            } else if c == '#' {
                optional += 1;
            } else {
                places.push((mandatory + optional, c));
            }
        }
        let Some(zero) = zero else { return Ok(None) };
        Ok(Some(Self { zero, mandatory, optional, separators: Separators::new(places), exactly: None }))
    }

    /// The one separator that it repeats.
    pub(in crate::jsonata::picture) fn regular_separator(&self) -> Option<char> {
        match self.separators {
            Separators::Regular(_, separator) => Some(separator),
            Separators::At(_) => None,
        }
    }

    /// Adds `value`, which is not negative, to `out`.
    pub(super) fn write(&self, value: f64, ordinal: bool, out: &mut String) {
        if value < EXACT && !ordinal && self.zero == '0' && self.separators.is_empty() {
            // In range, so it is exact.
            write_padded(value as u64, self.mandatory, out);
            return;
        }
        let mut plain = String::new();
        write_number(value, &mut plain);
        let shift = u32::from(self.zero) - u32::from('0');
        let mut text: Vec<char> = std::iter::repeat_n('0', self.mandatory.saturating_sub(plain.len()))
            .chain(plain.chars())
            .map(|c| char::from_u32(u32::from(c) + shift).unwrap_or(c))
            .collect();
        self.separators.insert(&mut text);
        out.extend(&text);
        if ordinal {
            out.push_str(suffix(&text));
        }
    }

    /// The number that `text` is; NaN when it begins with none.
    pub(super) fn read(&self, text: &str, ordinal: bool) -> Result<f64, Error> {
        let text = if ordinal { without_suffix(text) } else { text };
        if self.zero == '0' && self.separators.is_empty() {
            return Ok(parse_int(text));
        }
        let shift = u32::from(self.zero) - u32::from('0');
        let digits: Option<String> = text
            .chars()
            .filter(|c| !self.separators.leaves_out(*c))
            .map(|c| u32::from(c).checked_sub(shift).map(|code| char::from_u32(code).unwrap_or(c)))
            .collect();
        digits.map(|digits| parse_int(&digits)).ok_or_else(|| about("D3130", text))
    }
}

impl Separators {
    /// Separators at `places`, which are from the right.
    fn new(places: Vec<(usize, char)>) -> Self {
        let distance = regular_distance(places.iter().map(|(place, _)| *place));
        match (distance, places.first()) {
            (Some(distance), Some(&(_, first))) if places.iter().all(|(_, separator)| *separator == first) => {
                Self::Regular(distance, first)
            }
            _ => Self::At(places),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::At(places) if places.is_empty())
    }

    fn insert(&self, text: &mut Vec<char>) {
        match self {
            Self::Regular(distance, separator) => {
                let groups = text.len().saturating_sub(1) / distance;
                let from_left = (1..=groups).rev().map(|group| group * distance);
                *text = split_at_places(text, from_left, *separator);
            }
            // The leftmost first. One that is left of all digits takes them apart as it does in JSONata: what is left of
            // it is dropped, and what follows begins that far from the end.
            Self::At(places) => {
                for (place, separator) in places.iter().rev() {
                    match text.len().checked_sub(*place) {
                        Some(index) => text.insert(index, *separator),
                        None => {
                            let kept = text.len().saturating_sub(place - text.len());
                            text.drain(..kept);
                            text.insert(0, *separator);
                        }
                    }
                }
            }
        }
    }

    /// Whether it is not part of the number that is read. JSONata leaves out commas when the separators are regular.
    fn leaves_out(&self, c: char) -> bool {
        match self {
            Self::Regular(..) => c == ',',
            Self::At(places) => places.iter().any(|(_, separator)| *separator == c),
        }
    }
}

/// `text` with a separator so many characters from its right, for each of these places, from the left.
fn split_at_places(text: &[char], mut places: impl Iterator<Item = usize>, separator: char) -> Vec<char> {
    let mut next = places.next();
    let mut out = Vec::with_capacity(text.len() * 2);
    for (index, c) in text.iter().enumerate() {
        if next == Some(text.len() - index) {
            out.push(separator);
            next = places.next();
        }
        out.push(*c);
    }
    out
}

/// Adds `value` to `out`, with zeros in front of it up to `width` digits.
pub(in crate::jsonata::picture) fn write_padded(mut value: u64, width: usize, out: &mut String) {
    if width == 2 && value < 100 {
        // Two digits fit.
        out.push(char::from(b'0' + (value / 10) as u8));
        out.push(char::from(b'0' + (value % 10) as u8));
        return;
    }
    let mut digits = [b'0'; 20];
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        if value == 0 && length > 0 {
            break;
        }
        // A remainder of 10 fits.
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
        length += 1;
    }
    if width > digits.len() {
        out.extend(std::iter::repeat_n('0', width - digits.len()));
    }
    let shown = digits.get(digits.len() - length.max(width.min(digits.len()))..);
    out.push_str(shown.and_then(|digits| str::from_utf8(digits).ok()).unwrap_or_default());
}

/// The zero of the script that a digit is of.
fn zero_of(c: char) -> Option<char> {
    ZEROS.into_iter().find(|zero| u32::from(c).checked_sub(u32::from(*zero)).is_some_and(|digit| digit < 10))
}

/// What makes a number that is written so an ordinal one.
fn suffix(text: &[char]) -> &'static str {
    match text {
        [.., '1', _] => "th",
        [.., '1'] => "st",
        [.., '2'] => "nd",
        [.., '3'] => "rd",
        _ => "th",
    }
}

/// `text` without its last two characters.
fn without_suffix(text: &str) -> &str {
    text.char_indices().rev().nth(1).and_then(|(index, _)| text.get(..index)).unwrap_or_default()
}
