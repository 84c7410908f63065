//! Queues in memory: `sendMessage`.

use serde_json::Value;

use super::super::message::Attribute;
use super::super::sqs::{self, NAMES, SendMessage, SqsAttribute};
use super::answer::{Body, answer, error};
use super::message::{Fifo, md5, md5_of_attributes, to_value};
use crate::error::Error;
use crate::uuid::uuid;

/// The largest message, in bytes. Amazon SQS Developer Guide, "Message quotas".
const MAX_MESSAGE_SIZE: usize = 1024 * 1024;

/// A queue for [`Local::queue`](super::Local::queue), by its name or its URL.
#[derive(Clone, Debug)]
pub struct Queue {
    name: String,
    /// The account of the URL; a queue that is given by its name alone has any.
    account: Option<String>,
    content_based_deduplication: bool,
}

impl Queue {
    /// A queue by its name or its URL. A name that ends in `.fifo` makes it a FIFO queue.
    pub fn new(name_or_url: impl AsRef<str>) -> Self {
        let text = name_or_url.as_ref();
        let (account, name) = match parse_url(text) {
            Some((account, name)) => (Some(account.to_owned()), name),
            None => (None, text),
        };
        Self { name: name.to_owned(), account, content_based_deduplication: false }
    }

    /// Messages of a FIFO queue without `MessageDeduplicationId` are the same when their bodies are.
    #[must_use]
    pub fn content_based_deduplication(mut self) -> Self {
        self.content_based_deduplication = true;
        self
    }

    fn is(&self, account: Option<&str>, name: &str) -> bool {
        let same = self.account.as_deref().zip(account).is_none_or(|(own, account)| own == account);
        same && self.name == name
    }
}

impl<T: AsRef<str>> From<T> for Queue {
    fn from(name_or_url: T) -> Self {
        Self::new(name_or_url)
    }
}

/// Account and name in `https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs`.
fn parse_url(url: &str) -> Option<(&str, &str)> {
    let (_, rest) = url.split_once("://")?;
    let mut parts = rest.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(account), Some(name), None) if !account.is_empty() && !name.is_empty() => Some((account, name)),
        _ => None,
    }
}

/// A message that a queue was sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// `MessageId`.
    pub id: String,
    /// `MessageBody`.
    pub body: String,
    /// `MessageAttributes` as they were given; an empty object when there were none.
    pub attributes: Value,
    /// `DelaySeconds`, when it was given.
    pub delay_seconds: Option<u32>,
    /// `MessageGroupId`.
    pub group_id: Option<String>,
    /// `MessageDeduplicationId`, or what stands for it.
    pub deduplication_id: Option<String>,
    /// The sequence number, in a FIFO queue.
    pub sequence_number: Option<String>,
}

#[derive(Debug)]
struct Held {
    queue: Queue,
    messages: Vec<Message>,
    fifo: Fifo,
}

/// The queues of a stand-in.
#[derive(Debug, Default)]
pub(super) struct Queues(Vec<Held>);

fn missing(parameter: &str) -> Error {
    let message = format!("The request must contain the parameter {parameter}.");
    error(&NAMES, 400, "MissingParameter", &message)
}

fn invalid(message: &str) -> Error {
    error(&NAMES, 400, "InvalidParameterValue", message)
}

impl Queues {
    pub(super) fn create(&mut self, queue: Queue) {
        if !self.0.iter().any(|held| held.queue.name == queue.name && held.queue.account == queue.account) {
            self.0.push(Held { queue, messages: Vec::new(), fifo: Fifo::default() });
        }
    }

    pub(super) fn remove(&mut self, queue: &Queue) {
        self.0.retain(|held| !held.queue.is(queue.account.as_deref(), &queue.name));
    }

    pub(super) fn messages(&self, queue: &Queue) -> Vec<Message> {
        let mut found = self.0.iter().filter(|held| held.queue.is(queue.account.as_deref(), &queue.name));
        found.next().map_or_else(Vec::new, |held| held.messages.clone())
    }

    pub(super) fn call(&mut self, action: &str, parameters: Value) -> Result<Value, Error> {
        self.send(sqs::read(action, parameters)?)
    }

