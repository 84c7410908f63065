//! Definitions of any size, with the mix of states that real ones have.

use std::fmt::Write as _;

/// A machine of `states` states: half of them Tasks with Retry, of which two in five have a Catch too; the rest Pass,
/// Choice and Wait. It ends.
pub(crate) fn definition(states: usize) -> String {
    let mut text = String::from("{\n  \"StartAt\": \"S0\",\n  \"States\": {\n");
    for index in 0..states {
        let next = format!("\"Next\": \"S{}\"", index + 1);
        let _ = writeln!(text, "    \"S{index}\": {},", state(index, &next, "S"));
    }
    let _ = write!(
        text,
        "    \"S{states}\": {{\"Type\": \"Succeed\"}},\n    \"SFailed\": {{\"Type\": \"Fail\", \"Error\": \"Gone\", \
         \"CausePath\": \"$.error.Cause\"}}\n  }}\n}}\n"
    );
    text
}

/// How deep [`nested`] goes.
const DEPTH: usize = 3;

/// A machine of about `states` states, most of which are inside of Parallel and Map states, up to three deep: of each
/// machine a third stands in it, and the rest in the two branches of a Parallel state and in a Map state.
pub(crate) fn nested(states: usize) -> String {
    format!("{{{}}}\n", machine("S", states, DEPTH))
}

/// The members of a machine whose states are called `prefix` and a number.
fn machine(prefix: &str, states: usize, depth: usize) -> String {
    if depth == 0 || states < 9 {
        return chain(prefix, states, &[]);
    }
    let inner = (states - states / 3) / 3;
    let part = |name: &str| machine(&format!("{prefix}{name}"), inner, depth - 1);
    let retry = r#""Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 2}]"#;
    let parallel = format!(
        r#""{prefix}Both": {{"Type": "Parallel", "Branches": [{{{}}}, {{{}}}], "ResultPath": "$.both", {retry}, "Next": "{prefix}Each"}}"#,
        part("A"),
        part("B")
    );
    let map = format!(
        r#""{prefix}Each": {{"Type": "Map", "ItemsPath": "$.order.items", "ItemSelector": {{"order.$": "$.order", "item.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index"}}, "MaxConcurrency": 4, "ItemProcessor": {{"ProcessorConfig": {{"Mode": "INLINE"}}, {}}}, "ResultPath": "$.each", {retry}, "Next": "{prefix}0"}}"#,
        part("C")
    );
    chain(prefix, states / 3, &[parallel, map])
}

/// `states` states in a row (at least three), after those of `before`, of which the first is called `Both`.
fn chain(prefix: &str, states: usize, before: &[String]) -> String {
    // The last two end it; there is at least a Task, whose Catch leads to `Failed`.
    let last = states.saturating_sub(2).max(1);
    let mut text = String::new();
    for state in before {
        let _ = write!(text, "{state}, ");
    }
    for index in 0..last {
        let next = format!("\"Next\": \"{prefix}{}\"", index + 1);
        let body = state(index, &next, prefix);
        let _ = write!(text, "\"{prefix}{index}\": {body}, ");
    }
    let start = if before.is_empty() { format!("{prefix}0") } else { format!("{prefix}Both") };
    format!(
        r#""StartAt": "{start}", "States": {{{text}"{prefix}{last}": {{"Type": "Succeed"}}, "{prefix}Failed": {{"Type": "Fail", "Error": "Gone", "CausePath": "$.error.Cause"}}}}"#
    )
}

fn state(index: usize, next: &str, prefix: &str) -> String {
    let retry = r#""Retry": [{"ErrorEquals": ["SQS.SdkClientException"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 1.5}]"#;
    let catch = match index.is_multiple_of(5) {
        true => format!(
            r#", "Catch": [{{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "{prefix}Failed"}}]"#
        ),
        false => String::new(),
    };
    match index % 10 {
        0 | 4 | 8 => format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody": {{"id.$": "$.order.id", "step": {index}, "items.$": "$.order.items[0]"}}}}, "ResultPath": "$.sent{index}", {retry}{catch}, {next}}}"#
        ),
        2 | 6 => format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem", "Parameters": {{"TableName": "orders", "Key": {{"id": {{"S.$": "$.order.id"}}}}, "UpdateExpression": "SET step{index} = :now", "ExpressionAttributeValues": {{":now": {{"S.$": "$$.Execution.StartTime"}}}}}}, "ResultSelector": {{"requestId.$": "$.SdkResponseMetadata.RequestId"}}, "ResultPath": "$.updated{index}", {retry}, {next}}}"#
        ),
        5 => format!(
            r#"{{"Type": "Choice", "Choices": [{{"And": [{{"Variable": "$.order.total", "NumericGreaterThan": {index}}}, {{"Variable": "$.order.state", "StringEquals": "open"}}], {next}}}, {{"Variable": "$.order.note", "IsPresent": true, {next}}}], "Default": "{prefix}{}"}}"#,
            index + 1
        ),
        7 => format!(r#"{{"Type": "Wait", "SecondsPath": "$.order.delay", {next}}}"#),
        _ => format!(
            r#"{{"Type": "Pass", "Parameters": {{"id.$": "$.order.id", "stage": "s{index}", "address": {{"city.$": "$.order.customer.city", "zip": "0150"}}}}, "ResultPath": "$.pass{index}", {next}}}"#
        ),
    }
}

#[cfg(test)]
mod tests {
    use asl_codegen::diagnostic::Level;
    use asl_codegen::source::Source;
    use asl_codegen::{Options, compile};

    use super::{definition, nested};

    #[test]
    fn what_is_generated_has_no_mistake() {
        for text in [definition(100), nested(9), nested(50), nested(200)] {
            let compiled = compile(Source::new("generated.asl.json", &*text), &Options::default());
            let errors = compiled.diagnostics.iter().filter(|finding| finding.level == Level::Error);
            // What the compiler cannot do yet is not the definition's mistake.
            let errors: Vec<_> = errors.filter(|error| error.code.name() != "ASL1203").collect();
            assert!(errors.is_empty(), "{errors:#?}\n{text}");
        }
    }
}
