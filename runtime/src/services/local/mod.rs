//! Stand-ins in memory for DynamoDB, SQS and SNS, and closures in the place of Lambda functions and of all else that a Task
//! can call.
//!
//! [`Local`] carries out exactly the operations that machines are compiled for, with the answers, the errors and the
//! words of AWS. It creates nothing silently: a call that names a table, queue, topic or function that was not created
//! fails as it does on AWS.

mod answer;
mod dynamodb;
mod function;
mod lambda;
mod message;
mod sns;
mod sqs;

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::{BoxFuture, DynamoDb, Handlers, Lambda, Provide, Request, Service, Services, Sns, Sqs, TaskRequest, Tasks};
use crate::error::Error;
use crate::value::build::object;

pub use dynamodb::Key;
pub use function::FunctionError;
pub use sns::{Publication, Topic};
pub use sqs::{Message, Queue};

/// DynamoDB tables, SQS queues, SNS topics and Lambda functions in memory, and closures that perform every other Task.
///
/// It is cheap to create; a clone shares the contents.
///
/// ```
/// use asl_runtime::Local;
/// use asl_runtime::services::local::Key;
///
/// let local = Local::new()
///     .table("Message", Key::string("messageId"))
///     .queue("https://sqs.us-east-1.amazonaws.com/466170491455/TeamCSqs")
///     .topic("arn:aws:sns:us-east-1:466170491455:TeamAsns");
/// assert!(local.items("Message").is_empty());
/// assert!(local.messages("TeamCSqs").is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Local {
    tables: Shared<dynamodb::Tables>,
    queues: Shared<sqs::Queues>,
    topics: Shared<sns::Topics>,
    functions: Shared<lambda::Functions>,
    tasks: Shared<Handlers>,
}

