//! Which field belongs to which state type, and what it holds. Language spec, "State Types"; ranges and values are those of
//! the AWS developer guide's page on each state.

use crate::codes::Code;
use crate::definition::QueryLanguage;
use crate::query::read::PathRule;

/// A set of the kinds that an object can be of: state types, for states.
pub(crate) type Kinds = u8;

/// Every kind.
pub(crate) const ALL: Kinds = Kinds::MAX;

pub(crate) const TASK: Kinds = 1;
pub(crate) const PARALLEL: Kinds = 1 << 1;
pub(crate) const MAP: Kinds = 1 << 2;
pub(crate) const PASS: Kinds = 1 << 3;
pub(crate) const WAIT: Kinds = 1 << 4;
pub(crate) const CHOICE: Kinds = 1 << 5;
pub(crate) const SUCCEED: Kinds = 1 << 6;
pub(crate) const FAIL: Kinds = 1 << 7;

/// The outermost machine.
pub(crate) const MACHINE: Kinds = 1;
/// The machine of a branch.
pub(crate) const BRANCH: Kinds = 1 << 1;
/// The machine of an item processor.
pub(crate) const PROCESSOR: Kinds = 1 << 2;

/// A member of `Choices`.
pub(crate) const RULE: Kinds = 1;
/// A rule inside `And`, `Or` or `Not`.
pub(crate) const NESTED_RULE: Kinds = 1 << 1;

/// The state types in AWS's order.
pub(crate) const STATE_TYPES: &[(&str, Kinds)] = &[
    ("Task", TASK),
    ("Wait", WAIT),
    ("Pass", PASS),
    ("Succeed", SUCCEED),
    ("Fail", FAIL),
    ("Choice", CHOICE),
    ("Parallel", PARALLEL),
    ("Map", MAP),
];

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Any JSON.
    Any,
    /// Text.
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// An integer from the first number to the second.
    Integer(i64, i64),
    /// A number from the first to the second.
    Number(f64, f64),
    /// A timestamp.
    Timestamp,
    /// A list.
    List,
    /// A list that must not be empty.
    NonEmptyList,
    /// A list of texts that must not be empty.
    NonEmptyTexts,
    /// A list of texts.
    Texts,
    /// A list, or in JSONata states an expression.
    Items,
    /// An object.
    Object,
    /// A path.
    Path(PathRule),
    /// A payload template.
    Template,
    /// A payload template that must be an object.
    ObjectTemplate,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// The kinds that have it.
    pub(crate) kinds: Kinds,
    /// The kinds that must have it, and a value to paste.
    pub(crate) required: Option<(Kinds, &'static str)>,
    /// The query language it belongs to; `None`: both.
    pub(crate) language: Option<QueryLanguage>,
    /// Whether JSONata states may give an expression for it.
    pub(crate) evaluated: bool,
    /// What it holds.
    pub(crate) shape: Shape,
}

/// Fields that exclude each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    /// The kinds that it is a rule for.
    pub(crate) kinds: Kinds,
    /// The fields.
    pub(crate) names: &'static [&'static str],
    /// Whether one of them is needed, and a field to paste.
    pub(crate) needed: Option<&'static str>,
}

/// The rules of one sort of object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Its fields.
    pub(crate) fields: &'static [Field],
    /// Its groups; pairs first.
    pub(crate) groups: &'static [Group],
    /// The code of a field that only other kinds have.
    pub(crate) misplaced: Code,
}

impl Rules {
    /// The row of `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn field(name: &'static str, kinds: Kinds, shape: Shape) -> Field {
    Field { name, kinds, required: None, language: None, evaluated: false, shape }
}

impl Field {
    const fn required(self, kinds: Kinds, sample: &'static str) -> Self {
        Self { required: Some((kinds, sample)), ..self }
    }

    const fn json_path(self) -> Self {
        Self { language: Some(QueryLanguage::JsonPath), ..self }
    }

    const fn jsonata(self) -> Self {
        Self { language: Some(QueryLanguage::Jsonata), evaluated: true, ..self }
    }

    const fn evaluated(self) -> Self {
        Self { evaluated: true, ..self }
    }
}

const fn pair(kinds: Kinds, names: &'static [&'static str]) -> Group {
    Group { kinds, names, needed: None }
}

const fn exactly_one(kinds: Kinds, names: &'static [&'static str], sample: &'static str) -> Group {
    Group { kinds, names, needed: Some(sample) }
}

