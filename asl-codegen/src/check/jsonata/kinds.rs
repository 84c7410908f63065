//! Sets of the types that a value may have.

use std::ops::{BitAnd, BitOr, Sub};

/// The types that a value may have. The empty set: there is no value, because the evaluation has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// No value: what is behind it is not reached.
    pub(super) const NEVER: Self = Self(0);
    pub(super) const UNDEFINED: Self = Self(1);
    pub(super) const NULL: Self = Self(2);
    pub(super) const BOOLEAN: Self = Self(4);
    pub(super) const NUMBER: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const FUNCTION: Self = Self(128);
    /// Nothing is known.
    pub(super) const ANY: Self = Self(255);
    /// JSON, or nothing.
    pub(super) const DATA: Self = Self(127);

    /// Whether a value may be of one of `kinds`.
    pub(super) const fn may_be(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// Whether there is a value, and it is surely of none of `kinds`.
    pub(super) const fn is_none_of(self, kinds: Self) -> bool {
        self.0 != 0 && !self.may_be(kinds)
    }

    pub(super) const fn is_never(self) -> bool {
        self.0 == 0
    }

    /// The types in words: `a string or null`.
    pub(super) fn words(self) -> String {
        const WORDS: [(Kinds, &str); 7] = [
            (Kinds::STRING, "a string"),
            (Kinds::NUMBER, "a number"),
            (Kinds::BOOLEAN, "a boolean"),
            (Kinds::ARRAY, "an array"),
            (Kinds::OBJECT, "an object"),
            (Kinds::FUNCTION, "a function"),
            (Kinds::NULL, "null"),
        ];
        let words: Vec<&str> = WORDS.iter().filter(|(kind, _)| self.may_be(*kind)).map(|(_, word)| *word).collect();
        match words.as_slice() {
            [] => "nothing".to_owned(),
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => words.concat(),
        }
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Kinds {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Sub for Kinds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}
