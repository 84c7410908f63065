//! What an evaluation reads beside its expression, and what it may use up.

use std::cell::{Cell, OnceCell};

use asl_codegen::jsonata::syntax::Node;
use serde_json::Value as Json;

use crate::context::Context;
use crate::jsonata::interpreter::Left;
use crate::jsonata::random::Random;
use crate::jsonata::{Error, Object, Result, Value};
use crate::timestamp::Timestamp;

/// What lives as long as the expressions of one state are evaluated.
#[derive(Debug)]
pub struct Storage<'c> {
    context: Option<&'c Context<'c>>,
    kept: Kept,
    random: Cell<Option<Random>>,
}

/// Syntax trees that were made while evaluating and are borrowed from then on.
#[derive(Debug, Default)]
struct Kept {
    node: OnceCell<Node>,
    next: OnceCell<Box<Kept>>,
}

impl Drop for Kept {
    /// One after another: each inside the one before would take a level of the stack each.
    fn drop(&mut self) {
        let mut next = self.next.take();
        while let Some(mut kept) = next {
            next = kept.next.take();
        }
    }
}

impl<'c> Storage<'c> {
    /// For the expressions of a state with this context.
    pub fn new(context: &'c Context<'c>) -> Self {
        Self { context: Some(context), ..Self::without_context() }
    }

    /// For an expression outside of an execution: it has no `$states.context`, and it is the epoch.
    pub fn without_context() -> Self {
        Self { context: None, kept: Kept::default(), random: Cell::new(None) }
    }

    /// The time that `$now` gives, which is the same in a replay.
    pub fn time(&self) -> Timestamp {
        self.context.map_or(Timestamp { seconds: 0, nanoseconds: 0 }, |context| context.time)
    }

    /// A random number, which is the same in a replay.
    pub fn random(&self) -> u64 {
        let mut random = self.random.get().unwrap_or_else(|| Random::of(self.context));
        let number = random.next();
        self.random.set(Some(random));
        number
    }

    /// Keeps a syntax tree, for `$eval`.
    pub fn keep_node(&self, node: Node) -> &Node {
        let mut kept = &self.kept;
        while kept.node.get().is_some() {
            kept = kept.next.get_or_init(Box::default);
        }
        kept.node.get_or_init(|| node)
    }
}

/// The variables of a machine, for an expression that is interpreted.
pub trait Variables {
    /// The value of the variable `name`; none when it has none yet or nothing in reach assigns it.
    fn variable(&self, name: &str) -> Option<&Json>;
}

/// No variables.
impl Variables for () {
    fn variable(&self, _: &str) -> Option<&Json> {
        None
    }
}

/// What one expression may use up. AWS developer guide, "Transforming data with JSONata in Step Functions".
///
/// AWS ends an evaluation after a second; here steps are counted, so that a replay ends where the first run did.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Steps: nodes evaluated, items visited, bytes of text made by the thousand.
    pub steps: u64,
    /// Bytes of the values that are made, in sum.
    pub memory: u64,
    /// Levels: expressions that are evaluated inside each other, and calls of functions; what needs more of the stack counts
    /// as several. A thread of two megabytes is enough for 800, also without optimisation.
    pub depth: u32,
}

impl Limits {
    /// The limits of an expression in a state.
    pub const DEFAULT: Self = Self { steps: 20_000_000, memory: 256 << 20, depth: 800 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The evaluation of the expressions of one state, one after another.
#[derive(Debug)]
pub struct Evaluation<'a> {
    /// `$states.input`
    pub input: &'a Json,
    /// `$states.result`
    pub result: Option<&'a Json>,
    /// `$states.errorOutput`
    pub error_output: Option<&'a Json>,
    /// What lives longer than the evaluation.
    pub storage: &'a Storage<'a>,
    states: OnceCell<Value<'a>>,
    context: OnceCell<Value<'a>>,
    limits: Limits,
    steps: Cell<u64>,
    memory: Cell<u64>,
    depth: Cell<u32>,
    /// Scopes of the interpreter that functions still see.
    pub(crate) left: Left<'a>,
}

impl<'a> Evaluation<'a> {
    /// An evaluation in a state with this input.
    pub fn new(storage: &'a Storage<'a>, input: &'a Json) -> Self {
        Self {
            input,
            result: None,
            error_output: None,
            storage,
            states: OnceCell::new(),
            context: OnceCell::new(),
            limits: Limits::default(),
            steps: Cell::new(0),
            memory: Cell::new(0),
            depth: Cell::new(0),
            left: Left::default(),
        }
    }

