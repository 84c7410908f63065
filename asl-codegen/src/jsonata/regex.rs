//! Regular expressions: from JavaScript's dialect, in which JSONata writes them, to the one of the crate `regex-lite`,
//! which needs no more time than a multiple of the text's length, whatever the expression.

use std::fmt;

/// Why a regular expression cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, or what there is nothing for.
    pub what: &'static str,
    /// Whether it is right in JavaScript.
    pub unsupported: bool,
    /// The byte of the pattern.
    pub position: usize,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.what, if self.unsupported { " is not supported" } else { "" })
    }
}

/// JavaScript's blanks.
const BLANKS: &str = "\t\n\u{B}\u{C}\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
/// All other characters, the backslash as a class writes it.
const NO_BLANKS: &str = "\0-\u{8}\u{E}-\u{1F}!-\u{9F}\u{A1}-\u{167F}\u{1681}-\u{1FFF}\u{200B}-\u{2027}\u{202A}-\u{202E}\
                         \u{2030}-\u{205E}\u{2060}-\u{2FFF}\u{3001}-\u{FEFE}\u{FF00}-\u{10FFFF}";

/// Translates a pattern, which is what JSONata has between slashes, with its flags.
///
/// # Errors
/// The pattern is wrong, or has something that takes more than linear time: look-around, or a reference to a group.
pub fn translate(pattern: &str, ignore_case: bool, multi_line: bool) -> Result<String, Problem> {
    let mut translator = Translator {
        pattern,
        rest: pattern,
        out: String::with_capacity(pattern.len() + 8),
        ignore_case,
        multi_line,
        groups: count_groups(pattern),
        open: 0,
        repeatable: false,
    };
    if ignore_case {
        translator.out.push_str("(?i)");
    }
    while let Some(symbol) = translator.next() {
        translator.symbol(symbol)?;
    }
    if translator.open > 0 {
        return Err(translator.wrong("The group is not closed"));
    }
    Ok(translator.out)
}

/// Translates a pattern, and compiles it to see that it can be.
///
/// # Errors
/// As [`translate`]; also when the pattern is too large.
#[cfg(feature = "compile")]
pub fn check(pattern: &str, ignore_case: bool, multi_line: bool) -> Result<(), Problem> {
    let translated = translate(pattern, ignore_case, multi_line)?;
    match regex_lite::Regex::new(&translated) {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem { what: "So large an expression", unsupported: true, position: 0 }),
    }
}

/// How many groups there are that capture.
fn count_groups(pattern: &str) -> u32 {
    let mut groups = 0;
    let mut in_class = false;
    let mut symbols = pattern.char_indices();
    while let Some((index, symbol)) = symbols.next() {
        match symbol {
            '\\' => {
                symbols.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let behind = pattern.get(index + 1..).unwrap_or_default();
                let named = behind.starts_with("?<") && !behind.starts_with("?<=") && !behind.starts_with("?<!");
                groups += u32::from(named || !behind.starts_with('?'));
            }
            _ => {}
        }
    }
    groups
}

struct Translator<'p> {
    pattern: &'p str,
    rest: &'p str,
    out: String,
    ignore_case: bool,
    multi_line: bool,
    groups: u32,
    /// How many groups are open.
    open: u32,
    /// Whether what is before can be repeated.
    repeatable: bool,
}

/// What an escape stands for.
enum Escape {
    Char(char),
    /// The inside of a class.
    Set(&'static str),
}

impl Translator<'_> {
    fn next(&mut self) -> Option<char> {
        let symbol = self.rest.chars().next()?;
        self.rest = self.rest.get(symbol.len_utf8()..).unwrap_or_default();
        Some(symbol)
    }

    /// Takes `text`, when it is next.
    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn position(&self) -> usize {
        (self.pattern.len() - self.rest.len()).saturating_sub(1)
    }

    fn wrong(&self, what: &'static str) -> Problem {
        Problem { what, unsupported: false, position: self.position() }
    }

