//! The value of a string literal. `proc_macro` does not offer it on stable.

/// The value of a string literal as rustc gives its text: `"a\n"`, `r#"a"#`.
///
/// # Errors
///
/// Half a sentence on what the literal is instead.
pub(crate) fn string(literal: &str) -> Result<String, &'static str> {
    if let Some(raw) = literal.strip_prefix('r') {
        let inner = raw.trim_start_matches('#');
        let hashes = &raw[..raw.len() - inner.len()];
        let value = inner.strip_prefix('"').and_then(|rest| rest.strip_suffix(hashes)?.strip_suffix('"'));
        return value.map(str::to_owned).ok_or("a string literal with a suffix");
    }
    match literal.chars().next() {
        Some('"') => {}
        Some('\'') => return Err("a character literal"),
        Some('b') => return Err("a byte literal"),
        Some('c') => return Err("a C string literal"),
        _ => return Err("a number"),
    }
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    // rustc has checked the escapes already.
    inner.and_then(unescape).ok_or("a string literal with a suffix")
}

/// Resolves the escapes of a string literal. The Rust Reference, "String literals".
fn unescape(text: &str) -> Option<String> {
    let mut value = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        if char != '\\' {
            value.push(char);
            continue;
        }
        match rest.next()? {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            '0' => value.push('\0'),
            char @ ('\\' | '\'' | '"') => value.push(char),
            'x' => {
                let digits = rest.as_str().get(..2)?;
                value.push(char::from(u8::from_str_radix(digits, 16).ok()?));
                rest = rest.as_str()[2..].chars();
            }
            'u' => {
                let (digits, after) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                value.push(char::from_u32(u32::from_str_radix(&digits.replace('_', ""), 16).ok()?)?);
                rest = after.chars();
            }
            '\n' | '\r' => rest = rest.as_str().trim_start_matches([' ', '\n', '\r', '\t']).chars(),
            _ => return None,
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::string;

    #[track_caller]
    fn check(literal: &str, expected: Result<&str, &'static str>) {
        assert_eq!(string(literal), expected.map(str::to_owned), "{literal}");
    }

    #[test]
    fn strings_have_a_value() {
        check(r#""""#, Ok(""));
        check(r#""order.asl.json""#, Ok("order.asl.json"));
        check(r#""\n\r\t\0\\\'\"\x41\u{1F_600}""#, Ok("\n\r\t\0\\'\"A😀"));
        check("\"a\\\n   b\"", Ok("ab"));
        check(r#"r"a\b""#, Ok(r"a\b"));
        check(r###"r##"a"#b"##"###, Ok("a\"#b"));
    }

    #[test]
    fn other_literals_are_named() {
        check("'a'", Err("a character literal"));
        check("b\"a\"", Err("a byte literal"));
        check("c\"a\"", Err("a C string literal"));
        check("1.5", Err("a number"));
        check("\"a\"b", Err("a string literal with a suffix"));
        check("r#\"a\"#b", Err("a string literal with a suffix"));
        check("\"a\\", Err("a string literal with a suffix"));
    }
}
