//! Makes requests of parameters, which it checks in the order and the words of DynamoDB.

use asl_codegen::dynamodb::{Condition, Known, Problem, Projection, Scope, Update, Value as Facts, Word};

use super::super::super::attribute_value::Written;
use super::super::super::dynamodb::{Operation, Parameters, unfit_placeholder};
use super::legacy::{AttributeUpdate, Expected};
use super::value::{self, AttributeValue, supplied};
use super::{Attributes, Failure};

/// A request that DynamoDB would carry out, if its table and key fit.
pub(super) struct Request {
    /// `Item` or `Key`.
    pub(super) attributes: Attributes,
    pub(super) returns: ReturnValues,
    pub(super) capacity: Option<Capacity>,
    pub(super) update: Option<Update>,
    pub(super) condition: Option<Condition>,
    pub(super) projection: Option<Projection>,
    pub(super) placeholders: Placeholders,
    pub(super) expected: Vec<(String, Expected)>,
    pub(super) any_expected: bool,
    pub(super) updates: Option<Vec<(String, AttributeUpdate)>>,
    pub(super) consistent_read: bool,
    pub(super) attributes_to_get: Option<Vec<String>>,
}

/// The elements of a legacy parameter.
fn legacy<T: From<U>, U>(given: Vec<(String, U)>) -> Vec<(String, T)> {
    given.into_iter().map(|(name, element)| (name, element.into())).collect()
}

/// `ReturnValues`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ReturnValues {
    None,
    AllOld,
    UpdatedOld,
    AllNew,
    UpdatedNew,
}

/// `ReturnConsumedCapacity`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Capacity {
    Total,
    Indexes,
}

/// The order of names is DynamoDB's.
const RETURN_VALUES: &[(&str, ReturnValues)] = &[
    ("ALL_NEW", ReturnValues::AllNew),
    ("UPDATED_OLD", ReturnValues::UpdatedOld),
    ("ALL_OLD", ReturnValues::AllOld),
    ("NONE", ReturnValues::None),
    ("UPDATED_NEW", ReturnValues::UpdatedNew),
];
const CAPACITY: &[(&str, Option<Capacity>)] =
    &[("INDEXES", Some(Capacity::Indexes)), ("TOTAL", Some(Capacity::Total)), ("NONE", None)];

impl Request {
    /// The request that `given` makes, or what DynamoDB says before it looks for the table.
    pub(super) fn new(operation: Operation, given: Parameters) -> Result<Self, Failure> {
        let mut choices = Choices::default();
        let capacity = choices.choose("returnConsumedCapacity", given.return_consumed_capacity.as_deref(), CAPACITY);
        choices.choose(
            "returnItemCollectionMetrics",
            given.return_item_collection_metrics.as_deref(),
            &[("SIZE", ()), ("NONE", ())],
        );
        let returns = choices.choose("returnValues", given.return_values.as_deref(), RETURN_VALUES);
        choices.choose(
            "returnValuesOnConditionCheckFailure",
            given.return_values_on_condition_check_failure.as_deref(),
            &[("ALL_OLD", ()), ("NONE", ())],
        );
        let any = choices.choose(
            "conditionalOperator",
            given.conditional_operator.as_deref(),
            &[("OR", true), ("AND", false)],
        );
        if given.table_name.is_none() {
            choices.missing("tableName");
        }
        let (named, attributes) = match operation {
            Operation::Put => ("item", given.item),
            Operation::Get | Operation::Update | Operation::Delete => ("key", given.key),
        };
        if attributes.is_none() {
            choices.missing(named);
        }
        choices.finish()?;

        let expressions = [
            ("UpdateExpression", given.update_expression.is_some(), operation == Operation::Update),
            ("ConditionExpression", given.condition_expression.is_some(), operation != Operation::Get),
            ("ProjectionExpression", given.projection_expression.is_some(), operation == Operation::Get),
        ];
        let old = [
            ("AttributesToGet", given.attributes_to_get.is_some()),
            ("AttributeUpdates", given.attribute_updates.is_some()),
            ("Expected", given.expected.is_some()),
        ];
        let (names, values) = (given.expression_attribute_names, given.expression_attribute_values);
        check_combination(&expressions, &old, names.is_some(), values.is_some())?;

        let attributes = value::attributes(attributes.unwrap_or_default())?;
        let updates: Option<Vec<(String, AttributeUpdate)>> = given.attribute_updates.map(legacy);
        for (_, update) in updates.iter().flatten() {
            update.check()?;
        }
        let returns = returns.unwrap_or(ReturnValues::None);
        if operation != Operation::Update && !matches!(returns, ReturnValues::None | ReturnValues::AllOld) {
            return Err("Return values set to invalid value".to_owned().into());
        }
        let expected: Vec<(String, Expected)> = given.expected.map(legacy).unwrap_or_default();
        for (name, expected) in &expected {
            expected.check(name)?;
        }
        let placeholders = Placeholders::new(names, values)?;
        let update = read(given.update_expression, Update::parse, |update| update.problems(&placeholders))?;
        let condition =
            read(given.condition_expression, Condition::parse, |condition| condition.problems(&placeholders))?;
        let projection = read(given.projection_expression, Projection::parse, |paths| paths.problems(&placeholders))?;
        let used: Vec<&Word> = [
            update.as_ref().map(Update::placeholders),
            condition.as_ref().map(Condition::placeholders),
            projection.as_ref().map(Projection::placeholders),
        ]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
        placeholders.check_used(&used)?;
        Ok(Request {
            attributes,
            returns,
            capacity: capacity.flatten(),
            update,
            condition,
            projection,
            placeholders,
            expected,
            any_expected: any.unwrap_or_default(),
            updates,
            consistent_read: given.consistent_read.unwrap_or_default(),
            attributes_to_get: given.attributes_to_get,
        })
    }
}

