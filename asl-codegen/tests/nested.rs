//! Machines inside states, and variables: generated code asked directly, without an engine.

#![deny(warnings)]
// The compiler's own warnings are deprecations.
#![allow(deprecated, missing_docs, clippy::unwrap_used, clippy::panic)]

use std::sync::Mutex;

use asl_runtime::{
    Action, Context, Effect, Error, ExecutionInfo, ExecutionType, Inspector, Machine, MachineInfo, Recovery, Stage,
    StateId, StateType, Timestamp, Value, state_machine,
};
use serde_json::json;

include!("generated/nested.rs");

/// What was shown to the inspector, and what the states assigned, in order.
#[derive(Debug, Default)]
struct Seen {
    stages: Mutex<Vec<(Stage, Value)>>,
    assigned: Mutex<Vec<String>>,
}

impl Inspector for Seen {
    fn inspect(&self, stage: Stage, value: &Value) {
        self.stages.lock().unwrap().push((stage, value.clone()));
    }
}

const AT: Timestamp = Timestamp { seconds: 0, nanoseconds: 0 };

/// Runs a machine to its end. A state is entered again once when it has a retrier for the error.
fn drive(machine: &mut dyn Machine, mut data: Value, seen: &Seen) -> Result<Value, Error> {
    let info = machine.info();
    let execution = ExecutionInfo {
        id: "arn:e".to_owned(),
        name: "e".to_owned(),
        input: Some(json!({"from": "start"})),
        start_time: AT,
        role_arn: String::new(),
        execution_type: ExecutionType::Standard,
        state_machine_id: String::new(),
        state_machine_name: String::new(),
    };
    let mut state = info.start;
    let mut attempts = 0;
    loop {
        let context = Context {
            execution: &execution,
            state_name: name(info, state),
            entered_time: AT,
            time: AT,
            event: 0,
            retry_count: None,
            task_token: None,
            map_item: None,
            inspector: Some(seen),
        };
        let (recovery, result) = match machine.enter(state, &mut data, &context)? {
            Action::Perform(Effect::Call(call)) => (&call.task.recovery, answer(call.parameters)),
            Action::Perform(Effect::Wait(_)) => (&Recovery::NONE, Ok(Value::Null)),
            Action::Perform(Effect::Fork(fork)) => {
                let is_map = info.states[usize::from(state.0)].state_type == StateType::Map;
                let runs = fork.inputs.into_iter().enumerate().map(|(index, input)| {
                    let mut inner = machine.inner(state, if is_map { 0 } else { index }).unwrap();
                    drive(inner.as_mut(), input, seen)
                });
                (machine.recovery(state), runs.collect())
            }
            action => match follow(action, &mut state, machine, seen) {
                true => continue,
                false => return Ok(data),
            },
        };
        let action = match result {
            Ok(result) => machine.leave(state, &mut data, result, &context)?,
            Err(error) => {
                if attempts == 0 && recovery.retry.iter().any(|retrier| error.matches(retrier.error_equals)) {
                    attempts += 1;
                    continue;
                }
                let Some(catcher) = recovery.catch.iter().position(|names| error.matches(names)) else {
                    return Err(error);
                };
                let output = json!({"Error": error.name(), "Cause": error.cause()});
                machine.catch(state, catcher, &mut data, output, &context)?
            }
        };
        if !follow(action, &mut state, machine, seen) {
            return Ok(data);
        }
    }
}

fn name(info: &MachineInfo, state: StateId) -> &'static str {
    info.states[usize::from(state.0)].name
}

/// Answers `sqs:sendMessage`: a queue `fail:E` fails with the error `E`, any other gives the body as the message's id.
fn answer(parameters: Value) -> Result<Value, Error> {
    match parameters["QueueUrl"].as_str().and_then(|queue| queue.strip_prefix("fail:")) {
        Some(name) => Err(Error::new(name.to_owned(), "failed")),
        None => Ok(json!({"MessageId": parameters["MessageBody"], "MD5OfMessageBody": "5"})),
    }
}

