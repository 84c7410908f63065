//! The executions recorded on AWS, where the corpus is at hand.

#![allow(clippy::unwrap_used)]

use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/executions.jsonl");

/// The recorded executions; none, after saying so, when they are absent.
pub(crate) fn executions() -> Option<Vec<Value>> {
    let Ok(corpus) = std::fs::read_to_string(CORPUS) else {
        println!("skipped: {CORPUS} is absent");
        return None;
    };
    Some(corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
