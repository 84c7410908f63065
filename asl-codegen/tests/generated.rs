//! Generated code: as expected, compiled without a warning, and run.
//!
//! Each `generated/<name>.asl.json` has its golden beside it; `UPDATE=1` rewrites them.

#![deny(warnings)]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use asl_codegen::codes::Code;
use asl_codegen::diagnostic::Level;
use asl_codegen::source::Source;
use asl_codegen::{Options, compile, text};
use asl_runtime::{Failure, Handlers, Value};
use serde_json::json;

include!("generated/data.rs");
include!("generated/distributed.rs");
include!("generated/jsonata.rs");
include!("generated/names.rs");
include!("generated/operators.rs");
include!("generated/order.rs");
include!("generated/nested.rs");
include!("generated/resources.rs");
include!("generated/paths.rs");

const NAMES: [&str; 9] =
    ["data", "distributed", "jsonata", "names", "nested", "operators", "order", "paths", "resources"];

#[test]
fn goldens_are_what_the_compiler_writes() {
    for name in NAMES {
        // Text that only looks like a path is what these tests want.
        let options = Options { levels: vec![(Code::ASL0307, Level::Allow)], ..Options::default() };
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated");
        let file = format!("{name}.asl.json");
        let definition = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let compiled = compile(Source::new(&file, definition), &options);
        assert!(!compiled.failed(), "{:#?}", compiled.diagnostics);
        let actual = text(&compiled).unwrap();
        let golden = format!("{folder}/{name}.rs");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&golden, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(actual == expected, "{golden} differs; `UPDATE=1` rewrites it. Now:\n{actual}");
    }
}

/// The output as text, or error and cause.
fn outcome(result: Result<Value, Failure>) -> String {
    match result {
        Ok(output) => output.to_string(),
        Err(failure) => failure.to_string(),
    }
}

#[tokio::test(start_paused = true)]
async fn data_goes_where_the_paths_say() {
    let input = json!({"stage": "s", "path with space": "p", "list": ["a", "b"], "at": "2020-01-01T00:00:00Z"});
    let template = concat!(
        r#"{"fixed":[1,2.5,-3,18446744073709551615,true,null,"text",{"deep":"s"}],"#,
        r#""Path":"p","Stage":"s","ApiEndpoint":"s","Method":"b","state":"Template"}"#
    );
    let expected = format!(
        "{}{template}{}",
        r#"{"stage":"s","path with space":"p","list":["a","b"],"at":"2020-01-01T00:00:00Z","template":"#,
        r#","made":{"constant":{"x.$":"$.y","empty":{},"none":[]},"list":["a","b"]},"nothing":{}}"#
    );
    assert_eq!(outcome(data::run_value(&(), input).await), expected);
}

#[tokio::test(start_paused = true)]
async fn distributed_map_states_iterate_over_arrays_and_objects() {
    let input = json!({"prices": {"pen": 2, "gift": 1}, "tolerated": 0, "orders": {"a": 1}});
    let mut output = distributed::run_value(&(), input).await.unwrap();
    let ran = output["orders"][0]["ran"]["machine"].take();
    assert_eq!(ran.as_str().unwrap().strip_prefix("distributed/").map(str::len), Some(36), "{ran}");
    let expected = json!({
        "prices": {"pen": 2, "gift": 1},
        "tolerated": 0,
        "orders": [{"order": 1, "key": "a", "ran": {"machine": null}}],
        "names": ["pen", "gift"],
    });
    assert_eq!(output, expected);
}

#[tokio::test(start_paused = true)]
async fn a_distributed_map_state_tolerates_failures() {
    let input = |tolerated: Value| json!({"prices": {"pen": 2, "gift": 0}, "tolerated": tolerated, "orders": []});
    let output = distributed::run_value(&(), input(json!(1))).await.unwrap();
    assert_eq!((&output["names"][0], &output["names"][1]["Error"]), (&json!("pen"), &json!("NoPrice")));
    let output = distributed::run_value(&(), input(json!(0))).await.unwrap();
    assert_eq!(output["error"]["Error"], "States.ExceedToleratedFailureThreshold");
    let located = "States.Runtime: An error occurred while executing the state 'Prices' (entered at the event id #2). ";
    let what = "The ToleratedFailureCountPath field refers to value \"x\" which is not a valid integer: $.tolerated";
    assert_eq!(outcome(distributed::run_value(&(), input(json!("x"))).await), format!("{located}{what}"));
}

