//! The services over the AWS SDK, against the stand-in for AWS.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use asl_runtime::services::{DynamoDb, Sns, Sqs};
use asl_runtime::{Aws, Provide, Service, Services};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use serde_json::{Value, json};

use crate::cases::{self, Case, Kind, Record};
use crate::stand_in::{self, StandIn};

/// A stand-in with all that the cases use, and what each of the cases came to: each runs once.
pub(crate) struct Sdk {
    stand_in: StandIn,
    records: HashMap<&'static str, OnceLock<Result<Record, String>>>,
    /// Messages that were received, by their ids.
    received: Mutex<HashMap<String, Value>>,
}

impl Sdk {
    /// Starts the stand-in.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn start(cases: &[Case]) -> Result<Self, String> {
        let stand_in = StandIn::start(cases::ACCOUNT)?;
        for (name, key) in cases::TABLES {
            stand_in.create_table(name, key)?;
        }
        for (name, kind) in cases::QUEUES {
            stand_in.create_queue(name, &attributes(*kind, "FifoQueue"))?;
        }
        for (name, kind) in cases::TOPICS {
            stand_in.create_topic(name, &attributes(*kind, "FifoTopic"))?;
        }
        let records = cases.iter().map(|case| (case.name, OnceLock::new())).collect();
        Ok(Self { stand_in, records, received: Mutex::default() })
    }

    /// What the case came to.
    ///
    /// # Errors
    /// It could not be run.
    pub(crate) fn record(&self, case: &Case) -> Result<&Record, String> {
        let record = self.records.get(case.name).ok_or("there is no such case")?;
        record
            .get_or_init(|| {
                // Connections belong to a runtime, so each case has clients of its own.
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let services = AllServices(Aws::new(&self.config()));
                runtime.map_err(|error| error.to_string())?.block_on(cases::run(case, &services))
            })
            .as_ref()
            .map_err(String::clone)
    }

    /// The messages that a case sent to queues, as the queues have them.
    ///
    /// # Errors
    /// The queues cannot be asked.
    pub(crate) fn messages(&self, record: &Record) -> Result<Vec<Value>, String> {
        record.sent.iter().map(|(queue, id)| self.message(queue, id)).collect()
    }

    /// A message of a queue. All that are received on the way to it are kept: others look for them.
    fn message(&self, queue: &str, id: &str) -> Result<Value, String> {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let url = cases::queue(queue);
        while !received.contains_key(id) {
            let wanted = json!({"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]});
            let answer = self.stand_in.call("AmazonSQS.ReceiveMessage", &wanted.to_string())?;
            let answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))?;
            let Some(messages) = answer["Messages"].as_array().filter(|messages| !messages.is_empty()) else {
                return Err(format!("no message {id} in {queue}"));
            };
            for message in messages {
                // The next message of a group comes when the one before it is gone.
                let gone = json!({"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]});
                self.stand_in.call("AmazonSQS.DeleteMessage", &gone.to_string())?;
                let id = message["MessageId"].as_str().unwrap_or_default();
                let attributes = message.get("MessageAttributes").cloned().unwrap_or_else(|| json!({}));
                received.insert(id.to_owned(), json!({"body": message["Body"], "attributes": attributes}));
            }
        }
        Ok(received.get(id).cloned().unwrap_or_default())
    }

    fn config(&self) -> SdkConfig {
        let credentials = Credentials::new("test", "test", None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(stand_in::REGION))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(self.stand_in.endpoint())
            .build()
    }
}

/// The attributes that are true for a queue or topic of the kind; `fifo` is what one of them is called.
fn attributes(kind: Kind, fifo: &'static str) -> Vec<&'static str> {
    match kind {
        Kind::Standard => Vec::new(),
        Kind::Fifo => vec![fifo],
        Kind::FifoByContent => vec![fifo, "ContentBasedDeduplication"],
    }
}

struct AllServices(Aws);

impl Services for AllServices {
    fn service(&self, name: &str) -> Option<&dyn Service> {
        match name {
            "dynamodb" => Some(Provide::<DynamoDb>::provide(&self.0)),
            "sqs" => Some(Provide::<Sqs>::provide(&self.0)),
            "sns" => Some(Provide::<Sns>::provide(&self.0)),
            _ => None,
        }
    }
}
