//! Requests and answers, as data. Each case begins with the same empty tables, queues and topics.

/// Calls that follow on each other.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Call, parameters, and the answer without its members about HTTP, or the error. `*` stands for any text.
    pub(crate) calls: &'static [(&'static str, &'static str, &'static str)],
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "an item comes back as it was put, in the order of a hash map",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}, "n": {"N": "1e2"}, "ss": {"SS": ["b", "a"]},
                    "l": {"L": [{"NULL": true}, {"M": {"x": {"BOOL": false}}}]}, "b": {"B": "AAEC"}}}"#,
                "{}",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "ConsistentRead": true}"#,
                r#"{"Item": {"ss": {"SS": ["b", "a"]}, "b": {"B": "AAEC"}, "messageId": {"S": "1"},
                    "l": {"L": [{"NULL": true}, {"M": {"x": {"BOOL": false}}}]}, "n": {"N": "100"}}}"#,
            ),
            (
                "dynamodb:getItem",
                r##"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "ProjectionExpression": "l[1].#x, n, absent",
                    "ExpressionAttributeNames": {"#x": "x"}, "ReturnConsumedCapacity": "TOTAL"}"##,
                r#"{"ConsumedCapacity": {"CapacityUnits": 0.5, "TableName": "Message"},
                    "Item": {"l": {"L": [{"M": {"x": {"BOOL": false}}}]}, "n": {"N": "100"}}}"#,
            ),
            (
                "dynamodb:deleteItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "ReturnValues": "ALL_OLD",
                    "ConditionExpression": "size(ss) = :two", "ExpressionAttributeValues": {":two": {"N": "2"}},
                    "ReturnConsumedCapacity": "INDEXES"}"#,
                r#"{"Attributes": {"ss": {"SS": ["b", "a"]}, "b": {"B": "AAEC"}, "messageId": {"S": "1"},
                    "l": {"L": [{"NULL": true}, {"M": {"x": {"BOOL": false}}}]}, "n": {"N": "100"}},
                    "ConsumedCapacity": {"CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}, "TableName": "Message"}}"#,
            ),
            ("dynamodb:getItem", r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}}"#, "{}"),
        ],
    },
    Case {
        name: "a plain string is a string, and null is nothing",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": "1", "order_status": "pick-order", "Item": null}}"#,
                "{}",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Message", "Key": {"messageId": "1"}}"#,
                r#"{"Item": {"order_status": {"S": "pick-order"}, "messageId": {"S": "1"}}}"#,
            ),
        ],
    },
    Case {
        name: "an update reads the item as it was, and does everything at once",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}, "a": {"N": "1"}, "b": {"N": "2"},
                    "l": {"L": [{"S": "0"}, {"S": "1"}, {"S": "2"}, {"S": "3"}]}, "tags": {"SS": ["x", "y"]}}}"#,
                "{}",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}},
                    "UpdateExpression": "SET a = b, b = a + :tenth, l[9] = :nine, l[7] = :seven REMOVE l[1], l[2] ADD hits :one DELETE tags :x",
                    "ExpressionAttributeValues": {":tenth": {"N": "0.1"}, ":nine": {"S": "9"}, ":seven": {"S": "7"},
                    ":one": {"N": "1"}, ":x": {"SS": ["x", "z"]}}, "ReturnValues": "ALL_NEW"}"#,
                r#"{"Attributes": {"hits": {"N": "1"}, "a": {"N": "2"}, "b": {"N": "1.1"}, "messageId": {"S": "1"},
                    "l": {"L": [{"S": "0"}, {"S": "3"}, {"S": "7"}, {"S": "9"}]}, "tags": {"SS": ["y"]}}}"#,
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "DELETE tags :y REMOVE l[0], absent",
                    "ExpressionAttributeValues": {":y": {"SS": ["y"]}}, "ReturnValues": "UPDATED_OLD"}"#,
                r#"{"Attributes": {"l": {"L": [{"S": "0"}]}, "tags": {"SS": ["y"]}}}"#,
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "REMOVE absent",
                    "ReturnValues": "UPDATED_NEW"}"#,
                "{}",
            ),
        ],
    },
    Case {
        name: "an update creates the item, unless it only takes things away",
        calls: &[
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Reading", "Key": {"sensor": {"S": "s"}, "time": {"N": "1"}},
                    "UpdateExpression": "REMOVE a", "ReturnValues": "ALL_NEW"}"#,
                "{}",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Reading", "Key": {"sensor": {"S": "s"}, "time": {"N": "1"}}}"#,
                "{}",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Reading", "Key": {"sensor": {"S": "s"}, "time": {"N": "1.0"}},
                    "UpdateExpression": "SET a = if_not_exists(a, :a)", "ExpressionAttributeValues": {":a": {"S": "A"}},
                    "ReturnValues": "ALL_NEW"}"#,
                r#"{"Attributes": {"a": {"S": "A"}, "sensor": {"S": "s"}, "time": {"N": "1"}}}"#,
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Reading", "Key": {"sensor": {"S": "s"}, "time": {"N": "1"}}, "AttributesToGet": ["a"]}"#,
                r#"{"Item": {"a": {"S": "A"}}}"#,
            ),
        ],
    },
    Case {
        name: "updates that DynamoDB refuses leave the item alone",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}, "a": {"S": "A"}}}"#,
                "{}",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET status = :s",
                    "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET b = :s, a.b = :s",
                    "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: The document path provided in the update expression is invalid for update (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET b = :s, c = absent",
                    "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: The provided expression refers to an attribute that does not exist in the item (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET b = a + :n",
                    "ExpressionAttributeValues": {":n": {"N": "1"}}}"#,
                "DynamoDB.AmazonDynamoDBException: An operand in the update expression has an incorrect data type (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET messageId = :s",
                    "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: One or more parameter values were invalid: Cannot update attribute messageId. This attribute is part of the key (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "SET b = :s",
                    "ConditionExpression": "a <> :s", "ExpressionAttributeValues": {":s": {"S": "A"}}}"#,
                "DynamoDB.ConditionalCheckFailedException: The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: *; Proxy: null)",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}}"#,
                r#"{"Item": {"a": {"S": "A"}, "messageId": {"S": "1"}}}"#,
            ),
        ],
    },
    Case {
        name: "placeholders that do not fit",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}}, "ConditionExpression": "attribute_exists(a)",
                    "ExpressionAttributeValues": {":t": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:t} (*",
            ),
            (
                "dynamodb:putItem",
                r##"{"TableName": "Message", "Item": {"messageId": {"S": "1"}}, "ConditionExpression": "attribute_exists(a)",
                    "ExpressionAttributeNames": {"#n": "x"}}"##,
                "DynamoDB.AmazonDynamoDBException: Value provided in ExpressionAttributeNames unused in expressions: keys: {#n} (*",
            ),
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}}, "ConditionExpression": "a = :zz"}"#,
                "DynamoDB.AmazonDynamoDBException: Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :zz (*",
            ),
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}}, "ExpressionAttributeValues": {":t": {"S": "x"}}}"#,
                "DynamoDB.AmazonDynamoDBException: ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "REMOVE a", "ExpressionAttributeValues": {}}"#,
                "DynamoDB.AmazonDynamoDBException: ExpressionAttributeValues must not be empty (*",
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "UpdateExpression": "REMOVE a", "Expected": {"a": {"Exists": false}}}"#,
                "DynamoDB.AmazonDynamoDBException: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {UpdateExpression} (*",
            ),
        ],
    },
    Case {
        name: "values and keys that do not fit",
        calls: &[
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": "1"}, "n": {"N": "many"}}}"#,
                "DynamoDB.AmazonDynamoDBException: The parameter cannot be converted to a numeric value: many (*",
            ),
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"N": "1"}}}"#,
                "DynamoDB.AmazonDynamoDBException: One or more parameter values were invalid: Type mismatch for key messageId expected: S actual: N (*",
            ),
            (
                "dynamodb:putItem",
                r#"{"TableName": "Reading", "Item": {"sensor": {"S": "1"}}}"#,
                "DynamoDB.AmazonDynamoDBException: One or more parameter values were invalid: Missing the key time in the item (*",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Reading", "Key": {"sensor": {"S": "1"}}}"#,
                "DynamoDB.AmazonDynamoDBException: The provided key element does not match the schema (*",
            ),
            (
                "dynamodb:getItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "ReturnConsumedCapacity": "ALL"}"#,
                "DynamoDB.AmazonDynamoDBException: 1 validation error detected: Value 'ALL' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE] (*",
            ),
            (
                "dynamodb:putItem",
                r#"{"TableName": "Message", "Item": {"messageId": {"S": 3}}, "Return": "x"}"#,
                "States.Runtime: The Parameters '*' could not be used to start the Task: [The value for the field 'S' must be a STRING, The field \"Return\" is not supported by Step Functions]",
            ),
        ],
    },
    Case {
        name: "parameters from before there were expressions",
        calls: &[
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "AttributeUpdates": {
                    "n": {"Action": "ADD", "Value": {"N": "2"}}, "s": {"Value": {"SS": ["a", "b"]}}}, "ReturnValues": "UPDATED_NEW"}"#,
                r#"{"Attributes": {"s": {"SS": ["a", "b"]}, "n": {"N": "2"}}}"#,
            ),
            (
                "dynamodb:updateItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "AttributeUpdates": {
                    "n": {"Action": "ADD", "Value": {"N": "-0.5"}}, "s": {"Action": "DELETE", "Value": {"SS": ["a"]}}},
                    "Expected": {"n": {"ComparisonOperator": "GE", "AttributeValueList": [{"N": "2"}]}, "x": {"Exists": false}},
                    "ReturnValues": "UPDATED_NEW"}"#,
                r#"{"Attributes": {"s": {"SS": ["b"]}, "n": {"N": "1.5"}}}"#,
            ),
            (
                "dynamodb:deleteItem",
                r#"{"TableName": "Message", "Key": {"messageId": {"S": "1"}}, "Expected": {"n": {"Value": {"N": "2"}}}}"#,
                "DynamoDB.ConditionalCheckFailedException: The conditional request failed (*",
            ),
        ],
    },
    Case {
        name: "messages to a queue",
        calls: &[
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs", "MessageBody": {"Input": "Message3"}}"#,
                r#"{"MD5OfMessageBody": "21ee0cdd2aec4288d4b9c0e48c1b9c83", "MessageId": "*"}"#,
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs", "MessageBody": "Hello",
                    "MessageAttributes": {"text": {"DataType": "String", "StringValue": "a"},
                    "count": {"DataType": "Number", "StringValue": "1"}, "bytes": {"DataType": "Binary", "BinaryValue": "AAH/"}}}"#,
                r#"{"MD5OfMessageAttributes": "ab9369d15b73f4da88026c6bc95b57d8",
                    "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}"#,
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs", "MessageBody": null}"#,
                "SQS.AmazonSQSException: The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: *; Proxy: null)",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs", "MessageBody": "a", "DelaySeconds": 901}"#,
                "SQS.AmazonSQSException: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900. (*",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs", "MessageBody": "a",
                    "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}}"#,
                "SQS.AmazonSQSException: The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String. (*",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "TeamCSqs", "MessageBody": "a"}"#,
                "SQS.InvalidAddressException: The address TeamCSqs is not valid for this endpoint. (*",
            ),
        ],
    },
    Case {
        name: "messages to a FIFO queue",
        calls: &[
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/Orders.fifo", "MessageBody": "Hello"}"#,
                "SQS.AmazonSQSException: The request must contain the parameter MessageGroupId. (*",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/Orders.fifo", "MessageBody": "Hello", "MessageGroupId": "g"}"#,
                "SQS.AmazonSQSException: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly (*",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/Bodies.fifo", "MessageBody": "Hello", "MessageGroupId": "g"}"#,
                r#"{"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*", "SequenceNumber": "*"}"#,
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/Bodies.fifo", "MessageBody": "Hello", "MessageGroupId": "g", "DelaySeconds": 5}"#,
                "SQS.AmazonSQSException: Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type. (*",
            ),
            (
                "sqs:sendMessage",
                r#"{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/TeamCSqs", "MessageBody": "Hello", "MessageDeduplicationId": "d"}"#,
                "SQS.AmazonSQSException: Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type. (*",
            ),
        ],
    },
    Case {
        name: "messages to topics",
        calls: &[
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:466170491455:TeamAsns", "Message": {"Input": "Message3"}}"#,
                r#"{"MessageId": "*"}"#,
            ),
            (
                "sns:publish",
                r#"{"TargetArn": "arn:aws:sns:us-east-1:466170491455:TeamAsns", "MessageStructure": "json", "Message": {"default": "Hello"}}"#,
                r#"{"MessageId": "*"}"#,
            ),
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:1:Prices.fifo", "Message": "Hello"}"#,
                "SNS.InvalidParameterException: Invalid parameter: The MessageGroupId parameter is required for FIFO topics (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: *; Proxy: null)",
            ),
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:1:Prices.fifo", "Message": "Hello", "MessageGroupId": "g", "MessageDeduplicationId": "d"}"#,
                r#"{"MessageId": "*", "SequenceNumber": "10000000000000000256"}"#,
            ),
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:1:Texts.fifo", "Message": "Hello", "MessageGroupId": "g"}"#,
                r#"{"MessageId": "*", "SequenceNumber": "10000000000000000256"}"#,
            ),
        ],
    },
    Case {
        name: "messages that SNS refuses",
        calls: &[
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:1:TeamAsns", "Message": ""}"#,
                "SNS.InvalidParameterException: Invalid parameter: Empty message (*",
            ),
            (
                "sns:publish",
                r#"{"Message": "Hello"}"#,
                "SNS.InvalidParameterException: Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter (*",
            ),
            (
                "sns:publish",
                r#"{"TopicArn": "TeamAsns", "Message": "Hello"}"#,
                "SNS.InvalidParameterException: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1 (*",
            ),
            (
                "sns:publish",
                r#"{"TopicArn": "arn:aws:sns:us-east-1:1:TeamAsns", "Message": "Hello", "MessageStructure": "json"}"#,
                "SNS.InvalidParameterException: Invalid parameter: Message Structure - JSON message body failed to parse (*",
            ),
            (
                "sns:publish",
                r#"{"TargetArn": "arn:aws:sns:us-east-1:1:endpoint/GCM/app/1", "Message": "Hello"}"#,
                "SNS.InvalidParameterException: Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified (*",
            ),
        ],
    },
];
