//! The macros of asl-runtime.
//!
//! Not public API: `asl_runtime::include_state_machine!` and `asl_runtime::state_machine!` are. Those put the path to
//! the runtime in front of what the user wrote, as in `$crate; "order.asl.json"`, so that generated code finds the
//! runtime under any name.

mod arguments;
mod expand;
mod include;
mod inline;
mod literal;
mod lookup;
mod report;

use proc_macro::TokenStream;

use crate::report::Places;

/// Of the compiler, where a token was written.
const PLACES: Places = Places {
    file: |span| span.unwrap().local_file(),
    line_column: |span| {
        let start = span.unwrap().start();
        (start.line(), start.column())
    },
};

/// The machine of a file.
#[proc_macro]
pub fn include_state_machine(input: TokenStream) -> TokenStream {
    include::expand(input.into(), &PLACES).into()
}

/// The machine written between the braces.
#[proc_macro]
pub fn state_machine(input: TokenStream) -> TokenStream {
    inline::expand(input.into(), &PLACES).into()
}
