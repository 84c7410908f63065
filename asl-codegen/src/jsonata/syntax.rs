//! The syntax tree of a JSONata expression, in the form in which it is evaluated: paths are flat, predicates belong to the
//! step before them, and `%` is resolved to the step whose parent it is.

/// A range of bytes of the expression's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// `[…]` behind it, applied in order to its whole value. A path has none: they are [`stages`](Step::stages) of its last
    /// step. So are those of every step behind a `.` or in front of `#`.
    pub predicates: Vec<Node>,
    /// `{…}` behind it: grouping. Of a path it applies to the whole path, also to steps that are written behind it.
    pub group: Option<Box<Group>>,
    /// `[]` behind it: a sequence of one value stays an array.
    pub keep_array: bool,
}

impl Node {
    /// A node without predicates and grouping.
    pub fn new(kind: Kind, span: Span) -> Self {
        Self { span, kind, predicates: Vec::new(), group: None, keep_array: false }
    }

    /// Calls `visit` with every node that is directly in this one, in the order of the text where the tree has it.
    pub fn for_each_child<'n>(&'n self, visit: &mut dyn FnMut(&'n Self)) {
        match &self.kind {
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Regex(_)
            | Kind::Name(_)
            | Kind::Wildcard
            | Kind::Descendants
            | Kind::Parent(_)
            | Kind::Variable(_) => {}
            Kind::Path(path) => path.steps.iter().for_each(|step| step.for_each_child(visit)),
            Kind::Negate(node) | Kind::Bind(_, node) => visit(node),
            Kind::Array(nodes) | Kind::Block(nodes) => nodes.iter().for_each(&mut *visit),
            Kind::Object(group) => group.for_each_child(visit),
            Kind::Binary(_, left, right) | Kind::Apply(left, right) => {
                [left, right].into_iter().for_each(|node| visit(node))
            }
            Kind::Condition(condition) => {
                visit(&condition.test);
                condition.then.iter().chain(&condition.otherwise).for_each(&mut *visit);
            }
            Kind::Call(call) => {
                visit(&call.procedure);
                call.arguments.iter().for_each(&mut *visit);
            }
            Kind::Partial(partial) => {
                visit(&partial.procedure);
                partial.arguments.iter().flatten().for_each(&mut *visit);
            }
            Kind::Lambda(lambda) => visit(&lambda.body),
            Kind::Transform(transform) => {
                visit(&transform.pattern);
                visit(&transform.update);
                transform.delete.iter().for_each(&mut *visit);
            }
        }
        self.predicates.iter().for_each(&mut *visit);
        if let Some(group) = &self.group {
            group.for_each_child(visit);
        }
    }

    /// As [`for_each_child`](Self::for_each_child), with nodes that can be changed.
    pub fn for_each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        match &mut self.kind {
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Regex(_)
            | Kind::Name(_)
            | Kind::Wildcard
            | Kind::Descendants
            | Kind::Parent(_)
            | Kind::Variable(_) => {}
            Kind::Path(path) => path.steps.iter_mut().for_each(|step| step.for_each_child_mut(visit)),
            Kind::Negate(node) | Kind::Bind(_, node) => visit(node),
            Kind::Array(nodes) | Kind::Block(nodes) => nodes.iter_mut().for_each(&mut *visit),
            Kind::Object(group) => group.for_each_child_mut(visit),
            Kind::Binary(_, left, right) | Kind::Apply(left, right) => {
                [left, right].into_iter().for_each(|node| visit(node))
            }
            Kind::Condition(condition) => {
                visit(&mut condition.test);
                condition.then.iter_mut().chain(&mut condition.otherwise).for_each(&mut *visit);
            }
            Kind::Call(call) => {
                visit(&mut call.procedure);
                call.arguments.iter_mut().for_each(&mut *visit);
            }
            Kind::Partial(partial) => {
                visit(&mut partial.procedure);
                partial.arguments.iter_mut().flatten().for_each(&mut *visit);
            }
            Kind::Lambda(lambda) => visit(&mut lambda.body),
            Kind::Transform(transform) => {
                visit(&mut transform.pattern);
                visit(&mut transform.update);
                transform.delete.iter_mut().for_each(&mut *visit);
            }
        }
        self.predicates.iter_mut().for_each(&mut *visit);
        if let Some(group) = &mut self.group {
            group.for_each_child_mut(visit);
        }
    }
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `1`, `-2.5e3`
    Number(f64),
    /// `"text"`, `'text'`
    String(String),
    /// `/pattern/flags`
    Regex(Regex),
    /// A field's name, only as a step of a path: a lone `name` is a path of one step.
    Name(String),
    /// `*`
    Wildcard,
    /// `**`
    Descendants,
    /// `%`: what the step with this label was applied to.
    Parent(Label),
    /// `$name`; the name is empty for `$`, the context, and `$` for `$$`, the root.
    Variable(String),
    /// Steps one after another.
    Path(Path),
    /// `-x`
    Negate(Box<Node>),
    /// `[a, b]`
    Array(Vec<Node>),
    /// `{k: v}` at the beginning of an expression.
    Object(Group),
    /// `a + b` and all other operators that have two operands and no node of their own.
    Binary(Operator, Box<Node>, Box<Node>),
    /// `$name := x`
    Bind(String, Box<Node>),
    /// `x ~> f`
    Apply(Box<Node>, Box<Node>),
    /// `c ? a : b`; also what `a ?: b` and `a ?? b` stand for.
    Condition(Box<Condition>),
    /// `(a; b)`
    Block(Vec<Node>),
    /// `f(a, b)`
    Call(Box<Call>),
    /// `f(a, ?)`
    Partial(Box<Partial>),
    /// `function($a) { … }`
    Lambda(Box<Lambda>),
    /// `| pattern | update, delete |`
    Transform(Box<Transform>),
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `&`
    Concatenate,
    /// `and`
    And,
    /// `or`
    Or,
    /// `in`
    In,
    /// `..`, only as an item of an array.
    Range,
}

