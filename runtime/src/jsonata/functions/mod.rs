//! The built-in functions: JSONata's, and those that AWS adds. <https://docs.jsonata.org/string-functions> and the pages
//! beside it; AWS developer guide, "Transforming data with JSONata in Step Functions".
//!
//! [`call`] is for whoever knows the function only when it is called. The functions in here are for generated code: they
//! take all their parameters, [`Undefined`](Value::Undefined) for one that is left out, and hold to their signatures as
//! [`call`] does. One for which the context can take the place of an argument of the wrong type is given the context.
//!
//! What a function gives can be a sequence of one value or of none: whoever calls it in an expression makes that the value,
//! or nothing, with [`singleton`](super::path::singleton).

mod argument;

pub mod aggregate;
pub mod array;
pub mod aws;
pub mod encoding;
pub mod general;
pub mod higher_order;
pub mod matching;
pub mod number;
pub mod object;
pub mod string;
pub mod time;

use super::signature::{arrange, fits_as_given};
use super::{Array, BuiltIn, Error, Evaluation, Function, List, Object, Result, Value};

/// Calls a built-in function. `context` is what `$` is: a function whose signature says so takes it for a missing
/// argument.
///
/// # Errors
/// `T0410`, `T0411`, `T0412`: an argument that the signature does not allow. What the function itself raises.
pub fn call<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>> {
    evaluation.step(1)?;
    let parameters = function.parameters();
    // Those that take several look into them themselves.
    if fits_as_given(parameters, &arguments) {
        return dispatch(evaluation, function, context, &arguments);
    }
    let arranged = arrange(function.name(), parameters, context, arguments)?;
    let arguments: Vec<Value<'a>> = arranged.into_iter().map(|(_, argument)| argument).collect();
    dispatch(evaluation, function, context, &arguments)
}

/// Calls a function with arguments that match its parameters, but for what is in arrays.
fn dispatch<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    context: &Value<'a>,
    arguments: &[Value<'a>],
) -> Result<Value<'a>> {
    use BuiltIn as F;
    let nothing = Value::Undefined;
    let argument = |index: usize| arguments.get(index).unwrap_or(&nothing);
    let (a, b, c, d) = (argument(0), argument(1), argument(2), argument(3));
    match function {
        F::Abs => number::abs(evaluation, a),
        F::Append => array::append(evaluation, a, b),
        F::Assert => general::assert(evaluation, a, b),
        F::Average => aggregate::average(evaluation, a),
        F::Base64Decode => encoding::base64_decode(evaluation, a),
        F::Base64Encode => encoding::base64_encode(evaluation, a),
        F::Boolean => general::boolean(evaluation, a),
        F::Ceil => number::ceil(evaluation, a),
        F::Contains => matching::contains(evaluation, a, b),
        F::Count => aggregate::count(evaluation, a),
        F::DecodeUrl => encoding::decode_url(evaluation, a),
        F::DecodeUrlComponent => encoding::decode_url_component(evaluation, a),
        F::Distinct => array::distinct(evaluation, a),
        F::Each => higher_order::each_of(evaluation, a, b),
        F::EncodeUrl => encoding::encode_url(evaluation, a),
        F::EncodeUrlComponent => encoding::encode_url_component(evaluation, a),
        F::Error => general::error(evaluation, a),
        F::Eval => general::eval(evaluation, context, a, b),
        F::Exists => general::exists(evaluation, a),
        F::Filter => higher_order::filter_by(evaluation, a, b),
        F::Floor => number::floor(evaluation, a),
        F::FormatBase => number::format_base(evaluation, a, b),
        F::FormatInteger => number::format_integer(evaluation, a, b),
        F::FormatNumber => number::format_number(evaluation, context, a, b, c),
        F::FromMillis => time::from_millis(evaluation, context, a, b, c),
        F::Hash => aws::hash(evaluation, a, b),
        F::Join => string::join(evaluation, a, b),
        F::Keys => object::keys(evaluation, a),
        F::Length => string::length(evaluation, a),
        F::Lookup => object::lookup(evaluation, a, b),
        F::Lowercase => string::lowercase(evaluation, a),
        F::Map => higher_order::map_by(evaluation, a, b),
        F::Match => matching::match_(evaluation, context, a, b, c),
        F::Max => aggregate::max(evaluation, a),
        F::Merge => object::merge(evaluation, a),
        F::Millis => time::millis(evaluation),
        F::Min => aggregate::min(evaluation, a),
        F::Not => general::not(evaluation, a),
        F::Now => time::now(evaluation, a, b),
        F::Number => number::number(evaluation, a),
        F::Pad => string::pad(evaluation, context, a, b, c),
        F::Parse => aws::parse(evaluation, a),
        F::ParseInteger => number::parse_integer(evaluation, a, b),
        F::Partition => aws::partition(evaluation, a, b),
        F::Power => number::power(evaluation, a, b),
        F::Random => aws::random(evaluation, a),
        F::Range => aws::range(evaluation, a, b, c),
        F::Reduce => higher_order::reduce_by(evaluation, a, b, c),
        F::Replace => matching::replace(evaluation, context, a, b, c, d),
        F::Reverse => array::reverse(evaluation, a),
        F::Round => number::round(evaluation, a, b),
        F::Shuffle => array::shuffle(evaluation, a),
        F::Sift => higher_order::sift_by(evaluation, a, b),
        F::Single => higher_order::single_by(evaluation, a, b),
        F::Sort => array::sort_by(evaluation, a, b),
        F::Split => matching::split(evaluation, context, a, b, c),
        F::Spread => object::spread(evaluation, a),
        F::Sqrt => number::sqrt(evaluation, a),
        F::String => string::string(evaluation, a, b),
        F::Substring => string::substring(evaluation, context, a, b, c),
        F::SubstringAfter => string::substring_after(evaluation, a, b),
        F::SubstringBefore => string::substring_before(evaluation, a, b),
        F::Sum => aggregate::sum(evaluation, a),
        F::ToMillis => time::to_millis(evaluation, a, b),
        F::Trim => string::trim(evaluation, a),
        F::Type => general::type_of(evaluation, a),
        F::Uppercase => string::uppercase(evaluation, a),
        F::Uuid => aws::uuid(evaluation),
        F::Zip => array::zip(evaluation, arguments),
    }
}

