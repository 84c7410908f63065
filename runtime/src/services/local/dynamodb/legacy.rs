//! `AttributeUpdates` and `Expected`: the parameters from before there were expressions. DynamoDB Developer Guide,
//! "Legacy conditional parameters".

use asl_codegen::dynamodb::{Comparator, Tag};

use super::super::super::dynamodb;
use super::condition::{begins_with, compare, contains};
use super::value::{AttributeValue, Attributes, Supplied, supplied};

const INVALID: &str = "One or more parameter values were invalid: ";

/// A member of `AttributeUpdates`.
pub(super) struct AttributeUpdate {
    action: Option<String>,
    value: Option<Supplied>,
}

/// A member of `Expected`.
pub(super) struct Expected {
    value: Option<Supplied>,
    exists: Option<bool>,
    operator: Option<String>,
    values: Option<Vec<Supplied>>,
}

impl From<dynamodb::AttributeUpdate> for AttributeUpdate {
    fn from(given: dynamodb::AttributeUpdate) -> Self {
        Self { action: given.action, value: given.value.map(supplied) }
    }
}

impl From<dynamodb::Expected> for Expected {
    fn from(given: dynamodb::Expected) -> Self {
        Self {
            value: given.value.map(supplied),
            exists: given.exists,
            operator: given.comparison_operator,
            values: given.attribute_value_list.map(|values| values.into_iter().map(supplied).collect()),
        }
    }
}

impl AttributeUpdate {
    fn action(&self) -> &str {
        self.action.as_deref().unwrap_or("PUT")
    }

    /// Whether it takes something away.
    pub(super) fn is_delete(&self) -> bool {
        self.action() == "DELETE"
    }

    /// Says what DynamoDB would.
    pub(super) fn check(&self) -> Result<(), String> {
        let value = self.value.as_ref().map(|value| value.as_ref().map_err(String::clone)).transpose()?;
        let refused = match (self.action(), value.map(AttributeValue::tag)) {
            ("DELETE", None | Some(Tag::Ss | Tag::Ns | Tag::Bs)) => return Ok(()),
            ("ADD", Some(Tag::N | Tag::L | Tag::Ss | Tag::Ns | Tag::Bs)) | ("PUT", Some(_)) => return Ok(()),
            (_, None) => "Only DELETE action is allowed when no attribute value is specified".to_owned(),
            ("DELETE", Some(tag)) => format!("DELETE action with value is not supported for the type {}", tag.name()),
            ("ADD", Some(tag)) => format!("ADD action is not supported for the type {}", tag.name()),
            (action, Some(_)) => format!("Unknown action: {action}"),
        };
        Err(format!("{INVALID}{refused}"))
    }

    /// Changes the attribute `name` of `item`.
    pub(super) fn apply(&self, name: &str, item: &mut Attributes) -> Result<(), String> {
        let mismatch = || "Type mismatch for attribute to update".to_owned();
        let value = self.value.as_ref().and_then(|value| value.as_ref().ok());
        let present = item.get(name);
        let new = match (self.action(), value, present) {
            ("DELETE", Some(value), Some(present)) => super::update::without(present, value).map_err(|_| mismatch())?,
            ("DELETE", ..) => None,
            ("ADD", Some(AttributeValue::L(more)), Some(AttributeValue::L(present))) => {
                Some(AttributeValue::L([present.as_slice(), more].concat()))
            }
            ("ADD", Some(value), Some(present)) => {
                Some(super::update::added(present, value.clone()).map_err(|_| mismatch())?)
            }
            (_, value, _) => value.cloned(),
        };
        match new {
            Some(value) => item.insert(name.to_owned(), value),
            None => item.remove(name),
        };
        Ok(())
    }
}

impl Expected {
    /// The values that the attribute is compared with.
    fn operands(&self) -> Result<Vec<&AttributeValue>, String> {
        let values = self.values.iter().flatten().chain(&self.value);
        values.map(|value| value.as_ref().map_err(String::clone)).collect()
    }

    /// Says what DynamoDB would. `name` is the attribute.
    pub(super) fn check(&self, name: &str) -> Result<(), String> {
        let operands = self.operands()?;
        let refused = match (self.operator.as_deref(), self.exists) {
            _ if self.values.is_some() && self.value.is_some() => {
                format!("Value and AttributeValueList cannot be used together for Attribute: {name}")
            }
            (Some(_), Some(_)) => {
                format!("Exists and ComparisonOperator cannot be used together for Attribute: {name}")
            }
            (Some(operator), None) => {
                let fits = match operator {
                    "NULL" | "NOT_NULL" => operands.is_empty(),
                    "IN" => !operands.is_empty(),
                    "BETWEEN" => operands.len() == 2,
                    _ => operands.len() == 1,
                };
                if fits {
                    return Ok(());
                }
                if self.values.is_none() && self.value.is_none() {
                    format!(
                        "Value or AttributeValueList must be used with ComparisonOperator: {operator} for Attribute: \
                         {name}"
                    )
                } else {
                    format!("Invalid number of argument(s) for the {operator} ComparisonOperator")
                }
            }
            (None, _) if self.values.is_some() => {
                format!("AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}")
            }
            (None, Some(false)) if self.value.is_some() => {
                format!("Value cannot be used when Exists is false for Attribute: {name}")
            }
            (None, exists @ (None | Some(true))) if self.value.is_none() => {
                let exists = exists.map_or("null", |_| "true");
                format!("Value must be provided when Exists is {exists} for Attribute: {name}")
            }
            (None, _) => return Ok(()),
        };
        Err(format!("{INVALID}{refused}"))
    }

    /// Whether the attribute is as expected.
    pub(super) fn holds(&self, present: Option<&AttributeValue>) -> bool {
        let operands = self.operands().unwrap_or_default();
        let first = operands.first().copied();
        let ordered = |comparator| compare(present, comparator, first);
        match (self.operator.as_deref(), self.exists) {
            (None, Some(false)) | (Some("NULL"), _) => present.is_none(),
            (Some("NOT_NULL"), _) => present.is_some(),
            (None, _) | (Some("EQ"), _) => ordered(Comparator::Equal),
            (Some("NE"), _) => ordered(Comparator::NotEqual),
            (Some("LE"), _) => ordered(Comparator::LessOrEqual),
            (Some("LT"), _) => ordered(Comparator::Less),
            (Some("GE"), _) => ordered(Comparator::GreaterOrEqual),
            (Some("GT"), _) => ordered(Comparator::Greater),
            (Some("BETWEEN"), _) => {
                ordered(Comparator::GreaterOrEqual)
                    && compare(present, Comparator::LessOrEqual, operands.get(1).copied())
            }
            (Some("IN"), _) => operands.iter().any(|operand| compare(present, Comparator::Equal, Some(operand))),
            (Some(operator), _) => {
                let (Some(present), Some(first)) = (present, first) else { return false };
                match operator {
                    "CONTAINS" => contains(present, first),
                    "NOT_CONTAINS" => !contains(present, first),
                    "BEGINS_WITH" => begins_with(present, first),
                    _ => false,
                }
            }
        }
    }
}
