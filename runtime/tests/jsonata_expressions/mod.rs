//! Random expressions, and random data for them.

mod calls;
mod mangled;
mod random;

pub(crate) use mangled::mangled;
pub(crate) use random::Random;

use serde_json::{Map, Value};

const NAMES: [&str; 6] = ["a", "b", "c", "d", "name", "`a b`"];
const STRINGS: [&str; 10] = ["", "a", "b", "abc", "12", "-1.5", "2018-03-23", "é😀", "a,b,c", "aAbB 12 ab"];
const NUMBERS: [&str; 14] = [
    "0",
    "1",
    "2",
    "-1",
    "3.5",
    "-0.25",
    "10",
    "1e3",
    "0.1",
    "1e21",
    "1e-7",
    "9007199254740993",
    "123456.789",
    "1e300",
];

/// What expressions are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// What JSONata has.
    All,
    /// What AWS has, and nothing that code is not generated for.
    Compiled,
}

/// The expression and the data with a number: every tenth is a text that is perhaps no expression.
pub(crate) fn case(seed: u64) -> (String, Value) {
    let mut random = Random::new(seed);
    let text = match seed % 10 {
        0 => mangled(&mut random),
        _ => {
            let depth = 1 + random.below(4);
            expression(&mut random, depth, Dialect::All)
        }
    };
    let data = data(&mut random, 4);
    (text, data)
}

/// A value of the data.
pub(crate) fn data(random: &mut Random, depth: usize) -> Value {
    let kinds = if depth == 0 { 5 } else { 9 };
    match random.below(kinds) {
        0 => Value::Null,
        1 => Value::Bool(random.chance(50)),
        2 | 3 => random.one_of(&NUMBERS).parse().unwrap_or_default(),
        4 => Value::from(random.one_of(&STRINGS)),
        5 | 6 => (0..random.below(4)).map(|_| data(random, depth - 1)).collect(),
        _ => {
            let mut members = Map::new();
            for _ in 0..random.below(5) {
                let name = random.one_of(&NAMES).trim_matches('`').to_owned();
                members.insert(name, data(random, depth - 1));
            }
            Value::Object(members)
        }
    }
}

/// An expression; as it goes deeper it gets simpler.
pub(crate) fn expression(random: &mut Random, depth: usize, dialect: Dialect) -> String {
    let mut writer = Writer { random, dialect, text: String::new() };
    writer.write(depth);
    writer.text
}

