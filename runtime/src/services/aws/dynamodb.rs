//! `dynamodb:getItem`, `putItem`, `updateItem`, `deleteItem`.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeValueUpdate, Capacity, ConsumedCapacity, ExpectedAttributeValue, ItemCollectionMetrics,
};
use serde_json::Value;

use super::answer::{hash_map, sparse_record};
use super::attribute_value::{attribute_value, attributes, attributes_json};
use super::failure::{Names, unknown_action};
use super::parameters::{self, Members, Problems, boolean, list, map, object, text};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

const NAMES: Names = Names {
    prefix: "DynamoDB",
    service: "AmazonDynamoDBv2",
    base_exception: "AmazonDynamoDBException",
    exceptions: &[
        ("ConditionalCheckFailedException", "ConditionalCheckFailedException"),
        ("InternalServerError", "InternalServerErrorException"),
        ("ItemCollectionSizeLimitExceededException", "ItemCollectionSizeLimitExceededException"),
        ("ProvisionedThroughputExceededException", "ProvisionedThroughputExceededException"),
        ("ReplicatedWriteConflictException", "ReplicatedWriteConflictException"),
        ("RequestLimitExceeded", "RequestLimitExceededException"),
        ("ResourceNotFoundException", "ResourceNotFoundException"),
        ("ThrottlingException", "ThrottlingException"),
        ("TransactionConflictException", "TransactionConflictException"),
    ],
    connection: "Connection",
};

#[derive(Clone, Debug)]
pub(super) struct DynamoDbClient(pub(super) Client);

impl Service for DynamoDbClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        let Request { action, parameters } = request;
        match action {
            "getItem" => Box::pin(self.get_item(parameters)),
            "putItem" => Box::pin(self.put_item(parameters)),
            "updateItem" => Box::pin(self.update_item(parameters)),
            "deleteItem" => Box::pin(self.delete_item(parameters)),
            _ => Box::pin(std::future::ready(Err(unknown_action(
                "dynamodb",
                action,
                &["getItem", "putItem", "updateItem", "deleteItem"],
            )))),
        }
    }
}

