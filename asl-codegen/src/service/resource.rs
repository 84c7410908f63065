//! `Resource` of a Task state. AWS developer guide, "Integrating services".

use std::ops::Range;

/// Who performs what has no service of its own in the runtime.
const OTHERS: &str = "tasks";

/// What a Task state calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `arn:aws:lambda:region:account:function:name[:qualifier]`
    LambdaFunction {
        /// The function's name.
        name: String,
        /// Its version or alias.
        qualifier: Option<String>,
    },
    /// `arn:aws:states:region:account:activity:name`
    Activity {
        /// The activity's name.
        name: String,
    },
    /// `arn:aws:states:::service:action[.pattern]`
    Integration {
        /// The service: `sqs`.
        service: String,
        /// The action: `sendMessage`.
        action: String,
        /// What follows the action's first dot, as `waitForTaskToken`.
        pattern: Option<String>,
    },
    /// `arn:aws:states:::aws-sdk:service:action[.pattern]`
    AwsSdk {
        /// The service: `s3`.
        service: String,
        /// The action: `getObject`.
        action: String,
        /// What follows the action's first dot.
        pattern: Option<String>,
    },
    /// `arn:aws:states:::http:invoke`
    Http,
}

/// A resource in the words of AWS's history: `resourceType`, and `resource` without its pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The service: `sqs`, `aws-sdk:s3`. Empty for a Lambda function's ARN, which has events of its own.
    pub service: String,
    /// The action: `sendMessage`. Of a function or an activity its name.
    pub action: String,
    /// The integration pattern without its dot: empty for request-response.
    pub pattern: String,
}

/// Why a text is no resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceError {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What is wrong with them, in a few words.
    pub message: &'static str,
}

impl Parts {
    /// Whether a Task that calls it has a token. AWS developer guide, "Discover service integration patterns".
    pub fn has_task_token(&self) -> bool {
        self.pattern == "waitForTaskToken" || self.pattern.starts_with("sync") || self.service == "activity"
    }

    /// Who performs it, by the name that the runtime's `Resource::service_name` gives.
    pub fn provider(&self) -> &'static str {
        match (&*self.service, &*self.pattern) {
            ("", _) => "lambda",
            (service, "") => super::operations()
                .find(|operation| operation.service == service)
                .map_or(OTHERS, |operation| operation.service),
            _ => OTHERS,
        }
    }
}

impl Resource {
    /// What is called, in three parts.
    pub fn parts(self) -> Parts {
        let (service, action, pattern) = match self {
            Resource::LambdaFunction { name, qualifier: None } => (String::new(), name, None),
            Resource::LambdaFunction { name, qualifier: Some(qualifier) } => {
                (String::new(), format!("{name}:{qualifier}"), None)
            }
            Resource::Activity { name } => ("activity".to_owned(), name, None),
            Resource::Integration { service, action, pattern } => (service, action, pattern),
            Resource::AwsSdk { service, action, pattern } => (format!("aws-sdk:{service}"), action, pattern),
            Resource::Http => ("http".to_owned(), "invoke".to_owned(), None),
        };
        Parts { service, action, pattern: pattern.unwrap_or_default() }
    }

    /// Reads an ARN. Whether the service offers the action is not looked at.
    pub fn parse(text: &str) -> Result<Self, ResourceError> {
        let whole = 0..text.len();
        let error = |range: &Range<usize>, message| Err(ResourceError { range: range.clone(), message });
        let parts = segments(text);
        let [(arn, _), (partition, at_partition), (service, at_service), _, _, rest @ ..] = parts.as_slice() else {
            return error(&whole, "an ARN begins with `arn:` and has six parts or more");
        };
        if *arn != "arn" {
            return error(&whole, "an ARN begins with `arn:`");
        }
        if *partition != "aws" && !partition.starts_with("aws-") {
            return error(at_partition, "not a partition such as `aws`");
        }
        let rest: Vec<&str> = rest.iter().map(|(part, _)| *part).collect();
        if rest.is_empty() || rest.iter().any(|part| part.is_empty()) {
            return error(&whole, "a part of the ARN is empty");
        }
        match (*service, rest.as_slice()) {
            ("lambda", ["function", name]) => {
                Ok(Resource::LambdaFunction { name: (*name).to_owned(), qualifier: None })
            }
            ("lambda", ["function", name, qualifier]) => {
                let qualifier = Some((*qualifier).to_owned());
                Ok(Resource::LambdaFunction { name: (*name).to_owned(), qualifier })
            }
            ("lambda", _) => error(&whole, "a function's ARN ends in `:function:name`"),
            ("states", ["activity", name]) => Ok(Resource::Activity { name: (*name).to_owned() }),
            ("states", ["http", "invoke"]) => Ok(Resource::Http),
            ("states", ["aws-sdk", service, call @ ..]) if !call.is_empty() => {
                let (action, pattern) = split_action(call);
                Ok(Resource::AwsSdk { service: (*service).to_owned(), action, pattern })
            }
            ("states", [service, call @ ..]) if *service != "aws-sdk" && !call.is_empty() => {
                let (action, pattern) = split_action(call);
                Ok(Resource::Integration { service: (*service).to_owned(), action, pattern })
            }
            ("states", _) => error(&whole, "an integration's ARN ends in `:service:action`"),
            _ => error(at_service, "a Task calls `states` or `lambda`"),
        }
    }
}