    /// With `$states.result`.
    #[must_use]
    pub fn with_result(self, result: &'a Json) -> Self {
        Self { result: Some(result), ..self }
    }

    /// With `$states.errorOutput`.
    #[must_use]
    pub fn with_error_output(self, error_output: &'a Json) -> Self {
        Self { error_output: Some(error_output), ..self }
    }

    /// With other limits than AWS's.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// `$states.context`
    pub fn context(&self) -> Value<'a> {
        self.context.get_or_init(|| self.storage.context.map(Context::borrowed).unwrap_or_default()).clone()
    }

    /// `$states` as a whole.
    pub fn states(&self) -> Value<'a> {
        let make = || {
            let mut states = Object::with_capacity(4);
            states.insert("input", Value::from(self.input));
            states.insert("context", self.context());
            if let Some(result) = self.result {
                states.insert("result", Value::from(result));
            }
            if let Some(error_output) = self.error_output {
                states.insert("errorOutput", Value::from(error_output));
            }
            Value::from(states)
        };
        self.states.get_or_init(make).clone()
    }

    /// The time that `$now` gives. It is the same in every expression of a state.
    pub fn time(&self) -> Timestamp {
        self.storage.time()
    }

    /// A random number. It is the same in a replay.
    pub fn random(&self) -> u64 {
        self.storage.random()
    }

    /// Begins the next expression: the limits are each expression's own.
    pub fn begin(&self) {
        self.steps.set(0);
        self.memory.set(0);
        self.depth.set(0);
    }

    /// Counts steps.
    ///
    /// # Errors
    /// They are used up: `Expression evaluation timeout`.
    #[inline]
    pub fn step(&self, count: u64) -> Result<()> {
        let steps = self.steps.get().saturating_add(count);
        self.steps.set(steps);
        if steps > self.limits.steps { Err(timeout()) } else { Ok(()) }
    }

    /// Counts bytes that are to be allocated.
    ///
    /// # Errors
    /// They are used up: `Expression evaluation memory limit exceeded`.
    #[inline]
    pub fn allocate(&self, bytes: u64) -> Result<()> {
        let memory = self.memory.get().saturating_add(bytes);
        self.memory.set(memory);
        if memory > self.limits.memory { Err(out_of_memory()) } else { Ok(()) }
    }

    /// Runs `work` one call deeper.
    ///
    /// # Errors
    /// It is too deep: `Stack overflow error`. What `work` raises.
    pub fn deeper<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let depth = self.descend(1)?;
        let result = work();
        self.ascend(depth);
        result
    }

    /// Counts a step and goes a level deeper, as for every expression.
    #[inline]
    pub(crate) fn enter(&self) -> Result<u32> {
        self.step(1)?;
        self.descend(1)
    }

    /// Goes some levels deeper, and gives the depth to [`ascend`](Self::ascend) to.
    ///
    /// # Errors
    /// It is too deep: `Stack overflow error`.
    #[inline]
    pub(crate) fn descend(&self, levels: u32) -> Result<u32> {
        let depth = self.depth.get();
        if depth >= self.limits.depth {
            return Err(stack_overflow());
        }
        self.depth.set(depth.saturating_add(levels));
        Ok(depth)
    }

    /// Goes back. After an error nobody needs to: it ends the expression.
    #[inline]
    pub(crate) fn ascend(&self, depth: u32) {
        self.depth.set(depth);
    }
}

#[cold]
fn timeout() -> Error {
    Error::with_message("U1001", "Expression evaluation timeout: Check for infinite loop")
}

#[cold]
fn out_of_memory() -> Error {
    Error::with_message("U1001", "Expression evaluation memory limit exceeded: Check for excessive memory usage")
}

#[cold]
fn stack_overflow() -> Error {
    Error::with_message(
        "U1001",
        "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
    )
}
