//! What holds of every text, whoever wrote it: no panic, findings that can be shown, code that is Rust, and the same
//! result each time.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "robustness/corpora.rs"]
mod corpora;
#[path = "robustness/hostile.rs"]
mod hostile;
#[path = "robustness/mutation.rs"]
mod mutation;
#[path = "robustness/yaml.rs"]
mod yaml;

use std::fs;
use std::path::Path;

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::{Diagnostic, Level};
use asl_codegen::source::Source;
use asl_codegen::span::Span;
use asl_codegen::{Compiled, Options, compile, render, text};
use proptest::prelude::*;

/// Holds everything that is promised of a compilation against `text`. The lints are allowed: what they stop has to
/// compile too.
fn check(name: &str, text: &str) {
    check_with(name, text, &Options::default());
    let levels = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| (*code, Level::Allow)).collect();
    check_with(name, text, &Options { levels, ..Options::default() });
}

fn check_with(name: &str, text: &str, options: &Options) -> Compiled {
    let compiled = compile(Source::new(name, text), options);
    for finding in &compiled.diagnostics {
        check_finding(&compiled.source, finding);
    }
    let again = compile(Source::new(name, text), options);
    assert_eq!(compiled.diagnostics, again.diagnostics, "{text}");
    assert_eq!(compiled.failed(), compiled.tokens().is_none(), "{text}\n{:#?}", compiled.diagnostics);
    if let Some(tokens) = compiled.tokens() {
        syn::parse2::<syn::File>(tokens).unwrap_or_else(|error| panic!("{error}: {text}"));
        let written = self::text(&compiled).unwrap_or_else(|| panic!("no text of {text}"));
        let file = syn::parse_file(&written).unwrap_or_else(|error| panic!("{error}: {text}\n{written}"));
        assert_eq!(definition_in(&file).as_ref(), Some(&compiled.source.original), "{written}");
        assert_eq!(Some(written), self::text(&again), "{text}");
    }
    compiled
}

/// The generated `DEFINITION`.
fn definition_in(file: &syn::File) -> Option<String> {
    let items = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) => module.content.as_ref().map(|(_, items)| items),
        _ => None,
    })?;
    items.iter().find_map(|item| match item {
        syn::Item::Const(constant) if constant.ident == "DEFINITION" => match &*constant.expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn a_machine_of_yaml_may_begin_with_any_character() {
    check("x.asl.yaml", "é: 1");
    let task = "Type: Task\n    End: true\n    Resource: arn:aws:states:::sns:publish\n    Parameters:\n      é";
    check("x.asl.yaml", &format!("StartAt: A\nStates:\n  A:\n    {task}: 1\n"));
    check("x.asl.yaml", &format!("StartAt: A\nStates:\n  A:\n    {task}.$: $.a\n"));
    check("x.asl.yaml", "StartAt: A\nStates:\n  A:\n    é: 1\n    Choices:\n      - é: 1\n");
}

#[test]
fn a_definition_may_hold_what_generated_code_holds() {
    let text = "Comment: |\n  asl_comment!(\"x\");\n  pub const DEFINITION: &str = r#\"\n\
                StartAt: A\nStates:\n  A:\n    Type: Succeed\n";
    check("x.asl.yaml", text);
}

/// A finding points into the text, can be shown in every form, and so can each of its edits.
fn check_finding(source: &Source, finding: &Diagnostic) {
    let inside = |span: Span| {
        assert!(source.text.get(span.range()).is_some(), "{span:?} is not in the text: {finding:#?}\n{}", source.text);
        let original = source.original_span(span);
        assert!(source.original.get(original.range()).is_some(), "{original:?}: {finding:#?}\n{}", source.original);
    };
    inside(finding.span);
    finding.notes.iter().for_each(|(span, _)| inside(*span));
    finding.help.iter().filter_map(|help| help.fix.as_ref()).for_each(|fix| inside(fix.span));
    // The compiler's own word that a check is missing.
    assert!(!finding.message.contains("found nothing wrong"), "{finding:#?}\n{}", source.text);
    render::text(source, finding, false);
    render::text(source, finding, true);
    render::plain(source, finding);
    let json = render::json(source, finding);
    serde_json::from_str::<serde_json::Value>(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert!(!json.contains('\n'), "{json}");
}

/// Name and text of the definitions of the other tests, valid and not.
fn definitions() -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = ["generated", "diagnostics"].map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut definitions: Vec<_> = files
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| matches!(path.extension().and_then(|ending| ending.to_str()), Some("json" | "yaml")))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    definitions.sort();
    definitions
}

fn format() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["x.asl.json", "x.asl.yaml"])
}

