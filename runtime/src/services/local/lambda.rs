//! Lambda functions in memory: `invoke`, and functions that are a Task's resource.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Map, Value};

use super::super::answer::{self, Http};
use super::super::base64;
use super::super::failure::{Names, unknown_action};
use super::super::parameters::{self, Problems, text};
use super::super::{BoxFuture, Request};
use super::answer::{error, http_date};
use super::function::{FunctionError, FunctionName, as_python};
use super::{Service, Shared};
use crate::error::Error;
use crate::uuid::uuid;

const NAMES: Names = Names {
    prefix: "Lambda",
    service: "AWSLambda",
    base_exception: "AWSLambdaException",
    exceptions: &[
        ("InvalidParameterValueException", "InvalidParameterValueException"),
        ("InvalidRequestContentException", "InvalidRequestContentException"),
        ("ResourceNotFoundException", "ResourceNotFoundException"),
    ],
    connection: "Connection",
};

type Handler = Arc<dyn Fn(Value) -> BoxFuture<'static, Result<Value, FunctionError>> + Send + Sync>;

/// The functions of a stand-in.
#[derive(Default)]
pub(super) struct Functions {
    held: Vec<(FunctionName, Handler)>,
    /// Where a function is looked for that is called by its name alone.
    pub(super) home: FunctionName,
}

impl Functions {
    pub(super) fn create<F, Answer>(&mut self, name: &str, handler: F)
    where
        F: Fn(Value) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Value, FunctionError>> + Send + 'static,
    {
        let name = FunctionName::parse(name);
        self.held.retain(|(held, _)| *held != name);
        let handler: Handler = Arc::new(move |event| Box::pin(handler(event)));
        self.held.push((name, handler));
    }

    /// The function that is called. One of a version or alias goes before one of all versions.
    fn find(&self, called: &FunctionName) -> Result<Handler, Error> {
        let fitting = self.held.iter().filter(|(held, _)| held.is(called));
        match fitting.max_by_key(|(held, _)| (held.qualifier.is_some(), held.account.is_some())) {
            Some((_, handler)) => Ok(Arc::clone(handler)),
            None => {
                let message = format!("Function not found: {}", called.arn(&self.home));
                Err(error(&NAMES, 404, "ResourceNotFoundException", &message))
            }
        }
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.held.iter().map(|(name, _)| name.arn(&self.home))).finish()
    }
}

impl Service for Shared<Functions> {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move {
            match request.resource {
                Some(resource) if resource.service.is_empty() => {
                    let function = self.lock().find(&FunctionName::parse(resource.arn))?;
                    function(request.parameters).await.map_err(|error| error.into_error(false))
                }
                _ if request.action == "invoke" => self.invoke(request.parameters).await,
                _ => Err(unknown_action("lambda", request.action, &["invoke"])),
            }
        })
    }
}

impl Shared<Functions> {
    async fn invoke(&self, parameters: Value) -> Result<Value, Error> {
        let Invoke { function, invocation_type, payload, tail } = invoke(parameters)?;
        let handler = self.lock().find(&function)?;
        let event = event(payload)?;
        let version = function.version();
        match invocation_type {
            InvocationType::RequestResponse => {
                let result = handler(event).await.map_err(|error| error.into_error(true))?;
                Ok(answered(&Answered { status: 200, version: Some(version), tail }, result))
            }
            InvocationType::Event => {
                // Nobody waits for what comes of it.
                let _ = handler(event).await;
                Ok(answered(&Answered { status: 202, version: None, tail: false }, Value::Object(Map::new())))
            }
            InvocationType::DryRun => {
                Ok(answered(&Answered { status: 204, version: None, tail: false }, Value::Object(Map::new())))
            }
        }
    }
}

/// The parameters of `invoke`.
struct Invoke {
    function: FunctionName,
    invocation_type: InvocationType,
    payload: Option<Value>,
    /// The end of the log is wanted.
    tail: bool,
}

enum InvocationType {
    RequestResponse,
    Event,
    DryRun,
}

