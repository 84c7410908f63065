//! Finds the components of a picture in a text, as a regular expression would that is made of the picture: each takes as
//! much as it can, and gives back when what follows finds no place. Letters match in either case.

use std::ops::RangeInclusive;

use super::{Component, Marker, Part, Presentation};
use crate::jsonata::Error;
use crate::jsonata::picture::integer::{Decimal, Numbering, Pattern, WORDS};
use crate::jsonata::picture::out_of_memory;

/// The most places, of a part in a text, that are looked at.
const MAX_PLACES: usize = 1 << 24;

/// Finds `parts` in the whole of `text`, and gives the text of each marker, the last one first.
pub(super) fn find<'a>(parts: &'a [Part], text: &'a str) -> Result<Option<Vec<(&'a Marker, &'a str)>>, Error> {
    let (open, taken) = (Vec::with_capacity(16), Vec::with_capacity(parts.len()));
    Search { parts, text, open, taken, dead: Vec::new() }.find()
}

struct Search<'a> {
    parts: &'a [Part],
    text: &'a str,
    /// Where the search goes on: the last one first.
    open: Vec<Place>,
    /// What was taken by a part, and the index in here of what was taken before.
    taken: Vec<(&'a Marker, &'a str, Option<usize>)>,
    /// The places that lead nowhere. Empty until there is one.
    dead: Vec<bool>,
}

/// A part that is to be found at a byte of the text.
#[derive(Clone, Copy)]
struct Place {
    part: usize,
    at: usize,
    /// Where the part began, of which one word or more have been found.
    words_from: Option<usize>,
    /// The index of what was taken before.
    before: Option<usize>,
}

impl<'a> Search<'a> {
    fn find(mut self) -> Result<Option<Vec<(&'a Marker, &'a str)>>, Error> {
        self.open.push(Place { part: 0, at: 0, words_from: None, before: None });
        while let Some(place) = self.open.pop() {
            if self.is_dead(place) {
                continue;
            }
            let Some(part) = self.parts.get(place.part) else {
                if place.at == self.text.len() {
                    return Ok(Some(self.found(place.before)));
                }
                self.begin_to_remember()?;
                continue;
            };
            let open = self.open.len();
            match part {
                Part::Literal(literal) => {
                    if let Some(length) = literal_length(literal, self.rest(place.at)) {
                        self.open.push(Place { part: place.part + 1, at: place.at + length, ..place });
                    }
                }
                Part::Marker(marker) => self.marker(marker, place),
            }
            if self.open.len() == open {
                self.begin_to_remember()?;
            }
        }
        Ok(None)
    }

    fn marker(&mut self, marker: &'a Marker, place: Place) {
        match Shape::of(marker) {
            Shape::Words => self.words(marker, place),
            Shape::Run { exactly, is_part } => {
                let run = self.rest(place.at).bytes().take_while(|byte| is_part(*byte)).count();
                match exactly {
                    Some(length) if length > run => {}
                    Some(length) => self.take_all(marker, place, 0, length..=length),
                    None => self.take_all(marker, place, 0, 1..=run),
                }
            }
            Shape::Ordinal { exactly } => {
                let rest = self.rest(place.at);
                let length = exactly.unwrap_or_else(|| digit_count(rest));
                if length > 0
                    && length <= digit_count(rest)
                    && let Some(suffix) = suffix_length(self.rest(place.at + length))
                {
                    self.take(marker, place.at, place.at + length + suffix, place);
                }
            }
            Shape::Zone { prefix, separator } => {
                let Some(prefix) = literal_length(prefix, self.rest(place.at)) else { return };
                let Some(digits) = self.rest(place.at + prefix).strip_prefix(['+', '-']) else { return };
                let (sign, hours) = (1, digit_count(digits));
                let Some(separator) = separator else {
                    return self.take_all(marker, place, prefix + sign, 1..=hours);
                };
                let before = prefix + sign + hours + separator.len_utf8();
                if hours > 0 && self.rest(place.at + prefix + sign + hours).starts_with(separator) {
                    self.take_all(marker, place, before, 1..=digit_count(self.rest(place.at + before)));
                }
            }
        }
    }

    /// Takes `before` bytes and as many more as `lengths` says. The longest is looked at first, so it comes last; and when
    /// a place leads nowhere, those behind it do not either, because they were looked at before it.
    fn take_all(&mut self, marker: &'a Marker, place: Place, before: usize, lengths: RangeInclusive<usize>) {
        for length in lengths {
            if !self.take(marker, place.at, place.at + before + length, place) {
                return;
            }
        }
    }

