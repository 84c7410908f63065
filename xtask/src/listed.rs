//! Lists of cases with the reason why each is on it.

use std::collections::BTreeMap;

use crate::workspace;

/// Ids of cases, each with its reason, from a file by its path from the workspace.
///
/// A line that begins at the margin is a reason, and the indented lines below it are the ids. `#` begins a comment.
pub(crate) fn read(file: &str) -> Result<BTreeMap<String, String>, String> {
    let path = workspace().join(file);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    parse(file, &text)
}

fn parse(file: &str, text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut known = BTreeMap::new();
    let mut reason = None;
    for (number, line) in text.lines().enumerate() {
        let wrong = |what: &str| Err(format!("{file}:{}: {what}", number + 1));
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.starts_with(' ') {
            reason = Some(line.trim_end());
            continue;
        }
        let Some(reason) = reason else { return wrong("an id without a reason above it") };
        if known.insert(line.trim().to_owned(), reason.to_owned()).is_some() {
            return wrong("an id that stands here already");
        }
    }
    Ok(known)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::parse;

    #[test]
    fn ids_stand_below_their_reason() {
        let known = parse("f", "# About\n\nToo large.\n  a#1\n  b\n\nToo small.\n  c\n").unwrap();
        let expected = [("a#1", "Too large."), ("b", "Too large."), ("c", "Too small.")];
        assert!(known.iter().map(|(id, reason)| (&**id, &**reason)).eq(expected), "{known:?}");
        for wrong in ["  a\n", "Why.\n  a\n  a\n"] {
            assert!(parse("f", wrong).is_err(), "{wrong}");
        }
    }
}
