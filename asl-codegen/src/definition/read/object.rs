//! An object against its rows in the table of fields.

use crate::codes::Code;
use crate::definition::QueryLanguage;
use crate::definition::fields::{
    ALL, CHOICE_RULES, Field, Group, Kinds, MACHINE_RULES, Rules, STATE_RULES, STATE_TYPES,
};
use crate::definition::read::{Reader, Scope};
use crate::diagnostic::{Diagnostic, nearest};
use crate::node::{Member, Node, Value};
use crate::query::read::{list, quoted};
use crate::span::Span;

const NOT_SUPPORTED: &str = "rejects this: \"Field … is not supported\"";
const WRONG_LANGUAGE: &str =
    "rejects this: \"The QueryLanguage is set to …, but field … is only supported for the … QueryLanguage\"";

/// An object that is held against its rules.
struct Object<'n> {
    node: &'n Node,
    members: &'n [Member],
    rules: &'static Rules,
    /// The fields that it may have and does not have.
    absent: Vec<&'static str>,
    /// The fields that unknown ones of it were probably meant to be: of those that is the finding.
    misspelt: Vec<&'static str>,
}

impl Reader<'_> {
    /// Holds `node` against `rules`. Gives its members, none when it is no object.
    pub(super) fn object<'n>(&mut self, node: &'n Node, rules: &'static Rules, scope: &Scope) -> &'n [Member] {
        let Some(members) = node.members() else {
            let message = format!("{} must be an object, found {}", scope.place.subject(), node.kind());
            let finding = Diagnostic::new(Code::ASL0104, node.span, message).label("not an object");
            self.report(finding.at(&scope.place.pointer).aws("rejects this with SCHEMA_VALIDATION_FAILED"));
            return &[];
        };
        let absent = absent(members, rules, scope);
        let misspelt = misspelt(members, &absent, rules);
        let object = Object { node, members, rules, absent, misspelt };
        for member in members {
            self.member(member, &object, scope);
        }
        for field in rules.fields {
            self.required(field, &object, scope);
        }
        let mut reported: Vec<&str> = Vec::new();
        for group in rules.groups {
            self.group(group, &object, scope, &mut reported);
        }
        members
    }

    fn member(&mut self, member: &Member, object: &Object<'_>, scope: &Scope) {
        let Object { members, rules, absent, .. } = object;
        let name = member.name.text.as_str();
        let place = &scope.place;
        let Some(field) = rules.field(name) else {
            let message = format!("unknown field `{name}` in {}", place.subject());
            let finding = Diagnostic::new(Code::ASL0102, member.name.span, message).label("no such field");
            let finding = match nearest(name, absent.iter().copied()) {
                Some(near) => finding.fix("did you mean", member.name.span, quoted(near)),
                None if std::ptr::eq(*rules, &CHOICE_RULES) => finding,
                None => finding.help(format!("the other fields it may have are {}", list(absent))),
            };
            self.report(finding.at(&place.pointer).aws(NOT_SUPPORTED));
            return;
        };
        if field.kinds & scope.kind == 0 {
            self.misplaced(member, field, rules, scope);
            return;
        }
        if field.language.is_some_and(|language| language != scope.language) && !is_machine(rules) {
            self.wrong_language(member, field, scope);
            return;
        }
        self.value(member, field, members, scope);
    }

    /// A field that other kinds have.
    fn misplaced(&mut self, member: &Member, field: &Field, rules: &'static Rules, scope: &Scope) {
        let (name, place) = (field.name, &scope.place);
        let (code, message, help) = if is_machine(rules) {
            let code = if name == "QueryLanguage" { Code::ASL0414 } else { rules.misplaced };
            let help = match name {
                "QueryLanguage" => "write it in the states, or for the whole state machine".to_owned(),
                "ProcessorConfig" => "only item processors have it".to_owned(),
                _ => "only the whole state machine has it".to_owned(),
            };
            (code, format!("{} cannot have a `{name}`", place.subject()), help)
        } else if std::ptr::eq(rules, &STATE_RULES) {
            let kind = type_name(scope.kind);
            let types: Vec<_> =
                STATE_TYPES.iter().filter(|(_, kind)| field.kinds & kind != 0).map(|(name, _)| *name).collect();
            let help = format!("only {} states have `{name}`", list(&types).replace('`', ""));
            let message = format!("{} is a {kind} state, which has no field `{name}`", place.subject());
            (rules.misplaced, message, help)
        } else {
            let message = format!("{} is a nested rule, which has no `{name}`", place.subject());
            (rules.misplaced, message, format!("write `{name}` in the outermost rule"))
        };
        let finding = Diagnostic::new(code, member.name.span, message).label("not supported here").help(help);
        self.report(finding.at(&place.pointer).aws(NOT_SUPPORTED));
    }

    /// A field of the other query language.
    fn wrong_language(&mut self, member: &Member, field: &Field, scope: &Scope) {
        let (name, owner) = (field.name, scope.place.subject());
        let finding = match scope.language {
            QueryLanguage::Jsonata => {
                let message = format!("`{name}` is a field for JSONPath, but {owner} uses JSONata");
                let finding = Diagnostic::new(Code::ASL0403, member.name.span, message).label("JSONPath only");
                match in_jsonata(name) {
                    Some(help) => finding.help(help),
                    None => finding,
                }
            }
            QueryLanguage::JsonPath => {
                let message = format!("`{name}` is a field for JSONata, but {owner} uses JSONPath");
                let finding = Diagnostic::new(Code::ASL0404, member.name.span, message).label("JSONata only");
                let finding = match in_json_path(name) {
                    Some(help) => finding.help(help),
                    None => finding,
                };
                finding.help("or let the state use JSONata: `\"QueryLanguage\": \"JSONata\"`")
            }
        };
        self.report(finding.at(&scope.place.pointer).aws(WRONG_LANGUAGE));
    }

    fn required(&mut self, field: &Field, object: &Object<'_>, scope: &Scope) {
        let Object { node, members, misspelt, .. } = object;
        let Some((kinds, sample)) = field.required else { return };
        let other_language = field.language.is_some_and(|language| language != scope.language);
        let name = field.name;
        if !applies(kinds, scope) || other_language || get(members, name).is_some() || misspelt.contains(&name) {
            return;
        }
        let message = format!("{} needs the field `{name}`", scope.place.subject());
        let finding = Diagnostic::new(Code::ASL0101, scope.anchor, message).label(format!("`{name}` is missing"));
        let first_state = get(members, "States").and_then(Node::members).and_then(<[Member]>::first);
        let sample = match first_state {
            Some(first) if name == "StartAt" => quoted(&first.name.text),
            _ => sample.to_owned(),
        };
        let finding = add_field(finding, node, &format!("\"{name}\": {sample}"));
        self.report(finding.at(&scope.place.pointer).aws("rejects this: \"These fields are required: …\""));
    }

    fn group<'g>(&mut self, group: &'g Group, object: &Object<'_>, scope: &Scope, reported: &mut Vec<&'g str>) {
        let Object { node, members, rules, misspelt, .. } = object;
        if !applies(group.kinds, scope) {
            return;
        }
        let wanted = |name: &str| {
            let language = rules.field(name).and_then(|field| field.language);
            language.is_none_or(|language| language == scope.language)
        };
        let names: Vec<&str> = group.names.iter().copied().filter(|name| wanted(name)).collect();
        let mut present: Vec<_> = members.iter().filter(|member| names.contains(&member.name.text.as_str())).collect();
        if present.len() > 1 {
            // `"End": false` is no decision. ASL0110 speaks of it.
            present.retain(|member| member.value.value != Value::Bool(false) || member.name.text != "End");
        }
        let subject = scope.place.subject();
        match (present.as_slice(), group.needed) {
            ([], None) | ([_], _) => {}
            ([], Some(_)) if names.iter().any(|name| misspelt.contains(name)) => {}
            ([], Some(sample)) => {
                let message = format!("{subject} needs one of the fields {}", list(&names).replace(" and ", " or "));
                let label = format!("neither {}", list(&names).replace(" and ", " nor ").replace(", ", " nor "));
                let finding = Diagnostic::new(Code::ASL0108, scope.anchor, message).label(label);
                let finding = add_field(finding, node, sample);
                self.report(finding.at(&scope.place.pointer).aws("rejects this with SCHEMA_VALIDATION_FAILED"));
            }
            ([first, second, ..], needed) => {
                if group.names.iter().any(|name| reported.contains(name)) {
                    return;
                }
                reported.extend(group.names);
                let code = if needed.is_some() { Code::ASL0108 } else { Code::ASL0107 };
                let (one, other) = (&first.name.text, &second.name.text);
                let message = format!("`{one}` and `{other}` exclude each other in {subject}");
                let finding = Diagnostic::new(code, second.name.span, message)
                    .label("one too many")
                    .note(first.name.span, format!("`{one}` is here"))
                    .help("delete one of them")
                    .at(&scope.place.pointer)
                    .aws("rejects this: \"There should only be one of the following fields: …\"");
                self.report(finding);
            }
        }
    }
}

