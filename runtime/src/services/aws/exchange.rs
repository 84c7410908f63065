//! Keeps what answers tell of a call's HTTP exchange.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::Value;

use super::super::answer::{Http, answer};
use super::super::failure::Names;

/// What an interceptor sees of one call's HTTP exchange; of its last attempt, when there are several.
#[derive(Clone, Debug, Default)]
pub(super) struct Exchange(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    authority: String,
    response: Http,
}

impl Exchange {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host and port that were asked.
    pub(super) fn authority(&self) -> String {
        self.seen().authority.clone()
    }

    /// The answer with those of these members that are there.
    pub(super) fn answer<const N: usize>(
        &self,
        names: &Names,
        request_id: Option<&str>,
        members: [(&'static str, Option<Value>); N],
    ) -> Value {
        let members = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
        answer(names, &self.seen().response, request_id, members)
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
        self.seen().response = Http {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned()))
                .collect(),
        };
        Ok(())
    }
}
