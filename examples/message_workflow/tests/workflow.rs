//! The program with `--aws`, over the AWS SDK, against a stand-in for AWS on loopback. Without Python, or without a place
//! to install the stand-in from, the tests are ignored.

#[path = "../../../runtime/tests/support/stand_in.rs"]
mod stand_in;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

use stand_in::StandIn;

/// The account of the definition's ARNs and URLs.
const ACCOUNT: &str = "123456789012";
const QUEUE_URL: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/TeamCSqs";
const INPUT: &str = r#"{"messageId": "Message3", "messageText": "Hello", "timer_seconds": 0}"#;

/// What is on the stand-in before the program runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resource {
    Table,
    Queue,
    Topic,
}

type Test = fn(&StandIn) -> Result<(), Failed>;

const TESTS: [(&str, &[Resource], Test); 3] = [
    (
        "a message is recorded, told of and marked as processed",
        &[Resource::Table, Resource::Queue, Resource::Topic],
        processes,
    ),
    ("a queue that is not there is caught", &[Resource::Table, Resource::Topic], has_no_queue),
    ("a table that is not there is caught", &[Resource::Queue, Resource::Topic], has_no_table),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = TESTS.into_iter().map(|(name, resources, test)| {
        // To list tests is quick, and needs no server.
        let stand_in = if arguments.list { Err("not started".to_owned()) } else { start(resources) };
        if let Err(reason) = &stand_in
            && !arguments.list
        {
            eprintln!("`{name}` is ignored, there is no stand-in for AWS: {reason}");
        }
        let ignored = stand_in.is_err();
        Trial::test(name, move || test(&stand_in?)).with_ignored_flag(ignored)
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// A stand-in that has these resources: the program creates none. The program's input is there, too.
fn start(resources: &[Resource]) -> Result<StandIn, String> {
    fs::write(input(), INPUT).map_err(|error| error.to_string())?;
    let stand_in = StandIn::start(ACCOUNT)?;
    for resource in resources {
        match resource {
            Resource::Table => stand_in.create_table("Message", &[("messageId", "S")])?,
            Resource::Queue => stand_in.create_queue("TeamCSqs", &[])?,
            Resource::Topic => stand_in.create_topic("TeamAsns", &[])?,
        }
    }
    Ok(stand_in)
}

fn input() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflow_input.json")
}

fn processes(stand_in: &StandIn) -> Result<(), Failed> {
    let output = run(stand_in)?;
    check(
        &members(&output),
        &vec!["messageId", "messageText", "timer_seconds", "DynamoDB", "SQS", "SNS", "TblUpdate"],
    )?;
    for result in ["DynamoDB", "SQS", "SNS", "TblUpdate"] {
        check(&output[result]["SdkHttpMetadata"]["HttpStatusCode"], &Value::from(200))?;
    }
    let key = r#"{"TableName": "Message", "Key": {"messageId": {"S": "Message3"}}}"#;
    let item: Value = serde_json::from_str(&stand_in.call("DynamoDB_20120810.GetItem", key)?)?;
    check(&item["Item"]["messageStatus"]["S"], &"RECORD_PROCESSED".into())?;
    check(&item["Item"]["messageText"]["S"], &"Hello".into())?;
    let queue = format!(r#"{{"QueueUrl": "{QUEUE_URL}"}}"#);
    let received: Value = serde_json::from_str(&stand_in.call("AmazonSQS.ReceiveMessage", &queue)?)?;
    check(&received["Messages"][0]["Body"], &r#"{"Input":"Message3"}"#.into())?;
    check(&received["Messages"][0]["MessageId"], &output["SQS"]["MessageId"])
}

fn has_no_queue(stand_in: &StandIn) -> Result<(), Failed> {
    check_caught(
        &run(stand_in)?,
        "SQS.QueueDoesNotExistException",
        // AWS's text ends after "exist".
        "The specified queue does not exist for this wsdl version. (Service: AmazonSQS; Status Code: 400; Error Code: \
         AWS.SimpleQueueService.NonExistentQueue; Request ID: ",
    )
}

fn has_no_table(stand_in: &StandIn) -> Result<(), Failed> {
    check_caught(
        &run(stand_in)?,
        "DynamoDB.ResourceNotFoundException",
        "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: \
         ResourceNotFoundException; Request ID: ",
    )
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flat_map(|members| members.keys()).map(String::as_str).collect()
}

/// The execution ended with the error that was caught, as Step Functions words it.
fn check_caught(output: &Value, error: &str, cause: &str) -> Result<(), Failed> {
    check(&members(output), &vec!["Error", "Cause"])?;
    check(&output["Error"], &error.into())?;
    let text = output["Cause"].as_str().unwrap_or_default();
    if text.starts_with(cause) && text.ends_with("; Proxy: null)") { Ok(()) } else { Err(text.into()) }
}

fn check<T: PartialEq + std::fmt::Debug>(actual: &T, expected: &T) -> Result<(), Failed> {
    if actual == expected { Ok(()) } else { Err(format!("{actual:?} instead of {expected:?}").into()) }
}

/// The output of the program, which finds the stand-in by its environment.
fn run(stand_in: &StandIn) -> Result<Value, Failed> {
    let program = Command::new(env!("CARGO_BIN_EXE_message_workflow"))
        .arg("--aws")
        .arg("--input")
        .arg(input())
        // Nothing of the user's own: no profile, no endpoint, no proxy.
        .env_clear()
        // Windows opens no sockets without.
        .envs(std::env::vars_os().filter(|(name, _)| name == "SystemRoot"))
        .env("AWS_ENDPOINT_URL", stand_in.endpoint())
        .env("AWS_REGION", stand_in::REGION)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .output()?;
    if !program.status.success() {
        return Err(String::from_utf8_lossy(&program.stderr).into());
    }
    Ok(serde_json::from_slice(&program.stdout)?)
}
