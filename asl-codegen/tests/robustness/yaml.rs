//! A definition means the same in YAML and in JSON.

use asl_codegen::codes::Code;
use asl_codegen::source::Source;
use asl_codegen::{Options, check, compile, text};
use serde_json::Value;

/// How a definition is written in YAML.
#[derive(Clone, Copy)]
struct Style {
    /// Quotes only where they are needed, as people write.
    plain: bool,
    /// Objects from this depth on in braces.
    braces: usize,
}

const QUOTED: Style = Style { plain: false, braces: usize::MAX };

impl Style {
    /// `value` at `depth`; what stands behind `name:` or `-`.
    fn write(self, value: &Value, depth: usize) -> String {
        if depth >= self.braces {
            return value.to_string();
        }
        let pad = "  ".repeat(depth);
        match value {
            Value::Object(members) if !members.is_empty() => members
                .iter()
                .map(|(name, value)| format!("\n{pad}{}: {}", self.text(name), self.write(value, depth + 1)))
                .collect(),
            // A member stands in the line of its dash, as people write.
            Value::Array(items) if !items.is_empty() => {
                items.iter().map(|item| format!("\n{pad}- {}", self.write(item, depth + 1).trim_start())).collect()
            }
            Value::String(text) => self.text(text),
            // JSON's spelling of all else is YAML's too.
            other => other.to_string(),
        }
    }

    fn text(self, text: &str) -> String {
        let letters = text.chars().all(|c| c.is_ascii_alphanumeric() || "$.:/".contains(c));
        let other_type =
            matches!(text, "true" | "false" | "null") || !text.starts_with(|c: char| c.is_alphabetic() || c == '$');
        if self.plain && letters && !other_type && !text.ends_with(':') {
            text.to_owned()
        } else {
            Value::from(text).to_string()
        }
    }
}

/// The generated code without what tells of the text it came from.
fn code(name: &str, definition: &str) -> Option<String> {
    let options = Options { include: Some("/definition".to_owned()), ..Options::default() };
    let compiled = compile(Source::new(name, definition), &options);
    let code = text(&compiled)?;
    // The line of a state stands in its comment.
    let lines = code.lines().skip(1).filter(|line| !line.trim_start().starts_with("// ")).map(without_line);
    Some(lines.collect::<Vec<_>>().join("\n").replace(".yaml", ".json"))
}

/// A comment line without the number of a line: `x.asl.json:12`.
fn without_line(line: &str) -> String {
    match line.split_once(".asl.") {
        Some((before, after)) if line.trim_start().starts_with("///") => {
            let after = after.trim_start_matches(|c: char| c != ':' && c != '`');
            format!("{before}{}", after.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()))
        }
        _ => line.to_owned(),
    }
}

#[test]
fn yaml_gives_the_code_of_its_twin() {
    let mut compared = 0;
    for (name, definition) in super::definitions() {
        let Ok(value) = serde_json::from_str::<Value>(&definition) else { continue };
        let json = serde_json::to_string_pretty(&value).unwrap();
        let yaml = QUOTED.write(&value, 0);
        super::check("x.asl.yaml", &yaml);
        let (one, other) = (code("x.asl.json", &json), code("x.asl.yaml", &yaml));
        assert_eq!(one, other, "{name}:\n{yaml}");
        compared += usize::from(one.is_some());
    }
    println!("{compared} definitions have the same code in both");
    assert!(compared > 3);
}

#[test]
fn every_edit_of_yaml_gives_yaml_and_mends_its_finding() {
    let (mut wrong, mut edits) = (Vec::new(), 0);
    let styles =
        [false, true].into_iter().flat_map(|plain| [2, 4, 5, usize::MAX].map(|braces| Style { plain, braces }));
    for style in styles {
        for (name, definition) in super::definitions() {
            let Ok(value) = serde_json::from_str::<Value>(&definition) else { continue };
            let yaml = style.write(&value, 0);
            let findings = |text: &str| check(Source::new("x.asl.yaml", text), &Options::default()).diagnostics;
            for finding in findings(&yaml) {
                for help in &finding.help {
                    let Some(fix) = &help.fix else { continue };
                    let mended = format!("{}{}{}", &yaml[..fix.span.start], fix.replacement, &yaml[fix.span.end..]);
                    let left = findings(&mended);
                    edits += 1;
                    let broken = left.iter().any(|left| {
                        matches!(left.code, Code::ASL0001 | Code::ASL0003 | Code::ASL0004)
                            || (left.code == finding.code
                                && left.message == finding.message
                                && left.span == finding.span)
                    });
                    if broken {
                        wrong.push(format!("{name}: {}\n{mended}\n{left:#?}", help.message));
                    }
                }
            }
        }
    }
    println!("{edits} edits");
    assert!(edits > 100 && wrong.is_empty(), "{} edits\n{}", wrong.len(), wrong.join("\n"));
}
