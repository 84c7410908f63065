//! The recorded executions.

use std::path::Path;

use serde_json::Value;

/// A recorded execution.
#[derive(Debug)]
pub(super) struct Case {
    /// Its name in the corpus.
    pub(super) id: String,
    pub(super) group: String,
    /// `JSONPath`, `JSONata` or `mixed`.
    pub(super) query_language: String,
    /// As what it ran: `STANDARD`, `EXPRESS` or `SYNCHRONOUS_EXPRESS`.
    pub(super) execution_type: &'static str,
    /// What it needs beside an engine.
    pub(super) needs: Vec<String>,
    /// The text of the definition.
    pub(super) definition: String,
    pub(super) input: Value,
    pub(super) expected: Expected,
}

/// How it ended on AWS.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) status: String,
    pub(super) output: Option<Value>,
    /// The output's text where that is not the compact one.
    pub(super) output_text: Option<String>,
    pub(super) error: Option<String>,
    pub(super) cause: Option<String>,
    /// The cause where it is a JSON text.
    pub(super) cause_json: Option<Value>,
    /// Words that stand for something that differs from one execution to the next.
    pub(super) wildcards: Vec<String>,
}

/// The cases of `executions.jsonl` in `folder` whose id contains `filter`.
pub(super) fn read(folder: &Path, filter: &str) -> Result<Vec<Case>, String> {
    if !folder.is_dir() {
        return Err(format!("the folder {} is absent; --cases names another", folder.display()));
    }
    let path = folder.join("executions.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut cases = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let wrong = |what: &str| format!("{}:{}: {what}", path.display(), number + 1);
        let line: Value = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
        let case = case(&line).ok_or_else(|| wrong("a member that every case has is missing"))?;
        if case.id.contains(filter) {
            cases.push(case);
        }
    }
    Ok(cases)
}

fn case(line: &Value) -> Option<Case> {
    let text = |name: &str| line.get(name)?.as_str().map(str::to_owned);
    let texts = |name: &str| {
        let texts = line.get(name).and_then(Value::as_array).into_iter().flatten();
        texts.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let expected = line.get("expected")?;
    let expected_text = |name: &str| expected.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Case {
        id: text("id")?,
        group: text("group")?,
        query_language: text("query_language")?,
        execution_type: match (&*text("type")?, &*text("api")?) {
            ("EXPRESS", "start_sync_execution") => "SYNCHRONOUS_EXPRESS",
            ("EXPRESS", _) => "EXPRESS",
            _ => "STANDARD",
        },
        needs: texts("needs"),
        definition: text("definition_text").or_else(|| line.get("definition").map(Value::to_string))?,
        input: line.get("input")?.clone(),
        expected: Expected {
            status: expected_text("status")?,
            output: expected.get("output").cloned(),
            output_text: expected_text("output_text"),
            error: expected_text("error"),
            cause: expected_text("cause"),
            cause_json: expected.get("cause_json").cloned(),
            wildcards: texts("wildcards"),
        },
    })
}
