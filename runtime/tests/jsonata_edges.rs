//! What JSONata gives where it is easily missed: found by comparing random expressions with the reference implementation.

#![allow(clippy::unwrap_used, missing_docs)]

use asl_runtime::jsonata::{Evaluation, Storage, Value, interpreter, parse};
use serde_json::{Value as Json, json};

/// Evaluates an expression; `expected` is JSON, `nothing`, or an error's code and sentence.
#[track_caller]
fn check(text: &str, data: &Json, expected: &str) {
    let storage = Storage::without_context();
    let evaluation = Evaluation::new(&storage, &Json::Null);
    let node = storage.keep_node(parse(text).unwrap());
    let given = match interpreter::evaluate_with(&evaluation, node, Value::from(data), &[]) {
        Ok(value) => value.into_json().map_or_else(|| "nothing".to_owned(), |json| json.to_string()),
        Err(error) => error.to_string(),
    };
    assert_eq!(given, expected, "{text}");
}

#[test]
fn a_predicate_sees_what_the_one_before_left() {
    let nothing = json!({});
    check("a[$error('no')]", &nothing, "D3137: no");
    check("a[0][$error('no')]", &nothing, "nothing");
    check("a[false][$error('no')]", &nothing, "nothing");
    check("a[true][$error('no')]", &nothing, "D3137: no");
    check("(a)[0][$error('no')]", &nothing, "nothing");
    check("$[5][$error('no')]", &json!([1]), "nothing");
    check("$[5]{'k': 'b'}", &json!([1]), r#"{"k":"b"}"#);
}

#[test]
fn one_sorted_item_is_no_array() {
    check("$^(a)", &json!([1]), "1");
    check("a^(b)", &json!({"a": [1]}), "1");
    check("a^(b)", &json!({"a": []}), "nothing");
    check("a^(b)", &json!({"a": [[1, 2]]}), "[1,2]");
    check("a[]^(b)", &json!({"a": [1]}), "[1]");
    check("a^(b)[0]", &json!({"a": [[1, 2]]}), "[1,2]");
}

#[test]
fn a_path_ends_with_an_empty_constructor() {
    let nothing = json!({});
    check("[].a", &nothing, "[]");
    check("[a].b.$string()", &nothing, "[]");
    check("[a].b[0]", &nothing, "[]");
    check("[a][0].b", &nothing, "nothing");
    check("([]).b", &nothing, "nothing");
    check("[].b{'a': 1}", &nothing, r#"{"a":1}"#);
    check("[].b[]", &nothing, "[[]]");
    check("x.[].b", &json!({"x": 1}), "nothing");
}

#[test]
fn groupings() {
    check("'a'[][0]{'b': 1}", &json!(1), r#"{"b":1}"#);
    // The path ends in front of the step that binds something.
    check("a.b@$x.c{'k': 'b'}", &json!({}), r#"{"k":"b"}"#);
    check("a.b@$x.c{'k': $}", &json!({"a": {}}), "{}");
    check("a@$x.c{'k': 'b'}", &json!({}), "{}");
}

#[test]
fn errors_speak_of_what_was_called() {
    check(
        "false or $decodeUrlComponent('%zz')",
        &json!(1),
        "D3140: Malformed URL passed to $decodeUrlComponent(): \"%zz\"",
    );
    check("'a' ~> |$|{}|", &json!(1), "T0410: Argument 1 of function undefined does not match function signature");
    check(
        "'a' ~> function($x)<n-:n>{$x}",
        &json!(1),
        "T0410: Argument 1 of function undefined does not match function signature",
    );
    check(
        "($f := |$|{}|; $f('a'))",
        &json!(1),
        "T0410: Argument 1 of function \"f\" does not match function signature",
    );
}
