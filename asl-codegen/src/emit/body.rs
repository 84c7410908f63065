//! The statements of one function, and what they use.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::evaluate::Given;
use super::{ident, path};
use crate::model::{Path, Root, Select, Selector, Store};
use crate::names::{self, Namespace};

/// A function's body under construction, or a block of one.
pub(super) struct Body {
    comments: bool,
    statements: TokenStream,
    uses_context: bool,
    /// What it makes a context for one item of a Map state with, when it is the block for one.
    of_item: Option<TokenStream>,
    uses_item_context: bool,
    uses_item_index: bool,
    /// What its expressions read beside input and context; none when it has no expression.
    evaluates: bool,
    given: Given,
    reads_by_name: bool,
    assigns: bool,
    locals: Namespace,
}

/// What generated functions call their own things.
const RESERVED_LOCALS: &[&str] = &[
    "call",
    "catcher",
    "context",
    "context_object",
    "data",
    "error_output",
    "evaluation",
    "input",
    "next",
    "parameters",
    "result",
    "storage",
    "variables",
];

/// What else there is in the block for one item.
const RESERVED_FOR_ITEMS: &[&str] = &["index", "inputs", "item_context", "item_index", "items", "map_item", "map_key"];

impl Body {
    pub(super) fn new(comments: bool) -> Self {
        Self {
            comments,
            statements: TokenStream::new(),
            uses_context: false,
            of_item: None,
            uses_item_context: false,
            uses_item_index: false,
            evaluates: false,
            given: Given::Nothing,
            reads_by_name: false,
            assigns: false,
            locals: Namespace::values(RESERVED_LOCALS),
        }
    }

    /// The block for one item of a Map state, in which `map_item` and `index` are at hand, and `map_key` when `has_key`.
    pub(super) fn of_item(comments: bool, has_key: bool) -> Self {
        let locals = Namespace::values(&[RESERVED_LOCALS, RESERVED_FOR_ITEMS].concat());
        let context = match has_key {
            true => quote!(context.with_member(index, map_key, map_item)),
            false => quote!(context.with_item(index, map_item)),
        };
        Self { of_item: Some(context), locals, ..Self::new(comments) }
    }

    /// A block for expressions that read the data before it is changed, for [`closed`](Self::closed).
    pub(super) fn inner(&self, given: Given) -> Self {
        Self { given, ..Self::new(self.comments) }
    }

