//! The smallest definition of every finding, `diagnostics/<code>.asl.json` or `diagnostics/<code>-<what>.asl.json` (or
//! `.asl.yaml`), beside the text that it gives, `.txt`. `UPDATE=1` rewrites the texts.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::{Diagnostic, Fix, Level};
use asl_codegen::render;
use asl_codegen::source::Source;
use asl_codegen::{Options, check};

/// Name, text and code of every example.
fn examples() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut examples: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_str().unwrap().ends_with(".txt"))
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
    check(Source::new(name, text), &options(name)).diagnostics
}

/// What an example needs beside its text.
fn options(name: &str) -> Options {
    let substitutions = match name {
        "0007.asl.json" => vec![("TableName".to_owned(), "orders".to_owned())],
        _ => Vec::new(),
    };
    let levels = match name {
        "1204.asl.json" => vec![(Code::ASL1204, Level::Warning)],
        _ if name.starts_with("0419") => vec![(Code::ASL0419, Level::Warning)],
        _ => Vec::new(),
    };
    Options { substitutions, levels, ..Options::default() }
}

#[test]
fn every_code_has_an_example() {
    let examples = examples();
    let lacking: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !examples.iter().any(|(_, _, example)| example == code.name()))
        // Its smallest example is a megabyte; the reader's own tests have it.
        .filter(|code| code.name() != "ASL0005")
        .collect();
    assert!(lacking.is_empty(), "no example in tests/diagnostics for {lacking:?}");
}

#[test]
fn every_example_is_rendered_as_expected() {
    let mut differing = Vec::new();
    for (name, text, _) in examples() {
        let checked = check(Source::new(name.as_str(), text), &options(&name));
        let rendered: String = checked
            .diagnostics
            .iter()
            .map(|diagnostic| format!("{}\n\n", render::text(&checked.source, diagnostic, false).trim_end()))
            .collect();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(&name);
        let file = file.with_extension("").with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &rendered).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != rendered {
            differing.push(format!("{}:\n{rendered}", file.display()));
        }
    }
    assert!(differing.is_empty(), "`UPDATE=1` rewrites what differs:\n{}", differing.join("\n"));
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
