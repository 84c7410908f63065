//! Errors and warnings as tokens that make rustc print them.

use std::path::PathBuf;

use proc_macro2::{Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote_spanned;

/// What the compiler knows of a token's place. `proc_macro2` offers it only at the cost of a source map.
pub(crate) struct Places {
    /// The file, relative to the current folder or absolute.
    pub(crate) file: fn(Span) -> Option<PathBuf>,
    /// The first character's line and column, both from 1.
    pub(crate) line_column: fn(Span) -> (usize, usize),
}

/// A message on some tokens of the macro's input.
#[derive(Debug)]
pub(crate) struct Error {
    /// The first of the tokens.
    pub(crate) first: Span,
    /// The last of the tokens.
    pub(crate) last: Span,
    /// The message.
    pub(crate) message: String,
}

impl Error {
    /// A message on one token.
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { first: span, last: span, message: message.into() }
    }

    /// The tokens that make rustc print the message as an error.
    pub(crate) fn tokens(&self) -> TokenStream {
        // rustc marks from the first token of the call to its last, so these two carry the ends of the range.
        let punct = |char, spacing| {
            let mut punct = Punct::new(char, spacing);
            punct.set_span(self.first);
            TokenTree::from(punct)
        };
        let ident = |name| TokenTree::from(Ident::new(name, self.first));
        let mut message = Literal::string(self.message.trim_end());
        message.set_span(self.last);
        let mut arguments = Group::new(proc_macro2::Delimiter::Brace, TokenTree::from(message).into());
        arguments.set_span(self.last);
        TokenStream::from_iter([
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            ident("core"),
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            ident("compile_error"),
            punct('!', Spacing::Alone),
            TokenTree::from(arguments),
        ])
    }

    /// The tokens that make rustc print the message as a warning: stable macros have no other way than a deprecated
    /// item that is used.
    pub(crate) fn warning_tokens(&self) -> TokenStream {
        let mut note = Literal::string(self.message.trim_end());
        note.set_span(self.first);
        quote_spanned! {self.first=>
            const _: () = {
                #[deprecated(note = #note)]
                #[allow(non_upper_case_globals)]
                const asl: () = ();
                asl
            };
        }
    }
}

/// Messages beyond this number are counted, not shown.
const SHOWN: usize = 20;

/// The first messages, and in place of the others how many there are.
pub(crate) fn capped(mut messages: Vec<Error>) -> Vec<Error> {
    let hidden = messages.len().saturating_sub(SHOWN);
    if hidden > 0 {
        messages.truncate(SHOWN);
        let span = messages.last().map_or_else(Span::call_site, |last| last.first);
        messages.push(Error::new(span, format!("… and {hidden} more")));
    }
    messages
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::{Error, capped};

    fn messages(count: usize) -> Vec<Error> {
        (0..count).map(|index| Error::new(Span::call_site(), index.to_string())).collect()
    }

    #[test]
    fn an_error_is_one_call() {
        let tokens = Error::new(Span::call_site(), "[ASL0001] a\n  | \"b\"\n").tokens().to_string();
        assert_eq!(tokens.replace(' ', ""), r#"::core::compile_error!{"[ASL0001]a\n|\"b\""}"#);
    }

    #[test]
    fn a_warning_is_one_item() {
        let tokens = Error::new(Span::call_site(), "text").warning_tokens().to_string();
        assert_eq!(
            tokens.replace(' ', ""),
            r#"const_:()={#[deprecated(note="text")]#[allow(non_upper_case_globals)]constasl:()=();asl};"#
        );
    }

    #[test]
    fn twenty_are_shown() {
        assert_eq!(capped(messages(20)).len(), 20);
        let capped = capped(messages(23));
        assert_eq!(capped.len(), 21);
        assert_eq!(capped[20].message, "… and 3 more");
    }
}
