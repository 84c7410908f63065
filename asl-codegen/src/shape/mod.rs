//! What is known of the data at each point of a machine.
//!
//! One analysis for its three customers: findings about paths that cannot exist ([`check::flow`](crate::check)), the
//! typed input, and, in time, what the emitter may move instead of copy.

mod decide;
pub(crate) mod flow;
mod input;
mod intrinsic;
pub(crate) mod order;
pub(crate) mod reads;
mod service;
mod template;
mod visit;

use std::collections::HashMap;
use std::rc::Rc;

use crate::query::path::{Selector, Step};

pub(crate) use input::input;

/// What is known of a value. A copy is cheap: what is inside is shared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Nothing, but perhaps which part of the machine's input it is.
    Unknown(Origin),
    Null,
    Bool,
    Number,
    String,
    /// An array, by what is known of every element.
    Array(Rc<Shape>),
    Object(Rc<Object>),
}

/// What is known of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object {
    /// The members that are known.
    pub(crate) fields: Vec<Field>,
    /// The members that are not among them.
    pub(crate) rest: Rest,
}

/// A known member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: Rc<str>,
    pub(crate) shape: Shape,
    /// Whether it is there on every way to this point.
    pub(crate) always: bool,
}

/// The members of an object that are not known by name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rest {
    /// There are none.
    Closed,
    /// There may be any.
    Open(Origin),
}

/// The part of the machine's input that a value is: the names that lead to it. `None`: not known to be one.
pub(crate) type Origin = Option<Vec<String>>;

/// What a path finds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// A value, on every way to this point.
    Always(Shape),
    /// A value on some ways, nothing on others.
    Maybe(Shape),
    /// Whatever there is.
    Unknown(Origin),
    /// Nothing, on any way. The number of the step that fails.
    Never(usize),
}

impl Found {
    /// What is known of the value if there is one.
    pub(crate) fn shape(self) -> Shape {
        match self {
            Found::Always(shape) | Found::Maybe(shape) => shape,
            Found::Unknown(origin) => Shape::Unknown(origin),
            Found::Never(_) => Shape::Unknown(None),
        }
    }
}

impl Found {
    /// What is found where it may be either.
    fn or(self, other: Found) -> Found {
        match (self, other) {
            (Found::Never(left), Found::Never(right)) => Found::Never(left.min(right)),
            (Found::Never(_), found) | (found, Found::Never(_)) => Found::Maybe(found.shape()),
            (Found::Maybe(shape), found) | (found, Found::Maybe(shape)) => Found::Maybe(shape.join(found.shape())),
            (left, right) => match left.shape().join(right.shape()) {
                Shape::Unknown(origin) => Found::Unknown(origin),
                shape => Found::Always(shape),
            },
        }
    }
}

/// Deeper than this nothing is tracked, so that loops come to an end.
const MAX_DEPTH: usize = 12;

impl Shape {
    /// The whole input of the machine.
    pub(crate) fn input() -> Self {
        Shape::Unknown(Some(Vec::new()))
    }

