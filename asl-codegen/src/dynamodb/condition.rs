//! `ConditionExpression` and `ProjectionExpression`. DynamoDB Developer Guide, "Condition and filter expressions,
//! operators, and functions".

use super::expression::{Call, Operand, Part, Path, Visit};
use super::parser::{Parser, Result};
use super::problem::{ExpressionKind, Problem};

/// A `ConditionExpression`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The condition.
    pub root: ConditionNode,
    pub(super) redundant_parentheses: Option<Problem>,
}

/// A condition, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionNode {
    /// `a OR b OR …`
    Or(Vec<ConditionNode>),
    /// `a AND b AND …`
    And(Vec<ConditionNode>),
    /// `NOT a`
    Not(Box<ConditionNode>),
    /// `left = right` and its like.
    Compare(Operand, Comparator, Operand),
    /// `operand BETWEEN low AND high`
    Between(Operand, Operand, Operand),
    /// `operand IN (a, b, …)`
    In(Operand, Vec<Operand>),
    /// A function that is true or false.
    Call(Call),
}

/// The comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparator {
    const ALL: [(Comparator, &'static str); 6] = [
        (Comparator::Equal, "="),
        (Comparator::NotEqual, "<>"),
        (Comparator::Less, "<"),
        (Comparator::LessOrEqual, "<="),
        (Comparator::Greater, ">"),
        (Comparator::GreaterOrEqual, ">="),
    ];

    /// The operator as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::NotEqual => "<>",
            Comparator::Less => "<",
            Comparator::LessOrEqual => "<=",
            Comparator::Greater => ">",
            Comparator::GreaterOrEqual => ">=",
        }
    }
}

/// A `ProjectionExpression`: the paths of an item that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// The paths.
    pub paths: Vec<Path>,
}

impl Projection {
    /// Reads a `ProjectionExpression`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser::new(text, ExpressionKind::Projection, &[])?;
        let paths = parser.list(Parser::path)?;
        parser.finish()?;
        Ok(Self { paths })
    }
}

impl Condition {
    /// Reads a `ConditionExpression`. Only the grammar is looked at; [`problems`](Self::problems) does the rest.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser::new(text, ExpressionKind::Condition, &["AND", "OR", "NOT", "BETWEEN", "IN"])?;
        let root = disjunction(&mut parser)?;
        let root = condition(&parser, root)?;
        parser.finish()?;
        Ok(Self { root, redundant_parentheses: parser.redundant_parentheses })
    }
}

/// What a parenthesis can hold: `(a = :b)` or `(a) = :b`. Which of them is known only behind it.
enum Item {
    Condition(ConditionNode),
    Operand(Operand),
}

/// The item where only a condition can stand.
fn condition(parser: &Parser<'_>, item: Item) -> Result<ConditionNode> {
    match item {
        Item::Condition(node) => Ok(node),
        Item::Operand(Operand::Call(call)) => Ok(ConditionNode::Call(call)),
        Item::Operand(_) => Err(parser.unexpected()),
    }
}

type Rule = fn(&mut Parser<'_>) -> Result<Item>;

fn disjunction(parser: &mut Parser<'_>) -> Result<Item> {
    chain(parser, "OR", conjunction, ConditionNode::Or)
}

fn conjunction(parser: &mut Parser<'_>) -> Result<Item> {
    chain(parser, "AND", negation, ConditionNode::And)
}

fn chain(
    parser: &mut Parser<'_>,
    keyword: &str,
    rule: Rule,
    node: fn(Vec<ConditionNode>) -> ConditionNode,
) -> Result<Item> {
    let mut last = rule(parser)?;
    let mut nodes = Vec::new();
    while parser.at_keyword(keyword) {
        nodes.push(condition(parser, last)?);
        parser.accept_keyword(keyword);
        last = rule(parser)?;
    }
    if nodes.is_empty() {
        return Ok(last);
    }
    nodes.push(condition(parser, last)?);
    Ok(Item::Condition(node(nodes)))
}

fn negation(parser: &mut Parser<'_>) -> Result<Item> {
    if !parser.accept_keyword("NOT") {
        return comparison(parser);
    }
    let inner = parser.nested(negation)?;
    Ok(Item::Condition(ConditionNode::Not(Box::new(condition(parser, inner)?))))
}

fn comparison(parser: &mut Parser<'_>) -> Result<Item> {
    let item = if parser.at_symbol("(") { parser.parenthesised(disjunction)? } else { Item::Operand(parser.atom()?) };
    let operand = match item {
        Item::Operand(operand) => operand,
        condition => return Ok(condition),
    };
    let symbols = Comparator::ALL.map(|(_, symbol)| symbol);
    let node = if let Some(found) = parser.accept_any(&symbols) {
        ConditionNode::Compare(operand, Comparator::ALL[found].0, parser.operand()?)
    } else if parser.accept_keyword("BETWEEN") {
        let low = parser.operand()?;
        if !parser.accept_keyword("AND") {
            return Err(parser.unexpected());
        }
        ConditionNode::Between(operand, low, parser.operand()?)
    } else if parser.accept_keyword("IN") {
        parser.expect("(")?;
        let list = parser.list(Parser::operand)?;
        parser.expect(")")?;
        ConditionNode::In(operand, list)
    } else {
        return Ok(Item::Operand(operand));
    };
    Ok(Item::Condition(node))
}

impl Visit for ConditionNode {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>)) {
        match self {
            ConditionNode::Or(nodes) | ConditionNode::And(nodes) => nodes.iter().for_each(|node| node.visit(visitor)),
            ConditionNode::Not(node) => node.visit(visitor),
            ConditionNode::Compare(left, _, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
            ConditionNode::Between(operand, low, high) => {
                operand.visit(visitor);
                low.visit(visitor);
                high.visit(visitor);
            }
            ConditionNode::In(operand, list) => {
                operand.visit(visitor);
                list.iter().for_each(|operand| operand.visit(visitor));
            }
            ConditionNode::Call(call) => call.visit(visitor),
        }
    }
}

impl Visit for Projection {
    fn visit<'a>(&'a self, visitor: &mut dyn FnMut(Part<'a>)) {
        self.paths.iter().for_each(|path| visitor(Part::Path(path)));
    }
}
