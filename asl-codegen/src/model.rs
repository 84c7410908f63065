//! A machine as the emitter takes it: resolved, named, defaults filled in, nothing optional that is required.

mod value;

use crate::service::Parts;
use crate::timestamp::Timestamp;

pub(crate) use value::{Argument, Call, Callee, Constant, Expr, Expression, Jsonata, Path, Root, Selector, Whole};

/// A machine.
#[derive(Debug)]
pub(crate) struct Model {
    /// Name of the generated module.
    pub(crate) module: String,
    /// The definition's file, as messages show it.
    pub(crate) file: String,
    /// The outermost machine.
    pub(crate) machine: Machine,
    /// `TimeoutSeconds` of the machine.
    pub(crate) timeout_seconds: Option<u32>,
    /// Who performs its Tasks, sorted: the names of `service::Parts::provider`.
    pub(crate) services: Vec<&'static str>,
    /// Whether a state reads `$$.State`, or the whole context object.
    pub(crate) reads_state_context: bool,
    /// Whether a state reads `$$.Execution.Input`, or an object around it.
    pub(crate) reads_execution_input: bool,
    /// Whether an expression asks what time it is.
    pub(crate) reads_time: bool,
    /// What is read of the input.
    pub(crate) input: Input,
}

/// A machine: the outermost one, a branch, or an item processor.
#[derive(Debug)]
pub(crate) struct Machine {
    /// Name of its module: the outermost machine's is the generated module's.
    pub(crate) module: String,
    /// What its docs call it.
    pub(crate) title: Title,
    /// `Comment`.
    pub(crate) comment: Option<String>,
    /// A table of the graph, in Markdown.
    pub(crate) graph: String,
    /// The states in the order of the definition.
    pub(crate) states: Vec<State>,
    /// Where it starts.
    pub(crate) start: StateIndex,
    /// The variables of its own scope, in the order of their names.
    pub(crate) variables: Vec<Variable>,
    /// Whether a machine around it has variables.
    pub(crate) inside_scope: bool,
}

impl Machine {
    /// Whether it has variables, or a machine around it has: then its functions get them.
    pub(crate) fn is_scoped(&self) -> bool {
        self.inside_scope || !self.variables.is_empty()
    }
}

/// What the docs of a machine call it.
#[derive(Debug)]
pub(crate) enum Title {
    /// The outermost one.
    Definition,
    /// A branch of the Parallel state of this name, by its number from 1.
    Branch(usize, String),
    /// The item processor of the Map state of this name.
    Processor(String),
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Its name in the definition.
    pub(crate) name: String,
    /// Its field in the generated struct.
    pub(crate) field: String,
}

/// A state, by its place in [`Machine::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StateIndex(pub(crate) usize);

/// A state.
#[derive(Debug)]
pub(crate) struct State {
    /// Its name in the definition.
    pub(crate) name: String,
    /// Its variant of the `State` enum.
    pub(crate) variant: String,
    /// Its function; `_result` and `_catch` are put behind it.
    pub(crate) function: String,
    /// The line of its name in the file, from 1.
    pub(crate) line: usize,
    /// `Comment`.
    pub(crate) comment: Option<String>,
    /// The language of its fields.
    pub(crate) query_language: QueryLanguage,
    /// `InputPath`.
    pub(crate) input_path: Select,
    /// `OutputPath`.
    pub(crate) output_path: Select,
    /// `Output`; of a Choice state what holds when no rule does. Without it the output is the result, or the input of a
    /// state that makes no result.
    pub(crate) output: Option<Expr>,
    /// `Assign`, evaluated in this order; of a Choice state what holds when no rule does.
    pub(crate) assign: Vec<Assignment>,
    /// What it does.
    pub(crate) work: Work,
}

impl State {
    /// Whether its output is always its very input.
    pub(crate) fn keeps_input(&self) -> bool {
        let whole = |select: &Select| matches!(select, Select::Whole);
        let works_on_it = match &self.work {
            Work::Task(task) => task.outcome.keeps_input(),
            Work::Parallel(parallel) => parallel.outcome.keeps_input(),
            Work::Map(map) => map.outcome.keeps_input(),
            Work::Pass { result_path: Store::Discard, .. } => true,
            Work::Pass { value: PassValue::Input, result_path: Store::Replace, .. }
            | Work::Choice { .. }
            | Work::Wait { .. }
            | Work::Succeed => whole(&self.input_path),
            Work::Pass { .. } | Work::Fail { .. } => false,
        };
        let rules = match &self.work {
            Work::Choice { rules, .. } => rules.as_slice(),
            _ => &[],
        };
        let has_output = self.output.is_some() || rules.iter().any(|rule| rule.output.is_some());
        works_on_it && whole(&self.output_path) && !has_output
    }

