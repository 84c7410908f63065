//! What stands between the macro's brackets: the path to the runtime, the subject, options. No syntax tree: the
//! grammar is a list.

use asl_codegen::Options;
use asl_codegen::diagnostic::{Level, nearest};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree, token_stream};

use crate::literal;
use crate::report::Error;

/// Tokens to read one after the other.
pub(crate) struct Cursor {
    tokens: std::iter::Peekable<token_stream::IntoIter>,
    /// Where to say that something is missing: the last token read.
    last: Span,
}

impl Cursor {
    /// The tokens of a macro call or a group; `place` is where an empty one is reported.
    pub(crate) fn new(tokens: TokenStream, place: Span) -> Self {
        Self { tokens: tokens.into_iter().peekable(), last: place }
    }

    /// The next token. A group without delimiters, which stands for what a `macro_rules!` matched, counts as its
    /// only token.
    pub(crate) fn next(&mut self) -> Option<TokenTree> {
        let token = plain(self.tokens.next()?);
        self.last = token.span();
        Some(token)
    }

    fn is_at_end(&mut self) -> bool {
        self.tokens.peek().is_none()
    }

    /// The error that `wanted` is missing here.
    pub(crate) fn missing(&self, wanted: &str) -> Error {
        Error::new(self.last, format!("expected {wanted} after this"))
    }

    /// A string literal and where it is.
    pub(crate) fn string(&mut self, wanted: &str) -> Result<(String, Span), Error> {
        let token = self.next().ok_or_else(|| self.missing(wanted))?;
        let found = match &token {
            TokenTree::Literal(literal) => match literal::string(&literal.to_string()) {
                Ok(value) => return Ok((value, token.span())),
                Err(found) => found.to_owned(),
            },
            other => describe(other),
        };
        Err(Error::new(token.span(), format!("expected {wanted}, found {found}")))
    }

    fn ident(&mut self, wanted: &str) -> Result<Ident, Error> {
        match self.next() {
            Some(TokenTree::Ident(ident)) => Ok(ident),
            Some(other) => Err(Error::new(other.span(), format!("expected {wanted}, found {}", describe(&other)))),
            None => Err(self.missing(wanted)),
        }
    }

    fn group(&mut self, delimiter: Delimiter, wanted: &str) -> Result<Group, Error> {
        match self.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Ok(group),
            Some(other) => Err(Error::new(other.span(), format!("expected {wanted}, found {}", describe(&other)))),
            None => Err(self.missing(wanted)),
        }
    }

    fn equals(&mut self) -> Result<(), Error> {
        match self.next() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => Ok(()),
            Some(other) => Err(Error::new(other.span(), format!("expected `=`, found {}", describe(&other)))),
            None => Err(self.missing("`=`")),
        }
    }

    /// A comma, or the end. Gives whether there is more.
    pub(crate) fn comma_or_end(&mut self) -> Result<bool, Error> {
        match self.next() {
            None => Ok(false),
            Some(TokenTree::Punct(punct)) if punct.as_char() == ',' => Ok(!self.is_at_end()),
            Some(other) => Err(Error::new(other.span(), format!("expected `,`, found {}", describe(&other)))),
        }
    }

    /// The path to the runtime up to `;`, which the macros of asl-runtime put in front.
    pub(crate) fn runtime(&mut self) -> Result<TokenStream, Error> {
        let mut path = TokenStream::new();
        loop {
            match self.next() {
                Some(TokenTree::Punct(punct)) if punct.as_char() == ';' && !path.is_empty() => return Ok(path),
                Some(token @ (TokenTree::Ident(_) | TokenTree::Punct(_))) => path.extend([token]),
                _ => {
                    return Err(Error::new(self.last, "use the macros of asl-runtime: they know where the runtime is"));
                }
            }
        }
    }
}

/// A token without the invisible groups around it.
fn plain(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = &token else { return token };
    let mut inner = group.stream().into_iter();
    match (group.delimiter(), inner.next(), inner.next()) {
        (Delimiter::None, Some(only), None) => plain(only),
        _ => token,
    }
}

/// A token as messages name it.
fn describe(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Brace => "`{`".to_owned(),
            Delimiter::Bracket => "`[`".to_owned(),
            Delimiter::Parenthesis => "`(`".to_owned(),
            Delimiter::None => "an expression".to_owned(),
        },
        other => format!("`{other}`"),
    }
}

const OPTIONS: &[&str] = &["module", "substitutions", "allow", "warn", "deny"];

/// Reads one option, whose name is `name`.
pub(crate) fn option(name: &Ident, cursor: &mut Cursor, options: &mut Options) -> Result<(), Error> {
    match name.to_string().as_str() {
        "module" => module(cursor, options),
        "substitutions" => substitutions(cursor, options),
        "allow" => levels(Level::Allow, cursor, options),
        "warn" => levels(Level::Warning, cursor, options),
        "deny" => levels(Level::Error, cursor, options),
        other => {
            let meant = nearest(other, OPTIONS.iter().copied()).map(|name| format!("did you mean `{name}`? "));
            let message = format!(
                "unknown option `{other}`; {}the options are: `module = name`, `substitutions = {{ \"Name\" = \"value\" }}`, \
                 `allow(CODE, …)`, `warn(CODE, …)`, `deny(CODE, …)`",
                meant.unwrap_or_default()
            );
            Err(Error::new(name.span(), message))
        }
    }
}

