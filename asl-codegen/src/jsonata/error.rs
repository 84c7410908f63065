//! Errors of JSONata: of its syntax, and of an evaluation.

mod sentences;

use std::fmt;

/// What JSONata says that is wrong: a code of its own, and what the code's sentence speaks of.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    code: &'static str,
    position: Option<usize>,
    /// None when it is about none.
    token: Option<String>,
    /// Whether the token is JSON of its own, and not the text of a string.
    literal: bool,
    value: String,
    other: String,
    index: usize,
    /// Replaces the code's own sentence: of `$error` and `$assert`, and of AWS's limits.
    message: Option<String>,
}

impl Error {
    /// The error `code`, such as `T2001`.
    #[cold]
    pub fn new(code: &'static str) -> Self {
        Self(Box::new(Parts {
            code,
            position: None,
            token: None,
            literal: false,
            value: String::new(),
            other: String::new(),
            index: 0,
            message: None,
        }))
    }

    /// An error that has its own sentence.
    #[cold]
    pub fn with_message(code: &'static str, message: impl Into<String>) -> Self {
        let mut error = Self::new(code);
        error.0.message = Some(message.into());
        error
    }

    /// With the operator, function, name or piece of text that it is about.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.0.token = Some(token.into());
        self
    }

    /// Without what it is about: its sentence says `undefined`.
    #[must_use]
    pub fn without_token(mut self) -> Self {
        self.0.token = None;
        self
    }

    /// With the literal in the text that it is about, as JSON.
    #[must_use]
    pub(super) fn literal(mut self, json: impl Into<String>) -> Self {
        self.0.literal = true;
        self.token(json)
    }

    /// With the value that it is about, as JSON. Without one its sentence says `undefined`.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.0.value = value.into();
        self
    }

    /// With the second value that it is about, as JSON: the right operand of `T2007` and `T2009`, the exponent of `D3061`,
    /// what `T0412` wants an array of (`"numbers"`), the function of `D3140`.
    #[must_use]
    pub fn other(mut self, value: impl Into<String>) -> Self {
        self.0.other = value.into();
        self
    }

    /// With the argument that it is about, from 1.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.index = index;
        self
    }

    /// With the byte of the expression's text that it is about.
    #[must_use]
    pub fn at(mut self, position: usize) -> Self {
        self.0.position.get_or_insert(position);
        self
    }

    /// About another byte of the text than was said.
    pub(super) fn moved(mut self, position: usize) -> Self {
        self.0.position = Some(position);
        self
    }

    /// Its code in JSONata: `S0202`, `T2001`, `D3137`; `U1001` for one that a limit raised.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The byte of the expression's text that it is about, when it is known.
    pub fn position(&self) -> Option<usize> {
        self.0.position
    }

    /// The operator, function, name or piece of text that it is about; empty when it is about none.
    pub fn subject(&self) -> &str {
        self.0.token.as_deref().unwrap_or_default()
    }

    /// Its sentence, as AWS shows it behind the code.
    pub fn message(&self) -> String {
        match &self.0.message {
            Some(message) => message.clone(),
            None => sentences::sentence(self.0.code, |name, json| self.insert(name, json)),
        }
    }

    /// What stands for `name` in its sentence.
    fn insert(&self, name: &str, json: bool) -> String {
        let Parts { token, literal, value, other, index, .. } = &*self.0;
        let shown = match name {
            "token" => match token {
                Some(token) if json && !literal => serde_json::Value::from(token.as_str()).to_string(),
                token => token.clone().unwrap_or_default(),
            },
            "index" => index.to_string(),
            "value" => value.clone(),
            _ => other.clone(),
        };
        if shown.is_empty() { "undefined".to_owned() } else { shown }
    }
}

impl fmt::Display for Error {
    /// As AWS shows it in a cause: `T1006: Attempted to invoke a non-function`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_speak_of_what_is_wrong() {
        for (error, shown) in [
            (Error::new("T1006"), "T1006: Attempted to invoke a non-function"),
            (Error::new("T1005").token("sum"), "T1005: Attempted to invoke a non-function. Did you mean $sum?"),
            (Error::new("T2001").token("+"), "T2001: The left side of the \"+\" operator must evaluate to a number"),
            (Error::new("S0103").token("q"), "S0103: Unsupported escape sequence: \\\"q\""),
            (Error::new("S0202").value("\")\"").token("x"), "S0202: Expected \")\", got \"x\""),
            (Error::new("S0202").value("\")\"").literal("5"), "S0202: Expected \")\", got 5"),
            (Error::new("T1003").value("[1]"), "T1003: Key in object structure must evaluate to a string; got: [1]"),
            (Error::new("T1003"), "T1003: Key in object structure must evaluate to a string; got: undefined"),
            (
                Error::new("T2009").token("<").value("1").other("\"a\""),
                "T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type",
            ),
            (
                Error::new("T0412").token("sum").index(1).other("\"numbers\""),
                "T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
            ),
            (Error::new("T0410").index(1), "T0410: Argument 1 of function undefined does not match function signature"),
            (
                Error::new("D3061").value("1e+200").other("2"),
                "D3061: The power function has resulted in a value that cannot be represented as a JSON number: \
                 base=1e+200, exponent=2",
            ),
            (
                Error::new("D3140").token("or").other("decodeUrl").value("\"%\""),
                "D3140: Malformed URL passed to $decodeUrl(): \"%\"",
            ),
            (Error::with_message("D3137", "no"), "D3137: no"),
            (Error::new("D3137"), "D3137: $error() function evaluated"),
            (
                Error::new("U1001"),
                "U1001: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
            ),
        ] {
            assert_eq!(error.to_string(), shown);
        }
    }
}