/// Text of the characters that JSON, YAML and ASL are made of, and of some that they are not.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        "[\\PC\\t\\r\\n]",
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "'",
            "\\",
            "\n",
            "- ",
            "? ",
            "| ",
            ">",
            "&a ",
            "*a",
            "<<",
            "!!str ",
            "#",
            "---",
            "${",
            "${A}",
            "$.",
            "$$",
            "{% ",
            " %}",
            "\\u",
            "\\ud800",
            "1e400",
            "-",
            "0x1",
            "\u{feff}",
            "\u{202e}",
            "é",
            "🎉",
            "\"a\"",
            "\"StartAt\"",
            "\"States\"",
            "\"Type\"",
            "States.Format(",
            ")",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let words = ["StartAt", "States", "Type", "Pass", "Task", "Next", "End", "a", "a.$", "$.a", "$", "", "$$", "*"];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        prop::sample::select(words.to_vec()).prop_map(Into::into),
        "\\PC{0,5}".prop_map(Into::into),
    ];
    let name = prop_oneof![prop::sample::select(words.to_vec()).prop_map(str::to_owned), "\\PC{0,5}"];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_as_text(name in format(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(name, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn scraps_of_the_language(name in format(), text in scraps()) {
        check(name, &text);
    }

    #[test]
    fn any_json(name in format(), json in json()) {
        check(name, &json.to_string());
    }

    #[test]
    fn any_data(json in json()) {
        let states = serde_json::json!({ "A": { "Type": "Pass", "Result": json, "End": true } });
        check("x.asl.json", &serde_json::json!({ "StartAt": "A", "States": states }).to_string());
    }

    #[test]
    fn any_template(json in json()) {
        let states = serde_json::json!({ "A": { "Type": "Pass", "Parameters": { "a": json }, "End": true } });
        check("x.asl.json", &serde_json::json!({ "StartAt": "A", "States": states }).to_string());
    }

    #[test]
    fn any_names(names in prop::collection::btree_set("\\PC{1,12}|[aA_ 0-9-]{1,3}", 1..6), comment in "\\PC{0,20}") {
        let states: serde_json::Map<_, _> = names
            .iter()
            .map(|name| (name.clone(), serde_json::json!({ "Type": "Succeed", "Comment": comment })))
            .collect();
        let definition = serde_json::json!({ "StartAt": names.first(), "States": states, "Comment": comment });
        check("x.asl.json", &definition.to_string());
    }

    #[test]
    fn any_substitutions(text in scraps(), values in prop::collection::vec(("[AB]", scraps()), 0..3)) {
        let text = format!("{{\"StartAt\": \"${{A}}\", \"States\": {{\"${{B}}\": ${{A}} {text}}}}}");
        let options = Options { substitutions: values, ..Options::default() };
        for name in ["x.asl.json", "x.asl.yaml"] {
            check_with(name, &text, &options);
        }
    }

    #[test]
    fn mutated_texts(index in any::<prop::sample::Index>(), mutations in mutation::of_text()) {
        let definitions = definitions();
        let (name, text) = index.get(&definitions);
        check(name, &mutation::mutate_text(text, &mutations));
    }

    #[test]
    fn mutated_values(index in any::<prop::sample::Index>(), mutations in mutation::of_values()) {
        let definitions: Vec<_> = definitions()
            .into_iter()
            .filter_map(|(name, text)| Some((name, serde_json::from_str(&text).ok()?)))
            .collect();
        let (name, value) = index.get(&definitions);
        check(name, &mutation::mutate_value(value, &definitions, &mutations).to_string());
    }
}
