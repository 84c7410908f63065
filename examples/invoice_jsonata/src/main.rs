//! Makes the invoice of an order in memory, prints its states, and then the invoice.
//! `cargo run -p invoice_jsonata -- expired` has the card declined.

#[cfg(test)]
mod tests;

use asl_runtime::services::local::FunctionError;
use asl_runtime::{EventDetails, History, Local, Value};
use serde_json::json;

asl_runtime::include_state_machine!("invoice.asl.json");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let card = std::env::args().nth(1).unwrap_or_else(|| "valid".to_owned());
    let services = services();
    let history = History::new();
    let output = invoice::run_value(&services, order(&card)).observer(&history).await;
    for event in history.events() {
        if let EventDetails::StateExited { name, output, .. } = &event.details {
            println!("{name:<16}  {output}");
        }
    }
    println!("{:#}", output?);
    Ok(())
}

/// An order of a member, who has changed their mind about one line.
fn order(card: &str) -> Value {
    json!({
        "number": 17,
        "customer": {"name": "Ada", "member": true, "card": card},
        "lines": [
            {"sku": "bulb", "quantity": 30},
            {"sku": "lamp", "quantity": 28},
            {"sku": "cord", "quantity": 0}
        ]
    })
}

/// The Lambda functions, as closures.
fn services() -> Local {
    Local::new()
        .function("price", |event: Value| async move {
            match event["sku"].as_str() {
                Some("bulb") => Ok(json!({"price": 2.5})),
                Some("lamp") => Ok(json!({"price": 40})),
                _ => Err(FunctionError::new("UnknownSku", "There is no such article.")),
            }
        })
        .function("charge", |event: Value| async move {
            match event["card"].as_str() {
                Some("expired") => Err(FunctionError::new("Declined", "The card has expired.")),
                _ => {
                    Ok(json!({"receipt": format!("{}/{}", event["for"].as_str().unwrap_or_default(), event["amount"])}))
                }
            }
        })
}