/// Goes on; gives whether there is a state to go on with.
fn follow(action: Action, state: &mut StateId, machine: &mut dyn Machine, seen: &Seen) -> bool {
    for variable in machine.take_assigned() {
        let value = machine.variable(variable).unwrap();
        seen.assigned.lock().unwrap().push(format!("{}: {variable} = {value}", name(machine.info(), *state)));
    }
    assert!(machine.take_assigned().is_empty(), "taken");
    match action {
        Action::Next(next) => {
            *state = next;
            true
        }
        Action::End => false,
        Action::Perform(effect) => panic!("{effect:?}"),
    }
}

/// Output, or error name and cause, as text.
fn outcome(result: Result<Value, Error>) -> String {
    match result {
        Ok(output) => output.to_string(),
        Err(error) => format!("{}: {}", error.name().unwrap_or_default(), error.cause().unwrap_or_default()),
    }
}

#[track_caller]
fn check(machine: impl Machine + 'static, input: Value, expected: &str) {
    let mut machine = machine;
    assert_eq!(outcome(drive(&mut machine, input, &Seen::default())), expected);
}

fn order(kind: &str, ids: &[&str]) -> Value {
    let items: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
    json!({"currency": "EUR", "order": {"kind": kind, "items": items}})
}

#[test]
fn three_scopes_see_what_they_should() {
    let seen = Seen::default();
    let output = drive(&mut nested::Machine::default(), order("EUR", &["a", "b"]), &seen).unwrap();
    let price = |id: &str, index: usize| json!({"price": {"of": id, "in": "EUR"}, "text": format!("{index} of 11 in EUR"), "outer": "Begin"});
    let prices = json!([price("a", 0), price("b", 1)]);
    let outputs = json!([prices, ["a", "b"]]);
    assert_eq!(output, json!({"data": [outputs], "count": 2}));
    let assigned = seen.assigned.into_inner().unwrap();
    let expected = [
        "Begin: count = 1".to_owned(),
        r#"Begin: currency = "EUR""#.to_owned(),
        r#"Begin: outer = "Begin""#.to_owned(),
        "Which: count = 11".to_owned(),
        r#"Which: note = "same""#.to_owned(),
        r#"Price: price = {"in":"EUR","of":"a"}"#.to_owned(),
        r#"Price: price = {"in":"EUR","of":"b"}"#.to_owned(),
        r#"Price all: first = "a""#.to_owned(),
        format!("Price all: prices = {}", assigned[8].split(" = ").nth(1).unwrap()),
        r#"Pause: paused = "0 of 11 in EUR""#.to_owned(),
        "Fan out: count = 2".to_owned(),
        format!("Fan out: outputs = {}", assigned[11].split(" = ").nth(1).unwrap()),
    ];
    assert_eq!(assigned, expected);
}

