//! Conditions, errors and actions in few words.

use crate::definition::{
    Comparison, Computed, Kind, Operand, Operation, Order, SecondsOrPath, State, Test, TextOrPath, TypeTest, Wait,
};
use crate::node::{Node, Text, Value};

/// A part of a description: words, or something that the definition names.
pub(super) enum Piece {
    Words(String),
    Name(String),
}

/// What a state does, beyond its type.
pub(super) fn action(state: &State) -> Vec<Piece> {
    let words = |text: &str| vec![Piece::Words(text.to_owned())];
    match &state.kind {
        None | Some(Kind::Choice { .. } | Kind::Succeed) => Vec::new(),
        Some(Kind::Task(task)) => {
            let resource = task.resource.iter().map(|arn| Piece::Name(resource(arn.as_str()).to_owned()));
            let limit = task.timeout.iter().flat_map(|timeout| match timeout {
                SecondsOrPath::Seconds(seconds) => words(&format!("at most {} s", seconds.value)),
                SecondsOrPath::Path(path) => vec![Piece::Words("at most".to_owned()), Piece::Name(path.text.clone())],
                SecondsOrPath::Expression(seconds) => {
                    vec![Piece::Words("at most".to_owned()), Piece::Name(seconds.text.text.clone())]
                }
            });
            resource.chain(limit).collect()
        }
        Some(Kind::Pass { result: Some(_) }) => words("gives a constant"),
        Some(Kind::Pass { result: None }) if state.parameters.is_some() => words("builds its output"),
        Some(Kind::Pass { result: None } | Kind::Wait(None)) => Vec::new(),
        Some(Kind::Wait(Some(wait))) => match wait {
            Wait::Seconds(seconds) => words(&format!("{} s", seconds.value)),
            Wait::SecondsPath(path) => vec![Piece::Name(path.text.clone()), Piece::Words("seconds".to_owned())],
            Wait::Timestamp(time) => vec![Piece::Words("until".to_owned()), Piece::Name(time.as_str().to_owned())],
            Wait::SecondsExpression(seconds) => {
                vec![Piece::Name(seconds.text.text.clone()), Piece::Words("seconds".to_owned())]
            }
            Wait::TimestampExpression(time) => {
                vec![Piece::Words("until".to_owned()), Piece::Name(time.text.text.clone())]
            }
            Wait::TimestampPath(path) => vec![Piece::Words("until".to_owned()), Piece::Name(path.text.clone())],
        },
        Some(Kind::Fail { error, .. }) => match error {
            None => Vec::new(),
            Some(TextOrPath::Text(error)) => vec![Piece::Name(error.as_str().to_owned())],
            Some(TextOrPath::Path(path)) => vec![Piece::Name(path.text.clone())],
            Some(TextOrPath::Call(call)) => vec![Piece::Name(call.text.text.clone())],
            Some(TextOrPath::Expression(error)) => vec![Piece::Name(error.text.text.clone())],
        },
        Some(Kind::Parallel { branches }) => match branches.len() {
            1 => words("1 branch"),
            count => words(&format!("{count} branches")),
        },
        Some(Kind::Map { .. }) => words("for each item"),
    }
}

/// The lines in a state's box: its name, its type and action, what is retried.
pub(super) fn lines(state: &State) -> Vec<String> {
    let mut lines = vec![one_line(state.name.as_str())];
    let mut second = match &state.kind {
        // The shape says it.
        Some(Kind::Choice { .. }) => String::new(),
        Some(kind) => kind.name().to_owned(),
        None => "?".to_owned(),
    };
    // The title of the inner machine says what a Map does.
    if !matches!(&state.kind, Some(Kind::Map(map)) if map.processor.is_some()) {
        for piece in action(state) {
            let (Piece::Words(text) | Piece::Name(text)) = piece;
            second.push(' ');
            second.push_str(&text);
        }
    }
    if !second.is_empty() {
        lines.push(short(&second));
    }
    if !state.retry.is_empty() {
        let names: Vec<_> = state.retry.iter().map(|retrier| errors(&retrier.error_equals)).collect();
        lines.push(short(&format!("↻ {}", names.join(", "))));
    }
    lines
}

/// The part of an ARN that says what is called.
fn resource(arn: &str) -> &str {
    // arn:partition:service:region:account:resource
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts[..] {
        ["arn", _, "states", _, _, resource] => resource.strip_prefix("::").unwrap_or(resource),
        ["arn", _, "lambda", _, _, resource] => resource,
        _ => arn,
    }
}

/// Error names, as a list.
pub(super) fn errors(names: &[Text]) -> String {
    names.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")
}

