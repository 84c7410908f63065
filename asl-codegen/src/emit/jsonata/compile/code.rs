//! Pieces of generated code, and what is known of the values that they give.

use proc_macro2::TokenStream;
use quote::quote;

/// An expression of Rust.
#[derive(Clone, Debug)]
pub(super) struct Code {
    tokens: TokenStream,
    form: Form,
    /// It is a `Result`.
    raises: bool,
    /// Its value is known not to be an array.
    pub(super) single: bool,
    /// Its value is known to be neither array nor object nor function.
    scalar: bool,
    /// Its value is known not to be a number without end, which raises an error when it is asked whether it is true.
    finite: bool,
    /// Whether the value is true, as an expression for a `Result` of a `bool`, where that is less than the value.
    truth: Option<TokenStream>,
    /// Whether its value may be a sequence of no value or of one.
    pub(super) sequence: Sequence,
}

/// Whether a value may be a sequence of no value or of one, which is nothing or that value for whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// No.
    No,
    /// It is a sequence, and any value that is no array stands for a sequence of itself: steps and predicates.
    Always,
    /// When it is an array that is marked as a sequence: functions.
    Marked,
}

/// What an expression of Rust is.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// A value.
    Value,
    /// A reference to a value.
    Reference,
    /// A variable that holds a value.
    Variable,
    /// A boolean of Rust.
    Bool,
    /// The literal string.
    Text(String),
    /// Nothing.
    Undefined,
}

impl Code {
    fn new(tokens: TokenStream, form: Form) -> Self {
        let single = matches!(form, Form::Bool | Form::Text(_) | Form::Undefined);
        Self {
            tokens,
            form,
            raises: false,
            single,
            scalar: single,
            finite: single,
            truth: None,
            sequence: Sequence::No,
        }
    }

    /// An expression for a value.
    pub(super) fn value(tokens: TokenStream) -> Self {
        Self::new(tokens, Form::Value)
    }

    /// An expression for a reference to a value.
    pub(super) fn reference_to(tokens: TokenStream) -> Self {
        Self::new(tokens, Form::Reference)
    }

    /// A variable that holds a value.
    pub(super) fn variable(tokens: TokenStream) -> Self {
        Self::new(tokens, Form::Variable)
    }

    /// An expression for a `bool`.
    pub(super) fn bool(tokens: TokenStream) -> Self {
        Self::new(tokens, Form::Bool)
    }

    /// A string literal.
    pub(super) fn text(text: &str) -> Self {
        Self::new(TokenStream::new(), Form::Text(text.to_owned()))
    }

    /// Nothing.
    pub(super) fn undefined() -> Self {
        Self::new(TokenStream::new(), Form::Undefined)
    }

    /// The same, as an expression for a `Result`.
    pub(super) fn raising(self) -> Self {
        Self { raises: true, ..self }
    }

    /// The same, whose value is not an array.
    pub(super) fn single(self) -> Self {
        Self { single: true, ..self }
    }

    /// The same, whose value is neither array nor object nor function.
    pub(super) fn scalar(self) -> Self {
        Self { single: true, scalar: true, ..self }
    }

    /// The same, whose value is no number that was computed.
    pub(super) fn finite(self) -> Self {
        Self { finite: true, ..self }
    }

    /// The same, which is true when this expression for a `Result` of a `bool` is.
    pub(super) fn with_truth(self, truth: TokenStream) -> Self {
        Self { truth: Some(truth), ..self }
    }

    /// The same, whose value may be a sequence of no value or of one.
    pub(super) fn sequence(self, sequence: Sequence) -> Self {
        Self { sequence, ..self }
    }

    /// The text, when it is a literal string.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is nothing, as is known.
    pub(super) fn is_undefined(&self) -> bool {
        self.form == Form::Undefined
    }

    /// Whether its value is a boolean or nothing.
    pub(super) fn is_boolean(&self) -> bool {
        self.form == Form::Bool || self.truth.is_some()
    }

    /// Whether it is a `bool`.
    pub(super) fn is_bool(&self) -> bool {
        self.form == Form::Bool
    }

    fn done(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.raises { quote!(#tokens?) } else { tokens.clone() }
    }

    /// As an expression for a value.
    pub(super) fn owned(&self) -> TokenStream {
        let tokens = self.done();
        match &self.form {
            Form::Value => tokens,
            Form::Reference | Form::Variable => quote!(#tokens.clone()),
            Form::Bool => quote!(__rt::jsonata::Value::Bool(#tokens)),
            Form::Text(text) => quote!(__rt::jsonata::Value::str(#text)),
            Form::Undefined => quote!(__rt::jsonata::Value::Undefined),
        }
    }

    /// As an expression for a reference to a value.
    pub(super) fn reference(&self) -> TokenStream {
        match &self.form {
            Form::Reference => self.done(),
            Form::Variable => {
                let tokens = &self.tokens;
                quote!(&#tokens)
            }
            _ => {
                let owned = self.owned();
                quote!(&#owned)
            }
        }
    }

    /// As an expression for a `bool`: whether the value is true, as `$boolean` says.
    pub(super) fn condition(&self) -> TokenStream {
        if let Some(truth) = &self.truth {
            return quote!(#truth?);
        }
        match &self.form {
            Form::Bool => self.done(),
            Form::Text(text) => {
                let filled = !text.is_empty();
                quote!(#filled)
            }
            Form::Undefined => quote!(false),
            _ if self.finite => {
                let reference = self.reference();
                quote!(__rt::jsonata::operators::is_true(#reference))
            }
            _ => {
                let reference = self.reference();
                quote!(__rt::jsonata::operators::boolean(#reference)?)
            }
        }
    }

    /// As an expression for a `Result` of a value.
    pub(super) fn result(&self) -> TokenStream {
        if self.raises && self.form == Form::Value {
            return self.tokens.clone();
        }
        let owned = self.owned();
        quote!(Ok(#owned))
    }

    /// As an expression for a `Result` of a value, which a function gives or a variable gets: one that grew too much is refused.
    pub(super) fn bounded(&self) -> TokenStream {
        if self.scalar {
            return self.result();
        }
        let owned = self.owned();
        quote!(__rt::jsonata::compiled::bounded(#owned))
    }

    /// As an expression for a `Result` of a `bool`.
    pub(super) fn condition_result(&self) -> TokenStream {
        if let Some(truth) = &self.truth {
            return truth.clone();
        }
        if self.raises && self.form == Form::Bool {
            return self.tokens.clone();
        }
        if matches!(self.form, Form::Value | Form::Reference | Form::Variable) && !self.finite {
            let reference = self.reference();
            return quote!(__rt::jsonata::operators::boolean(#reference));
        }
        let condition = self.condition();
        quote!(Ok(#condition))
    }
}