/// A text that is made while evaluating.
fn text<'a>(evaluation: &Evaluation<'a>, text: String) -> Result<Value<'a>> {
    count_bytes(evaluation, text.len())?;
    Ok(Value::from(text))
}

/// Counts bytes of text that are to be made or read.
#[inline]
fn count_bytes(evaluation: &Evaluation<'_>, bytes: usize) -> Result<()> {
    evaluation.allocate(bytes as u64)?;
    evaluation.step(bytes as u64 / 1024)
}

/// Counts values that are to be put into an array.
#[inline]
pub(super) fn count_items(evaluation: &Evaluation<'_>, items: usize) -> Result<()> {
    evaluation.allocate((items * size_of::<Value<'_>>()) as u64)?;
    evaluation.step(items as u64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use asl_codegen::jsonata::syntax;
    use serde_json::{Value as Json, json};

    use super::super::value::function::Native;
    use super::super::{Limits, Regex, Storage};
    use super::*;

    /// What a function gives for arguments, with `"here"` as the context: its JSON, `nothing`, or an error. An argument that
    /// is `"/…/"` is a regular expression, and `{"$": "name"}` the built-in function of that name; `{"$": ""}` is nothing.
    pub(super) fn shown(name: &str, arguments: &Json) -> String {
        shown_within(name, arguments, Limits::default())
    }

    fn shown_within(name: &str, arguments: &Json, limits: Limits) -> String {
        let storage = Storage::without_context();
        let (input, context) = (Json::Null, json!("here"));
        let evaluation = Evaluation::new(&storage, &input).with_limits(limits);
        let arguments = arguments.as_array().unwrap().iter().map(argument).collect();
        let function = BuiltIn::named(name).unwrap();
        let result = call(&evaluation, function, &Value::from(&context), arguments);
        match result.map(|value| super::super::path::unwrapped(value, false)) {
            Ok(Value::Undefined) => "nothing".to_owned(),
            Ok(value) => value.into_json().map_or_else(|| "a function".to_owned(), |json| json.to_string()),
            Err(error) => error.to_string(),
        }
    }

    fn argument(json: &Json) -> Value<'_> {
        let regex = json.as_str().and_then(|text| text.strip_prefix('/')?.strip_suffix('/'));
        if let Some(pattern) = regex {
            let literal = syntax::Regex { pattern: pattern.to_owned(), ignore_case: false, multi_line: false };
            return Value::from(Function::Regex(Regex::of(&literal).unwrap()));
        }
        match json.get("$").and_then(Json::as_str) {
            Some("") => Value::Undefined,
            Some(name) => Value::from(Function::BuiltIn(BuiltIn::named(name).unwrap())),
            None => Value::from(json),
        }
    }

    pub(super) fn check(name: &str, arguments: &Json, expected: &str) {
        assert_eq!(shown(name, arguments), expected, "${name} of {arguments}");
    }

    /// A function of generated code.
    pub(super) fn native<'a>(arity: usize, call: impl Fn(&[Value<'a>]) -> Value<'a> + 'a) -> Value<'a> {
        let call = Box::new(move |_: &Evaluation<'a>, arguments: &[Value<'a>]| Ok(call(arguments)));
        Value::from(Function::Native(Native { arity, call }))
    }

    #[test]
    fn every_function_takes_any_arguments_or_refuses_them() {
        let values = [
            json!(null),
            json!(true),
            json!(-1.5),
            json!(1e300),
            json!("a😀%"),
            json!([]),
            json!([1, "a", [null]]),
            json!({"a": 1}),
            json!({"$": ""}),
            json!({"$": "string"}),
            json!("/a*/"),
        ];
        for function in BuiltIn::all() {
            shown(function.name(), &json!([]));
            for first in &values {
                shown(function.name(), &json!([first]));
                for second in &values {
                    shown(function.name(), &json!([first, second]));
                    for third in &values {
                        shown(function.name(), &json!([first, second, third]));
                        shown(function.name(), &json!([first, second, third, third]));
                    }
                }
            }
        }
    }

    #[test]
    fn what_makes_much_is_stopped() {
        let limits = Limits { steps: 10_000, memory: 10_000, depth: 10 };
        let stopped = |name: &str, arguments: Json| {
            let shown = shown_within(name, &arguments, limits);
            assert!(shown.starts_with("U1001: "), "${name} of {arguments}: {shown}");
        };
        stopped("pad", json!(["a", 1e15]));
        stopped("range", json!([1, 1e15, 1]));
        stopped("join", json!([vec!["a".repeat(100); 200]]));
        stopped("replace", json!(["a".repeat(200), "a", "b".repeat(100)]));
        stopped("replace", json!(["a".repeat(200), "/a/", "$0$0$0".repeat(20)]));
        stopped("split", json!(["a".repeat(1000), ""]));
        stopped("append", json!([vec![0; 500], vec![0; 500]]));
        stopped("map", json!([vec![0; 1000], {"$": "string"}]));
        stopped("partition", json!([vec![0; 1000], 1]));
        stopped("parse", json!(["0".repeat(1000)]));
    }
}
