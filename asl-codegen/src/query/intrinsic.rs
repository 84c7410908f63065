//! Intrinsic functions: which exist and how a call is written. asl-reference, "Intrinsic functions".

use std::ops::Range;

use crate::query::path::{self, PathError};

/// Every intrinsic function.
pub(crate) const FUNCTIONS: &[&str] = &[
    "States.Array",
    "States.ArrayContains",
    "States.ArrayGetItem",
    "States.ArrayLength",
    "States.ArrayPartition",
    "States.ArrayRange",
    "States.ArrayUnique",
    "States.Base64Decode",
    "States.Base64Encode",
    "States.Format",
    "States.Hash",
    "States.JsonMerge",
    "States.JsonToString",
    "States.MathAdd",
    "States.MathRandom",
    "States.StringSplit",
    "States.StringToJson",
    "States.UUID",
];

/// The functions that give text, the only ones for `ErrorPath` and `CausePath`.
pub(crate) const TEXT_FUNCTIONS: &[&str] = &[
    "States.ArrayGetItem",
    "States.Base64Decode",
    "States.Base64Encode",
    "States.Format",
    "States.Hash",
    "States.JsonToString",
    "States.UUID",
];

/// How deep calls may be nested.
const MAX_DEPTH: usize = 10;

/// A call, as far as it is looked at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call<'a> {
    /// The outermost function's name: `States.Format`.
    pub(crate) name: &'a str,
    /// The paths among the arguments, nested ones included: bytes of the text.
    pub(crate) paths: Vec<Range<usize>>,
}

/// What is wrong with a call. Ranges are bytes of the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CallError {
    /// No function has that name.
    Unknown(Range<usize>),
    /// Not a call, or not a valid one.
    Syntax(Range<usize>, String),
    /// An argument that should be a path, and is none; its range and what is wrong in it.
    Path(Range<usize>, PathError),
}

/// Whether `text` is meant to be a call: `States.`, a name and a parenthesis.
pub(crate) fn is_call(text: &str) -> bool {
    text.strip_prefix("States.").is_some_and(|rest| {
        let name = rest.trim_start_matches(|character: char| character.is_ascii_alphanumeric());
        name.len() < rest.len() && name.trim_start().starts_with('(')
    })
}

