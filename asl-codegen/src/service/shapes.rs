//! How the model of a service is written down.

/// An operation of an optimised integration, as Step Functions exposes it: members in PascalCase.
#[derive(Debug)]
pub struct Operation {
    /// The service segment of the ARN: `dynamodb`.
    pub service: &'static str,
    /// The action segment of the ARN: `putItem`.
    pub action: &'static str,
    /// The parameters.
    pub input: &'static [Member],
    /// The members of the result, without `SdkHttpMetadata` and `SdkResponseMetadata`, which every optimised
    /// request-response integration adds.
    pub output: &'static [Member],
    /// Parameters that exclude each other.
    pub exclusive: &'static [Exclusive],
}

/// Parameters of which a request has at most one, or exactly one.
#[derive(Debug)]
pub struct Exclusive {
    /// Their names.
    pub names: &'static [&'static str],
    /// Whether one of them is needed.
    pub required: bool,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Whether a request must have it, or a result always has it.
    pub required: bool,
    /// What it holds.
    pub shape: &'static Shape,
}

/// The shape of a value in a service's model.
#[derive(Debug)]
pub enum Shape {
    /// Text; with the allowed values when the model lists them.
    String(&'static [&'static str]),
    /// Text that may be given as any JSON value, which is then serialised: SQS `MessageBody`.
    JsonText,
    /// Any JSON value.
    Json,
    /// An integer from the first number to the second.
    Integer(i64, i64),
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Binary data, as text.
    Blob,
    /// A list.
    List(&'static Shape),
    /// Names that the user chooses, each with a value of this shape.
    Map(&'static Shape),
    /// A structure with these members.
    Structure(&'static [Member]),
    /// A DynamoDB attribute value: `{"S": "text"}`.
    AttributeValue,
}

/// Text of any kind.
pub(super) const TEXT: &Shape = &Shape::String(&[]);

/// A member that a request must have.
pub(super) const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: true, shape }
}

/// A member that may be left out.
pub(super) const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: false, shape }
}
