//! What is said of expressions and attribute values: for each case the report that `testing::report` writes.

use super::check as checks;
use crate::check::service::testing::report;

#[track_caller]
fn check(action: &str, parameters: &str, expected: &str) {
    let found = report(checks, &format!("arn:aws:states:::dynamodb:{action}"), Some(parameters));
    assert_eq!(found.trim(), expected.trim(), "\n{found}");
}

#[test]
fn updates() {
    check(
        "updateItem",
        r#"{"TableName": "t", "Key": {"id": {"S.$": "$.id"}}, "UpdateExpression": "SET status = :s", "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
        r##"
ASL1002 status /States/X/Parameters/UpdateExpression: `status` in `UpdateExpression` of state `X` is a reserved word of DynamoDB
  use a placeholder and define it: {"TableName": "t", "Key": {"id": {"S.$": "$.id"}}, "UpdateExpression": "SET #status = :s", "ExpressionAttributeNames": {"#status": "status"}, "ExpressionAttributeValues": {":s": {"S": "x"}}}
"##,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET status = :s, a.name = if_not_exists(name, :s)", "ConditionExpression": "attribute_exists(year) AND size(status) > :s", "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
        r##"
ASL1002 status /States/X/Parameters/UpdateExpression: `status` and `name` in `UpdateExpression` of state `X` are reserved words of DynamoDB
  use a placeholder and define it: {"UpdateExpression": "SET #status = :s, a.#name = if_not_exists(#name, :s)", "ExpressionAttributeNames": {"#status": "status", "#name": "name", "#year": "year"}, "ConditionExpression": "attribute_exists(year) AND size(status) > :s", "ExpressionAttributeValues": {":s": {"S": "x"}}}
ASL1002 year /States/X/Parameters/ConditionExpression: `year` and `status` in `ConditionExpression` of state `X` are reserved words of DynamoDB
  use a placeholder here too: {"UpdateExpression": "SET status = :s, a.name = if_not_exists(name, :s)", "ConditionExpression": "attribute_exists(#year) AND size(#status) > :s", "ExpressionAttributeValues": {":s": {"S": "x"}}}
"##,
    );
    check(
        "updateItem",
        r##"{"UpdateExpression": "SET #n = :s, status = :s", "ExpressionAttributeNames": {"#n": "name", "#status": "other"}, "ExpressionAttributeValues": {":s": {"S": "x"}}}"##,
        r##"
ASL1002 status /States/X/Parameters/UpdateExpression: `status` in `UpdateExpression` of state `X` is a reserved word of DynamoDB
  use a placeholder, and add `"#status2": "status"` to `ExpressionAttributeNames`: {"UpdateExpression": "SET #n = :s, #status2 = :s", "ExpressionAttributeNames": {"#n": "name", "#status": "other"}, "ExpressionAttributeValues": {":s": {"S": "x"}}}
ASL1004 "#status" /States/X/Parameters/ExpressionAttributeNames: `#status` of `ExpressionAttributeNames` of state `X` is used in no expression
  delete it, or use it
"##,
    );
    check(
        "updateItem",
        r##"{"UpdateExpression": "SET #s = :s REMOVE status.x", "ExpressionAttributeNames": {"#s": "status"}, "ExpressionAttributeValues.$": "$.v"}"##,
        r##"
ASL1002 status /States/X/Parameters/UpdateExpression: `status` in `UpdateExpression` of state `X` is a reserved word of DynamoDB
  use the placeholder that is defined for it: {"UpdateExpression": "SET #s = :s REMOVE #s.x", "ExpressionAttributeNames": {"#s": "status"}, "ExpressionAttributeValues.$": "$.v"}
ASL1009 status.x /States/X/Parameters/UpdateExpression: DynamoDB refuses `UpdateExpression` of state `X`: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [status], path two: [status, x]
"##,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = = :s", "ExpressionAttributeValues": {":s": {"S": "x"}, ":t": {"S": "x"}}}"#,
        r#"
ASL1001 = /States/X/Parameters/UpdateExpression: DynamoDB refuses `UpdateExpression` of state `X`: Syntax error; token: "=", near: "= = :s"
"#,
    );
    check(
        "updateItem",
        r##"{"UpdateExpression": "SET #CsvUrl = :fileRef", "ExpressionAttributeNames": {"#errorCsvUrl": "x"}, "ExpressionAttributeValues": {":fileRef": {"S.$": "$.x"}}}"##,
        r##"
ASL1003 #CsvUrl /States/X/Parameters/UpdateExpression: `#CsvUrl` in `UpdateExpression` of state `X` is not defined
  did you mean: {"UpdateExpression": "SET #errorCsvUrl = :fileRef", "ExpressionAttributeNames": {"#errorCsvUrl": "x"}, "ExpressionAttributeValues": {":fileRef": {"S.$": "$.x"}}}
"##,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = :vale", "ExpressionAttributeValues": {":value": {"S": "x"}}}"#,
        r#"
