//! What DynamoDB refuses in an expression that follows the grammar.
//!
//! DynamoDB reports one problem per request. Its order, found by trying pairs of mistakes, is the order here.

use std::cmp::Ordering;
use std::ops::Range;

use super::condition::{Condition, ConditionNode, Projection};
use super::expression::{Call, Element, ElementName, Operand, Part, Path, Visit, Word};
use super::problem::{ExpressionKind, Problem, ProblemKind};
use super::reserved::is_reserved;
use super::scope::{Known, Scope, Tag, Value};
use super::update::{Action, SetValue, Update};

impl Update {
    /// What DynamoDB would refuse; the first one is what it reports.
    pub fn problems(&self, scope: &dyn Scope) -> Vec<Problem> {
        let mut check = Check::new(ExpressionKind::Update, scope);
        check.parts(self);
        check.repeated_clauses(self);
        check.overlaps(self.actions.iter().map(Action::path));
        for action in &self.actions {
            check.action(action);
        }
        let Found { reserved, functions, misused: _, structure, names, values, paths, operators, operands } =
            check.found;
        [reserved, functions, structure, names, values, paths, operators, operands].concat()
    }

    /// The placeholders that occur, `#names` and `:values`.
    pub fn placeholders(&self) -> Vec<&Word> {
        placeholders(self)
    }
}

impl Condition {
    /// What DynamoDB would refuse; the first one is what it reports.
    pub fn problems(&self, scope: &dyn Scope) -> Vec<Problem> {
        let mut check = Check::new(ExpressionKind::Condition, scope);
        check.parts(&self.root);
        check.node(&self.root);
        let Found { reserved, functions, misused, structure: _, mut names, values, paths: _, operators, operands } =
            check.found;
        names.extend(values);
        names.sort_by_key(|problem| problem.range.start);
        let parentheses = self.redundant_parentheses.iter().cloned().collect();
        [parentheses, functions, misused, reserved, names, operators, operands].concat()
    }

    /// The placeholders that occur, `#names` and `:values`.
    pub fn placeholders(&self) -> Vec<&Word> {
        placeholders(&self.root)
    }
}

impl Projection {
    /// What DynamoDB would refuse; the first one is what it reports.
    pub fn problems(&self, scope: &dyn Scope) -> Vec<Problem> {
        let mut check = Check::new(ExpressionKind::Projection, scope);
        check.parts(self);
        check.overlaps(self.paths.iter());
        let Found { reserved, names, paths, .. } = check.found;
        [reserved, names, paths].concat()
    }

    /// The placeholders that occur.
    pub fn placeholders(&self) -> Vec<&Word> {
        placeholders(self)
    }
}

fn placeholders<E: Visit>(expression: &E) -> Vec<&Word> {
    let mut words = Vec::new();
    expression.visit(&mut |part| match part {
        Part::Path(path) => words.extend(path.elements.iter().filter_map(|element| match element {
            Element::Name(ElementName::Placeholder(word)) => Some(word),
            _ => None,
        })),
        Part::Value(word) => words.push(word),
        Part::Call(_) => {}
    });
    words
}

/// Problems by the rank they are reported in.
#[derive(Default)]
struct Found {
    reserved: Vec<Problem>,
    functions: Vec<Problem>,
    misused: Vec<Problem>,
    structure: Vec<Problem>,
    names: Vec<Problem>,
    values: Vec<Problem>,
    paths: Vec<Problem>,
    operators: Vec<Problem>,
    operands: Vec<Problem>,
}

struct Check<'a> {
    expression: ExpressionKind,
    scope: &'a dyn Scope,
    found: Found,
}

/// The functions of an expression and how many operands they take.
const UPDATE_FUNCTIONS: &[(&str, usize)] = &[("if_not_exists", 2), ("list_append", 2)];
const CONDITION_FUNCTIONS: &[(&str, usize)] = &[
    ("attribute_exists", 1),
    ("attribute_not_exists", 1),
    ("attribute_type", 2),
    ("begins_with", 2),
    ("contains", 2),
    ("size", 1),
];

impl<'a> Check<'a> {
    fn new(expression: ExpressionKind, scope: &'a dyn Scope) -> Self {
        Self { expression, scope, found: Found::default() }
    }

    fn problem(&self, kind: ProblemKind, range: &Range<usize>, message: String) -> Problem {
        Problem { expression: self.expression, kind, range: range.clone(), message }
    }

