#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// Reads `text` and gives the document or the first finding: `line:column marked text: message`.
fn read_text(text: &str) -> std::result::Result<Node, String> {
    let source = Source::new("test.asl.json", text);
    let mut diagnostics = Vec::new();
    let document = read(&source, &mut diagnostics);
    match diagnostics.first() {
        None => Ok(document.expect("a document when nothing is wrong")),
        Some(found) => {
            let (line, column) = source.line_column(found.span.start);
            let marked = &text[found.span.range()];
            Err(format!("{} {line}:{column} `{marked}`: {}", found.code.name(), found.message))
        }
    }
}

#[track_caller]
fn check_refusal(text: &str, expected: &str) {
    assert_eq!(read_text(text).map(|_| ()), Err(expected.to_owned()), "{text}");
}

/// The text after the first fix of the first finding.
#[track_caller]
fn check_fix(text: &str, expected: &str) {
    let mut diagnostics = Vec::new();
    read(&Source::new("x", text), &mut diagnostics);
    let fix = diagnostics[0].help.iter().find_map(|help| help.fix.clone()).expect("a fix");
    let mut fixed = text.to_owned();
    fixed.replace_range(fix.span.range(), &fix.replacement);
    assert_eq!(fixed, expected, "{text}");
}

#[test]
fn what_is_not_json_is_named() {
    for (text, expected) in [
        ("", "ASL0002 1:1 ``: the definition is empty"),
        (" \r\n ", "ASL0002 1:1 ``: the definition is empty"),
        ("[1]", "ASL0002 1:1 `[1]`: a definition is an object, this is an array"),
        ("null", "ASL0002 1:1 `null`: a definition is an object, this is null"),
        ("{", "ASL0001 1:2 ``: the text ends too early"),
        ("{\"a\": [1,\n\n", "ASL0001 1:10 ``: the text ends too early"),
        ("{\"a\" 1}", "ASL0001 1:6 `1`: expected `:`, found `1`"),
        ("{\"a\": 1 \"b\": 2}", "ASL0001 1:9 `\"b\"`: expected `,` or `}`, found a string"),
        ("{\"a\": [1}", "ASL0001 1:9 `}`: expected `,` or `]`, found `}`"),
        ("{\"a\": }", "ASL0001 1:7 `}`: expected a value, found `}`"),
        ("{,}", "ASL0001 1:2 `,`: expected a name in double quotes, found `,`"),
        ("{}}", "ASL0001 1:3 `}`: expected the end of the text, found `}`"),
        ("{} x", "ASL0001 1:4 `x`: expected the end of the text, found `x`"),
        ("{\n// why\n}", "ASL0001 2:1 `// why`: JSON has no comments"),
        ("{/* a\n*/}", "ASL0001 1:2 `/* a\n*/`: JSON has no comments"),
        ("{\"a\": 1, # x\n}", "ASL0001 1:10 `# x`: JSON has no comments"),
        ("{\"a\": 1,\n}", "ASL0001 1:8 `,`: a comma before `}`"),
        ("{\"a\": [1, ]}", "ASL0001 1:9 `,`: a comma before `]`"),
        ("{'a': 1}", "ASL0001 1:2 `'a'`: JSON strings take double quotes"),
        ("{\"a\": “b”}", "ASL0001 1:7 `“b”`: JSON strings take double quotes"),
        ("{a-b: 1}", "ASL0001 1:2 `a-b`: a name without quotes"),
        ("{\"a\": b}", "ASL0001 1:7 `b`: a string without quotes"),
        ("{\"a\": True}", "ASL0001 1:7 `True`: `True` is not JSON"),
        ("{\"a\": NaN}", "ASL0001 1:7 `NaN`: JSON has no `NaN`"),
        ("{\"a\": -Infinity}", "ASL0001 1:7 `-Infinity`: JSON has no `-Infinity`"),
        ("{\"a\": 007}", "ASL0001 1:7 `007`: `007` is not a number of JSON"),
        ("{\"a\": 0x1f}", "ASL0001 1:7 `0x1f`: `0x1f` is not a number of JSON"),
        ("{\"a\": .5}", "ASL0001 1:7 `.5`: `.5` is not a number of JSON"),
        ("{\"a\": -}", "ASL0001 1:7 `-`: `-` is not a number of JSON"),
        ("{\"a\": nulls}", "ASL0001 1:7 `nulls`: a string without quotes"),
        ("\u{FEFF}{}", "ASL0001 1:1 `\u{FEFF}`: a byte order mark (U+FEFF) is not a part of JSON"),
        ("{\u{A0}}", "ASL0001 1:2 `\u{A0}`: U+00A0 is not white space of JSON"),
        ("{\"a\": {% $b %}}", "ASL0001 1:7 `{% $b %}`: a JSONata expression is a string in JSON"),
        ("{\"a\": \"b\n\"}", "ASL0001 1:7 `\"b`: a line break inside a string"),
        ("{\"a\": \"b", "ASL0001 1:7 `\"b`: the string is not closed"),
        ("{\"a\": \"b\\", "ASL0001 1:9 `\\`: the string is not closed"),
        ("{\"a\": \"\t\"}", "ASL0001 1:8 `\t`: a tab inside a string"),
        ("{\"a\": \"\u{1}\"}", "ASL0001 1:8 `\u{1}`: a control character (U+0001) inside a string"),
        ("{\"a\": \"\\d\"}", "ASL0001 1:8 `\\d`: `\\d` is not an escape of JSON"),
        ("{\"a\": \"\\u12G4\"}", "ASL0001 1:8 `\\u`: `\\u` takes four hexadecimal digits"),
        ("{\"a\": \"\\u+123\"}", "ASL0001 1:8 `\\u`: `\\u` takes four hexadecimal digits"),
        (
            "{\"a\": \"\\uD800\"}",
            "ASL0001 1:8 `\\uD800`: `\\uD800` is one half of a character, the other half is missing",
        ),
        (
            "{\"a\": \"\\uDC00\\uD800\"}",
            "ASL0001 1:8 `\\uDC00`: `\\uDC00` is one half of a character, the other half is missing",
        ),
        ("{\"a\": ${b c}}", "ASL0001 1:7 `$`: expected a value, found `$`"),
    ] {
        check_refusal(text, expected);
    }
}

