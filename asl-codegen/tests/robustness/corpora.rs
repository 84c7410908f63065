//! Real definitions, and those that other tools are tested with: `../shared`, when it is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{check, check_with};
use asl_codegen::source::Source;
use asl_codegen::{Options, compile};

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}

/// Every definition below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => open.push(path),
                Some("json" | "yaml" | "yml") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// How many of some definitions were accepted, and how many findings of each code there are.
#[derive(Default)]
struct Counts {
    definitions: usize,
    accepted: usize,
    codes: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn add(&mut self, name: &str, text: &str) {
        check(name, text);
        let compiled = compile(Source::new(name, text), &Options::default());
        self.definitions += 1;
        self.accepted += usize::from(!compiled.failed());
        for finding in &compiled.diagnostics {
            *self.codes.entry(finding.code.name()).or_default() += 1;
        }
    }

    fn print(&self, corpus: &str) {
        println!("{corpus}: {} of {} definitions accepted; {:?}", self.accepted, self.definitions, self.codes);
        assert!(self.definitions > 0, "{corpus} has no definitions");
    }
}

/// A value for every placeholder.
fn substitutions(text: &str) -> Vec<(String, String)> {
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| (name.to_owned(), "placeholder".to_owned())).collect()
}

fn check_folder(folder: &str) {
    let Some(path) = shared(folder) else { return };
    let mut counts = Counts::default();
    for file in files(&path) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        counts.add(file.to_str().unwrap(), &text);
        let options = Options { substitutions: substitutions(&text), ..Options::default() };
        check_with(file.to_str().unwrap(), &text, &options);
    }
    counts.print(folder);
}

#[test]
fn real_definitions() {
    check_folder("definitions");
}

#[test]
fn definitions_with_a_verdict() {
    check_folder("validation");
}

#[test]
fn recorded_definitions() {
    let Some(path) = shared("conformance/executions.jsonl") else { return };
    let mut counts = Counts::default();
    for line in fs::read_to_string(path).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(definition) = row.get("definition").filter(|definition| definition.is_object()) {
            counts.add("x.asl.json", &definition.to_string());
        }
    }
    counts.print("conformance/executions.jsonl");
}
