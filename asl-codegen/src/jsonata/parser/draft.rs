//! Expressions on the way: what is written behind them may still change them.

use crate::jsonata::syntax::{Group, Kind, Node, Path, Span, Stage, Step};

/// An expression that was read, while operators behind it may follow.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    /// Of a path: its steps but for the last.
    pub(super) before: Vec<Step>,
    /// The last step of a path; or the expression itself, with what is written behind it for a path that it may become a
    /// step of.
    pub(super) last: Step,
    /// What a path is as a whole; none when it is no path.
    pub(super) path: Option<Whole>,
    /// As what it was written, but for predicates.
    pub(super) form: Form<'t>,
    /// Whether predicates are behind it.
    pub(super) predicated: bool,
    /// The token that makes it what it is.
    pub(super) head: Span,
    /// How high its tree is.
    pub(super) height: u32,
    /// The `%` in the last step that a step before it must answer.
    pub(super) seeking: Seeking,
    /// Of a path: the `%` in it that no step of it answers.
    pub(super) path_seeking: Seeking,
}

/// A path without its steps.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) span: Span,
    pub(super) keep_array: bool,
    pub(super) keep_singleton: bool,
    pub(super) group: Option<Box<Group>>,
}

/// Places of `%` in the parser's list of them.
pub(super) type Seeking = Vec<u32>;

/// As what an expression was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<'t> {
    /// `name`
    Name(&'t str),
    /// `$name`
    Variable,
    /// `x@$name`
    Focus,
    /// Anything else.
    Other,
}

impl<'t> Draft<'t> {
    /// A node of this height, which is none of the forms that matter.
    pub(super) fn new(kind: Kind, span: Span, height: u32) -> Box<Self> {
        Box::new(Self {
            before: Vec::new(),
            last: Step::new(Node::new(kind, span)),
            path: None,
            form: Form::Other,
            predicated: false,
            head: span,
            height,
            seeking: Seeking::new(),
            path_seeking: Seeking::new(),
        })
    }

    /// Its node, when it is no step of a path.
    pub(super) fn into_node(mut self: Box<Self>) -> Node {
        let Some(Whole { span, keep_array, keep_singleton, group }) = self.path else { return self.last.node };
        self.before.push(self.last);
        let path = Path { steps: self.before, keep_singleton, keeps_bindings: false };
        Node { keep_array, group, ..Node::new(Kind::Path(path), span) }
    }

    /// Where it is.
    pub(super) fn span(&self) -> Span {
        self.path.as_ref().map_or(self.last.node.span, |path| path.span)
    }

    /// Notes that what belongs to it goes on to this byte.
    pub(super) fn extend(&mut self, end: u32) {
        self.path.as_mut().map_or(&mut self.last.node.span, |path| &mut path.span).end = end;
    }

    /// The grouping behind it.
    pub(super) fn group(&mut self) -> &mut Option<Box<Group>> {
        self.path.as_mut().map_or(&mut self.last.node.group, |path| &mut path.group)
    }

    /// Whether `[]` is behind it as a whole.
    pub(super) fn keeps_array(&self) -> bool {
        self.path.as_ref().map_or(self.last.node.keep_array, |path| path.keep_array)
    }

    /// The name of the variable that it is, alone.
    pub(super) fn as_variable(&self) -> Option<&str> {
        match &self.last.node.kind {
            Kind::Variable(name) if self.form == Form::Variable && !self.predicated => Some(name),
            _ => None,
        }
    }

    /// Whether it is a word that begins a function literal.
    pub(super) fn is_lambda_keyword(&self) -> bool {
        matches!(self.form, Form::Name("function" | "λ")) && !self.predicated
    }

    /// Becomes what an operator behind it made of it.
    pub(super) fn becomes(&mut self, form: Form<'t>, head: Span, end: u32) {
        self.form = form;
        self.predicated = false;
        self.head = head;
        self.extend(end);
    }

    /// Makes it a path of one step, when it is no path.
    pub(super) fn make_path(&mut self) {
        if self.path.is_none() {
            self.height += 1;
            let span = self.span();
            self.path = Some(Whole { span, keep_array: false, keep_singleton: false, group: None });
        }
    }

    /// Makes its predicates stages of the step that it is.
    pub(super) fn stage_predicates(&mut self) {
        let predicates = std::mem::take(&mut self.last.node.predicates);
        self.last.stages.extend(predicates.into_iter().map(Stage::Filter));
    }

    /// Notes a `[]` behind it.
    pub(super) fn keep_array(&mut self) {
        let of_step = matches!(self.form, Form::Name(_) | Form::Focus);
        match &mut self.path {
            None => self.last.node.keep_array = true,
            Some(path) => {
                path.keep_array = true;
                path.keep_singleton |= of_step;
                self.last.node.keep_array |= of_step;
            }
        }
    }
}
