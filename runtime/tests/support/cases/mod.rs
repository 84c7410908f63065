//! What the services are asked and what they answer, as one table for whatever plays the services.
//!
//! A side creates [`TABLES`], [`QUEUES`] and [`TOPICS`], and then runs every one of [`cases`]. Cases share these
//! resources and run at once, so each has keys and group names of its own.

mod dynamodb;
mod messages;
mod parameters;

use asl_runtime::{Request, Services, Value};

/// Tables by name, with their key attributes: partition key, sort key. All are strings.
pub(crate) const TABLES: &[(&str, &[&str])] = &[("Message", &["messageId"]), ("Reading", &["sensor", "time"])];
/// Queues by name.
pub(crate) const QUEUES: &[&str] = &["TeamCSqs", "Orders.fifo"];
/// Topics by name.
pub(crate) const TOPICS: &[&str] = &["TeamAsns", "Prices.fifo"];

/// Calls that follow on each other.
pub(crate) struct Case {
    /// What it shows.
    pub(crate) name: &'static str,
    /// The calls.
    pub(crate) steps: Vec<Step>,
}

/// One call.
pub(crate) struct Step {
    call: &'static str,
    parameters: Value,
    expected: Outcome,
    stand_in: Option<(&'static str, Outcome)>,
}

/// What comes of a call.
pub(crate) enum Outcome {
    /// The answer without its two members about HTTP. A text `*` stands for any text.
    Answer(Value),
    /// The error's name and cause; `*` in the cause stands for any text.
    Error(&'static str, String),
}

/// Whose answers are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// AWS's own.
    #[allow(dead_code, reason = "for the stand-ins in memory")]
    Aws,
    /// The stand-in's, where it is known to differ.
    StandIn,
}

/// Runs one case.
///
/// # Errors
/// What came instead of what was expected.
pub(crate) async fn run(case: &Case, services: &dyn Services, side: Side) -> Result<(), String> {
    for (index, step) in case.steps.iter().enumerate() {
        let expected = match &step.stand_in {
            Some((_, outcome)) if side == Side::StandIn => outcome,
            _ => &step.expected,
        };
        let (service, action) = step.call.split_once(':').unwrap_or((step.call, ""));
        let service = services.service(service).ok_or_else(|| format!("there is no {service}"))?;
        let outcome = service.call(Request { action, parameters: step.parameters.clone() }).await;
        let differs = match (expected, outcome) {
            (Outcome::Answer(expected), Ok(mut answer)) => {
                check_http(&answer)?;
                if let Value::Object(members) = &mut answer {
                    members.shift_remove("SdkHttpMetadata");
                    members.shift_remove("SdkResponseMetadata");
                }
                (!same(expected, &answer)).then(|| (expected.to_string(), answer.to_string()))
            }
            (Outcome::Error(name, cause), Err(error))
                if error.name() == Some(name) && error.cause().is_some_and(|actual| same_text(cause, actual)) =>
            {
                None
            }
            (Outcome::Answer(expected), Err(error)) => Some((expected.to_string(), error.to_string())),
            (Outcome::Error(name, cause), Ok(answer)) => Some((format!("{name}: {cause}"), answer.to_string())),
            (Outcome::Error(name, cause), Err(error)) => Some((format!("{name}: {cause}"), error.to_string())),
        };
        if let Some((expected, actual)) = differs {
            return Err(format!("step {}, {}\n expected: {expected}\n   actual: {actual}", index + 1, step.call));
        }
    }
    Ok(())
}

/// The two members that every answer has.
fn check_http(answer: &Value) -> Result<(), String> {
    let http = &answer["SdkHttpMetadata"];
    let members: Vec<&str> = http.as_object().into_iter().flat_map(|http| http.keys()).map(String::as_str).collect();
    let id = answer["SdkResponseMetadata"]["RequestId"].as_str();
    let is_whole = members == ["AllHttpHeaders", "HttpHeaders", "HttpStatusCode"]
        && http["HttpStatusCode"] == 200
        && id.is_some_and(|id| !id.is_empty())
        && http["HttpHeaders"]["Content-Length"] == http["AllHttpHeaders"]["Content-Length"][0];
    if is_whole { Ok(()) } else { Err(format!("the members about HTTP are not whole: {answer}")) }
}

/// Whether two values are the same to the order of members.
fn same(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::String(expected), Value::String(_)) if expected == "*" => true,
        (Value::Object(expected), Value::Object(actual)) => {
            expected.len() == actual.len()
                && expected
                    .iter()
                    .zip(actual)
                    .all(|((name, expected), (actual_name, actual))| name == actual_name && same(expected, actual))
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len() && expected.iter().zip(actual).all(|(left, right)| same(left, right))
        }
        (expected, actual) => expected == actual,
    }
}

fn same_text(expected: &str, actual: &str) -> bool {
    match expected.split_once('*') {
        None => expected == actual,
        Some((before, after)) => actual
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| same_text(after, rest)))),
    }
}

fn case(name: &'static str, steps: impl Into<Vec<Step>>) -> Case {
    Case { name, steps: steps.into() }
}

fn answers(call: &'static str, parameters: Value, answer: Value) -> Step {
    Step { call, parameters, expected: Outcome::Answer(answer), stand_in: None }
}

fn fails(call: &'static str, parameters: Value, (name, cause): (&'static str, String)) -> Step {
    Step { call, parameters, expected: Outcome::Error(name, cause), stand_in: None }
}

impl Step {
    /// The stand-in answers something else.
    fn but_stand_in_answers(mut self, why: &'static str, answer: Value) -> Self {
        self.stand_in = Some((why, Outcome::Answer(answer)));
        self
    }

    /// The stand-in fails otherwise.
    fn but_stand_in_fails(mut self, why: &'static str, (name, cause): (&'static str, String)) -> Self {
        self.stand_in = Some((why, Outcome::Error(name, cause)));
        self
    }
}

fn v1(service: &str, status: u16, code: &str, message: &str) -> String {
    format!("{message} (Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: *; Proxy: null)")
}

fn queue(name: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/466170491455/{name}")
}

fn topic(name: &str) -> String {
    format!("arn:aws:sns:us-east-1:466170491455:{name}")
}

/// All cases.
pub(crate) fn cases() -> Vec<Case> {
    [dynamodb::cases(), messages::cases(), parameters::cases()].into_iter().flatten().collect()
}
