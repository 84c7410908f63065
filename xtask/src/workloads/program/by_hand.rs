//! The workloads as a Rust programmer would write them: async functions over JSON values, which do the same JSON work in
//! the same steps, copy no more than they need and report what does not fit.

use std::future::Future;
use std::pin::Pin;

use serde_json::{Map, Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
type Workflow = fn(Value) -> Pin<Box<dyn Future<Output = Result<Value>>>>;

/// What was written for the workload of this name.
pub(crate) fn find(name: &str) -> Option<Workflow> {
    Some(match name {
        "w1_chain10" => |input| Box::pin(chain(input)),
        "w1b_chain10_basic" => |input| Box::pin(basic_chain(input)),
        "w2_map1000" => |input| Box::pin(map(input)),
        "w2b_map1000_basic" => |input| Box::pin(basic_map(input)),
        "w3_loop10000" | "w3s_loop1000" => |input| Box::pin(count(input)),
        _ => return None,
    })
}

fn missing(name: &str) -> String {
    format!("`{name}` is missing, or of another type")
}

fn get<'a>(data: &'a Value, name: &str) -> Result<&'a Value> {
    Ok(data.get(name).ok_or_else(|| missing(name))?)
}

fn text<'a>(data: &'a Value, name: &str) -> Result<&'a str> {
    Ok(get(data, name)?.as_str().ok_or_else(|| missing(name))?)
}

fn integer(data: &Value, name: &str) -> Result<i64> {
    Ok(get(data, name)?.as_i64().ok_or_else(|| missing(name))?)
}

fn array<'a>(data: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    Ok(get(data, name)?.as_array().ok_or_else(|| missing(name))?)
}

fn take(data: &mut Value, path: &[&str]) -> Result<Value> {
    let mut value = data;
    for name in path {
        value = value.get_mut(*name).ok_or_else(|| missing(name))?;
    }
    Ok(value.take())
}

fn set(data: &mut Value, name: &str, value: Value) -> Result<()> {
    let members = data.as_object_mut().ok_or("the data is no object")?;
    members.insert(name.to_owned(), value);
    Ok(())
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut object = Map::with_capacity(N);
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

fn wrong_branch() -> Box<dyn std::error::Error> {
    "Bad: wrong branch".into()
}

/// `w1_chain10`
async fn chain(mut data: Value) -> Result<Value> {
    let order = get(&data, "order")?;
    let p1 = object([
        ("ctx", "static".into()),
        ("qty", get(order, "qty")?.clone()),
        ("id", get(order, "id")?.clone()),
        ("label", format!("order-{}", text(order, "id")?).into()),
        ("tags", get(order, "tags")?.clone()),
    ]);
    set(&mut data, "p1", p1)?;

    let p1 = get(&data, "p1")?;
    let p2 = object([("label", get(p1, "label")?.clone()), ("n", (integer(p1, "qty")? + 5).into())]);
    set(&mut data, "p2", p2)?;

    let p2 = get(&data, "p2")?;
    let n = integer(p2, "n")?;
    if n < 3 || !(n >= 10 && text(p2, "label")? == "order-A17") {
        return Err(wrong_branch());
    }

    let p3 = json!({"stage": "three", "flags": [true, false, null], "nested": {"a": {"b": [1, 2, 3]}}});
    set(&mut data, "p3", p3)?;

    let (p1, p2) = (get(&data, "p1")?, get(&data, "p2")?);
    let b = data.pointer("/p3/nested/a/b/1").ok_or_else(|| missing("b"))?;
    let tags = array(p1, "tags")?;
    let p4 = object([
        ("arr", Value::Array(vec![get(p1, "id")?.clone(), get(p2, "n")?.clone(), "x".into()])),
        ("b", b.clone()),
        ("count", tags.len().into()),
        ("has", tags.iter().any(|tag| tag == "blue").into()),
    ]);
    set(&mut data, "p4", p4)?;

    let p4 = get(&data, "p4")?;
    if get(p4, "has")? != &Value::Bool(true) || integer(p4, "count")? != 3 {
        return Err(wrong_branch());
    }

    let split: Vec<Value> = "a,b,c,d".split(',').map(Value::from).collect();
    let p5 = object([("json", get(p4, "arr")?.to_string().into()), ("split", split.into())]);
    set(&mut data, "p5", p5)?;

    let p6 = get(get(&data, "p5")?, "split")?.clone();
    set(&mut data, "p6", p6)?;

    if get(&data, "p6")?.get(3).is_none() {
        return Err(wrong_branch());
    }
    let last = data.pointer_mut("/p6/3").ok_or_else(|| missing("p6"))?.take();
    Ok(object([
        ("last", last),
        ("count", take(&mut data, &["p4", "count"])?),
        ("json", take(&mut data, &["p5", "json"])?),
        ("label", take(&mut data, &["p1", "label"])?),
        ("n", take(&mut data, &["p2", "n"])?),
    ]))
}

/// `w1b_chain10_basic`
async fn basic_chain(mut data: Value) -> Result<Value> {
    let p1 = get(&data, "order")?.clone();
    set(&mut data, "p1", p1)?;
    set(&mut data, "p2", json!({"n": 12, "label": "order-A17"}))?;

    let p2 = get(&data, "p2")?;
    let n = integer(p2, "n")?;
    if n < 3 || !(n >= 10 && text(p2, "label")? == "order-A17") {
        return Err(wrong_branch());
    }

    let p3 = json!({"stage": "three", "flags": [true, false, null], "nested": {"a": {"b": [1, 2, 3]}}});
    set(&mut data, "p3", p3)?;
    let p4 = data.pointer("/p3/nested/a").ok_or_else(|| missing("a"))?.clone();
    set(&mut data, "p4", p4)?;

    if text(get(&data, "p3")?, "stage")? != "three" || integer(get(&data, "p2")?, "n")? != 12 {
        return Err(wrong_branch());
    }

    set(&mut data, "p5", json!(["a", "b", "c", "d"]))?;
    let p6 = get(&data, "p5")?.clone();
    set(&mut data, "p6", p6)?;

    if data.pointer("/p6/3").and_then(Value::as_str) != Some("d") {
        return Err(wrong_branch());
    }
    take(&mut data, &["p4", "b"])
}

/// `w2_map1000`
async fn map(mut data: Value) -> Result<Value> {
    let Value::Array(items) = take(&mut data, &["items"])? else { return Err(missing("items").into()) };
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        results.push(add_one(item).await?);
    }
    Ok(Value::Array(results))
}

async fn add_one(mut item: Value) -> Result<Value> {
    let v = integer(&item, "v")? + 1;
    Ok(object([("v", v.into()), ("k", take(&mut item, &["k"])?)]))
}

/// `w2b_map1000_basic`
async fn basic_map(mut data: Value) -> Result<Value> {
    let Value::Array(items) = take(&mut data, &["items"])? else { return Err(missing("items").into()) };
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        results.push(unchanged(item).await?);
    }
    Ok(Value::Array(results))
}

async fn unchanged(item: Value) -> Result<Value> {
    Ok(item)
}

/// `w3_loop10000`, `w3s_loop1000`
async fn count(mut data: Value) -> Result<Value> {
    loop {
        let i = integer(&data, "i")? + 1;
        data = object([("limit", take(&mut data, &["limit"])?), ("i", i.into())]);
        if integer(&data, "i")? >= integer(&data, "limit")? {
            return Ok(data);
        }
    }
}