    fn send(&mut self, given: SendMessage) -> Result<Value, Error> {
        let url = given.queue_url.ok_or_else(|| missing("QueueUrl"))?;
        let body = given.message_body.filter(|body| !body.is_empty()).ok_or_else(|| missing("MessageBody"))?;
        let Some((account, name)) = parse_url(&url) else {
            let message = format!("The address {url} is not valid for this endpoint.");
            return Err(error(&NAMES, 404, "InvalidAddress", &message));
        };
        let held = self.0.iter_mut().find(|held| held.queue.is(Some(account), name)).ok_or_else(|| {
            let code = "AWS.SimpleQueueService.NonExistentQueue";
            error(&NAMES, 400, code, "The specified queue does not exist.")
        })?;
        let attributes = plain(given.message_attributes.as_deref());
        let system_attributes = plain(given.message_system_attributes.as_deref());
        let size = body.len() + attributes.iter().copied().map(Attribute::size).sum::<usize>();
        if size > MAX_MESSAGE_SIZE {
            return Err(invalid(&format!(
                "One or more parameters are invalid. Reason: Message must be shorter than {MAX_MESSAGE_SIZE} bytes."
            )));
        }
        let fifo = held.queue.name.ends_with(".fifo");
        let delay_seconds = delay(given.delay_seconds, fifo)?;
        if let Some(problem) = attributes.iter().find_map(|attribute| attribute.problem()) {
            return Err(invalid(&problem));
        }
        if attributes.len() > 10 {
            let count = attributes.len();
            return Err(invalid(&format!("Number of message attributes [{count}] exceeds the allowed maximum [10].")));
        }
        let id = uuid();
        let mut message = Message {
            id: id.clone(),
            attributes: to_value(attributes.iter().copied()),
            delay_seconds,
            group_id: given.message_group_id,
            deduplication_id: given.message_deduplication_id,
            sequence_number: None,
            body,
        };
        let mut repeated = None;
        if fifo {
            if message.group_id.is_none() {
                return Err(missing("MessageGroupId"));
            }
            let deduplication = match message.deduplication_id.clone() {
                Some(given) => given,
                None if held.queue.content_based_deduplication => md5(message.body.as_bytes()),
                None => {
                    return Err(invalid(
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId \
                         provided explicitly",
                    ));
                }
            };
            repeated = held.fifo.known(&deduplication);
            if repeated.is_none() {
                message.sequence_number = Some(held.fifo.send(deduplication.clone(), &id));
                message.deduplication_id = Some(deduplication);
            }
        } else if let Some(given) = &message.deduplication_id {
            return Err(invalid(&format!(
                "Value {given} for parameter MessageDeduplicationId is invalid. Reason: The request include parameter \
                 that is not valid for this queue type."
            )));
        }
        let (id, number) = match &repeated {
            Some((id, number)) => (id.clone(), Some(number.clone())),
            None => (id, message.sequence_number.clone()),
        };
        let mut members = Vec::new();
        if !attributes.is_empty() {
            members.push(("MD5OfMessageAttributes", md5_of_attributes(attributes).into()));
        }
        members.push(("MD5OfMessageBody", md5(message.body.as_bytes()).into()));
        if !system_attributes.is_empty() {
            members.push(("MD5OfMessageSystemAttributes", md5_of_attributes(system_attributes).into()));
        }
        members.push(("MessageId", id.into()));
        members.extend(number.map(|number| ("SequenceNumber", number.into())));
        if repeated.is_none() {
            held.messages.push(message);
        }
        Ok(answer(&NAMES, &Body::Json, members))
    }
}

/// The attributes without the lists that SQS has no use for.
fn plain(attributes: Option<&[SqsAttribute]>) -> Vec<&Attribute> {
    attributes.unwrap_or_default().iter().map(|given| &given.attribute).collect()
}

fn delay(given: Option<i32>, fifo: bool) -> Result<Option<u32>, Error> {
    let Some(seconds) = given else { return Ok(None) };
    let reason = match u32::try_from(seconds) {
        Ok(seconds) if seconds <= 900 && (!fifo || seconds == 0) => return Ok(Some(seconds)),
        Ok(seconds) if seconds <= 900 => "The request include parameter that is not valid for this queue type.",
        _ => "DelaySeconds must be >= 0 and <= 900.",
    };
    Err(invalid(&format!("Value {seconds} for parameter DelaySeconds is invalid. Reason: {reason}")))
}
