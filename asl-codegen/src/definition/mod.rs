//! A definition as it was written: every field optional, every part with its position.
//!
//! Reading never stops at a problem. What could not be understood is `None` here and a finding in the diagnostics, so
//! that the checks can go on with the rest.

pub(crate) mod expressions;
pub(crate) mod fields;
pub(crate) mod place;
pub(crate) mod read;

use crate::jsonata::syntax;
use crate::node::{Node, Text};
use crate::query::intrinsic::Call;
use crate::query::path::Path;
use crate::query::template::{self, Template};
use crate::span::Span;

/// A value with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// The language of a state's fields. Language spec, "QueryLanguage".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryLanguage {
    /// Paths, payload templates and intrinsic functions.
    #[default]
    JsonPath,
    /// `{% … %}` expressions.
    Jsonata,
}

/// A state machine, or the inner machine of a branch or item processor.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// The object as written.
    pub span: Span,
    /// Where it is, in AWS's spelling; empty for the outermost machine.
    pub pointer: String,
    /// `Comment`.
    pub comment: Option<Text>,
    /// `StartAt`.
    pub start_at: Option<Text>,
    /// `States`, in the order they were written.
    pub states: Vec<State>,
    /// `QueryLanguage`: the default of every state, nested ones included.
    pub query_language: QueryLanguage,
    /// `TimeoutSeconds` of the whole execution.
    pub timeout_seconds: Option<Spanned<u32>>,
}

/// A state.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name.
    pub name: Text,
    /// The object as written.
    pub span: Span,
    /// Where it is: `/States/Name`.
    pub pointer: String,
    /// `Comment`.
    pub comment: Option<Text>,
    /// Its own `QueryLanguage`, or the machine's.
    pub query_language: QueryLanguage,
    /// `Type` and the fields that belong to one type only. `None` when `Type` is missing or unknown.
    pub kind: Option<Kind>,
    /// Where `Type` was written, else the state's name.
    pub type_span: Span,
    /// `Next`.
    pub next: Option<Text>,
    /// `End: true`.
    pub end: bool,
    /// `InputPath`. `None`: absent.
    pub input_path: Option<PathOrNull>,
    /// `Parameters`.
    pub parameters: Option<Template>,
    /// `ResultSelector`.
    pub result_selector: Option<Template>,
    /// `ResultPath`, always a Reference Path.
    pub result_path: Option<PathOrNull>,
    /// `OutputPath`.
    pub output_path: Option<PathOrNull>,
    /// `Retry`.
    pub retry: Vec<Retrier>,
    /// `Catch`.
    pub catch: Vec<Catcher>,
    /// `Assign`.
    pub assign: Option<Assign>,
    /// `Arguments`.
    pub arguments: Option<Computed>,
    /// `Output`.
    pub output: Option<Computed>,
}

impl State {
    /// The machines inside the state: its branches, or its item processor.
    pub fn machines(&self) -> &[Machine] {
        match &self.kind {
            Some(Kind::Parallel { branches }) => branches,
            Some(Kind::Map(map)) => map.processor.as_slice(),
            _ => &[],
        }
    }
}

/// A JSONata expression: a string `{% … %}`.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What is between the delimiters, without the blanks around it.
    pub text: Text,
    /// Its syntax; `None` when it is no JSONata, which is reported. Its spans are of `text`.
    pub syntax: Option<syntax::Node>,
}

/// The value of a field in a JSONata state: JSON in which strings can be expressions.
#[derive(Clone, Debug)]
pub enum Computed {
    /// A value without an expression anywhere in it.
    Constant(Node),
    /// One expression.
    Expression(Box<Expression>),
    /// An object with an expression somewhere in it.
    Object {
        /// The object as written.
        span: Span,
        /// Its members, in the order they were written.
        members: Vec<(Text, Computed)>,
    },
    /// An array with an expression somewhere in it.
    Array {
        /// The array as written.
        span: Span,
        /// Its items.
        items: Vec<Computed>,
    },
}

/// The value of a field that both query languages have.
#[derive(Clone, Debug)]
pub enum Payload {
    /// In a JSONPath state.
    Template(Template),
    /// In a JSONata state.
    Computed(Computed),
}

impl Payload {
    /// The payload template, in a JSONPath state.
    pub fn template(&self) -> Option<&Template> {
        match self {
            Self::Template(template) => Some(template),
            Self::Computed(_) => None,
        }
    }
}

/// A path field that may be `null`.
#[derive(Clone, Debug)]
pub struct PathOrNull {
    /// The value as written.
    pub span: Span,
    /// The path; `None` for `null`.
    pub path: Option<Path>,
    /// Whether the field could be understood. When not, nothing is known of what it does.
    pub valid: bool,
}

