//! Evaluates random expressions, by the interpreter and by another implementation in Rust. Prints what differs, one line of
//! JSON each, and at the end how many there were.

mod expressions;
#[allow(dead_code, reason = "each crate of expressions has it too")]
mod library;
mod machines;

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use asl_runtime::Value;
use asl_runtime::jsonata::{self, Evaluation, Limits, Storage, Variables, interpreter};
use expressions::Random;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorOptions};
use jsonata_core::value::JValue;
use library::{Given, answer};
use serde_json::json;

/// The stack of a thread of an async runtime.
const STACK: usize = 2 << 20;

/// Enough for an expression of this size, and soon used up by one that has no end.
const LIMITS: Limits = Limits { steps: 200_000, memory: 16 << 20, ..Limits::DEFAULT };

/// What is printed of each sort of difference.
const EXAMPLES: usize = 20;

type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("an argument is missing");
    match &*next()? {
        "compiled" => {
            let file = next()?;
            in_thread(move || compiled(&file))
        }
        _ => {
            let (seed, count, seconds): (u64, u64, u64) = (next()?.parse()?, next()?.parse()?, next()?.parse()?);
            in_thread(move || random(seed, count, Duration::from_secs(seconds)))
        }
    }
}

fn in_thread(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    std::thread::Builder::new().stack_size(STACK).spawn(work)?.join().map_err(|_| "it crashed")?
}

/// Random expressions, each with data of its own.
fn random(seed: u64, count: u64, time: Duration) -> Result<()> {
    let start = Instant::now();
    let mut output = std::io::stdout().lock();
    let mut differences: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut done, mut valid, mut compared, mut slowest) = (0, 0_u64, 0_u64, Duration::ZERO);
    while done < count && start.elapsed() < time {
        if done % 10_000 == 0 {
            // If the program ends here, this says where.
            writeln!(output, "{}", json!({"reached": done}))?;
            output.flush()?;
        }
        let (text, data) = expressions::case(seed.wrapping_add(done));
        done += 1;
        let began = Instant::now();
        let ours = interpreted(&text, &data);
        slowest = slowest.max(began.elapsed());
        if ours.get("code").is_none_or(|code| !code.as_str().unwrap_or_default().starts_with('S')) {
            valid += 1;
        }
        if let Some(theirs) = other(&text, &data) {
            compared += 1;
            if let Some(sort) = difference(&ours, &theirs) {
                let seen = differences.entry(sort).or_default();
                *seen += 1;
                if *seen <= EXAMPLES {
                    let difference = json!({"sort": sort, "expression": text, "data": data, "ours": ours, "theirs": theirs});
                    writeln!(output, "{difference}")?;
                }
            }
        }
    }
    let said = json!({
        "done": done, "valid": valid, "compared": compared, "differences": differences,
        "slowest_ms": slowest.as_secs_f64() * 1e3, "seconds": start.elapsed().as_secs_f64(),
    });
    writeln!(output, "{said}")?;
    Ok(())
}

/// The expressions of a file that were compiled, each with some random data.
fn compiled(file: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    let (mut done, mut differ) = (0, 0);
    for (number, line) in std::io::BufReader::new(std::fs::File::open(file)?).lines().enumerate() {
        let order: Value = line?.parse()?;
        let module = order["module"].as_str().unwrap_or_default();
        let text = order["expression"].as_str().unwrap_or_default();
        let evaluate = machines::EVALUATE.iter().find_map(|evaluate| evaluate(module)).ok_or("it is not compiled")?;
        for seed in 0..40 {
            let data = expressions::data(&mut Random::new(seed * 1_000_003 + number as u64), 4);
            let interpreted = interpreted(text, &data);
            let storage = Storage::without_context();
            let evaluation = Evaluation::new(&storage, &Value::Null).with_limits(LIMITS);
            let input = jsonata::Value::from(&data);
            let compiled = evaluate((&evaluation, &input, &() as &dyn Variables));
            done += 1;
            if compiled != interpreted {
                differ += 1;
                if differ <= EXAMPLES {
                    let said = json!({
                        "sort": "compiled", "expression": text, "data": data, "ours": compiled, "theirs": interpreted
                    });
                    writeln!(output, "{said}")?;
                }
            }
        }
    }
    writeln!(output, "{}", json!({"done": done, "differences": {"compiled": differ}}))?;
    Ok(())
}

fn interpreted(text: &str, data: &Value) -> Value {
    let storage = Storage::without_context();
    let evaluation = Evaluation::new(&storage, &Value::Null).with_limits(LIMITS);
    let node = match jsonata::parse(text) {
        Ok(node) => storage.keep_node(node),
        Err(error) => return answer(Err(error)),
    };
    answer(interpreter::evaluate_with(&evaluation, node, jsonata::Value::from(data), &[]))
}

/// What the other implementation gives; none where it gives up.
fn other(text: &str, data: &Value) -> Option<Value> {
    let node = match jsonata_core::parser::parse(text) {
        Ok(node) => node,
        Err(error) => return Some(json!({"code": code(&error.to_string())})),
    };
    let options = EvaluatorOptions {
        timeout_ms: Some(200),
        max_stack_depth: Some(100),
        ..EvaluatorOptions::default()
    };
    let mut evaluator = Evaluator::with_options(Context::new(), options);
    match evaluator.evaluate(&node, &JValue::from(data.clone())) {
        Ok(value) if value.is_undefined() || value.is_function() => Some(json!({"nothing": true})),
        Ok(value) => Some(json!({"value": Value::from(&value)})),
        Err(error) => {
            let code = error.code().map_or_else(|| code(&error.to_string()), str::to_owned);
            (!code.starts_with("D101") && code != "U1001").then(|| json!({"code": code}))
        }
    }
}

fn code(message: &str) -> String {
    let start = message.find(|character: char| "STDU".contains(character));
    let code = start.and_then(|start| message.get(start..start + 5));
    code.filter(|code| code[1..].bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("?").to_owned()
}

/// As what two answers differ.
fn difference(ours: &Value, theirs: &Value) -> Option<&'static str> {
    match (ours.get("code").and_then(Value::as_str), theirs.get("code").and_then(Value::as_str)) {
        (Some("U1001"), _) => None,
        // Its parser gives most syntax errors one code.
        (Some(ours), Some(theirs)) if ours.starts_with('S') && (theirs.starts_with('S') || theirs == "?") => None,
        (Some(ours), Some(theirs)) => (ours != theirs).then_some("another error"),
        (Some(_), None) => Some("an error only here"),
        (None, Some(_)) => Some("an error only there"),
        (None, None) => (!same(ours, theirs)).then_some("another value"),
    }
}

/// Whether two values are the same: the other implementation gives whole numbers as floats.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}
