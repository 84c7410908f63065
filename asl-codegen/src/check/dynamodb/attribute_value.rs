//! Attribute values: `{"S": "text"}` (ASL1007, ASL1011). DynamoDB API Reference, "AttributeValue".

use super::FAILS;
use crate::check::service::{Given, Member, Place};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::dynamodb::{Number, Tag};
use crate::node::Value;
use crate::span::Span;

pub(super) fn check(place: &Place<'_>, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(span), Some(kind)) = (given.span(), given.kind()) else { return };
    // Step Functions takes a plain string for `{"S": …}`, and `null` for nothing: AWS's own samples rely on it.
    if given.text().is_some() || given.is_null() {
        return;
    }
    let Some(members) = given.members() else {
        let message = format!("{} is {kind}, not an attribute value", place.subject());
        let finding = malformed(place, span, message, "an attribute value is an object with a type");
        diagnostics.push(match typed(given) {
            Some(mended) => finding.fix("name its type", span, mended),
            None => finding.help("name its type, as in `{\"S\": \"text\"}`"),
        });
        return;
    };
    let members: Vec<Member<'_>> = members.into_iter().filter(|member| !member.value.is_null()).collect();
    match members.as_slice() {
        [] => {
            let message = format!("{} names no type", place.subject());
            let finding = malformed(place, span, message, "empty");
            diagnostics.push(finding.help("name its type, as in `{\"S\": \"text\"}`"));
        }
        [member] => match Tag::from_name(member.name) {
            Some(tag) => value(&place.member(member), tag, member.value, diagnostics),
            None => diagnostics.push(unknown_type(place, member)),
        },
        [first, second, ..] if members.iter().any(|member| Tag::from_name(member.name).is_some()) => {
            let message = format!("{} has {} types, and takes exactly one", place.subject(), members.len());
            let finding = malformed(place, second.written.span, message, "one type too many");
            diagnostics.push(finding.note(first.written.span, "the first").help("keep one of them"));
        }
        [first, ..] => {
            let message = format!("{} names no type", place.subject());
            let finding = malformed(place, first.written.span, message, "no type of an attribute value");
            diagnostics.push(finding.help(
                "write a map as `{\"M\": {…}}`, with the type of each member: `{\"M\": {\"name\": {\"S\": \"text\"}}}`",
            ));
        }
    }
}

fn malformed(place: &Place<'_>, span: Span, message: String, label: &str) -> Diagnostic {
    place.finding(Code::ASL1007, span, message).label(label).aws(FAILS)
}

/// The value with the type that it plainly has.
fn typed(given: Given<'_>) -> Option<String> {
    Some(match given.constant()? {
        Value::Number(number) => format!("{{\"N\": \"{number}\"}}"),
        Value::Bool(flag) => format!("{{\"BOOL\": {flag}}}"),
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => return None,
    })
}

fn unknown_type(place: &Place<'_>, member: &Member<'_>) -> Diagnostic {
    let message = format!("`{}` in {} is no type of an attribute value", member.name, place.subject());
    let finding = malformed(place, member.written.span, message, "no such type");
    match meant(member.name) {
        Some(tag) => {
            let suffix = member.written.as_str().strip_prefix(member.name).unwrap_or_default();
            finding.fix("did you mean", member.written.span, format!("\"{}{suffix}\"", tag.name()))
        }
        None => finding.help(format!("the types are `{}`", Tag::ALL.map(Tag::name).join("`, `"))),
    }
}

/// The type that `name` was meant to be.
fn meant(name: &str) -> Option<Tag> {
    let long = [
        ("String", Tag::S),
        ("Number", Tag::N),
        ("Binary", Tag::B),
        ("Map", Tag::M),
        ("List", Tag::L),
        ("Boolean", Tag::Bool),
    ];
    let short = Tag::ALL.into_iter().map(|tag| (tag.name(), tag));
    short.chain(long).find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, tag)| tag)
}

