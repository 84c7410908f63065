//! The names and ARNs that an execution goes by. AWS API reference, "Step Functions".

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value;

use crate::context::{ExecutionInfo, ExecutionSource, ExecutionType};
use crate::timestamp::Timestamp;
use crate::uuid::uuid;

/// What goes into the ARNs of an execution.
#[derive(Debug)]
pub(super) struct Identity<'a> {
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) region: Cow<'a, str>,
    pub(super) account: Cow<'a, str>,
    pub(super) role_arn: Option<Cow<'a, str>>,
    pub(super) execution_type: ExecutionType,
}

impl Default for Identity<'_> {
    fn default() -> Self {
        Self {
            name: None,
            region: Cow::Borrowed("us-east-1"),
            account: Cow::Borrowed("123456789012"),
            role_arn: None,
            execution_type: ExecutionType::Standard,
        }
    }
}

impl Identity<'_> {
    fn execution(&self, machine: &str, input: Option<Value>, start_time: Timestamp) -> ExecutionInfo {
        let (region, account) = (&*self.region, &*self.account);
        let partition = match region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        };
        let name = self.name.as_deref().map_or_else(uuid, str::to_owned);
        let role_arn = match &self.role_arn {
            Some(role_arn) => role_arn.clone().into_owned(),
            None => ["arn:", partition, ":iam::", account, ":role/", machine].concat(),
        };
        let arn = |kind: &str, rest: &[&str]| {
            let start = ["arn:", partition, ":states:", region, ":", account, ":", kind, ":", machine];
            let mut arn = String::with_capacity(128);
            arn.extend(start.iter().chain(rest).copied());
            arn
        };
        ExecutionInfo {
            id: match self.execution_type {
                ExecutionType::Standard => arn("execution", &[":", &name]),
                // Its name need not be the only one.
                ExecutionType::Express | ExecutionType::SynchronousExpress => {
                    arn("express", &[":", &name, ":", &uuid()])
                }
            },
            name,
            input,
            start_time,
            role_arn,
            execution_type: self.execution_type,
            state_machine_id: arn("stateMachine", &[]),
            state_machine_name: machine.to_owned(),
        }
    }
}

/// What is known of an execution, made when it is first asked for.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    identity: Identity<'a>,
    machine: &'static str,
    pub(super) start_time: Timestamp,
    made: OnceLock<ExecutionInfo>,
}

impl<'a> Facts<'a> {
    /// Of an execution that starts; `input` where the machine reads it.
    pub(super) fn new(
        identity: Identity<'a>,
        machine: &'static str,
        input: Option<Value>,
        start_time: Timestamp,
    ) -> Self {
        let made = OnceLock::new();
        if input.is_some() {
            made.get_or_init(|| identity.execution(machine, input, start_time));
        }
        Self { identity, machine, start_time, made }
    }

    /// Of an execution that goes on.
    pub(super) fn known(info: ExecutionInfo) -> Self {
        let start_time = info.start_time;
        Self { identity: Identity::default(), machine: "", start_time, made: OnceLock::from(info) }
    }
}

impl ExecutionSource for Facts<'_> {
    fn info(&self) -> &ExecutionInfo {
        self.made.get_or_init(|| self.identity.execution(self.machine, None, self.start_time))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp { seconds: 0, nanoseconds: 0 };

    #[test]
    fn arns_are_in_aws_form() {
        let named = Identity { name: Some("run".into()), ..Identity::default() };
        let execution = named.execution("order", None, START);
        assert_eq!(execution.id, "arn:aws:states:us-east-1:123456789012:execution:order:run");
        assert_eq!(execution.state_machine_id, "arn:aws:states:us-east-1:123456789012:stateMachine:order");
        assert_eq!(execution.role_arn, "arn:aws:iam::123456789012:role/order");
        let elsewhere = Identity {
            region: "cn-north-1".into(),
            account: "1".into(),
            role_arn: Some("arn:r".into()),
            ..Identity::default()
        };
        let execution = elsewhere.execution("order", None, START);
        assert_eq!(execution.state_machine_id, "arn:aws-cn:states:cn-north-1:1:stateMachine:order");
        assert_eq!(execution.role_arn, "arn:r");
        for execution_type in [ExecutionType::Express, ExecutionType::SynchronousExpress] {
            let express = Identity { name: Some("run".into()), execution_type, ..Identity::default() };
            let id = express.execution("order", None, START).id;
            let own = id.strip_prefix("arn:aws:states:us-east-1:123456789012:express:order:run:");
            assert_eq!(own.map(str::len), Some(36), "{id} ends with a UUID");
        }
    }
}
