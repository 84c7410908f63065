//! Runs the message workflow in memory. Its Rust was made by `build.rs` and lies in a file of its own.

use asl_runtime::Local;
use asl_runtime::services::local::Key;

include!(concat!(env!("OUT_DIR"), "/message_workflow.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = serde_json::from_str(r#"{"messageId": "Message3", "messageText": "Hello", "timer_seconds": 0}"#)?;
    let services = Local::new()
        .table("Message", Key::string("messageId"))
        .queue("https://sqs.us-east-1.amazonaws.com/123456789012/TeamCSqs")
        .topic("arn:aws:sns:us-east-1:123456789012:TeamAsns");
    let output = message_workflow::run(&services, input).await?;
    println!("{output:#}");
    Ok(())
}
