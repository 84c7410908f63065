//! The fields of JSONata states. Expressions borrow the state's data, so that what changes the data comes after a block of
//! what reads it. AWS developer guide, "Transforming data with JSONata in Step Functions".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::{expr, ident, jsonata};
use crate::model::{Assignment, Expr, Jsonata, QueryLanguage, State, Whole};
use crate::names;

/// What the value of an expression has to be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Any JSON: a value.
    Json,
    /// A boolean: a `bool`.
    Boolean,
    /// An integer from the first number to the second: a `u32`.
    Integer(u32, u32),
    /// A string: a `String`.
    String,
    /// An RFC 3339 timestamp in a string: a `Timestamp`.
    Timestamp,
    /// A number from 0 to 100: an `f64`.
    Percentage,
    /// An array: a `Vec` of values.
    Array,
    /// An array or an object: a value.
    Items,
    /// An object: a value.
    Object,
}

/// What `$states` has beside the input and the context object: a name of the function at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Given {
    #[default]
    Nothing,
    /// `result`, for `$states.result`.
    Result,
    /// `error_output`, for `$states.errorOutput`.
    ErrorOutput,
}

impl Given {
    /// What adds it to an evaluation.
    pub(super) fn added(self) -> TokenStream {
        match self {
            Self::Nothing => TokenStream::new(),
            Self::Result => quote!(.with_result(&result)),
            Self::ErrorOutput => quote!(.with_error_output(&error_output)),
        }
    }

    /// Its name as a value that is moved; of nothing there is none.
    fn moved(self) -> Option<TokenStream> {
        match self {
            Self::Nothing => None,
            Self::Result => Some(quote!(result)),
            Self::ErrorOutput => Some(quote!(error_output)),
        }
    }

    fn whole(self) -> Whole {
        match self {
            Self::Nothing => Whole::Input,
            Self::Result => Whole::Result,
            Self::ErrorOutput => Whole::ErrorOutput,
        }
    }
}

