//! Compiled machines beside Rust that was written by hand for the same JSON work, both in one run.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench stops at what it did not expect")]

mod by_hand;

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

asl_runtime::include_state_machine!("chain.asl.json");
asl_runtime::include_state_machine!("counter.asl.json");
asl_runtime::include_state_machine!("map.asl.json");

const ROUNDS: usize = 25;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    println!("{:<32} {:>14} {:>14} {:>8}", "", "by hand", "compiled", "ratio");

    let order = json!({"order": {"id": "A17", "qty": 7, "tags": ["red", "blue", "green"],
        "customer": {"name": "Ann", "address": {"city": "Oslo", "zip": "0150"}}}});
    compare(
        "chain of 10 states",
        2_000,
        || order.clone(),
        by_hand::chain,
        |input| runtime.block_on(chain::run_value(&(), input).into_future()).unwrap(),
    );

    let counter = json!({"i": 0, "limit": 10_000});
    compare(
        "loop of 20,001 states",
        1,
        || counter.clone(),
        by_hand::counter,
        |input| runtime.block_on(counter::run_value(&(), input).into_future()).unwrap(),
    );

    let lines: Vec<Value> = (0..1_000).map(|line| json!({"sku": format!("sku-{line}"), "quantity": line})).collect();
    let lines = json!({ "lines": lines });
    compare(
        "map of 1,000 items",
        10,
        || lines.clone(),
        by_hand::map,
        |input| runtime.block_on(map::run_value(&(), input).into_future()).unwrap(),
    );
}

/// Runs both in turn and prints the median time of each, and the median of the ratios of the rounds.
fn compare(
    name: &str,
    repeat: usize,
    input: impl Fn() -> Value,
    by_hand: impl Fn(Value) -> Value,
    compiled: impl Fn(Value) -> Value,
) {
    assert_eq!(by_hand(input()).to_string(), compiled(input()).to_string(), "{name}: both must give the same");
    let mut rounds = Vec::new();
    for round in 0..ROUNDS + 3 {
        let first = time(repeat, &input, &by_hand);
        let second = time(repeat, &input, &compiled);
        // The first rounds warm up.
        if round >= 3 {
            rounds.push((first, second, second.as_secs_f64() / first.as_secs_f64()));
        }
    }
    let middle = rounds.len() / 2;
    rounds.sort_by(|a, b| a.2.total_cmp(&b.2));
    let ratio = rounds[middle].2;
    rounds.sort_by_key(|round| round.0);
    let first = rounds[middle].0;
    rounds.sort_by_key(|round| round.1);
    let second = rounds[middle].1;
    println!("{name:<32} {:>11.3} µs {:>11.3} µs {ratio:>8.2}", micros(first), micros(second));
}

/// Mean time of one call; making the input is not counted.
fn time(repeat: usize, input: &impl Fn() -> Value, work: &impl Fn(Value) -> Value) -> Duration {
    let inputs: Vec<Value> = (0..repeat).map(|_| input()).collect();
    let mut outputs = Vec::with_capacity(repeat);
    let start = Instant::now();
    for input in inputs {
        outputs.push(work(black_box(input)));
    }
    let elapsed = start.elapsed();
    drop(black_box(outputs));
    elapsed / u32::try_from(repeat).unwrap()
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
