//! The data of the expressions: about what a state of a real machine has.

use serde_json::{Value, json};

use crate::by_hand::Data;

/// An order of twenty items, beside an event of an object store.
pub(crate) fn data() -> Data {
    let categories = ["books", "toys", "garden"];
    let items: Vec<Value> = (0..20)
        .map(|index| {
            json!({
                "sku": format!("SKU-{index:04}"),
                "name": format!("Item number {}", (index * 7) % 20),
                "category": categories[index % 3],
                "price": 10.0 + (index * 37 % 90) as f64 + 0.25 * (index % 4) as f64,
                "qty": index % 5,
            })
        })
        .collect();
    let input = json!({
        "order": {
            "id": "ORD-2026/000417",
            "customer": {
                "name": "Ada Lovelace",
                "email": "ada.lovelace@example.com",
                "tier": "gold",
                "address": {"street": "12 St James's Square", "city": "London", "zip": "SW1Y 4JH", "country": "GB"},
            },
            "items": items,
            "total": 1843.5,
        },
        "detail": {
            "bucket": {"name": "incoming-orders"},
            "object": {"key": "2026/11/24/order-000417.json", "size": 48_213},
        },
        "requestTime": 1_795_514_400_000_i64,
    });
    let context = json!({
        "Execution": {
            "Id": "arn:aws:states:us-east-1:123456789012:execution:orders:e1",
            "Name": "e1",
            "StartTime": "2026-11-24T18:40:00.123Z",
        },
        "State": {"Name": "S", "EnteredTime": "2026-11-24T18:40:01.5Z"},
    });
    Data { input, context, threshold: json!(50) }
}
