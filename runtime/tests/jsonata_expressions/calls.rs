//! Calls of functions.

use super::{Dialect, Writer};

/// Functions that give the same whenever they are called, with how many arguments they take at most.
const FUNCTIONS: [(&str, usize); 55] = [
    ("string", 2),
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
    ("encodeUrl", 1),
    ("decodeUrlComponent", 1),
    ("decodeUrl", 1),
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
    ("toMillis", 2),
    ("fromMillis", 3),
    ("formatNumber", 3),
    ("formatInteger", 2),
    ("parseInteger", 2),
    ("error", 1),
    ("assert", 2),
    ("match", 3),
    ("single", 1),
    ("each", 2),
];

/// Functions that only AWS has.
const AWS: [(&str, usize); 4] = [("partition", 2), ("range", 3), ("hash", 2), ("parse", 1)];

const REGEXES: [&str; 14] = [
    "/a/",
    "/[a-c]+/i",
    "/(\\d)(\\d)/",
    "/^a|c$/",
    "/(a)|(b)/",
    "/(?:a|b)+/",
    "/\\w+/",
    "/[^a]/m",
    "/a{1,2}/",
    "/./",
    "/(\\w)(\\d)?/",
    "/\\bA/i",
    "/,| /",
    "/b*/",
];

impl Writer<'_> {
    pub(super) fn call(&mut self, depth: usize) {
        let aws = self.dialect == Dialect::Compiled && self.random.chance(10);
        let functions: &[_] = if aws { &AWS } else { &FUNCTIONS };
        let chosen = self.random.below(functions.len());
        let (name, most) = functions.get(chosen).copied().unwrap_or(("string", 1));
        self.put("$");
        self.put(name);
        self.put("(");
        let count = if self.random.chance(90) { 1 + self.random.below(most) } else { self.random.below(most + 2) };
        let mut index = 0;
        self.list(count, |writer| {
            writer.argument(name, index, depth);
            index += 1;
        });
        self.put(")");
    }

    fn argument(&mut self, name: &str, index: usize, depth: usize) {
        let fitting: &[&str] = match (name, index) {
            ("split" | "contains" | "match", 1) => &REGEXES,
            ("replace", 1) => &REGEXES,
            ("replace", 2) => &["'$1-$2'", "'$0'", "'$$'", "'$12x'", "'$'", "function($m) {$m.match & $m.groups[0]}"],
            ("split" | "match", 2) | ("replace", 3) => &["0", "1", "2", "-1", "1.5"],
            ("string", 1) => &["true", "false"],
            ("pad", 1) => &["5", "-5", "0", "2.5", "1e9", "-1e9", "1e300"],
            ("pad", 2) => &["'#'", "'ab'", "''", "'😀'"],
            ("round", 1) => &["0", "1", "2", "-1", "-2", "30", "1.5"],
            ("power", 1) => &["2", "0.5", "-1", "1e3"],
            ("substring", 1 | 2) => &["0", "1", "-1", "-2", "2.5", "1e9", "-1e9"],
            ("formatBase", 1) => &["2", "16", "36", "37", "1", "2.5"],
            ("formatNumber", 1) => &[
                "'#,##0.00'",
                "'0'",
                "'00.##e0'",
                "'#0.0%'",
                "'0‰'",
                "'#.#;(#.#)'",
                "'x0y'",
                "'9,99'",
                "'0,0.0,0'",
                "'#'",
            ],
            ("formatNumber", 2) => &[
                "{'decimal-separator': ',', 'grouping-separator': '.'}",
                "{'minus-sign': '~'}",
                "{'zero-digit': '٠'}",
                "{'percent': 'pc', 'per-mille': 'pm'}",
                "{'exponent-separator': 'x', 'infinity': 'inf', 'digit': '?'}",
            ],
            ("formatInteger" | "parseInteger", 1) => {
                &["'0'", "'#,##0'", "'w'", "'W'", "'Ww'", "'w;o'", "'I'", "'i'", "'a'", "'A'", "'1;o'", "'000'", "'#'"]
            }
            ("fromMillis" | "toMillis", 1) => &[
                "'[Y0001]-[M01]-[D01]'",
                "'[D1o] [MNn] [Y]'",
                "'[H01]:[m01]:[s01].[f001]'",
                "'[h#1]:[m01] [P]'",
                "'[FNn], [D1]/[M1]/[Y,2-2]'",
                "'[X0001]-W[W01]-[F1]'",
                "'[Yw] [MI] [[x]]'",
                "'[Z] [z]'",
            ],
            ("fromMillis", 2) => &["'+0530'", "'-0800'", "'0000'", "'x'"],
            ("fromMillis", 0) => &["0", "1521801216617", "-1", "1e12", "1.5"],
            ("toMillis", 0) => &["'2018-03-23T10:33:36.617Z'", "'2018-03-23'", "'23rd March 2018'", "'10:33 pm'"],
            ("decodeUrl" | "decodeUrlComponent", 0) => &["'%41'", "'%C3%A9'", "'%'", "'%zz'", "'a%20b'"],
            ("base64decode", 0) => &["'YWJj'", "'w6k='", "'a'", "'YQ=='"],
            ("number", 0) => &["'0x1F'", "'0b101'", "'0o17'", "'1e3'", "' 1'", "'-.5'", "'1.'", "'1e400'"],
            ("lookup", 1) => &["'a'", "'b'", "'a b'"],
            ("each", 1) => &["function($v, $k) {$k}", "$string"],
            ("partition", 1) => &["1", "2", "0", "-1", "1.5"],
            ("range", _) => &["0", "1", "5", "-3", "2", "0.5", "1e6"],
            ("hash", 1) => &["'MD5'", "'SHA-1'", "'SHA-256'", "'SHA-384'", "'SHA-512'", "'x'"],
            ("parse", 0) => &["'{\"a\": [1]}'", "'1'", "'['", "'\"a\"'"],
            _ => &[],
        };
        if !fitting.is_empty() && self.random.chance(80) {
            self.one_of(fitting);
        } else {
            self.write(depth);
        }
    }

    pub(super) fn higher_order(&mut self, depth: usize) {
        let (before, after) = match self.random.below(11) {
            0 | 1 => ("$map(", ", function($v, $i) {"),
            2 | 3 => ("$filter(", ", function($v) {"),
            4 => ("$reduce(", ", function($v, $x) {"),
            5 => ("$each(", ", function($v, $k) {"),
            6 => ("$sift(", ", function($v) {"),
            7 => ("$single(", ", function($v) {"),
            8 => ("$map(", ", function($v, $i, $x) {"),
            9 => ("$filter(", ", function($v, $i, $x) {$x[$i] = $v and "),
            _ => ("$sort(", ", function($v, $x) {"),
        };
        self.put(before);
        self.write(depth);
        if self.dialect == Dialect::All && self.random.chance(15) {
            self.one_of(&[
                ", $string)",
                ", $sum)",
                ", $boolean)",
                ", $append)",
                ", $)",
                ")",
                ", $substring(?, 1))",
                ", /a/)",
            ]);
            return;
        }
        self.put(after);
        self.write(depth);
        let begins = before == "$reduce(" && self.random.chance(40);
        self.put(if begins { "}, 0)" } else { "})" });
    }
}
