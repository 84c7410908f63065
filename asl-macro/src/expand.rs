//! What both macros do with the result of a compilation.

use asl_codegen::diagnostic::{Diagnostic, Level};
use proc_macro2::{Group, Span, TokenStream, TokenTree};

use crate::report::{Error, capped};

/// What [`Options::runtime`](asl_codegen::Options::runtime) is set to. The caller's `$crate` takes its place: it has
/// no spelling, only tokens.
pub(crate) const RUNTIME: &str = "__asl_runtime";

/// The module `tokens` with its warnings, or the errors. `locate` gives a finding its text and place.
pub(crate) fn expand(
    diagnostics: &[Diagnostic],
    tokens: Option<TokenStream>,
    runtime: &TokenStream,
    locate: impl Fn(&Diagnostic) -> Error,
) -> TokenStream {
    let of_level = |level| {
        let findings = diagnostics.iter().filter(|diagnostic| diagnostic.level == level);
        capped(findings.map(&locate).collect())
    };
    let errors = of_level(Level::Error);
    if !errors.is_empty() {
        return separate(&errors);
    }
    let warnings = of_level(Level::Warning);
    let Some(tokens) = tokens else {
        let defect = "this is a defect of asl-codegen: it gave neither code nor an error for this definition";
        return Error::new(Span::call_site(), defect).tokens();
    };
    let mut expansion = TokenStream::new();
    replace_runtime(tokens, runtime, &mut expansion);
    expansion.extend(warnings.iter().map(Error::warning_tokens));
    expansion
}

/// The errors as items: one after the other.
fn separate(errors: &[Error]) -> TokenStream {
    errors.iter().map(Error::tokens).collect()
}

/// Copies `tokens` with `runtime` in place of [`RUNTIME`], and gives whether it was found. Only the first is looked
/// for: taking every group of the module apart would cost more than all the rest of the expansion.
fn replace_runtime(tokens: TokenStream, runtime: &TokenStream, into: &mut TokenStream) -> bool {
    let mut rest = tokens.into_iter();
    while let Some(token) = rest.next() {
        let found = match token {
            TokenTree::Ident(ident) if ident == RUNTIME => {
                into.extend(runtime.clone());
                true
            }
            TokenTree::Group(group) => {
                let mut inner = TokenStream::new();
                let found = replace_runtime(group.stream(), runtime, &mut inner);
                let mut copy = Group::new(group.delimiter(), inner);
                copy.set_span(group.span());
                into.extend([TokenTree::from(copy)]);
                found
            }
            other => {
                into.extend([other]);
                false
            }
        };
        if found {
            into.extend(rest);
            return true;
        }
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use asl_codegen::codes::Code;
    use asl_codegen::diagnostic::{Diagnostic, Level};
    use asl_codegen::span;
    use proc_macro2::{Span, TokenStream};

    use super::expand;
    use crate::report::Error;

    #[track_caller]
    fn check(diagnostics: &[(Code, Level)], tokens: Option<&str>, expected: &str) {
        let diagnostic = |(code, level): &(Code, Level)| Diagnostic {
            level: *level,
            ..Diagnostic::new(*code, span::Span::default(), code.name())
        };
        let diagnostics: Vec<_> = diagnostics.iter().map(diagnostic).collect();
        let tokens = tokens.map(|tokens| tokens.parse().unwrap());
        let runtime = "::my_runtime".parse().unwrap();
        let expansion =
            expand(&diagnostics, tokens, &runtime, |diagnostic| Error::new(Span::call_site(), &diagnostic.message));
        let expected: TokenStream = expected.parse().unwrap();
        assert_eq!(expansion.to_string(), expected.to_string());
    }

    #[test]
    fn the_runtime_is_where_the_caller_has_it() {
        check(
            &[],
            Some("#[doc = \"a\"] pub mod a { use __asl_runtime::__private as __rt; fn b() { __rt::c() } }"),
            "#[doc = \"a\"] pub mod a { use ::my_runtime::__private as __rt; fn b() { __rt::c() } }",
        );
    }

    #[test]
    fn errors_stand_alone() {
        check(
            &[(Code::ASL0202, Level::Error), (Code::ASL0305, Level::Warning), (Code::ASL0206, Level::Error)],
            None,
            "::core::compile_error!{\"ASL0202\"} ::core::compile_error!{\"ASL0206\"}",
        );
    }

    #[test]
    fn warnings_follow_the_module() {
        check(
            &[(Code::ASL0305, Level::Warning)],
            Some("pub mod a {}"),
            "pub mod a {} const _: () = { #[deprecated(note = \"ASL0305\")] #[allow(non_upper_case_globals)]
             const asl: () = (); asl };",
        );
    }

    #[test]
    fn a_defect_is_an_error_too() {
        check(
            &[],
            None,
            "::core::compile_error!{\"this is a defect of asl-codegen: \
             it gave neither code nor an error for this definition\"}",
        );
    }
}
