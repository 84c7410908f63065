//! Machines that call intrinsic functions, from definition to output.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Mutex;

use asl_runtime::{BoxFuture, Error, Provide, Request, Service, Value};
use serde_json::json;

asl_runtime::state_machine! {
    module = functions,
    {
        "StartAt": "Give",
        "States": {
            "Give": {
                "Type": "Pass",
                "Result": { "name": "Ann", "items": [{ "a": 1 }], "count": 3, "template": "Hi {}!" },
                "Next": "Make"
            },
            "Make": {
                "Type": "Pass",
                "Parameters": {
                    "array.$": "States.Array($.name, 1, -2.5, true, null, 'it\\'s')",
                    "contains.$": "States.ArrayContains($.items, States.StringToJson('{\"a\": 1}'))",
                    "item.$": "States.ArrayGetItem(States.StringSplit($$.State.Name, 'a'), 1)",
                    "length.$": "States.ArrayLength($.items)",
                    "partition.$": "States.ArrayPartition(States.ArrayRange(1, 5, 1), 2)",
                    "unique.$": "States.ArrayUnique(States.StringSplit('a,b,a', ','))",
                    "encoded.$": "States.Base64Encode($.name)",
                    "decoded.$": "States.Base64Decode(States.Base64Encode($.name))",
                    "text.$": "States.Format('\\{{}\\} {}\n{}', $.name, $.items, States.MathAdd($.count, -1))",
                    "template.$": "States.Format($.template, $.name)",
                    "constant.$": "States.Format('plain')",
                    "partly.$": "States.Format('{}: {} of {}', States.Hash('a', 'MD5'), $.count, States.StringToJson('{\"a\": [1.0, -0]}'))",
                    "found.$": "States.ArrayContains(States.Array(1, States.MathAdd(1, 2)), $.count)",
                    "large.$": "States.Format('{} {}', States.ArrayLength(States.Array($.name, States.ArrayRange(1, 999, 1))), 1)",
                    "hash.$": "States.Hash('input data', 'SHA-1')",
                    "merged.$": "States.JsonMerge($.items[0], States.StringToJson('{\"b\":2}'), false)",
                    "string.$": "States.JsonToString($.items)",
                    "seeded.$": "States.MathRandom(0, 100, 42)",
                    "random.$": "States.MathRandom(7, 8)",
                    "list": [{ "sum.$": "States.MathAdd(1, 2)" }, "States are plain here"],
                    "two": { "data.$": "States.Array()", "call.$": "States.Array($.count)" }
                },
                "End": true
            }
        }
    }
}

#[tokio::test]
async fn every_function_gives_its_value() {
    let output = functions::run_value(&(), json!({})).await.unwrap();
    let expected = json!({
        "array": ["Ann", 1, -2.5, true, null, "it's"],
        "contains": true,
        "item": "ke",
        "length": 1,
        "partition": [[1, 2], [3, 4], [5]],
        "unique": ["a", "b"],
        "encoded": "QW5u",
        "decoded": "Ann",
        "text": "{Ann} [{a=1}]\n2",
        "template": "Hi Ann!",
        "constant": "plain",
        "partly": "0cc175b9c0f1b6a831c399e269772661: 3 of {a=[1.0, 0]}",
        "found": true,
        "large": "2 1",
        "hash": "aaff4a450a104cd177d28d18d74485e8cae074b7",
        "merged": {"a": 1, "b": 2},
        "string": "[{\"a\":1}]",
        "seeded": 30,
        "random": 7,
        "list": [{"sum": 3}, "States are plain here"],
        "two": {"data": [], "call": [3]},
    });
    assert_eq!(output, expected);
}

asl_runtime::state_machine! {
    module = unique_id,
    {
        "StartAt": "Make",
        "States": {
            "Make": { "Type": "Pass", "Parameters": { "id.$": "States.UUID()" }, "ResultPath": "$.made", "End": true }
        }
    }
}

#[tokio::test]
async fn an_id_is_made_each_time() {
    let ids = [json!({}), json!({})].map(|input| unique_id::run_value(&(), input));
    let mut seen = Vec::new();
    for id in ids {
        let output = id.await.unwrap();
        seen.push(output["made"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen[0].len(), 36);
    assert_ne!(seen[0], seen[1]);
}

asl_runtime::state_machine! {
    module = failing,
    {
        "StartAt": "Which",
        "States": {
            "Which": {
                "Type": "Choice",
                "Choices": [{ "Variable": "$.end", "BooleanEquals": true, "Next": "Stop" }],
                "Default": "Make"
            },
            "Make": {
                "Type": "Pass",
                "Parameters": { "a.$": "States.ArrayGetItem(States.Array(States.Format('{}', $.nope)), $.index)" },
                "End": true
            },
            "Stop": {
                "Type": "Fail",
                "ErrorPath": "States.Format('{}.{}', $.error, $$.State.Name)",
                "CausePath": "States.ArrayGetItem($.causes, 0)"
            }
        }
    }
}

#[tokio::test]
async fn failures_quote_the_whole_expression() {
    let check = async |input: Value, name: &str, cause: &str| {
        let failure = failing::run_value(&(), input).await.unwrap_err();
        assert_eq!(failure.error.name(), Some(name));
        assert_eq!(failure.error.cause(), Some(cause));
    };
    let make = "An error occurred while executing the state 'Make' (entered at the event id #4). The function \
                'States.ArrayGetItem(States.Array(States.Format('{}', $.nope)), $.index)' had the following error: ";
    check(
        json!({"end": false}),
        "States.Runtime",
        &format!(
            "{make}The JsonPath argument for the field '$.nope' could not be found in the input '{{\"end\":false}}'"
        ),
    )
    .await;
    check(
        json!({"end": false, "nope": null, "index": 1}),
        "States.Runtime",
        &format!("{make}The index 1 of States.ArrayGetItem is not in an array of 1 items"),
    )
    .await;
    check(json!({"end": true, "error": "Bad", "causes": ["why"]}), "Bad.Stop", "why").await;
    check(
        json!({"end": true, "error": "Bad", "causes": [1]}),
        "States.Runtime",
        "An error occurred while executing the state 'Stop' (entered at the event id #4). The function \
         'States.ArrayGetItem($.causes, 0)' had the following error: The field 'CausePath' needs a string, found: 1",
    )
    .await;
}

asl_runtime::state_machine! {
    module = message,
    {
        "StartAt": "Send",
        "States": {
            "Send": {
                "Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {
                    "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/orders",
                    "MessageBody": { "Input.$": "States.Format('This is my {}', $.messageId)" }
                },
                "ResultSelector": { "sent.$": "States.Format('{} as {}', $.MessageId, $$.Execution.Input.messageId)" },
                "End": true
            }
        }
    }
}

/// Keeps what was sent.
struct Queue(Mutex<Vec<Value>>);

impl Provide<asl_runtime::services::Sqs> for Queue {
    fn provide(&self) -> &dyn Service {
        self
    }
}

impl Service for Queue {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        self.0.lock().unwrap().push(request.parameters);
        Box::pin(async { Ok(json!({"MessageId": "m-1"})) })
    }
}

#[tokio::test]
async fn a_task_is_asked_and_answers_with_a_made_text() {
    let queue = Queue(Mutex::default());
    let output = message::run_value(&queue, json!({"messageId": "M7"})).await.unwrap();
    assert_eq!(output, json!({"sent": "m-1 as M7"}));
    assert_eq!(queue.0.lock().unwrap()[0]["MessageBody"], json!({"Input": "This is my M7"}));
}
