//! An instant, taken apart into the components of a date and time.

use super::component::Component;
use crate::jsonata::picture::script::parse_int;
use crate::timestamp::{civil_from_days, days_from_civil};

pub(super) const MILLIS_PER_DAY: i64 = 86_400_000;

/// The largest distance from 1970 that a time has.
pub(super) const MAX_MILLIS: f64 = 8.64e15;

/// The distance of a time zone from UTC, as `$fromMillis` and `$now` take it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offset {
    pub(super) hours: f64,
    pub(super) minutes: f64,
}

impl Offset {
    /// UTC itself.
    pub const UTC: Self = Self { hours: 0.0, minutes: 0.0 };

    /// Reads `±hhmm`, as far as it is an integer. Of another text every component of a time is shown as `NaN`.
    ///
    /// As in JSONata the hours are rounded down: `-0530` is six hours and thirty minutes west.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let offset = parse_int(text);
        Self { hours: (offset / 100.0).floor(), minutes: offset % 100.0 }
    }

    fn millis(self) -> f64 {
        (60.0 * self.hours + self.minutes) * 60_000.0
    }
}

/// A time of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instant {
    /// Days since 1970-01-01.
    days: i64,
    pub(super) year: i64,
    /// From 1.
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) millisecond: i64,
}

impl Instant {
    /// The time at `offset`, so many milliseconds after 1970; `None` beyond the range of times.
    pub(super) fn new(millis: i64, offset: Offset) -> Option<Self> {
        // Every time in range is exact as a float.
        let shifted = millis as f64 + offset.millis();
        if shifted.is_nan() || shifted.abs() > MAX_MILLIS {
            return None;
        }
        let millis = shifted as i64;
        let days = millis.div_euclid(MILLIS_PER_DAY);
        let time = millis.rem_euclid(MILLIS_PER_DAY);
        let (year, month, day) = civil_from_days(days);
        Some(Self {
            days,
            year,
            month,
            day,
            hour: time / 3_600_000,
            minute: time / 60_000 % 60,
            second: time / 1000 % 60,
            millisecond: time % 1000,
        })
    }

    /// The value of a component; 0 for one that is no number.
    pub(super) fn value(&self, component: Component) -> i64 {
        match component {
            Component::Year => self.year,
            Component::Month => self.month,
            Component::Day => self.day,
            Component::DayInYear => self.counted_days() - days(self.year, 1, 1) + 1,
            Component::DayInWeek => day_in_week(self.days),
            Component::WeekInYear => self.week_in_year(),
            Component::WeekInMonth => self.week_in_month(),
            Component::WeekYear => self.week_year(),
            Component::WeekMonth => self.week_month(),
            Component::Hour => self.hour,
            Component::HalfDayHour => (self.hour + 11) % 12 + 1,
            Component::Minute => self.minute,
            Component::Second => self.second,
            Component::Fraction => self.millisecond,
            _ => 0,
        }
    }

    fn counted_days(&self) -> i64 {
        days(self.year, self.month, self.day)
    }

    fn week_in_year(&self) -> i64 {
        let today = self.counted_days();
        let since = today - first_week(self.year, 1);
        if since > 51 * 7 && today >= first_week(self.year + 1, 1) {
            1
        } else if since < 0 {
            (today - first_week(self.year - 1, 1)).div_euclid(7) + 1
        } else {
            since / 7 + 1
        }
    }

    fn week_in_month(&self) -> i64 {
        let today = self.counted_days();
        let since = today - first_week(self.year, self.month);
        if since > 3 * 7 && today >= first_week_of(self.next_month()) {
            1
        } else if since < 0 {
            (today - first_week_of(self.previous_month())).div_euclid(7) + 1
        } else {
            since / 7 + 1
        }
    }

    fn week_year(&self) -> i64 {
        if self.days < first_week(self.year, 1) {
            self.year - 1
        } else if self.days >= first_week(self.year + 1, 1) {
            self.year + 1
        } else {
            self.year
        }
    }

    fn week_month(&self) -> i64 {
        if self.days < first_week(self.year, self.month) {
            self.previous_month().1
        } else if self.days >= first_week_of(self.next_month()) {
            self.next_month().1
        } else {
            self.month
        }
    }

    fn next_month(&self) -> (i64, i64) {
        if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) }
    }

    fn previous_month(&self) -> (i64, i64) {
        if self.month == 1 { (self.year - 1, 12) } else { (self.year, self.month - 1) }
    }
}

/// From 1, a Monday.
fn day_in_week(days: i64) -> i64 {
    (days + 3).rem_euclid(7) + 1
}

/// Days from 1970-01-01 to a date. As in JSONata the years 0 to 99 are those from 1900.
pub(super) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if (0..=99).contains(&year) { year + 1900 } else { year };
    days_from_civil(year, month, day)
}

/// Days from 1970-01-01 to the Monday of a month's first week, which is the one that has its first Thursday.
fn first_week(year: i64, month: i64) -> i64 {
    let first = days(year, month, 1);
    match day_in_week(first) {
        day @ ..=4 => first - (day - 1),
        day => first + 8 - day,
    }
}

fn first_week_of((year, month): (i64, i64)) -> i64 {
    first_week(year, month)
}
