//! Functions that look for something in a text: a text, what a regular expression matches, or what a function says.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::super::regex::{Captures, Regex, as_number, byte_of, groups, slice, utf16_length};
use super::argument::{Mismatch, error, number, quoted, refuse, string as text_of};
use super::{Array, BuiltIn, Error, Evaluation, Function, Object, Result, Value, count_bytes, count_items};

/// What is looked for.
#[derive(Clone, Copy)]
enum Pattern<'v, 'a> {
    Text(&'v Cow<'a, str>),
    Matcher(&'v Rc<Function<'a>>),
}

/// `(sf)`
fn pattern<'v, 'a>(value: &'v Value<'a>) -> Result<Option<Pattern<'v, 'a>>, Mismatch> {
    match value {
        Value::String(text) => Ok(Some(Pattern::Text(text))),
        Value::Function(function) => Ok(Some(Pattern::Matcher(function))),
        Value::Undefined => Ok(None),
        _ => Err(Mismatch),
    }
}

/// A match.
struct Found<'a> {
    /// Where it is, in bytes.
    start: usize,
    end: usize,
    /// What it is: of a regular expression where its groups are, of a function the object that it gave.
    is: Is<'a>,
}

enum Is<'a> {
    Groups(Captures),
    Object(Value<'a>),
}

/// The matches in a text, one after another.
struct Matches<'v, 'a> {
    evaluation: &'v Evaluation<'a>,
    function: BuiltIn,
    text: &'v Cow<'a, str>,
    matcher: Matcher<'v, 'a>,
}

enum Matcher<'v, 'a> {
    Regex(&'v Arc<Regex>),
    Function(&'v Rc<Function<'a>>),
}

impl<'v, 'a> Matches<'v, 'a> {
    fn new(
        evaluation: &'v Evaluation<'a>,
        function: BuiltIn,
        text: &'v Cow<'a, str>,
        matcher: &'v Rc<Function<'a>>,
    ) -> Self {
        let matcher = match &**matcher {
            Function::Regex(regex) => Matcher::Regex(regex),
            _ => Matcher::Function(matcher),
        };
        Self { evaluation, function, text, matcher }
    }

    /// The first match.
    fn first(&self) -> Result<Option<Found<'a>>> {
        match self.matcher {
            Matcher::Regex(regex) => {
                let found = regex.captures(self.text, 0);
                self.scanned(regex, 0, found.as_deref())?;
                Ok(found.map(Self::of_regex))
            }
            Matcher::Function(function) => {
                let argument = Value::String(self.text.clone());
                self.of_function(function.call(self.evaluation, vec![argument])?)
            }
        }
    }

    /// The match behind another.
    fn next(&self, before: &Found<'a>) -> Result<Option<Found<'a>>> {
        match (&self.matcher, &before.is) {
            (Matcher::Regex(regex), _) => {
                let found = regex.next(self.text, before.end)?;
                self.scanned(regex, before.end, found.as_deref())?;
                Ok(found.map(Self::of_regex))
            }
            (Matcher::Function(_), Is::Object(object)) => match member(object, "next") {
                Value::Function(next) => self.of_function(next.call(self.evaluation, Vec::new())?),
                _ => Err(self.wrong_structure()),
            },
            (Matcher::Function(_), Is::Groups(_)) => Ok(None),
        }
    }

    /// Counts what was read to find a match, or that there is none.
    fn scanned(&self, regex: &Regex, from: usize, found: Option<&[Option<(usize, usize)>]>) -> Result<()> {
        let end = found.and_then(|found| found.first().copied().flatten()).map_or(self.text.len(), |(_, end)| end);
        self.evaluation.step(regex.steps(end.saturating_sub(from)))
    }

    fn of_regex(found: Captures) -> Found<'a> {
        let (start, end) = found.first().copied().flatten().unwrap_or_default();
        Found { start, end, is: Is::Groups(found) }
    }

