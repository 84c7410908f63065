//! What names stand for.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use asl_codegen::jsonata::syntax::Label;

use crate::jsonata::{Evaluation, Result, Value, Variables};

/// The bindings of a block, a call or a tuple, and those around it. A copy is the same scope.
///
/// A function that is bound in the scope that it captures would keep itself alive. So a scope in which `:=` bound a function
/// gives its bindings up when it is left, or, when what it gave may hold that function, with the evaluation.
#[derive(Clone)]
pub(crate) struct Scope<'a>(Rc<Frame<'a>>);

struct Frame<'a> {
    bindings: RefCell<Vec<(Name<'a>, Value<'a>)>>,
    around: Around<'a>,
    /// Whether `:=` bound a function in it.
    recursive: Cell<bool>,
    depth: Cell<u32>,
}

enum Around<'a> {
    Scope(Scope<'a>),
    /// The outermost scope of a state's expression.
    Variables(&'a dyn Variables),
    Nothing,
}

/// What is bound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// `$name`
    Variable(&'a str),
    /// `%`
    Label(Label),
}

impl<'a> Scope<'a> {
    /// The outermost scope of a state's expression.
    pub(super) fn of_state(variables: &'a dyn Variables) -> Self {
        Self::new(Around::Variables(variables), Vec::new())
    }

    /// A scope with nothing around it.
    pub(super) fn outermost(bindings: Vec<(Name<'a>, Value<'a>)>) -> Self {
        Self::new(Around::Nothing, bindings)
    }

    /// A scope in this one.
    pub(super) fn inner(&self, bindings: Vec<(Name<'a>, Value<'a>)>) -> Self {
        Self::new(Around::Scope(self.clone()), bindings)
    }

    fn new(around: Around<'a>, bindings: Vec<(Name<'a>, Value<'a>)>) -> Self {
        let outer = if let Around::Scope(scope) = &around { scope.depth() } else { 0 };
        let depth = bindings.iter().map(|(_, value)| value.depth()).fold(outer, u32::max);
        let frame =
            Frame { bindings: RefCell::new(bindings), around, recursive: Cell::new(false), depth: Cell::new(depth) };
        Self(Rc::new(frame))
    }

    /// How many values are inside each other in what is bound here and around.
    pub(super) fn depth(&self) -> u32 {
        self.0.depth.get()
    }

    /// What a variable has been bound to.
    pub(super) fn variable(&self, name: &str) -> Option<Value<'a>> {
        let mut scope = self;
        loop {
            let bindings = scope.0.bindings.borrow();
            if let Some((_, value)) =
                bindings.iter().find(|(known, _)| matches!(known, Name::Variable(known) if *known == name))
            {
                return Some(value.clone());
            }
            match &scope.0.around {
                Around::Scope(around) => scope = around,
                Around::Variables(variables) => return variables.variable(name).map(Value::from),
                Around::Nothing => return None,
            }
        }
    }

    /// What a step with this label was applied to.
    pub(super) fn parent(&self, label: Label) -> Value<'a> {
        let mut scope = self;
        loop {
            let bindings = scope.0.bindings.borrow();
            if let Some((_, value)) = bindings.iter().find(|(known, _)| *known == Name::Label(label)) {
                return value.clone();
            }
            match &scope.0.around {
                Around::Scope(around) => scope = around,
                Around::Variables(_) | Around::Nothing => return Value::Undefined,
            }
        }
    }

    /// Whether it is in an expression of a state.
    pub(super) fn is_in_state(&self) -> bool {
        let mut scope = self;
        loop {
            match &scope.0.around {
                Around::Scope(around) => scope = around,
                Around::Variables(_) => return true,
                Around::Nothing => return false,
            }
        }
    }

    /// Binds a variable in this very scope.
    pub(super) fn bind(&self, name: &'a str, value: Value<'a>) {
        if may_hold_functions(&value) {
            self.0.recursive.set(true);
            self.0.depth.set(self.depth().max(value.depth()));
        }
        bind(&mut self.0.bindings.borrow_mut(), Name::Variable(name), value);
    }

    /// Leaves the scope with what was evaluated in it.
    pub(super) fn leave(self, evaluation: &Evaluation<'a>, result: Result<Value<'a>>) -> Result<Value<'a>> {
        if self.0.recursive.get() {
            return self.leave_recursive(evaluation, result);
        }
        result
    }

    #[inline(never)]
    fn leave_recursive(self, evaluation: &Evaluation<'a>, result: Result<Value<'a>>) -> Result<Value<'a>> {
        if result.as_ref().is_ok_and(may_hold_functions) {
            evaluation.allocate(size_of::<Frame<'_>>() as u64)?;
            evaluation.left.keep(self);
        } else {
            self.clear();
        }
        result
    }

    fn clear(&self) {
        // Taken first: dropping the values may drop scopes that ask this one.
        let bindings = self.0.bindings.take();
        drop(bindings);
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("scope")
    }
}

/// Binds a name among others: a name is there once.
pub(super) fn bind<'a>(bindings: &mut Vec<(Name<'a>, Value<'a>)>, name: Name<'a>, value: Value<'a>) {
    match bindings.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => *known = value,
        None => bindings.push((name, value)),
    }
}

/// Whether there may be a function in a value. One with too many values in it is not searched to its end.
fn may_hold_functions(value: &Value<'_>) -> bool {
    fn search(value: &Value<'_>, rest: &mut u32) -> bool {
        *rest = rest.saturating_sub(1);
        match value {
            Value::Function(_) => true,
            Value::Array(array) => *rest == 0 || array.items().iter().any(|item| search(item, rest)),
            Value::Object(object) => *rest == 0 || object.members().iter().any(|(_, value)| search(value, rest)),
            _ => false,
        }
    }
    search(value, &mut 1000)
}

/// Scopes that were left, whose functions may be called still.
#[derive(Debug, Default)]
pub(crate) struct Left<'a>(RefCell<Vec<Scope<'a>>>);

impl<'a> Left<'a> {
    fn keep(&self, scope: Scope<'a>) {
        self.0.borrow_mut().push(scope);
    }
}

impl Drop for Left<'_> {
    fn drop(&mut self) {
        for scope in self.0.take() {
            scope.clear();
        }
    }
}