ASL1003 :vale /States/X/Parameters/UpdateExpression: `:vale` in `UpdateExpression` of state `X` is not defined
  did you mean: {"UpdateExpression": "SET a = :value", "ExpressionAttributeValues": {":value": {"S": "x"}}}
"#,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = :v"}"#,
        r#"
ASL1003 :v /States/X/Parameters/UpdateExpression: `:v` in `UpdateExpression` of state `X` is not defined
  add `"ExpressionAttributeValues": {":v": {"S": "text"}}`
"#,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET #a = :v", "ExpressionAttributeValues": {":v": {"S": "x"}, ":w": {"N": "1"}}}"#,
        r##"
ASL1003 #a /States/X/Parameters/UpdateExpression: `#a` in `UpdateExpression` of state `X` is not defined
  add `"ExpressionAttributeNames": {"#a": "name of the attribute"}`
ASL1004 ":w" /States/X/Parameters/ExpressionAttributeValues: `:w` of `ExpressionAttributeValues` of state `X` is used in no expression
  delete it, or use it
"##,
    );
    check("updateItem", r#"{"UpdateExpression.$": "$.u", "ExpressionAttributeValues": {":v": {"S": "x"}}}"#, "");
    check(
        "updateItem",
        r#"{"UpdateExpression": "REMOVE a", "ExpressionAttributeValues": {}, "ExpressionAttributeNames": {}}"#,
        r#"
ASL1005 {} /States/X/Parameters/ExpressionAttributeNames: `ExpressionAttributeNames` of state `X` is empty
  leave `ExpressionAttributeNames` out
ASL1005 {} /States/X/Parameters/ExpressionAttributeValues: `ExpressionAttributeValues` of state `X` is empty
  leave `ExpressionAttributeValues` out
"#,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = :v", "ExpressionAttributeValues": {"v": {"S": "x"}}}"#,
        r#"
ASL1001 "v" /States/X/Parameters/ExpressionAttributeValues: `v` of `ExpressionAttributeValues` of state `X` is no placeholder
  did you mean: {"UpdateExpression": "SET a = :v", "ExpressionAttributeValues": {":v": {"S": "x"}}}
"#,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = :v, a.b = :v ADD c :v", "ExpressionAttributeValues": {":v": {"S": "x"}}}"#,
        r#"
ASL1009 a.b /States/X/Parameters/UpdateExpression: DynamoDB refuses `UpdateExpression` of state `X`: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]
ASL1008 :v /States/X/Parameters/UpdateExpression: DynamoDB refuses `UpdateExpression` of state `X`: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND
"#,
    );
    check(
        "updateItem",
        r##"{"Key": {"id": {"S.$": "$.id"}}, "UpdateExpression": "SET #i = :v", "ExpressionAttributeNames": {"#i": "id"}, "ExpressionAttributeValues": {":v": {"S": "x"}}}"##,
        r#"
ASL1010 #i /States/X/Parameters/UpdateExpression: `UpdateExpression` of state `X` changes `id`, which is part of the key
  delete the item and put a new one to change its key
"#,
    );
    check(
        "updateItem",
        r#"{"UpdateExpression": "SET a = :v", "AttributeUpdates": {"a": {"Action": "PUT", "Value": {"s": "x"}}}, "Expected.$": "$.e", "ExpressionAttributeValues": {":v": {"S": "x"}}}"#,
        r#"
ASL1007 "s" /States/X/Parameters/AttributeUpdates/a/Value: `s` in `AttributeUpdates.a.Value` of state `X` is no type of an attribute value
  did you mean: {"UpdateExpression": "SET a = :v", "AttributeUpdates": {"a": {"Action": "PUT", "Value": {"S": "x"}}}, "Expected.$": "$.e", "ExpressionAttributeValues": {":v": {"S": "x"}}}
ASL1006 "AttributeUpdates" /States/X/Parameters/AttributeUpdates: `AttributeUpdates` and `UpdateExpression` of state `X` exclude each other
  say it in an expression, and delete this
ASL1006 "Expected.$" /States/X/Parameters/Expected.$: `Expected` and `UpdateExpression` of state `X` exclude each other
  say it in an expression, and delete this
"#,
    );
}

