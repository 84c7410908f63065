//! Items: put, got, deleted.

use asl_runtime::Value;
use serde_json::json;

use super::{Case, Step, answers, case, fails, v1};

pub(super) fn cases() -> Vec<Case> {
    [get_and_put(), misfits(), delete()].into_iter().flatten().collect()
}

/// DynamoDB's error with an exception of its own.
fn dynamodb(exception: &'static str, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonDynamoDBv2", 400, code, message))
}

/// DynamoDB's error for a request that makes no sense to it.
pub(super) fn dynamodb_invalid(message: &str) -> (&'static str, String) {
    dynamodb("DynamoDB.AmazonDynamoDBException", "ValidationException", message)
}

const CONDITION_FAILED: &str = "The conditional request failed";
const NO_TABLE: &str = "Requested resource not found";

pub(super) fn condition_failed() -> (&'static str, String) {
    let exception = "ConditionalCheckFailedException";
    dynamodb("DynamoDB.ConditionalCheckFailedException", exception, CONDITION_FAILED)
}

pub(super) fn no_table() -> (&'static str, String) {
    dynamodb("DynamoDB.ResourceNotFoundException", "ResourceNotFoundException", NO_TABLE)
}

pub(super) fn message(id: &str) -> Value {
    json!({"messageId": {"S": id}})
}

pub(super) fn put(id: &str, status: &str) -> Step {
    let item = json!({"messageId": {"S": id}, "status": {"S": status}});
    answers("dynamodb:putItem", json!({"TableName": "Message", "Item": item}), json!({}))
}

/// What is in the table now.
pub(super) fn holds(id: &str, item: Value) -> Step {
    let parameters = json!({"TableName": "Message", "Key": message(id), "ConsistentRead": true});
    answers("dynamodb:getItem", parameters, item)
}

fn get_and_put() -> Vec<Case> {
    let every_type = json!({
        "messageId": {"S": "every-type"}, "n": {"N": "-12.5"}, "b": {"B": "AAH/"}, "ss": {"SS": ["x"]},
        "ns": {"NS": ["7"]}, "bs": {"BS": ["AQ=="]}, "null": {"NULL": true}, "bool": {"BOOL": false},
        "m": {"M": {"inner": {"L": [{"S": ""}, {"M": {}}, {"L": []}]}}},
    });
    // The same in the order of a hash map.
    let every_type_read = json!({
        "ss": {"SS": ["x"]}, "bs": {"BS": ["AQ=="]}, "b": {"B": "AAH/"}, "bool": {"BOOL": false},
        "null": {"NULL": true}, "ns": {"NS": ["7"]}, "messageId": {"S": "every-type"},
        "m": {"M": {"inner": {"L": [{"S": ""}, {"M": {}}, {"L": []}]}}}, "n": {"N": "-12.5"},
    });
    vec![
        case(
            "an item of every type comes back as it was put",
            [
                answers("dynamodb:putItem", json!({"TableName": "Message", "Item": every_type}), json!({})),
                holds("every-type", json!({"Item": every_type_read})),
            ],
        ),
        case("an item that is not there", [holds("nowhere", json!({}))]),
        case(
            "putItem gives the item it replaced when asked",
            [
                put("replaced", "OLD"),
                answers(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": message("replaced"), "ReturnValues": "ALL_OLD"}),
                    json!({"Attributes": {"messageId": {"S": "replaced"}, "status": {"S": "OLD"}}}),
                ),
                holds("replaced", json!({"Item": message("replaced")})),
            ],
        ),
        case(
            "getItem gives the attributes it is asked for",
            [
                put("projected", "NEW"),
                answers(
                    "dynamodb:getItem",
                    json!({
                        "TableName": "Message", "Key": message("projected"), "ProjectionExpression": "#s",
                        "ExpressionAttributeNames": {"#s": "status"}
                    }),
                    json!({"Item": {"status": {"S": "NEW"}}}),
                ),
            ],
        ),
        case(
            "getItem gives the capacity it used when asked",
            [
                put("capacity", "NEW"),
                answers(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": message("capacity"), "ReturnConsumedCapacity": "TOTAL"}),
                    json!({
                        "ConsumedCapacity": {"CapacityUnits": 0.5, "TableName": "Message"},
                        "Item": {"messageId": {"S": "capacity"}, "status": {"S": "NEW"}}
                    }),
                ),
            ],
        ),
        case(
            "putItem under a condition",
            [
                put("conditional", "FIRST"),
                fails(
                    "dynamodb:putItem",
                    json!({
                        "TableName": "Message", "Item": message("conditional"),
                        "ConditionExpression": "attribute_not_exists(messageId)",
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
                    }),
                    condition_failed(),
                ),
                holds("conditional", json!({"Item": {"messageId": {"S": "conditional"}, "status": {"S": "FIRST"}}})),
            ],
        ),
        case(
            "getItem and putItem of a table that is not there",
            [
                fails("dynamodb:getItem", json!({"TableName": "Nowhere", "Key": message("a")}), no_table()),
                fails("dynamodb:putItem", json!({"TableName": "Nowhere", "Item": message("a")}), no_table()),
            ],
        ),
        case(
            "numbers are normalised, and a path leads into lists and maps",
            [
                answers(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {
                        "messageId": {"S": "nested"}, "n": {"N": "1e2"}, "ss": {"SS": ["a", "b"]},
                        "l": {"L": [{"NULL": true}, {"M": {"x": {"BOOL": false}}}]}
                    }}),
                    json!({}),
                ),
                answers(
                    "dynamodb:getItem",
                    json!({
                        "TableName": "Message", "Key": message("nested"), "ProjectionExpression": "l[1].#x, n, absent",
                        "ExpressionAttributeNames": {"#x": "x"}
                    }),
                    json!({"Item": {"l": {"L": [{"M": {"x": {"BOOL": false}}}]}, "n": {"N": "100"}}}),
                ),
                answers(
                    "dynamodb:deleteItem",
                    json!({
                        "TableName": "Message", "Key": message("nested"), "ReturnConsumedCapacity": "INDEXES",
                        "ConditionExpression": "size(ss) = :two", "ExpressionAttributeValues": {":two": {"N": "2"}}
                    }),
                    json!({"ConsumedCapacity": {
                        "CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}, "TableName": "Message"
                    }}),
                ),
            ],
        ),
        case(
            "a plain string is a string, and null is nothing",
            [
                answers(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {
                        "messageId": "plain", "order_status": "pick-order", "gone": null, "l": {"L": ["a", {"S": "b"}]}
                    }}),
                    json!({}),
                ),
                answers(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": {"messageId": "plain"}}),
                    json!({"Item": {
                        "order_status": {"S": "pick-order"}, "messageId": {"S": "plain"},
                        "l": {"L": [{"S": "a"}, {"S": "b"}]}
                    }}),
                ),
            ],
        ),
    ]
}

