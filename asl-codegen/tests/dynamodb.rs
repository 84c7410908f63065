//! DynamoDB's expressions: what is read, and what DynamoDB refuses, in its words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use asl_codegen::dynamodb::{Condition, Known, Number, Problem, Projection, Scope, Tag, Update, Value};
use proptest::prelude::*;

/// Names `#n`, `#status`; values `:s`, `:n`, … of the type their first letters say.
struct Example;

impl Scope for Example {
    fn name(&self, placeholder: &str) -> Known<&str> {
        match placeholder {
            "#n" => Known::Is("name"),
            "#status" => Known::Is("status"),
            "#unknown" => Known::Unknown,
            _ => Known::Missing,
        }
    }

    fn value(&self, placeholder: &str) -> Known<Value<'_>> {
        let (tag, text) = match placeholder {
            ":s" => (Tag::S, Some("S")),
            ":text" => (Tag::S, Some("abc")),
            ":n" | ":n2" => (Tag::N, None),
            ":b" => (Tag::B, None),
            ":ss" => (Tag::Ss, None),
            ":l" => (Tag::L, None),
            ":bool" => (Tag::Bool, None),
            ":unknown" => return Known::Unknown,
            _ => return Known::Missing,
        };
        let number = (tag == Tag::N).then(|| Number::parse(if placeholder == ":n" { "1" } else { "2" }).unwrap());
        Known::Is(Value { tag, text, number })
    }
}

fn update(text: &str) -> Vec<Problem> {
    Update::parse(text).map_or_else(|problem| vec![problem], |update| update.problems(&Example))
}

fn condition(text: &str) -> Vec<Problem> {
    Condition::parse(text).map_or_else(|problem| vec![problem], |condition| condition.problems(&Example))
}

fn projection(text: &str) -> Vec<Problem> {
    Projection::parse(text).map_or_else(|problem| vec![problem], |projection| projection.problems(&Example))
}

