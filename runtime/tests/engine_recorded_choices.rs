//! The operators of Choice rules against executions recorded on AWS, where the corpus is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod recorded;

use asl_runtime::__private::compare::{self, Order};
use asl_runtime::Timestamp;
use serde_json::Value;

#[test]
fn operators_decide_as_recorded() {
    let Some(cases) = recorded::executions() else { return };
    let mut checked = 0;
    for case in cases {
        if case["group"] != "choice_operators" {
            continue;
        }
        let [rule] = &case["definition"]["States"]["CheckValues"]["Choices"].as_array().unwrap()[..] else { continue };
        let Some(expected) = case["expected"]["output"]["TestResult.$"].as_str() else { continue };
        if let Some(decided) = decide(rule, &case["input"]) {
            let decided = if decided { "ConditionTrue" } else { "ConditionFalse" };
            assert_eq!(decided, expected, "{rule} with {}", case["input"]);
            checked += 1;
        }
    }
    println!("{checked} recorded choices");
    assert!(checked > 0, "the corpus has choices");
}

/// The rule's outcome; none when the operator is none of [`compare`]'s.
fn decide(rule: &Value, input: &Value) -> Option<bool> {
    let value = at(input, rule["Variable"].as_str()?)?;
    let (operator, operand) = rule.as_object()?.iter().find(|(name, _)| *name != "Variable" && *name != "Next")?;
    let (name, operand, by_path) = match operator.strip_suffix("Path") {
        Some(name) => (name, at(input, operand.as_str()?)?, true),
        None => (operator.as_str(), operand, false),
    };
    let types = ["String", "Numeric", "Boolean", "Timestamp"];
    let family = types.into_iter().find(|family| name.starts_with(family))?;
    let order = match name.strip_prefix(family)? {
        "Equals" => Order::Equals,
        "LessThan" => Order::LessThan,
        "LessThanEquals" => Order::LessThanEquals,
        "GreaterThan" => Order::GreaterThan,
        "GreaterThanEquals" => Order::GreaterThanEquals,
        _ => return None,
    };
    Some(match (family, by_path) {
        ("String", true) => compare::strings(value, order, operand),
        ("String", false) => compare::string(value, order, operand.as_str()?),
        ("Numeric", true) => compare::numbers(value, order, operand),
        ("Numeric", false) => match operand.as_i64() {
            Some(constant) => compare::integer(value, order, constant),
            None => compare::float(value, order, operand.as_f64()?),
        },
        ("Boolean", true) => compare::booleans(value, operand),
        ("Boolean", false) => compare::boolean(value, operand.as_bool()?),
        (_, true) => compare::timestamps(value, order, operand),
        (_, false) => compare::timestamp(value, order, Timestamp::parse(operand.as_str()?)?),
    })
}

/// The value at a path of one name.
fn at<'a>(input: &'a Value, path: &str) -> Option<&'a Value> {
    input.get(path.strip_prefix("$.")?)
}