#[test]
fn fixes_give_json() {
    for (text, expected) in [
        ("{\"a\": 1,}", "{\"a\": 1}"),
        ("{\"a\": 1\n \"b\": 2}", "{\"a\": 1,\n \"b\": 2}"),
        ("{'a\"b': 1}", "{\"a\\\"b\": 1}"),
        ("{a: 1}", "{\"a\": 1}"),
        ("{\"a\": False}", "{\"a\": false}"),
        ("{\"a\": undefined}", "{\"a\": null}"),
        ("{\"a\": 007.50}", "{\"a\": 7.50}"),
        ("{\"a\": +0xFF}", "{\"a\": 255}"),
        ("{\"a\": {% $b = \"x\" %}}", "{\"a\": \"{% $b = \\\"x\\\" %}\"}"),
        ("{\"a\": \"\t\"}", "{\"a\": \"\\t\"}"),
        ("{\"a\": \"\\.\"}", "{\"a\": \"\\\\.\"}"),
        ("\u{FEFF}{}", "{}"),
        ("{} // end", "{} "),
    ] {
        check_fix(text, expected);
    }
}

#[test]
fn an_open_placeholder_is_reported_once() {
    let (source, mut diagnostics) = Source::new("x", "{\"Seconds\": ${Secs}}").substitute(&[]);
    assert_eq!(read(&source, &mut diagnostics), None);
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::ASL0006]);
}

