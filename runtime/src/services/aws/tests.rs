//! What goes over the wire and what is made of what comes back, with a server on loopback that says what it is told.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::Credentials;
use aws_types::sdk_config::SharedCredentialsProvider;
use serde_json::json;

use super::*;
use crate::services::{Provide, Request, Service};
use crate::{Error, Value};

/// Answers one request with `response`, and gives the request's body.
fn server(response: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some((name, value)) = line.split_once(": ")
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        reader.get_mut().write_all(response.as_bytes()).unwrap();
        String::from_utf8(body).unwrap()
    });
    (endpoint, server)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn aws(endpoint: &str) -> Aws {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(endpoint);
    Aws::new(&config.build())
}

async fn call(aws: &Aws, name: &str, parameters: Value) -> Result<Value, Error> {
    let (service, action) = name.split_once(':').unwrap();
    let service: &dyn Service = match service {
        "dynamodb" => Provide::<crate::services::DynamoDb>::provide(aws),
        "sqs" => Provide::<crate::services::Sqs>::provide(aws),
        "sns" => Provide::<crate::services::Sns>::provide(aws),
        _ => unreachable!("{service}"),
    };
    service.call(Request::new(action, parameters)).await
}

/// A request arrives at a JSON service as it was asked.
async fn check_sent(name: &str, parameters: Value) {
    let (endpoint, server) = server(response("200 OK", "", "{}"));
    call(&aws(&endpoint), name, parameters.clone()).await.unwrap();
    let body: Value = serde_json::from_str(&server.join().unwrap()).unwrap();
    assert_eq!(body, parameters);
}

async fn check_answer(name: &str, parameters: Value, response: String, answer: &str) {
    let (endpoint, server) = server(response);
    let actual = call(&aws(&endpoint), name, parameters).await.unwrap();
    server.join().unwrap();
    assert_eq!(actual.to_string(), answer);
}

