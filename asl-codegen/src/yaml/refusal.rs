//! What is said of YAML that is broken, or that holds what JSON cannot.

use saphyr_parser::Tag;

use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::json::MAX_DEPTH;
use crate::json::quoted;
use crate::node::Node;
use crate::span::Span;

/// The tags of CloudFormation templates that stand for a value known only at deployment.
const CLOUDFORMATION: [&str; 13] = [
    "Base64",
    "Cidr",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "ImportValue",
    "Join",
    "Ref",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// The parser stopped at the byte `at` and said `info`.
pub(super) fn not_yaml(text: &str, at: usize, info: &str) -> Box<Diagnostic> {
    let rest = &text[at..];
    let character = rest.chars().next();
    let span = match character {
        Some(character) if !character.is_whitespace() => Span::new(at, at + character.len_utf8()),
        _ => Span::new(at, at),
    };
    let refusal = |message: &str| Diagnostic::new(Code::ASL0001, span, message);
    Box::new(match (info, character) {
        (_, Some('%')) if text[..at].ends_with('{') => {
            let end = rest.find("%}").map_or(at + 1, |end| at + end + 2);
            let span = Span::new(at - 1, end);
            Diagnostic::new(Code::ASL0001, span, "a JSONata expression needs quotes in YAML")
                .label("`{` begins an object")
                .fix("put it in quotes", span, single_quoted(&text[span.range()]))
        }
        (_, Some(character)) if info.starts_with("unexpected character") => {
            refusal(&format!("a text that begins with `{character}` needs quotes in YAML"))
                .help("put the text in quotes")
        }
        ("mapping values are not allowed in this context", _) => refusal("`:` cannot stand here")
            .help("put a text that has `: ` in it in quotes; otherwise check the indentation of this line"),
        ("while parsing node, found unknown anchor", _) => {
            refusal("this alias names no anchor").help("put a text that begins with `*` in quotes")
        }
        _ if info.contains("tab") && (rest.starts_with('\t') || text[..at].ends_with('\t')) => {
            let start = text[..at].trim_end_matches('\t').len();
            let end = text.len() - rest.trim_start_matches('\t').len();
            Diagnostic::new(Code::ASL0001, Span::new(start, end), "YAML cannot be indented with tabs")
                .help("indent with spaces")
        }
        ("recursion limit exceeded", _) => *too_deep(span),
        ("while scanning a quoted scalar, found unexpected end of stream", _) => refusal("the string is not closed"),
        ("simple key expected" | "simple key expect ':'", _) => {
            refusal("the text is not YAML: expected a `:` after a name")
                .help("check the indentation of this line and the one before")
        }
        _ => {
            let info = match info.split_once(", ") {
                Some((context, rest)) if context.starts_with("while ") => rest,
                _ => info,
            };
            refusal(&format!("the text is not YAML: {info}"))
        }
    })
}

pub(super) fn second_document(span: Span) -> Box<Diagnostic> {
    Box::new(refusal(span, "the file has more than one YAML document").label("a second one begins here"))
}

pub(super) fn cycle(span: Span) -> Box<Diagnostic> {
    Box::new(refusal(span, "this alias stands inside the value that it names").label("JSON has no cycles"))
}

pub(super) fn too_many_anchors(span: Span) -> Box<Diagnostic> {
    Box::new(refusal(span, "the anchored values are too large: too many stand inside one another"))
}

pub(super) fn too_deep(span: Span) -> Box<Diagnostic> {
    let message = format!("values are nested more than {MAX_DEPTH} deep");
    Box::new(Diagnostic::new(Code::ASL0001, span, message))
}

pub(super) fn merge(span: Span) -> Diagnostic {
    refusal(span, "the merge key `<<` is not a part of YAML 1.2")
        .label("JSON has nothing like it")
        .help("write the members out, or give the whole value an anchor")
}

/// A name that is not text.
pub(super) fn name(node: &Node, written: &str) -> Diagnostic {
    let diagnostic = refusal(node.span, format!("a name is a string, this is {}", node.kind()));
    if written.is_empty() || node.members().is_some() || written.contains('\n') {
        return diagnostic;
    }
    let name = quoted(written);
    diagnostic.fix(format!("put it in quotes: `{name}`"), node.span, name)
}

pub(super) fn not_a_json_number(text: &str, decimal: Option<String>, span: Span) -> Diagnostic {
    let diagnostic = refusal(span, format!("JSON has no number `{text}`"));
    let diagnostic = match decimal {
        Some(decimal) => diagnostic.fix(format!("write `{decimal}`"), span, decimal),
        None => diagnostic,
    };
    let text = quoted(text);
    diagnostic.fix(format!("for the text write `{text}`"), span, text)
}

/// A tag that is not one of YAML's own.
pub(super) fn tag(tag: &Tag, span: Span) -> Diagnostic {
    let name = &tag.suffix;
    if tag.handle == "!" && CLOUDFORMATION.contains(&name.as_str()) {
        return refusal(span, format!("`!{name}` is a function of CloudFormation templates, not of definitions"))
            .label("has no value here")
            .help("write a placeholder such as `${Name}` and give its value as a substitution");
    }
    refusal(span, "a tag that JSON cannot hold").label("remove the tag")
}

fn refusal(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ASL0004, span, message)
}

/// `text` as a string of YAML in which nothing but the quote is special.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