#[tokio::test(start_paused = true)]
async fn a_missing_path_fails_in_the_words_of_aws() {
    let input = json!({"stage": "s", "path with space": "p", "list": ["a"]});
    let expected = "States.Runtime: An error occurred while executing the state 'Template' (entered at the event id #2). The \
                    JSONPath '$.list[1]' specified for the field 'Method.$' could not be found in the input '{\"stage\":\
                    \"s\",\"path with space\":\"p\",\"list\":[\"a\"]}'";
    assert_eq!(outcome(data::run_value(&(), input).await), expected);
}

#[tokio::test(start_paused = true)]
async fn a_path_that_can_select_several_values_gives_an_array() {
    let input = json!({
        "items": [
            {"id": "a", "size": 12, "tags": ["red"]},
            {"id": "b", "size": 3, "name": "X-ray"},
            {"id": "c", "size": 9, "tags": []},
            5
        ],
        "wanted": "b"
    });
    let mut output = paths::run_value(&(), input.clone()).await.unwrap();
    let selected = output["selected"].take();
    assert_eq!(output, json!({"selected": null, "input": input["items"]}));
    let check = |field: &str, expected: Value| assert_eq!(selected[field], expected, "{field}");
    check("all", input["items"].clone());
    check("ids", json!(["a", "b", "c"]));
    check("middle", json!(["b", "c"]));
    check("ends", json!([{"id": "a", "size": 12}]));
    check("every id", json!(["a", "b", "c"]));
    check("small", json!(["b", "c"]));
    check("same", json!([3]));
    check("listed", json!(["a", "b", "c"]));
    check("tagged", json!(["a"]));
    check("untagged", json!(["b"]));
    check("none", json!([]));
    check("count", json!(1));
    assert_eq!(selected["names"][0], "Select");
}

