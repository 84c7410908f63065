//! Filters: `[?(@.a == 1 && @.b)]`.

use std::ops::Range;

use super::parse::Parser;
use super::{Filter, FilterPath, Literal, Operand, Operator, PathError, is_name, regex};
use crate::query::intrinsic::is_number;

/// The operators that are symbols; a longer one before what it begins with.
const SYMBOLS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("=~", Operator::Matches),
];

/// The operators that are words, in any case.
const WORDS: &[(&str, Operator)] = &[
    ("in", Operator::In),
    ("nin", Operator::NotIn),
    ("subsetof", Operator::SubsetOf),
    ("anyof", Operator::AnyOf),
    ("noneof", Operator::NoneOf),
    ("contains", Operator::Contains),
    ("size", Operator::Size),
    ("empty", Operator::Empty),
];

/// What can be written by mistake for what is expected.
const MISTAKES: &[(&str, &str)] =
    &[("===", "=="), ("!==", "!="), ("<>", "!="), ("=", "=="), ("&", "&&"), ("|", "||"), ("and", "&&"), ("or", "||")];

impl Parser<'_> {
    /// The condition, behind the question mark.
    pub(super) fn filter(&mut self) -> Result<Filter, PathError> {
        self.skip_blanks();
        if self.peek() != Some('(') {
            return self.fail(self.here(), "a filter is written `[?(…)]`");
        }
        self.or()
    }

    fn or(&mut self) -> Result<Filter, PathError> {
        let mut sides = vec![self.and()?];
        while self.eat("||") {
            sides.push(self.and()?);
        }
        Ok(only(sides, Filter::Or))
    }

    fn and(&mut self) -> Result<Filter, PathError> {
        let mut sides = vec![self.condition()?];
        while self.eat("&&") {
            sides.push(self.condition()?);
        }
        Ok(only(sides, Filter::And))
    }

    /// A negation, a condition in parentheses, or a comparison; with the blanks behind it.
    fn condition(&mut self) -> Result<Filter, PathError> {
        self.skip_blanks();
        let start = self.here();
        let condition = if self.eat("!") {
            let inner = self.nested(start.clone(), |parser| {
                parser.skip_blanks();
                let parenthesis = parser.peek() == Some('(');
                Ok((parser.condition()?, parenthesis))
            })?;
            match inner {
                // Jayway's library reads past the `!`.
                (Filter::Compare { .. }, false) => {
                    return self.fail(start, "the opposite of a comparison is written `!(…)`");
                }
                (inner, _) => Filter::Not(Box::new(inner)),
            }
        } else if self.eat("(") {
            let inner = self.nested(start.clone(), Self::or)?;
            if !self.eat(")") {
                return self.unfinished(start);
            }
            inner
        } else {
            self.comparison()?
        };
        self.skip_blanks();
        Ok(condition)
    }

    /// What stands where a condition in the parenthesis `open` ends.
    fn unfinished<T>(&self, open: Range<usize>) -> Result<T, PathError> {
        let Some(character) = self.peek().filter(|character| *character != ']') else {
            return self.fail(open, "the parenthesis is not closed");
        };
        self.mistake()?;
        self.fail(self.here(), format!("`{character}` cannot stand here, `&&`, `||` or `)` is expected"))
    }

    /// Fails when an operator of another language is next.
    fn mistake(&self) -> Result<(), PathError> {
        let rest = self.rest();
        let found = MISTAKES.iter().find(|(wrong, _)| match rest.strip_prefix(wrong) {
            Some(behind) => !wrong.ends_with(is_name) || !behind.starts_with(is_name),
            None => false,
        });
        match found {
            Some((wrong, right)) => {
                let range = self.position..self.position + wrong.len();
                self.suggest(range.clone(), format!("`{wrong}` is written `{right}`"), self.replaced(range, right))
            }
            None => Ok(()),
        }
    }

    fn comparison(&mut self) -> Result<Filter, PathError> {
        let start = self.position;
        let left = self.operand()?;
        let end = self.position;
        self.skip_blanks();
        let place = self.position;
        let Some(operator) = self.operator()? else {
            return match left {
                Operand::Path(path) => Ok(Filter::Exists(path)),
                Operand::Literal(_) | Operand::Regex { .. } => {
                    self.fail(start..end, "a value alone is no condition: a comparison is expected")
                }
            };
        };
        let operator_range = place..self.position;
        self.skip_blanks();
        let right = self.operand()?;
        let regexes = [&left, &right].into_iter().filter(|side| matches!(side, Operand::Regex { .. })).count();
        match (operator, regexes) {
            (Operator::Matches, 1) => {}
            (Operator::Matches, _) => {
                return self.fail(operator_range, "`=~` takes one regular expression: `@.a =~ /…/`");
            }
            (_, 0) => {}
            _ => return self.fail(operator_range, "a regular expression is compared with `=~`"),
        }
        Ok(Filter::Compare { left, operator, right })
    }

    /// The operator of a comparison, when there is one.
    fn operator(&mut self) -> Result<Option<Operator>, PathError> {
        match self.peek() {
            None | Some(')' | ']') => return Ok(None),
            Some(_) if self.rest().starts_with("&&") || self.rest().starts_with("||") => return Ok(None),
            Some(_) => {}
        }
        self.mistake_unless_operator()?;
        if let Some((symbol, operator)) = SYMBOLS.iter().find(|(symbol, _)| self.rest().starts_with(symbol)) {
            self.position += symbol.len();
            return Ok(Some(*operator));
        }
        let word = self.eat_while(|character| character.is_ascii_alphabetic());
        let text = &self.text[word.clone()];
        match WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            Some((_, operator)) => Ok(Some(*operator)),
            None if text.is_empty() => {
                let found = self.peek().unwrap_or_default();
                self.fail(self.here(), format!("`{found}` cannot stand here, an operator is expected"))
            }
            None => self.fail(word, format!("`{text}` is no operator")),
        }
    }

    fn mistake_unless_operator(&self) -> Result<(), PathError> {
        // `==` begins as `=` does, and `===` as `==` does.
        let longer = ["===", "!==", "<>"].iter().any(|wrong| self.rest().starts_with(wrong));
        if !longer && SYMBOLS.iter().any(|(symbol, _)| self.rest().starts_with(symbol)) {
            return Ok(());
        }
        self.mistake()
    }

    fn operand(&mut self) -> Result<Operand, PathError> {
        let start = self.here();
        Ok(match self.peek() {
            Some('@') => {
                self.next();
                Operand::Path(self.filter_path(true)?)
            }
            Some('$') => {
                self.next();
                if self.peek().is_some_and(|character| character == '$' || is_name(character)) {
                    return self.fail(start, "a filter reads its item `@`, or with `$` what its path reads");
                }
                Operand::Path(self.filter_path(false)?)
            }
            Some('/') => self.regex(start)?,
            _ => Operand::Literal(self.literal()?),
        })
    }

    fn filter_path(&mut self, from_item: bool) -> Result<FilterPath, PathError> {
        let steps = self.steps()?;
        if let Some(step) = steps.iter().find(|step| step.selector.has_names()) {
            self.note_unsupported(step.range.clone(), "a union of names in a filter");
        }
        Ok(FilterPath { from_item, selectors: steps.into_iter().map(|step| step.selector).collect() })
    }

    fn literal(&mut self) -> Result<Literal, PathError> {
        let start = self.here();
        match self.peek() {
            Some('\'' | '"') => Ok(Literal::String(self.quoted()?)),
            Some('[') => self.nested(start, Self::list),
            Some('-' | '0'..='9') => {
                let number = self.eat_while(|found| is_name(found) || matches!(found, '+' | '.'));
                let text = &self.text[number.clone()];
                match text.parse::<f64>() {
                    Ok(value) if is_number(text) && value.is_finite() => Ok(Literal::Number(text.to_owned())),
                    _ => self.fail(number, "not a number"),
                }
            }
            Some(character) if is_name(character) => {
                let word = self.eat_while(is_name);
                Ok(match &self.text[word] {
                    "null" => Literal::Null,
                    "true" => Literal::Boolean(true),
                    "false" => Literal::Boolean(false),
                    // AWS's own samples leave the quotes out.
                    word => Literal::String(word.to_owned()),
                })
            }
            None | Some(']' | ')') => self.fail(start, "a value is missing"),
            Some(character) => self.fail(start, format!("`{character}` cannot stand here, a value is expected")),
        }
    }

    /// `['a', 'b']`
    fn list(&mut self) -> Result<Literal, PathError> {
        let open = self.here();
        self.next();
        let mut items = Vec::new();
        self.skip_blanks();
        if !self.eat("]") {
            loop {
                self.skip_blanks();
                items.push(self.literal()?);
                self.skip_blanks();
                if !self.eat(",") {
                    break;
                }
            }
            self.close(open)?;
        }
        Ok(Literal::Array(items))
    }

    /// `/pattern/flags`
    fn regex(&mut self, start: Range<usize>) -> Result<Operand, PathError> {
        self.next();
        let mut escaped = false;
        let pattern = self.position;
        loop {
            match self.next() {
                None => return self.fail(start, "the regular expression is not closed"),
                Some('/') if !escaped => break,
                Some(character) => escaped = character == '\\' && !escaped,
            }
        }
        let pattern = pattern..self.position - 1;
        let flags = self.eat_while(|character| character.is_ascii_alphabetic());
        let text = self.text[pattern.clone()].to_owned();
        match regex::check(&text, &self.text[flags.clone()]) {
            Ok(()) => {}
            Err(regex::Problem::Flag(place)) => {
                let range = flags.start + place..flags.start + place + 1;
                return self
                    .fail(range, "no flag of a regular expression: they are `d`, `i`, `m`, `s`, `u`, `U` and `x`");
            }
            Err(regex::Problem::JavaOnly) => self.unsupported(start.start, "a regular expression that only Java knows"),
            Err(regex::Problem::Syntax(reason)) => {
                return self.fail(pattern, format!("not a regular expression: {reason}"));
            }
        }
        let flags = self.text[flags].to_owned();
        Ok(Operand::Regex { pattern: text, flags })
    }
}

/// The only side, or all of them together.
fn only(mut sides: Vec<Filter>, together: fn(Vec<Filter>) -> Filter) -> Filter {
    match sides.pop() {
        Some(side) if sides.is_empty() => side,
        Some(side) => {
            sides.push(side);
            together(sides)
        }
        None => together(sides),
    }
}
