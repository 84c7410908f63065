//! `state_machine! { { "StartAt": … } }`

mod json;

use asl_codegen::Options;
use asl_codegen::diagnostic::Diagnostic;
use asl_codegen::source::{Format, Source};
use asl_codegen::{render, span};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use self::json::Json;
use crate::arguments::{self, Cursor};
use crate::expand::{self, RUNTIME};
use crate::report::{Error, Places, capped};

/// The generated module's name when none is given, and what stands for a file's name.
const NAME: &str = "state_machine";

/// What was asked for.
struct Call {
    runtime: TokenStream,
    options: Options,
    definition: Group,
}

pub(crate) fn expand(input: TokenStream, places: &Places) -> TokenStream {
    let call = match read(input) {
        Ok(call) => call,
        Err(error) => return error.tokens(),
    };
    let json = match json::text(&call.definition, places) {
        Ok(json) => json,
        Err(errors) => return capped(errors).iter().map(Error::tokens).collect(),
    };
    let mut source = Source::new(NAME, json.text.as_str());
    source.format = Format::Json;
    let compiled = asl_codegen::compile(source, &call.options);
    expand::expand(&compiled.diagnostics, compiled.tokens(), &call.runtime, |diagnostic| {
        locate(&json, &compiled.source, diagnostic)
    })
}

fn read(input: TokenStream) -> Result<Call, Error> {
    let mut cursor = Cursor::new(input, Span::call_site());
    let runtime = cursor.runtime()?;
    let mut options = Options { module: Some(NAME.to_owned()), runtime: RUNTIME.to_owned(), ..Options::default() };
    loop {
        let wanted = "the definition in braces, or an option";
        match cursor.next() {
            Some(TokenTree::Ident(name)) => {
                arguments::option(&name, &mut cursor, &mut options)?;
                if !cursor.comma_or_end()? {
                    return Err(cursor.missing("the definition in braces"));
                }
            }
            Some(TokenTree::Group(definition)) if definition.delimiter() == Delimiter::Brace => {
                return match cursor.next() {
                    None => Ok(Call { runtime, options, definition }),
                    Some(more) => Err(Error::new(more.span(), "nothing stands after the definition: options go first")),
                };
            }
            Some(TokenTree::Literal(name)) => {
                let hint = "a definition stands in braces of its own: `state_machine! { { \"StartAt\": … } }`";
                return Err(Error::new(name.span(), hint));
            }
            Some(other) => return Err(Error::new(other.span(), format!("expected {wanted}"))),
            None => return Err(cursor.missing(wanted)),
        }
    }
}

/// The finding on the tokens it is about. rustc shows those, so the text shows a line of its own only for a part of
/// one string: stable macros cannot mark that.
fn locate(json: &Json, source: &Source, diagnostic: &Diagnostic) -> Error {
    let original = |span: span::Span| source.original_span(span).range();
    let range = original(diagnostic.span);
    let mut message = format!("[{}] {}", diagnostic.code, diagnostic.message);
    match json.excerpt(range.clone()) {
        Some(excerpt) => {
            let blank = " ".repeat(excerpt.before);
            let carets = "^".repeat(excerpt.width);
            let line = format!("\n  |\n  | {}\n  | {blank}{carets} {}", excerpt.line, diagnostic.label);
            message.push_str(line.trim_end());
            message.push_str("\n  |");
        }
        None if !diagnostic.label.is_empty() => message.push_str(&format!(": {}", diagnostic.label)),
        None => {}
    }
    for (place, text) in &diagnostic.notes {
        message.push_str(&format!("\n  = note: {}: {text}", json.quote(original(*place))));
    }
    for help in &diagnostic.help {
        let advice = render::advice(help).replace('\n', "\n            ");
        message.push_str(&format!("\n  = help: {advice}"));
    }
    if !diagnostic.aws.is_empty() {
        message.push_str(&format!("\n  = aws: {}", diagnostic.aws));
    }
    let (first, last) = json.tokens(range);
    Error { first, last, message }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use asl_codegen::codes::Code;
    use asl_codegen::diagnostic::Diagnostic;
    use asl_codegen::source::Source;
    use asl_codegen::span::Span;
    use proc_macro2::{Group, TokenTree};

    use super::{json, locate, read};
    use crate::inline::json::tests::NOWHERE;

    #[test]
    fn options_stand_before_the_definition() {
        let call = |text: &str| read(text.parse().unwrap()).map_err(|error| error.message);
        let module = |text: &str| call(text).map(|call| call.options.module.unwrap_or_default());
        assert_eq!(module("rt; { \"a\": 1 }"), Ok("state_machine".to_owned()));
        assert_eq!(module("rt; module = order, allow(ASL0305), { }"), Ok("order".to_owned()));
        let check = |text: &str, message: &str| assert_eq!(call(text).err().as_deref(), Some(message), "{text}");
        check("rt;", "expected the definition in braces, or an option after this");
        check("rt; module = order", "expected the definition in braces after this");
        check("rt; module = order,", "expected the definition in braces after this");
        check("rt; [1]", "expected the definition in braces, or an option");
        check("rt; {}, {}", "nothing stands after the definition: options go first");
        check(
            "rt; \"StartAt\": \"A\"",
            "a definition stands in braces of its own: `state_machine! { { \"StartAt\": … } }`",
        );
    }

    #[track_caller]
    fn check_message(text: &str, marked: &str, expected: &str) {
        let Some(TokenTree::Group(group)) = text.parse::<proc_macro2::TokenStream>().unwrap().into_iter().next() else {
            panic!("no group in {text}")
        };
        let group: Group = group;
        let json = json::text(&group, &NOWHERE).unwrap();
        let start = json.text.find(marked).unwrap();
        let diagnostic = Diagnostic::new(Code::ASL0601, Span::new(start, start + marked.len()), "no such path")
            .label("not there")
            .note(Span::new(0, 1), "starts here")
            .fix("put this", Span::default(), "\"b\"")
            .aws("fails");
        let message = locate(&json, &Source::new("a", json.text.as_str()), &diagnostic).message;
        assert_eq!(message, expected);
    }

    #[test]
    fn a_part_of_a_string_is_shown_in_the_message() {
        check_message(
            "{ \"a.$\": \"States.Format('{}', $.é)\" }",
            "$.é",
            "[ASL0601] no such path\n  |\n  | \"States.Format('{}', $.é)\"\n  |                      ^^^ not there\n  |\n  \
             = note: `{`: starts here\n  = help: put this: `\"b\"`\n  = aws: fails",
        );
    }

    #[test]
    fn whole_tokens_are_marked_by_rustc() {
        check_message(
            "{ \"a\": \"b\" }",
            "\"b\"",
            "[ASL0601] no such path: not there\n  = note: `{`: starts here\n  = help: put this: `\"b\"`\n  \
             = aws: fails",
        );
    }
}