    /// An object with exactly these members, all of them always there.
    pub(crate) fn closed<'a>(fields: impl IntoIterator<Item = (&'a str, Shape)>) -> Self {
        let fields = fields.into_iter().map(|(name, shape)| Field { name: name.into(), shape, always: true }).collect();
        Self::object(fields, Rest::Closed)
    }

    /// An object with these members, and what is said of the others.
    pub(crate) fn object(fields: Vec<Field>, rest: Rest) -> Self {
        Shape::Object(Rc::new(Object { fields, rest }))
    }

    /// An array of such elements.
    pub(crate) fn array(element: Shape) -> Self {
        Shape::Array(Rc::new(element))
    }

    /// What it is, in words; `None` when it is not known.
    pub(crate) fn describe(&self) -> Option<&'static str> {
        Some(match self {
            Shape::Unknown(_) => return None,
            Shape::Null => "null",
            Shape::Bool => "a boolean",
            Shape::Number => "a number",
            Shape::String => "a string",
            Shape::Array(_) => "an array",
            Shape::Object(_) => "an object",
        })
    }

    /// What `steps` find from here.
    pub(crate) fn find(&self, steps: &[Step]) -> Found {
        if !is_definite(steps) {
            // An array of what there is, and be it nothing.
            let elements = self.select(steps).unwrap_or(Shape::Unknown(None));
            return Found::Always(Shape::array(elements));
        }
        let mut shape = self;
        let mut always = true;
        // What lies below a member that may be missing may be missing too.
        let unknown = |always: bool, origin: Origin| match always {
            true => Found::Unknown(origin),
            false => Found::Maybe(Shape::Unknown(origin)),
        };
        for (index, step) in steps.iter().enumerate() {
            match (shape, &step.selector) {
                (Shape::Unknown(origin), _) => return unknown(always, extend(origin, &steps[index..])),
                (Shape::Object(object), Selector::Name(name)) => match object.field(name) {
                    Some(field) => {
                        always &= field.always;
                        shape = &field.shape;
                    }
                    None => match &object.rest {
                        Rest::Closed => return Found::Never(index),
                        Rest::Open(origin) => return unknown(always, extend(origin, &steps[index..])),
                    },
                },
                (Shape::Object(_), Selector::Names(_)) => return unknown(always, None),
                // How long an array is is not known.
                (Shape::Array(element), Selector::Index(_)) => match element.find(&steps[index + 1..]) {
                    Found::Never(step) => return Found::Never(index + 1 + step),
                    _ => return unknown(always, None),
                },
                _ => return Found::Never(index),
            }
        }
        match (shape, always) {
            (Shape::Unknown(origin), true) => Found::Unknown(origin.clone()),
            (shape, true) => Found::Always(shape.clone()),
            (shape, false) => Found::Maybe(shape.clone()),
        }
    }

    /// What is known of every value that `steps`, one of which may select several, find; `None` when there is none.
    fn select(&self, steps: &[Step]) -> Option<Shape> {
        let mut shape = self.clone();
        for step in steps {
            let unknown = Shape::Unknown(None);
            shape = match (&shape, &step.selector) {
                (Shape::Unknown(_), _) => return Some(unknown),
                (Shape::Object(object), Selector::Name(name)) => match (object.field(name), &object.rest) {
                    (Some(field), _) => field.shape.clone(),
                    (None, Rest::Closed) => return None,
                    (None, Rest::Open(_)) => return Some(unknown),
                },
                (
                    Shape::Array(element),
                    Selector::Index(_)
                    | Selector::Indexes(_)
                    | Selector::Slice { .. }
                    | Selector::Wildcard
                    | Selector::Filter(_),
                ) => (**element).clone(),
                (Shape::Object(object), Selector::Wildcard) if object.rest == Rest::Closed => {
                    object.fields.iter().map(|field| field.shape.clone()).reduce(Shape::join)?
                }
                _ => return Some(unknown),
            };
        }
        Some(shape)
    }

    /// The data after `value` was put at `steps`.
    pub(crate) fn put(self, steps: &[Step], value: Shape) -> Shape {
        let Some((first, rest)) = steps.split_first() else { return value };
        let Selector::Name(name) = &first.selector else { return Shape::Unknown(None) };
        let mut object = match self {
            Shape::Object(object) => object,
            Shape::Unknown(origin) => Rc::new(Object { fields: Vec::new(), rest: Rest::Open(origin) }),
            _ => return Shape::Unknown(None),
        };
        let known = Rc::make_mut(&mut object);
        match known.fields.iter_mut().find(|field| *field.name == **name) {
            Some(field) => {
                let inner = std::mem::replace(&mut field.shape, Shape::Null);
                field.shape = inner.put(rest, value);
                field.always = true;
            }
            None => {
                let inner = match &known.rest {
                    Rest::Closed => Shape::closed([]),
                    Rest::Open(origin) => Shape::Unknown(extend(origin, std::slice::from_ref(first))),
                };
                known.fields.push(Field { name: name.as_str().into(), shape: inner.put(rest, value), always: true });
            }
        }
        Shape::Object(object)
    }

    /// What is known when it may be either.
    pub(crate) fn join(self, other: Shape) -> Shape {
        self.join_at(other, 0)
    }

    fn join_at(self, other: Shape, depth: usize) -> Shape {
        if self == other {
            return self;
        }
        if depth > MAX_DEPTH {
            return Shape::Unknown(None);
        }
        match (self, other) {
            (Shape::Array(left), Shape::Array(right)) => {
                Shape::array(Rc::unwrap_or_clone(left).join_at(Rc::unwrap_or_clone(right), depth + 1))
            }
            (Shape::Object(left), Shape::Object(right)) => {
                Shape::Object(Rc::new(Rc::unwrap_or_clone(left).join(Rc::unwrap_or_clone(right), depth)))
            }
            (Shape::Object(object), Shape::Unknown(origin)) | (Shape::Unknown(origin), Shape::Object(object)) => {
                // The input, with members put into it on one way.
                match (&object.rest, &origin) {
                    (Rest::Open(Some(mine)), Some(other)) if mine == other => {
                        let put = object.fields.iter().map(Field::unknown).collect();
                        Shape::object(put, object.rest.clone())
                    }
                    _ => Shape::Unknown(None),
                }
            }
            _ => Shape::Unknown(None),
        }
    }

    /// The same, with nothing known below a certain depth, and of `most` values at the most.
    pub(crate) fn limited(self, most: usize) -> Shape {
        if self.fits(0, &mut { most }) { self } else { self.cut(0, &mut { most }) }
    }

    fn fits(&self, depth: usize, left: &mut usize) -> bool {
        if depth > MAX_DEPTH || *left == 0 {
            return false;
        }
        *left -= 1;
        match self {
            Shape::Array(element) => element.fits(depth + 1, left),
            Shape::Object(object) => object.fields.iter().all(|field| field.shape.fits(depth + 1, left)),
            Shape::Unknown(_) | Shape::Null | Shape::Bool | Shape::Number | Shape::String => true,
        }
    }

    fn cut(&self, depth: usize, left: &mut usize) -> Shape {
        if depth > MAX_DEPTH || *left == 0 {
            return Shape::Unknown(None);
        }
        *left -= 1;
        match self {
            Shape::Array(element) => Shape::array(element.cut(depth + 1, left)),
            Shape::Object(object) => {
                let kept = object.fields.len().min(*left);
                // What was put there is not a part of the input.
                let rest = if kept < object.fields.len() { Rest::Open(None) } else { object.rest.clone() };
                let cut = |field: &Field| Field { shape: field.shape.cut(depth + 1, left), ..field.clone() };
                Shape::object(object.fields.iter().take(kept).map(cut).collect(), rest)
            }
            Shape::Unknown(_) | Shape::Null | Shape::Bool | Shape::Number | Shape::String => self.clone(),
        }
    }

    /// The data when the member that `steps` name is known to be missing.
    pub(crate) fn with_absent(self, steps: &[Step]) -> Shape {
        match (self, steps.split_first()) {
            (Shape::Object(mut object), Some((Step { selector: Selector::Name(name), .. }, rest))) => {
                let place = object.fields.iter().position(|field| *field.name == **name);
                if let Some(place) = place {
                    let known = Rc::make_mut(&mut object);
                    if rest.is_empty() && known.rest == Rest::Closed {
                        known.fields.remove(place);
                    } else if known.fields[place].always {
                        let inner = std::mem::replace(&mut known.fields[place].shape, Shape::Null);
                        known.fields[place].shape = inner.with_absent(rest);
                    }
                }
                Shape::Object(object)
            }
            (other, _) => other,
        }
    }

    /// The data when the member that `steps` name is known to be there.
    pub(crate) fn with_present(self, steps: &[Step]) -> Shape {
        match (self, steps.split_first()) {
            (Shape::Object(mut object), Some((Step { selector: Selector::Name(name), .. }, rest))) => {
                let place = object.fields.iter().position(|field| *field.name == **name);
                if let Some(place) = place {
                    let field = &mut Rc::make_mut(&mut object).fields[place];
                    field.always = true;
                    let inner = std::mem::replace(&mut field.shape, Shape::Null);
                    field.shape = inner.with_present(rest);
                }
                Shape::Object(object)
            }
            (other, _) => other,
        }
    }
}

