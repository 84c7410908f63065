//! A request: its expressions and its placeholders.

use std::ops::Range;

use crate::check::service::{Given, Member, Place};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::dynamodb::{
    Condition, ElementName, ExpressionKind, Known, Number, Problem, Projection, Scope, Tag, Update, Value, Word,
};
use crate::node::Text;

/// The parameters of one call.
pub(super) struct Request<'a> {
    pub(super) place: Place<'a>,
    pub(super) parameters: Given<'a>,
    /// The expressions that are constants.
    pub(super) expressions: Vec<Expression<'a>>,
    pub(super) names: Map<'a>,
    pub(super) values: Map<'a>,
    /// Whether an expression is computed when the machine runs.
    computed: bool,
}

/// An expression of a request.
pub(super) struct Expression<'a> {
    pub(super) kind: ExpressionKind,
    pub(super) text: &'a Text,
    pub(super) parsed: Parsed,
    place: Place<'a>,
}

/// What a text turned out to be.
pub(super) enum Parsed {
    Update(Update),
    Condition(Box<Condition>),
    Projection(Projection),
    Invalid(Problem),
}

/// `ExpressionAttributeNames` or `ExpressionAttributeValues`.
pub(super) enum Map<'a> {
    /// Not in the request.
    Absent,
    /// Computed when the machine runs.
    Computed,
    /// An object, of which the names are known.
    Given { given: Given<'a>, members: Vec<Member<'a>>, place: Place<'a> },
}

impl<'a> Request<'a> {
    /// The request, unless its parameters are no object.
    pub(super) fn new(place: Place<'a>, parameters: Given<'a>) -> Option<Self> {
        let mut expressions = Vec::new();
        let mut computed = false;
        for member in parameters.members()? {
            let kinds = [ExpressionKind::Update, ExpressionKind::Condition, ExpressionKind::Projection];
            let Some(kind) = kinds.into_iter().find(|kind| kind.parameter() == member.name) else { continue };
            match member.value.text() {
                Some(text) => expressions.push(Expression {
                    kind,
                    text,
                    parsed: Parsed::new(kind, text.as_str()),
                    place: place.member(&member),
                }),
                None => computed |= !member.value.is_null(),
            }
        }
        let names = Map::new(&place, parameters, "ExpressionAttributeNames");
        let values = Map::new(&place, parameters, "ExpressionAttributeValues");
        Some(Self { place, parameters, expressions, names, values, computed })
    }

    /// `` `UpdateExpression` of state `X` ``
    pub(super) fn subject(&self, parameter: &str) -> String {
        format!("`{parameter}` of state `{}`", self.place.state.name.as_str())
    }

    /// A finding about a part of an expression.
    pub(super) fn finding(
        &self,
        code: Code,
        expression: &Expression<'_>,
        range: Range<usize>,
        message: String,
    ) -> Diagnostic {
        expression.place.finding(code, expression.text.locate(range), message)
    }

    /// Whether every expression is known and could be read.
    pub(super) fn all_read(&self) -> bool {
        !self.computed && self.expressions.iter().all(|expression| !matches!(expression.parsed, Parsed::Invalid(_)))
    }

    /// Whether an expression uses the placeholder.
    pub(super) fn uses(&self, placeholder: &str) -> bool {
        self.expressions.iter().flat_map(Expression::placeholders).any(|word| word.text == placeholder)
    }

    /// The attribute that a name in an expression means, when it is known.
    pub(super) fn resolve<'n>(&'n self, name: &'n ElementName) -> Option<&'n str> {
        match name {
            ElementName::Bare(word) => Some(&word.text),
            ElementName::Placeholder(word) => match self.name(&word.text) {
                Known::Is(name) => Some(name),
                Known::Missing | Known::Unknown => None,
            },
        }
    }
}

impl Scope for Request<'_> {
    fn name(&self, placeholder: &str) -> Known<&str> {
        self.names.get(placeholder, |given| given.text().map(Text::as_str))
    }

    fn value(&self, placeholder: &str) -> Known<Value<'_>> {
        self.values.get(placeholder, |given| {
            if let Some(text) = given.text() {
                return Some(Value { tag: Tag::S, text: Some(text.as_str()), number: None });
            }
            let members = given.members()?;
            let [member] = members.as_slice() else { return None };
            let tag = Tag::from_name(member.name)?;
            let text = member.value.text().map(Text::as_str);
            let number = text.filter(|_| tag == Tag::N).and_then(|text| Number::parse(text).ok());
            Some(Value { tag, text: text.filter(|_| tag == Tag::S), number })
        })
    }
}

impl Expression<'_> {
    /// What DynamoDB would refuse.
    pub(super) fn problems(&self, scope: &dyn Scope) -> Vec<Problem> {
        match &self.parsed {
            Parsed::Update(update) => update.problems(scope),
            Parsed::Condition(condition) => condition.problems(scope),
            Parsed::Projection(projection) => projection.problems(scope),
            Parsed::Invalid(problem) => vec![problem.clone()],
        }
    }

    fn placeholders(&self) -> Vec<&Word> {
        match &self.parsed {
            Parsed::Update(update) => update.placeholders(),
            Parsed::Condition(condition) => condition.placeholders(),
            Parsed::Projection(projection) => projection.placeholders(),
            Parsed::Invalid(_) => Vec::new(),
        }
    }
}

impl Parsed {
    fn new(kind: ExpressionKind, text: &str) -> Self {
        match kind {
            ExpressionKind::Update => Update::parse(text).map_or_else(Parsed::Invalid, Parsed::Update),
            ExpressionKind::Condition => {
                Condition::parse(text).map_or_else(Parsed::Invalid, |condition| Parsed::Condition(Box::new(condition)))
            }
            ExpressionKind::Projection => Projection::parse(text).map_or_else(Parsed::Invalid, Parsed::Projection),
        }
    }
}

impl<'a> Map<'a> {
    fn new(place: &Place<'a>, parameters: Given<'a>, parameter: &str) -> Self {
        match parameters.get(parameter).filter(|member| !member.value.is_null()) {
            None => Map::Absent,
            Some(member) => match member.value.members() {
                Some(members) => Map::Given { given: member.value, members, place: place.member(&member) },
                None => Map::Computed,
            },
        }
    }

    /// The placeholders that it defines.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        let members = match self {
            Map::Given { members, .. } => members.as_slice(),
            Map::Absent | Map::Computed => &[],
        };
        members.iter().map(|member| member.name)
    }

    fn get<T>(&self, placeholder: &str, read: impl FnOnce(Given<'a>) -> Option<T>) -> Known<T> {
        match self {
            Map::Absent => Known::Missing,
            Map::Computed => Known::Unknown,
            Map::Given { members, .. } => match members.iter().find(|member| member.name == placeholder) {
                None => Known::Missing,
                Some(member) => read(member.value).map_or(Known::Unknown, Known::Is),
            },
        }
    }
}
