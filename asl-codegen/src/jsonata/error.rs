//! Errors of JSONata: of its syntax, and of an evaluation.

use std::fmt;

/// What JSONata says that is wrong: a code of its own, and what the code's sentence speaks of.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    code: &'static str,
    position: Option<usize>,
    token: String,
    value: String,
    index: usize,
    /// Replaces the code's own sentence: of `$error` and `$assert`, and of AWS's limits.
    message: Option<String>,
}

impl Error {
    /// The error `code`, such as `T2001`.
    #[cold]
    pub fn new(code: &'static str) -> Self {
        let (token, value) = (String::new(), String::new());
        Self(Box::new(Parts { code, position: None, token, value, index: 0, message: None }))
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
        self.0.token = token.into();
        self
    }

    /// With the value that it is about, as JSON.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.0.value = value.into();
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
        &self.0.token
    }

    /// Its sentence, as AWS shows it behind the code.
    pub fn message(&self) -> String {
        self.0.message.clone().unwrap_or_default()
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
