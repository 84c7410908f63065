//! Retry: which retrier decides, and how long to wait. Language spec, "Retrying after error".

use std::time::Duration;

use crate::error::Error;
use crate::machine::Retrier;

/// No delay is longer than the longest `IntervalSeconds` that AWS takes.
const LONGEST: f64 = 99_999_999.0;

/// The retries of one visit to a state. Leaving the state forgets them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Retries {
    /// All of them: `$$.State.RetryCount`.
    pub(super) total: u32,
    /// Those of each retrier; shorter than `Retry` while the rest has none.
    pub(super) counts: Vec<u32>,
}

impl Retries {
    /// Counts one more retry after `error`, and says how long to wait for it. None when it is not to be tried again.
    ///
    /// The first retrier that matches decides, even when it has no attempts left.
    pub(super) fn next(&mut self, retriers: &[Retrier], error: &Error) -> Option<Duration> {
        let place = retriers.iter().position(|retrier| error.matches(retrier.error_equals))?;
        let retrier = retriers.get(place)?;
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        let count = self.counts.get_mut(place)?;
        if *count >= retrier.max_attempts {
            return None;
        }
        let delay = delay(retrier, *count, fastrand::f64);
        *count += 1;
        self.total = self.total.saturating_add(1);
        Some(delay)
    }
}

/// The delay before retry number `count`, from 0; `fraction` gives a number from 0 to 1.
pub(crate) fn delay(retrier: &Retrier, count: u32, fraction: impl FnOnce() -> f64) -> Duration {
    let exponent = i32::try_from(count).unwrap_or(i32::MAX);
    let longest = retrier.max_delay_seconds.map_or(LONGEST, f64::from);
    // `min` also takes care of a product that is no number or infinite.
    let seconds = (f64::from(retrier.interval_seconds) * retrier.backoff_rate.powi(exponent)).min(longest);
    let seconds = if retrier.full_jitter { seconds * fraction() } else { seconds };
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    const RETRIER: Retrier = Retrier {
        error_equals: &["States.ALL"],
        interval_seconds: 1,
        max_attempts: 3,
        backoff_rate: 2.0,
        max_delay_seconds: None,
        full_jitter: false,
    };

    #[test]
    fn delays_grow_up_to_their_limit() {
        let check = |retrier: Retrier, expected: [f64; 4]| {
            let delays = [0, 1, 2, 3].map(|count| delay(&retrier, count, || 0.5).as_secs_f64());
            assert_eq!(delays, expected, "{retrier:?}");
        };
        check(RETRIER, [1.0, 2.0, 4.0, 8.0]);
        check(Retrier { interval_seconds: 3, ..RETRIER }, [3.0, 6.0, 12.0, 24.0]);
        check(Retrier { interval_seconds: 3, max_delay_seconds: Some(5), ..RETRIER }, [3.0, 5.0, 5.0, 5.0]);
        check(Retrier { backoff_rate: 1.0, ..RETRIER }, [1.0; 4]);
        check(Retrier { backoff_rate: 1.5, ..RETRIER }, [1.0, 1.5, 2.25, 3.375]);
        check(Retrier { full_jitter: true, ..RETRIER }, [0.5, 1.0, 2.0, 4.0]);
        check(Retrier { full_jitter: true, max_delay_seconds: Some(3), ..RETRIER }, [0.5, 1.0, 1.5, 1.5]);
    }

    #[test]
    fn no_delay_overflows() {
        let longest = Duration::from_secs(99_999_999);
        for backoff_rate in [2.0, f64::MAX, f64::INFINITY, f64::NAN] {
            let retrier = Retrier { backoff_rate, interval_seconds: u32::MAX, ..RETRIER };
            assert_eq!(delay(&retrier, u32::MAX, || 1.0), longest);
        }
    }

    #[test]
    fn full_jitter_stays_within_the_delay() {
        let retrier = Retrier { full_jitter: true, max_attempts: 1000, backoff_rate: 1.0, ..RETRIER };
        let mut retries = Retries::default();
        let delays: Vec<_> = (0..1000).map_while(|_| retries.next(&[&retrier].map(copy), &boom())).collect();
        assert_eq!(delays.len(), 1000);
        assert!(delays.iter().all(|delay| *delay <= Duration::from_secs(1)));
        assert!(delays.iter().any(|delay| *delay < Duration::from_millis(300)), "spread out");
        assert!(delays.iter().any(|delay| *delay > Duration::from_millis(700)), "spread out");
    }

    fn copy(retrier: &Retrier) -> Retrier {
        Retrier { ..*retrier }
    }

    fn boom() -> Error {
        Error::new("Boom", "")
    }

    /// Errors as they come, and after each the total of retries, or none when it ends there.
    fn check(retriers: &[Retrier], errors: &[(&'static str, Option<u32>)]) {
        let mut retries = Retries::default();
        for (name, expected) in errors {
            let delay = retries.next(retriers, &Error::new(*name, ""));
            assert_eq!(delay.map(|_| retries.total), *expected, "{name} of {errors:?}");
        }
    }

    #[test]
    fn each_retrier_counts_for_itself_and_the_first_that_matches_decides() {
        let a_or_b = Retrier { error_equals: &["A", "B"], max_attempts: 2, ..RETRIER };
        let c = Retrier { error_equals: &["C"], ..RETRIER };
        check(&[copy(&a_or_b), c], &[("A", Some(1)), ("B", Some(2)), ("C", Some(3)), ("B", None)]);
        let never_a = Retrier { error_equals: &["A"], max_attempts: 0, ..RETRIER };
        check(&[never_a, RETRIER], &[("A", None), ("B", Some(1)), ("A", None)]);
        check(&[a_or_b], &[("States.Timeout", None)]);
        check(&[RETRIER], &[("States.Runtime", None), ("States.Timeout", Some(1))]);
        check(&[], &[("A", None)]);
    }
}
