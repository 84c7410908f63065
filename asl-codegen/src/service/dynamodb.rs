//! Amazon DynamoDB. API version 2012-08-10.

use super::shapes::{Exclusive, Member, Operation, Shape, TEXT, optional, required};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        service: "dynamodb",
        action: "getItem",
        input: &[
            required("TableName", TEXT),
            required("Key", ATTRIBUTES),
            optional("AttributesToGet", &Shape::List(TEXT)),
            optional("ConsistentRead", &Shape::Boolean),
            optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY),
            optional("ProjectionExpression", TEXT),
            optional("ExpressionAttributeNames", NAMES),
        ],
        output: &[optional("Item", ATTRIBUTES), CONSUMED_CAPACITY],
        exclusive: NO_EXCLUSIONS,
    },
    Operation {
        service: "dynamodb",
        action: "putItem",
        input: &[
            required("TableName", TEXT),
            required("Item", ATTRIBUTES),
            optional("Expected", EXPECTED),
            optional("ReturnValues", &Shape::String(&["NONE", "ALL_OLD"])),
            optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY),
            optional("ReturnItemCollectionMetrics", RETURN_ITEM_COLLECTION_METRICS),
            optional("ConditionalOperator", CONDITIONAL_OPERATOR),
            optional("ConditionExpression", TEXT),
            optional("ExpressionAttributeNames", NAMES),
            optional("ExpressionAttributeValues", ATTRIBUTES),
            optional("ReturnValuesOnConditionCheckFailure", RETURN_VALUES_ON_FAILURE),
        ],
        output: &[optional("Attributes", ATTRIBUTES), CONSUMED_CAPACITY, ITEM_COLLECTION_METRICS],
        exclusive: NO_EXCLUSIONS,
    },
    Operation {
        service: "dynamodb",
        action: "updateItem",
        input: &[
            required("TableName", TEXT),
            required("Key", ATTRIBUTES),
            optional("AttributeUpdates", ATTRIBUTE_UPDATES),
            optional("Expected", EXPECTED),
            optional("ConditionalOperator", CONDITIONAL_OPERATOR),
            optional("ReturnValues", &Shape::String(&["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"])),
            optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY),
            optional("ReturnItemCollectionMetrics", RETURN_ITEM_COLLECTION_METRICS),
            optional("UpdateExpression", TEXT),
            optional("ConditionExpression", TEXT),
            optional("ExpressionAttributeNames", NAMES),
            optional("ExpressionAttributeValues", ATTRIBUTES),
            optional("ReturnValuesOnConditionCheckFailure", RETURN_VALUES_ON_FAILURE),
        ],
        output: &[optional("Attributes", ATTRIBUTES), CONSUMED_CAPACITY, ITEM_COLLECTION_METRICS],
        exclusive: NO_EXCLUSIONS,
    },
    Operation {
        service: "dynamodb",
        action: "deleteItem",
        input: &[
            required("TableName", TEXT),
            required("Key", ATTRIBUTES),
            optional("Expected", EXPECTED),
            optional("ConditionalOperator", CONDITIONAL_OPERATOR),
            optional("ReturnValues", &Shape::String(&["NONE", "ALL_OLD"])),
            optional("ReturnConsumedCapacity", RETURN_CONSUMED_CAPACITY),
            optional("ReturnItemCollectionMetrics", RETURN_ITEM_COLLECTION_METRICS),
            optional("ConditionExpression", TEXT),
            optional("ExpressionAttributeNames", NAMES),
            optional("ExpressionAttributeValues", ATTRIBUTES),
            optional("ReturnValuesOnConditionCheckFailure", RETURN_VALUES_ON_FAILURE),
        ],
        output: &[optional("Attributes", ATTRIBUTES), CONSUMED_CAPACITY, ITEM_COLLECTION_METRICS],
        exclusive: NO_EXCLUSIONS,
    },
];

/// What excludes each other here is the business of the checks of expressions.
const NO_EXCLUSIONS: &[Exclusive] = &[];

const ATTRIBUTES: &Shape = &Shape::Map(&Shape::AttributeValue);
const NAMES: &Shape = &Shape::Map(TEXT);

const RETURN_CONSUMED_CAPACITY: &Shape = &Shape::String(&["INDEXES", "TOTAL", "NONE"]);
const RETURN_ITEM_COLLECTION_METRICS: &Shape = &Shape::String(&["SIZE", "NONE"]);
const RETURN_VALUES_ON_FAILURE: &Shape = &Shape::String(&["ALL_OLD", "NONE"]);
const CONDITIONAL_OPERATOR: &Shape = &Shape::String(&["AND", "OR"]);

const EXPECTED: &Shape = &Shape::Map(&Shape::Structure(&[
    optional("Value", &Shape::AttributeValue),
    optional("Exists", &Shape::Boolean),
    optional(
        "ComparisonOperator",
        &Shape::String(&[
            "EQ",
            "NE",
            "IN",
            "LE",
            "LT",
            "GE",
            "GT",
            "BETWEEN",
            "NOT_NULL",
            "NULL",
            "CONTAINS",
            "NOT_CONTAINS",
            "BEGINS_WITH",
        ]),
    ),
    optional("AttributeValueList", &Shape::List(&Shape::AttributeValue)),
]));

const ATTRIBUTE_UPDATES: &Shape = &Shape::Map(&Shape::Structure(&[
    optional("Value", &Shape::AttributeValue),
    optional("Action", &Shape::String(&["ADD", "PUT", "DELETE"])),
]));

const CAPACITY: &Shape = &Shape::Structure(&[
    optional("ReadCapacityUnits", &Shape::Number),
    optional("WriteCapacityUnits", &Shape::Number),
    optional("CapacityUnits", &Shape::Number),
]);

const CONSUMED_CAPACITY: Member = optional(
    "ConsumedCapacity",
    &Shape::Structure(&[
        optional("TableName", TEXT),
        optional("CapacityUnits", &Shape::Number),
        optional("ReadCapacityUnits", &Shape::Number),
        optional("WriteCapacityUnits", &Shape::Number),
        optional("Table", CAPACITY),
        optional("LocalSecondaryIndexes", &Shape::Map(CAPACITY)),
        optional("GlobalSecondaryIndexes", &Shape::Map(CAPACITY)),
    ]),
);

const ITEM_COLLECTION_METRICS: Member = optional(
    "ItemCollectionMetrics",
    &Shape::Structure(&[
        optional("ItemCollectionKey", ATTRIBUTES),
        optional("SizeEstimateRangeGB", &Shape::List(&Shape::Number)),
    ]),
);
