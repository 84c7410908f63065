//! Runs what the file in the first argument orders, one JSON object per line, in virtual time; prints a line for each.

mod functions;
mod machines;
mod python;

use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use asl_runtime::{BoxFuture, ExecutionType, Failure, History, Local, Observer, Value};

type Start = (String, ExecutionType, Local, Arc<dyn Observer>);
type Started = BoxFuture<'static, Result<Value, Failure>>;
type Test = (Value, Local);
type Tested = BoxFuture<'static, Value>;

/// Those who recorded the executions looked at them after minutes; what still runs then is RUNNING.
const PATIENCE: Duration = Duration::from_secs(3600);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("the file of the orders is missing")?;
    let mut output = std::io::stdout().lock();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let order: Value = line?.parse()?;
        let result = catch_unwind(AssertUnwindSafe(|| run(order))).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Err(format!("panic: {text}"))
        });
        let result = result.unwrap_or_else(|why| match why.strip_prefix("panic: ") {
            Some(panic) => Value::from_iter([("panic", panic)]),
            None => Value::from_iter([("not_run", why)]),
        });
        writeln!(output, "{result}")?;
        output.flush()?;
    }
    Ok(())
}

/// What came of an order, or why it cannot be run.
fn run(order: Value) -> Result<Value, String> {
    let clock = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let clock = clock.map_err(|error| format!("panic: there is no clock: {error}"))?;
    let module = order["module"].as_str().unwrap_or_default().to_owned();
    let services = functions::provide(Local::new().account("111111111111"), &order["functions"])?;
    if order.get("request").is_some() {
        let test = machines::TEST.iter().find_map(|tests| tests(&module));
        let test = test.ok_or("panic: there is no such machine")?;
        return Ok(clock.block_on(async { test((order, services)).await }));
    }
    let start = machines::START.iter().find_map(|machines| machines(&module));
    let start = start.ok_or("panic: there is no such machine")?;
    clock.block_on(execute(start, &order, services))
}

async fn execute(start: fn(Start) -> Started, order: &Value, services: Local) -> Result<Value, String> {
    let input = order["input"].as_str().unwrap_or_default().to_owned();
    input.parse::<Value>().map_err(|error| format!("panic: the input is not JSON: {error}"))?;
    let execution_type = match order["type"].as_str() {
        Some("EXPRESS") => ExecutionType::Express,
        Some("SYNCHRONOUS_EXPRESS") => ExecutionType::SynchronousExpress,
        _ => ExecutionType::Standard,
    };
    let history = Arc::new(History::default());
    let started = start((input, execution_type, services, history.clone()));
    let result = tokio::time::timeout(PATIENCE, started).await;
    let events = history.to_value().get_mut("events").map(Value::take).unwrap_or_default();
    let text = |value: &str| Value::from(value);
    let mut said = match result {
        Err(_) => Value::from_iter([("status", "RUNNING")]),
        Ok(Ok(output)) => {
            // As the history has it: it can be the text that came, untouched.
            let last = events.as_array().and_then(|events| events.last());
            let output = last
                .and_then(|event| event.pointer("/executionSucceededEventDetails/output")?.as_str())
                .map_or_else(|| output.to_string(), str::to_owned);
            Value::from_iter([("status", "SUCCEEDED".to_owned()), ("output", output)])
        }
        Ok(Err(failure)) => {
            let mut said = Value::from_iter([("status", text(&failure.status.to_string()))]);
            said["error"] = failure.error.name().into();
            said["cause"] = failure.error.cause().into();
            said
        }
    };
    said["events"] = events;
    Ok(said)
}
