//! The machine in virtual time, and one of its states by itself.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use asl_runtime::History;
use asl_runtime::services::local::FunctionError;
use asl_runtime::testing::{TestState, TestStatus};
use serde_json::json;
use tokio::time::Instant;

use super::{order, order_fulfilment, services};

const DAY: u32 = 24 * 60 * 60;

#[tokio::test(start_paused = true)]
async fn an_order_is_sent() {
    let start = Instant::now();
    let output = order_fulfilment::run(&services(), order("valid", DAY)).await.unwrap();
    assert_eq!(output, json!({"status": "sent", "payment": {"paid": 42.5}, "parcel": "A17, 2 kinds"}));
    assert_eq!(start.elapsed().as_secs(), u64::from(DAY));
}

#[tokio::test(start_paused = true)]
async fn a_declined_card_ends_the_wait_and_releases_the_items() {
    let start = Instant::now();
    let services = services();
    let history = History::new();
    let output = order_fulfilment::run(&services, order("expired", DAY)).observer(&history).await.unwrap();
    assert_eq!(output, json!({"status": "refused", "orderId": "A17", "reason": "Declined"}));
    assert!(start.elapsed() < Duration::from_secs(1));
    assert!(super::table::of(&history.events()).contains(r#"{"reservations":["A17/lamp","A17/bulb"]}"#));
}

#[tokio::test(start_paused = true)]
async fn a_busy_warehouse_is_asked_again() {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let services = services().function("reserve", move |_| {
        let busy = counted.fetch_add(1, Ordering::Relaxed) < 2;
        async move { if busy { Err(FunctionError::new("Busy", "Try again.")) } else { Ok(json!({"id": "r"})) } }
    });
    let start = Instant::now();
    let output = order_fulfilment::run(&services, order("valid", 0)).await.unwrap();
    assert_eq!(output["status"], "sent");
    // Both items are tried at once, and once more each.
    assert_eq!((calls.load(Ordering::Relaxed), start.elapsed().as_secs()), (4, 2));
}

#[tokio::test]
async fn an_item_out_of_stock_refuses_the_order() {
    let input = json!({"items": [{"sku": "lamp", "quantity": 1}]});
    let tested = TestState::new(order_fulfilment::Machine::default(), "Reserve items", input)
        .variables(json!({"orderId": "A17"}))
        .mock_error("OutOfStock", "No lamp is left.")
        .run()
        .await
        .unwrap();
    assert_eq!((tested.status, tested.next_state), (TestStatus::CaughtError, Some("Refuse")));
    assert_eq!(tested.output, Some(json!({"Error": "OutOfStock", "Cause": "No lamp is left."})));
}
