//! The stand-ins in memory: what they are asked and what they answer, and what can be seen of them afterwards.
#![cfg(feature = "local")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::time::Duration;

use asl_runtime::services::local::{Key, Queue, Topic};
use asl_runtime::{Error, Local, Provide, Request, Services, Value};
use serde_json::json;

const QUEUE: &str = "https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs";
const TOPIC: &str = "arn:aws:sns:us-east-1:466170491455:TeamAsns";

/// What the cases use.
fn local() -> Local {
    Local::new()
        .table("Message", Key::string("messageId"))
        .table("Reading", Key::string("sensor").then_number("time"))
        .queue("TeamCSqs")
        .queue("Orders.fifo")
        .queue(Queue::new("Bodies.fifo").content_based_deduplication())
        .topic("TeamAsns")
        .topic("Prices.fifo")
        .topic(Topic::new("Texts.fifo").content_based_deduplication())
}

async fn call(local: &Local, call: &str, parameters: Value) -> Result<Value, Error> {
    let (service, action) = call.split_once(':').unwrap();
    local.service(service).unwrap().call(Request::new(action, parameters)).await
}

/// `*` in `expected` stands for any text.
fn is_like(expected: &str, actual: &str) -> bool {
    match expected.split_once('*') {
        None => expected == actual,
        Some((before, after)) => actual
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| is_like(after, rest)))),
    }
}

#[tokio::test]
async fn errors_are_worded_as_the_aws_sdk_for_java_does() {
    let local = Local::new();
    let missing = [
        (
            "dynamodb:getItem",
            json!({"TableName": "Message", "Key": {"messageId": {"S": "1"}}}),
            "DynamoDB.ResourceNotFoundException: Requested resource not found (Service: AmazonDynamoDBv2; Status Code: \
             400; Error Code: ResourceNotFoundException; Request ID: *; Proxy: null)",
        ),
        (
            "sqs:sendMessage",
            json!({"QueueUrl": QUEUE, "MessageBody": "Hello"}),
            "SQS.QueueDoesNotExistException: The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; \
             Error Code: AWS.SimpleQueueService.NonExistentQueue; Request ID: *; Proxy: null)",
        ),
        (
            "sns:publish",
            json!({"TopicArn": TOPIC, "Message": "Hello"}),
            "SNS.NotFoundException: Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; \
             Request ID: *; Proxy: null)",
        ),
    ];
    for (name, parameters, expected) in missing {
        let error = call(&local, name, parameters).await.unwrap_err();
        assert!(is_like(expected, &error.to_string()), "{error}");
    }
    assert!(local.items("Message").is_empty());
    assert!(local.messages(QUEUE).is_empty());
    assert!(local.published(TOPIC).is_empty());
}

#[tokio::test]
async fn an_action_that_is_not_there_is_named() {
    for (name, supported) in [
        ("dynamodb:query", "getItem, putItem, updateItem, deleteItem"),
        ("sqs:receiveMessage", "sendMessage"),
        ("sns:subscribe", "publish"),
    ] {
        let (service, action) = name.split_once(':').unwrap();
        let error = call(&local(), name, json!({})).await.unwrap_err();
        let expected =
            format!("States.Runtime: `{action}` of `{service}` is not supported here; supported are: {supported}");
        assert_eq!(error.to_string(), expected);
    }
    assert!(local().service("s3").is_none());
}

/// The answer of the workflow's `InsertRecord`, `InformOtherQueue` and `SendSNS`, with everything that AWS sends.
#[tokio::test]
async fn answers_have_the_members_about_http() {
    let local = local();
    let put = json!({"TableName": "Message", "Item": {"messageId": {"S": "Message3"}}});
    let answer = call(&local, "dynamodb:putItem", put).await.unwrap();
    let headers = &answer["SdkHttpMetadata"]["HttpHeaders"];
    assert_eq!(headers["Content-Length"], "2");
    assert_eq!(headers["Content-Type"], "application/x-amz-json-1.0");
    assert_eq!(headers["x-amz-crc32"], "2745614147");
    assert_eq!(answer["SdkHttpMetadata"]["AllHttpHeaders"]["Server"], json!(["Server"]));
    let body = json!({"QueueUrl": QUEUE, "MessageBody": {"Input": "Message3"}});
    let answer = call(&local, "sqs:sendMessage", body).await.unwrap();
    assert_eq!(answer["SdkHttpMetadata"]["HttpHeaders"]["Content-Length"], "106");
    let message = json!({"TopicArn": TOPIC, "Message": {"Input": "Message3"}});
    let answer = call(&local, "sns:publish", message).await.unwrap();
    assert_eq!(answer["SdkHttpMetadata"]["HttpHeaders"]["Content-Length"], "294");
    assert_eq!(answer["SdkHttpMetadata"]["HttpHeaders"]["Content-Type"], "text/xml");
    let members: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(members, ["MessageId", "SdkHttpMetadata", "SdkResponseMetadata"]);
}

