//! What the services are asked and what they answer, as one table for whatever plays the services.
//!
//! A side creates [`TABLES`], [`QUEUES`] and [`TOPICS`], and then runs every one of [`cases`]. Cases share these
//! resources and run at once, so each has keys and group names of its own.

mod dynamodb;
mod messages;
mod parameters;
mod updates;

use asl_runtime::{Error, Request, Services, Value};
use serde_json::json;

/// The account that the queues and topics belong to.
pub(crate) const ACCOUNT: &str = "466170491455";

/// Tables by name, with their key attributes and the types of these: partition key, sort key.
pub(crate) const TABLES: &[(&str, &[(&str, &str)])] =
    &[("Message", &[("messageId", "S")]), ("Reading", &[("sensor", "S"), ("time", "N")])];
/// Queues by name.
pub(crate) const QUEUES: &[(&str, Kind)] =
    &[("TeamCSqs", Kind::Standard), ("Orders.fifo", Kind::Fifo), ("Bodies.fifo", Kind::FifoByContent)];
/// Topics by name.
pub(crate) const TOPICS: &[(&str, Kind)] =
    &[("TeamAsns", Kind::Standard), ("Prices.fifo", Kind::Fifo), ("Texts.fifo", Kind::FifoByContent)];

/// How a queue or a topic knows a message again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It does not.
    Standard,
    /// By `MessageDeduplicationId`.
    Fifo,
    /// By what it says.
    FifoByContent,
}

/// Calls that follow on each other.
#[derive(Clone)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) name: &'static str,
    /// The calls.
    pub(crate) steps: Vec<Step>,
}

