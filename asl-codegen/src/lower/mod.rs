//! Definition to model. Runs only on a definition without errors; a part that would be one is left out.

mod assign;
mod constant;
mod intrinsic;
mod jsonata;
mod machine;
mod template;

use std::collections::{BTreeSet, HashMap};
use std::mem;

use crate::definition::expressions::{item, member};
use crate::definition::{
    self, Computed, CountOrPath, Distributed, Kind, Machine, NumberOrPath, Operand, PathOrNull, Payload, SecondsOrPath,
    TextOrPath,
};
use crate::model::{
    Catcher, Count, FailText, Input, Map, MapRun, Model, Operation, Outcome, Parallel, PassValue, Path, Percentage,
    Retrier, Root, Rule, Seconds, Select, Selector, State, StateIndex, Store, Task, Test, Then, Title, Variable, Wait,
    Work,
};
use crate::names;
use crate::node::{Node, Text, Value};
use crate::options::Options;
use crate::query;
use crate::query::path;
use crate::service;
use crate::source::Source;
use crate::timestamp::Timestamp;

pub(crate) use constant::{Number, number};

/// Resolves a definition that passed every check. `None` when a part that is required is missing after all.
pub(crate) fn lower(machine: &Machine, input: Input, source: &Source, options: &Options) -> Option<Model> {
    let mut lowering = Lowering {
        source,
        counted: (0, 1),
        indexes: HashMap::new(),
        scopes: Vec::new(),
        selects_item: false,
        services: BTreeSet::new(),
        reads_state_context: false,
        reads_execution_input: false,
        reads_time: false,
    };
    let module = options.module.clone().unwrap_or_else(|| names::function(&source.stem()));
    let lowered = lowering.machine(machine, module.clone(), Title::Definition)?;
    Some(Model {
        module,
        file: source.name.clone(),
        machine: lowered,
        timeout_seconds: machine.timeout_seconds.as_ref().map(|seconds| seconds.value),
        services: lowering.services.into_iter().collect(),
        reads_state_context: lowering.reads_state_context,
        reads_execution_input: lowering.reads_execution_input,
        reads_time: lowering.reads_time,
        input,
    })
}

struct Lowering<'a> {
    source: &'a Source,
    /// A byte of the text and its line: where the last state's name stood.
    counted: (usize, usize),
    /// The states of the machine at hand.
    indexes: HashMap<&'a str, StateIndex>,
    /// The variables of the machine at hand, last, and of those around it.
    scopes: Vec<Vec<Variable>>,
    /// Whether the template at hand is an `ItemSelector`, in which `$$.Map.Item` is the item.
    selects_item: bool,
    services: BTreeSet<&'static str>,
    reads_state_context: bool,
    reads_execution_input: bool,
    reads_time: bool,
}

/// The names that were chosen for a state.
struct Names {
    variant: String,
    function: String,
    /// The module of each machine inside.
    modules: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// The line of a state's name. States come in the order of the text, so each line is counted once.
    fn line_of(&mut self, state: &definition::State) -> usize {
        let place = self.source.original_span(state.name.span).start;
        let (counted, line) = self.counted;
        let between = self.source.original.as_bytes().get(counted..place).unwrap_or_default();
        self.counted = (place.max(counted), line + between.iter().filter(|byte| **byte == b'\n').count());
        self.counted.1
    }

    fn target(&self, name: Option<&Text>) -> Option<StateIndex> {
        self.indexes.get(name?.as_str()).copied()
    }

    fn then(&self, state: &definition::State) -> Option<Then> {
        if state.end { Some(Then::End) } else { Some(Then::Next(self.target(state.next.as_ref())?)) }
    }

