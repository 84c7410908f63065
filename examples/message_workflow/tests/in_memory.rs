//! The program in memory: what it prints, and what it says when it cannot run.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const INPUT: &str = r#"{"messageId": "Message3", "messageText": "Hello", "timer_seconds": 0}"#;

/// Runs the program.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_message_workflow"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may be gone by now.
    let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
    program.wait_with_output().unwrap()
}

/// The output of an execution that succeeds, and the states that it went through.
fn succeeds(arguments: &[&str], input: &str) -> (Value, Vec<String>) {
    let output = run(arguments, input);
    let progress = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{progress}");
    let states = progress.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    (serde_json::from_slice(&output.stdout).unwrap(), states)
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The input, and the results in the order in which they came.
fn check_processed(output: &Value) {
    assert_eq!(members(output), ["messageId", "messageText", "timer_seconds", "DynamoDB", "SQS", "SNS", "TblUpdate"]);
    assert_eq!(output["messageId"], "Message3");
    for (result, members_of_result) in [
        ("DynamoDB", &["SdkHttpMetadata", "SdkResponseMetadata"][..]),
        ("SQS", &["MD5OfMessageBody", "MessageId", "SdkHttpMetadata", "SdkResponseMetadata"]),
        ("SNS", &["MessageId", "SdkHttpMetadata", "SdkResponseMetadata"]),
        ("TblUpdate", &["SdkHttpMetadata", "SdkResponseMetadata"]),
    ] {
        assert_eq!(members(&output[result]), members_of_result, "{result}");
    }
}

#[test]
fn an_input_from_a_file() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("message_workflow_input.json");
    std::fs::write(&file, INPUT).unwrap();
    let (output, _) = succeeds(&["--input", file.to_str().unwrap()], "");
    check_processed(&output);
}

#[test]
fn an_input_from_standard_input() {
    let (output, states) = succeeds(&["--input", "-"], INPUT);
    check_processed(&output);
    assert_eq!(
        states,
        ["ComplexTask", "InsertRecord", "InformOtherQueue", "WaitSometime", "SendSNS", "UpdateTableEntry"]
    );
}

#[test]
fn a_service_that_fails_is_caught() {
    for (service, error, cause, states) in [
        (
            "dynamodb",
            "DynamoDB.ResourceNotFoundException",
            "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: \
             ResourceNotFoundException; Request ID: ",
            &["ComplexTask", "InsertRecord", "GracefulFail"][..],
        ),
        (
            "sqs",
            "SQS.QueueDoesNotExistException",
            "The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: \
             AWS.SimpleQueueService.NonExistentQueue; Request ID: ",
            &["ComplexTask", "InsertRecord", "InformOtherQueue", "GracefulFail"],
        ),
        (
            "sns",
            "SNS.NotFoundException",
            "Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: ",
            &["ComplexTask", "InsertRecord", "InformOtherQueue", "WaitSometime", "SendSNS", "GracefulFail"],
        ),
    ] {
        let (output, gone_through) = succeeds(&["--input", "-", "--fail", service], INPUT);
        assert_eq!(members(&output), ["Error", "Cause"], "{service}");
        assert_eq!(output["Error"], error);
        let text = output["Cause"].as_str().unwrap();
        assert!(text.starts_with(cause) && text.ends_with("; Proxy: null)"), "{text}");
        assert_eq!(gone_through, states, "{service}");
    }
}

/// The program does not start an execution, says why, and ends with status 2.
fn check_refused(arguments: &[&str], input: &str, message: &str) {
    let output = run(arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?} {input}: {said}");
    assert!(output.stdout.is_empty(), "{arguments:?} {input}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with(&format!("error: {message}")), "{arguments:?} {input}: {said}");
}

#[test]
fn arguments_that_make_no_sense() {
    check_refused(&["--nope"], "", "invalid option '--nope'");
    check_refused(&["input.json"], "", "unexpected argument \"input.json\"");
    check_refused(&["--input"], "", "missing argument for option '--input'");
    check_refused(&["--fail", "lambda"], "", "--fail takes dynamodb, sqs or sns, not `lambda`");
    check_refused(&["--aws", "--fail", "sqs"], "", "--fail works in memory only, not with --aws");
}

#[test]
fn inputs_that_make_no_sense() {
    check_refused(&["--input", "/nowhere/input.json"], "", "/nowhere/input.json: ");
    let stdin = ["--input", "-"];
    check_refused(&stdin, "", "the input is no JSON: EOF while parsing a value");
    check_refused(&stdin, "messageId", "the input is no JSON: expected value");
    check_refused(&stdin, "[]", "the input must be an object");
    check_refused(&stdin, "{}", "the input's member `messageId` is missing");
    let member = "the input's member `timer_seconds` must be a number";
    check_refused(&stdin, r#"{"messageId": "a", "messageText": "b", "timer_seconds": "soon"}"#, member);
}

/// The input is well-formed; it is the state that does not like what it says.
#[test]
fn an_execution_that_fails() {
    let output = run(&["--input", "-"], r#"{"messageId": "a", "messageText": "b", "timer_seconds": -1}"#);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    let last = said.lines().last().unwrap();
    assert!(last.starts_with("the execution failed: States.Runtime: "), "{last}");
    assert!(last.ends_with("$.timer_seconds == -1"), "{last}");
}

#[test]
fn help() {
    let output = run(&["--help"], "");
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for option in ["--input FILE", "--fail SERVICE", "--aws", "--help"] {
        assert!(help.contains(option), "{help}");
    }
}

#[cfg(not(feature = "aws"))]
#[test]
fn a_build_without_aws_says_so() {
    check_refused(&["--aws"], "", "this build has no AWS in it: build it with `--features aws`");
}
