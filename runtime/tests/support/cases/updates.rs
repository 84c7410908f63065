//! Items updated, and the expressions that say how.

use serde_json::json;

use super::dynamodb::{condition_failed, dynamodb_invalid, holds, message, no_table, put};
use super::{Case, answers, case, fails};

pub(super) fn cases() -> Vec<Case> {
    [update(), refuse(), legacy()].into_iter().flatten().collect()
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
            "an update reads the item as it was, and does everything at once",
            [
                answers(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {
                        "messageId": {"S": "at-once"}, "a": {"N": "1"}, "b": {"N": "2"},
                        "l": {"L": [{"S": "0"}, {"S": "1"}, {"S": "2"}, {"S": "3"}]}, "tags": {"SS": ["x", "y"]}
                    }}),
                    json!({}),
                ),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("at-once"),
                        "UpdateExpression": "SET a = b, b = a + :tenth ADD hits :one DELETE tags :x",
                        "ExpressionAttributeValues": {
                            ":tenth": {"N": "0.1"}, ":one": {"N": "1"}, ":x": {"SS": ["x", "z"]}
                        },
                        "ReturnValues": "UPDATED_NEW"
                    }),
                    json!({"Attributes": {
                        "hits": {"N": "1"}, "a": {"N": "2"}, "b": {"N": "1.1"}, "tags": {"SS": ["y"]}
                    }}),
                ),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("at-once"),
                        "UpdateExpression": "SET l[9] = :nine, l[7] = :seven REMOVE l[1], l[2]",
                        "ExpressionAttributeValues": {":nine": {"S": "9"}, ":seven": {"S": "7"}}
                    }),
                    json!({}),
                ),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("at-once"),
                        "UpdateExpression": "DELETE tags :y REMOVE l[0], absent",
                        "ExpressionAttributeValues": {":y": {"SS": ["y"]}}, "ReturnValues": "UPDATED_OLD"
                    }),
                    json!({"Attributes": {"l": {"L": [{"S": "0"}]}, "tags": {"SS": ["y"]}}}),
                )
                .but_stand_in_answers(
                    "it gives the whole list",
                    json!({"Attributes": {
                        "l": {"L": [{"S": "0"}, {"S": "2"}, {"S": "9"}, {"S": "7"}]}, "tags": {"SS": ["y"]}
                    }}),
                ),
                holds(
                    "at-once",
                    json!({"Item": {
                        "hits": {"N": "1"}, "a": {"N": "2"}, "b": {"N": "1.1"}, "messageId": {"S": "at-once"},
                        "l": {"L": [{"S": "3"}, {"S": "7"}, {"S": "9"}]}
                    }}),
                )
                .but_stand_in_answers(
                    "it appends as it is told, and an element that it removes moves those that it removes next",
                    json!({"Item": {
                        "hits": {"N": "1"}, "a": {"N": "2"}, "b": {"N": "1.1"}, "messageId": {"S": "at-once"},
                        "l": {"L": [{"S": "2"}, {"S": "9"}, {"S": "7"}]}
                    }}),
                ),
            ],
        ),
        case(
            "an update that only takes things away creates no item",
            [
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("not-created"), "UpdateExpression": "REMOVE a",
                        "ReturnValues": "ALL_NEW"
                    }),
                    json!({}),
                )
                .but_stand_in_answers("it creates one", json!({"Attributes": {"messageId": {"S": "not-created"}}})),
                holds("not-created", json!({}))
                    .but_stand_in_answers("it created one", json!({"Item": {"messageId": {"S": "not-created"}}})),
            ],
        ),
        case(
            "numbers are the same key however they are written",
            [
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Reading", "Key": {"sensor": {"S": "numbers"}, "time": {"N": "1.0"}},
                        "UpdateExpression": "SET a = if_not_exists(a, :a)",
                        "ExpressionAttributeValues": {":a": {"S": "A"}}, "ReturnValues": "ALL_NEW"
                    }),
                    json!({"Attributes": {"a": {"S": "A"}, "sensor": {"S": "numbers"}, "time": {"N": "1"}}}),
                ),
                answers(
                    "dynamodb:getItem",
                    json!({
                        "TableName": "Reading", "Key": {"sensor": {"S": "numbers"}, "time": {"N": "1"}},
                        "AttributesToGet": ["a"]
                    }),
                    json!({"Item": {"a": {"S": "A"}}}),
                )
                .but_stand_in_answers("it takes keys for text", json!({})),
            ],
        ),
    ]
}

