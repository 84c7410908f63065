//! Map states whose iterations run in the execution itself. Language spec, "Map State".

use proc_macro2::TokenStream;
use quote::quote;

use super::body::Body;
use super::evaluate::Kind;
use super::{Emitter, expr, path};
use crate::model::{Count, Expr, Map, Path, Root, State};

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
        if let Some(selector) = &map.item_selector {
            body.comment("ItemSelector");
            let mut block = Body::of_item(self.comments);
            let selected = expr::template(&mut block, selector, &input);
            block.push(quote!(inputs.push(#selected);));
            let statements = body.block(block);
            body.push(quote! {
                let mut inputs = Vec::with_capacity(items.len());
                for (index, map_item) in items.iter().enumerate() {
                    #statements
                }
                __rt::fork::inspect_inputs(context, &inputs);
            });
        }
        let last = quote! {
            Ok(__rt::Action::Perform(__rt::Effect::Fork(__rt::Fork {
                inputs,
                max_concurrency: #max_concurrency,
            })))
        };
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

/// Binds `items`, or `inputs` when nothing is selected of each, to what `ItemsPath` selects. Gives whether the data is moved
/// away, and the effective input.
fn selected_items(body: &mut Body, state: &State, map: &Map) -> (bool, TokenStream) {
    let whole = Path { root: Root::Data, text: "$".to_owned(), steps: Vec::new() };
    let items_path = map.items_path.as_ref().unwrap_or(&whole);
    let reads_input = match &map.max_concurrency {
        Some(Count::Path(path)) => path.root == Root::Data,
        _ => false,
    };
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
    body.push(quote!(let #name = __rt::fork::#function(context, #root, #path)?;));
    (moves, input)
}

/// As [`selected_items`], for `Items`; without it the items are the state's input.
fn computed_items(body: &mut Body, state: &State, map: &Map) -> (bool, TokenStream) {
    let selects = map.item_selector.is_some();
    let evaluates = matches!(map.max_concurrency, Some(Count::Jsonata(_)));
    let moves = map.items.is_none() && !selects && !evaluates && state.takes_input();
    let items = match &map.items {
        None if moves => quote!(__rt::fork::take_input(data)?),
        None if selects => quote!(__rt::fork::input(data)?),
        None => quote!(__rt::fork::input(data)?.to_vec()),
        Some(items) => {
            body.comment("Items");
            match items {
                Expr::Jsonata(jsonata) => body.jsonata(jsonata, Kind::Array),
                items => {
                    let items = expr::template(body, items, &quote!(data));
                    quote!(__rt::fork::computed(#items)?)
                }
            }
        }
    };
    let name = if selects { quote!(items) } else { quote!(inputs) };
    body.push(quote!(let #name = #items;));
    (moves, quote!(data))
}
