//! What calls give in every execution: those whose arguments are all constants, or calls of constants.

use serde_json::Value;

use super::{ArgumentValue, Call, Function};
use crate::intrinsic::{self as functions, Failure};

/// How much the arguments of a call may hold to be evaluated while compiling. AWS passes on no more than 256 KiB.
const LIMIT: Size = Size { values: 10_000, text: 256 * 1024 };

/// How much a value holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// Values: itself, and those in it.
    pub(crate) values: usize,
    /// Bytes of text in strings and names.
    pub(crate) text: usize,
}

impl Size {
    /// The size of a value.
    pub(crate) fn of(value: &Value) -> Self {
        let mut size = Self::default();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            size.values += 1;
            match value {
                Value::String(text) => size.text += text.len(),
                Value::Array(items) => open.extend(items),
                Value::Object(members) => {
                    size.text += members.keys().map(String::len).sum::<usize>();
                    open.extend(members.values());
                }
                _ => {}
            }
        }
        size
    }

    /// Whether it is not greater than the limit.
    pub(crate) fn within(self, limit: Self) -> bool {
        self.values <= limit.values && self.text <= limit.text
    }
}

impl ArgumentValue {
    /// The value when it is the same in every execution; `None` when it is not, or the call that gives it fails.
    pub fn constant(&self) -> Option<Value> {
        match self {
            ArgumentValue::Null => Some(Value::Null),
            ArgumentValue::Boolean(boolean) => Some(Value::Bool(*boolean)),
            ArgumentValue::Number(spelling) => number(spelling),
            ArgumentValue::String(literal) => Some(Value::from(literal.text.as_str())),
            ArgumentValue::Path(_) | ArgumentValue::Unread => None,
            ArgumentValue::Call(call) => call.constant()?.ok(),
        }
    }
}

impl Call {
    /// What the call gives in every execution. `None` when that depends on the data or on chance, when a call among the
    /// arguments fails, when there are not as many arguments as the function takes, or more in them than is evaluated while
    /// compiling.
    ///
    /// `States.MathRandom` is left to chance with a seed too: which number AWS's seeds give is not known.
    pub fn constant(&self) -> Option<Result<Value, Failure>> {
        if matches!(self.function, Function::UUID | Function::MathRandom) {
            return None;
        }
        let mut values = Vec::with_capacity(self.arguments.len());
        let mut size = Size::default();
        for argument in &self.arguments {
            let value = argument.value.constant()?;
            let added = Size::of(&value);
            size = Size { values: size.values + added.values, text: size.text + added.text };
            if !size.within(LIMIT) {
                return None;
            }
            values.push(value);
        }
        let values: Vec<&Value> = values.iter().collect();
        Some(match (self.function, &values[..]) {
            (Function::Array, items) => Ok(functions::array(items)),
            (Function::ArrayContains, [array, value]) => functions::array_contains(array, value),
            (Function::ArrayGetItem, [array, index]) => functions::array_get_item(array, index),
            (Function::ArrayLength, [array]) => functions::array_length(array),
            (Function::ArrayPartition, [array, size]) => functions::array_partition(array, size),
            (Function::ArrayRange, [first, last, step]) => functions::array_range(first, last, step),
            (Function::ArrayUnique, [array]) => functions::array_unique(array),
            (Function::Base64Decode, [text]) => functions::base64_decode(text),
            (Function::Base64Encode, [text]) => functions::base64_encode(text),
            (Function::Format, [_, values @ ..]) => {
                let pieces = self.pieces()?;
                pieces.map(|pieces| functions::format(&pieces.iter().map(String::as_str).collect::<Vec<_>>(), values))
            }
            (Function::Hash, [data, algorithm]) => functions::hash(data, algorithm),
            (Function::JsonMerge, [first, second, deep]) => functions::json_merge(first, second, deep),
            (Function::JsonToString, [value]) => Ok(functions::json_to_string(value)),
            (Function::MathAdd, [left, right]) => functions::math_add(left, right),
            (Function::StringSplit, [text, separators]) => functions::string_split(text, separators),
            (Function::StringToJson, [text]) => functions::string_to_json(text),
            _ => return None,
        })
    }

    /// Why the call fails in every execution that gets to it; `None` when it does not, or only for some data.
    pub(crate) fn failure(&self) -> Option<Failure> {
        match (self.function, &self.arguments[..]) {
            (Function::MathRandom, [start, end, ..]) => {
                functions::random_limits(&start.value.constant()?, &end.value.constant()?).err()
            }
            // The text alone shows it, whatever the values are.
            (Function::Format, _) => self.pieces()?.err(),
            _ => self.constant()?.err(),
        }
    }