/// One call.
#[derive(Clone)]
pub(crate) struct Step {
    call: &'static str,
    parameters: Value,
    expected: Outcome,
    stand_in: Option<(&'static str, Outcome)>,
}

/// What comes of a call.
#[derive(Clone)]
enum Outcome {
    /// The answer without its two members about HTTP. A text `*` stands for any text.
    Answer(Value),
    /// The error's name and cause; `*` in the cause stands for any text.
    Error(&'static str, String),
}

/// Whose answers are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// AWS's own.
    Aws,
    /// The stand-in's, where it is known to differ.
    StandIn,
}

/// What a side made of a case.
pub(crate) struct Record {
    /// One for each step.
    outcomes: Vec<Result<Value, Error>>,
    /// The items that the steps named, as they are afterwards; nothing where there is none.
    items: Vec<Value>,
    /// The queues and ids of the messages that the steps sent, in order.
    pub(crate) sent: Vec<(&'static str, String)>,
}

/// Asks the services what the case says.
///
/// # Errors
/// There is no such service.
pub(crate) async fn run(case: &Case, services: &dyn Services) -> Result<Record, String> {
    let mut record = Record { outcomes: Vec::new(), items: Vec::new(), sent: Vec::new() };
    for step in &case.steps {
        let outcome = call(services, step.call, step.parameters.clone()).await?;
        if let (Some(queue), Ok(answer)) = (queue_of(step), &outcome) {
            record.sent.push((queue, answer["MessageId"].as_str().unwrap_or_default().to_owned()));
        }
        record.outcomes.push(outcome);
    }
    for step in &case.steps {
        if let Some(parameters) = get_item(step) {
            let answer = call(services, "dynamodb:getItem", parameters).await?.map_err(|error| error.to_string())?;
            record.items.push(answer["Item"].clone());
        }
    }
    Ok(record)
}

async fn call(services: &dyn Services, call: &str, parameters: Value) -> Result<Result<Value, Error>, String> {
    let (service, action) = call.split_once(':').unwrap_or((call, ""));
    let service = services.service(service).ok_or_else(|| format!("there is no {service}"))?;
    Ok(service.call(Request::new(action, parameters)).await)
}

/// The queue of a step that sends a message to one.
fn queue_of(step: &Step) -> Option<&'static str> {
    let url = step.parameters["QueueUrl"].as_str()?;
    QUEUES.iter().map(|(name, _)| *name).find(|name| url.ends_with(name))
}

/// The parameters that ask for the item that a step named, if it named one that a table could have.
fn get_item(step: &Step) -> Option<Value> {
    let (table, key) = TABLES.iter().find(|(name, _)| step.parameters["TableName"] == *name)?;
    let named = step.parameters.get("Key").or_else(|| step.parameters.get("Item"))?;
    let part = |(name, of_type): &(&str, &str)| {
        let value = named.get(*name)?;
        let fits = value.is_string() || value.as_object()?.keys().eq([of_type]) && value[*of_type].is_string();
        fits.then(|| ((*name).to_owned(), value.clone()))
    };
    let key: Value = key.iter().map(part).collect::<Option<_>>()?;
    Some(json!({"TableName": table, "Key": key, "ConsistentRead": true}))
}

/// Whether a record is what the case expects of a side.
///
/// # Errors
/// What is there instead of what was expected.
pub(crate) fn check(case: &Case, record: &Record, side: Side) -> Result<(), String> {
    for (index, (step, outcome)) in case.steps.iter().zip(&record.outcomes).enumerate() {
        let expected = match &step.stand_in {
            Some((_, outcome)) if side == Side::StandIn => outcome,
            _ => &step.expected,
        };
        let fits = match (expected, outcome) {
            (Outcome::Answer(expected), Ok(answer)) => {
                check_http(answer)?;
                same(expected, &without_http(answer))
            }
            (Outcome::Error(name, cause), Err(error)) => {
                error.name() == Some(name) && error.cause().is_some_and(|actual| same_text(cause, actual))
            }
            (Outcome::Answer(_), Err(_)) | (Outcome::Error(..), Ok(_)) => false,
        };
        if !fits {
            let expected = match expected {
                Outcome::Answer(answer) => answer.to_string(),
                Outcome::Error(name, cause) => format!("{name}: {cause}"),
            };
            return Err(differs(index, step, ("expected", &expected), ("actual", &shown(outcome))));
        }
    }
    Ok(())
}

/// Whether two sides made the same of a case, but for ids and for where the stand-in is known to differ.
///
/// # Errors
/// What differs.
pub(crate) fn compare(
    case: &Case,
    (left, of_left): (&str, &Record),
    (right, of_right): (&str, &Record),
) -> Result<(), String> {
    let outcomes = of_left.outcomes.iter().zip(&of_right.outcomes);
    for (index, (step, (one, other))) in case.steps.iter().zip(outcomes).enumerate() {
        let (one, other) = (shown(&one.clone().map(masked)), shown(&other.clone().map(masked)));
        if step.stand_in.is_none() && masked_text(&one) != masked_text(&other) {
            return Err(differs(index, step, (left, &one), (right, &other)));
        }
    }
    if !differs_on_stand_in(case) && of_left.items != of_right.items {
        let (one, other) = (json!(of_left.items), json!(of_right.items));
        return Err(format!("afterwards\n{left:>10}: {one}\n{right:>10}: {other}"));
    }
    Ok(())
}

/// Whether the stand-in is known to do something else in this case.
pub(crate) fn differs_on_stand_in(case: &Case) -> bool {
    case.steps.iter().any(|step| step.stand_in.is_some())
}

fn differs(index: usize, step: &Step, (left, one): (&str, &str), (right, other): (&str, &str)) -> String {
    format!("step {}, {}\n{left:>10}: {one}\n{right:>10}: {other}", index + 1, step.call)
}

fn shown(outcome: &Result<Value, Error>) -> String {
    match outcome {
        Ok(answer) => without_http(answer).to_string(),
        Err(error) => error.to_string(),
    }
}

fn without_http(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Value::Object(members) = &mut answer {
        members.shift_remove("SdkHttpMetadata");
        members.shift_remove("SdkResponseMetadata");
    }
    answer
}

/// An answer without what a side makes up.
fn masked(mut answer: Value) -> Value {
    for id in ["MessageId", "SequenceNumber"] {
        if let Some(value) = answer.get_mut(id) {
            *value = "*".into();
        }
    }
    answer
}

/// An error without the id of the request.
fn masked_text(text: &str) -> String {
    match text.split_once("Request ID: ") {
        Some((before, after)) => format!("{before}{}", after.split_once(';').map_or("", |(_, rest)| rest)),
        None => text.to_owned(),
    }
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

/// The URL of a queue.
pub(crate) fn queue(name: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/{ACCOUNT}/{name}")
}

fn topic(name: &str) -> String {
    format!("arn:aws:sns:us-east-1:{ACCOUNT}:{name}")
}

/// All cases.
pub(crate) fn cases() -> Vec<Case> {
    [dynamodb::cases(), updates::cases(), messages::cases(), parameters::cases()].into_iter().flatten().collect()
}