async fn check_error(name: &str, parameters: Value, response: String, error: &str, cause: &str) {
    let (endpoint, server) = server(response);
    let actual = call(&aws(&endpoint), name, parameters).await.unwrap_err();
    server.join().unwrap();
    assert_eq!(actual, Error::new(error.to_owned(), cause));
}
#[tokio::test]
async fn dynamodb_sends_every_parameter() {
    let key = json!({"id": {"S": "a"}});
    let values = json!({
        ":s": {"S": ""}, ":n": {"N": "1.50"}, ":b": {"B": "AAH/"}, ":ss": {"SS": ["a", "b"]}, ":ns": {"NS": ["1"]},
        ":bs": {"BS": ["AQ=="]}, ":null": {"NULL": true}, ":bool": {"BOOL": false},
        ":m": {"M": {"l": {"L": [{"M": {}}, {"L": []}]}}}
    });
    let expected = json!({
        "a": {"Exists": false},
        "b": {"Value": {"N": "1"}, "Exists": true},
        "c": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "1"}, {"N": "2"}]}
    });
    let names = json!({"#s": "status"});
    check_sent(
        "dynamodb:getItem",
        json!({
            "TableName": "T", "Key": key, "AttributesToGet": ["a"], "ConsistentRead": true,
            "ExpressionAttributeNames": names, "ProjectionExpression": "#s", "ReturnConsumedCapacity": "INDEXES"
        }),
    )
    .await;
    check_sent(
        "dynamodb:putItem",
        json!({
            "TableName": "T", "Item": values, "Expected": expected, "ConditionalOperator": "OR",
            "ConditionExpression": "#s = :s", "ExpressionAttributeNames": names, "ExpressionAttributeValues": values,
            "ReturnConsumedCapacity": "TOTAL", "ReturnItemCollectionMetrics": "SIZE", "ReturnValues": "ALL_OLD",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
        }),
    )
    .await;
    check_sent(
        "dynamodb:updateItem",
        json!({
            "TableName": "T", "Key": key, "Expected": expected, "ConditionalOperator": "AND",
            "AttributeUpdates": {"a": {"Action": "ADD", "Value": {"N": "1"}}, "b": {"Action": "DELETE"}},
            "UpdateExpression": "SET #s = :s", "ConditionExpression": "#s = :s", "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values, "ReturnConsumedCapacity": "NONE",
            "ReturnItemCollectionMetrics": "NONE", "ReturnValues": "UPDATED_NEW",
            "ReturnValuesOnConditionCheckFailure": "NONE"
        }),
    )
    .await;
    check_sent(
        "dynamodb:deleteItem",
        json!({
            "TableName": "T", "Key": key, "Expected": expected, "ConditionalOperator": "AND",
            "ConditionExpression": "#s = :s", "ExpressionAttributeNames": names, "ExpressionAttributeValues": values,
            "ReturnConsumedCapacity": "TOTAL", "ReturnItemCollectionMetrics": "SIZE",
            "ReturnValues": "a name that DynamoDB is to judge", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
        }),
    )
    .await;
}
#[tokio::test]
async fn sqs_sends_every_parameter() {
    let attributes = json!({"a": {"DataType": "String", "StringValue": "x"}});
    check_sent(
        "sqs:sendMessage",
        json!({
            "QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/q", "MessageBody": "m", "DelaySeconds": 1,
            "MessageAttributes": {
                "a": {"DataType": "Binary", "BinaryValue": "AAH/"},
                "b": {"DataType": "String", "StringListValues": ["x"], "BinaryListValues": ["AQ=="]}
            },
            "MessageSystemAttributes": attributes, "MessageDeduplicationId": "d", "MessageGroupId": "g"
        }),
    )
    .await;
}
#[tokio::test]
async fn sns_sends_every_parameter() {
    let answer = "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>";
    let (endpoint, server) = server(response("200 OK", "Content-Type: text/xml\r\n", answer));
    let parameters = json!({
        "TopicArn": "t", "TargetArn": "e", "PhoneNumber": "p", "Message": {"b": 1.0, "a": [null]}, "Subject": "s",
        "MessageStructure": "json", "MessageDeduplicationId": "d", "MessageGroupId": "g",
        "MessageAttributes": {"a": {"DataType": "Binary", "BinaryValue": "AAH/"}}
    });
    call(&aws(&endpoint), "sns:publish", parameters).await.unwrap();
    let body = server.join().unwrap();
    let mut fields: Vec<&str> = body.split('&').collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "Action=Publish",
            "Message=%7B%22b%22%3A1.0%2C%22a%22%3A%5Bnull%5D%7D",
            "MessageAttributes.entry.1.Name=a",
            "MessageAttributes.entry.1.Value.BinaryValue=AAH%2F",
            "MessageAttributes.entry.1.Value.DataType=Binary",
            "MessageDeduplicationId=d",
            "MessageGroupId=g",
            "MessageStructure=json",
            "PhoneNumber=p",
            "Subject=s",
            "TargetArn=e",
            "TopicArn=t",
            "Version=2010-03-31",
        ]
    );
}

