//! Calls of built-in functions: which arguments they take, and what they give.

use super::kinds::Kinds;
use super::pictures;
use crate::jsonata::signature::{Count, Items, Parameter, Types};
use crate::jsonata::syntax::{Kind, Node};
use crate::jsonata::{Error, Function};

/// An argument, and what it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument<'a> {
    pub(super) node: &'a Node,
    pub(super) kinds: Kinds,
}

/// Why a call fails whatever the data.
#[derive(Clone, Debug)]
pub(super) enum Misuse {
    /// The number of arguments: what is taken, in words, and what is given.
    Number(String, usize),
    /// An argument of a wrong type: its place, its types and those that are taken.
    Type(usize, Kinds, Kinds),
    /// An array with an item of a wrong type: its place, and the types that are taken.
    Items(usize, Kinds),
    /// An argument with a value that is not understood.
    Value(usize, Error),
}

impl Misuse {
    /// The place of the argument that is wrong.
    pub(super) fn argument(&self) -> Option<usize> {
        match self {
            Self::Number(..) => None,
            Self::Type(index, ..) | Self::Items(index, _) | Self::Value(index, _) => Some(*index),
        }
    }
}

/// What a call gives. `context` takes the place of a missing argument where the signature says so.
///
/// # Errors
/// It fails whatever the data.
pub(super) fn check(function: Function, given: &[Argument<'_>], context: Kinds) -> Result<Kinds, Misuse> {
    let parameters = function.parameters();
    let kinds: Vec<Kinds> = given.iter().map(|argument| argument.kinds).collect();
    if !fits(parameters, &kinds) {
        return Err(reason(parameters, &kinds));
    }
    // Which parameter an argument is for is certain when there is one for each.
    if parameters.len() == given.len() || parameters.iter().take(given.len()).all(|parameter| !parameter.context) {
        for (index, (parameter, argument)) in parameters.iter().zip(given).enumerate() {
            items(parameter, argument, index)?;
        }
    }
    pictures::check(function, given)?;
    let first = match given.first() {
        Some(argument) => argument.kinds,
        None if parameters.first().is_some_and(|parameter| parameter.context) => context,
        None => Kinds::UNDEFINED,
    };
    Ok(result(function, first))
}

fn kinds_of(types: Types) -> Kinds {
    const KINDS: [(Types, Kinds); 8] = [
        (Types::STRING, Kinds::STRING),
        (Types::NUMBER, Kinds::NUMBER),
        (Types::BOOLEAN, Kinds::BOOLEAN),
        (Types::NULL, Kinds::NULL),
        (Types::ARRAY, Kinds::ARRAY),
        (Types::OBJECT, Kinds::OBJECT),
        (Types::FUNCTION, Kinds::FUNCTION),
        (Types::MISSING, Kinds::UNDEFINED),
    ];
    KINDS.iter().filter(|(letter, _)| types.has(*letter)).fold(Kinds::NEVER, |kinds, (_, kind)| kinds | *kind)
}

/// Whether there are values of these types that the parameters take.
fn fits(parameters: &[Parameter], given: &[Kinds]) -> bool {
    let Some((parameter, others)) = parameters.split_first() else { return given.is_empty() };
    let taken = kinds_of(parameter.types);
    let one = || matches!(given.split_first(), Some((kinds, behind)) if kinds.may_be(taken) && fits(others, behind));
    match parameter.count {
        Count::One => one(),
        Count::Optional => one() || fits(others, given),
        Count::Many => {
            let most = given.iter().take_while(|kinds| kinds.may_be(taken)).count();
            (1..=most).rev().any(|count| fits(others, given.get(count..).unwrap_or_default()))
        }
    }
}

/// Why the arguments do not fit.
fn reason(parameters: &[Parameter], given: &[Kinds]) -> Misuse {
    let least = parameters.iter().filter(|parameter| parameter.count != Count::Optional).count();
    let unlimited = parameters.iter().any(|parameter| parameter.count == Count::Many);
    let most = parameters.len();
    if given.len() < least || (given.len() > most && !unlimited) {
        let plural = |count| if count == 1 { "" } else { "s" };
        let wanted = match () {
            () if unlimited => format!("at least {least} argument{}", plural(least)),
            () if most == 0 => "no argument".to_owned(),
            () if least == most => format!("{least} argument{}", plural(least)),
            () => format!("{least} to {most} arguments"),
        };
        return Misuse::Number(wanted, given.len());
    }
    // The first argument with which the ones before it do not fit.
    let culprit = (0..given.len()).find(|index| {
        let known = given.iter().take(index + 1).copied();
        let kinds: Vec<Kinds> = known.chain(std::iter::repeat(Kinds::ANY)).take(given.len()).collect();
        !fits(parameters, &kinds)
    });
    let index = culprit.unwrap_or_default();
    let skipped = if given.len() == most { 0 } else { usize::from(given.len() < least + 1 && most > given.len()) };
    let parameter = parameters.get(index).or_else(|| parameters.get(index + skipped));
    let taken = parameter.map_or(Kinds::ANY, |parameter| kinds_of(parameter.types)) - Kinds::UNDEFINED;
    Misuse::Type(index, given.get(index).copied().unwrap_or(Kinds::ANY), taken)
}

/// Holds an argument against the type of items that its parameter wants.
fn items(parameter: &Parameter, argument: &Argument<'_>, index: usize) -> Result<(), Misuse> {
    let Items::Are { types, .. } = parameter.items else { return Ok(()) };
    let taken = kinds_of(types);
    if argument.kinds.is_none_of(taken | Kinds::ARRAY | Kinds::UNDEFINED) {
        return Err(Misuse::Type(index, argument.kinds, taken | Kinds::ARRAY));
    }
    let Kind::Array(items) = &argument.node.kind else { return Ok(()) };
    let wrong = |item: &Node| {
        let kind = match &item.kind {
            Kind::Null => Kinds::NULL,
            Kind::Bool(_) => Kinds::BOOLEAN,
            Kind::Number(_) => Kinds::NUMBER,
            Kind::String(_) => Kinds::STRING,
            Kind::Array(_) => Kinds::ARRAY,
            Kind::Object(_) => Kinds::OBJECT,
            _ => return false,
        };
        item.predicates.is_empty() && item.group.is_none() && kind.is_none_of(taken)
    };
    let whole = argument.node.predicates.is_empty() && argument.node.group.is_none();
    if whole && items.iter().any(wrong) { Err(Misuse::Items(index, taken)) } else { Ok(()) }
}

/// What a function gives when its first argument, or the context in its place, is of the types `first`.
fn result(function: Function, first: Kinds) -> Kinds {
    use Function as F;
    let nothing = first & Kinds::UNDEFINED;
    let of = |kinds: Kinds| if first == Kinds::UNDEFINED { first } else { kinds | nothing };
    match function {
        F::Exists => Kinds::BOOLEAN,
        F::Count | F::Millis | F::Random => Kinds::NUMBER,
        F::Now | F::Uuid => Kinds::STRING,
        F::Zip => Kinds::ARRAY,
        F::Error => Kinds::NEVER,
        F::Assert => Kinds::UNDEFINED,
        F::Boolean | F::Contains | F::Not => of(Kinds::BOOLEAN),
        F::Abs
        | F::Ceil
        | F::Floor
        | F::Length
        | F::Number
        | F::ParseInteger
        | F::Power
        | F::Round
        | F::Sqrt
        | F::Sum => of(Kinds::NUMBER),
        // Of an empty array they give nothing.
        F::Average | F::Max | F::Min | F::ToMillis => of(Kinds::NUMBER | Kinds::UNDEFINED),
        F::Base64Decode
        | F::Base64Encode
        | F::DecodeUrl
        | F::DecodeUrlComponent
        | F::EncodeUrl
        | F::EncodeUrlComponent
        | F::FormatBase
        | F::FormatInteger
        | F::FormatNumber
        | F::FromMillis
        | F::Join
        | F::Lowercase
        | F::Pad
        | F::Replace
        | F::String
        | F::Substring
        | F::SubstringAfter
        | F::SubstringBefore
        | F::Trim
        | F::Type
        | F::Uppercase => of(Kinds::STRING),
        F::Hash => Kinds::STRING | Kinds::UNDEFINED,
        F::Merge => of(Kinds::OBJECT),
        F::Reverse | F::Shuffle | F::Sort | F::Split => of(Kinds::ARRAY),
        F::Sift => of(Kinds::OBJECT | Kinds::UNDEFINED),
        F::Keys => of(Kinds::ARRAY | Kinds::STRING | Kinds::UNDEFINED),
        F::Match => of(Kinds::ARRAY | Kinds::OBJECT | Kinds::UNDEFINED),
        F::Partition => Kinds::ARRAY | Kinds::UNDEFINED,
        F::Range => Kinds::ARRAY | Kinds::NUMBER | Kinds::UNDEFINED,
        F::Distinct | F::Each | F::Filter | F::Lookup | F::Map | F::Reduce | F::Single | F::Spread => of(Kinds::ANY),
        F::Append | F::Eval | F::Parse => Kinds::ANY,
    }
}
