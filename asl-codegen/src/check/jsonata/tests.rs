//! What is found in single expressions, and what is not.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::analysis::{Finding, What, analyse};
use super::kinds::Kinds;
use super::{present, reads};
use crate::Options;
use crate::definition::Expression;
use crate::jsonata;
use crate::node::Text;
use crate::source::Source;
use crate::span::Span;

/// The findings of the codes that are tested here, in a machine.
fn findings(machine: &Value) -> Vec<String> {
    let checked = crate::check(Source::new("machine.asl.json", machine.to_string()), &Options::default());
    let own = ["ASL0401", "ASL0406", "ASL0407", "ASL0408", "ASL0409", "ASL0410", "ASL0411", "ASL0412", "ASL0418"];
    let found = checked.diagnostics.iter().filter(|finding| own.contains(&finding.code.name()));
    found.map(|finding| format!("{:?} {}: {}", finding.level, finding.code, finding.message)).collect()
}

fn pass(expression: &str) -> Value {
    json!({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": {"Type": "Pass", "Assign": {"known": 1}, "Next": "B"},
        "B": {"Type": "Pass", "Output": format!("{{% {expression} %}}"), "End": true}}})
}

/// Holds the findings in an expression that is the output of state `B`, where `$known` is a variable of the machine,
/// against `expected`.
#[track_caller]
fn check(expression: &str, expected: &[&str]) {
    assert_eq!(findings(&pass(expression)), expected, "{expression}");
}

#[track_caller]
fn right(expressions: &[&str]) {
    expressions.iter().for_each(|expression| check(expression, &[]));
}

/// Recorded on AWS: only the first step of a path is read in the context of the whole, and functions keep that context.
#[test]
fn a_name_needs_a_context() {
    right(&[
        "$states.input.phone",
        "$states.input.items[phone > 3]",
        "$states.input.items.(phone & name)",
        "$states.input.items{phone: $sum(price)}",
        "$states.input.items^(>price).name",
        "$map($states.input.items, function($item) { $item.phone })",
        "$states.input.items[$.price > 1]",
        "$states.input ~> | items | {'price': price * 2}, 'old' |",
        "($items := $states.input.items; $items[price > 1])",
        "$known",
    ]);
    let name = |name: &str| {
        format!("Error ASL0406: `{name}` in `Output` of state `B` is nothing: an expression has no input of its own")
    };
    check("phone", &[&name("phone")]);
    check("phone[0].x", &[&name("phone")]);
    check("a + b + a", &[&name("a"), &name("b")]);
    check("{aaa: 1}", &[&name("aaa")]);
    check("$map($states.input.items, function($item) { price })", &[&name("price")]);
    let context = "Error ASL0407: `$` in `Output` of state `B` is nothing: an expression has no input of its own";
    check("$.phone", &[context]);
    check("$map($states.input.items, function($item) { $ })", &[context]);
    check("$states.input.items[id = $$.id]", &["Error ASL0407: `$$` in `Output` of state `B` is not supported"]);
}

#[test]
fn functions_exist_or_are_local() {
    right(&[
        "($double := function($x) { $x * 2 }; $double(2))",
        "($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(4))",
        "$map([1, 2], $string)",
        "[1, 2] ~> $sum",
        "$states.input.name ~> $uppercase() ~> $trim()",
        "$map($states.input.items, function($v, $i) { $v & $i })",
        "$filter($states.input.items, function($v) { $v.price > 1 }) ~> $count()",
        "$partition([1, 2, 3], 2)",
        "$hash('text', 'SHA-256') & $uuid() & $string($random(1))",
        "$states.input.names.$uppercase()",
    ]);
    check("$nope(1)", &["Error ASL0410: `Output` of state `B` calls `$nope`, which does not exist"]);
    check(
        "$known(1)",
        &["Error ASL0410: `Output` of state `B` calls the variable `$known`, and variables hold no functions"],
    );
    check(
        "$states.input.x ? $nope(1) : 2",
        &["Warning ASL0410: `Output` of state `B` calls `$nope`, which does not exist"],
    );
    check("sum([1])", &["Error ASL0410: `sum` in `Output` of state `B` is called without its `$`"]);
    check(
        "1 ~> 2",
        &[
            "Error ASL0418: `Output` of state `B` fails: T2006: The right side of the function application operator ~> must be a function",
        ],
    );
}

