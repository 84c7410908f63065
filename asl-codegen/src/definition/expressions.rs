//! Every expression of a state, with its place: when it is evaluated, what may be read there and what its field takes.

use std::fmt::{self, Write};

use crate::definition::{
    Assign, AssignedValue, Computed, CountOrPath, Expression, Kind, Payload, SecondsOrPath, State, Test, TextOrPath,
    Wait,
};

/// A part of the way from a state to an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// A field, or a member of an object.
    Name(&'a str),
    /// An item of an array.
    Index(usize),
}

/// How AWS spells the place of a member of what is at `place`, in causes and findings: `Output/total`.
pub(crate) fn member(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") }
}

/// How AWS spells the place of an item of what is at `place`: `Output/list[0]`, `Catch[1]`.
pub(crate) fn item(place: &str, index: usize) -> String {
    format!("{place}[{index}]")
}

/// When an expression is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Before the state does its work.
    Entry,
    /// While the state works: once for each item, or when there is a failure to tolerate.
    Work,
    /// When its work is done; of a Choice state, when no rule holds.
    Exit,
    /// To see if the rule of this number holds.
    Test(usize),
    /// When the rule of this number holds.
    Rule(usize),
    /// When the catcher of this number has caught.
    Catch(usize),
}

/// The type of value that a field takes. AWS developer guide, "Transforming data with JSONata in Step Functions".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Any JSON.
    Any,
    /// `Condition`.
    Boolean,
    /// Seconds and counts.
    Number,
    /// `Timestamp`, `Error`, `Cause`, `RoleArn`.
    String,
    /// The parameters of a reader or writer, `Credentials`.
    Object,
    /// `Items`.
    Array,
    /// `Items` of a distributed Map state.
    ArrayOrObject,
}

/// An expression and its place.
#[derive(Debug)]
pub(crate) struct Place<'a, 'p> {
    pub(crate) expression: &'a Expression,
    /// The way to it from the state.
    pub(crate) path: &'p [Part<'a>],
    pub(crate) when: When,
    pub(crate) wanted: Wanted,
    /// Whether `$states.result` is there.
    pub(crate) has_result: bool,
    /// Whether `$states.errorOutput` is there.
    pub(crate) has_error_output: bool,
}

impl<'a> Place<'a, '_> {
    /// The place as AWS spells it: `Choices[0]/Output/total`.
    pub(crate) fn location(&self) -> String {
        self.path.iter().fold(String::new(), |place, part| match part {
            Part::Name(name) => member(&place, name),
            Part::Index(index) => item(&place, *index),
        })
    }

    /// The place as messages call it: `Choices[0].Output.total`.
    pub(crate) fn field(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _: fmt::Result = self.path.iter().enumerate().try_for_each(|(number, part)| match part {
            Part::Name(name) if number == 0 => write!(text, "{name}"),
            Part::Name(name) => write!(text, ".{name}"),
            Part::Index(index) => write!(text, "[{index}]"),
        });
        text
    }

    /// The name nearest to the expression.
    pub(crate) fn name(&self) -> &'a str {
        let names = self.path.iter().rev().find_map(|part| match part {
            Part::Name(name) => Some(*name),
            Part::Index(_) => None,
        });
        names.unwrap_or_default()
    }
}

/// Called with each expression.
type Each<'e, 'a> = &'e mut dyn FnMut(&Place<'a, '_>);

/// Calls `each` for every expression of the state, in the order in which they are evaluated as far as there is one. Those of
/// the states inside it are not its own.
pub(crate) fn for_each<'a>(state: &'a State, each: Each<'_, 'a>) {
    let mut walk = Walk { path: Vec::new(), when: When::Entry, has_result: false, has_error_output: false, each };
    walk.state(state);
}

struct Walk<'a, 'e> {
    path: Vec<Part<'a>>,
    when: When,
    has_result: bool,
    has_error_output: bool,
    each: Each<'e, 'a>,
}

