//! Random expressions, and random data for them.

use serde_json::{Map, Value};

/// Random numbers that a seed decides (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or_default()
    }

    fn one_of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices.get(self.below(choices.len())).copied().unwrap_or_default()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "name", "`a b`"];
const STRINGS: [&str; 9] = ["", "a", "b", "abc", "12", "-1.5", "2018-03-23", "é😀", "a,b,c"];
const NUMBERS: [&str; 12] =
    ["0", "1", "2", "-1", "3.5", "-0.25", "10", "1e3", "0.1", "1e21", "1e-7", "9007199254740993"];

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

/// An expression; as it goes deeper it gets simpler. `exotic` allows what no code is generated for.
pub(crate) fn expression(random: &mut Random, depth: usize, exotic: bool) -> String {
    let mut text = String::new();
    write(random, depth, exotic, &mut text);
    text
}

fn write(random: &mut Random, depth: usize, exotic: bool, text: &mut String) {
    if depth == 0 {
        return leaf(random, text);
    }
    let inner = |random: &mut Random, text: &mut String| write(random, depth - 1, exotic, text);
    match random.below(if exotic { 30 } else { 24 }) {
        0..=2 => leaf(random, text),
        3..=6 => path(random, depth, exotic, text),
        7..=9 => {
            text.push('(');
            inner(random, text);
            text.push_str(random.one_of(&[
                " + ", " - ", " * ", " / ", " % ", " = ", " != ", " < ", " <= ", " > ", " >= ", " & ", " and ", " or ",
                " in ",
            ]));
            inner(random, text);
            text.push(')');
        }
        10 => {
            text.push('(');
            inner(random, text);
            text.push_str(" ? ");
            inner(random, text);
            if random.chance(80) {
                text.push_str(" : ");
                inner(random, text);
            }
            text.push(')');
        }
        11 | 12 => {
            text.push('[');
            for index in 0..random.below(4) {
                if index > 0 {
                    text.push_str(", ");
                }
                inner(random, text);
            }
            text.push(']');
        }
        13 | 14 => object(random, depth, exotic, text),
        15 => {
            text.push_str("($x := ");
            inner(random, text);
            text.push_str("; ");
            inner(random, text);
            text.push(')');
        }
        16..=19 => call(random, depth, exotic, text),
        20 | 21 => higher_order(random, depth, exotic, text),
        22 => {
            text.push('(');
            inner(random, text);
            text.push_str(" ~> ");
            text.push_str(random.one_of(&["$string()", "$count()", "$append(1)", "$map(function($v) {$v})", "$sum()"]));
            text.push(')');
        }
        23 => {
            text.push('-');
            path(random, depth, exotic, text);
        }
        24 => {
            text.push_str("($f := function($x) {");
            inner(random, text);
            text.push_str("}; $f(");
            inner(random, text);
            text.push_str("))");
        }
        25 => {
            path(random, depth, exotic, text);
            text.push_str(random.one_of(&["@$x.", "#$x.", "@$x#$i."]));
            inner(random, text);
        }
        26 => {
            path(random, depth, exotic, text);
            text.push_str(".%.");
            text.push_str(random.one_of(&NAMES));
        }
        27 => {
            inner(random, text);
            text.push_str(" ~> | ");
            path(random, 1, exotic, text);
            text.push_str(" | ");
            object(random, depth, exotic, text);
            text.push_str(random.one_of(&[" |", ", 'a' |", ", ['a', 'b'] |"]));
        }
        28 => {
            text.push_str("($p := ");
            text.push_str(random.one_of(&["$substring(?, 1)", "$append(?, 1)", "$power(2, ?)", "$join(?, '-')"]));
            text.push_str("; $p(");
            inner(random, text);
            text.push_str("))");
        }
        _ => {
            text.push('[');
            leaf(random, text);
            text.push_str("..");
            leaf(random, text);
            text.push(']');
        }
    }
}

fn leaf(random: &mut Random, text: &mut String) {
    match random.below(10) {
        0 => text.push_str(random.one_of(&["null", "true", "false"])),
        1 | 2 => text.push_str(random.one_of(&NUMBERS)),
        3 | 4 => {
            text.push('\'');
            text.push_str(random.one_of(&STRINGS));
            text.push('\'');
        }
        5 => text.push_str(random.one_of(&["$", "$$", "$x", "$v"])),
        _ => text.push_str(random.one_of(&NAMES)),
    }
}

fn path(random: &mut Random, depth: usize, exotic: bool, text: &mut String) {
    let deeper = depth.saturating_sub(1);
    match random.below(12) {
        0 => text.push('$'),
        1 => text.push_str("$$"),
        2 => text.push('*'),
        3 => text.push_str("**"),
        4 => {
            text.push('(');
            write(random, deeper, exotic, text);
            text.push(')');
        }
        _ => text.push_str(random.one_of(&NAMES)),
    }
    for _ in 0..random.below(3) {
        match random.below(14) {
            0..=4 => {
                text.push('.');
                text.push_str(random.one_of(&NAMES));
            }
            5 => text.push_str(random.one_of(&[".*", ".**", "[]"])),
            6 => {
                text.push('[');
                text.push_str(random.one_of(&["0", "1", "-1", "[0, 1]", "[0..1]", "0.5"]));
                text.push(']');
            }
            7 | 8 => {
                text.push('[');
                write(random, deeper, exotic, text);
                text.push(']');
            }
            9 => {
                text.push_str(".(");
                write(random, deeper, exotic, text);
                text.push(')');
            }
            10 => {
                text.push('.');
                object(random, deeper, exotic, text);
            }
            11 => {
                text.push_str(".[");
                write(random, deeper, exotic, text);
                text.push(']');
            }
            12 => {
                text.push_str(random.one_of(&["^(a)", "^(>b)", "^(a, >b)", "^($)", "^(>$)"]));
            }
            _ => {
                text.push('{');
                text.push_str(random.one_of(&["a", "b", "'k'", "$string($)", "$string(a)"]));
                text.push_str(": ");
                write(random, deeper, exotic, text);
                text.push('}');
                // A group ends a path.
                return;
            }
        }
    }
}