    fn state(&mut self, state: &'a definition::State, names: Names) -> Option<State> {
        let Names { variant, function, modules } = names;
        // Before the states inside, whose names come later in the text.
        let line = self.line_of(state);
        let work = match state.kind.as_ref()? {
            Kind::Task(task) => Work::Task(Box::new(self.task(state, task)?)),
            Kind::Pass { result } => Work::Pass {
                value: match (result, &state.parameters) {
                    (Some(result), _) => PassValue::Result(constant::constant(result)?),
                    (None, Some(parameters)) => PassValue::Parameters(self.template(parameters)?),
                    (None, None) => PassValue::Input,
                },
                result_path: self.store(state.result_path.as_ref())?,
                then: self.then(state)?,
            },
            Kind::Choice { choices, default } => Work::Choice {
                rules: choices
                    .iter()
                    .enumerate()
                    .map(|(number, rule)| self.rule(number, rule))
                    .collect::<Option<_>>()?,
                default: match default {
                    Some(default) => Some(self.target(Some(default))?),
                    None => None,
                },
            },
            Kind::Wait(wait) => Work::Wait { wait: self.wait(wait.as_ref()?)?, then: self.then(state)? },
            Kind::Succeed => Work::Succeed,
            Kind::Fail { error, cause } => Work::Fail {
                error: self.fail_text("Error", "ErrorPath", error.as_ref())?,
                cause: self.fail_text("Cause", "CausePath", cause.as_ref())?,
            },
            Kind::Parallel { branches } => Work::Parallel(Box::new(self.parallel(state, branches, modules)?)),
            Kind::Map(map) => Work::Map(Box::new(self.map(state, map, modules)?)),
        };
        Some(State {
            name: state.name.text.clone(),
            variant,
            function,
            line,
            comment: state.comment.as_ref().map(|comment| comment.text.clone()),
            query_language: state.query_language,
            input_path: self.select(state.input_path.as_ref())?,
            output_path: self.select(state.output_path.as_ref())?,
            output: self.optional_value(state.output.as_ref(), "Output")?,
            assign: self.assign(state.assign.as_ref(), "Assign")?,
            work,
        })
    }

    fn task(&mut self, state: &definition::State, task: &definition::Task) -> Option<Task> {
        let arn = task.resource.as_ref()?.text.clone();
        let resource = service::Resource::parse(&arn).ok()?.parts();
        self.services.insert(resource.provider());
        Some(Task {
            arn,
            resource,
            parameters: self.parameters(state)?,
            timeout: self.seconds("TimeoutSeconds", task.timeout.as_ref())?,
            heartbeat: self.seconds("HeartbeatSeconds", task.heartbeat.as_ref())?,
            credentials: self.payload(task.credentials.as_ref(), "Credentials")?,
            outcome: self.outcome(state)?,
        })
    }

    fn parallel(
        &mut self,
        state: &'a definition::State,
        branches: &'a [Machine],
        modules: Vec<String>,
    ) -> Option<Parallel> {
        let parameters = self.parameters(state)?;
        let titled = branches.iter().zip(modules).enumerate();
        let branches = titled.map(|(index, (branch, module))| {
            self.machine(branch, module, Title::Branch(index + 1, state.name.text.clone()))
        });
        let branches = branches.collect::<Option<_>>()?;
        Some(Parallel { parameters, branches, outcome: self.outcome(state)? })
    }

    fn map(&mut self, state: &'a definition::State, map: &'a definition::Map, modules: Vec<String>) -> Option<Map> {
        let items_path = match &map.items_path {
            Some(path) => Some(self.path(path)?),
            None => None,
        };
        let items = self.optional_value(map.items.as_ref(), "Items")?;
        self.selects_item = true;
        let item_selector = self.payload(map.item_selector.as_ref(), "ItemSelector");
        self.selects_item = false;
        let max_concurrency = self.count("MaxConcurrency", map.max_concurrency.as_ref())?;
        let run = match &map.distributed {
            Some(distributed) => Some(self.map_run(state, distributed)?),
            None => None,
        };
        let title = Title::Processor(state.name.text.clone());
        // Executions of their own see nothing of the variables here.
        let outside = if run.is_some() { mem::take(&mut self.scopes) } else { Vec::new() };
        let processor = self.machine(map.processor.as_ref()?, modules.into_iter().next()?, title);
        if run.is_some() {
            self.scopes = outside;
        }
        Some(Map {
            items_path,
            items,
            item_selector: item_selector?,
            max_concurrency,
            processor: processor?,
            run,
            outcome: self.outcome(state)?,
        })
    }

