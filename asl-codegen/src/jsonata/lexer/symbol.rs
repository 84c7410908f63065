//! The symbols that JSONata is written with, and how tightly they bind.

/// An operator, a bracket or a separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "`text` says what each is")]
pub(in crate::jsonata) enum Symbol {
    Ampersand,
    And,
    Assign,
    Asterisk,
    At,
    Caret,
    Chain,
    CloseBrace,
    CloseBracket,
    CloseParenthesis,
    Coalesce,
    Colon,
    Comma,
    Dot,
    DoubleAsterisk,
    Elvis,
    Equal,
    Exclamation,
    Greater,
    GreaterEqual,
    Hash,
    In,
    Less,
    LessEqual,
    Minus,
    NotEqual,
    OpenBrace,
    OpenBracket,
    OpenParenthesis,
    Or,
    Percent,
    Pipe,
    Plus,
    Question,
    Range,
    Semicolon,
    Slash,
    Tilde,
}

impl Symbol {
    /// The symbol that `text` begins with; the longest one. Words are not looked for.
    pub(super) fn at_start(text: &[u8]) -> Option<Self> {
        let second = text.get(1);
        Some(match (text.first()?, second) {
            (b'.', Some(b'.')) => Self::Range,
            (b':', Some(b'=')) => Self::Assign,
            (b'!', Some(b'=')) => Self::NotEqual,
            (b'>', Some(b'=')) => Self::GreaterEqual,
            (b'<', Some(b'=')) => Self::LessEqual,
            (b'*', Some(b'*')) => Self::DoubleAsterisk,
            (b'~', Some(b'>')) => Self::Chain,
            (b'?', Some(b':')) => Self::Elvis,
            (b'?', Some(b'?')) => Self::Coalesce,
            (first, _) => Self::of_byte(*first)?,
        })
    }

    /// The symbol that is this one byte.
    pub(super) fn of_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            b'&' => Self::Ampersand,
            b'*' => Self::Asterisk,
            b'@' => Self::At,
            b'^' => Self::Caret,
            b'}' => Self::CloseBrace,
            b']' => Self::CloseBracket,
            b')' => Self::CloseParenthesis,
            b':' => Self::Colon,
            b',' => Self::Comma,
            b'.' => Self::Dot,
            b'=' => Self::Equal,
            b'!' => Self::Exclamation,
            b'>' => Self::Greater,
            b'#' => Self::Hash,
            b'<' => Self::Less,
            b'-' => Self::Minus,
            b'{' => Self::OpenBrace,
            b'[' => Self::OpenBracket,
            b'(' => Self::OpenParenthesis,
            b'%' => Self::Percent,
            b'|' => Self::Pipe,
            b'+' => Self::Plus,
            b'?' => Self::Question,
            b';' => Self::Semicolon,
            b'/' => Self::Slash,
            b'~' => Self::Tilde,
            _ => return None,
        })
    }

    /// The symbol as it is written.
    pub(in crate::jsonata) const fn text(self) -> &'static str {
        match self {
            Self::Ampersand => "&",
            Self::And => "and",
            Self::Assign => ":=",
            Self::Asterisk => "*",
            Self::At => "@",
            Self::Caret => "^",
            Self::Chain => "~>",
            Self::CloseBrace => "}",
            Self::CloseBracket => "]",
            Self::CloseParenthesis => ")",
            Self::Coalesce => "??",
            Self::Colon => ":",
            Self::Comma => ",",
            Self::Dot => ".",
            Self::DoubleAsterisk => "**",
            Self::Elvis => "?:",
            Self::Equal => "=",
            Self::Exclamation => "!",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Hash => "#",
            Self::In => "in",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Minus => "-",
            Self::NotEqual => "!=",
            Self::OpenBrace => "{",
            Self::OpenBracket => "[",
            Self::OpenParenthesis => "(",
            Self::Or => "or",
            Self::Percent => "%",
            Self::Pipe => "|",
            Self::Plus => "+",
            Self::Question => "?",
            Self::Range => "..",
            Self::Semicolon => ";",
            Self::Slash => "/",
            Self::Tilde => "~",
        }
    }

    /// How tightly it binds what is to its left; 0 when it ends an expression.
    pub(in crate::jsonata) const fn power(self) -> u8 {
        match self {
            Self::OpenBracket | Self::OpenParenthesis | Self::At | Self::Hash => 80,
            Self::Dot => 75,
            Self::OpenBrace => 70,
            Self::Asterisk | Self::Slash | Self::Percent => 60,
            Self::Plus | Self::Minus | Self::Ampersand => 50,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessEqual
            | Self::Greater
            | Self::GreaterEqual
            | Self::In
            | Self::Caret
            | Self::Chain
            | Self::Elvis
            | Self::Coalesce => 40,
            Self::And => 30,
            Self::Or => 25,
            Self::Question => 20,
            Self::Assign => 10,
            Self::CloseBrace
            | Self::CloseBracket
            | Self::CloseParenthesis
            | Self::Colon
            | Self::Comma
            | Self::DoubleAsterisk
            | Self::Exclamation
            | Self::Pipe
            | Self::Range
            | Self::Semicolon
            | Self::Tilde => 0,
        }
    }
}
