//! What a Rust programmer would write for the same JSON work: no async, no states, values moved where they can be.

use serde_json::{Map, Value, json};

/// `chain.asl.json`
pub(crate) fn chain(mut data: Value) -> Value {
    let order = &data["order"];
    let labelled = json!({
        "kind": "order",
        "qty": order["qty"].clone(),
        "id": order["id"].clone(),
        "label": format!("order-{}", order["id"].as_str().unwrap()),
        "tags": order["tags"].clone(),
    });
    set(&mut data, "labelled", labelled);

    let labelled = &data["labelled"];
    let sum = json!({"label": labelled["label"].clone(), "n": labelled["qty"].as_i64().unwrap() + 5});
    set(&mut data, "sum", sum);

    let n = data["sum"]["n"].as_i64().unwrap();
    assert!(n >= 3);
    assert!(n >= 10 && data["sum"]["label"].as_str() == Some("order-A17"));

    let stage = json!({"stage": "three", "flags": [true, false, null], "nested": {"a": {"b": [1, 2, 3]}}});
    set(&mut data, "stage", stage);

    let tags = data["labelled"]["tags"].as_array().unwrap();
    let counted = json!({
        "all": [data["labelled"]["id"].clone(), data["sum"]["n"].clone(), "x"],
        "b": data["stage"]["nested"]["a"]["b"][1].clone(),
        "blue": tags.iter().any(|tag| tag == "blue"),
        "count": tags.len(),
    });
    set(&mut data, "counted", counted);

    assert!(data["counted"]["blue"] == true && data["counted"]["count"].as_i64() == Some(3));

    let split: Vec<Value> = "a,b,c,d".split(',').map(Value::from).collect();
    let text = json!({"json": data["counted"]["all"].to_string(), "split": split});
    set(&mut data, "text", text);

    let copy = data["text"]["split"].clone();
    set(&mut data, "copy", copy);

    assert!(data["copy"].get(3).is_some());
    let mut done = Map::with_capacity(5);
    for (name, value) in [
        ("last", data["copy"][3].take()),
        ("count", data["counted"]["count"].take()),
        ("json", data["text"]["json"].take()),
        ("label", data["labelled"]["label"].take()),
        ("n", data["sum"]["n"].take()),
    ] {
        done.insert(name.to_owned(), value);
    }
    Value::Object(done)
}

fn set(data: &mut Value, name: &str, value: Value) {
    data.as_object_mut().unwrap().insert(name.to_owned(), value);
}

/// `counter.asl.json`
pub(crate) fn counter(mut data: Value) -> Value {
    loop {
        let mut next = Map::with_capacity(2);
        next.insert("limit".to_owned(), data["limit"].take());
        next.insert("i".to_owned(), Value::from(data["i"].as_i64().unwrap() + 1));
        data = Value::Object(next);
        if data["i"].as_i64() >= data["limit"].as_i64() {
            return data;
        }
    }
}

/// `map.asl.json`
pub(crate) fn map(mut data: Value) -> Value {
    let lines = data["lines"].as_array_mut().unwrap().iter_mut();
    lines
        .map(|line| {
            let mut result = Map::with_capacity(2);
            let total = line["quantity"].as_i64().unwrap() + 1;
            // The members are in the order of AWS's templates.
            result.insert("total".to_owned(), Value::from(total));
            result.insert("sku".to_owned(), line["sku"].take());
            Value::Object(result)
        })
        .collect()
}