#[tokio::test(start_paused = true)]
async fn every_name_is_a_state() {
    let input = json!({"match": 1, "data": 2, "2": 3});
    assert_eq!(outcome(names::run_value(&(), input).await), r#"{"2":3,"data":2,"match":1}"#);
    let all: Vec<&str> = names::State::ALL.iter().map(|state| state.name()).collect();
    assert_eq!(all, ["run", "Run!", "loop", "loop result", "2nd try", "🎉", "注文を確認", "Self"]);
    let text = serde_json::to_string(&names::State::LoopResult).unwrap();
    assert_eq!(text, "\"loop result\"");
    assert_eq!(serde_json::from_str::<names::State>(&text).unwrap(), names::State::LoopResult);
    assert!(serde_json::from_str::<names::State>("\"Loop\"").is_err());
}

#[tokio::test]
async fn operators_compare_as_aws_does() {
    let cases = [
        (json!({"test": "string", "a": "b", "b": "c", "list": [{"odd name": "y"}, "a"]}), "\"yes\""),
        (json!({"test": "string", "a": "a", "b": "c", "list": [{"odd name": "y"}, "a"]}), "\"no\""),
        (json!({"test": "number", "a": 1, "b": 1.0}), "\"yes\""),
        (json!({"test": "number", "a": 2.5, "b": 2.5}), "\"no\""),
        (json!({"test": "time", "a": "2025-12-31T23:00:01Z", "b": "2026-01-01T00:00:01+01:00"}), "\"yes\""),
        (json!({"test": "time", "a": "2025-12-31T23:00:00Z", "b": "2026-01-01T00:00:01+01:00"}), "\"no\""),
        (json!({"test": "type", "a": true, "b": true}), "\"yes\""),
        (json!({"test": "type", "a": true, "b": "true"}), "\"no\""),
        (json!({"test": "word*"}), "\"yes\""),
        (json!({"test": null}), "\"yes\""),
    ];
    for (input, expected) in cases {
        let text = input.to_string();
        assert_eq!(outcome(operators::run_value(&(), json!({ "in": input })).await), expected, "{text}");
    }
    let none = operators::run_value(&(), json!({"in": {"test": "other"}})).await.unwrap_err();
    assert_eq!(none.error.name(), Some("States.NoChoiceMatched"));
}

#[tokio::test]
async fn input_is_typed_by_what_is_read() {
    let text = r#"{"request": {"patience": 5, "orderId": "A1", "address": {"zip": "0150"}}, "extra": [1]}"#;
    let input: order::Input = serde_json::from_str(text).unwrap();
    assert_eq!(input.request.order_id, "A1");
    assert_eq!(input.rest["extra"], json!([1]));
    assert_eq!(serde_json::to_value(&input).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    let wrong = serde_json::from_str::<order::Input>(r#"{"request": {"patience": 5, "orderId": 1}}"#).unwrap_err();
    assert_eq!(wrong.to_string(), "the input's member `request.orderId` must be a string");
}

#[tokio::test(start_paused = true)]
async fn an_execution_goes_on_from_a_checkpoint() {
    let mut execution = names::run_value(&(), json!({"match": 1, "data": 2, "2": 3})).into_execution();
    assert_eq!(execution.state(), Some(names::State::Run));
    assert_eq!(execution.step().await.unwrap(), Some(names::State::Run2));
    let saved = Value::from(execution.checkpoint().unwrap());
    let resumed = names::resume(&(), saved.try_into().unwrap()).unwrap();
    assert_eq!(outcome(resumed.await), r#"{"2":3,"data":2,"match":1}"#);
}

/// Performs what the machine `resources` calls: each Task gives what it was asked.
fn handlers(receipt: Value) -> Handlers {
    Handlers::new()
        .on("function:charge:live", move |_| std::future::ready(Ok(receipt.clone())))
        .on("lambda:invoke", |request| async { Ok(request.parameters) })
        .on("sqs:sendMessage.waitForTaskToken", |request| async { Ok(request.credentials.unwrap_or_default()) })
        .on("glue:startJobRun.sync", |request| async move { Ok(request.resource.pattern.into()) })
}

#[tokio::test]
async fn every_resource_is_performed() {
    let input = || resources::Input::new("arn:aws:iam::123456789012:role/reviewer");
    let expected = json!({
        "role": "arn:aws:iam::123456789012:role/reviewer",
        "receipt": {"paid": true},
        "notified": {"FunctionName": "notify", "Payload": {"paid": true}},
        "review": {"RoleArn": "arn:aws:iam::123456789012:role/reviewer"},
        "job": "sync",
    });
    let run = resources::run(&handlers(json!({"paid": true})), input()).await;
    assert_eq!(outcome(run), expected.to_string());
    let run = resources::run(&handlers("a".repeat(256 * 1024).into()), input()).await;
    let name = "arn:aws:lambda:us-east-1:123456789012:function:charge:live";
    let cause = format!(
        "The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit."
    );
    assert_eq!(outcome(run), json!({"Error": "States.DataLimitExceeded", "Cause": cause}).to_string());
}

/// Charges what costs at most 5, and fails for the rest; for 3 there is no receipt.
fn charge() -> Handlers {
    Handlers::new().on("lambda:invoke", |request| async move {
        let item = &request.parameters["Payload"]["item"];
        match item["price"].as_f64() {
            Some(3.0) | None => Ok(json!({})),
            Some(price) if price > 5.0 => Err(asl_runtime::Error::new("Declined", "too much")),
            Some(price) => Ok(json!({ "Payload": { "paid": price } })),
        }
    })
}

#[tokio::test(start_paused = true)]
async fn expressions_are_evaluated() {
    let run = async |input: Value| outcome(jsonata::run_value(&charge(), input).await);
    let items = json!([{"price": 1}, {"price": 4}, {"price": 9}, {"price": 2}]);
    let paid = |price: f64| json!({"receipt": {"paid": price}, "limit": 10});
    // The items above 1, one at a time; the third is declined before anything was assigned.
    let declined = "States.QueryEvaluationError: An error occurred while executing the state 'Receipt' (entered at the \
                    event id #23). The JSONata expression '$receipt' specified for the field 'Output/receipt' returned \
                    nothing (undefined).";
    assert_eq!(run(json!({"items": items, "note": ""})).await, declined);
    let items = json!([{"price": 1}, {"price": 4}, {"price": 5}, {"price": 2}]);
    let expected = json!([3, [paid(4.0), paid(5.0), paid(2.0)]]);
    assert_eq!(run(json!({"items": items, "note": ""})).await, expected.to_string());
    // An Output that fails is tried again and caught.
    let items = json!([{"price": 3}, {"price": 4}, {"price": 5}]);
    let expected = json!([3, [{"receipt": null, "limit": 10}, paid(4.0), paid(5.0)]]);
    assert_eq!(run(json!({"items": items, "note": ""})).await, expected.to_string());
    let waited = json!({"waited": 11});
    assert_eq!(run(json!({"items": [{"price": 2}], "note": "n"})).await, waited.to_string());
    let refused = "Refused: negative: -2";
    assert_eq!(run(json!({"items": [{"price": -2}], "note": "n"})).await, refused);
    let undefined = "States.QueryEvaluationError: An error occurred while executing the state 'Order' (entered at the event \
                     id #2). The JSONata expression '$states.input.note' specified for the field 'Assign/note' returned \
                     nothing (undefined).";
    assert_eq!(run(json!({"items": [{"price": 2}]})).await, undefined);
}

#[tokio::test]
async fn an_output_that_adds_to_the_input_is_what_merge_gives() {
    asl_runtime::state_machine! {
        {
            "QueryLanguage": "JSONata",
            "StartAt": "Add",
            "States": {
                "Add": {
                    "Type": "Pass",
                    "Assign": { "before": "{% $states.input.total %}" },
                    "Output": "{% $merge([$states.input, {'total': $sum($states.input.prices), 'none': $states.input.none}]) %}",
                    "Next": "End"
                },
                "End": { "Type": "Succeed", "Output": { "before": "{% $before %}", "now": "{% $states.input %}" } }
            }
        }
    }
    let run = async |input: Value| match state_machine::run_value(&(), input).await {
        Ok(output) => output.to_string(),
        Err(failure) => failure.error.to_string(),
    };
    let added = json!({"before": 1, "now": {"total": 5, "prices": [2, 3], "id": 7}});
    assert_eq!(run(json!({"total": 1, "prices": [2, 3], "id": 7})).await, added.to_string());
    let of_all = json!({"before": 1, "now": {"total": 5, "prices": [2, 3]}});
    assert_eq!(run(json!([{"total": 1}, {"prices": [2, 3]}])).await, of_all.to_string());
    let refused = run(json!([{"total": 1}, 2])).await;
    assert!(refused.ends_with("T0412: Argument 1 of function \"merge\" must be an array of \"objects\""), "{refused}");
}

#[test]
fn only_what_is_surely_read_is_required() {
    asl_runtime::state_machine! {
        {
            "StartAt": "Which",
            "States": {
                "Which": {
                    "Type": "Choice",
                    "Choices": [
                        { "And": [{ "Variable": "$.kind", "StringEquals": "big" }, { "Variable": "$.size", "NumericEquals": 1 }], "Next": "End" },
                        { "Variable": "$.note", "IsPresent": true, "Next": "End" }
                    ],
                    "Default": "End"
                },
                "End": { "Type": "Succeed" }
            }
        }
    }
    let input = state_machine::Input::new("small");
    assert_eq!(input.size, None);
    assert_eq!(Value::from(input), json!({"kind": "small"}));
}
