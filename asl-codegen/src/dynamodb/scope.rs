//! What is known of the placeholders of a request.

use super::number::Number;

/// What is known of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// It is certainly not there.
    Missing,
    /// It may be there; what it is, is not known.
    Unknown,
    /// It is there.
    Is(T),
}

/// The placeholders of a request: `ExpressionAttributeNames` and `ExpressionAttributeValues`.
pub trait Scope {
    /// The attribute that `#placeholder` stands for.
    fn name(&self, placeholder: &str) -> Known<&str>;
    /// The value that `:placeholder` stands for.
    fn value(&self, placeholder: &str) -> Known<Value<'_>>;
}

/// What an expression is checked for in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// Its type.
    pub tag: Tag,
    /// The text of a string, where it is known.
    pub text: Option<&'a str>,
    /// The number, where it is known.
    pub number: Option<Number>,
}

/// The types of attribute values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// String
    S,
    /// Number
    N,
    /// Binary
    B,
    /// String set
    Ss,
    /// Number set
    Ns,
    /// Binary set
    Bs,
    /// Map
    M,
    /// List
    L,
    /// Null
    Null,
    /// Boolean
    Bool,
}

impl Tag {
    /// Every tag.
    pub const ALL: [Tag; 10] =
        [Tag::S, Tag::N, Tag::B, Tag::Ss, Tag::Ns, Tag::Bs, Tag::M, Tag::L, Tag::Null, Tag::Bool];

    /// The tag as it is written: `SS`.
    pub const fn name(self) -> &'static str {
        match self {
            Tag::S => "S",
            Tag::N => "N",
            Tag::B => "B",
            Tag::Ss => "SS",
            Tag::Ns => "NS",
            Tag::Bs => "BS",
            Tag::M => "M",
            Tag::L => "L",
            Tag::Null => "NULL",
            Tag::Bool => "BOOL",
        }
    }

    /// The tag that is written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.name() == name)
    }

    /// The type as messages about `ADD` and `DELETE` call it: `STRING_SET`.
    pub(super) const fn long_name(self) -> &'static str {
        match self {
            Tag::S => "STRING",
            Tag::N => "NUMBER",
            Tag::B => "BINARY",
            Tag::Ss => "STRING_SET",
            Tag::Ns => "NUMBER_SET",
            Tag::Bs => "BINARY_SET",
            Tag::M => "MAP",
            Tag::L => "LIST",
            Tag::Null => "NULL",
            Tag::Bool => "BOOLEAN",
        }
    }
}
