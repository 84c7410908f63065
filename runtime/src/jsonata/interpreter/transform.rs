//! Transformations: `| pattern | update, delete |`.

use std::collections::HashMap;
use std::rc::Rc;

use asl_codegen::jsonata::signature::Types;
use asl_codegen::jsonata::syntax::Transform;

use super::scope::Scope;
use super::{Place, call};
use crate::jsonata::signature::{mismatch, type_of};
use crate::jsonata::text::shown;
use crate::jsonata::{Array, Error, Evaluation, Function, Object, Result, Value};

/// A transformation as a function.
#[derive(Debug)]
pub(crate) struct Transformer<'a> {
    transform: &'a Transform,
    scope: Scope<'a>,
}

/// What has become of the objects of a copy, by where they are. They are changed one after another, and what is evaluated for
/// one sees what has been done to those before it.
#[derive(Default)]
struct Changes<'a>(HashMap<*const Object<'a>, Object<'a>>);

impl<'a> Place<'_, 'a> {
    #[inline(never)]
    pub(super) fn transform(&self, transform: &'a Transform) -> Result<Value<'a>> {
        Ok(Value::from(Function::Transform(Transformer { transform, scope: self.scope.clone() })))
    }
}

impl<'a> Transformer<'a> {
    pub(super) fn depth(&self) -> u32 {
        self.scope.depth()
    }

    /// The argument with the changes made. The argument itself stays as it is.
    #[inline(never)]
    pub(super) fn call(&self, evaluation: &Evaluation<'a>, arguments: Vec<Value<'a>>) -> Result<Value<'a>> {
        let mut arguments = arguments.into_iter();
        let original = match (arguments.next(), arguments.next()) {
            (Some(original), None) => original,
            (None, _) => return Err(mismatch("", 1)),
            (_, Some(_)) => return Err(mismatch("", 2)),
        };
        match type_of(&original) {
            Types::MISSING => return Ok(original),
            Types::OBJECT | Types::ARRAY => {}
            _ => return Err(mismatch("", 1)),
        }
        let original = self.cloned(evaluation, original)?;
        let copy = copy(evaluation, &original)?;
        let place = Place { evaluation, scope: &self.scope, input: &copy, whole: false };
        let matches = place.evaluate(&self.transform.pattern)?;
        let mut changes = Changes::default();
        match matches.as_list() {
            Some(list) => list.iter().try_for_each(|found| self.change(evaluation, &found, &mut changes))?,
            None if matches.is_undefined() => {}
            None => self.change(evaluation, &matches, &mut changes)?,
        }
        Ok(changes.applied(&copy).unwrap_or(copy))
    }

    /// What `$clone` makes of the argument, when that is a variable here.
    fn cloned(&self, evaluation: &Evaluation<'a>, original: Value<'a>) -> Result<Value<'a>> {
        match self.scope.variable("clone") {
            None => Ok(original),
            Some(Value::Function(function)) => call(evaluation, &function, &Value::Null, vec![original]),
            Some(_) => Err(Error::new("T2013")),
        }
    }

    /// Makes the changes to what the pattern found.
    fn change(&self, evaluation: &Evaluation<'a>, found: &Value<'a>, changes: &mut Changes<'a>) -> Result<()> {
        let Transform { update, delete, .. } = self.transform;
        let input = changes.seen(found);
        let place = Place { evaluation, scope: &self.scope, input: &input, whole: false };
        let updates = place.evaluate(update)?;
        match updates.as_members() {
            Some(members) if members.is_empty() => {}
            Some(members) => match found {
                Value::Object(object) => {
                    let object = changes.of(object);
                    evaluation.allocate(members.len() as u64 * 64)?;
                    let set = |name, value| {
                        object.insert(name, value);
                        Ok(())
                    };
                    members.for_each(set)?;
                }
                // Members of an array are not seen.
                Value::Array(_) | Value::Function(_) => {}
                _ => return Err(no_object(found)),
            },
            None if updates.is_undefined() => {}
            None => return Err(Error::new("T2011").value(shown(&updates)).at(update.span.start as usize)),
        }
        let Some(delete) = delete else { return Ok(()) };
        let input = changes.seen(found);
        let names = Place { input: &input, ..place }.evaluate(delete)?;
        let wrong = || Error::new("T2012").value(shown(&names)).at(delete.span.start as usize);
        let mut remove = |name: &Value<'a>| {
            let name = name.as_str().ok_or_else(wrong)?;
            if let Value::Object(object) = found {
                changes.of(object).remove(name);
            }
            Ok(())
        };
        match names.as_list() {
            Some(list) => {
                if list.iter().any(|name| name.as_str().is_none()) {
                    return Err(wrong());
                }
                list.iter().try_for_each(|name| remove(&name))
            }
            None if names.is_undefined() => Ok(()),
            None => remove(&names),
        }
    }
}

