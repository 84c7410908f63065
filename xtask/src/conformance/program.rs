//! Runs the executions of the file in the first argument, one JSON object per line, in virtual time; prints a line for each.

mod machines;

use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use asl_runtime::{BoxFuture, ExecutionType, Failure, Value};

type Start = (Value, ExecutionType);
type Started = BoxFuture<'static, Result<Value, Failure>>;

/// Those who recorded the executions looked at them after minutes; what still runs then is RUNNING.
const PATIENCE: Duration = Duration::from_secs(3600);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("the file of the executions is missing")?;
    let mut output = std::io::stdout().lock();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let case: Value = line?.parse()?;
        let result = catch_unwind(AssertUnwindSafe(|| run(&case))).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            object([("panic", text.into())])
        });
        writeln!(output, "{result}")?;
        output.flush()?;
    }
    Ok(())
}

fn run(case: &Value) -> Value {
    let module = case["module"].as_str().unwrap_or_default();
    let execution_type = match case["type"].as_str() {
        Some("EXPRESS") => ExecutionType::Express,
        Some("SYNCHRONOUS_EXPRESS") => ExecutionType::SynchronousExpress,
        _ => ExecutionType::Standard,
    };
    let clock = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let Ok(clock) = clock else { return object([("panic", "there is no clock".into())]) };
    clock.block_on(async {
        let Some(started) = machines::CRATES.iter().find_map(|machine| machine(module, (case["input"].clone(), execution_type))) else {
            return object([("panic", "there is no such machine".into())]);
        };
        match tokio::time::timeout(PATIENCE, started).await {
            Err(_) => object([("status", "RUNNING".into())]),
            Ok(Ok(output)) => object([("status", "SUCCEEDED".into()), ("output", output)]),
            Ok(Err(failure)) => object([
                ("status", failure.status.to_string().into()),
                ("error", failure.error.name().into()),
                ("cause", failure.error.cause().into()),
            ]),
        }
    })
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut object = Value::Object(Default::default());
    for (name, value) in members {
        object[name] = value;
    }
    object
}