/// Reads the parameters of `invoke`. AWS API reference, Lambda, "Invoke".
fn invoke(parameters: Value) -> Result<Invoke, Error> {
    let any = |_: &mut Problems, _: &str, value: Value| Some(value);
    let (name, payload, qualifier, kind, log) = parameters::read(parameters, |members| {
        // Where the caller is told apart is nothing that a function in memory looks at.
        members.take("ClientContext", text);
        (
            members.require("FunctionName", text),
            members.take("Payload", any),
            members.take("Qualifier", text),
            members.take("InvocationType", text),
            members.take("LogType", text),
        )
    })?;
    let Some(name) = name else {
        return Err(invalid("functionName", "null", "not be null"));
    };
    let mut function = FunctionName::parse(&name);
    function.qualifier = match (function.qualifier, qualifier) {
        (Some(own), Some(asked)) if own != asked => {
            let message = "The derived qualifier from the function name does not match the specified qualifier.";
            return Err(error(&NAMES, 400, "InvalidParameterValueException", message));
        }
        (own, asked) => own.or(asked),
    };
    let invocation_type = match kind.as_deref() {
        None | Some("RequestResponse") => InvocationType::RequestResponse,
        Some("Event") => InvocationType::Event,
        Some("DryRun") => InvocationType::DryRun,
        Some(other) => {
            return Err(invalid("invocationType", other, "satisfy enum value set: [Event, RequestResponse, DryRun]"));
        }
    };
    let tail = match log.as_deref() {
        None | Some("None") => false,
        Some("Tail") => true,
        Some(other) => return Err(invalid("logType", other, "satisfy enum value set: [None, Tail]")),
    };
    Ok(Invoke { function, invocation_type, payload, tail })
}

/// A parameter that Lambda refuses.
fn invalid(member: &str, value: &str, constraint: &str) -> Error {
    let value = if value == "null" { value.to_owned() } else { format!("'{value}'") };
    let message = format!(
        "1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: Member must {constraint}"
    );
    error(&NAMES, 400, "ValidationException", &message)
}

/// What the function is given. Recorded: a string is sent as it is, so that it has to be JSON; without a payload the
/// function sees an empty object.
fn event(payload: Option<Value>) -> Result<Value, Error> {
    match payload {
        None => Ok(Value::Object(Map::new())),
        Some(Value::String(text)) => serde_json::from_str(&text).map_err(|problem| {
            let message = format!("Could not parse request body into json: {problem}");
            error(&NAMES, 400, "InvalidRequestContentException", &message)
        }),
        Some(payload) => Ok(payload),
    }
}

/// How a call was answered.
struct Answered<'a> {
    status: u16,
    version: Option<&'a str>,
    tail: bool,
}

/// The answer of `invoke`. Members and headers as recorded on AWS.
fn answered(about: &Answered<'_>, payload: Value) -> Value {
    let id = uuid();
    let length = if about.version.is_some() { as_python(&payload).len() } else { 0 };
    let trace = format!("Root=1-{:08x}-{:024x};Sampled=0", fastrand::u32(..), fastrand::u128(..) >> 32);
    let mut headers = Vec::with_capacity(8);
    if let Some(version) = about.version {
        headers.push(("X-Amz-Executed-Version", version.to_owned()));
    }
    headers.extend([
        ("x-amzn-Remapped-Content-Length", "0".to_owned()),
        ("connection", "keep-alive".to_owned()),
        ("x-amzn-requestid", id.clone()),
        ("content-length", length.to_string()),
        ("date", http_date(SystemTime::now())),
        ("x-amzn-trace-id", trace),
        ("content-type", "application/json".to_owned()),
    ]);
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut members = vec![("Payload", payload), ("StatusCode", about.status.into())];
    if let Some(version) = about.version {
        members.push(("ExecutedVersion", version.into()));
        if about.tail {
            let log = format!("START RequestId: {id} Version: {version}\nEND RequestId: {id}\n");
            members.push(("LogResult", base64::encode(log.as_bytes()).into()));
        }
    }
    answer::answer(&NAMES, &Http { status: about.status, headers }, Some(&id), members)
}
