//! Arguments with a small language of their own, where they are constants.

use super::calls::{Argument, Misuse};
use crate::jsonata::picture::{date, integer, number};
use crate::jsonata::syntax::{Kind, Node};
use crate::jsonata::{Error, Function};

/// Reads the picture that is given to a function, when it is a constant.
///
/// # Errors
/// It is wrong.
pub(super) fn check(function: Function, given: &[Argument<'_>]) -> Result<(), Misuse> {
    // With fewer arguments the context may take the place of the first.
    let place = if function == Function::Now { 0 } else { 1 };
    let Some(picture) = given.get(place).and_then(|argument| constant(argument.node)) else { return Ok(()) };
    read(function, picture, given.get(2).map(|argument| argument.node)).map_err(|error| Misuse::Value(place, error))
}

fn read(function: Function, picture: &str, options: Option<&Node>) -> Result<(), Error> {
    match function {
        Function::FormatInteger | Function::ParseInteger => integer::Picture::parse(picture).map(drop),
        Function::FromMillis | Function::Now => date::Picture::parse(picture)?.check_format(),
        Function::ToMillis => date::Picture::parse(picture)?.check_read(),
        Function::FormatNumber => match options.map_or(Some(Vec::new()), symbols) {
            Some(symbols) => number::Format::parse(picture, &symbols).map(drop),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The text that a node is.
fn constant(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::String(text) if node.predicates.is_empty() && node.group.is_none() => Some(text),
        _ => None,
    }
}

/// The options of `$formatNumber`, when all are constants.
fn symbols(node: &Node) -> Option<Vec<(&str, &str)>> {
    match &node.kind {
        Kind::Object(group) if node.predicates.is_empty() && node.group.is_none() => {
            group.pairs.iter().map(|(name, symbol)| Some((constant(name)?, constant(symbol)?))).collect()
        }
        _ => None,
    }
}
