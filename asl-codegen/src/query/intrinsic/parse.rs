//! The text of a call. AWS developer guide, "Intrinsic functions".

use std::ops::Range;

use super::{Argument, ArgumentValue, Call, Function, Literal, MAX_DEPTH};
use crate::node::Text;
use crate::query::path::{Path, PathError};

/// A call that was read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) call: Call,
    /// The paths among the arguments that are not compiled, with the part that is not.
    pub(crate) unread: Vec<(Text, &'static str, Range<usize>)>,
}

/// What is wrong with a call. Ranges are bytes of the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CallError {
    /// No function has that name.
    Unknown(Range<usize>),
    /// A quote without its end, or a backslash before what it cannot stand before.
    Quote(Range<usize>, &'static str),
    /// Calls are nested too deeply; the name of the one that is too much.
    Depth(Range<usize>),
    /// Not a call, or not a valid one.
    Syntax(Range<usize>, String),
    /// An argument that should be a path, and is none; its range, the bad part of it, and what is wrong there.
    Path(Range<usize>, Range<usize>, String),
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
pub(crate) fn parse(text: &Text) -> Result<Parsed, CallError> {
    let mut parser = Parser { source: text, text: &text.text, position: 0, unread: Vec::new() };
    let call = parser.call(1)?;
    parser.skip_blanks();
    if parser.position < parser.text.len() {
        return Err(CallError::Syntax(parser.position..parser.text.len(), "nothing may follow the call".to_owned()));
    }
    Ok(Parsed { call, unread: parser.unread })
}

struct Parser<'a> {
    source: &'a Text,
    text: &'a str,
    position: usize,
    unread: Vec<(Text, &'static str, Range<usize>)>,
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

    fn call(&mut self, depth: usize) -> Result<Call, CallError> {
        let name = self.eat_while(|character| character.is_ascii_alphanumeric() || character == '.');
        let Some(function) = Function::from_name(&self.text[name.clone()]) else {
            return Err(CallError::Unknown(name));
        };
        if depth > MAX_DEPTH {
            return Err(CallError::Depth(name));
        }
        self.skip_blanks();
        let open = self.here();
        if !self.eat('(') {
            return self.fail(open, "`(` is expected");
        }
        let mut arguments = Vec::new();
        self.skip_blanks();
        if !self.eat(')') {
            loop {
                self.skip_blanks();
                arguments.push(self.argument(depth)?);
                self.skip_blanks();
                if self.eat(')') {
                    break;
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
        let text = self.source.slice(name.start..self.position);
        Ok(Call { text, function, name: self.source.locate(name), arguments })
    }

    fn argument(&mut self, depth: usize) -> Result<Argument, CallError> {
        let start = self.position;
        let value = match self.peek() {
            Some('\'') => ArgumentValue::String(self.string()?),
            Some('$') => self.path()?,
            Some('-' | '0'..='9') => {
                let number = self.eat_while(|found| found.is_ascii_alphanumeric() || matches!(found, '-' | '+' | '.'));
                let text = &self.text[number.clone()];
                if !is_number(text) {
                    return self.fail(number, "not a number");
                }
                ArgumentValue::Number(text.to_owned())
            }
            Some('"') => return self.fail(self.here(), "a string is written in single quotes"),
            Some(found) if found.is_ascii_alphabetic() => {
                if self.rest().starts_with("States.") {
                    ArgumentValue::Call(self.call(depth + 1)?)
                } else {
                    self.word()?
                }
            }
            Some(found) => return self.fail(self.here(), format!("`{found}` cannot start an argument")),
            None => return self.fail(self.here(), "an argument is missing"),
        };
        Ok(Argument { span: self.source.locate(start..self.position), value })
    }

    fn word(&mut self) -> Result<ArgumentValue, CallError> {
        let word = self.eat_while(|found| found.is_ascii_alphanumeric() || matches!(found, '_' | '.' | '-'));
        match &self.text[word.clone()] {
            "true" => Ok(ArgumentValue::Boolean(true)),
            "false" => Ok(ArgumentValue::Boolean(false)),
            "null" => Ok(ArgumentValue::Null),
            found => self.fail(word, format!("`{found}` is no argument: a string is written `'{found}'`")),
        }
    }

    fn string(&mut self) -> Result<Literal, CallError> {
        let open = self.here();
        self.eat('\'');
        let mut literal = Literal::default();
        loop {
            let plain = self.eat_while(|found| !matches!(found, '\'' | '\\' | '{'));
            literal.text.push_str(&self.text[plain]);
            let start = self.position;
            if self.eat('\'') {
                return Ok(literal);
            }
            if self.eat('{') {
                match self.peek() {
                    Some('}') => literal.holes.push(literal.text.len()),
                    // A substitution without a value is reported as such.
                    _ if literal.text.ends_with('$') => {}
                    _ => literal.stray = literal.stray.or(Some(self.source.locate(start..self.position))),
                }
                literal.text.push('{');
                continue;
            }
            if !self.eat('\\') {
                return Err(CallError::Quote(open, "the quote is not closed"));
            }
            // Line breaks are not in AWS's grammar, and its own tools take them.
            literal.text.push(match self.peek() {
                Some(escaped @ ('\'' | '{' | '}' | '\\')) => escaped,
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                _ => {
                    let end = self.here().end;
                    return Err(CallError::Quote(start..end, r"a backslash is followed by `'`, `{`, `}` or `\`"));
                }
            });
            self.position = self.here().end;
        }
    }

    /// A path ends at the comma, blank or parenthesis that is not inside brackets, parentheses or quotes of its own.
    fn path(&mut self) -> Result<ArgumentValue, CallError> {
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
        let text = self.source.slice(range.clone());
        match Path::parse(&text) {
            Ok(path) => Ok(ArgumentValue::Path(path)),
            Err(PathError::Unsupported { range, what, .. }) => {
                self.unread.push((text, what, range));
                Ok(ArgumentValue::Unread)
            }
            Err(PathError::Syntax { range: bad, message, .. }) => Err(CallError::Path(range, bad, message)),
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
#[allow(clippy::panic)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// The call with every argument in brackets, or what is wrong.
    fn show(text: &str) -> String {
        match parse(&Text::opaque(text, Span::new(0, 0))) {
            Ok(parsed) => shown(&parsed.call),
            Err(CallError::Unknown(range)) => format!("unknown {}", &text[range]),
            Err(CallError::Depth(range)) => format!("too deep {}", &text[range]),
            Err(CallError::Quote(range, message)) => format!("{:?} {message}", &text[range]),
            Err(CallError::Syntax(range, message)) => format!("{:?} {message}", &text[range]),
            Err(CallError::Path(range, bad, _)) => format!("path {} at {bad:?}", &text[range]),
        }
    }

    fn shown(call: &Call) -> String {
        let arguments = call.arguments.iter().map(|argument| match &argument.value {
            ArgumentValue::Null => "null".to_owned(),
            ArgumentValue::Boolean(boolean) => boolean.to_string(),
            ArgumentValue::Number(number) => number.clone(),
            ArgumentValue::String(literal) => format!("{:?}", literal.text),
            ArgumentValue::Path(path) => path.text.clone(),
            ArgumentValue::Unread => "unread".to_owned(),
            ArgumentValue::Call(call) => shown(call),
        });
        let name = call.function.name().trim_start_matches("States.");
        format!("{name}[{}]", arguments.collect::<Vec<_>>().join(" "))
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(show(text).trim_end(), expected, "{text}");
    }

    #[test]
    fn calls() {
        check("States.UUID()", "UUID[]");
        check("States.Array( )", "Array[]");
        check("States.Format('{} is {}', $.a, $$.State.Name)", r#"Format["{} is {}" $.a $$.State.Name]"#);
        check("States.MathAdd(States.ArrayLength($.a),-1)", "MathAdd[ArrayLength[$.a] -1]");
        check("States.ArrayLength($.a[*])", "ArrayLength[$.a[*]]");
        check("States.ArrayLength($.a.sum())", "ArrayLength[unread]");
        check(
            "States.Array('Foo', 2020, 1.5e3, null, true, $x['a,b)'])",
            r#"Array["Foo" 2020 1.5e3 null true $x['a,b)']]"#,
        );
        check("States.ArrayGetItem($.a[?(@.b == c)].d, 0)", "ArrayGetItem[$.a[?(@.b == c)].d 0]");
        check(r"States.Format('it\'s \{\} \\', $.a)", r#"Format["it's {} \\" $.a]"#);
        check("States.Format('one\ntwo')", r#"Format["one\ntwo"]"#);
    }

    #[test]
    fn holes_are_braces_without_backslashes() {
        let Ok(parsed) = parse(&Text::opaque(r"States.Format('{} \{\} {a} é{}', 1, 2)", Span::new(0, 0))) else {
            panic!("it is a call");
        };
        let ArgumentValue::String(literal) = &parsed.call.arguments[0].value else { panic!("it is a string") };
        assert_eq!(literal.pieces(), ["", " {} {a} é", ""]);
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
        check("States.Array($.a:b)", "path $.a:b at 3..4");
        let nested = |depth: usize| format!("{}{}", "States.Array(".repeat(depth), ")".repeat(depth));
        check(&nested(10), &format!("{}{}", "Array[".repeat(10), "]".repeat(10)));
        check(&nested(11), "too deep States.Array");
    }

    #[test]
    fn parts_know_where_they_were_written() {
        let source = r#""States.Format('\u0041{}', $.a)""#;
        let text = Text {
            text: "States.Format('A{}', $.a)".to_owned(),
            span: Span::new(0, source.len()),
            runs: vec![(0, 1), (15, 16), (16, 22)],
        };
        let Ok(parsed) = parse(&text) else { panic!("it is a call") };
        let spans = parsed.call.arguments.iter().map(|argument| &source[argument.span.range()]);
        assert_eq!(spans.collect::<Vec<_>>(), [r"'\u0041{}'", "$.a"]);
        let ArgumentValue::Path(path) = &parsed.call.arguments[1].value else { panic!("it is a path") };
        assert_eq!(&source[path.span.range()], "$.a");
    }
}
