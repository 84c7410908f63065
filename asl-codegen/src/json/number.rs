//! How JSON spells numbers, and how it would spell those of its relatives.

/// Whether `text` is a number of JSON: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
pub(crate) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        Some(rest) => match digits(rest) {
            ("", _) => return false,
            (_, rest) => rest,
        },
        None => rest,
    };
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty();
    };
    let (power, rest) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    !power.is_empty() && rest.is_empty()
}

/// The same number in JSON's spelling, when `text` is one that JSON5, YAML or a programming language would take:
/// `+1`, `007`, `.5`, `1.`, `0x1F`, `0o17`, `1_000`.
pub(crate) fn mend(text: &str) -> Option<String> {
    let text = text.replace('_', "");
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let unsigned = digits.starts_with(|digit: char| digit.is_ascii_hexdigit());
            let number = u64::from_str_radix(digits, radix).ok().filter(|_| unsigned)?;
            return Some(format!("{sign}{number}"));
        }
    }
    let (whole, rest) = digits(text);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => match digits(rest) {
            ("", rest) => (".0".to_owned(), rest),
            (fraction, rest) => (format!(".{fraction}"), rest),
        },
        None => (String::new(), rest),
    };
    let number = format!("{sign}{whole}{fraction}{rest}");
    let has_digit = text.starts_with(|c: char| c.is_ascii_digit())
        || text.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (has_digit && is_number(&number)).then_some(number)
}

/// The digits that `text` starts with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::{is_number, mend};

    #[test]
    fn numbers_of_json() {
        for text in ["0", "-0", "10", "1.10", "0.0", "1e5", "1E+05", "-1.5e-10", "1e999"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "-", "01", "-01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1_0", "1 ", "٣", "1.e5"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_of_others() {
        for (text, expected) in [
            ("+1", Some("1")),
            ("007", Some("7")),
            ("000", Some("0")),
            ("-.5", Some("-0.5")),
            ("1.", Some("1.0")),
            ("1.e5", Some("1.0e5")),
            ("0x1F", Some("31")),
            ("-0x10", Some("-16")),
            ("0o17", Some("15")),
            ("1_000", Some("1000")),
            ("0x+1", None),
            ("0x", None),
            (".", None),
            ("1.2.3", None),
            ("1a", None),
        ] {
            assert_eq!(mend(text).as_deref(), expected, "{text}");
        }
    }
}