    /// The match that a function gives as `{match, start, end, groups, next}`; places are in units of UTF-16.
    fn of_function(&self, result: Value<'a>) -> Result<Option<Found<'a>>> {
        self.evaluation.step(1)?;
        if result.is_undefined() {
            return Ok(None);
        }
        let place = |name: &str| member(&result, name).as_number().map(|unit| byte_of(self.text, unit));
        let Some(start) = place("start") else { return Err(self.wrong_structure()) };
        let end = place("end").unwrap_or(start);
        Ok(Some(Found { start, end, is: Is::Object(result) }))
    }

    #[cold]
    fn wrong_structure(&self) -> Error {
        error("T1010", self.function)
    }

    /// `match` and `groups` of a match.
    fn parts(&self, found: &Found<'a>) -> (Value<'a>, Value<'a>) {
        match &found.is {
            Is::Groups(captures) => (slice(self.text, found.start, found.end), groups(self.text, captures)),
            Is::Object(object) => (member(object, "match"), member(object, "groups")),
        }
    }
}

fn member<'a>(object: &Value<'a>, name: &str) -> Value<'a> {
    object.as_members().and_then(|members| members.get(name)).unwrap_or_default()
}

/// The limit of how many matches are taken, rounded down. AWS developer guide: functions that require integers round down.
fn limited(limit: Option<f64>, code: &'static str, function: BuiltIn, index: usize) -> Result<usize> {
    match limit {
        None => Ok(usize::MAX),
        Some(limit) if limit < 0.0 => {
            Err(error(code, function).value(super::super::text::shown(&Value::Number(limit))).index(index))
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is positive, and saturates")]
        Some(limit) => Ok(limit as usize),
    }
}

/// A pattern that is nothing cannot be called.
#[cold]
fn no_pattern(function: BuiltIn) -> Error {
    error("T1006", function)
}

/// `$contains(str, pattern)`
///
/// # Errors
/// `T1010`: a function that gives no match. `T0410`.
pub fn contains<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>, token: &Value<'a>) -> Result<Value<'a>> {
    let (Ok(text), Ok(token)) = (text_of(value), pattern(token)) else {
        return refuse(evaluation, BuiltIn::Contains, &Value::Undefined, &[value, token]);
    };
    let (Some(text), Some(token)) = (text, token) else { return Ok(Value::Undefined) };
    Ok(Value::Bool(match token {
        Pattern::Text(token) => text.contains(token.as_ref()),
        Pattern::Matcher(matcher) => match &**matcher {
            Function::Regex(regex) => matches(evaluation, text, regex)?,
            _ => contains_by(evaluation, Value::String(text.clone()), matcher)?,
        },
    }))
}

/// `$contains` with a function: whether it gives something.
fn contains_by<'a>(evaluation: &Evaluation<'a>, text: Value<'a>, matcher: &Function<'a>) -> Result<bool> {
    let result = matcher.call(evaluation, vec![text])?;
    let is_match = match &result {
        Value::Undefined | Value::Null | Value::Bool(false) => true,
        other => ["start", "end", "groups", "next"].into_iter().any(|name| !member(other, name).is_undefined()),
    };
    if is_match { Ok(!result.is_undefined()) } else { Err(error("T1010", BuiltIn::Contains)) }
}

/// `$contains` with a regular expression.
///
/// # Errors
/// A limit.
pub fn matches(evaluation: &Evaluation<'_>, text: &str, regex: &Regex) -> Result<bool> {
    evaluation.step(regex.steps(text.len()))?;
    Ok(regex.find(text, 0).is_some())
}

