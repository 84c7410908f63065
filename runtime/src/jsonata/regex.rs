//! Regular expressions, which are functions too: one takes a text and gives what it finds first, and how to go on.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use asl_codegen::jsonata::{regex::translate, syntax};

use super::value::function::Native;
use super::{Array, Error, Evaluation, Function, Object, Result, Value, text as show};

/// Where a match is and its groups are, in bytes; the first is the whole. None for a group that has no part in it.
pub(crate) type Captures = Vec<Option<(usize, usize)>>;

/// The regular expressions of literals, by pattern and flags.
type Known = HashMap<String, [Option<Arc<Regex>>; 4]>;

/// The memory of those states of a regular expression that are gone through in the time of a step.
const BYTES_OF_A_STEP: usize = 512;

/// The memory that a regular expression may have: eight megabytes.
const LARGEST: usize = BYTES_OF_A_STEP << 14;

/// A regular expression that is ready for use.
#[derive(Debug)]
pub struct Regex {
    regex: regex_lite::Regex,
    /// As it is written.
    source: String,
    /// How many steps it counts as to look at one byte: at worst every state is looked at.
    weight: u64,
}

/// A regular expression of generated code: it is made ready once.
#[derive(Debug)]
pub struct Literal {
    pattern: &'static str,
    ignore_case: bool,
    multi_line: bool,
    regex: OnceLock<Result<Arc<Regex>>>,
}

impl Literal {
    /// `/pattern/` with flags.
    pub const fn new(pattern: &'static str, ignore_case: bool, multi_line: bool) -> Self {
        Self { pattern, ignore_case, multi_line, regex: OnceLock::new() }
    }

    /// The regular expression.
    ///
    /// # Errors
    /// It cannot be used. The compiler has tried it, so that this does not happen.
    pub fn get(&self) -> Result<&Arc<Regex>> {
        let make = || Regex::new(self.pattern, self.ignore_case, self.multi_line).map(Arc::new);
        self.regex.get_or_init(make).as_ref().map_err(Error::clone)
    }
}

impl Regex {
    /// Makes a regular expression ready.
    ///
    /// # Errors
    /// It is none of JavaScript's, or one that can take more than linear time.
    pub fn new(pattern: &str, ignore_case: bool, multi_line: bool) -> Result<Self> {
        let refuse = |problem: String| {
            let message = format!("The regular expression /{pattern}/ cannot be used: {problem}");
            Error::with_message("S0302", message)
        };
        let translated = translate(pattern, ignore_case, multi_line).map_err(|problem| refuse(problem.to_string()))?;
        // The crate does not say how large a regular expression is, but does not make one that is larger than it may be.
        let mut size = BYTES_OF_A_STEP;
        loop {
            match regex_lite::RegexBuilder::new(&translated).size_limit(size).build() {
                Ok(regex) => {
                    let weight = (size / BYTES_OF_A_STEP) as u64;
                    return Ok(Self { regex, source: pattern.to_owned(), weight });
                }
                Err(_) if size < LARGEST => size *= 4,
                Err(error) => return Err(refuse(error.to_string())),
            }
        }
    }

    /// The steps that looking at so many bytes of a text counts as.
    pub(crate) fn steps(&self, bytes: usize) -> u64 {
        (bytes as u64).saturating_mul(self.weight).saturating_add(1)
    }