impl Body {
    /// The value of an expression, taken as what it has to be.
    pub(super) fn jsonata(&mut self, jsonata: &Jsonata, kind: Kind) -> TokenStream {
        let wants_json = matches!(kind, Kind::Json);
        let jsonata::Evaluation { tokens, is_json, reads_by_name, reads_evaluation } =
            jsonata::evaluation(jsonata, wants_json);
        self.set_evaluates(reads_evaluation, reads_by_name);
        let Jsonata { location, text, .. } = jsonata;
        let taken = match kind {
            Kind::Json if is_json => quote!(made(#tokens)),
            Kind::Json => quote!(json(#tokens)),
            Kind::Boolean => quote!(boolean(#tokens)),
            Kind::Integer(least, most) => quote!(integer(#tokens, #least..=#most)),
            Kind::String => quote!(string(#tokens)),
            Kind::Timestamp => quote!(timestamp(#tokens)),
            Kind::Percentage => quote!(percentage(#tokens)),
            Kind::Array => quote!(array(#tokens)),
            Kind::Items => quote!(items(#tokens)),
            Kind::Object => quote!(object(#tokens)),
        };
        quote!({
            static EXPRESSION: __rt::jsonata::Expression = __rt::jsonata::Expression::new(#location, #text);
            EXPRESSION.#taken?
        })
    }

    /// The value of an expression that can be any JSON, bound to a name.
    pub(super) fn jsonata_local(&mut self, jsonata: &Jsonata) -> TokenStream {
        let value = self.jsonata(jsonata, Kind::Json);
        let last = jsonata.location.rsplit('/').next().unwrap_or_default();
        let local = self.local(&names::field(last));
        self.push(quote!(let #local = #value;));
        quote!(#local)
    }

    /// `Assign` and `Output`: both read the data as it was and the old values of the variables. The data becomes the
    /// output. AWS developer guide, "Passing data between states with variables".
    pub(super) fn finish_state(&mut self, assign: &[Assignment], output: Option<&Expr>, given: Given) {
        let whole = match output {
            None => Some(given.whole()),
            Some(Expr::Jsonata(jsonata)) => jsonata.whole,
            Some(_) => None,
        };
        // What the output is by itself is moved, not copied; the input is there already.
        let moved = match whole {
            Some(Whole::Input) => Some(TokenStream::new()),
            Some(whole) if whole == given.whole() => given.moved().map(|value| quote!(*data = #value;)),
            _ => None,
        };
        let output = output.filter(|_| moved.is_none());
        let evaluated = |expr: &&Expr| !matches!(expr, Expr::Constant(_));
        let one = assign.iter().map(|assignment| &assignment.value).chain(output).filter(evaluated).count() == 1;
        let value = |block: &mut Body, expr: &Expr| match expr {
            Expr::Jsonata(jsonata) if one => block.jsonata(jsonata, Kind::Json),
            expr => expr::template(block, expr, &quote!(data)),
        };
        let mut block = self.inner(given);
        let (mut names, mut fields, mut values, mut later) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        if assign.iter().any(|assignment| !matches!(assignment.value, Expr::Constant(_))) {
            block.comment("Assign");
        }
        for Assignment { variable, value: assigned } in assign {
            names.push(&variable.name);
            let field = ident(&variable.field);
            match assigned {
                Expr::Constant(constant) => later.push((field, expr::constant(constant))),
                assigned => {
                    values.push(value(&mut block, assigned));
                    fields.push(field);
                }
            }
        }
        let mut constant = None;
        let mut extends = false;
        match output {
            None => {}
            Some(Expr::Jsonata(jsonata)) if let Some((added, reads_evaluation)) = jsonata::added(jsonata) => {
                block.comment("Output");
                block.set_evaluates(reads_evaluation, false);
                let Jsonata { location, text, .. } = &**jsonata;
                // It has a say twice: when the members are made, and when they are put into the data.
                self.push(quote! {
                    static OUTPUT: __rt::jsonata::Expression = __rt::jsonata::Expression::new(#location, #text);
                });
                extends = true;
                values.push(quote!(OUTPUT.made(#added)?));
            }
            Some(Expr::Constant(output)) => constant = Some(expr::constant(output)),
            Some(output) => {
                block.comment("Output");
                values.push(value(&mut block, output));
            }
        }
        let made = output.is_some() && constant.is_none();
        let locals: Vec<_> = fields.iter().map(|field| self.local(&field.to_string())).collect();
        let output_local = made.then(|| self.local("output"));
        let bound: Vec<_> = locals.iter().chain(&output_local).collect();
        match (bound.as_slice(), values.as_slice()) {
            ([], _) => {}
            ([name], [value]) => {
                let block = block.closed(self, quote!(#value));
                self.push(quote!(let #name = #block;));
            }
            (names, values) => {
                let block = block.closed(self, quote!((#(#values),*)));
                self.push(quote!(let (#(#names),*) = #block;));
            }
        }
        if let Some(moved) = moved {
            self.push(moved);
        } else if let Some(output) = output_local {
            self.push(if extends { quote!(OUTPUT.merge(data, #output)?;) } else { quote!(*data = #output;) });
        } else if let Some(constant) = constant {
            self.comment("Output");
            self.push(quote!(*data = #constant;));
        }
        if assign.is_empty() {
            return;
        }
        self.set_assigns();
        let (constant_fields, constants): (Vec<_>, Vec<_>) = later.into_iter().unzip();
        self.push(quote! {
            let variables = ::std::sync::Arc::make_mut(&mut self.variables);
            #(variables.#fields = Some(#locals);)*
            #(variables.#constant_fields = Some(#constants);)*
            self.assigned = &[#(#names),*];
        });
    }
}

impl State {
    /// Whether its fields are JSONata's.
    pub(super) fn is_jsonata(&self) -> bool {
        self.query_language == QueryLanguage::Jsonata
    }

    /// The field that makes what is asked of others.
    pub(super) fn parameters_field(&self) -> &'static str {
        if self.is_jsonata() { "Arguments" } else { "Parameters" }
    }

    /// The stage at which that is shown.
    pub(super) fn parameters_stage(&self) -> &'static str {
        if self.is_jsonata() { "AfterArguments" } else { "AfterParameters" }
    }

    /// Whether nothing of a JSONata state needs its input once its work has begun.
    pub(super) fn takes_input(&self) -> bool {
        let Some(outcome) = self.work.outcome().filter(|outcome| outcome.retry.is_empty()) else { return false };
        let of_catchers = outcome
            .catch
            .iter()
            .flat_map(|catcher| catcher.output.iter().chain(catcher.assign.iter().map(|assignment| &assignment.value)));
        let of_state = self.output.iter().chain(self.assign.iter().map(|assignment| &assignment.value));
        !of_state.chain(of_catchers).any(reads_input)
    }
}

fn reads_input(expr: &Expr) -> bool {
    match expr {
        Expr::Jsonata(jsonata) => jsonata.reads_input,
        Expr::Array(items) => items.iter().any(reads_input),
        Expr::Object(members) => members.iter().any(|(_, value)| reads_input(value)),
        Expr::Constant(_) | Expr::Path { .. } | Expr::Call(_) => false,
    }
}
