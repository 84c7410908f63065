//! Runs the workloads of the file in the first argument, one JSON object per line, beside what was written by hand for
//! them; prints a line of JSON for each.

mod by_hand;
mod machines;

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use asl_runtime::{BoxFuture, Event, EventKind, Failure, Observer};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

type Start = (Value, Option<&'static dyn Observer>);
type Started = BoxFuture<'static, Result<Value, Failure>>;
type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

const ROUNDS: usize = 25;

/// The first rounds warm up.
const WARM_UP: usize = 3;

/// So long one measurement takes, about.
const MEASUREMENT: Duration = Duration::from_millis(20);

/// Counts the states that are entered.
#[derive(Default)]
struct Counter(AtomicU64);

impl Observer for Counter {
    fn event(&self, event: &Event<'_>) {
        if matches!(event.kind, EventKind::StateEntered { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

static COUNTER: Counter = Counter(AtomicU64::new(0));

fn main() -> Result<()> {
    let file = std::env::args().nth(1).ok_or("the file of the workloads is missing")?;
    // A current-thread runtime with timers is all that an execution needs; both sides run on it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let mut output = std::io::stdout().lock();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let workload: Value = line?.parse()?;
        let said = run(&runtime, &workload).unwrap_or_else(|error| json!({"error": error.to_string()}));
        writeln!(output, "{said}")?;
        output.flush()?;
    }
    Ok(())
}

fn run(runtime: &Runtime, workload: &Value) -> Result<Value> {
    let module = workload["module"].as_str().unwrap_or_default();
    let start = machines::START.iter().find_map(|machines| machines(module)).ok_or("there is no such machine")?;
    let input = workload["input"].clone();
    let compiled = |input| Ok(runtime.block_on(start((input, None)))?);

    COUNTER.0.store(0, Ordering::Relaxed);
    let output: Value = runtime.block_on(start((input.clone(), Some(&COUNTER))))?;
    let states = COUNTER.0.load(Ordering::Relaxed);
    // The order of members is compared with that of the Rust by hand, which is AWS's; the expected file has another.
    if output != workload["expected"] {
        return Err(format!("expected {}, got {output}", workload["expected"]).into());
    }
    let Some(by_hand) = by_hand::find(workload["name"].as_str().unwrap_or_default()) else {
        let time = typical(&input, &compiled)?;
        return Ok(json!({"states": states, "compiled": time.as_secs_f64()}));
    };
    let by_hand = |input| runtime.block_on(by_hand(input));
    let expected = by_hand(input.clone())?;
    if output.to_string() != expected.to_string() {
        return Err(format!("by hand {expected}, compiled {output}").into());
    }
    let (by_hand, compiled, ratio) = beside(&input, &by_hand, &compiled)?;
    Ok(json!({"states": states, "compiled": compiled.as_secs_f64(), "by_hand": by_hand.as_secs_f64(), "ratio": ratio}))
}

/// Runs both in turn; gives the median time of each, and the median of the ratios.
fn beside(
    input: &Value,
    by_hand: &impl Fn(Value) -> Result<Value>,
    compiled: &impl Fn(Value) -> Result<Value>,
) -> Result<(Duration, Duration, f64)> {
    let repeats = [repeat(input, by_hand)?, repeat(input, compiled)?];
    let mut times = [Vec::new(), Vec::new()];
    let mut ratios = Vec::new();
    for round in 0..ROUNDS + WARM_UP {
        let first = time(repeats[0], input, by_hand)?;
        let second = time(repeats[1], input, compiled)?;
        if round >= WARM_UP {
            times[0].push(first);
            times[1].push(second);
            ratios.push(second.as_secs_f64() / first.as_secs_f64());
        }
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
    let [first, second] = times;
    Ok((median(first), median(second), ratio))
}

fn typical(input: &Value, work: &impl Fn(Value) -> Result<Value>) -> Result<Duration> {
    let repeat = repeat(input, work)?;
    let times = (0..ROUNDS + WARM_UP).map(|_| time(repeat, input, work)).collect::<Result<Vec<_>>>()?;
    Ok(median(times.into_iter().skip(WARM_UP).collect()))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How often the work is done in one measurement.
fn repeat(input: &Value, work: &impl Fn(Value) -> Result<Value>) -> Result<u32> {
    let once = time(1, input, work)?.max(Duration::from_nanos(100));
    let times = MEASUREMENT.as_nanos() / once.as_nanos();
    Ok(u32::try_from(times.clamp(1, 10_000))?)
}

/// Mean time of one call; making the input and dropping the output is not counted.
fn time(repeat: u32, input: &Value, work: &impl Fn(Value) -> Result<Value>) -> Result<Duration> {
    let inputs: Vec<Value> = (0..repeat).map(|_| input.clone()).collect();
    let mut outputs = Vec::with_capacity(inputs.len());
    let start = Instant::now();
    for input in inputs {
        outputs.push(work(black_box(input))?);
    }
    let elapsed = start.elapsed();
    drop(black_box(outputs));
    Ok(elapsed / repeat)
}