/// Reads the options up to the end.
pub(crate) fn options(cursor: &mut Cursor, options: &mut Options) -> Result<(), Error> {
    loop {
        let name = cursor.ident("an option")?;
        option(&name, cursor, options)?;
        if !cursor.comma_or_end()? {
            return Ok(());
        }
    }
}

/// `= name`
fn module(cursor: &mut Cursor, options: &mut Options) -> Result<(), Error> {
    cursor.equals()?;
    let name = cursor.ident("a name")?;
    options.set_module(&name.to_string()).map_err(|message| Error::new(name.span(), message))
}

/// `= { "Name" = "value", … }`
fn substitutions(cursor: &mut Cursor, options: &mut Options) -> Result<(), Error> {
    cursor.equals()?;
    let group = cursor.group(Delimiter::Brace, "`{ \"Name\" = \"value\", … }`")?;
    let mut inner = Cursor::new(group.stream(), group.span());
    if inner.is_at_end() {
        return Ok(());
    }
    loop {
        let (name, span) = inner.string("a name in quotes")?;
        if options.substitutions.iter().any(|(other, _)| *other == name) {
            return Err(Error::new(span, format!("`{name}` is given twice")));
        }
        inner.equals()?;
        let (value, _) = inner.string("a value in quotes")?;
        options.substitutions.push((name, value));
        if !inner.comma_or_end()? {
            return Ok(());
        }
    }
}

/// `(CODE, …)`
fn levels(level: Level, cursor: &mut Cursor, options: &mut Options) -> Result<(), Error> {
    let group = cursor.group(Delimiter::Parenthesis, "codes in parentheses")?;
    let mut inner = Cursor::new(group.stream(), group.span());
    loop {
        let code = inner.ident("a code, as `ASL0305`")?;
        options.set_level(&code.to_string(), level).map_err(|message| Error::new(code.span(), message))?;
        if !inner.comma_or_end()? {
            return Ok(());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use asl_codegen::Options;
    use asl_codegen::codes::Code;
    use asl_codegen::diagnostic::Level;
    use proc_macro2::{Span, TokenStream};

    use super::{Cursor, options};

    fn read(text: &str) -> Result<Options, String> {
        let tokens: TokenStream = text.parse().unwrap();
        let mut read = Options::default();
        options(&mut Cursor::new(tokens, Span::call_site()), &mut read).map_err(|error| error.message)?;
        Ok(read)
    }

    #[track_caller]
    fn check_error(text: &str, start: &str) {
        let message = read(text).unwrap_err();
        assert!(message.starts_with(start), "{text}: {message}");
    }

    #[test]
    fn options_in_any_order() {
        let options = read(
            r##"deny(ASL0007,), substitutions = { "Table" = "orders", "N" = r#"1"#, }, module = orders, allow(ASL0305, ASL0204),"##,
        )
        .unwrap();
        assert_eq!(options.module.as_deref(), Some("orders"));
        assert_eq!(
            options.levels,
            [(Code::ASL0007, Level::Error), (Code::ASL0305, Level::Allow), (Code::ASL0204, Level::Allow)]
        );
        let substitutions = [("Table".to_owned(), "orders".to_owned()), ("N".to_owned(), "1".to_owned())];
        assert_eq!(options.substitutions, substitutions);
        assert!(read("substitutions = {}").unwrap().substitutions.is_empty());
    }

    #[test]
    fn mistakes_say_what_is_allowed() {
        check_error("modul = x", "unknown option `modul`; did you mean `module`? the options are: `module = name`, ");
        check_error("colour = x", "unknown option `colour`; the options are: ");
        check_error("module orders", "expected `=`, found `orders`");
        check_error("module", "expected `=` after this");
        check_error("module = ", "expected a name after this");
        check_error("module = \"orders\"", "expected a name, found `\"orders\"`");
        check_error("module = type", "`type` cannot name a module");
        check_error("module = a allow(ASL0305)", "expected `,`, found `allow`");
        check_error("module = a,,", "expected an option, found `,`");
        check_error("allow(ASL9999)", "unknown code `ASL9999`; codes with a level to set are: ");
        check_error("allow(ASL0202)", "`ASL0202` is always an error: ");
        check_error("allow()", "expected a code, as `ASL0305` after this");
        check_error("allow = ASL0305", "expected codes in parentheses, found `=`");
        check_error("substitutions = [1]", "expected `{ \"Name\" = \"value\", … }`, found `[`");
        check_error("substitutions = { Name = \"a\" }", "expected a name in quotes, found `Name`");
        check_error("substitutions = { \"a\" = 1 }", "expected a value in quotes, found a number");
        check_error("substitutions = { \"a\" = \"1\", \"a\" = \"2\" }", "`a` is given twice");
        check_error("substitutions = { \"a\" = b\"1\" }", "expected a value in quotes, found a byte literal");
    }
}
