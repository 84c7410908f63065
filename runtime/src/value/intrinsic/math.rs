//! Functions of numbers.

use serde_json::Value;

use super::Written;
use crate::error::Error;

/// A number as an integer, halves towards positive infinity, as recorded: 1.5 is 2, and -1.5 is -1.
///
/// `None` for what is no number, or beyond 64 bits.
pub(super) fn rounded(value: &Value) -> Option<i64> {
    if let Some(integer) = value.as_i64() {
        return Some(integer);
    }
    // What is left of a number without its integer part is exact, so this is too.
    let number = value.as_f64()?;
    let floor = number.floor();
    let rounded = if number - floor >= 0.5 { floor + 1.0 } else { floor };
    let fits = rounded >= i64::MIN as f64 && rounded < i64::MAX as f64;
    fits.then_some(rounded as i64)
}

/// `States.MathAdd`: the sum of two numbers, each rounded first.
///
/// # Errors
/// `States.Runtime`: an argument is no integer of 32 bits.
pub fn math_add(call: Written, left: &Value, right: &Value) -> Result<Value, Error> {
    let addend = |place: usize, value: &Value| {
        let integer = rounded(value).and_then(|integer| i32::try_from(integer).ok());
        integer.ok_or_else(|| call.wrong_type("States.MathAdd", place, "an integer of 32 bits", value))
    };
    Ok(Value::from(i64::from(addend(1, left)?) + i64::from(addend(2, right)?)))
}

/// `States.MathRandom`: a number from the start up to, not including, the end. The same seed gives the same number.
///
/// Without a seed a replay would have to take the recorded number. Which numbers AWS's seeds give is not known; these are
/// those of Java's `Random.ints`.
///
/// # Errors
/// `States.Runtime`: an argument is no number, or the end is not after the start.
pub fn math_random(call: Written, start: &Value, end: &Value, seed: Option<&Value>) -> Result<Value, Error> {
    let first = call.integer("States.MathRandom", 1, start)?;
    let beyond = call.integer("States.MathRandom", 2, end)?;
    if first >= beyond {
        return Err(call.wrong_type("States.MathRandom", 2, "greater than the first", end));
    }
    let Some(seed) = seed else {
        return Ok(Value::from(fastrand::i64(first..beyond)));
    };
    let seed = call.integer("States.MathRandom", 3, seed)?;
    let (Ok(first), Ok(beyond)) = (i32::try_from(first), i32::try_from(beyond)) else {
        return Err(call.fail("States.MathRandom with a seed takes integers of 32 bits"));
    };
    Ok(Value::from(JavaRandom::new(seed).between(first, beyond)))
}

/// `java.util.Random`: its numbers are part of its documentation, so they are the same for ever.
struct JavaRandom {
    seed: u64,
}

impl JavaRandom {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;

    fn new(seed: i64) -> Self {
        Self { seed: (seed.cast_unsigned() ^ Self::MULTIPLIER) & Self::MASK }
    }

    fn next(&mut self, bits: u32) -> i32 {
        self.seed = self.seed.wrapping_mul(Self::MULTIPLIER).wrapping_add(0xB) & Self::MASK;
        ((self.seed >> (48 - bits)) as u32).cast_signed()
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
    fn numbers_are_rounded_halves_up() {
        for (number, expected) in [
            (json!(1.49), 1),
            (json!(1.5), 2),
            (json!(2.5), 3),
            (json!(-0.5), 0),
            (json!(-1.5), -1),
            (json!(-1.51), -2),
            (json!(0.499_999_999_999_999_94), 0),
            (json!(4_503_599_627_370_497.5), 4_503_599_627_370_498),
            (json!(i64::MAX), i64::MAX),
        ] {
            assert_eq!(rounded(&number), Some(expected), "{number}");
        }
        for number in [json!("1"), json!(null), json!(u64::MAX), json!(1e300), json!(-1e300)] {
            assert_eq!(rounded(&number), None, "{number}");
        }
    }

    #[test]
    fn add_rounds_and_adds() {
        let add = |left: Value, right: Value| math_add(CALL, &left, &right);
        check(add(json!(1.49), json!(1.5)), "3");
        check(add(json!(-1.5), json!(-1.51)), "-3");
        check(add(json!(-0.5), json!(0.5)), "1");
        check(add(json!(i32::MAX), json!(i32::MAX)), "4294967294");
        check(
            add(json!(1), json!(2_147_483_648_i64)),
            "Argument 2 of States.MathAdd must be an integer of 32 bits, found: 2147483648",
        );
        check(add(json!("1"), json!(1)), r#"Argument 1 of States.MathAdd must be an integer of 32 bits, found: "1""#);
    }

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
