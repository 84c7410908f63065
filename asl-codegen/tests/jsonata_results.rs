//! The code for the expressions of `jsonata/expressions.txt`, run on `jsonata/input.json`. `jsonata/results.json` has what they
//! give, but for those that give nothing.

#![deny(warnings)]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use asl_runtime::__private::jsonata::{Evaluation, Result, Storage, Value as Computed};
use asl_runtime::Value;
use serde_json::{Map, json};

#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic)]
mod expressions {
    include!("jsonata/expressions.rs");
}

/// A function that gives a value, and one that gives JSON.
type Compiled = for<'a> fn(&Evaluation<'a>, Option<&'a Value>) -> Result<Computed<'a>>;
type Made = for<'a> fn(&Evaluation<'a>, Option<&'a Value>) -> Result<Option<Value>>;

#[test]
fn the_functions_give_these_results() {
    let input: Value = serde_json::from_str(include_str!("jsonata/input.json")).unwrap();
    let results: Map<String, Value> = serde_json::from_str(include_str!("jsonata/results.json")).unwrap();
    let threshold = json!(20);
    for (name, compiled, made) in expressions::ALL {
        let storage = Storage::without_context();
        let evaluation = Evaluation::new(&storage, &input);
        let given =
            compiled(&evaluation, Some(&threshold)).unwrap_or_else(|error| panic!("{name}: {error}")).into_json();
        assert_eq!(given.as_ref(), results.get(*name), "{name}");
        if let Some(made) = made {
            let made = made(&evaluation, Some(&threshold)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(made, given, "{name} as JSON");
        }
    }
}