/// `$match(str, pattern, limit)`
///
/// # Errors
/// `D3040`: a negative limit. `D1004`: the regular expression matches nothing at all. `T1010`, `T0410`, `T0411`.
pub fn match_<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    matcher: &Value<'a>,
    limit: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(text), Ok(function), Ok(most)) = (text_of(value), super::argument::function(matcher), number(limit)) else {
        return refuse(evaluation, BuiltIn::Match, context, &[value, matcher, limit]);
    };
    let Some(text) = text else { return Ok(Value::Undefined) };
    let most = limited(most, "D3040", BuiltIn::Match, 3)?;
    let mut found = Vec::new();
    if most > 0 {
        let matches = Matches::new(evaluation, BuiltIn::Match, text, function);
        let mut next = matches.first()?;
        // How far units of UTF-16 are counted.
        let (mut byte, mut units) = (0, 0);
        while let Some(this) = next {
            if found.len() >= most {
                break;
            }
            let (whole, groups) = matches.parts(&this);
            let index = match &this.is {
                Is::Groups(_) => {
                    units += utf16_length(text.get(byte..this.start).unwrap_or_default());
                    byte = this.start;
                    Value::from(as_number(units))
                }
                Is::Object(object) => member(object, "start"),
            };
            let mut object = Object::with_capacity(3);
            for (name, value) in [("match", whole), ("index", index), ("groups", groups)] {
                if !value.is_undefined() {
                    object.insert(name, value);
                }
            }
            count_items(evaluation, 8)?;
            found.push(Value::from(object));
            next = matches.next(&this)?;
        }
    }
    Ok(Value::from(Array::sequence(found)))
}

/// `$split(str, separator, limit)`
///
/// # Errors
/// `D3020`: a negative limit. `D1004`, `T1010`, `T0410`, `T0411`.
pub fn split<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    separator: &Value<'a>,
    limit: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(text), Ok(between), Ok(most)) = (text_of(value), pattern(separator), number(limit)) else {
        return refuse(evaluation, BuiltIn::Split, context, &[value, separator, limit]);
    };
    let Some(text) = text else { return Ok(Value::Undefined) };
    let most = limited(most, "D3020", BuiltIn::Split, 3)?;
    let mut pieces = Pieces { evaluation, text, most, pieces: Vec::new() };
    match between {
        _ if most == 0 => {}
        None => return Err(no_pattern(BuiltIn::Split)),
        Some(Pattern::Text(between)) if between.is_empty() => {
            for (start, symbol) in text.char_indices() {
                pieces.push(start, start + symbol.len_utf8())?;
            }
        }
        Some(Pattern::Text(between)) => {
            let mut start = 0;
            for (end, _) in text.match_indices(between.as_ref()) {
                if !pieces.push(start, end)? {
                    break;
                }
                start = end + between.len();
            }
            pieces.push(start, text.len())?;
        }
        Some(Pattern::Matcher(matcher)) => {
            let matches = Matches::new(evaluation, BuiltIn::Split, text, matcher);
            let mut next = matches.first()?;
            let mut start = 0;
            while let Some(this) = next {
                if !pieces.push(start, this.start)? {
                    break;
                }
                start = this.end;
                next = matches.next(&this)?;
            }
            pieces.push(start, text.len())?;
        }
    }
    Ok(Value::from(Array::new(pieces.pieces)))
}

struct Pieces<'v, 'a> {
    evaluation: &'v Evaluation<'a>,
    text: &'v Cow<'a, str>,
    most: usize,
    pieces: Vec<Value<'a>>,
}

impl Pieces<'_, '_> {
    /// Adds a piece; false when there are as many as there may be.
    fn push(&mut self, start: usize, end: usize) -> Result<bool> {
        if self.pieces.len() >= self.most {
            return Ok(false);
        }
        count_items(self.evaluation, 1)?;
        if matches!(self.text, Cow::Owned(_)) {
            count_bytes(self.evaluation, end.saturating_sub(start))?;
        }
        self.pieces.push(slice(self.text, start, end));
        Ok(true)
    }
}

