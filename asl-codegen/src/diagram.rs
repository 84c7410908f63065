//! The graph of a machine as a picture in text, and as a table.
//!
//! A definition need not be free of errors: what was understood is drawn, and a state that is named but does not exist
//! is marked as missing.

mod dot;
mod mermaid;
mod table;
mod words;

pub use dot::dot;
pub use mermaid::mermaid;
pub use table::table;

use std::collections::HashMap;

use crate::definition::{Kind, Machine, State};
use crate::node::Text;

/// A transition.
struct Edge<'a> {
    target: &'a str,
    cause: Cause,
}

/// Why a transition is taken.
enum Cause {
    /// `Next`
    Next,
    /// A Choice rule, with its condition in words.
    Rule(String),
    /// The `Default` of a Choice.
    Default,
    /// A catcher, with its error names.
    Catch(String),
}

impl Cause {
    /// The words at the transition; none for a plain `Next`.
    fn label(&self) -> Option<String> {
        match self {
            Cause::Next => None,
            Cause::Rule(condition) => Some(words::short(condition)),
            Cause::Default => Some("default".to_owned()),
            Cause::Catch(errors) => Some(words::short(errors)),
        }
    }

    fn is_catch(&self) -> bool {
        matches!(self, Cause::Catch(_))
    }
}

/// The transitions of a state, in the order in which they are considered.
fn edges(state: &State) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    if let Some(Kind::Choice { choices, default }) = &state.kind {
        for rule in choices {
            if let Some(target) = &rule.next {
                let condition = rule.test.as_ref().map_or_else(|| "…".to_owned(), words::condition);
                edges.push(Edge { target: target.as_str(), cause: Cause::Rule(condition) });
            }
        }
        edges.extend(default.iter().map(|target| Edge { target: target.as_str(), cause: Cause::Default }));
    }
    edges.extend(state.next.iter().map(|target| Edge { target: target.as_str(), cause: Cause::Next }));
    for catcher in &state.catch {
        if let Some(target) = &catcher.next {
            edges.push(Edge { target: target.as_str(), cause: Cause::Catch(words::errors(&catcher.error_equals)) });
        }
    }
    edges
}

/// The inner machines of a state, each with its title.
fn inner(state: &State) -> Vec<(String, &Machine)> {
    match &state.kind {
        Some(Kind::Parallel { branches }) => {
            branches.iter().enumerate().map(|(index, branch)| (format!("branch {}", index + 1), branch)).collect()
        }
        _ => state.machines().iter().map(|processor| ("for each item".to_owned(), processor)).collect(),
    }
}

/// The names in a picture: states by index, so that any name of a state can be drawn.
struct Ids<'a> {
    /// What stands in front of every id of this machine.
    prefix: String,
    states: HashMap<&'a str, usize>,
    /// Named, but not there.
    missing: Vec<&'a str>,
}

impl<'a> Ids<'a> {
    fn new(machine: &'a Machine, prefix: String) -> Self {
        let mut states = HashMap::new();
        for (index, state) in machine.states.iter().enumerate() {
            states.entry(state.name.as_str()).or_insert(index);
        }
        let mut missing: Vec<&str> = Vec::new();
        let targets = machine.states.iter().flat_map(edges).map(|edge| edge.target);
        for target in machine.start_at.iter().map(Text::as_str).chain(targets) {
            if !states.contains_key(target) && !missing.contains(&target) {
                missing.push(target);
            }
        }
        Self { prefix, states, missing }
    }

    fn state(&self, index: usize) -> String {
        format!("{}s{index}", self.prefix)
    }

    fn missing(&self, index: usize) -> String {
        format!("{}missing{index}", self.prefix)
    }

    fn named(&self, name: &str) -> String {
        match self.states.get(name) {
            Some(index) => self.state(*index),
            None => self.missing(self.missing.iter().position(|missing| *missing == name).unwrap_or_default()),
        }
    }

    /// What stands in front of the ids of an inner machine.
    fn inner(&self, state: usize, machine: usize) -> String {
        format!("{}m{machine}", self.state(state))
    }

    fn start(&self) -> String {
        format!("{}start", self.prefix)
    }