    fn map_run(&mut self, state: &definition::State, distributed: &Distributed) -> Option<MapRun> {
        Some(MapRun {
            label: match &distributed.label {
                Some(label) => label.text.clone(),
                None => names::label(&state.pointer),
            },
            express: distributed.express,
            tolerated_count: self.count("ToleratedFailureCount", distributed.tolerated_failure_count.as_ref())?,
            tolerated_percentage: match &distributed.tolerated_failure_percentage {
                None => None,
                Some(NumberOrPath::Number(spelling)) => Some(Percentage::Constant(spelling.value.parse().ok()?)),
                Some(NumberOrPath::Path(path)) => Some(Percentage::Path(self.path(path)?)),
                Some(NumberOrPath::Expression(expression)) => {
                    Some(Percentage::Jsonata(self.jsonata(expression, "ToleratedFailurePercentage".to_owned())?))
                }
            },
        })
    }

    #[allow(clippy::option_option, reason = "as for every field here, the outer one says that lowering goes on")]
    fn count(&mut self, location: &str, field: Option<&CountOrPath>) -> Option<Option<Count>> {
        Some(match field {
            None => None,
            Some(CountOrPath::Count(count)) => Some(Count::Constant(count.value)),
            Some(CountOrPath::Path(path)) => Some(Count::Path(self.path(path)?)),
            Some(CountOrPath::Expression(expression)) => {
                Some(Count::Jsonata(self.jsonata(expression, location.to_owned())?))
            }
        })
    }

    /// What a Task, Parallel or Map state does when its work is done.
    fn outcome(&mut self, state: &definition::State) -> Option<Outcome> {
        Some(Outcome {
            result_selector: self.optional_template(state.result_selector.as_ref())?,
            result_path: self.store(state.result_path.as_ref())?,
            retry: state.retry.iter().map(retrier).collect::<Option<_>>()?,
            catch: state
                .catch
                .iter()
                .enumerate()
                .map(|(number, catcher)| {
                    let place = item("Catch", number);
                    Some(Catcher {
                        error_equals: texts(&catcher.error_equals),
                        result_path: self.store(catcher.result_path.as_ref())?,
                        assign: self.assign(catcher.assign.as_ref(), &member(&place, "Assign"))?,
                        output: self.optional_value(catcher.output.as_ref(), &member(&place, "Output"))?,
                        next: self.target(catcher.next.as_ref())?,
                    })
                })
                .collect::<Option<_>>()?,
            then: self.then(state)?,
        })
    }

    /// `Parameters` or `Arguments`.
    #[allow(clippy::option_option, reason = "as for every field here, the outer one says that lowering goes on")]
    fn parameters(&mut self, state: &definition::State) -> Option<Option<crate::model::Expr>> {
        match &state.arguments {
            Some(arguments) => self.computed_value(arguments, "Arguments").map(Some),
            None => self.optional_template(state.parameters.as_ref()),
        }
    }

    /// A field that both query languages have.
    #[allow(clippy::option_option, reason = "as for every field here, the outer one says that lowering goes on")]
    fn payload(&mut self, payload: Option<&Payload>, location: &str) -> Option<Option<crate::model::Expr>> {
        match payload {
            Some(Payload::Computed(computed)) => self.computed_value(computed, location).map(Some),
            payload => self.optional_template(payload.and_then(Payload::template)),
        }
    }

    fn optional_template(
        &mut self,
        template: Option<&query::template::Template>,
    ) -> Option<Option<crate::model::Expr>> {
        match template {
            Some(template) => self.template(template).map(Some),
            None => Some(None),
        }
    }

    fn select(&mut self, field: Option<&PathOrNull>) -> Option<Select> {
        let Some(field) = field else { return Some(Select::Whole) };
        let Some(path) = &field.path else { return field.valid.then_some(Select::Empty) };
        let path = self.path(path)?;
        Some(if path.steps.is_empty() && path.root == Root::Data { Select::Whole } else { Select::Path(path) })
    }

