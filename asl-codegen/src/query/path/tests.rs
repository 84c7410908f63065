#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

/// The path in one canonical spelling; `not compiled …`, or range and message of the mistake.
fn show(text: &str) -> String {
    match Path::parse(&Text::opaque(text, Span::default())) {
        Ok(path) => {
            let root = match path.root {
                Root::Data => "$".to_owned(),
                Root::Context => "$$".to_owned(),
                Root::Variable(name) => format!("${name}"),
            };
            path.steps.iter().fold(root, |shown, step| format!("{shown}|{}", selected(&step.selector)))
        }
        Err(PathError::Unsupported { range, what, .. }) => format!("not compiled {:?}: {what}", &text[range]),
        Err(PathError::Syntax { range, message, suggestion }) => {
            let suggestion = suggestion.map(|text| format!(" => {text}")).unwrap_or_default();
            format!("{range:?} {message}{suggestion}")
        }
    }
}

fn selected(selector: &Selector) -> String {
    let joined = |parts: Vec<String>| parts.join(",");
    let bound = |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    match selector {
        Selector::Name(name) => name.clone(),
        Selector::Index(index) => index.to_string(),
        Selector::Names(names) => joined(names.iter().map(|name| format!("'{name}'")).collect()),
        Selector::Indexes(indexes) => joined(indexes.iter().map(i64::to_string).collect()),
        Selector::Slice { start, end, step: None } => format!("{}:{}", bound(start), bound(end)),
        Selector::Slice { start, end, step } => format!("{}:{}:{}", bound(start), bound(end), bound(step)),
        Selector::Wildcard => "*".to_owned(),
        Selector::Descent(selector) => format!("..{}", selected(selector)),
        Selector::Filter(filter) => format!("?{{{}}}", condition(filter)),
    }
}

fn condition(filter: &Filter) -> String {
    let sides = |sides: &[Filter], word: &str| {
        let sides: Vec<_> = sides.iter().map(condition).collect();
        format!("({})", sides.join(word))
    };
    match filter {
        Filter::Or(of) => sides(of, " or "),
        Filter::And(of) => sides(of, " and "),
        Filter::Not(inner) => format!("!{}", condition(inner)),
        Filter::Exists(path) => filter_path(path),
        Filter::Compare { left, operator, right } => {
            let word = match operator {
                Operator::Equal => "==",
                Operator::NotEqual => "!=",
                Operator::Less => "<",
                Operator::LessOrEqual => "<=",
                Operator::Greater => ">",
                Operator::GreaterOrEqual => ">=",
                Operator::Matches => "=~",
                word => &format!("{word:?}"),
            };
            format!("({} {word} {})", operand(left), operand(right))
        }
    }
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Path(path) => filter_path(path),
        Operand::Literal(literal) => self::literal(literal),
        Operand::Regex { pattern, flags } => format!("/{pattern}/{flags}"),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(boolean) => boolean.to_string(),
        Literal::Number(spelling) => spelling.clone(),
        Literal::String(text) => format!("'{text}'"),
        Literal::Array(items) => {
            let items: Vec<_> = items.iter().map(self::literal).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

fn filter_path(path: &FilterPath) -> String {
    let start = if path.from_item { "@" } else { "$" };
    path.selectors.iter().fold(start.to_owned(), |shown, selector| format!("{shown}|{}", selected(selector)))
}

fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text}");
}