#[test]
fn items() {
    check(
        "putItem",
        r#"{"Item": {"a": "text", "b": 5, "c": true, "d": [], "e": {}, "f": {"S": "x", "N": "1"}, "g": {"name": {"S": "x"}}, "h": {"s": "x"}, "i": {"String": "x"}, "j": {"x": "y", "z": "w"}}}"#,
        r#"
ASL1007 5 /States/X/Parameters/Item/b: `Item.b` of state `X` is a number, not an attribute value
  name its type: {"Item": {"a": "text", "b": {"N": "5"}, "c": true, "d": [], "e": {}, "f": {"S": "x", "N": "1"}, "g": {"name": {"S": "x"}}, "h": {"s": "x"}, "i": {"String": "x"}, "j": {"x": "y", "z": "w"}}}
ASL1007 true /States/X/Parameters/Item/c: `Item.c` of state `X` is a boolean, not an attribute value
  name its type: {"Item": {"a": "text", "b": 5, "c": {"BOOL": true}, "d": [], "e": {}, "f": {"S": "x", "N": "1"}, "g": {"name": {"S": "x"}}, "h": {"s": "x"}, "i": {"String": "x"}, "j": {"x": "y", "z": "w"}}}
ASL1007 [] /States/X/Parameters/Item/d: `Item.d` of state `X` is an array, not an attribute value
  name its type, as in `{"S": "text"}`
ASL1007 {} /States/X/Parameters/Item/e: `Item.e` of state `X` names no type
  name its type, as in `{"S": "text"}`
ASL1007 "N" /States/X/Parameters/Item/f: `Item.f` of state `X` has 2 types, and takes exactly one
  keep one of them
ASL1007 "name" /States/X/Parameters/Item/g: `name` in `Item.g` of state `X` is no type of an attribute value
  the types are `S`, `N`, `B`, `SS`, `NS`, `BS`, `M`, `L`, `NULL`, `BOOL`
ASL1007 "s" /States/X/Parameters/Item/h: `s` in `Item.h` of state `X` is no type of an attribute value
  did you mean: {"Item": {"a": "text", "b": 5, "c": true, "d": [], "e": {}, "f": {"S": "x", "N": "1"}, "g": {"name": {"S": "x"}}, "h": {"S": "x"}, "i": {"String": "x"}, "j": {"x": "y", "z": "w"}}}
ASL1007 "String" /States/X/Parameters/Item/i: `String` in `Item.i` of state `X` is no type of an attribute value
  did you mean: {"Item": {"a": "text", "b": 5, "c": true, "d": [], "e": {}, "f": {"S": "x", "N": "1"}, "g": {"name": {"S": "x"}}, "h": {"s": "x"}, "i": {"S": "x"}, "j": {"x": "y", "z": "w"}}}
ASL1007 "x" /States/X/Parameters/Item/j: `Item.j` of state `X` names no type
  write a map as `{"M": {…}}`, with the type of each member: `{"M": {"name": {"S": "text"}}}`
"#,
    );
    check(
        "putItem",
        r#"{"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}"#,
        r#"
ASL1011 5 /States/X/Parameters/Item/a/N: `Item.a.N` of state `X` is a number, and takes a string
  write it as a string: {"Item": {"a": {"N": "5"}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}
ASL1007 "five" /States/X/Parameters/Item/b/N: `Item.b.N` of state `X` is `five`, which DynamoDB does not take: The parameter cannot be converted to a numeric value
  write a number with up to 38 digits
ASL1007 "true" /States/X/Parameters/Item/c/BOOL: `Item.c.BOOL` of state `X` is a string, and takes a boolean
  write a boolean: {"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": true}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}
ASL1007 false /States/X/Parameters/Item/d/NULL: `Item.d.NULL` of state `X` can only be `true`
  write `true`: {"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": true}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}
ASL1007 [] /States/X/Parameters/Item/e/SS: `Item.e.SS` of state `X` is empty, and a set has one element or more
  leave the attribute out
ASL1007 "1.0" /States/X/Parameters/Item/f/NS[1]: `Item.f.NS[1]` of state `X` is in the set already
  delete one of them
ASL1011 2 /States/X/Parameters/Item/f/NS[2]: `Item.f.NS[2]` of state `X` is a number, and takes a string
  write it as a string: {"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", "2"]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}
