//! What a Lambda function in memory is: its name, and how it fails.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Map, Serializer, Value};

use crate::error::Error;
use crate::uuid::uuid;

/// How a function fails: what its runtime reports of an exception, or an error of the call itself.
///
/// ```
/// use asl_runtime::Error;
/// use asl_runtime::services::local::FunctionError;
///
/// // The task fails with the error `Declined`.
/// let raised = FunctionError::new("Declined", "The card has expired.");
/// // The call does not get through.
/// let throttled = FunctionError::from(Error::new("Lambda.TooManyRequestsException", "Rate Exceeded."));
/// # let _ = (raised, throttled);
/// ```
#[derive(Clone, Debug)]
pub struct FunctionError(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Raised { error_type: String, members: Map<String, Value> },
    Call(Error),
}

impl FunctionError {
    /// An exception: `errorType`, which becomes the error's name, and `errorMessage`.
    pub fn new(error_type: impl Into<String>, error_message: impl Into<String>) -> Self {
        let error_type = error_type.into();
        let mut members = Map::new();
        members.insert("errorMessage".to_owned(), error_message.into().into());
        members.insert("errorType".to_owned(), error_type.clone().into());
        Self(Kind::Raised { error_type, members })
    }

    /// The exception with one more member of what the runtime reports, such as `stackTrace`. Without one of that name
    /// `requestId` is a new one and `stackTrace` is empty, as Python reports them.
    #[must_use = "`with` gives the error back"]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        if let Kind::Raised { members, .. } = &mut self.0 {
            members.insert(name.into(), value.into());
        }
        self
    }

    /// As Step Functions reports it. A cause is what the runtime wrote, or that in compact JSON: recorded of `lambda:invoke`.
    pub(super) fn into_error(self, compact: bool) -> Error {
        match self.0 {
            Kind::Call(error) => error,
            Kind::Raised { error_type, members } => {
                let mut payload = Map::new();
                for (name, value) in members {
                    payload.insert(name, value);
                    // Where Python has them.
                    if payload.len() == 2 {
                        payload.insert("requestId".to_owned(), uuid().into());
                        payload.insert("stackTrace".to_owned(), Value::Array(Vec::new()));
                    }
                }
                let payload = Value::Object(payload);
                Error::new(error_type, if compact { payload.to_string() } else { as_python(&payload) })
            }
        }
    }
}

/// The call itself fails, with this error.
impl From<Error> for FunctionError {
    fn from(error: Error) -> Self {
        Self(Kind::Call(error))
    }
}

/// JSON as Python writes it, with a space behind each comma and colon.
pub(super) fn as_python(value: &Value) -> String {
    let mut text = Vec::new();
    match value.serialize(&mut Serializer::with_formatter(&mut text, Spaced)) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => value.to_string(),
    }
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// A function as a call or a resource names it, each part as far as it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FunctionName {
    pub(super) partition: Option<String>,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
    pub(super) name: String,
    /// A version or an alias.
    pub(super) qualifier: Option<String>,
}

impl FunctionName {
    /// Reads a name, a partial ARN or an ARN. AWS API reference, Lambda, "Invoke".
    pub(super) fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.split(':').collect();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (place, rest) = match parts.as_slice() {
            ["arn", partition, "lambda", region, account, "function", rest @ ..] => {
                ((given(partition), given(region), given(account)), rest)
            }
            [account, "function", rest @ ..] => ((None, None, given(account)), rest),
            rest => ((None, None, None), rest),
        };
        let (partition, region, account) = place;
        let name = rest.first().copied().unwrap_or_default().to_owned();
        Self { partition, region, account, name, qualifier: rest.get(1).and_then(|qualifier| given(qualifier)) }
    }

    /// Whether a function of this name is what `called` names: what both have is the same, and a version or alias of its
    /// own is asked for.
    pub(super) fn is(&self, called: &Self) -> bool {
        let same = |own: &Option<String>, called: &Option<String>| match (own, called) {
            (Some(own), Some(called)) => own == called,
            _ => true,
        };
        self.name == called.name
            && same(&self.partition, &called.partition)
            && same(&self.region, &called.region)
            && same(&self.account, &called.account)
            && (self.qualifier.is_none() || self.qualifier == called.qualifier)
    }

    /// The version that is executed: recorded of a call without a version or alias.
    pub(super) fn version(&self) -> &str {
        match self.qualifier.as_deref() {
            Some(qualifier) if qualifier.bytes().all(|byte| byte.is_ascii_digit()) => qualifier,
            _ => "$LATEST",
        }
    }

    /// The whole ARN, with what is missing as it is in `home`.
    pub(super) fn arn(&self, home: &Self) -> String {
        let part = |own: &Option<String>, home: &Option<String>, default: &str| {
            own.as_deref().or(home.as_deref()).unwrap_or(default).to_owned()
        };
        [
            "arn",
            &part(&self.partition, &home.partition, "aws"),
            "lambda",
            &part(&self.region, &home.region, "us-east-1"),
            &part(&self.account, &home.account, "123456789012"),
            "function",
            &self.name,
            self.qualifier.as_deref().unwrap_or("$LATEST"),
        ]
        .join(":")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{FunctionName, as_python};

    #[test]
    fn python_puts_spaces_behind_commas_and_colons() {
        let check = |value, text: &str| assert_eq!(as_python(&value), text);
        check(
            json!({"a": [1, 2.5, {"b": "ü, \"c\": "}], "d": {}, "e": []}),
            r#"{"a": [1, 2.5, {"b": "ü, \"c\": "}], "d": {}, "e": []}"#,
        );
        check(json!("text"), r#""text""#);
        check(json!(null), "null");
    }

    #[test]
    fn functions_are_found_by_what_is_said_of_them() {
        let check = |registered: &str, called: &str, found: bool| {
            assert_eq!(
                FunctionName::parse(registered).is(&FunctionName::parse(called)),
                found,
                "{registered} {called}"
            );
        };
        let arn = "arn:aws:lambda:eu-north-1:1:function:f";
        for called in ["f", "f:live", "1:function:f", "1:function:f:2", arn, &format!("{arn}:$LATEST")] {
            check("f", called, true);
            check(arn, called, true);
        }
        check("f:live", "f:live", true);
        check("f:live", "f", false);
        check("f:live", "f:2", false);
        check("f", "g", false);
        check(arn, "2:function:f", false);
        check(arn, "arn:aws:lambda:us-east-1:1:function:f", false);
        check("f", "", false);
    }

    #[test]
    fn names_become_arns() {
        let check = |called: &str, home: &str, arn: &str, version: &str| {
            let called = FunctionName::parse(called);
            assert_eq!(called.arn(&FunctionName::parse(home)), arn);
            assert_eq!(called.version(), version);
        };
        check("f", "g", "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST", "$LATEST");
        check("f:7", "arn:aws-cn:lambda:cn-north-1:1:function:g", "arn:aws-cn:lambda:cn-north-1:1:function:f:7", "7");
        check("2:function:f:live", "", "arn:aws:lambda:us-east-1:2:function:f:live", "$LATEST");
    }
}
