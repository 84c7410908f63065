//! The functions whose values are random.

use asl_codegen::intrinsic::{Failure, integer, random_limits};
use serde_json::Value;

use super::Written;
use crate::error::Error;

/// `States.UUID`: a UUID of version 4. A replay would have to take the recorded one.
pub fn uuid() -> Value {
    Value::String(crate::uuid::uuid())
}

/// `States.MathRandom`: a number from the start up to, not including, the end. The same seed gives the same number.
///
/// Without a seed a replay would have to take the recorded number. Which numbers AWS's seeds give is not known; these are
/// those of Java's `Random.ints`.
///
/// # Errors
/// `States.Runtime`: an argument is no number, or the end is not after the start.
pub fn math_random(call: Written, start: &Value, end: &Value, seed: Option<&Value>) -> Result<Value, Error> {
    call.give(between(start, end, seed))
}

fn between(start: &Value, end: &Value, seed: Option<&Value>) -> Result<Value, Failure> {
    let (first, beyond) = random_limits(start, end)?;
    let Some(seed) = seed else {
        return Ok(Value::from(fastrand::i64(first..beyond)));
    };
    let seed = integer("States.MathRandom", 3, seed)?;
    let (Ok(first), Ok(beyond)) = (i32::try_from(first), i32::try_from(beyond)) else {
        return Err(Failure::new("States.MathRandom with a seed takes integers of 32 bits"));
    };
    Ok(Value::from(JavaRandom::new(seed).between(first, beyond)))
}

/// `java.util.Random`: its numbers are part of its documentation, so they are the same for ever.
pub(crate) struct JavaRandom {
    seed: u64,
}

impl JavaRandom {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;

    /// The numbers of a seed.
    pub(crate) fn new(seed: i64) -> Self {
        Self { seed: (seed.cast_unsigned() ^ Self::MULTIPLIER) & Self::MASK }
    }

    fn next(&mut self, bits: u32) -> i32 {
        self.seed = self.seed.wrapping_mul(Self::MULTIPLIER).wrapping_add(0xB) & Self::MASK;
        ((self.seed >> (48 - bits)) as u32).cast_signed()
    }

    /// A number from 0 up to, not including, 1.
    pub(crate) fn double(&mut self) -> f64 {
        let bits = (i64::from(self.next(26)) << 27) + i64::from(self.next(27));
        #[allow(clippy::cast_precision_loss, reason = "it has 53 bits")]
        let bits = bits as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// A number from `first` up to, not including, `beyond`, which is greater.
    fn between(&mut self, first: i32, beyond: i32) -> i32 {
        let Some(count) = beyond.checked_sub(first) else {
            // Every second number or more is in the range.
            loop {
                let number = self.next(32);
                if (first..beyond).contains(&number) {
                    return number;
                }
            }
        };
        first.wrapping_add(self.below(count))
    }

    /// A number from 0 up to, not including, `count`, which is positive.
    fn below(&mut self, count: i32) -> i32 {
        if count & count.wrapping_neg() == count {
            return ((i64::from(count) * i64::from(self.next(31))) >> 31) as i32;
        }
        loop {
            let bits = self.next(31);
            let number = bits % count;
            // The last numbers, which do not make a whole round, would favour the small ones.
            if bits.checked_sub(number).and_then(|round| round.checked_add(count - 1)).is_some() {
                return number;
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    const CALL: Written = Written("States.F()");

    #[test]
    fn random_stays_in_its_limits() {
        for _ in 0..100 {
            let number = math_random(CALL, &json!(12.5), &json!(15.4), None).unwrap();
            assert!([13, 14].map(Value::from).contains(&number), "{number}");
        }
        check(math_random(CALL, &json!(i64::MAX - 1), &json!(i64::MAX), None), "9223372036854775806");
        check(
            math_random(CALL, &json!(3), &json!(3), None),
            "Argument 2 of States.MathRandom must be greater than the first, found: 3",
        );
        check(
            math_random(CALL, &json!(null), &json!(3), None),
            "Argument 1 of States.MathRandom must be an integer, found: null",
        );
    }

    #[test]
    fn a_seed_gives_the_numbers_of_java() {
        let seeded =
            |start: i64, end: i64, seed: i64| math_random(CALL, &json!(start), &json!(end), Some(&json!(seed)));
        // The first number of `new Random(42)`; without its last bit and sign it is 1562431130.
        check(seeded(i64::from(i32::MIN), i64::from(i32::MAX), 42), "-1170105035");
        check(seeded(0, 100, 42), "30");
        check(seeded(5, 105, 42), "35");
        check(seeded(0, 1 << 30, 42), "781215565");
        // The first number of `new Random(42).nextDouble()`.
        assert_eq!(JavaRandom::new(42).double(), 0.727_563_680_032_868_1);
        check(seeded(0, 1 << 32, 42), "States.MathRandom with a seed takes integers of 32 bits");
    }

    proptest! {
        #[test]
        fn seeded_numbers_stay_in_their_limits(first: i32, beyond: i32, seed: i64) {
            prop_assume!(first < beyond);
            let number = JavaRandom::new(seed).between(first, beyond);
            prop_assert!((first..beyond).contains(&number));
        }
    }
}
