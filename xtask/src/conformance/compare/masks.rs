//! Words of a recording that stand for something that differs from one execution to the next.

use std::collections::BTreeMap;

use serde_json::Value;

/// The words that stand for anything, and what the numbered ones stood for.
#[derive(Clone, Debug)]
pub(in crate::conformance) struct Masks<'a> {
    tokens: &'a [String],
    bound: BTreeMap<String, String>,
}

impl<'a> Masks<'a> {
    /// The words of a case.
    pub(in crate::conformance) fn new(tokens: &'a [String]) -> Self {
        Self { tokens, bound: BTreeMap::new() }
    }

    /// Whether the comparison succeeds. When not, the words stand for what they stood for before.
    pub(super) fn attempt(&mut self, compare: impl FnOnce(&mut Self) -> bool) -> bool {
        let before = self.bound.clone();
        let same = compare(self);
        if !same {
            self.bound = before;
        }
        same
    }

    /// Whether a JSON text has the expected value. `text` is how AWS spelt it where that is neither an object nor
    /// compact; of an object the recording has lost the spelling.
    pub(in crate::conformance) fn json(&mut self, expected: &Value, text: Option<&str>, actual: &str) -> bool {
        if let Some(text) = text {
            return self.text(text, actual);
        }
        let Ok(parsed) = serde_json::from_str::<Value>(actual) else { return false };
        let compact = parsed.to_string();
        (parsed.is_object() || compact == actual) && self.value(expected, &parsed)
    }

    /// Whether a value is the expected one, members in the same order.
    pub(in crate::conformance) fn value(&mut self, expected: &Value, actual: &Value) -> bool {
        match (expected, actual) {
            (Value::String(expected), actual) if self.tokens.contains(expected) => {
                let text = actual.as_str().map_or_else(|| actual.to_string(), str::to_owned);
                self.text(expected, &text)
            }
            (Value::String(expected), Value::String(actual)) => self.text(expected, actual),
            (Value::Array(expected), Value::Array(actual)) => {
                expected.len() == actual.len() && expected.iter().zip(actual).all(|(e, a)| self.value(e, a))
            }
            (Value::Object(expected), Value::Object(actual)) => {
                expected.len() == actual.len()
                    && expected.iter().zip(actual).all(|((name, e), (got, a))| self.text(name, got) && self.value(e, a))
            }
            // An integer is not the float of the same value.
            (expected, actual) => expected == actual,
        }
    }

    /// Whether a text is the expected one.
    pub(in crate::conformance) fn text(&mut self, expected: &str, actual: &str) -> bool {
        if expected == actual {
            return true;
        }
        let Some((start, token)) = self.first_token(expected) else { return false };
        let (before, rest) = (&expected[..start], &expected[start + token.len()..]);
        let Some(tail) = actual.strip_prefix(before) else { return false };
        // One with brackets stands for the same text wherever it is.
        let bound = self.bound.get(token).cloned();
        let ends = tail.char_indices().map(|(at, character)| at + character.len_utf8());
        for end in ends {
            let stood_for = &tail[..end];
            if bound.as_ref().is_some_and(|bound| bound != stood_for) {
                continue;
            }
            let kept = self.bound.clone();
            if token.starts_with('<') {
                self.bound.insert(token.to_owned(), stood_for.to_owned());
            }
            if self.text(rest, &tail[end..]) {
                return true;
            }
            self.bound = kept;
        }
        false
    }

    /// The first token that is a word of its own.
    fn first_token<'t>(&self, text: &'t str) -> Option<(usize, &'t str)> {
        let part_of_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let found = self.tokens.iter().filter_map(|token| {
            text.match_indices(&**token).find(|(start, found)| {
                let bracketed = found.starts_with('<');
                let before = text[..*start].chars().next_back();
                let after = text[start + found.len()..].chars().next();
                bracketed || !(part_of_word(before) || part_of_word(after))
            })
        });
        found.min_by_key(|(start, found)| (*start, usize::MAX - found.len()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(tokens: &[&str], expected: Value, actual: Value, same: bool) {
        let tokens: Vec<String> = tokens.iter().map(|token| (*token).to_owned()).collect();
        let mut masks = Masks::new(&tokens);
        assert_eq!(masks.value(&expected, &actual), same, "{expected} {actual} {tokens:?}");
    }

    #[test]
    fn values_are_the_same_by_their_text() {
        check(&[], json!({"a": 1, "b": [2.0, null]}), json!({"a": 1, "b": [2.0, null]}), true);
        check(&[], json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), false);
        check(&[], json!(1), json!(1.0), false);
        check(&[], json!("a"), json!("b"), false);
        check(&[], json!([1]), json!([1, 2]), false);
    }

    #[test]
    fn tokens_stand_for_anything() {
        check(&["date"], json!("date"), json!("2026-01-01T00:00:00Z"), true);
        check(&["date"], json!("at date."), json!("at noon."), true);
        check(&["date"], json!("update"), json!("upnoon"), false);
        check(&["number"], json!({"n": "number"}), json!({"n": 17}), true);
        check(&["<id:1>"], json!(["<id:1>", "x<id:1>"]), json!(["a", "xa"]), true);
        check(&["<id:1>"], json!(["<id:1>", "x<id:1>"]), json!(["a", "xb"]), false);
        check(&["<a>", "<b>"], json!("<a>:<b>!"), json!("1:2:3!"), true);
        check(&["<a>", "<b>"], json!("<a>:<b>!"), json!("123!"), false);
        check(&["<a>"], json!("<a>"), json!(""), false);
    }

    #[test]
    fn a_text_is_compact_where_no_other_spelling_was_recorded() {
        let check = |expected: Value, text: Option<&str>, actual: &str, same: bool| {
            assert_eq!(Masks::new(&[]).json(&expected, text, actual), same, "{expected} {text:?} {actual}");
        };
        check(json!([1, 2]), None, "[1,2]", true);
        check(json!([1, 2]), None, "[1, 2]", false);
        check(json!([1, 2]), Some("[1, 2]"), "[1, 2]", true);
        check(json!([1, 2]), Some("[1, 2]"), "[1,2]", false);
        check(json!({"a": [1]}), None, "{\"a\": [1]}", true);
        check(json!("a"), None, "a", false);
    }
}
