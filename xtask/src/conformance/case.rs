//! The recorded cases.

use std::path::Path;

use serde_json::{Value, json};

use super::compare::{Check, Ending, Masks, Recorded};
use super::python;
use super::test_state::{self, Tested};

/// A recorded case.
#[derive(Debug)]
pub(super) struct Case {
    /// Its name in the corpus.
    pub(super) id: String,
    pub(super) group: String,
    /// `JSONPath`, `JSONata` or `mixed`.
    pub(super) query_language: String,
    /// The text of the definition.
    pub(super) definition: String,
    /// What the program is told beside the module.
    pub(super) order: Value,
    /// Why it cannot be run.
    pub(super) hindrance: Option<String>,
    expected: Expected,
    /// Words that stand for something that differs from one execution to the next.
    wildcards: Vec<String>,
}

/// What AWS answered.
#[derive(Debug)]
enum Expected {
    Execution { ending: Box<Ending>, events: Option<Recorded> },
    Test(Tested),
}

impl Case {
    /// Compares all that was recorded with what the program says.
    pub(super) fn checks(&self, actual: &Value) -> Vec<Check> {
        let mut masks = Masks::new(&self.wildcards);
        match &self.expected {
            Expected::Execution { ending, events } => {
                let mut checks = ending.checks(actual, &mut masks);
                // No history came: the program has none to give.
                if let (Some(events), Some(history)) = (events, actual.get("events").and_then(Value::as_array)) {
                    checks.push(("events", events.compare(history, &mut masks)));
                }
                checks
            }
            Expected::Test(tested) => tested.checks(actual, &mut masks),
        }
    }
}

/// The cases of the folder's files whose id contains `filter`.
pub(super) fn read(folder: &Path, filter: &str) -> Result<Vec<Case>, String> {
    if !folder.is_dir() {
        return Err(format!("the folder {} is absent; --cases names another", folder.display()));
    }
    let mut cases = lines(&folder.join("executions.jsonl"), execution)?;
    let tests = folder.join("test_state.jsonl");
    if tests.exists() {
        cases.extend(lines(&tests, test)?);
    }
    cases.retain(|case| case.id.contains(filter));
    Ok(cases)
}

fn lines(path: &Path, case: fn(&Value) -> Option<Case>) -> Result<Vec<Case>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let case = |(number, line): (usize, &str)| {
        let wrong = |what: &str| format!("{}:{}: {what}", path.display(), number + 1);
        let line: Value = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
        case(&line).ok_or_else(|| wrong("a member that every case has is missing"))
    };
    text.lines().enumerate().map(case).collect()
}

fn text(line: &Value, name: &str) -> Option<String> {
    line.get(name)?.as_str().map(str::to_owned)
}

fn texts(line: &Value, name: &str) -> Vec<String> {
    let texts = line.get(name).and_then(Value::as_array).into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn execution(line: &Value) -> Option<Case> {
    let ending = Ending::read(line.get("expected")?)?;
    let execution_type = match (&*text(line, "type")?, &*text(line, "api")?) {
        ("EXPRESS", "start_sync_execution") => "SYNCHRONOUS_EXPRESS",
        ("EXPRESS", _) => "EXPRESS",
        _ => "STANDARD",
    };
    // Functions have stand-ins, whose credentials call them makes no difference to those, and a distributed Map state needs
    // nothing else.
    let provided = |need: &String| matches!(&**need, "lambda" | "credentials" | "distributed-map");
    let needs = texts(line, "needs");
    let hindrance = if !needs.iter().all(provided) {
        Some(format!("needs {}", needs.join(", ")))
    } else if ending.status == "ABORTED" {
        Some("was stopped from outside".to_owned())
    } else {
        None
    };
    let input = python::dumps(line.get("input")?);
    Some(Case {
        id: text(line, "id")?,
        group: text(line, "group")?,
        query_language: text(line, "query_language")?,
        definition: text(line, "definition_text").or_else(|| line.get("definition").map(Value::to_string))?,
        order: json!({"type": execution_type, "input": input, "functions": functions(line)}),
        hindrance,
        expected: Expected::Execution { ending: Box::new(ending), events: Recorded::read(line) },
        wildcards: texts(line, "wildcards"),
    })
}

/// The Lambda functions that the case calls: the name of each, and which source it has.
fn functions(line: &Value) -> Vec<Value> {
    let resources = line.get("resources").and_then(Value::as_array).into_iter().flatten();
    let lambda = resources.filter(|resource| resource.get("kind").is_some_and(|kind| kind == "lambda"));
    let function = |resource: &Value| {
        let source = resource.get("source").and_then(Value::as_str).unwrap_or_default();
        let stem = Path::new(source).file_stem().unwrap_or_default().to_string_lossy();
        json!({"name": resource.get("name"), "source": stem})
    };
    lambda.map(function).collect()
}

fn test(line: &Value) -> Option<Case> {
    let (definition, state) = test_state::machine(line)?;
    let mut order = json!({"state": state, "request": line.get("request")?, "functions": functions(line)});
    if let (Value::Object(order), Some(input)) = (&mut order, line.get("input")) {
        order.insert("input".to_owned(), python::dumps(input).into());
    }
    Some(Case {
        id: text(line, "id")?,
        group: text(line, "group")?,
        query_language: text(line, "query_language")?,
        definition,
        order,
        hindrance: test_state::hindrance(line),
        expected: Expected::Test(Tested::read(line.get("expected")?)?),
        wildcards: texts(line, "wildcards"),
    })
}