    fn store(&mut self, field: Option<&PathOrNull>) -> Option<Store> {
        let Some(field) = field else { return Some(Store::Replace) };
        let Some(path) = &field.path else { return field.valid.then_some(Store::Discard) };
        let path = self.path(path)?;
        Some(if path.steps.is_empty() { Store::Replace } else { Store::At(path) })
    }

    fn seconds(&mut self, location: &str, field: Option<&SecondsOrPath>) -> Option<Option<Seconds>> {
        Some(match field {
            None => None,
            Some(SecondsOrPath::Seconds(seconds)) => Some(Seconds::Constant(seconds.value)),
            Some(SecondsOrPath::Path(path)) => Some(Seconds::Path(self.path(path)?)),
            Some(SecondsOrPath::Expression(expression)) => {
                Some(Seconds::Jsonata(self.jsonata(expression, location.to_owned())?))
            }
        })
    }

    fn fail_text(
        &mut self,
        location: &str,
        field: &'static str,
        text: Option<&TextOrPath>,
    ) -> Option<Option<FailText>> {
        Some(match text {
            None => None,
            Some(TextOrPath::Text(text)) => Some(FailText::Constant(text.text.clone())),
            Some(TextOrPath::Path(path)) => Some(FailText::Path(field, self.path(path)?)),
            Some(TextOrPath::Call(call)) => Some(self.computed_text(field, call)?),
            Some(TextOrPath::Expression(expression)) => {
                Some(FailText::Jsonata(self.jsonata(expression, location.to_owned())?))
            }
        })
    }

    fn wait(&mut self, wait: &definition::Wait) -> Option<Wait> {
        Some(match wait {
            definition::Wait::Seconds(seconds) => Wait::Seconds(seconds.value),
            definition::Wait::SecondsPath(path) => Wait::SecondsPath(self.path(path)?),
            definition::Wait::Timestamp(text) => Wait::Timestamp(Timestamp::parse(text.as_str())?),
            definition::Wait::TimestampPath(path) => Wait::TimestampPath(self.path(path)?),
            definition::Wait::SecondsExpression(expression) => {
                Wait::SecondsJsonata(self.jsonata(expression, "Seconds".to_owned())?)
            }
            definition::Wait::TimestampExpression(expression) => {
                Wait::TimestampJsonata(self.jsonata(expression, "Timestamp".to_owned())?)
            }
        })
    }

    fn rule(&mut self, number: usize, rule: &definition::ChoiceRule) -> Option<Rule> {
        let place = |field: &str| member(&item("Choices", number), field);
        Some(Rule {
            test: match rule.test.as_ref()? {
                definition::Test::Condition(condition) => self.condition(condition, place("Condition"))?,
                test => self.test(test)?,
            },
            assign: self.assign(rule.assign.as_ref(), &place("Assign"))?,
            output: self.optional_value(rule.output.as_ref(), &place("Output"))?,
            next: self.target(rule.next.as_ref())?,
        })
    }

    fn test(&mut self, test: &definition::Test) -> Option<Test> {
        Some(match test {
            definition::Test::And(tests) => Test::And(self.tests(tests)?),
            definition::Test::Or(tests) => Test::Or(self.tests(tests)?),
            definition::Test::Not(test) => Test::Not(Box::new(self.test(test)?)),
            definition::Test::Condition(_) => return None,
            definition::Test::Compare(comparison) => Test::Compare {
                variable: self.path(&comparison.variable)?,
                operation: self.operation(&comparison.operation)?,
            },
        })
    }

    fn condition(&mut self, condition: &Computed, location: String) -> Option<Test> {
        match condition {
            Computed::Expression(expression) => Some(Test::Condition(Box::new(self.jsonata(expression, location)?))),
            Computed::Constant(Node { value: Value::Bool(constant), .. }) => Some(Test::Constant(*constant)),
            Computed::Constant(_) | Computed::Object { .. } | Computed::Array { .. } => None,
        }
    }

    fn tests(&mut self, tests: &[definition::Test]) -> Option<Vec<Test>> {
        tests.iter().map(|test| self.test(test)).collect()
    }