/// A state's type and its own fields.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `Task`
    Task(Box<Task>),
    /// `Pass`
    Pass {
        /// `Result`: a constant.
        result: Option<Node>,
    },
    /// `Choice`
    Choice {
        /// `Choices`.
        choices: Vec<ChoiceRule>,
        /// `Default`.
        default: Option<Text>,
    },
    /// `Wait`; `None` when none of the four fields is there or understood.
    Wait(Option<Wait>),
    /// `Succeed`
    Succeed,
    /// `Fail`
    Fail {
        /// `Error` or `ErrorPath`.
        error: Option<TextOrPath>,
        /// `Cause` or `CausePath`.
        cause: Option<TextOrPath>,
    },
    /// `Parallel`
    Parallel {
        /// `Branches`.
        branches: Vec<Machine>,
    },
    /// `Map`
    Map(Box<Map>),
}

impl Kind {
    /// The state type's name in ASL.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Task(_) => "Task",
            Kind::Pass { .. } => "Pass",
            Kind::Choice { .. } => "Choice",
            Kind::Wait(_) => "Wait",
            Kind::Succeed => "Succeed",
            Kind::Fail { .. } => "Fail",
            Kind::Parallel { .. } => "Parallel",
            Kind::Map(_) => "Map",
        }
    }
}

