//! Base64 and addresses.

use base64::Engine as _;

use super::argument::{error, quoted, refuse, string as text_of};
use super::{BuiltIn, Evaluation, Result, Value, text};

/// `$base64encode(str)`: of the low byte of each of its UTF-16 units, which JSONata documents for characters up to U+00FF.
///
/// # Errors
/// `T0410`
pub fn base64_encode<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Base64Encode, value, |text| {
        let bytes: Vec<u8> = text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect();
        Some(base64::engine::general_purpose::STANDARD.encode(bytes))
    })
}

/// `$base64decode(str)`: each byte becomes a character. What is no Base64 is passed over, and it ends at the padding.
///
/// # Errors
/// `T0410`
pub fn base64_decode<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::Base64Decode, value, |text| {
        let mut decoded = String::with_capacity(text.len());
        let (mut bits, mut count) = (0_u32, 0);
        for byte in text.bytes().take_while(|byte| *byte != b'=') {
            let Some(digit) = base64_digit(byte) else { continue };
            bits = (bits << 6) | digit;
            count += 6;
            if count >= 8 {
                count -= 8;
                decoded.push(char::from((bits >> count) as u8));
            }
        }
        Some(decoded)
    })
}

/// The value of a digit of Base64, in either of its alphabets.
fn base64_digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

/// What an encoded component keeps beside letters and digits.
const UNRESERVED: &[u8] = b"-_.!~*'()";
/// What an encoded address keeps beside these. A decoded one keeps their escapes.
const RESERVED: &[u8] = b";/?:@&=+$,#";

/// `$encodeUrlComponent(str)`
///
/// # Errors
/// `T0410`
pub fn encode_url_component<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::EncodeUrlComponent, value, |text| Some(encoded(text, b"")))
}

/// `$encodeUrl(str)`
///
/// # Errors
/// `T0410`
pub fn encode_url<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::EncodeUrl, value, |text| Some(encoded(text, RESERVED)))
}

/// `$decodeUrlComponent(str)`
///
/// # Errors
/// `D3140`: an escape that is none. `T0410`.
pub fn decode_url_component<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::DecodeUrlComponent, value, |text| decoded(text, b""))
}

/// `$decodeUrl(str)`
///
/// # Errors
/// `D3140`: an escape that is none. `T0410`.
pub fn decode_url<'a>(evaluation: &Evaluation<'a>, value: &Value<'a>) -> Result<Value<'a>> {
    changed(evaluation, BuiltIn::DecodeUrl, value, |text| decoded(text, RESERVED))
}

fn changed<'a>(
    evaluation: &Evaluation<'a>,
    function: BuiltIn,
    value: &Value<'a>,
    change: fn(&str) -> Option<String>,
) -> Result<Value<'a>> {
    match text_of(value) {
        Ok(None) => Ok(Value::Undefined),
        Ok(Some(old)) => match change(old) {
            Some(new) => text(evaluation, new),
            None => Err(error("D3140", function).other(function.name()).value(quoted(old))),
        },
        Err(_) => refuse(evaluation, function, &Value::Undefined, &[value]),
    }
}

fn encoded(text: &str, kept: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 0xF] {
                encoded.push(char::from(HEX[usize::from(digit)]));
            }
        }
    }
    encoded
}

/// The text without its escapes, but for those of ASCII characters in `kept`. None when an escape is none, or no UTF-8.
fn decoded(text: &str, kept: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        if *byte != b'%' {
            decoded.push(*byte);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        let escaped = digits
            .iter()
            .try_fold(0, |value, digit| char::from(*digit).to_digit(16).map(|digit| value * 16 + digit))?;
        let escaped = u8::try_from(escaped).ok()?;
        rest = behind;
        if kept.contains(&escaped) {
            decoded.push(b'%');
            decoded.extend_from_slice(digits);
        } else {
            decoded.push(escaped);
        }
    }
    // What was not escaped is UTF-8, so that only a wrong escape is not.
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::check;

    #[test]
    fn base64() {
        check("base64encode", &json!(["hello"]), r#""aGVsbG8=""#);
        check("base64encode", &json!(["héé€"]), r#""aOnprA==""#);
        check("base64decode", &json!(["aGVsbG8="]), r#""hello""#);
        check("base64decode", &json!(["aGVs\nbG8-_w==zz"]), r#""hello>ÿ""#);
        check("base64decode", &json!(["a"]), r#""""#);
    }

    #[test]
    fn addresses() {
        let address = "http://x/é?q=a b&c#d%'";
        check("encodeUrl", &json!([address]), r#""http://x/%C3%A9?q=a%20b&c#d%25'""#);
        check("encodeUrlComponent", &json!([address]), r#""http%3A%2F%2Fx%2F%C3%A9%3Fq%3Da%20b%26c%23d%25'""#);
        check("decodeUrl", &json!(["a%2Fb%20%c3%a9"]), r#""a%2Fb é""#);
        check("decodeUrlComponent", &json!(["a%2Fb%20%c3%a9"]), r#""a/b é""#);
        for wrong in ["%", "%4", "%zz", "%E9", "%C3é"] {
            check("decodeUrl", &json!([wrong]), &format!("D3140: Malformed URL passed to $decodeUrl(): \"{wrong}\""));
        }
    }
}