#[test]
fn a_rule_assigns_or_the_default_does() {
    let assigned = |kind: &str| {
        let seen = Seen::default();
        let _ = drive(&mut nested::Machine::default(), order(kind, &["a"]), &seen);
        let assigned = seen.assigned.into_inner().unwrap();
        assigned.into_iter().filter(|line| line.starts_with("Which")).collect::<Vec<_>>()
    };
    assert_eq!(assigned("EUR"), ["Which: count = 11", r#"Which: note = "same""#]);
    assert_eq!(assigned("plain"), Vec::<String>::new());
    assert_eq!(assigned("other"), ["Which: before = 1", r#"Which: note = "other""#]);
}

#[test]
fn a_catcher_assigns_from_the_error_output() {
    // The Fail state inside takes its error's name from a variable of the outermost machine.
    let seen = Seen::default();
    let output = drive(&mut nested::Machine::default(), order("plain", &["a", "bad"]), &seen).unwrap();
    assert_eq!(output["count"], 0);
    assert_eq!(output["data"], order("plain", &["a", "bad"])["order"]);
    let assigned = seen.assigned.into_inner().unwrap();
    assert!(assigned.contains(&r#"Fan out: error = "EUR""#.to_owned()), "{assigned:?}");
    assert!(!assigned.iter().any(|line| line.starts_with("Fan out: outputs")), "{assigned:?}");
}

#[test]
fn variables_are_given_from_outside() {
    let mut machine = nested::Machine::default();
    assert_eq!(machine.info().variables, ["before", "count", "currency", "error", "note", "outer", "outputs"]);
    assert_eq!(machine.variable("count"), None);
    assert!(machine.set_variable("count", json!(5)));
    assert_eq!(machine.variable("count"), Some(&json!(5)));
    assert!(!machine.set_variable("price", json!(5)), "of another scope");
    assert!(machine.take_assigned().is_empty());
    // A machine inside sees what was given before it started.
    let fan_out = StateId(2);
    let inner = machine.inner(fan_out, 1).unwrap();
    assert_eq!(inner.info().name, "fan_out_2");
    assert!(machine.set_variable("count", json!(6)));
    assert!(machine.inner(fan_out, 2).is_none());
    assert!(machine.inner(StateId(0), 0).is_none());
    assert!(machine.inner(StateId(99), 0).is_none());
}

#[test]
fn nested_states_are_known_by_name() {
    use nested::fan_out_1::price_all;
    assert_eq!(price_all::State::from_name("Priced"), Some(price_all::State::Priced));
    assert_eq!(serde_json::to_string(&nested::fan_out_2::State::EachItem).unwrap(), "\"Each item\"");
}

#[test]
fn a_filter_on_a_variable_reads_the_variable() {
    state_machine! {
        {
            "StartAt": "Start",
            "States": {
                "Start": {
                    "Type": "Pass",
                    "Assign": { "v": { "least": 2, "items": [{ "n": 1 }, { "n": 2 }, { "n": 3 }] } },
                    "Next": "Choose"
                },
                "Choose": {
                    "Type": "Choice",
                    "Choices": [{ "Variable": "$v.items[?(@.n > $.least)]", "IsNull": true, "Next": "Start" }],
                    "Default": "Show"
                },
                "Show": {
                    "Type": "Pass",
                    "Parameters": {
                        "template.$": "$v.items[?(@.n >= $.least)].n",
                        "inside.$": "$v..[?(@.n == $.least)]",
                        "argument.$": "States.ArrayLength($v.items[?(@.n < $.least)])"
                    },
                    "ResultPath": "$.shown",
                    "OutputPath": "$.shown",
                    "Next": "Leave"
                },
                "Leave": { "Type": "Pass", "Next": "Last" },
                "Last": { "Type": "Succeed", "InputPath": "$v.items[?(@.n != $.least)]", "OutputPath": "$[*].n" }
            }
        }
    }
    let mut machine = state_machine::Machine::default();
    assert_eq!(drive(&mut machine, json!({}), &Seen::default()), Ok(json!([1, 3])));
}

#[test]
fn right_hand_sides_see_the_old_values() {
    state_machine! {
        {
            "StartAt": "Start",
            "States": {
                "Start": { "Type": "Pass", "Assign": { "x": 3, "a": 6 }, "Next": "Swap" },
                "Swap": {
                    "Type": "Pass",
                    "Result": "r",
                    "Assign": { "x.$": "$a", "nextX.$": "$x", "result.$": "$" },
                    "ResultPath": "$.x",
                    "OutputPath": "$x",
                    "Next": "Show"
                },
                "Show": {
                    "Type": "Pass",
                    "Parameters": { "output.$": "$", "x.$": "$x", "nextX.$": "$nextX", "result.$": "$result" },
                    "End": true
                }
            }
        }
    }
    check(state_machine::Machine::default(), json!({}), r#"{"output":3,"result":"r","x":6,"nextX":3}"#);
}

#[test]
fn nothing_is_assigned_when_the_state_fails() {
    state_machine! {
        {
            "StartAt": "Start",
            "States": {
                "Start": {
                    "Type": "Pass", "Assign": { "x": 1, "all.$": "$" }, "OutputPath": "$.missing", "End": true
                }
            }
        }
    }
    let mut machine = state_machine::Machine::default();
    let failed = drive(&mut machine, json!({}), &Seen::default());
    assert_eq!(outcome(failed), "States.Runtime: Invalid path '$.missing' : No results for path: $['missing']");
    assert_eq!((machine.variable("x"), machine.variable("all")), (None, None));
    assert!(machine.take_assigned().is_empty());
}

#[test]
fn a_variable_may_have_no_value_yet() {
    state_machine! {
        {
            "StartAt": "Which",
            "States": {
                "Which": {
                    "Type": "Choice",
                    "Choices": [
                        { "Variable": "$.give", "IsPresent": true, "Assign": { "x.$": "$.give" }, "Next": "Use" }
                    ],
                    "Default": "Use"
                },
                "Use": {
                    "Type": "Choice",
                    "Choices": [
                        { "Variable": "$.use", "StringEquals": "template", "Next": "Template" },
                        { "Variable": "$.use", "StringEquals": "argument", "Next": "Argument" },
                        { "Variable": "$.use", "StringEquals": "path", "Next": "Path" },
                        { "Variable": "$x.a", "IsPresent": true, "Next": "Template" },
                        { "Variable": "$x", "NumericEquals": 1, "Next": "Path" }
                    ],
                    "Default": "Template"
                },
                "Template": { "Type": "Pass", "Parameters": { "x.$": "$x.a" }, "End": true },
                "Argument": { "Type": "Pass", "Parameters": { "x.$": "States.Array($x.a)" }, "End": true },
                "Path": { "Type": "Pass", "InputPath": "$x.a", "End": true }
            }
        }
    }
    let check = |input: Value, expected: &str| check(state_machine::Machine::default(), input, expected);
    check(json!({"use": "path", "give": {"a": 1}}), "1");
    check(json!({"give": {"a": 1}, "use": "?"}), r#"{"x":1}"#);
    check(
        json!({"use": "template"}),
        "States.Runtime: The JSONPath '$x.a' specified for the field 'x.$' could not be found in the input \
         '{\"use\":\"template\"}'",
    );
    check(
        json!({"use": "argument"}),
        "States.Runtime: The function 'States.Array($x.a)' had the following error: The JsonPath argument for the \
         field '$x.a' could not be found in the input '{\"use\":\"argument\"}'",
    );
    check(json!({"use": "path"}), "States.Runtime: Invalid path '$x.a' : Missing property in path $['x']");
    check(
        json!({"use": "?"}),
        "States.Runtime: Invalid path '$x': The choice state's condition path references an invalid value.",
    );
}

#[test]
fn tasks_assign_from_the_raw_result_in_each_way_out() {
    state_machine! {
        {
            "StartAt": "Send",
            "States": {
                "Send": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::sqs:sendMessage",
                    "Parameters": { "QueueUrl.$": "$.queue", "MessageBody": "text" },
                    "ResultSelector": { "id.$": "$.MessageId" },
                    "Assign": { "raw.$": "$.MD5OfMessageBody" },
                    "Catch": [
                        { "ErrorEquals": ["A"], "Assign": { "raw.$": "$.Error" }, "Next": "Show" },
                        { "ErrorEquals": ["B"], "ResultPath": "$.error", "Next": "Show" }
                    ],
                    "Next": "Show"
                },
                "Show": {
                    "Type": "Choice",
                    "Choices": [ { "Variable": "$raw", "IsPresent": true, "Next": "With" } ],
                    "Default": "Without"
                },
                "With": { "Type": "Pass", "Parameters": { "data.$": "$", "raw.$": "$raw" }, "End": true },
                "Without": { "Type": "Succeed" }
            }
        }
    }
    let check =
        |queue: &str, expected: &str| check(state_machine::Machine::default(), json!({"queue": queue}), expected);
    check("q", r#"{"data":{"id":"text"},"raw":"5"}"#);
    check("fail:A", r#"{"data":{"Error":"A","Cause":"failed"},"raw":"A"}"#);
    check("fail:B", r#"{"queue":"fail:B","error":{"Error":"B","Cause":"failed"}}"#);
    check("fail:C", "C: failed");
}

#[test]
fn items_come_from_where_the_paths_say() {
    state_machine! {
        {
            "StartAt": "Items",
            "States": {
                "Items": {
                    "Type": "Map",
                    "InputPath": "$.in",
                    "ItemsPath": "$.list",
                    "MaxConcurrencyPath": "$.n",
                    "Retry": [ { "ErrorEquals": [ "Again" ] } ],
                    "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } },
                    "ResultPath": "$.out",
                    "Next": "Moved"
                },
                "Moved": {
                    "Type": "Map",
                    "InputPath": "$.in",
                    "ItemsPath": "$.list",
                    "ItemProcessor": { "StartAt": "M", "States": { "M": { "Type": "Pass", "End": true } } },
                    "Next": "Whole"
                },
                "Whole": {
                    "Type": "Map",
                    "Parameters": { "at.$": "$$.Map.Item.Index", "is.$": "$$.Map.Item.Value", "all.$": "$" },
                    "ItemProcessor": { "StartAt": "W", "States": { "W": { "Type": "Pass", "End": true } } },
                    "End": true
                }
            }
        }
    }
    let check = |input: Value, expected: &str| check(state_machine::Machine, json!({ "in": input }), expected);
    check(json!({"list": ["a"], "n": 1}), r#"[{"all":["a"],"at":0,"is":"a"}]"#);
    check(json!({"list": [], "n": "0"}), "[]");
    check(json!({"n": 1}), "States.Runtime: Invalid path '$.list' : No results for path: $['list']");
    check(json!({"list": {}, "n": 1}), r#"States.Runtime: Reference path "$.list" must point to array."#);
    check(
        json!({"list": [], "n": "NoNumber"}),
        "States.Runtime: The MaxConcurrencyPath field refers to value \"NoNumber\" which is not a valid integer: $.n",
    );
}

#[test]
fn the_input_is_there_again_for_a_retry() {
    state_machine! {
        {
            "StartAt": "Fork",
            "States": {
                "Fork": {
                    "Type": "Parallel",
                    "InputPath": "$.in",
                    "Branches": [
                        { "StartAt": "F", "States": { "F": { "Type": "Fail", "ErrorPath": "$.name" } } },
                        { "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } }
                    ],
                    "Retry": [ { "ErrorEquals": [ "Again" ], "MaxAttempts": 1 } ],
                    "Catch": [ { "ErrorEquals": [ "States.ALL" ], "ResultPath": "$.error", "Next": "Done" } ],
                    "Next": "Done"
                },
                "Done": { "Type": "Succeed" }
            }
        }
    }
    let input = json!({"in": {"name": "Again"}});
    check(state_machine::Machine, input, r#"{"in":{"name":"Again"},"error":{"Error":"Again","Cause":null}}"#);
}

#[test]
fn values_are_shown_where_their_fields_are() {
    state_machine! {
        {
            "StartAt": "Items",
            "States": {
                "Items": {
                    "Type": "Map",
                    "InputPath": "$.in",
                    "ItemsPath": "$.list",
                    "ItemSelector": { "i.$": "$$.Map.Item.Value" },
                    "MaxConcurrency": 2,
                    "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Succeed" } } },
                    "ResultSelector": { "first.$": "$[0].i" },
                    "ResultPath": "$.out",
                    "Next": "Constant"
                },
                "Constant": { "Type": "Pass", "InputPath": "$.in", "Result": 1, "ResultPath": null, "Next": "Fork" },
                "Fork": {
                    "Type": "Parallel",
                    "Parameters": { "p": 1 },
                    "Branches": [ { "StartAt": "B", "States": { "B": { "Type": "Succeed" } } } ],
                    "End": true
                }
            }
        }
    }
    let seen = Seen::default();
    drive(&mut state_machine::Machine, json!({"in": {"list": [7]}}), &seen).unwrap();
    let expected = [
        (Stage::AfterInputPath, json!({"list": [7]})),
        (Stage::AfterItemsPath, json!([7])),
        (Stage::MaxConcurrency, json!(2)),
        (Stage::AfterItemSelector, json!([{"i": 7}])),
        (Stage::AfterResultSelector, json!({"first": 7})),
        (Stage::AfterResultPath, json!({"in": {"list": [7]}, "out": {"first": 7}})),
        (Stage::Result, json!(1)),
        (Stage::AfterResultPath, json!({"in": {"list": [7]}, "out": {"first": 7}})),
        (Stage::AfterParameters, json!({"p": 1})),
    ];
    assert_eq!(seen.stages.into_inner().unwrap(), expected);
}

#[test]
fn a_state_may_keep_its_input() {
    state_machine! {
        {
            "StartAt": "Pass",
            "States": {
                "Pass": { "Type": "Pass", "InputPath": "$", "Assign": { "x": 1 }, "Next": "Drop" },
                "Drop": { "Type": "Pass", "InputPath": "$.a", "Result": 1, "ResultPath": null, "Next": "Narrow" },
                "Narrow": { "Type": "Pass", "InputPath": "$.a", "Next": "Build" },
                "Build": { "Type": "Pass", "Parameters": {}, "Next": "Put" },
                "Put": { "Type": "Pass", "ResultPath": "$.a", "Next": "Which" },
                "Which": {
                    "Type": "Choice",
                    "Choices": [ { "Variable": "$", "IsPresent": true, "Next": "Wait" } ],
                    "Default": "Select"
                },
                "Select": { "Type": "Wait", "Seconds": 1, "OutputPath": "$.a", "Next": "Wait" },
                "Wait": { "Type": "Wait", "Seconds": 1, "Next": "Kept" },
                "Kept": {
                    "Type": "Map",
                    "InputPath": "$.a",
                    "ResultPath": null,
                    "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } },
                    "Next": "Caught"
                },
                "Caught": {
                    "Type": "Parallel",
                    "ResultPath": null,
                    "Branches": [ { "StartAt": "J", "States": { "J": { "Type": "Pass", "End": true } } } ],
                    "Catch": [ { "ErrorEquals": [ "States.ALL" ], "Next": "End" } ],
                    "Next": "End"
                },
                "End": { "Type": "Succeed" }
            }
        }
    }
    let info = state_machine::Machine::default().info();
    let kept: Vec<_> = info.states.iter().filter(|state| state.keeps_input).map(|state| state.name).collect();
    assert_eq!(kept, ["Pass", "Drop", "Which", "Wait", "Kept", "End"]);
}

#[test]
fn any_name_makes_a_module() {
    state_machine! {
        {
            "StartAt": "Enter",
            "States": {
                "Enter": {
                    "Type": "Parallel",
                    "Branches": [
                        { "StartAt": "clone", "States": { "clone": { "Type": "Pass", "Assign": { "self": 1, "outer": 2 }, "Next": "default" },
                                                          "default": { "Type": "Pass", "Parameters": { "s.$": "$self", "o.$": "$outer", "t.$": "$type" }, "End": true } } },
                        { "StartAt": "std", "States": { "std": { "Type": "Pass", "End": true } } }
                    ],
                    "Next": "enter 1"
                },
                "enter 1": {
                    "Type": "Map",
                    "ItemProcessor": { "StartAt": "machine", "States": { "machine": { "Type": "Pass", "End": true } } },
                    "Next": "super"
                },
                "super": {
                    "Type": "Map",
                    "ItemProcessor": { "StartAt": "self", "States": { "self": { "Type": "Pass", "End": true } } },
                    "Assign": { "type": 1 },
                    "Next": "leave"
                },
                "leave": {
                    "Type": "Choice",
                    "Choices": [ { "Variable": "$type", "IsNumeric": false, "Next": "Enter" } ],
                    "Default": "Default"
                },
                "Default": { "Type": "Succeed" }
            }
        }
    }
    let mut machine = state_machine::Machine::default();
    assert!(machine.set_variable("type", json!(0)));
    check(machine, json!([]), r#"[{"s":1,"t":0,"o":2},[]]"#);
}
