//! Lambda functions in memory against calls recorded on AWS, where the corpus is at hand.
#![cfg(feature = "local")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod recorded;

use asl_runtime::services::local::FunctionError;
use asl_runtime::{Error, Local, Request, Resource, Services, Value};
use serde_json::json;

/// The call of a function's ARN is told by its resource; all others are calls of `lambda:invoke`.
const INVOKE: Resource =
    Resource { arn: "arn:aws:states:::lambda:invoke", service: "lambda", action: "invoke", pattern: "" };

#[tokio::test(start_paused = true)]
async fn calls_are_answered_as_recorded() {
    let Some(cases) = recorded::executions() else { return };
    let mut checked = 0;
    for case in cases {
        if case["events_order"] != "exact" {
            continue;
        }
        let Some(local) = functions(&case) else { continue };
        let events = items(&case["events"]);
        let by_id = |id: &Value| events.iter().find(|event| event["id"] == *id);
        for ended in events {
            let kind = ended["type"].as_str().unwrap();
            if !matches!(kind, "LambdaFunctionSucceeded" | "LambdaFunctionFailed" | "TaskSucceeded" | "TaskFailed") {
                continue;
            }
            let Some(scheduled) = by_id(&ended["prev"]).and_then(|started| by_id(&started["prev"])) else { continue };
            let details = &scheduled["details"];
            let (resource, parameters) = match scheduled["type"].as_str() {
                Some("LambdaFunctionScheduled") => {
                    let arn: &'static str = String::leak(details["resource"].as_str().unwrap().to_owned());
                    (Resource { arn, service: "", action: "", pattern: "" }, &details["input"])
                }
                Some("TaskScheduled") if details["resourceType"] == "lambda" && details["resource"] == "invoke" => {
                    (INVOKE, &details["parameters"])
                }
                _ => continue,
            };
            // Refused by the engine, which knows no size of this service's.
            if ended["details"]["error"] == "States.DataLimitExceeded" {
                continue;
            }
            let request = Request { resource: Some(&resource), ..Request::new("invoke", parameters.clone()) };
            let answer = local.service(resource.service_name()).unwrap().call(request).await;
            compare(case["id"].as_str().unwrap(), answer, &ended["details"]);
            checked += 1;
        }
    }
    println!("{checked} recorded calls");
    assert!(checked > 0, "the corpus has calls of functions");
}

/// The functions of a case by what their sources do; none when there is no function, or one that is not known here.
fn functions(case: &Value) -> Option<Local> {
    let functions = items(&case["resources"]).iter().filter(|resource| resource["kind"] == "lambda");
    let mut local = None;
    for function in functions {
        let arn = format!("arn:aws:lambda:us-east-1:111111111111:function:{}", function["name"].as_str()?);
        let source = function["source"].as_str()?.rsplit("__").next()?.strip_suffix(".py")?.to_owned();
        let known = ["echo_function", "id_function", "raise_exception", "raise_custom_exception", "return_bytes_str"];
        if !known.contains(&&*source) && source != "large_output_string" {
            return None;
        }
        local = Some(local.unwrap_or_else(|| Local::new().account("111111111111")).function(arn, move |event| {
            let source = source.clone();
            async move { run(&source, event) }
        }));
    }
    local
}

fn run(source: &str, event: Value) -> Result<Value, FunctionError> {
    match source {
        "id_function" => Ok(event),
        "echo_function" => Ok(json!({"Return": "HelloWorld"})),
        "return_bytes_str" => Ok(json!("HelloWorld!")),
        "raise_exception" => {
            let place = "  File \"/var/task/handler.py\", line 2, in handler\n    raise Exception(\"Some exception was \
                         raised.\")\n";
            Err(FunctionError::new("Exception", "Some exception was raised.").with("stackTrace", json!([place])))
        }
        "raise_custom_exception" => {
            let place = "  File \"/var/task/handler.py\", line 9, in handler\n    raise CustomException()\n";
            Err(FunctionError::new("CustomException", "").with("stackTrace", json!([place])))
        }
        _ => Ok("a".repeat(257 * 1024).into()),
    }
}

#[track_caller]
fn compare(case: &str, answer: Result<Value, Error>, recorded: &Value) {
    match answer {
        Ok(mut answer) => {
            let mut expected = recorded["output"].clone();
            if recorded["resourceType"] == "lambda" {
                // The functions are written in Python, whose spaces count.
                mask(&mut answer);
                mask(&mut expected);
            }
            assert_eq!(answer.to_string(), expected.to_string(), "{case}");
        }
        Err(error) => {
            assert_eq!(error.name(), recorded["error"].as_str(), "{case}: {error}");
            let cause = error.cause().unwrap();
            match recorded["cause"].as_str() {
                Some(expected) => {
                    let before = |text: &str| text.split("Request ID: ").next().map(str::to_owned);
                    assert_eq!(before(cause), before(expected), "{case}");
                }
                None => {
                    let mut expected = recorded["cause_json"].clone();
                    let mut actual: Value = serde_json::from_str(cause).unwrap();
                    let compact = actual.to_string();
                    assert_eq!(compact == cause, recorded["resourceType"] == "lambda", "{case}: {cause}");
                    mask(&mut actual);
                    mask(&mut expected);
                    assert_eq!(actual.to_string(), expected.to_string(), "{case}");
                }
            }
        }
    }
}

/// Takes out what is another one with each call.
fn mask(value: &mut Value) {
    if let Value::Object(members) = value {
        for (name, value) in members {
            match &**name {
                "Date" | "RequestId" | "requestId" | "x-amzn-RequestId" | "X-Amzn-Trace-Id" => *value = Value::Null,
                _ => mask(value),
            }
        }
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
