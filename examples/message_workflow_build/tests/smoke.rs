//! The program runs and prints what the workflow gives.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use serde_json::Value;

#[test]
fn prints_the_four_results() {
    let output = Command::new(env!("CARGO_BIN_EXE_message_workflow_build")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output: Value = serde_json::from_slice(&output.stdout).unwrap();
    for result in ["DynamoDB", "SQS", "SNS", "TblUpdate"] {
        assert_eq!(output[result]["SdkHttpMetadata"]["HttpStatusCode"], 200, "{result}: {output}");
    }
    assert_eq!(output["SQS"]["MD5OfMessageBody"], "21ee0cdd2aec4288d4b9c0e48c1b9c83");
}
