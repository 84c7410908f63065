//! AWS Lambda. API version 2015-03-31.

use super::shapes::{Operation, Shape, TEXT, optional, required};

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    service: "lambda",
    action: "invoke",
    input: &[
        required("FunctionName", TEXT),
        optional("Payload", &Shape::Json),
        optional("Qualifier", TEXT),
        optional("InvocationType", &Shape::String(&["RequestResponse", "Event", "DryRun"])),
        optional("ClientContext", TEXT),
        optional("LogType", &Shape::String(&["None", "Tail"])),
    ],
    output: &[
        optional("ExecutedVersion", TEXT),
        optional("LogResult", TEXT),
        required("Payload", &Shape::Json),
        required("StatusCode", &Shape::Number),
    ],
    exclusive: &[],
}];
