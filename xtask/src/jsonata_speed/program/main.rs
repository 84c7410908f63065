//! Times the expressions of the file in the first argument: written by hand, compiled, interpreted, and by another
//! implementation in Rust, all in turn; prints a line of JSON for each.

mod by_hand;
mod data;
#[allow(dead_code, reason = "each crate of expressions has it too")]
mod library;
mod machines;

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use asl_runtime::jsonata::{self, Evaluation, Storage, Variables, interpreter};
use asl_runtime::{Context, ExecutionInfo, ExecutionSource, ExecutionType, Timestamp};
use jsonata_core::evaluator::{Context as CoreContext, Evaluator};
use jsonata_core::value::JValue;
use library::Given;
use serde_json::{Value, json};

use by_hand::Data;

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

const ROUNDS: usize = 25;

/// The first rounds warm up.
const WARM_UP: usize = 3;

/// So long one measurement takes, about.
const MEASUREMENT: Duration = Duration::from_millis(10);

/// An execution whose context object is given.
#[derive(Debug)]
struct Execution(ExecutionInfo, Value);

impl ExecutionSource for Execution {
    fn info(&self) -> &ExecutionInfo {
        &self.0
    }

    fn context_object(&self) -> Option<&Value> {
        Some(&self.1)
    }
}

struct Bindings<'d>(&'d Value);

impl Variables for Bindings<'_> {
    fn variable(&self, name: &str) -> Option<&Value> {
        (name == "threshold").then_some(self.0)
    }
}

fn main() -> Result<()> {
    let file = std::env::args().nth(1).ok_or("the file of the expressions is missing")?;
    if file == "--data" {
        let Data { input, context, threshold } = data::data();
        let said = json!({"states": {"input": input, "context": context}, "bindings": {"threshold": threshold}});
        println!("{said}");
        return Ok(());
    }
    let data = data::data();
    let expressions: Value = std::fs::read_to_string(file)?.parse()?;
    let mut output = std::io::stdout().lock();
    for expression in expressions.as_array().into_iter().flatten() {
        let text = |name: &str| expression[name].as_str().unwrap_or_default().to_owned();
        let said = run(&data, &text("name"), text("text"), &text("module"));
        let said = said.unwrap_or_else(|error| json!({"error": error.to_string()}));
        writeln!(output, "{said}")?;
        output.flush()?;
    }
    Ok(())
}

fn run(data: &Data, name: &str, text: String, module: &str) -> Result<Value> {
    let execution = Execution(info(), data.context.clone());
    let epoch = Timestamp { seconds: 0, nanoseconds: 0 };
    let context = Context {
        execution: &execution,
        state_name: "S",
        entered_time: epoch,
        retry_count: None,
        task_token: None,
        map_item: None,
        inspector: None,
        event: 0,
        time: epoch,
    };
    let storage = Storage::new(&context);
    let bindings = Bindings(&data.threshold);
    let evaluation = Evaluation::new(&storage, &data.input);
    let node = storage.keep_node(jsonata::parse(&text)?);
    let evaluate = machines::EVALUATE.iter().find_map(|evaluate| evaluate(module)).ok_or("it is not compiled")?;
    let hand = by_hand::find(name).ok_or("nothing is written by hand for it")?;
    let states: JValue = json!({"input": data.input, "context": data.context}).into();
    let core_node = jsonata_core::parser::parse(&text)?;
    let mut core = core(&states, data);

    let by_hand = || hand(data);
    let compiled = || evaluate((&evaluation, &bindings));
    let interpreted = || {
        evaluation.begin();
        interpreter::evaluate(&evaluation, node, &bindings).ok()?.into_json()
    };
    let mut peer = || core.evaluate(&core_node, &JValue::Undefined).ok();

    let expected = by_hand();
    for (way, value) in [("compiled", compiled()), ("interpreted", interpreted())] {
        if value.as_ref().map(Value::to_string) != expected.as_ref().map(Value::to_string) {
            return Err(format!("by hand {expected:?}, {way} {value:?}").into());
        }
    }
    let peer_value = peer().map(|value| Value::from(&value));
    if !same(expected.as_ref(), peer_value.as_ref()) {
        return Err(format!("by hand {expected:?}, the other implementation {peer_value:?}").into());
    }
    let mut times = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let mut ratios = Vec::new();
    for round in 0..ROUNDS + WARM_UP {
        let all = [time(&mut || by_hand()), time(&mut || compiled()), time(&mut || interpreted()), time(&mut peer)];
        if round >= WARM_UP {
            ratios.push(all[1] / all[0]);
            times.iter_mut().zip(all).for_each(|(times, time)| times.push(time));
        }
    }
    let [by_hand, compiled, interpreted, core] = times.map(median);
    Ok(json!({
        "value": expected,
        "by_hand": by_hand,
        "compiled": compiled,
        "interpreted": interpreted,
        "core": core,
        "ratio": median(ratios),
    }))
}

fn info() -> ExecutionInfo {
    let text = || String::new();
    ExecutionInfo {
        id: text(),
        name: text(),
        input: None,
        start_time: Timestamp { seconds: 0, nanoseconds: 0 },
        role_arn: text(),
        execution_type: ExecutionType::Standard,
        state_machine_id: text(),
        state_machine_name: text(),
    }
}

/// The other implementation's evaluator, with its values made of the data before.
fn core(states: &JValue, data: &Data) -> Evaluator {
    let mut context = CoreContext::new();
    context.bind("states".to_owned(), states.clone());
    context.bind("threshold".to_owned(), data.threshold.clone().into());
    Evaluator::with_context(context)
}

/// Whether two values are the same: the other implementation gives whole numbers as floats.
fn same(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => left.as_f64() == right.as_f64(),
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(Some(left), Some(right)))
        }
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            left.len() == right.len() && left.iter().all(|(name, left)| same(Some(left), right.get(name)))
        }
        _ => left == right,
    }
}

/// Mean nanoseconds of one call.
fn time<T>(work: &mut dyn FnMut() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    let once = start.elapsed().max(Duration::from_nanos(50));
    let repeats = (MEASUREMENT.as_nanos() / once.as_nanos()).clamp(1, 100_000);
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(work());
    }
    start.elapsed().as_nanos() as f64 / repeats as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