ASL1007 "s.$" /States/X/Parameters/Item/h/M/x: `s` in `Item.h.M.x` of state `X` is no type of an attribute value
  did you mean: {"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"S.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": 7}}}
ASL1007 {"a": 1} /States/X/Parameters/Item/i/S: `Item.i.S` of state `X` is an object, and takes a string
ASL1007 "x" /States/X/Parameters/Item/j/L: `Item.j.L` of state `X` is a string, and takes an array
ASL1011 7 /States/X/Parameters/Item/k/S: `Item.k.S` of state `X` is a number, and takes a string
  write it as a string: {"Item": {"a": {"N": 5}, "b": {"N": "five"}, "c": {"BOOL": "true"}, "d": {"NULL": false}, "e": {"SS": []}, "f": {"NS": ["1", "1.0", 2]}, "g": {"L": [{"S": "x"}, "y"]}, "h": {"M": {"x": {"s.$": "$.x"}}}, "i": {"S": {"a": 1}}, "j": {"L": "x"}, "k": {"S": "7"}}}
"#,
    );
    check(
        "putItem",
        r#"{"Item": {"a": {"N.$": "$.n"}, "b": {"L.$": "$.l"}, "c.$": "$.c", "d": {"M": {"x": {"L": [{"S.$": "$.x"}]}}}, "e": {"SS": ["a", "b"]}, "f": {"S": "x", "N": null}, "g": {"NULL": true}, "h": {"B": "eA=="}}}"#,
        "",
    );
    check(
        "putItem",
        r#"{"Item.$": "$", "ConditionExpression": "attribute_not_exists(order)"}"#,
        r##"
ASL1002 order /States/X/Parameters/ConditionExpression: `order` in `ConditionExpression` of state `X` is a reserved word of DynamoDB
  use a placeholder and define it: {"Item.$": "$", "ConditionExpression": "attribute_not_exists(#order)", "ExpressionAttributeNames": {"#order": "order"}}
"##,
    );
}

#[test]
fn projections() {
    check(
        "getItem",
        r#"{"Key": {"id": {"S": "1"}}, "ProjectionExpression": "id, name"}"#,
        r##"
ASL1002 name /States/X/Parameters/ProjectionExpression: `name` in `ProjectionExpression` of state `X` is a reserved word of DynamoDB
  use a placeholder and define it: {"Key": {"id": {"S": "1"}}, "ProjectionExpression": "id, #name", "ExpressionAttributeNames": {"#name": "name"}}
"##,
    );
    check(
        "getItem",
        r#"{"AttributesToGet": ["a"], "ProjectionExpression": "id"}"#,
        r#"
ASL1006 "AttributesToGet" /States/X/Parameters/AttributesToGet: `AttributesToGet` and `ProjectionExpression` of state `X` exclude each other
  say it in an expression, and delete this
"#,
    );
    check(
        "getItem",
        r##"{"ExpressionAttributeNames": {"#a": "a"}}"##,
        r##"
ASL1004 "#a" /States/X/Parameters/ExpressionAttributeNames: `#a` of `ExpressionAttributeNames` of state `X` is used in no expression
  delete it, or use it
"##,
    );
}
