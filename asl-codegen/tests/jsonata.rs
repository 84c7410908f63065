//! Rust for JSONata expressions: `jsonata/expressions.txt` has them, `jsonata/expressions.rs` the code, which
//! `jsonata_results.rs` runs. `UPDATE=1` rewrites it.

#![deny(warnings)]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use asl_codegen::emitted_jsonata::{Gives, Reason, Signature, Stands, function, function_text};
use asl_codegen::jsonata::parse;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/jsonata");

/// The variables of the machine.
const VARIABLES: &[&str] = &["threshold"];

/// Names and expressions.
fn expressions() -> Vec<(&'static str, &'static str)> {
    include_str!("jsonata/expressions.txt").lines().map(|line| line.split_once(": ").unwrap()).collect()
}

fn signature(name: &str, gives: Gives) -> Signature<'_> {
    Signature { name, stands: Stands::InState, variables: VARIABLES, gives }
}

#[test]
fn expressions_are_these_functions() {
    let mut code = "use asl_runtime::__private as __rt;\n\n".to_owned();
    let mut table = String::new();
    for (name, expression) in expressions() {
        let node = parse(expression).unwrap();
        let mut push = |name: &str, gives| -> std::result::Result<(), Reason> {
            let text = function_text(&node, &signature(name, gives))?;
            code.push_str(&format!("// {expression}\n{text}\n"));
            Ok(())
        };
        push(name, Gives::Value).unwrap();
        let made = push(&format!("{name}_json"), Gives::Json);
        let json = if made.is_ok() { format!("Some({name}_json)") } else { "None".to_owned() };
        table.push_str(&format!("    (\"{name}\", {name}, {json}),\n"));
    }
    code.push_str(&format!("pub(super) const ALL: &[(&str, super::Compiled, Option<super::Made>)] = &[\n{table}];\n"));
    let golden = format!("{FOLDER}/expressions.rs");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &code).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(code == expected, "{golden} differs; `UPDATE=1` rewrites it");
}

#[track_caller]
fn check_interpreted(expression: &str, reason: Reason) {
    let node = parse(expression).unwrap();
    let signature = Signature { stands: Stands::Alone, ..signature("expression", Gives::Value) };
    match function(&node, &signature) {
        Ok(code) => panic!("{expression}: {code}"),
        Err(given) => assert_eq!(given, reason, "{expression}"),
    }
}

#[test]
fn these_are_left_to_the_interpreter() {
    check_interpreted("a.b.%.c", Reason::Parent);
    check_interpreted("a@$x.b", Reason::Focus);
    check_interpreted("a#$i[$i < 2]", Reason::Index);
    check_interpreted("$ ~> |a|{'b': 1}|", Reason::Composition);
    check_interpreted("|a|{'b': 1}|", Reason::Transform);
    check_interpreted("$substring(?, 1)", Reason::Partial);
    check_interpreted("$trim ~> $uppercase", Reason::Composition);
    check_interpreted("a ~> $uppercase", Reason::Composition);
    check_interpreted("( $f := function($n) { $n > 1 ? $n * $f($n - 1) : 1 }; $f(4) )", Reason::Recursion);
    check_interpreted("( $f := function() { $x }; $x := 1; $f() )", Reason::Recursion);
    check_interpreted("( $x := 1; $f := function() { $x }; $x := 2; $f() )", Reason::Recursion);
    check_interpreted("( $f := function($x) { $x }; $f )", Reason::FunctionValue);
    check_interpreted("function($x) { $x }", Reason::FunctionValue);
    check_interpreted("$map(a, function($x)<n:n> { $x })", Reason::Signature);
    check_interpreted("$nothing(1)", Reason::Callee);
    check_interpreted("(function($x) { $x })(1)", Reason::Callee);
    check_interpreted("$eval('1')", Reason::Eval);
    check_interpreted("[$x := 1]", Reason::Bind);
    check_interpreted("/a/", Reason::Regex);
    check_interpreted("{'a': 1, 'a': 2}", Reason::SameName);
    check_interpreted("[$].a", Reason::ArrayStep);
    check_interpreted("**[]", Reason::KeptArray);
    check_interpreted(&format!("{}1", "1 + ".repeat(100)), Reason::Size);
}
