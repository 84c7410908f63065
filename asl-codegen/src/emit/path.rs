//! Paths. One that selects one value is a constant that the runtime follows; any other is spelled out as one call for each
//! of its steps, and gives an array.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{expr, ident};
use crate::lower::{Number, number};
use crate::model::{Constant, Path, Root, Selector};
use crate::query::path::{Filter, FilterPath, Literal, Operand, Operator, anchored};

/// A path that selects one value, parsed while compiling.
pub(super) fn constant(path: &Path) -> TokenStream {
    let text = &path.text;
    let steps = steps(&path.steps);
    quote!(&__rt::at(#text, #steps))
}

/// The value of the template field `field` as an expression for a value.
pub(super) fn value(body: &mut Body, path: &Path, data: &TokenStream, field: &str) -> TokenStream {
    let root = body.template_root(path, data, field);
    match is_in_data(path) {
        true => {
            let path = constant(path);
            quote!(__rt::path::copy(#root, #path, #field)?)
        }
        false => made(body, path, &root, |root, path| quote!(__rt::path::template(#root, #path, #field)?)),
    }
}

/// The value of `InputPath` or `OutputPath` as an expression for a value.
pub(super) fn select(body: &mut Body, path: &Path, data: &TokenStream) -> TokenStream {
    let definite = |root: &TokenStream, path: &TokenStream| quote!(__rt::path::select(#root, #path)?);
    let root = body.root(path, data);
    match is_in_data(path) {
        true => {
            let value = definite(&root, &constant(path));
            quote!(#value.clone())
        }
        false => made(body, path, &root, definite),
    }
}

/// What the path selects from `root` as an expression for a reference to a value. `definite` makes it from the root and
/// the constant of a path that selects one value.
pub(super) fn borrow(
    body: &mut Body,
    path: &Path,
    root: &TokenStream,
    definite: impl FnOnce(&TokenStream, &TokenStream) -> TokenStream,
) -> TokenStream {
    match is_in_data(path) {
        true => definite(root, &constant(path)),
        false => {
            let made = made(body, path, root, definite);
            quote!(&#made)
        }
    }
}

/// Whether the path selects one value that is in the data as it is.
fn is_in_data(path: &Path) -> bool {
    path.is_definite() && path.union().is_none()
}

/// A value that is not in the data as it is, an array or an object of several names, as an expression for a value.
fn made(
    body: &mut Body,
    path: &Path,
    root: &TokenStream,
    definite: impl FnOnce(&TokenStream, &TokenStream) -> TokenStream,
) -> TokenStream {
    if path.is_definite() {
        let value = definite(root, &constant(path));
        let names = path.union().unwrap_or_default();
        return quote!(__rt::select::pick(#value, &[#(#names),*]));
    }
    // A filter is a closure, in which a variable without a value cannot end the function.
    let first = matches!(path.root, Root::Variable { .. } | Root::Unassigned) && path.steps.iter().any(filters);
    let start = if first { &quote!(root) } else { root };
    let selection = selection(body, &path.steps, start, start);
    let value = match path.union() {
        Some(names) => quote!(#selection.pick(&[#(#names),*])),
        None => quote!(#selection.to_value()),
    };
    if first {
        quote!({
            let root = #root;
            let value = #value;
            value
        })
    } else {
        value
    }
}

fn filters(selector: &Selector) -> bool {
    match selector {
        Selector::Filter(_) => true,
        Selector::Descent(inner) => filters(inner),
        _ => false,
    }
}

/// Whether it is as `wanted` that the path selects something, as an expression for a boolean. There always is an array.
pub(super) fn present(body: &mut Body, path: &Path, data: &TokenStream, wanted: bool) -> TokenStream {
    if !path.is_definite() {
        return quote!(#wanted);
    }
    let constant = constant(path);
    let answer = if wanted { quote!(is_some) } else { quote!(is_none) };
    if matches!(path.root, Root::Variable { .. } | Root::Unassigned) {
        let variable = super::variables::read(&path.root);
        return quote!(__rt::variable::find(#variable, #constant.steps).#answer());
    }
    let root = body.root(path, data);
    quote!(__rt::path::find(#root, #constant.steps).#answer())
}

/// Names and single indexes, and that there is an object for a union of names.
fn steps(selectors: &[Selector]) -> TokenStream {
    let steps = selectors.iter().filter_map(|selector| match selector {
        Selector::Name(name) => Some(quote!(Name(#name))),
        Selector::Index(index) => Some(quote!(Index(#index))),
        Selector::Names(_) => Some(quote!(__rt::Step::Object)),
        _ => None,
    });
    quote!(&[#(#steps),*])
}

/// So many calls or sides stand in one expression at the most: those who read generated code are recursive.
const LONGEST: usize = 32;

/// What `selectors` select from `start`. Filters read `root` as `$`.
fn selection(body: &mut Body, selectors: &[Selector], start: &TokenStream, root: &TokenStream) -> TokenStream {
    let (first, mut rest) = selectors.split_at(definite(selectors));
    let first = steps(first);
    let mut calls = Vec::new();
    while let Some((selector, behind)) = rest.split_first() {
        if selector.is_definite() {
            let (path, behind) = rest.split_at(definite(rest));
            let path = steps(path);
            calls.push(quote!(.path(#path)));
            rest = behind;
        } else {
            calls.push(indefinite(body, selector, root));
            rest = behind;
        }
    }
    let start = quote!(__rt::select::from(#start, #first));
    if calls.len() <= LONGEST {
        return quote!(#start #(#calls)*);
    }
    let parts = calls.chunks(LONGEST).map(|calls| quote!(let selected = selected #(#calls)*;));
    quote!({ let selected = #start; #(#parts)* selected })
}

/// How many names and single indexes come first.
fn definite(selectors: &[Selector]) -> usize {
    selectors.iter().take_while(|selector| selector.is_definite()).count()
}

fn indefinite(body: &mut Body, selector: &Selector, root: &TokenStream) -> TokenStream {
    match selector {
        Selector::Name(_) | Selector::Index(_) | Selector::Names(_) => {
            let path = steps(std::slice::from_ref(selector));
            quote!(.path(#path))
        }
        Selector::Indexes(indexes) => quote!(.indexes(&[#(#indexes),*])),
        Selector::Slice { start, end, step } => {
            let (start, end) = (option(*start), option(*end));
            let step = usize::try_from(step.unwrap_or(1)).unwrap_or(1);
            quote!(.slice(#start, #end, #step))
        }
        Selector::Wildcard => quote!(.children()),
        Selector::Filter(filter) => {
            let condition = condition(body, filter, root);
            quote!(.filter(&|item| #condition))
        }
        Selector::Descent(selector) => match &**selector {
            // Every value inside is asked once, and not as an item of its array again.
            Selector::Filter(filter) => {
                let condition = condition(body, filter, root);
                quote!(.inside().matching(&|item| #condition))
            }
            Selector::Names(names) => quote!(.inside().having(&[#(#names),*])),
            selector => {
                let selected = indefinite(body, selector, root);
                quote!(.inside() #selected)
            }
        },
    }
}

fn option(bound: Option<i64>) -> TokenStream {
    match bound {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    }
}

/// A condition as an expression for a boolean, on a reference `item`.
fn condition(body: &mut Body, filter: &Filter, root: &TokenStream) -> TokenStream {
    match filter {
        Filter::Or(sides) => {
            let sides = sides.iter().map(|side| condition(body, side, root)).collect::<Vec<_>>();
            joined(&sides, &quote!(||))
        }
        Filter::And(sides) => {
            let sides = sides.iter().map(|side| {
                let tokens = condition(body, side, root);
                if matches!(side, Filter::Or(_)) { quote!((#tokens)) } else { tokens }
            });
            joined(&sides.collect::<Vec<_>>(), &quote!(&&))
        }
        Filter::Not(inner) => {
            let tokens = condition(body, inner, root);
            if matches!(**inner, Filter::Or(_) | Filter::And(_)) { quote!(!(#tokens)) } else { quote!(!#tokens) }
        }
        Filter::Exists(path) => {
            let start = start(path, root);
            if path.selectors.iter().all(Selector::is_definite) {
                let steps = steps(&path.selectors);
                quote!(__rt::path::find(#start, #steps).is_some())
            } else {
                let selection = selection(body, &path.selectors, &start, root);
                quote!(!#selection.is_empty())
            }
        }
        Filter::Compare { left, operator: Operator::Matches, right } => {
            let (pattern, flags, other) = match (left, right) {
                (Operand::Regex { pattern, flags }, other) | (other, Operand::Regex { pattern, flags }) => {
                    (pattern, flags, other)
                }
                // The parser takes no other.
                _ => return quote!(false),
            };
            let text = anchored(pattern, flags);
            let pattern = ident(&body.local("pattern").to_string().to_uppercase());
            body.push(quote!(static #pattern: __rt::filter::Pattern = __rt::filter::pattern(#text);));
            let other = operand(body, other, root);
            quote!(#pattern.matches(&#other))
        }
        Filter::Compare { left, operator, right } => {
            let left = operand(body, left, root);
            let right = operand(body, right, root);
            let order = |name: TokenStream| quote!(__rt::filter::ordered(&#left, __rt::compare::Order::#name, &#right));
            let call = |name: TokenStream| quote!(__rt::filter::#name(&#left, &#right));
            match operator {
                Operator::Equal => call(quote!(equal)),
                Operator::NotEqual => {
                    let equal = call(quote!(equal));
                    quote!(!#equal)
                }
                Operator::Less => order(quote!(LessThan)),
                Operator::LessOrEqual => order(quote!(LessThanEquals)),
                Operator::Greater => order(quote!(GreaterThan)),
                Operator::GreaterOrEqual => order(quote!(GreaterThanEquals)),
                Operator::In => call(quote!(within)),
                Operator::NotIn => call(quote!(not_within)),
                Operator::SubsetOf => call(quote!(subset_of)),
                Operator::AnyOf => call(quote!(any_of)),
                Operator::NoneOf => call(quote!(none_of)),
                Operator::Contains => call(quote!(contains)),
                Operator::Size => call(quote!(size)),
                Operator::Empty => call(quote!(empty)),
                Operator::Matches => quote!(false),
            }
        }
    }
}

/// The sides with the operator between them.
fn joined(sides: &[TokenStream], operator: &TokenStream) -> TokenStream {
    if sides.len() > LONGEST {
        let (left, right) = sides.split_at(sides.len() / 2);
        let (left, right) = (joined(left, operator), joined(right, operator));
        return quote!((#left) #operator (#right));
    }
    let mut tokens = TokenStream::new();
    for (place, side) in sides.iter().enumerate() {
        if place > 0 {
            tokens.extend(operator.clone());
        }
        tokens.extend(side.clone());
    }
    tokens
}

/// Where a path in a filter starts.
fn start(path: &FilterPath, root: &TokenStream) -> TokenStream {
    if path.from_item { quote!(item) } else { root.clone() }
}

/// A side of a comparison as an expression for an operand.
fn operand(body: &mut Body, operand: &Operand, root: &TokenStream) -> TokenStream {
    match operand {
        Operand::Path(path) => {
            let start = start(path, root);
            if path.selectors.iter().all(Selector::is_definite) {
                let steps = steps(&path.selectors);
                return quote!(__rt::filter::at(#start, #steps));
            }
            let selection = selection(body, &path.selectors, &start, root);
            quote!(__rt::filter::value(&#selection.to_value()))
        }
        Operand::Literal(literal) => match literal {
            Literal::Null => quote!(__rt::filter::Operand::Null),
            Literal::Boolean(boolean) => quote!(__rt::filter::Operand::Boolean(#boolean)),
            Literal::Number(spelling) => match number(spelling) {
                Some(Number::Integer(integer)) => quote!(__rt::filter::integer(#integer)),
                Some(Number::Unsigned(integer)) => quote!(__rt::filter::unsigned(#integer)),
                Some(Number::Float(float)) => quote!(__rt::filter::float(#float)),
                None => quote!(__rt::filter::Operand::Nothing),
            },
            Literal::String(text) => quote!(__rt::filter::Operand::Text(#text)),
            // Made once, not for each item.
            list @ Literal::Array(_) => {
                let value = expr::constant(&constant_of(list));
                let list = body.local("list");
                body.push(quote!(let #list = #value;));
                quote!(__rt::filter::value(&#list))
            }
        },
        // Only `=~` has one, and takes it apart.
        Operand::Regex { .. } => quote!(__rt::filter::Operand::Nothing),
    }
}

fn constant_of(literal: &Literal) -> Constant {
    match literal {
        Literal::Null => Constant::Null,
        Literal::Boolean(boolean) => Constant::Bool(*boolean),
        Literal::Number(spelling) => match number(spelling) {
            Some(Number::Integer(integer)) => Constant::Integer(integer),
            Some(Number::Unsigned(integer)) => Constant::Unsigned(integer),
            Some(Number::Float(float)) => Constant::Float(float),
            None => Constant::Null,
        },
        Literal::String(text) => Constant::String(text.clone()),
        Literal::Array(items) => Constant::Array(items.iter().map(constant_of).collect()),
    }
}
