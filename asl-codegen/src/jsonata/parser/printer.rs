//! Trees as short text, for tests.

use std::fmt::Write as _;

use crate::jsonata::syntax::{ConditionForm, Group, Kind, Label, Node, Path, Regex, Stage, Step};

/// A tree in one line: `(f a b)` for a node and what is in it; behind it `[p]` for a predicate, `{k: v}` for a grouping, `[]`
/// for a kept array. A path is `a/b`; behind a step are `cons` for a constructed array, `@$x`, `#$x`, `!0` for the label that
/// `%0` finds, and its stages, each after `|`.
pub(super) fn print(node: &Node) -> String {
    let mut printer = Printer { text: String::new() };
    printer.node(node);
    printer.text
}

struct Printer {
    text: String,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn list<'n>(&mut self, name: &str, nodes: impl IntoIterator<Item = &'n Node>) {
        self.put("(");
        self.put(name);
        for node in nodes {
            self.put(" ");
            self.node(node);
        }
        self.put(")");
    }

    fn node(&mut self, node: &Node) {
        self.kind(&node.kind);
        for predicate in &node.predicates {
            self.put("[");
            self.node(predicate);
            self.put("]");
        }
        if let Some(group) = &node.group {
            self.group(group);
        }
        let kept = matches!(&node.kind, Kind::Path(path) if path.keep_singleton);
        if node.keep_array || kept {
            self.put("[]");
        }
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::Null => self.put("null"),
            Kind::Bool(value) => self.put(if *value { "true" } else { "false" }),
            Kind::Number(number) => self.put(&number.to_string()),
            Kind::String(text) => self.put(&format!("{text:?}")),
            Kind::Regex(Regex { pattern, ignore_case, multi_line }) => {
                let (i, m) = (if *ignore_case { "i" } else { "" }, if *multi_line { "m" } else { "" });
                self.put(&format!("/{pattern}/{i}{m}"));
            }
            Kind::Name(name) => self.put(name),
            Kind::Wildcard => self.put("*"),
            Kind::Descendants => self.put("**"),
            Kind::Parent(Label(label)) => self.put(&format!("%{label}")),
            Kind::Variable(name) => self.put(&format!("${name}")),
            Kind::Path(path) => self.path(path),
            Kind::Negate(node) => self.list("neg", [&**node]),
            Kind::Array(items) => self.list("array", items),
            Kind::Object(group) => {
                self.put("obj");
                self.group(group);
            }
            Kind::Binary(operator, left, right) => self.list(operator.symbol(), [&**left, &**right]),
            Kind::Bind(name, value) => self.list(&format!(":= ${name}"), [&**value]),
            Kind::Apply(left, right) => self.list("~>", [&**left, &**right]),
            Kind::Condition(condition) => {
                let name = match condition.form {
                    ConditionForm::Full => "?",
                    ConditionForm::Elvis => "?:",
                    ConditionForm::Coalesce => "??",
                };
                let nodes = [Some(&condition.test), condition.then.as_ref(), condition.otherwise.as_ref()];
                self.list(name, nodes.into_iter().flatten());
            }
            Kind::Block(nodes) => self.list("block", nodes),
            Kind::Call(call) => {
                let name = if call.tail { "tail" } else { "call" };
                self.list(name, std::iter::once(&call.procedure).chain(&call.arguments));
            }
            Kind::Partial(partial) => {
                self.put("(partial ");
                self.node(&partial.procedure);
                for argument in &partial.arguments {
                    self.put(" ");
                    match argument {
                        Some(argument) => self.node(argument),
                        None => self.put("?"),
                    }
                }
                self.put(")");
            }
            Kind::Lambda(lambda) => {
                let signature = lambda.signature.as_ref().map(|text| format!("<{text}>")).unwrap_or_default();
                self.list(&format!("fn({}){signature}", lambda.parameters.join(",")), [&lambda.body]);
            }
            Kind::Transform(transform) => {
                self.list("transform", [&transform.pattern, &transform.update].into_iter().chain(&transform.delete));
            }
        }
    }

    fn path(&mut self, path: &Path) {
        for (index, step) in path.steps.iter().enumerate() {
            if index > 0 || path.steps.len() == 1 {
                self.put("/");
            }
            self.step(step);
        }
        if path.keeps_bindings {
            self.put(" keeps");
        }
    }

    fn step(&mut self, step: &Step) {
        if step.sort.is_empty() {
            self.node(&step.node);
        } else {
            let node = |term: &crate::jsonata::syntax::SortTerm| {
                format!("{}{}", if term.descending { ">" } else { "<" }, print(&term.node))
            };
            let terms: Vec<_> = step.sort.iter().map(node).collect();
            self.put(&format!("^({})", terms.join(",")));
        }
        if step.constructs_array {
            self.put(" cons");
        }
        if let Some(name) = &step.focus {
            let _ = write!(self.text, "@${name}");
        }
        if let Some(name) = &step.index {
            let _ = write!(self.text, "#${name}");
        }
        if let Some(Label(label)) = &step.ancestor {
            let _ = write!(self.text, "!{label}");
        }
        if step.inner_bindings {
            self.put(" inner");
        }
        for stage in &step.stages {
            self.put("|");
            match stage {
                Stage::Filter(node) => self.node(node),
                Stage::Index(name) => {
                    let _ = write!(self.text, "#${name}");
                }
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.put("{");
        for (index, (key, value)) in group.pairs.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            self.node(key);
            self.put(": ");
            self.node(value);
        }
        self.put("}");
    }
}