impl<'a> Walk<'a, '_> {
    fn state(&mut self, state: &'a State) {
        self.computed("Arguments", state.arguments.as_ref(), Wanted::Any);
        match &state.kind {
            Some(Kind::Task(task)) => {
                for (field, seconds) in [("TimeoutSeconds", &task.timeout), ("HeartbeatSeconds", &task.heartbeat)] {
                    if let Some(SecondsOrPath::Expression(expression)) = seconds {
                        self.expression(field, expression, Wanted::Number);
                    }
                }
                if let Some(Payload::Computed(credentials)) = &task.credentials {
                    match credentials {
                        Computed::Object { members, .. } => {
                            self.path.push(Part::Name("Credentials"));
                            for (name, value) in members {
                                self.computed(&name.text, Some(value), Wanted::String);
                            }
                            self.path.pop();
                        }
                        _ => self.computed("Credentials", Some(credentials), Wanted::Object),
                    }
                }
            }
            Some(Kind::Choice { choices, .. }) => {
                self.path.push(Part::Name("Choices"));
                for (number, rule) in choices.iter().enumerate() {
                    self.path.push(Part::Index(number));
                    if let Some(Test::Condition(condition)) = &rule.test {
                        self.when = When::Test(number);
                        self.computed("Condition", Some(condition), Wanted::Boolean);
                    }
                    self.when = When::Rule(number);
                    self.leave(rule.assign.as_ref(), rule.output.as_ref());
                    self.path.pop();
                }
                self.path.pop();
            }
            Some(Kind::Wait(Some(wait))) => match wait {
                Wait::SecondsExpression(expression) => self.expression("Seconds", expression, Wanted::Number),
                Wait::TimestampExpression(expression) => self.expression("Timestamp", expression, Wanted::String),
                Wait::Seconds(_) | Wait::SecondsPath(_) | Wait::Timestamp(_) | Wait::TimestampPath(_) => {}
            },
            Some(Kind::Fail { error, cause }) => {
                for (field, text) in [("Error", error), ("Cause", cause)] {
                    if let Some(TextOrPath::Expression(expression)) = text {
                        self.expression(field, expression, Wanted::String);
                    }
                }
            }
            Some(Kind::Map(map)) => self.map(map),
            Some(Kind::Pass { .. } | Kind::Succeed | Kind::Parallel { .. } | Kind::Wait(None)) | None => {}
        }
        self.has_result = matches!(state.kind, Some(Kind::Task(_) | Kind::Parallel { .. } | Kind::Map(_)) | None);
        self.when = When::Exit;
        self.leave(state.assign.as_ref(), state.output.as_ref());
        self.has_result = false;
        self.has_error_output = true;
        self.path.push(Part::Name("Catch"));
        for (number, catcher) in state.catch.iter().enumerate() {
            self.path.push(Part::Index(number));
            self.when = When::Catch(number);
            self.leave(catcher.assign.as_ref(), catcher.output.as_ref());
            self.path.pop();
        }
        self.path.pop();
    }

    fn map(&mut self, map: &'a crate::definition::Map) {
        let items = if map.distributed.is_some() { Wanted::ArrayOrObject } else { Wanted::Array };
        self.computed("Items", map.items.as_ref(), items);
        if let Some(CountOrPath::Expression(expression)) = &map.max_concurrency {
            self.expression("MaxConcurrency", expression, Wanted::Number);
        }
        self.when = When::Work;
        if let Some(Payload::Computed(selector)) = &map.item_selector {
            self.computed("ItemSelector", Some(selector), Wanted::Any);
        }
        for (place, expression) in &map.other_expressions {
            if let Some(wanted) = other(place) {
                self.expression(place, expression, wanted);
            }
        }
    }

    /// What is evaluated when a state is left.
    fn leave(&mut self, assign: Option<&'a Assign>, output: Option<&'a Computed>) {
        self.path.push(Part::Name("Assign"));
        for variable in assign.into_iter().flat_map(|assign| &assign.variables) {
            if let AssignedValue::Computed(value) = &variable.value {
                self.computed(&variable.name.text, Some(value), Wanted::Any);
            }
        }
        self.path.pop();
        self.computed("Output", output, Wanted::Any);
    }

    fn computed(&mut self, name: &'a str, value: Option<&'a Computed>, wanted: Wanted) {
        let Some(value) = value else { return };
        self.path.push(Part::Name(name));
        self.value(value, wanted);
        self.path.pop();
    }

    fn value(&mut self, value: &'a Computed, wanted: Wanted) {
        match value {
            Computed::Constant(_) => {}
            Computed::Expression(expression) => self.found(expression, wanted),
            Computed::Object { members, .. } => {
                for (name, value) in members {
                    self.computed(&name.text, Some(value), Wanted::Any);
                }
            }
            Computed::Array { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Part::Index(index));
                    self.value(item, Wanted::Any);
                    self.path.pop();
                }
            }
        }
    }

    fn expression(&mut self, name: &'a str, expression: &'a Expression, wanted: Wanted) {
        self.path.push(Part::Name(name));
        self.found(expression, wanted);
        self.path.pop();
    }

    fn found(&mut self, expression: &'a Expression, wanted: Wanted) {
        let (has_result, has_error_output) = (self.has_result, self.has_error_output);
        (self.each)(&Place { expression, path: &self.path, when: self.when, wanted, has_result, has_error_output });
    }
}

/// What is taken at a place of the fields that only a distributed Map state has, and of `Tolerated…`; `None` where AWS
/// evaluates nothing, as in the names of `CSVHeaders`.
fn other(place: &str) -> Option<Wanted> {
    let below = |field: &str| place.strip_prefix(field).is_some_and(|rest| rest.starts_with(['/', '[']));
    match place {
        "ToleratedFailureCount"
        | "ToleratedFailurePercentage"
        | "ItemReader/ReaderConfig/MaxItems"
        | "ItemBatcher/MaxItemsPerBatch"
        | "ItemBatcher/MaxInputBytesPerBatch" => Some(Wanted::Number),
        "ItemReader/Arguments" | "ResultWriter/Arguments" => Some(Wanted::Object),
        "ItemBatcher/BatchInput" => Some(Wanted::Any),
        _ => ["ItemReader/Arguments", "ResultWriter/Arguments", "ItemBatcher/BatchInput"]
            .into_iter()
            .any(below)
            .then_some(Wanted::Any),
    }
}