/// The parts between colons and where they stand.
fn segments(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut start = 0;
    text.split(':')
        .map(|part| {
            let range = start..start + part.len();
            start = range.end + 1;
            (part, range)
        })
        .collect()
}

/// `["startExecution.sync", "2"]` to the action and its pattern `sync:2`.
fn split_action(call: &[&str]) -> (String, Option<String>) {
    let call = call.join(":");
    match call.split_once('.') {
        Some((action, pattern)) => (action.to_owned(), Some(pattern.to_owned())),
        None => (call, None),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Resource;

    fn integration(service: &str, action: &str, pattern: Option<&str>) -> Resource {
        let pattern = pattern.map(str::to_owned);
        Resource::Integration { service: service.to_owned(), action: action.to_owned(), pattern }
    }

    #[track_caller]
    fn check(text: &str, resource: Resource) {
        assert_eq!(Resource::parse(text), Ok(resource), "{text}");
    }

    #[test]
    fn resources() {
        check("arn:aws:states:::sqs:sendMessage", integration("sqs", "sendMessage", None));
        check("arn:aws-cn:states:eu-north-1:1:sqs:sendMessage", integration("sqs", "sendMessage", None));
        check(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            integration("sqs", "sendMessage", Some("waitForTaskToken")),
        );
        check("arn:aws:states:::states:startExecution.sync:2", integration("states", "startExecution", Some("sync:2")));
        check(
            "arn:aws:states:::aws-sdk:s3:getObject",
            Resource::AwsSdk { service: "s3".to_owned(), action: "getObject".to_owned(), pattern: None },
        );
        check("arn:aws:states:::http:invoke", Resource::Http);
        check("arn:aws:states:us-east-1:1:activity:Review", Resource::Activity { name: "Review".to_owned() });
        check(
            "arn:aws:lambda:us-east-1:1:function:check:$LATEST",
            Resource::LambdaFunction { name: "check".to_owned(), qualifier: Some("$LATEST".to_owned()) },
        );
    }

    #[test]
    fn parts_and_who_provides_them() {
        for (text, service, action, pattern, provider) in [
            ("arn:aws:states:::dynamodb:putItem", "dynamodb", "putItem", "", "dynamodb"),
            ("arn:aws:states:::sqs:sendMessage", "sqs", "sendMessage", "", "sqs"),
            ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "sqs", "sendMessage", "waitForTaskToken", "tasks"),
            ("arn:aws:states:::lambda:invoke", "lambda", "invoke", "", "lambda"),
            ("arn:aws:states:::lambda:invoke.waitForTaskToken", "lambda", "invoke", "waitForTaskToken", "tasks"),
            ("arn:aws:lambda:us-east-1:1:function:f", "", "f", "", "lambda"),
            ("arn:aws-cn:lambda:cn-north-1:1:function:f:live", "", "f:live", "", "lambda"),
            ("arn:aws:states:::states:startExecution.sync:2", "states", "startExecution", "sync:2", "tasks"),
            ("arn:aws:states:::aws-sdk:dynamodb:putItem", "aws-sdk:dynamodb", "putItem", "", "tasks"),
            ("arn:aws:states:::http:invoke", "http", "invoke", "", "tasks"),
            ("arn:aws:states:us-east-1:1:activity:review", "activity", "review", "", "tasks"),
        ] {
            let parts = Resource::parse(text).unwrap().parts();
            assert_eq!((&*parts.service, &*parts.action, &*parts.pattern), (service, action, pattern), "{text}");
            assert_eq!(parts.provider(), provider, "{text}");
        }
    }

    #[track_caller]
    fn check_error(text: &str, wrong: &str) {
        let error = Resource::parse(text).unwrap_err();
        assert_eq!(&text[error.range], wrong, "{}", error.message);
    }

    #[test]
    fn what_is_no_resource() {
        for text in [
            "",
            "sqs:sendMessage",
            "arn:aws:states",
            "arn:aws:states:::",
            "arn:aws:states:::sqs",
            "arn:aws:states:::sqs:",
            "arn:aws:states:::aws-sdk:s3",
            "arn:aws:lambda:us-east-1:1:layer:x",
        ] {
            check_error(text, text);
        }
        check_error("arn:amazon:states:::sqs:sendMessage", "amazon");
        check_error("arn:aws:sqs:us-east-1:1:queue", "sqs");
    }
}
