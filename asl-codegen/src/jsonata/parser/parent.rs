//! `%`: which step it speaks of.

use super::{Draft, Parser, Result, Seeking};
use crate::jsonata::Error;
use crate::jsonata::syntax::{Kind, Label, Node, Span, Step};

/// How many `%` an expression may have: each is sought through the steps before it.
const MAX_PARENTS: usize = 1000;

/// A `%`.
#[derive(Debug)]
pub(super) struct Slot {
    /// How many steps up what it speaks of is; 0 when it is found.
    level: u32,
    label: Label,
}

impl<'t> Draft<'t> {
    /// The `%` that it is.
    pub(super) fn as_parent(&self) -> Option<u32> {
        match self.last.node.kind {
            Kind::Parent(Label(slot)) if self.path.is_none() => Some(slot),
            _ => None,
        }
    }

    /// Moves the `%` that a path around must answer.
    pub(super) fn hand_on_seeking(&mut self, to: &mut Seeking) {
        to.append(if self.path.is_some() { &mut self.path_seeking } else { &mut self.seeking });
        to.extend(self.as_parent());
    }
}

impl<'t> Parser<'t> {
    /// `%`
    pub(super) fn parent(&mut self, span: Span) -> Box<Draft<'t>> {
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        if self.slots.len() < MAX_PARENTS {
            self.slots.push(Slot { level: 1, label: Label(slot) });
        } else {
            self.flaw(Error::new("U1001").at(span.start as usize));
        }
        Draft::new(Kind::Parent(Label(slot)), span, 1)
    }

    /// The tree of the whole text.
    pub(super) fn finish(mut self, mut draft: Box<Draft<'t>>) -> Result<Node> {
        let mut seeking = Seeking::new();
        draft.hand_on_seeking(&mut seeking);
        let mut node = draft.into_node();
        if !seeking.is_empty() {
            self.flaw(no_parent(&node));
        }
        if let Some(flaw) = self.flaw {
            return Err(flaw);
        }
        if self.shared {
            relabel(&mut node, &self.slots);
        }
        Ok(node)
    }

    /// Finds what the `%` in the last step of a path speak of.
    pub(super) fn resolve(&mut self, draft: &mut Draft<'t>) {
        if let Kind::Parent(Label(slot)) = draft.last.node.kind {
            draft.seeking.push(slot);
        }
        for &slot in &draft.seeking {
            let mut before = draft.before.iter_mut().rev().peekable();
            while self.level(slot) > 0 {
                let Some(mut step) = before.next() else {
                    draft.path_seeking.push(slot);
                    break;
                };
                // Steps that bind a focus are all applied to the same context.
                while step.focus.is_some()
                    && let Some(previous) = before.next_if(|previous| previous.focus.is_some())
                {
                    step = previous;
                }
                self.seek_in_step(step, slot);
            }
        }
    }

    /// Finds what the `%` in a predicate speak of: the step before it, or steps before that. One that is the predicate as a
    /// whole speaks of nothing.
    pub(super) fn resolve_predicate(&mut self, draft: &mut Draft<'t>, predicate: &mut Draft<'t>) {
        let list = if predicate.path.is_some() { &predicate.path_seeking } else { &predicate.seeking };
        if list.is_empty() {
            return;
        }
        for &slot in list {
            match self.level(slot) {
                1 => self.seek_in_step(&mut draft.last, slot),
                level => self.set_level(slot, level.saturating_sub(1)),
            }
        }
        predicate.hand_on_seeking(&mut draft.seeking);
    }

    fn seek_in_step(&mut self, step: &mut Step, slot: u32) {
        match step.node.kind {
            _ if !step.sort.is_empty() => self.lost(slot, no_parent(&step.node).token("sort")),
            Kind::Name(_) | Kind::Wildcard => {
                let level = self.level(slot).saturating_sub(1);
                self.set_level(slot, level);
                if level == 0 {
                    step.ancestor = Some(self.label(slot, step.ancestor));
                }
            }
            _ => {
                step.inner_bindings |= matches!(&step.node.kind, Kind::Block(nodes) if !nodes.is_empty());
                self.seek_in_node(&mut step.node, slot);
            }
        }
    }

    fn seek_in_node(&mut self, node: &mut Node, slot: u32) {
        match &mut node.kind {
            Kind::Name(_) | Kind::Wildcard => self.set_level(slot, self.level(slot).saturating_sub(1)),
            Kind::Parent(_) => self.set_level(slot, self.level(slot) + 1),
            Kind::Block(nodes) => {
                if let Some(last) = nodes.last_mut() {
                    self.seek_in_node(last, slot);
                }
            }
            Kind::Path(path) => {
                path.keeps_bindings = true;
                for step in path.steps.iter_mut().rev() {
                    self.seek_in_step(step, slot);
                    if self.level(slot) == 0 {
                        break;
                    }
                }
            }
            _ => self.lost(slot, no_parent(node)),
        }
    }

    /// The label of a step that `slot` speaks of, which may have one.
    fn label(&mut self, slot: u32, known: Option<Label>) -> Label {
        match (known, self.slots.get_mut(slot as usize)) {
            (Some(known), Some(slot)) => {
                self.shared = true;
                slot.label = known;
                known
            }
            (Some(known), None) => known,
            (None, _) => Label(slot),
        }
    }

    /// Gives up seeking.
    fn lost(&mut self, slot: u32, error: Error) {
        self.set_level(slot, 0);
        self.flaw(error);
    }

    fn level(&self, slot: u32) -> u32 {
        self.slots.get(slot as usize).map_or(0, |slot| slot.level)
    }

    fn set_level(&mut self, slot: u32, level: u32) {
        if let Some(slot) = self.slots.get_mut(slot as usize) {
            slot.level = level;
        }
    }
}

/// A `%` that cannot be answered by `node`, or is not answered in it.
fn no_parent(node: &Node) -> Error {
    Error::new("S0217").token(kind_name(&node.kind)).at(node.span.start as usize)
}

/// What JSONata calls a node of this kind.
fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null | Kind::Bool(_) => "value",
        Kind::Number(_) => "number",
        Kind::String(_) => "string",
        Kind::Regex(_) => "regex",
        Kind::Name(_) => "name",
        Kind::Wildcard => "wildcard",
        Kind::Descendants => "descendant",
        Kind::Parent(_) => "parent",
        Kind::Variable(_) => "variable",
        Kind::Path(_) => "path",
        Kind::Negate(_) | Kind::Array(_) | Kind::Object(_) => "unary",
        Kind::Binary(..) => "binary",
        Kind::Bind(..) => "bind",
        Kind::Apply(..) => "apply",
        Kind::Condition(_) => "condition",
        Kind::Block(_) => "block",
        Kind::Call(_) => "function",
        Kind::Partial(_) => "partial",
        Kind::Lambda(_) => "lambda",
        Kind::Transform(_) => "transform",
    }
}

/// Gives every `%` the label of the step that it speaks of.
fn relabel(node: &mut Node, slots: &[Slot]) {
    if let Kind::Parent(label) = &mut node.kind
        && let Some(slot) = slots.get(label.0 as usize)
    {
        *label = slot.label;
    }
    node.for_each_child_mut(&mut |child| relabel(child, slots));
}
