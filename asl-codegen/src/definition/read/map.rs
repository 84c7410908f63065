//! The fields of a Map state.

use crate::codes::Code;
use crate::definition::fields::{ALL, PROCESSOR, Rules};
use crate::definition::fields::{
    ITEM_BATCHER_RULES, ITEM_READER_RULES, PROCESSOR_CONFIG_RULES, READER_CONFIG_RULES, RESULT_WRITER_RULES,
    WRITER_CONFIG_RULES,
};
use crate::definition::read::computed::expressions_of;
use crate::definition::read::object::{add_field, get};
use crate::definition::read::value::{number, path_in, seconds};
use crate::definition::read::{Reader, Scope};
use crate::definition::{CountOrPath, Distributed, Map, NumberOrPath, QueryLanguage};
use crate::diagnostic::Diagnostic;
use crate::node::{Member, Node};
use crate::query::read::PathRule;

/// The longest `Label`, in characters.
const MAX_LABEL: usize = 40;

/// The fields that only a distributed Map state has, and those for failures, all of which may hold expressions.
const OTHER_FIELDS: [&str; 5] =
    ["ItemReader", "ItemBatcher", "ResultWriter", "ToleratedFailureCount", "ToleratedFailurePercentage"];

/// The fields of a distributed Map state that are not compiled: what each does, and what does the same.
const NOT_COMPILED: [(&str, &str, &str); 3] = [
    (
        "ItemReader",
        "reads the items from S3",
        "let a Task before this state fetch the items, and name them in `ItemsPath` or `Items`",
    ),
    (
        "ItemBatcher",
        "hands the items on in batches",
        "let a state before this one make the batches, and iterate over them",
    ),
    (
        "ResultWriter",
        "writes the results to S3",
        "without it the results are the state's result: let a Task after this state write them",
    ),
];

/// What `ProcessorConfig` of the item processor says of this.
fn configured<'m>(members: &'m [Member], field: &str) -> Option<&'m str> {
    let processor = ["ItemProcessor", "Iterator"].into_iter().find_map(|name| get(members, name))?;
    Some(processor.get("ProcessorConfig")?.get(field)?.as_text()?.as_str())
}

fn is_distributed(members: &[Member]) -> bool {
    configured(members, "Mode") == Some("DISTRIBUTED")
}

fn is_express(members: &[Member]) -> bool {
    configured(members, "ExecutionType") == Some("EXPRESS")
}

