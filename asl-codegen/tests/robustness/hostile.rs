//! Large and deep texts: they are refused or compiled, and neither takes long.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::check_with;
use asl_codegen::Options;

/// Generous: a debug build on a busy machine. What is quadratic takes minutes.
const LIMIT: Duration = Duration::from_secs(20);

fn check(what: &str, text: &str) {
    for name in ["x.asl.json", "x.asl.yaml"] {
        let start = Instant::now();
        let compiled = asl_codegen::compile(asl_codegen::source::Source::new(name, text), &Options::default());
        for finding in compiled.diagnostics.iter().take(50) {
            super::check_finding(&compiled.source, finding);
        }
        let tokens = compiled.tokens();
        assert_eq!(tokens.is_none(), compiled.failed(), "{what}");
        let took = start.elapsed();
        println!("{what}, {name}: {} bytes, {} findings, {took:?}", text.len(), compiled.diagnostics.len());
        assert!(took < LIMIT, "{what}, {name}: {took:?}");
    }
}

/// A machine of `count` states, each made by `state` of its number.
fn machine(count: usize, state: impl Fn(usize) -> String) -> String {
    let states: Vec<_> = (0..count).map(state).collect();
    format!("{{\"StartAt\": \"S0\", \"States\": {{{}}}}}", states.join(",\n"))
}

fn pass(number: usize, count: usize) -> String {
    let then = if number + 1 < count { format!("\"Next\": \"S{}\"", number + 1) } else { "\"End\": true".to_owned() };
    format!("\"S{number}\": {{\"Type\": \"Pass\", \"ResultPath\": \"$.s{number}\", {then}}}")
}

#[test]
fn ten_thousand_states() {
    check("a chain of states", &machine(10_000, |number| pass(number, 10_000)));
}

#[test]
fn ten_thousand_unknown_targets() {
    let state = |number| format!("\"S{number}\": {{\"Type\": \"Pass\", \"Next\": \"T{number}x{number}\"}}");
    check("unknown targets", &machine(10_000, state));
}

#[test]
fn ten_thousand_unknown_fields() {
    let fields: Vec<_> = (0..10_000).map(|number| format!("\"Field{number}\": {number}")).collect();
    let state = format!("\"S0\": {{\"Type\": \"Pass\", \"End\": true, {}}}", fields.join(", "));
    check("unknown fields", &machine(1, |_| state.clone()));
}

#[test]
fn ten_thousand_rules() {
    let rules: Vec<_> = (0..10_000)
        .map(|number| format!("{{\"Variable\": \"$.v{number}\", \"NumericEquals\": {number}, \"Next\": \"S1\"}}"))
        .collect();
    let choice = format!("\"S0\": {{\"Type\": \"Choice\", \"Choices\": [{}], \"Default\": \"S1\"}}", rules.join(","));
    check("rules", &machine(2, |number| if number == 0 { choice.clone() } else { pass(1, 2) }));
}

#[test]
fn ten_thousand_retriers_and_catchers() {
    let list = |rest: &str| {
        let items: Vec<_> = (0..5_000).map(|number| format!("{{\"ErrorEquals\": [\"E{number}\"]{rest}}}")).collect();
        items.join(",")
    };
    let task = format!(
        "\"S0\": {{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage\", \"Parameters\": \
         {{\"QueueUrl\": \"q\", \"MessageBody\": \"b\"}}, \"Next\": \"S1\", \"Retry\": [{}], \"Catch\": [{}]}}",
        list(""),
        list(", \"Next\": \"S1\""),
    );
    check("retriers", &machine(2, |number| if number == 0 { task.clone() } else { pass(1, 2) }));
}

#[test]
fn choices_that_join_again() {
    // Every state leads to the two after it: the number of ways through is exponential.
    let count = 600;
    let state = |number: usize| {
        if number + 2 >= count {
            return format!("\"S{number}\": {{\"Type\": \"Succeed\"}}");
        }
        format!(
            "\"S{number}\": {{\"Type\": \"Choice\", \"Choices\": [{{\"Variable\": \"$.a{number}\", \"IsPresent\": true, \
             \"Next\": \"S{}\"}}], \"Default\": \"S{}\"}}",
            number + 1,
            number + 2
        )
    };
    check("joining choices", &machine(count, state));
}

