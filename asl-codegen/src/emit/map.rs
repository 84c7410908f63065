//! Map states. Language spec, "Map State"; AWS developer guide, "Using Map state in Distributed mode".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::{Given, Kind};
use super::{Emitter, expr, path};
use crate::model::{Count, Expr, Map, MapRun, Path, Percentage, Root, State};

impl Emitter<'_> {
    pub(super) fn map(&self, state: &State, map: &Map) -> TokenStream {
        let mut body = self.body();
        let (moves, input) = match state.is_jsonata() {
            true => computed_items(&mut body, state, map),
            false => selected_items(&mut body, state, map),
        };
        let max_concurrency = match &map.max_concurrency {
            None => quote!(None),
            Some(Count::Constant(count)) => {
                body.push(quote!(let max_concurrency = __rt::fork::max_concurrency(context, #count);));
                quote!(Some(max_concurrency))
            }
            Some(Count::Path(path)) => {
                body.comment(&format!("MaxConcurrencyPath {}", path.text));
                let root = body.root(path, &input);
                let path = path::constant(path);
                body.push(quote!(let max_concurrency = __rt::fork::max_concurrency_at(context, #root, #path)?;));
                quote!(Some(max_concurrency))
            }
            Some(Count::Jsonata(jsonata)) => {
                let count = body.jsonata(jsonata, Kind::Integer(0, u32::MAX));
                body.push(quote!(let max_concurrency = __rt::fork::max_concurrency(context, #count);));
                quote!(Some(max_concurrency))
            }
        };
        let tolerance = map.run.as_ref().map(|run| tolerance(&mut body, run, &input));
        if let Some(selector) = &map.item_selector {
            body.comment("ItemSelector");
            let mut block = Body::of_item(self.comments, map.run.is_some());
            let selected = expr::template(&mut block, selector, &input);
            block.push(quote!(inputs.push(#selected);));
            let statements = body.block(block);
            let item = if map.run.is_some() { quote!((map_key, map_item)) } else { quote!(map_item) };
            body.push(quote! {
                let mut inputs = Vec::with_capacity(items.len());
                for (index, #item) in items.iter().enumerate() {
                    #statements
                }
                __rt::fork::inspect_inputs(context, &inputs);
            });
        }
        let effect = match (&map.run, tolerance) {
            (Some(run), Some(tolerance)) => {
                let label = &run.label;
                let execution_type = if run.express { quote!(Express) } else { quote!(Standard) };
                quote! {
                    __rt::Effect::MapRun(Box::new(__rt::MapRun {
                        inputs,
                        max_concurrency: #max_concurrency,
                        label: #label,
                        execution_type: __rt::ExecutionType::#execution_type,
                        tolerance: #tolerance,
                    }))
                }
            }
            _ => quote! {
                __rt::Effect::Fork(__rt::Fork {
                    inputs,
                    max_concurrency: #max_concurrency,
                })
            },
        };
        let last = quote!(Ok(__rt::Action::Perform(#effect)));
        let enter = self.fork_function(state, "what each iteration gets.", body, (moves, last));
        let outcome = self.outcome_functions(state, &map.outcome, "what is done with the outputs.");
        quote!(#enter #outcome)
    }

    /// The function that enters a state with machines inside. `last` is its last expression, beside whether the
    /// function changes the data.
    pub(super) fn fork_function(
        &self,
        state: &State,
        what: &str,
        body: Body,
        (changes, last): (bool, TokenStream),
    ) -> TokenStream {
        let docs = self.function_docs(state, what);
        let name = super::ident(&state.function);
        let receiver = self.receiver(body.assigns());
        let data = if changes { quote!(&mut __rt::Value) } else { quote!(&__rt::Value) };
        let statements = self.finish(body);
        quote! {
            #docs
            fn #name(#receiver data: #data, context: &__rt::Context<'_>) -> __rt::Result<__rt::Action> {
                #statements
                #last
            }
        }
    }
}

/// How many executions may fail, as an expression for a result. What a path finds is looked at after the state has begun:
/// so it is no error of entering it.
fn tolerance(body: &mut Body, run: &MapRun, input: &TokenStream) -> TokenStream {
    if run.tolerated_count.is_none() && run.tolerated_percentage.is_none() {
        return quote!(Ok(__rt::Tolerance::default()));
    }
    let by_path = matches!(run.tolerated_count, Some(Count::Path(_)))
        || matches!(run.tolerated_percentage, Some(Percentage::Path(_)));
    let tolerance = match by_path {
        true => {
            let mut block = body.inner(Given::Nothing);
            let tolerance = tolerated(&mut block, run, input);
            let result = block.closed(body, quote!(Ok(#tolerance)));
            quote!((|| -> __rt::Result<__rt::Tolerance> { #result })())
        }
        false => {
            let tolerance = tolerated(body, run, input);
            quote!(Ok(#tolerance))
        }
    };
    body.push(quote!(let tolerance = #tolerance;));
    quote!(tolerance)
}

/// How many executions may fail, as an expression that may return an error.
fn tolerated(body: &mut Body, run: &MapRun, input: &TokenStream) -> TokenStream {
    let count = match &run.tolerated_count {
        None => quote!(None),
        Some(Count::Constant(count)) => quote!(Some(__rt::map_run::failure_count(context, #count))),
        Some(Count::Path(path)) => {
            body.comment(&format!("ToleratedFailureCountPath {}", path.text));
            let (root, path) = (body.root(path, input), path::constant(path));
            body.push(quote!(let count = __rt::map_run::failure_count_at(context, #root, #path)?;));
            quote!(Some(count))
        }
        Some(Count::Jsonata(jsonata)) => {
            let count = body.jsonata(jsonata, Kind::Integer(0, u32::MAX));
            body.push(quote!(let count = __rt::map_run::failure_count(context, #count);));
            quote!(Some(count))
        }
    };
    let percentage = match &run.tolerated_percentage {
        None => quote!(None),
        Some(Percentage::Constant(percentage)) => {
            quote!(Some(__rt::map_run::failure_percentage(context, #percentage)))
        }
        Some(Percentage::Path(path)) => {
            body.comment(&format!("ToleratedFailurePercentagePath {}", path.text));
            let (root, path) = (body.root(path, input), path::constant(path));
            body.push(quote!(let percentage = __rt::map_run::failure_percentage_at(context, #root, #path)?;));
            quote!(Some(percentage))
        }
        Some(Percentage::Jsonata(jsonata)) => {
            let percentage = body.jsonata(jsonata, Kind::Percentage);
            body.push(quote!(let percentage = __rt::map_run::failure_percentage(context, #percentage);));
            quote!(Some(percentage))
        }
    };
    quote!(__rt::Tolerance { count: #count, percentage: #percentage })
}

/// Binds `items`, or `inputs` when nothing is selected of each, to what `ItemsPath` selects. Gives whether the data is moved
/// away, and the effective input.
fn selected_items(body: &mut Body, state: &State, map: &Map) -> (bool, TokenStream) {
    let whole = Path { root: Root::Data, text: "$".to_owned(), steps: Vec::new() };
    let items_path = map.items_path.as_ref().unwrap_or(&whole);
    let run = map.run.as_ref();
    let tolerated_count = run.and_then(|run| run.tolerated_count.as_ref());
    let reads_input = [map.max_concurrency.as_ref(), tolerated_count]
        .into_iter()
        .flatten()
        .any(|count| matches!(count, Count::Path(path) if path.root == Root::Data))
        || run.is_some_and(
            |run| matches!(&run.tolerated_percentage, Some(Percentage::Path(path)) if path.root == Root::Data),
        );
    // What is selected of an item is copied, and may be put beside other parts of the input.
    let moves =
        map.item_selector.is_none() && map.outcome.takes_input() && items_path.root == Root::Data && !reads_input;
    let input = if moves {
        body.narrow("InputPath", &state.input_path);
        quote!(data)
    } else {
        body.input(&state.input_path)
    };
    if let Some(path) = &map.items_path {
        body.comment(&format!("ItemsPath {}", path.text));
    }
    let root = body.root(items_path, &input);
    let path = path::constant(items_path);
    let (name, function) = match (&map.item_selector, moves) {
        (Some(_), _) => (quote!(items), quote!(items)),
        (None, true) => (quote!(inputs), quote!(take_items)),
        (None, false) => (quote!(inputs), quote!(copy_items)),
    };
    let module = if run.is_some() { quote!(map_run) } else { quote!(fork) };
    body.push(quote!(let #name = __rt::#module::#function(context, #root, #path)?;));
    (moves, input)
}

/// As [`selected_items`], for `Items`; without it the items are the state's input.
fn computed_items(body: &mut Body, state: &State, map: &Map) -> (bool, TokenStream) {
    let selects = map.item_selector.is_some();
    let evaluates = matches!(map.max_concurrency, Some(Count::Jsonata(_)))
        || map.run.as_ref().is_some_and(|run| {
            matches!(run.tolerated_count, Some(Count::Jsonata(_)))
                || matches!(run.tolerated_percentage, Some(Percentage::Jsonata(_)))
        });
    let moves = map.items.is_none() && !selects && !evaluates && state.takes_input();
    let name = if selects { quote!(items) } else { quote!(inputs) };
    let items = match (&map.items, map.run.is_some()) {
        (None, false) if moves => quote!(__rt::fork::take_input(data)?),
        (None, false) if selects => quote!(__rt::fork::input(data)?),
        (None, false) => quote!(__rt::fork::input(data)?.to_vec()),
        (None, true) if moves => quote!(__rt::map_run::take_input(data)?),
        (None, true) if selects => quote!(__rt::map_run::input(data)?),
        (None, true) => quote!(__rt::map_run::copy_input(data)?),
        (Some(items), distributed) => {
            body.comment("Items");
            let given = match (items, distributed) {
                (Expr::Jsonata(jsonata), false) => body.jsonata(jsonata, Kind::Array),
                (Expr::Jsonata(jsonata), true) => body.jsonata(jsonata, Kind::Items),
                (items, false) => {
                    let items = expr::template(body, items, &quote!(data));
                    quote!(__rt::fork::computed(#items)?)
                }
                (items, true) => expr::template(body, items, &quote!(data)),
            };
            match distributed {
                false => given,
                true if selects => {
                    body.push(quote!(let items = #given;));
                    quote!(__rt::map_run::computed(&items)?)
                }
                true => quote!(__rt::map_run::take_computed(#given)?),
            }
        }
    };
    body.push(quote!(let #name = #items;));
    (moves, quote!(data))
}
