//! The cases of JSONata's own suite that are at hand, interpreted.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use asl_codegen::jsonata::parse;
use asl_runtime::jsonata::{Evaluation, Limits, Result, Storage, Value, interpreter};
use serde_json::Value as Json;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/jsonata-suite");

#[test]
fn suite() {
    let Ok(cases) = std::fs::read_to_string(format!("{SUITE}/cases.jsonl")) else {
        println!("skipped: {SUITE} is absent");
        return;
    };
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut datasets = HashMap::new();
    let mut passed = 0;
    for line in cases.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        match run(&case, &mut datasets) {
            Ok(()) => passed += 1,
            Err(failure) => {
                let id = case["id"].as_str().unwrap();
                let group = id.split('/').next().unwrap_or_default().to_owned();
                let expression: String = case["expr"].as_str().unwrap().chars().take(100).collect();
                failures.entry(group).or_default().push(format!("{id}: {expression}\n      {failure}"));
            }
        }
    }
    let mut report = String::new();
    for (group, failures) in &failures {
        let _ = writeln!(report, "{group}: {}", failures.len());
        for failure in failures {
            let _ = writeln!(report, "   {failure}");
        }
    }
    let failed: usize = failures.values().map(Vec::len).sum();
    println!("{passed} cases of the suite passed, {failed} failed");
    assert!(failures.is_empty(), "{failed} cases of {} failed\n{report}", passed + failed);
}

/// Runs a case. What is wrong, when something is.
fn run(case: &Json, datasets: &mut HashMap<String, Json>) -> Result<(), String> {
    let data = match case["dataset"].as_str() {
        Some(name) => datasets
            .entry(name.to_owned())
            .or_insert_with(|| {
                let text = std::fs::read_to_string(format!("{SUITE}/datasets/{name}.json")).unwrap();
                serde_json::from_str(&text).unwrap()
            })
            .clone(),
        None => case["data"].clone(),
    };
    let has_data = case["dataset"].is_string() || case.get("data").is_some();
    let outcome = evaluate(case, has_data.then_some(&data));
    let wanted_code = case["code"].as_str().or_else(|| case["error"]["code"].as_str());
    let unordered = case["unordered"] == true;
    let same = match &outcome {
        Ok(Some(result)) => case.get("result").is_some_and(|wanted| is_same(result, wanted, unordered)),
        Ok(None) => case["undefinedResult"] == true,
        Err((code, _)) => wanted_code == Some(code.as_str()),
    };
    if same {
        return Ok(());
    }
    let wanted = match (wanted_code, case.get("result")) {
        (Some(code), _) => code.to_owned(),
        (None, Some(result)) => result.to_string(),
        (None, None) => "nothing".to_owned(),
    };
    let given = match outcome {
        Ok(Some(result)) => result.to_string(),
        Ok(None) => "nothing".to_owned(),
        Err((_, message)) => message,
    };
    Err(format!("{}\n      {}", cut(&format!("gave   {given}")), cut(&format!("wanted {wanted}"))))
}

fn evaluate(case: &Json, data: Option<&Json>) -> Result<Option<Json>, (String, String)> {
    let storage = Storage::without_context();
    let input = Json::Null;
    // What has no end reaches a lower limit sooner.
    let steps = if case["code"] == "U1001" { 500_000 } else { Limits::default().steps };
    let evaluation = Evaluation::new(&storage, &input).with_limits(Limits { steps, ..Limits::default() });
    let bindings: Vec<(&str, Value<'_>)> = match case["bindings"].as_object() {
        Some(bindings) => bindings.iter().map(|(name, value)| (name.as_str(), Value::from(value))).collect(),
        None => Vec::new(),
    };
    let root = data.map(Value::from).unwrap_or_default();
    let fail = |error: asl_runtime::jsonata::Error| (error.code().to_owned(), error.to_string());
    let node = storage.keep_node(parse(case["expr"].as_str().unwrap()).map_err(fail)?);
    let value = interpreter::evaluate_with(&evaluation, node, root, &bindings).map_err(fail)?;
    Ok(value.into_json())
}

fn is_same(left: &Json, right: &Json, unordered: bool) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) if unordered => {
            let within = |item: &Json, items: &[Json]| items.iter().any(|other| is_same(item, other, false));
            left.len() == right.len() && left.iter().all(|item| within(item, right))
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right, false))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| is_same(value, other, false)))
        }
        (left, right) => left == right,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}
