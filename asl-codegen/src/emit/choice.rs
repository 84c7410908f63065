//! Choice states. Language spec, "Choice State".

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::body::Body;
use super::evaluate::{Given, Kind};
use super::{Emitter, path};
use crate::model::{Assignment, Expr, Operation, Order, Path, Rule, State, StateIndex, Test, TypeTest};
use crate::timestamp::Timestamp;

impl Emitter<'_> {
    pub(super) fn choice(&self, state: &State, rules: &[Rule], default: Option<StateIndex>) -> TokenStream {
        if state.is_jsonata() {
            return self.computed_choice(state, rules, default);
        }
        let mut body = self.body();
        body.narrow("InputPath", &state.input_path);
        let mut tests = Tests { body, known: None };
        if let Some(first) = rules.first() {
            tests.read_first(&first.test);
        }
        // When a way assigns, each way does what is left to do: all of them see the old values.
        let assigns = !state.assign.is_empty() || rules.iter().any(|rule| !rule.assign.is_empty());
        let ways = rules.iter().map(|rule| {
            let test = tests.test(&rule.test);
            let leave = assigns.then(|| self.choice_leave(&mut tests.body, state, &rule.assign));
            let next = self.state(rule.next);
            quote!(if #test { #leave #next } else)
        });
        let ways = ways.collect::<Vec<_>>();
        let otherwise = match default {
            Some(default) => {
                let leave = assigns.then(|| self.choice_leave(&mut tests.body, state, &state.assign));
                let next = self.state(default);
                quote!(#leave #next)
            }
            None => quote!(return Err(__rt::no_choice_matched())),
        };
        let mut body = tests.body;
        body.push(quote!(let next = #(#ways)* { #otherwise };));
        if !assigns {
            body.narrow("OutputPath", &state.output_path);
        }
        self.enter_function(state, "which way to go.", body, quote!(Ok(__rt::Action::Next(next.id()))))
    }

    /// A Choice state whose rules have conditions. What is to be done on a way comes after all conditions, which borrow the
    /// data.
    fn computed_choice(&self, state: &State, rules: &[Rule], default: Option<StateIndex>) -> TokenStream {
        let mut body = self.body();
        let mut tests = body.inner(Given::Nothing);
        let conditions: Vec<_> = rules.iter().map(|rule| condition(&mut tests, &rule.test)).collect();
        let no_way = quote!(return Err(__rt::no_choice_matched()));
        let acts = |assign: &[Assignment], output: Option<&Expr>| !assign.is_empty() || output.is_some();
        let acting = acts(&state.assign, state.output.as_ref())
            || rules.iter().any(|rule| acts(&rule.assign, rule.output.as_ref()));
        if acting {
            let ways = (0..rules.len()).map(|number| quote!(#number));
            let otherwise = rules.len();
            let ways = quote!(#(if #conditions { #ways } else)* { #otherwise });
            let way = tests.closed(&mut body, ways);
            body.push(quote!(let way = #way;));
            let arms: Vec<_> = rules
                .iter()
                .enumerate()
                .map(|(number, rule)| {
                    let act = self.act(&mut body, &rule.assign, rule.output.as_ref());
                    let next = self.state(rule.next);
                    quote!(#number => { #act #next })
                })
                .collect();
            let otherwise = match default {
                Some(default) => {
                    let act = self.act(&mut body, &state.assign, state.output.as_ref());
                    let next = self.state(default);
                    quote!({ #act #next })
                }
                None => no_way,
            };
            body.push(quote!(let next = match way { #(#arms)* _ => #otherwise };));
        } else {
            let nexts = rules.iter().map(|rule| self.state(rule.next));
            let otherwise = default.map_or(no_way, |default| self.state(default));
            let next = tests.closed(&mut body, quote!(#(if #conditions { #nexts } else)* { #otherwise }));
            body.push(quote!(let next = #next;));
        }
        self.enter_function(state, "which way to go.", body, quote!(Ok(__rt::Action::Next(next.id()))))
    }

    /// `Assign` and `Output` on one of the ways of a JSONata state.
    fn act(&self, body: &mut Body, assign: &[Assignment], output: Option<&Expr>) -> TokenStream {
        let mut block = self.body();
        block.finish_state(assign, output, Given::Nothing);
        body.block(block)
    }

    /// `Assign` and `OutputPath` on one of the ways.
    fn choice_leave(&self, body: &mut Body, state: &State, assign: &[Assignment]) -> TokenStream {
        let mut block = self.body();
        let assigned = block.evaluate(assign, &quote!(data));
        block.narrow("OutputPath", &state.output_path);
        block.assign(assigned);
        body.block(block)
    }
}

/// A `Condition` as an expression for a boolean. No other test is in a JSONata state.
fn condition(body: &mut Body, test: &Test) -> TokenStream {
    match test {
        Test::Condition(jsonata) => body.jsonata(jsonata, Kind::Boolean),
        Test::Constant(constant) => quote!(#constant),
        Test::And(_) | Test::Or(_) | Test::Not(_) | Test::Compare { .. } => quote!(false),
    }
}

/// The tests of one state.
struct Tests {
    body: Body,
    /// The path that is read whatever comes of the tests, and the name its value is bound to.
    known: Option<(Path, Ident)>,
}

impl Tests {
    /// Binds what the first comparison reads: it is always read, and often more than once.
    fn read_first(&mut self, test: &Test) {
        match test {
            Test::And(tests) | Test::Or(tests) => {
                if let Some(first) = tests.first() {
                    self.read_first(first);
                }
            }
            Test::Not(test) => self.read_first(test),
            Test::Constant(_) | Test::Condition(_) => {}
            Test::Compare { operation: Operation::Is(TypeTest::Present, _), .. } => {}
            Test::Compare { variable, .. } => {
                let value = self.variable(variable);
                let name = self.body.local_of(variable);
                self.body.push(quote!(let #name = #value;));
                self.known = Some((variable.clone(), name));
            }
        }
    }

    /// A test as an expression for a boolean.
    fn test(&mut self, test: &Test) -> TokenStream {
        match test {
            Test::And(tests) => self.combined(tests, &quote!(&&)),
            Test::Or(tests) => self.combined(tests, &quote!(||)),
            Test::Not(inner) => {
                let inner = self.test(inner);
                quote!(!(#inner))
            }
            Test::Compare { variable, operation: Operation::Is(TypeTest::Present, wanted) } => {
                path::present(&mut self.body, variable, &quote!(data), *wanted)
            }
            Test::Constant(_) | Test::Condition(_) => condition(&mut self.body, test),
            Test::Compare { variable, operation } => {
                let value = self.variable(variable);
                self.compare(&value, operation)
            }
        }
    }

    fn combined(&mut self, tests: &[Test], operator: &TokenStream) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (index, inner) in tests.iter().enumerate() {
            let inner_tokens = self.test(inner);
            if index > 0 {
                tokens.extend(operator.clone());
            }
            // A nested And or Or keeps its own brackets.
            match inner {
                Test::And(_) | Test::Or(_) => tokens.extend(quote!((#inner_tokens))),
                Test::Not(_) | Test::Compare { .. } | Test::Constant(_) | Test::Condition(_) => {
                    tokens.extend(inner_tokens)
                }
            }
        }
        tokens
    }

    /// The value of a path as an expression for a reference.
    fn variable(&mut self, path: &Path) -> TokenStream {
        match &self.known {
            Some((known, name)) if known == path => quote!(#name),
            _ => {
                let root = self.body.compared_root(path);
                path::borrow(&mut self.body, path, &root, |root, path| quote!(__rt::path::variable(#root, #path)?))
            }
        }
    }

    fn compare(&mut self, value: &TokenStream, operation: &Operation) -> TokenStream {
        match operation {
            Operation::String(by, text) => {
                let by = order(*by);
                quote!(__rt::compare::string(#value, #by, #text))
            }
            Operation::Strings(by, path) => self.paths(value, &quote!(strings), Some(*by), path),
            Operation::Integer(by, integer) => {
                let by = order(*by);
                quote!(__rt::compare::integer(#value, #by, #integer))
            }
            Operation::Unsigned(by, integer) => {
                let by = order(*by);
                quote!(__rt::compare::numbers(#value, #by, &__rt::Value::from(#integer)))
            }
            Operation::Float(by, float) => {
                let by = order(*by);
                quote!(__rt::compare::float(#value, #by, #float))
            }
            Operation::Numbers(by, path) => self.paths(value, &quote!(numbers), Some(*by), path),
            Operation::Boolean(wanted) => quote!(__rt::compare::boolean(#value, #wanted)),
            Operation::Booleans(path) => self.paths(value, &quote!(booleans), None, path),
            Operation::Timestamp(by, instant) => {
                let by = order(*by);
                let instant = timestamp(*instant);
                quote!(__rt::compare::timestamp(#value, #by, #instant))
            }
            Operation::Timestamps(by, path) => self.paths(value, &quote!(timestamps), Some(*by), path),
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

    fn paths(&mut self, value: &TokenStream, function: &TokenStream, by: Option<Order>, path: &Path) -> TokenStream {
        let operand = self.variable(path);
        let by = by.map(order).into_iter();
        quote!(__rt::compare::#function(#value, #(#by,)* #operand))
    }
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
