//! Calls of intrinsic functions: what is found wrong with them, and what is known of their results.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use asl_codegen::source::Source;
use asl_codegen::{Options, check};

/// The findings of a definition: code, the text it points at, message.
fn findings(definition: &str) -> Vec<(&'static str, String, String)> {
    let checked = check(Source::new("x.asl.json", definition), &Options::default());
    let text = |span: asl_codegen::span::Span| definition[span.range()].to_owned();
    checked.diagnostics.iter().map(|found| (found.code.name(), text(found.span), found.message.clone())).collect()
}

/// A machine that gives `call` to `x.$`, and the state `Next` behind it.
fn machine(call: &str, next: &str) -> String {
    let call = call.replace('\\', r"\\").replace('"', "\\\"");
    format!(
        r#"{{"StartAt": "Make", "States": {{
            "Make": {{"Type": "Pass", "Parameters": {{"x.$": "{call}"}}, "Next": "Next"}},
            "Next": {next}}}}}"#
    )
}

/// Checks the one finding in a call: its code, the part of the call it points at, and the end of its message.
#[track_caller]
fn finds(call: &str, code: &str, place: &str, message: &str) {
    let found = findings(&machine(call, r#"{"Type": "Succeed"}"#));
    let [(found_code, found_place, found_message)] = &found[..] else { panic!("{call}: {found:#?}") };
    assert_eq!((*found_code, found_place.as_str()), (code, place), "{call}: {found_message}");
    assert!(found_message.ends_with(message), "{call}: {found_message}");
}

#[track_caller]
fn finds_nothing(call: &str) {
    let found = findings(&machine(call, r#"{"Type": "Succeed"}"#));
    assert!(found.is_empty(), "{call}: {found:#?}");
}

#[test]
fn every_function_takes_what_it_takes() {
    for call in [
        "States.Array()",
        "States.Array(1, 'a', null, true, $.a, $$.Execution.Name)",
        "States.ArrayContains($.a, null)",
        "States.ArrayGetItem(States.StringSplit($.a, ','), 0)",
        "States.ArrayGetItem(States.StringToJson($.a), States.MathAdd($.b, -1))",
        "States.ArrayLength(States.ArrayUnique($.a))",
        "States.ArrayPartition(States.ArrayRange(1, 9, 2), 0.5)",
        "States.Base64Decode(States.Base64Encode('a'))",
        "States.Format($.template, $.a)",
        r"States.Format('\{\}{} it\'s }', 1)",
        "States.Hash(1, 'SHA-512')",
        "States.JsonMerge(States.StringToJson('{\"a\": 1}'), $.a, false)",
        "States.JsonToString($)",
        "States.MathRandom(1, 10)",
        "States.MathRandom($.a, $.b, $.c)",
        "States.StringSplit(States.UUID(), '-')",
    ] {
        finds_nothing(call);
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    finds("States.UIUD()", "ASL0309", "States.UIUD", "which is no intrinsic function");
    finds("States.Array(States.Arrays())", "ASL0309", "States.Arrays", "which is no intrinsic function");
    finds("States.Format()", "ASL0310", "States.Format", "takes at least 1 argument, found 0");
    finds("States.MathRandom(1)", "ASL0310", "States.MathRandom", "takes 2 or 3 arguments, found 1");
    finds("States.MathRandom(1, 2, 3, 4)", "ASL0310", "4", "takes 2 or 3 arguments, found 4");
    finds("States.ArrayLength($.a, $.b, 1)", "ASL0310", "$.b, 1", "takes 1 argument, found 3");
    finds("States.ArrayLength('a')", "ASL0311", "'a'", "must be an array, found the string `'a'`");
    finds("States.ArrayPartition($.a, 0)", "ASL0311", "0", "must be an integer from 1, found `0`");
    finds("States.ArrayRange(1, 2, 0)", "ASL0311", "0", "must be a number other than 0, found `0`");
    finds(
        "States.MathAdd($.a, 2147483648)",
        "ASL0311",
        "2147483648",
        "must be an integer of 32 bits, found `2147483648`",
    );
    finds("States.MathAdd('1', $.a)", "ASL0311", "'1'", "must be an integer of 32 bits, found the string `'1'`");
    finds("States.JsonMerge($.a, $.b, true)", "ASL0311", "true", "must be `false`, found `true`");
    finds("States.StringToJson(null)", "ASL0311", "null", "must be a string, found null");
    finds("States.Base64Encode(States.UUID($.a))", "ASL0310", "$.a", "takes no arguments, found 1");
    finds(
        "States.Base64Encode(States.MathAdd(1, 2))",
        "ASL0311",
        "States.MathAdd(1, 2)",
        "must be a string, found `3` from `States.MathAdd`",
    );
    finds(
        "States.Base64Encode(States.MathAdd($.a, 2))",
        "ASL0311",
        "States.MathAdd($.a, 2)",
        "must be a string, found a number from `States.MathAdd`",
    );
    finds("States.Format('{}')", "ASL0312", "'{}'", "has 1 `{}` and 0 arguments");
    finds("States.Format('{}', 1, 2)", "ASL0312", "'{}'", "has 1 `{}` and 2 arguments");
    finds(r"States.Format('\d')", "ASL0313", r"\\d", r"a backslash is followed by `'`, `{`, `}` or `\`");
    finds("States.Format('a)", "ASL0313", "'", "the quote is not closed");
    finds("States.Format('{a}')", "ASL0313", "{", "is neither escaped nor part of `{}`");
    finds("States.Array($.a.sum())", "ASL1203", ".sum()", "uses a path function, which this version does not compile");
    finds("States.Array($a)", "ASL0501", "$a", "`$a` is never assigned, and `Make` reads it in `x.$`");
    finds("States.Array($.a b)", "ASL0304", "b", "`b` cannot stand here, `,` or `)` is expected");
    finds("States.Array($.a:b)", "ASL0301", ":", "`:` cannot stand here");
    finds("States.Array($$.Execution.Nmae)", "ASL0316", ".Nmae", "which the context object does not have");
}

#[test]
fn calls_that_always_fail_are_shown() {
    finds(
        "States.Format('{}', States.ArrayGetItem(States.Array(1), 1))",
        "ASL0311",
        "States.ArrayGetItem(States.Array(1), 1)",
        "always fails: The index 1 of States.ArrayGetItem is not in an array of 1 items",
    );
    finds(
        "States.ArrayRange($.a, $.b, States.MathAdd(1, -1))",
        "ASL0311",
        "States.MathAdd(1, -1)",
        "must be a number other than 0, found `0` from `States.MathAdd`",
    );
    finds(
        "States.Hash($.a, States.Format('sha-{}', 256))",
        "ASL0311",
        "States.Format('sha-{}', 256)",
        "found the string `'sha-256'` from `States.Format`",
    );
    finds(
        "States.JsonMerge(States.StringToJson(''), $.a, false)",
        "ASL0311",
        "States.StringToJson('')",
        "found null from `States.StringToJson`",
    );
    finds(
        "States.StringToJson('nul')",
        "ASL0311",
        "States.StringToJson('nul')",
        "is not valid JSON: EOF while parsing a value at line 1 column 3",
    );
    finds(
        "States.MathRandom(2, 2, $.seed)",
        "ASL0311",
        "States.MathRandom(2, 2, $.seed)",
        "must be greater than the first, found: 2",
    );
    finds(
        "States.Format(States.Base64Decode('ew=='), $.a)",
        "ASL0311",
        "States.Format(States.Base64Decode('ew=='), $.a)",
        "matching '}' not found for '{'",
    );
    // The failure of a part is shown once, and what is not known is not reported.
    finds(
        "States.Array(States.ArrayLength(States.StringToJson('{}')))",
        "ASL0311",
        "States.StringToJson('{}')",
        "found an object from `States.StringToJson`",
    );
    finds_nothing("States.ArrayGetItem(States.StringSplit($.a, ','), 9)");
    finds_nothing("States.MathRandom(1, $.a)");
}

/// Checks what a path behind a call's result gives: the code of the one finding, or none.
#[track_caller]
fn behind(call: &str, path: &str, code: Option<&str>) {
    let next = format!(r#"{{"Type": "Pass", "Parameters": {{"y.$": "{path}"}}, "End": true}}"#);
    let found = findings(&machine(call, &next));
    let codes: Vec<_> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{call}: {path}: {found:#?}");
}

#[test]
fn results_have_a_shape() {
    behind("States.Format('{}', $.a)", "$.x", None);
    behind("States.Format('{}', $.a)", "$.x.y", Some("ASL0603"));
    behind("States.StringToJson($.a)", "$.x.y", None);
    behind("States.StringSplit($.a, ',')", "$.x[0]", None);
    behind("States.StringSplit($.a, ',')", "$.x[0].y", Some("ASL0603"));
    behind("States.ArrayGetItem(States.StringSplit($.a, ','), 0)", "$.x.y", Some("ASL0603"));
    behind("States.ArrayPartition($.a, 2)", "$.x[0][0].y", None);
    behind("States.JsonMerge($.a, $.b, false)", "$.x.y", None);
    behind("States.StringSplit($.a, ',')", "States.ArrayLength($.x)", None);
    behind("States.StringSplit($.a, ',')", "States.StringToJson($.x)", Some("ASL0311"));
    behind("States.MathAdd($.a, 1)", "States.MathAdd($.x, 1)", None);
    behind("States.MathAdd($.a, 1)", "States.Format('{}', $.x)", None);
    behind("States.StringToJson('{\"a\": [{\"b\": 1}]}')", "$.x.a[0].b", None);
    behind("States.StringToJson('{\"a\": [{\"b\": 1}]}')", "$.x.a[0].b.c", Some("ASL0603"));
    behind("States.ArrayGetItem(States.Array(1, 'a'), 1)", "States.StringSplit($.x, ',')", None);
    behind("States.ArrayGetItem(States.Array(1, 'a'), 0)", "States.StringSplit($.x, ',')", Some("ASL0311"));
    behind("States.MathAdd($.a, 1)", "States.Format('{}', $.z)", Some("ASL0603"));
}
