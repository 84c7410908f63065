//! Tables in memory: `getItem`, `putItem`, `updateItem`, `deleteItem`.

mod condition;
mod legacy;
mod path;
mod request;
mod update;
mod value;

use std::collections::{BTreeMap, HashMap};

use asl_codegen::dynamodb::{Action, Number, Tag};
use serde_json::Value;

use super::super::attribute_value;
use super::super::dynamodb::{self, NAMES, Operation, Parameters};
use super::super::parameters::Problems;
use super::answer::{Body, answer, error};
use crate::error::Error;
use crate::value::build::object;
use path::{Step, Steps, project, resolve};
use request::{Capacity, Request, ReturnValues};
use value::{AttributeValue, Attributes, attributes, size, to_value};

/// The largest item, in bytes. DynamoDB Developer Guide, "Quotas".
const MAX_ITEM_SIZE: usize = 400 * 1024;

/// The primary key of a table: a partition key and, perhaps, a sort key.
///
/// ```
/// use asl_runtime::services::local::Key;
///
/// let by_id = Key::string("messageId");
/// let by_sensor_and_time = Key::string("sensor").then_number("time");
/// ```
#[derive(Clone, Debug)]
pub struct Key(Vec<(String, KeyType)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyType {
    String,
    Number,
    Binary,
}

impl Key {
    /// A partition key of type `S`.
    pub fn string(attribute: impl Into<String>) -> Self {
        Self(vec![(attribute.into(), KeyType::String)])
    }

    /// A partition key of type `N`.
    pub fn number(attribute: impl Into<String>) -> Self {
        Self(vec![(attribute.into(), KeyType::Number)])
    }

    /// A partition key of type `B`.
    pub fn binary(attribute: impl Into<String>) -> Self {
        Self(vec![(attribute.into(), KeyType::Binary)])
    }

    /// A sort key of type `S`, instead of one that was given before.
    #[must_use]
    pub fn then_string(self, attribute: impl Into<String>) -> Self {
        self.then(attribute.into(), KeyType::String)
    }

    /// A sort key of type `N`, instead of one that was given before.
    #[must_use]
    pub fn then_number(self, attribute: impl Into<String>) -> Self {
        self.then(attribute.into(), KeyType::Number)
    }

    /// A sort key of type `B`, instead of one that was given before.
    #[must_use]
    pub fn then_binary(self, attribute: impl Into<String>) -> Self {
        self.then(attribute.into(), KeyType::Binary)
    }

    fn then(mut self, attribute: String, key_type: KeyType) -> Self {
        self.0.truncate(1);
        self.0.push((attribute, key_type));
        self
    }
}

impl KeyType {
    fn tag(self) -> Tag {
        match self {
            KeyType::String => Tag::S,
            KeyType::Number => Tag::N,
            KeyType::Binary => Tag::B,
        }
    }

    fn part(self, value: &AttributeValue) -> Option<KeyPart> {
        match (self, value) {
            (KeyType::String, AttributeValue::S(text)) => Some(KeyPart::S(text.clone())),
            (KeyType::Number, AttributeValue::N(number)) => Some(KeyPart::N(*number)),
            (KeyType::Binary, AttributeValue::B(bytes)) => Some(KeyPart::B(bytes.clone())),
            _ => None,
        }
    }
}

/// The value of a key attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyPart {
    S(String),
    N(Number),
    B(Vec<u8>),
}

#[derive(Debug)]
struct Table {
    key: Key,
    items: BTreeMap<Vec<KeyPart>, Attributes>,
}

/// Why a request is not carried out.
pub(super) enum Failure {
    /// The request makes no sense to DynamoDB, which says this.
    Validation(String),
    /// There is no such table.
    NoTable,
    /// The condition does not hold.
    Condition,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure::Validation(message)
    }
}

impl Failure {
    fn into_error(self) -> Error {
        let (code, message) = match &self {
            Failure::Validation(message) => ("ValidationException", message.as_str()),
            Failure::NoTable => ("ResourceNotFoundException", "Requested resource not found"),
            Failure::Condition => ("ConditionalCheckFailedException", "The conditional request failed"),
        };
        error(&NAMES, 400, code, message)
    }
}

/// The tables of a stand-in.
#[derive(Debug, Default)]
pub(super) struct Tables(HashMap<String, Table>);

