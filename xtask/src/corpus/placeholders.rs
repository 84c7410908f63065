//! Values for placeholders such as `${Name}`, which the tools of a project would fill in.

use serde_json::Value;

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// Fields that hold a number: the tools fill it in without the quotes that keep an unfilled text JSON.
const NUMBERS: [&str; 11] = [
    "BackoffRate",
    "HeartbeatSeconds",
    "IntervalSeconds",
    "MaxAttempts",
    "MaxConcurrency",
    "MaxDelaySeconds",
    "MaxItems",
    "MaxItemsPerBatch",
    "Seconds",
    "TimeoutSeconds",
    "ToleratedFailurePercentage",
];

/// Stands for a member's name where the placeholder is an operand of an expression.
const OPERAND: &str = "{% … %}";

/// The text with its placeholders as the tools take them, and a value for each name that fits where it stands.
pub(super) fn fill(text: &str, names: &[String]) -> (String, Vec<(String, String)>) {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let value = |name: &String| {
        let mut member = None;
        find(&document, None, &format!("${{{name}}}"), &mut member);
        (name.clone(), fitting(name, member))
    };
    (unquoted(text), names.iter().map(value).collect())
}

/// The text without quotes around placeholders that stand for a number.
fn unquoted(text: &str) -> String {
    let mut unquoted = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, _) in text.match_indices("\"${") {
        let field = text[..start].trim_end().strip_suffix(':').and_then(|text| text.trim_end().strip_suffix('"'));
        let field = field.and_then(|text| text.rsplit('"').next()).unwrap_or_default();
        if let Some(length) = text[start..].find("}\"")
            && NUMBERS.contains(&field)
        {
            unquoted.push_str(&text[copied..start]);
            unquoted.push_str(&text[start + 1..start + length + 1]);
            copied = start + length + 2;
        }
    }
    unquoted + &text[copied..]
}

/// Finds the member whose text begins with the placeholder. `Resource` goes before all others.
fn find<'a>(value: &'a Value, member: Option<&'a str>, placeholder: &str, found: &mut Option<&'a str>) {
    match value {
        Value::String(text) if text.starts_with(placeholder) && *found != Some("Resource") => {
            *found = member.or(*found)
        }
        Value::String(text) if is_operand(text, placeholder) => *found = Some(OPERAND),
        Value::Array(elements) => {
            for element in elements {
                find(element, member, placeholder, found);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                find(value, Some(name), placeholder, found);
            }
        }
        _ => {}
    }
}

/// Whether the placeholder stands in a JSONata expression for something else than a part of a text.
fn is_operand(text: &str, placeholder: &str) -> bool {
    let Some((before, _)) = text.strip_prefix("{%").and_then(|text| text.split_once(placeholder)) else { return false };
    ['\'', '"'].into_iter().all(|quote| before.matches(quote).count() % 2 == 0)
}

fn fitting(name: &str, member: Option<&str>) -> String {
    let word: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    // As CloudFormation (`AWS::AccountId`) and Terraform (`data.aws_caller_identity.current.account_id`) call them.
    let last = name.rsplit([':', '.']).next().unwrap_or(name).replace('_', "").to_lowercase();
    let known = match &*last {
        "accountid" => Some(ACCOUNT),
        "partition" => Some("aws"),
        "region" => Some(REGION),
        "urlsuffix" => Some("amazonaws.com"),
        _ => None,
    };
    match (known, member) {
        (_, Some(OPERAND)) => "true".to_owned(),
        (Some(value), _) => value.to_owned(),
        // It has to be less than a timeout.
        (None, Some("HeartbeatSeconds")) => "30".to_owned(),
        (None, Some(member)) if member == "N" || NUMBERS.contains(&member) => "60".to_owned(),
        (None, Some("Resource")) => format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{word}"),
        (None, Some("QueueUrl")) => format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{word}"),
        (None, Some("TopicArn")) => format!("arn:aws:sns:{REGION}:{ACCOUNT}:{word}"),
        (None, Some("StateMachineArn")) => format!("arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{word}"),
        (None, _) => word,
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_fits_its_place() {
        let text = r#"{"Resource": "${Fn.Arn}", "Parameters": {"QueueUrl": "${Queue}", "Table": "${Table}-x",
            "FunctionName": "${Fn.Arn}", "In": "arn:aws:s3:${AWS::Region}"}, "TimeoutSeconds" : "${Limit}",
            "Condition": "{% $exists($a) and ${IsOn} %}", "Output": "{% 'a ${Word}' %}"}"#;
        let names = ["Fn.Arn", "Queue", "Table", "AWS::Region", "Limit", "IsOn", "Word"].map(str::to_owned);
        let (filled, values) = fill(text, &names);
        assert_eq!(filled, text.replace("\"${Limit}\"", "${Limit}"));
        let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
        assert_eq!(
            values,
            [
                "arn:aws:lambda:us-east-1:123456789012:function:FnArn",
                "https://sqs.us-east-1.amazonaws.com/123456789012/Queue",
                "Table",
                "us-east-1",
                "60",
                "true",
                "Word",
            ]
        );
    }
}
