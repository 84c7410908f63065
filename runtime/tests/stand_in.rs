//! What the services are asked and what they answer, three ways: by the real services' code against a stand-in for AWS on
//! loopback, by the stand-ins in memory, and whether both make the same of it. Without Python, or without a place to
//! install the stand-in from, only the middle one is left, and the others are ignored.

#[path = "support/cases/mod.rs"]
mod cases;
#[path = "support/sdk.rs"]
mod sdk;
#[path = "support/stand_in.rs"]
mod stand_in;

use std::process::ExitCode;
use std::sync::Arc;

use asl_runtime::services::local::{Key, Queue, Topic};
use asl_runtime::{Local, Value};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;

use cases::{Case, Kind, Record, Side};
use sdk::Sdk;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = cases::cases();
    // To list tests is quick, and needs no server.
    let sdk = if arguments.list { Err("not started".to_owned()) } else { Sdk::start(&cases) };
    if let Err(reason) = &sdk
        && !arguments.list
    {
        eprintln!("what needs a stand-in for AWS is ignored, there is none: {reason}");
    }
    let sdk = sdk.map(Arc::new);
    let trials = cases.into_iter().flat_map(|case| trials(&case, &sdk)).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(sdk);
    conclusion.exit_code()
}

/// The three tests of a case.
fn trials(case: &Case, sdk: &Result<Arc<Sdk>, String>) -> [Trial; 3] {
    let trial = |way: &str, run: fn(&Case, &Sdk) -> Result<(), String>| {
        let (case, sdk) = (case.clone(), sdk.clone());
        let ignored = sdk.is_err();
        Trial::test(format!("{} ({way})", case.name), move || Ok(run(&case, &*sdk?)?)).with_ignored_flag(ignored)
    };
    let local = case.clone();
    [
        trial("over the SDK", |case, sdk| cases::check(case, sdk.record(case)?, Side::StandIn)),
        Trial::test(format!("{} (in memory)", case.name), move || {
            let (_, record) = in_memory(&local)?;
            cases::check(&local, &record, Side::Aws).map_err(Failed::from)
        }),
        trial("compared", compare),
    ]
}

fn compare(case: &Case, sdk: &Sdk) -> Result<(), String> {
    let over_sdk = sdk.record(case)?;
    let (local, in_memory) = in_memory(case)?;
    cases::compare(case, ("stand-in", over_sdk), ("in memory", &in_memory))?;
    if cases::differs_on_stand_in(case) {
        return Ok(());
    }
    let (received, held) = (json!(sdk.messages(over_sdk)?), json!(messages(&local, &in_memory)));
    if received == held { Ok(()) } else { Err(format!("in the queues\n  stand-in: {received}\n in memory: {held}")) }
}

/// Runs a case on stand-ins in memory that have all that the cases use.
fn in_memory(case: &Case) -> Result<(Local, Record), String> {
    let local = cases::TABLES.iter().fold(Local::new(), |local, (name, key)| local.table(*name, key_of(key)));
    let local = cases::QUEUES.iter().fold(local, |local, (name, kind)| {
        let queue = Queue::new(name);
        local.queue(if *kind == Kind::FifoByContent { queue.content_based_deduplication() } else { queue })
    });
    let local = cases::TOPICS.iter().fold(local, |local, (name, kind)| {
        let topic = Topic::new(name);
        local.topic(if *kind == Kind::FifoByContent { topic.content_based_deduplication() } else { topic })
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let record = runtime.map_err(|error| error.to_string())?.block_on(cases::run(case, &local))?;
    Ok((local, record))
}

fn key_of(key: &[(&str, &str)]) -> Key {
    match key {
        [(partition, "S"), (sort, "N")] => Key::string(*partition).then_number(*sort),
        [(partition, _), ..] => Key::string(*partition),
        [] => Key::string(""),
    }
}

/// The messages that a case sent to queues, as the queues have them.
fn messages(local: &Local, record: &Record) -> Vec<Value> {
    let held = |(queue, id): &(&str, String)| {
        let messages = local.messages(*queue);
        let message = messages.iter().find(|message| message.id == *id);
        message.map(|message| json!({"body": message.body, "attributes": message.attributes})).unwrap_or_default()
    };
    record.sent.iter().map(held).collect()
}
