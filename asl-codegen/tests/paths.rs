//! The whole path dialect: any text gives findings or code, and compiled paths select what a plain evaluator selects.
//!
//! `UPDATE=1` rewrites the machine in `paths/`, and the code for it.

#![deny(warnings)]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "paths/evaluator.rs"]
mod evaluator;
#[path = "paths/random.rs"]
mod random;

use asl_codegen::node::Text;
use asl_codegen::query::path::Path;
use asl_codegen::source::Source;
use asl_codegen::span::Span;
use asl_codegen::{Options, compile, text};
use asl_runtime::Value;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

include!("paths/selections.rs");

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/paths");

/// A machine of one Pass state that gives what `paths` select, by their number.
fn machine(paths: &[String]) -> String {
    let fields: serde_json::Map<String, Value> =
        paths.iter().enumerate().map(|(number, path)| (format!("{number}.$"), json!(path))).collect();
    let state = json!({"Type": "Pass", "Parameters": fields, "End": true});
    serde_json::to_string_pretty(&json!({"StartAt": "Select", "States": {"Select": state}})).unwrap()
}

fn parsed(path: &str) -> Path {
    Path::parse(&Text::opaque(path, Span::default())).unwrap_or_else(|error| panic!("{path}: {error:?}"))
}

#[test]
fn the_selections_are_what_the_seed_gives() {
    let definition = machine(&random::paths());
    let compiled = compile(Source::new("selections.asl.json", &definition), &Options::default());
    assert!(!compiled.failed(), "{:#?}", compiled.diagnostics);
    let code = text(&compiled).unwrap();
    let golden = format!("{FOLDER}/selections.rs");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &code).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(code == expected, "{golden} differs; `UPDATE=1` rewrites it");
}

fn data() -> impl Strategy<Value = Value> {
    let leaves =
        [json!(null), json!(true), json!(false), json!(0), json!(1), json!(2.0), json!("a"), json!("Ab"), json!("1")];
    let leaf = prop::sample::select(leaves.to_vec());
    leaf.prop_recursive(5, 60, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((prop::sample::select(vec!["a", "b", "c"]), inner), 0..4)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

/// An array or an object with something in it.
fn input() -> impl Strategy<Value = Value> {
    let items = prop::collection::vec(data(), 2..5);
    items.prop_flat_map(|items| {
        let members = ["a", "b", "c"].into_iter().zip(items.clone()).map(|(name, value)| (name.to_owned(), value));
        prop::sample::select(vec![Value::Object(members.collect()), Value::Array(items)])
    })
}

#[test]
fn compiled_paths_select_what_the_evaluator_selects() {
    let paths: Vec<Path> = random::paths().iter().map(|path| parsed(path)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut found = vec![false; paths.len()];
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig { failure_persistence: None, ..ProptestConfig::default() },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let result = runner.run(&input(), |input| {
        let output = runtime.block_on(async { selections::run_value(&(), input.clone()).await }).unwrap();
        for (number, path) in paths.iter().enumerate() {
            let expected = evaluator::select(path, &input);
            prop_assert_eq!(&output[number.to_string()], &expected, "{} in {}", path.text, input);
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    // Paths that never find anything would show nothing.
    for _ in 0..1000 {
        let input = input().new_tree(&mut runner).unwrap().current();
        for (path, found) in paths.iter().zip(&mut found) {
            *found |= evaluator::select(path, &input) != json!([]);
        }
    }
    let useful = found.iter().filter(|found| **found).count();
    assert!(useful * 3 > paths.len() * 2, "only {useful} of {} paths find anything", paths.len());
}

/// Compiles machines with `path` in each kind of field that takes one: findings, or Rust.
fn check(path: &str) {
    let quoted = serde_json::to_string(path).unwrap();
    let call = serde_json::to_string(&format!("States.ArrayLength({path})")).unwrap();
    let choice = format!(r#""Choices": [{{"Variable": {quoted}, "StringEquals": "", "Next": "A"}}], "Default": "A""#);
    let fields = [
        format!(r#""Type": "Pass", "End": true, "Parameters": {{"x.$": {quoted}}}"#),
        format!(r#""Type": "Pass", "End": true, "Parameters": {{"x.$": {call}}}"#),
        format!(r#""Type": "Pass", "End": true, "InputPath": {quoted}, "ResultPath": "$.x", "OutputPath": {quoted}"#),
        format!(r#""Type": "Choice", {choice}"#),
    ];
    for field in fields {
        let definition = format!(r#"{{"StartAt": "A", "States": {{"A": {{{field}}}}}}}"#);
        let compiled = compile(Source::new("x.asl.json", &definition), &Options::default());
        assert_eq!(compiled.failed(), compiled.tokens().is_none(), "{path}");
        if let Some(tokens) = compiled.tokens() {
            syn::parse2::<syn::File>(tokens).unwrap_or_else(|error| panic!("{path}: {error}"));
            let written = text(&compiled).unwrap_or_else(|| panic!("no text of {path}"));
            syn::parse_file(&written).unwrap_or_else(|error| panic!("{path}: {error}\n{written}"));
        }
    }
}

#[test]
fn every_form_compiles() {
    for path in random::paths() {
        check(&path);
    }
    for path in [
        "$['a','b']",
        "$.x['a','b']",
        "$$['State','Map']",
        "$..[?(/x/ =~ @.a || !(@.b && $.c[*] == 1))]",
        "$$..Name",
        "$.a[?(@.b[?(@.c in [[1], 'é'])])]",
    ] {
        check(path);
    }
}

#[test]
fn long_paths_compile() {
    check(&format!("${}", "[*]".repeat(2_000)));
    check(&format!("${}", "..a".repeat(2_000)));
    check(&format!("$[?(@.a{})]", " && @.b == 1".repeat(2_000)));
    check(&format!("$[?(@.a{})]", " || @.b =~ /x/".repeat(500)));
    check(&format!("$[?(@{})]", "[0, 1]".repeat(2_000)));
    check(&format!("$[?(@.a in [{}0])]", "1, ".repeat(2_000)));
}

/// Scraps of the dialect in any order.
fn scraps() -> impl Strategy<Value = String> {
    const SCRAPS: &[&str] = &[
        "$",
        "$$",
        "$x",
        ".",
        "..",
        "a",
        "b-c",
        "*",
        "[",
        "]",
        "[*]",
        "[?(",
        ")]",
        "(",
        ")",
        "@",
        "@.a",
        "$.b",
        "==",
        "!=",
        "<",
        ">=",
        "=~",
        "=",
        "&&",
        "||",
        "!",
        " in ",
        " size ",
        "'a'",
        "\"b\"",
        "'",
        "\\",
        "\\u00e9",
        "/x/i",
        "/(/",
        "/",
        "0",
        "-1",
        "1.5e3",
        ":",
        ",",
        "null",
        "true",
        " ",
        "é",
        "\u{1F600}",
        ".length()",
        "(@.length-1)",
        "[0:2]",
        "[-1]",
    ];
    prop::collection::vec(prop::sample::select(SCRAPS), 0..12).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_gives_findings_or_code(text in prop_oneof![scraps(), scraps().prop_map(|rest| format!("$.a[?(@.b{rest})]")), ".{0,20}"]) {
        check(&text);
    }

    #[test]
    fn a_valid_path_with_a_scrap_in_it_gives_findings_or_code(which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), scrap in scraps()) {
        let paths = random::paths();
        let mut path = which.get(&paths).clone();
        path.insert_str(place.index(path.len() + 1), &scrap);
        check(&path);
    }
}
