//! Functions of strings.

use serde_json::Value;

use super::Failure;

/// `States.StringSplit`: the pieces between the separators, without the empty ones. Every character of the second
/// argument is a separator.
///
/// # Errors
/// An argument is no string.
pub fn string_split(text: &Value, separators: &Value) -> Result<Value, Failure> {
    let text = super::text("States.StringSplit", 1, text)?;
    let separators = super::text("States.StringSplit", 2, separators)?;
    let pieces = text.split(|character| separators.contains(character));
    Ok(pieces.filter(|piece| !piece.is_empty()).map(Value::from).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn split_takes_a_set_of_characters() {
        let split = |text: Value, separators: Value| string_split(&text, &separators);
        check(split(json!("This.is+a,test=string"), json!(".+,=")), r#"["This","is","a","test","string"]"#);
        check(split(json!(",,,,"), json!(",")), "[]");
        check(split(json!(", , ,"), json!(",")), r#"[" "," "]"#);
        check(split(json!("AWS::S3::Bucket"), json!("::")), r#"["AWS","S3","Bucket"]"#);
        check(split(json!("a b"), json!("")), r#"["a b"]"#);
        check(split(json!("aéb"), json!("é")), r#"["a","b"]"#);
        check(split(json!(1), json!(",")), "Argument 1 of States.StringSplit must be a string, found: 1");
        check(split(json!("a"), json!([","])), r#"Argument 2 of States.StringSplit must be a string, found: [","]"#);
    }
}
