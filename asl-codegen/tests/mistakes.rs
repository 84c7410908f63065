//! The mistakes that the author of the first such workflow made, put into the example: each is found while compiling, at its
//! place, and the text that is offered mends it.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use asl_codegen::source::Source;
use asl_codegen::{Options, compile};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/message_workflow/message_workflow.asl.json");

/// Puts `mistake` in the place of the first `right` after `state`. The first finding must be `code`, at the text `at` of the
/// line that has it, and every edit that is offered must give a definition without errors.
#[track_caller]
fn check(state: &str, right: &str, mistake: &str, code: &str, at: &str) {
    let text = std::fs::read_to_string(FILE).unwrap();
    let state = text.find(state).unwrap();
    let place = state + text[state..].find(right).unwrap();
    let text = format!("{}{mistake}{}", &text[..place], &text[place + right.len()..]);

    let compiled = compile(Source::new("example.asl.json", text.as_str()), &Options::default());
    let finding = compiled.diagnostics.first().unwrap_or_else(|| panic!("nothing was found"));
    assert_eq!(finding.code.name(), code, "{finding:#?}");
    let found = &text[finding.span.range()];
    assert_eq!(found, at, "{finding:#?}");
    assert!(compiled.tokens().is_none());

    let edits: Vec<_> = finding.help.iter().filter_map(|help| help.fix.as_ref()).collect();
    assert!(!edits.is_empty(), "no edit is offered: {finding:#?}");
    for edit in edits {
        let mended = format!("{}{}{}", &text[..edit.span.start], edit.replacement, &text[edit.span.end..]);
        let compiled = compile(Source::new("example.asl.json", mended.as_str()), &Options::default());
        assert!(compiled.tokens().is_some(), "{mended}\n{:#?}", compiled.diagnostics);
    }
}

#[test]
fn a_path_without_dollar_is_text() {
    check("\"InsertRecord\": {", "\"S.$\": \"$.messageId\"", "\"S\": \"$.messageId\"", "ASL0305", "\"$.messageId\"");
}

#[test]
fn a_path_inside_a_text_is_not_evaluated() {
    let mistake = "\"Input.$\": \"This is my $.messageId\"";
    check("\"InformOtherQueue\": {", "\"Input.$\": \"$.messageId\"", mistake, "ASL0304", "\"This is my $.messageId\"");
}

#[test]
fn a_result_without_result_path_replaces_the_input() {
    check("\"InsertRecord\": {", "\"ResultPath\": \"$.DynamoDB\",", "", "ASL0603", "$.messageId");
}

#[test]
fn a_reserved_word_is_no_attribute_name() {
    check("\"UpdateTableEntry\": {", "SET messageStatus", "SET status", "ASL1002", "status");
}
