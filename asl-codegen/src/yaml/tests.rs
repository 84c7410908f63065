#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::json::tests::{any_definition, compact};

fn read_text(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let document = read(&Source::new("test.asl.yaml", text), &mut diagnostics);
    (document, diagnostics)
}

#[track_caller]
fn check_value(text: &str, expected: &str) {
    let (document, diagnostics) = read_text(text);
    assert_eq!(diagnostics, [], "{text}");
    assert_eq!(compact(&document.expect("a document")), expected, "{text}");
}

/// The first finding: `code line:column marked text: message`.
#[track_caller]
fn check_refusal(text: &str, expected: &str) {
    let (_, diagnostics) = read_text(text);
    let found = diagnostics.first().unwrap_or_else(|| panic!("nothing is wrong with {text}"));
    let (line, column) = Source::new("x", text).line_column(found.span.start);
    let marked = &text[found.span.range()];
    assert_eq!(format!("{} {line}:{column} `{marked}`: {}", found.code.name(), found.message), expected, "{text}");
}

#[test]
fn values() {
    for (text, expected) in [
        ("a: b c # why\n", r#"{"a":"b c"}"#),
        ("a: 1\nb: [true, ~, '1', \"x\\ty\", ]\n", r#"{"a":1,"b":[true,null,"1","x\ty"]}"#),
        ("a:\n- 1\n- b: 2\n  c:\n- - 3\n", r#"{"a":[1,{"b":2,"c":null},[3]]}"#),
        ("Yes: No\nOn: 2026-01-01\n", r#"{"Yes":"No","On":"2026-01-01"}"#),
        ("a: |-\n  {%\n    $x\n  %}\n", "{\"a\":\"{%\\n  $x\\n%}\"}"),
        ("a: >-\n  x\n  y\n\n  z\n", r#"{"a":"x y\nz"}"#),
        ("%YAML 1.2\n---\na: b\n...\n", r#"{"a":"b"}"#),
        ("\u{FEFF}a: é\r\nb: 日本\r\n", r#"{"a":"é","b":"日本"}"#),
        ("a: ${Name}\n", r#"{"a":"${Name}"}"#),
        ("a: &x {b: c}\nd: [*x, *x]\n", r#"{"a":{"b":"c"},"d":[{"b":"c"},{"b":"c"}]}"#),
        ("&n a: 1\nb: *n\n", r#"{"a":1,"b":"a"}"#),
        (
            "a: !!str 5\nb: ! 6\nc: !!int \"7\"\nd: !!map {}\ne: !!seq [x]\n",
            r#"{"a":"5","b":"6","c":7,"d":{},"e":["x"]}"#,
        ),
        ("\"<<\": {b: 1}\n", r#"{"<<":{"b":1}}"#),
        ("{\"a\":1, b: {c: 'it''s'}}", r#"{"a":1,"b":{"c":"it's"}}"#),
    ] {
        check_value(text, expected);
    }
}

#[test]
fn what_json_cannot_hold_is_refused() {
    for (text, expected) in [
        ("", "ASL0002 1:1 ``: the definition is empty"),
        ("# nothing\n", "ASL0002 1:1 ``: the definition is empty"),
        ("---\n", "ASL0002 1:1 ``: the definition is empty"),
        ("- a\n- b\n", "ASL0002 1:1 `- a\n- b`: a definition is an object, this is an array"),
        ("text", "ASL0002 1:1 `text`: a definition is an object, this is a string"),
        ("a: 1\nb: 2\na: 3\n", "ASL0003 3:1 `a`: the name `a` appears twice in one object"),
        ("1: b\n", "ASL0004 1:1 `1`: a name is a string, this is a number"),
        ("true: b\n", "ASL0004 1:1 `true`: a name is a string, this is a boolean"),
        ("? [a]\n: b\n", "ASL0004 1:3 `[a]`: a name is a string, this is an array"),
        (": b\n", "ASL0004 1:1 ``: a name is a string, this is null"),
        ("x: &x {a: 1}\ny:\n  <<: *x\n", "ASL0004 3:3 `<<`: the merge key `<<` is not a part of YAML 1.2"),
        ("a: &x [*x]\n", "ASL0004 1:8 `*x`: this alias stands inside the value that it names"),
        ("a: 1\n---\nb: 2\n", "ASL0004 2:1 `---`: the file has more than one YAML document"),
        ("a: 0x1F\n", "ASL0004 1:4 `0x1F`: JSON has no number `0x1F`"),
        ("a: .inf\n", "ASL0004 1:4 `.inf`: JSON has no number `.inf`"),
        (
            "a: !GetAtt F.Arn\n",
            "ASL0004 1:4 `!GetAtt`: `!GetAtt` is a function of CloudFormation templates, not of definitions",
        ),
        (
            "a: !Join\n  - ''\n  - [x]\n",
            "ASL0004 1:4 `!Join`: `!Join` is a function of CloudFormation templates, not of definitions",
        ),
        (
            "!Sub {a: [!Ref b]}",
            "ASL0004 1:1 `!Sub`: `!Sub` is a function of CloudFormation templates, not of definitions",
        ),
        ("{a: [&c !d b]}", "ASL0004 1:9 `!d`: a tag that JSON cannot hold"),
        ("a: !!binary aGk=\n", "ASL0004 1:4 `!!binary`: a tag that JSON cannot hold"),
        ("a: {% $x %}\n", "ASL0001 1:4 `{% $x %}`: a JSONata expression needs quotes in YAML"),
        ("a: @x\n", "ASL0001 1:4 `@`: a text that begins with `@` needs quotes in YAML"),
        ("é: b: c\n", "ASL0001 1:5 `:`: `:` cannot stand here"),
        ("a:\n\tb: c\n", "ASL0001 2:1 `\t`: YAML cannot be indented with tabs"),
        ("a: *x\n", "ASL0001 1:4 `*`: this alias names no anchor"),
        ("a: 'x\n", "ASL0001 1:4 `'`: the string is not closed"),
    ] {
        check_refusal(text, expected);
    }
}

#[test]
fn a_jsonata_expression_without_quotes_has_a_fix() {
    let (_, diagnostics) = read_text("a: {% $x = 'y' %}\n");
    let fix = diagnostics[0].help[0].fix.as_ref().expect("a fix");
    assert_eq!((fix.span, fix.replacement.as_str()), (Span::new(3, 17), "'{% $x = ''y'' %}'"));
}

#[test]
fn spans_are_what_was_written() {
    let text = "é:\n- 'x'\n- a: &n !!str |- # why | not\n\n    l1\n    l2\n\n  b: [1, {c: d},]\n- - 5\nz: >\n  y\n";
    let (document, _) = read_text(text);
    let mut found = Vec::new();
    collect(&document.expect("a document"), text, &mut found);
    assert_eq!(
        found,
        [
            text.trim_end(),
            "- 'x'\n- a: &n !!str |- # why | not\n\n    l1\n    l2\n\n  b: [1, {c: d},]\n- - 5",
            "'x'",
            "a: &n !!str |- # why | not\n\n    l1\n    l2\n\n  b: [1, {c: d},]",
            "|- # why | not\n\n    l1\n    l2",
            "[1, {c: d},]",
            "1",
            "{c: d}",
            "d",
            "- 5",
            "5",
            ">\n  y",
        ]
    );
}

#[test]
fn spans_of_flow_values_end_where_they_end() {
    for (text, expected) in [
        ("{ \"a\": [ 1 , ] , }\n", ["{ \"a\": [ 1 , ] , }", "[ 1 , ]", "1"].as_slice()),
        ("a: 'it''s'  # why\n", &["a: 'it''s'", "'it''s'"]),
        ("a: \"x\\\"\" # why\n", &["a: \"x\\\"\"", "\"x\\\"\""]),
        ("a:\n- [ 1 ]\n", &["a:\n- [ 1 ]", "- [ 1 ]", "[ 1 ]", "1"]),
        ("a: [ { } # }\n ]\n", &["a: [ { } # }\n ]", "[ { } # }\n ]", "{ }"]),
        ("a: [ b: c ]\n", &["a: [ b: c ]", "[ b: c ]", "b: c", "c"]),
    ] {
        let (document, _) = read_text(text);
        let mut found = Vec::new();
        collect(&document.expect("a document"), text, &mut found);
        assert_eq!(found, expected);
    }
}

fn collect<'a>(node: &Node, text: &'a str, found: &mut Vec<&'a str>) {
    found.push(&text[node.span.range()]);
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, text, found)),
        Value::Object(members) => members.iter().for_each(|member| collect(&member.value, text, found)),
        _ => {}
    }
}

/// Every place inside a string is a place of the text, in ascending order.
fn check_places(node: &Node, text: &str) {
    match &node.value {
        Value::String(string) => {
            let places = string.text.char_indices().map(|(at, _)| string.locate(at..at));
            let mut last = 0;
            for place in places.filter(|_| !string.runs.is_empty()) {
                assert!(text.is_char_boundary(place.start), "{:?} in {text:?}", string.text);
                assert!(last <= place.start || place == string.span, "{:?} in {text:?}", string.text);
                last = place.start;
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check_places(item, text)),
        Value::Object(members) => members.iter().for_each(|member| check_places(&member.value, text)),
        _ => {}
    }
}

/// `part` of the value of `a` was written as `written`.
#[test]
fn positions_inside_a_string_are_exact() {
    for (text, part, written) in [
        ("a: x $.y z", "$.y", "$.y"),
        ("a: x\n  $.y z", "$.y", "$.y"),
        ("a: x\n\n\n  $.y\n  z", "y z", "y\n  z"),
        ("a: 'it''s $.y'", "$.y", "$.y"),
        ("a: 'it''s $.y'", "'", "''"),
        ("a: \"\\u00e9\\n$.y\"", "$.y", "$.y"),
        ("a: \"\\u00e9\\n$.y\"", "é", "\\u00e9"),
        ("a: \"x\\\n   $.y\n\n  \\tz\"", "$.y", "$.y"),
        ("a: \"x\\\n   $.y\n\n  \\tz\"", "\tz", "\\tz"),
        ("a: |\n  {% x\n    $.y %}\n", "$.y", "$.y"),
        ("a: |2\n    {% x\n   $.y %}\n", "$.y", "$.y"),
        ("a: >-\n\n  {% x\n  $.y\n    m\n\n  %}\n", "$.y", "$.y"),
        ("a: >-\n\n  {% x\n  $.y\n    m\n\n  %}\n", "%}", "%}"),
        ("a: >-\r\n  x\r\n  $.y\r\n", "$.y", "$.y"),
    ] {
        let (document, diagnostics) = read_text(text);
        assert_eq!(diagnostics, [], "{text}");
        let document = document.expect("a document");
        let string = document.get("a").and_then(Node::as_text).expect("a string");
        let start = string.text.find(part).unwrap_or_else(|| panic!("{part} in {:?}", string.text));
        assert_eq!(&text[string.locate(start..start + part.len()).range()], written, "{text:?}");
    }
}

#[test]
fn an_open_placeholder_is_reported_once() {
    let (source, mut diagnostics) = Source::new("x.yaml", "a: {Seconds: ${Secs}}").substitute(&[]);
    assert_eq!(read(&source, &mut diagnostics), None);
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::ASL0006]);
}

#[test]
fn aliases_have_a_bound() {
    let mut text = String::from("a0: &a0 [lol, lol]\n");
    for level in 1..40 {
        let below = level - 1;
        text.push_str(&format!("a{level}: &a{level} [*a{below}, *a{below}]\n"));
    }
    let (document, diagnostics) = read_text(&text);
    assert_eq!((document, diagnostics[0].code), (None, Code::ASL0005));
}

#[test]
fn nesting_has_a_limit() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(10_000)] {
        let (document, diagnostics) = read_text(&text);
        assert_eq!((document, diagnostics[0].message.as_str()), (None, "values are nested more than 256 deep"));
    }
    let text = "a:\n".to_owned() + &(1..MAX_DEPTH).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    assert_eq!(read_text(&text).1, []);
}

#[test]
fn collected_definitions_read_as_yaml() {
    for (path, text) in crate::json::tests::collected() {
        let mut diagnostics = Vec::new();
        let Some(expected) = json::read(&Source::new("x", text.as_str()), &mut diagnostics) else {
            read_text(&text);
            continue;
        };
        let (document, found) = read_text(&text);
        assert_eq!(found.len(), diagnostics.len(), "{path}: {found:?}");
        let document = document.expect("a document");
        assert_eq!(compact(&document), compact(&expected), "{path}");
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        collect(&document, &text, &mut ours);
        collect(&expected, &text, &mut theirs);
        assert_eq!(ours, theirs, "{path}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_text(&text);
    }

    #[test]
    fn text_like_yaml_is_read_or_refused(
        parts in prop::collection::vec("[ab]|: |:|\n|\r\n|  |- |\\? |[\\[\\]{},'\"\\\\#&*!|>%@`~é\t]|\\|-\n|>\n|&a |\\*a|!!str |!Sub |---\n|\\.\\.\\.|<<|1|\u{FEFF}", 0..30)
    ) {
        let text = parts.concat();
        if let (Some(document), _) = read_text(&text) {
            collect(&document, &text, &mut Vec::new());
            check_places(&document, &text);
        }
    }

    /// JSON is YAML: both readers give the same document.
    #[test]
    fn json_reads_as_yaml(value in any_definition()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let mut diagnostics = Vec::new();
            let expected = json::read(&Source::new("x", text.as_str()), &mut diagnostics).expect("a document");
            let (document, diagnostics) = read_text(&text);
            prop_assert_eq!(diagnostics, []);
            let document = document.expect("a document");
            prop_assert_eq!(compact(&document), compact(&expected));
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            collect(&document, &text, &mut ours);
            collect(&expected, &text, &mut theirs);
            prop_assert_eq!(ours, theirs);
        }
    }
}
