//! Topics in memory: `publish`.

use serde_json::Value;

use super::super::message::Attribute;
use super::super::sns::{self, NAMES, Publish};
use super::answer::{Body, answer, error};
use super::message::{Fifo, md5, to_value};
use crate::error::Error;
use crate::uuid::uuid;

/// The largest message, in bytes. Amazon SNS Developer Guide, "Publishing large messages".
const MAX_MESSAGE_SIZE: usize = 256 * 1024;

/// The length of SNS's XML with a message id, and what a sequence number adds: recorded on AWS.
const XML_LENGTH: usize = 294;
const XML_SEQUENCE_NUMBER: usize = 58;

/// A topic for [`Local::topic`](super::Local::topic), by its name or its ARN. The ARN of a mobile device's endpoint is
/// as good.
#[derive(Clone, Debug)]
pub struct Topic {
    name_or_arn: String,
    content_based_deduplication: bool,
}

impl Topic {
    /// A topic by its name or its ARN. A name that ends in `.fifo` makes it a FIFO topic.
    pub fn new(name_or_arn: impl AsRef<str>) -> Self {
        Self { name_or_arn: name_or_arn.as_ref().to_owned(), content_based_deduplication: false }
    }

    /// Messages of a FIFO topic without `MessageDeduplicationId` are the same when their texts are.
    #[must_use]
    pub fn content_based_deduplication(mut self) -> Self {
        self.content_based_deduplication = true;
        self
    }

    /// Whether `other`, a name or an ARN, means this topic.
    fn is(&self, other: &str) -> bool {
        let name = |text: &'_ str| text.rsplit(':').next().unwrap_or_default().to_owned();
        match (self.name_or_arn.contains(':'), other.contains(':')) {
            (true, true) | (false, false) => self.name_or_arn == other,
            (true, false) => name(&self.name_or_arn) == other,
            (false, true) => self.name_or_arn == name(other),
        }
    }
}

impl<T: AsRef<str>> From<T> for Topic {
    fn from(name_or_arn: T) -> Self {
        Self::new(name_or_arn)
    }
}

/// A message that was published.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Publication {
    /// `MessageId`.
    pub id: String,
    /// `Message`.
    pub message: String,
    /// `Subject`.
    pub subject: Option<String>,
    /// `MessageStructure`.
    pub structure: Option<String>,
    /// `MessageAttributes` as they were given; an empty object when there were none.
    pub attributes: Value,
    /// `MessageGroupId`.
    pub group_id: Option<String>,
    /// `MessageDeduplicationId`, or what stands for it.
    pub deduplication_id: Option<String>,
    /// The sequence number, of a FIFO topic.
    pub sequence_number: Option<String>,
}

#[derive(Debug)]
struct Held {
    topic: Topic,
    published: Vec<Publication>,
    fifo: Fifo,
}

/// The topics of a stand-in, and what was sent to telephones.
#[derive(Debug, Default)]
pub(super) struct Topics {
    topics: Vec<Held>,
    telephones: Vec<(String, Publication)>,
}

fn invalid(message: &str) -> Error {
    error(&NAMES, 400, "InvalidParameter", &format!("Invalid parameter: {message}"))
}

impl Topics {
    pub(super) fn create(&mut self, topic: Topic) {
        if !self.topics.iter().any(|held| held.topic.name_or_arn == topic.name_or_arn) {
            self.topics.push(Held { topic, published: Vec::new(), fifo: Fifo::default() });
        }
    }

    pub(super) fn remove(&mut self, name_or_arn: &str) {
        self.topics.retain(|held| !held.topic.is(name_or_arn));
    }

    pub(super) fn published(&self, target: &str) -> Vec<Publication> {
        match self.topics.iter().find(|held| held.topic.is(target)) {
            Some(held) => held.published.clone(),
            None => {
                let sent = self.telephones.iter().filter(|(telephone, _)| telephone == target);
                sent.map(|(_, publication)| publication.clone()).collect()
            }
        }
    }

    pub(super) fn call(&mut self, action: &str, parameters: Value) -> Result<Value, Error> {
        self.publish(sns::read(action, parameters)?)
    }

