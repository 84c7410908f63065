//! Calls of intrinsic functions in generated code: those of constants are values there, the same as at run time, and any
//! text gives findings or code that is Rust.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "../../runtime/tests/intrinsic_support/mod.rs"]
mod intrinsic_support;

use asl_codegen::codes::Code;
use asl_codegen::definition::Kind;
use asl_codegen::diagnostic::Level;
use asl_codegen::query::intrinsic::{Call, Function};
use asl_codegen::query::template::{FieldValue, Template};
use asl_codegen::source::Source;
use asl_codegen::{Compiled, Options, compile, text};
use intrinsic_support::evaluate;
use proptest::prelude::*;
use quote::ToTokens;
use serde_json::{Map, Number, Value, json};

/// The machine of one state, compiled with the lints allowed: what they stop has code too.
fn compiled(state: &Value) -> Compiled {
    let definition = json!({"StartAt": "Make", "States": {"Make": state}});
    let levels = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| (*code, Level::Allow)).collect();
    compile(Source::new("x.asl.json", definition.to_string()), &Options { levels, ..Options::default() })
}

/// A machine that gives `call` to `x.$`.
fn machine(call: &str) -> Compiled {
    compiled(&json!({"Type": "Pass", "Parameters": {"x.$": call}, "End": true}))
}

/// The call in a [`machine`], as it was read.
fn call_in(machine: &Compiled) -> Option<&Call> {
    match (&machine.definition.as_ref()?.states.first()?.kind, &machine.definition.as_ref()?.states.first()?.parameters)
    {
        (Some(Kind::Pass { .. }), Some(Template::Object { fields, .. })) => match &fields.first()?.value {
            FieldValue::Call(call) => Some(call),
            _ => None,
        },
        _ => None,
    }
}

/// What the function of a [`machine`] does, without blanks: the statements that bind what a call takes and gives, and
/// the expression for `x` behind them; and the value of that when it is a constant.
fn code(machine: &Compiled) -> (String, Option<Value>) {
    let tokens = machine.tokens().unwrap_or_else(|| panic!("no code: {:#?}", machine.diagnostics));
    let file = syn::parse2::<syn::File>(tokens).unwrap();
    let Some(syn::Item::Mod(module)) = file.items.first() else { panic!("no module") };
    let functions = module.content.iter().flat_map(|(_, items)| items).filter_map(|item| match item {
        syn::Item::Impl(block) => Some(&block.items),
        _ => None,
    });
    let make = functions.flatten().find_map(|item| match item {
        syn::ImplItem::Fn(function) if function.sig.ident == "make" => Some(&function.block.stmts),
        _ => None,
    });
    let make = make.unwrap_or_else(|| panic!("no function"));
    let mut code = String::new();
    for statement in make {
        if let syn::Stmt::Local(syn::Local { init: Some(init), .. }) = statement
            && let Some([(_, x)]) = members(&init.expr).as_deref()
        {
            return (code + &written(x), value(x));
        }
        let statement = written(statement);
        if !statement.starts_with("letcall=") {
            code += &format!("{statement} ");
        }
    }
    panic!("no object is made: {code}")
}

/// The members of a `__rt::object`.
fn members(expression: &syn::Expr) -> Option<Vec<(String, &syn::Expr)>> {
    let members = called(expression, "__rt::object")?;
    let members = elements(members)?.map(|member| match member {
        syn::Expr::Tuple(pair) if pair.elems.len() == 2 => match &pair.elems[0] {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) => Some((name.value(), &pair.elems[1])),
            _ => None,
        },
        _ => None,
    });
    members.collect()
}

fn elements(expression: &syn::Expr) -> Option<impl Iterator<Item = &syn::Expr>> {
    match expression {
        syn::Expr::Array(array) => Some(array.elems.iter()),
        _ => None,
    }
}

/// The one argument of a call of `function`.
fn called<'a>(expression: &'a syn::Expr, function: &str) -> Option<&'a syn::Expr> {
    match expression {
        syn::Expr::Call(call) if written(&call.func) == function && call.args.len() == 1 => call.args.first(),
        _ => None,
    }
}

/// Tokens without blanks between them.
fn written(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().split(' ').collect()
}

/// The value of a constant of generated code; `None` for what is no constant.
fn value(expression: &syn::Expr) -> Option<Value> {
    if written(expression) == "__rt::Value::Null" {
        return Some(Value::Null);
    }
    if let Some(literal) = called(expression, "__rt::Value::Bool").or_else(|| called(expression, "__rt::Value::from")) {
        return scalar(literal);
    }
    if let Some(items) = called(expression, "__rt::array") {
        return elements(items)?.map(value).collect();
    }
    let members = members(expression)?.into_iter().map(|(name, member)| Some((name, value(member)?)));
    Some(Value::Object(members.collect::<Option<Map<_, _>>>()?))
}