impl Operator {
    /// The operator as it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Concatenate => "&",
            Self::And => "and",
            Self::Or => "or",
            Self::In => "in",
            Self::Range => "..",
        }
    }
}

/// A literal regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regex {
    /// What is between the slashes, as written.
    pub pattern: String,
    /// Flag `i`.
    pub ignore_case: bool,
    /// Flag `m`.
    pub multi_line: bool,
}

/// Pairs of key and value: of an object constructor, or of a grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Where the braces are.
    pub span: Span,
    /// The pairs.
    pub pairs: Vec<(Node, Node)>,
}

impl Group {
    fn for_each_child<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        for (key, value) in &self.pairs {
            visit(key);
            visit(value);
        }
    }

    fn for_each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Node)) {
        for (key, value) in &mut self.pairs {
            visit(key);
            visit(value);
        }
    }
}

/// Steps one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The steps, at least one.
    pub steps: Vec<Step>,
    /// A `[]` is behind one of the steps: a sequence of one value stays an array.
    pub keep_singleton: bool,
    /// The path ends a block that is a step itself, and `%` behind that block speaks of a step in here: every item is given
    /// together with its bindings. It is the last expression of a block, or of a block that ends one.
    pub keeps_bindings: bool,
}

impl Path {
    /// Whether a step binds something for the steps behind it, so that each of their items needs its bindings.
    pub fn has_bindings(&self) -> bool {
        self.steps.iter().any(Step::has_bindings)
    }
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is evaluated for each item that the step before gave.
    pub node: Node,
    /// What is done with what it gave for one item, in order.
    pub stages: Vec<Stage>,
    /// `@$name`: the item is bound, and the next step is applied to the same context again.
    pub focus: Option<String>,
    /// `#$name`: the item's place is bound.
    pub index: Option<String>,
    /// The label by which `%` in a later step finds what this step was applied to.
    pub ancestor: Option<Label>,
    /// An array constructor that is a step in front of a `.` as the first, or behind one: what it gives is not flattened. As
    /// the first step it is evaluated once, and not for each item of the context; so is a block with a path that begins so,
    /// where this says no more.
    pub constructs_array: bool,
    /// A block that `%` in a later step looks into: where its last expression [keeps its
    /// bindings](Path::keeps_bindings), they are bindings of this step's items.
    pub inner_bindings: bool,
    /// `^(…)` as a step: the node is unused. Empty for every other step.
    pub sort: Vec<SortTerm>,
}

impl Step {
    /// A step that is nothing but its node.
    pub fn new(node: Node) -> Self {
        Self {
            node,
            stages: Vec::new(),
            focus: None,
            index: None,
            ancestor: None,
            constructs_array: false,
            inner_bindings: false,
            sort: Vec::new(),
        }
    }

    fn for_each_child<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        if self.sort.is_empty() {
            visit(&self.node);
        }
        self.sort.iter().for_each(|term| visit(&term.node));
        for stage in &self.stages {
            if let Stage::Filter(node) = stage {
                visit(node);
            }
        }
    }

    fn for_each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Node)) {
        if self.sort.is_empty() {
            visit(&mut self.node);
        }
        self.sort.iter_mut().for_each(|term| visit(&mut term.node));
        for stage in &mut self.stages {
            if let Stage::Filter(node) = stage {
                visit(node);
            }
        }
    }

    /// Whether it binds something for the steps behind it.
    pub fn has_bindings(&self) -> bool {
        self.focus.is_some()
            || self.index.is_some()
            || self.ancestor.is_some()
            || self.inner_bindings
            || self.stages.iter().any(|stage| matches!(stage, Stage::Index(_)))
    }
}

/// A step of a path that `%` speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(pub u32);

/// What stands behind a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// `[…]`
    Filter(Node),
    /// `#$name` behind a filter.
    Index(String),
}

/// A term of `^(…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct SortTerm {
    /// `>`: the greatest first.
    pub descending: bool,
    /// What is compared.
    pub node: Node,
}

/// `c ? a : b`, or what stands for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As what it was written.
    pub form: ConditionForm,
    /// What is tested; of the two short forms it is also what is given.
    pub test: Node,
    /// What is given when the test holds; unused by the short forms.
    pub then: Option<Node>,
    /// What is given otherwise.
    pub otherwise: Option<Node>,
}

/// As what a condition was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionForm {
    /// `c ? a : b`
    Full,
    /// `a ?: b`: `a` when it is true. JSONata 2.1, which AWS does not have.
    Elvis,
    /// `a ?? b`: `a` when it exists. JSONata 2.1, which AWS does not have.
    Coalesce,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub procedure: Node,
    /// With what.
    pub arguments: Vec<Node>,
    /// Whether nothing is done in its lambda after it: it need not be returned to. Such a call has no predicates, no grouping
    /// and no `[]`.
    pub tail: bool,
}

/// A partial application.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// What is applied.
    pub procedure: Node,
    /// With what; none for `?`.
    pub arguments: Vec<Option<Node>>,
}

/// A function literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Lambda {
    /// The parameters' names.
    pub parameters: Vec<String>,
    /// `<…>` as written, without its angle brackets; it parses.
    pub signature: Option<String>,
    /// What it gives.
    pub body: Node,
}

/// A transformation.
#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    /// What is changed.
    pub pattern: Node,
    /// The members it gets.
    pub update: Node,
    /// The names of the members it loses.
    pub delete: Option<Node>,
}
