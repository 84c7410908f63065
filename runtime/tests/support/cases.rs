//! What the services are asked and what they answer, as one table for whatever plays the services.
//!
//! A side creates [`TABLES`], [`QUEUES`] and [`TOPICS`], and then runs every one of [`cases`]. Cases share these
//! resources and run at once, so each has keys and group names of its own.

use asl_runtime::{Request, Services, Value};
use serde_json::json;

/// Tables by name, with their key attributes: partition key, sort key. All are strings.
pub(crate) const TABLES: &[(&str, &[&str])] = &[("Message", &["messageId"]), ("Reading", &["sensor", "time"])];
/// Queues by name.
pub(crate) const QUEUES: &[&str] = &["TeamCSqs", "Orders.fifo"];
/// Topics by name.
pub(crate) const TOPICS: &[&str] = &["TeamAsns", "Prices.fifo"];

/// Calls that follow on each other.
pub(crate) struct Case {
    /// What it shows.
    pub(crate) name: &'static str,
    /// The calls.
    pub(crate) steps: Vec<Step>,
}

/// One call.
pub(crate) struct Step {
    call: &'static str,
    parameters: Value,
    expected: Outcome,
    stand_in: Option<(&'static str, Outcome)>,
}

/// What comes of a call.
pub(crate) enum Outcome {
    /// The answer without its two members about HTTP. A text `*` stands for any text.
    Answer(Value),
    /// The error's name and cause; `*` in the cause stands for any text.
    Error(&'static str, String),
}

/// Whose answers are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// AWS's own.
    #[allow(dead_code, reason = "for the stand-ins in memory")]
    Aws,
    /// The stand-in's, where it is known to differ.
    StandIn,
}

/// Runs one case.
///
/// # Errors
/// What came instead of what was expected.
pub(crate) async fn run(case: &Case, services: &dyn Services, side: Side) -> Result<(), String> {
    for (index, step) in case.steps.iter().enumerate() {
        let expected = match &step.stand_in {
            Some((_, outcome)) if side == Side::StandIn => outcome,
            _ => &step.expected,
        };
        let (service, action) = step.call.split_once(':').unwrap_or((step.call, ""));
        let service = services.service(service).ok_or_else(|| format!("there is no {service}"))?;
        let outcome = service.call(Request { action, parameters: step.parameters.clone() }).await;
        let differs = match (expected, outcome) {
            (Outcome::Answer(expected), Ok(mut answer)) => {
                check_http(&answer)?;
                if let Value::Object(members) = &mut answer {
                    members.shift_remove("SdkHttpMetadata");
                    members.shift_remove("SdkResponseMetadata");
                }
                (!same(expected, &answer)).then(|| (expected.to_string(), answer.to_string()))
            }
            (Outcome::Error(name, cause), Err(error))
                if error.name() == Some(name) && error.cause().is_some_and(|actual| same_text(cause, actual)) =>
            {
                None
            }
            (Outcome::Answer(expected), Err(error)) => Some((expected.to_string(), error.to_string())),
            (Outcome::Error(name, cause), Ok(answer)) => Some((format!("{name}: {cause}"), answer.to_string())),
            (Outcome::Error(name, cause), Err(error)) => Some((format!("{name}: {cause}"), error.to_string())),
        };
        if let Some((expected, actual)) = differs {
            return Err(format!("step {}, {}\n expected: {expected}\n   actual: {actual}", index + 1, step.call));
        }
    }
    Ok(())
}

/// The two members that every answer has.
fn check_http(answer: &Value) -> Result<(), String> {
    let http = &answer["SdkHttpMetadata"];
    let members: Vec<&str> = http.as_object().into_iter().flat_map(|http| http.keys()).map(String::as_str).collect();
    let id = answer["SdkResponseMetadata"]["RequestId"].as_str();
    let is_whole = members == ["AllHttpHeaders", "HttpHeaders", "HttpStatusCode"]
        && http["HttpStatusCode"] == 200
        && id.is_some_and(|id| !id.is_empty())
        && http["HttpHeaders"]["Content-Length"] == http["AllHttpHeaders"]["Content-Length"][0];
    if is_whole { Ok(()) } else { Err(format!("the members about HTTP are not whole: {answer}")) }
}

/// Whether two values are the same to the order of members.
fn same(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::String(expected), Value::String(_)) if expected == "*" => true,
        (Value::Object(expected), Value::Object(actual)) => {
            expected.len() == actual.len()
                && expected
                    .iter()
                    .zip(actual)
                    .all(|((name, expected), (actual_name, actual))| name == actual_name && same(expected, actual))
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len() && expected.iter().zip(actual).all(|(left, right)| same(left, right))
        }
        (expected, actual) => expected == actual,
    }
}

