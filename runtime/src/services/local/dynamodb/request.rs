//! The parameters of the four operations, checked in the order and the words of DynamoDB.

use asl_codegen::dynamodb::{Condition, Known, Problem, Projection, Scope, Update, Value as Facts, Word};
use serde_json::Value;

use super::super::parameters::{Members, Problems, boolean, list, map, object, text};
use super::legacy::{AttributeUpdate, Expected};
use super::value::{AttributeValue, Supplied, attribute_value, attributes};
use super::{Attributes, Failure};

/// What all operations have in common. What an operation does not have stays empty.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) table: Option<String>,
    item: Option<Vec<(String, Supplied)>>,
    key: Option<Vec<(String, Supplied)>>,
    return_values: Option<String>,
    return_consumed_capacity: Option<String>,
    return_item_collection_metrics: Option<String>,
    return_values_on_failure: Option<String>,
    conditional_operator: Option<String>,
    pub(super) consistent_read: bool,
    update: Option<String>,
    condition: Option<String>,
    projection: Option<String>,
    names: Option<Vec<(String, String)>>,
    values: Option<Vec<(String, Supplied)>>,
    pub(super) attributes_to_get: Option<Vec<String>>,
    expected: Option<Vec<(String, Expected)>>,
    updates: Option<Vec<(String, AttributeUpdate)>>,
}

/// The operations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Get,
    Put,
    Update,
    Delete,
}

/// Reads the parameters of an operation.
pub(super) fn parameters(operation: Operation, members: &mut Members<'_>) -> Parameters {
    let mut read = Parameters { table: members.require("TableName", text), ..Parameters::default() };
    let values = || map(attribute_value);
    match operation {
        Operation::Put => read.item = members.require("Item", values()),
        _ => read.key = members.require("Key", values()),
    }
    read.return_consumed_capacity = members.take("ReturnConsumedCapacity", text);
    read.names = members.take("ExpressionAttributeNames", map(text));
    if operation == Operation::Get {
        read.attributes_to_get = members.take("AttributesToGet", list(text));
        read.consistent_read = members.take("ConsistentRead", boolean).unwrap_or_default();
        read.projection = members.take("ProjectionExpression", text);
        return read;
    }
    if operation == Operation::Update {
        read.update = members.take("UpdateExpression", text);
        read.updates = members.take("AttributeUpdates", map(attribute_update));
    }
    read.expected = members.take("Expected", map(expected));
    read.conditional_operator = members.take("ConditionalOperator", text);
    read.return_values = members.take("ReturnValues", text);
    read.return_item_collection_metrics = members.take("ReturnItemCollectionMetrics", text);
    read.condition = members.take("ConditionExpression", text);
    read.values = members.take("ExpressionAttributeValues", values());
    read.return_values_on_failure = members.take("ReturnValuesOnConditionCheckFailure", text);
    read
}

fn attribute_update(problems: &mut Problems, field: &str, value: Value) -> Option<AttributeUpdate> {
    object(problems, field, value, |members| AttributeUpdate {
        action: members.take("Action", text),
        value: members.take("Value", attribute_value),
    })
}

fn expected(problems: &mut Problems, field: &str, value: Value) -> Option<Expected> {
    object(problems, field, value, |members| Expected {
        value: members.take("Value", attribute_value),
        exists: members.take("Exists", boolean),
        operator: members.take("ComparisonOperator", text),
        values: members.take("AttributeValueList", list(attribute_value)),
    })
}

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

impl Parameters {
    /// The request, or what DynamoDB says before it looks for the table.
    pub(super) fn check(self, operation: Operation) -> Result<Request, Failure> {
        let mut choices = Choices::default();
        let capacity = choices.choose("returnConsumedCapacity", self.return_consumed_capacity.as_deref(), CAPACITY);
        choices.choose(
            "returnItemCollectionMetrics",
            self.return_item_collection_metrics.as_deref(),
            &[("SIZE", ()), ("NONE", ())],
        );
        let returns = choices.choose("returnValues", self.return_values.as_deref(), RETURN_VALUES);
        choices.choose(
            "returnValuesOnConditionCheckFailure",
            self.return_values_on_failure.as_deref(),
            &[("ALL_OLD", ()), ("NONE", ())],
        );
        let any = choices.choose(
            "conditionalOperator",
            self.conditional_operator.as_deref(),
            &[("OR", true), ("AND", false)],
        );
        if self.table.is_none() {
            choices.missing("tableName");
        }
        let given = if operation == Operation::Put { self.item } else { self.key };
        if given.is_none() {
            choices.missing(if operation == Operation::Put { "item" } else { "key" });
        }
        choices.finish()?;

        let expressions = [
            ("UpdateExpression", self.update.is_some(), operation == Operation::Update),
            ("ConditionExpression", self.condition.is_some(), operation != Operation::Get),
            ("ProjectionExpression", self.projection.is_some(), operation == Operation::Get),
        ];
        let old = [
            ("AttributesToGet", self.attributes_to_get.is_some()),
            ("AttributeUpdates", self.updates.is_some()),
            ("Expected", self.expected.is_some()),
        ];
        check_combination(&expressions, &old, self.names.is_some(), self.values.is_some())?;

        let attributes = attributes(given.unwrap_or_default())?;
        for (_, update) in self.updates.iter().flatten() {
            update.check()?;
        }
        let returns = returns.unwrap_or(ReturnValues::None);
        if operation != Operation::Update && !matches!(returns, ReturnValues::None | ReturnValues::AllOld) {
            return Err("Return values set to invalid value".to_owned().into());
        }
        for (name, expected) in self.expected.iter().flatten() {
            expected.check(name)?;
        }
        let placeholders = Placeholders::new(self.names, self.values)?;
        let update = read(self.update, Update::parse, |update| update.problems(&placeholders))?;
        let condition = read(self.condition, Condition::parse, |condition| condition.problems(&placeholders))?;
        let projection = read(self.projection, Projection::parse, |paths| paths.problems(&placeholders))?;
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
            expected: self.expected.unwrap_or_default(),
            any_expected: any.unwrap_or_default(),
            updates: self.updates,
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
    fn new(names: Option<Vec<(String, String)>>, values: Option<Vec<(String, Supplied)>>) -> Result<Self, String> {
        if let Some(names) = &names {
            check_keys("ExpressionAttributeNames", '#', names.iter().map(|(key, _)| key.as_str()))?;
        }
        if let Some(values) = &values {
            check_keys("ExpressionAttributeValues", ':', values.iter().map(|(key, _)| key.as_str()))?;
        }
        let checked = |(key, value): (String, Supplied)| match value {
            Ok(value) => Ok((key, value)),
            Err(message) => Err(format!("ExpressionAttributeValues contains invalid value: {message} for key {key}")),
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