    /// The pieces of text around the values of a `States.Format`, one more than there are values; `None` when its text is
    /// known at run time only, or is written with more or fewer `{}` than there are values, which is reported.
    pub fn pieces(&self) -> Option<Result<Vec<String>, Failure>> {
        let (template, values) = self.arguments.split_first().filter(|_| self.function == Function::Format)?;
        match &template.value {
            ArgumentValue::String(literal) => (literal.holes.len() == values.len()).then(|| Ok(literal.pieces())),
            template => Some(functions::cut(&template.constant()?, values.len())),
        }
    }
}

/// The number of a JSON spelling. Beyond 64 bits an integer becomes the nearest double; `None` when that is infinite.
fn number(spelling: &str) -> Option<Value> {
    let integer = spelling.parse::<i64>().map(Value::from).or_else(|_| spelling.parse::<u64>().map(Value::from));
    integer.ok().or_else(|| spelling.parse().ok().filter(|double: &f64| double.is_finite()).map(Value::from))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::node::Text;
    use crate::span::Span;

    /// Checks what a call gives in every execution: its JSON, why it fails, or `?`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let parsed = parse(&Text::opaque(text, Span::new(0, 0)));
        let given = parsed.map(|parsed| match (parsed.call.constant(), parsed.call.failure()) {
            (Some(Ok(value)), None) => value.to_string(),
            (_, Some(failure)) => failure.to_string(),
            (None, None) => "?".to_owned(),
            (Some(Err(failure)), None) => format!("a failure by the way: {failure}"),
        });
        let given = given.unwrap_or_else(|error| format!("{error:?}"));
        assert_eq!(given, expected, "{text}");
    }

    #[test]
    fn constant_calls_have_a_value() {
        check("States.Array()", "[]");
        check(
            "States.Array(1, 1.0, 1e2, -0, 18446744073709551615, null, true)",
            "[1,1.0,100.0,0,18446744073709551615,null,true]",
        );
        check("States.ArrayContains(States.StringToJson('[1]'), 1)", "true");
        check("States.ArrayGetItem(States.StringSplit('a,b', ','), 1)", r#""b""#);
        check("States.ArrayLength(States.ArrayRange(1, 1000, 1))", "1000");
        check("States.ArrayPartition(States.ArrayRange(1, 3, 1), 2)", "[[1,2],[3]]");
        check("States.ArrayUnique(States.Array(1, 1, 1.0))", "[1,1.0]");
        check("States.Base64Decode(States.Base64Encode('a'))", r#""a""#);
        check(r"States.Format('{}\{\} {', 'a')", r#""a{} {""#);
        check("States.Format(States.Base64Decode('e30te30='), 1, States.Array('a'))", r#""1-[a]""#);
        check("States.Hash('input data', 'MD5')", r#""812f45842bc6d66ee14572ce20db8e86""#);
        check(
            r#"States.JsonMerge(States.StringToJson('{"b":1}'), States.StringToJson('{"a":2}'), false)"#,
            r#"{"a":2,"b":1}"#,
        );
        check("States.JsonToString(States.Array('a'))", r#""[\"a\"]""#);
        check("States.MathAdd(1.5, -1)", "1");
    }

    #[test]
    fn calls_of_data_and_of_chance_have_none() {
        for text in [
            "States.Array($.a)",
            "States.Array(1, $$.State.Name)",
            "States.Array(States.UUID())",
            "States.MathRandom(1, 5)",
            "States.MathRandom(1, 5, 42)",
            "States.MathAdd(States.MathRandom(1, 5, 42), 1)",
            "States.Array(1e400)",
            "States.Array(States.StringToJson('{'))",
            "States.Format('{}')",
            "States.ArrayLength()",
        ] {
            check(text, "?");
        }
    }

    #[test]
    fn much_is_not_evaluated() {
        let ranges = |count| {
            format!("States.ArrayLength(States.Array({}))", vec!["States.ArrayRange(1, 999, 1)"; count].join(", "))
        };
        check(&ranges(9), "9");
        check(&ranges(10), "?");
    }

    #[test]
    fn constant_calls_can_fail() {
        check("States.ArrayRange(0, 1000, 1)", "States.ArrayRange makes no more than 1000 items");
        check(
            "States.MathRandom(5, 1, $.seed)",
            "Argument 2 of States.MathRandom must be greater than the first, found: 1",
        );
        check(
            "States.Format(States.JsonToString(1), $.a)",
            "The text of States.Format has 0 {}, and there are 1 values",
        );
    }
}
