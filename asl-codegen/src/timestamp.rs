//! The timestamp profile of the Amazon States Language, shared by the compiler and the runtime.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECONDS_PER_DAY: i64 = 86_400;

/// An instant, to the nanosecond.
///
/// [`Display`](fmt::Display) writes it as AWS does in the context object: in UTC, with 0, 3, 6 or 9 digits of fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z; negative before.
    pub seconds: i64,
    /// Nanoseconds since that second, below 1,000,000,000.
    pub nanoseconds: u32,
}

impl Timestamp {
    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`: RFC 3339 with an upper-case `T` and `Z`, the offset
    /// mandatory, and up to nine digits of fraction. `None` for anything else. Language spec, "Timestamps".
    pub fn parse(text: &str) -> Option<Self> {
        let mut input = Input(text.as_bytes());
        let year = input.digits(4)?;
        let month = input.after(b'-')?.digits(2)?;
        let day = input.after(b'-')?.digits(2)?;
        let hour = input.after(b'T')?.digits(2)?;
        let minute = input.after(b':')?.digits(2)?;
        let second = input.after(b':')?.digits(2)?;
        let nanoseconds = input.fraction()?;
        let offset = input.offset()?;
        let valid = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60
            && input.0.is_empty();
        let seconds = days_from_civil(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
        valid.then_some(Self { seconds, nanoseconds })
    }
}

/// What is left to read.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    /// Takes `byte`.
    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(self)
    }

    /// Takes exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.0 = rest;
        Some(digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    }

    /// Takes a fraction, when there is one, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let Some(rest) = self.0.strip_prefix(b".") else { return Some(0) };
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&length) {
            return None;
        }
        let (digits, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        let value = digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        Some((length..9).fold(value, |value, _| value * 10))
    }

    /// Takes `Z` or `±hh:mm`, as seconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        let (sign, rest) = self.0.split_first()?;
        self.0 = rest;
        let sign = match sign {
            b'Z' => return Some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.digits(2)?;
        let minutes = self.after(b':')?.digits(2)?;
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Years are counted from March, so that the leap
/// day is a year's last; 719,468 days lie between 0000-03-01 and 1970-01-01.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`].
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.seconds.div_euclid(SECONDS_PER_DAY));
        let time = self.seconds.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match self.nanoseconds {
            0 => {}
            n if n % 1_000_000 == 0 => write!(f, ".{:03}", n / 1_000_000)?,
            n if n % 1_000 == 0 => write!(f, ".{:06}", n / 1_000)?,
            n => write!(f, ".{n:09}")?,
        }
        f.write_str("Z")
    }
}

impl From<SystemTime> for Timestamp {
    /// Saturates at the ends of the range.
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => {
                Self { seconds: i64::try_from(after.as_secs()).unwrap_or(i64::MAX), nanoseconds: after.subsec_nanos() }
            }
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).map_or(i64::MIN + 1, |seconds| -seconds);
                match before.subsec_nanos() {
                    0 => Self { seconds, nanoseconds: 0 },
                    nanoseconds => Self { seconds: seconds - 1, nanoseconds: 1_000_000_000 - nanoseconds },
                }
            }
        }
    }
}

impl From<Timestamp> for SystemTime {
    /// An instant that the system's clock cannot hold becomes the epoch.
    fn from(timestamp: Timestamp) -> Self {
        let whole = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let second = if timestamp.seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        let fraction = Duration::from_nanos(timestamp.nanoseconds.into());
        second.and_then(|second| second.checked_add(fraction)).unwrap_or(UNIX_EPOCH)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(i64, u32)>) {
        let parsed = Timestamp::parse(text).map(|timestamp| (timestamp.seconds, timestamp.nanoseconds));
        assert_eq!(parsed, expected, "{text}");
    }

    #[test]
    fn parse_takes_rfc_3339_with_an_offset() {
        check("1970-01-01T00:00:00Z", Some((0, 0)));
        check("2016-03-14T01:59:00Z", Some((1_457_920_740, 0)));
        check("2016-03-14T02:59:00+01:00", Some((1_457_920_740, 0)));
        check("2016-03-13T20:29:00-05:30", Some((1_457_920_740, 0)));
        check("1969-12-31T23:59:59.5Z", Some((-1, 500_000_000)));
        check("2000-02-29T00:00:00.123456789Z", Some((951_782_400, 123_456_789)));
        check("0000-01-01T00:00:00Z", Some((-62_167_219_200, 0)));
        check("9999-12-31T23:59:59Z", Some((253_402_300_799, 0)));
    }

    #[test]
    fn parse_refuses_the_rest() {
        for text in [
            "",
            "2016-03-14",
            "2016-03-14 01:59:00Z",
            "2016-03-14t01:59:00Z",
            "2016-03-14T01:59:00z",
            "2016-03-14T01:59:00",
            "2016-03-14T01:59Z",
            "14-03-2016T01:59:00Z",
            "2016-13-14T01:59:00Z",
            "2016-00-14T01:59:00Z",
            "2016-04-31T01:59:00Z",
            "2015-02-29T01:59:00Z",
            "1900-02-29T01:59:00Z",
            "2016-03-14T25:59:00Z",
            "2016-03-14T01:60:00Z",
            "2016-03-14T01:59:60Z",
            "2016-03-14T01:59:00.Z",
            "2016-03-14T01:59:00.1234567890Z",
            "2016-03-14T01:59:00+0100",
            "2016-03-14T01:59:00+24:00",
            "2016-03-14T01:59:00ZZ",
            "２016-03-14T01:59:00Z",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn display_writes_utc_with_groups_of_three_digits() {
        for (text, expected) in [
            ("2025-08-27T10:04:42Z", "2025-08-27T10:04:42Z"),
            ("2025-08-27T10:04:42.001Z", "2025-08-27T10:04:42.001Z"),
            ("2025-08-27T10:04:42.1Z", "2025-08-27T10:04:42.100Z"),
            ("2025-08-27T10:04:42.000010Z", "2025-08-27T10:04:42.000010Z"),
            ("2025-08-27T10:04:42.000000001Z", "2025-08-27T10:04:42.000000001Z"),
            ("2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"),
            ("1600-02-29T00:00:00Z", "1600-02-29T00:00:00Z"),
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_read_as_it_is_written() {
        for day in -150_000..10_000 {
            let timestamp = Timestamp { seconds: day * SECONDS_PER_DAY, nanoseconds: 0 };
            assert_eq!(Timestamp::parse(&timestamp.to_string()), Some(timestamp));
        }
    }

    #[test]
    fn system_time_is_kept_before_and_after_the_epoch() {
        for (seconds, nanoseconds) in [(0, 0), (1, 5), (-1, 500_000_000), (-2, 0), (1_700_000_000, 999_999_999)] {
            let timestamp = Timestamp { seconds, nanoseconds };
            assert_eq!(Timestamp::from(SystemTime::from(timestamp)), timestamp);
        }
    }
}