fn scalar(expression: &syn::Expr) -> Option<Value> {
    let (sign, literal) = match expression {
        syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => ("-", &**expr),
        literal => ("", literal),
    };
    let syn::Expr::Lit(literal) = literal else { return None };
    Some(match &literal.lit {
        syn::Lit::Bool(boolean) => Value::Bool(boolean.value),
        syn::Lit::Str(text) => Value::from(text.value()),
        syn::Lit::Int(number) => match number.suffix() {
            "i64" => Value::from(format!("{sign}{}", number.base10_digits()).parse::<i64>().ok()?),
            "u64" => Value::from(number.base10_digits().parse::<u64>().ok()?),
            "f64" => Value::from(format!("{sign}{}", number.base10_digits()).parse::<f64>().ok()?),
            _ => return None,
        },
        syn::Lit::Float(number) => Value::from(format!("{sign}{}", number.base10_digits()).parse::<f64>().ok()?),
        _ => return None,
    })
}

/// Checks the [`code`] for a call.
#[track_caller]
fn check(call: &str, expected: &str) {
    let (found, _) = code(&machine(call));
    assert_eq!(found, expected, "{call}");
}

#[test]
fn calls_of_constants_are_values() {
    check("States.MathAdd(1, 2)", "__rt::Value::from(3i64)");
    check("States.ArrayGetItem(States.StringToJson('[-0.0, 1e2]'), 0)", "__rt::Value::from(-0f64)");
    check("States.Format('{}-{}', 'a', 1.50)", r#"__rt::Value::from("a-1.5")"#);
    check(
        "States.StringToJson('{\"b\": [null, true], \"a\": 18446744073709551615}')",
        r#"__rt::object([("b",__rt::array([__rt::Value::Null,__rt::Value::Bool(true)])),("a",__rt::Value::from(18446744073709551615u64))])"#,
    );
}

#[test]
fn constants_in_a_call_with_paths_are_values() {
    check(
        "States.Format('{}/{}/{}', States.MathAdd(1, 2), $.a, 'b')",
        r#"leta=__rt::intrinsic::argument(call,data,&__rt::at("$.a",&[Name("a")]))?; letx=__rt::intrinsic::format(&["3/","/b"],&[a]); x"#,
    );
    check(
        "States.Format(States.Base64Decode('e30te30='), $.a, 1)",
        r#"leta=__rt::intrinsic::argument(call,data,&__rt::at("$.a",&[Name("a")]))?; letx=__rt::intrinsic::format(&["","-1"],&[a]); x"#,
    );
    check(
        "States.ArrayContains(States.Array('x', States.StringSplit('y,z', ',')), $.a)",
        r#"leta=__rt::intrinsic::argument(call,data,&__rt::at("$.a",&[Name("a")]))?; letx=__rt::intrinsic::array_contains(call,&__rt::array([__rt::Value::from("x"),__rt::array([__rt::Value::from("y"),__rt::Value::from("z")])]),a)?; x"#,
    );
}

#[test]
fn what_is_random_or_large_or_fails_stays_a_call() {
    check("States.UUID()", "letx=__rt::intrinsic::uuid(); x");
    let seeded = "letx=__rt::intrinsic::math_random(call,&__rt::Value::from(1i64),&__rt::Value::from(5i64),Some(&__rt::Value::from(42i64)))?; x";
    check("States.MathRandom(1, States.MathAdd(2, 3), 42)", seeded);
    let range = "letx=__rt::intrinsic::array_range(call,&__rt::Value::from(1i64),&__rt::Value::from(32i64),&__rt::Value::from(1i64))?; x";
    check("States.ArrayRange(1, 32, 1)", range);
    check("States.ArrayLength(States.ArrayRange(1, 32, 1))", "__rt::Value::from(32i64)");
    check("States.StringToJson('{')", r#"letx=__rt::intrinsic::string_to_json(call,&__rt::Value::from("{"))?; x"#);
    check(
        "States.Format(States.Array($.a), 1)",
        r#"leta=__rt::intrinsic::argument(call,data,&__rt::at("$.a",&[Name("a")]))?; letarray=__rt::intrinsic::array(&[a]); letx=__rt::intrinsic::format_with(call,&array,&[&__rt::Value::from(1i64)])?; x"#,
    );
}

#[test]
fn a_cause_of_constants_is_a_text() {
    let state = json!({"Type": "Fail", "CausePath": "States.Format('{} of {}', 1, 2)", "ErrorPath": "$.error"});
    let text = text(&compiled(&state)).unwrap();
    assert!(text.contains("Some(\"1 of 2\".into())") && !text.contains("intrinsic"), "{text}");
}

/// Texts of arguments, by what they are.
#[derive(Clone)]
struct Arguments {
    string: BoxedStrategy<String>,
    number: BoxedStrategy<String>,
    array: BoxedStrategy<String>,
    object: BoxedStrategy<String>,
    any: BoxedStrategy<String>,
}

/// A string of a call.
fn quoted(text: &str) -> String {
    let escaped = text.chars().flat_map(|character| {
        let backslash = matches!(character, '\'' | '{' | '}' | '\\').then_some('\\');
        backslash.into_iter().chain([character])
    });
    format!("'{}'", escaped.collect::<String>())
}

fn json_value() -> BoxedStrategy<Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3..4i64).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("JSON has no other", |number| Number::from_f64(number).map(Value::from)),
        any::<String>().prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    let nested = scalar.prop_recursive(2, 12, 4, |inner| {
        let members = proptest::collection::vec(("[a-zA-F]{1,3}", inner.clone()), 0..20);
        let object = members.prop_map(|members| Value::Object(members.into_iter().collect()));
        prop_oneof![proptest::collection::vec(inner, 0..4).prop_map(Value::from), object]
    });
    nested.boxed()
}

