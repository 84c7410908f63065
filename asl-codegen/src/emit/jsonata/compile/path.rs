//! Paths. Names one after another are one call with constants; every other step is a call with a closure for its items.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::Sequence;
use super::{Code, Compiler, Context, Place, Reason, Result};
use crate::jsonata::syntax::{Kind, Node, Path, SortTerm, Stage, Step};

/// A path that has been followed for some steps.
struct Walk<'n> {
    /// What the names are looked up in. None: in a part of `$states`.
    start: Start,
    /// The names of the last steps.
    names: Vec<&'n str>,
    /// Whether the start is the result of a step, which is a sequence of one value for one value.
    raw: bool,
    /// Whether the start is the context, and may be an array that was constructed as a step: the path goes into it.
    into: bool,
}

/// What the names of a walk are looked up in.
enum Start {
    /// A value.
    Value(Code),
    /// `$states.input` and its like, by the name of the runtime's function.
    State(TokenStream),
}

impl<'n> Walk<'n> {
    fn from(code: Code) -> Self {
        Self { start: Start::Value(code), names: Vec::new(), raw: false, into: false }
    }

    /// The value of the names so far, not yet unwrapped. `last`: no step is applied to it.
    fn sequence(self, last: bool) -> Code {
        let names = &self.names;
        match self.start {
            Start::Value(code) if names.is_empty() => code,
            Start::Value(code) => {
                let value = code.reference();
                Code::value(quote!(__rt::jsonata::compiled::steps(#value, &[#(#names),*], #last)))
            }
            Start::State(part) if names.is_empty() => Code::value(quote!(#part(evaluation, &[]))),
            Start::State(part) => {
                Code::value(quote!(__rt::jsonata::compiled::steps(&#part(evaluation, &[]), &[#(#names),*], #last)))
            }
        }
    }

    /// The value of the whole path.
    fn value(self, keep: bool) -> Code {
        if keep || self.into || self.names.is_empty() && self.raw {
            return super::unwrapped(&self.sequence(true).sequence(Sequence::Always), keep);
        }
        let names = &self.names;
        match self.start {
            Start::Value(code) if names.is_empty() => code,
            Start::Value(code) => {
                let value = code.reference();
                Code::value(quote!(__rt::jsonata::path::names(#value, &[#(#names),*])))
            }
            Start::State(part) => Code::value(quote!(#part(evaluation, &[#(#names),*]))).finite(),
        }
    }
}

impl Compiler<'_> {
    /// A path with its grouping.
    pub(super) fn path(&mut self, node: &Node, path: &Path) -> Result<Code> {
        refuse_bindings(path)?;
        let (mut walk, rest) = self.start(&path.steps)?;
        for (index, step) in rest.iter().enumerate() {
            walk = self.follow(walk, step, index + 1 == rest.len())?;
        }
        let keep = path.keep_singleton || node.keep_array;
        let mut code = match &node.group {
            Some(group) => {
                let code = walk.sequence(false);
                return self.group(&code, group);
            }
            None => walk.value(keep),
        };
        if !node.predicates.is_empty() {
            for (index, predicate) in node.predicates.iter().enumerate() {
                code = self.filter(code, predicate, index == 0)?;
            }
            code = super::unwrapped(&code, node.keep_array);
        }
        Ok(code)
    }

    /// What the last step of a path of several is applied to.
    pub(super) fn path_before_last(&mut self, path: &Path) -> Result<Code> {
        let (mut walk, rest) = self.start(&path.steps)?;
        if let Some((_, rest)) = rest.split_last() {
            for step in rest {
                walk = self.follow(walk, step, false)?;
            }
        }
        Ok(walk.sequence(false))
    }

    /// What the path starts with, and the steps that are left.
    fn start<'n>(&mut self, steps: &'n [Step]) -> Result<(Walk<'n>, &'n [Step])> {
        let Some((first, rest)) = steps.split_first() else { return Err(Reason::Size) };
        if is_plain(first)
            && let Kind::Variable(name) = &first.node.kind
            && let Some((second, rest)) = rest.split_first()
            && is_plain(second)
            && let Kind::Name(part) = &second.node.kind
            && let Some(part) = self.state_part(name, part)?
        {
            return Ok((Walk { start: Start::State(part), names: Vec::new(), raw: false, into: false }, rest));
        }
        let last = rest.is_empty();
        match &first.node.kind {
            Kind::Variable(_) if first.sort.is_empty() => {
                let code = self.node(&first.node)?;
                if !first.stages.is_empty() {
                    return Err(Reason::Index);
                }
                Ok((Walk::from(self.first(code)), rest))
            }
            Kind::Array(items) if is_plain_node(&first.node) && first.stages.is_empty() => {
                let (code, reads) = {
                    let context = self.context.clone();
                    self.with_context(context, |compiler| compiler.array(items, true))?
                };
                // What it is applied to is all of the context's items at once.
                if reads {
                    return Err(Reason::ArrayStep);
                }
                Ok((Walk { raw: true, ..Walk::from(code) }, rest))
            }
            _ => {
                // Without a context it is evaluated once.
                if matches!(self.context, Context::Nothing) && first.sort.is_empty() && first.stages.is_empty() {
                    let code = self.node(&first.node)?;
                    return Ok((Walk::from(self.first(code)), rest));
                }
                if !first.sort.is_empty() || is_plain(first) && matches!(first.node.kind, Kind::Name(_)) {
                    let context = self.context();
                    let walk = Walk { into: self.constructs, ..Walk::from(context) };
                    return Ok((self.follow(walk, first, last)?, rest));
                }
                let input = self.context().reference();
                let (item, body) = self.item(|compiler| compiler.step_value(first))?;
                let body = body.result();
                let code = quote!(__rt::jsonata::compiled::start(evaluation, #input, #last, &mut |#item| #body));
                Ok((Walk { raw: true, ..Walk::from(Code::value(code).raising()) }, rest))
            }
        }
    }

    /// The value of a first step as what the next step is applied to.
    fn first(&self, code: Code) -> Code {
        if !self.constructs || code.single {
            return code;
        }
        let value = code.owned();
        Code::value(quote!(__rt::jsonata::compiled::first(#value)))
    }

    /// The runtime's function for a part of `$states`.
    fn state_part(&mut self, name: &str, part: &str) -> Result<Option<TokenStream>> {
        if name != "states" || !matches!(self.place, Place::State(_)) || self.scope.local(name)?.is_some() {
            return Ok(None);
        }
        Ok(match part {
            "input" => Some(quote!(__rt::jsonata::compiled::input)),
            "result" => Some(quote!(__rt::jsonata::compiled::result)),
            "errorOutput" => Some(quote!(__rt::jsonata::compiled::error_output)),
            "context" => Some(quote!(__rt::jsonata::compiled::context)),
            _ => None,
        })
    }

    fn follow<'n>(&mut self, mut walk: Walk<'n>, step: &'n Step, last: bool) -> Result<Walk<'n>> {
        if !step.sort.is_empty() {
            let code = self.sort(&walk.sequence(false), &step.sort)?;
            if step.stages.is_empty() {
                return Ok(Walk { raw: true, ..Walk::from(code) });
            }
            let code = self.stages(code, &step.stages)?;
            return Ok(Walk { raw: true, ..Walk::from(code) });
        }
        if let Kind::Name(name) = &step.node.kind
            && is_plain(step)
        {
            walk.names.push(name);
            return Ok(walk);
        }
        let input = walk.sequence(false).reference();
        let (item, body) = self.item(|compiler| compiler.step_value(step))?;
        let body = body.result();
        let code = Code::value(quote!(__rt::jsonata::compiled::step(evaluation, #input, #last, &mut |#item| #body)));
        Ok(Walk { raw: true, ..Walk::from(code.raising()) })
    }

    /// What a step gives for one item: before it becomes part of the sequence.
    fn step_value(&mut self, step: &Step) -> Result<Code> {
        let code = match &step.node.kind {
            Kind::Array(items) if step.constructs_array && is_plain_node(&step.node) => self.array(items, true)?,
            _ => self.node(&step.node)?,
        };
        self.stages(code, &step.stages)
    }

    fn stages(&mut self, mut code: Code, stages: &[Stage]) -> Result<Code> {
        for (index, stage) in stages.iter().enumerate() {
            match stage {
                Stage::Filter(predicate) => code = self.filter(code, predicate, index == 0)?,
                Stage::Index(_) => return Err(Reason::Index),
            }
        }
        Ok(code)
    }

    /// `value[predicate]`, as a sequence even of one value.
    pub(super) fn filter(&mut self, value: Code, predicate: &Node, first: bool) -> Result<Code> {
        if let Kind::Number(index) = &predicate.kind
            && is_plain_node(predicate)
        {
            let value = value.reference();
            let code = Code::value(quote!(__rt::jsonata::path::index(#value, #index)));
            return Ok(code.sequence(Sequence::Always));
        }
        let value = if first {
            value.reference()
        } else {
            let value = value.owned();
            quote!(&__rt::jsonata::path::left(#value))
        };
        let (item, condition) = self.item(|compiler| compiler.node(predicate))?;
        Ok(Code::value(if condition.is_boolean() {
            let condition = condition.condition_result();
            quote!(__rt::jsonata::compiled::select(evaluation, #value, &mut |#item| #condition))
        } else {
            let condition = condition.result();
            quote!(__rt::jsonata::compiled::filter(evaluation, #value, &mut |#item| #condition))
        })
        .raising()
        .sequence(Sequence::Always))
    }

    /// `value^(terms)`
    fn sort(&mut self, value: &Code, terms: &[SortTerm]) -> Result<Code> {
        let value = value.reference();
        let descending = terms.iter().map(|term| term.descending);
        let (item, keys) = self.item(|compiler| {
            terms.iter().map(|term| Ok(compiler.node(&term.node)?.result())).collect::<Result<Vec<_>>>()
        })?;
        let key = super::construct::choose(&quote!(term), &keys);
        let code =
            quote!(__rt::jsonata::compiled::sort(evaluation, #value, &[#(#descending),*], &mut |#item, term| #key));
        Ok(Code::value(code).raising())
    }
}

/// Whether the step is nothing but its node, and that nothing but its kind.
fn is_plain(step: &Step) -> bool {
    step.stages.is_empty() && step.sort.is_empty() && is_plain_node(&step.node) && !step.node.keep_array
}

pub(super) fn is_plain_node(node: &Node) -> bool {
    node.predicates.is_empty() && node.group.is_none()
}

pub(super) fn refuse_bindings(path: &Path) -> Result<()> {
    for step in &path.steps {
        if step.ancestor.is_some() || matches!(step.node.kind, Kind::Parent(_)) {
            return Err(Reason::Parent);
        }
        if step.focus.is_some() {
            return Err(Reason::Focus);
        }
        if step.index.is_some() || step.stages.iter().any(|stage| matches!(stage, Stage::Index(_))) {
            return Err(Reason::Index);
        }
    }
    Ok(())
}
