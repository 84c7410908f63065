//! Tasks and Lambda functions that closures perform.
#![cfg(feature = "local")]
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::Duration;

use asl_runtime::services::local::FunctionError;
use asl_runtime::services::{Lambda, Tasks};
use asl_runtime::{Error, Handlers, Local, Provide, Request, Resource, Service, Services, Value};
use serde_json::json;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:charge";

/// A resource as the compiler takes it apart.
fn resource(arn: &'static str) -> Resource {
    let parts = asl_codegen::service::Resource::parse(arn).unwrap().parts();
    let leak = |text: String| &*text.leak();
    Resource { arn, service: leak(parts.service), action: leak(parts.action), pattern: leak(parts.pattern) }
}

async fn call(services: &dyn Service, arn: &'static str, parameters: Value) -> Result<Value, Error> {
    let resource = resource(arn);
    let credentials = Some(json!({"RoleArn": "r"}));
    let request = Request {
        resource: Some(&resource),
        credentials,
        task_token: Some("token"),
        ..Request::new(resource.action, parameters)
    };
    services.call(request).await
}

async fn call_local(local: &Local, arn: &'static str, parameters: Value) -> Result<Value, Error> {
    call(local.service(resource(arn).service_name()).unwrap(), arn, parameters).await
}

#[test]
fn compiler_and_runtime_agree_on_who_performs_a_resource() {
    for arn in [
        "arn:aws:states:::dynamodb:putItem",
        "arn:aws:states:::sqs:sendMessage",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::sns:publish",
        "arn:aws:states:::lambda:invoke",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:::aws-sdk:s3:getObject",
        "arn:aws:states:::http:invoke",
        "arn:aws:states:us-east-1:123456789012:activity:review",
        FUNCTION,
    ] {
        let provider = asl_codegen::service::Resource::parse(arn).unwrap().parts().provider();
        assert_eq!(resource(arn).service_name(), provider, "{arn}");
        assert!(Local::new().service(provider).is_some(), "{arn}");
    }
}