    fn end(&self) -> String {
        format!("{}finish", self.prefix)
    }
}

/// Indented text.
#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(&"    ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn block(&mut self, head: &str, foot: &str, body: impl FnOnce(&mut Self)) {
        self.line(head);
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.line(foot);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{dot, mermaid, table};
    use crate::definition::{
        Catcher, ChoiceRule, Comparison, Kind, Machine, Operand, Operation, Order, QueryLanguage, Retrier, Spanned,
        State, Task, Test, TypeTest,
    };
    use crate::node::Text;
    use crate::query::path::{Path, Root};
    use crate::span::Span;

    pub(crate) fn text(text: &str) -> Text {
        Text::opaque(text, Span::default())
    }

    pub(crate) fn path(text: &str) -> Path {
        Path { text: text.to_owned(), span: Span::default(), root: Root::Data, steps: Vec::new() }
    }

    pub(crate) fn compare(variable: &str, operation: Operation) -> Test {
        Test::Compare(Comparison { variable: path(variable), operator: text(""), operation })
    }

    pub(crate) fn constant<T>(value: T) -> Operand<T> {
        Operand::Constant(Spanned { value, span: Span::default() })
    }

    /// A state that ends, or goes to `next`.
    pub(crate) fn state(name: &str, kind: Kind, next: Option<&str>) -> State {
        let terminal = matches!(kind, Kind::Choice { .. } | Kind::Succeed | Kind::Fail { .. });
        State {
            name: text(name),
            span: Span::default(),
            pointer: String::new(),
            comment: None,
            query_language: QueryLanguage::JsonPath,
            kind: Some(kind),
            type_span: Span::default(),
            next: next.map(text),
            end: next.is_none() && !terminal,
            input_path: None,
            parameters: None,
            result_selector: None,
            result_path: None,
            output_path: None,
            retry: Vec::new(),
            catch: Vec::new(),
            assign: None,
            arguments: None,
            output: None,
        }
    }

    pub(crate) fn task(resource: &str) -> Kind {
        Kind::Task(Box::new(Task { resource: Some(text(resource)), ..Task::default() }))
    }

    pub(crate) fn machine(start_at: &str, states: Vec<State>) -> Machine {
        Machine { start_at: Some(text(start_at)), states, ..Machine::default() }
    }

    /// A machine with every kind of transition.
    fn order() -> Machine {
        let mut get = state("Get Order", task("arn:aws:states:::dynamodb:getItem"), Some("Is it paid?"));
        get.retry.push(Retrier {
            span: Span::default(),
            error_equals: vec![text("States.Timeout"), text("States.TaskFailed")],
            interval_seconds: None,
            max_attempts: None,
            backoff_rate: None,
            max_delay_seconds: None,
            full_jitter: false,
        });
        get.catch.push(Catcher {
            span: Span::default(),
            error_equals: vec![text("States.ALL")],
            next: Some(text("Sorry")),
            result_path: None,
            assign: None,
            output: None,
        });
        let rule = ChoiceRule {
            span: Span::default(),
            next: Some(text("Ship|\"all\"")),
            test: Some(Test::And(vec![
                compare("$.paid", Operation::Is(TypeTest::Present, true)),
                compare("$.total", Operation::Numeric(Order::GreaterThan, constant("0".to_owned()))),
            ])),
            assign: None,
            output: None,
        };
        let choice = Kind::Choice { choices: vec![rule], default: Some(text("Ghost")) };
        let branch = machine("A", vec![state("A", Kind::Pass { result: None }, None)]);
        let map = Kind::Map(Box::new(crate::definition::Map {
            processor: Some(machine("Done", vec![state("Done", Kind::Succeed, None)])),
            ..Default::default()
        }));
        let fail = Kind::Fail { error: None, cause: None };
        machine(
            "Get Order",
            vec![
                get,
                state("Is it paid?", choice, None),
                state("Ship|\"all\"", Kind::Parallel { branches: vec![branch] }, Some("Each")),
                state("Each", map, None),
                state("Sorry", fail, None),
            ],
        )
    }

    #[test]
    fn order_in_mermaid() {
        let expected = r##"flowchart TD
    start(("start")) --> s0
    s0["Get Order<br/>Task dynamodb:getItem<br/>↻ States.Timeout, States.TaskFailed"]
    s0 --> s1
    s0 -.->|"States.ALL"| s4
    s1{"Is it paid?"}
    s1 -->|"$.paid is present and $.total #gt; 0"| s2
    s1 -->|"default"| missing0
    subgraph s2["Ship#124;#quot;all#quot;<br/>Parallel 1 branch"]
        subgraph s2m0["branch 1"]
            s2m0start(("start")) --> s2m0s0
            s2m0s0["A<br/>Pass"]
            s2m0s0 --> s2m0finish
            s2m0finish((("end")))
        end
    end
    s2 --> s3
    subgraph s3["Each<br/>Map"]
        subgraph s3m0["for each item"]
            s3m0start(("start")) --> s3m0s0
            s3m0s0(["Done<br/>Succeed"])
        end
    end
    s3 --> finish
    s4[["Sorry<br/>Fail"]]
    missing0["Ghost<br/>missing"]
    finish((("end")))
"##;
        assert_eq!(mermaid(&order()), expected);
    }

    #[test]
    fn order_in_dot() {
        let expected = r##"digraph {
    compound=true;
    node [shape=box, style=rounded];
    start [shape=circle, label="start"];
    start -> s0;
    s0 [label="Get Order\nTask dynamodb:getItem\n↻ States.Timeout, States.TaskFailed"];
    s0 -> s1;
    s0 -> s4 [style=dotted, label="States.ALL"];
    s1 [shape=diamond, style=solid, label="Is it paid?"];
    s1 -> s2 [lhead=cluster_s2, label="$.paid is present and $.total > 0"];
    s1 -> missing0 [label="default"];
    subgraph cluster_s2 {
        label="Ship|\"all\"\nParallel 1 branch";
        s2 [shape=point, style=invis];
        subgraph cluster_s2m0 {
            label="branch 1";
            s2m0start [shape=circle, label="start"];
            s2m0start -> s2m0s0;
            s2m0s0 [label="A\nPass"];
            s2m0s0 -> s2m0finish;
            s2m0finish [shape=doublecircle, label="end"];
        }
    }
    s2 -> s3 [ltail=cluster_s2, lhead=cluster_s3];
    subgraph cluster_s3 {
        label="Each\nMap";
        s3 [shape=point, style=invis];
        subgraph cluster_s3m0 {
            label="for each item";
            s3m0start [shape=circle, label="start"];
            s3m0start -> s3m0s0;
            s3m0s0 [peripheries=2, label="Done\nSucceed"];
        }
    }
    s3 -> finish [ltail=cluster_s3];
    s4 [peripheries=2, style=solid, label="Sorry\nFail"];
    missing0 [style=dashed, label="Ghost\nmissing"];
    finish [shape=doublecircle, label="end"];
}
"##;
        assert_eq!(dot(&order()), expected);
    }

    #[test]
    fn order_as_a_table() {
        let expected = r#"| State | Type | Does | Next |
| --- | --- | --- | --- |
| `Get Order` | Task | `dynamodb:getItem`, retries | `Is it paid?`; on `States.ALL`: `Sorry` |
| `Is it paid?` | Choice | | `$.paid is present and $.total > 0`: `Ship\|"all"`; else `Ghost` |
| `Ship\|"all"` | Parallel | 1 branch | `Each` |
| `Each` | Map | for each item | end |
| `Sorry` | Fail | | |
"#;
        assert_eq!(table(&order()), expected);
    }

    #[test]
    fn nothing_is_needed() {
        assert_eq!(mermaid(&Machine::default()), "flowchart TD\n");
        assert_eq!(table(&Machine::default()), "| State | Type | Does | Next |\n| --- | --- | --- | --- |\n");
        let mut unknown = state("A", Kind::Succeed, None);
        unknown.kind = None;
        let unknown = machine("B", vec![unknown]);
        assert!(mermaid(&unknown).contains("start((\"start\")) --> missing0"), "{}", mermaid(&unknown));
        assert!(table(&unknown).contains("| `A` | ? | | |"), "{}", table(&unknown));
    }
}
