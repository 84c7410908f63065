#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

/// The path in one canonical spelling; `beyond: …` or `error: …` for the rest.
fn show(text: &str) -> String {
    match Path::parse(&Text::opaque(text, Span::default())) {
        Ok(path) => {
            let root = match path.root {
                Root::Data => "$".to_owned(),
                Root::Context => "$$".to_owned(),
                Root::Variable(name) => format!("${name}"),
            };
            path.steps.iter().fold(root, |shown, step| match &step.selector {
                Selector::Name(name) => format!("{shown}|{name}"),
                Selector::Index(index) => format!("{shown}|{index}"),
                other => format!("{shown}{other:?}"),
            })
        }
        Err(PathError::Unsupported { range, what, .. }) => format!("beyond {:?}: {what}", &text[range]),
        Err(PathError::Syntax { range, message, suggestion }) => {
            let suggestion = suggestion.map(|text| format!(" => {text}")).unwrap_or_default();
            format!("{range:?} {message}{suggestion}")
        }
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn names_and_indexes_make_a_path() {
    check("$", "$");
    check("$.a.b[0]['c d'][-1]", "$|a|b|0|c d|-1");
    check("$$.Execution.Id", "$$|Execution|Id");
    check("$order.items[0].id", "$order|items|0|id");
    check("$order", "$order");
    check("$[0].a", "$|0|a");
    check("$.ship-date", "$|ship-date");
    check("$.größe", "$|größe");
    check("$.1st", "$|1st");
    check("$.abc.['def ghi']", "$|abc|def ghi");
    check("$[ 'a' ][\"b\"][ 0 ]", "$|a|b|0");
    check(r"$['it\'s']", "$|it's");
    check(r#"$['Test\""Name"']"#, r#"$|Test\""Name""#);
    check(r#"$["it\"s"]"#, r#"$|it"s"#);
    check(r"$['\u0041\n']", "$|A\n");
    check(r"$.store\.book", "$|store.book");
    check(r"$.foo\@bar", "$|foo@bar");
    check("$.a ", "$|a");
}

#[test]
fn steps_know_their_bytes() {
    let text = "$.a['b'].c[10]";
    let path = Path::parse(&Text::opaque(text, Span::default())).unwrap();
    let steps: Vec<_> = path.steps.into_iter().map(|step| &text[step.range]).collect();
    assert_eq!(steps, [".a", "['b']", ".c", "[10]"]);
}

#[test]
fn valid_syntax_beyond_names_and_indexes_is_told_apart() {
    check("$.a[*].b", r#"beyond "[*]": a wildcard"#);
    check("$.*", r#"beyond ".*": a wildcard"#);
    check("$.a[0:2]", r#"beyond "[0:2]": a slice"#);
    check("$.a[:2]", r#"beyond "[:2]": a slice"#);
    check("$.a[1:]", r#"beyond "[1:]": a slice"#);
    check("$.a[-2:]", r#"beyond "[-2:]": a slice"#);
    check("$.a[0, 1]", r#"beyond "[0, 1]": a union of indexes"#);
    check("$['a','b']", r#"beyond "['a','b']": a union of names"#);
    check("$..author", r#"beyond "..author": recursive descent"#);
    check("$..*", r#"beyond "..*": recursive descent"#);
    check("$..[0]", r#"beyond "..[0]": recursive descent"#);
    check("$.a[?(@.b == ')')].c", r#"beyond "[?(@.b == ')')]": a filter"#);
    check("$.a[?(@.b =~ /.*[)]/i)]", r#"beyond "[?(@.b =~ /.*[)]/i)]": a filter"#);
    check("$[(@.length-1)].bar", r#"beyond "[(@.length-1)]": a script expression"#);
    check("$.Jobs.sum()", r#"beyond ".sum()": a path function"#);
}

#[test]
fn the_bad_character_is_found_and_the_path_suggested() {
    check("", "0..0 a path starts with `$`");
    check("x.y", "0..1 a path starts with `$`");
    check("$.a b.c", "3..4 a name with a blank is written in brackets and quotes => $['a b'].c");
    check("$.x.a:b[0]", "5..6 `:` cannot stand here => $.x['a:b'][0]");
    check("$.@type", "2..3 `@` cannot stand here => $['@type']");
    check("$.a.", "3..4 a name is missing behind the dot");
    check("$.a..", "3..5 a name is missing behind the dot");
    check("$...a", "3..4 a name is missing between the dots");
    check("$.a[b].c", "4..5 a name in brackets is written in quotes => $.a['b'].c");
    check("$.a[]", "3..5 the brackets are empty");
    check("$.a[0", "3..4 the bracket is not closed");
    check("$['a", "2..3 the quote is not closed");
    check("$.a[1,]", "6..7 an index is expected");
    check("$.a[99999999999]", "4..15 not an index");
    check("$1a", "1..3 a variable's name starts with a letter => $.1a");
    check("$-a", "1..2 `-` cannot stand here => $['-a']");
    check("$.a[?(@.b]", "5..6 the parenthesis is not closed");
    check("$.a[?@.b]", "5..6 a filter is written `[?(…)]`");
    check("$.a{b}", "3..4 `{` cannot stand here => $['a{b}']");
    check(r"$.a\", "3..4 the backslash has nothing behind it");
}

/// The corpus of path texts with the verdicts of other tools.
#[test]
fn verdicts_of_other_tools() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/validation/paths.jsonl");
    let Ok(rows) = std::fs::read_to_string(file) else {
        eprintln!("skipped: {file} is absent");
        return;
    };
    let differences: Vec<_> = rows
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap())
        .filter_map(|row| {
            let text = row["expr"].as_str().unwrap();
            let parsed = Path::parse(&Text::opaque(text, Span::default()));
            let reference = matches!(&parsed, Ok(path) if path.first_indirect_step().is_none());
            let valid = match row["kind"].as_str().unwrap() {
                "path" => !matches!(parsed, Err(PathError::Syntax { .. })),
                "reference_path" => reference,
                "result_path" => reference && matches!(parsed, Ok(Path { root: Root::Data, .. })),
                "payload_template" if crate::query::intrinsic::is_call(text) => {
                    crate::query::intrinsic::parse(&Text::opaque(text, Span::new(0, 0))).is_ok()
                }
                "payload_template" => !matches!(parsed, Err(PathError::Syntax { .. })),
                kind => panic!("{kind}"),
            };
            (valid != (row["verdict"] == "valid")).then(|| format!("{} {text}", row["kind"]))
        })
        .collect();
    let expected = [
        // The quote ends the string in AWS's grammar.
        r#""payload_template" States.Format('Welcome to {} {}'s playlist.', $.firstName, $.lastName)"#,
        // Arguments are not checked against the function's signature yet.
        r#""payload_template" States.MathAdd('-1', 'abc')"#,
        // Filters of AWS's dialect that the tool does not know.
        r#""path" $.book[?(@.price <= $['expensive'])]"#,
        r#""payload_template" $.book[?(@.price <= $['expensive'])]"#,
        r#""path" $.book[?(@.author =~ /.*REES/i)]"#,
        r#""payload_template" $.book[?(@.author =~ /.*REES/i)]"#,
    ];
    assert_eq!(differences, expected);
}
