//! What is known of the services: operations, parameters, results.

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

/// The operation behind `arn:aws:states:::service:action`.
pub fn operation(service: &str, action: &str) -> Option<&'static Operation> {
    let _ = (service, action);
    None
}

/// The operation that a Task's `Resource` names, when it is one of an optimised integration in the request-response
/// pattern.
pub fn operation_of(resource: &str) -> Option<&'static Operation> {
    let (_, path) = resource.split_once(":states:")?;
    let mut parts = path.split(':').skip(2);
    let (service, action) = (parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    operation(service, action)
}
