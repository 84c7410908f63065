//! The real services' code against a stand-in for AWS on loopback. Without Python, or without a place to install the
//! stand-in from, the tests are ignored.

#[path = "support/cases/mod.rs"]
mod cases;
#[path = "support/stand_in.rs"]
mod stand_in;

use std::process::ExitCode;

use asl_runtime::{Aws, Provide, Service, Services};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use libtest_mimic::{Arguments, Failed, Trial};

use cases::{Case, Side};
use stand_in::StandIn;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    // To list tests is quick, and needs no server.
    let stand_in = if arguments.list { Err("not started".to_owned()) } else { ready() };
    if let Err(reason) = &stand_in
        && !arguments.list
    {
        eprintln!("the tests are ignored, there is no stand-in for AWS: {reason}");
    }
    let endpoint = stand_in.as_ref().map(StandIn::endpoint).map_err(String::clone);
    let trials = cases::cases().into_iter().map(|case| trial(case, endpoint.clone())).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(stand_in);
    conclusion.exit_code()
}

/// A stand-in with all that the cases use.
fn ready() -> Result<StandIn, String> {
    let stand_in = StandIn::start()?;
    cases::TABLES.iter().try_for_each(|(name, key)| stand_in.create_table(name, key))?;
    cases::QUEUES.iter().try_for_each(|name| stand_in.create_queue(name))?;
    cases::TOPICS.iter().try_for_each(|name| stand_in.create_topic(name))?;
    Ok(stand_in)
}

fn trial(case: Case, endpoint: Result<String, String>) -> Trial {
    let name = case.name;
    let ignored = endpoint.is_err();
    let run = move || {
        // Connections belong to a runtime, so each case has clients of its own.
        let services = AllServices(Aws::new(&config(endpoint?)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(cases::run(&case, &services, Side::StandIn)).map_err(Failed::from)
    };
    Trial::test(name, run).with_ignored_flag(ignored)
}

fn config(endpoint: String) -> SdkConfig {
    let credentials = Credentials::new("test", "test", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(stand_in::REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(endpoint)
        .build()
}

struct AllServices(Aws);

impl Services for AllServices {
    fn service(&self, name: &str) -> Option<&dyn Service> {
        match name {
            "dynamodb" => Some(Provide::<asl_runtime::services::DynamoDb>::provide(&self.0)),
            "sqs" => Some(Provide::<asl_runtime::services::Sqs>::provide(&self.0)),
            "sns" => Some(Provide::<asl_runtime::services::Sns>::provide(&self.0)),
            _ => None,
        }
    }
}
