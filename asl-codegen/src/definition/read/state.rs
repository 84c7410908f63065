//! A state and the fields that do not need a file of their own.

use crate::codes::Code;
use crate::definition::fields::{
    ALL, BRANCH, CHOICE, FAIL, Kinds, MAP, PARALLEL, PASS, STATE_RULES, STATE_TYPES, SUCCEED, TASK, WAIT,
};
use crate::definition::read::machine::language;
use crate::definition::read::object::{add_field, get};
use crate::definition::read::value::{items, path_in, path_or_call_in, path_or_null, seconds, template_in, text};
use crate::definition::read::{Reader, Scope};
use crate::definition::{
    Assign, AssignedValue, Assignment, Kind, QueryLanguage, SecondsOrPath, State, Task, TextOrPath, Wait,
};
use crate::diagnostic::{Diagnostic, nearest};
use crate::node::{Member, Node, Text, Value};
use crate::query::context_object;
use crate::query::path::is_variable;
use crate::query::read::{At, PathRule, list, quoted};
use crate::query::template::{Field, FieldValue, Template};

/// The longest name of a state or a variable, in characters.
const MAX_NAME: usize = 80;

impl Reader<'_> {
    /// Reads the state `name` of the machine in `machine`. `None` when it is not an object.
    pub(super) fn state(&mut self, name: &Text, node: &Node, machine: &Scope) -> Option<State> {
        let place = machine.place.state(&name.text);
        self.state_name(name, &place.pointer);
        let Some(members) = node.members() else {
            let message = format!("{} must be an object, found {}", place.subject(), node.kind());
            let finding = Diagnostic::new(Code::ASL0104, node.span, message).label("not an object");
            self.report(finding.at(&place.pointer).aws("rejects this with SCHEMA_VALIDATION_FAILED"));
            return None;
        };
        let errors = self.errors();
        let type_node = get(members, "Type");
        let kind = type_node.and_then(|node| self.state_type(node, &place.pointer, &place.field("Type")));
        let own_language = get(members, "QueryLanguage");
        let scope = Scope {
            anchor: name.span,
            language: language(own_language).unwrap_or(self.machine_language),
            // Without a type every field may be the right one.
            kind: kind.unwrap_or(ALL),
            context: context(kind, members, machine.context),
            place,
            depth: machine.depth,
        };
        self.object(node, &STATE_RULES, &scope);
        self.downgraded(own_language, &scope);
        self.end(members, &scope);

        let at = |field: &str| scope.at(field);
        let path = |field: &str, rule: PathRule| path_or_null(get(members, field), rule, &at(field));
        let template = |field: &str| template_in(get(members, field), &at(field));
        let json_path = scope.language == QueryLanguage::JsonPath;
        let has = |kinds: Kinds| kind.is_none_or(|kind| kind & kinds != 0);
        let work = has(TASK | PARALLEL | MAP);
        let input_path = path("InputPath", PathRule::NULLABLE).filter(|_| json_path && !matches!(kind, Some(FAIL)));
        let output_path = path("OutputPath", PathRule::NULLABLE).filter(|_| json_path && !matches!(kind, Some(FAIL)));
        let result_path = path("ResultPath", PathRule::RESULT).filter(|_| json_path && (work || has(PASS)));
        let parameters = template("Parameters").filter(|_| json_path && (work || has(PASS)));
        let result_selector = template("ResultSelector").filter(|_| json_path && work);
        let retry = if work { self.retriers(get(members, "Retry"), &scope) } else { Vec::new() };
        let catch = if work { self.catchers(get(members, "Catch"), &scope) } else { Vec::new() };
        let assign = self.assign(members, &scope);
        let jsonata = |field: &str, kinds: Kinds| get(members, field).filter(|_| !json_path && has(kinds));
        let arguments = self.computed(jsonata("Arguments", TASK | PARALLEL), "Arguments", &scope);
        let output = self.computed(jsonata("Output", ALL & !FAIL), "Output", &scope);
        let own = kind.map(|kind| self.kind(kind, members, &scope));
        let type_span = type_node.map_or(name.span, |node| node.span);
        if self.errors() == errors
            && let Some(kind) = kind
        {
            self.state_not_compiled(kind, members, &scope);
        }
        let transitions = has(TASK | PARALLEL | MAP | PASS | WAIT);
        Some(State {
            name: name.clone(),
            span: node.span,
            pointer: scope.place.pointer.clone(),
            comment: text(get(members, "Comment")),
            query_language: scope.language,
            kind: own,
            type_span,
            next: text(get(members, "Next")).filter(|_| transitions),
            end: transitions && get(members, "End").is_some_and(|node| node.value == Value::Bool(true)),
            input_path,
            parameters,
            result_selector,
            result_path,
            output_path,
            retry,
            catch,
            assign,
            arguments,
            output,
        })
    }

    fn state_name(&mut self, name: &Text, pointer: &str) {
        let length = name.text.chars().count();
        let finding = if length == 0 {
            let message = "a state has an empty name";
            let finding = Diagnostic::new(Code::ASL0112, name.span, message).label("empty");
            finding.aws("rejects this with INVALID_STATE_NAME")
        } else if length > MAX_NAME {
            let message = format!("the name of state `{}` has {length} characters; {MAX_NAME} are allowed", name.text);
            let short = name.text.char_indices().nth(MAX_NAME).map_or(name.text.len(), |(offset, _)| offset);
            let rest = name.locate(short..name.text.len());
            Diagnostic::new(Code::ASL0111, rest, message).label("too long from here").aws("rejects this")
        } else {
            return;
        };
        self.report(finding.at(pointer));
    }

    fn state_type(&mut self, node: &Node, pointer: &str, field: &str) -> Option<Kinds> {
        // A `Type` of another type is reported with the other fields.
        let written = node.as_text()?;
        if let Some((_, kind)) = STATE_TYPES.iter().find(|(name, _)| *name == written.text) {
            return Some(*kind);
        }
        let names: Vec<_> = STATE_TYPES.iter().map(|(name, _)| *name).collect();
        let message = format!("{field} is `{}`, which is no state type", written.text);
        let finding = Diagnostic::new(Code::ASL0106, written.span, message).label("no such state type");
        let finding = match nearest(&written.text, names.iter().copied()) {
            Some(near) => finding.fix("did you mean", written.span, quoted(near)),
            None => finding.help(format!("the state types are {}", list(&names))),
        };
        let aws = "rejects this: \"The field 'Type' should have one of these values: \
                   [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]\"";
        self.report(finding.at(format!("{pointer}/Type")).aws(aws));
        None
    }

    /// A state that uses JSONPath in a machine that uses JSONata.
    fn downgraded(&mut self, own: Option<&Node>, scope: &Scope) {
        let Some(own) = own else { return };
        if self.machine_language == QueryLanguage::Jsonata && language(Some(own)) == Some(QueryLanguage::JsonPath) {
            let message =
                format!("{} cannot use JSONPath: the whole state machine uses JSONata", scope.place.subject());
            let finding = Diagnostic::new(Code::ASL0405, own.span, message)
                .label("JSONPath in a JSONata machine")
                .help("let the states that need it use JSONata, not the whole state machine")
                .at(&scope.place.pointer)
                .aws("rejects this: \"'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine\"");
            self.report(finding);
        }
    }

    /// `"End": false`.
    fn end(&mut self, members: &[Member], scope: &Scope) {
        let Some(end) = get(members, "End").filter(|end| end.value == Value::Bool(false)) else { return };
        let subject = scope.place.subject();
        let finding = if get(members, "Next").is_some() {
            let message = format!("`\"End\": false` in {subject} says nothing");
            Diagnostic::new(Code::ASL0110, end.span, message).label("says nothing").help("delete the field")
        } else {
            let message = format!("{subject} neither ends nor names the next state: `End` is `false`");
            Diagnostic::new(Code::ASL0108, end.span, message)
                .label("no end, and no `Next`")
                .fix("end here", end.span, "true")
                .aws("rejects this with SCHEMA_VALIDATION_FAILED")
        };
        self.report(finding.at(scope.place.pointer_to("End")));
    }

    /// `Assign` of a state, a rule or a catcher: the names of the variables.
    pub(super) fn assign(&mut self, members: &[Member], scope: &Scope) -> Option<Assign> {
        let member = members.iter().find(|member| member.name.text == "Assign")?;
        if let Some(kinds) = STATE_RULES.field("Assign").map(|field| field.kinds)
            && scope.kind & kinds == 0
        {
            return None;
        }
        let at = scope.at("Assign");
        for variable in member.value.members()? {
            let name = match scope.language {
                QueryLanguage::JsonPath => variable.name.text.strip_suffix(".$").unwrap_or(&variable.name.text),
                QueryLanguage::Jsonata => &variable.name.text,
            };
            let problem = if name == "states" {
                "the name is reserved"
            } else if name.chars().count() > MAX_NAME {
                "the name has more than 80 characters"
            } else if !is_variable(name) {
                "a name has letters and digits, a letter first; only whole variables are assigned"
            } else {
                continue;
            };
            let message = format!("{} cannot assign the variable `{name}`: {problem}", at.field);
            let finding = Diagnostic::new(Code::ASL0505, variable.name.span, message).label(problem);
            self.report(finding.at(&at.pointer).aws("rejects this"));
        }
        let variables = match scope.language {
            QueryLanguage::JsonPath => assignments(&member.value, &at),
            QueryLanguage::Jsonata => self.computed_assignments(&member.value, scope),
        };
        Some(Assign { span: member.value.span, variables })
    }

    /// The variables of an `Assign` in a JSONata state and what they become.
    fn computed_assignments(&mut self, node: &Node, scope: &Scope) -> Vec<Assignment> {
        let assigned = node.members().unwrap_or_default().iter().filter_map(|member| {
            let value = self.computed(Some(&member.value), &format!("Assign.{}", member.name.text), scope)?;
            Some(Assignment { name: member.name.clone(), value: AssignedValue::Computed(value) })
        });
        assigned.collect()
    }

    fn kind(&mut self, kind: Kinds, members: &[Member], scope: &Scope) -> Kind {
        let at = |field: &str| scope.at(field);
        let json_path = scope.language == QueryLanguage::JsonPath;
        match kind {
            TASK => {
                self.credentials(members, scope);
                let mut seconds_or_path = |field: &str, path_field: &str| match get(members, path_field) {
                    Some(node) if json_path => {
                        path_in(Some(node), PathRule::REFERENCE, &at(path_field)).map(SecondsOrPath::Path)
                    }
                    _ => match self.expression(get(members, field).filter(|_| !json_path), field, scope) {
                        Some(expression) => Some(SecondsOrPath::Expression(expression)),
                        None => seconds(get(members, field)).map(SecondsOrPath::Seconds),
                    },
                };
                Kind::Task(Box::new(Task {
                    resource: text(get(members, "Resource")),
                    timeout: seconds_or_path("TimeoutSeconds", "TimeoutSecondsPath"),
                    heartbeat: seconds_or_path("HeartbeatSeconds", "HeartbeatSecondsPath"),
                    credentials: self.payload(get(members, "Credentials"), "Credentials", scope),
                }))
            }
            PASS => Kind::Pass { result: get(members, "Result").filter(|_| json_path).cloned() },
            CHOICE => Kind::Choice { choices: self.choices(members, scope), default: text(get(members, "Default")) },
            WAIT => Kind::Wait(self.wait(members, scope)),
            SUCCEED => Kind::Succeed,
            FAIL => {
                let mut text_or_path = |field: &str, path_field: &str| match get(members, path_field) {
                    Some(node) => path_or_call_in(node, PathRule::TEXT, &at(path_field)),
                    None => match self.expression(get(members, field).filter(|_| !json_path), field, scope) {
                        Some(expression) => Some(TextOrPath::Expression(expression)),
                        None => text(get(members, field)).map(TextOrPath::Text),
                    },
                };
                Kind::Fail { error: text_or_path("Error", "ErrorPath"), cause: text_or_path("Cause", "CausePath") }
            }
            PARALLEL => {
                let branches = items(get(members, "Branches"));
                let branches = branches.iter().enumerate().map(|(number, branch)| {
                    let mut inner = scope.enter(&format!("Branches[{number}]"), BRANCH, branch);
                    inner.depth += 1;
                    self.machine(branch, &inner)
                });
                Kind::Parallel { branches: branches.collect() }
            }
            _ => Kind::Map(Box::new(self.map(members, scope))),
        }
    }

    /// What a Wait state waits for.
    fn wait(&mut self, members: &[Member], scope: &Scope) -> Option<Wait> {
        if scope.language == QueryLanguage::Jsonata {
            if let Some(expression) = self.expression(get(members, "Seconds"), "Seconds", scope) {
                return Some(Wait::SecondsExpression(expression));
            }
            if let Some(expression) = self.expression(get(members, "Timestamp"), "Timestamp", scope) {
                return Some(Wait::TimestampExpression(expression));
            }
        }
        let path = |field: &str| path_in(get(members, field), PathRule::REFERENCE, &scope.at(field));
        if let Some(seconds) = seconds(get(members, "Seconds")) {
            return Some(Wait::Seconds(seconds));
        }
        if let Some(path) = path("SecondsPath") {
            return Some(Wait::SecondsPath(path));
        }
        if let Some(timestamp) = text(get(members, "Timestamp")) {
            return Some(Wait::Timestamp(timestamp));
        }
        path("TimestampPath").map(Wait::TimestampPath)
    }

    fn credentials(&mut self, members: &[Member], scope: &Scope) {
        let Some(node) = get(members, "Credentials") else { return };
        let Some(fields) = node.members() else { return };
        let at = scope.at("Credentials");
        let span = members.iter().find(|member| member.name.text == "Credentials").map_or(node.span, |m| m.name.span);
        if fields.iter().any(|field| matches!(&*field.name.text, "RoleArn" | "RoleArn.$")) {
            return;
        }
        let message = format!("{} needs the field `RoleArn`", at.field);
        let finding = Diagnostic::new(Code::ASL0120, span, message).label("`RoleArn` is missing");
        let finding = add_field(finding, node, r#""RoleArn": "arn:aws:iam::123456789012:role/NAME""#);
        self.report(finding.at(&at.pointer).aws("rejects this: \"The field 'RoleArn' is required but was missing\""));
    }

    /// The parts of the language that a valid state uses and that are not compiled.
    fn state_not_compiled(&mut self, kind: Kinds, members: &[Member], scope: &Scope) {
        if kind == MAP {
            self.map_not_compiled(members, scope);
        }
    }
}