#[test]
fn duplicate_names_are_reported_each_and_the_first_is_kept() {
    let text = r#"{"x": [{"a/b": 1, "a\/b": 2, "c": {}, "a/b": 3}], "x": 4}"#;
    let source = Source::new("x", text);
    let mut diagnostics = Vec::new();
    let document = read(&source, &mut diagnostics).expect("a document");
    let found: Vec<_> =
        diagnostics.iter().map(|d| (d.code, d.span.start, d.notes[0].0.start, d.pointer.as_str())).collect();
    assert_eq!(
        found,
        [(Code::ASL0003, 18, 8, "/x/0/a~1b"), (Code::ASL0003, 38, 8, "/x/0/a~1b"), (Code::ASL0003, 50, 1, "/x"),]
    );
    assert_eq!(compact(&document), r#"{"x":[{"a/b":1,"c":{}}]}"#);
}

#[test]
fn a_definition_larger_than_aws_takes_is_refused() {
    let exact = format!("{{{}}}", " ".repeat(MAX_BYTES - 2));
    assert!(read_text(&exact).is_ok());
    check_refusal(&format!("{exact} "), "ASL0005 1:1 ``: the definition is larger than 1048576 bytes");
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("{{\"a\": {}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert!(read_text(&nested(MAX_DEPTH)).is_ok());
    check_refusal(&nested(MAX_DEPTH + 1), "ASL0001 1:262 `[`: values are nested more than 256 deep");
    assert!(read_text(&"[".repeat(100_000)).is_err());
}

#[test]
fn positions_inside_a_string_are_exact() {
    let text = r#"{"a": "x\n\u00e9yz\ud83d\ude00\\w"}"#;
    let document = read_text(text).expect("a document");
    let string = document.get("a").and_then(Node::as_text).expect("a string");
    assert_eq!(string.text, "x\néyz😀\\w");
    for (part, written) in [
        ("x", "x"),
        ("\n", "\\n"),
        ("é", "\\u00e9"),
        ("yz", "yz"),
        ("z😀", "z\\ud83d\\ude00"),
        ("\\w", "\\\\w"),
        ("éy", "\\u00e9y"),
    ] {
        let start = string.text.find(part).expect("the part");
        assert_eq!(&text[string.locate(start..start + part.len()).range()], written);
    }
}

#[test]
fn numbers_keep_their_spelling() {
    let document = read_text(r#"{"a": [1.10, -0, 1E+5, 123456789012345678901234567890]}"#).expect("a document");
    assert_eq!(compact(&document), r#"{"a":[1.10,-0,1E+5,123456789012345678901234567890]}"#);
}

/// The document as compact JSON.
pub(crate) fn compact(node: &Node) -> String {
    let list = |items: Vec<String>| items.join(",");
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.clone(),
        Value::String(text) => quoted(&text.text),
        Value::Array(items) => format!("[{}]", list(items.iter().map(compact).collect())),
        Value::Object(members) => {
            let member = |member: &Member| format!("{}:{}", quoted(&member.name.text), compact(&member.value));
            format!("{{{}}}", list(members.iter().map(member).collect()))
        }
    }
}

/// Every span of the document holds what it says: the same value, or the same name.
fn check_spans(text: &str, node: &Node) {
    let slice = &text[node.span.range()];
    let parsed: serde_json::Value = serde_json::from_str(slice).expect("a span holds a value");
    assert_eq!(parsed, serde_json::from_str::<serde_json::Value>(&compact(node)).expect("compact JSON"));
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| check_spans(text, item)),
        Value::Object(members) => {
            for member in members {
                let name: String = serde_json::from_str(&text[member.name.span.range()]).expect("a name");
                assert_eq!(name, member.name.text);
                check_spans(text, &member.value);
            }
        }
        _ => {}
    }
}

/// Any JSON object.
pub(crate) fn any_definition() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof!["[a-zA-Z0-9 ]{0,8}", any::<String>(), "[\\\\\"\n\t/ 'é😀:#-]{0,6}"];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        (-1e300f64..1e300).prop_map(Into::into),
        text.clone().prop_map(Into::into),
    ];
    let value = leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    });
    prop::collection::vec(("[a-zA-Z]{1,6}", value), 0..6)
        .prop_map(|members| serde_json::Value::Object(members.into_iter().collect()))
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = read_text(&text);
    }

    #[test]
    fn text_like_json_is_read_as_serde_reads_it(text in "\\{(\"[ab]\": ?|[\\[\\]{},:\\-+.0-9eEtrufalsn\"\\\\ /\n']){0,12}\\}") {
        let ours = read_text(&text);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match (&ours, &theirs) {
            (Err(message), Ok(_)) => prop_assert!(message.starts_with("ASL0003"), "{}", message),
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("out of range"), "{}", error),
            _ => {}
        }
    }

    #[test]
    fn printed_json_reads_back(value in any_definition()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let document = read_text(&text).map_err(TestCaseError::fail)?;
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&compact(&document)).unwrap(), value.clone());
            check_spans(&text, &document);
        }
    }
}

/// The definitions collected from elsewhere; none when they are not beside the repository.
pub(crate) fn collected() -> Vec<(String, String)> {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let mut folders: Vec<std::path::PathBuf> =
        vec![format!("{shared}/definitions").into(), format!("{shared}/validation").into()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("SKIPPED: there is no folder {}", folder.display());
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                files.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    eprintln!("{} collected definitions", files.len());
    files
}

#[test]
fn collected_definitions_are_read_as_serde_reads_them() {
    for (path, text) in collected() {
        let ours = read_text(&text);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match &ours {
            Ok(document) => check_spans(&text, document),
            Err(message) if message.starts_with("ASL0001") => assert!(theirs.is_err(), "{path}: {message}"),
            Err(message) => assert!(!message.starts_with("ASL0005"), "{path}: {message}"),
        }
        assert!(ours.is_err() || theirs.is_ok(), "{path}: {theirs:?}");
    }
}