impl<'a> Changes<'a> {
    /// An object, to be changed.
    fn of(&mut self, object: &Rc<Object<'a>>) -> &mut Object<'a> {
        self.0.entry(Rc::as_ptr(object)).or_insert_with(|| Object::clone(object))
    }

    /// What the pattern found, as it has become. It is never the object itself: one that got itself as a member would have no
    /// end.
    fn seen(&self, found: &Value<'a>) -> Value<'a> {
        match (self.applied(found), found) {
            (Some(changed), _) => changed,
            (None, Value::Object(object)) => Value::from(Object::clone(object)),
            (None, other) => other.clone(),
        }
    }

    /// A value with all changes in it; none when there are none.
    fn applied(&self, value: &Value<'a>) -> Option<Value<'a>> {
        if self.0.is_empty() {
            return None;
        }
        match value {
            Value::Object(object) => self.applied_to_object(object),
            Value::Array(array) => self.applied_to_array(array),
            _ => None,
        }
    }

    fn applied_to_object(&self, object: &Rc<Object<'a>>) -> Option<Value<'a>> {
        let own = self.0.get(&Rc::as_ptr(object));
        let mut changed: Option<Object<'a>> = own.cloned();
        for (name, value) in own.unwrap_or(object).members() {
            if let Some(value) = self.applied(value) {
                changed.get_or_insert_with(|| Object::clone(object)).insert(name.clone(), value);
            }
        }
        changed.map(Value::from)
    }

    fn applied_to_array(&self, array: &Rc<Array<'a>>) -> Option<Value<'a>> {
        let changed: Vec<_> = array.items().iter().map(|item| self.applied(item)).collect();
        if changed.iter().all(Option::is_none) {
            return None;
        }
        let items = array.items().iter().zip(changed);
        let mut result = Array::new(items.map(|(item, changed)| changed.unwrap_or_else(|| item.clone())).collect());
        (result.sequence, result.keep_singleton) = (array.sequence, array.keep_singleton);
        Some(Value::from(result))
    }
}

/// A copy whose objects are all its own, as text of JSON would have it: numbers have 15 digits, a function is an empty text.
fn copy<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    evaluation.step(1)?;
    if let Some(list) = value.as_list() {
        evaluation.allocate((list.len() * size_of::<Value<'_>>()) as u64)?;
        let items = list.iter().map(|item| copy(evaluation, &item));
        return Ok(Value::from(Array::new(items.collect::<Result<_>>()?)));
    }
    if let Some(members) = value.as_members() {
        evaluation.allocate((members.len() * size_of::<(std::borrow::Cow<'_, str>, Value<'_>)>()) as u64)?;
        let mut object = Object::with_capacity(members.len());
        members.for_each(|name, value| {
            object.insert(name, copy(evaluation, &value)?);
            Ok(())
        })?;
        return Ok(Value::from(object));
    }
    Ok(match value {
        Value::Number(number) => Value::Number(fifteen_digits(*number)),
        Value::Integer(number) => Value::Number(fifteen_digits(number.as_f64().unwrap_or_default())),
        Value::Function(_) => Value::str(""),
        other => other.clone(),
    })
}

fn fifteen_digits(number: f64) -> f64 {
    /// Whole numbers below this have no more.
    const FEW: f64 = 1e15;
    if number.fract() == 0.0 && number.abs() < FEW {
        return number;
    }
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// JavaScript refuses to give a text, a number, a boolean or null a member.
#[cold]
fn no_object(found: &Value<'_>) -> Error {
    Error::with_message("T2011", format!("The transform expression must match objects: {}", shown(found)))
}
