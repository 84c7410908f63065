//! Items: put, got, updated, deleted.

use asl_runtime::Value;
use serde_json::json;

use super::{Case, Step, answers, case, fails, v1};

pub(super) fn cases() -> Vec<Case> {
    [get_and_put(), update(), delete()].into_iter().flatten().collect()
}

/// DynamoDB's error with an exception of its own.
fn dynamodb(exception: &'static str, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonDynamoDBv2", 400, code, message))
}

/// DynamoDB's error for a request that makes no sense to it.
fn dynamodb_invalid(message: &str) -> (&'static str, String) {
    dynamodb("DynamoDB.AmazonDynamoDBException", "ValidationException", message)
}

const CONDITION_FAILED: &str = "The conditional request failed";
const NO_TABLE: &str = "Requested resource not found";

fn condition_failed() -> (&'static str, String) {
    let exception = "ConditionalCheckFailedException";
    dynamodb("DynamoDB.ConditionalCheckFailedException", exception, CONDITION_FAILED)
}

fn no_table() -> (&'static str, String) {
    dynamodb("DynamoDB.ResourceNotFoundException", "ResourceNotFoundException", NO_TABLE)
}

fn message(id: &str) -> Value {
    json!({"messageId": {"S": id}})
}

fn put(id: &str, status: &str) -> Step {
    let item = json!({"messageId": {"S": id}, "status": {"S": status}});
    answers("dynamodb:putItem", json!({"TableName": "Message", "Item": item}), json!({}))
}

/// What is in the table now.
fn holds(id: &str, item: Value) -> Step {
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
            ],
        ),
    ]
}

fn update() -> Vec<Case> {
    let set_status = |id: &str, return_values: &str| {
        json!({
            "TableName": "Message", "Key": message(id), "UpdateExpression": "SET #s = :s",
            "ExpressionAttributeNames": {"#s": "status"}, "ExpressionAttributeValues": {":s": {"S": "DONE"}},
            "ReturnValues": return_values
        })
    };
    vec![
        case(
            "updateItem gives what ReturnValues asks for",
            [
                put("updated", "NEW"),
                answers("dynamodb:updateItem", set_status("updated", "NONE"), json!({})),
                put("updated", "NEW"),
                answers(
                    "dynamodb:updateItem",
                    set_status("updated", "UPDATED_OLD"),
                    json!({"Attributes": {"status": {"S": "NEW"}}}),
                ),
                put("updated", "NEW"),
                answers(
                    "dynamodb:updateItem",
                    set_status("updated", "UPDATED_NEW"),
                    json!({"Attributes": {"status": {"S": "DONE"}}}),
                ),
                put("updated", "NEW"),
                answers(
                    "dynamodb:updateItem",
                    set_status("updated", "ALL_OLD"),
                    json!({"Attributes": {"messageId": {"S": "updated"}, "status": {"S": "NEW"}}}),
                ),
                put("updated", "NEW"),
                answers(
                    "dynamodb:updateItem",
                    set_status("updated", "ALL_NEW"),
                    json!({"Attributes": {"messageId": {"S": "updated"}, "status": {"S": "DONE"}}}),
                ),
            ],
        ),
        case(
            "updateItem creates the item",
            [
                answers("dynamodb:updateItem", set_status("created", "ALL_OLD"), json!({})),
                holds("created", json!({"Item": {"messageId": {"S": "created"}, "status": {"S": "DONE"}}})),
            ],
        ),
        case(
            "updateItem counts, appends, adds to sets and removes",
            [
                answers(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {
                        "messageId": {"S": "counted"}, "n": {"N": "41"}, "previous": {"S": "x"}, "l": {"L": [{"S": "a"}]}
                    }}),
                    json!({}),
                ),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("counted"),
                        "UpdateExpression": "SET n = n + :one, l = list_append(l, :b), opened = if_not_exists(opened, \
                                             :one) REMOVE previous ADD tags :tags",
                        "ExpressionAttributeValues": {
                            ":one": {"N": "1"}, ":b": {"L": [{"S": "b"}]}, ":tags": {"SS": ["t"]}
                        },
                        "ReturnValues": "ALL_NEW"
                    }),
                    json!({"Attributes": {
                        "messageId": {"S": "counted"}, "opened": {"N": "1"},
                        "l": {"L": [{"S": "a"}, {"S": "b"}]}, "n": {"N": "42"}, "tags": {"SS": ["t"]},
                    }}),
                ),
            ],
        ),
        case(
            "a reserved word in an update",
            [
                put("reserved", "NEW"),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("reserved"), "UpdateExpression": "SET status = :s",
                        "ExpressionAttributeValues": {":s": {"S": "DONE"}}
                    }),
                    dynamodb_invalid(
                        "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status",
                    ),
                ),
                holds("reserved", json!({"Item": {"messageId": {"S": "reserved"}, "status": {"S": "NEW"}}})),
            ],
        ),
        case(
            "expressions that do not fit their values",
            [
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("unused"), "UpdateExpression": "SET a = :a",
                        "ExpressionAttributeValues": {":a": {"S": "a"}, ":b": {"S": "b"}}
                    }),
                    dynamodb_invalid("Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}"),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("undefined"), "UpdateExpression": "SET a = :a, b = :b",
                        "ExpressionAttributeValues": {":b": {"S": "b"}}
                    }),
                    dynamodb_invalid(
                        "Invalid UpdateExpression: An expression attribute value used in expression is not defined; \
                         attribute value: :a",
                    ),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("key"), "UpdateExpression": "SET messageId = :a",
                        "ExpressionAttributeValues": {":a": {"S": "a"}}
                    }),
                    dynamodb_invalid(
                        "One or more parameter values were invalid: Cannot update attribute messageId. This \
                         attribute is part of the key",
                    ),
                ),
            ],
        ),
        case(
            "updateItem under a condition, and of a table that is not there",
            [
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("absent"), "UpdateExpression": "SET a = :a",
                        "ConditionExpression": "attribute_exists(messageId)",
                        "ExpressionAttributeValues": {":a": {"S": "a"}}
                    }),
                    condition_failed(),
                ),
                holds("absent", json!({})),
                fails("dynamodb:updateItem", json!({"TableName": "Nowhere", "Key": message("a")}), no_table()),
            ],
        ),
        case(
            "legacy parameters",
            [
                put("legacy", "NEW"),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("legacy"),
                        "AttributeUpdates": {"n": {"Action": "PUT", "Value": {"N": "1"}}},
                        "Expected": {
                            "status": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "NEW"}]},
                            "other": {"Exists": false}
                        },
                        "ConditionalOperator": "AND"
                    }),
                    json!({}),
                ),
                answers(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": message("legacy"), "AttributesToGet": ["n"]}),
                    json!({"Item": {"n": {"N": "1"}}}),
                ),
                fails(
                    "dynamodb:deleteItem",
                    json!({
                        "TableName": "Message", "Key": message("legacy"),
                        "Expected": {"status": {"Value": {"S": "OTHER"}}}
                    }),
                    condition_failed(),
                ),
            ],
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
