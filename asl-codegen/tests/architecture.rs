//! The invariants of ARCHITECTURE.md that are absences: what no file but the named ones may do.

#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// Every source file below `folder`, with its path from there.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!files.is_empty());
    files
}

/// No file but those that begin with one of `allowed`, and tests, has one of `words`.
#[track_caller]
fn check(folder: &str, words: &[&str], allowed: &[&str]) {
    let offenders: Vec<String> = files(&PathBuf::from(PACKAGE).join(folder))
        .into_iter()
        .filter(|(name, _)| !name.ends_with("tests.rs") && !allowed.iter().any(|allowed| name.starts_with(allowed)))
        .filter(|(_, text)| {
            let code =
                text.split("#[cfg(test)]\n#[allow").next().and_then(|code| code.split("#[cfg(test)]\nmod").next());
            words.iter().any(|word| code.is_some_and(|code| code.contains(word)))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(offenders.is_empty(), "{words:?} in {offenders:?}");
}

#[test]
fn only_the_emitter_builds_tokens() {
    check("src", &["quote!", "use quote::"], &["emit/"]);
}

#[test]
fn only_the_build_helper_and_the_command_line_touch_files_and_the_environment() {
    check("src", &["std::fs", "std::{env, fs", "fs::read", "env::var", "std::io"], &["build.rs", "bin/"]);
}

#[test]
fn the_macro_needs_no_formatter_and_no_parser_of_rust() {
    check("../asl-macro/src", &["syn::", "prettyplease"], &[]);
    let manifest = fs::read_to_string(Path::new(PACKAGE).join("../asl-macro/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dev-dependencies]").next().unwrap();
    assert!(!dependencies.contains("syn") && !dependencies.contains("prettyplease") && !dependencies.contains("text"));
}

#[test]
fn the_runtime_spawns_nothing() {
    check("../runtime/src", &["spawn("], &[]);
}