#[test]
fn a_megabyte_in_one_value() {
    let long = "x".repeat(1_000_000);
    check("a long name", &machine(2, |number| if number == 0 { pass(0, 2) } else { pass(1, 2).replace("S1", &long) }));
    let result =
        |value: &str| machine(1, |_| format!("\"S0\": {{\"Type\": \"Pass\", \"Result\": {value}, \"End\": true}}"));
    check("a long text", &result(&format!("\"{long}\"")));
    check("a long number", &result(&"7".repeat(1_000_000)));
    check("many escapes", &result(&format!("\"{}\"", "\\n".repeat(500_000))));
    check("many items", &result(&format!("[{}0]", "1,".repeat(300_000))));
    let field = |name: &str, value: &str| {
        machine(1, |_| format!("\"S0\": {{\"Type\": \"Pass\", \"{name}\": \"{value}\", \"End\": true}}"))
    };
    check("a long path", &field("InputPath", &format!("$.{long}")));
    check("a path of many steps", &field("InputPath", &format!("${}", ".a".repeat(400_000))));
    check("a long target", &field("Next", &long));
    check("a long field", &field(&long, "a"));
    let call = format!("{}{}", "States.Array(".repeat(20_000), ")".repeat(20_000));
    check(
        "nested calls",
        &machine(1, |_| {
            format!("\"S0\": {{\"Type\": \"Pass\", \"Parameters\": {{\"a.$\": \"{call}\"}}, \"End\": true}}")
        }),
    );
}

#[test]
fn expressions_of_a_megabyte() {
    let task = |expression: &str| {
        machine(1, |_| {
            format!(
                "\"S0\": {{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::dynamodb:updateItem\", \"Parameters\": \
                 {{\"TableName\": \"t\", \"Key\": {{\"k\": {{\"S\": \"a\"}}}}, \"UpdateExpression\": \"{expression}\"}}, \
                 \"End\": true}}"
            )
        })
    };
    let sets: Vec<_> = (0..5_000).map(|number| format!("a{number} = :v{number}")).collect();
    check("many placeholders", &task(&format!("SET {}", sets.join(", "))));
    let sets: Vec<_> = (0..2_000).map(|number| format!("status = :v{number}")).collect();
    check("many reserved words", &task(&format!("SET {}", sets.join(", "))));
    check("nested brackets", &task(&format!("SET a = {}:v{}", "(".repeat(50_000), ")".repeat(50_000))));
}

#[test]
fn a_megabyte_in_one_line_with_many_findings() {
    let state = |number| format!("\"S{number}\": {{\"Type\": \"Pas\", \"Nxt\": \"x\"}}");
    check("findings in one line", &machine(15_000, state).replace('\n', " "));
    let state = |number| format!("\"S0\": {{\"Type\": \"Pass\", \"n\": {number}}}");
    check("duplicates", &machine(15_000, state));
}

#[test]
fn deep_nesting() {
    check("open brackets", &"[".repeat(500_000));
    check("open braces", &"{\"a\":".repeat(200_000));
    for depth in [100, 200, 250, 260] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(
            "nested data",
            &machine(1, |_| format!("\"S0\": {{\"Type\": \"Pass\", \"Result\": {nested}, \"End\": true}}")),
        );
        let rule = format!(
            "{}{{\"Variable\": \"$.a\", \"IsNull\": true}}{}",
            "{\"Not\": ".repeat(depth.saturating_sub(10)),
            "}".repeat(depth.saturating_sub(10))
        );
        let rule = rule.replacen('{', "{\"Next\": \"S1\", ", 1);
        let choice = format!("\"S0\": {{\"Type\": \"Choice\", \"Choices\": [{rule}]}}");
        check("nested rules", &machine(2, |number| if number == 0 { choice.clone() } else { pass(1, 2) }));
    }
    let mut machine = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}".to_owned();
    for number in 0..60 {
        machine = format!(
            "{{\"StartAt\": \"P{number}\", \"States\": {{\"P{number}\": {{\"Type\": \"Parallel\", \"End\": true, \
             \"Branches\": [{machine}]}}}}}}"
        );
    }
    check("nested machines", &machine);
}

#[test]
fn many_substitutions() {
    let text = machine(1, |_| {
        let mut values = String::new();
        for number in 0..20_000 {
            write!(values, "\"${{A}}{number}\", \"${{B{number}}}\", ").unwrap();
        }
        format!("\"S0\": {{\"Type\": \"Pass\", \"Result\": [{values}0], \"End\": true}}")
    });
    let start = Instant::now();
    let substitutions = vec![("A".to_owned(), "x".to_owned()), ("Bx".to_owned(), String::new())];
    let options = Options { substitutions, ..Options::default() };
    let compiled = asl_codegen::check(asl_codegen::source::Source::new("x.asl.json", text), &options);
    assert_eq!(compiled.diagnostics.len(), 20_001);
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
}

#[test]
fn numbers_that_no_double_holds() {
    for number in ["1e400", "-1e400", "123456789e999999999999"] {
        let state = format!("\"S0\": {{\"Type\": \"Pass\", \"Result\": {{\"a\": [{number}]}}, \"End\": true}}");
        let compiled = check_with("x.asl.json", &machine(1, |_| state.clone()), &Options::default());
        let findings: Vec<_> = compiled.diagnostics.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(findings, ["ASL0105"], "{number}");
    }
}
