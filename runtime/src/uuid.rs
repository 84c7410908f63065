//! UUIDs, for the names of executions and for `States.UUID`.

/// A UUID of version 4. It tells things apart and keeps no secret, so a plain generator does.
pub(crate) fn uuid() -> String {
    version_4(fastrand::u128(..))
}

/// The UUID of version 4 that is made of these random bits.
pub(crate) fn version_4(random: u128) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let random = (random & !(0xF << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let mut text = String::with_capacity(36);
    for place in 0..32 {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let digit = (random >> (124 - 4 * place)) & 0xF;
        text.push(char::from(HEX[digit as usize]));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_of_version_4() {
        for _ in 0..100 {
            let text = uuid();
            let bytes = text.as_bytes();
            assert_eq!(bytes.len(), 36);
            let is_in_place = |(place, byte): (usize, &u8)| match place {
                8 | 13 | 18 | 23 => *byte == b'-',
                14 => *byte == b'4',
                19 => b"89ab".contains(byte),
                _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(byte),
            };
            assert!(bytes.iter().enumerate().all(is_in_place), "{text}");
        }
        assert_ne!(uuid(), uuid());
    }
}