impl Arguments {
    fn plain() -> Self {
        let string = prop_oneof![
            any::<String>().prop_map(|text| quoted(&text)),
            "[a-c,.]{0,6}".prop_map(|text| quoted(&text)),
            json_value().prop_map(|value| quoted(&value.to_string())),
        ];
        let number = prop_oneof![
            4 => (-3..8i64).prop_map(|number| number.to_string()),
            1 => any::<i64>().prop_map(|number| number.to_string()),
            1 => any::<f64>().prop_filter("JSON has no other", |number| number.is_finite()).prop_map(|number| number.to_string()),
            1 => (-9..9i64, 0..100u8, -2..3i8).prop_map(|(number, fraction, exponent)| format!("{number}.{fraction}e{exponent}")),
            1 => Just("-0".to_owned()),
        ];
        let parsed = |value: Value| format!("States.StringToJson({})", quoted(&value.to_string()));
        let array = proptest::collection::vec(json_value(), 0..5).prop_map(move |items| parsed(Value::from(items)));
        let members = proptest::collection::vec(("[a-zA-F]{1,3}", json_value()), 0..16);
        let object = members.prop_map(move |members| parsed(Value::Object(members.into_iter().collect())));
        let (string, number, array, object) = (string.boxed(), number.boxed(), array.boxed(), object.boxed());
        let word = prop_oneof![Just("null".to_owned()), Just("true".to_owned()), Just("false".to_owned())];
        let any = prop_oneof![string.clone(), number.clone(), array.clone(), object.clone(), word].boxed();
        Self { string, number, array, object, any }
    }

    /// Calls of these.
    fn called(&self) -> Self {
        fn call<S: Strategy<Value = impl std::fmt::Debug + 'static> + 'static>(
            function: Function,
            arguments: S,
            text: fn(S::Value) -> String,
        ) -> BoxedStrategy<String> {
            arguments.prop_map(move |arguments| format!("{}({})", function.name(), text(arguments))).boxed()
        }
        let Self { string, number, array, object, any } = self;
        let list = |arguments: &BoxedStrategy<String>| proptest::collection::vec(arguments.clone(), 0..4);
        let pair = |(first, second): (String, String)| format!("{first}, {second}");
        let algorithm = proptest::sample::select(&["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"][..]);
        let strings = prop_oneof![
            2 => string.clone(),
            1 => call(Function::Base64Encode, string.clone(), |text| text),
            1 => call(Function::Base64Decode, call(Function::Base64Encode, string.clone(), |text| text), |text| text),
            1 => call(Function::Base64Decode, string.clone(), |text| text),
            1 => call(Function::JsonToString, any.clone(), |value| value),
            1 => call(Function::Hash, (any.clone(), algorithm), |(data, algorithm)| format!("{data}, '{algorithm}'")),
            2 => call(Function::Format, list(any), |values| {
                format!("'{}'{}", " {}".repeat(values.len()), values.iter().map(|value| format!(", {value}")).collect::<String>())
            }),
            1 => call(Function::Format, (string.clone(), list(any)), |(text, values)| {
                let encoded = format!("States.Format('{{}}', {text})");
                [encoded].into_iter().chain(values).collect::<Vec<_>>().join(", ")
            }),
        ];
        let numbers = prop_oneof![
            2 => number.clone(),
            1 => call(Function::MathAdd, (number.clone(), number.clone()), pair),
            1 => call(Function::ArrayLength, array.clone(), |array| array),
        ];
        let arrays = prop_oneof![
            1 => array.clone(),
            1 => call(Function::Array, list(any), |items| items.join(", ")),
            1 => call(Function::ArrayPartition, (array.clone(), number.clone()), pair),
            1 => call(Function::ArrayUnique, array.clone(), |array| array),
            1 => call(Function::StringSplit, (string.clone(), string.clone()), pair),
            1 => call(Function::ArrayRange, (number.clone(), number.clone(), number.clone()), |(first, last, step)| {
                format!("{first}, {last}, {step}")
            }),
        ];
        let objects = prop_oneof![
            1 => object.clone(),
            1 => call(Function::JsonMerge, (object.clone(), object.clone()), |(first, second)| format!("{first}, {second}, false")),
        ];
        let (string, number) = (strings.boxed(), numbers.boxed());
        let item = call(Function::ArrayGetItem, (array.clone(), number.clone()), pair);
        let contains = call(Function::ArrayContains, (array.clone(), any.clone()), pair);
        let parsed = call(Function::StringToJson, string.clone(), |text| text);
        let (array, object) = (arrays.boxed(), objects.boxed());
        let any =
            prop_oneof![string.clone(), number.clone(), array.clone(), object.clone(), item, contains, parsed].boxed();
        Self { string, number, array, object, any }
    }
}