/// The shape and the order were recorded on AWS.
#[tokio::test]
async fn dynamodb_answers() {
    let headers = "Server: Server\r\nDate: d\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: keep-alive\r\n\
                   x-amzn-RequestId: r\r\nX-Amz-Crc32: 1\r\nServer: Proxy\r\n";
    let body = r#"{"Item":{"id":{"S":"i"},"data":{"N":"1"},"S":{"M":{"id":{"B":"AAH/"},"data":{"NULL":true}}}}}"#;
    check_answer(
        "dynamodb:getItem",
        json!({"TableName": "T", "Key": {}}),
        response("200 OK", headers, body),
        r#"{"Item":{"S":{"M":{"data":{"NULL":true},"id":{"B":"AAH/"}}},"data":{"N":"1"},"id":{"S":"i"}},"SdkHttpMetadata":{"AllHttpHeaders":{"Server":["Server","Proxy"],"Connection":["keep-alive"],"x-amzn-RequestId":["r"],"x-amz-crc32":["1"],"Content-Length":["93"],"Date":["d"],"Content-Type":["application/x-amz-json-1.0"]},"HttpHeaders":{"Connection":"keep-alive","Content-Length":"93","Content-Type":"application/x-amz-json-1.0","Date":"d","Server":"Server","x-amz-crc32":"1","x-amzn-RequestId":"r"},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"r"}}"#,
    )
    .await;
    let body = r#"{"ConsumedCapacity":{"TableName":"T","CapacityUnits":1.0,"Table":{"CapacityUnits":1.0},
        "GlobalSecondaryIndexes":{"i":{"CapacityUnits":0.5}}},"Attributes":{},
        "ItemCollectionMetrics":{"ItemCollectionKey":{"k":{"S":"a"}},"SizeEstimateRangeGB":[0.0,1.0]}}"#;
    check_answer(
        "dynamodb:updateItem",
        json!({"TableName": "T", "Key": {}}),
        response("200 OK", "", body),
        r#"{"Attributes":{},"ConsumedCapacity":{"CapacityUnits":1.0,"GlobalSecondaryIndexes":{"i":{"CapacityUnits":0.5}},"Table":{"CapacityUnits":1.0},"TableName":"T"},"ItemCollectionMetrics":{"ItemCollectionKey":{"k":{"S":"a"}},"SizeEstimateRangeGB":[0.0,1.0]},"SdkHttpMetadata":{"AllHttpHeaders":{"Content-Length":["269"]},"HttpHeaders":{"Content-Length":"269"},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":null}}"#,
    )
    .await;
}
#[tokio::test]
async fn sns_answers() {
    let body = "<PublishResponse><PublishResult><MessageId>m</MessageId><SequenceNumber>1</SequenceNumber>\
                </PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>";
    check_answer(
        "sns:publish",
        json!({"TopicArn": "t", "Message": "m"}),
        response("200 OK", "connection: keep-alive\r\nx-amzn-RequestId: r\r\n", body),
        r#"{"MessageId":"m","SdkHttpMetadata":{"AllHttpHeaders":{"x-amzn-RequestId":["r"],"connection":["keep-alive"],"Content-Length":["185"]},"HttpHeaders":{"connection":"keep-alive","Content-Length":"185","x-amzn-RequestId":"r"},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"r"},"SequenceNumber":"1"}"#,
    )
    .await;
}
#[tokio::test]
async fn dynamodb_errors() {
    let parameters = || json!({"TableName": "T", "Key": {}});
    for (code, name) in [
        ("ConditionalCheckFailedException", "DynamoDB.ConditionalCheckFailedException"),
        ("RequestLimitExceeded", "DynamoDB.RequestLimitExceededException"),
        ("ValidationException", "DynamoDB.AmazonDynamoDBException"),
        ("AccessDeniedException", "DynamoDB.AmazonDynamoDBException"),
    ] {
        let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"No"}}"#);
        check_error(
            "dynamodb:updateItem",
            parameters(),
            response("400 Bad Request", "x-amzn-RequestId: r\r\n", &body),
            name,
            &format!(
                "No (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: {code}; Request ID: r; Proxy: null)"
            ),
        )
        .await;
    }
    let cause = "null (Service: AmazonDynamoDBv2; Status Code: 503; Error Code: null; Request ID: null; Proxy: null)";
    let unavailable = response("503 Service Unavailable", "", "{}");
    check_error("dynamodb:getItem", parameters(), unavailable, "DynamoDB.AmazonDynamoDBException", cause).await;
}

