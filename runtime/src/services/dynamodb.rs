//! What DynamoDB is asked: `getItem`, `putItem`, `updateItem`, `deleteItem`.

use serde_json::Value;

use super::attribute_value::{Written, attribute_value, attributes};
use super::failure::{Names, unknown_action};
use super::parameters::{self, Members, Problems, boolean, list, map, object, text};
use crate::error::Error;

pub(super) const NAMES: Names = Names {
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

/// The operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Get,
    Put,
    Update,
    Delete,
}

const OPERATIONS: [(&str, Operation); 4] = [
    ("getItem", Operation::Get),
    ("putItem", Operation::Put),
    ("updateItem", Operation::Update),
    ("deleteItem", Operation::Delete),
];

/// The parameters of all operations. What an operation does not have stays empty.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub(super) table_name: Option<String>,
    pub(super) item: Option<Vec<(String, Written)>>,
    pub(super) key: Option<Vec<(String, Written)>>,
    pub(super) attributes_to_get: Option<Vec<String>>,
    pub(super) attribute_updates: Option<Vec<(String, AttributeUpdate)>>,
    pub(super) condition_expression: Option<String>,
    pub(super) conditional_operator: Option<String>,
    pub(super) consistent_read: Option<bool>,
    pub(super) expected: Option<Vec<(String, Expected)>>,
    pub(super) expression_attribute_names: Option<Vec<(String, String)>>,
    pub(super) expression_attribute_values: Option<Vec<(String, Written)>>,
    pub(super) projection_expression: Option<String>,
    pub(super) return_consumed_capacity: Option<String>,
    pub(super) return_item_collection_metrics: Option<String>,
    pub(super) return_values: Option<String>,
    pub(super) return_values_on_condition_check_failure: Option<String>,
    pub(super) update_expression: Option<String>,
}

/// An element of the legacy parameter `AttributeUpdates`.
#[derive(Debug)]
pub(super) struct AttributeUpdate {
    pub(super) action: Option<String>,
    pub(super) value: Option<Written>,
}

/// An element of the legacy parameter `Expected`.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) attribute_value_list: Option<Vec<Written>>,
    pub(super) comparison_operator: Option<String>,
    pub(super) exists: Option<bool>,
    pub(super) value: Option<Written>,
}

/// Reads a call.
///
/// # Errors
/// There is no such action, or the parameters are not its own.
pub(super) fn read(action: &str, parameters: Value) -> Result<(Operation, Parameters), Error> {
    let Some((_, operation)) = OPERATIONS.into_iter().find(|(name, _)| *name == action) else {
        return Err(unknown_action("dynamodb", action, &OPERATIONS.map(|(name, _)| name)));
    };
    parameters::read(parameters, |members| (operation, self::parameters(operation, members)))
}

fn parameters(operation: Operation, members: &mut Members<'_>) -> Parameters {
    let mut read = Parameters { table_name: members.require("TableName", text), ..Parameters::default() };
    match operation {
        Operation::Put => read.item = members.require("Item", attributes),
        Operation::Get | Operation::Update | Operation::Delete => read.key = members.require("Key", attributes),
    }
    read.expression_attribute_names = members.take("ExpressionAttributeNames", map(text));
    read.return_consumed_capacity = members.take("ReturnConsumedCapacity", text);
    if operation == Operation::Get {
        read.attributes_to_get = members.take("AttributesToGet", list(text));
        read.consistent_read = members.take("ConsistentRead", boolean);
        read.projection_expression = members.take("ProjectionExpression", text);
        return read;
    }
    if operation == Operation::Update {
        read.attribute_updates = members.take("AttributeUpdates", map(attribute_update));
        read.update_expression = members.take("UpdateExpression", text);
    }
    read.condition_expression = members.take("ConditionExpression", text);
    read.conditional_operator = members.take("ConditionalOperator", text);
    read.expected = members.take("Expected", map(expected));
    read.expression_attribute_values = members.take("ExpressionAttributeValues", attributes);
    read.return_item_collection_metrics = members.take("ReturnItemCollectionMetrics", text);
    read.return_values = members.take("ReturnValues", text);
    read.return_values_on_condition_check_failure = members.take("ReturnValuesOnConditionCheckFailure", text);
    read
}

fn attribute_update(problems: &mut Problems, field: &str, value: Value) -> Option<AttributeUpdate> {
    object(problems, field, value, |members| AttributeUpdate {
        action: members.take("Action", text),
        value: members.take("Value", attribute_value),
    })
}

fn expected(problems: &mut Problems, field: &str, value: Value) -> Option<Expected> {
    object(problems, field, value, |members| Expected {
        attribute_value_list: members.take("AttributeValueList", list(attribute_value)),
        comparison_operator: members.take("ComparisonOperator", text),
        exists: members.take("Exists", boolean),
        value: members.take("Value", attribute_value),
    })
}

/// What DynamoDB says of `ExpressionAttributeValues` when it says `message` of the value `placeholder`.
pub(super) fn unfit_placeholder(placeholder: &str, message: &str) -> String {
    format!("ExpressionAttributeValues contains invalid value: {message} for key {placeholder}")
}
