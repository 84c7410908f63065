use super::*;

fn check(value: f64, picture: &str, expected: &str) {
    assert_eq!(Picture::parse(picture).and_then(|picture| picture.format(value)).unwrap(), expected, "{picture}");
}

fn check_read(text: &str, picture: &str, expected: f64) {
    let read = Picture::parse(picture).and_then(|picture| picture.read(text)).unwrap();
    assert!(read == expected || (read.is_nan() && expected.is_nan()), "{text} {picture}: {read}");
}

#[test]
fn digits_are_padded_and_grouped() {
    check(7.0, "000", "007");
    check(-12.6, "0", "-13");
    check(1_234_567.0, "#,##0", "1,234,567");
    check(1_234_567_890.0, "#:###,##0", "1234:567,890");
    check(12.0, "###\u{661}", "\u{661}\u{662}");
    check(1e21, "0", "1e+21");
    check(12.0, "#:###,##0", ",:12");
}

#[test]
fn ordinals_have_a_suffix() {
    for (value, expected) in [(1.0, "1st"), (2.0, "2nd"), (3.0, "3rd"), (4.0, "4th"), (11.0, "11th"), (121.0, "121st")]
    {
        check(value, "0;o", expected);
        check_read(expected, "0;o", value);
    }
    check(80.0, "w;o", "eightieth");
    check(1_000_000.0, "Ww;o", "One Millionth");
}

#[test]
fn numerals_and_letters_are_read_as_they_are_written() {
    for value in 1..4000 {
        for picture in ["I", "i", "A", "a", "w", "W", "Ww", "w;o", "0", "#,##0", "0;o"] {
            let picture = Picture::parse(picture).unwrap();
            let text = picture.format(f64::from(value)).unwrap();
            assert!((picture.read(&text).unwrap() - f64::from(value)).abs() < f64::EPSILON, "{text}");
        }
    }
    check(0.0, "I", "");
    check_read("MIM", "I", 1999.0);
    check_read("mcm", "I", f64::NAN);
}

#[test]
fn words_go_beyond_trillions() {
    check(1e46, "w", "ten billion trillion trillion trillion");
    check_read("ten billion trillion trillion trillion", "w", 1e46);
    check_read("one hundred foo", "w", f64::NAN);
}

#[test]
fn what_is_not_known_is_refused() {
    for (picture, code) in [("#", "D3130"), ("\u{3b1}", "D3130"), ("", "D3130"), ("0\u{661}", "D3131")] {
        assert_eq!(Picture::parse(picture).map_err(|error| error.code()), Err(code), "{picture}");
    }
    for value in [1e300, f64::INFINITY] {
        assert_eq!(Picture::parse("I").unwrap().format(value).map_err(|error| error.code()), Err("U1001"));
    }
}