/// Reads a call.
///
/// # Errors
/// The text is not a call of a known function in AWS's grammar.
pub(crate) fn parse(text: &str) -> Result<Call<'_>, CallError> {
    let mut parser = Parser { text, position: 0, paths: Vec::new() };
    let name = parser.call(1)?;
    parser.skip_blanks();
    if parser.position < text.len() {
        return Err(CallError::Syntax(parser.position..text.len(), "nothing may follow the call".to_owned()));
    }
    Ok(Call { name: &text[name], paths: parser.paths })
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
    paths: Vec<Range<usize>>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    fn eat(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        if found {
            self.position += character.len_utf8();
        }
        found
    }

    fn eat_while(&mut self, accept: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.position;
        self.position += self.rest().find(|character| !accept(character)).unwrap_or(self.rest().len());
        start..self.position
    }

    fn skip_blanks(&mut self) {
        self.eat_while(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
    }

    fn fail<T>(&self, range: Range<usize>, message: impl Into<String>) -> Result<T, CallError> {
        Err(CallError::Syntax(range, message.into()))
    }

    fn call(&mut self, depth: usize) -> Result<Range<usize>, CallError> {
        let name = self.eat_while(|character| character.is_ascii_alphanumeric() || character == '.');
        if !FUNCTIONS.contains(&&self.text[name.clone()]) {
            return Err(CallError::Unknown(name));
        }
        if depth > MAX_DEPTH {
            return self.fail(name, format!("calls are nested more than {MAX_DEPTH} deep"));
        }
        self.skip_blanks();
        let open = self.here();
        if !self.eat('(') {
            return self.fail(open, "`(` is expected");
        }
        self.skip_blanks();
        if self.eat(')') {
            return Ok(name);
        }
        loop {
            self.skip_blanks();
            self.argument(depth)?;
            self.skip_blanks();
            if self.eat(')') {
                return Ok(name);
            }
            if !self.eat(',') {
                return match self.peek() {
                    None => self.fail(open, "the parenthesis is not closed"),
                    Some(found) => {
                        self.fail(self.here(), format!("`{found}` cannot stand here, `,` or `)` is expected"))
                    }
                };
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<(), CallError> {
        match self.peek() {
            Some('\'') => self.string(),
            Some('$') => self.path(),
            Some('-' | '0'..='9') => {
                let number = self.eat_while(|found| found.is_ascii_alphanumeric() || matches!(found, '-' | '+' | '.'));
                if is_number(&self.text[number.clone()]) { Ok(()) } else { self.fail(number, "not a number") }
            }
            Some('"') => self.fail(self.here(), "a string is written in single quotes"),
            Some(found) if found.is_ascii_alphabetic() => {
                if self.rest().starts_with("States.") {
                    return self.call(depth + 1).map(drop);
                }
                let word = self.eat_while(|found| found.is_ascii_alphanumeric() || matches!(found, '_' | '.' | '-'));
                match &self.text[word.clone()] {
                    "true" | "false" | "null" => Ok(()),
                    found => self.fail(word, format!("`{found}` is no argument: a string is written `'{found}'`")),
                }
            }
            Some(found) => self.fail(self.here(), format!("`{found}` cannot start an argument")),
            None => self.fail(self.here(), "an argument is missing"),
        }
    }

    fn string(&mut self) -> Result<(), CallError> {
        let open = self.here();
        self.eat('\'');
        loop {
            self.eat_while(|found| !matches!(found, '\'' | '\\'));
            if self.eat('\'') {
                return Ok(());
            }
            let start = self.position;
            if !self.eat('\\') {
                return self.fail(open, "the quote is not closed");
            }
            // Line breaks are not in AWS's grammar, and its own tools take them.
            if !['\'', '{', '}', '\\', 'n', 'r', 't'].into_iter().any(|escaped| self.eat(escaped)) {
                let end = self.here().end;
                return self.fail(start..end, r"a backslash is followed by `'`, `{`, `}` or `\`");
            }
        }
    }

    /// A path ends at the comma, blank or parenthesis that is not inside brackets, parentheses or quotes of its own.
    fn path(&mut self) -> Result<(), CallError> {
        let start = self.position;
        let mut depth = 0usize;
        let mut quote = None;
        let mut escaped = false;
        let end = self.rest().char_indices().find(|(_, character)| {
            if let Some(open) = quote {
                if *character == open && !escaped {
                    quote = None;
                }
                escaped = *character == '\\' && !escaped;
                return false;
            }
            match character {
                '\'' | '"' if depth > 0 => quote = Some(*character),
                '[' | '(' => depth += 1,
                ')' if depth == 0 => return true,
                ']' | ')' => depth = depth.saturating_sub(1),
                ',' | ' ' | '\t' | '\n' | '\r' if depth == 0 => return true,
                _ => {}
            }
            false
        });
        self.position = end.map_or(self.text.len(), |(length, _)| start + length);
        let range = start..self.position;
        match path::parse(&self.text[range.clone()]) {
            Err(error @ PathError::Syntax { .. }) => Err(CallError::Path(range, error)),
            Ok(_) | Err(PathError::Unsupported { .. }) => {
                self.paths.push(range);
                Ok(())
            }
        }
    }
}

/// Whether `text` is a number of JSON.
pub(crate) fn is_number(text: &str) -> bool {
    fn digits(text: &str) -> &str {
        text.trim_start_matches(|character: char| character.is_ascii_digit())
    }
    let text = text.strip_prefix('-').unwrap_or(text);
    let mut rest = match text.strip_prefix('0') {
        Some(rest) => rest,
        None => digits(text),
    };
    if rest.len() == text.len() {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = digits(fraction);
        if rest.len() == fraction.len() {
            return false;
        }
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        rest = digits(exponent);
        if rest.len() == exponent.len() {
            return false;
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        match parse(text) {
            Ok(call) => {
                let paths: Vec<_> = call.paths.into_iter().map(|range| &text[range]).collect();
                format!("{} {}", call.name, paths.join(" "))
            }
            Err(CallError::Unknown(range)) => format!("unknown {}", &text[range]),
            Err(CallError::Syntax(range, message)) => format!("{:?} {message}", &text[range]),
            Err(CallError::Path(range, _)) => format!("path {}", &text[range]),
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(show(text).trim_end(), expected, "{text}");
    }

    #[test]
    fn calls() {
        check("States.UUID()", "States.UUID");
        check("States.Array( )", "States.Array");
        check("States.Format('{} is {}', $.a, $$.State.Name)", "States.Format $.a $$.State.Name");
        check("States.MathAdd(States.ArrayLength($.a[*]),-1)", "States.MathAdd $.a[*]");
        check("States.Array('Foo', 2020, 1.5e3, null, true, $x['a,b)'])", "States.Array $x['a,b)']");
        check("States.ArrayGetItem($.a[?(@.b == c)].d, 0)", "States.ArrayGetItem $.a[?(@.b == c)].d");
        check(r"States.Format('it\'s \{\} \\', $.a)", "States.Format $.a");
    }

    #[test]
    fn mistakes() {
        check("States.Formt('a')", "unknown States.Formt");
        check("States.Array(States.X())", "unknown States.X");
        check(r#"States.Format('\"')"#, r#""\\\"" a backslash is followed by `'`, `{`, `}` or `\`"#);
        check("States.Format('a)", r#""'" the quote is not closed"#);
        check("States.Format('a'", r#""(" the parenthesis is not closed"#);
        check("States.Format('a' 'b')", r#""'" `'` cannot stand here, `,` or `)` is expected"#);
        check("States.Format(a)", r#""a" `a` is no argument: a string is written `'a'`"#);
        check("States.Array(1,)", r#"")" `)` cannot start an argument"#);
        check("States.UUID() x", r#""x" nothing may follow the call"#);
        check("States.MathAdd(01, 2)", r#""01" not a number"#);
        check("States.Array($.a b)", r#""b" `b` cannot stand here, `,` or `)` is expected"#);
        check("States.Array($.a:b)", "path $.a:b");
        let nested = format!("{}{}", "States.Array(".repeat(11), ")".repeat(11));
        check(&nested, r#""States.Array" calls are nested more than 10 deep"#);
    }
}
