//! Text to times.

use super::instant::{Instant, MAX_MILLIS, MILLIS_PER_DAY};
use super::{Component, Marker, Offset, Picture, Presentation, text};
use crate::jsonata::Error;
use crate::jsonata::picture::script::parse_int;
use crate::timestamp::{civil_from_days, days_from_civil};

impl Picture {
    /// Reads the time that `text` shows, in milliseconds since 1970. Components that the picture has not are taken from
    /// the time `now`, when they are in front of those it has; behind them they are zero. `None` when `text` does not
    /// match, or has no components; NaN when it shows no time.
    ///
    /// # Errors
    /// D3130: digits of a script that is not read. D3136: a component is missing between others, or it is a date in
    /// weeks. Those of [`check_read`](Self::check_read). U1001: picture and text are too long.
    pub fn read(&self, text: &str, now: i64) -> Result<Option<f64>, Error> {
        self.check_read()?;
        let texts = text::find(&self.parts, text)?.unwrap_or_default();
        if texts.is_empty() {
            return Ok(None);
        }
        let mut found = Found::default();
        for (marker, text) in texts.into_iter().rev() {
            found.set(marker.component, marker.read(text)?);
        }
        found.time(now).map(Some)
    }
}

impl Marker {
    /// The value that `text` shows; `None` for a name that is not known.
    fn read(&self, text: &str) -> Result<Option<f64>, Error> {
        Ok(match (self.component, &self.presentation) {
            (Component::Fraction, _) => {
                let digits = text.get(..3).unwrap_or(text);
                let scale = digits.bytes().fold(1.0, |scale, _| scale * 10.0);
                Some(parse_int(digits) / scale * 1000.0)
            }
            (component, Presentation::Number(pattern, _)) if component.is_zone() => {
                let text = if component == Component::ZoneFromGmt { text.get(3..).unwrap_or_default() } else { text };
                let separator = pattern.decimal().and_then(|zone| zone.regular_separator());
                let (hours, minutes) = match separator.and_then(|separator| text.split_once(separator)) {
                    Some(parts) => parts,
                    None if text.len() > 3 => text.split_at_checked(3).unwrap_or((text, "0")),
                    None => (text, "0"),
                };
                // As in JSONata the minutes count eastwards also behind a minus sign.
                Some(parse_int(hours) * 60.0 + parse_int(minutes))
            }
            (_, Presentation::Number(pattern, _)) => Some(pattern.read(text)?),
            (Component::HalfDay, _) => match text {
                "am" | "AM" => Some(0.0),
                "pm" | "PM" => Some(1.0),
                _ => None,
            },
            (component, Presentation::Name(_, letters)) => {
                let letters = letters.filter(|letters| *letters > 0);
                let shown = |name: &&'static str| letters.and_then(|letters| name.get(..letters)).unwrap_or(name);
                component.names().iter().rposition(|name| shown(name) == text).map(|index| (index + 1) as f64)
            }
            (_, Presentation::Text) => None,
        })
    }
}

/// The place of a component among those that are read: the first eight make a date, the next six a time of the day.
fn place(component: Component) -> Option<usize> {
    Some(match component {
        Component::Year => 0,
        Component::WeekYear => 1,
        Component::Month => 2,
        Component::WeekMonth => 3,
        Component::WeekInYear => 4,
        Component::WeekInMonth => 5,
        Component::DayInYear => 6,
        Component::Day => 7,
        Component::HalfDay => 8,
        Component::Hour => 9,
        Component::HalfDayHour => 10,
        Component::Minute => 11,
        Component::Second => 12,
        Component::Fraction => 13,
        Component::Zone => 14,
        Component::ZoneFromGmt => 15,
        Component::DayInWeek | Component::Calendar | Component::Era | Component::Other(_) => return None,
    })
}

/// Components that make a date or a time of the day, as bits; the last of them is the lowest.
const BY_MONTH: u32 = 0b1010_0001;
const BY_DAY_IN_YEAR: u32 = 0b1000_0010;
const BY_WEEK_IN_MONTH: u32 = 0b0101_0100;
const BY_WEEK_IN_YEAR: u32 = 0b0100_1000;
const OF_DAY: u32 = 0b01_0111;
const OF_HALF_DAY: u32 = 0b10_1111;

/// The values that were found, each in its [`place`].
#[derive(Default)]
struct Found([Option<f64>; 16]);

impl Found {
    fn get(&self, component: Component) -> Option<f64> {
        place(component).and_then(|place| self.0.get(place).copied().flatten())
    }

    fn set(&mut self, component: Component, value: Option<f64>) {
        if let Some(place) = place(component).and_then(|place| self.0.get_mut(place)) {
            *place = value;
        }
    }

