//! `dynamodb:getItem`, `putItem`, `updateItem`, `deleteItem`.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeValue, AttributeValueUpdate, Capacity, ConsumedCapacity, ExpectedAttributeValue, ItemCollectionMetrics,
};
use serde_json::Value;

use super::super::answer::hash_map;
use super::super::attribute_value::Written;
use super::super::dynamodb::{self, NAMES, Operation, Parameters, unfit_placeholder};
use super::attribute_value::{attributes_json, typed, typed_attributes};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

#[derive(Clone, Debug)]
pub(super) struct DynamoDbClient(pub(super) Client);

impl Service for DynamoDbClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match dynamodb::read(request.action, request.parameters) {
            Ok((Operation::Get, given)) => Box::pin(self.get_item(given)),
            Ok((Operation::Put, given)) => Box::pin(self.put_item(given)),
            Ok((Operation::Update, given)) => Box::pin(self.update_item(given)),
            Ok((Operation::Delete, given)) => Box::pin(self.delete_item(given)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

impl DynamoDbClient {
    async fn get_item(&self, given: Parameters) -> Result<Value, Error> {
        let request = get_item(&self.0, given).map_err(|message| NAMES.rejected(&message))?;
        send!(NAMES, request, |output| [
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("Item", output.item.map(attributes_json)),
        ])
    }

    async fn put_item(&self, given: Parameters) -> Result<Value, Error> {
        let request = put_item(&self.0, given).map_err(|message| NAMES.rejected(&message))?;
        send!(NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }

    async fn update_item(&self, given: Parameters) -> Result<Value, Error> {
        let request = update_item(&self.0, given).map_err(|message| NAMES.rejected(&message))?;
        send!(NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }

    async fn delete_item(&self, given: Parameters) -> Result<Value, Error> {
        let request = delete_item(&self.0, given).map_err(|message| NAMES.rejected(&message))?;
        send!(NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }
}

/// A request, or what DynamoDB says of values that no request can be made with.
type Made<T> = Result<T, String>;

fn get_item(client: &Client, given: Parameters) -> Made<GetItemFluentBuilder> {
    Ok(client
        .get_item()
        .set_table_name(given.table_name)
        .set_key(given.key.map(typed_attributes).transpose()?)
        .set_attributes_to_get(given.attributes_to_get)
        .set_consistent_read(given.consistent_read)
        .set_expression_attribute_names(given.expression_attribute_names.map(HashMap::from_iter))
        .set_projection_expression(given.projection_expression)
        .set_return_consumed_capacity(named(given.return_consumed_capacity)))
}

fn put_item(client: &Client, given: Parameters) -> Made<PutItemFluentBuilder> {
    Ok(client
        .put_item()
        .set_table_name(given.table_name)
        .set_item(given.item.map(typed_attributes).transpose()?)
        .set_condition_expression(given.condition_expression)
        .set_conditional_operator(named(given.conditional_operator))
        .set_expected(given.expected.map(|all| legacy(all, expected)).transpose()?)
        .set_expression_attribute_names(given.expression_attribute_names.map(HashMap::from_iter))
        .set_expression_attribute_values(given.expression_attribute_values.map(placeholders).transpose()?)
        .set_return_consumed_capacity(named(given.return_consumed_capacity))
        .set_return_item_collection_metrics(named(given.return_item_collection_metrics))
        .set_return_values(named(given.return_values))
        .set_return_values_on_condition_check_failure(named(given.return_values_on_condition_check_failure)))
}

fn update_item(client: &Client, given: Parameters) -> Made<UpdateItemFluentBuilder> {
    Ok(client
        .update_item()
        .set_table_name(given.table_name)
        .set_key(given.key.map(typed_attributes).transpose()?)
        .set_attribute_updates(given.attribute_updates.map(|all| legacy(all, attribute_update)).transpose()?)
        .set_condition_expression(given.condition_expression)
        .set_conditional_operator(named(given.conditional_operator))
        .set_expected(given.expected.map(|all| legacy(all, expected)).transpose()?)
        .set_expression_attribute_names(given.expression_attribute_names.map(HashMap::from_iter))
        .set_expression_attribute_values(given.expression_attribute_values.map(placeholders).transpose()?)
        .set_return_consumed_capacity(named(given.return_consumed_capacity))
        .set_return_item_collection_metrics(named(given.return_item_collection_metrics))
        .set_return_values(named(given.return_values))
        .set_return_values_on_condition_check_failure(named(given.return_values_on_condition_check_failure))
        .set_update_expression(given.update_expression))
}

fn delete_item(client: &Client, given: Parameters) -> Made<DeleteItemFluentBuilder> {
    Ok(client
        .delete_item()
        .set_table_name(given.table_name)
        .set_key(given.key.map(typed_attributes).transpose()?)
        .set_condition_expression(given.condition_expression)
        .set_conditional_operator(named(given.conditional_operator))
        .set_expected(given.expected.map(|all| legacy(all, expected)).transpose()?)
        .set_expression_attribute_names(given.expression_attribute_names.map(HashMap::from_iter))
        .set_expression_attribute_values(given.expression_attribute_values.map(placeholders).transpose()?)
        .set_return_consumed_capacity(named(given.return_consumed_capacity))
        .set_return_item_collection_metrics(named(given.return_item_collection_metrics))
        .set_return_values(named(given.return_values))
        .set_return_values_on_condition_check_failure(named(given.return_values_on_condition_check_failure)))
}

/// A name of one of several values; the service is to say what it thinks of a name that is none of them.
fn named<T>(name: Option<String>) -> Option<T>
where
    T: for<'a> From<&'a str>,
{
    name.as_deref().map(T::from)
}

/// The values of `ExpressionAttributeValues`.
fn placeholders(written: Vec<(String, Written)>) -> Made<HashMap<String, AttributeValue>> {
    let value = |(name, value): (String, Written)| match typed(value) {
        Ok(value) => Ok((name, value)),
        Err(message) => Err(unfit_placeholder(&name, message)),
    };
    written.into_iter().map(value).collect()
}

/// The elements of a legacy parameter.
fn legacy<T, U>(
    given: Vec<(String, T)>,
    element: fn(T) -> Result<U, &'static str>,
) -> Result<HashMap<String, U>, &'static str> {
    given.into_iter().map(|(name, given)| Ok((name, element(given)?))).collect()
}

fn expected(given: dynamodb::Expected) -> Result<ExpectedAttributeValue, &'static str> {
    let values = given.attribute_value_list;
    Ok(ExpectedAttributeValue::builder()
        .set_attribute_value_list(values.map(|all| all.into_iter().map(typed).collect()).transpose()?)
        .set_comparison_operator(named(given.comparison_operator))
        .set_exists(given.exists)
        .set_value(given.value.map(typed).transpose()?)
        .build())
}

fn attribute_update(given: dynamodb::AttributeUpdate) -> Result<AttributeValueUpdate, &'static str> {
    Ok(AttributeValueUpdate::builder()
        .set_action(named(given.action))
        .set_value(given.value.map(typed).transpose()?)
        .build())
}

fn consumed_capacity(consumed: ConsumedCapacity) -> Value {
    let indexes = |indexes: HashMap<String, Capacity>| {
        hash_map(indexes.into_iter().map(|(name, consumed)| (name, capacity(consumed))))
    };
    sparse_record([
        ("CapacityUnits", consumed.capacity_units.map(Value::from)),
        ("GlobalSecondaryIndexes", consumed.global_secondary_indexes.map(indexes)),
        ("LocalSecondaryIndexes", consumed.local_secondary_indexes.map(indexes)),
        ("ReadCapacityUnits", consumed.read_capacity_units.map(Value::from)),
        ("Table", consumed.table.map(capacity)),
        ("TableName", consumed.table_name.map(Value::from)),
        ("WriteCapacityUnits", consumed.write_capacity_units.map(Value::from)),
    ])
}

fn capacity(capacity: Capacity) -> Value {
    sparse_record([
        ("CapacityUnits", capacity.capacity_units.map(Value::from)),
        ("ReadCapacityUnits", capacity.read_capacity_units.map(Value::from)),
        ("WriteCapacityUnits", capacity.write_capacity_units.map(Value::from)),
    ])
}

fn item_collection_metrics(metrics: ItemCollectionMetrics) -> Value {
    sparse_record([
        ("ItemCollectionKey", metrics.item_collection_key.map(attributes_json)),
        ("SizeEstimateRangeGB", metrics.size_estimate_range_gb.map(Value::from)),
    ])
}

/// An object with those of these members that are there.
fn sparse_record<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    Value::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}
