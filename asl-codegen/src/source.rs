//! The text of a definition: its name, substitutions, and positions in what was written.

use std::borrow::Cow;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, nearest};
use crate::span::Span;

/// The text of a definition, ready to be read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's name as messages show it: `app/asl/order.asl.json`.
    pub name: String,
    /// How the text is written.
    pub format: Format,
    /// The text as it was written.
    pub original: String,
    /// The text after substitutions; every [`Span`] is a range in it.
    pub text: String,
    /// Per substitution made: its range in `text` and its range in `original`. Ascending.
    pub(crate) substituted: Vec<(Span, Span)>,
    /// Where the lines of `original` begin.
    line_starts: Vec<usize>,
}

/// How a definition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON, as the service takes it.
    Json,
    /// YAML 1.2, as the tools take it.
    Yaml,
}

impl Source {
    /// A definition without substitutions. The name's ending tells the format: `.yaml` and `.yml` are YAML, all else JSON.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let text = text.into();
        let format = match name.rsplit('.').next() {
            Some("yaml" | "yml") => Format::Yaml,
            _ => Format::Json,
        };
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        Self { name, format, original: text.clone(), text, substituted: Vec::new(), line_starts }
    }

    /// Replaces `${Name}` by its value wherever the text has it, before anything is parsed.
    ///
    /// A name is made of letters, digits and `_.:-`, as in `${Lookup.Arn}` and `${AWS::Region}`; a name that `values`
    /// has may be anything. All else, `${!Literal}` too, stays as it is. Values are not searched for placeholders.
    /// Names without a value (ASL0006) and values that are not used (ASL0007) are reported.
    #[must_use]
    pub fn substitute(self, values: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut used = vec![false; values.len()];
        let mut open: Vec<&str> = Vec::new();
        let mut text = String::new();
        let mut substituted = Vec::new();
        let mut copied = 0;
        for (span, name) in placeholders(&self.original) {
            match values.iter().rposition(|(given, _)| given == name) {
                Some(index) => {
                    used[index] = true;
                    text.push_str(&self.original[copied..span.start]);
                    let start = text.len();
                    text.push_str(&values[index].1);
                    substituted.push((Span::new(start, text.len()), span));
                    copied = span.end;
                }
                None if is_name(name) => {
                    // What is copied later stands as far behind `text` as it stands behind `copied`.
                    let start = text.len() + (span.start - copied);
                    let span = Span::new(start, start + (span.end - span.start));
                    diagnostics.push(without_value(name, span, values));
                    open.push(name);
                }
                None => {}
            }
        }
        for (index, (name, _)) in values.iter().enumerate() {
            let repeated = values[index + 1..].iter().any(|(later, _)| later == name);
            if !used[index] && !repeated {
                diagnostics.push(not_used(name, &open));
            }
        }
        if substituted.is_empty() {
            return (self, diagnostics);
        }
        text.push_str(&self.original[copied..]);
        (Self { text, substituted, ..self }, diagnostics)
    }

    /// Where `span` was in the text as it was written. What a substitution put there is the whole placeholder.
    pub fn original_span(&self, span: Span) -> Span {
        let before = |at: usize, inclusive: bool| {
            let count = self.substituted.partition_point(|(now, _)| now.start < at || (inclusive && now.start == at));
            count.checked_sub(1).and_then(|last| self.substituted.get(last))
        };
        let start = match before(span.start, true) {
            Some((now, then)) if span.start < now.end => then.start,
            Some((now, then)) => then.end + (span.start - now.end),
            None => span.start,
        };
        let end = match before(span.end, false) {
            Some((now, then)) if span.end <= now.end => then.end,
            Some((now, then)) => then.end + (span.end - now.end),
            None => span.end,
        };
        // An empty span where an empty value was put: the two ends lie on the two sides of the placeholder.
        Span::new(start.min(end), end.max(start))
    }

    /// Whether a substitution put some of `span` there, so that an edit of `span` is not an edit of the original text.
    pub fn is_substituted(&self, span: Span) -> bool {
        let first = self.substituted.partition_point(|(now, _)| now.end <= span.start);
        self.substituted[first..]
            .iter()
            .take_while(|(now, _)| now.start < span.end)
            .any(|(now, _)| span.start < now.end)
    }

    /// Line and column of a byte of the original text, both from 1; columns count characters. A line ends with `\n`.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.original.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|last| self.line_starts.get(last)).copied().unwrap_or_default();
        (line, self.original.get(start..offset).unwrap_or_default().chars().count() + 1)
    }

    /// The name without folders and endings, for the generated module: `order` of `app/asl/order.asl.json`.
    pub fn stem(&self) -> Cow<'_, str> {
        let file = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        let endings = [".json", ".yaml", ".yml", ".asl"];
        Cow::Borrowed(endings.iter().fold(file, |name, ending| name.strip_suffix(ending).unwrap_or(name)))
    }
}