/// The problems of `text` are exactly `expected`: what they point at, and their messages.
#[track_caller]
fn check(problems: fn(&str) -> Vec<Problem>, text: &str, expected: &[(&str, &str)]) {
    let found = problems(text);
    let found: Vec<(&str, String)> =
        found.iter().map(|problem| (&text[problem.range.clone()], problem.to_string())).collect();
    let expected: Vec<(&str, String)> = expected.iter().map(|(at, message)| (*at, (*message).to_owned())).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_syntax(problems: fn(&str) -> Vec<Problem>, text: &str, token: &str, near: &str) {
    let found = problems(text);
    let [problem] = found.as_slice() else { panic!("{text}: {found:?}") };
    assert_eq!(problem.message, format!("Syntax error; token: \"{token}\", near: \"{near}\""), "{text}");
    if token != "<EOF>" {
        assert_eq!(&text[problem.range.clone()], token);
    }
}

#[test]
fn updates_that_dynamodb_takes() {
    for text in [
        "SET messageStatus = :s",
        "set a = :s, b.c[0].#n = b.c[1] remove d, e[3] add hits :n, tags :ss delete f.g :ss",
        "SET #status = if_not_exists(#status, :s)",
        "SET a = b + :n, c = :n - d",
        "SET a = (b + :n)",
        "SET a = (b) + (:n)",
        "SET answers = list_append(if_not_exists(answers, :l), :l)",
        "SET a = if_not_exists(a, :n) + :n2",
        "SET a=:s,b =:n",
        "SET a = b, c = a",
        "SET a[0] = :s, a[1] = :s",
        "SET a.b = :s, a.c = :s",
        "SET #unknown = :unknown, a = :s",
        "ADD a :unknown",
        "\n SET\ta . b [ 0 ] = :s ",
    ] {
        check(update, text, &[]);
    }
}

#[test]
fn updates_with_syntax_errors() {
    check_syntax(update, "SET a = = :s", "=", "= = :s");
    check_syntax(update, "SET _123 = :s", "_", "SET _123");
    check_syntax(update, "SET book-price = :n", "-", "book-price");
    check_syntax(update, "ADD hits : incr", ":", "hits : incr");
    check_syntax(update, "INVALID SYNTAX HERE", "INVALID", "INVALID SYNTAX");
    check_syntax(update, "SET #n, #status", ",", "#n, #status");
    check_syntax(update, "SET", "<EOF>", "SET");
    check_syntax(update, "SET a = :s,", "<EOF>", ",");
    check_syntax(update, "SET a = :s b = :n", "b", ":s b =");
    check_syntax(update, "SET a = :n + :n + :n", "+", ":n + :n");
    check_syntax(update, "SET a = :s, SET b = :n", "SET", ", SET b");
    check_syntax(update, "SET a[b] = :s", "b", "[b]");
    check_syntax(update, "SET a[-1] = :s", "-", "[-1");
    check_syntax(update, "ADD a b", "b", "a b");
    check_syntax(update, "SET a = 5", "5", "= 5");
    check_syntax(update, "SET a = f()", ")", "()");
    check_syntax(update, "SET grüße = :s", "ü", "grüß");
    check(update, "", &[("", "Invalid UpdateExpression: The expression can not be empty;")]);
    check(update, " ", &[(" ", "Invalid UpdateExpression: The expression can not be empty;")]);
    check(
        update,
        "REMOVE a[99999999999]",
        &[(
            "99999999999",
            "Invalid UpdateExpression: List index is not within the allowable range; index: [99999999999]",
        )],
    );
}

#[test]
fn updates_that_dynamodb_refuses() {
    check(
        update,
        "SET status = :s, a.Name = :n",
        &[
            ("status", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status"),
            ("Name", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: Name"),
        ],
    );
    check(
        update,
        "SET a = :zz, #zz = :s",
        &[
            (
                "#zz",
                "Invalid UpdateExpression: An expression attribute name used in the document path is not defined; \
                 attribute name: #zz",
            ),
            (
                ":zz",
                "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute \
                 value: :zz",
            ),
        ],
    );
    check(
        update,
        "SET a = :s REMOVE b SET c = :s",
        &[("SET", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")],
    );
    let overlap = "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of \
                   these paths; path one: ";
    check(update, "SET a = :s REMOVE a", &[("a", &format!("{overlap}[a], path two: [a]"))]);
    check(update, "SET a.b = :s, a = :s", &[("a", &format!("{overlap}[a, b], path two: [a]"))]);
    check(update, "SET a[0].#n = :s, a[0] = :s", &[("a[0]", &format!("{overlap}[a, [0], name], path two: [a, [0]]"))]);
    check(update, "REMOVE a.#n, a.#n", &[("a.#n", &format!("{overlap}[a, name], path two: [a, name]"))]);
    check(
        update,
        "SET a.b = :s, a[0] = :s",
        &[(
            "a[0]",
            "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of \
             these paths; path one: [a, b], path two: [a, [0]]",
        )],
    );
    check(update, "SET a = uuid()", &[(")", "Invalid UpdateExpression: Syntax error; token: \")\", near: \"()\"")]);
    check(
        update,
        "SET a = If_Not_Exists(a, :s)",
        &[("If_Not_Exists", "Invalid UpdateExpression: Invalid function name; function: If_Not_Exists")],
    );
    check(
        update,
        "SET a = if_not_exists(a)",
        &[(
            "if_not_exists(a)",
            "Invalid UpdateExpression: Incorrect number of operands for operator or function; operator or function: \
             if_not_exists, number of operands: 1",
        )],
    );
    check(
        update,
        "SET a = if_not_exists(:s, :s)",
        &[(
            ":s",
            "Invalid UpdateExpression: Operator or function requires a document path; operator or function: \
             if_not_exists",
        )],
    );
    let operand = "Invalid UpdateExpression: Incorrect operand type for operator or function; ";
    check(
        update,
        "SET a = a + :s, b = list_append(b, :s)",
        &[
            (":s", &format!("{operand}operator or function: list_append, operand type: S")),
            (":s", &format!("{operand}operator or function: +, operand type: S")),
        ],
    );
    check(
        update,
        "ADD a :text DELETE b :n",
        &[
            (":text", &format!("{operand}operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND")),
            (":n", &format!("{operand}operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND")),
        ],
    );
}

#[test]
fn conditions_that_dynamodb_takes() {
    for text in [
        "attribute_not_exists(id)",
        "a = :s",
        "a <> :s and NOT b < :n or c >= :n",
        "(a = :s AND b = :n) OR (NOT c = :n)",
        "a BETWEEN :n AND :n2 AND b = :s",
        "a IN (:s, :n, b)",
        "size(a) > :n",
        ":n <= size(a.b[0])",
        "(a) = (:s)",
        "not (a = :s)",
        "NOT NOT a = :s",
        "attribute_type(a, :s)",
        "begins_with(a, :text) AND contains(b, :unknown)",
        "contains(a, b)",
        "currentlockcount <> :n and attribute_not_exists(#n)",
        "a = b",
    ] {
        check(condition, text, &[]);
    }
}

#[test]
fn conditions_with_syntax_errors() {
    check_syntax(condition, "a = = :s", "=", "= = :s");
    check_syntax(condition, "a", "<EOF>", "a");
    check_syntax(condition, "a AND b = :s", "AND", "a AND b");
    check_syntax(condition, "a = :s AND", "<EOF>", "AND");
    check_syntax(condition, "a BETWEEN :n, :n2", ",", ":n, :n2");
    check_syntax(condition, "a IN :s", ":s", "IN :s");
    check_syntax(condition, "a == :s", "=", "== :s");
    check_syntax(condition, "a != :s", "!", "a !=");
    check_syntax(condition, "(a = :s", "<EOF>", ":s");
    check_syntax(condition, "a = :s)", ")", ":s)");
    check_syntax(condition, "attribute_exists(", "<EOF>", "(");
    check_syntax(condition, "and = :s", "and", "and =");
}

#[test]
fn conditions_that_dynamodb_refuses() {
    let start = "Invalid ConditionExpression: ";
    check(
        condition,
        "status = :s AND attribute_exists(a.year)",
        &[
            ("status", &format!("{start}Attribute name is a reserved keyword; reserved keyword: status")),
            ("year", &format!("{start}Attribute name is a reserved keyword; reserved keyword: year")),
        ],
    );
    check(condition, "((a = :s))", &[("((a = :s))", &format!("{start}The expression has redundant parentheses;"))]);
    check(condition, "((a = :s) AND (b = :s))", &[]);
    check(
        condition,
        "starts_with(a, :s)",
        &[("starts_with", &format!("{start}Invalid function name; function: starts_with"))],
    );
    check(
        condition,
        "size(a)",
        &[(
            "size(a)",
            &format!("{start}The function is not allowed to be used this way in an expression; function: size"),
        )],
    );
    check(
        condition,
        "attribute_exists(a) = :bool",
        &[(
            "attribute_exists(a)",
            &format!(
                "{start}The function is not allowed to be used this way in an expression; function: attribute_exists"
            ),
        )],
    );
    check(
        condition,
        "a = :zz OR #zz = :s",
        &[
            (
                ":zz",
                &format!(
                    "{start}An expression attribute value used in expression is not defined; attribute value: :zz"
                ),
            ),
            (
                "#zz",
                &format!(
                    "{start}An expression attribute name used in the document path is not defined; attribute name: #zz"
                ),
            ),
        ],
    );
    check(
        condition,
        "a.#n <= a.name",
        &[
            ("name", &format!("{start}Attribute name is a reserved keyword; reserved keyword: name")),
            (
                "a.name",
                &format!(
                    "{start}The first operand must be distinct from the remaining operands for this operator or \
                     function; operator: <=, first operand: [a, name]"
                ),
            ),
        ],
    );
    let operand = "Incorrect operand type for operator or function; operator or function:";
    check(condition, "begins_with(a, :n)", &[(":n", &format!("{start}{operand} begins_with, operand type: N"))]);
    check(condition, "size(:bool) = :n", &[(":bool", &format!("{start}{operand} size, operand type: BOOL"))]);
    check(condition, "attribute_type(a, :n)", &[(":n", &format!("{start}{operand} attribute_type, operand type: N"))]);
    check(
        condition,
        "attribute_type(a, :text)",
        &[(
            ":text",
            &format!(
                "{start}Invalid attribute type name found; type: abc, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}"
            ),
        )],
    );
    check(
        condition,
        "a BETWEEN :n2 AND :n",
        &[(
            ":n2 AND :n",
            &format!(
                "{start}The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower \
                 bound operand: AttributeValue: {{N:2}}, upper bound operand: AttributeValue: {{N:1}}"
            ),
        )],
    );
    check(
        condition,
        "a BETWEEN :n AND :text",
        &[(
            ":n AND :text",
            &format!(
                "{start}The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: \
                 AttributeValue: {{N:1}}, upper bound operand: AttributeValue: {{S:abc}}"
            ),
        )],
    );
}

#[test]
fn projections() {
    check(projection, "a, b.c[0], #n", &[]);
    check_syntax(projection, "!!", "!", "!!");
    check_syntax(projection, "a b", "b", "a b");
    check_syntax(projection, "a,", "<EOF>", ",");
    check_syntax(projection, "a, :v", ":v", ", :v");
    check(
        projection,
        "id, timestamp",
        &[(
            "timestamp",
            "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: timestamp",
        )],
    );
    check(
        projection,
        "a, a.b",
        &[(
            "a.b",
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of \
             these paths; path one: [a], path two: [a, b]",
        )],
    );
}

#[test]
fn placeholders_in_the_order_they_occur() {
    let words = |text: &str| -> Vec<String> {
        Update::parse(text).unwrap().placeholders().iter().map(|word| word.text.clone()).collect()
    };
    assert_eq!(words("SET #a.#b = if_not_exists(#c, :v) + :w ADD d :x"), ["#a", "#b", "#c", ":v", ":w", ":x"]);
    let condition = Condition::parse("#a IN (:x, size(#b)) AND #c BETWEEN :y AND :z").unwrap();
    let words: Vec<&str> = condition.placeholders().iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["#a", ":x", "#b", "#c", ":y", ":z"]);
}

#[test]
fn nesting_and_length_have_limits() {
    let deep = format!("{}a = :s{}", "(".repeat(2000), ")".repeat(2000));
    assert_eq!(condition(&deep)[0].message, "The expression is nested too deeply;");
    let nots = format!("{} a = :s", "NOT ".repeat(1000));
    assert_eq!(condition(&nots)[0].message, "The expression is nested too deeply;");
    let long = format!("SET a = {}", "b".repeat(5000));
    assert!(update(&long)[0].message.starts_with("Expression size has exceeded the maximum allowed size;"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in r#"((SET|REMOVE|ADD|AND|NOT|IN|size|BETWEEN|a|#n|:s|\(|\)|[-+=<>.,\[\]0-9ü])? ?){0,30}"#) {
        for problem in [update(&text), condition(&text), projection(&text)].concat() {
            prop_assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
        }
    }
}