fn same_text(expected: &str, actual: &str) -> bool {
    match expected.split_once('*') {
        None => expected == actual,
        Some((before, after)) => actual
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| same_text(after, rest)))),
    }
}

fn case(name: &'static str, steps: impl Into<Vec<Step>>) -> Case {
    Case { name, steps: steps.into() }
}

fn answers(call: &'static str, parameters: Value, answer: Value) -> Step {
    Step { call, parameters, expected: Outcome::Answer(answer), stand_in: None }
}

fn fails(call: &'static str, parameters: Value, (name, cause): (&'static str, String)) -> Step {
    Step { call, parameters, expected: Outcome::Error(name, cause), stand_in: None }
}

impl Step {
    /// The stand-in answers something else.
    fn but_stand_in_answers(mut self, why: &'static str, answer: Value) -> Self {
        self.stand_in = Some((why, Outcome::Answer(answer)));
        self
    }

    /// The stand-in fails otherwise.
    fn but_stand_in_fails(mut self, why: &'static str, (name, cause): (&'static str, String)) -> Self {
        self.stand_in = Some((why, Outcome::Error(name, cause)));
        self
    }
}

/// DynamoDB's error with an exception of its own.
fn dynamodb(exception: &'static str, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonDynamoDBv2", 400, code, message))
}

/// DynamoDB's error for a request that makes no sense to it.
fn dynamodb_invalid(message: &str) -> (&'static str, String) {
    dynamodb("DynamoDB.AmazonDynamoDBException", "ValidationException", message)
}

fn sqs(exception: &'static str, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonSQS", 400, code, message))
}

fn sns(exception: &'static str, status: u16, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonSNS", status, code, message))
}

fn v1(service: &str, status: u16, code: &str, message: &str) -> String {
    format!("{message} (Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: *; Proxy: null)")
}

/// Step Functions' error for parameters that are not the action's.
fn unfit(problem: &str) -> (&'static str, String) {
    ("States.Runtime", format!("The Parameters '*' could not be used to start the Task: [{problem}]"))
}

/// All cases.
pub(crate) fn cases() -> Vec<Case> {
    [get_and_put(), update(), delete(), parameters(), send_message(), publish()].into_iter().flatten().collect()
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

fn parameters() -> Vec<Case> {
    vec![
        case(
            "parameters of the wrong type",
            [
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {"S": 3}}}),
                    unfit("The value for the field 'S' must be a STRING"),
                ),
                fails(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": "a", "ConsistentRead": "yes"}),
                    unfit(
                        "The value of the field 'Key' has an invalid format, \
                         The value for the field 'ConsistentRead' must be a BOOLEAN",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "a", "DelaySeconds": "5"}),
                    unfit("The value for the field 'DelaySeconds' must be an INTEGER"),
                ),
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": "a", "MessageAttributes": []}),
                    unfit("The value of the field 'MessageAttributes' has an invalid format"),
                ),
            ],
        ),
        case(
            "parameters that the action does not have, and that it needs",
            [
                fails(
                    "dynamodb:putItem",
                    json!({"tableName": "Message", "Item": {}}),
                    unfit(
                        "The field 'TableName' is required but was missing, \
                         The field \"tableName\" is not supported by Step Functions",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "a", "Delay": 5}),
                    unfit("The field \"Delay\" is not supported by Step Functions"),
                ),
            ],
        ),
    ]
}

fn queue(name: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/466170491455/{name}")
}

fn topic(name: &str) -> String {
    format!("arn:aws:sns:us-east-1:466170491455:{name}")
}