proptest! {
    /// The compiler, the emitted constant and the runtime give the same, in the order of members and the class of numbers.
    #[test]
    fn a_folded_call_is_what_the_runtime_gives(call in Arguments::plain().called().called().called().any) {
        prop_assume!(call.starts_with("States."));
        let machine = machine(&call);
        let read = call_in(&machine).unwrap_or_else(|| panic!("{call}: {:#?}", machine.diagnostics));
        let given = evaluate(read, &|_, _| panic!("no path is in it"));
        match (read.constant(), &given) {
            (Some(Ok(value)), Ok(given)) => prop_assert_eq!(value.to_string(), given.to_string()),
            (Some(Err(failure)), Err(error)) => {
                prop_assert!(error.cause().unwrap_or_default().ends_with(&failure.to_string()), "{failure}: {error}");
            }
            // A call inside it fails, or it is large.
            (None, _) => {}
            (constant, given) => panic!("{call}: {constant:?}, {given:?}"),
        }
        match (code(&machine).1, given) {
            (Some(value), Ok(given)) => prop_assert_eq!(value.to_string(), given.to_string()),
            (Some(value), Err(error)) => panic!("{call}: {value}, {error}"),
            (None, Ok(given)) => prop_assert!(given.to_string().len() > 64, "{call} is not folded"),
            (None, Err(_)) => {}
        }
    }

    /// Any text that is like a call gives findings, or code that is Rust.
    #[test]
    fn any_call_compiles_or_is_refused(
        function in proptest::sample::select(Function::ALL),
        parts in proptest::collection::vec(part(), 0..12),
    ) {
        let text = format!("{}({}", function.name(), parts.concat());
        for state in [
            json!({"Type": "Pass", "Parameters": {"x.$": text, "y": [{"z.$": text}]}, "ResultPath": "$.x", "End": true}),
            json!({"Type": "Fail", "ErrorPath": text, "CausePath": text}),
        ] {
            let compiled = compiled(&state);
            prop_assert_eq!(compiled.failed(), compiled.tokens().is_none(), "{:#?}", compiled.diagnostics);
            if let Some(tokens) = compiled.tokens() {
                syn::parse2::<syn::File>(tokens).unwrap_or_else(|error| panic!("{error}: {text}"));
            }
        }
    }
}

/// A part of a text that is like a call.
fn part() -> impl Strategy<Value = String> {
    let known = [
        "(",
        ")",
        ")",
        ")",
        ",",
        ", ",
        "'",
        "\\",
        "\\'",
        "{}",
        "{",
        "'{}'",
        "'a'",
        "'{'",
        "'MD5'",
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.5",
        "1e400",
        "-0",
        "99999999999999999999",
        "$",
        "$.a",
        "$.a[0]",
        "$$",
        "$$.State.Name",
        "$.a[*]",
        "'é'",
        "'[1]'",
        "'{\\}'",
        "States.",
        "States.Array(",
        "States.StringToJson(",
        "States.UUID()",
        "States.MathAdd(1, 2)",
        "States.ArrayRange(1, 9, 1)",
    ];
    prop_oneof![
        8 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => Arguments::plain().any,
    ]
}
