//! Choice states. Language spec, "Choice State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{Emitter, expr};
use crate::model::{Operation, Order, Path, Rule, State, StateIndex, Test, TypeTest};
use crate::timestamp::Timestamp;

impl Emitter<'_> {
    pub(super) fn choice(&self, state: &State, rules: &[Rule], default: Option<StateIndex>) -> TokenStream {
        let mut body = self.body();
        body.narrow("InputPath", &state.input_path);
        let arms = rules
            .iter()
            .map(|rule| {
                let test = test(&mut body, &rule.test);
                let next = self.state(rule.next);
                quote!(if #test { #next } else)
            })
            .collect::<Vec<_>>();
        let otherwise = match default {
            Some(default) => self.state(default),
            None => quote!(return Err(__rt::no_choice_matched())),
        };
        body.push(quote!(let next = #(#arms)* { #otherwise };));
        body.narrow("OutputPath", &state.output_path);
        self.enter_function(state, "which way to go.", body, quote!(Ok(__rt::Action::Next(next.id()))))
    }
}

/// A test as an expression for a boolean.
fn test(body: &mut Body, test: &Test) -> TokenStream {
    match test {
        Test::And(tests) => combined(body, tests, &quote!(&&)),
        Test::Or(tests) => combined(body, tests, &quote!(||)),
        Test::Not(inner) => {
            let inner = self::test(body, inner);
            quote!(!(#inner))
        }
        Test::Compare { variable, operation: Operation::Is(TypeTest::Present, wanted) } => {
            let root = body.root(variable, &quote!(data));
            let path = expr::path(variable);
            let answer = if *wanted { quote!(is_some) } else { quote!(is_none) };
            quote!(__rt::path::find(#root, #path.steps).#answer())
        }
        Test::Compare { variable, operation } => {
            let value = self::variable(body, variable);
            compare(body, &value, operation)
        }
    }
}

fn combined(body: &mut Body, tests: &[Test], operator: &TokenStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    for (index, inner) in tests.iter().enumerate() {
        let inner_tokens = test(body, inner);
        if index > 0 {
            tokens.extend(operator.clone());
        }
        // A nested And or Or keeps its own brackets.
        match inner {
            Test::And(_) | Test::Or(_) => tokens.extend(quote!((#inner_tokens))),
            Test::Not(_) | Test::Compare { .. } => tokens.extend(inner_tokens),
        }
    }
    tokens
}

fn variable(body: &mut Body, path: &Path) -> TokenStream {
    let root = body.root(path, &quote!(data));
    let path = expr::path(path);
    quote!(__rt::path::variable(#root, #path)?)
}

fn compare(body: &mut Body, value: &TokenStream, operation: &Operation) -> TokenStream {
    match operation {
        Operation::String(by, text) => {
            let by = order(*by);
            quote!(__rt::compare::string(#value, #by, #text))
        }
        Operation::Strings(by, path) => paths(body, value, &quote!(strings), Some(*by), path),
        Operation::Integer(by, integer) => {
            let by = order(*by);
            quote!(__rt::compare::integer(#value, #by, #integer))
        }
        Operation::Float(by, float) => {
            let by = order(*by);
            quote!(__rt::compare::float(#value, #by, #float))
        }
        Operation::Numbers(by, path) => paths(body, value, &quote!(numbers), Some(*by), path),
        Operation::Boolean(wanted) => quote!(__rt::compare::boolean(#value, #wanted)),
        Operation::Booleans(path) => paths(body, value, &quote!(booleans), None, path),
        Operation::Timestamp(by, instant) => {
            let by = order(*by);
            let instant = timestamp(*instant);
            quote!(__rt::compare::timestamp(#value, #by, #instant))
        }
        Operation::Timestamps(by, path) => paths(body, value, &quote!(timestamps), Some(*by), path),
        Operation::Matches(pieces) => quote!(__rt::compare::matches(#value, &[#(#pieces),*])),
        Operation::Is(test, wanted) => {
            let answer = match test {
                TypeTest::Null => quote!(#value.is_null()),
                TypeTest::Numeric => quote!(#value.is_number()),
                TypeTest::String => quote!(#value.is_string()),
                TypeTest::Boolean => quote!(#value.is_boolean()),
                TypeTest::Timestamp => quote!(__rt::compare::is_timestamp(#value)),
                // Handled where no value is needed.
                TypeTest::Present => quote!(true),
            };
            if *wanted { answer } else { quote!(!#answer) }
        }
    }
}

fn paths(body: &mut Body, value: &TokenStream, function: &TokenStream, by: Option<Order>, path: &Path) -> TokenStream {
    let operand = variable(body, path);
    let by = by.map(order);
    let by = by.into_iter();
    quote!(__rt::compare::#function(#value, #(#by,)* #operand))
}

fn order(order: Order) -> TokenStream {
    let order = match order {
        Order::Equals => quote!(Equals),
        Order::LessThan => quote!(LessThan),
        Order::LessThanEquals => quote!(LessThanEquals),
        Order::GreaterThan => quote!(GreaterThan),
        Order::GreaterThanEquals => quote!(GreaterThanEquals),
    };
    quote!(__rt::compare::Order::#order)
}

/// A timestamp that was parsed while compiling.
pub(super) fn timestamp(timestamp: Timestamp) -> TokenStream {
    let Timestamp { seconds, nanoseconds } = timestamp;
    quote!(__rt::Timestamp { seconds: #seconds, nanoseconds: #nanoseconds })
}
