//! Functions of objects.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::signature::not_an_array_of;
use super::argument::{items, refuse, string as text_of};
use super::{Array, BuiltIn, Evaluation, Object, Result, Value, count_items};

/// `$keys(object)`: also of the objects in an array, each name once.
///
/// # Errors
/// A limit.
pub fn keys<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    let mut names: Vec<Value<'a>> = Vec::new();
    match value.as_members() {
        Some(members) => members.for_each(|name, _| {
            count_items(evaluation, 1)?;
            names.push(Value::String(name));
            Ok(())
        })?,
        None => collect_keys(evaluation, value, &mut HashSet::new(), &mut names)?,
    }
    Ok(Value::from(Array::sequence(names)))
}

fn collect_keys<'a>(
    evaluation: &Evaluation<'a>,
    value: &Value<'a>,
    known: &mut HashSet<Cow<'a, str>>,
    names: &mut Vec<Value<'a>>,
) -> Result<()> {
    if let Some(list) = value.as_list() {
        for item in list.iter() {
            evaluation.step(1)?;
            collect_keys(evaluation, &item, known, names)?;
        }
    } else if let Some(members) = value.as_members() {
        members.for_each(|name, _| {
            if !known.contains(&name) {
                count_items(evaluation, 2)?;
                known.insert(name.clone());
                names.push(Value::String(name));
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// `$lookup(object, key)`: also in the objects in an array.
///
/// # Errors
/// `T0410`, `T0411`
pub fn lookup<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, key: &Value<'a>) -> Result<Value<'a>> {
    match text_of(key) {
        Ok(Some(name)) => find(evaluation, value, name),
        Ok(None) => Ok(Value::Undefined),
        Err(_) => refuse(evaluation, BuiltIn::Lookup, &Value::Undefined, &[value, key]),
    }
}

fn find<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, name: &str) -> Result<Value<'a>> {
    let Some(list) = value.as_list() else {
        return Ok(value.as_members().and_then(|members| members.get(name)).unwrap_or_default());
    };
    let mut found = Vec::new();
    for item in list.iter() {
        count_items(evaluation, 1)?;
        let here = find(evaluation, &item, name)?;
        match here.as_list() {
            Some(items) => found.extend(items.iter()),
            None if here.is_undefined() => {}
            None => found.push(here),
        }
    }
    Ok(Value::from(Array::sequence(found)))
}

/// `$spread(object)`: an object for each member; also of the objects in an array.
///
/// # Errors
/// A limit.
pub fn spread<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    let mut parts = Vec::new();
    if value.as_members().is_some() {
        spread_into(evaluation, value, &mut parts)?;
        return Ok(Value::from(Array::sequence(parts)));
    }
    match value.as_list() {
        None => Ok(value.clone()),
        Some(list) if list.is_empty() => Ok(Value::from(Array::sequence(parts))),
        Some(_) => {
            spread_into(evaluation, value, &mut parts)?;
            Ok(Value::from(Array::new(parts)))
        }
    }
}

fn spread_into<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, parts: &mut Vec<Value<'a>>) -> Result<()> {
    count_items(evaluation, 1)?;
    if let Some(members) = value.as_members() {
        members.for_each(|name, value| {
            count_items(evaluation, 4)?;
            let mut object = Object::with_capacity(1);
            object.insert(name, value);
            parts.push(Value::from(object));
            Ok(())
        })
    } else if let Some(list) = value.as_list() {
        list.iter().try_for_each(|item| spread_into(evaluation, &item, parts))
    } else {
        parts.push(value.clone());
        Ok(())
    }
}

/// `$merge(array)`: the members of all objects, the last one's where several have one.
///
/// # Errors
/// `T0412`
pub fn merge<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>) -> Result<Value<'a>> {
    let Some(list) = items(values) else { return Ok(Value::Undefined) };
    let first = list.get(0).and_then(|first| first.as_members().map(|members| members.len()));
    let mut merged = Object::with_capacity(first.unwrap_or_default());
    for item in list.iter() {
        let Some(members) = item.as_members() else {
            return Err(not_an_array_of("merge", 1, Some("objects")));
        };
        members.for_each(|name, value| {
            count_items(evaluation, 2)?;
            merged.insert(name, value);
            Ok(())
        })?;
    }
    Ok(Value::from(merged))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn names_and_values() {
        check("keys", &json!([{"b": 1, "a": 2}]), r#"["b","a"]"#);
        check("keys", &json!([[{"a": 1}, [{"b": 1}, {"a": 1}], 5]]), r#"["a","b"]"#);
        check("keys", &json!([{"a": 1}]), r#""a""#);
        check("keys", &json!([5]), "nothing");
        check("lookup", &json!([{"a": 1}, "a"]), "1");
        check("lookup", &json!([{"a": 1}, "b"]), "nothing");
        check("lookup", &json!([[{"a": 1}, [{"a": [2, 3]}], 5], "a"]), "[1,2,3]");
        check(
            "lookup",
            &json!([{"a": 1}, 5]),
            r#"T0410: Argument 2 of function "lookup" does not match function signature"#,
        );
    }

    #[test]
    fn objects_are_spread_and_merged() {
        check("spread", &json!([{"a": 1, "b": 2}]), r#"[{"a":1},{"b":2}]"#);
        check("spread", &json!([[{"a": 1}]]), r#"[{"a":1}]"#);
        check("spread", &json!([[{"a": 1}, 5, [{"b": 2}]]]), r#"[{"a":1},5,{"b":2}]"#);
        check("spread", &json!(["x"]), r#""x""#);
        check("spread", &json!([[]]), "nothing");
        check("merge", &json!([[{"a": 1, "b": 1}, {"b": 2, "c": 3}]]), r#"{"a":1,"b":2,"c":3}"#);
        check("merge", &json!([{"a": 1}]), r#"{"a":1}"#);
        check("merge", &json!([[]]), "{}");
        check("merge", &json!([[{}, 1]]), r#"T0412: Argument 1 of function "merge" must be an array of "objects""#);
    }
}