    /// The machines inside.
    pub(crate) fn machines(&self) -> &[Machine] {
        match &self.work {
            Work::Parallel(parallel) => &parallel.branches,
            Work::Map(map) => std::slice::from_ref(&map.processor),
            _ => &[],
        }
    }
}

/// What a state does.
#[derive(Debug)]
pub(crate) enum Work {
    Task(Box<Task>),
    Pass { value: PassValue, result_path: Store, then: Then },
    Choice { rules: Vec<Rule>, default: Option<StateIndex> },
    Wait { wait: Wait, then: Then },
    Succeed,
    Fail { error: Option<FailText>, cause: Option<FailText> },
    Parallel(Box<Parallel>),
    Map(Box<Map>),
}

impl Work {
    /// What is done when it is done, or has failed.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        match self {
            Work::Task(task) => Some(&task.outcome),
            Work::Parallel(parallel) => Some(&parallel.outcome),
            Work::Map(map) => Some(&map.outcome),
            _ => None,
        }
    }

    /// The state type's name in ASL.
    pub(crate) fn state_type(&self) -> &'static str {
        match self {
            Work::Task(_) => "Task",
            Work::Pass { .. } => "Pass",
            Work::Choice { .. } => "Choice",
            Work::Wait { .. } => "Wait",
            Work::Succeed => "Succeed",
            Work::Fail { .. } => "Fail",
            Work::Parallel(_) => "Parallel",
            Work::Map(_) => "Map",
        }
    }
}

/// What a Pass state passes on.
#[derive(Debug)]
pub(crate) enum PassValue {
    /// The effective input.
    Input,
    /// `Parameters`.
    Parameters(Expr),
    /// `Result`.
    Result(Constant),
}

/// A Task.
#[derive(Debug)]
pub(crate) struct Task {
    /// The ARN as written.
    pub(crate) arn: String,
    /// What it names.
    pub(crate) resource: Parts,
    /// `Parameters` or `Arguments`; without them the effective input.
    pub(crate) parameters: Option<Expr>,
    /// `TimeoutSeconds(Path)`.
    pub(crate) timeout: Option<Seconds>,
    /// `HeartbeatSeconds(Path)`.
    pub(crate) heartbeat: Option<Seconds>,
    /// `Credentials`.
    pub(crate) credentials: Option<Expr>,
    /// What is done with its result.
    pub(crate) outcome: Outcome,
}

/// A Parallel state.
#[derive(Debug)]
pub(crate) struct Parallel {
    /// `Parameters` or `Arguments`; without them the effective input.
    pub(crate) parameters: Option<Expr>,
    /// `Branches`.
    pub(crate) branches: Vec<Machine>,
    /// What is done with their outputs.
    pub(crate) outcome: Outcome,
}

/// A Map state.
#[derive(Debug)]
pub(crate) struct Map {
    /// `ItemsPath`; without it the effective input.
    pub(crate) items_path: Option<Path>,
    /// `Items`; without it the input.
    pub(crate) items: Option<Expr>,
    /// `ItemSelector`; without it the item.
    pub(crate) item_selector: Option<Expr>,
    /// `MaxConcurrency(Path)`.
    pub(crate) max_concurrency: Option<Count>,
    /// `ItemProcessor`.
    pub(crate) processor: Machine,
    /// How its iterations run as executions of their own; without it they run in the execution itself.
    pub(crate) run: Option<MapRun>,
    /// What is done with the outputs.
    pub(crate) outcome: Outcome,
}

/// What only a distributed Map state has.
#[derive(Debug)]
pub(crate) struct MapRun {
    /// `Label`, or what stands for it.
    pub(crate) label: String,
    /// Whether `ExecutionType` is `EXPRESS`.
    pub(crate) express: bool,
    /// `ToleratedFailureCount(Path)`.
    pub(crate) tolerated_count: Option<Count>,
    /// `ToleratedFailurePercentage(Path)`.
    pub(crate) tolerated_percentage: Option<Percentage>,
}

/// As [`Count`], from 0 to 100.
#[derive(Debug)]
pub(crate) enum Percentage {
    Constant(f64),
    Path(Path),
    Jsonata(Jsonata),
}

/// A number that is known, or its path.
#[derive(Debug)]
pub(crate) enum Count {
    Constant(u32),
    Path(Path),
    Jsonata(Jsonata),
}

/// What a state does when its work is done.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `ResultSelector`.
    pub(crate) result_selector: Option<Expr>,
    /// `ResultPath`.
    pub(crate) result_path: Store,
    /// `Retry`.
    pub(crate) retry: Vec<Retrier>,
    /// `Catch`.
    pub(crate) catch: Vec<Catcher>,
    /// Where it goes from there.
    pub(crate) then: Then,
}

