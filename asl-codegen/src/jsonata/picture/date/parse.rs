//! Text to [`Picture`].

use super::{Component, Marker, Part, Picture, Presentation};
use crate::jsonata::Error;
use crate::jsonata::picture::integer::Pattern;
use crate::jsonata::picture::script::{is_space, parse_int};
use crate::jsonata::picture::{Case, MAX_WIDTH, about, out_of_memory};

impl Picture {
    /// Parses `picture`.
    ///
    /// # Errors
    /// D3131: digits of several scripts in one component. D3132: an unknown component. D3135: a bracket is not closed.
    /// What is wrong with it both for writing and reading.
    pub fn parse(picture: &str) -> Result<Self, Error> {
        let parts = Parser { rest: picture, parts: Vec::new(), width: 0 }.parse()?;
        let unwritable = parts.iter().find_map(|part| part.check_format().err());
        let unreadable = parts.iter().find_map(|part| part.check_read().err());
        match unwritable {
            Some(error) if unreadable.as_ref() == Some(&error) => Err(error),
            unwritable => Ok(Self { parts: parts.into(), unwritable, unreadable }),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    parts: Vec<Part>,
    /// What all numbers are widened to.
    width: usize,
}

impl Parser<'_> {
    fn parse(mut self) -> Result<Vec<Part>, Error> {
        while let Some((literal, marker)) = self.rest.split_once('[') {
            self.literal(literal);
            if let Some(rest) = marker.strip_prefix('[') {
                self.literal("[");
                self.rest = rest;
                continue;
            }
            let (marker, rest) = marker.split_once(']').ok_or_else(|| Error::new("D3135"))?;
            self.rest = rest;
            self.marker(&marker.replace(is_space, ""))?;
        }
        self.literal(self.rest);
        Ok(self.parts)
    }

    fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.parts.push(Part::Literal(text.replace("]]", "]").into()));
        }
    }

    fn marker(&mut self, text: &str) -> Result<(), Error> {
        let letter = text.chars().next();
        let component = letter.map_or(Component::Other(' '), Component::of);
        let (presentation, width) = match text.rsplit_once(',') {
            // A comma in the component's place is its own presentation.
            Some(("", width)) => (",", Width::parse(width)),
            Some((before, width)) => (after_first(before), Width::parse(width)),
            None => (after_first(text), Width::default()),
        };
        let (first, second) = split_presentation(presentation);
        let first = if first.is_empty() { component.default_presentation() } else { Some(first) };
        let Some(first) = first else {
            return Err(about("D3132", &letter.map(String::from).unwrap_or_default()));
        };
        let presentation = self.presentation(component, first, second, width)?;
        self.parts.push(Part::Marker(Marker { component, presentation, zulu: second == Some('t') }));
        Ok(())
    }

    fn presentation(
        &mut self,
        component: Component,
        first: &str,
        second: Option<char>,
        width: Width,
    ) -> Result<Presentation, Error> {
        if component.is_zone() {
            return Ok(Presentation::Number(Pattern::parse(first)?, None));
        }
        if let Some(case) = name_case(first) {
            let letters = width.max.filter(|max| !max.is_nan());
            return Ok(Presentation::Name(case, letters.map(|max| max as usize)));
        }
        if !component.is_number() {
            return Ok(Presentation::Text);
        }
        let mut pattern = match second {
            Some(second) => Pattern::new(first, second == 'o')?,
            None => Pattern::parse(first)?,
        };
        let is_year = component == Component::Year;
        let mut digits = width.max.filter(|_| is_year);
        if let Some(decimal) = pattern.decimal_mut() {
            let min = width.min.map_or(0, |min| min as usize);
            decimal.mandatory = decimal.mandatory.max(min);
            if let Some(digits) = digits {
                decimal.mandatory = digits as usize;
            } else if is_year {
                let width = decimal.mandatory.saturating_add(decimal.optional);
                digits = (width >= 2).then_some(width as f64);
            }
            self.width = self.width.saturating_add(decimal.mandatory);
            if self.width > MAX_WIDTH {
                return Err(out_of_memory());
            }
        }
        self.fix_width_of_last();
        // JSONata marks a year that is shown whole by -1.
        let remainder = digits.filter(|digits| *digits != -1.0).map(|digits| 10_f64.powf(digits));
        Ok(Presentation::Number(pattern, remainder))
    }

    /// A number that another number follows is read with as many digits as it has at least.
    fn fix_width_of_last(&mut self) {
        if let Some(Part::Marker(Marker { presentation: Presentation::Number(pattern, _), .. })) = self.parts.last_mut()
            && let Some(decimal) = pattern.decimal_mut()
        {
            decimal.exactly = Some(decimal.mandatory).filter(|digits| *digits > 0);
        }
    }
}

/// `text` without its first character.
fn after_first(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

/// A presentation without the modifier at its end, and that.
fn split_presentation(text: &str) -> (&str, Option<char>) {
    match text.strip_suffix(['a', 't', 'c', 'o']) {
        Some(first) if !first.is_empty() => (first, text.chars().next_back()),
        _ => (text, None),
    }
}

/// The case of names, when a presentation asks for a name.
fn name_case(presentation: &str) -> Option<Case> {
    if presentation.starts_with('n') {
        Some(Case::Lower)
    } else if presentation.starts_with("Nn") {
        Some(Case::Title)
    } else {
        presentation.starts_with('N').then_some(Case::Upper)
    }
}

/// The least and the greatest width of a component. NaN is a width that is no number.
#[derive(Clone, Copy, Default)]
struct Width {
    min: Option<f64>,
    max: Option<f64>,
}

impl Width {
    fn parse(text: &str) -> Self {
        let width = |text: &str| (text != "*").then(|| parse_int(text));
        match text.split_once('-') {
            Some((min, max)) => Self { min: width(min), max: width(max) },
            None => Self { min: width(text), max: None },
        }
    }
}

impl Part {
    fn check_format(&self) -> Result<(), Error> {
        let Self::Marker(Marker { component, presentation, .. }) = self else { return Ok(()) };
        match presentation {
            Presentation::Name(..) if component.is_number() && component.names().is_empty() => Err(no_name(*component)),
            Presentation::Number(pattern, _) if component.is_zone() => match pattern.decimal() {
                Some(decimal) if decimal.regular_separator().is_some() || decimal.mandatory <= 4 => Ok(()),
                _ => Err(Error::new("D3134")),
            },
            Presentation::Number(pattern, _) => pattern.check(),
            _ => Ok(()),
        }
    }

    fn check_read(&self) -> Result<(), Error> {
        let Self::Marker(Marker { component, presentation, .. }) = self else { return Ok(()) };
        match (component, presentation) {
            (Component::Fraction | Component::Zone | Component::ZoneFromGmt | Component::HalfDay, _) => Ok(()),
            (_, Presentation::Number(pattern, _)) => pattern.check(),
            _ if !component.names().is_empty() => Ok(()),
            _ => Err(no_name(*component)),
        }
    }
}

fn no_name(component: Component) -> Error {
    about("D3133", component.letter().encode_utf8(&mut [0; 4]))
}
