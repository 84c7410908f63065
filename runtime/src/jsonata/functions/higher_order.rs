//! Functions that take functions. Those that end in `by` or `of` take a [`Function`], and give it no more arguments than it
//! has parameters; the others are for generated code, and take a closure.

use std::borrow::Cow;

use super::super::operators::boolean as is_true;
use super::argument::{error, function as function_of, items, refuse};
use super::{Array, BuiltIn, Evaluation, Function, Object, Result, Value, count_items};

/// What is done with each item: it gets the item, its index and the whole array.
pub type ForItem<'f, 'a> = dyn FnMut(&Value<'a>, usize, &Value<'a>) -> Result<Value<'a>> + 'f;

/// What is done with each member: it gets the value, the name and the whole object.
pub type ForMember<'f, 'a> = dyn FnMut(&Value<'a>, &Cow<'a, str>, &Value<'a>) -> Result<Value<'a>> + 'f;

/// Calls a function with as many of its arguments as it has parameters, but with one at least.
fn apply<'a>(
    evaluation: &Evaluation<'a>,
    function: &Function<'a>,
    value: &Value<'a>,
    place: impl FnOnce() -> Value<'a>,
    whole: &Value<'a>,
) -> Result<Value<'a>> {
    let arguments = match function.arity() {
        0 | 1 => vec![value.clone()],
        2 => vec![value.clone(), place()],
        _ => vec![value.clone(), place(), whole.clone()],
    };
    function.call(evaluation, arguments)
}

fn index_of<'a>(index: usize) -> Value<'a> {
    Value::from(super::super::regex::as_number(index))
}

/// Calls `visit` with each item. None when there is nothing.
fn for_each<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    visit: &mut dyn FnMut(Value<'a>, usize, &Value<'a>) -> Result<()>,
) -> Result<Option<()>> {
    let Some(list) = items(values) else { return Ok(None) };
    let wrapped;
    let whole = if values.is_array() {
        values
    } else {
        wrapped = Value::from(Array::new(vec![values.clone()]));
        &wrapped
    };
    for (index, item) in list.iter().enumerate() {
        evaluation.step(1)?;
        visit(item, index, whole)?;
    }
    Ok(Some(()))
}

/// `$map(array, function)`
///
/// # Errors
/// What the function raises.
pub fn map<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, function: &mut ForItem<'_, 'a>) -> Result<Value<'a>> {
    let mut mapped = Vec::with_capacity(values.as_list().map_or(0, |list| list.len()));
    let given = for_each(evaluation, values, &mut |item, index, whole| {
        let result = function(&item, index, whole)?;
        if !result.is_undefined() {
            count_items(evaluation, 1)?;
            mapped.push(result);
        }
        Ok(())
    })?;
    Ok(given.map_or(Value::Undefined, |()| Value::from(Array::sequence(mapped))))
}

/// `$map(array, function)`
///
/// # Errors
/// `T0410`. What the function raises.
pub fn map_by<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    let Ok(f) = function_of(function) else {
        return refuse(evaluation, BuiltIn::Map, &Value::Undefined, &[values, function]);
    };
    map(evaluation, values, &mut |item, index, whole| apply(evaluation, f, item, || index_of(index), whole))
}

/// `$filter(array, function)`
///
/// # Errors
/// What the function raises.
pub fn filter<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    function: &mut ForItem<'_, 'a>,
) -> Result<Value<'a>> {
    let mut kept = Vec::new();
    let given = for_each(evaluation, values, &mut |item, index, whole| {
        if is_true(&function(&item, index, whole)?)? {
            count_items(evaluation, 1)?;
            kept.push(item);
        }
        Ok(())
    })?;
    Ok(given.map_or(Value::Undefined, |()| Value::from(Array::sequence(kept))))
}

/// `$filter(array, function)`
///
/// # Errors
/// `T0410`. What the function raises.
pub fn filter_by<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    let Ok(f) = function_of(function) else {
        return refuse(evaluation, BuiltIn::Filter, &Value::Undefined, &[values, function]);
    };
    filter(evaluation, values, &mut |item, index, whole| apply(evaluation, f, item, || index_of(index), whole))
}

/// `$single(array, function)`
///
/// # Errors
/// `D3138`: there is more than one. `D3139`: there is none. What the function raises.
pub fn single<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    function: &mut ForItem<'_, 'a>,
) -> Result<Value<'a>> {
    let mut found = None;
    let given = for_each(evaluation, values, &mut |item, index, whole| {
        if is_true(&function(&item, index, whole)?)? && found.replace(item).is_some() {
            return Err(error("D3138", BuiltIn::Single).index(index));
        }
        Ok(())
    })?;
    match (given, found) {
        (None, _) => Ok(Value::Undefined),
        (Some(()), Some(found)) => Ok(found),
        (Some(()), None) => Err(error("D3139", BuiltIn::Single)),
    }
}