    fn operation(&mut self, operation: &definition::Operation) -> Option<Operation> {
        use definition::Operation as From;
        Some(match operation {
            From::String(order, Operand::Constant(text)) => Operation::String(*order, text.value.clone()),
            From::String(order, Operand::Path(path)) => Operation::Strings(*order, self.path(path)?),
            From::Numeric(order, Operand::Constant(spelling)) => match number(&spelling.value)? {
                Number::Integer(integer) => Operation::Integer(*order, integer),
                Number::Unsigned(integer) => Operation::Unsigned(*order, integer),
                Number::Float(float) => Operation::Float(*order, float),
            },
            From::Numeric(order, Operand::Path(path)) => Operation::Numbers(*order, self.path(path)?),
            From::Timestamp(order, Operand::Constant(text)) => {
                Operation::Timestamp(*order, Timestamp::parse(&text.value)?)
            }
            From::Timestamp(order, Operand::Path(path)) => Operation::Timestamps(*order, self.path(path)?),
            From::Boolean(Operand::Constant(wanted)) => Operation::Boolean(wanted.value),
            From::Boolean(Operand::Path(path)) => Operation::Booleans(self.path(path)?),
            From::StringMatches(pattern) => Operation::Matches(pattern_pieces(&pattern.value)),
            From::Is(test, wanted) => Operation::Is(*test, *wanted),
        })
    }

    /// A path, with note taken of what it reads of the context object.
    fn path(&mut self, path: &query::path::Path) -> Option<Path> {
        let mut steps: Vec<Selector> = path.steps.iter().map(|step| step.selector.clone()).collect();
        let root = match &path.root {
            path::Root::Data => Root::Data,
            path::Root::Context => self.context(&mut steps),
            path::Root::Variable(name) => self.variable(name),
        };
        Some(Path { root, text: path.text.clone(), steps })
    }

    /// Where a path into the context object starts; the item of a Map state is at hand without it.
    fn context(&mut self, steps: &mut Vec<Selector>) -> Root {
        let name = |index: usize| match steps.get(index) {
            Some(Selector::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        let item = match (name(0), name(1), name(2)) {
            (Some("Map"), Some("Item"), Some("Value")) => Some(Root::Item),
            (Some("Map"), Some("Item"), Some("Index")) => Some(Root::ItemIndex),
            _ => None,
        };
        self.reads_state_context |= matches!(name(0), None | Some("State"));
        self.reads_execution_input |=
            name(0).is_none() || (name(0) == Some("Execution") && matches!(name(1), None | Some("Input")));
        match item.filter(|_| self.selects_item) {
            Some(root) => {
                steps.drain(..3);
                root
            }
            None => Root::Context,
        }
    }
}

fn texts(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.text.clone()).collect()
}

/// The defaults are those of the language spec, "Retrying after error".
fn retrier(retrier: &definition::Retrier) -> Option<Retrier> {
    let seconds = |field: &Option<definition::Spanned<u32>>| field.as_ref().map(|seconds| seconds.value);
    let backoff_rate = match &retrier.backoff_rate {
        None => 2.0,
        Some(rate) => match number(&rate.value)? {
            Number::Integer(rate) => rate as f64,
            Number::Unsigned(rate) => rate as f64,
            Number::Float(rate) => rate,
        },
    };
    Some(Retrier {
        error_equals: texts(&retrier.error_equals),
        interval_seconds: seconds(&retrier.interval_seconds).unwrap_or(1),
        max_attempts: seconds(&retrier.max_attempts).unwrap_or(3),
        backoff_rate,
        max_delay_seconds: seconds(&retrier.max_delay_seconds),
        full_jitter: retrier.full_jitter,
    })
}

/// The literal pieces between a pattern's `*`; `\*` is a star and `\\` a backslash.
fn pattern_pieces(pattern: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let literal = match character {
            '*' => {
                pieces.push(String::new());
                continue;
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(literal);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pattern_pieces;

    #[test]
    fn a_pattern_is_cut_at_its_stars() {
        assert_eq!(pattern_pieces("log-*.txt"), ["log-", ".txt"]);
        assert_eq!(pattern_pieces(r"a\*b\\*"), ["a*b\\", ""]);
        assert_eq!(pattern_pieces("plain"), ["plain"]);
    }
}