    /// Which of `count` components from `first` have a value that is neither zero nor NaN.
    fn mask(&self, first: usize, count: usize) -> u32 {
        let values = self.0.iter().skip(first).take(count);
        values.fold(0, |mask, value| mask << 1 | u32::from(value.is_some_and(|value| value != 0.0 && !value.is_nan())))
    }

    fn time(mut self, now: i64) -> Result<f64, Error> {
        // Of a kind are components that are all among those of the kind.
        let is = |mask: u32, kind: u32| mask & !kind == 0 && mask & kind != 0;
        let (date, time) = (self.mask(0, 8), self.mask(8, 6));
        if is(date, BY_WEEK_IN_MONTH) || is(date, BY_WEEK_IN_YEAR) {
            return Err(Error::new("D3136"));
        }
        let by_day_in_year = !is(date, BY_MONTH) && is(date, BY_DAY_IN_YEAR);
        let of_half_day = !is(time, OF_DAY) && is(time, OF_HALF_DAY);
        let date: &[_] = if by_day_in_year {
            &[Component::Year, Component::Day]
        } else {
            &[Component::Year, Component::Month, Component::Day]
        };
        let hour: &[_] = if of_half_day { &[Component::HalfDay, Component::HalfDayHour] } else { &[Component::Hour] };
        let rest = [Component::Minute, Component::Second, Component::Fraction];
        self.complete(date.iter().chain(hour).chain(&rest), now)?;

        let value = |component| self.get(component).unwrap_or(f64::NAN);
        let (month, day) = if by_day_in_year {
            day_of_year(value(Component::Year), value(Component::DayInYear))
        } else {
            let month = value(Component::Month);
            (if month > 0.0 { month - 1.0 } else { 0.0 }, value(Component::Day))
        };
        let hour = if of_half_day {
            let hour = value(Component::HalfDayHour);
            let afternoon = if value(Component::HalfDay) == 1.0 { 12.0 } else { 0.0 };
            if hour == 12.0 { afternoon } else { hour + afternoon }
        } else {
            value(Component::Hour)
        };
        let [minute, second, fraction] = rest.map(value);
        let zones = [Component::Zone, Component::ZoneFromGmt].map(|zone| self.get(zone).unwrap_or(0.0));
        let zone = zones.into_iter().find(|zone| *zone != 0.0 && !zone.is_nan()).unwrap_or(0.0);
        Ok(utc([value(Component::Year), month, day, hour, minute, second, fraction]) - zone * 60_000.0)
    }

    /// Fills in what is missing.
    fn complete<'a>(&mut self, order: impl Iterator<Item = &'a Component>, now: i64) -> Result<(), Error> {
        let now = Instant::new(now, Offset::UTC);
        let (mut begun, mut ended) = (false, false);
        for component in order {
            if self.get(*component).is_some() {
                begun = true;
                if ended {
                    return Err(Error::new("D3136"));
                }
                continue;
            }
            let value = if begun {
                ended = true;
                if matches!(component, Component::Month | Component::Day) { 1.0 } else { 0.0 }
            } else {
                now.map_or(f64::NAN, |now| now.value(*component) as f64)
            };
            self.set(*component, Some(value));
        }
        Ok(())
    }
}

/// The month, from 0, and the day in it of a day in a year.
fn day_of_year(year: f64, day: f64) -> (f64, f64) {
    let millis = utc([year, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]) + (day - 1.0) * MILLIS_PER_DAY as f64;
    if millis.is_nan() || millis.abs() > MAX_MILLIS {
        return (f64::NAN, f64::NAN);
    }
    // In range, so it fits.
    let (_, month, day) = civil_from_days((millis as i64).div_euclid(MILLIS_PER_DAY));
    ((month - 1) as f64, day as f64)
}

/// `Date.UTC`: milliseconds since 1970 of year, month from 0, day, hour, minute, second and millisecond, each of which may
/// be more than the next larger one has. NaN beyond the range of times.
fn utc(components: [f64; 7]) -> f64 {
    let [year, month, day, hour, minute, second, millisecond] = components.map(f64::trunc);
    // NaN is not in these ranges.
    if !(-1e6..=1e6).contains(&year) || !(-1e7..=1e7).contains(&month) {
        return f64::NAN;
    }
    // In range, so they fit.
    let (year, month) = (year as i64, month as i64);
    let year = if (0..=99).contains(&year) { year + 1900 } else { year };
    let first = days_from_civil(year + month.div_euclid(12), month.rem_euclid(12) + 1, 1);
    let millis = (first as f64 + day - 1.0) * MILLIS_PER_DAY as f64
        + (hour * 3_600_000.0 + minute * 60_000.0 + second * 1000.0 + millisecond);
    if millis.abs() <= MAX_MILLIS { millis } else { f64::NAN }
}
