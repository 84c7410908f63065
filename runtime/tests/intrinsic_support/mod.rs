//! Calls the runtime's intrinsic functions as generated code would.

use asl_codegen::query::intrinsic::{ArgumentValue, Call, Function};
use asl_codegen::query::path::Path;
use asl_runtime::__private::intrinsic::{self, Written};
use asl_runtime::{Error, Value};

/// What a call gives at run time; `read` gives what a path finds.
pub(crate) fn evaluate(call: &Call, read: &dyn Fn(Written, &Path) -> Result<Value, Error>) -> Result<Value, Error> {
    let written = Written(leak(&call.text.text));
    let arguments = call
        .arguments
        .iter()
        .map(|argument| match &argument.value {
            ArgumentValue::Null => Ok(Value::Null),
            ArgumentValue::Boolean(boolean) => Ok(Value::Bool(*boolean)),
            // The reader that knows AWS's zero.
            ArgumentValue::Number(number) => intrinsic::string_to_json(written, &Value::from(number.as_str())),
            ArgumentValue::String(literal) => Ok(Value::from(literal.text.as_str())),
            ArgumentValue::Path(path) => read(written, path),
            ArgumentValue::Unread => panic!("a path that is not compiled"),
            ArgumentValue::Call(call) => evaluate(call, read),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let refs: Vec<&Value> = arguments.iter().collect();
    match (call.function, &refs[..]) {
        (Function::Array, items) => Ok(intrinsic::array(items)),
        (Function::ArrayContains, [a, b]) => intrinsic::array_contains(written, a, b),
        (Function::ArrayGetItem, [a, b]) => intrinsic::array_get_item(written, a, b),
        (Function::ArrayLength, [a]) => intrinsic::array_length(written, a),
        (Function::ArrayPartition, [a, b]) => intrinsic::array_partition(written, a, b),
        (Function::ArrayRange, [a, b, c]) => intrinsic::array_range(written, a, b, c),
        (Function::ArrayUnique, [a]) => intrinsic::array_unique(written, a),
        (Function::Base64Decode, [a]) => intrinsic::base64_decode(written, a),
        (Function::Base64Encode, [a]) => intrinsic::base64_encode(written, a),
        (Function::Format, [template, values @ ..]) => match &call.arguments[0].value {
            ArgumentValue::String(literal) => {
                let pieces = literal.pieces();
                let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
                Ok(intrinsic::format(&pieces, values))
            }
            _ => intrinsic::format_with(written, template, values),
        },
        (Function::Hash, [a, b]) => intrinsic::hash(written, a, b),
        (Function::JsonMerge, [a, b, c]) => intrinsic::json_merge(written, a, b, c),
        (Function::JsonToString, [a]) => Ok(intrinsic::json_to_string(a)),
        (Function::MathAdd, [a, b]) => intrinsic::math_add(written, a, b),
        (Function::MathRandom, [a, b]) => intrinsic::math_random(written, a, b, None),
        (Function::MathRandom, [a, b, c]) => intrinsic::math_random(written, a, b, Some(c)),
        (Function::StringSplit, [a, b]) => intrinsic::string_split(written, a, b),
        (Function::StringToJson, [a]) => intrinsic::string_to_json(written, a),
        (Function::UUID, []) => Ok(intrinsic::uuid()),
        (function, arguments) => panic!("{function:?} with {} arguments", arguments.len()),
    }
}

/// Generated code has its texts in the program.
pub(crate) fn leak(text: &str) -> &'static str {
    text.to_owned().leak()
}