    /// Words and functions, wherever they stand.
    fn parts<E: Visit>(&mut self, expression: &E) {
        expression.visit(&mut |part| match part {
            Part::Path(path) => path.elements.iter().for_each(|element| self.element(element)),
            Part::Value(word) => self.value_word(word),
            Part::Call(call) => self.function(call),
        });
    }

    fn element(&mut self, element: &Element) {
        match element {
            Element::Name(ElementName::Bare(word)) if is_reserved(&word.text) => {
                let message = format!("Attribute name is a reserved keyword; reserved keyword: {}", word.text);
                self.found.reserved.push(self.problem(ProblemKind::ReservedWord, &word.range, message));
            }
            Element::Name(ElementName::Placeholder(word)) if self.scope.name(&word.text) == Known::Missing => {
                let message = format!(
                    "An expression attribute name used in the document path is not defined; attribute name: {}",
                    word.text
                );
                self.found.names.push(self.problem(ProblemKind::UndefinedName, &word.range, message));
            }
            _ => {}
        }
    }

    fn value_word(&mut self, word: &Word) {
        if self.scope.value(&word.text) == Known::Missing {
            let message = format!(
                "An expression attribute value used in expression is not defined; attribute value: {}",
                word.text
            );
            self.found.values.push(self.problem(ProblemKind::UndefinedValue, &word.range, message));
        }
    }

    fn function(&mut self, call: &Call) {
        let name = call.function.text.as_str();
        let functions = match self.expression {
            ExpressionKind::Update => UPDATE_FUNCTIONS,
            ExpressionKind::Condition | ExpressionKind::Projection => CONDITION_FUNCTIONS,
        };
        let Some((_, count)) = functions.iter().find(|(known, _)| *known == name) else {
            let message = format!("Invalid function name; function: {name}");
            self.found.functions.push(self.problem(ProblemKind::Syntax, &call.function.range, message));
            return;
        };
        if call.arguments.len() != *count {
            let message = format!(
                "Incorrect number of operands for operator or function; operator or function: {name}, number of \
                 operands: {}",
                call.arguments.len()
            );
            self.found.operands.push(self.problem(ProblemKind::Syntax, &call.range, message));
            return;
        }
        if let [first, second] = call.arguments.as_slice()
            && self.expression == ExpressionKind::Condition
        {
            self.distinct(name, first, second);
        }
        self.function_operands(name, &call.arguments);
    }

    fn function_operands(&mut self, name: &str, arguments: &[Operand]) {
        match (name, arguments) {
            ("attribute_exists" | "attribute_not_exists" | "if_not_exists", [first, ..])
                if !matches!(first, Operand::Path(_)) =>
            {
                let message = format!("Operator or function requires a document path; operator or function: {name}");
                self.found.operands.push(self.problem(ProblemKind::Operand, &first.range(), message));
            }
            ("list_append", operands) => self.operand_types(name, operands, &[Tag::L]),
            ("begins_with", operands) => self.operand_types(name, operands, &[Tag::S, Tag::B]),
            ("size", operands) => {
                let sized = [Tag::S, Tag::B, Tag::Ss, Tag::Ns, Tag::Bs, Tag::M, Tag::L];
                self.operand_types(name, operands, &sized);
            }
            ("attribute_type", [_, wanted]) => self.attribute_type(wanted),
            _ => {}
        }
    }

