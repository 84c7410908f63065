//! ASL names to Rust names.

use std::collections::HashSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Names of one namespace, each given once.
#[derive(Debug, Default)]
pub(crate) struct Namespace {
    taken: HashSet<String>,
    /// What stands between a name and its number.
    separator: &'static str,
}

impl Namespace {
    /// A namespace of variants and types.
    pub(crate) fn types() -> Self {
        Self::default()
    }

    /// A namespace of functions, fields or variables in which these names are taken.
    pub(crate) fn values(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect(), separator: "_" }
    }

    /// `name`, or `name` with the first free number behind it.
    pub(crate) fn claim(&mut self, name: String) -> String {
        self.claim_with(name, &[])
    }

    /// As [`claim`](Self::claim), and claims the name with each of `suffixes` behind it too.
    pub(crate) fn claim_with(&mut self, name: String, suffixes: &[&str]) -> String {
        let free = |name: &String| {
            !self.taken.contains(name) && suffixes.iter().all(|suffix| !self.taken.contains(&format!("{name}{suffix}")))
        };
        let numbered = (2u64..).map(|number| format!("{name}{}{number}", self.separator));
        let claimed = std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name);
        self.taken.extend(suffixes.iter().map(|suffix| format!("{claimed}{suffix}")));
        self.taken.insert(claimed.clone());
        claimed
    }
}

/// An UpperCamelCase name for an enum variant or a type: `Get order` is `GetOrder`, `2nd try` is `State2ndTry`.
pub(crate) fn variant(name: &str) -> String {
    identifier(&words(name).to_upper_camel_case(), "State")
}

/// A snake_case name for a function, field or module: `Get order` is `get_order`, `2nd try` is `state_2nd_try`.
pub(crate) fn function(name: &str) -> String {
    identifier(&words(name).to_snake_case(), "state_")
}

/// As [`function`], for a field of a structure.
pub(crate) fn field(name: &str) -> String {
    identifier(&words(name).to_snake_case(), "field_")
}

/// What stands for the `Label` of a Map state that has none, made of where it is. On AWS it is a UUID too.
pub(crate) fn label(pointer: &str) -> String {
    // FNV-1a.
    let hash = pointer.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b)
    });
    let digits = format!("{:032x}", (hash & !(0xF << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62));
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| digits.get(group).unwrap_or_default());
    groups.join("-")
}

/// The name with every character that no identifier can hold made a separator.
fn words(name: &str) -> String {
    name.chars().map(|c| if is_xid_continue(c) { c } else { ' ' }).collect()
}

fn identifier(name: &str, prefix: &str) -> String {
    match name.chars().next() {
        None => prefix.trim_end_matches('_').to_owned(),
        Some(first) if !is_xid_start(first) => format!("{prefix}{name}"),
        Some(_) if is_keyword(name) => format!("{name}_"),
        Some(_) => name.to_owned(),
    }
}

/// Strict and reserved keywords of every edition up to 2024. Rust reference, "Keywords".
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct",
        "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_in_rusts_style() {
        let cases = [
            ("Get order", "GetOrder", "get_order"),
            ("is-it paid?", "IsItPaid", "is_it_paid"),
            ("HTTPRequest", "HttpRequest", "http_request"),
            ("2nd try", "State2ndTry", "state_2nd_try"),
            ("loop", "Loop", "loop_"),
            ("Self", "Self_", "self_"),
            ("🎉", "State", "state"),
            ("", "State", "state"),
            ("注文を確認", "注文を確認", "注文を確認"),
        ];
        for (name, variant_name, function_name) in cases {
            assert_eq!(variant(name), variant_name, "{name}");
            assert_eq!(function(name), function_name, "{name}");
        }
    }

    #[test]
    fn a_label_is_a_uuid() {
        assert_eq!(label("/States/Each"), "bce83325-24bd-4882-a29c-2343a613f540");
        assert_ne!(label("/States/Each"), label("/States/Other"));
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = Namespace::values(&["run"]);
        let claimed: Vec<_> = ["run", "stop", "run", "stop"].map(|name| names.claim(name.to_owned())).into();
        assert_eq!(claimed, ["run_2", "stop", "run_3", "stop_2"]);
        let mut names = Namespace::values(&[]);
        assert_eq!(names.claim_with("a_result".to_owned(), &["_result"]), "a_result");
        assert_eq!(names.claim_with("a".to_owned(), &["_result"]), "a_2");
    }
}