/// The value behind a type.
fn value(place: &Place<'_>, tag: Tag, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    match tag {
        Tag::S | Tag::B | Tag::N => diagnostics.extend(text(place, tag, given)),
        Tag::Ss => set(place, Tag::S, given, diagnostics),
        Tag::Bs => set(place, Tag::B, given, diagnostics),
        Tag::Ns => set(place, Tag::N, given, diagnostics),
        Tag::Bool => diagnostics.extend(boolean(place, given)),
        Tag::Null => diagnostics.extend(null(place, given)),
        Tag::L => match given.items() {
            Some(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    check(&place.item(index), item, diagnostics);
                }
            }
            None => diagnostics.extend(wrong(place, given, "an array")),
        },
        Tag::M => match given.members() {
            Some(members) => {
                for member in members {
                    check(&place.member(&member), member.value, diagnostics);
                }
            }
            None => diagnostics.extend(wrong(place, given, "an object")),
        },
    }
}

/// The finding that a value is not what its type takes, unless it is computed.
fn wrong(place: &Place<'_>, given: Given<'_>, wanted: &str) -> Option<Diagnostic> {
    let (span, kind) = (given.span()?, given.kind()?);
    let message = format!("{} is {kind}, and takes {wanted}", place.subject());
    Some(malformed(place, span, message, &format!("{wanted}, not {kind}")))
}

/// A string, binary data or a number, all of them as text.
fn text(place: &Place<'_>, tag: Tag, given: Given<'_>) -> Option<Diagnostic> {
    match given.constant() {
        Some(Value::String(text)) => {
            let error = Number::parse(text.as_str()).err().filter(|_| tag == Tag::N)?;
            let message = format!("{} is `{}`, which DynamoDB does not take: {error}", place.subject(), text.as_str());
            let finding = malformed(place, text.span, message, "not a number that DynamoDB can store");
            Some(finding.help("write a number with up to 38 digits"))
        }
        Some(Value::Number(number)) => {
            let message = format!("{} is a number, and takes a string", place.subject());
            let span = given.span()?;
            let finding = place.finding(Code::ASL1011, span, message).label("a number, not a string");
            let finding = finding.fix("write it as a string", span, format!("\"{number}\""));
            Some(finding.aws("may reject this: the value must be a STRING"))
        }
        _ => wrong(place, given, "a string"),
    }
}

fn boolean(place: &Place<'_>, given: Given<'_>) -> Option<Diagnostic> {
    match given.constant() {
        Some(Value::Bool(_)) => None,
        Some(Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
            let finding = wrong(place, given, "a boolean")?;
            Some(finding.fix("write a boolean", text.span, text.as_str()))
        }
        _ => wrong(place, given, "a boolean"),
    }
}

fn null(place: &Place<'_>, given: Given<'_>) -> Option<Diagnostic> {
    if matches!(given.constant(), Some(Value::Bool(true))) {
        return None;
    }
    let span = given.span()?;
    let message = format!("{} can only be `true`", place.subject());
    Some(malformed(place, span, message, "not `true`").fix("write `true`", span, "true"))
}

/// An array of texts of the type `tag`: one or more, none twice.
fn set(place: &Place<'_>, tag: Tag, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(items) = given.items() else {
        diagnostics.extend(wrong(place, given, "an array"));
        return;
    };
    if let (true, Some(span)) = (items.is_empty(), given.span()) {
        let message = format!("{} is empty, and a set has one element or more", place.subject());
        diagnostics.push(malformed(place, span, message, "empty").help("leave the attribute out"));
    }
    let mut seen: Vec<(String, Span)> = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let place = place.item(index);
        if let Some(finding) = text(&place, tag, item) {
            diagnostics.push(finding);
        } else if let Some(text) = item.text() {
            let canonical = Number::parse(text.as_str()).ok().filter(|_| tag == Tag::N);
            let element = canonical.map_or_else(|| text.text.clone(), |number| number.to_string());
            match seen.iter().find(|(earlier, _)| *earlier == element) {
                Some((_, earlier)) => {
                    let message = format!("{} is in the set already", place.subject());
                    let finding = malformed(&place, text.span, message, "a duplicate");
                    diagnostics.push(finding.note(*earlier, "the first").help("delete one of them"));
                }
                None => seen.push((element, text.span)),
            }
        }
    }
}
