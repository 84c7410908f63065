//! Evaluates what the file in the first argument orders, one JSON object per line; prints a line for each.

#[allow(dead_code, reason = "each crate of expressions has it too")]
mod library;
mod machines;

use std::io::{BufRead, Write};

use asl_runtime::Value;
use asl_runtime::jsonata::{self, Evaluation, Limits, Storage, Variables, interpreter, parse};
use library::{Given, answer};

/// The stack of a thread of an async runtime.
const STACK: usize = 2 << 20;

/// A case makes more values than an expression of a state may.
const LIMITS: Limits = Limits { memory: 4 << 30, ..Limits::DEFAULT };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("the file of the orders is missing")?;
    let mut output = std::io::stdout().lock();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let order: Value = line?.parse()?;
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || run(&order))?;
        let result = thread.join().unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Value::from_iter([("panic", text)])
        });
        writeln!(output, "{result}")?;
        output.flush()?;
    }
    Ok(())
}

struct Bindings<'a>(&'a Value);

impl Variables for Bindings<'_> {
    fn variable(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

fn run(order: &Value) -> Value {
    let storage = Storage::without_context();
    let bindings = Bindings(&order["bindings"]);
    let evaluation = Evaluation::new(&storage, &Value::Null).with_limits(LIMITS);
    let input = order.pointer("/input/0").map(jsonata::Value::from).unwrap_or_default();
    let mut said = Value::from_iter([("interpreted", interpreted(&evaluation, order, input.clone()))]);
    let module = order["module"].as_str().unwrap_or_default();
    if let Some(evaluate) = machines::EVALUATE.iter().find_map(|evaluate| evaluate(module)) {
        evaluation.begin();
        said["compiled"] = evaluate((&evaluation, &input, &bindings));
    }
    said
}

fn interpreted<'a>(evaluation: &Evaluation<'a>, order: &'a Value, input: jsonata::Value<'a>) -> Value {
    let node = match parse(order["expression"].as_str().unwrap_or_default()) {
        Ok(node) => evaluation.storage.keep_node(node),
        Err(error) => return answer(Err(error)),
    };
    let bindings = order["bindings"].as_object().into_iter().flatten();
    let bindings: Vec<_> = bindings.map(|(name, value)| (name.as_str(), jsonata::Value::from(value))).collect();
    answer(interpreter::evaluate_with(evaluation, node, input, &bindings))
}