fn misfits() -> Vec<Case> {
    vec![
        case(
            "keys that are not the table's",
            [
                fails(
                    "dynamodb:getItem",
                    json!({"TableName": "Reading", "Key": {"sensor": {"S": "a"}}}),
                    dynamodb_invalid("The provided key element does not match the schema"),
                ),
                fails(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": {"messageId": {"N": "1"}}}),
                    dynamodb_invalid("The provided key element does not match the schema"),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Reading", "Item": {"sensor": {"S": "a"}}}),
                    dynamodb_invalid("One or more parameter values were invalid: Missing the key time in the item"),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {"N": "1"}}}),
                    dynamodb_invalid(
                        "One or more parameter values were invalid: Type mismatch for key messageId expected: S \
                         actual: N",
                    ),
                ),
            ],
        ),
        case(
            "values that are no attribute values",
            [
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {"S": "n"}, "n": {"N": "many"}}}),
                    dynamodb_invalid("The parameter cannot be converted to a numeric value: many"),
                )
                .but_stand_in_fails(
                    "its text has a prefix",
                    dynamodb_invalid(
                        "1 validation error detected: The parameter cannot be converted to a numeric value: many",
                    ),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {}}}),
                    dynamodb_invalid(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                    ),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {"S": "a", "N": "1"}}}),
                    dynamodb_invalid(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the \
                         supported datatypes",
                    ),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("unfit"), "UpdateExpression": "SET a = :a",
                        "ExpressionAttributeValues": {":a": {}}
                    }),
                    dynamodb_invalid(
                        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must \
                         contain exactly one of the supported datatypes for key :a",
                    ),
                ),
            ],
        ),
        case(
            "a name that is none of those there are",
            [fails(
                "dynamodb:getItem",
                json!({"TableName": "Message", "Key": message("named"), "ReturnConsumedCapacity": "ALL"}),
                dynamodb_invalid(
                    "1 validation error detected: Value 'ALL' at 'returnConsumedCapacity' failed to satisfy \
                     constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
                ),
            )],
        ),
    ]
}

fn delete() -> Vec<Case> {
    vec![
        case(
            "deleteItem gives the item when asked",
            [
                put("deleted", "OLD"),
                answers(
                    "dynamodb:deleteItem",
                    json!({"TableName": "Message", "Key": message("deleted"), "ReturnValues": "ALL_OLD"}),
                    json!({"Attributes": {"messageId": {"S": "deleted"}, "status": {"S": "OLD"}}}),
                ),
                holds("deleted", json!({})),
                answers("dynamodb:deleteItem", json!({"TableName": "Message", "Key": message("deleted")}), json!({})),
            ],
        ),
        case(
            "deleteItem under a condition, and of a table that is not there",
            [
                put("kept", "NEW"),
                fails(
                    "dynamodb:deleteItem",
                    json!({
                        "TableName": "Message", "Key": message("kept"), "ConditionExpression": "#s = :done",
                        "ExpressionAttributeNames": {"#s": "status"},
                        "ExpressionAttributeValues": {":done": {"S": "DONE"}}
                    }),
                    condition_failed(),
                ),
                holds("kept", json!({"Item": {"messageId": {"S": "kept"}, "status": {"S": "NEW"}}})),
                fails("dynamodb:deleteItem", json!({"TableName": "Nowhere", "Key": message("a")}), no_table()),
            ],
        ),
    ]
}