impl Reader<'_> {
    /// Reads the fields of a Map state.
    pub(super) fn map(&mut self, members: &[Member], scope: &Scope) -> Map {
        if let Some(reader) = self.part(members, "ItemReader", &ITEM_READER_RULES, scope) {
            self.part(reader.0, "ReaderConfig", &READER_CONFIG_RULES, &reader.1);
        }
        if let Some((batcher, inner)) = self.part(members, "ItemBatcher", &ITEM_BATCHER_RULES, scope) {
            self.batch_size(batcher, get(members, "ItemBatcher"), &inner);
        }
        if let Some(writer) = self.part(members, "ResultWriter", &RESULT_WRITER_RULES, scope) {
            self.part(writer.0, "WriterConfig", &WRITER_CONFIG_RULES, &writer.1);
        }
        self.label(get(members, "Label"), scope);
        let json_path = scope.language == QueryLanguage::JsonPath;
        let path =
            |field: &str, rule: PathRule| path_in(get(members, field).filter(|_| json_path), rule, &scope.at(field));
        let jsonata = |field: &str| get(members, field).filter(|_| !json_path);
        let count = |reader: &mut Self, name: &'static str, at: &str| match path(at, PathRule::DATA_REFERENCE) {
            Some(path) => Some(CountOrPath::Path(path)),
            None => match reader.expression(jsonata(name), name, scope) {
                Some(expression) => Some(CountOrPath::Expression(expression)),
                None => seconds(get(members, name)).map(CountOrPath::Count),
            },
        };
        let max_concurrency = count(self, "MaxConcurrency", "MaxConcurrencyPath");
        let items_path = path("ItemsPath", PathRule::REFERENCE);
        let item_selector = self
            .payload(get(members, "ItemSelector"), "ItemSelector", scope)
            .or_else(|| self.payload(get(members, "Parameters").filter(|_| json_path), "Parameters", scope));
        let processor = ["ItemProcessor", "Iterator"]
            .into_iter()
            .find_map(|name| get(members, name).map(|node| (name, node)))
            .filter(|(_, node)| node.members().is_some());
        let distributed = is_distributed(members).then(|| Distributed {
            label: get(members, "Label").and_then(Node::as_text).cloned(),
            express: is_express(members),
            tolerated_failure_count: count(self, "ToleratedFailureCount", "ToleratedFailureCountPath"),
            tolerated_failure_percentage: match path("ToleratedFailurePercentagePath", PathRule::DATA_REFERENCE) {
                Some(path) => Some(NumberOrPath::Path(path)),
                None => {
                    match self.expression(jsonata("ToleratedFailurePercentage"), "ToleratedFailurePercentage", scope) {
                        Some(expression) => Some(NumberOrPath::Expression(expression)),
                        None => number(get(members, "ToleratedFailurePercentage")).map(NumberOrPath::Number),
                    }
                }
            },
        });
        let processor = processor.map(|(name, node)| {
            let mut inner = scope.enter(name, PROCESSOR, node);
            inner.depth += 1;
            self.machine(node, &inner)
        });
        let items = self.computed(jsonata("Items"), "Items", scope);
        let mut other_expressions = Vec::new();
        for field in OTHER_FIELDS {
            if let Some(computed) = self.computed(jsonata(field), field, scope) {
                expressions_of(computed, field, &mut other_expressions);
            }
        }
        Map { processor, distributed, items_path, items, item_selector, max_concurrency, other_expressions }
    }

    /// The parts of a valid Map state that are not compiled.
    pub(super) fn map_not_compiled(&mut self, members: &[Member], scope: &Scope) {
        let subject = scope.place.subject();
        let is_distributed = is_distributed(members);
        for (field, does, help) in NOT_COMPILED {
            let Some(member) = members.iter().find(|member| member.name.text == field) else { continue };
            let message = match is_distributed {
                true => format!("`{field}` of {subject} {does}, which this version does not compile"),
                false => format!("`{field}` of {subject} belongs to a distributed Map state, and this one is not"),
            };
            let finding = Diagnostic::new(Code::ASL1203, member.name.span, message)
                .label("not compiled")
                .at(scope.place.pointer_to(field));
            self.report(if is_distributed { finding.help(help).aws("accepts this") } else { finding });
        }
    }

    /// Holds the field `name`, an object, against its rules.
    fn part<'n>(
        &mut self,
        members: &'n [Member],
        name: &str,
        rules: &'static Rules,
        scope: &Scope,
    ) -> Option<(&'n [Member], Scope)> {
        // What is no object is reported as a field.
        let node = get(members, name).filter(|node| node.members().is_some())?;
        let inner = scope.enter(name, ALL, node);
        Some((self.object(node, rules, &inner), inner))
    }

    /// An item batcher needs one of its two sizes.
    fn batch_size(&mut self, members: &[Member], node: Option<&Node>, scope: &Scope) {
        if members.iter().any(|member| member.name.text.starts_with("Max")) {
            return;
        }
        let message = format!("{} needs `MaxItemsPerBatch` or `MaxInputBytesPerBatch`", scope.place.subject());
        let finding = Diagnostic::new(Code::ASL0108, scope.anchor, message).label("no size");
        let finding = match node {
            Some(node) => add_field(finding, node, r#""MaxItemsPerBatch": 10"#),
            None => finding,
        };
        self.report(finding.at(&scope.place.pointer).aws("rejects this with SCHEMA_VALIDATION_FAILED"));
    }

    /// `ProcessorConfig` of an item processor.
    pub(super) fn processor_config(&mut self, node: &Node, scope: &Scope) {
        if node.members().is_none() {
            return;
        }
        let inner = scope.enter("ProcessorConfig", ALL, node);
        let members = self.object(node, &PROCESSOR_CONFIG_RULES, &inner);
        let mode = get(members, "Mode").and_then(Node::as_text);
        if mode.is_some_and(|mode| mode.text == "DISTRIBUTED") && get(members, "ExecutionType").is_none() {
            let message = format!("{} needs the field `ExecutionType`", inner.place.subject());
            let finding = Diagnostic::new(Code::ASL0101, inner.anchor, message).label("`ExecutionType` is missing");
            let finding = add_field(finding, node, r#""ExecutionType": "STANDARD""#);
            self.report(finding.at(&inner.place.pointer).aws("rejects this with SCHEMA_VALIDATION_FAILED"));
        }
    }

    fn label(&mut self, node: Option<&Node>, scope: &Scope) {
        let Some(label) = node.and_then(Node::as_text) else { return };
        let forbidden = |character: &char| {
            character.is_whitespace() || character.is_control() || "?*<>{}[]:;,\\|^~$#%&`\"".contains(*character)
        };
        let problem = if label.text.is_empty() {
            "it is empty".to_owned()
        } else if label.text.chars().count() > MAX_LABEL {
            format!("it has more than {MAX_LABEL} characters")
        } else if let Some(character) = label.text.chars().find(forbidden) {
            format!("`{character}` is not allowed in it")
        } else {
            return;
        };
        let at = scope.at("Label");
        let message = format!("{} is not valid: {problem}", at.field);
        let finding = Diagnostic::new(Code::ASL0116, label.span, message).label(problem);
        self.report(finding.at(&at.pointer).aws("rejects this with INVALID_LABEL_NAME"));
    }
}