impl Field {
    /// A member that was put on one way, when the other may or may not have one of its name: nothing is known of it, not
    /// even that it is the input's.
    fn unknown(&self) -> Field {
        Field { name: self.name.clone(), shape: Shape::Unknown(None), always: true }
    }
}

impl Object {
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| *field.name == *name)
    }

    fn join(self, other: Object, depth: usize) -> Object {
        let mut fields = Vec::new();
        let places: HashMap<Rc<str>, usize> =
            other.fields.iter().enumerate().map(|(place, field)| (field.name.clone(), place)).collect();
        let mut others: Vec<Option<Field>> = other.fields.into_iter().map(Some).collect();
        for mut field in self.fields {
            let twin = places.get(&field.name).and_then(|place| others.get_mut(*place)?.take());
            match (twin, &other.rest) {
                (Some(twin), _) => {
                    field.always &= twin.always;
                    field.shape = field.shape.join_at(twin.shape, depth + 1);
                    fields.push(field);
                }
                (None, Rest::Closed) => {
                    field.always = false;
                    fields.push(field);
                }
                (None, Rest::Open(_)) => fields.push(field.unknown()),
            }
        }
        let left = others.into_iter().flatten();
        match self.rest {
            Rest::Closed => fields.extend(left.map(|field| Field { always: false, ..field })),
            Rest::Open(_) => fields.extend(left.map(|field| field.unknown())),
        }
        let rest = match (self.rest, other.rest) {
            (Rest::Closed, Rest::Closed) => Rest::Closed,
            (Rest::Open(left), Rest::Open(right)) if left == right => Rest::Open(left),
            _ => Rest::Open(None),
        };
        Object { fields, rest }
    }
}

