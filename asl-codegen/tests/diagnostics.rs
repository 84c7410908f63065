//! The smallest definition of every finding, `diagnostics/<code>.asl.json` or `diagnostics/<code>-<what>.asl.json`.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;

use asl_codegen::diagnostic::{Diagnostic, Fix};
use asl_codegen::source::Source;
use asl_codegen::{Options, check};

/// Name, text and code of every example.
fn examples() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut examples: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".asl.json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let code = format!("ASL{}", name.split(['-', '.']).next().unwrap());
            (name, fs::read_to_string(path).unwrap(), code)
        })
        .collect();
    examples.sort();
    examples
}

fn findings(name: &str, text: &str) -> Vec<Diagnostic> {
    check(Source::new(name, text), &Options::default()).diagnostics
}

#[test]
fn every_example_gives_its_code() {
    for (name, text, code) in examples() {
        let findings = findings(&name, &text);
        let found = findings.iter().any(|finding| finding.code.name() == code);
        assert!(found, "{name}: {findings:#?}");
    }
}

#[test]
fn an_example_shows_one_mistake() {
    for (name, text, code) in examples() {
        // What is right and not compiled, and what services say, comes on top.
        let others: Vec<_> = findings(&name, &text)
            .into_iter()
            .filter(|finding| {
                let other = finding.code.name();
                other != code && other != "ASL1203" && !other.starts_with("ASL09") && !other.starts_with("ASL06")
            })
            .collect();
        assert!(others.is_empty(), "{name}: {others:#?}");
    }
}

#[test]
fn every_edit_mends_its_finding() {
    for (name, text, code) in examples() {
        for finding in findings(&name, &text).iter().filter(|finding| finding.code.name() == code) {
            for help in &finding.help {
                let Some(Fix { span, replacement }) = &help.fix else { continue };
                let mended = format!("{}{replacement}{}", &text[..span.start], &text[span.end..]);
                let left = findings(&name, &mended);
                let mends = !left.iter().any(|left| {
                    left.code.name() == "ASL0001" || (left.code == finding.code && left.message == finding.message)
                });
                assert!(mends, "{name}: {}\n{mended}\n{left:#?}", help.message);
            }
        }
    }
}