    fn unsupported(&self, what: &'static str) -> Problem {
        Problem { what, unsupported: true, position: self.position() }
    }

    fn symbol(&mut self, symbol: char) -> Result<(), Problem> {
        match symbol {
            '^' | '$' => {
                self.out.push_str(match (symbol, self.multi_line) {
                    ('^', true) => "(?mR:^)",
                    ('$', true) => "(?mR:$)",
                    ('^', false) => "^",
                    _ => "$",
                });
                self.repeatable = false;
            }
            '.' => self.atom("[^\n\r\u{2028}\u{2029}]"),
            '|' => {
                self.out.push('|');
                self.repeatable = false;
            }
            '(' => self.open_group()?,
            ')' => {
                self.open = self.open.checked_sub(1).ok_or_else(|| self.wrong("The parenthesis closes no group"))?;
                self.atom(")");
            }
            '[' => self.class()?,
            '\\' => self.escape()?,
            '*' | '+' | '?' => self.quantifier(symbol.encode_utf8(&mut [0; 4]))?,
            '{' => match count(self.rest) {
                Some((length, in_order)) => {
                    if !in_order {
                        return Err(self.wrong("The numbers of the quantifier are out of order"));
                    }
                    let (written, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
                    let written = format!("{{{written}");
                    // The position of an error is that of the brace.
                    if !self.repeatable {
                        return Err(self.wrong("There is nothing to repeat"));
                    }
                    self.rest = rest;
                    self.quantifier(&written)?;
                }
                None => self.literal('{'),
            },
            other => self.literal(other),
        }
        Ok(())
    }

    fn atom(&mut self, text: &str) {
        self.out.push_str(text);
        self.repeatable = true;
    }

    fn quantifier(&mut self, text: &str) -> Result<(), Problem> {
        if !self.repeatable {
            return Err(self.wrong("There is nothing to repeat"));
        }
        self.out.push_str(text);
        if self.take("?") {
            self.out.push('?');
        }
        self.repeatable = false;
        Ok(())
    }

    fn open_group(&mut self) -> Result<(), Problem> {
        if self.take("?:") {
            self.out.push_str("(?:");
        } else if self.rest.starts_with("?=") || self.rest.starts_with("?!") {
            return Err(self.unsupported("Look-ahead"));
        } else if self.rest.starts_with("?<=") || self.rest.starts_with("?<!") {
            return Err(self.unsupported("Look-behind"));
        } else if self.take("?<") {
            // Groups are known by their numbers alone.
            let Some((_, rest)) = self.rest.split_once('>').filter(|(name, _)| !name.is_empty()) else {
                return Err(self.wrong("The group's name is not closed"));
            };
            self.rest = rest;
            self.out.push('(');
        } else if self.rest.starts_with('?') {
            return Err(self.wrong("There is no such group"));
        } else {
            self.out.push('(');
        }
        self.open += 1;
        self.repeatable = false;
        Ok(())
    }

    /// A character that stands for itself.
    fn literal(&mut self, symbol: char) {
        let variants = self.variants(symbol);
        if variants.is_empty() {
            push_escaped(&mut self.out, symbol, r"\.+*?()|[]{}^$#&-~");
        } else {
            self.out.push('[');
            self.out.push(symbol);
            self.out.extend(variants);
            self.out.push(']');
        }
        self.repeatable = true;
    }

    /// The characters that are the same but for their case, which `(?i)` does not know beyond ASCII.
    fn variants(&self, symbol: char) -> Vec<char> {
        if !self.ignore_case || symbol.is_ascii() {
            return Vec::new();
        }
        let upper = upper(symbol);
        let mut variants = Vec::new();
        for variant in [Some(upper), single(symbol.to_lowercase()), single(upper.to_lowercase())].into_iter().flatten()
        {
            if variant != symbol && !variants.contains(&variant) && self::upper(variant) == upper {
                variants.push(variant);
            }
        }
        variants
    }

    fn escape(&mut self) -> Result<(), Problem> {
        let position = self.position();
        match self.rest.chars().next() {
            Some(symbol @ ('b' | 'B')) => {
                self.next();
                self.out.push('\\');
                self.out.push(symbol);
                self.repeatable = false;
                return Ok(());
            }
            Some('1'..='9') => {
                let digits = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let number: u32 = self.rest.get(..digits).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX);
                if number <= self.groups {
                    return Err(Problem { what: "A reference to a group", unsupported: true, position });
                }
            }
            Some('k') if self.pattern.contains("(?<") => {
                return Err(Problem { what: "A reference to a group", unsupported: true, position });
            }
            _ => {}
        }
        match self.escaped()? {
            Escape::Char(symbol) => self.literal(symbol),
            Escape::Set(set) => {
                self.out.push('[');
                self.out.push_str(set);
                self.out.push(']');
                self.repeatable = true;
            }
        }
        Ok(())
    }