impl Tables {
    pub(super) fn create(&mut self, name: String, key: Key) {
        self.0.entry(name).or_insert_with(|| Table { key, items: BTreeMap::new() });
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The items in the order of their keys.
    pub(super) fn items(&self, table: &str) -> Vec<Value> {
        self.0.get(table).map_or_else(Vec::new, |table| table.items.values().map(to_value).collect())
    }

    pub(super) fn item(&self, table: &str, key: &Value) -> Option<Value> {
        let table = self.0.get(table)?;
        let given = attribute_value::attributes(&mut Problems::default(), "Key", key.clone())?;
        let key = table.key_of(&attributes(given).ok()?).ok()?;
        table.items.get(&key).map(to_value)
    }

    pub(super) fn call(&mut self, action: &str, parameters: Value) -> Result<Value, Error> {
        let (operation, given) = dynamodb::read(action, parameters)?;
        let done = self.perform(operation, given);
        done.map(|members| answer(&NAMES, &Body::DynamoDb, members)).map_err(Failure::into_error)
    }

    fn perform(&mut self, operation: Operation, given: Parameters) -> Result<Vec<(&'static str, Value)>, Failure> {
        let name = given.table_name.clone().unwrap_or_default();
        let request = Request::new(operation, given)?;
        // A table can be named by its ARN.
        let plain = name.rsplit_once(":table/").map_or(name.as_str(), |(_, plain)| plain);
        let table = self.0.get_mut(plain).ok_or(Failure::NoTable)?;
        let (capacity, mut members) = match operation {
            Operation::Get => table.get(&request)?,
            Operation::Put => table.put(&request)?,
            Operation::Update => table.update(&request)?,
            Operation::Delete => table.delete(&request)?,
        };
        if let Some(wanted) = request.capacity {
            members.push(("ConsumedCapacity", consumed_capacity(&name, capacity, wanted)));
        }
        members.sort_by_key(|(name, _)| *name);
        Ok(members)
    }
}

fn consumed_capacity(table: &str, units: f64, wanted: Capacity) -> Value {
    let name = ("TableName", table.into());
    match wanted {
        Capacity::Total => object([("CapacityUnits", units.into()), name]),
        Capacity::Indexes => {
            object([("CapacityUnits", units.into()), ("Table", object([("CapacityUnits", units.into())])), name])
        }
    }
}

/// The capacity units that an operation took, and the members of its answer.
type Done = Result<(f64, Vec<(&'static str, Value)>), Failure>;

impl Table {
    /// The key in the attributes of `Key`, which has nothing else.
    fn key_of(&self, given: &Attributes) -> Result<Vec<KeyPart>, String> {
        let mismatch = || "The provided key element does not match the schema".to_owned();
        if given.len() != self.key.0.len() {
            return Err(mismatch());
        }
        let part = |(name, key_type): &(String, KeyType)| {
            let value = given.get(name).ok_or_else(mismatch)?;
            check_key_value(name, value, "One or more parameter values were invalid: ")?;
            key_type.part(value).ok_or_else(mismatch)
        };
        self.key.0.iter().map(part).collect()
    }

    /// The key of an item.
    fn key_in(&self, item: &Attributes) -> Result<Vec<KeyPart>, String> {
        let part = |(name, key_type): &(String, KeyType)| {
            let invalid = "One or more parameter values were invalid:";
            let value = item.get(name).ok_or_else(|| format!("{invalid} Missing the key {name} in the item"))?;
            let part = key_type.part(value).ok_or_else(|| {
                let (expected, actual) = (key_type.tag().name(), value.tag().name());
                format!("{invalid} Type mismatch for key {name} expected: {expected} actual: {actual}")
            })?;
            check_key_value(name, value, "One or more parameter values are not valid. ")?;
            Ok(part)
        };
        self.key.0.iter().map(part).collect()
    }

    fn get(&self, request: &Request) -> Done {
        let item = self.items.get(&self.key_of(&request.attributes)?);
        let paths: Option<Vec<Steps>> = match (&request.projection, &request.attributes_to_get) {
            (Some(projection), _) => {
                Some(projection.paths.iter().map(|path| resolve(path, &request.placeholders)).collect())
            }
            (None, Some(names)) => Some(names.iter().map(|name| vec![Step::Name(name.clone())]).collect()),
            (None, None) => None,
        };
        let units = units(item, 4096) * if request.consistent_read { 1.0 } else { 0.5 };
        let shown = item.map(|item| paths.map_or_else(|| to_value(item), |paths| to_value(&project(item, &paths))));
        Ok((units, shown.map(|item| ("Item", item)).into_iter().collect()))
    }

    fn put(&mut self, request: &Request) -> Done {
        let item = &request.attributes;
        if size(item) > MAX_ITEM_SIZE {
            return Err("Item size has exceeded the maximum allowed size".to_owned().into());
        }
        let key = self.key_in(item)?;
        let old = self.items.get(&key);
        check_conditions(request, old)?;
        let units = units(Some(item), 1024).max(units(old, 1024));
        let old = self.items.insert(key, item.clone());
        Ok((units, returned_old(request, old)))
    }

    fn delete(&mut self, request: &Request) -> Done {
        let key = self.key_of(&request.attributes)?;
        check_conditions(request, self.items.get(&key))?;
        let old = self.items.remove(&key);
        Ok((units(old.as_ref(), 1024), returned_old(request, old)))
    }

    fn update(&mut self, request: &Request) -> Done {
        let key = self.key_of(&request.attributes)?;
        let paths: Vec<Steps> = match (&request.update, &request.updates) {
            (Some(update), _) => {
                update.actions.iter().map(|action| resolve(action.path(), &request.placeholders)).collect()
            }
            (None, updates) => updates.iter().flatten().map(|(name, _)| vec![Step::Name(name.clone())]).collect(),
        };
        for (name, _) in &self.key.0 {
            if paths.iter().any(|path| matches!(path.first(), Some(Step::Name(first)) if first == name)) {
                return Err(format!(
                    "One or more parameter values were invalid: Cannot update attribute {name}. This attribute is part \
                     of the key"
                )
                .into());
            }
        }
        let old = self.items.get(&key);
        check_conditions(request, old)?;
        let mut new = old.unwrap_or(&request.attributes).clone();
        if let Some(update) = &request.update {
            update::apply(update, &mut new, &request.placeholders)?;
        }
        for (name, update) in request.updates.iter().flatten() {
            update.apply(name, &mut new)?;
        }
        value::check_depth(&new)?;
        if size(&new) > MAX_ITEM_SIZE {
            return Err("Item size to update has exceeded the maximum allowed size".to_owned().into());
        }
        let units = units(Some(&new), 1024).max(units(old, 1024));
        if old.is_none() && removes_only(request) {
            return Ok((units, Vec::new()));
        }
        let shown = match request.returns {
            ReturnValues::None => None,
            ReturnValues::AllOld => old.cloned(),
            ReturnValues::UpdatedOld => old.map(|old| project(old, &paths)),
            ReturnValues::AllNew => Some(new.clone()),
            ReturnValues::UpdatedNew => Some(project(&new, &paths)),
        };
        self.items.insert(key, new);
        let shown = shown.filter(|attributes| !attributes.is_empty());
        Ok((units, shown.map(|attributes| ("Attributes", to_value(&attributes))).into_iter().collect()))
    }
}

/// Whether an update does nothing but take things away, so that it creates no item.
fn removes_only(request: &Request) -> bool {
    match (&request.update, &request.updates) {
        (Some(update), _) => {
            update.actions.iter().all(|action| matches!(action, Action::Remove(_) | Action::Delete(..)))
        }
        (None, Some(updates)) => !updates.is_empty() && updates.iter().all(|(_, update)| update.is_delete()),
        (None, None) => false,
    }
}

/// Key attributes have a value that is not empty.
fn check_key_value(name: &str, value: &AttributeValue, start: &str) -> Result<(), String> {
    let kind = match value {
        AttributeValue::S(text) if text.is_empty() => "string",
        AttributeValue::B(bytes) if bytes.is_empty() => "binary",
        _ => return Ok(()),
    };
    Err(format!("{start}The AttributeValue for a key attribute cannot contain an empty {kind} value. Key: {name}"))
}

fn check_conditions(request: &Request, item: Option<&Attributes>) -> Result<(), Failure> {
    let nothing = Attributes::new();
    let item = item.unwrap_or(&nothing);
    let mut expected = request.expected.iter().map(|(name, expected)| expected.holds(item.get(name)));
    let as_expected = match (request.expected.is_empty(), request.any_expected) {
        (true, _) => true,
        (false, true) => expected.any(|holds| holds),
        (false, false) => expected.all(|holds| holds),
    };
    let condition = request.condition.as_ref();
    let holds = condition.is_none_or(|condition| condition::holds(&condition.root, item, &request.placeholders));
    if as_expected && holds { Ok(()) } else { Err(Failure::Condition) }
}

/// The capacity units of an item, of which one covers `bytes`; nothing costs as much as the smallest item.
#[allow(clippy::cast_precision_loss, reason = "an item has at most 400 KB")]
fn units(item: Option<&Attributes>, bytes: usize) -> f64 {
    item.map_or(1, |item| size(item).div_ceil(bytes).max(1)) as f64
}

fn returned_old(request: &Request, old: Option<Attributes>) -> Vec<(&'static str, Value)> {
    let old = old.filter(|_| request.returns == ReturnValues::AllOld);
    old.map(|old| ("Attributes", to_value(&old))).into_iter().collect()
}
