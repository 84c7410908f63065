//! Literal regular expressions.

use super::Lexer;
use crate::jsonata::Error;
use crate::jsonata::syntax::Regex;

impl Lexer<'_> {
    /// A regular expression; the next byte is its slash. A slash inside of brackets of any kind does not end it, nor does
    /// one behind a backslash.
    pub(super) fn regex(&mut self) -> Result<Regex, Error> {
        let start = self.position;
        let body = self.rest().get(1..).unwrap_or_default();
        let Some(length) = closing_slash(body) else { return Err(Error::new("S0302").at(start)) };
        if length == 0 {
            return Err(Error::new("S0301").at(start));
        }
        let pattern = body.get(..length).unwrap_or_default().to_owned();
        self.position += length + 2;
        let mut regex = Regex { pattern, ignore_case: false, multi_line: false };
        while let Some(flag @ (b'i' | b'm')) = self.byte(0) {
            let flag = if flag == b'i' { &mut regex.ignore_case } else { &mut regex.multi_line };
            if *flag {
                let message = "A flag of a regular expression must not be repeated";
                return Err(Error::with_message("S0201", message).at(self.position));
            }
            *flag = true;
            self.position += 1;
        }
        Ok(regex)
    }
}

/// The byte of the slash that ends a pattern.
fn closing_slash(body: &str) -> Option<usize> {
    // Below zero where a bracket closes that was not opened; no slash ends the pattern there either.
    let mut depth = 0_i64;
    let mut backslashes = 0_usize;
    for (position, byte) in body.bytes().enumerate() {
        match byte {
            b'/' if depth == 0 && backslashes.is_multiple_of(2) => return Some(position),
            b'(' | b'[' | b'{' if backslashes == 0 => depth += 1,
            b')' | b']' | b'}' if backslashes == 0 => depth -= 1,
            _ => {}
        }
        backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
    }
    None
}