/// Advises to add `field` to the object `node`: as an edit, where the object is written with braces.
pub(super) fn add_field(finding: Diagnostic, node: &Node, field: &str) -> Diagnostic {
    let members = node.members().unwrap_or_default();
    let braces = members.first().is_none_or(|first| first.name.span.start > node.span.start);
    if !braces {
        return finding.help(format!("add `{field}`"));
    }
    let comma = if members.is_empty() { "" } else { "," };
    let inside = Span::new(node.span.start + 1, node.span.start + 1);
    finding.fix("add", inside, format!(" {field}{comma}"))
}

/// The value of the member `name`.
pub(super) fn get<'n>(members: &'n [Member], name: &str) -> Option<&'n Node> {
    members.iter().find(|member| member.name.text == name).map(|member| &member.value)
}

/// The fields that the object may have and does not have.
fn absent(members: &[Member], rules: &Rules, scope: &Scope) -> Vec<&'static str> {
    let known = rules.fields.iter().filter(|field| field.kinds & scope.kind != 0);
    known.map(|field| field.name).filter(|name| get(members, name).is_none()).collect()
}

/// The fields that unknown ones of the object were probably meant to be.
fn misspelt(members: &[Member], absent: &[&'static str], rules: &Rules) -> Vec<&'static str> {
    let unknown = members.iter().filter(|member| rules.field(&member.name.text).is_none());
    unknown.filter_map(|member| nearest(&member.name.text, absent.iter().copied())).collect()
}

/// Whether a rule for `kinds` is one for the object. An object of unknown kind has the rules that all have.
fn applies(kinds: Kinds, scope: &Scope) -> bool {
    kinds == ALL || (scope.kind != ALL && kinds & scope.kind != 0)
}

fn is_machine(rules: &Rules) -> bool {
    std::ptr::eq(rules, &MACHINE_RULES)
}

/// The name of a state type.
pub(super) fn type_name(kind: Kinds) -> &'static str {
    STATE_TYPES.iter().find(|(_, known)| *known == kind).map_or("state", |(name, _)| name)
}

/// What to write in a JSONata state instead.
fn in_jsonata(field: &str) -> Option<&'static str> {
    Some(match field {
        "Parameters" => "write `Arguments` instead, or `Output` in a Pass state",
        "InputPath" => "read what is needed from `$states.input` in the other fields",
        "OutputPath" | "ResultSelector" | "ResultPath" => "write `Output`, and `Assign` for what later states need",
        "Result" => "write `Output` instead",
        "ItemsPath" => "write `Items` instead",
        "Variable" | "And" | "Or" | "Not" => "write the whole test as `Condition`",
        _ if field.ends_with("Path") => "write an expression in the field without `Path`",
        _ => "write the whole test as `Condition`",
    })
}

/// What to write in a JSONPath state instead.
fn in_json_path(field: &str) -> Option<&'static str> {
    Some(match field {
        "Arguments" => "write `Parameters` instead",
        "Output" => "write `ResultSelector`, `ResultPath` or `OutputPath` instead",
        "Items" => "write `ItemsPath` instead",
        "Condition" => "write a `Variable` and a comparison instead",
        _ => return None,
    })
}