/// What the clones of a [`Local`] share.
#[derive(Debug, Default)]
struct Shared<T>(Arc<Mutex<T>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Local {
    /// A stand-in without anything in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The account in which a Lambda function is looked for that is called by its name alone; by default
    /// `123456789012`, as that of executions. Errors quote its ARN.
    #[must_use = "`account` gives the stand-in back"]
    pub fn account(self, account: impl Into<String>) -> Self {
        self.functions.lock().home.account = Some(account.into());
        self
    }

    /// Creates a table. Nothing happens when there is one of that name.
    #[must_use = "`table` gives the stand-in back"]
    pub fn table(self, name: impl Into<String>, key: Key) -> Self {
        self.tables.lock().create(name.into(), key);
        self
    }

    /// Creates a queue, by its name or its URL. One that is given by its name alone is found under the URL of any account.
    /// Nothing happens when there is one of that name.
    #[must_use = "`queue` gives the stand-in back"]
    pub fn queue(self, queue: impl Into<Queue>) -> Self {
        self.queues.lock().create(queue.into());
        self
    }

    /// Creates a topic, by its name or its ARN. One that is given by its name alone is found under the ARN of any account.
    /// Nothing happens when there is one of that name.
    #[must_use = "`topic` gives the stand-in back"]
    pub fn topic(self, topic: impl Into<Topic>) -> Self {
        self.topics.lock().create(topic.into());
        self
    }

    /// Creates a Lambda function, by its name or its ARN; with a version or an alias behind it, it is that one only. It is
    /// given the event, and gives what the function returns. One of the same name takes its place.
    ///
    /// One that is given by its name alone is found under the ARN of any account. It may take its time: under paused time
    /// that is virtual time too. One that is called as an event is waited for all the same.
    ///
    /// ```
    /// use asl_runtime::services::local::FunctionError;
    /// use asl_runtime::{Local, Value};
    ///
    /// let local = Local::new().function("charge", |event: Value| async move {
    ///     match event["amount"].as_f64() {
    ///         Some(amount) if amount < 100.0 => Ok(Value::from("paid")),
    ///         _ => Err(FunctionError::new("Declined", "The amount is too large.")),
    ///     }
    /// });
    /// ```
    #[must_use = "`function` gives the stand-in back"]
    pub fn function<F, Answer>(self, name: impl AsRef<str>, function: F) -> Self
    where
        F: Fn(Value) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Value, FunctionError>> + Send + 'static,
    {
        self.functions.lock().create(name.as_ref(), function);
        self
    }

    /// Has `handler` perform the Tasks that call `resource`, which is none of the services above: as [`Handlers::on`].
    #[must_use = "`task` gives the stand-in back"]
    pub fn task<F, Answer>(self, resource: impl Into<String>, handler: F) -> Self
    where
        F: Fn(TaskRequest) -> Answer + Send + Sync + 'static,
        Answer: Future<Output = Result<Value, Error>> + Send + 'static,
    {
        self.tasks.lock().insert(resource.into(), handler);
        self
    }

    /// Removes a table and its items.
    pub fn remove_table(&self, name: &str) {
        self.tables.lock().remove(name);
    }

    /// Removes a queue and its messages, by its name or its URL.
    pub fn remove_queue(&self, queue: impl Into<Queue>) {
        self.queues.lock().remove(&queue.into());
    }

    /// Removes a topic and what was published to it, by its name or its ARN.
    pub fn remove_topic(&self, name_or_arn: &str) {
        self.topics.lock().remove(name_or_arn);
    }

    /// Puts an item into a table, as `dynamodb:putItem` does.
    ///
    /// # Errors
    /// The error of `dynamodb:putItem`: there is no such table, or the item does not fit it.
    pub fn put_item(&self, table: &str, item: Value) -> Result<(), Error> {
        let parameters = object([("TableName", table.into()), ("Item", item)]);
        self.tables.lock().call("putItem", parameters).map(|_| ())
    }

    /// The items of a table, as `{"attribute": {"S": "value"}}`, in the order of their keys; none when there is no such
    /// table.
    pub fn items(&self, table: &str) -> Vec<Value> {
        self.tables.lock().items(table)
    }

    /// The item with this key, as `{"messageId": {"S": "1"}}`.
    pub fn item(&self, table: &str, key: &Value) -> Option<Value> {
        self.tables.lock().item(table, key)
    }

    /// The messages that a queue was sent, in their order, by the queue's name or URL; none when there is no such queue.
    pub fn messages(&self, queue: impl Into<Queue>) -> Vec<Message> {
        self.queues.lock().messages(&queue.into())
    }

    /// What was published to a topic, by its name or ARN, or sent to a telephone number, in its order.
    pub fn published(&self, target: &str) -> Vec<Publication> {
        self.topics.lock().published(target)
    }
}

impl Service for Shared<dynamodb::Tables> {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move { self.lock().call(request.action, request.parameters) })
    }
}

impl Service for Shared<sqs::Queues> {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move { self.lock().call(request.action, request.parameters) })
    }
}

impl Service for Shared<sns::Topics> {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        Box::pin(async move { self.lock().call(request.action, request.parameters) })
    }
}

impl Service for Shared<Handlers> {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        let found = self.lock().find(request);
        match found {
            Ok((handler, request)) => handler(request),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }
}

impl Provide<DynamoDb> for Local {
    fn provide(&self) -> &dyn Service {
        &self.tables
    }
}

impl Provide<Sqs> for Local {
    fn provide(&self) -> &dyn Service {
        &self.queues
    }
}

impl Provide<Sns> for Local {
    fn provide(&self) -> &dyn Service {
        &self.topics
    }
}

impl Provide<Lambda> for Local {
    fn provide(&self) -> &dyn Service {
        &self.functions
    }
}

impl Provide<Tasks> for Local {
    fn provide(&self) -> &dyn Service {
        &self.tasks
    }
}

impl Services for Local {
    fn service(&self, name: &str) -> Option<&dyn Service> {
        match name {
            "dynamodb" => Some(&self.tables),
            "sqs" => Some(&self.queues),
            "sns" => Some(&self.topics),
            "lambda" => Some(&self.functions),
            "tasks" => Some(&self.tasks),
            _ => None,
        }
    }
}
