#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use proptest::prelude::*;

use super::printer::print;
use super::{MAX_HEIGHT, MAX_NESTING, parse};
use crate::jsonata::Error;
use crate::jsonata::syntax::{Node, Span};

/// Checks the tree that `text` gives, as [`print`] shows it.
#[track_caller]
fn check(text: &str, tree: &str) {
    match parse(text) {
        Ok(node) => assert_eq!(print(&node), tree, "{text}"),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// Checks that `text` is refused with this code and message, for the byte where `⌖` is in `text`.
#[track_caller]
fn check_error(text: &str, shown: &str) {
    let position = text.find('⌖').unwrap();
    let error = parse(&text.replace('⌖', "")).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.position()), (shown, Some(position)), "{text}");
}

#[test]
fn literals() {
    for (text, tree) in [
        ("null", "null"),
        ("true", "true"),
        ("1.5", "1.5"),
        ("0", "0"),
        ("2e3", "2000"),
        ("-1", "-1"),
        ("--1", "1"),
        ("-1[0]", "-1[0]"),
        ("-a", "(neg /a)"),
        (r#""a\n\"\u00e9\/'""#, r#""a\n\"é/'""#),
        (r#"'a"\ud83d\ude00'"#, r#""a\"😀""#),
        ("/a[/]\\/b/im", "/a[/]\\/b/im"),
        ("$f(/a/, /b/i)", "(call $f /a/ /b/i)"),
    ] {
        check(text, tree);
    }
}

#[test]
fn names_and_variables() {
    for (text, tree) in [
        ("a", "/a"),
        ("`a b`.`c`", "a b/c"),
        ("é.a\"b\"", "é/a\"b\""),
        ("and and or", "(and /and /or)"),
        ("in.or in and", "(in in/or /and)"),
        ("a.'b c'.\"d\"", "a/b c/d"),
        ("'a'.b", "a/b"),
        ("$", "$"),
        ("$$.a", "$$/a"),
        ("$x.y", "$x/y"),
        ("a/* comment */ /**/ . b", "a/b"),
        ("*.**.a", "*/**/a"),
    ] {
        check(text, tree);
    }
}

#[test]
fn operators_bind() {
    for (text, tree) in [
        ("a + b * c", "(+ /a (* /b /c))"),
        ("a - b - c", "(- (- /a /b) /c)"),
        ("a.b & c.d", "(& a/b c/d)"),
        ("-a.b", "(neg a/b)"),
        ("a or b and c = d", "(or /a (and /b (= /c /d)))"),
        ("a ? b : c ? d : e", "(? /a /b (? /c /d /e))"),
        ("a ? b", "(? /a /b)"),
        ("a = 1 ?: b", "(?: (= /a 1) /b)"),
        ("a ?? b ?? c", "(?? /a (?? /b /c))"),
        ("$a := $b := 1 + 2", "(:= $a (:= $b (+ 1 2)))"),
        ("a ~> $f ~> $g(1)", "(~> (~> /a $f) (call $g 1))"),
        ("[1..3, a]", "(array (.. 1 3) /a)"),
        ("8 / 4 % 3", "(% (/ 8 4) 3)"),
        ("a > 1 = (b <= 2)", "(= (> /a 1) (block (<= /b 2)))"),
    ] {
        check(text, tree);
    }
}

#[test]
fn steps_and_what_is_behind_them() {
    for (text, tree) in [
        ("a[0]", "/a|0"),
        ("a.b[0][x = 1].c", "a/b|0|(= /x 1)/c"),
        ("(a.b)[0]", "(block a/b)[0]"),
        ("$x[0]", "$x[0]"),
        ("$x[0].a", "$x[0]/a"),
        ("a.$x[0]", "a/$x|0"),
        ("a[]", "/a[][]"),
        ("a[][0].b", "a[]|0/b[]"),
        ("a[0][]", "/a[]|0[]"),
        ("a.b[].c", "a/b[]/c[]"),
        ("$x[]", "$x[]"),
        ("$x[].a", "$x[]/a[]"),
        ("(a)[]", "(block /a)[]"),
        ("a[] ~> $f", "(~> /a[][] $f)[]"),
        ("a{b: c}", "/a{/b: /c}"),
        ("a{b: c}.d", "a/d{/b: /c}"),
        ("$x{b: c}.d", "$x{/b: /c}/d"),
        ("a^(>b, <c, d)[0]", "a/^(>/b,</c,</d)|0"),
        ("[a].b", "(array /a) cons/b"),
        ("a.[b].c.[d]", "a/(array /b) cons/c/(array /d) cons"),
        ("([a].b).c", "(block (array /a) cons/b) cons/c"),
        ("a@$v.b#$i", "a@$v/b#$i"),
        ("a[0]#$i[1]", "/a|0|#$i|1"),
        ("$x[0]#$i", "/$x|0|#$i"),
        ("a^(b)#$i", "a/^(</b)#$i"),
        ("{'a': 1}.a", "obj{\"a\": 1}/a"),
    ] {
        check(text, tree);
    }
}

#[test]
fn parents() {
    for (text, tree) in [
        ("a.b.%", "a/b!0/%0"),
        ("a.b.{'x': %.c}", "a/b!0/obj{\"x\": %0/c}"),
        ("a.b.%.%", "a!1/b!0/%0/%1"),
        ("a.b.(%.x + %.y)", "a/b!0/(block (+ %0/x %0/y))"),
        ("a.(b.c).%", "a/(block b/c!0 keeps) inner/%0"),
        ("a.(b).%.%", "a!1/(block /b!0 keeps) inner/%0/%1"),
        ("a.b[%.x = 1]", "a/b!0|(= %0/x 1)"),
        ("a.b[%.%.x = 1]", "a!1/b!0|(= %0/%1/x 1)"),
        ("a.b^(%.c)", "a/b!0/^(<%0/c)"),
        ("a@$x.b@$y.%", "a@$x!0/b@$y/%0"),
        ("a.*.%", "a/*!0/%0"),
        ("a[%]", "/a|%0"),
    ] {
        check(text, tree);
    }
}

#[test]
fn functions() {
    for (text, tree) in [
        ("$f()", "(call $f)"),
        ("f(1)(2)", "(call (call /f 1) 2)"),
        ("$f(a, ?, 1)", "(partial $f /a ? 1)"),
        ("function($a, $b){ $a }", "(fn(a,b) $a)"),
        ("λ($a)< n - : n >{ $a }(1)", "(call (fn(a)<n-:n> $a) 1)"),
        ("function($f)<f<s:b>a<n>>{ $f }", "(fn(f)<f<s:b>a<n>> $f)"),
        ("function(){ $f() }", "(fn() (tail $f))"),
        ("function(){ a ? $f() : (1; $g()) }", "(fn() (? /a (tail $f) (block 1 (tail $g))))"),
        ("function(){ $f()[0] }", "(fn() (call $f)[0])"),
        ("function(){ $f()[] }", "(fn() (tail $f))"),
        ("function(){ $f() + 1 }", "(fn() (+ (call $f) 1))"),
        ("a.$f(b)", "a/(call $f /b)"),
        ("| a | {'b': 1} |", "(transform /a obj{\"b\": 1})"),
        ("$ ~> |a|{'b': 1}, ['c', 'd']|", "(~> $ (transform /a obj{\"b\": 1} (array \"c\" \"d\")))"),
        ("()", "(block)"),
        ("(1; 2;)", "(block 1 2)"),
    ] {
        check(text, tree);
    }
}

#[test]
fn what_is_refused() {
    for (text, shown) in [
        ("'abc⌖", "S0101: String literal must be terminated by a matching quote"),
        ("1 + ⌖1e999", "S0102: Number out of range: \"1e999\""),
        (r"'⌖\q'", r#"S0103: Unsupported escape sequence: \"q""#),
        (r"'⌖\u12g4'", r"S0104: The escape sequence \u must be followed by 4 hex digits"),
        (r"'⌖\ud800'", r"S0104: The escape sequence \u must not stand for half of a surrogate pair"),
        ("a.⌖`b", "S0105: Quoted property name must be terminated with a backquote (`)"),
        ("a ⌖/* b", "S0106: Comment has no closing tag"),
        ("a ⌖b", "S0201: Syntax error: \"b\""),
        ("[1, 2⌖)", "S0202: Expected \"]\", got \")\""),
        ("$f(1 ⌖2.50)", "S0202: Expected \")\", got 2.5"),
        ("$f(1⌖", "S0203: Expected \")\" before end of expression"),
        ("a ⌖! b", "S0204: Unknown operator: \"!\""),
        ("⌖", "S0207: Unexpected end of expression"),
        ("1 +⌖", "S0207: Unexpected end of expression"),
        ("function($a, ⌖b){1}", "S0208: Parameter 2 of function definition must be a variable name (start with $)"),
        ("[1]{'a': 1}⌖[0]", "S0209: A predicate cannot follow a grouping expression in a step"),
        ("a{b: c}⌖{b: c}", "S0210: Each step can only have one grouping expression"),
        ("1 + ⌖)", "S0211: The symbol \")\" cannot be used as a unary operator"),
        ("[⌖/a/]", "S0211: The symbol \"/\" cannot be used as a unary operator"),
        ("⌖a.b := 1", "S0212: The left side of := must be a variable name (start with $)"),
        ("a.⌖7", "S0213: The literal value 7 cannot be used as a step within a path expression"),
        ("⌖null.a", "S0213: The literal value null cannot be used as a step within a path expression"),
        ("a@⌖b", "S0214: The right side of \"@\" must be a variable name (start with $)"),
        ("a[0]⌖@$v", "S0215: A context variable binding must precede any predicates on a step"),
        ("a^(b)⌖@$v", "S0216: A context variable binding must precede the 'order-by' clause on a step"),
        ("⌖{'a': 1}.%", "S0217: The object representing the 'parent' cannot be derived from this expression"),
        ("⌖%.a", "S0217: The object representing the 'parent' cannot be derived from this expression"),
        ("⌖//", "S0301: Empty regular expressions are not allowed"),
        ("⌖/a(/", "S0302: No terminating / in regular expression"),
        ("function($a)<n⌖<s>>{1}", "S0401: Type parameters can only be applied to functions and arrays"),
        ("function($a)<⌖(sa<n>)>{1}", "S0402: Choice groups containing parameterized types are not supported"),
        // What the text is as a whole comes after what it is not.
        ("(a.7 ⌖8)", "S0202: Expected \")\", got 8"),
    ] {
        check_error(text, shown);
    }
}

#[test]
fn spans_are_what_was_written() {
    fn shown(text: &str, node: &Node) -> String {
        text.get(node.span.start as usize..node.span.end as usize).unwrap().to_owned()
    }
    for text in
        ["a.b[0].c", "$f(1, 2)", "-1", "a{b: c}", "a^(b)", "(1; 2)", "a ? b : c", "a#$i", "$x[]", "|a|b|", "é & é"]
    {
        assert_eq!(shown(text, &parse(text).unwrap()), text);
        assert_eq!(shown(&format!(" {text} "), &parse(&format!(" {text} ")).unwrap()), text);
    }
}

#[test]
fn depth_is_limited() {
    let deepest = usize::try_from(MAX_NESTING).unwrap() - 1;
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("a[", "1", "]"),
        ("-", "a", ""),
        ("$f(", "1", ")"),
        ("{'a':", "1", "}"),
        ("a{'a':", "1", "}"),
        ("function($x){", "1", "}"),
        ("a^(", "b", ")"),
        ("1?", "1", ":1"),
        ("$a:=", "1", ""),
        ("a ?: ", "1", ""),
        ("|a|", "1", "|"),
    ] {
        let text = |count: usize| format!("{}{inner}{}", open.repeat(count), close.repeat(count));
        let node = parse(&text(deepest)).unwrap();
        assert_eq!(node.clone(), node);
        for count in [deepest + 1, 100_000] {
            assert_eq!(parse(&text(count)).unwrap_err().code(), "U1001", "{open}");
        }
    }
}

#[test]
fn chains_are_limited() {
    let longest = usize::try_from(MAX_HEIGHT).unwrap() - 2;
    for link in [" & a", "(a)", " ~> a"] {
        let text = |count: usize| format!("a{}", link.repeat(count));
        assert_eq!(parse(&text(longest + 3)).unwrap_err().code(), "U1001", "{link}");
        assert_eq!(parse(&text(100_000)).unwrap_err().code(), "U1001", "{link}");
    }
    assert!(parse(&format!("a{}", " & a".repeat(longest))).is_ok());
}

#[test]
fn what_is_flat_is_not_limited() {
    for (begin, link, end) in [
        ("a", ".a", ""),
        ("a", "[0]", ""),
        ("a", "[]", ""),
        ("a", "#$i", ""),
        ("a", "^(a)", ""),
        ("a.b", "[%.a]", ""),
        ("(a", "; a", ")"),
        ("[a", ", a", "]"),
        ("{a: 1", ", a: 1", "}"),
        ("", "/**/", "a"),
        ("'", "\\n", "'"),
        ("/", "\\/", "a/"),
    ] {
        let count = if link.contains('%') { 900 } else { 50_000 };
        let parsed = parse(&format!("{begin}{}{end}", link.repeat(count)));
        assert!(parsed.is_ok(), "{link}: {parsed:?}");
    }
}

/// The cases of JSONata's suite: every text is taken, or refused with the code that is wanted.
#[test]
fn texts_of_the_suite() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/jsonata-suite/cases.jsonl");
    let Ok(cases) = fs::read_to_string(path) else {
        eprintln!("skipped: there is no {path}");
        return;
    };
    let mut wrong = Vec::new();
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let expression = case["expr"].as_str().unwrap();
        let wanted = case["code"].as_str().filter(|code| code.starts_with('S'));
        let error = parse(expression).err();
        let code = error.as_ref().map(Error::code);
        let token = case["token"].as_str().filter(|_| wanted.is_some());
        if code != wanted || token.is_some_and(|token| error.as_ref().map(Error::subject) != Some(token)) {
            wrong.push(format!("{}: {error:?}, wanted {wanted:?}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks that every place in a tree is a place in its text.
fn check_spans(text: &str, node: &mut Node) {
    let Span { start, end } = node.span;
    assert!(text.get(start as usize..end as usize).is_some(), "{text}: {start}..{end}");
    node.for_each_child_mut(&mut |child| check_spans(text, child));
}

/// Checks what holds of every text.
fn check_any(text: &str) {
    match parse(text) {
        Ok(mut node) => check_spans(text, &mut node),
        Err(error) => {
            assert!(error.position().is_some_and(|position| text.is_char_boundary(position)), "{text}: {error}");
            assert!(!error.message().is_empty(), "{error}");
        }
    }
}

const WORDS: &[&str] = &[
    "a",
    "é",
    "`b c`",
    "$",
    "$x",
    "'s'",
    "\"\\u00e9",
    "1",
    "1.5e3",
    "true",
    "null",
    ".",
    "..",
    "[",
    "]",
    "[]",
    "{",
    "}",
    "(",
    ")",
    ",",
    ";",
    ":",
    ":=",
    "?",
    "??",
    "?:",
    "+",
    "-",
    "*",
    "**",
    "/",
    "%",
    "|",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "^(",
    "~>",
    "&",
    "and",
    "or",
    "in",
    "@",
    "#",
    "@$v",
    "#$i",
    "%.",
    "function($x){",
    "function($x)<",
    "λ(",
    "/a/i",
    "/*",
    "*/",
    "!",
    " ",
    "\\",
];

proptest! {
    #[test]
    fn any_text_is_taken_or_refused(text in "\\PC*") {
        check_any(&text);
    }

    #[test]
    fn any_words_are_taken_or_refused(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..24)) {
        check_any(&words.concat());
    }
}
