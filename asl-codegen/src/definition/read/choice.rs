//! The rules of a Choice state.

use crate::codes::Code;
use crate::definition::fields::{CHOICE_RULES, NESTED_RULE, RULE, Shape};
use crate::definition::read::object::{add_field, get};
use crate::definition::read::value::{items, path_in, text};
use crate::definition::read::{Reader, Scope};
use crate::definition::{ChoiceRule, Comparison, Operand, Operation, Order, QueryLanguage, Spanned, Test, TypeTest};
use crate::diagnostic::Diagnostic;
use crate::node::{Member, Node, Value};
use crate::query::path::Path;
use crate::query::read::PathRule;

const SCHEMA: &str = "rejects this with SCHEMA_VALIDATION_FAILED";
const COMBINATORS: [&str; 3] = ["And", "Or", "Not"];

impl Reader<'_> {
    /// `Choices`.
    pub(super) fn choices(&mut self, state: &[Member], scope: &Scope) -> Vec<ChoiceRule> {
        let rules = items(get(state, "Choices")).iter().enumerate().map(|(number, node)| {
            let scope = scope.enter(&format!("Choices[{number}]"), RULE, node);
            let members = self.object(node, &CHOICE_RULES, &scope);
            let test = match scope.language {
                QueryLanguage::JsonPath => self.test(node, members, &scope),
                QueryLanguage::Jsonata => {
                    self.computed(get(members, "Condition"), "Condition", &scope).map(Test::Condition)
                }
            };
            let output = get(members, "Output").filter(|_| scope.language == QueryLanguage::Jsonata);
            let output = self.computed(output, "Output", &scope);
            // Variables belong to a state's kinds, not to a rule's.
            let assign = self.assign(members, &Scope { kind: crate::definition::fields::ALL, ..scope });
            ChoiceRule { span: node.span, next: text(get(members, "Next")), test, assign, output }
        });
        rules.collect()
    }

    /// What a rule tests. Its fields have been held against the table.
    fn test(&mut self, node: &Node, members: &[Member], scope: &Scope) -> Option<Test> {
        node.members()?;
        let forms: Vec<_> = members.iter().filter(|member| COMBINATORS.contains(&&*member.name.text)).collect();
        let operators: Vec<_> = members.iter().filter(|member| is_operator(&member.name.text)).collect();
        let variable = get(members, "Variable");
        match (forms.as_slice(), operators.as_slice()) {
            ([form], []) if variable.is_none() => self.combination(form, scope),
            ([form, ..], _) => {
                let other = members
                    .iter()
                    .rfind(|member| {
                        let name = member.name.text.as_str();
                        name != form.name.text
                            && (COMBINATORS.contains(&name) || name == "Variable" || is_operator(name))
                    })
                    .unwrap_or(form);
                let (one, two) = (&form.name.text, &other.name.text);
                let message = format!("{} has both `{one}` and `{two}`; a rule has one test", scope.place.subject());
                let finding = Diagnostic::new(Code::ASL0119, other.name.span, message)
                    .label("one test too many")
                    .note(form.name.span, format!("`{one}` is here"))
                    .help("put both into an `And` or an `Or`");
                self.report(finding.at(&scope.place.pointer).aws(SCHEMA));
                None
            }
            ([], [first, second, ..]) => {
                let (one, two) = (&first.name.text, &second.name.text);
                let message =
                    format!("{} has the operators `{one}` and `{two}`; a rule has one", scope.place.subject());
                let finding = Diagnostic::new(Code::ASL0108, second.name.span, message)
                    .label("one operator too many")
                    .note(first.name.span, format!("`{one}` is here"))
                    .help("put two rules into an `And`");
                self.report(finding.at(&scope.place.pointer).aws(SCHEMA));
                None
            }
            ([], []) => {
                // A misspelt operator is an unknown field, and that is said already.
                if members.iter().all(|member| CHOICE_RULES.field(&member.name.text).is_some()) {
                    let message = format!("{} needs a comparison, or `And`, `Or` or `Not`", scope.place.subject());
                    let finding = Diagnostic::new(Code::ASL0108, scope.anchor, message).label("tests nothing");
                    let sample = match variable {
                        Some(_) => r#""IsPresent": true"#,
                        None => r#""Variable": "$.name", "IsPresent": true"#,
                    };
                    self.report(add_field(finding, node, sample).at(&scope.place.pointer).aws(SCHEMA));
                }
                None
            }
            ([], [operator]) => {
                if variable.is_none() {
                    let message = format!("{} needs the field `Variable`", scope.place.subject());
                    let finding = Diagnostic::new(Code::ASL0101, operator.name.span, message).label("compares what?");
                    let finding = add_field(finding, node, r#""Variable": "$.name""#);
                    self.report(finding.at(&scope.place.pointer).aws(SCHEMA));
                }
                let variable = path_in(variable, PathRule::PATH, &scope.at("Variable"))?;
                comparison(variable, operator, scope).map(Test::Compare)
            }
        }
    }

    /// `And`, `Or`, `Not`.
    fn combination(&mut self, form: &Member, scope: &Scope) -> Option<Test> {
        let name = form.name.text.as_str();
        if name == "Not" {
            return self.nested("Not", &form.value, scope).map(|test| Test::Not(Box::new(test)));
        }
        let list = items(Some(&form.value));
        let tests =
            list.iter().enumerate().map(|(number, node)| self.nested(&format!("{name}[{number}]"), node, scope));
        // All of them are read before one that was not understood makes the whole unknown.
        let tests: Vec<Option<Test>> = tests.collect();
        let tests: Vec<Test> = tests.into_iter().collect::<Option<_>>()?;
        if tests.is_empty() {
            return None;
        }
        Some(if name == "And" { Test::And(tests) } else { Test::Or(tests) })
    }

    fn nested(&mut self, name: &str, node: &Node, scope: &Scope) -> Option<Test> {
        // A `Not` that is no object is reported as a field.
        if name == "Not" && node.members().is_none() {
            return None;
        }
        let scope = scope.enter(name, NESTED_RULE, node);
        let members = self.object(node, &CHOICE_RULES, &scope);
        self.test(node, members, &scope)
    }
}

