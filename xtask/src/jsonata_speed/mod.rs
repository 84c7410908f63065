//! The speed of expressions, beside Rust written by hand and other implementations of JSONata.

use std::process::{Command, ExitCode, Stdio};

use asl_codegen::emitted_jsonata::{self, Gives, Reason, Signature, Stands};
use asl_codegen::jsonata;
use serde_json::{Value, json};

use crate::arguments::{self, Known};
use crate::crates::{Crates, Entrance, Program, Unit};

const HELP: &str = "\
Times expressions as they stand in definitions: written by hand in Rust, compiled, interpreted, by the crate jsonata-core
(its values made before), and, when Node finds the package jsonata, by JSONata's own implementation. All are measured in one
run, and must give the same.

Usage: cargo xtask jsonata-speed [OPTIONS]

Options:
  --node-path DIR  Where Node looks for packages beside its own folders
  --help           Prints this help

Exit status: 0 when compiled code takes at most 1.3 times what Rust by hand takes (geometric mean) and no expression more
than 2.5 times, 1 when it takes more, 2 when it could not be found out.
";

/// The program that times. Its files are part of the generated crates, not of this one.
const PROGRAM: Program = Program {
    files: &[
        ("main.rs", include_str!("program/main.rs")),
        ("by_hand.rs", include_str!("program/by_hand.rs")),
        ("data.rs", include_str!("program/data.rs")),
        ("library.rs", include_str!("program/library.rs")),
    ],
    library: include_str!("program/library.rs"),
    dependencies: "jsonata-core = { version = \"2.2\", default-features = false }\nregex-lite = \"0.1\"\n",
    entrances: &[Entrance {
        name: "evaluate",
        takes: "Given<'_, '_>",
        gives: "Option<Value>",
        body: "value(given, MODULE::evaluate)",
    }],
};

/// Most that compiled code may take, in times of what Rust by hand takes: the geometric mean, and one expression.
const LIMITS: (f64, f64) = (1.3, 2.5);

/// The expressions by name.
pub(crate) const EXPRESSIONS: [(&str, &str); 19] = [
    ("path", "$states.input.order.id"),
    ("subtree", "$states.input.order.customer"),
    ("predicate", "$states.input.order.items[price > $threshold]"),
    ("sum-map", "$sum($states.input.order.items.(price * qty))"),
    (
        "concat",
        "'s3://' & $states.input.detail.bucket.name & '/' & $states.input.detail.object.key & '?size=' & \
         $states.input.detail.object.size",
    ),
    ("split-index", "$split($states.input.detail.object.key, '/')[-1]"),
    (
        "object",
        "{'id': $states.input.order.id, 'customer': {'name': $states.input.order.customer.name, 'city': \
         $states.input.order.customer.address.city}, 'itemCount': $count($states.input.order.items), 'total': \
         $states.input.order.total, 'started': $states.context.Execution.StartTime}",
    ),
    (
        "map-lambda",
        "$map($states.input.order.items, function($v, $i) { {'line': $i + 1, 'sku': $v.sku, 'amount': $v.price * \
         $v.qty} })",
    ),
    ("filter-lambda", "$filter($states.input.order.items, function($v) { $v.category = 'books' and $v.price < 60 })"),
    ("reduce", "$reduce($states.input.order.items, function($acc, $x) { $acc + $x.price * $x.qty }, 0)"),
    ("sort", "$states.input.order.items^(>price, name).sku"),
    ("group-by", "$states.input.order.items{category: $sum(price)}"),
    ("choice", "$states.input.order.customer.tier in ['gold', 'platinum'] and $states.input.order.total >= 100"),
    (
        "conditional",
        "$exists($states.input.order.coupon) ? $states.input.order.coupon.rate : $states.input.order.total > 1000 ? 0.1 \
         : 0",
    ),
    (
        "merge",
        "$merge([$states.input.order.customer, {'processed': true, 'when': $states.context.Execution.StartTime}])",
    ),
    ("fromMillis", "$fromMillis($states.input.requestTime, '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z')"),
    ("replace-regex", "$replace($states.input.order.id, /[^A-Za-z0-9]+/, '_')"),
    ("match-regex", "$match($states.input.order.customer.email, /^([a-z.]+)@([a-z.]+)$/).groups[1]"),
    (
        "transform",
        "( $items := $states.input.order.items[qty > 0]; $lines := $items.{'sku': sku, 'label': $uppercase(name) & ' x' & \
         $string(qty), 'amount': $round(price * qty, 2)}; {'orderId': $states.input.order.id, 'lines': $lines, 'total': \
         $sum($lines.amount), 'byCategory': $items{category: $count($)}, 'vip': $states.input.order.customer.tier = 'gold' \
         ? true : false} )",
    ),
];

