//! `Retry` and `Catch`.

use crate::definition::fields::{ALL, CATCHER_RULES, RETRIER_RULES};
use crate::definition::read::object::get;
use crate::definition::read::value::{items, number, path_or_null, seconds, text, texts};
use crate::definition::read::{Reader, Scope};
use crate::definition::{Catcher, QueryLanguage, Retrier};
use crate::node::Node;
use crate::query::read::PathRule;

impl Reader<'_> {
    /// The elements of `Retry`.
    pub(super) fn retriers(&mut self, node: Option<&Node>, state: &Scope) -> Vec<Retrier> {
        let retriers = items(node).iter().enumerate().map(|(number, node)| {
            let scope = state.enter(&format!("Retry[{number}]"), ALL, node);
            self.retrier(node, &scope)
        });
        retriers.collect()
    }

    fn retrier(&mut self, node: &Node, scope: &Scope) -> Retrier {
        let members = self.object(node, &RETRIER_RULES, scope);
        Retrier {
            span: node.span,
            error_equals: texts(get(members, "ErrorEquals")),
            interval_seconds: seconds(get(members, "IntervalSeconds")),
            max_attempts: seconds(get(members, "MaxAttempts")),
            backoff_rate: number(get(members, "BackoffRate")),
            max_delay_seconds: seconds(get(members, "MaxDelaySeconds")),
            full_jitter: text(get(members, "JitterStrategy")).is_some_and(|strategy| strategy.text == "FULL"),
        }
    }

    /// The elements of `Catch`.
    pub(super) fn catchers(&mut self, node: Option<&Node>, state: &Scope) -> Vec<Catcher> {
        let catchers = items(node).iter().enumerate().map(|(number, node)| {
            let scope = state.enter(&format!("Catch[{number}]"), ALL, node);
            self.catcher(node, &scope)
        });
        catchers.collect()
    }

    fn catcher(&mut self, node: &Node, scope: &Scope) -> Catcher {
        let members = self.object(node, &CATCHER_RULES, scope);
        let result_path = get(members, "ResultPath").filter(|_| scope.language == QueryLanguage::JsonPath);
        let output = get(members, "Output").filter(|_| scope.language == QueryLanguage::Jsonata);
        Catcher {
            span: node.span,
            error_equals: texts(get(members, "ErrorEquals")),
            next: text(get(members, "Next")),
            result_path: path_or_null(result_path, PathRule::RESULT, &scope.at("ResultPath")),
            assign: self.assign(members, scope),
            output: self.computed(output, "Output", scope),
        }
    }
}