/// `$replace(str, pattern, replacement, limit)`
///
/// # Errors
/// `D3010`: an empty pattern. `D3011`: a negative limit. `D3012`: a replacement that is no string. `D1004`, `T1010`,
/// `T0410`, `T0411`.
pub fn replace<'a>(
    evaluation: &Evaluation<'a>,
    context: &Value<'a>,
    value: &Value<'a>,
    pattern: &Value<'a>,
    replacement: &Value<'a>,
    limit: &Value<'a>,
) -> Result<Value<'a>> {
    let (Ok(text), Ok(old), Ok(new), Ok(most)) =
        (text_of(value), self::pattern(pattern), self::pattern(replacement), number(limit))
    else {
        return refuse(evaluation, BuiltIn::Replace, context, &[value, pattern, replacement, limit]);
    };
    let Some(text) = text else { return Ok(Value::Undefined) };
    if let Some(Pattern::Text(old)) = old
        && old.is_empty()
    {
        return Err(error("D3010", BuiltIn::Replace).value(quoted("")).index(2));
    }
    let most = limited(most, "D3011", BuiltIn::Replace, 4)?;
    if most == 0 {
        return Ok(value.clone());
    }
    let mut out = Out { evaluation, text: String::new() };
    let mut position = 0;
    match old {
        None => return Err(no_pattern(BuiltIn::Replace)),
        Some(Pattern::Text(old)) => {
            for (start, _) in text.match_indices(old.as_ref()).take(most) {
                let Some(Pattern::Text(new)) = new else { return Err(not_a_string(&Value::Undefined)) };
                out.push(text.get(position..start).unwrap_or_default())?;
                out.push(new)?;
                position = start + old.len();
            }
        }
        Some(Pattern::Matcher(matcher)) => {
            let matches = Matches::new(evaluation, BuiltIn::Replace, text, matcher);
            let mut next = matches.first()?;
            let mut count = 0;
            while let Some(this) = next {
                if count >= most {
                    break;
                }
                out.push(text.get(position..this.start).unwrap_or_default())?;
                position = replace_one(&matches, &this, new, &mut out)?;
                count += 1;
                next = matches.next(&this)?;
            }
        }
    }
    if position == 0 && out.text.is_empty() {
        return Ok(value.clone());
    }
    out.push(text.get(position..).unwrap_or_default())?;
    Ok(Value::from(out.text))
}

/// Puts in what stands for a match, and gives where the text goes on.
fn replace_one<'a>(
    matches: &Matches<'_, 'a>,
    this: &Found<'a>,
    new: Option<Pattern<'_, 'a>>,
    out: &mut Out<'_, 'a>,
) -> Result<usize> {
    match new {
        Some(Pattern::Text(new)) if !new.contains('$') => out.push(new)?,
        Some(Pattern::Text(new)) => {
            let (whole, groups) = matches.parts(this);
            substitute(new, &whole, &groups, out)?;
        }
        Some(Pattern::Matcher(replacer)) => {
            let object = match (&this.is, &matches.matcher) {
                (Is::Groups(captures), Matcher::Regex(regex)) => regex.object(matches.text, captures),
                (Is::Object(object), _) => object.clone(),
                (Is::Groups(_), Matcher::Function(_)) => Value::Undefined,
            };
            match replacer.call(matches.evaluation, vec![object])? {
                Value::String(new) => out.push(&new)?,
                other => return Err(not_a_string(&other)),
            }
        }
        None => return Err(not_a_string(&Value::Undefined)),
    }
    Ok(match &this.is {
        Is::Groups(_) => this.end,
        Is::Object(object) => {
            let length = member(object, "match").as_str().map_or(0.0, |text| as_number(utf16_length(text)));
            let start = member(object, "start").as_number().unwrap_or_default();
            byte_of(matches.text, start + length)
        }
    })
}

#[cold]
fn not_a_string(value: &Value<'_>) -> Error {
    let error = error("D3012", BuiltIn::Replace);
    match super::super::text::string(value, false) {
        Ok(text) => error.value(text),
        Err(_) => error,
    }
}