fn object(random: &mut Random, depth: usize, exotic: bool, text: &mut String) {
    text.push('{');
    for index in 0..random.below(3) {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(random.one_of(&["'a'", "'b'", "'c'", "$string(a)", "b"]));
        text.push_str(": ");
        write(random, depth.saturating_sub(1), exotic, text);
    }
    text.push('}');
}

/// Functions that give the same whenever they are called, with how many arguments they take at most.
const FUNCTIONS: [(&str, usize); 50] = [
    ("string", 1),
    ("length", 1),
    ("substring", 3),
    ("substringBefore", 2),
    ("substringAfter", 2),
    ("uppercase", 1),
    ("lowercase", 1),
    ("trim", 1),
    ("pad", 3),
    ("contains", 2),
    ("split", 3),
    ("join", 2),
    ("replace", 4),
    ("base64encode", 1),
    ("base64decode", 1),
    ("encodeUrlComponent", 1),
    ("number", 1),
    ("abs", 1),
    ("floor", 1),
    ("ceil", 1),
    ("round", 2),
    ("power", 2),
    ("sqrt", 1),
    ("formatBase", 2),
    ("sum", 1),
    ("max", 1),
    ("min", 1),
    ("average", 1),
    ("boolean", 1),
    ("not", 1),
    ("exists", 1),
    ("count", 1),
    ("append", 2),
    ("sort", 1),
    ("reverse", 1),
    ("distinct", 1),
    ("zip", 3),
    ("keys", 1),
    ("lookup", 2),
    ("spread", 1),
    ("merge", 1),
    ("type", 1),
    ("toMillis", 1),
    ("fromMillis", 1),
    ("formatNumber", 2),
    ("formatInteger", 2),
    ("parseInteger", 2),
    ("error", 1),
    ("assert", 2),
    ("match", 2),
];

fn call(random: &mut Random, depth: usize, exotic: bool, text: &mut String) {
    let (name, most) = FUNCTIONS.get(random.below(FUNCTIONS.len())).copied().unwrap_or(("string", 1));
    text.push('$');
    text.push_str(name);
    text.push('(');
    let count = if random.chance(90) { most.min(1 + random.below(most)) } else { random.below(most + 2) };
    for index in 0..count {
        if index > 0 {
            text.push_str(", ");
        }
        if index > 0 && matches!(name, "split" | "replace" | "contains" | "match") && random.chance(50) {
            text.push_str(random.one_of(&["/a/", "/[a-c]+/i", "/(\\d)(\\d)/", "/^a|c$/"]));
        } else if index > 0 && name.starts_with("format") && random.chance(80) {
            text.push_str(random.one_of(&["'#,##0.00'", "'0'", "'w'", "'I'", "'a'", "'1;o'", "2", "16"]));
        } else {
            write(random, depth.saturating_sub(1), exotic, text);
        }
    }
    text.push(')');
}

fn higher_order(random: &mut Random, depth: usize, exotic: bool, text: &mut String) {
    let (before, after) = match random.below(8) {
        0 | 1 => ("$map(", ", function($v, $i) {"),
        2 | 3 => ("$filter(", ", function($v) {"),
        4 => ("$reduce(", ", function($v, $x) {"),
        5 => ("$each(", ", function($v, $k) {"),
        6 => ("$sift(", ", function($v) {"),
        _ => ("$sort(", ", function($v, $x) {"),
    };
    text.push_str(before);
    write(random, depth.saturating_sub(1), exotic, text);
    text.push_str(after);
    write(random, depth.saturating_sub(1), exotic, text);
    text.push_str("})");
}

/// A text that is perhaps an expression: pieces of one were cut, doubled and put in.
pub(crate) fn mangled(random: &mut Random) -> String {
    let mut characters: Vec<char> = expression(random, 3, true).chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(characters.len() + 1);
        match random.below(3) {
            0 if at < characters.len() => drop(characters.remove(at)),
            1 => {
                let end = (at + random.below(8)).min(characters.len());
                let piece: Vec<char> = characters[at..end].to_vec();
                characters.splice(at..at, piece);
            }
            _ => {
                let piece = random.one_of(&[
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    "\"",
                    "'",
                    "`",
                    "/",
                    "\\",
                    "^(",
                    "|",
                    "~>",
                    ":=",
                    "?",
                    ":",
                    "??",
                    "?:",
                    "..",
                    "@",
                    "#",
                    "%",
                    "**",
                    "/*",
                    "*/",
                    "function(",
                    "λ",
                    "<s:s>",
                    "\\ud83d",
                    "😀",
                    "$",
                    "!",
                    ";",
                    ",",
                ]);
                characters.splice(at..at, piece.chars());
            }
        }
    }
    characters.into_iter().collect()
}