/// The variables of an `Assign` in a JSONPath state and what they become.
fn assignments(node: &Node, at: &At) -> Vec<Assignment> {
    let named = |name: &Text, value: AssignedValue| {
        let short = name.text.strip_suffix(".$");
        Assignment { name: Text { text: short.unwrap_or(&name.text).to_owned(), ..name.clone() }, value }
    };
    let members = || node.members().unwrap_or_default().iter();
    match template_in(Some(node), at) {
        Some(Template::Object { fields, .. }) => {
            fields.into_iter().map(|field| named(&field.name.clone(), AssignedValue::Template(field))).collect()
        }
        _ => members()
            .map(|member| {
                let value = FieldValue::Template(Template::Constant(member.value.clone()));
                named(&member.name, AssignedValue::Template(Field { name: member.name.clone(), value }))
            })
            .collect(),
    }
}

/// What the context object holds in a state.
fn context(kind: Option<Kinds>, members: &[Member], outside: context_object::Scope) -> context_object::Scope {
    let resource = get(members, "Resource").and_then(Node::as_text).map(|text| text.text.as_str());
    let request_response = |resource: &str| {
        resource.starts_with("arn:")
            && ![".waitForTaskToken", ".sync", ":activity:", "$"].iter().any(|part| resource.contains(part))
    };
    context_object::Scope {
        in_map: outside.in_map || kind == Some(MAP),
        is_task: kind.is_none_or(|kind| kind == TASK),
        has_token: kind.is_none_or(|kind| kind == TASK) && !resource.is_some_and(request_response),
        has_retries: kind.is_none_or(|kind| kind & (TASK | PARALLEL | MAP) != 0),
    }
}