/// `$single(array, function)`; the function may be left out.
///
/// # Errors
/// `D3138`, `D3139`, `T0410`. What the function raises.
pub fn single_by<'a>(evaluation: &Evaluation<'a>, values: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    if function.is_undefined() {
        return single(evaluation, values, &mut |_, _, _| Ok(Value::Bool(true)));
    }
    let Ok(f) = function_of(function) else {
        return refuse(evaluation, BuiltIn::Single, &Value::Undefined, &[values, function]);
    };
    single(evaluation, values, &mut |item, index, whole| apply(evaluation, f, item, || index_of(index), whole))
}

/// What is done with each item: it gets what was made so far, the item, its index and the whole array.
pub type Fold<'f, 'a> = dyn FnMut(Value<'a>, &Value<'a>, usize, &Value<'a>) -> Result<Value<'a>> + 'f;

/// `$reduce(array, function, init)`
///
/// # Errors
/// What the function raises.
pub fn reduce<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    function: &mut Fold<'_, 'a>,
    init: &Value<'a>,
) -> Result<Value<'a>> {
    let mut result = init.clone();
    for_each(evaluation, values, &mut |item, index, whole| {
        result = if index == 0 && init.is_undefined() {
            item
        } else {
            function(std::mem::take(&mut result), &item, index, whole)?
        };
        Ok(())
    })
    .map(|given| given.map_or(Value::Undefined, |()| result))
}

/// `$reduce(array, function, init)`
///
/// # Errors
/// `D3050`: the function has less than two parameters. `T0410`. What the function raises.
pub fn reduce_by<'a>(
    evaluation: &Evaluation<'a>,
    values: &Value<'a>,
    function: &Value<'a>,
    init: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(f), false) = (function_of(function), matches!(init, Value::Function(_))) else {
        return refuse(evaluation, BuiltIn::Reduce, &Value::Undefined, &[values, function, init]);
    };
    if values.is_undefined() {
        return Ok(Value::Undefined);
    }
    let arity = f.arity();
    if arity < 2 {
        return Err(error("D3050", BuiltIn::Reduce).index(1));
    }
    let fold = &mut |before: Value<'a>, item: &Value<'a>, index: usize, whole: &Value<'a>| {
        let mut arguments = Vec::with_capacity(arity.min(4));
        arguments.extend([before, item.clone()]);
        if arity >= 3 {
            arguments.push(index_of(index));
        }
        if arity >= 4 {
            arguments.push(whole.clone());
        }
        f.call(evaluation, arguments)
    };
    reduce(evaluation, values, fold, init)
}

/// `$each(object, function)`
///
/// # Errors
/// What the function raises.
pub fn each<'a>(
    evaluation: &Evaluation<'a>,
    object: &Value<'a>,
    function: &mut ForMember<'_, 'a>,
) -> Result<Value<'a>> {
    let mut results = Vec::new();
    if let Some(members) = object.as_members() {
        members.for_each(|name, value| {
            evaluation.step(1)?;
            let result = function(&value, &name, object)?;
            if !result.is_undefined() {
                count_items(evaluation, 1)?;
                results.push(result);
            }
            Ok(())
        })?;
    } else if !object.is_undefined() {
        return refuse(evaluation, BuiltIn::Each, &Value::Undefined, &[object]);
    }
    Ok(Value::from(Array::sequence(results)))
}

/// `$each(object, function)`
///
/// # Errors
/// `T0410`, `T0411`. What the function raises.
pub fn each_of<'a>(evaluation: &Evaluation<'a>, object: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    let is_object = object.as_members().is_some() || object.is_undefined();
    let (Ok(f), true) = (function_of(function), is_object) else {
        return refuse(evaluation, BuiltIn::Each, &Value::Undefined, &[object, function]);
    };
    each(evaluation, object, &mut |value, name, whole| {
        apply(evaluation, f, value, || Value::String(name.clone()), whole)
    })
}

/// `$sift(object, function)`: the members for which the function says so; nothing when there are none.
///
/// # Errors
/// What the function raises.
pub fn sift<'a>(
    evaluation: &Evaluation<'a>,
    object: &Value<'a>,
    function: &mut ForMember<'_, 'a>,
) -> Result<Value<'a>> {
    let mut kept = Object::default();
    if let Some(members) = object.as_members() {
        members.for_each(|name, value| {
            evaluation.step(1)?;
            if is_true(&function(&value, &name, object)?)? {
                count_items(evaluation, 2)?;
                kept.insert(name, value);
            }
            Ok(())
        })?;
    } else if !object.is_undefined() {
        return refuse(evaluation, BuiltIn::Sift, &Value::Undefined, &[object]);
    }
    Ok(if kept.members().is_empty() { Value::Undefined } else { Value::from(kept) })
}

