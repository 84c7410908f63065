//! The library's functions for the built-in ones.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::jsonata::Function as BuiltIn;

/// A function of the library that is called with references to all parameters.
pub(super) struct Typed {
    module: &'static str,
    name: &'static str,
    /// Whether it takes the context before its arguments.
    pub(super) takes_context: bool,
}

impl Typed {
    pub(super) fn path(&self) -> TokenStream {
        let (module, name) = (ident(self.module), ident(self.name));
        quote!(__rt::jsonata::functions::#module::#name)
    }
}

/// The library's own function for a built-in one; none when that takes a function, or any number of arguments.
pub(super) fn typed(function: BuiltIn) -> Option<Typed> {
    use BuiltIn as F;
    let plain = |module, name| Some(Typed { module, name, takes_context: false });
    let with_context = |module, name| Some(Typed { module, name, takes_context: true });
    match function {
        F::Abs => plain("number", "abs"),
        F::Append => plain("array", "append"),
        F::Assert => plain("general", "assert"),
        F::Average => plain("aggregate", "average"),
        F::Base64Decode => plain("encoding", "base64_decode"),
        F::Base64Encode => plain("encoding", "base64_encode"),
        F::Boolean => plain("general", "boolean"),
        F::Ceil => plain("number", "ceil"),
        F::Contains => plain("matching", "contains"),
        F::Count => plain("aggregate", "count"),
        F::DecodeUrl => plain("encoding", "decode_url"),
        F::DecodeUrlComponent => plain("encoding", "decode_url_component"),
        F::Distinct => plain("array", "distinct"),
        F::EncodeUrl => plain("encoding", "encode_url"),
        F::EncodeUrlComponent => plain("encoding", "encode_url_component"),
        F::Error => plain("general", "error"),
        F::Exists => plain("general", "exists"),
        F::Floor => plain("number", "floor"),
        F::FormatBase => plain("number", "format_base"),
        F::FormatInteger => plain("number", "format_integer"),
        F::FormatNumber => with_context("number", "format_number"),
        F::FromMillis => with_context("time", "from_millis"),
        F::Hash => plain("aws", "hash"),
        F::Join => plain("string", "join"),
        F::Keys => plain("object", "keys"),
        F::Length => plain("string", "length"),
        F::Lookup => plain("object", "lookup"),
        F::Lowercase => plain("string", "lowercase"),
        F::Match => with_context("matching", "match_"),
        F::Max => plain("aggregate", "max"),
        F::Merge => plain("object", "merge"),
        F::Millis => plain("time", "millis"),
        F::Min => plain("aggregate", "min"),
        F::Not => plain("general", "not"),
        F::Now => plain("time", "now"),
        F::Number => plain("number", "number"),
        F::Pad => with_context("string", "pad"),
        F::Parse => plain("aws", "parse"),
        F::ParseInteger => plain("number", "parse_integer"),
        F::Partition => plain("aws", "partition"),
        F::Power => plain("number", "power"),
        F::Random => plain("aws", "random"),
        F::Range => plain("aws", "range"),
        F::Replace => with_context("matching", "replace"),
        F::Reverse => plain("array", "reverse"),
        F::Round => plain("number", "round"),
        F::Shuffle => plain("array", "shuffle"),
        F::Split => with_context("matching", "split"),
        F::Spread => plain("object", "spread"),
        F::Sqrt => plain("number", "sqrt"),
        F::String => plain("string", "string"),
        F::Substring => with_context("string", "substring"),
        F::SubstringAfter => plain("string", "substring_after"),
        F::SubstringBefore => plain("string", "substring_before"),
        F::Sum => plain("aggregate", "sum"),
        F::ToMillis => plain("time", "to_millis"),
        F::Trim => plain("string", "trim"),
        F::Type => plain("general", "type_of"),
        F::Uppercase => plain("string", "uppercase"),
        F::Uuid => plain("aws", "uuid"),
        F::Each | F::Eval | F::Filter | F::Map | F::Reduce | F::Sift | F::Single | F::Sort | F::Zip => None,
    }
}

/// The type of what the function gives, as its signature says: empty when it does not.
pub(super) fn result(function: BuiltIn) -> &'static str {
    function.signature().split_once(':').map_or("", |(_, result)| result)
}