/// Every `${…}` of the text and what stands between its braces.
fn placeholders(text: &str) -> impl Iterator<Item = (Span, &str)> {
    text.match_indices("${").filter_map(|(start, _)| {
        let rest = &text[start + 2..];
        let name = &rest[..rest.find(['}', '{', '\n', '"'])?];
        let end = start + 2 + name.len();
        text[end..].starts_with('}').then(|| (Span::new(start, end + 1), name))
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
}

fn without_value(name: &str, span: Span, values: &[(String, String)]) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(Code::ASL0006, span, format!("the substitution `${{{name}}}` has no value")).label("no value");
    let given = || values.iter().map(|(name, _)| name.as_str());
    if let Some(near) = nearest(name, given()) {
        diagnostic = diagnostic.fix(format!("did you mean `${{{near}}}`?"), span, format!("${{{near}}}"));
    } else if !values.is_empty() {
        let names: Vec<String> = given().map(|name| format!("`{name}`")).collect();
        diagnostic = diagnostic.help(format!("there are values for {}", names.join(", ")));
    }
    diagnostic.help(format!(
        "give it a value: `substitutions = {{ \"{name}\" = \"…\" }}` in the macro, `--substitute {name}=…` on the command line"
    ))
}

fn not_used(name: &str, open: &[&str]) -> Diagnostic {
    let message = format!("the value of the substitution `{name}` is not used: the text has no `${{{name}}}`");
    let diagnostic = Diagnostic::new(Code::ASL0007, Span::default(), message);
    match nearest(name, open.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn substituted(text: &str, values: &[(&str, &str)]) -> (Source, Vec<Diagnostic>) {
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Source::new("test.asl.json", text).substitute(&values)
    }

    #[test]
    fn placeholders_are_replaced_as_text() {
        let values = [("A", "1"), ("Fn.Arn", "arn:x"), ("AWS::Region", "eu"), ("E", ""), ("a b", "!"), ("R", "${A}")];
        for (text, expected) in [
            ("${A}", "1"),
            ("{\"x\": ${A}}", "{\"x\": 1}"),
            ("${Fn.Arn}/${AWS::Region}", "arn:x/eu"),
            ("{% ${A} + 1 %}", "{% 1 + 1 %}"),
            ("<${E}>", "<>"),
            ("${a b}", "!"),
            ("${R}", "${A}"),
            ("$${A}", "$1"),
            ("${${A}}", "${1}"),
            ("${!A} ${} ${A ${", "${!A} ${} ${A ${"),
            ("plain", "plain"),
        ] {
            assert_eq!(substituted(text, &values).0.text, expected, "{text}");
        }
    }

    #[test]
    fn spans_map_back_to_the_original_text() {
        let (source, _) = substituted("ab${Name}cd${E}ef", &[("Name", "xyz"), ("E", "")]);
        assert_eq!(source.text, "abxyzcdef");
        for (now, then) in [
            (0..2, "ab"),
            (0..3, "ab${Name}"),
            (2..5, "${Name}"),
            (3..4, "${Name}"),
            (3..3, "${Name}"),
            (4..6, "${Name}c"),
            (5..7, "cd"),
            (5..8, "cd${E}e"),
            (7..7, "${E}"),
            (7..9, "ef"),
            (9..9, ""),
        ] {
            let span = source.original_span(Span::new(now.start, now.end));
            assert_eq!(&source.original[span.range()], then, "{now:?}");
        }
    }

    #[test]
    fn names_without_a_value_and_values_without_a_use_are_reported() {
        let (source, diagnostics) = substituted("${A} ${Nmae} ${Nmae} ${!B}", &[("A", "long value"), ("Name", "n")]);
        let found: Vec<_> =
            diagnostics.iter().map(|d| (d.code, &source.text[d.span.range()], d.help[0].message.as_str())).collect();
        assert_eq!(
            found,
            [
                (Code::ASL0006, "${Nmae}", "did you mean `${Name}`?"),
                (Code::ASL0006, "${Nmae}", "did you mean `${Name}`?"),
                (Code::ASL0007, "", "did you mean `Nmae`?"),
            ]
        );
    }

    #[test]
    fn of_two_values_for_one_name_the_last_counts() {
        let (source, diagnostics) = substituted("${A}", &[("A", "1"), ("A", "2")]);
        assert_eq!((source.text.as_str(), diagnostics.len()), ("2", 0));
    }

    #[test]
    fn lines_and_columns_count_characters() {
        let source = Source::new("x", "añ\r\nb😀c\n");
        for (offset, expected) in
            [(0, (1, 1)), (1, (1, 2)), (2, (1, 2)), (3, (1, 3)), (5, (2, 1)), (10, (2, 3)), (12, (3, 1)), (99, (3, 1))]
        {
            assert_eq!(source.line_column(offset), expected, "{offset}");
        }
    }

    #[test]
    fn the_stem_is_the_name_without_folders_and_endings() {
        for (name, stem) in [
            ("app/asl/order.asl.json", "order"),
            ("a\\b.yml", "b"),
            ("order.v1.asl.yaml", "order.v1"),
            ("plain", "plain"),
        ] {
            assert_eq!(Source::new(name, "").stem(), stem);
        }
    }
}
