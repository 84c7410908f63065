//! What a Rust programmer would write for the same JSON work: no async, no states, values moved where they can be.

use serde_json::{Map, Value, json};

/// `chain.asl.json`
pub(crate) fn chain(mut data: Value) -> Value {
    let picked = data["order"].clone();
    data.as_object_mut().unwrap().insert("picked".to_owned(), picked);

    let label = {
        let mut label = Map::with_capacity(4);
        label.insert("n".to_owned(), Value::from(12));
        label.insert("city".to_owned(), data["order"]["customer"]["address"]["city"].clone());
        label.insert("id".to_owned(), data["picked"]["id"].clone());
        label.insert("tags".to_owned(), data["order"]["tags"].clone());
        Value::Object(label)
    };
    data.as_object_mut().unwrap().insert("label".to_owned(), label);

    let n = data["label"]["n"].as_i64().unwrap();
    assert!(n >= 3 && n >= 10 && data["label"]["id"].as_str() == Some("A17"));

    let stage = json!({"stage": "three", "flags": [true, false, null], "nested": {"a": {"b": [1, 2, 3]}}});
    data.as_object_mut().unwrap().insert("stage".to_owned(), stage);

    let deep = data["stage"]["nested"]["a"].clone();
    data.as_object_mut().unwrap().insert("deep".to_owned(), deep);

    assert!(data["stage"]["stage"].as_str() == Some("three") && data["label"]["n"].as_i64() == Some(12));

    data.as_object_mut().unwrap().insert("letters".to_owned(), json!(["a", "b", "c", "d"]));
    let copy = data["letters"].clone();
    data.as_object_mut().unwrap().insert("copy".to_owned(), copy);

    assert!(data["copy"][3].as_str() == Some("d"));
    data["deep"]["b"].take()
}

/// `loop.asl.json`
pub(crate) fn peel(mut data: Value) -> Value {
    while let Some(next) = data.get_mut("next") {
        data = next.take();
    }
    data
}