    /// The value of `operand`, when it is a `:value` of known type.
    fn known(&self, operand: &Operand) -> Option<Value<'a>> {
        let scope: &'a dyn Scope = self.scope;
        match operand {
            Operand::Value(word) => match scope.value(&word.text) {
                Known::Is(value) => Some(value),
                Known::Missing | Known::Unknown => None,
            },
            Operand::Path(_) | Operand::Call(_) => None,
        }
    }

    /// The type of `operand`, when it is known.
    fn tag(&self, operand: &Operand) -> Option<Tag> {
        match operand {
            Operand::Call(call) if call.function.text == "size" => Some(Tag::N),
            Operand::Call(call) if CONDITION_FUNCTIONS.iter().any(|(name, _)| *name == call.function.text) => {
                Some(Tag::Bool)
            }
            _ => self.known(operand).map(|value| value.tag),
        }
    }

    fn operand_types(&mut self, name: &str, operands: &[Operand], allowed: &[Tag]) {
        for operand in operands {
            if let Some(tag) = self.tag(operand)
                && !allowed.contains(&tag)
            {
                self.operand_type(name, operand, tag);
            }
        }
    }

    fn operand_type(&mut self, name: &str, operand: &Operand, tag: Tag) {
        let message = format!(
            "Incorrect operand type for operator or function; operator or function: {name}, operand type: {}",
            tag.name()
        );
        self.found.operands.push(self.problem(ProblemKind::Operand, &operand.range(), message));
    }

    fn attribute_type(&mut self, wanted: &Operand) {
        let Some(value) = self.known(wanted) else { return };
        if value.tag != Tag::S {
            return self.operand_type("attribute_type", wanted, value.tag);
        }
        if let Some(text) = value.text
            && Tag::from_name(text).is_none()
        {
            let message = format!(
                "Invalid attribute type name found; type: {text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}"
            );
            self.found.operands.push(self.problem(ProblemKind::Operand, &wanted.range(), message));
        }
    }

    fn repeated_clauses(&mut self, update: &Update) {
        for (i, (clause, range)) in update.clauses.iter().enumerate() {
            if update.clauses[..i].iter().any(|(earlier, _)| earlier == clause) {
                let message =
                    format!("The \"{}\" section can only be used once in an update expression;", clause.keyword());
                self.found.structure.push(self.problem(ProblemKind::Syntax, range, message));
            }
        }
    }

    /// Each path that overlaps or conflicts with an earlier one.
    fn overlaps<'p>(&mut self, paths: impl Iterator<Item = &'p Path>) {
        let mut earlier: Vec<&Path> = Vec::new();
        for path in paths {
            let clash = earlier.iter().find_map(|other| Some((*other, self.clash(other, path)?)));
            if let Some((other, verb)) = clash {
                let message = format!(
                    "Two document paths {verb} with each other; must remove or rewrite one of these paths; path one: \
                     {}, path two: {}",
                    self.show(other),
                    self.show(path)
                );
                self.found.paths.push(self.problem(ProblemKind::Overlap, &path.range, message));
            }
            earlier.push(path);
        }
    }

    /// Whether two paths certainly name the same place or one inside the other, or want it to be a map and a list.
    fn clash(&self, left: &Path, right: &Path) -> Option<&'static str> {
        for (left, right) in left.elements.iter().zip(&right.elements) {
            match (left, right) {
                (Element::Name(left), Element::Name(right)) if self.same(left, right) => {}
                (Element::Index(left), Element::Index(right)) if left == right => {}
                (Element::Name(_), Element::Index(_)) | (Element::Index(_), Element::Name(_)) => {
                    return Some("conflict");
                }
                _ => return None,
            }
        }
        Some("overlap")
    }

    fn same(&self, left: &ElementName, right: &ElementName) -> bool {
        left.word().text == right.word().text
            || self.resolve(left).is_some_and(|name| Some(name) == self.resolve(right))
    }

    /// The attribute's name, when it is known.
    fn resolve<'n>(&'n self, name: &'n ElementName) -> Option<&'n str> {
        match name {
            ElementName::Bare(word) => Some(&word.text),
            ElementName::Placeholder(word) => match self.scope.name(&word.text) {
                Known::Is(name) => Some(name),
                Known::Missing | Known::Unknown => None,
            },
        }
    }

    /// A path as messages write it: `[orders, [0], name]`.
    fn show(&self, path: &Path) -> String {
        let elements = path.elements.iter().map(|element| match element {
            Element::Name(name) => self.resolve(name).unwrap_or(&name.word().text).to_owned(),
            Element::Index(index) => format!("[{index}]"),
        });
        format!("[{}]", elements.collect::<Vec<_>>().join(", "))
    }

    fn action(&mut self, action: &Action) {
        match action {
            Action::Set(_, SetValue::Plus(left, right)) => {
                self.operand_types("+", std::slice::from_ref(left), &[Tag::N]);
                self.operand_types("+", std::slice::from_ref(right), &[Tag::N]);
            }
            Action::Set(_, SetValue::Minus(left, right)) => {
                self.operand_types("-", std::slice::from_ref(left), &[Tag::N]);
                self.operand_types("-", std::slice::from_ref(right), &[Tag::N]);
            }
            Action::Add(_, value) => self.add_or_delete("ADD", value, &[Tag::N, Tag::Ss, Tag::Ns, Tag::Bs]),
            Action::Delete(_, value) => self.add_or_delete("DELETE", value, &[Tag::Ss, Tag::Ns, Tag::Bs]),
            Action::Set(_, SetValue::Operand(_)) | Action::Remove(_) => {}
        }
    }

    fn add_or_delete(&mut self, operator: &str, word: &Word, allowed: &[Tag]) {
        if let Known::Is(value) = self.scope.value(&word.text)
            && !allowed.contains(&value.tag)
        {
            let message = format!(
                "Incorrect operand type for operator or function; operator: {operator}, operand type: {}, typeSet: \
                 ALLOWED_FOR_{operator}_OPERAND",
                value.tag.long_name()
            );
            self.found.operators.push(self.problem(ProblemKind::Operand, &word.range, message));
        }
    }

    fn node(&mut self, node: &ConditionNode) {
        match node {
            ConditionNode::Or(nodes) | ConditionNode::And(nodes) => nodes.iter().for_each(|node| self.node(node)),
            ConditionNode::Not(node) => self.node(node),
            ConditionNode::Compare(left, comparator, right) => {
                self.value_only(left);
                self.value_only(right);
                self.distinct(comparator.symbol(), left, right);
            }
            ConditionNode::Between(operand, low, high) => {
                [operand, low, high].into_iter().for_each(|operand| self.value_only(operand));
                self.bounds(low, high);
            }
            ConditionNode::In(operand, list) => {
                self.value_only(operand);
                list.iter().for_each(|operand| self.value_only(operand));
            }
            ConditionNode::Call(call) if call.function.text == "size" => self.misused(call),
            ConditionNode::Call(call) => call.arguments.iter().for_each(|operand| self.value_only(operand)),
        }
    }

    /// Where a value is compared, `size` is the only function.
    fn value_only(&mut self, operand: &Operand) {
        if let Operand::Call(call) = operand {
            if call.function.text != "size" {
                self.misused(call);
            }
            call.arguments.iter().for_each(|operand| self.value_only(operand));
        }
    }

    fn misused(&mut self, call: &Call) {
        let name = &call.function.text;
        if CONDITION_FUNCTIONS.iter().any(|(known, _)| known == name) {
            let message = format!("The function is not allowed to be used this way in an expression; function: {name}");
            self.found.misused.push(self.problem(ProblemKind::Syntax, &call.range, message));
        }
    }

    fn distinct(&mut self, operator: &str, left: &Operand, right: &Operand) {
        let (Operand::Path(left), Operand::Path(right)) = (left, right) else { return };
        let same = left.elements.len() == right.elements.len() && self.clash(left, right) == Some("overlap");
        if same {
            let message = format!(
                "The first operand must be distinct from the remaining operands for this operator or function; \
                 operator: {operator}, first operand: {}",
                self.show(left)
            );
            self.found.operators.push(self.problem(ProblemKind::Operand, &right.range, message));
        }
    }

    fn bounds(&mut self, low: &Operand, high: &Operand) {
        let (Some(lower), Some(upper)) = (self.known(low), self.known(high)) else { return };
        let wanted = if lower.tag != upper.tag {
            "same data type for lower and upper bounds"
        } else if order(lower, upper) == Some(Ordering::Greater) {
            "upper bound to be greater than or equal to lower bound"
        } else {
            return;
        };
        let show = |value: Value<'_>| {
            let number = value.number.map(|number| number.to_string());
            let text = value.text.map(str::to_owned).or(number).unwrap_or_default();
            format!("AttributeValue: {{{}:{text}}}", value.tag.name())
        };
        let message = format!(
            "The BETWEEN operator requires {wanted}; lower bound operand: {}, upper bound operand: {}",
            show(lower),
            show(upper)
        );
        let range = low.range().start..high.range().end;
        self.found.operands.push(self.problem(ProblemKind::Operand, &range, message));
    }
}

/// How two values of one type compare, where that is known.
fn order(left: Value<'_>, right: Value<'_>) -> Option<Ordering> {
    match left.tag {
        Tag::S => Some(left.text?.cmp(right.text?)),
        Tag::N => Some(left.number?.cmp(&right.number?)),
        _ => None,
    }
}
