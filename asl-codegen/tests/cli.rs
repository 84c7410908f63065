//! The command line, as a user sees it. Each case has a golden file in `tests/cli`; `UPDATE=1` rewrites them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli"))
}

/// Runs `cargo-asl` in `tests/cli` and gives what came out of it.
fn run(arguments: &[&str], stdin: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-asl"))
        .args(arguments)
        .current_dir(folder())
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Not every command reads it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let mut text = format!("$ cargo {}\n", arguments.join(" "));
    for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        let stream = String::from_utf8(bytes).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION");
        if !stream.is_empty() {
            text.push_str(&format!("--- {name}\n{stream}"));
        }
    }
    text.push_str(&format!("--- status {}\n", output.status.code().unwrap()));
    text.replace(env!("CARGO_TARGET_TMPDIR"), "TMP")
}

/// Compares several runs with the golden file `name`.
#[track_caller]
fn check_with(name: &str, runs: &[&[&str]], stdin: &str) {
    let actual = runs.iter().map(|arguments| run(arguments, stdin)).collect::<Vec<_>>().join("\n");
    let golden = folder().join(name).with_extension("txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&golden, &actual).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    assert!(actual == expected, "{name} differs from its golden file; `UPDATE=1` rewrites it. Now:\n{actual}");
}

#[track_caller]
fn check(name: &str, runs: &[&[&str]]) {
    check_with(name, runs, "");
}

#[test]
fn help() {
    check("help", &[&["asl", "--help"], &["asl", "--version"]]);
    check("help-check", &[&["asl", "check", "--help"]]);
    check("help-expand", &[&["asl", "expand", "-h"]]);
    check("help-diagram", &[&["asl", "help", "diagram"]]);
}

#[test]
fn without_cargo_in_front_it_is_the_same() {
    let without_first_line = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap();
    let with = run(&["asl", "check", "-h"], "");
    assert_eq!(without_first_line(run(&["check", "-h"], "")), without_first_line(with));
}

#[test]
fn usage() {
    check(
        "usage",
        &[
            &["asl"],
            &["asl", "chek", "order.asl.json"],
            &["asl", "--formt"],
            &["asl", "check"],
            &["asl", "check", "order.asl.json", "--formt", "json"],
            &["asl", "check", "order.asl.json", "--format", "xml"],
            &["asl", "check", "order.asl.json", "-x"],
            &["asl", "check", "order.asl.json", "--out", "order.rs"],
            &["asl", "check", "order.asl.json", "--allow"],
            &["asl", "check", "order.asl.json", "--color=sometimes"],
            &["asl", "check", "order.asl.json", "--substitute", "Table"],
            &["asl", "check", "-", "-"],
            &["asl", "expand", "order.asl.json", "--check"],
            &["asl", "expand", "order.asl.json", "--check=yes"],
            &["asl", "expand", "order.asl.json", "--module", "type"],
            &["asl", "expand", "order.asl.json", "other.asl.json", "--module", "order"],
            &["asl", "help", "chekc"],
        ],
    );
}

#[test]
fn unknown_codes_are_answered_with_the_known_ones() {
    let text = run(&["asl", "check", "order.asl.json", "--allow", "ASL9999"], "");
    assert!(text.contains("error: unknown code `ASL9999`; codes with a level to set are: ASL0007, "), "{text}");
    assert!(text.ends_with("--- status 2\n"), "{text}");
}

#[test]
fn unreadable() {
    let text = run(&["asl", "check", "nowhere.asl.json"], "");
    assert!(text.contains("--- stderr\nerror: cannot read nowhere.asl.json: "), "{text}");
    assert!(text.ends_with("--- status 2\n"), "{text}");
}

const TABLE: &str = "TableName=orders";

#[test]
fn check_reports() {
    check(
        "check",
        &[
            &["asl", "check", "order.asl.json", "--substitute", TABLE],
            &["asl", "check", "broken.asl.json"],
            &["asl", "check", "broken.asl.json", "--allow", "ASL0305"],
            &["asl", "check", "broken.asl.json", "--format", "json"],
            &["asl", "check", "broken.asl.json", "--color", "always"],
            &["asl", "check", "broken.asl.json", "order.asl.json", "--warn", "ASL0305"],
        ],
    );
    let yaml = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n";
    check_with("check-stdin", &[&["asl", "check", "-", "--stdin-name", "template.yaml"], &["asl", "check", "-"]], yaml);
}

#[test]
fn expand_shows_writes_and_compares() {
    let out = concat!(env!("CARGO_TARGET_TMPDIR"), "/greeting.rs");
    let _ = fs::remove_file(out);
    check(
        "expand",
        &[
            &["asl", "expand", "greeting.asl.json"],
            &["asl", "expand", "broken.asl.json"],
            &["asl", "expand", "greeting.asl.json", "--out", out, "--check"],
            &["asl", "expand", "greeting.asl.json", "--out", out],
            &["asl", "expand", "greeting.asl.json", "--out", out, "--check"],
            &["asl", "expand", "greeting.asl.json", "--module", "hello", "--out", out, "--check"],
        ],
    );
    let shown = run(&["asl", "expand", "greeting.asl.json"], "");
    assert!(shown.contains(&fs::read_to_string(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")));
}

#[test]
fn diagram_draws() {
    check(
        "diagram",
        &[
            &["asl", "diagram", "order.asl.json", "--substitute", TABLE],
            &["asl", "diagram", "order.asl.json", "--substitute", TABLE, "--format=dot"],
            &["asl", "diagram", "broken.asl.json"],
        ],
    );
}
