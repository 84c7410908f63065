//! Answers and errors in the shape that Step Functions gives them.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use super::super::answer::{self, Http};
use super::super::failure::{Names, Response};
use crate::error::Error;
use crate::uuid::uuid;

/// The length of the answer that AWS sends.
pub(super) enum Body {
    /// The members as JSON; DynamoDB.
    DynamoDb,
    /// The members as JSON; SQS.
    Json,
    /// XML of this length; SNS.
    Xml(usize),
}

/// The error of the service, as an answer with a request id of its own.
pub(super) fn error(names: &Names, status: u16, code: &str, message: &str) -> Error {
    names.error(&Response { message, status, code, request_id: &uuid() })
}

/// The answer with these members. Headers as recorded on AWS.
pub(super) fn answer(names: &Names, body: &Body, members: Vec<(&'static str, Value)>) -> Value {
    let id = uuid();
    let (text, content_type) = match body {
        Body::DynamoDb | Body::Json => {
            let members: Map<_, _> = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            (Value::Object(members).to_string(), "application/x-amz-json-1.0")
        }
        Body::Xml(_) => (String::new(), "text/xml"),
    };
    let length = if let Body::Xml(length) = body { *length } else { text.len() };
    let mut headers = vec![
        ("x-amzn-requestid", id.clone()),
        ("connection", "keep-alive".to_owned()),
        ("content-length", length.to_string()),
        ("date", http_date(SystemTime::now())),
        ("content-type", content_type.to_owned()),
    ];
    if matches!(body, Body::DynamoDb) {
        headers.push(("server", "Server".to_owned()));
        headers.push(("x-amz-crc32", crc32(text.as_bytes()).to_string()));
    }
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    answer::answer(names, &Http { status: 200, headers }, Some(&id), members)
}

/// CRC-32 as of ISO 3309, which DynamoDB sends of each answer.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

/// As `Fri, 08 May 2020 17:35:22 GMT`. RFC 9110, section 5.6.7.
pub(super) fn http_date(time: SystemTime) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86400, seconds % 86400);
    // Years count from March, so that the leap day comes last.
    let shifted = days + 719_468;
    let of_era = shifted % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 2 } else { month - 10 };
    let year = year + shifted / 146_097 * 400 + u64::from(month < 2);
    format!(
        "{}, {day:02} {} {year} {:02}:{:02}:{:02} GMT",
        DAYS[(days % 7) as usize],
        MONTHS[month as usize],
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::{Value, json};

    use super::super::super::dynamodb::NAMES;
    use super::{Body, answer, crc32, http_date};

    #[test]
    fn dates() {
        for (seconds, date) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_588_959_322, "Fri, 08 May 2020 17:35:22 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] {
            assert_eq!(http_date(UNIX_EPOCH + Duration::from_secs(seconds)), date);
        }
    }

    /// Recorded on AWS: the empty answer of an update.
    #[test]
    fn checksums() {
        assert_eq!(crc32(b"{}"), 2_745_614_147);
    }

    #[test]
    fn members_come_in_the_order_that_aws_gives() {
        let order = |value: &Value| -> Vec<String> {
            value.as_object().map(|members| members.keys().cloned().collect()).unwrap_or_default()
        };
        let answer =
            answer(&NAMES, &Body::DynamoDb, vec![("Item", json!({"data": {"S": "HelloWorld"}, "id": {"S": "id1"}}))]);
        assert_eq!(order(&answer), ["Item", "SdkHttpMetadata", "SdkResponseMetadata"]);
        let http = &answer["SdkHttpMetadata"];
        assert_eq!(
            order(&http["AllHttpHeaders"]),
            ["Server", "Connection", "x-amzn-RequestId", "x-amz-crc32", "Content-Length", "Date", "Content-Type"]
        );
        assert_eq!(
            order(&http["HttpHeaders"]),
            ["Connection", "Content-Length", "Content-Type", "Date", "Server", "x-amz-crc32", "x-amzn-RequestId"]
        );
        assert_eq!(http["HttpHeaders"]["Content-Length"], "53");
        assert_eq!(http["HttpHeaders"]["x-amzn-RequestId"], answer["SdkResponseMetadata"]["RequestId"]);
    }
}
