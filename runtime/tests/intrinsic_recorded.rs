//! Intrinsic functions against executions recorded on AWS, where the corpus is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod intrinsic_support;
mod recorded;

use asl_codegen::definition::{Kind, Machine};
use asl_codegen::query::intrinsic::{Call, Function};
use asl_codegen::query::path::{Path, Root, Selector};
use asl_codegen::query::template::{FieldValue, Template};
use asl_codegen::source::Source;
use asl_codegen::{Options, check};
use asl_runtime::__private::intrinsic::{self, Written};
use asl_runtime::__private::{Step, at};
use asl_runtime::{Error, Value};
use intrinsic_support::{evaluate, leak};

/// Recordings that keep the value to themselves, because it is another one each time.
const RANDOM: &[Function] = &[Function::MathRandom, Function::UUID];

#[test]
fn functions_give_what_is_recorded() {
    let Some(cases) = recorded::executions() else { return };
    let (mut checked, mut folds) = (0, 0);
    for case in cases {
        if case["group"] != "intrinsic_functions" || case["query_language"] != "JSONPath" {
            continue;
        }
        let id = case["id"].as_str().unwrap();
        let source = Source::new("recorded.asl.json", case["definition"].to_string());
        let machine = check(source, &Options::default()).definition.expect(id);
        let Some((name, call)) = only_call(&machine) else {
            println!("{id}: not a state that only calls a function");
            continue;
        };
        let given = evaluate(call, &|written, path| read(written, &case["input"], path))
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        if !RANDOM.contains(&call.function) {
            // As text, for the order of members and the class of numbers.
            let recorded = case["expected"]["output"][name].to_string();
            assert_eq!(given.to_string(), recorded, "{id}");
            if let Some(folded) = call.constant() {
                assert_eq!(folded.map(|value| value.to_string()), Ok(recorded), "{id}");
                folds += 1;
            }
        }
        checked += 1;
    }
    println!("{checked} recorded calls, {folds} of constants");
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

fn read(written: Written, data: &Value, path: &Path) -> Result<Value, Error> {
    let steps = path.steps.iter().map(|step| match &step.selector {
        Selector::Name(name) => Step::Name(leak(name)),
        Selector::Index(index) => Step::Index(*index),
        _ => panic!("a recorded call reads names and indexes"),
    });
    let steps: &'static [Step] = steps.collect::<Vec<_>>().leak();
    intrinsic::argument(written, data, &at(leak(&path.text), steps)).cloned()
}