#[test]
fn arguments_are_held_against_signatures() {
    right(&[
        "$substring('text', 1)",
        "$substring($states.input.a, $states.input.b, $states.input.c)",
        "$now()",
        "$now('[Y]')",
        "$sum(1)",
        "$sum([1, $states.input.n])",
        "$zip([1], [2], [3])",
        "$sort($states.input.items, function($l, $r) { $l > $r })",
        "$number(true)",
        "$contains('a', /b/)",
        "$merge([{'a': 1}, $states.input])",
        "$count($states.input.items)",
        "$uppercase($states.input.missing)",
        "$join(['a', 'b'], ', ')",
        "$lookup($states.input, 'a')",
    ]);
    check(
        "$uppercase('a', 'b', 'c')",
        &["Error ASL0410: `$uppercase` in `Output` of state `B` takes 0 to 1 arguments, and 3 are given"],
    );
    check(
        "$uppercase(1)",
        &["Error ASL0410: argument 1 of `$uppercase` in `Output` of state `B` is a number; it must be a string"],
    );
    check(
        "$substring('a', 'b')",
        &["Error ASL0410: argument 2 of `$substring` in `Output` of state `B` is a string; it must be a number"],
    );
    check(
        "$sum('a')",
        &["Error ASL0410: argument 1 of `$sum` in `Output` of state `B` is a string; it must be a number or an array"],
    );
    check(
        "$sum(['a'])",
        &["Error ASL0410: argument 1 of `$sum` in `Output` of state `B` has an item that is not a number"],
    );
    check(
        "$map([1], 2)",
        &["Error ASL0410: argument 2 of `$map` in `Output` of state `B` is a number; it must be a function"],
    );
    check("$uuid(1)", &["Error ASL0410: `$uuid` in `Output` of state `B` takes no argument, and 1 is given"]);
}

#[test]
fn operations_that_fail_for_all_data() {
    right(&[
        "$states.input.a + $states.input.b",
        "$states.input.a < $states.input.b",
        "'a' & 1 & null & [1]",
        "1 = 'a'",
        "'a' in [1, 2]",
        "[1..$states.input.n]",
        "$string(1) & 'a'",
        "$number('1') + 1",
        "-$states.input.n",
        "{'a': 1, 'b': 2}",
        "$states.input.items.{name: price}",
    ]);
    let fails = |error: &str| format!("Error ASL0418: `Output` of state `B` fails: {error}");
    check("'a' + 1", &[&fails("T2001: The left side of the \"+\" operator must evaluate to a number")]);
    check("1 + 'a'", &[&fails("T2002: The right side of the \"+\" operator must evaluate to a number")]);
    check(
        "1 < 'a'",
        &[&fails("T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type")],
    );
    check("{1: 2}", &[&fails("T1003: Key in object structure must evaluate to a string; got: 1")]);
    check("-'a'", &[&fails("D1002: Cannot negate a non-numeric value: \"a\"")]);
    check("$string(1) - 1", &[&fails("T2001: The left side of the \"-\" operator must evaluate to a number")]);
}

#[test]
fn what_gives_nothing() {
    right(&[
        "$states.input.missing",
        "$known.missing",
        "null",
        "$exists($known)",
        "[]",
        "$states.context.Execution.Input.a",
    ]);
    check("(1).b", &["Error ASL0412: the expression in `Output` of state `B` gives nothing"]);
    check("()", &["Error ASL0412: the expression in `Output` of state `B` gives nothing"]);
    check(
        "$states.context.Executoin.Id",
        &["Error ASL0412: `Executoin` in `Output` of state `B` does not exist in the context object"],
    );
    check("$sum", &["Error ASL0411: the expression in `Output` of state `B` gives a function, which is no JSON"]);
}

#[test]
fn members_of_states_exist_in_some_fields() {
    let task = |arguments: &str, output: &str, caught: &str| {
        json!({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                  "Arguments": {"FunctionName": "f", "Payload": format!("{{% {arguments} %}}")},
                  "Output": format!("{{% {output} %}}"),
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Output": format!("{{% {caught} %}}"), "Next": "B"}],
                  "Next": "B"},
            "B": {"Type": "Succeed"}}})
    };
    assert_eq!(findings(&task("$states.input", "$states.result", "$states.errorOutput.Error")), [""; 0]);
    assert_eq!(
        findings(&task("$states.result", "$states.errorOutput", "$states.result")),
        [
            "Error ASL0408: `$states.result` does not exist in `Arguments.Payload` of state `A`: only in `Output` and \
             `Assign` of Task, Parallel and Map states",
            "Error ASL0408: `$states.errorOutput` does not exist in `Output` of state `A`: only in `Output` and `Assign` of \
             a catcher",
            "Error ASL0408: `$states.result` does not exist in `Catch[0].Output` of state `A`: only in `Output` and \
             `Assign` of Task, Parallel and Map states",
        ]
    );
    check("$states.inputs.a", &["Error ASL0408: `$states.inputs` in `Output` of state `B` does not exist"]);
}

fn parsed(text: &str) -> Expression {
    Expression { text: Text::opaque(text, Span::default()), syntax: Some(jsonata::parse(text).unwrap()) }
}