impl DynamoDbClient {
    fn read<T>(&self, parameters: Value, request: impl FnOnce(&Client, &mut Members<'_>) -> T) -> Result<T, Error> {
        parameters::read(parameters, |members| request(&self.0, members)).map_err(|unfit| NAMES.unfit(unfit))
    }

    async fn get_item(&self, parameters: Value) -> Result<Value, Error> {
        let request = self.read(parameters, get_item)?;
        send!(&NAMES, request, |output| [
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("Item", output.item.map(attributes_json)),
        ])
    }

    async fn put_item(&self, parameters: Value) -> Result<Value, Error> {
        let request = self.read(parameters, put_item)?;
        send!(&NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }

    async fn update_item(&self, parameters: Value) -> Result<Value, Error> {
        let request = self.read(parameters, update_item)?;
        send!(&NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }

    async fn delete_item(&self, parameters: Value) -> Result<Value, Error> {
        let request = self.read(parameters, delete_item)?;
        send!(&NAMES, request, |output| [
            ("Attributes", output.attributes.map(attributes_json)),
            ("ConsumedCapacity", output.consumed_capacity.map(consumed_capacity)),
            ("ItemCollectionMetrics", output.item_collection_metrics.map(item_collection_metrics)),
        ])
    }
}

fn get_item(client: &Client, members: &mut Members<'_>) -> GetItemFluentBuilder {
    client
        .get_item()
        .set_table_name(members.require("TableName", text))
        .set_key(members.require("Key", attributes))
        .set_attributes_to_get(members.take("AttributesToGet", list(text)))
        .set_consistent_read(members.take("ConsistentRead", boolean))
        .set_expression_attribute_names(members.take("ExpressionAttributeNames", map(text)))
        .set_projection_expression(members.take("ProjectionExpression", text))
        .set_return_consumed_capacity(members.name("ReturnConsumedCapacity"))
}

fn put_item(client: &Client, members: &mut Members<'_>) -> PutItemFluentBuilder {
    client
        .put_item()
        .set_table_name(members.require("TableName", text))
        .set_item(members.require("Item", attributes))
        .set_condition_expression(members.take("ConditionExpression", text))
        .set_conditional_operator(members.name("ConditionalOperator"))
        .set_expected(members.take("Expected", map(expected)))
        .set_expression_attribute_names(members.take("ExpressionAttributeNames", map(text)))
        .set_expression_attribute_values(members.take("ExpressionAttributeValues", attributes))
        .set_return_consumed_capacity(members.name("ReturnConsumedCapacity"))
        .set_return_item_collection_metrics(members.name("ReturnItemCollectionMetrics"))
        .set_return_values(members.name("ReturnValues"))
        .set_return_values_on_condition_check_failure(members.name("ReturnValuesOnConditionCheckFailure"))
}

fn update_item(client: &Client, members: &mut Members<'_>) -> UpdateItemFluentBuilder {
    client
        .update_item()
        .set_table_name(members.require("TableName", text))
        .set_key(members.require("Key", attributes))
        .set_attribute_updates(members.take("AttributeUpdates", map(attribute_update)))
        .set_condition_expression(members.take("ConditionExpression", text))
        .set_conditional_operator(members.name("ConditionalOperator"))
        .set_expected(members.take("Expected", map(expected)))
        .set_expression_attribute_names(members.take("ExpressionAttributeNames", map(text)))
        .set_expression_attribute_values(members.take("ExpressionAttributeValues", attributes))
        .set_return_consumed_capacity(members.name("ReturnConsumedCapacity"))
        .set_return_item_collection_metrics(members.name("ReturnItemCollectionMetrics"))
        .set_return_values(members.name("ReturnValues"))
        .set_return_values_on_condition_check_failure(members.name("ReturnValuesOnConditionCheckFailure"))
        .set_update_expression(members.take("UpdateExpression", text))
}

fn delete_item(client: &Client, members: &mut Members<'_>) -> DeleteItemFluentBuilder {
    client
        .delete_item()
        .set_table_name(members.require("TableName", text))
        .set_key(members.require("Key", attributes))
        .set_condition_expression(members.take("ConditionExpression", text))
        .set_conditional_operator(members.name("ConditionalOperator"))
        .set_expected(members.take("Expected", map(expected)))
        .set_expression_attribute_names(members.take("ExpressionAttributeNames", map(text)))
        .set_expression_attribute_values(members.take("ExpressionAttributeValues", attributes))
        .set_return_consumed_capacity(members.name("ReturnConsumedCapacity"))
        .set_return_item_collection_metrics(members.name("ReturnItemCollectionMetrics"))
        .set_return_values(members.name("ReturnValues"))
        .set_return_values_on_condition_check_failure(members.name("ReturnValuesOnConditionCheckFailure"))
}

/// An element of the legacy parameter `Expected`.
fn expected(problems: &mut Problems, field: &str, value: Value) -> Option<ExpectedAttributeValue> {
    object(problems, field, value, |members| {
        ExpectedAttributeValue::builder()
            .set_attribute_value_list(members.take("AttributeValueList", list(attribute_value)))
            .set_comparison_operator(members.name("ComparisonOperator"))
            .set_exists(members.take("Exists", boolean))
            .set_value(members.take("Value", attribute_value))
            .build()
    })
}

/// An element of the legacy parameter `AttributeUpdates`.
fn attribute_update(problems: &mut Problems, field: &str, value: Value) -> Option<AttributeValueUpdate> {
    object(problems, field, value, |members| {
        AttributeValueUpdate::builder()
            .set_action(members.name("Action"))
            .set_value(members.take("Value", attribute_value))
            .build()
    })
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