/// Whether the steps select one value: then that is what they give, else an array.
pub(crate) fn is_definite(steps: &[Step]) -> bool {
    steps.iter().all(|step| step.selector.is_definite())
}

/// The part of the input that `steps` lead to from `origin`; not tracked through arrays.
fn extend(origin: &Origin, steps: &[Step]) -> Origin {
    let mut names = origin.clone()?;
    for step in steps {
        match &step.selector {
            Selector::Name(name) if names.len() < MAX_DEPTH => names.push(name.clone()),
            _ => return None,
        }
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(path: &str) -> Vec<Step> {
        path.split('.')
            .filter(|name| !name.is_empty())
            .map(|name| Step { selector: Selector::Name(name.to_owned()), range: 0..0 })
            .collect()
    }

    #[test]
    fn a_result_beside_the_input_keeps_the_input() {
        let data = Shape::input().put(&steps("DynamoDB"), Shape::closed([("Id", Shape::String)]));
        assert_eq!(data.find(&steps("DynamoDB.Id")), Found::Always(Shape::String));
        assert_eq!(data.find(&steps("DynamoDB.Name")), Found::Never(1));
        assert_eq!(data.find(&steps("messageId")), Found::Unknown(Some(vec!["messageId".to_owned()])));
    }

    #[test]
    fn what_one_way_lacks_is_there_maybe() {
        let left = Shape::closed([("a", Shape::String), ("b", Shape::Number)]);
        let right = Shape::closed([("a", Shape::String)]);
        let joined = left.join(right);
        assert_eq!(joined.find(&steps("a")), Found::Always(Shape::String));
        assert_eq!(joined.find(&steps("b")), Found::Maybe(Shape::Number));
        assert_eq!(joined.find(&steps("c")), Found::Never(0));
        assert_eq!(joined.with_present(&steps("b")).find(&steps("b")), Found::Always(Shape::Number));
    }

    #[test]
    fn the_input_joined_with_itself_and_more_is_still_the_input() {
        let more = Shape::input().put(&steps("i"), Shape::Number);
        let joined = Shape::input().join(more);
        assert_eq!(joined.find(&steps("x")), Found::Unknown(Some(vec!["x".to_owned()])));
    }

    #[test]
    fn what_may_select_several_gives_an_array() {
        let items = Shape::array(Shape::closed([("price", Shape::Number), ("name", Shape::String)]));
        let data = Shape::closed([("items", items)]);
        let find = |selectors: &[Selector]| {
            let steps: Vec<_> = selectors.iter().map(|s| Step { selector: s.clone(), range: 0..0 }).collect();
            data.find(&steps)
        };
        let name = |name: &str| Selector::Name(name.to_owned());
        let array = |element| Found::Always(Shape::array(element));
        assert_eq!(find(&[name("items"), Selector::Wildcard, name("price")]), array(Shape::Number));
        assert_eq!(find(&[name("items"), Selector::Indexes(vec![0, 1]), name("name")]), array(Shape::String));
        assert_eq!(find(&[name("items"), Selector::Wildcard, Selector::Wildcard]), array(Shape::Unknown(None)));
        assert_eq!(find(&[name("none"), Selector::Wildcard]), array(Shape::Unknown(None)));
        assert_eq!(find(&[Selector::Descent(Box::new(name("price")))]), array(Shape::Unknown(None)));
    }
}