    /// The regular expression of a literal. Those of one process are kept, some hundreds of them.
    ///
    /// # Errors
    /// It cannot be used.
    pub fn of(literal: &syntax::Regex) -> Result<Arc<Self>> {
        const KEPT: usize = 500;
        static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);
        let syntax::Regex { pattern, ignore_case, multi_line } = literal;
        let flags = usize::from(*ignore_case) + 2 * usize::from(*multi_line);
        // What is inside is whole at any moment.
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(Some(regex)) = known.get(pattern).and_then(|regexes| regexes.get(flags)) {
            return Ok(regex.clone());
        }
        drop(known);
        let regex = Arc::new(Self::new(pattern, *ignore_case, *multi_line)?);
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        if let Some(slot) = known.entry(pattern.clone()).or_default().get_mut(flags) {
            *slot = Some(regex.clone());
        }
        Ok(regex)
    }

    /// What it finds first from the byte `start` on.
    pub(crate) fn find(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        self.regex.find_at(text, start).map(|found| (found.start(), found.end()))
    }

    /// What it and its groups find first from the byte `start` on.
    pub(crate) fn captures(&self, text: &str, start: usize) -> Option<Captures> {
        let captures = self.regex.captures_at(text, start)?;
        Some((0..captures.len()).map(|group| captures.get(group).map(|found| (found.start(), found.end()))).collect())
    }

    /// What it gives as a function that is called with `text`: `{match, start, end, groups, next}`, or nothing. Places are
    /// counted in units of UTF-16.
    ///
    /// # Errors
    /// None.
    pub fn call<'a>(self: &Arc<Self>, text: &Value<'a>) -> Result<Value<'a>> {
        self.call_with(std::slice::from_ref(text))
    }

    /// What it gives as a function that is called with a text, and the place to begin at: `$map` and `$filter` give it the
    /// index for that, as they do in JSONata. A number is taken for its text.
    ///
    /// # Errors
    /// None.
    pub fn call_with<'a>(self: &Arc<Self>, arguments: &[Value<'a>]) -> Result<Value<'a>> {
        let text = match arguments.first() {
            Some(Value::String(text)) => text.clone(),
            Some(value) => match value.as_number() {
                Some(number) => Cow::Owned(show::number(number)),
                None => return Ok(Value::Undefined),
            },
            None => return Ok(Value::Undefined),
        };
        let start = arguments.get(1).and_then(Value::as_number).map_or(0, |unit| byte_of(&text, unit));
        let found = self.captures(&text, start);
        Ok(found.map_or(Value::Undefined, |found| self.object(&text, &found)))
    }

    /// What was found as an object.
    pub(crate) fn object<'a>(self: &Arc<Self>, text: &Cow<'a, str>, found: &[Option<(usize, usize)>]) -> Value<'a> {
        let (start, end) = found.first().copied().flatten().unwrap_or_default();
        let first = utf16_length(text.get(..start).unwrap_or_default());
        let length = utf16_length(text.get(start..end).unwrap_or_default());
        let mut object = Object::with_capacity(5);
        object.insert("match", slice(text, start, end));
        object.insert("start", Value::from(as_number(first)));
        object.insert("end", Value::from(as_number(first + length)));
        object.insert("groups", groups(text, found));
        let (regex, text) = (self.clone(), text.clone());
        let next = move |evaluation: &Evaluation<'a>, _: &[Value<'a>]| {
            let found = regex.next(&text, end)?;
            let until =
                found.as_ref().and_then(|found| found.first().copied().flatten()).map_or(text.len(), |(_, end)| end);
            evaluation.step(regex.steps(until.saturating_sub(end)))?;
            Ok(found.map_or(Value::Undefined, |found| regex.object(&text, &found)))
        };
        object.insert("next", Value::from(Function::Native(Native { arity: 0, call: Box::new(next) })));
        Value::from(object)
    }

    /// What it finds behind a match that ends at the byte `end`.
    ///
    /// # Errors
    /// `D1004`: an empty text, which would be found for ever.
    pub(crate) fn next(&self, text: &str, end: usize) -> Result<Option<Captures>> {
        if end >= text.len() {
            return Ok(None);
        }
        let found = self.captures(text, end);
        match found.as_ref().and_then(|found| found.first().copied().flatten()) {
            Some((start, end)) if start == end => Err(self.endless()),
            _ => Ok(found),
        }
    }

    /// It has found an empty text, which it would find for ever.
    #[cold]
    pub(crate) fn endless(&self) -> Error {
        Error::new("D1004").value(serde_json::Value::from(self.source.as_str()).to_string())
    }
}

/// What the groups found, as an array.
pub(crate) fn groups<'a>(text: &Cow<'a, str>, found: &[Option<(usize, usize)>]) -> Value<'a> {
    let of = |group: &Option<(usize, usize)>| group.map_or(Value::Undefined, |(start, end)| slice(text, start, end));
    Value::from(Array::new(found.iter().skip(1).map(of).collect()))
}

/// A piece of a text, which is borrowed when the text is.
pub(crate) fn slice<'a>(text: &Cow<'a, str>, start: usize, end: usize) -> Value<'a> {
    match text {
        Cow::Borrowed(text) => Value::str(text.get(start..end).unwrap_or_default()),
        Cow::Owned(text) => Value::from(text.get(start..end).unwrap_or_default().to_owned()),
    }
}

/// How many units of UTF-16 a text has, as JavaScript counts.
pub(crate) fn utf16_length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// The byte at which a unit of UTF-16 is.
pub(crate) fn byte_of(text: &str, unit: f64) -> usize {
    let mut units = 0.0;
    for (byte, symbol) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += as_number(symbol.len_utf16());
    }
    text.len()
}

/// A count as a number.
#[allow(clippy::cast_precision_loss, reason = "no text or array is so long")]
pub(crate) fn as_number(count: usize) -> f64 {
    count as f64
}