pub(crate) fn run(parser: lexopt::Parser) -> Result<ExitCode, String> {
    let known = Known { command: "jsonata-speed", valued: &["node-path"], flags: &[] };
    let Some(options) = arguments::Options::read(parser, &known)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let units = EXPRESSIONS.iter().enumerate().map(|(index, (name, text))| {
        let node = jsonata::parse(text).map_err(|error| format!("{name}: {error}"))?;
        let (function, ending) = function(&node).map_err(|why| format!("{name}: {why}"))?;
        let module = format!("expression_{index}");
        let code = format!(
            "pub mod {module} {{
    use asl_runtime::__private as __rt;
    use asl_runtime::jsonata::{{Evaluation, Result, Variables}};
    {function}
    pub fn evaluate<'a>(evaluation: &Evaluation<'a>, variables: &'a dyn Variables) -> Result<Option<__rt::Value>> {{
        expression(evaluation, variables.variable(\"threshold\")).map({ending})
    }}
}}
"
        );
        Ok(Unit { module, code })
    });
    let units = units.collect::<Result<Vec<_>, String>>()?;
    let crates = Crates::of("jsonata-speed").release();
    if let Some((module, error)) = crates.build(&units, Some(&PROGRAM))?.errors.pop_first() {
        return Err(format!("{module} does not compile: {error}"));
    }
    let orders = EXPRESSIONS
        .iter()
        .zip(&units)
        .map(|((name, text), unit)| json!({"name": name, "text": text, "module": unit.module}));
    let file = crates.write("expressions.json", &Value::from_iter(orders).to_string())?;
    let results = lines(Command::new(crates.program()).arg(file))?;
    let node = under_node(&crates, options.text("node-path")?)?;
    print(&results, node.as_deref())
}

/// The function of an expression in a field that takes any JSON, and what makes JSON of what it gives.
fn function(node: &jsonata::syntax::Node) -> Result<(String, &'static str), Reason> {
    let signature =
        Signature { name: "expression", stands: Stands::InState, variables: &["threshold"], gives: Gives::Json };
    match emitted_jsonata::function(node, &signature) {
        Err(Reason::NoConstructor) => {
            let signature = Signature { gives: Gives::Value, ..signature };
            Ok((emitted_jsonata::function(node, &signature)?.to_string(), "asl_runtime::jsonata::Value::into_json"))
        }
        function => Ok((function?.to_string(), "std::convert::identity")),
    }
}

/// The lines of JSON that a program prints.
fn lines(command: &mut Command) -> Result<Vec<Value>, String> {
    let name = format!("{:?}", command.get_program());
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("cannot run {name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} ended with {}", output.status));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    lines.lines().map(|line| line.parse().map_err(|error| format!("{line}: {error}"))).collect()
}

/// What Node takes; none where it does not find the package.
fn under_node(crates: &Crates, path: Option<&str>) -> Result<Option<Vec<Value>>, String> {
    let node = || {
        let mut command = Command::new("node");
        if let Some(path) = path {
            command.env("NODE_PATH", path);
        }
        command
    };
    let found = node().args(["-e", "require('jsonata')"]).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let mut data = lines(Command::new(crates.program()).arg("--data"))?.pop().unwrap_or_default();
    data["expressions"] = EXPRESSIONS.iter().map(|(name, text)| json!({"name": name, "text": text})).collect();
    let data = crates.write("data.json", &data.to_string())?;
    let script = crates.write("node.js", include_str!("program/node.js"))?;
    lines(node().arg(script).arg(data)).map(Some)
}

fn print(results: &[Value], node: Option<&[Value]>) -> Result<ExitCode, String> {
    println!(
        "{:<14} {:>10} {:>10} {:>7} {:>12} {:>13} {:>10}",
        "nanoseconds", "by hand", "compiled", "ratio", "interpreted", "jsonata-core", "Node"
    );
    let mut ratios = Vec::new();
    for (index, ((name, _), result)) in EXPRESSIONS.iter().zip(results).enumerate() {
        if let Some(error) = result.get("error") {
            return Err(format!("{name}: {error}"));
        }
        let number = |name: &str| result.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let node = node.and_then(|node| node.get(index)?.get("nanoseconds")?.as_f64());
        let node = node.map_or_else(|| "-".to_owned(), |time| format!("{time:.0}"));
        println!(
            "{name:<14} {:>10.0} {:>10.0} {:>7.2} {:>12.0} {:>13.0} {node:>10}",
            number("by_hand"),
            number("compiled"),
            number("ratio"),
            number("interpreted"),
            number("core"),
        );
        ratios.push(number("ratio"));
    }
    if node.is_none() {
        println!("Node is left out: it is not installed, or does not find the package jsonata (see --help)");
    }
    let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
    let most = ratios.iter().copied().fold(0.0, f64::max);
    println!("compiled / by hand: geometric mean {mean:.2} (limit {}), most {most:.2} (limit {})", LIMITS.0, LIMITS.1);
    Ok(if mean <= LIMITS.0 && most <= LIMITS.1 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