    /// The block as an expression: `last` is what it gives.
    pub(super) fn closed(self, outer: &mut Body, last: TokenStream) -> TokenStream {
        let statements = outer.block(self);
        if statements.is_empty() { last } else { quote!({ #statements #last }) }
    }

    /// Notes that an expression is evaluated, which may read the evaluation, and variables by their names.
    pub(super) fn set_evaluates(&mut self, reads_evaluation: bool, reads_by_name: bool) {
        self.evaluates |= reads_evaluation;
        self.reads_by_name |= reads_by_name;
    }

    /// Whether an expression in it reads variables by their names.
    pub(super) fn reads_by_name(&self) -> bool {
        self.reads_by_name
    }

    /// What expressions need at hand. `context` is an expression for a reference to the state's context.
    fn evaluation(&self, context: &TokenStream) -> Option<TokenStream> {
        let given = self.given.added();
        self.evaluates.then(|| {
            quote! {
                let storage = __rt::jsonata::Storage::new(#context);
                let evaluation = &__rt::jsonata::Evaluation::new(&storage, data)#given;
            }
        })
    }

    /// Whether variables are assigned in it.
    pub(super) fn assigns(&self) -> bool {
        self.assigns
    }

    /// A name for the value of `path`: the last name in it, or the variable's.
    pub(super) fn local_of(&mut self, path: &Path) -> Ident {
        let last = path.steps.iter().rev().find_map(|step| match step {
            Selector::Descent(inner) => inner.name(),
            step => step.name(),
        });
        match (last, &path.root) {
            (Some(name), _) => self.local(&names::field(name)),
            (None, Root::Variable { variable, .. }) => self.local(&variable.field),
            (None, _) => self.local("value"),
        }
    }

    /// A name for a value that is best called `name`.
    pub(super) fn local(&mut self, name: &str) -> Ident {
        ident(&self.locals.claim(name.to_owned()))
    }

    /// A comment line in the text form.
    pub(super) fn comment(&mut self, text: &str) {
        if self.comments {
            self.statements.extend(quote!(asl_comment!(#text);));
        }
    }

    pub(super) fn push(&mut self, statements: TokenStream) {
        self.statements.extend(statements);
    }

    /// Where `path` starts, as an expression for a reference to a value; `data` is one for what `$` is.
    pub(super) fn root(&mut self, path: &Path, data: &TokenStream) -> TokenStream {
        let text = &path.text;
        self.start(path, data, |variable| quote!(__rt::variable::value(#variable, #text)?))
    }

    /// As [`root`](Self::root), for the field `field` of a template, `ErrorPath` or `CausePath`.
    pub(super) fn template_root(&mut self, path: &Path, data: &TokenStream, field: &str) -> TokenStream {
        let text = &path.text;
        self.start(path, data, |variable| quote!(__rt::variable::template(#variable, #text, #field, #data)?))
    }

    /// As [`root`](Self::root), for an argument of an intrinsic function.
    pub(super) fn argument_root(&mut self, path: &Path, data: &TokenStream) -> TokenStream {
        let text = &path.text;
        self.start(path, data, |variable| quote!(__rt::intrinsic::variable(call, #variable, #text, #data)?))
    }

    /// As [`root`](Self::root), for `Variable` or the operand of a comparison.
    pub(super) fn compared_root(&mut self, path: &Path) -> TokenStream {
        let text = &path.text;
        self.start(path, &quote!(data), |variable| quote!(__rt::variable::compared(#variable, #text)?))
    }

    /// Where `path` starts; `read` makes of an optional reference to a variable's value one that is there.
    fn start(&mut self, path: &Path, data: &TokenStream, read: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
        match &path.root {
            Root::Data => data.clone(),
            Root::Context if self.of_item.is_some() && may_enter_map(path) => {
                self.uses_item_context = true;
                quote!(&item_context)
            }
            Root::Context => {
                self.uses_context = true;
                quote!(&context_object)
            }
            Root::Variable { .. } | Root::Unassigned => read(super::variables::read(&path.root)),
            Root::Item => quote!(map_item),
            Root::ItemIndex => {
                self.uses_item_index = true;
                quote!(&item_index)
            }
        }
    }

    /// Shows `value`, an expression for a reference to a value, to who inspects the state.
    pub(super) fn inspect(&mut self, stage: &str, value: &TokenStream) {
        let stage = ident(stage);
        self.push(quote!(context.inspect(__rt::Stage::#stage, #value);));
    }

    /// Binds the effective input of `InputPath` to a name; gives the expression for a reference to it.
    pub(super) fn input(&mut self, input_path: &Select) -> TokenStream {
        let input = self.uninspected_input(input_path);
        if !matches!(input_path, Select::Whole) {
            self.inspect("AfterInputPath", &input);
        }
        input
    }

    /// As [`input`](Self::input), for a state in which AWS shows nobody the effective input.
    pub(super) fn uninspected_input(&mut self, input_path: &Select) -> TokenStream {
        match input_path {
            Select::Whole => quote!(data),
            Select::Empty => {
                self.comment("InputPath null");
                self.push(quote!(let input = &__rt::object([]);));
                quote!(input)
            }
            Select::Path(path) => {
                self.comment(&format!("InputPath {}", path.text));
                let root = self.root(path, &quote!(data));
                let input = path::borrow(self, path, &root, |root, path| quote!(__rt::path::select(#root, #path)?));
                self.push(quote!(let input = #input;));
                quote!(input)
            }
        }
    }

    /// Makes the data what `InputPath` or `OutputPath` selects of it.
    pub(super) fn narrow(&mut self, field: &str, select: &Select) {
        match select {
            Select::Whole => {}
            Select::Empty => {
                self.comment(&format!("{field} null"));
                self.push(quote!(*data = __rt::object([]);));
            }
            Select::Path(path) => {
                self.comment(&format!("{field} {}", path.text));
                if path.root == Root::Data && path.is_definite() && path.union().is_none() {
                    let path = path::constant(path);
                    self.push(quote!(__rt::path::narrow(data, #path)?;));
                } else {
                    let value = path::select(self, path, &quote!(data));
                    self.push(quote!(*data = #value;));
                }
            }
        }
        if field == "InputPath" && !matches!(select, Select::Whole) {
            self.inspect("AfterInputPath", &quote!(data));
        }
    }

    /// Puts `result`, an expression for a value, where `ResultPath` says.
    pub(super) fn store(&mut self, result_path: &Store, result: TokenStream) {
        match result_path {
            Store::Replace => self.push(quote!(*data = #result;)),
            Store::Discard => {
                self.comment("ResultPath null");
                self.push(quote!(let _ = #result;));
            }
            Store::At(path) => {
                self.comment(&format!("ResultPath {}", path.text));
                let path = path::constant(path);
                self.push(quote!(__rt::path::put(data, #path, #result)?;));
            }
        }
        if !matches!(result_path, Store::Replace) {
            self.inspect("AfterResultPath", &quote!(data));
        }
    }

    /// The statements of a block that is to stand in this body, which must have what the block uses at hand.
    pub(super) fn block(&mut self, block: Body) -> TokenStream {
        self.uses_context |= block.uses_context;
        self.assigns |= block.assigns;
        self.reads_by_name |= block.reads_by_name;
        let of_item = &block.of_item;
        let evaluation = match of_item {
            Some(context) => block.evaluation(&quote!(&item_context)).map(|evaluation| {
                quote! {
                    let item_context = #context;
                    #evaluation
                }
            }),
            None => block.evaluation(&quote!(context)),
        };
        let item_index = block.uses_item_index.then(|| quote!(let item_index = __rt::Value::from(index);));
        let item_context = block.uses_item_context.then(|| quote!(let item_context = #of_item.to_value();));
        let statements = block.statements;
        quote!(#item_index #item_context #evaluation #statements)
    }

    /// Notes that variables are assigned.
    pub(super) fn set_assigns(&mut self) {
        self.assigns = true;
    }

    /// The statements, after what they use is at hand.
    pub(super) fn finish(self) -> TokenStream {
        let evaluation = self.evaluation(&quote!(context));
        let context_object = self.uses_context.then(|| quote!(let context_object = context.to_value();));
        let statements = self.statements;
        quote!(#context_object #evaluation #statements)
    }
}

/// Whether a path into the context object may lead to its member `Map`.
fn may_enter_map(path: &Path) -> bool {
    !matches!(path.steps.first(), Some(Selector::Name(name)) if name != "Map")
}
