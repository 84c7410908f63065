//! Model to Rust. The only place that builds tokens.

mod assign;
mod body;
mod choice;
mod evaluate;
mod expr;
mod fail;
mod input;
mod intrinsic;
pub mod jsonata;
mod machine;
mod map;
mod nested;
mod outcome;
mod parallel;
mod pass;
mod path;
mod services;
mod states;
mod task;
#[cfg(feature = "text")]
mod text;
mod variables;
mod wait;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use std::cell::Cell;

use crate::model::{Machine, Model, StateIndex, Title};

#[cfg(feature = "text")]
pub use text::text;

/// What the emitter is asked beside the model.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Path to the runtime.
    pub(crate) runtime: TokenStream,
    /// Absolute path of the definition, or its text.
    pub(crate) definition: Definition,
    /// Whether to leave marks where the text form has comments.
    pub(crate) comments: bool,
}

/// What the generated `DEFINITION` is.
#[derive(Clone, Debug)]
pub(crate) enum Definition {
    /// Read with `include_str!` from this path.
    Include(String),
    /// This text.
    Text(String),
}

/// The generated module, one item.
pub(crate) fn module(model: &Model, settings: &Settings) -> TokenStream {
    let reads_by_name = Cell::new(false);
    let emitter =
        Emitter { model, machine: &model.machine, comments: settings.comments, reads_by_name: &reads_by_name };
    let runtime = &settings.runtime;
    let name = ident(&model.module);
    let version = env!("CARGO_PKG_VERSION");
    let docs = emitter.module_docs();
    let definition = match &settings.definition {
        Definition::Include(path) => quote!(include_str!(#path)),
        Definition::Text(text) => literal(text),
    };
    let state = emitter.state_enum();
    let input = emitter.input();
    let services = emitter.services();
    let ways_in = emitter.ways_in();
    let functions = emitter.functions();
    let nested = emitter.nested();
    // What the functions read of the variables is known now.
    let machine = emitter.machine();
    quote! {
        #docs
        #[allow(clippy::all, clippy::pedantic, dead_code, non_snake_case, unused_imports, unused_parens, unused_variables)]
        pub mod #name {
            use #runtime::__private as __rt;
            use __rt::Step::{Index, Name};

            const _: () = __rt::generated_by(#version);

            #state
            #input
            #services
            #machine
            #ways_in
            #functions
            #nested

            /// The definition this module was compiled from.
            pub const DEFINITION: &str = #definition;
        }
    }
}

/// What the parts of a module have in common.
#[derive(Clone, Copy)]
struct Emitter<'a> {
    model: &'a Model,
    /// The machine whose module it is.
    machine: &'a Machine,
    comments: bool,
    /// Whether an expression in the functions so far reads variables by their names.
    reads_by_name: &'a Cell<bool>,
}

impl Emitter<'_> {
    /// The typed state at `index`.
    fn state(&self, index: StateIndex) -> TokenStream {
        match self.machine.states.get(index.0) {
            Some(state) => {
                let variant = ident(&state.variant);
                quote!(State::#variant)
            }
            None => quote!(State::ALL[0]),
        }
    }

    /// Going on with the state at `index`.
    fn next(&self, index: StateIndex) -> TokenStream {
        let state = self.state(index);
        quote!(Ok(__rt::Action::Next(#state.id())))
    }

    /// Whether the machine is inside another.
    fn is_inside(&self) -> bool {
        !matches!(self.machine.title, Title::Definition)
    }

    fn module_docs(&self) -> TokenStream {
        let mut docs = match &self.machine.title {
            Title::Definition => format!("State machine of `{}`.\n", self.model.file),
            Title::Branch(number, state) => format!("Branch {number} of {}.\n", code(state)),
            Title::Processor(state) => format!("What {} does for each item.\n", code(state)),
        };
        if let Some(comment) = &self.machine.comment {
            docs.push_str(&format!("\n{}\n", escape_markdown(comment)));
        }
        docs.push_str(&format!("\n{}", self.machine.graph));
        doc(&docs)
    }

    /// The functions of the states.
    fn functions(&self) -> TokenStream {
        let functions = self.machine.states.iter().map(|state| self.state_functions(state));
        quote! {
            /// What each state does.
            impl Machine {
                #(#functions)*
            }
        }
    }
}

/// A doc comment of these lines.
fn doc(text: &str) -> TokenStream {
    let lines = text.trim_end().lines().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// Text of a definition as it can stand in a doc comment: no link, code or HTML in it, and no code block by its indent.
fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).trim().chars() {
        if matches!(character, '\\' | '`' | '~' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A name of the definition in a doc comment, as code.
fn code(text: &str) -> String {
    let printable = printable(text);
    if printable.contains('`') { format!("`` {printable} ``") } else { format!("`{printable}`") }
}

/// The text in one line, without what turns its direction.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || turns_direction(c) { ' ' } else { c }).collect()
}

/// Whether the character changes the direction of the text behind it. rustc refuses them in comments and literals.
fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as a literal that reads as the text: a raw one where that is possible.
fn literal(text: &str) -> TokenStream {
    let most = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let hashes = "#".repeat(most.unwrap_or(0) + 1);
    match format!("r{hashes}\"{text}\"{hashes}").parse() {
        Ok(raw) if !text.contains('\r') && !text.contains(turns_direction) => raw,
        _ => quote!(#text),
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