/// The fields of a Task state.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// `Resource`.
    pub resource: Option<Text>,
    /// `TimeoutSeconds` or `TimeoutSecondsPath`.
    pub timeout: Option<SecondsOrPath>,
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`.
    pub heartbeat: Option<SecondsOrPath>,
    /// `Credentials`: an object with `RoleArn`.
    pub credentials: Option<Payload>,
}

/// The fields of a Map state.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// `ItemProcessor` or `Iterator`.
    pub processor: Option<Machine>,
    /// How the iterations run as executions of their own: `ProcessorConfig.Mode` is `DISTRIBUTED`.
    pub distributed: Option<Distributed>,
    /// `ItemsPath`.
    pub items_path: Option<Path>,
    /// `Items`.
    pub items: Option<Computed>,
    /// `ItemSelector`, or `Parameters`, its old name.
    pub item_selector: Option<Payload>,
    /// `MaxConcurrency` or `MaxConcurrencyPath`.
    pub max_concurrency: Option<CountOrPath>,
    /// The expressions of the fields that only a distributed Map state has, and of `Tolerated…`, with their place below the
    /// state: `ItemReader/Arguments/Bucket`, `ToleratedFailureCount`.
    pub other_expressions: Vec<(String, Expression)>,
}

/// What only a distributed Map state has, beside what is not compiled.
#[derive(Clone, Debug, Default)]
pub struct Distributed {
    /// `Label`.
    pub label: Option<Text>,
    /// Whether `ProcessorConfig.ExecutionType` is `EXPRESS`.
    pub express: bool,
    /// `ToleratedFailureCount` or `ToleratedFailureCountPath`.
    pub tolerated_failure_count: Option<CountOrPath>,
    /// `ToleratedFailurePercentage` or `ToleratedFailurePercentagePath`.
    pub tolerated_failure_percentage: Option<NumberOrPath>,
}

/// A number, with its spelling, or the path to it.
#[derive(Clone, Debug)]
pub enum NumberOrPath {
    /// The plain field.
    Number(Spanned<String>),
    /// The `…Path` field.
    Path(Path),
    /// An expression in the plain field.
    Expression(Box<Expression>),
}

/// A number, or the path to it.
#[derive(Clone, Debug)]
pub enum CountOrPath {
    /// The plain field.
    Count(Spanned<u32>),
    /// The `…Path` field.
    Path(Path),
    /// An expression in the plain field.
    Expression(Box<Expression>),
}

/// `Assign` of a state, a rule or a catcher.
#[derive(Clone, Debug)]
pub struct Assign {
    /// The object as written.
    pub span: Span,
    /// What is assigned, in the order it was written.
    pub variables: Vec<Assignment>,
}

/// One variable and what it becomes.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The variable's name, without `.$`, where the field's name was written.
    pub name: Text,
    /// Its value.
    pub value: AssignedValue,
}

/// What a variable becomes.
#[derive(Clone, Debug)]
pub enum AssignedValue {
    /// In a JSONPath state.
    Template(template::Field),
    /// In a JSONata state.
    Computed(Computed),
}

impl AssignedValue {
    /// The template's field, in a JSONPath state.
    pub fn template(&self) -> Option<&template::Field> {
        match self {
            Self::Template(field) => Some(field),
            Self::Computed(_) => None,
        }
    }
}

/// A number of seconds, or the path to it.
#[derive(Clone, Debug)]
pub enum SecondsOrPath {
    /// The plain field.
    Seconds(Spanned<u32>),
    /// The `…Path` field.
    Path(Path),
    /// An expression in the plain field.
    Expression(Box<Expression>),
}

/// What a Wait state waits for.
#[derive(Clone, Debug)]
pub enum Wait {
    /// `Seconds`
    Seconds(Spanned<u32>),
    /// `SecondsPath`
    SecondsPath(Path),
    /// `Timestamp`
    Timestamp(Text),
    /// `TimestampPath`
    TimestampPath(Path),
    /// An expression in `Seconds`.
    SecondsExpression(Box<Expression>),
    /// An expression in `Timestamp`.
    TimestampExpression(Box<Expression>),
}

/// A constant text, or how it is found.
#[derive(Clone, Debug)]
pub enum TextOrPath {
    /// The plain field.
    Text(Text),
    /// A path in the `…Path` field.
    Path(Path),
    /// A call of an intrinsic function in the `…Path` field.
    Call(Call),
    /// An expression in the plain field.
    Expression(Box<Expression>),
}

/// One of the `Choices` of a Choice state.
#[derive(Clone, Debug)]
pub struct ChoiceRule {
    /// The rule as written.
    pub span: Span,
    /// `Next`.
    pub next: Option<Text>,
    /// What is tested; `None` when it could not be understood.
    pub test: Option<Test>,
    /// `Assign`.
    pub assign: Option<Assign>,
    /// `Output`.
    pub output: Option<Computed>,
}

/// A test of a Choice rule.
#[allow(clippy::large_enum_variant, reason = "nearly every test is a comparison")]
#[derive(Clone, Debug)]
pub enum Test {
    /// `And`: all of them, left to right, until one is false.
    And(Vec<Test>),
    /// `Or`: one of them, left to right, until one is true.
    Or(Vec<Test>),
    /// `Not`
    Not(Box<Test>),
    /// A data test.
    Compare(Comparison),
    /// `Condition`.
    Condition(Computed),
}

/// A data test: `Variable` and one operator.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// `Variable`.
    pub variable: Path,
    /// The operator's name as written and where, for messages: `StringEqualsPath`.
    pub operator: Text,
    /// What is tested.
    pub operation: Operation,
}

/// An operator with its operand.
#[derive(Clone, Debug)]
pub enum Operation {
    /// `String…`, constant or path.
    String(Order, Operand<String>),
    /// `Numeric…`, in the number's spelling.
    Numeric(Order, Operand<String>),
    /// `Timestamp…`, as text.
    Timestamp(Order, Operand<String>),
    /// `BooleanEquals`
    Boolean(Operand<bool>),
    /// `StringMatches`, the pattern as written.
    StringMatches(Spanned<String>),
    /// `IsNull`, … and the wanted answer.
    Is(TypeTest, bool),
}

impl Operation {
    /// The path of a `…Path` operator.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::String(_, Operand::Path(path))
            | Self::Numeric(_, Operand::Path(path))
            | Self::Timestamp(_, Operand::Path(path))
            | Self::Boolean(Operand::Path(path)) => Some(path),
            _ => None,
        }
    }
}

/// The order that a comparison asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `…Equals`
    Equals,
    /// `…LessThan`
    LessThan,
    /// `…LessThanEquals`
    LessThanEquals,
    /// `…GreaterThan`
    GreaterThan,
    /// `…GreaterThanEquals`
    GreaterThanEquals,
}

/// What a value is compared with.
#[derive(Clone, Debug)]
pub enum Operand<T> {
    /// A constant.
    Constant(Spanned<T>),
    /// The `…Path` form.
    Path(Path),
}

/// The tests on presence and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeTest {
    /// `IsPresent`
    Present,
    /// `IsNull`
    Null,
    /// `IsNumeric`
    Numeric,
    /// `IsString`
    String,
    /// `IsBoolean`
    Boolean,
    /// `IsTimestamp`
    Timestamp,
}

/// An element of `Retry`. Defaults are AWS's: 1 second, 3 attempts, rate 2.0, no jitter.
#[derive(Clone, Debug)]
pub struct Retrier {
    /// The retrier as written.
    pub span: Span,
    /// `ErrorEquals`.
    pub error_equals: Vec<Text>,
    /// `IntervalSeconds`.
    pub interval_seconds: Option<Spanned<u32>>,
    /// `MaxAttempts`.
    pub max_attempts: Option<Spanned<u32>>,
    /// `BackoffRate`, in the number's spelling.
    pub backoff_rate: Option<Spanned<String>>,
    /// `MaxDelaySeconds`.
    pub max_delay_seconds: Option<Spanned<u32>>,
    /// `JitterStrategy` is `FULL`.
    pub full_jitter: bool,
}

/// An element of `Catch`.
#[derive(Clone, Debug)]
pub struct Catcher {
    /// The catcher as written.
    pub span: Span,
    /// `ErrorEquals`.
    pub error_equals: Vec<Text>,
    /// `Next`.
    pub next: Option<Text>,
    /// `ResultPath`.
    pub result_path: Option<PathOrNull>,
    /// `Assign`.
    pub assign: Option<Assign>,
    /// `Output`.
    pub output: Option<Computed>,
}