/// Reads an expression and checks it.
fn read<E>(
    text: Option<String>,
    parse: impl Fn(&str) -> Result<E, Problem>,
    problems: impl Fn(&E) -> Vec<Problem>,
) -> Result<Option<E>, String> {
    let Some(text) = text else { return Ok(None) };
    let expression = parse(&text).map_err(|problem| problem.to_string())?;
    match problems(&expression).first() {
        Some(problem) => Err(problem.to_string()),
        None => Ok(Some(expression)),
    }
}

/// What goes together and what does not. `expressions`: name, whether it is given, whether the operation has it.
fn check_combination(
    expressions: &[(&str, bool, bool)],
    old: &[(&str, bool)],
    names: bool,
    values: bool,
) -> Result<(), String> {
    let given: Vec<&str> = expressions.iter().filter(|(_, given, _)| *given).map(|(name, ..)| *name).collect();
    let old: Vec<&str> = old.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    if !given.is_empty() && !old.is_empty() {
        return Err(format!(
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: \
             {{{}}} Expression parameters: {{{}}}",
            old.join(", "),
            given.join(", ")
        ));
    }
    if names && given.is_empty() {
        return Err("ExpressionAttributeNames can only be specified when using expressions".to_owned());
    }
    if values && given.is_empty() {
        let missing: Vec<&str> = expressions.iter().filter(|(.., has)| *has).map(|(name, ..)| *name).collect();
        let verb = if missing.len() > 1 { "are" } else { "is" };
        return Err(format!(
            "ExpressionAttributeValues can only be specified when using expressions: {} {verb} null",
            missing.join(" and ")
        ));
    }
    Ok(())
}

/// Members that name one of several values, and members that must not be null.
#[derive(Default)]
struct Choices(Vec<String>);

impl Choices {
    fn choose<T: Copy>(&mut self, member: &str, given: Option<&str>, known: &[(&str, T)]) -> Option<T> {
        let given = given?;
        let found = known.iter().find(|(name, _)| *name == given).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.0.push(format!(
                "Value '{given}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
                names.join(", ")
            ));
        }
        found
    }

    fn missing(&mut self, member: &str) {
        self.0.push(format!("Value null at '{member}' failed to satisfy constraint: Member must not be null"));
    }

    fn finish(self) -> Result<(), String> {
        match self.0.len() {
            0 => Ok(()),
            1 => Err(format!("1 validation error detected: {}", self.0.join("; "))),
            count => Err(format!("{count} validation errors detected: {}", self.0.join("; "))),
        }
    }
}

/// What the placeholders of a request stand for.
#[derive(Default)]
pub(super) struct Placeholders {
    names: Vec<(String, String)>,
    values: Vec<(String, AttributeValue)>,
}

impl Placeholders {
    fn new(names: Option<Vec<(String, String)>>, values: Option<Vec<(String, Written)>>) -> Result<Self, String> {
        if let Some(names) = &names {
            check_keys("ExpressionAttributeNames", '#', names.iter().map(|(key, _)| key.as_str()))?;
        }
        if let Some(values) = &values {
            check_keys("ExpressionAttributeValues", ':', values.iter().map(|(key, _)| key.as_str()))?;
        }
        let checked = |(key, value): (String, Written)| match supplied(value) {
            Ok(value) => Ok((key, value)),
            Err(message) => Err(unfit_placeholder(&key, &message)),
        };
        let values = values.unwrap_or_default().into_iter().map(checked).collect::<Result<_, _>>()?;
        Ok(Self { names: names.unwrap_or_default(), values })
    }

    /// The attribute that `#placeholder` stands for.
    pub(super) fn attribute(&self, placeholder: &str) -> Option<&str> {
        self.names.iter().find(|(name, _)| name == placeholder).map(|(_, attribute)| attribute.as_str())
    }

    /// The value that `:placeholder` stands for.
    pub(super) fn attribute_value(&self, placeholder: &str) -> Option<&AttributeValue> {
        self.values.iter().find(|(name, _)| name == placeholder).map(|(_, value)| value)
    }

    fn check_used(&self, used: &[&Word]) -> Result<(), String> {
        let unused = |parameter: &str, names: Vec<&str>| {
            let names: Vec<&str> =
                names.into_iter().filter(|name| used.iter().all(|word| word.text != *name)).collect();
            if names.is_empty() {
                return Ok(());
            }
            Err(format!("Value provided in {parameter} unused in expressions: keys: {{{}}}", names.join(", ")))
        };
        unused("ExpressionAttributeNames", self.names.iter().map(|(name, _)| name.as_str()).collect())?;
        unused("ExpressionAttributeValues", self.values.iter().map(|(name, _)| name.as_str()).collect())
    }
}

fn check_keys<'a>(parameter: &str, sigil: char, keys: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut empty = true;
    for key in keys {
        empty = false;
        let word = key.strip_prefix(sigil).unwrap_or_default();
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(format!("{parameter} contains invalid key: Syntax error; key: \"{key}\""));
        }
    }
    if empty { Err(format!("{parameter} must not be empty")) } else { Ok(()) }
}

impl Scope for Placeholders {
    fn name(&self, placeholder: &str) -> Known<&str> {
        self.attribute(placeholder).map_or(Known::Missing, Known::Is)
    }

    fn value(&self, placeholder: &str) -> Known<Facts<'_>> {
        self.attribute_value(placeholder).map_or(Known::Missing, |value| Known::Is(value.facts()))
    }
}
