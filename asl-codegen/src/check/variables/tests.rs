//! What is found in small machines, and the reads as AWS counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{uses, ways};
use crate::check::for_each_machine;
use crate::definition;
use crate::source::Source;
use crate::{Options, json};

/// Holds the findings about variables in a machine of the states `states`, the first of which is `A`, against
/// `expected`: code and message.
#[track_caller]
fn check(states: &str, expected: &[&str]) {
    let text = format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#);
    let checked = crate::check(Source::new("machine.asl.json", text.clone()), &Options::default());
    let found = checked.diagnostics.iter().filter(|finding| {
        let code = finding.code.name();
        !["ASL1203", "ASL06", "ASL09"].iter().any(|other| code.starts_with(other))
    });
    let found: Vec<String> =
        found.map(|finding| format!("{:?} {}: {}", finding.level, finding.code, finding.message)).collect();
    assert_eq!(found, expected, "{text}");
}

const USE: &str = r#""Use": {"Type": "Pass", "InputPath": "$x", "End": true}"#;

#[test]
fn what_is_assigned_before_is_read() {
    check(&format!(r#""A": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "Use"}}, {USE}"#), &[]);
}

#[test]
fn an_assignment_shows_from_the_next_state_on() {
    check(
        r#""A": {"Type": "Pass", "Assign": {"x": 1}, "OutputPath": "$x", "End": true}"#,
        &["Error ASL0502: `$x` has no value yet where `A` reads it in `OutputPath`"],
    );
}

#[test]
fn a_counter_without_a_first_value_fails_though_its_loop_assigns_it() {
    check(
        r#""A": {"Type": "Pass", "Assign": {"i.$": "States.MathAdd($i, 1)"}, "Next": "Again"},
           "Again": {"Type": "Choice", "Choices": [{"Variable": "$i", "NumericLessThan": 3, "Next": "A"}], "Default": "Done"},
           "Done": {"Type": "Succeed"}"#,
        &["Error ASL0502: `$i` has no value yet where `A` reads it in `i.$`"],
    );
}

#[test]
fn a_way_that_assigns_nothing_is_named() {
    check(
        &format!(
            r#""A": {{"Type": "Choice", "Choices": [{{"Variable": "$.n", "IsPresent": true, "Next": "Set"}}], "Default": "Other"}},
               "Set": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "Use"}},
               "Other": {{"Type": "Pass", "Next": "Use"}}, {USE}"#
        ),
        &["Warning ASL0502: `$x` is not assigned on the way `A` → `Other` → `Use`, and `Use` reads it in `InputPath`"],
    );
}

#[test]
fn rules_and_catchers_assign_by_themselves() {
    check(
        &format!(
            r#""A": {{"Type": "Choice", "Assign": {{"x": 1}}, "Choices": [
                 {{"Variable": "$.n", "IsPresent": true, "Assign": {{"x": 2}}, "Next": "Use"}}], "Default": "Use"}}, {USE}"#
        ),
        &[],
    );
    check(
        &format!(
            r#""A": {{"Type": "Choice", "Assign": {{"x": 1}}, "Choices": [
                 {{"Variable": "$.n", "IsPresent": true, "Next": "Use"}}], "Default": "Use"}}, {USE}"#
        ),
        &["Warning ASL0502: `$x` is not assigned on the way `A` → `Use`, and `Use` reads it in `InputPath`"],
    );
    check(
        r#""A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
             "Parameters": {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/q", "MessageBody": "m"},
             "Assign": {"x": 1}, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Use"}], "Next": "Done"},
           "Use": {"Type": "Pass", "InputPath": "$x", "Next": "Done"}, "Done": {"Type": "Succeed"}"#,
        &["Error ASL0502: `$x` has no value yet where `Use` reads it in `InputPath`"],
    );
}

#[test]
fn a_test_of_presence_guards() {
    check(
        &format!(
            r#""A": {{"Type": "Choice", "Choices": [{{"Variable": "$.n", "IsPresent": true, "Next": "Set"}}], "Default": "Ask"}},
               "Set": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "Ask"}},
               "Ask": {{"Type": "Choice", "Choices": [
                 {{"And": [{{"Variable": "$x", "IsPresent": true}}, {{"Variable": "$x", "NumericEquals": 1}}], "Next": "Use"}}],
                 "Default": "Done"}}, {USE}, "Done": {{"Type": "Succeed"}}"#
        ),
        &[],
    );
}

#[test]
fn one_read_is_reported_of_a_chain() {
    check(
        &format!(
            r#""A": {{"Type": "Pass", "InputPath": "$x", "Next": "Set"}},
               "Set": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "Use"}}, {USE}"#
        ),
        &["Error ASL0502: `$x` has no value yet where `A` reads it in `InputPath`"],
    );
}