impl Outcome {
    /// Whether nothing needs the state's input once the work has begun: it is neither tried again nor written into. For a
    /// JSONPath state.
    pub(crate) fn takes_input(&self) -> bool {
        let mut stores = self.catch.iter().map(|catcher| &catcher.result_path).chain([&self.result_path]);
        self.retry.is_empty() && stores.all(|store| matches!(store, Store::Replace))
    }

    /// Whether the state's input stays as it is.
    fn keeps_input(&self) -> bool {
        let mut stores = self.catch.iter().map(|catcher| &catcher.result_path).chain([&self.result_path]);
        stores.all(|store| matches!(store, Store::Discard))
    }
}

/// A variable of the machine's own scope and what it becomes.
#[derive(Debug)]
pub(crate) struct Assignment {
    /// The variable.
    pub(crate) variable: Variable,
    /// Its value; paths read the state's result.
    pub(crate) value: Expr,
}

/// Where a state leads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// `Next`
    Next(StateIndex),
    /// `End: true`
    End,
}

/// `InputPath` and `OutputPath`.
#[derive(Debug)]
pub(crate) enum Select {
    /// Absent or `$`.
    Whole,
    /// `null`: an empty object.
    Empty,
    /// A path.
    Path(Path),
}

/// `ResultPath`.
#[derive(Debug)]
pub(crate) enum Store {
    /// Absent or `$`: the result is the output.
    Replace,
    /// `null`: the result is dropped.
    Discard,
    /// The result is put into the state's input.
    At(Path),
}

/// A rule of a Choice state.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) test: Test,
    /// `Assign`.
    pub(crate) assign: Vec<Assignment>,
    /// `Output`.
    pub(crate) output: Option<Expr>,
    pub(crate) next: StateIndex,
}

/// A test of a rule.
#[derive(Debug)]
pub(crate) enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    Compare {
        variable: Path,
        operation: Operation,
    },
    /// `Condition`, a constant.
    Constant(bool),
    /// `Condition`
    Condition(Box<Jsonata>),
}

/// What a variable is tested for.
#[derive(Debug)]
pub(crate) enum Operation {
    String(Order, String),
    Strings(Order, Path),
    Integer(Order, i64),
    Unsigned(Order, u64),
    Float(Order, f64),
    Numbers(Order, Path),
    Boolean(bool),
    Booleans(Path),
    Timestamp(Order, Timestamp),
    Timestamps(Order, Path),
    /// The literal pieces between the pattern's `*`.
    Matches(Vec<String>),
    Is(TypeTest, bool),
}

pub(crate) use crate::definition::{Order, QueryLanguage, TypeTest};

/// What a Wait state waits for.
#[derive(Debug)]
pub(crate) enum Wait {
    Seconds(u32),
    SecondsPath(Path),
    Timestamp(Timestamp),
    TimestampPath(Path),
    SecondsJsonata(Jsonata),
    TimestampJsonata(Jsonata),
}

/// A timeout or heartbeat.
#[derive(Debug)]
pub(crate) enum Seconds {
    Constant(u32),
    Path(Path),
    Jsonata(Jsonata),
}

/// `Error` or `Cause` of a Fail state.
#[derive(Debug)]
pub(crate) enum FailText {
    Constant(String),
    /// The field's name and its path.
    Path(&'static str, Path),
    Call(Expression),
    Jsonata(Jsonata),
}

/// A retrier, defaults filled in.
#[derive(Debug)]
pub(crate) struct Retrier {
    pub(crate) error_equals: Vec<String>,
    pub(crate) interval_seconds: u32,
    pub(crate) max_attempts: u32,
    pub(crate) backoff_rate: f64,
    pub(crate) max_delay_seconds: Option<u32>,
    pub(crate) full_jitter: bool,
}

/// A catcher.
#[derive(Debug)]
pub(crate) struct Catcher {
    pub(crate) error_equals: Vec<String>,
    pub(crate) result_path: Store,
    /// `Assign`; paths read the Error Output.
    pub(crate) assign: Vec<Assignment>,
    /// `Output`; without it the Error Output.
    pub(crate) output: Option<Expr>,
    pub(crate) next: StateIndex,
}

/// What is read of the machine's input.
#[derive(Debug, PartialEq)]
pub(crate) enum Input {
    /// Nothing that names a member: any JSON will do.
    Any,
    /// An object; its members are read by name.
    Object(Vec<InputField>),
}

/// A member of the input.
#[derive(Debug, PartialEq)]
pub(crate) struct InputField {
    /// Its name in the input.
    pub(crate) name: String,
    /// Its name in Rust.
    pub(crate) ident: String,
    /// Whether every execution that gets to read it needs it.
    pub(crate) required: bool,
    /// What it has to be.
    pub(crate) shape: InputShape,
}

/// What a member of the input has to be.
#[derive(Debug, PartialEq)]
pub(crate) enum InputShape {
    Any,
    String,
    Number,
    Bool,
    Object(Vec<InputField>),
}
