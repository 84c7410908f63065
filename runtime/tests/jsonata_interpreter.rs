//! What the interpreter makes of expressions, beside the cases of JSONata's own suite.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::rc::Rc;

use asl_codegen::jsonata::parse;
use asl_runtime::jsonata::{
    Error, Evaluation, Function, Limits, Native, Result, Storage, Value, Variables, interpreter,
};
use serde_json::{Map, Value as Json, json};

/// Checks what an expression gives for a document: JSON, `undefined`, `function`, or an error's code and sentence.
#[track_caller]
fn check(expression: &str, document: &Json, expected: &str) {
    let storage = Storage::without_context();
    let evaluation = Evaluation::new(&storage, &Json::Null);
    let result = parse(expression)
        .and_then(|node| interpreter::evaluate_with(&evaluation, storage.keep_node(node), Value::from(document), &[]));
    assert_eq!(shown(result), expected, "{expression}");
}

/// Checks what an expression of a state gives, whose input is `{"n": [1, 2]}` and which has the variable `$limit`, 2.
#[track_caller]
fn check_in_state(expression: &str, expected: &str) {
    struct Variable(Json);
    impl Variables for Variable {
        fn variable(&self, name: &str) -> Option<&Json> {
            (name == "limit").then_some(&self.0)
        }
    }
    let storage = Storage::without_context();
    let variables = Variable(json!(2));
    let (input, result) = (json!({"n": [1, 2]}), json!({"r": 1}));
    let evaluation = Evaluation::new(&storage, &input).with_result(&result);
    let node = storage.keep_node(parse(expression).unwrap());
    assert_eq!(shown(interpreter::evaluate(&evaluation, node, &variables)), expected, "{expression}");
}