    /// What is behind a backslash, inside of a class or outside.
    fn escaped(&mut self) -> Result<Escape, Problem> {
        let Some(symbol) = self.next() else {
            return Err(self.wrong("The pattern ends behind a backslash"));
        };
        Ok(Escape::Char(match symbol {
            'd' => return Ok(Escape::Set("0-9")),
            'D' => return Ok(Escape::Set("\0-/:-\u{10FFFF}")),
            'w' => return Ok(Escape::Set("0-9A-Za-z_")),
            'W' => return Ok(Escape::Set(r"\x00-/:-@\[-\^`\{-\x{10FFFF}")),
            's' => return Ok(Escape::Set(BLANKS)),
            'S' => return Ok(Escape::Set(NO_BLANKS)),
            't' => '\t',
            'n' => '\n',
            'v' => '\u{B}',
            'f' => '\u{C}',
            'r' => '\r',
            'c' => match self.rest.chars().next() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.next();
                    char::from(letter as u8 & 0x1F)
                }
                _ => {
                    // The backslash stands for itself, and the letter is read again.
                    self.rest = self.pattern.get(self.position()..).unwrap_or_default();
                    '\\'
                }
            },
            'x' => self.hexadecimal(2).and_then(char::from_u32).unwrap_or('x'),
            'u' => match self.hexadecimal(4) {
                Some(unit) => self.utf16(unit)?,
                None => 'u',
            },
            '0'..='7' => self.octal(symbol),
            other => other,
        }))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let (written, rest) = self.rest.split_at_checked(digits)?;
        if !written.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.rest = rest;
        u32::from_str_radix(written, 16).ok()
    }

    /// The character of a unit of UTF-16, or of it and the next one.
    fn utf16(&mut self, unit: u32) -> Result<char, Problem> {
        if let Some(symbol) = char::from_u32(unit) {
            return Ok(symbol);
        }
        let rest = self.rest;
        let low = if self.take("\\u") { self.hexadecimal(4) } else { None };
        let pair = low.filter(|low| (0xDC00..0xE000).contains(low) && unit < 0xDC00);
        let symbol = pair.and_then(|low| char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
        symbol.ok_or_else(|| {
            self.rest = rest;
            self.unsupported("Half of a character")
        })
    }

    /// Up to three octal digits, of which the first was read.
    fn octal(&mut self, first: char) -> char {
        let mut value = first.to_digit(8).unwrap_or_default();
        while let Some(digit) = self.rest.chars().next().and_then(|symbol| symbol.to_digit(8)) {
            if value * 8 + digit > 0o377 {
                break;
            }
            value = value * 8 + digit;
            self.next();
        }
        char::from_u32(value).unwrap_or_default()
    }

    fn class(&mut self) -> Result<(), Problem> {
        let start = self.position();
        let negated = self.take("^");
        if self.take("]") {
            // One that matches nothing, or anything.
            self.atom(if negated { "[\0-\u{10FFFF}]" } else { "[^\0-\u{10FFFF}]" });
            return Ok(());
        }
        self.out.push_str(if negated { "[^" } else { "[" });
        while let Some(first) = self.class_atom(start)? {
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            if !is_range {
                self.class_item(&first);
                continue;
            }
            self.take("-");
            let Some(last) = self.class_atom(start)? else { break };
            match (first, last) {
                (Escape::Char(first), Escape::Char(last)) => {
                    if first > last {
                        return Err(self.wrong("The range is out of order"));
                    }
                    self.class_range(first, last);
                }
                (first, last) => {
                    self.class_item(&first);
                    self.class_item(&Escape::Char('-'));
                    self.class_item(&last);
                }
            }
        }
        self.atom("]");
        Ok(())
    }

    /// A character or a set inside a class; none at the class's end.
    fn class_atom(&mut self, start: usize) -> Result<Option<Escape>, Problem> {
        match self.next() {
            None => Err(Problem { what: "The class is not closed", unsupported: false, position: start }),
            Some(']') => Ok(None),
            Some('\\') if self.take("b") => Ok(Some(Escape::Char('\u{8}'))),
            Some('\\') => self.escaped().map(Some),
            Some(symbol) => Ok(Some(Escape::Char(symbol))),
        }
    }

    fn class_item(&mut self, item: &Escape) {
        match item {
            Escape::Char(symbol) => self.class_range(*symbol, *symbol),
            Escape::Set(set) => self.out.push_str(set),
        }
    }

    fn class_range(&mut self, first: char, last: char) {
        const SPECIAL: &str = r"\[]^-&~";
        push_escaped(&mut self.out, first, SPECIAL);
        if first != last {
            self.out.push('-');
            push_escaped(&mut self.out, last, SPECIAL);
        }
        // Large ranges hold both cases of nearly all their letters.
        if self.ignore_case && !last.is_ascii() && u32::from(last) - u32::from(first) < 0x400 {
            let variants: Vec<char> = (first..=last).flat_map(|symbol| self.variants(symbol)).collect();
            self.out.extend(variants);
        }
    }
}

