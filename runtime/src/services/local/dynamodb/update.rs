//! Carries out an `UpdateExpression`. DynamoDB Developer Guide, "Update expressions".

use asl_codegen::dynamodb::{Action, Call, Number, NumberError, Operand, SetValue, Update};

use super::path::{Parent, Step, Steps, get, parent, resolve};
use super::request::Placeholders;
use super::value::{AttributeValue, Attributes};

const NO_SUCH_PATH: &str = "The document path provided in the update expression is invalid for update";
const NO_SUCH_ATTRIBUTE: &str = "The provided expression refers to an attribute that does not exist in the item";
const WRONG_TYPE: &str = "An operand in the update expression has an incorrect data type";

/// What one action does to the place it names.
enum Change {
    Set(AttributeValue),
    Add(AttributeValue),
    Delete(AttributeValue),
    Remove,
}

/// Changes `item` as `update` says, or says why DynamoDB would not. Everything that is read is read from the item as it
/// was.
pub(super) fn apply(update: &Update, item: &mut Attributes, placeholders: &Placeholders) -> Result<(), String> {
    let mut changes: Vec<(Steps, Change)> = Vec::new();
    for action in &update.actions {
        let value = |placeholder: &str| {
            placeholders.attribute_value(placeholder).cloned().ok_or_else(|| NO_SUCH_ATTRIBUTE.to_owned())
        };
        let change = match action {
            Action::Set(_, value) => Change::Set(set_value(value, item, placeholders)?),
            Action::Remove(_) => Change::Remove,
            Action::Add(_, word) => Change::Add(value(&word.text)?),
            Action::Delete(_, word) => Change::Delete(value(&word.text)?),
        };
        changes.push((resolve(action.path(), placeholders), change));
    }
    // Elements that are appended come in the order of their indexes, and indexes count the elements there were: what is
    // removed from a list goes last, from its end.
    changes.sort_by(|(left, _), (right, _)| left.cmp(right));
    let (removals, others): (Vec<_>, Vec<_>) = changes
        .into_iter()
        .partition(|(steps, change)| matches!(change, Change::Remove) && matches!(steps.last(), Some(Step::Index(_))));
    for (steps, change) in others.into_iter().chain(removals.into_iter().rev()) {
        make(change, parent(item, &steps).ok_or_else(|| NO_SUCH_PATH.to_owned())?)?;
    }
    Ok(())
}

fn make(change: Change, place: Parent<'_>) -> Result<(), String> {
    let present = match &place {
        Parent::Map(members, name) => members.get(name),
        Parent::List(items, index) => items.get(*index),
    };
    let value = match (change, present) {
        (Change::Set(value), _) => Some(value),
        (Change::Remove, _) => None,
        (Change::Add(operand), None) => Some(operand),
        (Change::Add(operand), Some(present)) => Some(added(present, operand)?),
        (Change::Delete(_), None) => return Ok(()),
        (Change::Delete(operand), Some(present)) => without(present, &operand)?,
    };
    match (place, value) {
        (Parent::Map(members, name), Some(value)) => {
            members.insert(name, value);
        }
        (Parent::Map(members, name), None) => {
            members.remove(&name);
        }
        (Parent::List(items, index), Some(value)) => match items.get_mut(index) {
            Some(present) => *present = value,
            None => items.push(value),
        },
        (Parent::List(items, index), None) => {
            if index < items.len() {
                items.remove(index);
            }
        }
    }
    Ok(())
}

/// `ADD`: a sum of numbers, a union of sets.
pub(super) fn added(present: &AttributeValue, operand: AttributeValue) -> Result<AttributeValue, String> {
    fn union<T: Clone + PartialEq>(present: &[T], more: Vec<T>) -> Vec<T> {
        let mut all = present.to_vec();
        all.extend(more.into_iter().filter(|item| !present.contains(item)));
        all
    }
    Ok(match (present, operand) {
        (AttributeValue::N(present), AttributeValue::N(number)) => sum(present.plus(number))?,
        (AttributeValue::Ss(present), AttributeValue::Ss(more)) => AttributeValue::Ss(union(present, more)),
        (AttributeValue::Ns(present), AttributeValue::Ns(more)) => AttributeValue::Ns(union(present, more)),
        (AttributeValue::Bs(present), AttributeValue::Bs(more)) => AttributeValue::Bs(union(present, more)),
        _ => return Err(WRONG_TYPE.to_owned()),
    })
}

/// `DELETE`: a set without some elements. A set without any is no set.
pub(super) fn without(present: &AttributeValue, operand: &AttributeValue) -> Result<Option<AttributeValue>, String> {
    fn rest<T: Clone + PartialEq>(
        present: &[T],
        unwanted: &[T],
        set: fn(Vec<T>) -> AttributeValue,
    ) -> Option<AttributeValue> {
        let rest: Vec<T> = present.iter().filter(|item| !unwanted.contains(item)).cloned().collect();
        (!rest.is_empty()).then(|| set(rest))
    }
    Ok(match (present, operand) {
        (AttributeValue::Ss(present), AttributeValue::Ss(unwanted)) => rest(present, unwanted, AttributeValue::Ss),
        (AttributeValue::Ns(present), AttributeValue::Ns(unwanted)) => rest(present, unwanted, AttributeValue::Ns),
        (AttributeValue::Bs(present), AttributeValue::Bs(unwanted)) => rest(present, unwanted, AttributeValue::Bs),
        _ => return Err(WRONG_TYPE.to_owned()),
    })
}

fn set_value(value: &SetValue, item: &Attributes, placeholders: &Placeholders) -> Result<AttributeValue, String> {
    let number = |operand: &Operand| match evaluate(operand, item, placeholders)? {
        AttributeValue::N(number) => Ok(number),
        _ => Err(WRONG_TYPE.to_owned()),
    };
    match value {
        SetValue::Operand(operand) => evaluate(operand, item, placeholders),
        SetValue::Plus(left, right) => sum(number(left)?.plus(number(right)?)),
        SetValue::Minus(left, right) => sum(number(left)?.minus(number(right)?)),
    }
}

fn sum(result: Result<Number, NumberError>) -> Result<AttributeValue, String> {
    result.map(AttributeValue::N).map_err(|error| error.to_string())
}

fn evaluate(operand: &Operand, item: &Attributes, placeholders: &Placeholders) -> Result<AttributeValue, String> {
    let value = match operand {
        Operand::Path(path) => get(item, &resolve(path, placeholders)).cloned(),
        Operand::Value(word) => placeholders.attribute_value(&word.text).cloned(),
        Operand::Call(call) => return function(call, item, placeholders),
    };
    value.ok_or_else(|| NO_SUCH_ATTRIBUTE.to_owned())
}

fn function(call: &Call, item: &Attributes, placeholders: &Placeholders) -> Result<AttributeValue, String> {
    let [first, second] = call.arguments.as_slice() else { return Err(WRONG_TYPE.to_owned()) };
    if call.function.text == "if_not_exists" {
        return match first {
            Operand::Path(path) => match get(item, &resolve(path, placeholders)) {
                Some(value) => Ok(value.clone()),
                None => evaluate(second, item, placeholders),
            },
            _ => Err(WRONG_TYPE.to_owned()),
        };
    }
    match (evaluate(first, item, placeholders)?, evaluate(second, item, placeholders)?) {
        (AttributeValue::L(mut list), AttributeValue::L(more)) => {
            list.extend(more);
            Ok(AttributeValue::L(list))
        }
        _ => Err(WRONG_TYPE.to_owned()),
    }
}
