//! Fulfils an order in memory and prints what happened. `cargo run -p order_fulfilment -- expired` has the card declined.

mod table;
#[cfg(test)]
mod tests;

use asl_runtime::services::local::FunctionError;
use asl_runtime::{History, Local, Value};
use serde_json::json;

asl_runtime::include_state_machine!("order_fulfilment.asl.json");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let card = std::env::args().nth(1).unwrap_or_else(|| "valid".to_owned());
    let services = services();
    let history = History::new();
    let output = order_fulfilment::run(&services, order(&card, 1)).observer(&history).await;
    print!("{}", table::of(&history.events()));
    println!("{:#}", output?);
    Ok(())
}

/// An order of two items, for which the courier comes after some seconds.
fn order(card: &str, courier_seconds: u32) -> order_fulfilment::Input {
    let items = json!([{"sku": "lamp", "quantity": 1}, {"sku": "bulb", "quantity": 3}]);
    order_fulfilment::Input::new("A17", items, card, 42.5, courier_seconds)
}

/// The Lambda functions, as closures.
fn services() -> Local {
    Local::new()
        .function("reserve", |event: Value| async move {
            let (Some(order), Some(sku)) = (event["orderId"].as_str(), event["sku"].as_str()) else {
                return Err(FunctionError::new("BadRequest", "orderId and sku must be strings"));
            };
            Ok(json!({"id": format!("{order}/{sku}")}))
        })
        .function("charge", |event: Value| async move {
            match event["card"].as_str() {
                Some("expired") => Err(FunctionError::new("Declined", "The card has expired.")),
                _ => Ok(json!({"paid": event["amount"]})),
            }
        })
        .function("release", |event: Value| async move { Ok(event["reservations"].clone()) })
}
