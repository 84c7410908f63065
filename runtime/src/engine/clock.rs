//! Time as executions see it: the wall clock, moved along by tokio's.
//!
//! Waits, timeouts and timestamps must agree, also when a test pauses tokio's time and lets it jump. So an execution
//! reads the system's clock once, and from there on counts what tokio's clock says has passed.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::timestamp::Timestamp;

const NANOSECONDS: u32 = 1_000_000_000;
const CENTURY: Duration = Duration::from_secs(36_525 * 86_400);

/// A point on tokio's clock, and the wall-clock time at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    instant: Instant,
    time: Timestamp,
}

impl Clock {
    pub(super) fn start() -> Self {
        let instant = Instant::now();
        // The two differ only when tokio's time was paused or moved: then tokio's is the one that counts.
        let (tokio, real) = (instant.into_std(), std::time::Instant::now());
        let system = SystemTime::now();
        let shifted = match tokio.checked_duration_since(real) {
            Some(ahead) => system.checked_add(ahead),
            None => system.checked_sub(real.saturating_duration_since(tokio)),
        };
        Self { instant, time: Timestamp::from(shifted.unwrap_or(system)) }
    }

    /// The time when the clock was started, in milliseconds as AWS keeps it.
    pub(super) fn started(&self) -> Timestamp {
        in_milliseconds(self.time)
    }

    /// The time now, in milliseconds as AWS keeps it.
    pub(super) fn now(&self) -> Timestamp {
        in_milliseconds(self.time_at(Instant::now()))
    }

    /// The wall-clock time at a point of tokio's clock.
    pub(super) fn time_at(&self, instant: Instant) -> Timestamp {
        match instant.checked_duration_since(self.instant) {
            Some(later) => after(self.time, later),
            None => before(self.time, self.instant.saturating_duration_since(instant)),
        }
    }

    /// The point of tokio's clock at a wall-clock time: when that is out of its range, this clock's own for the past and
    /// a century ahead for the future.
    pub(super) fn instant_at(&self, time: Timestamp) -> Instant {
        let instant = match since(time, self.time) {
            Some(later) => self.instant.checked_add(later.min(CENTURY)),
            None => since(self.time, time).and_then(|earlier| self.instant.checked_sub(earlier)),
        };
        instant.unwrap_or(self.instant)
    }
}

/// How long after `earlier` `later` is; none when it is before.
pub(super) fn since(later: Timestamp, earlier: Timestamp) -> Option<Duration> {
    let (seconds, nanoseconds) = match later.nanoseconds.checked_sub(earlier.nanoseconds) {
        Some(nanoseconds) => (later.seconds.checked_sub(earlier.seconds)?, nanoseconds),
        None => {
            let borrowed = later.nanoseconds.checked_add(NANOSECONDS)?.checked_sub(earlier.nanoseconds)?;
            (later.seconds.checked_sub(earlier.seconds)?.checked_sub(1)?, borrowed)
        }
    };
    Some(Duration::new(u64::try_from(seconds).ok()?, nanoseconds))
}

fn in_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp { nanoseconds: time.nanoseconds - time.nanoseconds % 1_000_000, ..time }
}

fn after(time: Timestamp, passed: Duration) -> Timestamp {
    let seconds = time.seconds.saturating_add_unsigned(passed.as_secs());
    match time.nanoseconds + passed.subsec_nanos() {
        nanoseconds @ 0..NANOSECONDS => Timestamp { seconds, nanoseconds },
        nanoseconds => {
            Timestamp { seconds: seconds.saturating_add(1), nanoseconds: nanoseconds.saturating_sub(NANOSECONDS) }
        }
    }
}

fn before(time: Timestamp, passed: Duration) -> Timestamp {
    let seconds = time.seconds.saturating_sub_unsigned(passed.as_secs());
    match time.nanoseconds.checked_sub(passed.subsec_nanos()) {
        Some(nanoseconds) => Timestamp { seconds, nanoseconds },
        None => Timestamp {
            seconds: seconds.saturating_sub(1),
            nanoseconds: time.nanoseconds + (NANOSECONDS - passed.subsec_nanos()),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn at(seconds: i64, nanoseconds: u32) -> Timestamp {
        Timestamp { seconds, nanoseconds }
    }

    #[test]
    fn times_and_durations_add_up() {
        let check = |earlier: Timestamp, passed: Duration, later: Timestamp| {
            assert_eq!(after(earlier, passed), later);
            assert_eq!(before(later, passed), earlier);
            assert_eq!(since(later, earlier), Some(passed));
        };
        check(at(1, 0), Duration::ZERO, at(1, 0));
        check(at(1, 900_000_000), Duration::from_millis(100), at(2, 0));
        check(at(1, 900_000_000), Duration::from_millis(250), at(2, 150_000_000));
        check(at(-1, 900_000_000), Duration::from_secs(3), at(2, 900_000_000));
        assert_eq!(since(at(1, 0), at(1, 1)), None);
        assert_eq!(since(at(i64::MAX, 0), at(i64::MIN, 0)), None);
        assert_eq!(after(at(i64::MAX, 999_999_999), Duration::MAX).seconds, i64::MAX);
        assert_eq!(before(at(i64::MIN, 0), Duration::MAX).seconds, i64::MIN);
    }

    #[tokio::test(start_paused = true)]
    async fn it_goes_as_tokio_does() {
        let clock = Clock::start();
        let start = clock.now();
        tokio::time::sleep(Duration::from_secs(86_400)).await;
        assert_eq!(since(clock.now(), start), Some(Duration::from_secs(86_400)));
        let later = Clock::start();
        let apart = since(later.now(), start).unwrap();
        assert!(apart.abs_diff(Duration::from_secs(86_400)) < Duration::from_secs(1), "{apart:?}");
        let due = Instant::now() + Duration::from_millis(1500);
        assert_eq!(clock.instant_at(clock.time_at(due)), due);
        assert_eq!(clock.instant_at(clock.time_at(later.instant)), later.instant);
        assert_eq!(clock.instant_at(at(i64::MIN, 0)), clock.instant);
        assert_eq!(clock.instant_at(at(i64::MAX, 0)), clock.instant + CENTURY);
    }
}
