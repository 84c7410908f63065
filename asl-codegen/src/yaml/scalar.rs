//! What a plain scalar stands for: the core schema of YAML 1.2 (section 10.3.2), as far as JSON has it.
//!
//! Tools read YAML differently, so only what they agree on gets a type. `Yes` and `On` are booleans to none but YAML 1.1
//! and stay text, as timestamps do. Digits behind a leading zero are octal to some and decimal to others, and often are
//! an account number: they stay text, which loses nothing.

use crate::json::{is_number, mend};

/// What a plain scalar stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Plain {
    Null,
    Bool(bool),
    /// In JSON's spelling.
    Number(String),
    Text,
    /// A number to YAML that JSON spells otherwise or not at all.
    NotJson {
        decimal: Option<String>,
    },
}

/// What the plain scalar `text` stands for.
pub(super) fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Plain::NotJson { decimal: None },
        _ if is_number(text) => Plain::Number(text.to_owned()),
        _ => {
            let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
            match unsigned.as_bytes() {
                b".inf" | b".Inf" | b".INF" => Plain::NotJson { decimal: None },
                [b'0', b'x' | b'o', ..] if unsigned == text => match mend(text) {
                    Some(decimal) => Plain::NotJson { decimal: Some(decimal) },
                    None => Plain::Text,
                },
                [b'0', b'0'..=b'9' | b'x' | b'X' | b'o' | b'O' | b'b', ..] => Plain::Text,
                _ if text.contains('_') => Plain::Text,
                _ => mend(text).map_or(Plain::Text, Plain::Number),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Plain, resolve};

    #[test]
    fn plain_scalars() {
        let number = |text: &str| Plain::Number(text.to_owned());
        let not_json = |decimal: Option<&str>| Plain::NotJson { decimal: decimal.map(str::to_owned) };
        for (text, expected) in [
            ("", Plain::Null),
            ("~", Plain::Null),
            ("null", Plain::Null),
            ("True", Plain::Bool(true)),
            ("FALSE", Plain::Bool(false)),
            ("1.10", number("1.10")),
            ("-0", number("-0")),
            ("1e3", number("1e3")),
            ("+5", number("5")),
            (".5", number("0.5")),
            ("1.", number("1.0")),
            ("Yes", Plain::Text),
            ("off", Plain::Text),
            ("tRue", Plain::Text),
            ("012345678901", Plain::Text),
            ("-01", Plain::Text),
            ("1_000", Plain::Text),
            ("0b1", Plain::Text),
            ("12:30:00", Plain::Text),
            ("2026-01-01T00:00:00Z", Plain::Text),
            ("1.2.3", Plain::Text),
            ("-", Plain::Text),
            (".", Plain::Text),
            ("0xZ", Plain::Text),
            ("0x1F", not_json(Some("31"))),
            ("0o17", not_json(Some("15"))),
            (".inf", not_json(None)),
            ("-.INF", not_json(None)),
            (".NaN", not_json(None)),
        ] {
            assert_eq!(resolve(text), expected, "{text}");
        }
    }
}
