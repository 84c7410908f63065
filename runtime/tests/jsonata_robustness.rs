//! What holds of every expression, whoever wrote it: no panic, an end, and no more of the stack than a thread of two
//! megabytes has.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "jsonata_expressions/mod.rs"]
#[allow(dead_code, reason = "the comparison with another implementation uses more of it")]
mod expressions;

use std::time::{Duration, Instant};

use asl_runtime::jsonata::{Evaluation, Limits, Storage, Value, interpreter, parse};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// The stack of a thread of an async runtime.
const STACK: usize = 2 << 20;

/// Used up soon, also without optimisation.
const LIMITS: Limits = Limits { steps: 100_000, memory: 16 << 20, ..Limits::DEFAULT };

/// Far more than any of these takes.
const LONGEST: Duration = Duration::from_secs(10);

/// Runs `work` with so little stack.
fn in_thread(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

/// The JSON that an expression gives, or the code of its error.
fn evaluate(text: &str, data: &Json) -> Result<Option<Json>, String> {
    let storage = Storage::without_context();
    let evaluation = Evaluation::new(&storage, &Json::Null).with_limits(LIMITS);
    let failed = |error: asl_runtime::jsonata::Error| {
        assert!(!error.to_string().is_empty());
        error.code().to_owned()
    };
    let node = storage.keep_node(parse(text).map_err(failed)?);
    let value = interpreter::evaluate_with(&evaluation, node, Value::from(data), &[]).map_err(failed)?;
    Ok(value.into_json())
}

#[track_caller]
fn check(text: &str, code: Option<&str>) {
    let shown: String = text.chars().take(80).collect();
    let began = Instant::now();
    let text = text.to_owned();
    let given = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || evaluate(&text, &json!({"a": [1, 2, 3]})))
        .unwrap()
        .join()
        .unwrap_or_else(|_| panic!("{shown}: it crashed"));
    assert_eq!(given.as_ref().err().map(String::as_str), code, "{shown}: {given:?}");
    assert!(began.elapsed() < LONGEST, "{shown}: {:?}", began.elapsed());
}

#[test]
fn deep_texts() {
    const DEEP: usize = 100_000;
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{'a': ", "1", "}"),
        ("-", "1", ""),
        ("a[", "0", "]"),
        ("a{'k': ", "1", "}"),
        ("a^(", "b", ")"),
        ("$not(", "1", ")"),
        ("function($x) {", "1", "}"),
        ("true ? ", "1", " : 2"),
        ("true ? 1 : ", "2", ""),
        ("$x := ", "1", ""),
        ("1 & ", "1", ""),
        ("", "1", " + 1"),
        ("", "a", " ~> $string()"),
        ("", "a", "(1)"),
        ("$ ~> |a|", "{}", "|"),
        ("a.(", "b", ")"),
    ] {
        check(&format!("{}{inner}{}", open.repeat(DEEP), close.repeat(DEEP)), Some("U1001"));
        // What is not closed ends too.
        let begun = parse(&open.repeat(DEEP)).unwrap_err();
        assert!(!begun.to_string().is_empty());
    }
}

#[test]
fn long_texts() {
    const LONG: usize = 100_000;
    check(&format!("a{}", ".b".repeat(LONG)), None);
    check(&format!("[{}1]", "1,".repeat(LONG / 2)), None);
    check(&format!("'{}'", "é".repeat(LONG)), None);
    check(&format!("({}1)", "$x := 1;".repeat(LONG / 10)), None);
    check(&format!("/* {} */ 1", "*".repeat(LONG)), None);
    check(&format!("{}a", "/* */".repeat(LONG)), None);
    // It could take seconds.
    check(&format!("$contains('{}', /{}b/)", "a".repeat(LONG / 10), "a?".repeat(1000)), Some("U1001"));
    check(&format!("$contains('a', /{}a{}/)", "(".repeat(LONG), ")".repeat(LONG)), Some("S0302"));
    check("$contains('a', /((((a{99}){99}){99}){99})/)", Some("S0302"));
}

#[test]
fn what_has_no_end() {
    for text in [
        "($f := function($n) {$f($n + 1)}; $f(0))",
        "($f := function($n) {1 + $f($n)}; $f(0))",
        "($f := function($n) {$g($n)}; $g := function($n) {$f($n)}; $f(0))",
        "($f := function($n) {[$g($n)]}; $g := function($n) {{'a': $f($n)}}; $f(0))",
        "($y := function($f) {$f($f)}; $y($y))",
        "($f := function($n) {$map([1, 2], function($v) {$f($v)})}; $f(0))",
        "($f := function($n) {$n ~> $f}; $f(0))",
        "($f := function($n) {$sort([2, 1], $f)}; $f(0))",
        "($f := function($n) {a[$f($n)]}; $f(0))",
        "($f := function($n) {a^($f($n))}; $f(0))",
        "($f := function($n) {a{$f($n): 1}}; $f(0))",
        "($f := function($n) {$replace('a', /a/, $f)}; $f(0))",
        "$reduce([1..9999999], function($v, $x) {[$v]})",
        "$reduce([1..100000], function($v, $x) {{'a': $v}})",
        "$reduce([1..100000], function($v, $x) {[$v, $v]})",
        "$reduce([1..100000], function($v, $x) {$v & $v}, 'a')",
        "$reduce([1..100000], function($v, $x) {$append($v, $v)}, a)",
        "$reduce([1..100000], function($v, $x) {function($y) {$v}})",
        "$reduce([1..100000], function($v, $x) {$v ~> $x}, $string)",
    ] {
        let text = text.to_owned();
        in_thread(move || {
            let began = Instant::now();
            let given = evaluate(&text, &json!({"a": [1, 2, 3]}));
            assert!(given.is_err(), "{text}: {given:?}");
            assert!(began.elapsed() < LONGEST, "{text}: {:?}", began.elapsed());
        });
    }
}

#[test]
fn what_would_be_huge() {
    check("$pad('a', 1e9)", Some("U1001"));
    check("$pad('a', -1e300, '😀')", Some("U1001"));
    check("[1..5000000]", Some("U1001"));
    check("[1..1e9]", Some("D2014"));
    check("[-1e300..1e300]", Some("D2014"));
    check("[1..1000].([1..1000])", Some("U1001"));
    check("$formatNumber(1e308, '#,##0.00')", None);
    check("$formatInteger(1e308, 'w')", None);
    check("$formatBase(1e300, 2)", None);
    check("$round(1e308, 300)", None);
    check("$round(1e-308, -300)", None);
    check("$split($pad('', 10000, ','), '')", None);
    check("$fromMillis(1e300)", None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each case is a hundred expressions, so that few threads are begun.
    #[test]
    fn random_expressions(seed in any::<u64>()) {
        in_thread(move || {
            for seed in (0..100).map(|index| seed.wrapping_add(index)) {
                let (text, data) = expressions::case(seed);
                let first = evaluate(&text, &data);
                assert_eq!(first, evaluate(&text, &data), "{text}");
            }
        });
    }
}
