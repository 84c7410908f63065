//! Regular expressions in filters. AWS runs Java's; the runtime has the small engine of `regex-lite`, which knows the same
//! language without what needs backtracking, and Unicode's classes.

use regex_lite::Regex;

/// Why a regular expression is not compiled.
pub(super) enum Problem {
    /// The flag at this byte of the flags is none.
    Flag(usize),
    /// Java knows it; the runtime's engine does not.
    JavaOnly,
    /// It is not valid.
    Syntax(String),
}

/// What the runtime's engine says of what it leaves out.
const LEFT_OUT: &[&str] = &["not supported", "unrecognized escape", "unrecognized inline flag"];

/// Whether the runtime can match what Java would.
pub(super) fn check(pattern: &str, flags: &str) -> Result<(), Problem> {
    if let Some(place) = flags.find(|flag| !"dimsuUx".contains(flag)) {
        return Err(Problem::Flag(place));
    }
    if flags.contains(['u', 'U']) || has_java_only(pattern) {
        return Err(Problem::JavaOnly);
    }
    let Err(error) = Regex::new(&anchored(pattern, flags)) else { return Ok(()) };
    let reason = error.to_string();
    if LEFT_OUT.iter().any(|words| reason.contains(words)) {
        return Err(Problem::JavaOnly);
    }
    Err(Problem::Syntax(reason))
}

/// What both engines read, each in its own way: possessive quantifiers, atomic groups and `\v`.
fn has_java_only(pattern: &str) -> bool {
    let mut quantified = false;
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                if characters.next() == Some('v') {
                    return true;
                }
                quantified = false;
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '+' if quantified && !in_class => return true,
            _ => {}
        }
        quantified = matches!(character, '*' | '+' | '?' | '}');
    }
    pattern.contains("(?>")
}

/// The regular expression for the runtime's engine. Java matches the whole text.
pub(crate) fn anchored(pattern: &str, flags: &str) -> String {
    let flags: String = flags.chars().filter(|flag| "imsx".contains(*flag)).collect();
    // The line may end in a comment.
    let end = if flags.contains('x') { "\n" } else { "" };
    let mut body = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match (character, characters.as_str().chars().next()) {
            // Marks of a word's start and end there, mere characters in Java.
            ('\\', Some(bracket @ ('<' | '>'))) => {
                characters.next();
                body.push(bracket);
            }
            ('\\', Some(escaped)) => {
                characters.next();
                body.extend(['\\', escaped]);
            }
            _ => body.push(character),
        }
    }
    format!(r"\A(?{flags}:{body}{end})\z")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_is_matched() {
        let check = |pattern: &str, flags: &str, text: &str, expected: bool| {
            assert!(super::check(pattern, flags).is_ok(), "/{pattern}/{flags}");
            let regex = Regex::new(&anchored(pattern, flags)).unwrap();
            assert_eq!(regex.is_match(text), expected, "/{pattern}/{flags} {text:?}");
        };
        check("SBJ.*?", "i", "sbj00012", true);
        check("SBJ.*?", "", "sbj00012", false);
        check("a|b", "", "ab", false);
        check("a|b", "", "b", true);
        check(r"\d+\/\d+", "", "1/20", true);
        check(r"\<a\>", "", "<a>", true);
        check("a.b", "", "a\nb", false);
        check("a.b", "s", "a\nb", true);
        check("a b # two", "x", "ab", true);
        check("^a$", "m", "a\nb", false);
        check("[*+]+", "", "*+", true);
    }

    #[test]
    fn what_only_java_knows_is_told_from_mistakes() {
        let check = |pattern: &str, flags: &str, expected: &str| {
            let found = match super::check(pattern, flags) {
                Ok(()) => "valid".to_owned(),
                Err(Problem::Flag(place)) => format!("flag {place}"),
                Err(Problem::JavaOnly) => "Java".to_owned(),
                Err(Problem::Syntax(reason)) => reason,
            };
            assert_eq!(found, expected, "/{pattern}/{flags}");
        };
        for pattern in ["(?=a)", "(?<!a)b", r"(a)\1", r"\p{L}+", "a++", "a{2}+", "(?>a)", r"\Qa\E", r"\v", "[a&&[b]]"] {
            check(pattern, "", "Java");
        }
        check("a", "iu", "Java");
        check("a", "ig", "flag 1");
        check("(a", "", "found open group without closing ')'");
        check("[b-a]", "", "invalid range in character class");
    }
}
