//! Pictures: how `$fromMillis`, `$toMillis`, `$formatInteger`, `$parseInteger` and `$formatNumber` write and read times
//! and numbers. Their syntax is that of XPath, <https://www.w3.org/TR/xpath-functions-31/>, with what JSONata adds and
//! leaves out.
//!
//! A picture is parsed once, when it is a literal while compiling; what is wrong with it is an error then.

pub mod date;
pub mod integer;
pub mod number;
mod script;

use super::Error;

/// The most characters that a picture may widen a text to. A longer text is no value of a state.
const MAX_WIDTH: usize = 1 << 18;

/// What a value raises whose text would be written by endless recursion.
#[cold]
fn stack_overflow() -> Error {
    Error::with_message(
        "U1001",
        "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
    )
}

/// What a picture raises whose text would have no end.
#[cold]
fn out_of_memory() -> Error {
    Error::with_message("U1001", "Expression evaluation memory limit exceeded: Check for excessive memory usage")
}

/// The error `code` about `value`.
#[cold]
fn about(code: &'static str, value: &str) -> Error {
    Error::new(code).value(serde_json::Value::from(value).to_string())
}

/// How letters and words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
    Title,
}

impl Case {
    /// Puts what `out` has from byte `start` on, which is in title case, into this case.
    fn apply(self, out: &mut str, start: usize) {
        let Some(text) = out.get_mut(start..) else { return };
        match self {
            Self::Lower => text.make_ascii_lowercase(),
            Self::Upper => text.make_ascii_uppercase(),
            Self::Title => {}
        }
    }
}

/// The distance between separators that are at these places from the right; `None` when they are not at each multiple
/// of it.
fn regular_distance(places: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    fn greatest_common_divisor(a: usize, b: usize) -> usize {
        if b == 0 { a } else { greatest_common_divisor(b, a % b) }
    }
    let distance = places.clone().reduce(greatest_common_divisor).filter(|&distance| distance > 0)?;
    let mut multiples = (1..=places.clone().count()).map(|index| index * distance);
    multiples.all(|multiple| places.clone().any(|place| place == multiple)).then_some(distance)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
