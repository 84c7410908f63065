//! Findings as they are printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::{Diagnostic, Level};
use asl_codegen::render;
use asl_codegen::source::Source;
use asl_codegen::span::Span;
use proptest::prelude::*;

const ORDER: &str = r#"{
  "StartAt": "InsertRecord",
  "States": {
    "InsertRecord": {
      "Type": "Task",
      "Next": "Chek Stock"
    },
	"Check Stock": { "Type": "Succeed", "Output": "$.messageId" }
  }
}
"#;

fn order() -> Source {
    Source::new("app/order.asl.json", ORDER)
}

/// The span of `part` in the text.
fn at(source: &Source, part: &str) -> Span {
    let start = source.text.find(part).unwrap();
    Span::new(start, start + part.len())
}

/// What `text` prints; `plain` prints the same without the first word.
#[track_caller]
fn check(source: &Source, diagnostic: &Diagnostic, expected: &str) {
    let expected = expected.strip_prefix('\n').unwrap();
    assert_eq!(render::text(source, diagnostic, false), expected);
    let word = if diagnostic.level == Level::Error { "error" } else { "warning" };
    let bare = expected.strip_prefix(word).unwrap().replacen("]: ", "] ", 1);
    assert_eq!(render::plain(source, diagnostic), bare);
}

#[test]
fn one_place_and_a_fix_that_the_sentence_has() {
    let source = order();
    let span = at(&source, "\"Chek Stock\"");
    let diagnostic =
        Diagnostic::new(Code::ASL0202, span, "state `InsertRecord` goes on to a state that does not exist")
            .label("no state named `Chek Stock`")
            .fix("did you mean `Check Stock`?", span, "\"Check Stock\"")
            .aws("rejects this: MISSING_TRANSITION_TARGET");
    check(
        &source,
        &diagnostic,
        r#"
error[ASL0202]: state `InsertRecord` goes on to a state that does not exist
 --> app/order.asl.json:6:15
  |
6 |       "Next": "Chek Stock"
  |               ^^^^^^^^^^^^ no state named `Chek Stock`
  |
  = help: did you mean `Check Stock`?
  = aws: rejects this: MISSING_TRANSITION_TARGET"#,
    );
}

