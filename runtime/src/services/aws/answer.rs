//! Makes of a response what Step Functions makes of it: the API's members and two more about the HTTP exchange.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::{Map, Value};

use super::failure::Names;

/// What an interceptor sees of one call's HTTP exchange; of its last attempt, when there are several.
#[derive(Clone, Debug, Default)]
pub(super) struct Exchange(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    authority: String,
    status: u16,
    /// Names are in lower case: the SDK keeps no other spelling.
    headers: Vec<(String, String)>,
}

impl Exchange {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host and port that were asked.
    pub(super) fn authority(&self) -> String {
        self.seen().authority.clone()
    }

    /// The members that are there, and the exchange, in the order of their names. Recorded of `sns:publish`, where
    /// `SequenceNumber` comes last.
    pub(super) fn answer<const N: usize>(
        &self,
        names: &Names,
        request_id: Option<&str>,
        members: [(&'static str, Option<Value>); N],
    ) -> Value {
        let mut members: Vec<(String, Value)> =
            members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        members.push(("SdkHttpMetadata".to_owned(), self.metadata(names)));
        members.push(("SdkResponseMetadata".to_owned(), record([("RequestId", request_id.into())])));
        members.sort_by(|left, right| left.0.cmp(&right.0));
        Value::Object(members.into_iter().collect())
    }

    fn metadata(&self, names: &Names) -> Value {
        let seen = self.seen();
        let mut all: Vec<(String, Vec<Value>)> = Vec::new();
        for (name, value) in &seen.headers {
            let name = names.spelling(name);
            match all.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(value.as_str().into()),
                None => all.push((name.to_owned(), vec![value.as_str().into()])),
            }
        }
        let mut first: Vec<(String, Value)> =
            all.iter().filter_map(|(name, values)| Some((name.clone(), values.first()?.clone()))).collect();
        first.sort_by_key(|(name, _)| name.to_ascii_lowercase());
        record([
            ("AllHttpHeaders", hash_map(all)),
            ("HttpHeaders", Value::Object(first.into_iter().collect())),
            ("HttpStatusCode", seen.status.into()),
        ])
    }
}

impl Intercept for Exchange {
    fn name(&self) -> &'static str {
        "Exchange"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let uri = context.request().uri();
        let after_scheme = uri.split_once("://").map_or(uri, |(_, rest)| rest);
        self.seen().authority = after_scheme.split(['/', '?']).next().unwrap_or_default().to_owned();
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let headers = response.headers().iter_bytes();
        let mut seen = self.seen();
        seen.status = response.status().as_u16();
        seen.headers =
            headers.map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned())).collect();
        Ok(())
    }
}

/// An object with these members.
pub(super) fn record<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// An object with those of these members that are there.
#[cfg(feature = "dynamodb")]
pub(super) fn sparse_record<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    Value::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
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