/// Whether `name` is an operator of a comparison.
fn is_operator(name: &str) -> bool {
    let known = CHOICE_RULES.field(name).is_some_and(|field| field.language == Some(QueryLanguage::JsonPath));
    known && name != "Variable" && !COMBINATORS.contains(&name)
}

/// The comparison of `variable` by the member `operator`.
fn comparison(variable: Path, operator: &Member, scope: &Scope) -> Option<Comparison> {
    let name = operator.name.text.as_str();
    let node = &operator.value;
    let by_path = matches!(CHOICE_RULES.field(name)?.shape, Shape::Path(_));
    let base = if by_path { name.strip_suffix("Path")? } else { name };
    let path = || path_in(Some(node), PathRule::PATH, &scope.at(name)).map(Operand::Path);
    let constant = || match &node.value {
        Value::String(text) => Some(Spanned { value: text.text.clone(), span: node.span }),
        Value::Number(number) => Some(Spanned { value: number.clone(), span: node.span }),
        _ => None,
    };
    let operand = || if by_path { path() } else { constant().map(Operand::Constant) };
    let flag = match node.value {
        Value::Bool(flag) => Some(flag),
        _ => None,
    };
    let operation = match base {
        "StringMatches" => Operation::StringMatches(constant()?),
        "BooleanEquals" if by_path => match path()? {
            Operand::Path(path) => Operation::Boolean(Operand::Path(path)),
            Operand::Constant::<String>(_) => return None,
        },
        "BooleanEquals" => Operation::Boolean(Operand::Constant(Spanned { value: flag?, span: node.span })),
        _ => {
            if let Some(test) = type_test(base) {
                Operation::Is(test, flag?)
            } else if let Some(order) = base.strip_prefix("String").and_then(order) {
                Operation::String(order, operand()?)
            } else if let Some(order) = base.strip_prefix("Numeric").and_then(order) {
                Operation::Numeric(order, operand()?)
            } else {
                Operation::Timestamp(base.strip_prefix("Timestamp").and_then(order)?, operand()?)
            }
        }
    };
    Some(Comparison { variable, operator: operator.name.clone(), operation })
}

fn order(name: &str) -> Option<Order> {
    Some(match name {
        "Equals" => Order::Equals,
        "LessThan" => Order::LessThan,
        "LessThanEquals" => Order::LessThanEquals,
        "GreaterThan" => Order::GreaterThan,
        "GreaterThanEquals" => Order::GreaterThanEquals,
        _ => return None,
    })
}

fn type_test(name: &str) -> Option<TypeTest> {
    Some(match name {
        "IsPresent" => TypeTest::Present,
        "IsNull" => TypeTest::Null,
        "IsNumeric" => TypeTest::Numeric,
        "IsString" => TypeTest::String,
        "IsBoolean" => TypeTest::Boolean,
        "IsTimestamp" => TypeTest::Timestamp,
        _ => return None,
    })
}