fn shown(result: Result<Value<'_>>) -> String {
    match result {
        Ok(Value::Undefined) => "undefined".to_owned(),
        Ok(Value::Function(_)) => "function".to_owned(),
        Ok(value) => value.into_json().unwrap().to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_state_has_states_and_variables_and_no_document() {
    check_in_state("$states.input.n", "[1,2]");
    check_in_state("$states.input", r#"{"n":[1,2]}"#);
    check_in_state("$states.result.r", "1");
    check_in_state("$states.errorOutput", "undefined");
    check_in_state("$states[0].input.n[1]", "2");
    check_in_state("$keys($states)", r#"["input","context","result"]"#);
    check_in_state("$states.input.n[$ < $limit]", "1");
    check_in_state("($limit := 3; $limit)", "3");
    check_in_state("($states := 3; $states)", "3");
    check_in_state("$", "undefined");
    check_in_state("$$", "undefined");
    check_in_state("n", "undefined");
    check_in_state("$sum", "function");
    check_in_state("$uppercase()", "undefined");
}

#[test]
fn a_document_that_is_an_array_is_one_value() {
    let array = json!([{"b": 1}, {"b": 2}]);
    check("b", &array, "[1,2]");
    check("$[0].b", &array, "1");
    check("{'n': $count($)}", &array, r#"{"n":2}"#);
    check("[b]", &array, "[1,2]");
    check("$#$i.$i", &array, "[0,1]");
    check("$eval('$count($)', $)", &array, "2");
}

#[test]
fn tuples_pass_through_filters_sorts_and_groups() {
    let document = json!({"a": [{"b": 1, "c": [1, 2]}, {"b": 2, "c": [3]}, {"b": 3}]});
    check("a@$i.a[b = $i.b + 1].b", &document, "[2,3]");
    check("a#$i[$i > 0].b", &document, "[2,3]");
    check("a#$i^(>b).$i", &document, "[2,1,0]");
    check("a^(>b)#$i.{'i': $i, 'b': b}[0]", &document, r#"{"i":0,"b":3}"#);
    check("a#$i{'k': $i}", &document, r#"{"k":[0,1,2]}"#);
    check("a.c.%.b", &document, "[1,1,2]");
    check("a.(b; c).%.b", &document, "[1,1,2]");
    check("(a.c)[%.b = 1].$", &document, "[1,2]");
    check("x@$i.b", &document, "undefined");
    check("x#$i{'k': $i}", &document, "{}");
}

#[test]
fn calls_at_the_end_of_a_lambda_need_no_stack() {
    check("($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(20000, 0))", &Json::Null, "200010000");
    check("($f := function($n) { (1; $n = 0 ? 'end' : $g($n - 1)) }; $g := $f; $f(20000))", &Json::Null, r#""end""#);
    // What such a call gives is not unwrapped, so that a function that gives nothing gives an item.
    check("$map([[1], [3]], function($v) { $filter($v, function($x) { $x > 2 }) })", &Json::Null, "[[],[3]]");
}

#[test]
fn functions_are_composed_and_applied_in_part() {
    check("($f := $trim ~> $uppercase; $f(' a '))", &Json::Null, r#""A""#);
    check("' a ' ~> $trim ~> $uppercase()", &Json::Null, r#""A""#);
    check("($f := function($a, $b, $c) { [$a, $b, $c] }; $g := $f(?, 2, ?); $g(1, 3))", &Json::Null, "[1,2,3]");
    check("($f := $substring(?, 1, ?); $f('abcd', 2))", &Json::Null, r#""bc""#);
    check("$map(['a', 'b'], $substring(?, 0))", &Json::Null, r#"["a","b"]"#);
    check("1 ~> 2", &Json::Null, "T2006: The right side of the function application operator ~> must be a function");
}

#[test]
fn transformations_change_what_the_pattern_finds() {
    let document = json!({"a": [{"b": 1, "c": 0.1}, {"b": 2}], "d": {"b": 5}});
    check("$ ~> |a|{'n': b * 2}, 'c'|", &document, r#"{"a":[{"b":1,"n":2},{"b":2,"n":4}],"d":{"b":5}}"#);
    check("$ ~> |a[b = 2]|{'b': 3}|", &document, r#"{"a":[{"b":1,"c":0.1},{"b":3}],"d":{"b":5}}"#);
    check("d ~> |$|{'self': $}|", &document, r#"{"b":5,"self":{"b":5}}"#);
    check("($ ~> |d|{}, ['b', 'x']|).d", &document, "{}");
    check("($ ~> |$|{'n': 1}| ~> |$|{'m': $.n + 1}|).m", &document, "2");
    check(
        "$ ~> |d|5|",
        &document,
        "T2011: The insert/update clause of the transform expression must evaluate to an object: 5",
    );
    check(
        "$ ~> |d|{}, 5|",
        &document,
        "T2012: The delete clause of the transform expression must evaluate to a string or array of strings: 5",
    );
    check("x ~> |d|{}|", &document, "undefined");
}

#[test]
fn errors_name_what_was_called() {
    let t0412 = |name: &str| format!("T0412: Argument 1 of function \"{name}\" must be an array of \"numbers\"");
    check("$sum('a')", &Json::Null, &t0412("sum"));
    check("($s := $sum; $s('a'))", &Json::Null, &t0412("s"));
    check("true and $sum('a')", &Json::Null, &t0412("and"));
    check("$map(['a'], $sum)", &Json::Null, &t0412("map"));
    check("$map(['a'], function($x) { 1 + $sum($x) })", &Json::Null, &t0412("sum"));
    check("sum(1)", &Json::Null, "T1005: Attempted to invoke a non-function. Did you mean $sum?");
    check("sum(?)", &Json::Null, "T1007: Attempted to partially apply a non-function. Did you mean $sum?");
    check("nope(1)", &Json::Null, "T1006: Attempted to invoke a non-function");
    check(
        "function($x)<n> { $x }('a')",
        &Json::Null,
        "T0410: Argument 1 of function undefined does not match function signature",
    );
}

#[test]
fn eval_sees_what_is_bound_where_it_is_called() {
    check("($x := 4; $eval('$x + 1'))", &Json::Null, "5");
    check("$eval('a', {'a': [[1]]})", &Json::Null, "[[1]]");
    check("$eval(nothing)", &json!({}), "undefined");
    check(
        "$eval('1+')",
        &Json::Null,
        "D3120: Syntax error in expression passed to function eval: \"Unexpected end of expression\"",
    );
    check("$eval(1)", &Json::Null, "T0410: Argument 1 of function \"eval\" does not match function signature");
}

/// A thread with the stack that threads have by default, and the deepest that the limits allow.
#[test]
fn what_has_no_end_ends_before_the_stack_does() {
    const ENDLESS: &[&str] = &[
        "($f := function($n) { $n + $f($n + 1) }; $f(1))",
        "($f := function($n) { (1; $n + (2; $f($n + 1))) }; $f(1))",
        "($f := function($n) { [1].({'a': $f($n + 1)}) }; $f(1))",
        "($f := function($n) { $map([$n], function($x) { 1 + $f($x + 1) }) }; $f(1))",
        "($f := function($n) { $sort([2, 1], function($a, $b) { $f($n + 1) }) }; $f(1))",
        "($f := function($n) { $replace('a', /a/, function($a) { $f($n + 1) & '' }) }; $f(1))",
        "($f := function($n) { [2, 1]^($f($n + 1)) }; $f(1))",
        "($f := function($n) { [1, 2][$f($n + 1)] }; $f(1))",
        "($f := function($n) { [1, 2]{'a': $f($n + 1)} }; $f(1))",
        "($f := function($n) { [1, 2]@$x.[$f($n + 1)] }; $f(1))",
        "($f := function($n) { [1, 2]#$x[$f($n + 1)] }; $f(1))",
        "($f := function($n) { [1, 2]#$x^($f($n + 1)) }; $f(1))",
        "($f := function($n) { [1, 2]#$x{'a': $f($n + 1)} }; $f(1))",
        "($f := function($n) { ({'a': 1} ~> |$|{'b': $f($n + 1)}|).b }; $f(1))",
        "($f := function($n) { $eval('1 + $f($n + 1)') }; $f(1))",
        "($f := function($n) { ($g := $f(?); $g($n) + 1) }; $f(1))",
        "($f := function($n) { (($f ~> $string)($n); 1) }; $f(1))",
        // Values and functions inside each other.
        "$reduce([1..100000], function($a, $i) { {'a': $a} })",
        "$reduce([1..100000], function($a, $i) { [[$a]] })",
        "$reduce($append([$string], [1..100000]), function($f, $i) { $f ~> $string })",
        "$reduce($append([$string], [1..100000]), function($f, $i) { function() { $f() } })",
        "$reduce($append([$string], [1..100000]), function($f, $i) { $f(?) })",
        "($f := function($n) { $f($n + 1) }; $f(1))",
    ];
    let run = || {
        for text in ENDLESS {
            let storage = Storage::without_context();
            let limits = Limits { steps: 1_000_000, ..Limits::default() };
            let evaluation = Evaluation::new(&storage, &Json::Null).with_limits(limits);
            let node = storage.keep_node(parse(text).unwrap());
            let result = interpreter::evaluate_with(&evaluation, node, Value::Undefined, &[]);
            assert_eq!(result.map_err(|error| error.code()).err(), Some("U1001"), "{text}");
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn recursion_that_ends_is_deep_enough() {
    check("($f := function($n) { $n = 0 ? 1 : $n * $f($n - 1) }; $round($f(20) / $f(19)))", &Json::Null, "20");
    check("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(150))", &Json::Null, "150");
}

/// Functions that know themselves must not keep themselves alive.
#[test]
fn nothing_outlives_an_evaluation() {
    for text in [
        "($f := function() { $probe }; 1)",
        "($f := function() { $probe }; $f)",
        "($f := [function() { $f ~> $probe }]; {'f': $f})",
        "($f := function() { $probe }; $f + 1)",
        "$f := function() { [$probe, $f] }",
        "($f := function($n) { ($g := function() { [$probe, $f, $g] }; $n > 0 ? $f($n - 1) : $g) }; $f(3))",
        "[1, 2]#$i.($f := function() { [$probe, $f] }; $f)",
        "[1, 2]#$i[$f := function() { [$probe, $f] }]",
    ] {
        let alive = Rc::new(());
        {
            let storage = Storage::without_context();
            let evaluation = Evaluation::new(&storage, &Json::Null);
            let node = storage.keep_node(parse(text).unwrap());
            let held = alive.clone();
            let probe = move |_: &Evaluation<'_>, _: &[Value<'_>]| {
                let _ = &held;
                Err(Error::new("D1001"))
            };
            let probe = Value::from(Function::Native(Native { arity: 0, call: Box::new(probe) }));
            let _ = interpreter::evaluate_with(&evaluation, node, Value::Undefined, &[("probe", probe)]);
        }
        assert_eq!(Rc::strong_count(&alive), 1, "{text}");
    }
}

#[test]
fn an_object_is_seen_in_the_order_of_its_members() {
    let document = Json::Object(Map::from_iter([("z".to_owned(), json!(1)), ("a".to_owned(), json!(2))]));
    check("*", &document, "[1,2]");
    check("{'b': z, 'x': nothing, 'a': a}", &document, r#"{"b":1,"a":2}"#);
    check("{'b': z, 'b': a}", &document, "D1009: Multiple key definitions evaluate to same key: \"b\"");
}
