//! What the stand-ins for SQS and SNS have in common: checks of message attributes, their digest, deduplication.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::super::base64;
use super::super::message::Attribute;
use crate::value::build::object;
use crate::value::intrinsic::hexadecimal;

/// For how long a FIFO queue or topic knows a message again.
const DEDUPLICATION: Duration = Duration::from_secs(5 * 60);

impl Attribute {
    /// The logical type, when it is one of the three that there are: `Number` of `Number.int`.
    fn kind(&self) -> Option<&str> {
        let kind = self.data_type.as_deref()?.split('.').next()?;
        matches!(kind, "String" | "Number" | "Binary").then_some(kind)
    }

    /// Whether there is a value of the type.
    fn has_value(&self) -> bool {
        match self.kind() {
            Some("Binary") => self.binary_value.as_ref().is_some_and(|bytes| !bytes.is_empty()),
            _ => self.string_value.as_ref().is_some_and(|text| !text.is_empty()),
        }
    }

    /// What SQS and SNS say of it when it is no attribute.
    pub(super) fn problem(&self) -> Option<String> {
        let name = &self.name;
        let Some(kind) = self.kind() else {
            return Some(format!(
                "The message attribute '{name}' has an invalid message attribute type, the set of supported type \
                 prefixes is Binary, Number, and String."
            ));
        };
        (!self.has_value()).then(|| {
            format!(
                "The message attribute '{name}' must contain non-empty message attribute value for message attribute \
                 type '{kind}'."
            )
        })
    }

    /// What it adds to the size of a message: name, type and value.
    pub(super) fn size(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let value = self.binary_value.as_ref().map_or_else(|| length(&self.string_value), Vec::len);
        self.name.len() + length(&self.data_type) + value
    }

    fn to_value(&self) -> Value {
        let data_type = ("DataType", self.data_type.as_deref().into());
        match &self.binary_value {
            Some(bytes) => object([data_type, ("BinaryValue", base64::encode(bytes).into())]),
            None => object([data_type, ("StringValue", self.string_value.as_deref().into())]),
        }
    }
}

/// Attributes as they were given.
pub(super) fn to_value<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> Value {
    attributes.into_iter().map(|attribute| (attribute.name.clone(), attribute.to_value())).collect()
}

/// The MD5 digest of a text, as SQS gives it.
pub(super) fn md5(text: &[u8]) -> String {
    hexadecimal(&md5::compute(text).0)
}

/// The MD5 digest of attributes. Amazon SQS Developer Guide, "Calculating the MD5 message digest for message
/// attributes".
pub(super) fn md5_of_attributes<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> String {
    let mut sorted: Vec<&Attribute> = attributes.into_iter().collect();
    sorted.sort_by(|left, right| left.name.cmp(&right.name));
    let mut digest = md5::Context::new();
    for attribute in sorted {
        let data_type = attribute.data_type.as_deref().unwrap_or_default();
        let (kind, value) = match (&attribute.binary_value, &attribute.string_value) {
            (Some(bytes), _) => (2, bytes.as_slice()),
            (None, text) => (1, text.as_deref().unwrap_or_default().as_bytes()),
        };
        let parts: [(&[u8], &[u8]); 3] =
            [(&[], attribute.name.as_bytes()), (&[], data_type.as_bytes()), (&[kind], value)];
        for (prefix, bytes) in parts {
            digest.consume(prefix);
            digest.consume(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
            digest.consume(bytes);
        }
    }
    hexadecimal(&digest.finalize().0)
}

/// What a FIFO queue or topic remembers.
#[derive(Debug, Default)]
pub(super) struct Fifo {
    sent: Vec<(String, Instant, String, String)>,
    last: u64,
}

impl Fifo {
    /// The message id and sequence number of the message that was sent with `deduplication` lately.
    pub(super) fn known(&mut self, deduplication: &str) -> Option<(String, String)> {
        let now = Instant::now();
        self.sent.retain(|(_, sent, ..)| now.duration_since(*sent) < DEDUPLICATION);
        let (_, _, id, number) = self.sent.iter().find(|(known, ..)| known == deduplication)?;
        Some((id.clone(), number.clone()))
    }

    /// Remembers a message and gives its sequence number: 20 digits, ascending.
    pub(super) fn send(&mut self, deduplication: String, id: &str) -> String {
        self.last += 1;
        let number = format!("{:020}", 10_000_000_000_000_000_000 + self.last * 256);
        self.sent.push((deduplication, Instant::now(), id.to_owned(), number.clone()));
        number
    }
}