const LANGUAGES: Shape = Shape::OneOf(&["JSONPath", "JSONata"]);
const MAX_SECONDS: i64 = 99_999_999;
/// AWS takes numbers beyond 32 bits for counts.
const COUNT: Shape = Shape::Integer(0, i64::MAX);
const PATH: Shape = Shape::Path(PathRule::PATH);
const NULLABLE_PATH: Shape = Shape::Path(PathRule::NULLABLE);
const REFERENCE: Shape = Shape::Path(PathRule::REFERENCE);
const DATA_REFERENCE: Shape = Shape::Path(PathRule::DATA_REFERENCE);
const RESULT_PATH: Shape = Shape::Path(PathRule::RESULT);
const TEXT_PATH: Shape = Shape::Path(PathRule::TEXT);

/// A machine, a branch, an item processor.
pub(crate) static MACHINE_RULES: Rules = Rules {
    fields: &[
        field("Comment", ALL, Shape::Text),
        field("StartAt", ALL, Shape::Text).required(ALL, r#""FirstState""#),
        field("States", ALL, Shape::Object).required(ALL, r#"{"FirstState": {"Type": "Succeed"}}"#),
        field("Version", MACHINE, Shape::Text),
        field("QueryLanguage", MACHINE, LANGUAGES),
        field("TimeoutSeconds", MACHINE, Shape::Integer(0, MAX_SECONDS)),
        field("ProcessorConfig", PROCESSOR, Shape::Object),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

const TRANSITION: Kinds = TASK | PARALLEL | MAP | PASS | WAIT;
const WORK: Kinds = TASK | PARALLEL | MAP;

/// A state.
pub(crate) static STATE_RULES: Rules = Rules {
    fields: &[
        field("Type", ALL, Shape::Text).required(ALL, r#""Pass""#),
        field("Comment", ALL, Shape::Text),
        field("QueryLanguage", ALL, LANGUAGES),
        field("Next", TRANSITION, Shape::Text),
        field("End", TRANSITION, Shape::Boolean),
        field("InputPath", ALL & !FAIL, NULLABLE_PATH).json_path(),
        field("OutputPath", ALL & !FAIL, NULLABLE_PATH).json_path(),
        field("Parameters", WORK | PASS, Shape::Template).json_path(),
        field("ResultSelector", WORK, Shape::ObjectTemplate).json_path(),
        field("ResultPath", WORK | PASS, RESULT_PATH).json_path(),
        field("Result", PASS, Shape::Any).json_path(),
        field("Arguments", TASK | PARALLEL, Shape::Any).jsonata(),
        field("Output", ALL & !FAIL, Shape::Any).jsonata(),
        field("Assign", TRANSITION | CHOICE, Shape::ObjectTemplate).evaluated(),
        field("Retry", WORK, Shape::List),
        field("Catch", WORK, Shape::List),
        field("Resource", TASK, Shape::Text).required(TASK, r#""arn:aws:states:::dynamodb:getItem""#),
        field("TimeoutSeconds", TASK, Shape::Integer(1, MAX_SECONDS)).evaluated(),
        field("TimeoutSecondsPath", TASK, REFERENCE).json_path(),
        field("HeartbeatSeconds", TASK, Shape::Integer(1, MAX_SECONDS)).evaluated(),
        field("HeartbeatSecondsPath", TASK, REFERENCE).json_path(),
        field("Credentials", TASK, Shape::ObjectTemplate).evaluated(),
        field("Branches", PARALLEL, Shape::NonEmptyList).required(PARALLEL, BRANCHES),
        field("ItemProcessor", MAP, Shape::Object),
        field("Iterator", MAP, Shape::Object),
        field("Items", MAP, Shape::Items).jsonata(),
        field("ItemsPath", MAP, REFERENCE).json_path(),
        field("ItemSelector", MAP, Shape::Template).evaluated(),
        field("ItemReader", MAP, Shape::Object),
        field("ItemBatcher", MAP, Shape::Object),
        field("ResultWriter", MAP, Shape::Object),
        field("Label", MAP, Shape::Text),
        field("MaxConcurrency", MAP, COUNT).evaluated(),
        field("MaxConcurrencyPath", MAP, DATA_REFERENCE).json_path(),
        field("ToleratedFailureCount", MAP, COUNT).evaluated(),
        field("ToleratedFailureCountPath", MAP, DATA_REFERENCE).json_path(),
        field("ToleratedFailurePercentage", MAP, Shape::Number(0.0, 100.0)).evaluated(),
        field("ToleratedFailurePercentagePath", MAP, DATA_REFERENCE).json_path(),
        field("Choices", CHOICE, Shape::NonEmptyList).required(CHOICE, CHOICES),
        field("Default", CHOICE, Shape::Text),
        field("Seconds", WAIT, Shape::Integer(0, MAX_SECONDS)).evaluated(),
        field("SecondsPath", WAIT, REFERENCE).json_path(),
        field("Timestamp", WAIT, Shape::Timestamp).evaluated(),
        field("TimestampPath", WAIT, REFERENCE).json_path(),
        field("Error", FAIL, Shape::Text).evaluated(),
        field("ErrorPath", FAIL, TEXT_PATH).json_path(),
        field("Cause", FAIL, Shape::Text).evaluated(),
        field("CausePath", FAIL, TEXT_PATH).json_path(),
    ],
    groups: &[
        pair(TASK, &["TimeoutSeconds", "TimeoutSecondsPath"]),
        pair(TASK, &["HeartbeatSeconds", "HeartbeatSecondsPath"]),
        pair(MAP, &["MaxConcurrency", "MaxConcurrencyPath"]),
        pair(MAP, &["ToleratedFailureCount", "ToleratedFailureCountPath"]),
        pair(MAP, &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"]),
        pair(MAP, &["ItemSelector", "Parameters"]),
        pair(FAIL, &["Error", "ErrorPath"]),
        pair(FAIL, &["Cause", "CausePath"]),
        pair(WAIT, &["Seconds", "SecondsPath"]),
        pair(WAIT, &["Timestamp", "TimestampPath"]),
        exactly_one(WAIT, &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"], r#""Seconds": 1"#),
        exactly_one(TRANSITION, &["Next", "End"], r#""End": true"#),
        exactly_one(MAP, &["ItemProcessor", "Iterator"], PROCESSOR_SAMPLE),
    ],
    misplaced: Code::ASL0103,
};

const BRANCHES: &str = r#"[{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}]"#;
const CHOICES: &str = r#"[{"Variable": "$.name", "IsPresent": true, "Next": "NextState"}]"#;
const PROCESSOR_SAMPLE: &str = r#""ItemProcessor": {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}"#;

/// An element of `Retry`. Its values are constants in both query languages.
pub(crate) static RETRIER_RULES: Rules = Rules {
    fields: &[
        field("ErrorEquals", ALL, Shape::NonEmptyTexts).required(ALL, r#"["States.ALL"]"#),
        field("IntervalSeconds", ALL, Shape::Integer(1, MAX_SECONDS)),
        field("MaxAttempts", ALL, Shape::Integer(0, MAX_SECONDS)),
        field("BackoffRate", ALL, Shape::Number(1.0, f64::INFINITY)),
        field("MaxDelaySeconds", ALL, Shape::Integer(1, 31_622_400)),
        field("JitterStrategy", ALL, Shape::OneOf(&["FULL", "NONE"])),
        field("Comment", ALL, Shape::Text),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

/// An element of `Catch`.
pub(crate) static CATCHER_RULES: Rules = Rules {
    fields: &[
        field("ErrorEquals", ALL, Shape::NonEmptyTexts).required(ALL, r#"["States.ALL"]"#),
        field("Next", ALL, Shape::Text).required(ALL, r#""NextState""#),
        field("ResultPath", ALL, RESULT_PATH).json_path(),
        field("Assign", ALL, Shape::ObjectTemplate).evaluated(),
        field("Output", ALL, Shape::Any).jsonata(),
        field("Comment", ALL, Shape::Text),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

const fn test(name: &'static str, shape: Shape) -> Field {
    field(name, ALL, shape).json_path()
}

const NUMBER: Shape = Shape::Number(f64::NEG_INFINITY, f64::INFINITY);

/// A rule of a Choice state.
pub(crate) static CHOICE_RULES: Rules = Rules {
    fields: &[
        field("Next", RULE, Shape::Text).required(RULE, r#""NextState""#),
        field("Assign", RULE, Shape::ObjectTemplate).evaluated(),
        field("Output", RULE, Shape::Any).jsonata(),
        field("Condition", RULE, Shape::Boolean).required(RULE, r#""{% true %}""#).jsonata(),
        field("Comment", ALL, Shape::Text),
        test("And", Shape::NonEmptyList),
        test("Or", Shape::NonEmptyList),
        test("Not", Shape::Object),
        test("Variable", PATH),
        test("StringEquals", Shape::Text),
        test("StringEqualsPath", PATH),
        test("StringLessThan", Shape::Text),
        test("StringLessThanPath", PATH),
        test("StringGreaterThan", Shape::Text),
        test("StringGreaterThanPath", PATH),
        test("StringLessThanEquals", Shape::Text),
        test("StringLessThanEqualsPath", PATH),
        test("StringGreaterThanEquals", Shape::Text),
        test("StringGreaterThanEqualsPath", PATH),
        test("StringMatches", Shape::Text),
        test("NumericEquals", NUMBER),
        test("NumericEqualsPath", PATH),
        test("NumericLessThan", NUMBER),
        test("NumericLessThanPath", PATH),
        test("NumericGreaterThan", NUMBER),
        test("NumericGreaterThanPath", PATH),
        test("NumericLessThanEquals", NUMBER),
        test("NumericLessThanEqualsPath", PATH),
        test("NumericGreaterThanEquals", NUMBER),
        test("NumericGreaterThanEqualsPath", PATH),
        test("BooleanEquals", Shape::Boolean),
        test("BooleanEqualsPath", PATH),
        test("TimestampEquals", Shape::Timestamp),
        test("TimestampEqualsPath", PATH),
        test("TimestampLessThan", Shape::Timestamp),
        test("TimestampLessThanPath", PATH),
        test("TimestampGreaterThan", Shape::Timestamp),
        test("TimestampGreaterThanPath", PATH),
        test("TimestampLessThanEquals", Shape::Timestamp),
        test("TimestampLessThanEqualsPath", PATH),
        test("TimestampGreaterThanEquals", Shape::Timestamp),
        test("TimestampGreaterThanEqualsPath", PATH),
        test("IsNull", Shape::Boolean),
        test("IsPresent", Shape::Boolean),
        test("IsNumeric", Shape::Boolean),
        test("IsString", Shape::Boolean),
        test("IsBoolean", Shape::Boolean),
        test("IsTimestamp", Shape::Boolean),
    ],
    groups: &[],
    misplaced: Code::ASL0119,
};

/// `ProcessorConfig` of an item processor.
pub(crate) static PROCESSOR_CONFIG_RULES: Rules = Rules {
    fields: &[
        field("Mode", ALL, Shape::OneOf(&["INLINE", "DISTRIBUTED"])),
        field("ExecutionType", ALL, Shape::OneOf(&["STANDARD", "EXPRESS"])),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

/// `ItemReader` of a Map state.
pub(crate) static ITEM_READER_RULES: Rules = Rules {
    fields: &[
        field("Resource", ALL, Shape::Text).required(ALL, r#""arn:aws:states:::s3:getObject""#),
        field("Parameters", ALL, Shape::ObjectTemplate).json_path(),
        field("Arguments", ALL, Shape::Any).jsonata(),
        field("ReaderConfig", ALL, Shape::Object),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

/// `ReaderConfig` of an item reader.
pub(crate) static READER_CONFIG_RULES: Rules = Rules {
    fields: &[
        field("InputType", ALL, Shape::OneOf(&["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"])),
        field("Transformation", ALL, Shape::OneOf(&["NONE", "LOAD_AND_FLATTEN"])),
        field("ManifestType", ALL, Shape::OneOf(&["ATHENA_DATA", "S3_INVENTORY"])),
        field("CSVDelimiter", ALL, Shape::OneOf(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])),
        field("CSVHeaderLocation", ALL, Shape::OneOf(&["FIRST_ROW", "GIVEN"])),
        field("CSVHeaders", ALL, Shape::Texts),
        field("ItemsPointer", ALL, Shape::Text).evaluated(),
        field("MaxItems", ALL, Shape::Integer(0, 100_000_000)).evaluated(),
        field("MaxItemsPath", ALL, DATA_REFERENCE).json_path(),
    ],
    groups: &[pair(ALL, &["MaxItems", "MaxItemsPath"])],
    misplaced: Code::ASL0103,
};

/// `ItemBatcher` of a Map state.
pub(crate) static ITEM_BATCHER_RULES: Rules = Rules {
    fields: &[
        field("BatchInput", ALL, Shape::Template).evaluated(),
        field("MaxItemsPerBatch", ALL, Shape::Integer(1, i64::MAX)).evaluated(),
        field("MaxItemsPerBatchPath", ALL, DATA_REFERENCE).json_path(),
        field("MaxInputBytesPerBatch", ALL, Shape::Integer(1, 262_144)).evaluated(),
        field("MaxInputBytesPerBatchPath", ALL, DATA_REFERENCE).json_path(),
    ],
    groups: &[
        pair(ALL, &["MaxItemsPerBatch", "MaxItemsPerBatchPath"]),
        pair(ALL, &["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]),
    ],
    misplaced: Code::ASL0103,
};

/// `ResultWriter` of a Map state.
pub(crate) static RESULT_WRITER_RULES: Rules = Rules {
    fields: &[
        field("Resource", ALL, Shape::Text),
        field("Parameters", ALL, Shape::ObjectTemplate).json_path(),
        field("Arguments", ALL, Shape::Any).jsonata(),
        field("WriterConfig", ALL, Shape::Object),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};

/// `WriterConfig` of a result writer.
pub(crate) static WRITER_CONFIG_RULES: Rules = Rules {
    fields: &[
        field("Transformation", ALL, Shape::OneOf(&["NONE", "COMPACT", "FLATTEN"])).required(ALL, r#""NONE""#),
        field("OutputType", ALL, Shape::OneOf(&["JSON", "JSONL"])).required(ALL, r#""JSON""#),
    ],
    groups: &[],
    misplaced: Code::ASL0103,
};