#[tokio::test]
async fn a_closure_is_found_by_the_arn_or_the_end_of_it() {
    let handlers = Handlers::new()
        .on("aws-sdk:s3:getObject", |_| async { Ok(json!("any partition")) })
        .on("arn:aws-cn:states:::aws-sdk:s3:getObject", |_| async { Ok(json!("China")) })
        .on("sqs:sendMessage.waitForTaskToken", |request| async move {
            Ok(json!([request.resource.pattern, request.parameters, request.credentials, request.task_token]))
        })
        .on("activity:review", |_| async { Err(Error::new("Declined", "no")) })
        .on("function:charge", |request| async move { Ok(request.parameters) });
    for (arn, expected) in [
        ("arn:aws:states:::aws-sdk:s3:getObject", r#""any partition""#),
        ("arn:aws-cn:states:::aws-sdk:s3:getObject", r#""China""#),
        (
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            r#"["waitForTaskToken",{"a":1},{"RoleArn":"r"},"token"]"#,
        ),
        ("arn:aws:states:us-east-1:123456789012:activity:review", "Declined: no"),
        (FUNCTION, r#"{"a":1}"#),
        (
            "arn:aws:states:::glue:startJobRun.sync",
            "States.Runtime: Nothing performs the resource 'arn:aws:states:::glue:startJobRun.sync'. Give a closure for \
             it: `Handlers::on(\"glue:startJobRun.sync\", …)`, or `Local::task` with the same arguments.",
        ),
    ] {
        let answer = call(&handlers, arn, json!({"a": 1})).await;
        assert_eq!(answer.map_or_else(|error| error.to_string(), |answer| answer.to_string()), expected);
    }
    fn provides<S>(_: &impl Provide<S>) {}
    provides::<Tasks>(&handlers);
    provides::<Lambda>(&handlers);
    let no_task = handlers.call(Request::new("getObject", Value::Null)).await.unwrap_err();
    assert_eq!(no_task.name(), Some("States.Runtime"));
}

#[tokio::test]
async fn local_performs_tasks_and_shares_them_with_its_clones() {
    let local = Local::new();
    let clone = local.clone();
    let local = local.task("glue:startJobRun.sync", |_| async { Ok(json!({"JobRunState": "SUCCEEDED"})) });
    for local in [local, clone] {
        let answer = call_local(&local, "arn:aws:states:::glue:startJobRun.sync", json!({})).await;
        assert_eq!(answer, Ok(json!({"JobRunState": "SUCCEEDED"})));
    }
}

fn functions() -> Local {
    Local::new()
        .function("echo", |event| async { Ok(event) })
        .function("echo:7", |_| async { Ok(json!("seven")) })
        .function("fail", |_| async { Err(FunctionError::new("Declined", "Not \"enough\"").with("requestId", "id")) })
        .function("throttled", |_| async {
            Err(Error::new("Lambda.TooManyRequestsException", "Rate Exceeded.").into())
        })
        .function("slow", |event| async {
            tokio::time::sleep(Duration::from_secs(600)).await;
            Ok(event)
        })
}

#[tokio::test(start_paused = true)]
async fn a_function_by_its_arn_takes_the_input_and_gives_its_result() {
    let check = async |function: &str, event: Value, expected: &str| {
        let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:{function}").leak();
        let answer = call_local(&functions(), arn, event).await;
        assert_eq!(answer.map_or_else(|error| error.to_string(), |answer| answer.to_string()), expected, "{function}");
    };
    check("echo", json!("text"), r#""text""#).await;
    check("echo:live", json!(null), "null").await;
    check("echo:7", json!(null), r#""seven""#).await;
    check("slow", json!([1.0]), "[1.0]").await;
    let cause = r#"{"errorMessage": "Not \"enough\"", "errorType": "Declined", "requestId": "id", "stackTrace": []}"#;
    check("fail", json!({}), &format!("Declined: {cause}")).await;
    check("throttled", json!({}), "Lambda.TooManyRequestsException: Rate Exceeded.").await;
}

#[tokio::test(start_paused = true)]
async fn invoke_sends_the_payload_and_wraps_the_result() {
    let check = async |parameters: Value, expected: &str| {
        let answer = call_local(&functions(), "arn:aws:states:::lambda:invoke", parameters.clone()).await;
        let actual = match answer {
            Ok(mut answer) => {
                let length = answer["SdkHttpMetadata"]["HttpHeaders"]["Content-Length"].take();
                let about = ["Payload", "ExecutedVersion", "StatusCode"].map(|member| answer[member].to_string());
                format!("{} {length}", about.join(" "))
            }
            Err(error) => error.to_string().split(" Request ID").next().unwrap().to_owned(),
        };
        assert_eq!(actual, expected, "{parameters}");
    };
    let payload = json!({"a": [1, "ü"]});
    check(json!({"FunctionName": "echo"}), r#"{} "$LATEST" 200 "2""#).await;
    check(json!({"FunctionName": "echo", "Payload": null}), r#"{} "$LATEST" 200 "2""#).await;
    check(json!({"FunctionName": "echo", "Payload": payload}), r#"{"a":[1,"ü"]} "$LATEST" 200 "16""#).await;
    check(json!({"FunctionName": "echo", "Payload": "[1,2]"}), r#"[1,2] "$LATEST" 200 "6""#).await;
    check(json!({"FunctionName": "echo", "Qualifier": "7"}), r#""seven" "7" 200 "7""#).await;
    check(json!({"FunctionName": "echo:7", "Qualifier": "7"}), r#""seven" "7" 200 "7""#).await;
    check(json!({"FunctionName": "slow", "InvocationType": "Event"}), r#"{} null 202 "0""#).await;
    check(json!({"FunctionName": "fail", "InvocationType": "Event"}), r#"{} null 202 "0""#).await;
    check(json!({"FunctionName": "fail", "InvocationType": "DryRun"}), r#"{} null 204 "0""#).await;
    let cause = r#"{"errorMessage":"Not \"enough\"","errorType":"Declined","requestId":"id","stackTrace":[]}"#;
    check(json!({"FunctionName": "fail"}), &format!("Declined: {cause}")).await;
    check(
        json!({"FunctionName": "none"}),
        "Lambda.ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:none:$LATEST \
         (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException;",
    )
    .await;
    check(
        json!({"FunctionName": "echo", "Payload": "text"}),
        "Lambda.InvalidRequestContentException: Could not parse request body into json: expected ident at line 1 column \
         2 (Service: AWSLambda; Status Code: 400; Error Code: InvalidRequestContentException;",
    )
    .await;
    check(
        json!({"FunctionName": "echo", "Payloads": {}}),
        "States.Runtime: The Parameters '{\"FunctionName\":\"echo\",\"Payloads\":{}}' could not be used to start the Task: \
         [The field \"Payloads\" is not supported by Step Functions]",
    )
    .await;
    check(
        json!({"FunctionName": "echo", "InvocationType": "event"}),
        "Lambda.AWSLambdaException: 1 validation error detected: Value 'event' at 'invocationType' failed to satisfy \
         constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun] (Service: AWSLambda; Status \
         Code: 400; Error Code: ValidationException;",
    )
    .await;
}

#[tokio::test]
async fn the_end_of_the_log_comes_when_it_is_asked_for() {
    let parameters = json!({"FunctionName": "echo", "LogType": "Tail"});
    let answer = call_local(&functions(), "arn:aws:states:::lambda:invoke", parameters).await.unwrap();
    let members: Vec<&String> = answer.as_object().unwrap().keys().collect();
    let expected = ["ExecutedVersion", "LogResult", "Payload", "SdkHttpMetadata", "SdkResponseMetadata", "StatusCode"];
    assert_eq!(members, expected);
}
