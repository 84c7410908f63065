//! A definition means the same in YAML and in JSON.

use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};
use serde_json::Value;

/// `value` as block-style YAML, at `indent` spaces; what stands behind `name:` or `-`.
fn yaml(value: &Value, indent: usize) -> String {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(members) if !members.is_empty() => members
            .iter()
            .map(|(name, value)| format!("\n{pad}{}: {}", Value::from(name.as_str()), yaml(value, indent + 2)))
            .collect(),
        Value::Array(items) if !items.is_empty() => {
            items.iter().map(|item| format!("\n{pad}- {}", yaml(item, indent + 2))).collect()
        }
        // JSON's spelling of all else is YAML's too.
        other => other.to_string(),
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
        let yaml = yaml(&value, 0);
        super::check("x.asl.yaml", &yaml);
        let (one, other) = (code("x.asl.json", &json), code("x.asl.yaml", &yaml));
        assert_eq!(one, other, "{name}:\n{yaml}");
        compared += usize::from(one.is_some());
    }
    println!("{compared} definitions have the same code in both");
    assert!(compared > 3);
}