/// Recorded on AWS, but for the queue that does not exist.
#[tokio::test]
async fn sqs_errors() {
    let missing = "The request must contain the parameter MessageBody.";
    check_error(
        "sqs:sendMessage",
        json!({"QueueUrl": "q", "MessageBody": null}),
        response(
            "400 Bad Request",
            "x-amzn-RequestId: r\r\nx-amzn-query-error: MissingParameter;Sender\r\n",
            &format!(
                r#"{{"__type":"com.amazon.coral.service#MissingRequiredParameterException","message":"{missing}"}}"#
            ),
        ),
        "SQS.AmazonSQSException",
        &format!(
            "{missing} (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: r; Proxy: null)"
        ),
    )
    .await;
    check_error(
        "sqs:sendMessage",
        json!({"QueueUrl": "q", "MessageBody": "m"}),
        response(
            "400 Bad Request",
            "x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender\r\n",
            r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}"#,
        ),
        "SQS.QueueDoesNotExistException",
        "The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code: \
         AWS.SimpleQueueService.NonExistentQueue; Request ID: null; Proxy: null)",
    )
    .await;
}
#[tokio::test]
async fn sns_errors() {
    for (code, name) in [
        ("NotFound", "SNS.NotFoundException"),
        ("ParameterValueInvalid", "SNS.InvalidParameterValueException"),
        ("Throttled", "SNS.AmazonSNSException"),
    ] {
        let body = format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>No</Message></Error>\
             <RequestId>r</RequestId></ErrorResponse>"
        );
        check_error(
            "sns:publish",
            json!({"TopicArn": "t", "Message": "m"}),
            response("404 Not Found", "x-amzn-RequestId: r\r\n", &body),
            name,
            &format!("No (Service: AmazonSNS; Status Code: 404; Error Code: {code}; Request ID: r; Proxy: null)"),
        )
        .await;
    }
}
#[tokio::test]
async fn nobody_answers() {
    let parameters = || json!({"QueueUrl": "q", "MessageBody": "m"});
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = call(&aws(&format!("http://{address}")), "sqs:sendMessage", parameters()).await.unwrap_err();
    assert_eq!(error.name(), Some("SQS.SdkClientException"));
    let cause = error.cause().unwrap_or_default();
    assert!(cause.starts_with(&format!("Unable to execute HTTP request: {address}: Connection refused")), "{cause}");

    let error = call(&aws("http://nowhere.invalid:1"), "sqs:sendMessage", parameters()).await.unwrap_err();
    assert_eq!(error.name(), Some("SQS.SdkClientException"));
    let cause = error.cause().unwrap_or_default();
    assert!(cause.starts_with("Unable to execute HTTP request: nowhere.invalid: "), "{cause}");

    let (endpoint, server) = server(response("200 OK", "", "no JSON"));
    let error = call(&aws(&endpoint), "sqs:sendMessage", parameters()).await.unwrap_err();
    server.join().unwrap();
    assert_eq!(error.name(), Some("SQS.SdkClientException"));
    let cause = error.cause().unwrap_or_default();
    assert!(cause.starts_with("Unable to unmarshall response ("), "{cause}");
}

#[tokio::test]
async fn actions_that_are_not_there() {
    for (name, cause) in [
        (
            "dynamodb:query",
            "`query` of `dynamodb` is not supported here; supported are: getItem, putItem, updateItem, deleteItem",
        ),
        ("sqs:SendMessage", "`SendMessage` of `sqs` is not supported here; supported are: sendMessage"),
        ("sns:", "`` of `sns` is not supported here; supported are: publish"),
    ] {
        let error = call(&aws("http://127.0.0.1:1"), name, json!({})).await.unwrap_err();
        assert_eq!(error, Error::runtime(cause));
    }
}

/// Neither a region, nor credentials, nor a behavior version: an error, no panic.
#[tokio::test]
async fn an_empty_configuration() {
    let aws = Aws::new(&SdkConfig::builder().endpoint_url("http://127.0.0.1:1").build());
    let error = call(&aws, "sqs:sendMessage", json!({"QueueUrl": "q", "MessageBody": "m"})).await.unwrap_err();
    assert_eq!(error.name(), Some("SQS.SdkClientException"));

    let credentials = SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "test"));
    let aws = Aws::new(&SdkConfig::builder().credentials_provider(credentials).build());
    let error = call(&aws, "sqs:sendMessage", json!({"QueueUrl": "q", "MessageBody": "m"})).await.unwrap_err();
    assert_eq!(error, Error::new("SQS.SdkClientException", "Invalid Configuration: Missing Region"));
}
