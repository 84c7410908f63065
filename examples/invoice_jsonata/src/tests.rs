//! The machine, and two of its states by themselves.
#![allow(clippy::unwrap_used)]

use asl_runtime::testing::{TestState, TestStatus};
use serde_json::json;

use super::{invoice, order, services};

#[tokio::test]
async fn an_order_is_paid() {
    let invoice = invoice::run_value(&services(), order("valid")).await.unwrap();
    assert_eq!(invoice["invoice"], "INV-0017");
    assert_eq!(invoice["lines"], json!(["30 x bulb", "28 x lamp"]));
    assert_eq!(invoice["total"], "1,290.60 EUR");
    assert_eq!(invoice["receipt"], "INV-0017/1290.6");
}

#[tokio::test]
async fn a_card_that_has_expired_leaves_it_unpaid() {
    let invoice = invoice::run_value(&services(), order("expired")).await.unwrap();
    assert_eq!(invoice, json!({"invoice": "INV-0017", "status": "unpaid", "reason": "The card has expired."}));
}

#[tokio::test]
async fn there_is_no_invoice_of_nothing() {
    let mut order = order("valid");
    order["lines"] = json!([]);
    let failure = invoice::run_value(&services(), order).await.unwrap_err();
    assert_eq!(failure.error.name(), Some("EmptyInvoice"));
    assert_eq!(failure.error.cause(), Some("There is nothing to pay in INV-0017."));
}

#[tokio::test]
async fn an_expression_that_finds_nothing_fails_by_its_name() {
    let tested = TestState::new(invoice::Machine::default(), "Open", json!({"number": 17})).run().await.unwrap();
    assert_eq!((tested.status, tested.error.as_deref()), (TestStatus::Failed, Some("States.QueryEvaluationError")));
    let cause = "The JSONata expression '$states.input.customer' specified for the field 'Assign/customer' returned \
                 nothing (undefined).";
    assert!(tested.cause.unwrap().ends_with(cause));
}

#[tokio::test]
async fn the_date_is_that_of_the_start() {
    let lines = json!([{"sku": "bulb", "quantity": 30, "price": 2.5}]);
    let tested = TestState::new(invoice::Machine::default(), "Paid", json!({"lines": lines}))
        .context(json!({"Execution": {"StartTime": "2026-03-01T12:00:00Z"}}))
        .variables(json!({"invoice": "INV-0001", "net": 75, "receipt": "r"}))
        .run()
        .await
        .unwrap();
    let invoice = tested.output.unwrap();
    assert_eq!((&invoice["date"], &invoice["lines"]), (&json!("1 March 2026"), &json!(["30 x bulb"])));
}