fn refuse() -> Vec<Case> {
    vec![
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
                fails(
                    "dynamodb:putItem",
                    json!({
                        "TableName": "Message", "Item": message("unused"),
                        "ConditionExpression": "attribute_exists(a)", "ExpressionAttributeNames": {"#n": "x"}
                    }),
                    dynamodb_invalid("Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}"),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": message("undefined"), "ConditionExpression": "a = :a"}),
                    dynamodb_invalid(
                        "Invalid ConditionExpression: An expression attribute value used in expression is not defined; \
                         attribute value: :a",
                    ),
                )
                .but_stand_in_fails(
                    "its text has a prefix",
                    dynamodb_invalid(
                        "1 validation error detected: Invalid ConditionExpression: An expression attribute value used \
                         in expression is not defined; attribute value: :a",
                    ),
                ),
                fails(
                    "dynamodb:putItem",
                    json!({
                        "TableName": "Message", "Item": message("needless"),
                        "ExpressionAttributeValues": {":a": {"S": "a"}}
                    }),
                    dynamodb_invalid(
                        "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression \
                         is null",
                    ),
                )
                .but_stand_in_fails(
                    "its text has a prefix and no end",
                    dynamodb_invalid(
                        "1 validation error detected: ExpressionAttributeValues can only be specified when using \
                         expressions",
                    ),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("needless"), "UpdateExpression": "REMOVE a",
                        "ExpressionAttributeValues": {}
                    }),
                    dynamodb_invalid("ExpressionAttributeValues must not be empty"),
                )
                .but_stand_in_fails(
                    "its text has a prefix",
                    dynamodb_invalid("1 validation error detected: ExpressionAttributeValues must not be empty"),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("mixed"), "UpdateExpression": "REMOVE a",
                        "Expected": {"a": {"Exists": false}}
                    }),
                    dynamodb_invalid(
                        "Can not use both expression and non-expression parameters in the same request: \
                         Non-expression parameters: {Expected} Expression parameters: {UpdateExpression}",
                    ),
                )
                .but_stand_in_answers("it uses both", json!({})),
            ],
        ),
        case(
            "updates that DynamoDB refuses leave the item alone",
            [
                put("refused", "NEW"),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("refused"),
                        "UpdateExpression": "SET b = :s, messageText.b = :s",
                        "ExpressionAttributeValues": {":s": {"S": "x"}}
                    }),
                    dynamodb_invalid("The document path provided in the update expression is invalid for update"),
                )
                .but_stand_in_fails(
                    "its text has the attribute",
                    dynamodb_invalid(
                        "The document path provided in the update expression is invalid for update: messageText",
                    ),
                ),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("refused"),
                        "UpdateExpression": "SET b = :s, c = absent", "ExpressionAttributeValues": {":s": {"S": "x"}}
                    }),
                    dynamodb_invalid("The provided expression refers to an attribute that does not exist in the item"),
                ),
                holds("refused", json!({"Item": {"messageId": {"S": "refused"}, "status": {"S": "NEW"}}})),
            ],
        ),
        case(
            "sums of what is no number",
            [
                put("no-number", "NEW"),
                fails(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("no-number"), "UpdateExpression": "SET #s = #s + :n",
                        "ExpressionAttributeNames": {"#s": "status"}, "ExpressionAttributeValues": {":n": {"N": "1"}}
                    }),
                    dynamodb_invalid("An operand in the update expression has an incorrect data type"),
                )
                .but_stand_in_answers("it keeps the text", json!({})),
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
    ]
}

fn legacy() -> Vec<Case> {
    vec![
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
        case(
            "legacy updates add to numbers, and take from sets",
            [
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("legacy-sets"),
                        "AttributeUpdates": {
                            "n": {"Action": "ADD", "Value": {"N": "2"}}, "s": {"Value": {"SS": ["a", "b"]}}
                        },
                        "ReturnValues": "UPDATED_NEW"
                    }),
                    json!({"Attributes": {"s": {"SS": ["a", "b"]}, "n": {"N": "2"}}}),
                ),
                answers(
                    "dynamodb:updateItem",
                    json!({
                        "TableName": "Message", "Key": message("legacy-sets"),
                        "AttributeUpdates": {
                            "n": {"Action": "ADD", "Value": {"N": "-0.5"}},
                            "s": {"Action": "DELETE", "Value": {"SS": ["a"]}}
                        },
                        "Expected": {
                            "n": {"ComparisonOperator": "GE", "AttributeValueList": [{"N": "2"}]},
                            "x": {"Exists": false}
                        },
                        "ReturnValues": "UPDATED_NEW"
                    }),
                    json!({"Attributes": {"s": {"SS": ["b"]}, "n": {"N": "1.5"}}}),
                ),
            ],
        ),
    ]
}
