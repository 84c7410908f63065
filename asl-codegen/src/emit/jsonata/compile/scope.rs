//! What names mean where: the variables of an expression, and its context.

use proc_macro2::Ident;

use super::Reason;
use crate::emit::ident;
use crate::jsonata::syntax::{Kind, Node};
use crate::names::{self, Namespace};

/// What `$` is.
#[derive(Clone, Debug)]
pub(super) enum Context {
    /// Nothing: there is no input document.
    Nothing,
    /// The input document, which is one value even when it is an array.
    Document,
    /// What this reference refers to. A path goes into each of its items when it is an array.
    Item(Ident),
}

/// What a variable of the expression is.
#[derive(Clone, Debug)]
pub(super) enum Local {
    /// A Rust variable that holds a value.
    Value(Ident),
    /// A Rust variable that holds a reference to a value.
    Reference(Ident),
    /// A closure of so many parameters.
    Closure(Ident, usize),
}

/// The variables that can be seen, and the blocks and functions around.
#[derive(Debug)]
pub(super) struct Scope {
    entries: Vec<Entry>,
    idents: Namespace,
}

#[derive(Debug)]
enum Entry {
    /// A variable.
    Local(String, Local),
    /// A block, or a function's body: these names it has still to bind.
    Block(Vec<String>),
    /// A function that is called later than it is made.
    Function,
}

impl Scope {
    /// A scope in which nothing is declared, and Rust's variables `reserved` are there.
    pub(super) fn new(reserved: &[&str]) -> Self {
        Self { entries: Vec::new(), idents: Namespace::values(reserved) }
    }

    /// A Rust name like `name` that nothing else in the expression has.
    pub(super) fn fresh(&mut self, name: &str) -> Ident {
        ident(&self.idents.claim(names::field(name)))
    }

    /// Where the scope is; [`Self::leave`] returns there.
    pub(super) fn mark(&self) -> usize {
        self.entries.len()
    }

    /// Forgets what was entered and declared since `mark`.
    pub(super) fn leave(&mut self, mark: usize) {
        self.entries.truncate(mark);
    }

    /// Enters a block of these items, or the body of a function, which has none.
    pub(super) fn block(&mut self, items: &[Node]) {
        let names = items.iter().flat_map(bound).map(str::to_owned).collect();
        self.entries.push(Entry::Block(names));
    }

    /// Enters a function that is called later than it is made.
    pub(super) fn function(&mut self) {
        self.entries.push(Entry::Function);
    }

    /// Declares a variable.
    pub(super) fn declare(&mut self, name: &str, local: Local) {
        let block = self.entries.iter_mut().rev().find_map(|entry| match entry {
            Entry::Block(names) => Some(names),
            _ => None,
        });
        if let Some(names) = block
            && let Some(index) = names.iter().position(|bound| bound == name)
        {
            names.remove(index);
        }
        self.entries.push(Entry::Local(name.to_owned(), local));
    }

    /// The variable `name`, if it is one of the expression.
    ///
    /// # Errors
    /// A function reads it that may be called when a block around has given the name another value.
    pub(super) fn local(&self, name: &str) -> Result<Option<&Local>, Reason> {
        let mut found = None;
        let mut later = false;
        for entry in self.entries.iter().rev() {
            match entry {
                Entry::Local(known, local) if known == name => found = found.or(Some(local)),
                Entry::Local(..) => {}
                Entry::Function => later = true,
                Entry::Block(names) if later && names.iter().any(|bound| bound == name) => {
                    return Err(Reason::Recursion);
                }
                Entry::Block(_) if found.is_some() => return Ok(found),
                Entry::Block(_) => {}
            }
        }
        Ok(found)
    }
}

/// The names that an item of a block binds.
fn bound(mut node: &Node) -> Vec<&str> {
    let mut names = Vec::new();
    while let Kind::Bind(name, value) = &node.kind {
        names.push(name.as_str());
        node = value;
    }
    names
}