/// The text that is made.
struct Out<'v, 'a> {
    evaluation: &'v Evaluation<'a>,
    text: String,
}

impl Out<'_, '_> {
    fn push(&mut self, text: &str) -> Result<()> {
        count_bytes(self.evaluation, text.len())?;
        self.text.push_str(text);
        Ok(())
    }
}

/// Puts in a replacement: `$0` is the match, `$1` its first group, `$$` a `$`.
fn substitute(replacement: &str, whole: &Value<'_>, groups: &Value<'_>, out: &mut Out<'_, '_>) -> Result<()> {
    let groups = groups.as_list();
    let count = groups.map_or(0, |groups| groups.len());
    // As many digits as the number of the last group has.
    let most = count.checked_ilog10().unwrap_or_default() as usize + 1;
    let mut rest = replacement;
    while let Some((before, behind)) = rest.split_once('$') {
        out.push(before)?;
        rest = behind;
        if let Some(behind) = rest.strip_prefix('$') {
            out.push("$")?;
            rest = behind;
            continue;
        }
        if let Some(behind) = rest.strip_prefix('0') {
            out.push(whole.as_str().unwrap_or_default())?;
            rest = behind;
            continue;
        }
        let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number = |digits: usize| rest.get(..digits).and_then(|digits| digits.parse::<usize>().ok());
        let (digits, group) = match number(digits) {
            Some(group) if group > count && digits > 1 && digits == most => (digits - 1, number(digits - 1)),
            group => (digits, group),
        };
        let Some(group) = group else {
            // No group: the `$` stands for itself.
            out.push("$")?;
            continue;
        };
        if let Some(Value::String(text)) = groups.and_then(|groups| groups.get(group.wrapping_sub(1))) {
            out.push(&text)?;
        }
        rest = rest.get(digits..).unwrap_or_default();
    }
    out.push(rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::super::Storage;
    use super::super::tests::{check, native};
    use super::*;

    #[test]
    fn texts_contain_what_is_looked_for() {
        check("contains", &json!(["abc", "bc"]), "true");
        check("contains", &json!(["abc", "/^b/"]), "false");
        check("contains", &json!(["abc", {"$": ""}]), "nothing");
        check("contains", &json!(["er"]), "true");
        check(
            "contains",
            &json!(["a", 5]),
            r#"T0410: Argument 2 of function "contains" does not match function signature"#,
        );
        check(
            "contains",
            &json!(["abc", {"$": "length"}]),
            "T1010: The matcher function argument passed to function \"contains\" does not return the correct object structure",
        );
    }

    #[test]
    fn matches_have_places_in_utf16() {
        check(
            "match",
            &json!(["aéb😀b", "/b/"]),
            r#"[{"match":"b","index":2,"groups":[]},{"match":"b","index":5,"groups":[]}]"#,
        );
        check("match", &json!(["ab12", r"/([a-z])(\d)|x(y)?/"]), r#"{"match":"b1","index":1,"groups":["b","1",null]}"#);
        check("match", &json!(["abab", "/b/", 1]), r#"{"match":"b","index":1,"groups":[]}"#);
        check("match", &json!(["abab", "/b/", 0]), "nothing");
        check("match", &json!(["abab", "/x/"]), "nothing");
        check("match", &json!(["", "/x*/"]), r#"{"match":"","index":0,"groups":[]}"#);
        check("match", &json!(["abc", "/x*/"]), "D1004: Regular expression matches zero length string");
        check(
            "match",
            &json!(["abc", "/b/", -1]),
            "D3040: Third argument of match function must evaluate to a positive number",
        );
    }

    #[test]
    fn texts_are_split() {
        check("split", &json!(["a,b,,c", ","]), r#"["a","b","","c"]"#);
        check("split", &json!(["a,b,c", ",", 2]), r#"["a","b"]"#);
        check("split", &json!(["a,b,c", ",", 1.5]), r#"["a"]"#);
        check("split", &json!(["a,b,c", "/,/", 0]), "[]");
        check("split", &json!(["a, b ;c", "/\\s*[,;]\\s*/"]), r#"["a","b","c"]"#);
        check("split", &json!(["a,b,c", "/,/", 2]), r#"["a","b"]"#);
        check("split", &json!(["abc", "/x/"]), r#"["abc"]"#);
        check("split", &json!(["a😀", ""]), r#"["a","😀"]"#);
        check("split", &json!(["", ""]), "[]");
        check("split", &json!(["", ","]), r#"[""]"#);
        check("split", &json!(["e"]), r#"["h","r",""]"#);
        check(
            "split",
            &json!(["a", ",", -1]),
            "D3020: Third argument of split function must evaluate to a positive number",
        );
    }

    #[test]
    fn what_matches_is_replaced() {
        check("replace", &json!(["a.b.c", ".", "$0"]), r#""a$0b$0c""#);
        check("replace", &json!(["a.b.c", ".", "-", 1]), r#""a-b.c""#);
        check("replace", &json!(["abc", "x", "-"]), r#""abc""#);
        check("replace", &json!(["abc", "a", ""]), r#""bc""#);
        check("replace", &json!(["John Smith", r"/(\w+)\s(\w+)/", "$2, $1"]), r#""Smith, John""#);
        check("replace", &json!(["abc", "/(x)?b/", "[$1$0$$$2$a$]"]), r#""a[b$$a$]c""#);
        check(
            "replace",
            &json!(["abcdefghijklmno", "/(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)/", "$12-$13-$1x"]),
            r#""l-a3-axmno""#,
        );
        check("replace", &json!(["abc", "/b/", "<$1>"]), r#""a<>c""#);
        check(
            "replace",
            &json!(["abc", "", "-"]),
            "D3010: Second argument of replace function cannot be an empty string",
        );
        check(
            "replace",
            &json!(["abc", "a", "b", -1]),
            "D3011: Fourth argument of replace function must evaluate to a positive number",
        );
        check("replace", &json!(["abc", "/b/", {"$": "type"}]), r#""aobjectc""#);
        check(
            "replace",
            &json!(["abc", "/b/", {"$": "count"}]),
            "D3012: Attempted to replace a matched string with a non-string value",
        );
    }

    #[test]
    fn a_function_can_say_what_matches() {
        let storage = Storage::without_context();
        let input = Json::Null;
        let evaluation = Evaluation::new(&storage, &input);
        // Finds the first `b`, and nothing behind it.
        let matcher = native(1, |arguments| {
            let unit = arguments.first().and_then(Value::as_str).and_then(|text| text.find('b'));
            unit.map_or(Value::Undefined, |unit| {
                let mut object = Object::default();
                object.insert("match", Value::str("b"));
                object.insert("start", Value::from(as_number(unit)));
                object.insert("end", Value::from(as_number(unit + 1)));
                object.insert("groups", Value::from(Array::new(vec![Value::str("g")])));
                object.insert("next", native(0, |_| Value::Undefined));
                Value::from(object)
            })
        });
        let (text, none) = (Value::str("abab"), Value::Undefined);
        let json = |value: Result<Value<'_>>| value.unwrap().into_json().unwrap();
        assert_eq!(json(contains(&evaluation, &text, &matcher)), json!(true));
        assert_eq!(json(split(&evaluation, &none, &text, &matcher, &none)), json!(["a", "ab"]));
        assert_eq!(json(replace(&evaluation, &none, &text, &matcher, &Value::str("<$1>"), &none)), json!("a<g>ab"));
        assert_eq!(
            json(match_(&evaluation, &none, &text, &matcher, &none)),
            json!([{"match": "b", "index": 1, "groups": ["g"]}])
        );
    }
}