struct Writer<'r> {
    random: &'r mut Random,
    dialect: Dialect,
    text: String,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn one_of(&mut self, choices: &[&str]) {
        let chosen = self.random.one_of(choices);
        self.put(chosen);
    }

    /// Some of `write`, with commas between them.
    fn list(&mut self, count: usize, mut write: impl FnMut(&mut Self)) {
        for index in 0..count {
            if index > 0 {
                self.one_of(&[", ", ",", ", ", " ,\n\t", ", /* , */ "]);
            }
            write(self);
        }
    }

    fn write(&mut self, depth: usize) {
        if depth == 0 {
            return self.leaf();
        }
        let inner = depth - 1;
        match self.random.below(if self.dialect == Dialect::All { 34 } else { 24 }) {
            0..=2 => self.leaf(),
            3..=6 => self.path(depth),
            7..=9 => self.operator(inner),
            10 => self.condition(inner),
            11 | 12 => {
                self.put("[");
                let count = self.random.below(4);
                self.list(count, |writer| writer.write(inner));
                self.put("]");
            }
            13 | 14 => self.object(inner),
            15 => {
                self.put("($x := ");
                self.write(inner);
                self.one_of(&["; ", ";$y := $x; ", "; /* x */ "]);
                self.write(inner);
                self.one_of(&[")", ")", ";)"]);
            }
            16..=19 => self.call(inner),
            20 | 21 => self.higher_order(inner),
            22 => self.chain(inner),
            23 => {
                self.put("-");
                self.path(depth);
            }
            24 => {
                self.put("($f := ");
                self.one_of(&[
                    "function($x) {",
                    "λ($x) {",
                    "function($x, $y) {",
                    "function($x)<x:x>{",
                    "function($x)<n-:n>{",
                ]);
                self.write(inner);
                self.put("}; ");
                self.one_of(&["$f(", "$map($, $f)[0] & $f(", "a.$f("]);
                self.write(inner);
                self.put("))");
            }
            25 => {
                self.path(depth);
                self.one_of(&["@$x.", "#$x.", "@$x#$i.", "#$i@$x.", "@$x[$x = a]#$i.", "[0]#$x.", "@$v.b@$x."]);
                self.write(inner);
            }
            26 => {
                self.path(depth);
                self.one_of(&[".%.", ".a.%.%.", ".(b.%).", ".b[%.a = 1].", ".b^(%.a)."]);
                self.one_of(&NAMES);
            }
            27 => self.transform(inner),
            28 => {
                self.put("($p := ");
                self.one_of(&[
                    "$substring(?, 1)",
                    "$append(?, 1)",
                    "$power(2, ?)",
                    "$join(?, '-')",
                    "$map(?, $string)",
                    "function($a, $b) {[$b, $a]}(?, a)",
                ]);
                self.put("; $p(");
                self.write(inner);
                self.put("))");
            }
            29 => {
                self.put("[");
                self.leaf();
                self.put("..");
                self.leaf();
                self.put("]");
            }
            30 => self.recursion(inner),
            31 => {
                // A closure that sees what is around it.
                self.put("(function($x) {function($y) {");
                self.write(inner);
                self.put("}})(");
                self.write(inner);
                self.put(")(");
                self.write(inner);
                self.put(")");
            }
            32 => {
                self.put("$eval(");
                self.one_of(&[
                    "'a'",
                    "'$'",
                    "'[1..3].($*2)'",
                    "'a.b', b",
                    "'('",
                    "'$x'",
                    "a",
                    "'{\"a\": $count(*)}', $",
                ]);
                self.put(")");
            }
            _ => {
                self.write(inner);
                self.one_of(&["[", "{a: ", ".", "[][", "^(a)[", "(", "{'k': $}[", "[0][", "[[0..2]]["]);
                self.write(inner);
                let closing = self.closing();
                self.put(closing);
            }
        }
    }

    /// What closes the bracket that was opened last.
    fn closing(&self) -> &'static str {
        let mut open = Vec::new();
        for character in self.text.chars() {
            match character {
                '[' => open.push("]"),
                '{' => open.push("}"),
                '(' => open.push(")"),
                ']' | '}' | ')' => drop(open.pop()),
                _ => {}
            }
        }
        open.pop().unwrap_or_default()
    }

    fn operator(&mut self, depth: usize) {
        let brackets = self.random.chance(70);
        if brackets {
            self.put("(");
        }
        self.write(depth);
        self.one_of(&[
            " + ", " - ", " * ", " / ", " % ", " = ", " != ", " < ", " <= ", " > ", " >= ", " & ", " and ", " or ",
            " in ",
        ]);
        self.write(depth);
        if brackets {
            self.put(")");
        }
    }

    fn condition(&mut self, depth: usize) {
        self.put("(");
        self.write(depth);
        self.put(" ? ");
        self.write(depth);
        if self.random.chance(80) {
            self.put(" : ");
            self.write(depth);
        }
        self.put(")");
    }

    fn chain(&mut self, depth: usize) {
        self.put("(");
        self.write(depth);
        for _ in 0..=self.random.below(2) {
            self.put(" ~> ");
            self.one_of(&["$string()", "$count()", "$append(1)", "$map(function($v) {$v})", "$sum()", "$reverse()"]);
        }
        if self.dialect == Dialect::All && self.random.chance(30) {
            self.one_of(&[
                " ~> $sum",
                " ~> ($count ~> $string)",
                " ~> function($v) {[$v]}",
                " ~> $map($string)",
                " ~> /a/",
            ]);
        }
        self.put(")");
    }

    fn transform(&mut self, depth: usize) {
        self.write(depth);
        self.put(" ~> | ");
        self.path(1);
        self.put(" | ");
        self.object(depth);
        self.one_of(&[" |", ", 'a' |", ", ['a', 'b'] |", ", a |"]);
    }

    /// A function that calls itself, or one that has no end.
    fn recursion(&mut self, depth: usize) {
        match self.random.below(4) {
            0 => {
                self.put("($r := function($n) {$n <= 0 ? ");
                self.write(depth);
                self.put(" : $r($n - 1)}; $r(50))");
            }
            1 => {
                self.put("($r := function($n) {$n <= 0 ? [");
                self.write(depth);
                self.put("] : $append($r($n - 1), $n)}; $r(10))");
            }
            2 => {
                self.put("($e := function($n) {$n = 0 ? true : $o($n - 1)}; $o := function($n) {$n = 0 ? ");
                self.write(depth);
                self.put(" : $e($n - 1)}; $e(25))");
            }
            _ => {
                self.put("$reduce([1..20], function($v, $x) {");
                self.one_of(&["[$v, $x]", "{'a': $v}", "$v & $x", "$append($v, $x)"]);
                self.put("}, ");
                self.write(depth);
                self.put(")");
            }
        }
    }

    fn leaf(&mut self) {
        match self.random.below(10) {
            0 => self.one_of(&["null", "true", "false", "[]", "{}", "()"]),
            1 | 2 => self.one_of(&NUMBERS),
            3 | 4 => {
                let quote = self.random.one_of(&["'", "'", "\""]);
                self.put(quote);
                self.one_of(&STRINGS);
                self.put(quote);
            }
            5 => self.one_of(&["$", "$$", "$x", "$v", "$i", "$k"]),
            _ => self.one_of(&NAMES),
        }
    }

    fn path(&mut self, depth: usize) {
        let deeper = depth.saturating_sub(1);
        match self.random.below(13) {
            0 => self.put("$"),
            1 => self.put("$$"),
            2 => self.put("*"),
            3 => self.put("**"),
            4 => {
                self.put("(");
                self.write(deeper);
                self.put(")");
            }
            5 => self.one_of(&["$x", "$v", "'a'", "\"a\""]),
            _ => self.one_of(&NAMES),
        }
        for _ in 0..self.random.below(4) {
            match self.random.below(15) {
                0..=4 => {
                    self.put(".");
                    self.one_of(&NAMES);
                }
                5 => self.one_of(&[".*", ".**", "[]", ".$", ".$string()", ".'b'", ".$count(*)", ".$keys()"]),
                6 => self.one_of(&["[0]", "[1]", "[-1]", "[[0, 1]]", "[[0..1]]", "[0.5]", "[-0.5]", "[true]", "[1e3]"]),
                7 | 8 => {
                    self.put("[");
                    self.write(deeper);
                    self.put("]");
                }
                9 => {
                    self.put(".(");
                    self.write(deeper);
                    self.put(")");
                }
                10 => {
                    self.put(".");
                    self.object(deeper);
                }
                11 => {
                    self.put(".[");
                    self.write(deeper);
                    self.put("]");
                }
                12 => {
                    self.one_of(&["^(a)", "^(>b)", "^(a, >b)", "^($)", "^(>$)", "^(<$string($))", "^($count(*), >a)"])
                }
                13 => self.one_of(&[".*[0]", ".*[a]", ".**.a", ".a[]", ".a[0].b", ".(a)[0]", ".(a; b)"]),
                _ => {
                    self.put("{");
                    self.one_of(&["a", "b", "'k'", "$string($)", "$string(a)"]);
                    self.put(": ");
                    self.write(deeper);
                    self.put("}");
                    // A group ends a path.
                    return;
                }
            }
        }
    }

    fn object(&mut self, depth: usize) {
        self.put("{");
        let count = self.random.below(3);
        self.list(count, |writer| {
            writer.one_of(&["'a'", "'b'", "'c'", "\"a b\"", "$string(a)", "b"]);
            writer.put(": ");
            writer.write(depth);
        });
        self.put("}");
    }
}