#[tokio::test]
async fn what_was_done_can_be_seen() {
    let local = local();
    local.put_item("Message", json!({"messageId": {"S": "b"}, "n": {"N": "1.50"}})).unwrap();
    local.put_item("Message", json!({"messageId": {"S": "a"}})).unwrap();
    assert_eq!(
        local.items("Message"),
        [json!({"messageId": {"S": "a"}}), json!({"messageId": {"S": "b"}, "n": {"N": "1.5"}})]
    );
    assert_eq!(local.item("Message", &json!({"messageId": {"S": "a"}})), Some(json!({"messageId": {"S": "a"}})));
    assert_eq!(local.item("Message", &json!({"messageId": {"S": "c"}})), None);
    assert!(local.put_item("Message", json!({"id": {"S": "a"}})).is_err());

    let parameters = json!({
        "QueueUrl": QUEUE, "MessageBody": {"Input": "Message3"}, "DelaySeconds": 5,
        "MessageAttributes": {"kind": {"DataType": "String", "StringValue": "test"}}
    });
    let answer = call(&local, "sqs:sendMessage", parameters).await.unwrap();
    let messages = local.messages("TeamCSqs");
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!(message.id, answer["MessageId"]);
    assert_eq!(message.body, r#"{"Input":"Message3"}"#);
    assert_eq!(message.attributes, json!({"kind": {"DataType": "String", "StringValue": "test"}}));
    assert_eq!(message.delay_seconds, Some(5));

    let parameters = json!({"TopicArn": TOPIC, "Message": {"Input": "Message3"}, "Subject": "News"});
    call(&local, "sns:publish", parameters).await.unwrap();
    call(&local, "sns:publish", json!({"PhoneNumber": "+4712345678", "Message": "Hello"})).await.unwrap();
    assert_eq!(local.published("TeamAsns")[0].message, r#"{"Input":"Message3"}"#);
    assert_eq!(local.published(TOPIC)[0].subject.as_deref(), Some("News"));
    assert_eq!(local.published("+4712345678")[0].message, "Hello");
}

#[tokio::test]
async fn clones_share_their_contents_and_what_is_removed_is_gone() {
    let local = local();
    let clone = local.clone();
    local.put_item("Message", json!({"messageId": {"S": "a"}})).unwrap();
    assert_eq!(clone.items("Message").len(), 1);
    clone.remove_table("Message");
    clone.remove_queue(QUEUE);
    clone.remove_topic(TOPIC);
    assert!(local.put_item("Message", json!({"messageId": {"S": "a"}})).is_err());
    assert!(call(&local, "sqs:sendMessage", json!({"QueueUrl": QUEUE, "MessageBody": "Hello"})).await.is_err());
    assert!(call(&local, "sns:publish", json!({"TopicArn": TOPIC, "Message": "Hello"})).await.is_err());
    let local = local.table("Message", Key::string("messageId"));
    assert!(clone.items("Message").is_empty());
    local.put_item("Message", json!({"messageId": {"S": "a"}})).unwrap();
    assert_eq!(clone.items("Message").len(), 1);
}

#[tokio::test]
async fn a_queue_with_an_account_is_that_accounts() {
    let local = Local::new().queue(QUEUE).topic(TOPIC);
    let url = |account: &str| format!("https://sqs.us-east-1.amazonaws.com/{account}/TeamCSqs");
    let send = |url: String| json!({"QueueUrl": url, "MessageBody": "Hello"});
    assert!(call(&local, "sqs:sendMessage", send(url("466170491455"))).await.is_ok());
    assert!(call(&local, "sqs:sendMessage", send(url("1"))).await.is_err());
    let publish = json!({"TopicArn": TOPIC.replace("466170491455", "1"), "Message": "Hello"});
    assert!(call(&local, "sns:publish", publish).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn fifo_queues_know_a_message_again_for_five_minutes() {
    let local = local();
    let parameters = json!({
        "QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/Orders.fifo", "MessageBody": "Hello",
        "MessageGroupId": "g", "MessageDeduplicationId": "d"
    });
    let first = call(&local, "sqs:sendMessage", parameters.clone()).await.unwrap();
    let again = call(&local, "sqs:sendMessage", parameters.clone()).await.unwrap();
    assert_eq!(first["MessageId"], again["MessageId"]);
    assert_eq!(first["SequenceNumber"], again["SequenceNumber"]);
    assert_eq!(local.messages("Orders.fifo").len(), 1);
    tokio::time::advance(Duration::from_secs(301)).await;
    let later = call(&local, "sqs:sendMessage", parameters).await.unwrap();
    assert_ne!(first["MessageId"], later["MessageId"]);
    assert!(first["SequenceNumber"].as_str() < later["SequenceNumber"].as_str());
    assert_eq!(local.messages("Orders.fifo").len(), 2);
}

#[test]
fn local_provides_every_service() {
    fn provides<S>(_: &impl Provide<S>) {}
    let local = Local::new();
    provides::<asl_runtime::services::DynamoDb>(&local);
    provides::<asl_runtime::services::Sqs>(&local);
    provides::<asl_runtime::services::Sns>(&local);
}
