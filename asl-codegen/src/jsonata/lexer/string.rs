//! Literal texts.

use super::Lexer;
use crate::jsonata::Error;

impl Lexer<'_> {
    /// A text up to the next `quote`, which is also the byte that it begins with.
    pub(super) fn string(&mut self, quote: u8) -> Result<String, Error> {
        let mut text = String::new();
        self.position += 1;
        loop {
            let rest = self.rest();
            let Some(length) = rest.bytes().position(|byte| byte == quote || byte == b'\\') else {
                return Err(Error::new("S0101").at(self.text.len()));
            };
            let (plain, special) = rest.split_at_checked(length).unwrap_or_default();
            text.push_str(plain);
            self.position += length + 1;
            if !special.starts_with('\\') {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    /// What an escape sequence stands for. Its backslash has been read.
    fn escape(&mut self) -> Result<char, Error> {
        let start = self.position - 1;
        let letter = self.rest().chars().next();
        let character = match letter {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.code_point(start),
            other => return Err(Error::new("S0103").token(other.map(String::from).unwrap_or_default()).at(start)),
        };
        self.position += 1;
        Ok(character)
    }

    /// The character that `u` and its digits stand for; a pair of surrogates is one character.
    fn code_point(&mut self, start: usize) -> Result<char, Error> {
        let unit = self.code_unit(start)?;
        let paired = self.rest().starts_with("\\u") && (0xd800..0xdc00).contains(&unit);
        let units = if paired {
            self.position += 1;
            let low = self.code_unit(self.position - 1)?;
            char::decode_utf16([unit, low]).next()
        } else {
            char::decode_utf16([unit]).next()
        };
        let lone = "The escape sequence \\u must not stand for half of a surrogate pair";
        units.and_then(Result::ok).ok_or_else(|| Error::with_message("S0104", lone).at(start))
    }

    /// The number of the four digits behind `u`, which is the next byte.
    fn code_unit(&mut self, start: usize) -> Result<u16, Error> {
        let rest = self.rest().get(1..).unwrap_or_default();
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
        if digits < 4 {
            // Where the text ends among the digits it is the quote that is missing.
            let ended = digits > 0 && digits == rest.len();
            return Err(if ended { Error::new("S0101").at(self.text.len()) } else { Error::new("S0104").at(start) });
        }
        self.position += 1 + digits;
        let digits = rest.get(..digits).unwrap_or_default();
        u16::from_str_radix(digits, 16).map_err(|_| Error::new("S0104").at(start))
    }
}
