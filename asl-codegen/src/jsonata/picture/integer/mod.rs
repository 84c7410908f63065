//! Pictures of integers: those of `$formatInteger` and `$parseInteger`, and of numbers within a date.
//! <https://www.w3.org/TR/xpath-functions-31/#func-format-integer>

mod decimal;
mod numerals;
mod words;

pub(super) use decimal::{Decimal, write_padded};
pub(super) use words::WORDS;

use super::{Case, about, stack_overflow};
use crate::jsonata::Error;

/// A picture of an integer: `000`, `#,##0;o`, `w`, `I`.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture(Pattern);

impl Picture {
    /// Parses `picture`.
    ///
    /// # Errors
    /// D3130: it begins a sequence that is none of numbers, letters or words. D3131: its digits are of several scripts.
    pub fn parse(picture: &str) -> Result<Self, Error> {
        let pattern = Pattern::parse(picture)?;
        pattern.check()?;
        Ok(Self(pattern))
    }

    /// Writes `value`, rounded down.
    ///
    /// # Errors
    /// U1001: it is too large to be written in Roman numerals.
    pub fn format(&self, value: f64) -> Result<String, Error> {
        let mut out = String::new();
        self.0.write(value.floor(), &mut out)?;
        Ok(out)
    }

    /// Reads what [`format`](Self::format) writes; NaN for a text that is no such number.
    ///
    /// # Errors
    /// D3130: it has digits of another script than the picture.
    pub fn read(&self, text: &str) -> Result<f64, Error> {
        self.0.read(text)
    }
}

/// What a picture of an integer says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern {
    pub(super) numbering: Numbering,
    pub(super) case: Case,
    pub(super) ordinal: bool,
}

/// What a number is written with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Numbering {
    Decimal(Decimal),
    Letters,
    Roman,
    Words,
    /// What begins with this text. None is known.
    Sequence(Box<str>),
}

impl Pattern {
    /// Parses `picture`, and takes also a sequence that is not known.
    pub(super) fn parse(picture: &str) -> Result<Self, Error> {
        let (primary, modifier) = picture.rsplit_once(';').unwrap_or((picture, ""));
        Self::new(primary, modifier.starts_with('o'))
    }

    /// What `primary`, the part before a semicolon, says.
    pub(super) fn new(primary: &str, ordinal: bool) -> Result<Self, Error> {
        let (numbering, case) = match primary {
            "A" => (Numbering::Letters, Case::Upper),
            "a" => (Numbering::Letters, Case::Lower),
            "I" => (Numbering::Roman, Case::Upper),
            "i" => (Numbering::Roman, Case::Lower),
            "W" => (Numbering::Words, Case::Upper),
            "w" => (Numbering::Words, Case::Lower),
            "Ww" => (Numbering::Words, Case::Title),
            _ => {
                let decimal = Decimal::parse(primary)?;
                (decimal.map_or_else(|| Numbering::Sequence(primary.into()), Numbering::Decimal), Case::Lower)
            }
        };
        Ok(Self { numbering, case, ordinal })
    }

    /// Refuses a sequence.
    pub(super) fn check(&self) -> Result<(), Error> {
        match &self.numbering {
            Numbering::Sequence(text) => Err(about("D3130", text)),
            _ => Ok(()),
        }
    }

    /// Its digits, when it has digits.
    pub(super) fn decimal(&self) -> Option<&Decimal> {
        match &self.numbering {
            Numbering::Decimal(decimal) => Some(decimal),
            _ => None,
        }
    }

    /// [`decimal`](Self::decimal), to be changed.
    pub(super) fn decimal_mut(&mut self) -> Option<&mut Decimal> {
        match &mut self.numbering {
            Numbering::Decimal(decimal) => Some(decimal),
            _ => None,
        }
    }

    /// Adds `value`, an integer, to `out`.
    pub(super) fn write(&self, value: f64, out: &mut String) -> Result<(), Error> {
        if value < 0.0 {
            out.push('-');
        }
        let value = value.abs();
        match &self.numbering {
            Numbering::Decimal(decimal) => decimal.write(value, self.ordinal, out),
            Numbering::Letters => numerals::write_letters(value, self.case, out)?,
            Numbering::Roman => numerals::write_roman(value, self.case, out)?,
            Numbering::Words => {
                if !value.is_finite() {
                    return Err(stack_overflow());
                }
                let start = out.len();
                words::write(value, self.ordinal, out);
                self.case.apply(out, start);
            }
            Numbering::Sequence(_) => self.check()?,
        }
        Ok(())
    }

    /// The number that `text` is; NaN when it is none.
    pub(super) fn read(&self, text: &str) -> Result<f64, Error> {
        match &self.numbering {
            Numbering::Decimal(decimal) => decimal.read(text, self.ordinal),
            Numbering::Letters => Ok(numerals::read_letters(text, self.case)),
            Numbering::Roman => Ok(numerals::read_roman(text, self.case)),
            Numbering::Words => Ok(words::read(text)),
            Numbering::Sequence(_) => self.check().map(|()| f64::NAN),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
