//! The texts of ISO 8601 that are written and read without a picture.

use super::instant::{Instant, MILLIS_PER_DAY};
use super::{Offset, Picture};
use crate::jsonata::picture::integer::write_padded;
use crate::timestamp::days_from_civil;

/// What is written without a picture.
const PICTURE: &str = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

/// Writes the time so many milliseconds after 1970 in UTC: `2018-03-23T10:33:36.617Z`. A year has its last four digits.
#[must_use]
pub fn iso(millis: i64) -> String {
    let Some(time) = Instant::new(millis, Offset::UTC) else { return iso_at(millis, Offset::UTC) };
    let mut out = String::with_capacity(25);
    if time.year % 10_000 < 0 {
        out.push('-');
    }
    for (before, value, width) in [
        ("", time.year % 10_000, 4),
        ("-", time.month, 2),
        ("-", time.day, 2),
        ("T", time.hour, 2),
        (":", time.minute, 2),
        (":", time.second, 2),
        (".", time.millisecond, 3),
    ] {
        out.push_str(before);
        write_padded(value.unsigned_abs(), width, &mut out);
    }
    out.push('Z');
    out
}

/// Writes the time so many milliseconds after 1970 at `offset`: `2018-03-23T11:33:36.617+01:00`.
#[must_use]
pub fn iso_at(millis: i64, offset: Offset) -> String {
    Picture::parse(PICTURE).and_then(|picture| picture.format(millis, offset)).unwrap_or_default()
}

/// Reads a time, in milliseconds since 1970: a year, and then as much as there is of month, day, time, fraction and
/// offset. `None` for a text of another form, D3110; NaN for one of that form that is no time. Without an offset it is UTC.
#[must_use]
pub fn parse_iso(text: &str) -> Option<f64> {
    // What follows the year can be its month, its day or its offset: the first that leads to the end.
    let written = [(true, true), (true, false), (false, true), (false, false)]
        .into_iter()
        .find_map(|(month, day)| Written::parse(text.as_bytes(), month, day))?;
    Some(written.time().map_or(f64::NAN, |millis| millis as f64))
}

/// The parts of a text, as they were written.
struct Written<'a> {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    time: Option<[i64; 3]>,
    fraction: Option<&'a [u8]>,
    zone: Option<Zone>,
}

enum Zone {
    Utc,
    East { sign: i64, hours: i64, minutes: i64 },
}

impl<'a> Written<'a> {
    /// Reads a text that has a month and a day or not.
    fn parse(text: &'a [u8], month: bool, day: bool) -> Option<Self> {
        let mut input = Input(text);
        Some(Self {
            year: input.pair(b'9')? * 100 + input.pair(b'9')?,
            month: if month { Some(input.after(b'-')?.pair(b'1')?) } else { None },
            day: if day { Some(input.after(b'-')?.pair(b'3')?) } else { None },
            time: match input.after(b'T') {
                Some(input) => {
                    Some([input.pair(b'2')?, input.after(b':')?.pair(b'5')?, input.after(b':')?.pair(b'5')?])
                }
                None => None,
            },
            fraction: match input.after(b'.') {
                Some(input) => Some(input.digits()?),
                None => None,
            },
            zone: input.zone()?,
        })
    }

    /// The time in milliseconds; `None` when it is none, or one that JSONata does not take.
    fn time(&self) -> Option<i64> {
        if self.day.is_some() && self.month.is_none() {
            return None;
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let Some([hour, minute, second]) = self.time else { return self.date(month, day) };
        let fraction = self.fraction.unwrap_or_default();
        let millis = fraction.iter().chain(b"000").take(3).fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
        let midnight = minute == 0 && second == 0 && fraction.iter().all(|digit| *digit == b'0');
        if hour > 24 || (hour == 24 && !midnight) {
            return None;
        }
        let offset = match self.zone {
            Some(Zone::East { hours: 24.., .. }) => return None,
            Some(Zone::East { sign, hours, minutes }) => sign * (hours * 60 + minutes),
            Some(Zone::Utc) | None => 0,
        };
        Some(midnight_of(self.year, month, day)? + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis)
    }

    /// The time of a text that has a date only. A fraction behind it is taken for the next part of the date.
    fn date(&self, month: i64, day: i64) -> Option<i64> {
        let (month, day) = match (self.fraction, self.month, self.day) {
            (None, ..) => (month, day),
            (Some(number), None, None) => (small(number)?, day),
            (Some(number), Some(month), None) => (month, small(number)?),
            (Some(_), ..) => return None,
        };
        // In a text that is not of ISO 8601 a year of two digits is one of another century.
        let is_iso = self.fraction.is_none() && self.zone.is_none();
        match self.zone {
            Some(Zone::East { .. }) => None,
            _ if is_iso || self.year > 99 => midnight_of(self.year, month, day),
            _ => None,
        }
    }
}

/// Milliseconds to the begin of a day. Every month has a thirty-first, which may be one of the next.
fn midnight_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| days_from_civil(year, month, day) * MILLIS_PER_DAY)
}

/// The number that digits are, when it is a small one.
fn small(digits: &[u8]) -> Option<i64> {
    let number =
        digits.iter().try_fold(0, |value: i64, digit| value.checked_mul(10)?.checked_add(i64::from(digit - b'0')));
    number.filter(|number| *number < 100)
}

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// Takes `byte`.
    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(self)
    }

    /// Takes two digits, the first of them at most `most`.
    fn pair(&mut self, most: u8) -> Option<i64> {
        let ([tens, ones], rest) = self.0.split_first_chunk::<2>()?;
        if !(b'0'..=most).contains(tens) || !ones.is_ascii_digit() {
            return None;
        }
        self.0 = rest;
        Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    }

    /// Takes digits, at least one.
    fn digits(&mut self) -> Option<&'a [u8]> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length).filter(|_| length > 0)?;
        self.0 = rest;
        Some(digits)
    }

    /// Takes the offset that a text ends with, when there is one.
    fn zone(&mut self) -> Option<Option<Zone>> {
        let sign = match self.0 {
            [] => return Some(None),
            [b'Z'] => return Some(Some(Zone::Utc)),
            [b'+', ..] => 1,
            [b'-', ..] => -1,
            _ => return None,
        };
        self.0 = self.0.get(1..)?;
        let hours = self.pair(b'2')?;
        self.after(b':');
        let minutes = self.pair(b'5')?;
        self.0.is_empty().then_some(Some(Zone::East { sign, hours, minutes }))
    }
}
