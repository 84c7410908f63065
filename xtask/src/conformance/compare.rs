//! What came out against what was recorded.

use std::collections::BTreeMap;

use serde_json::Value;

use super::case::Expected;

/// What differs, as a line; none when nothing does. `actual` has the members that the program prints.
pub(super) fn difference(expected: &Expected, actual: &Value) -> Option<String> {
    let text = |name: &str| actual.get(name).and_then(Value::as_str);
    if let Some(panic) = text("panic") {
        return Some(format!("crashed: {panic}"));
    }
    let mut masks = Masks { tokens: &expected.wildcards, bound: BTreeMap::new() };
    let status = text("status").unwrap_or_default();
    if status != expected.status {
        let why = [text("error"), text("cause")].into_iter().flatten().collect::<Vec<_>>().join(": ");
        return Some(format!("status: expected {}, got {status} {why}", expected.status).trim_end().to_owned());
    }
    if let Some(output) = &expected.output {
        let got = actual.get("output").unwrap_or(&Value::Null);
        let same = match &expected.output_text {
            Some(text) => masks.text(text, &got.to_string()),
            None => masks.value(output, got),
        };
        if !same {
            let expected = expected.output_text.clone().unwrap_or_else(|| output.to_string());
            return Some(format!("output: expected {expected}, got {got}"));
        }
    }
    for (name, wanted) in [("error", &expected.error), ("cause", &expected.cause)] {
        let same = match (wanted, text(name)) {
            (Some(wanted), Some(got)) => masks.text(wanted, got),
            (None, None) => true,
            (None, Some(_)) => name == "cause" && expected.cause_json.is_some(),
            (Some(_), None) => false,
        };
        if !same {
            let shown = |text: Option<&str>| text.map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
            return Some(format!("{name}: expected {}, got {}", shown(wanted.as_deref()), shown(text(name))));
        }
    }
    if let Some(wanted) = &expected.cause_json {
        let got = text("cause").unwrap_or_default();
        if !serde_json::from_str(got).is_ok_and(|got| masks.value(wanted, &got)) {
            return Some(format!("cause: expected the JSON text {wanted}, got `{got}`"));
        }
    }
    None
}

/// The words that stand for anything, and what the numbered ones stood for.
struct Masks<'a> {
    tokens: &'a [String],
    bound: BTreeMap<String, String>,
}

impl Masks<'_> {
    /// Whether a value is the expected one, members in the same order.
    fn value(&mut self, expected: &Value, actual: &Value) -> bool {
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
    fn text(&mut self, expected: &str, actual: &str) -> bool {
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
        let mut masks = Masks { tokens: &tokens, bound: BTreeMap::new() };
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
}
