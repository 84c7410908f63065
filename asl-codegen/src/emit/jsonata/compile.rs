//! Rust for an expression. Its code calls the runtime's library with constants: paths, operators and functions are calls,
//! lambdas are closures, and variables are Rust's own.

mod built_in;
mod call;
mod code;
mod construct;
mod function;
mod json;
mod lambda;
mod operators;
mod path;
mod reason;
mod scope;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::jsonata::Function as BuiltIn;
use crate::jsonata::syntax::{Kind, Node};
use code::{Code, Sequence};
#[cfg(feature = "text")]
pub use function::function_text;
pub use function::{Gives, Signature, Stands, function};
pub use reason::Reason;
use scope::{Context, Local, Scope};

/// An expression of a state's field as a Rust expression of type `Result<Value>`; none when it is to be interpreted.
///
/// In scope must be `evaluation`, a reference to the evaluation. `variables` gives a Rust expression of type
/// `Option<&Json>` for a variable of the machine, and none for a name that is none.
pub(crate) fn compile(node: &Node, variables: Variables<'_>) -> Option<TokenStream> {
    let (result, _) = Compiler::run(Place::State(variables), |compiler| Ok(compiler.node(node)?.result())).ok()?;
    Some(closed(result, &quote!(__rt::jsonata::Value<'_>)))
}

/// As [`compile`], as a Rust expression of type `Result<Option<Json>>`, none for nothing: what the expression constructs is
/// made as JSON, and not as a value first. None as well when it constructs nothing.
pub(crate) fn json(node: &Node, variables: Variables<'_>) -> Option<TokenStream> {
    let (json, _) = Compiler::run(Place::State(variables), |compiler| compiler.json(node)).ok()?;
    let json = json?.option();
    Some(closed(quote!(Ok(#json)), &quote!(Option<__rt::Value>)))
}

/// Why no code is generated for an expression of a state's field, in a machine that has variables of these names.
pub(crate) fn reason(node: &Node, is_variable: &dyn Fn(&str) -> bool) -> Option<Reason> {
    let variables = |name: &str| is_variable(name).then(|| quote!(None));
    Compiler::run(Place::State(&variables), |compiler| compiler.node(node)).err()
}

/// What gives a Rust expression for a variable of the machine.
pub(crate) type Variables<'c> = &'c dyn Fn(&str) -> Option<TokenStream>;

/// The result as an expression that leaves nothing but itself.
fn closed(result: TokenStream, of: &TokenStream) -> TokenStream {
    if asks(result.clone()) { quote!((|| -> __rt::jsonata::Result<#of> { #result })()) } else { result }
}

/// Whether there is a `?` in it.
pub(super) fn asks(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::None && asks(group.stream()),
        TokenTree::Punct(punct) => punct.as_char() == '?',
        _ => false,
    })
}

/// Where an expression stands.
#[derive(Clone, Copy)]
enum Place<'c> {
    /// In a field of a state: there are `$states` and the machine's variables, and no input document.
    State(Variables<'c>),
    /// Alone, with an input document, `input`, and these variables.
    Document(Variables<'c>),
}

/// At most so many nodes are inside each other in an expression that code is generated for, and so many in all.
const DEEPEST: usize = 48;
const MOST: usize = 1000;

/// Makes code of nodes.
struct Compiler<'c> {
    place: Place<'c>,
    scope: Scope,
    context: Context,
    /// Whether the context was read since somebody set this to false.
    reads_context: bool,
    /// Whether the input document was read as what a path is applied to.
    uses_document: bool,
    /// Whether a step makes arrays that are not flattened. If so, every path whose first step is a variable takes care of
    /// them.
    constructs: bool,
    /// Whether a lambda ends with a call that may give a sequence of no value or of one: it is not unwrapped before a variable
    /// is read that holds it.
    ends_with_sequence: bool,
    depth: usize,
    nodes: usize,
}

type Result<T, E = Reason> = std::result::Result<T, E>;

impl<'c> Compiler<'c> {
    /// What `work` makes. If it turns out late that there are arrays that are not flattened, or sequences that are not
    /// unwrapped, `work` is done again.
    fn run<T>(place: Place<'c>, work: impl Fn(&mut Self) -> Result<T>) -> Result<(T, Self)> {
        let mut compiler = Self::new(place);
        let mut made = work(&mut compiler)?;
        if compiler.constructs || compiler.ends_with_sequence {
            let Self { constructs, ends_with_sequence, .. } = compiler;
            compiler = Self { constructs, ends_with_sequence, ..Self::new(place) };
            made = work(&mut compiler)?;
        }
        Ok((made, compiler))
    }

    fn new(place: Place<'c>) -> Self {
        let context = match place {
            Place::State(_) => Context::Nothing,
            Place::Document(_) => Context::Document,
        };
        let scope = Scope::new(&["evaluation", "input", "document", "self", "storage"]);
        Self {
            place,
            scope,
            context,
            reads_context: false,
            uses_document: false,
            constructs: false,
            ends_with_sequence: false,
            depth: 0,
            nodes: 0,
        }
    }

    /// Runs `work` one node deeper.
    fn nested<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.nodes += 1;
        if self.depth >= DEEPEST || self.nodes > MOST {
            return Err(Reason::Size);
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        done
    }

    /// The value of a node: with its predicates and its grouping, and a sequence of one value is that value.
    fn node(&mut self, node: &Node) -> Result<Code> {
        self.nested(|compiler| compiler.node_itself(node))
    }

    fn node_itself(&mut self, node: &Node) -> Result<Code> {
        if let Kind::Path(path) = &node.kind {
            return self.path(node, path);
        }
        let (mut code, predicates) = match self.piece(node)? {
            Some(piece) => (piece, node.predicates.get(1..).unwrap_or_default()),
            None => (self.kind(node)?, &*node.predicates),
        };
        if matches!(&node.kind, Kind::Call(call) if call.tail) && node.predicates.is_empty() && node.group.is_none() {
            // What a lambda gives by a call at its end is not unwrapped there, and `[]` behind it does nothing.
            self.ends_with_sequence |= code.sequence != Sequence::No;
            return Ok(code);
        }
        let done = node.predicates.len() - predicates.len();
        for (index, predicate) in predicates.iter().enumerate() {
            code = self.filter(code, predicate, index + done == 0)?;
        }
        match &node.group {
            Some(group) => self.group(&code, group),
            None => Ok(unwrapped(&code, node.keep_array)),
        }
    }

    /// What a variable or `$` gives that may hold what a lambda gave.
    fn read(&self, code: Code) -> Code {
        match self.ends_with_sequence && !code.single {
            true => unwrapped(&code.sequence(Sequence::Marked), false),
            false => code,
        }
    }

    fn kind(&mut self, node: &Node) -> Result<Code> {
        match &node.kind {
            Kind::Null => Ok(Code::value(quote!(__rt::jsonata::Value::Null)).scalar()),
            Kind::Bool(value) => Ok(Code::bool(quote!(#value))),
            Kind::Number(number) => Ok(Code::value(quote!(__rt::jsonata::Value::Number(#number))).scalar()),
            Kind::String(text) => Ok(Code::text(text)),
            Kind::Regex(_) => Err(Reason::Regex),
            Kind::Name(name) => {
                let context = self.context().reference();
                Ok(Code::value(quote!(__rt::jsonata::path::name(#context, #name))))
            }
            Kind::Wildcard => {
                let context = self.value_of_context().reference();
                let code = Code::value(quote!(__rt::jsonata::path::wildcard(#context)));
                Ok(code.sequence(Sequence::Marked))
            }
            Kind::Descendants => {
                let context = self.context().reference();
                match node.keep_array {
                    true => Err(Reason::KeptArray),
                    false => Ok(Code::value(quote!(__rt::jsonata::path::descendants(#context)))),
                }
            }
            Kind::Parent(_) => Err(Reason::Parent),
            Kind::Variable(name) => self.variable(name),
            Kind::Path(path) => self.path(node, path),
            Kind::Negate(operand) => {
                let operand = self.node(operand)?.reference();
                Ok(Code::value(quote!(__rt::jsonata::operators::negate(#operand))).raising().scalar())
            }
            Kind::Array(items) => self.array(items, false),
            Kind::Object(group) => self.object(group),
            Kind::Binary(operator, left, right) => self.binary(*operator, left, right),
            Kind::Bind(..) => Err(Reason::Bind),
            Kind::Apply(argument, function) => self.apply(argument, function),
            Kind::Condition(condition) => self.condition(condition),
            Kind::Block(items) => self.block(items),
            Kind::Call(call) => self.call(call, None),
            Kind::Partial(_) => Err(Reason::Partial),
            Kind::Lambda(_) => Err(Reason::FunctionValue),
            Kind::Transform(_) => Err(Reason::Transform),
        }
    }

    /// What a path without a variable, a name and a grouping are applied to.
    fn context(&mut self) -> Code {
        self.reads_context = true;
        match &self.context {
            Context::Nothing => Code::undefined(),
            Context::Document => {
                self.uses_document = true;
                Code::reference_to(quote!(document))
            }
            Context::Item(item) => Code::reference_to(quote!(#item)),
        }
    }

    /// The value `$`.
    fn value_of_context(&mut self) -> Code {
        match self.context {
            Context::Document => {
                self.reads_context = true;
                Code::reference_to(quote!(input))
            }
            _ => self.context(),
        }
    }

    /// Runs `work` with another context, and gives what it gives and whether it read the context.
    fn with_context<T>(&mut self, context: Context, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<(T, bool)> {
        let outer = std::mem::replace(&mut self.context, context);
        let outer_reads = std::mem::replace(&mut self.reads_context, false);
        let done = work(self);
        self.context = outer;
        let reads = std::mem::replace(&mut self.reads_context, outer_reads);
        Ok((done?, reads))
    }

    /// The code of `node` for each item that the Rust variable `item` refers to.
    fn item<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<(proc_macro2::Ident, T)> {
        let item = self.scope.fresh("item");
        let (code, _) = self.with_context(Context::Item(item.clone()), work)?;
        Ok((item, code))
    }

    fn variable(&mut self, name: &str) -> Result<Code> {
        match (name, self.place) {
            ("", _) => {
                let context = self.value_of_context();
                return Ok(self.read(context));
            }
            ("$", Place::State(_)) => return Ok(Code::undefined()),
            ("$", Place::Document(_)) => return Ok(Code::reference_to(quote!(input))),
            _ => {}
        }
        match self.scope.local(name)? {
            Some(Local::Value(ident)) => return Ok(self.read(Code::variable(quote!(#ident)))),
            Some(Local::Reference(ident)) => return Ok(self.read(Code::reference_to(quote!(#ident)))),
            Some(Local::Closure(..)) => return Err(Reason::FunctionValue),
            None => {}
        }
        if name == "states" && matches!(self.place, Place::State(_)) {
            return Ok(Code::value(quote!(evaluation.states())).single());
        }
        if let Some(code) = self.outer(name) {
            return Ok(code);
        }
        match BuiltIn::named(name) {
            Some(_) => Err(Reason::FunctionValue),
            None => Ok(Code::undefined()),
        }
    }

    /// The variable `name` of the machine, or of whoever evaluates the expression.
    fn outer(&self, name: &str) -> Option<Code> {
        match self.place {
            Place::State(variables) => {
                let value = variables(name)?;
                Some(Code::value(quote!(__rt::jsonata::compiled::variable(#value))).finite())
            }
            Place::Document(variables) => Some(Code::reference_to(variables(name)?)),
        }
    }

    fn block(&mut self, items: &[Node]) -> Result<Code> {
        let Some((last, items_before)) = items.split_last() else { return Ok(Code::undefined()) };
        if items_before.is_empty() && !matches!(last.kind, Kind::Bind(..)) {
            return self.node(last);
        }
        let mark = self.scope.mark();
        self.scope.block(items);
        let done = self.items(items_before, last);
        self.scope.leave(mark);
        done
    }

    /// The items of a block before its last.
    fn statements(&mut self, items: &[Node]) -> Result<TokenStream> {
        let mut statements = TokenStream::new();
        for item in items {
            if matches!(item.kind, Kind::Bind(..)) {
                self.bind(item, &mut statements)?;
            } else {
                let value = self.node(item)?.owned();
                statements.extend(quote!(let _ = #value;));
            }
        }
        Ok(statements)
    }

    fn items(&mut self, items: &[Node], last: &Node) -> Result<Code> {
        let statements = self.statements(items)?;
        let result = match &last.kind {
            // Nothing reads the name any more.
            Kind::Bind(_, value) if !matches!(value.kind, Kind::Bind(..) | Kind::Lambda(_)) => self.node(value)?,
            _ => self.node(last)?,
        };
        let single = result.single;
        let value = result.owned();
        let code = Code::value(quote!({ #statements #value }));
        Ok(if single { code.single() } else { code })
    }

    /// `$name := value` in a block.
    fn bind(&mut self, node: &Node, statements: &mut TokenStream) -> Result<()> {
        let Kind::Bind(name, value) = &node.kind else { return Err(Reason::Bind) };
        if !node.predicates.is_empty() || node.group.is_some() {
            return Err(Reason::Bind);
        }
        match &value.kind {
            Kind::Lambda(lambda) if value.predicates.is_empty() && value.group.is_none() => {
                let closure = self.closure(lambda)?;
                let ident = self.scope.fresh(name);
                statements.extend(quote!(let #ident = #closure;));
                self.scope.declare(name, Local::Closure(ident, lambda.parameters.len()));
            }
            Kind::Bind(inner, _) => {
                self.bind(value, statements)?;
                let local = match self.scope.local(inner)? {
                    Some(local) => local.clone(),
                    None => return Err(Reason::Bind),
                };
                self.scope.declare(name, local);
            }
            _ => {
                let code = self.node(value)?;
                let value = match is_constructor(value) {
                    true => Code::value(code.bounded()).raising().owned(),
                    false => code.owned(),
                };
                let ident = self.scope.fresh(name);
                statements.extend(quote!(let #ident = #value;));
                self.scope.declare(name, Local::Value(ident));
            }
        }
        Ok(())
    }
}

/// The value of what may be a sequence: of one value that value, unless an array is wanted.
fn unwrapped(code: &Code, keep: bool) -> Code {
    let value = code.owned();
    match code.sequence {
        Sequence::No => code.clone(),
        Sequence::Marked if keep => Code::value(quote!(__rt::jsonata::compiled::kept(#value))),
        _ => Code::value(quote!(__rt::jsonata::path::singleton(#value, #keep))),
    }
}

/// Whether the node is an array or an object: a variable that holds one can be put into the next.
fn is_constructor(node: &Node) -> bool {
    matches!(node.kind, Kind::Array(_) | Kind::Object(_))
}
