//! Base64 and hashes.

use std::borrow::Cow;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::Failure;

/// Padding is looked at before; leftover bits are dropped, as Java does.
const DECODER: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// `States.Base64Encode`: the string's UTF-8 in Base64.
///
/// AWS documents MIME's Base64 and does not say whether it breaks lines; published definitions put the result into
/// addresses, so lines are not broken.
///
/// # Errors
/// The argument is no string, or too long.
pub fn base64_encode(text: &Value) -> Result<Value, Failure> {
    let text = super::text("States.Base64Encode", 1, text)?;
    super::limited("States.Base64Encode", text)?;
    Ok(Value::String(base64::engine::general_purpose::STANDARD.encode(text)))
}

/// `States.Base64Decode`: the string whose UTF-8 was encoded. As in MIME, characters that mean nothing are skipped; the
/// padding may be missing. Bytes that are no UTF-8 become U+FFFD.
///
/// # Errors
/// The argument is no string, too long, or not Base64.
pub fn base64_decode(text: &Value) -> Result<Value, Failure> {
    let text = super::text("States.Base64Decode", 1, text)?;
    super::limited("States.Base64Decode", text)?;
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let symbols: Vec<u8> = text.bytes().filter(|byte| is_digit(byte) || *byte == b'=').collect();
    let digits = symbols.iter().take_while(|byte| is_digit(byte)).count();
    let (digits, padding) = symbols.split_at(digits);
    let padded = padding.is_empty() || ((digits.len() + padding.len()).is_multiple_of(4) && padding.len() <= 2);
    let bytes = DECODER.decode(digits).ok().filter(|_| padded && !padding.iter().any(is_digit));
    let bytes = bytes.ok_or_else(|| Failure::new("The argument of States.Base64Decode is not valid Base64"))?;
    Ok(Value::String(String::from_utf8_lossy(&bytes).into_owned()))
}

/// `States.Hash`: the hash of a string's UTF-8, or of the JSON text of another value, in hexadecimal.
///
/// # Errors
/// The text is too long, or the algorithm none of AWS's five.
pub fn hash(data: &Value, algorithm: &Value) -> Result<Value, Failure> {
    let text = match data {
        Value::String(text) => Cow::Borrowed(text.as_str()),
        other => Cow::Owned(other.to_string()),
    };
    super::limited("States.Hash", &text)?;
    match digest(super::text("States.Hash", 2, algorithm)?, text.as_bytes()) {
        Some(digest) => Ok(Value::String(digest)),
        None => {
            let known = "one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512";
            Err(Failure::wrong_type("States.Hash", 2, known, algorithm))
        }
    }
}

/// The hash of bytes in hexadecimal, by one of AWS's five algorithms; none of another.
pub fn digest(algorithm: &str, bytes: &[u8]) -> Option<String> {
    Some(match algorithm {
        "MD5" => hexadecimal(&md5::compute(bytes).0),
        "SHA-1" => hexadecimal(&sha1_smol::Sha1::from(bytes).digest().bytes()),
        "SHA-256" => hexadecimal(&hmac_sha256::Hash::hash(bytes)),
        "SHA-384" => hexadecimal(&hmac_sha512::sha384::Hash::hash(bytes)),
        "SHA-512" => hexadecimal(&hmac_sha512::Hash::hash(bytes)),
        _ => return None,
    })
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn base64_is_written_on_one_line() {
        let encode = |text: &str| base64_encode(&json!(text));
        check(encode(""), r#""""#);
        check(encode("Data to encode"), r#""RGF0YSB0byBlbmNvZGU=""#);
        check(encode("é?>"), r#""w6k/Pg==""#);
        assert_eq!(encode(&"a".repeat(600)).unwrap().as_str().map(str::len), Some(800));
        assert_eq!(encode(&"é".repeat(10_000)).unwrap().as_str().map(str::len), Some(26_668));
        check(encode(&"é".repeat(10_001)), "The argument of States.Base64Encode has more than 10000 characters");
        check(base64_encode(&json!(1)), "Argument 1 of States.Base64Encode must be a string, found: 1");
    }

    #[test]
    fn base64_is_read_as_mime_does() {
        let decode = |text: &str| base64_decode(&json!(text));
        check(decode(""), r#""""#);
        check(decode("RGF0YSB0byBlbmNvZGU="), r#""Data to encode""#);
        check(decode("RGF0YSB0\r\nbyBlbmNvZGU"), r#""Data to encode""#);
        check(decode("w6k/Pg=="), r#""é?>""#);
        check(decode("/w=="), "\"\u{FFFD}\"");
        for wrong in ["A", "QQ=", "QQ==QQ==", "QQ===", "="] {
            check(decode(wrong), "The argument of States.Base64Decode is not valid Base64");
        }
    }

    #[test]
    fn hashes() {
        let hash = |data: Value, algorithm: &str| super::hash(&data, &json!(algorithm));
        check(hash(json!("input data"), "MD5"), r#""812f45842bc6d66ee14572ce20db8e86""#);
        check(hash(json!("input data"), "SHA-1"), r#""aaff4a450a104cd177d28d18d74485e8cae074b7""#);
        // FIPS 180-2, appendices B to D.
        check(hash(json!("abc"), "SHA-256"), r#""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad""#);
        check(
            hash(json!("abc"), "SHA-384"),
            r#""cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7""#,
        );
        check(
            hash(json!("abc"), "SHA-512"),
            r#""ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f""#,
        );
        assert_eq!(hash(json!({"a": 1}), "MD5"), hash(json!(r#"{"a":1}"#), "MD5"));
        check(
            hash(json!(""), "sha-1"),
            r#"Argument 2 of States.Hash must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512, found: "sha-1""#,
        );
        check(hash(json!("a".repeat(10_001)), "MD5"), "The argument of States.Hash has more than 10000 characters");
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text: String) {
            let encoded = base64_encode(&json!(text)).unwrap();
            prop_assert_eq!(base64_decode(&encoded).unwrap(), json!(text));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = base64_decode(&json!(text));
        }
    }
}