#[test]
fn names_and_indexes_make_a_path() {
    check("$", "$");
    check("$.a.b[0]['c d'][-1]", "$|a|b|0|c d|-1");
    check("$$.Execution.Id", "$$|Execution|Id");
    check("$order.items[0].id", "$order|items|0|id");
    check("$order", "$order");
    check("$[0].a", "$|0|a");
    check("$.ship-date", "$|ship-date");
    check("$.größe", "$|größe");
    check("$.1st", "$|1st");
    check("$.abc.['def ghi']", "$|abc|def ghi");
    check("$[ 'a' ][\"b\"][ 0 ]", "$|a|b|0");
    check(r"$['it\'s']", "$|it's");
    check(r#"$['Test\""Name"']"#, r#"$|Test\""Name""#);
    check(r#"$["it\"s"]"#, r#"$|it"s"#);
    check(r"$['\u0041\n']", "$|A\n");
    check(r"$.store\.book", "$|store.book");
    check(r"$.foo\@bar", "$|foo@bar");
    check("$.a ", "$|a");
}

#[test]
fn steps_know_their_bytes() {
    let text = "$.a['b'].c[10]";
    let path = Path::parse(&Text::opaque(text, Span::default())).unwrap();
    let steps: Vec<_> = path.steps.into_iter().map(|step| &text[step.range]).collect();
    assert_eq!(steps, [".a", "['b']", ".c", "[10]"]);
}

#[test]
fn steps_that_select_several_values() {
    check("$.a[*].b", "$|a|*|b");
    check("$.*", "$|*");
    check("$.[*].output", "$|*|output");
    check("$.a[0:2]", "$|a|0:2");
    check("$.a[:2]", "$|a|:2");
    check("$.a[1:]", "$|a|1:");
    check("$.a[ -2 : ]", "$|a|-2:");
    check("$.a[0:5:2]", "$|a|0:5:2");
    check("$.a[:]", "$|a|:");
    check("$.a[::2]", "$|a|::2");
    check("$.a[0, 1]", "$|a|0,1");
    check("$['a','b']", "$|'a','b'");
    check(r#"$.c[ "a" , 'b' ]"#, "$|c|'a','b'");
    check("$..['a','b']", "$|..'a','b'");
    check("$..author", "$|..author");
    check("$..*", "$|..*");
    check("$..[0]", "$|..0");
    check("$..['a b'][1]", "$|..a b|1");
    check("$order..price", "$order|..price");
    check("$$..Name", "$$|..Name");
}

#[test]
fn filters() {
    check("$.a[?(@.b)].c", "$|a|?{@|b}|c");
    check("$.[?(@.b)]", "$|?{@|b}");
    check("$.a[?(@)]", "$|a|?{@}");
    check("$.a[?(@.b == ')')].c", "$|a|?{(@|b == ')')}|c");
    check("$.a[?(@.M.b.Bool==false)].M", "$|a|?{(@|M|b|Bool == false)}|M");
    check("$.a[?( @['b c'] >= -1.5e3 )]", "$|a|?{(@|b c >= -1.5e3)}");
    check("$.a[?(@.id == $.wanted[0].id)]", "$|a|?{(@|id == $|wanted|0|id)}");
    check("$.a[?(@.price <= $['expensive'])]", "$|a|?{(@|price <= $|expensive)}");
    check("$..a[?(@.b==Failure)]", "$|..a|?{(@|b == 'Failure')}");
    check("$.a[?(@.b =~ /.*[)]\\/x/i)]", r"$|a|?{(@|b =~ /.*[)]\/x/i)}");
    check("$.a[?('x' in @.b)]", "$|a|?{('x' In @|b)}");
    check("$.a[?(@.b NIN ['x', 1, null, [true]])]", "$|a|?{(@|b NotIn ['x', 1, null, [true]])}");
    check("$.a[?(@.b subsetof [] || @.b anyof ['a'])]", "$|a|?{((@|b SubsetOf []) or (@|b AnyOf ['a']))}");
    check("$.a[?(@.b noneof [1] && @.c contains 'x')]", "$|a|?{((@|b NoneOf [1]) and (@|c Contains 'x'))}");
    check("$.a[?(@.b size 2 && @.c empty true)]", "$|a|?{((@|b Size 2) and (@|c Empty true))}");
    check("$.a[?(@.b || @.c && !@.d)]", "$|a|?{(@|b or (@|c and !@|d))}");
    check("$.a[?((@.b||@.c)&&!(@.d != 'x'))]", "$|a|?{((@|b or @|c) and !(@|d != 'x'))}");
    check("$.a[?(@.b == 1) || (@.b == 2)]", "$|a|?{((@|b == 1) or (@|b == 2))}");
    check("$.a[?(@.b[?(@.c > 1)])]", "$|a|?{@|b|?{(@|c > 1)}}");
    check("$.a[?(@..b[*] == @.c[-1:])]", "$|a|?{(@|..b|* == @|c|-1:)}");
    check(r#"$.a[?(@.b == "x y")]"#, "$|a|?{(@|b == 'x y')}");
}

#[test]
fn what_is_not_compiled_is_told_apart() {
    check("$[(@.length-1)].bar", r#"not compiled "[(@.length-1)]": a script expression"#);
    check("$.Jobs.sum()", r#"not compiled ".sum()": a path function"#);
    check("$..Jobs.concat('a', $.b)", r#"not compiled ".concat('a', $.b)": a path function"#);
    check("$['a','b'].c", r#"not compiled "['a','b']": a union of names before the last step"#);
    check("$..['a','b'][0]", r#"not compiled "..['a','b']": a union of names before the last step"#);
    check("$.a[?(@['a','b'] size 2)]", r#"not compiled "['a','b']": a union of names in a filter"#);
    check("$.a[?(@.b.length() > 1)]", r#"not compiled ".length()": a path function"#);
    check("$.a[?(@.b =~ /(?!x).*/)]", r#"not compiled "/(?!x).*/": a regular expression that only Java knows"#);
    check("$.Jobs.sum().", "12..13 a name is missing behind the dot");
}

#[test]
fn mistakes_in_filters() {
    check("$.a[?(@.b]", "5..6 the parenthesis is not closed");
    check("$.a[?(@.b)", "3..4 the bracket is not closed");
    check("$.a[?@.b]", "5..6 a filter is written `[?(…)]`");
    check("$.a[?()]", "6..7 a value is missing");
    check("$.a[?(@.b = 1)]", "10..11 `=` is written `==` => $.a[?(@.b == 1)]");
    check("$.a[?(@.b === 1)]", "10..13 `===` is written `==` => $.a[?(@.b == 1)]");
    check("$.a[?(@.b <> 1)]", "10..12 `<>` is written `!=` => $.a[?(@.b != 1)]");
    check("$.a[?(@.b and @.c)]", "10..13 `and` is written `&&` => $.a[?(@.b && @.c)]");
    check("$.a[?(@.b == 1 or @.c)]", "15..17 `or` is written `||` => $.a[?(@.b == 1 || @.c)]");
    check("$.a[?(@.b & @.c)]", "10..11 `&` is written `&&` => $.a[?(@.b && @.c)]");
    check("$.a[?(@.b like 'x')]", "10..14 `like` is no operator");
    check("$.a[?(@.b == x y)]", "15..16 `y` cannot stand here, `&&`, `||` or `)` is expected");
    check("$.a[?(@.b == )]", "13..14 a value is missing");
    check("$.a[?(@.b == 01)]", "13..15 not a number");
    check("$.a[?(@.b == 1e999)]", "13..18 not a number");
    check("$.a[?(1)]", "6..7 a value alone is no condition: a comparison is expected");
    check("$.a[?(!@.b == 1)]", "6..7 the opposite of a comparison is written `!(…)`");
    check("$.a[?(@.b == $$.c)]", "13..14 a filter reads its item `@`, or with `$` what its path reads");
    check("$.a[?(@.b == /x/)]", "10..12 a regular expression is compared with `=~`");
    check("$.a[?(@.b =~ 'x')]", "10..12 `=~` takes one regular expression: `@.a =~ /…/`");
    check("$.a[?(@.b =~ /x)]", "13..14 the regular expression is not closed");
    check("$.a[?(@.b =~ /(x/)]", "14..16 not a regular expression: found open group without closing ')'");
    check(
        "$.a[?(@.b =~ /x/g)]",
        "16..17 no flag of a regular expression: they are `d`, `i`, `m`, `s`, `u`, `U` and `x`",
    );
    check("$.a[?(@. == 1)]", "9..10 `=` cannot stand here");
    check("$.a[?(@.b in ['x')]", "17..18 `)` cannot stand here, `]` is expected");
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| format!("$.a[?{}@.b{}]", "(".repeat(depth), ")".repeat(depth));
    check(&nested(15), "$|a|?{@|b}");
    check(&nested(16), "20..21 filters and parentheses are nested more than 16 deep");
    for (start, hostile) in
        [("$", "[?(@"), ("$", "[?(!@"), ("$[?(", "("), ("$[?(", "!"), ("$", "[?(@..*"), ("$[?(@.a in ", "[")]
    {
        assert!(show(&format!("{start}{}", hostile.repeat(10_000))).contains("more than 16 deep"), "{hostile}");
    }
}

#[test]
fn the_bad_character_is_found_and_the_path_suggested() {
    check("", "0..0 a path starts with `$`");
    check("x.y", "0..1 a path starts with `$`");
    check("$.a b.c", "3..4 a name with a blank is written in brackets and quotes => $['a b'].c");
    check("$.x.a:b[0]", "5..6 `:` cannot stand here => $.x['a:b'][0]");
    check("$.@type", "2..3 `@` cannot stand here => $['@type']");
    check("$.a.", "3..4 a name is missing behind the dot");
    check("$.a..", "3..5 a name is missing behind the dot");
    check("$...a", "3..4 a name is missing between the dots");
    check("$.a[b].c", "4..5 a name in brackets is written in quotes => $.a['b'].c");
    check("$.a[]", "3..5 the brackets are empty");
    check("$.a[0", "3..4 the bracket is not closed");
    check("$['a", "2..3 the quote is not closed");
    check("$.a[1,]", "6..7 an index is expected");
    check("$.a[99999999999]", "4..15 not an index");
    check("$1a", "1..3 a variable's name starts with a letter => $.1a");
    check("$-a", "1..2 `-` cannot stand here => $['-a']");
    check("$.a[0:1:0]", "8..9 the step of a slice is a positive number");
    check("$.a[0:1:2:3]", "9..10 `:` cannot stand here, `]` is expected");
    check("$.a[0,1:2]", "7..8 `:` cannot stand here, `]` is expected");
    check("$['a', 0]", "7..8 a name in quotes is expected");
    check("$.a{b}", "3..4 `{` cannot stand here => $['a{b}']");
    check(r"$.a\", "3..4 the backslash has nothing behind it");
}

/// The corpus of path texts with the verdicts of other tools.
#[test]
fn verdicts_of_other_tools() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/validation/paths.jsonl");
    let Ok(rows) = std::fs::read_to_string(file) else {
        eprintln!("skipped: {file} is absent");
        return;
    };
    let differences: Vec<_> = rows
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap())
        .filter_map(|row| {
            let text = row["expr"].as_str().unwrap();
            let parsed = Path::parse(&Text::opaque(text, Span::default()));
            let reference = matches!(&parsed, Ok(path) if path.first_indirect_step().is_none());
            let valid = match row["kind"].as_str().unwrap() {
                "path" => !matches!(parsed, Err(PathError::Syntax { .. })),
                "reference_path" => reference,
                "result_path" => reference && matches!(parsed, Ok(Path { root: Root::Data, .. })),
                "payload_template" if crate::query::intrinsic::is_call(text) => {
                    crate::query::intrinsic::parse(&Text::opaque(text, Span::new(0, 0))).is_ok()
                }
                "payload_template" => !matches!(parsed, Err(PathError::Syntax { .. })),
                kind => panic!("{kind}"),
            };
            (valid != (row["verdict"] == "valid")).then(|| format!("{} {text}", row["kind"]))
        })
        .collect();
    let expected = [
        // The quote ends the string in AWS's grammar.
        r#""payload_template" States.Format('Welcome to {} {}'s playlist.', $.firstName, $.lastName)"#,
        // Arguments are not checked against the function's signature yet.
        r#""payload_template" States.MathAdd('-1', 'abc')"#,
        // Filters of AWS's dialect that the tool does not know.
        r#""path" $.book[?(@.price <= $['expensive'])]"#,
        r#""payload_template" $.book[?(@.price <= $['expensive'])]"#,
        r#""path" $.book[?(@.author =~ /.*REES/i)]"#,
        r#""payload_template" $.book[?(@.author =~ /.*REES/i)]"#,
    ];
    assert_eq!(differences, expected);
}