/// `$sift(object, function)`
///
/// # Errors
/// `T1006`: there is no function. `T0410`, `T0411`. What the function raises.
pub fn sift_by<'a>(evaluation: &Evaluation<'a>, object: &Value<'a>, function: &Value<'a>) -> Result<Value<'a>> {
    if function.is_undefined() {
        return sift(evaluation, object, &mut |_, _, _| Err(error("T1006", BuiltIn::Sift)));
    }
    let is_object = object.as_members().is_some() || object.is_undefined();
    let (Ok(f), true) = (function_of(function), is_object) else {
        return refuse(evaluation, BuiltIn::Sift, &Value::Undefined, &[object, function]);
    };
    sift(evaluation, object, &mut |value, name, whole| {
        apply(evaluation, f, value, || Value::String(name.clone()), whole)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::super::Storage;
    use super::super::tests::{check, native};
    use super::*;

    /// What a function gives for a value and a function of three parameters, which gives `result` of its arguments.
    fn with<'a>(
        call: impl Fn(&Evaluation<'a>, &Value<'a>, &Value<'a>) -> Result<Value<'a>>,
        storage: &'a Storage<'a>,
        value: &'a Json,
        result: impl Fn(&[Value<'a>]) -> Value<'a> + 'a,
    ) -> String {
        let evaluation = Evaluation::new(storage, &Json::Null);
        match call(&evaluation, &Value::from(value), &native(3, result)) {
            Ok(value) => value.into_json().map_or_else(|| "nothing".to_owned(), |json| json.to_string()),
            Err(error) => error.to_string(),
        }
    }

    fn is_two(arguments: &[Value<'_>]) -> bool {
        arguments.first().and_then(Value::as_number) == Some(2.0)
    }

    #[test]
    fn functions_get_value_place_and_whole() {
        let storage = Storage::without_context();
        let storage = &storage;
        let array = json!([7, 8]);
        assert_eq!(
            with(map_by, storage, &array, move |arguments| Value::from(Array::new(arguments.to_vec()))),
            "[[7,0,[7,8]],[8,1,[7,8]]]"
        );
        let object = json!({"a": 1});
        assert_eq!(
            with(each_of, storage, &object, move |arguments| Value::from(Array::new(arguments.to_vec()))),
            r#"[[1,"a",{"a":1}]]"#
        );
        let single = json!(7);
        assert_eq!(with(map_by, storage, &single, |arguments| arguments.last().cloned().unwrap()), "[[7]]");
    }

    #[test]
    fn values_are_chosen() {
        let storage = Storage::without_context();
        let (numbers, members, none, empty) = (json!([1, 2, 2]), json!({"a": 1, "b": 2}), json!([1]), json!({}));
        let is_two = |arguments: &[Value<'_>]| Value::Bool(is_two(arguments));
        assert_eq!(with(filter_by, &storage, &numbers, is_two), "[2,2]");
        assert_eq!(with(sift_by, &storage, &members, is_two), r#"{"b":2}"#);
        assert_eq!(with(sift_by, &storage, &empty, is_two), "nothing");
        assert_eq!(
            with(single_by, &storage, &numbers, is_two),
            "D3138: The $single() function expected exactly 1 matching result.  Instead it matched more."
        );
        assert_eq!(
            with(single_by, &storage, &none, is_two),
            "D3139: The $single() function expected exactly 1 matching result.  Instead it matched 0."
        );
    }

    #[test]
    fn built_in_functions_are_functions() {
        check("map", &json!([[1, 2], {"$": "string"}]), r#"["1","2"]"#);
        check("map", &json!([[{"a": 1}], {"$": "keys"}]), r#"["a"]"#);
        check(
            "map",
            &json!([["ab"], {"$": "substring"}]),
            r#"T0410: Argument 3 of function undefined does not match function signature"#,
        );
        check("filter", &json!([["ab", "cb", "b"], "/b/"]), r#"["ab","cb"]"#);
        check("reduce", &json!([[[1], [2], [3]], {"$": "append"}]), "[1,2,3]");
        check("reduce", &json!([[1, 2], {"$": "append"}, [0]]), "[0,1,2]");
        check("reduce", &json!([[], {"$": "append"}]), "nothing");
        check(
            "reduce",
            &json!([[1], {"$": "string"}]),
            "D3050: The second argument of reduce function must be a function with at least two arguments",
        );
        check("single", &json!([[5]]), "5");
        check("map", &json!([[1], 5]), r#"T0410: Argument 2 of function "map" does not match function signature"#);
        check(
            "each",
            &json!([5, {"$": "string"}]),
            r#"T0410: Argument 1 of function "each" does not match function signature"#,
        );
        check(
            "each",
            &json!([{"$": "string"}]),
            r#"T0411: Context value is not a compatible type with argument 1 of function "each""#,
        );
        check("sift", &json!([{"a": 1}]), "T1006: Attempted to invoke a non-function");
    }
}
