//! Intrinsic functions: which exist, what they take and give, and how a call is written.
//! AWS developer guide, "Intrinsic functions".

mod fold;
mod parse;
mod rules;

use crate::node::Text;
use crate::query::path::Path;
use crate::span::Span;

pub(crate) use fold::Size;
pub(crate) use parse::{CallError, is_call, is_number, parse};
pub(crate) use rules::{FAILS, check, described};

/// How deep calls may be nested. AWS: "up to 10 intrinsic functions within a field".
pub(crate) const MAX_DEPTH: usize = 10;

/// A call of an intrinsic function.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The call as written; run-time messages quote it.
    pub text: Text,
    /// The function.
    pub function: Function,
    /// Where its name was written.
    pub name: Span,
    /// The arguments in the order they were written.
    pub arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub value: ArgumentValue,
}

/// What an argument is.
#[derive(Clone, Debug, PartialEq)]
pub enum ArgumentValue {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number in JSON's spelling.
    Number(String),
    /// A string.
    String(Literal),
    /// A path.
    Path(Path),
    /// A path that selects several values, which is reported.
    Unread,
    /// A call whose result is the argument.
    Call(Call),
}

/// A string of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Literal {
    /// Its value, escapes resolved.
    pub text: String,
    /// Where in the value there is a `{}` that was written without backslashes: places for the arguments of `States.Format`.
    pub holes: Vec<usize>,
    /// The first `{` that was written without a backslash and without a `}` behind it.
    pub stray: Option<Span>,
}

impl Literal {
    /// The text around the holes: one piece more than there are holes.
    pub fn pieces(&self) -> Vec<String> {
        let ends = self.holes.iter().copied().chain([self.text.len()]);
        let starts = [0].into_iter().chain(self.holes.iter().map(|hole| hole + "{}".len()));
        starts.zip(ends).map(|(start, end)| self.text.get(start..end).unwrap_or_default().to_owned()).collect()
    }
}

/// What a function takes in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    Any,
    Array,
    Object,
    String,
    /// The text of `States.Format`.
    Template,
    /// A number, which is rounded to an integer.
    Integer,
    /// An integer of 32 bits.
    Addend,
    /// The size of a part: 1 or more.
    Size,
    /// The distance of two numbers: not 0.
    Step,
    /// A place in an array: 0 or more.
    Index,
    /// The name of a hash algorithm.
    Algorithm,
    /// `false`: AWS merges no deeper than one level.
    Shallow,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Not known.
    Any,
    /// An array.
    Array,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
    /// An object.
    Object,
    /// A string.
    String,
}

/// What `States.Hash` computes.
pub(crate) const ALGORITHMS: &[&str] = &["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

macro_rules! functions {
    ($($function:ident ($($parameter:ident)* $(; $more:ident $how:ident)?) $result:ident;)*) => {
        /// An intrinsic function. AWS adds no more of them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names are the language's own")]
        pub enum Function {
            $($function,)*
        }

        impl Function {
            /// Every function, by name.
            pub const ALL: &'static [Function] = &[$(Function::$function),*];

            /// The names of all functions: `States.Array`, ….
            pub(crate) const NAMES: &'static [&'static str] = &[$(concat!("States.", stringify!($function))),*];

            /// The name: `States.Array`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Function::$function => concat!("States.", stringify!($function)),)*
                }
            }

            /// What it gives.
            pub const fn result(self) -> Kind {
                match self {
                    $(Function::$function => Kind::$result,)*
                }
            }

            pub(crate) const fn parameters(self) -> Parameters {
                match self {
                    $(Function::$function => Parameters {
                        required: &[$(Parameter::$parameter),*],
                        more: functions!(@more $($more $how)?),
                    },)*
                }
            }
        }
    };
    (@more) => { More::None };
    (@more $parameter:ident $how:ident) => { More::$how(Parameter::$parameter) };
}

functions! {
    Array(; Any Any) Array;
    ArrayContains(Array Any) Boolean;
    ArrayGetItem(Array Index) Any;
    ArrayLength(Array) Number;
    ArrayPartition(Array Size) Array;
    ArrayRange(Integer Integer Step) Array;
    ArrayUnique(Array) Array;
    Base64Decode(String) String;
    Base64Encode(String) String;
    Format(Template; Any Any) String;
    Hash(Any Algorithm) String;
    JsonMerge(Object Object Shallow) Object;
    JsonToString(Any) String;
    MathAdd(Addend Addend) Number;
    MathRandom(Integer Integer; Integer One) Number;
    StringSplit(String String) Array;
    StringToJson(String) Any;
    UUID() String;
}

/// What a function takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters {
    pub(crate) required: &'static [Parameter],
    pub(crate) more: More,
}

/// What a function takes behind the parameters that it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum More {
    None,
    /// One, or none.
    One(Parameter),
    /// Any number.
    Any(Parameter),
}

impl Parameters {
    /// What the argument in that place, from 0, has to be; `None` beyond the last.
    pub(crate) fn at(self, place: usize) -> Option<Parameter> {
        match (self.required.get(place), self.more) {
            (Some(parameter), _) => Some(*parameter),
            (None, More::Any(parameter)) => Some(parameter),
            (None, More::One(parameter)) if place == self.required.len() => Some(parameter),
            (None, More::One(_) | More::None) => None,
        }
    }

    /// Whether it takes so many arguments.
    pub(crate) fn accept(self, count: usize) -> bool {
        count >= self.required.len() && (count == self.required.len() || self.at(count - 1).is_some())
    }
}

impl Parameter {
    /// The kind of value that is taken.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Parameter::Any => Kind::Any,
            Parameter::Array => Kind::Array,
            Parameter::Object => Kind::Object,
            Parameter::String | Parameter::Template | Parameter::Algorithm => Kind::String,
            Parameter::Integer | Parameter::Addend | Parameter::Size | Parameter::Step | Parameter::Index => {
                Kind::Number
            }
            Parameter::Shallow => Kind::Boolean,
        }
    }
}

impl Function {
    /// The functions for `ErrorPath` and `CausePath`: those that give text.
    pub(crate) const TEXT: &'static [Function] = &[
        Function::ArrayGetItem,
        Function::Base64Decode,
        Function::Base64Encode,
        Function::Format,
        Function::Hash,
        Function::JsonToString,
        Function::UUID,
    ];

    /// The function named `name`, as `States.Array`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.name() == name)
    }
}

impl Call {
    /// The paths among the arguments, those of nested calls included, in the order they were written.
    pub fn paths(&self) -> Vec<&Path> {
        let paths = self.arguments.iter().flat_map(|argument| match &argument.value {
            ArgumentValue::Path(path) => vec![path],
            ArgumentValue::Call(call) => call.paths(),
            _ => Vec::new(),
        });
        paths.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_take_so_many_arguments() {
        for (function, accepted) in [
            (Function::UUID, 0..=0),
            (Function::ArrayLength, 1..=1),
            (Function::MathAdd, 2..=2),
            (Function::MathRandom, 2..=3),
            (Function::Array, 0..=9),
            (Function::Format, 1..=9),
        ] {
            for count in 0..10 {
                assert_eq!(function.parameters().accept(count), accepted.contains(&count), "{function:?} {count}");
            }
        }
    }

    #[test]
    fn a_format_is_cut_at_its_holes() {
        let literal = Literal { text: "{}-{} {}".to_owned(), holes: vec![0, 6], stray: None };
        assert_eq!(literal.pieces(), ["", "-{} ", ""]);
        assert_eq!(Literal::default().pieces(), [""]);
    }
}
