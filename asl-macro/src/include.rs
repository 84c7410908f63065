//! `include_state_machine!("order.asl.json", …)`

use asl_codegen::Options;
use asl_codegen::render;
use asl_codegen::source::Source;
use proc_macro2::{Span, TokenStream};

use crate::arguments::{self, Cursor};
use crate::expand::{self, RUNTIME};
use crate::lookup::Folders;
use crate::report::{Error, Places};

/// What was asked for.
struct Call {
    runtime: TokenStream,
    /// The path as written, and where: every message stands there.
    path: String,
    span: Span,
    options: Options,
}

pub(crate) fn expand(input: TokenStream, places: &Places) -> TokenStream {
    compile(input, places).unwrap_or_else(|error| error.tokens())
}

fn compile(input: TokenStream, places: &Places) -> Result<TokenStream, Error> {
    let Call { runtime, path, span, mut options } = read(input)?;
    let found = Folders::new((places.file)(span)).find(&path).map_err(|message| Error::new(span, message))?;
    options.include = Some(found.path);
    let compiled = asl_codegen::compile(Source::new(found.name, found.text), &options);
    Ok(expand::expand(&compiled.diagnostics, compiled.tokens(), &runtime, |diagnostic| {
        Error::new(span, render::plain(&compiled.source, diagnostic))
    }))
}

fn read(input: TokenStream) -> Result<Call, Error> {
    let mut cursor = Cursor::new(input, Span::call_site());
    let runtime = cursor.runtime()?;
    let mut options = Options { runtime: RUNTIME.to_owned(), ..Options::default() };
    let (path, span) = cursor.string("the path of a definition in quotes")?;
    if cursor.comma_or_end()? {
        arguments::options(&mut cursor, &mut options)?;
    }
    Ok(Call { runtime, path, span, options })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Call, read};

    fn call(text: &str) -> Result<Call, String> {
        read(text.parse().unwrap()).map_err(|error| error.message)
    }

    #[test]
    fn a_path_and_options() {
        let plain = call("::asl_runtime; \"order.asl.json\"").unwrap_or_else(|message| panic!("{message}"));
        assert_eq!(plain.path, "order.asl.json");
        assert_eq!(plain.runtime.to_string().replace(' ', ""), "::asl_runtime");
        let full = call("rt; \"order.asl.json\", module = orders,").unwrap_or_else(|message| panic!("{message}"));
        assert_eq!(full.options.module.as_deref(), Some("orders"));
    }

    #[test]
    fn mistakes() {
        let check = |text: &str, message: &str| assert_eq!(call(text).err().as_deref(), Some(message), "{text}");
        let path = "expected the path of a definition in quotes";
        check("rt;", &format!("{path} after this"));
        check("rt; order", &format!("{path}, found `order`"));
        check("rt; concat!(\"a\")", &format!("{path}, found `concat`"));
        check("rt; \"a\"x", &format!("{path}, found a string literal with a suffix"));
        check("rt; \"a\" module = b", "expected `,`, found `module`");
        check("\"a\"", "use the macros of asl-runtime: they know where the runtime is");
        check("", "use the macros of asl-runtime: they know where the runtime is");
    }
}