    /// One word more, in the order of [`WORDS`]; when there is none the part ends.
    fn words(&mut self, marker: &'a Marker, place: Place) {
        let from = place.words_from.unwrap_or(place.at);
        if place.words_from.is_some() {
            self.take(marker, from, place.at, place);
        }
        let between = ["and", "-", ",", " "];
        for word in between.into_iter().rev().chain(WORDS.iter().rev().map(|(word, _)| *word)) {
            if let Some(length) = literal_length(word, self.rest(place.at)) {
                self.open.push(Place { at: place.at + length, words_from: Some(from), ..place });
            }
        }
    }

    /// Takes a piece of the text; `false` when what follows is known to lead nowhere.
    fn take(&mut self, marker: &'a Marker, from: usize, to: usize, place: Place) -> bool {
        let after = Place { part: place.part + 1, at: to, words_from: None, before: Some(self.taken.len()) };
        let index = self.index(after);
        let Some(text) = self.text.get(from..to).filter(|_| !self.dead.get(index).is_some_and(|dead| *dead)) else {
            return false;
        };
        self.taken.push((marker, text, place.before));
        self.open.push(after);
        true
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    fn found(&self, last: Option<usize>) -> Vec<(&'a Marker, &'a str)> {
        let taken = |index: Option<usize>| index.and_then(|index| self.taken.get(index));
        let all = std::iter::successors(taken(last), |(_, _, before)| taken(*before));
        all.map(|(marker, text, _)| (*marker, *text)).collect()
    }

    /// From the first place that leads nowhere on, none is looked at twice.
    fn begin_to_remember(&mut self) -> Result<(), Error> {
        if self.dead.is_empty() {
            let places = (self.parts.len() + 1).saturating_mul(self.text.len() + 1).saturating_mul(2);
            if places > MAX_PLACES {
                return Err(out_of_memory());
            }
            self.dead = vec![false; places];
        }
        Ok(())
    }

    /// Whether a place was looked at before, which it is now.
    fn is_dead(&mut self, place: Place) -> bool {
        let index = self.index(place);
        self.dead.get_mut(index).is_some_and(|dead| std::mem::replace(dead, true))
    }

    fn index(&self, place: Place) -> usize {
        let row = place.part.saturating_mul(self.text.len() + 1);
        row.saturating_add(place.at).saturating_mul(2).saturating_add(usize::from(place.words_from.is_some()))
    }
}

/// What the text of a component looks like.
enum Shape {
    /// ASCII characters: so many, or one and more.
    Run { exactly: Option<usize>, is_part: fn(u8) -> bool },
    /// Digits, so many or one and more, and what makes them an ordinal number.
    Ordinal { exactly: Option<usize> },
    /// A sign and digits.
    Zone { prefix: &'static str, separator: Option<char> },
    /// Words of [`WORDS`].
    Words,
}

impl Shape {
    fn of(marker: &Marker) -> Self {
        let run = |is_part| Self::Run { exactly: None, is_part };
        match (marker.component, &marker.presentation) {
            (Component::Fraction, _) => run(|byte| byte.is_ascii_digit()),
            (component, Presentation::Number(pattern, _)) if component.is_zone() => {
                let prefix = if component == Component::ZoneFromGmt { "GMT" } else { "" };
                Self::Zone { prefix, separator: pattern.decimal().and_then(|zone| zone.regular_separator()) }
            }
            (_, Presentation::Number(Pattern { numbering, ordinal, .. }, _)) => match numbering {
                Numbering::Decimal(Decimal { exactly, .. }) if *ordinal => Self::Ordinal { exactly: *exactly },
                Numbering::Decimal(Decimal { exactly, .. }) => {
                    Self::Run { exactly: *exactly, is_part: |byte| byte.is_ascii_digit() }
                }
                Numbering::Roman => run(|byte| b"MDCLXVImdclxvi".contains(&byte)),
                Numbering::Words => Self::Words,
                Numbering::Letters | Numbering::Sequence(_) => run(|byte| byte.is_ascii_alphabetic()),
            },
            _ => run(|byte| byte.is_ascii_alphabetic()),
        }
    }
}

fn digit_count(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of what makes a number an ordinal one.
fn suffix_length(text: &str) -> Option<usize> {
    ["th", "st", "nd", "rd"].into_iter().find_map(|suffix| literal_length(suffix, text))
}

/// The length of `literal` at the start of `text`, where it may be in another case.
fn literal_length(literal: &str, text: &str) -> Option<usize> {
    let mut rest = text.chars();
    for c in literal.chars() {
        let other = rest.next()?;
        if c != other && fold(c) != fold(other) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// The upper-case letter that a regular expression of ECMAScript compares instead of `c`.
fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if !one.is_ascii() && u32::from(c) <= 0xffff => one,
        _ => c,
    }
}
