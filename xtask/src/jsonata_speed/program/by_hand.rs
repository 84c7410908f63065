//! The expressions as a Rust programmer would write them: functions of JSON values that give a value of their own.

use std::sync::OnceLock;

use asl_runtime::Timestamp;
use regex_lite::Regex;
use serde_json::{Map, Value, json};

/// What an expression reads.
pub(crate) struct Data {
    pub(crate) input: Value,
    pub(crate) context: Value,
    pub(crate) threshold: Value,
}

type Hand = fn(&Data) -> Option<Value>;

/// What was written for the expression of this name.
pub(crate) fn find(name: &str) -> Option<Hand> {
    Some(match name {
        "path" => path,
        "subtree" => subtree,
        "predicate" => predicate,
        "sum-map" => sum_map,
        "concat" => concat,
        "split-index" => split_index,
        "object" => object,
        "map-lambda" => map_lambda,
        "filter-lambda" => filter_lambda,
        "reduce" => reduce,
        "sort" => sort,
        "group-by" => group_by,
        "choice" => choice,
        "conditional" => conditional,
        "merge" => merge,
        "fromMillis" => from_millis,
        "replace-regex" => replace_regex,
        "match-regex" => match_regex,
        "transform" => transform,
        _ => return None,
    })
}

fn order(data: &Data) -> Option<&Value> {
    data.input.get("order")
}

fn items(data: &Data) -> Option<&Vec<Value>> {
    order(data)?.get("items")?.as_array()
}

fn number(value: &Value, name: &str) -> Option<f64> {
    value.get(name)?.as_f64()
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

/// A number as JSONata gives it: a whole one without a fraction.
fn json_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { Value::from(number as i64) } else { Value::from(number) }
}

fn path(data: &Data) -> Option<Value> {
    order(data)?.get("id").cloned()
}

fn subtree(data: &Data) -> Option<Value> {
    order(data)?.get("customer").cloned()
}

fn predicate(data: &Data) -> Option<Value> {
    let threshold = data.threshold.as_f64()?;
    let above = |item: &&Value| number(item, "price").is_some_and(|price| price > threshold);
    let mut found: Vec<Value> = items(data)?.iter().filter(above).cloned().collect();
    match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(Value::Array(found)),
    }
}

fn sum_map(data: &Data) -> Option<Value> {
    let mut sum = 0.0;
    for item in items(data)? {
        sum += number(item, "price")? * number(item, "qty")?;
    }
    Some(json_number(sum))
}

fn concat(data: &Data) -> Option<Value> {
    let detail = data.input.get("detail")?;
    let (bucket, object) = (detail.get("bucket")?, detail.get("object")?);
    let (bucket, key, size) = (text(bucket, "name")?, text(object, "key")?, number(object, "size")?);
    Some(Value::from(format!("s3://{bucket}/{key}?size={size}")))
}

fn split_index(data: &Data) -> Option<Value> {
    let key = text(data.input.get("detail")?.get("object")?, "key")?;
    key.split('/').next_back().map(Value::from)
}

fn object(data: &Data) -> Option<Value> {
    let order = order(data)?;
    let customer = order.get("customer")?;
    Some(json!({
        "id": order.get("id")?,
        "customer": {"name": customer.get("name")?, "city": customer.get("address")?.get("city")?},
        "itemCount": items(data)?.len(),
        "total": order.get("total")?,
        "started": data.context.get("Execution")?.get("StartTime")?,
    }))
}

fn map_lambda(data: &Data) -> Option<Value> {
    let line = |(index, item): (usize, &Value)| {
        let amount = number(item, "price")? * number(item, "qty")?;
        Some(json!({"line": index + 1, "sku": item.get("sku")?, "amount": json_number(amount)}))
    };
    items(data)?.iter().enumerate().map(line).collect()
}

fn filter_lambda(data: &Data) -> Option<Value> {
    let wanted = |item: &&Value| {
        text(item, "category") == Some("books") && number(item, "price").is_some_and(|price| price < 60.0)
    };
    let mut found: Vec<Value> = items(data)?.iter().filter(wanted).cloned().collect();
    match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(Value::Array(found)),
    }
}