fn send_message() -> Vec<Case> {
    vec![
        case(
            "a message body that is an object is sent as compact JSON",
            [answers(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": {"Input": "Message3"}}),
                json!({"MD5OfMessageBody": "21ee0cdd2aec4288d4b9c0e48c1b9c83", "MessageId": "*"}),
            )],
        ),
        case(
            "a message body that is text is sent as it is",
            [answers(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello", "DelaySeconds": 0}),
                json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
            )],
        ),
        case(
            "message attributes",
            [answers(
                "sqs:sendMessage",
                json!({
                    "QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello",
                    "MessageAttributes": {
                        "text": {"DataType": "String", "StringValue": "a"},
                        "count": {"DataType": "Number", "StringValue": "1"},
                        "bytes": {"DataType": "Binary", "BinaryValue": "AAH/"}
                    }
                }),
                json!({
                    "MD5OfMessageAttributes": "ab9369d15b73f4da88026c6bc95b57d8", "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7",
                    "MessageId": "*"
                }),
            )],
        ),
        case(
            "a trace header",
            [answers(
                "sqs:sendMessage",
                json!({
                    "QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello",
                    "MessageSystemAttributes": {
                        "AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5e1b4151-5ac6c58e2b1e4f9d0"}
                    }
                }),
                json!({
                    "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MD5OfMessageSystemAttributes": "52d8905e05cc58acb41cc2f905d1dd9c",
                    "MessageId": "*"
                }),
            )
            .but_stand_in_answers(
                "it leaves out the digest",
                json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
            )],
        ),
        case(
            "a FIFO queue",
            [
                answers(
                    "sqs:sendMessage",
                    json!({
                        "QueueUrl": queue("Orders.fifo"), "MessageBody": "Hello", "MessageGroupId": "fifo",
                        "MessageDeduplicationId": "fifo-1"
                    }),
                    json!({
                        "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*",
                        "SequenceNumber": "*"
                    }),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("Orders.fifo"), "MessageBody": "Hello"}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "MissingParameter",
                        "The request must contain the parameter MessageGroupId.",
                    ),
                ),
            ],
        ),
        case(
            "a queue that is not there",
            [fails(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("Nowhere"), "MessageBody": "Hello"}),
                sqs(
                    "SQS.QueueDoesNotExistException",
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "The specified queue does not exist.",
                ),
            )
            .but_stand_in_fails(
                "it has the older protocol's text",
                sqs(
                    "SQS.QueueDoesNotExistException",
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "The specified queue does not exist for this wsdl version.",
                ),
            )],
        ),
        case(
            "messages that SQS refuses",
            [
                // Recorded.
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": null}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "MissingParameter",
                        "The request must contain the parameter MessageBody.",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello", "DelaySeconds": 901}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "InvalidParameterValue",
                        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= \
                         900.",
                    ),
                )
                .but_stand_in_answers(
                    "it waits however long it is told",
                    json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
                ),
            ],
        ),
    ]
}

fn publish() -> Vec<Case> {
    vec![
        case(
            "messages that are text and that are objects",
            [
                answers(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": {"Input": "Message3"}}),
                    json!({"MessageId": "*"}),
                ),
                answers(
                    "sns:publish",
                    json!({
                        "TopicArn": topic("TeamAsns"), "Message": "Hello", "Subject": "Greeting",
                        "MessageAttributes": {
                            "text": {"DataType": "String", "StringValue": "a"},
                            "bytes": {"DataType": "Binary", "BinaryValue": "AAH/"}
                        }
                    }),
                    json!({"MessageId": "*"}),
                ),
                answers(
                    "sns:publish",
                    json!({
                        "TargetArn": topic("TeamAsns"), "MessageStructure": "json", "Message": {"default": "Hello"}
                    }),
                    json!({"MessageId": "*"}),
                ),
            ],
        ),
        case(
            "a FIFO topic",
            [
                answers(
                    "sns:publish",
                    json!({
                        "TopicArn": topic("Prices.fifo"), "Message": "Hello", "MessageGroupId": "fifo",
                        "MessageDeduplicationId": "fifo-1"
                    }),
                    json!({"MessageId": "*", "SequenceNumber": "*"}),
                ),
                // Recorded.
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("Prices.fifo"), "Message": "Hello"}),
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameter",
                        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
                    ),
                )
                .but_stand_in_fails(
                    "its code is the exception's name",
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameterException",
                        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
                    ),
                ),
            ],
        ),
        case(
            "a topic that is not there",
            [fails(
                "sns:publish",
                json!({"TopicArn": topic("Nowhere"), "Message": "Hello"}),
                sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist"),
            )
            .but_stand_in_fails(
                "its text has the ARN",
                sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist: *"),
            )],
        ),
        case(
            "messages that SNS refuses",
            [
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": ""}),
                    sns("SNS.InvalidParameterException", 400, "InvalidParameter", "Invalid parameter: Empty message"),
                )
                .but_stand_in_answers("it takes an empty message", json!({"MessageId": "*"})),
                fails(
                    "sns:publish",
                    json!({"Message": "Hello"}),
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameter",
                        "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter",
                    ),
                )
                .but_stand_in_fails(
                    "its code is the exception's name, and the text its own",
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameterException",
                        "TopicArn, TargetArn, or PhoneNumber is required",
                    ),
                ),
            ],
        ),
    ]
}
