//! The built-in functions: JSONata's, and those that AWS adds.

use std::sync::LazyLock;

use crate::jsonata::signature::{Parameter, Signature};

/// A built-in function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are JSONata's and AWS's own")]
pub enum Function {
    Abs,
    Append,
    Assert,
    Average,
    Base64Decode,
    Base64Encode,
    Boolean,
    Ceil,
    Contains,
    Count,
    DecodeUrl,
    DecodeUrlComponent,
    Distinct,
    Each,
    EncodeUrl,
    EncodeUrlComponent,
    Error,
    Eval,
    Exists,
    Filter,
    Floor,
    FormatBase,
    FormatInteger,
    FormatNumber,
    FromMillis,
    Hash,
    Join,
    Keys,
    Length,
    Lookup,
    Lowercase,
    Map,
    Match,
    Max,
    Merge,
    Millis,
    Min,
    Not,
    Now,
    Number,
    Pad,
    Parse,
    ParseInteger,
    Partition,
    Power,
    Random,
    Range,
    Reduce,
    Replace,
    Reverse,
    Round,
    Shuffle,
    Sift,
    Single,
    Sort,
    Split,
    Spread,
    Sqrt,
    String,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    ToMillis,
    Trim,
    Type,
    Uppercase,
    Uuid,
    Zip,
}

/// Function, name, signature: `<parameters:result>` as JSONata writes them.
const TABLE: &[(Function, &str, &str)] = &[
    (Function::Abs, "abs", "n-:n"),
    (Function::Append, "append", "xx:a"),
    (Function::Assert, "assert", "bs?:x"),
    (Function::Average, "average", "a<n>:n"),
    (Function::Base64Decode, "base64decode", "s-:s"),
    (Function::Base64Encode, "base64encode", "s-:s"),
    (Function::Boolean, "boolean", "x-:b"),
    (Function::Ceil, "ceil", "n-:n"),
    (Function::Contains, "contains", "s-(sf):b"),
    (Function::Count, "count", "a:n"),
    (Function::DecodeUrl, "decodeUrl", "s-:s"),
    (Function::DecodeUrlComponent, "decodeUrlComponent", "s-:s"),
    (Function::Distinct, "distinct", "x:x"),
    (Function::Each, "each", "o-f:a"),
    (Function::EncodeUrl, "encodeUrl", "s-:s"),
    (Function::EncodeUrlComponent, "encodeUrlComponent", "s-:s"),
    (Function::Error, "error", "s?:x"),
    (Function::Eval, "eval", "sx?:x"),
    (Function::Exists, "exists", "x:b"),
    (Function::Filter, "filter", "af"),
    (Function::Floor, "floor", "n-:n"),
    (Function::FormatBase, "formatBase", "n-n?:s"),
    (Function::FormatInteger, "formatInteger", "n-s:s"),
    (Function::FormatNumber, "formatNumber", "n-so?:s"),
    (Function::FromMillis, "fromMillis", "n-s?s?:s"),
    (Function::Hash, "hash", "ss:s"),
    (Function::Join, "join", "a<s>s?:s"),
    (Function::Keys, "keys", "x-:a<s>"),
    (Function::Length, "length", "s-:n"),
    (Function::Lookup, "lookup", "x-s:x"),
    (Function::Lowercase, "lowercase", "s-:s"),
    (Function::Map, "map", "af"),
    (Function::Match, "match", "s-f<s:o>n?:a<o>"),
    (Function::Max, "max", "a<n>:n"),
    (Function::Merge, "merge", "a<o>:o"),
    (Function::Millis, "millis", ":n"),
    (Function::Min, "min", "a<n>:n"),
    (Function::Not, "not", "x-:b"),
    (Function::Now, "now", "s?s?:s"),
    (Function::Number, "number", "(nsb)-:n"),
    (Function::Pad, "pad", "s-ns?:s"),
    (Function::Parse, "parse", "s-:x"),
    (Function::ParseInteger, "parseInteger", "s-s:n"),
    (Function::Partition, "partition", "an:a"),
    (Function::Power, "power", "n-n:n"),
    (Function::Random, "random", "n?:n"),
    (Function::Range, "range", "nnn:a"),
    (Function::Reduce, "reduce", "afj?:j"),
    (Function::Replace, "replace", "s-(sf)(sf)n?:s"),
    (Function::Reverse, "reverse", "a:a"),
    (Function::Round, "round", "n-n?:n"),
    (Function::Shuffle, "shuffle", "a:a"),
    (Function::Sift, "sift", "o-f?:o"),
    (Function::Single, "single", "af?"),
    (Function::Sort, "sort", "af?:a"),
    (Function::Split, "split", "s-(sf)n?:a<s>"),
    (Function::Spread, "spread", "x-:a<o>"),
    (Function::Sqrt, "sqrt", "n-:n"),
    (Function::String, "string", "x-b?:s"),
    (Function::Substring, "substring", "s-nn?:s"),
    (Function::SubstringAfter, "substringAfter", "s-s:s"),
    (Function::SubstringBefore, "substringBefore", "s-s:s"),
    (Function::Sum, "sum", "a<n>:n"),
    (Function::ToMillis, "toMillis", "s-s?:n"),
    (Function::Trim, "trim", "s-:s"),
    (Function::Type, "type", "x:s"),
    (Function::Uppercase, "uppercase", "s-:s"),
    (Function::Uuid, "uuid", ":s"),
    (Function::Zip, "zip", "a+"),
];

impl Function {
    /// The function of this name, which is written without its `$`.
    pub fn named(name: &str) -> Option<Self> {
        let index = TABLE.binary_search_by(|(_, known, _)| (*known).cmp(name)).ok()?;
        TABLE.get(index).map(|(function, ..)| *function)
    }

    /// Every function, in the order of the names.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(function, ..)| *function)
    }

    /// Its name, without the `$`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Its signature, without the angle brackets.
    pub fn signature(self) -> &'static str {
        self.row().2
    }

    /// How many arguments a function that takes functions, such as `$map`, gives it at most.
    ///
    /// It is the number of its parameters, but for two: `$string` gets the value alone, so that `$map(values, $string)`
    /// does not take the index for its second argument, and `$zip` names no parameter.
    pub fn arity(self) -> usize {
        match self {
            Self::String => 1,
            Self::Zip => 0,
            _ => self.parameters().len(),
        }
    }

    /// Its parameters.
    pub fn parameters(self) -> &'static [Parameter] {
        static PARSED: LazyLock<Vec<Signature>> = LazyLock::new(|| {
            // The table's signatures parse, which a test holds.
            Function::all().map(|function| Signature::parse(function.signature()).unwrap_or_default()).collect()
        });
        PARSED.get(self as usize).map(|signature| signature.parameters.as_slice()).unwrap_or_default()
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        // The table is in the order of the names, as the variants are.
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_names() {
        assert!(TABLE.is_sorted_by_key(|(_, name, _)| *name));
        for (index, (function, name, _)) in TABLE.iter().enumerate() {
            assert_eq!(*function as usize, index);
            assert_eq!(Function::named(name), Some(*function));
        }
        assert_eq!(Function::named("nope"), None);
    }
}
