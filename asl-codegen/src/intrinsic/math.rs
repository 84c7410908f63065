//! Functions of numbers.

use serde_json::Value;

use super::Failure;

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
/// An argument is no integer of 32 bits.
pub fn math_add(left: &Value, right: &Value) -> Result<Value, Failure> {
    let addend = |place: usize, value: &Value| {
        let integer = rounded(value).and_then(|integer| i32::try_from(integer).ok());
        integer.ok_or_else(|| Failure::wrong_type("States.MathAdd", place, "an integer of 32 bits", value))
    };
    Ok(Value::from(i64::from(addend(1, left)?) + i64::from(addend(2, right)?)))
}

/// The limits of `States.MathRandom`: the smallest number, and the one behind the greatest.
///
/// # Errors
/// An argument is no number, or the end is not after the start.
pub fn random_limits(start: &Value, end: &Value) -> Result<(i64, i64), Failure> {
    let first = super::integer("States.MathRandom", 1, start)?;
    let beyond = super::integer("States.MathRandom", 2, end)?;
    if first >= beyond {
        return Err(Failure::wrong_type("States.MathRandom", 2, "greater than the first", end));
    }
    Ok((first, beyond))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

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
        let add = |left: Value, right: Value| math_add(&left, &right);
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
}
