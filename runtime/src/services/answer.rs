//! Answers as Step Functions gives them: the API's members, and two more about the HTTP exchange.

use serde_json::{Map, Value};

use super::failure::Names;
use crate::value::build::object;

/// An HTTP response, as far as answers tell of it.
#[derive(Debug, Default)]
pub(super) struct Http {
    pub(super) status: u16,
    /// In any spelling, in the order they came.
    pub(super) headers: Vec<(String, String)>,
}

/// The members of an API's response and those about the exchange, in the order of their names. Recorded of
/// `sns:publish`, where `SequenceNumber` comes last.
pub(super) fn answer(
    names: &Names,
    http: &Http,
    request_id: Option<&str>,
    members: impl IntoIterator<Item = (&'static str, Value)>,
) -> Value {
    let about = [
        ("SdkHttpMetadata", metadata(names, http)),
        ("SdkResponseMetadata", object([("RequestId", request_id.into())])),
    ];
    let mut members: Vec<(&str, Value)> = members.into_iter().chain(about).collect();
    members.sort_by_key(|(name, _)| *name);
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn metadata(names: &Names, http: &Http) -> Value {
    let mut all: Vec<(String, Vec<Value>)> = Vec::new();
    for (name, value) in &http.headers {
        let name = spelling(names, name);
        match all.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value.as_str().into()),
            None => all.push((name.to_owned(), vec![value.as_str().into()])),
        }
    }
    let mut first: Vec<(String, Value)> =
        all.iter().filter_map(|(name, values)| Some((name.clone(), values.first()?.clone()))).collect();
    first.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    object([
        ("AllHttpHeaders", hash_map(all)),
        ("HttpHeaders", Value::Object(first.into_iter().collect())),
        ("HttpStatusCode", http.status.into()),
    ])
}

/// A header as the service spells it. The SDK has it in lower case only.
fn spelling<'a>(names: &'a Names, header: &'a str) -> &'a str {
    match header {
        "connection" => names.connection,
        "content-length" => "Content-Length",
        "content-type" => "Content-Type",
        "date" => "Date",
        "server" => "Server",
        "x-amzn-requestid" => "x-amzn-RequestId",
        "x-amzn-trace-id" => "X-Amzn-Trace-Id",
        other => other,
    }
}

/// An object in the order in which Step Functions' Java writes a `HashMap`: recorded of `AllHttpHeaders` and of items.
pub(super) fn hash_map<V: Into<Value>>(members: impl IntoIterator<Item = (String, V)>) -> Value {
    let mut members: Vec<(String, V)> = members.into_iter().collect();
    // Java doubles the table when it is more than three quarters full.
    let buckets = (members.len() * 4).div_ceil(3).next_power_of_two().max(16);
    let last = u32::try_from(buckets - 1).unwrap_or(u32::MAX);
    members.sort_by(|(left, _), (right, _)| {
        (java_hash(left) & last).cmp(&(java_hash(right) & last)).then_with(|| left.cmp(right))
    });
    Value::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect::<Map<_, _>>())
}

/// `String.hashCode`, as `HashMap` spreads it.
fn java_hash(text: &str) -> u32 {
    let hash = text.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()));
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[&str]) {
        let mut sorted: Vec<&str> = keys.to_vec();
        sorted.sort_unstable();
        let made = hash_map(sorted.into_iter().map(|key| (key.to_owned(), 0)));
        let order: Vec<&str> = made.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
        assert_eq!(order, keys);
    }

    /// Orders recorded on AWS.
    #[test]
    fn hash_map_order() {
        check(&["Server", "Connection", "x-amzn-RequestId", "x-amz-crc32", "Content-Length", "Date", "Content-Type"]);
        check(&["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"]);
        check(&["S", "data", "id"]);
        check(&[]);
    }
}
