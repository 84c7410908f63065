//! What is read of a definition: the model, and the findings with their places.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use asl_codegen::definition::{Kind, Machine, Operand, Operation, Order, SecondsOrPath, State, Test, TextOrPath, Wait};
use asl_codegen::query::template::{FieldValue, Template};
use asl_codegen::source::Source;
use asl_codegen::{Options, check};
use serde_json::{Value, json};

/// A definition that has every field somewhere.
fn everything() -> Value {
    json!({
        "Comment": "everything", "Version": "1.0", "QueryLanguage": "JSONPath", "TimeoutSeconds": 60, "StartAt": "Task",
        "States": {
            "Task": {
                "Type": "Task", "Comment": "a task", "Resource": "arn:aws:states:::dynamodb:getItem",
                "InputPath": "$.order", "OutputPath": null, "ResultPath": "$.row[0]['a b']",
                "Parameters": {"Key": {"id": {"S.$": "$.id"}}, "list": [1, {"at.$": "$$.State.EnteredTime"}], "Limit": 1.10},
                "ResultSelector": {"row.$": "$.Item"},
                "TimeoutSecondsPath": "$.timeout", "HeartbeatSeconds": 5,
                "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/reader"},
                "Retry": [{
                    "ErrorEquals": ["States.Timeout", "A"], "IntervalSeconds": 2, "MaxAttempts": 0, "BackoffRate": 1.5,
                    "MaxDelaySeconds": 9, "JitterStrategy": "FULL", "Comment": "again"
                }],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Fail", "ResultPath": null, "Comment": "caught"}],
                "Next": "Choice"
            },
            "Choice": {
                "Type": "Choice", "InputPath": null,
                "Choices": [
                    {"And": [
                        {"Variable": "$.a", "IsPresent": true},
                        {"Not": {"Variable": "$.a", "NumericLessThanEquals": 1.0}}
                    ], "Next": "Wait"},
                    {"Variable": "$.at", "TimestampGreaterThanPath": "$$.State.EnteredTime", "Next": "Until", "Comment": "c"},
                    {"Or": [{"Variable": "$.b", "StringMatches": "a*"}], "Next": "Pass"}
                ],
                "Default": "Map"
            },
            "Wait": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "Pass"},
            "Until": {"Type": "Wait", "Timestamp": "2016-03-14T01:59:00Z", "Next": "Pass"},
            "Pass": {"Type": "Pass", "Result": {"a": [null, true, 1.0]}, "ResultPath": "$", "End": true},
            "Fail": {"Type": "Fail", "Error": "Broken", "CausePath": "$.cause"},
            "Map": {
                "Type": "Map", "Label": "items", "ItemsPath": "$$.Execution.Input.items", "MaxConcurrency": 3,
                "ToleratedFailurePercentage": 0.5, "ToleratedFailureCountPath": "$.count",
                "ItemSelector": {"item.$": "$$.Map.Item.Value"},
                "ItemReader": {
                    "Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket.$": "$.bucket"},
                    "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"], "MaxItems": 5}
                },
                "ItemBatcher": {"MaxItemsPerBatch": 10, "BatchInput": {"a.$": "$.a"}},
                "ResultWriter": {
                    "Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"},
                    "WriterConfig": {"Transformation": "FLATTEN", "OutputType": "JSONL"}
                },
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "Inner", "States": {"Inner": {"Type": "Succeed", "OutputPath": "$.a"}}
                },
                "Next": "Parallel"
            },
            "Parallel": {
                "Type": "Parallel",
                "Branches": [{"Comment": "b", "StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": true}}}],
                "Next": "JSONata"
            },
            "JSONata": {
                "Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Arguments": {"QueueUrl": "{% $states.input.url %}"}, "Output": "{% $states.result %}",
                "Assign": {"id": "{% $states.result.MessageId %}"}, "TimeoutSeconds": "{% 5 %}",
                "Catch": [{"ErrorEquals": ["A"], "Next": "Fail", "Output": "{% $states.errorOutput %}"}],
                "Next": "Test"
            },
            "Test": {
                "Type": "Choice", "QueryLanguage": "JSONata", "Output": 1,
                "Choices": [{"Condition": "{% $states.input.a %}", "Next": "Fail", "Output": [], "Assign": {"b": 1}}],
                "Default": "Fail"
            }
        }
    })
}

fn read(definition: &Value) -> Machine {
    let text = serde_json::to_string_pretty(definition).unwrap();
    check(Source::new("test.asl.json", text), &Options::default()).definition.unwrap()
}

fn state<'m>(machine: &'m Machine, name: &str) -> &'m State {
    machine.states.iter().find(|state| state.name.as_str() == name).unwrap()
}

