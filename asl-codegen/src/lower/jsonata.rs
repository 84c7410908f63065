//! The fields of JSONata states: their values, and what the expressions in them read.

use std::collections::BTreeSet;

use super::Lowering;
use super::constant::constant;
use crate::definition::expressions::{item, member};
use crate::definition::{Computed, Expression};
use crate::jsonata::syntax::{Kind, Node, Path, Step};
use crate::model::{Expr, Jsonata, Root, Whole};

/// The functions that ask what time it is; of the last one a picture without a date does.
const READS_TIME: [&str; 3] = ["now", "millis", "toMillis"];

impl Lowering<'_> {
    /// The value of a field. `location` is how AWS names the field in causes: `Output`, `Catch[0]/Assign`.
    pub(super) fn computed_value(&mut self, computed: &Computed, location: &str) -> Option<Expr> {
        Some(match computed {
            Computed::Constant(node) => Expr::Constant(constant(node)?),
            Computed::Expression(expression) => Expr::Jsonata(Box::new(self.jsonata(expression, location.to_owned())?)),
            Computed::Object { members, .. } => {
                let members = members.iter().map(|(name, value)| {
                    let value = self.computed_value(value, &member(location, &name.text))?;
                    Some((name.text.clone(), value))
                });
                Expr::Object(members.collect::<Option<_>>()?)
            }
            Computed::Array { items, .. } => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, value)| self.computed_value(value, &item(location, index)));
                Expr::Array(items.collect::<Option<_>>()?)
            }
        })
    }

    /// As [`computed_value`](Self::computed_value), of a field that may be absent.
    #[allow(clippy::option_option, reason = "as for every field here, the outer one says that lowering goes on")]
    pub(super) fn optional_value(&mut self, computed: Option<&Computed>, location: &str) -> Option<Option<Expr>> {
        match computed {
            Some(computed) => self.computed_value(computed, location).map(Some),
            None => Some(None),
        }
    }

    /// An expression, with note taken of what it reads.
    pub(super) fn jsonata(&mut self, expression: &Expression, location: String) -> Option<Jsonata> {
        let syntax = expression.syntax.clone()?;
        let mut reads = Reads::default();
        reads.node(&syntax);
        self.reads_state_context |= reads.state_context;
        self.reads_execution_input |= reads.execution_input;
        self.reads_time |= reads.time;
        let variables = reads.names.iter().map(|name| ((*name).to_owned(), self.variable(name)));
        let variables: Vec<_> = variables.filter(|(_, root)| *root != Root::Unassigned).collect();
        let (whole, reads_input) = (whole(&syntax), reads.input);
        let extends_input = extends_input(&syntax) && !variables.iter().any(|(name, _)| name == "merge");
        let text = expression.text.text.clone();
        Some(Jsonata { location, text, syntax, variables, whole, extends_input, reads_input })
    }
}

/// Whether an expression is `$merge([$states.input, {…}])`.
fn extends_input(node: &Node) -> bool {
    let Kind::Call(call) = &node.kind else { return false };
    let [argument] = call.arguments.as_slice() else { return false };
    let Kind::Array(items) = &argument.kind else { return false };
    let [input, added] = items.as_slice() else { return false };
    is_plain(node)
        && is_plain(argument)
        && matches!(&call.procedure.kind, Kind::Variable(name) if name == "merge" && is_plain(&call.procedure))
        && whole(input) == Some(Whole::Input)
        && matches!(added.kind, Kind::Object(_))
        && is_plain(added)
}

/// What of `$states` an expression is, when it is no more than that.
fn whole(node: &Node) -> Option<Whole> {
    let Kind::Path(Path { steps, keep_singleton: false, .. }) = &node.kind else { return None };
    if !is_plain(node) || steps.len() != 2 || !steps.iter().all(|step| is_plain(&step.node) && step.stages.is_empty()) {
        return None;
    }
    match names_in_states(steps)?.as_slice() {
        ["input"] => Some(Whole::Input),
        ["result"] => Some(Whole::Result),
        ["errorOutput"] => Some(Whole::ErrorOutput),
        _ => None,
    }
}

/// Whether nothing stands behind it.
fn is_plain(node: &Node) -> bool {
    node.predicates.is_empty() && node.group.is_none() && !node.keep_array
}

/// The names that a path which starts at `$states` goes along.
fn names_in_states(steps: &[Step]) -> Option<Vec<&str>> {
    let (first, rest) = steps.split_first()?;
    let starts = matches!(&first.node.kind, Kind::Variable(name) if name == "states");
    let names = rest.iter().map_while(|step| match &step.node.kind {
        Kind::Name(name) if !step.has_bindings() => Some(name.as_str()),
        _ => None,
    });
    (starts && is_plain(&first.node) && !first.has_bindings() && first.stages.is_empty()).then(|| names.collect())
}

/// What an expression reads.
#[derive(Default)]
struct Reads<'e> {
    /// The names of variables, also of those that the expression binds itself.
    names: BTreeSet<&'e str>,
    /// Whether it may read `$states.input`.
    input: bool,
    /// Whether it may read `$states.context.State`.
    state_context: bool,
    /// Whether it may read `$states.context.Execution.Input`.
    execution_input: bool,
    time: bool,
}

impl<'e> Reads<'e> {
    /// Takes note of a read in `$states` along these names, and of all that may be behind them.
    fn states(&mut self, names: &[&str]) {
        match names {
            [] => {
                self.input = true;
                self.state_context = true;
                self.execution_input = true;
            }
            ["input", ..] => self.input = true,
            ["context"] => {
                self.state_context = true;
                self.execution_input = true;
            }
            ["context", "State", ..] => self.state_context = true,
            ["context", "Execution"] | ["context", "Execution", "Input", ..] => self.execution_input = true,
            _ => {}
        }
    }

    fn node(&mut self, node: &'e Node) {
        match &node.kind {
            // It may lead back to `$states`.
            Kind::Parent(_) => self.states(&[]),
            Kind::Variable(name) if name == "states" => self.states(&[]),
            Kind::Variable(name) => {
                self.time |= READS_TIME.contains(&name.as_str());
                self.names.insert(name);
            }
            Kind::Path(Path { steps, .. }) => {
                if let Some(names) = names_in_states(steps) {
                    self.states(&names);
                    // `$states` by itself is the first child.
                    let mut behind = false;
                    node.for_each_child(&mut |child| {
                        if std::mem::replace(&mut behind, true) {
                            self.node(child);
                        }
                    });
                    return;
                }
            }
            _ => {}
        }
        node.for_each_child(&mut |child| self.node(child));
    }
}