/// The length of the rest of a quantifier behind its brace, and whether its numbers are in order; none when it is none.
fn count(text: &str) -> Option<(usize, bool)> {
    let (inner, _) = text.split_once('}')?;
    let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if least.is_empty() || !is_number(least) || !is_number(most) {
        return None;
    }
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    Some((inner.len() + 1, most.is_empty() || number(least) <= number(most)))
}

fn push_escaped(out: &mut String, symbol: char, special: &str) {
    if special.contains(symbol) {
        out.push('\\');
    }
    out.push(symbol);
}

/// The one character that two of different case have in common, as JavaScript compares them.
fn upper(symbol: char) -> char {
    let upper = single(symbol.to_uppercase()).unwrap_or(symbol);
    if upper.is_ascii() && !symbol.is_ascii() { symbol } else { upper }
}

fn single(mut symbols: impl Iterator<Item = char>) -> Option<char> {
    let first = symbols.next()?;
    symbols.next().is_none().then_some(first)
}

#[cfg(all(test, feature = "compile"))]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    /// What a pattern finds in a text, or what is wrong with it.
    fn find(pattern: &str, flags: &str, text: &str) -> String {
        match translate(pattern, flags.contains('i'), flags.contains('m')) {
            Err(problem) => format!("{problem} at {}", problem.position),
            Ok(translated) => {
                let regex = regex_lite::Regex::new(&translated).unwrap_or_else(|error| panic!("{translated}: {error}"));
                regex.find(text).map_or("nothing", |found| found.as_str()).to_owned()
            }
        }
    }

    fn check(pattern: &str, flags: &str, text: &str, expected: &str) {
        assert_eq!(find(pattern, flags, text), expected, "/{pattern}/{flags} in {text:?}");
    }

    #[test]
    fn javascript_patterns_find_what_they_find_there() {
        check(r"ab+c?", "", "xabbd", "abb");
        check(r"a\/b", "", "a/b", "a/b");
        check(r"^\d{3}-\d{2,}$", "", "123-4567", "123-4567");
        check(r"a{,2}", "", "a{,2}", "a{,2}");
        check(r"{x}]", "", "{x}]", "{x}]");
        check(r"[^A-Za-z0-9]+", "", "ab-_c", "-_");
        check(r"[\w.+-]+@\w+", "", "<a.b-c@d>", "a.b-c@d");
        check(r"[[&&~~]+", "", "x[&~", "[&~");
        check(r"[\d-x]+", "", "a1-x", "1-x");
        check(r"[]", "", "a", "nothing");
        check(r"[^]", "", "\n", "\n");
        check(r"\s+", "", "a \u{A0}\u{FEFF}b", " \u{A0}\u{FEFF}");
        check(r"[\S]+", "", " a\\b\u{3000}", "a\\b");
        check(r"[^\W]+", "", "-ab_1é", "ab_1");
        check(r"\D+", "", "1ab2", "ab");
        check(r"a.b", "", "a\nb a\u{2028}b aéb", "aéb");
        check(r"(?<year>\d+)-(?:\d)", "", "2020-1", "2020-1");
        check(r"\bfoo\b", "", "xfoo foo", "foo");
        check(r"[\b]", "", "a\u{8}", "\u{8}");
        check(r"\u0041\x42\u{2}", "", "ABuu", "ABuu");
        check(r"\uD83D\uDE00", "", "x😀", "😀");
        check(r"\a\e\p\-\1\0", "", "aep-\u{1}\0", "aep-\u{1}\0");
        check(r"\cA\c", "", "\u{1}\\c", "\u{1}\\c");
        check(r"a*?b|", "", "aab", "aab");
    }

    #[test]
    fn flags() {
        check("abc", "i", "xABC", "ABC");
        check("é[à-ö]", "i", "ÉÀ", "ÉÀ");
        check("[^é]", "i", "Éa", "a");
        check("k", "i", "\u{212A}", "nothing");
        check("^b$", "", "a\nb", "nothing");
        check("^b$", "m", "a\r\nb\r\nc", "b");
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        check("a(?=b)", "", "", "Look-ahead is not supported at 1");
        check("(?<!b)", "", "", "Look-behind is not supported at 0");
        check(r"(a)\1", "", "", "A reference to a group is not supported at 3");
        check(r"(?<a>a)\k<a>", "", "", "A reference to a group is not supported at 7");
        check(r"[\uD800-\uDFFF]", "", "", "Half of a character is not supported at 6");
    }

    #[test]
    fn what_is_wrong_is_said() {
        check("*a", "", "", "There is nothing to repeat at 0");
        check("a|{2}", "", "", "There is nothing to repeat at 2");
        check("a++", "", "", "There is nothing to repeat at 2");
        check("a{3,2}", "", "", "The numbers of the quantifier are out of order at 1");
        check("(a", "", "", "The group is not closed at 1");
        check("a)", "", "", "The parenthesis closes no group at 1");
        check("[a", "", "", "The class is not closed at 0");
        check("[b-a]", "", "", "The range is out of order at 3");
        check("(?x)", "", "", "There is no such group at 0");
        check("(?<a", "", "", "The group's name is not closed at 2");
        check(r"a\", "", "", "The pattern ends behind a backslash at 1");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_translated_or_refused(pattern in r"[ -~é\\\[\](){}*+?|^$]*", ignore_case: bool, multi_line: bool) {
            if let Ok(translated) = translate(&pattern, ignore_case, multi_line)
                && let Err(error) = regex_lite::Regex::new(&translated)
            {
                let error = error.to_string();
                proptest::prop_assert!(error.contains("limit") || error.contains("big"), "{translated}: {error}");
            }
        }
    }
}
