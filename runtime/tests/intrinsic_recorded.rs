//! Intrinsic functions against executions recorded on AWS, where the corpus is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use asl_codegen::definition::{Kind, Machine};
use asl_codegen::query::intrinsic::{ArgumentValue, Call, Function};
use asl_codegen::query::path::{Path, Root, Selector};
use asl_codegen::query::template::{FieldValue, Template};
use asl_codegen::source::Source;
use asl_codegen::{Options, check};
use asl_runtime::__private::intrinsic::{self, Written};
use asl_runtime::__private::{Step, at};
use asl_runtime::{Error, Value};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance/executions.jsonl");

/// Recordings that keep the value to themselves, because it is another one each time.
const RANDOM: &[Function] = &[Function::MathRandom, Function::UUID];

#[test]
fn functions_give_what_is_recorded() {
    let Ok(corpus) = std::fs::read_to_string(CORPUS) else {
        println!("skipped: {CORPUS} is absent");
        return;
    };
    let mut checked = 0;
    for line in corpus.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        if case["group"] != "intrinsic_functions" || case["query_language"] != "JSONPath" {
            continue;
        }
        let id = case["id"].as_str().unwrap();
        let source = Source::new("recorded.asl.json", case["definition"].to_string());
        let machine = check(source, &Options::default()).definition.expect(id);
        let Some((name, call)) = only_call(&machine) else { continue };
        let given = evaluate(call, &case["input"]).unwrap_or_else(|error| panic!("{id}: {error}"));
        if !RANDOM.contains(&call.function) {
            // As text, for the order of members and the class of numbers.
            assert_eq!(given.to_string(), case["expected"]["output"][name].to_string(), "{id}");
        }
        checked += 1;
    }
    println!("{checked} recorded calls");
    assert!(checked > 0, "the corpus has calls");
}

/// The call in the template of the machine's first state, when it is a Pass state with one; and its field.
fn only_call(machine: &Machine) -> Option<(&str, &Call)> {
    let state = machine.states.first()?;
    let (Some(Kind::Pass { .. }), Some(Template::Object { fields, .. })) = (&state.kind, &state.parameters) else {
        return None;
    };
    match &fields[..] {
        [field] => match &field.value {
            FieldValue::Call(call) if reads_data_only(call) => Some((field.output_name(), call)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether it does without the context object, which is not recorded as such.
fn reads_data_only(call: &Call) -> bool {
    call.paths().iter().all(|path| path.root == Root::Data)
}

/// Calls the runtime's functions as generated code would.
fn evaluate(call: &Call, data: &Value) -> Result<Value, Error> {
    let written = Written(leak(&call.text.text));
    let arguments = call
        .arguments
        .iter()
        .map(|argument| match &argument.value {
            ArgumentValue::Null => Ok(Value::Null),
            ArgumentValue::Boolean(boolean) => Ok(Value::Bool(*boolean)),
            ArgumentValue::Number(number) => Ok(serde_json::from_str(number).unwrap()),
            ArgumentValue::String(literal) => Ok(Value::from(literal.text.as_str())),
            ArgumentValue::Path(path) => read(written, data, path),
            ArgumentValue::Unread => panic!("a path that is not compiled"),
            ArgumentValue::Call(call) => evaluate(call, data),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let refs: Vec<&Value> = arguments.iter().collect();
    match (call.function, &refs[..]) {
        (Function::Array, items) => Ok(intrinsic::array(items)),
        (Function::ArrayContains, [a, b]) => intrinsic::array_contains(written, a, b),
        (Function::ArrayGetItem, [a, b]) => intrinsic::array_get_item(written, a, b),
        (Function::ArrayLength, [a]) => intrinsic::array_length(written, a),
        (Function::ArrayPartition, [a, b]) => intrinsic::array_partition(written, a, b),
        (Function::ArrayRange, [a, b, c]) => intrinsic::array_range(written, a, b, c),
        (Function::ArrayUnique, [a]) => intrinsic::array_unique(written, a),
        (Function::Base64Decode, [a]) => intrinsic::base64_decode(written, a),
        (Function::Base64Encode, [a]) => intrinsic::base64_encode(written, a),
        (Function::Format, [_, values @ ..]) => match &call.arguments[0].value {
            ArgumentValue::String(literal) => {
                let pieces = literal.pieces();
                let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
                Ok(intrinsic::format(&pieces, values))
            }
            _ => intrinsic::format_with(written, refs[0], values),
        },
        (Function::Hash, [a, b]) => intrinsic::hash(written, a, b),
        (Function::JsonMerge, [a, b, c]) => intrinsic::json_merge(written, a, b, c),
        (Function::JsonToString, [a]) => Ok(intrinsic::json_to_string(a)),
        (Function::MathAdd, [a, b]) => intrinsic::math_add(written, a, b),
        (Function::MathRandom, [a, b]) => intrinsic::math_random(written, a, b, None),
        (Function::MathRandom, [a, b, c]) => intrinsic::math_random(written, a, b, Some(c)),
        (Function::StringSplit, [a, b]) => intrinsic::string_split(written, a, b),
        (Function::StringToJson, [a]) => intrinsic::string_to_json(written, a),
        (Function::UUID, []) => Ok(intrinsic::uuid()),
        (function, arguments) => panic!("{function:?} with {} arguments", arguments.len()),
    }
}

fn read(written: Written, data: &Value, path: &Path) -> Result<Value, Error> {
    let steps = path.steps.iter().map(|step| match &step.selector {
        Selector::Name(name) => Step::Name(leak(name)),
        Selector::Index(index) => Step::Index(*index),
        _ => panic!("a recorded call reads names and indexes"),
    });
    let steps: &'static [Step] = steps.collect::<Vec<_>>().leak();
    intrinsic::argument(written, data, &at(leak(&path.text), steps)).cloned()
}

/// Generated code has its texts in the program.
fn leak(text: &str) -> &'static str {
    text.to_owned().leak()
}