#[test]
fn inner_machines_read_outer_variables_as_of_their_start() {
    let parallel = |before: &str| {
        format!(
            r#""A": {{"Type": "Pass", {before} "Next": "P"}},
               "P": {{"Type": "Parallel", "Assign": {{"x": 2}}, "Branches": [
                 {{"StartAt": "I", "States": {{"I": {{"Type": "Pass", "InputPath": "$x", "End": true}}}}}}], "End": true}}"#
        )
    };
    check(&parallel(r#""Assign": {"x": 1},"#), &[]);
    check(&parallel(""), &["Error ASL0502: `$x` has no value yet where `I` reads it in `InputPath`"]);
}

#[test]
fn siblings_may_share_a_name_and_see_only_their_own() {
    let branch = |name: &str, last: &str| {
        format!(
            r#"{{"StartAt": "{name}1", "States": {{
                 "{name}1": {{"Type": "Pass", "Assign": {{"{last}": 1}}, "Next": "{name}2"}},
                 "{name}2": {{"Type": "Pass", "InputPath": "$x", "End": true}}}}}}"#
        )
    };
    let parallel = |second: &str| {
        format!(
            r#""A": {{"Type": "Parallel", "Branches": [{}, {}], "End": true}}"#,
            branch("L", "x"),
            branch("R", second)
        )
    };
    check(&parallel("x"), &[]);
    check(&parallel("y"), &["Error ASL0504: `$x` is a variable of another machine, and `R2` reads it in `InputPath`"]);
}

#[test]
fn expressions_read_and_assign() {
    let expressions = |output: &str| {
        format!(
            r#""A": {{"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{{% {output} %}}", "Assign": {{"x": "{{% 1 %}}"}},
               "Next": "Use"}}, {USE}"#
        )
    };
    check(&expressions("($y := 1; $y)"), &[]);
    check(&expressions("$map([1], function($y) { $y })"), &[]);
    check(&expressions("$y"), &["Error ASL0501: `$y` is never assigned, and `A` reads it in `Output`"]);
    check(&expressions("$x"), &["Error ASL0502: `$x` has no value yet where `A` reads it in `Output`"]);
    check(&expressions("'is ' & $y"), &["Warning ASL0501: `$y` is never assigned: `A` never finds it"]);
    check(&expressions("'is ' & $x"), &[]);
}

#[test]
fn conditions_guard() {
    let machine = |condition: &str, read: &str| {
        format!(
            r#""A": {{"Type": "Choice", "Choices": [{{"Variable": "$.n", "IsPresent": true, "Next": "Set"}}], "Default": "Ask"}},
               "Set": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "Ask"}},
               "Ask": {{"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [
                 {{"Condition": "{{% {condition} %}}", "Output": "{{% {read} %}}", "Next": "Use"}}], "Default": "Done"}},
               {USE}, "Done": {{"Type": "Succeed"}}"#
        )
    };
    check(&machine("$exists($x)", "$x"), &[]);
    check(&machine("$exists($x) and $x > 1", "$x"), &[]);
    check(
        &machine("$states.input.n > 1", "1"),
        &["Warning ASL0502: `$x` is not assigned on the way `A` → `Ask` → `Use`, and `Use` reads it in `InputPath`"],
    );
    check(
        &machine("$x > 1", "$x"),
        &["Warning ASL0502: `$x` is not assigned on the way `A` → `Ask`, and `Ask` reads it in `Condition`"],
    );
}

#[test]
fn a_variable_that_is_only_tested_is_a_warning() {
    check(
        r#""A": {"Type": "Choice", "Choices": [{"Variable": "$x", "IsPresent": true, "Next": "Done"}], "Default": "Done"},
           "Done": {"Type": "Succeed"}"#,
        &["Warning ASL0501: `$x` is never assigned: `A` never finds it"],
    );
}

/// AWS lists the variables that each state reads when it is asked to describe a machine.
#[test]
fn the_reads_are_those_that_aws_sees() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/describe.jsonl");
    let Ok(rows) = fs::read_to_string(&file) else {
        eprintln!("skipped: {} is absent", file.display());
        return;
    };
    let mut compared = 0;
    for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if row["query_language"] != "JSONPath" {
            continue;
        }
        let source = Source::new("machine.asl.json", row["definition"].to_string());
        let document = json::read(&source, &mut Vec::new()).unwrap();
        let machine = definition::read::read(&document, &mut Vec::new());
        let known = uses::Known::new(&machine, &document);
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for_each_machine(&machine, &mut |machine| {
            for state in &machine.states {
                let own = uses::of(state, &known);
                let names = own.all().copied().chain(ways::comparisons(state));
                for read in names {
                    found.entry(state.name.text.clone()).or_default().insert(read.name.to_owned());
                }
            }
        });
        let expected: BTreeMap<String, BTreeSet<String>> =
            serde_json::from_value(row["expected"]["variableReferences"].clone()).unwrap_or_default();
        assert_eq!(found, expected, "{}", row["id"]);
        compared += 1;
    }
    assert!(compared > 0, "no row compared");
}
