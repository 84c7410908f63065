//! The cases of JSONata's own suite that are at hand, interpreted.

#![allow(clippy::unwrap_used, clippy::panic)]

// The command that runs them compiled too holds them against the same expectations.
#[allow(dead_code, reason = "the command asks more of a case")]
#[path = "../../xtask/src/jsonata_suite/case.rs"]
mod case;
#[allow(dead_code, unreachable_pub, reason = "the command also has generated code")]
#[path = "../../xtask/src/jsonata_suite/program/library.rs"]
mod library;

use std::path::Path;

use asl_codegen::jsonata::parse;
use asl_runtime::jsonata::{Evaluation, Storage, Value, interpreter};
use serde_json::Value as Json;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/jsonata-suite");

#[test]
fn suite() {
    let folder = Path::new(SUITE);
    if !folder.exists() {
        println!("skipped: {SUITE} is absent");
        return;
    }
    let cases = case::read(folder, "").unwrap();
    let cases: Vec<_> = cases.iter().filter(|case| case.cannot_be_held().is_none()).collect();
    let differs = |case: &&case::Case| {
        let difference = case.difference(&answer(&case.order(None)))?;
        Some(format!("{}: {}\n", case.id, difference.chars().take(400).collect::<String>()))
    };
    let failures: Vec<String> = cases.iter().filter_map(differs).collect();
    println!("{} cases of the suite, {} differ", cases.len(), failures.len());
    assert!(failures.is_empty(), "{} of {} differ:\n{}", failures.len(), cases.len(), failures.concat());
}

/// What the interpreter gives for a case's order.
fn answer(order: &Json) -> Json {
    let storage = Storage::without_context();
    let evaluation = Evaluation::new(&storage, &Json::Null);
    let input = order.pointer("/input/0").map(Value::from).unwrap_or_default();
    let bindings = order["bindings"].as_object().into_iter().flatten();
    let bindings: Vec<(&str, Value<'_>)> = bindings.map(|(name, value)| (name.as_str(), Value::from(value))).collect();
    library::answer(
        parse(order["expression"].as_str().unwrap())
            .and_then(|node| interpreter::evaluate_with(&evaluation, storage.keep_node(node), input, &bindings)),
    )
}