#[test]
fn a_short_note_stands_in_the_snippet_and_a_fix_behind_the_sentence() {
    let source = order();
    let mut diagnostic = Diagnostic::new(Code::ASL0603, at(&source, "$.messageId"), "`$.messageId` cannot exist")
        .label("read here")
        .note(at(&source, "{\n      \"Type\": \"Task\""), "has no `ResultPath`")
        .fix("keep the input", Span::new(0, 0), ",\n      \"ResultPath\": null")
        .fix(
            "or retry it",
            Span::new(0, 0),
            ",\n      \"Retry\": [\n        { \"ErrorEquals\": [\"States.ALL\"] }\n      ]",
        );
    diagnostic.level = Level::Warning;
    check(
        &source,
        &diagnostic,
        r#"
warning[ASL0603]: `$.messageId` cannot exist
 --> app/order.asl.json:8:49
  |
4 |     "InsertRecord": {
  |                     - has no `ResultPath`
...
8 |     "Check Stock": { "Type": "Succeed", "Output": "$.messageId" }
  |                                                    ^^^^^^^^^^^ read here
  |
  = help: keep the input: `"ResultPath": null`
  = help: or retry it
          "Retry": [
            { "ErrorEquals": ["States.ALL"] }
          ]"#,
    );
}

#[test]
fn a_long_note_has_lines_of_its_own() {
    let source = order();
    let note = "state `InsertRecord` has no `ResultPath`: its output is only the result";
    let diagnostic = Diagnostic::new(Code::ASL0603, at(&source, "$.messageId"), "`$.messageId` cannot exist")
        .note(at(&source, "\"InsertRecord\": {"), note)
        .help("keep the input")
        .aws("accepts this; every execution fails with States.Runtime");
    check(
        &source,
        &diagnostic,
        r#"
error[ASL0603]: `$.messageId` cannot exist
 --> app/order.asl.json:8:49
  |
8 |     "Check Stock": { "Type": "Succeed", "Output": "$.messageId" }
  |                                                    ^^^^^^^^^^^
  |
note: state `InsertRecord` has no `ResultPath`: its output is only the result
 --> app/order.asl.json:4:5
  |
4 |     "InsertRecord": {
  |     ^^^^^^^^^^^^^^^^^
  = help: keep the input
  = aws: accepts this; every execution fails with States.Runtime"#,
    );
}

#[test]
fn places_are_those_of_the_text_before_substitutions() {
    let values = [("Fn".to_owned(), "a long name\nwith a line break".to_owned())];
    let text = "{\r\n  \"Resource\": \"${Fn}\", \"Next\": \"B\"\r\n}\r\n";
    let (source, _) = Source::new("x.asl.json", text).substitute(&values);
    let span = at(&source, "with");
    let diagnostic = Diagnostic::new(Code::ASL0901, span, "not an ARN")
        .note(at(&source, "\"B\""), "goes here")
        .fix("write", span, "x");
    check(
        &source,
        &diagnostic,
        r#"
error[ASL0901]: not an ARN
 --> x.asl.json:2:16
  |
2 |   "Resource": "${Fn}", "Next": "B"
  |                ^^^^^           --- goes here
  |
  = help: write: `x`"#,
    );
    let json: serde_json::Value = serde_json::from_str(&render::json(&source, &diagnostic)).unwrap();
    assert_eq!((&json["column"], &json["endColumn"], &json["fix"]), (&16.into(), &21.into(), &serde_json::Value::Null));
}

#[test]
fn an_empty_text_has_a_place() {
    check(
        &Source::new("x.asl.json", ""),
        &Diagnostic::new(Code::ASL0002, Span::default(), "the definition is empty").label("expected an object"),
        r#"
error[ASL0002]: the definition is empty
 --> x.asl.json:1:1
  |
1 |
  | ^ expected an object"#,
    );
}

#[test]
fn a_long_line_is_cut() {
    let (before, after) = ("x".repeat(5000), "y".repeat(5000));
    let source = Source::new("x.json", format!("{{\"a\": \"{before}\", \"b\": oops, \"c\": \"{after}\"}}"));
    let diagnostic =
        Diagnostic::new(Code::ASL0001, at(&source, "oops"), "a string without quotes").label("takes quotes");
    let printed = render::plain(&source, &diagnostic);
    assert!(printed.starts_with("[ASL0001] a string without quotes\n --> x.json:1:5016\n"), "{printed}");
    assert!(printed.contains("^^^^ takes quotes"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() < 140), "{printed}");
}

#[test]
fn what_disturbs_a_terminal_is_not_printed() {
    let source = Source::new("x\u{1b}[31m.json", "\u{1b}[31m\u{9b}31m\u{202e}a\u{200f}\u{feff}\u{7f}\t\"b\"");
    let diagnostic = Diagnostic::new(Code::ASL0001, at(&source, "\"b\""), "\u{1b}[31m\u{202e}two\nlines")
        .label("\u{9b}\tlabel")
        .fix("write", Span::default(), "\u{1b}]0;x\u{7}");
    let printed = render::plain(&source, &diagnostic);
    let disturbs =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(!printed.contains(disturbs), "{printed:?}");
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let diagnostic = Diagnostic::new(Code::ASL0001, Span::new(0, 1), "bad");
    assert!(render::text(&order(), &diagnostic, true).contains("\u{1b}["));
    assert!(!render::text(&order(), &diagnostic, false).contains('\u{1b}'));
}

#[test]
fn a_line_of_json() {
    let source = order();
    let span = at(&source, "\"Chek Stock\"");
    let diagnostic = Diagnostic::new(Code::ASL0202, span, "no \"such\" state")
        .label("here")
        .note(at(&source, "States"), "of\tthese")
        .help("look again")
        .fix("did you mean `Check Stock`?", span, "\"Check Stock\"")
        .aws("rejects this")
        .at("/States/InsertRecord/Next");
    let expected = [
        r#"{"code":"ASL0202","level":"error","message":"no \"such\" state","file":"app/order.asl.json","#,
        r#""line":6,"column":15,"endLine":6,"endColumn":27,"pointer":"/States/InsertRecord/Next","label":"here","#,
        r#""notes":[{"line":3,"column":4,"message":"of\tthese"}],"help":["look again","did you mean `Check Stock`?"],"#,
        r#""fix":{"line":6,"column":15,"endLine":6,"endColumn":27,"replacement":"\"Check Stock\""},"aws":"rejects this"}"#,
    ];
    assert_eq!(render::json(&source, &diagnostic), expected.concat());
    let expected = [
        r#"{"code":"ASL0110","level":"warning","message":"m","file":"app/order.asl.json","line":1,"column":1,"endLine":1,"#,
        r#""endColumn":1,"pointer":"","label":"","notes":[],"help":[],"fix":null,"aws":""}"#,
    ];
    assert_eq!(render::json(&source, &Diagnostic::new(Code::ASL0110, Span::default(), "m")), expected.concat());
}

proptest! {
    #[test]
    fn any_finding_can_be_printed(
        text in "([a-zé😀\u{1b}\u{202e}\t\"{}]|\r\n|\n|\\$\\{A\\}|\u{200b}|\u{feff}){0,30}",
        value in any::<String>(),
        places in prop::collection::vec((0usize..80, 0usize..80, any::<String>()), 1..5),
    ) {
        let (source, _) = Source::new("x.json", text).substitute(&[("A".to_owned(), value)]);
        let mut diagnostic = Diagnostic::new(Code::ASL0001, Span::new(places[0].0, places[0].1), places[0].2.as_str());
        for (start, end, words) in &places {
            let span = Span::new(*start, *end);
            diagnostic = diagnostic.label(words).note(span, words).note(span, words.repeat(9)).fix(words, span, words);
        }
        let plain = render::plain(&source, &diagnostic);
        prop_assert!(plain.starts_with("[ASL0001]"));
        prop_assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{:?}", plain);
        render::text(&source, &diagnostic, true);
        let json = render::json(&source, &diagnostic);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{}", json);
    }
}
