//! Edits of a definition that read as if its author had made them.

use crate::diagnostic::Fix;
use crate::source::{Format, Source};
use crate::span::Span;

/// Puts the member `name` in front of the others of the object at `object`, in the object's own layout. `value` is JSON,
/// which YAML takes as well.
pub(crate) fn insert_member(source: &Source, object: Span, name: &str, value: &str) -> Fix {
    let text = source.text.get(object.range()).unwrap_or_default();
    let (at, replacement) = match (text.strip_prefix('{'), source.format) {
        (Some(inside), _) => {
            let first = inside.len() - inside.trim_start().len();
            let layout = &inside[..first];
            let empty = inside[first..].starts_with('}');
            let separator = if empty { "" } else { "," };
            (object.start + 1, format!("{layout}\"{name}\": {value}{separator}"))
        }
        (None, Format::Yaml) => {
            let line = source.text[..object.start].rfind('\n').map_or(0, |newline| newline + 1);
            let indent: String = source.text[line..object.start].chars().map(|_| ' ').collect();
            (object.start, format!("{name}: {value}\n{indent}"))
        }
        (None, Format::Json) => (object.start, String::new()),
    };
    Fix { span: Span::new(at, at), replacement }
}

#[cfg(test)]
mod tests {
    use super::insert_member;
    use crate::source::Source;
    use crate::span::Span;

    fn check(name: &str, text: &str, object: &str, expected: &str) {
        let start = text.find(object).unwrap_or_default();
        let source = Source::new(name, text);
        let fix = insert_member(&source, Span::new(start, start + object.len()), "ResultPath", "null");
        let mended = format!("{}{}{}", &text[..fix.span.start], fix.replacement, &text[fix.span.end..]);
        assert_eq!(mended, expected);
    }

    #[test]
    fn a_member_is_inserted_in_the_objects_own_layout() {
        let object = "{\n  \"Type\": \"Task\"\n}";
        check("x.json", object, object, "{\n  \"ResultPath\": null,\n  \"Type\": \"Task\"\n}");
        check("x.json", "{\"a\": 1}", "{\"a\": 1}", "{\"ResultPath\": null,\"a\": 1}");
        check("x.json", "{}", "{}", "{\"ResultPath\": null}");
        let object = "Type: Task\n    End: true";
        check(
            "x.yaml",
            "S:\n    Type: Task\n    End: true\n",
            object,
            "S:\n    ResultPath: null\n    Type: Task\n    End: true\n",
        );
    }
}
