//! Pictures of dates and times: those of `$fromMillis`, `$toMillis` and `$now`, and the texts of ISO 8601.
//! <https://www.w3.org/TR/xpath-functions-31/#date-picture-string>

mod component;
mod instant;
mod iso;
mod parse;
mod read;
mod text;
mod write;

pub use instant::Offset;
pub use iso::{iso, iso_at, parse_iso};

use component::Component;

use super::Case;
use super::integer::Pattern;
use crate::jsonata::Error;

/// A picture of a date and time: `[Y0001]-[M01]-[D01]T[H01]:[m01]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    parts: Box<[Part]>,
    /// What is wrong with it for writing.
    unwritable: Option<Error>,
    /// What is wrong with it for reading.
    unreadable: Option<Error>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(Box<str>),
    Marker(Marker),
}

/// A component in brackets.
#[derive(Clone, Debug, PartialEq)]
struct Marker {
    component: Component,
    presentation: Presentation,
    /// A time zone of zero is `Z`.
    zulu: bool,
}

/// How the value of a component is shown.
#[derive(Clone, Debug, PartialEq)]
enum Presentation {
    /// As a name, cut to so many letters.
    Name(Case, Option<usize>),
    /// As a number; of a year only its remainder by the second.
    Number(Pattern, Option<f64>),
    /// As the component's only text.
    Text,
}

impl Picture {
    /// What is wrong with it for [`format`](Self::format).
    ///
    /// # Errors
    /// D3130: a number in a sequence that is not known. D3133: a name for what has none. D3134: a time zone of more than
    /// four digits.
    pub fn check_format(&self) -> Result<(), Error> {
        self.unwritable.clone().map_or(Ok(()), Err)
    }

    /// What is wrong with it for [`read`](Self::read). Whether it has what makes a time depends on the text also.
    ///
    /// # Errors
    /// D3130: a number in a sequence that is not known. D3133: a name for what has none.
    pub fn check_read(&self) -> Result<(), Error> {
        self.unreadable.clone().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
