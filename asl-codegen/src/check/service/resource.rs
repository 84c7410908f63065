//! `Resource` of Task states (ASL0901, ASL0902, ASL0903).

use std::ops::Range;

use crate::codes::Code;
use crate::definition::{State, Task};
use crate::diagnostic::{Diagnostic, nearest};
use crate::node::Text;
use crate::service::{self, Pattern, Resource};

const REJECTS: &str = "rejects this";

pub(super) fn check(state: &State, task: &Task, diagnostics: &mut Vec<Diagnostic>) {
    let Some(text) = &task.resource else { return };
    let at = At { state, text };
    diagnostics.extend(match Resource::parse(text.as_str()) {
        Err(error) => Some(at.not_an_arn(error)),
        Ok(Resource::Integration { service, action, pattern }) => at.integration(&service, &action, pattern.as_deref()),
        Ok(Resource::AwsSdk { service, action, pattern }) => at.sdk(&service, &action, pattern.as_deref()),
        Ok(Resource::Http | Resource::LambdaFunction { .. } | Resource::Activity { .. }) => None,
    });
}

struct At<'a> {
    state: &'a State,
    text: &'a Text,
}

impl At<'_> {
    fn finding(&self, code: Code, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(code, self.text.locate(range), message).at(format!("{}/Resource", self.state.pointer))
    }

    fn name(&self) -> &str {
        self.state.name.as_str()
    }

    /// The bytes of the last `part` of the ARN.
    fn range_of(&self, part: &str) -> Range<usize> {
        let text = self.text.as_str();
        text.rfind(part).map_or(0..text.len(), |start| start..start + part.len())
    }

    fn not_an_arn(&self, error: service::ResourceError) -> Diagnostic {
        let message = format!("`Resource` of state `{}` is not an ARN of something that a Task can call", self.name());
        let finding = self.finding(Code::ASL0901, error.range, message).label(error.message).aws(REJECTS);
        // `dynamodb:putItem`, without what comes before it.
        let short = self.text.as_str().trim_start_matches("arn:aws:states:::");
        match short.split_once(':').and_then(|(service, action)| service::integration(service, action)) {
            Some(found) => {
                let arn = format!("\"arn:aws:states:::{}:{}\"", found.service, found.action);
                finding.fix("write the whole ARN", self.text.span, arn)
            }
            None => finding.help("an ARN such as `arn:aws:states:::sqs:sendMessage`"),
        }
    }

    fn integration(&self, service: &str, action: &str, pattern: Option<&str>) -> Option<Diagnostic> {
        let Some(integration) = service::integration(service, action) else {
            return Some(self.unknown(service, action));
        };
        let known = pattern.is_none_or(|pattern| {
            integration.patterns.iter().any(|offered| offered.suffix().strip_prefix('.') == Some(pattern))
        });
        match pattern {
            Some(pattern) if !known => {
                Some(self.no_pattern(&format!("{service}:{action}"), pattern, integration.patterns))
            }
            _ => None,
        }
    }

    /// An integration that Step Functions does not have.
    fn unknown(&self, service: &str, action: &str) -> Diagnostic {
        let message = format!("`{service}:{action}` of state `{}` is no optimised integration", self.name());
        let actions: Vec<&str> = service::integrations()
            .filter(|integration| integration.service == service)
            .map(|integration| integration.action)
            .collect();
        let services = service::integrations().map(|integration| integration.service);
        if actions.is_empty() {
            let finding = self.finding(Code::ASL0902, self.range_of(&format!("{service}:{action}")), message);
            let finding = finding.label("Step Functions has no such service").aws(REJECTS);
            return match nearest(service, services) {
                Some(near) => {
                    let range = self.range_of(&format!("{service}:{action}"));
                    let span = self.text.locate(range.start..range.start + service.len());
                    finding.fix("did you mean", span, near)
                }
                None => self.through_the_sdk(finding, service, action),
            };
        }
        let range = self.range_of(action);
        let span = self.text.locate(range.clone());
        let finding = self
            .finding(Code::ASL0902, range, message)
            .label(format!("`{service}` offers {}", list(&actions)))
            .aws(REJECTS);
        match nearest(action, actions.iter().copied()) {
            Some(near) => finding.fix("did you mean", span, near),
            None => self.through_the_sdk(finding, service, action),
        }
    }

    fn through_the_sdk(&self, finding: Diagnostic, service: &str, action: &str) -> Diagnostic {
        let service = SDK_NAMES.iter().find(|(name, _)| *name == service).map_or(service, |(_, sdk)| sdk);
        let arn = format!("arn:aws:states:::aws-sdk:{service}:{action}");
        finding.fix("Step Functions offers it through the SDK", self.text.span, format!("\"{arn}\""))
    }

    fn no_pattern(&self, action: &str, pattern: &str, offered: &[Pattern]) -> Diagnostic {
        let message = format!("`{action}` of state `{}` does not offer the pattern `.{pattern}`", self.name());
        let range = self.range_of(&format!(".{pattern}"));
        let span = self.text.locate(range.clone());
        let suffixes: Vec<&str> =
            offered.iter().map(|pattern| pattern.suffix()).filter(|suffix| !suffix.is_empty()).collect();
        let label = match suffixes.as_slice() {
            [] => "it offers request-response only".to_owned(),
            suffixes => format!("it offers request-response and {}", list(suffixes)),
        };
        let finding = self.finding(Code::ASL0903, range, message).label(label).aws(REJECTS);
        match nearest(&format!(".{pattern}"), suffixes.iter().copied()) {
            Some(near) => finding.fix("did you mean", span, near),
            None => finding.fix("leave the pattern out", self.text.span, without(self.text.as_str(), pattern)),
        }
    }

    fn sdk(&self, service: &str, action: &str, pattern: Option<&str>) -> Option<Diagnostic> {
        let name = format!("aws-sdk:{service}:{action}");
        let pattern = pattern.filter(|pattern| *pattern != "waitForTaskToken")?;
        Some(self.no_pattern(&name, pattern, &[Pattern::RequestResponse, Pattern::WaitForTaskToken]))
    }
}

/// Services that the SDK integration calls by another name.
const SDK_NAMES: &[(&str, &str)] = &[
    ("elasticmapreduce", "emr"),
    ("emr-containers", "emrcontainers"),
    ("emr-serverless", "emrserverless"),
    ("events", "eventbridge"),
    ("states", "sfn"),
];

fn without(text: &str, pattern: &str) -> String {
    format!("\"{}\"", text.strip_suffix(pattern).and_then(|rest| rest.strip_suffix('.')).unwrap_or(text))
}

/// `` `a`, `b` and `c` ``
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
