//! Runs the program of the generated crates, which may crash or hang.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::crates::Crates;

/// Real time for one order, also on a machine that has other things to do: an execution's own time is virtual.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs what was ordered; gives for each order what the program says of it.
pub(crate) fn execute(crates: &Crates, orders: &[Value]) -> Result<Vec<Value>, String> {
    let mut results = Vec::with_capacity(orders.len());
    while results.len() < orders.len() {
        let rest = orders.get(results.len()..).unwrap_or_default();
        let ended = some(crates, rest, &mut results)?;
        // An execution that ends the program, or never ends: the next one begins in a new program.
        if results.len() < orders.len() {
            results.push(json!({ "panic": ended }));
        }
    }
    Ok(results)
}

/// Runs orders as long as the program goes on; says why it does not.
fn some(crates: &Crates, orders: &[Value], results: &mut Vec<Value>) -> Result<String, String> {
    let lines = orders.iter().map(|order| order.to_string() + "\n");
    let file = crates.write("orders.jsonl", &lines.collect::<String>())?;
    let program = crates.program();
    let cannot = |error: std::io::Error| format!("cannot run {}: {error}", program.display());
    let mut child = Command::new(&program)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(cannot)?;
    let (sender, receiver) = channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(line) => results.push(serde_json::from_str(&line).unwrap_or_else(|_| json!({ "panic": line }))),
            Err(RecvTimeoutError::Timeout) => {
                child.kill().map_err(cannot)?;
                child.wait().map_err(cannot)?;
                return Ok(format!("no end after {} s", PATIENCE.as_secs()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Ok(format!("the program ended: {}", child.wait().map_err(cannot)?));
            }
        }
    }
}