    fn publish(&mut self, given: Publish) -> Result<Value, Error> {
        let target = target(&given)?;
        let attributes = given.message_attributes.as_deref().unwrap_or_default();
        check_message(&given, attributes)?;
        let mut publication = Publication {
            id: uuid(),
            message: given.message.unwrap_or_default(),
            subject: given.subject,
            structure: given.message_structure,
            attributes: to_value(attributes),
            group_id: given.message_group_id,
            deduplication_id: given.message_deduplication_id,
            sequence_number: None,
        };
        let arn = match target {
            Target::Telephone(number) => {
                let id = publication.id.clone();
                self.telephones.push((number, publication));
                return Ok(published(id, None));
            }
            Target::Topic(arn) | Target::Endpoint(arn) => arn,
        };
        let Some(held) = self.topics.iter_mut().find(|held| held.topic.is(&arn)) else {
            return Err(if arn.contains(":endpoint/") {
                invalid("TargetArn Reason: No endpoint found for the target arn specified")
            } else {
                error(&NAMES, 404, "NotFound", "Topic does not exist")
            });
        };
        if held.topic.name_or_arn.ends_with(".fifo") {
            let deduplication = deduplication(&publication, &held.topic)?;
            if let Some((id, number)) = held.fifo.known(&deduplication) {
                return Ok(published(id, Some(number)));
            }
            publication.sequence_number = Some(held.fifo.send(deduplication.clone(), &publication.id));
            publication.deduplication_id = Some(deduplication);
        } else if publication.deduplication_id.is_some() {
            return Err(invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid \
                 for this topic type",
            ));
        }
        let answer = published(publication.id.clone(), publication.sequence_number.clone());
        held.published.push(publication);
        Ok(answer)
    }
}

fn published(id: String, sequence_number: Option<String>) -> Value {
    let length = XML_LENGTH + sequence_number.as_ref().map_or(0, |_| XML_SEQUENCE_NUMBER);
    let mut members = vec![("MessageId", id.into())];
    members.extend(sequence_number.map(|number| ("SequenceNumber", number.into())));
    answer(&NAMES, &Body::Xml(length), members)
}

/// What a FIFO topic knows the message by.
fn deduplication(publication: &Publication, topic: &Topic) -> Result<String, Error> {
    if publication.group_id.is_none() {
        return Err(invalid("The MessageGroupId parameter is required for FIFO topics"));
    }
    match &publication.deduplication_id {
        Some(given) => Ok(given.clone()),
        None if topic.content_based_deduplication => Ok(md5(publication.message.as_bytes())),
        None => Err(invalid(
            "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided \
             explicitly",
        )),
    }
}

/// Where a message goes.
enum Target {
    Topic(String),
    Endpoint(String),
    Telephone(String),
}

fn target(given: &Publish) -> Result<Target, Error> {
    let (name, target) = match (&given.topic_arn, &given.target_arn, &given.phone_number) {
        (Some(arn), None, None) => ("TopicArn", Target::Topic(arn.clone())),
        (None, Some(arn), None) => ("TargetArn", Target::Endpoint(arn.clone())),
        (None, None, Some(number)) => ("PhoneNumber", Target::Telephone(number.clone())),
        (None, None, None) => return Err(invalid("TopicArn or TargetArn Reason: no value for required parameter")),
        _ => return Err(invalid("Only one of TopicArn, TargetArn and PhoneNumber can be specified")),
    };
    match &target {
        Target::Telephone(number) => {
            let digits = number.strip_prefix('+').unwrap_or(number);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(invalid(&format!("PhoneNumber Reason: {number} is not valid to publish to")));
            }
        }
        Target::Topic(arn) | Target::Endpoint(arn) => {
            let parts = arn.split(':').count();
            if parts < 6 || !arn.starts_with("arn:") {
                return Err(invalid(&format!("{name} Reason: An ARN must have at least 6 elements, not {parts}")));
            }
        }
    }
    Ok(target)
}

fn check_message(given: &Publish, attributes: &[Attribute]) -> Result<(), Error> {
    let Some(message) = &given.message else {
        let text = "1 validation error detected: Value null at 'message' failed to satisfy constraint: Member must not \
                    be null";
        return Err(error(&NAMES, 400, "ValidationError", text));
    };
    if message.is_empty() {
        return Err(invalid("Empty message"));
    }
    let size = message.len() + attributes.iter().map(Attribute::size).sum::<usize>();
    if size > MAX_MESSAGE_SIZE {
        return Err(invalid("Message too long"));
    }
    match given.message_structure.as_deref() {
        None => {}
        Some("json") => match serde_json::from_str::<Value>(message) {
            Err(_) => return Err(invalid("Message Structure - JSON message body failed to parse")),
            Ok(json) if json.get("default").is_none_or(|default| !default.is_string()) => {
                return Err(invalid("Message Structure - No default entry in JSON message body"));
            }
            Ok(_) => {}
        },
        Some(_) => return Err(invalid("MessageStructure")),
    }
    if let Some(subject) = &given.subject
        && (subject.is_empty() || subject.chars().count() > 100 || subject.contains(['\n', '\r']))
    {
        return Err(invalid("Subject"));
    }
    match attributes.iter().find_map(Attribute::problem) {
        Some(problem) => Err(invalid(&problem)),
        None => Ok(()),
    }
}