/// A condition as one would say it.
pub(super) fn condition(test: &Test) -> String {
    match test {
        Test::And(tests) => joined(tests, " and "),
        Test::Or(tests) => joined(tests, " or "),
        Test::Not(test) => format!("not {}", operand(test)),
        Test::Compare(comparison) => compare(comparison),
        Test::Condition(Computed::Expression(expression)) => expression.text.text.clone(),
        Test::Condition(Computed::Constant(Node { value: Value::Bool(false), .. })) => "never".to_owned(),
        Test::Condition(_) => "always".to_owned(),
    }
}

fn joined(tests: &[Test], word: &str) -> String {
    match tests {
        [test] => condition(test),
        tests => tests.iter().map(operand).collect::<Vec<_>>().join(word),
    }
}

/// A condition inside another.
fn operand(test: &Test) -> String {
    match test {
        Test::And(tests) | Test::Or(tests) if tests.len() > 1 => format!("({})", condition(test)),
        _ => condition(test),
    }
}

fn compare(comparison: &Comparison) -> String {
    let variable = &comparison.variable.text;
    match &comparison.operation {
        Operation::String(order, value) => {
            format!("{variable} {} {}", sign(*order), value_of(value, |text| format!("\"{text}\"")))
        }
        Operation::Numeric(order, value) | Operation::Timestamp(order, value) => {
            format!("{variable} {} {}", sign(*order), value_of(value, String::clone))
        }
        Operation::Boolean(value) => format!("{variable} = {}", value_of(value, bool::to_string)),
        Operation::StringMatches(pattern) => format!("{variable} matches \"{}\"", pattern.value),
        Operation::Is(test, wanted) => {
            let is = if *wanted { "is" } else { "is not" };
            format!("{variable} {is} {}", adjective(*test))
        }
    }
}

fn value_of<T>(operand: &Operand<T>, show: impl Fn(&T) -> String) -> String {
    match operand {
        Operand::Constant(constant) => show(&constant.value),
        Operand::Path(path) => path.text.clone(),
    }
}

fn sign(order: Order) -> &'static str {
    match order {
        Order::Equals => "=",
        Order::LessThan => "<",
        Order::LessThanEquals => "<=",
        Order::GreaterThan => ">",
        Order::GreaterThanEquals => ">=",
    }
}

fn adjective(test: TypeTest) -> &'static str {
    match test {
        TypeTest::Present => "present",
        TypeTest::Null => "null",
        TypeTest::Numeric => "a number",
        TypeTest::String => "a string",
        TypeTest::Boolean => "a boolean",
        TypeTest::Timestamp => "a timestamp",
    }
}

/// Characters of a label that are shown.
const LONGEST: usize = 60;

/// The text on one line, cut where it is too long for a label.
pub(super) fn short(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The text with blanks for breaks, and without characters that change how others are shown.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' => line.push(' '),
            // rustc refuses the latter in documentation.
            char if char.is_control() => line.extend(char.escape_unicode()),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
                line.extend(char.escape_unicode())
            }
            char => line.push(char),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{condition, one_line, resource, short};
    use crate::definition::{Operand, Operation, Order, Spanned, Test, TypeTest};
    use crate::diagram::tests::{compare, constant, path};
    use crate::span::Span;

    #[test]
    fn conditions() {
        let check = |test: &Test, expected: &str| assert_eq!(condition(test), expected);
        let equal = || compare("$.a", Operation::String(Order::Equals, constant("x".to_owned())));
        let present = || compare("$.b", Operation::Is(TypeTest::Present, false));
        check(&equal(), "$.a = \"x\"");
        check(&present(), "$.b is not present");
        check(&compare("$.a", Operation::Boolean(constant(true))), "$.a = true");
        check(&compare("$.a", Operation::Numeric(Order::LessThanEquals, Operand::Path(path("$.b")))), "$.a <= $.b");
        let pattern = Spanned { value: "*.txt".to_owned(), span: Span::default() };
        check(&compare("$.a", Operation::StringMatches(pattern)), "$.a matches \"*.txt\"");
        check(&Test::Not(Box::new(equal())), "not $.a = \"x\"");
        check(
            &Test::Not(Box::new(Test::Or(vec![equal(), Test::And(vec![present(), present()])]))),
            "not ($.a = \"x\" or ($.b is not present and $.b is not present))",
        );
        check(&Test::And(vec![equal()]), "$.a = \"x\"");
    }

    #[test]
    fn resources() {
        let check = |arn: &str, expected: &str| assert_eq!(resource(arn), expected);
        check("arn:aws:states:::dynamodb:getItem", "dynamodb:getItem");
        check("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "sqs:sendMessage.waitForTaskToken");
        check("arn:aws:states:eu-west-1:123456789012:activity:Pack", "activity:Pack");
        check("arn:aws-cn:lambda:cn-north-1:123456789012:function:Pay", "function:Pay");
        check("${PayFunction}", "${PayFunction}");
        check("", "");
    }

    #[test]
    fn labels_are_short_and_plain() {
        assert_eq!(short(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
        assert_eq!(one_line("a\nb\u{7}\u{202e}c"), "a b\\u{7}\\u{202e}c");
    }
}