#[test]
fn everything_is_valid() {
    let text = serde_json::to_string_pretty(&everything()).unwrap();
    let found = check(Source::new("test.asl.json", text), &Options::default()).diagnostics;
    let structural = |code: &str| code != "ASL1203" && !["ASL06", "ASL09", "ASL10"].contains(&&code[..5]);
    let found: Vec<_> = found.into_iter().filter(|finding| structural(finding.code.name())).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn machine_and_states() {
    let machine = read(&everything());
    assert_eq!(machine.start_at.as_ref().unwrap().as_str(), "Task");
    assert_eq!(machine.timeout_seconds.as_ref().unwrap().value, 60);
    let names: Vec<_> = machine.states.iter().map(|state| state.name.as_str()).collect();
    let expected = ["Task", "Choice", "Wait", "Until", "Pass", "Fail", "Map", "Parallel", "JSONata", "Test"];
    assert_eq!(names, expected);
    let inner = &state(&machine, "Map").machines()[0];
    assert_eq!(inner.pointer, "/States/Map/ItemProcessor");
    assert_eq!(inner.states[0].pointer, "/States/Map/ItemProcessor/States/Inner");
    assert_eq!(state(&machine, "Parallel").machines()[0].pointer, "/States/Parallel/Branches[0]");
}

#[test]
fn task() {
    let machine = read(&everything());
    let state = state(&machine, "Task");
    let Some(Kind::Task(task)) = &state.kind else { panic!("{state:#?}") };
    assert_eq!(task.resource.as_ref().unwrap().as_str(), "arn:aws:states:::dynamodb:getItem");
    assert!(matches!(&task.timeout, Some(SecondsOrPath::Path(path)) if path.text == "$.timeout"));
    assert!(matches!(&task.heartbeat, Some(SecondsOrPath::Seconds(seconds)) if seconds.value == 5));
    assert_eq!(state.next.as_ref().unwrap().as_str(), "Choice");
    assert_eq!(state.input_path.as_ref().unwrap().path.as_ref().unwrap().text, "$.order");
    let output = state.output_path.as_ref().unwrap();
    assert!(output.valid && output.path.is_none());
    assert_eq!(state.result_path.as_ref().unwrap().path.as_ref().unwrap().steps.len(), 3);
    let retrier = &state.retry[0];
    assert_eq!(retrier.error_equals.len(), 2);
    assert_eq!(retrier.backoff_rate.as_ref().unwrap().value, "1.5");
    assert_eq!(retrier.max_attempts.as_ref().unwrap().value, 0);
    assert!(retrier.full_jitter);
    assert!(state.catch[0].result_path.as_ref().unwrap().path.is_none());
}

#[test]
fn templates_keep_constants_whole() {
    let machine = read(&everything());
    let Some(Template::Object { fields, .. }) = &state(&machine, "Task").parameters else { panic!() };
    let names: Vec<_> = fields.iter().map(|field| field.output_name()).collect();
    assert_eq!(names, ["Key", "list", "Limit"]);
    assert!(matches!(&fields[0].value, FieldValue::Template(Template::Object { .. })));
    assert!(matches!(&fields[1].value, FieldValue::Template(Template::Array { items, .. })
        if matches!(items[0], Template::Constant(_)) && matches!(items[1], Template::Object { .. })));
    assert!(matches!(&fields[2].value, FieldValue::Template(Template::Constant(_))));
}

#[test]
fn choice() {
    let machine = read(&everything());
    let Some(Kind::Choice { choices, default }) = &state(&machine, "Choice").kind else { panic!() };
    assert_eq!(default.as_ref().unwrap().as_str(), "Map");
    let Some(Test::And(tests)) = &choices[0].test else { panic!("{choices:#?}") };
    let Test::Not(not) = &tests[1] else { panic!("{tests:#?}") };
    let Test::Compare(comparison) = &**not else { panic!("{not:#?}") };
    assert!(matches!(&comparison.operation,
        Operation::Numeric(Order::LessThanEquals, Operand::Constant(number)) if number.value == "1.0"));
    let Some(Test::Compare(comparison)) = &choices[1].test else { panic!("{choices:#?}") };
    assert!(matches!(&comparison.operation, Operation::Timestamp(Order::GreaterThan, Operand::Path(_))));
    assert!(matches!(&choices[2].test, Some(Test::Or(tests)) if tests.len() == 1));
}

#[test]
fn wait_and_fail() {
    let machine = read(&everything());
    assert!(matches!(&state(&machine, "Wait").kind, Some(Kind::Wait(Some(Wait::SecondsPath(_))))));
    assert!(matches!(&state(&machine, "Until").kind, Some(Kind::Wait(Some(Wait::Timestamp(_))))));
    let Some(Kind::Fail { error: Some(TextOrPath::Text(_)), cause: Some(TextOrPath::Path(_)) }) =
        &state(&machine, "Fail").kind
    else {
        panic!()
    };
}

/// Every value of `definition`, one after the other, replaced by `odd`.
fn for_each_replaced(definition: &mut Value, odd: &Value, visit: &mut dyn FnMut(&Value)) {
    let mut pointers = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = pointers.get(next).cloned() {
        next += 1;
        match definition.pointer(&pointer).unwrap() {
            Value::Object(members) => pointers.extend(members.keys().map(|name| format!("{pointer}/{name}"))),
            Value::Array(items) => pointers.extend((0..items.len()).map(|number| format!("{pointer}/{number}"))),
            _ => {}
        }
        let place = definition.pointer_mut(&pointer).unwrap();
        let before = std::mem::replace(place, odd.clone());
        visit(definition);
        *definition.pointer_mut(&pointer).unwrap() = before;
    }
}

#[test]
fn any_value_anywhere_is_reported_in_the_text_and_nothing_panics() {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("$.ä b"),
        json!("$$.Map"),
        json!("$v[*]"),
        json!("{% ö"),
        json!("States.Format('{}"),
        json!([]),
        json!({}),
        json!([[{}]]),
        json!({"a.$": "ü $.a", ".$": 1, "a": "$.b"}),
    ];
    for odd in odd {
        for_each_replaced(&mut everything(), &odd, &mut |definition| {
            let text = serde_json::to_string(definition).unwrap();
            let checked = check(Source::new("test.asl.json", text), &Options::default());
            for finding in &checked.diagnostics {
                let notes = finding.notes.iter().map(|(span, _)| *span);
                let fixes = finding.help.iter().filter_map(|help| help.fix.as_ref()).map(|fix| fix.span);
                for span in std::iter::once(finding.span).chain(notes).chain(fixes) {
                    assert!(checked.source.text.get(span.range()).is_some(), "{finding:#?}");
                }
                assert!(!finding.message.is_empty() && !finding.label.is_empty(), "{finding:#?}");
            }
        });
    }
}
