//! A machine: the outermost one, a branch, an item processor.

use crate::codes::Code;
use crate::definition::fields::{MACHINE, MACHINE_RULES, PROCESSOR};
use crate::definition::read::object::get;
use crate::definition::read::value::{seconds, text};
use crate::definition::read::{Reader, Scope};
use crate::definition::{Machine, QueryLanguage};
use crate::diagnostic::Diagnostic;
use crate::node::Node;
use crate::query::read::quoted;

/// How many machines may be inside each other. AWS has a limit too and does not publish it; ours guards the stack.
const MAX_DEPTH: usize = 32;

impl Reader<'_> {
    /// Reads the machine in `node`.
    pub(super) fn machine(&mut self, node: &Node, scope: &Scope) -> Machine {
        let empty = Machine { span: node.span, pointer: scope.place.pointer.clone(), ..Machine::default() };
        if scope.kind == MACHINE && node.members().is_none() {
            let message = format!("the definition must be an object, found {}", node.kind());
            let finding = Diagnostic::new(Code::ASL0002, node.span, message).label("not an object");
            self.report(finding.aws("rejects this: \"Definition must be a valid JSON object\""));
            return empty;
        }
        if scope.depth > MAX_DEPTH {
            let message = format!("{} is nested too deeply: inside {MAX_DEPTH} other machines", scope.place.subject());
            let finding = Diagnostic::new(Code::ASL0118, scope.anchor, message).label("too deep");
            self.report(finding.at(&scope.place.pointer).aws("rejects this with TOO_DEEPLY_NESTED"));
            return empty;
        }
        let members = self.object(node, &MACHINE_RULES, scope);
        if scope.kind == MACHINE {
            self.machine_language = language(get(members, "QueryLanguage")).unwrap_or_default();
            self.version(get(members, "Version"));
        }
        if scope.kind == PROCESSOR
            && let Some(config) = get(members, "ProcessorConfig")
        {
            self.processor_config(config, scope);
        }
        let states = get(members, "States").and_then(Node::members).unwrap_or_default();
        let states = states.iter().filter_map(|member| self.state(&member.name, &member.value, scope)).collect();
        Machine {
            comment: text(get(members, "Comment")),
            start_at: text(get(members, "StartAt")),
            states,
            query_language: self.machine_language,
            timeout_seconds: seconds(get(members, "TimeoutSeconds").filter(|_| scope.kind == MACHINE)),
            ..empty
        }
    }

    fn version(&mut self, node: Option<&Node>) {
        let Some(version) = text(node).filter(|version| version.text != "1.0") else { return };
        let message = format!("`Version` of the state machine is `{}`; there is only `1.0`", version.text);
        let finding = Diagnostic::new(Code::ASL0113, version.span, message)
            .label("unknown version")
            .fix("write", version.span, quoted("1.0"))
            .at("/Version");
        self.report(finding);
    }
}

/// The query language that `node` names.
pub(super) fn language(node: Option<&Node>) -> Option<QueryLanguage> {
    match node?.as_text()?.text.as_str() {
        "JSONPath" => Some(QueryLanguage::JsonPath),
        "JSONata" => Some(QueryLanguage::Jsonata),
        _ => None,
    }
}
