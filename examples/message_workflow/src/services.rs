//! What the workflow calls: stand-ins in memory, or AWS.

use asl_runtime::Local;
use asl_runtime::services::local::Key;

const TABLE: &str = "Message";
const QUEUE: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/TeamCSqs";
const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:TeamAsns";

/// A table, a queue and a topic in memory, as the workflow expects them; `without` names a service that lacks its own.
pub(crate) fn local(without: Option<&str>) -> Local {
    let local = Local::new().table(TABLE, Key::string("messageId")).queue(QUEUE).topic(TOPIC);
    match without {
        Some("dynamodb") => local.remove_table(TABLE),
        Some("sqs") => local.remove_queue(QUEUE),
        Some("sns") => local.remove_topic(TOPIC),
        _ => {}
    }
    local
}

/// The services on AWS, or on the endpoint in `AWS_ENDPOINT_URL`.
#[cfg(feature = "aws")]
pub(crate) async fn aws() -> Result<asl_runtime::Aws, &'static str> {
    Ok(asl_runtime::Aws::from_env().await)
}

/// There is no AWS in this build.
#[cfg(not(feature = "aws"))]
pub(crate) async fn aws() -> Result<Local, &'static str> {
    Err("this build has no AWS in it: build it with `--features aws`")
}
