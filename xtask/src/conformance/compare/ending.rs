//! How an execution or the test of a state ended.

use serde_json::Value;

use super::{Check, Masks, unlike};

/// How it ended on AWS. What is none was not recorded, but `error` and `cause`: there AWS gave none.
#[derive(Debug)]
pub(in crate::conformance) struct Ending {
    pub(in crate::conformance) status: String,
    output: Option<Value>,
    /// The output's text where it is neither an object's nor the compact one.
    output_text: Option<String>,
    error: Option<String>,
    cause: Option<String>,
    /// The cause where it is a JSON text.
    cause_json: Option<Value>,
}

impl Ending {
    /// The member `expected` of a recorded case.
    pub(in crate::conformance) fn read(expected: &Value) -> Option<Self> {
        let text = |name: &str| expected.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            status: text("status")?,
            output: expected.get("output").cloned(),
            output_text: text("output_text"),
            error: text("error"),
            cause: text("cause"),
            cause_json: expected.get("cause_json").cloned(),
        })
    }

    /// Compares all that was recorded. `actual` has the members status, output (a JSON text), error and cause.
    pub(in crate::conformance) fn checks(&self, actual: &Value, masks: &mut Masks<'_>) -> Vec<Check> {
        let text = |name: &str| actual.get(name).and_then(Value::as_str);
        let status = text("status").unwrap_or("no status");
        let mut checks = vec![("status", self.status(status, actual))];
        if let Some(output) = &self.output {
            let got = text("output");
            let same = got.is_some_and(|got| masks.json(output, self.output_text.as_deref(), got));
            let shown = || self.output_text.clone().unwrap_or_else(|| output.to_string());
            checks.push(("output", if same { Ok(()) } else { Err(unlike("output", shown(), got.unwrap_or("none"))) }));
        }
        if self.status == "SUCCEEDED" || self.status == "RUNNING" {
            return checks;
        }
        checks.push(("error", optional("error", self.error.as_deref(), text("error"), masks)));
        checks.push(("cause", self.cause(text("cause"), masks)));
        checks
    }

    fn status(&self, got: &str, actual: &Value) -> Result<(), String> {
        if got == self.status {
            return Ok(());
        }
        let why = ["error", "cause"].map(|name| actual.get(name).and_then(Value::as_str).unwrap_or_default());
        Err(unlike("status", &self.status, format!("{got} {}: {}", why[0], why[1])))
    }

    fn cause(&self, got: Option<&str>, masks: &mut Masks<'_>) -> Result<(), String> {
        let Some(wanted) = &self.cause_json else { return optional("cause", self.cause.as_deref(), got, masks) };
        let got = got.unwrap_or_default();
        let same = serde_json::from_str(got).is_ok_and(|got| masks.value(wanted, &got));
        if same { Ok(()) } else { Err(unlike("cause", format!("the JSON text {wanted}"), format!("`{got}`"))) }
    }
}

fn optional(name: &str, wanted: Option<&str>, got: Option<&str>, masks: &mut Masks<'_>) -> Result<(), String> {
    let same = match (wanted, got) {
        (Some(wanted), Some(got)) => masks.text(wanted, got),
        (None, None) => true,
        _ => false,
    };
    let shown = |text: Option<&str>| text.map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
    if same { Ok(()) } else { Err(unlike(name, shown(wanted), shown(got))) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    /// `differ`: the names of the comparisons that fail.
    fn check(expected: Value, actual: Value, differ: &[&str]) {
        let checks = Ending::read(&expected).unwrap().checks(&actual, &mut Masks::new(&[]));
        let failed: Vec<_> = checks.iter().filter(|(_, result)| result.is_err()).map(|(name, _)| *name).collect();
        assert_eq!(failed, differ, "{expected} {actual} {checks:?}");
    }

    #[test]
    fn each_part_is_compared_for_itself() {
        let succeeded = json!({"status": "SUCCEEDED", "output": {"a": 1}});
        check(succeeded.clone(), json!({"status": "SUCCEEDED", "output": "{\"a\": 1}"}), &[]);
        check(succeeded.clone(), json!({"status": "SUCCEEDED", "output": "{\"a\":2}"}), &["output"]);
        check(succeeded, json!({"status": "FAILED", "error": "E"}), &["status", "output"]);
        let failed = json!({"status": "FAILED", "error": "E", "cause": "c"});
        check(failed.clone(), json!({"status": "FAILED", "error": "E", "cause": "d"}), &["cause"]);
        check(failed, json!({"status": "FAILED"}), &["error", "cause"]);
        let neither = json!({"status": "FAILED"});
        check(neither.clone(), json!({"status": "FAILED", "error": null, "cause": null}), &[]);
        check(neither, json!({"status": "FAILED", "error": "E"}), &["error"]);
        let json_cause = json!({"status": "FAILED", "error": "E", "cause_json": {"a": 1}});
        check(json_cause, json!({"status": "FAILED", "error": "E", "cause": "{ \"a\": 1 }"}), &[]);
    }
}