fn reduce(data: &Data) -> Option<Value> {
    let add = |sum: f64, item: &Value| Some(sum + number(item, "price")? * number(item, "qty")?);
    items(data)?.iter().try_fold(0.0, add).map(json_number)
}

fn sort(data: &Data) -> Option<Value> {
    let mut sorted = Vec::new();
    for item in items(data)? {
        sorted.push((number(item, "price")?, text(item, "name")?, item));
    }
    sorted.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    sorted.into_iter().map(|(.., item)| item.get("sku").cloned()).collect()
}

fn group_by(data: &Data) -> Option<Value> {
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for item in items(data)? {
        let (category, price) = (text(item, "category")?, number(item, "price")?);
        match sums.iter_mut().find(|(known, _)| *known == category) {
            Some((_, sum)) => *sum += price,
            None => sums.push((category, price)),
        }
    }
    let members = sums.into_iter().map(|(category, sum)| (category.to_owned(), json_number(sum)));
    Some(Value::Object(members.collect()))
}

fn choice(data: &Data) -> Option<Value> {
    let order = order(data)?;
    let tier = text(order.get("customer")?, "tier")?;
    Some(Value::from(["gold", "platinum"].contains(&tier) && number(order, "total")? >= 100.0))
}

fn conditional(data: &Data) -> Option<Value> {
    let order = order(data)?;
    Some(match order.get("coupon") {
        Some(coupon) => coupon.get("rate")?.clone(),
        None if number(order, "total")? > 1000.0 => Value::from(0.1),
        None => Value::from(0),
    })
}

fn merge(data: &Data) -> Option<Value> {
    let mut customer = order(data)?.get("customer")?.clone();
    let members = customer.as_object_mut()?;
    members.insert("processed".to_owned(), Value::Bool(true));
    members.insert("when".to_owned(), data.context.get("Execution")?.get("StartTime")?.clone());
    Some(customer)
}

fn from_millis(data: &Data) -> Option<Value> {
    let millis = data.input.get("requestTime")?.as_i64()?;
    let time = Timestamp { seconds: millis.div_euclid(1000), nanoseconds: 0 };
    Some(Value::from(time.to_string()))
}

fn replace_regex(data: &Data) -> Option<Value> {
    static REGEX: OnceLock<Option<Regex>> = OnceLock::new();
    let regex = REGEX.get_or_init(|| Regex::new("[^A-Za-z0-9]+").ok()).as_ref()?;
    Some(Value::from(regex.replace_all(text(order(data)?, "id")?, "_")))
}

fn match_regex(data: &Data) -> Option<Value> {
    static REGEX: OnceLock<Option<Regex>> = OnceLock::new();
    let regex = REGEX.get_or_init(|| Regex::new("^([a-z.]+)@([a-z.]+)$").ok()).as_ref()?;
    let found = regex.captures(text(order(data)?.get("customer")?, "email")?)?;
    found.get(2).map(|group| Value::from(group.as_str()))
}

fn transform(data: &Data) -> Option<Value> {
    let order = order(data)?;
    let mut lines = Vec::new();
    let mut total = 0.0;
    let mut by_category: Vec<(&str, u32)> = Vec::new();
    for item in items(data)?.iter().filter(|item| number(item, "qty").is_some_and(|quantity| quantity > 0.0)) {
        let (price, quantity) = (number(item, "price")?, number(item, "qty")?);
        let amount = (price * quantity * 100.0).round_ties_even() / 100.0;
        total += amount;
        lines.push(json!({
            "sku": item.get("sku")?,
            "label": format!("{} x{quantity}", text(item, "name")?.to_uppercase()),
            "amount": json_number(amount),
        }));
        let category = text(item, "category")?;
        match by_category.iter_mut().find(|(known, _)| *known == category) {
            Some((_, count)) => *count += 1,
            None => by_category.push((category, 1)),
        }
    }
    let by_category: Map<String, Value> =
        by_category.into_iter().map(|(category, count)| (category.to_owned(), Value::from(count))).collect();
    Some(json!({
        "orderId": order.get("id")?,
        "lines": lines,
        "total": json_number(total),
        "byCategory": by_category,
        "vip": text(order.get("customer")?, "tier") == Some("gold"),
    }))
}