/// Holds the variables that an expression reads against `expected`; those that it needs end with `!`.
#[track_caller]
fn check_reads(text: &str, expected: &[&str]) {
    let expression = parsed(text);
    let found = reads(&expression, &HashSet::from(["count"])).into_iter();
    let found: Vec<String> = found.map(|read| format!("{}{}", read.name, if read.needed { "!" } else { "" })).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn variables_that_are_read_and_needed() {
    check_reads("$x", &["x!"]);
    check_reads("$x.a[b = $y]", &["x!", "y"]);
    check_reads("$x + $y", &["x!", "y!"]);
    check_reads("$x & 'a'", &["x"]);
    check_reads("$exists($x) ? $x : 0", &["x"]);
    check_reads("{'a': $x}", &["x"]);
    check_reads("($x := 1; $x + $y)", &["y!"]);
    check_reads("$map($x, function($v, $i) { $v + $i + $y })", &["x!", "y"]);
    check_reads("$states.input.a", &[]);
    check_reads("$sum($x) + $count", &["x!", "count!"]);
    check_reads("$uppercase($x)", &["x!"]);
    check_reads("$x > 1", &["x!"]);
    check_reads("$x = 1", &["x"]);
    check_reads("$states.input.items@$i.prices#$n.{'i': $i, 'n': $n}", &[]);
}

#[test]
fn variables_that_a_condition_asks_for() {
    let check = |text: &str, expected: &[&str]| assert_eq!(present(&parsed(text)), expected, "{text}");
    check("$exists($x)", &["x"]);
    check("$exists($x.a) and ($y > 1)", &["x", "y"]);
    check("$x = 1 or $y = 2", &[]);
    check("$not($exists($x))", &[]);
}

/// Every expression of definitions that AWS has taken and run to their end.
#[test]
fn what_ran_on_aws_is_right() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance"));
    let mut wrong: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut counted = 0;
    for file in ["executions.jsonl", "test_state.jsonl"] {
        let Ok(rows) = fs::read_to_string(folder.join(file)) else {
            eprintln!("skipped: {} is absent", folder.join(file).display());
            continue;
        };
        for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            if row["expected"]["status"] != "SUCCEEDED" || !row["definition"].is_object() {
                continue;
            }
            let definition = match row["definition"].get("States") {
                Some(_) => row["definition"].clone(),
                None => json!({"StartAt": "S", "States": {"S": row["definition"]}}),
            };
            counted += 1;
            let errors = findings(&definition).into_iter().filter(|finding| finding.starts_with("Error"));
            wrong.entry(row["id"].to_string()).or_default().extend(errors);
        }
    }
    wrong.retain(|_, errors| !errors.is_empty());
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("{counted} definitions");
}

/// What is concluded of an expression holds for what it gives: for the cases of JSONata's own tests that read no input.
#[test]
fn conclusions_hold_for_the_suite() {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/jsonata-suite/cases.jsonl"));
    let Ok(rows) = fs::read_to_string(file) else {
        eprintln!("skipped: {} is absent", file.display());
        return;
    };
    let (mut wrong, mut held) = (Vec::new(), 0);
    for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let Ok(syntax) = jsonata::parse(row["expr"].as_str().unwrap()) else { continue };
        let outcome = analyse(&syntax, &HashSet::from(["eval"]), None);
        let reads_input = |what: &What<'_>| matches!(what, What::Name(..) | What::Context(_) | What::Root);
        let has_input = row.get("data").is_some() || row.get("dataset").is_some();
        if row.get("bindings").is_some_and(|bindings| bindings != &json!({}))
            || outcome.findings.iter().any(|finding| reads_input(&finding.what))
            || (has_input && row["expr"].as_str().unwrap().contains('*'))
        {
            continue;
        }
        held += 1;
        let given = match (&row["result"], row.get("code")) {
            (_, Some(_)) => continue,
            _ if row.get("error").is_some() => continue,
            _ if row.get("result").is_none() => Kinds::UNDEFINED,
            (Value::Null, _) => Kinds::NULL,
            (Value::Bool(_), _) => Kinds::BOOLEAN,
            (Value::Number(_), _) => Kinds::NUMBER,
            (Value::String(_), _) => Kinds::STRING,
            (Value::Array(_), _) => Kinds::ARRAY,
            (Value::Object(_), _) => Kinds::OBJECT,
        };
        let fails =
            |finding: &&Finding<'_>| !finding.guarded && matches!(finding.what, What::Misuse(..) | What::Failure(_));
        if let Some(finding) = outcome.findings.iter().find(fails) {
            wrong.push(format!("{}: {} does not fail: {:?}", row["id"], row["expr"], finding.what));
        }
        if !outcome.kinds.may_be(given) {
            wrong.push(format!(
                "{}: {} gives {} and not {}",
                row["id"],
                row["expr"],
                row["result"],
                outcome.kinds.words()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(held > 0);
    println!("{held} expressions");
}

#[test]
fn nothing_panics_however_deep() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(190), close.repeat(190));
    for expression in [
        deep("(", ")"),
        deep("[", "]"),
        deep("$not(", ")"),
        deep("function($x) { ", " }"),
        deep("{'a': ", "}"),
        deep("$states.input[", "]"),
        deep("$x ? ", " : 2"),
        format!("1{}", " + 1".repeat(450)),
        format!("$states{}", ".a".repeat(5000)),
        format!(
            "($a0 := 1{}{})",
            (1..9000).map(|n| format!("; $a{n} := 1")).collect::<String>(),
            "; $a0; $b".repeat(9000)
        ),
        format!("$a0{}", (1..200).map(|number| format!(" & $a{number}")).collect::<String>()),
    ] {
        findings(&pass(&expression));
    }
}
