//! Definitions with the verdict of AWS or of another tool, and real definitions: `../shared`, when it is there.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, check};
use serde_json::Value;

/// Rows that AWS refuses and that are found valid here, with the reason.
const NOT_YET: &[(&str, &str)] = &[
    ("invalid/floci-jsonata-double-dollar.json", "JSONata expressions are not read yet"),
];

/// Rows that AWS accepts and that a lint denies, with the reason: a user who means it allows the lint.
const DENIED: &[(&str, &str)] =
    &[("valid/localstack-escape-sequences-string-literals.json", "`Result` has a `.$` field on purpose")];

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}

fn rows(folder: &Path) -> Vec<Value> {
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    manifest.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Rules about data flow and services have tests of their own; what is not compiled is valid.
fn is_structural(code: &str) -> bool {
    code != "ASL1203" && !["ASL06", "ASL09", "ASL10"].iter().any(|family| code.starts_with(family))
}

/// The errors in a definition: code and message.
fn errors(name: &str, text: &str) -> Vec<(Code, String)> {
    let checked = check(Source::new(name, text), &Options::default());
    let errors = checked.diagnostics.into_iter().filter(|finding| finding.level == Level::Error);
    errors.map(|finding| (finding.code, finding.message)).collect()
}

/// The text with a name in place of every `${…}`, as a deployment would fill them in.
fn substituted(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        result.push_str(before);
        match behind.split_once('}') {
            Some((_, after)) => {
                result.push_str("placeholder");
                rest = after;
            }
            None => {
                result.push_str("${");
                rest = behind;
            }
        }
    }
    result + rest
}

#[test]
fn verdicts_of_aws() {
    let Some(folder) = shared("validation") else { return };
    let mut wrong = Vec::new();
    for row in rows(&folder) {
        let (file, verdict) = (row["file"].as_str().unwrap(), row["verdict"].as_str().unwrap());
        let authority = row["authority"].as_str().unwrap();
        if verdict == "late" || row["code"].as_str().is_some_and(|code| !is_structural(code)) {
            continue;
        }
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let errors = errors(file, &text);
        let structural: Vec<_> = errors.iter().filter(|(code, _)| is_structural(code.name())).collect();
        let expected = structural.is_empty() == (verdict == "valid");
        let known = NOT_YET.iter().chain(DENIED).any(|(name, _)| *name == file);
        if authority == "tool" {
            if !expected {
                println!("{verdict} by a tool: {file}: {structural:?}, the tool: {}", row["message"]);
            }
        } else if expected == known {
            wrong.push(format!("{verdict} by AWS: {file}: {structural:#?}, AWS: {}", row["message"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What ran to its end on AWS has no error in its data.
#[test]
fn executions_that_succeeded() {
    let Some(folder) = shared("conformance") else { return };
    let executions = fs::read_to_string(folder.join("executions.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for row in executions.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if row["expected"]["status"] != "SUCCEEDED" || !row["definition"].is_object() {
            continue;
        }
        let id = row["id"].as_str().unwrap();
        let errors = errors("machine.asl.json", &row["definition"].to_string());
        let data = errors.iter().filter(|(code, _)| ["ASL05", "ASL06"].iter().any(|f| code.name().starts_with(f)));
        wrong.extend(data.map(|(code, message)| format!("{id}: {code} {message}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn real_definitions() {
    let Some(folder) = shared("definitions") else { return };
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for row in rows(&folder) {
        let Some(file) = row["file"].as_str().filter(|file| file.ends_with(".json")) else { continue };
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let checked = check(Source::new(file, substituted(&text)), &Options::default());
        for finding in &checked.diagnostics {
            if !matches!(finding.code, Code::ASL1203 | Code::ASL0006) {
                *counts.entry(finding.code).or_default() += 1;
                println!("{file}: {} {}", finding.code, finding.message);
            }
        }
    }
    println!("{counts:#?}");
}
