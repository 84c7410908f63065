//! Expressions to tokens. Lexing never fails: a character without a meaning is a token that no rule takes.

use std::ops::Range;

/// A token of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its bytes in the expression.
    pub(super) range: Range<usize>,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A keyword, a function or an attribute name: a letter, then letters, digits and underscores.
    Word,
    /// `#name`
    Name,
    /// `:value`
    Value,
    /// Digits.
    Digits,
    /// An operator, a bracket, or any other single character.
    Symbol,
    /// The end of the text.
    End,
}

/// The tokens of `text`, [`TokenKind::End`] last.
pub(super) fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if matches!(first, ' ' | '\t' | '\r' | '\n') {
            at += 1;
            continue;
        }
        let (kind, length) = token(&text[at..], first);
        tokens.push(Token { kind, range: at..at + length });
        at += length;
    }
    tokens.push(Token { kind: TokenKind::End, range: text.len()..text.len() });
    tokens
}

/// The kind and length of the token that `rest` begins with; `first` is its first character.
fn token(rest: &str, first: char) -> (TokenKind, usize) {
    let word = |from: usize| from + rest[from..].bytes().take_while(|byte| is_word(*byte)).count();
    let placeholder = |kind| match word(1) {
        1 => (TokenKind::Symbol, 1),
        length => (kind, length),
    };
    match first {
        'a'..='z' | 'A'..='Z' => (TokenKind::Word, word(0)),
        '0'..='9' => (TokenKind::Digits, rest.bytes().take_while(u8::is_ascii_digit).count()),
        '#' => placeholder(TokenKind::Name),
        ':' => placeholder(TokenKind::Value),
        '<' | '>' if matches!(rest.as_bytes().get(1), Some(b'=')) || rest.starts_with("<>") => (TokenKind::Symbol, 2),
        other => (TokenKind::Symbol, other.len_utf8()),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::lex;

    #[track_caller]
    fn check(text: &str, tokens: &[&str]) {
        let found: Vec<&str> = lex(text).iter().map(|token| &text[token.range.clone()]).collect();
        assert_eq!(found.split_last(), Some((&"", tokens)));
    }

    #[test]
    fn tokens() {
        check("SET a.b[0] = :v - #n", &["SET", "a", ".", "b", "[", "0", "]", "=", ":v", "-", "#n"]);
        check("a<=b<>c>=d<e>f", &["a", "<=", "b", "<>", "c", ">=", "d", "<", "e", ">", "f"]);
        check("size(_x)", &["size", "(", "_", "x", ")"]);
        check("ö # : \"q\" 1a", &["ö", "#", ":", "\"", "q", "\"", "1", "a"]);
        check(" \t\r\n", &[]);
    }
}
