//! Texts that are perhaps expressions.

use super::{Dialect, Random, expression};

const PIECES: [&str; 38] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "`",
    "/",
    "\\",
    "^(",
    "|",
    "~>",
    ":=",
    "?",
    ":",
    "??",
    "?:",
    "..",
    "@",
    "#",
    "%",
    "**",
    "/*",
    "*/",
    "function(",
    "λ",
    "<s:s>",
    "\\ud83d",
    "😀",
    "$",
    "!",
    ";",
    ",",
    "\u{feff}",
    "\0",
    "1e",
];

/// An expression of which pieces were cut, doubled and put in.
pub(crate) fn mangled(random: &mut Random) -> String {
    let mut characters: Vec<char> = expression(random, 3, Dialect::All).chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(characters.len() + 1);
        match random.below(3) {
            0 if at < characters.len() => drop(characters.remove(at)),
            1 => {
                let end = (at + random.below(8)).min(characters.len());
                let piece: Vec<char> = characters.get(at..end).unwrap_or_default().to_vec();
                characters.splice(at..at, piece);
            }
            _ => drop(characters.splice(at..at, random.one_of(&PIECES).chars())),
        }
    }
    characters.into_iter().collect()
}
