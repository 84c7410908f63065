use super::*;

/// 2018-03-23T10:33:36.617Z, a Friday.
const TIME: i64 = 1_521_801_216_617;

fn check(millis: i64, picture: &str, offset: &str, expected: &str) {
    let picture = Picture::parse(picture).unwrap();
    assert_eq!(picture.format(millis, Offset::parse(offset)).as_deref(), Ok(expected));
}

fn check_read(text: &str, picture: &str, expected: Option<&str>) {
    let read = Picture::parse(picture).unwrap().read(text, TIME).unwrap();
    assert_eq!(read.map(|millis| iso(millis as i64)).as_deref(), expected, "{text} {picture}");
}

fn check_error<T: std::fmt::Debug>(result: Result<T, Error>, code: &'static str, value: &str) {
    assert_eq!(result.map(|_| ()), Err(Error::new(code).value(value)));
}

#[test]
fn each_component_is_shown() {
    for (picture, expected) in [
        ("[Y] [M] [D] [d] [F] [W] [w] [X] [x]", "2018 3 23 82 friday 12 4 2018 3"),
        ("[H] [h] [P] [m] [s] [f] [Z] [z] [C] [E]", "10 10 am 33 36 617 +00:00 GMT+00:00 iso iso"),
        ("[MNn] [MN] [Mn] [MNn,3-3] [FNn] [PN]", "March MARCH march Mar Friday AM"),
        ("[D1o] [Dwo] [YI] [MA] [Y,2-2] [Y9,999,*]", "23rd twenty-third MMXVIII C 18 2,018"),
        ("[[[Y0001]]]", "[2018]"),
        ("[ Y 0001 ]", "2018"),
    ] {
        check(TIME, picture, "0000", &expected.replace("iso", "ISO"));
    }
}

#[test]
fn time_zones_are_shown() {
    check(TIME, "[H01]:[m01] [Z] [Z0] [z] [Z0001] [Z01:01t]", "+0530", "16:03 +05:30 +5:30 GMT+05:30 +0530 +05:30");
    check(TIME, "[H01]:[m01] [Z01:01t] [Z0]", "0000", "10:33 Z +0");
    // The hours are rounded down.
    check(TIME, "[H01]:[m01] [Z] [Z0]", "-0530", "04:03 -06:30 -6:-30");
    check(TIME, "[Y] [Z]", "abc", "NaN 0N:aN");
}

#[test]
fn weeks_begin_on_monday_and_belong_to_the_year_of_their_thursday() {
    for (date, expected) in [
        ("2005-01-01", "2004-W53-6"),
        ("2005-01-02", "2004-W53-7"),
        ("2005-12-31", "2005-W52-6"),
        ("2007-01-01", "2007-W01-1"),
        ("2007-12-31", "2008-W01-1"),
        ("2010-01-03", "2009-W53-7"),
    ] {
        check(parse_iso(date).unwrap() as i64, "[X0001]-W[W01]-[F1]", "0000", expected);
    }
}

#[test]
fn a_time_is_read_in_many_ways() {
    for (text, picture, expected) in [
        ("2018-03-27T14:03:00.12", "[Y]-[M]-[D]T[H]:[m]:[s].[f]", "2018-03-27T14:03:00.120Z"),
        ("20240101123849", "[Y0001][M01][D01][H01][m01][s01]", "2024-01-01T12:38:49.000Z"),
        ("Friday, the 27th of April, 2008", "[FNn], the [D1o] of [MNn], [Y]", "2008-04-27T00:00:00.000Z"),
        ("twenty-first August two thousand and seventeen", "[Dw] [MNn] [Yw]", "2017-08-21T00:00:00.000Z"),
        ("4/4/2018 12:06 am", "[D1]/[M1]/[Y0001] [h]:[m] [P]", "2018-04-04T00:06:00.000Z"),
        ("4/4/2018 12:06 pm", "[D1]/[M1]/[Y0001] [h]:[m] [P]", "2018-04-04T12:06:00.000Z"),
        ("2018-094", "[Y0001]-[d001]", "2018-04-04T00:00:00.000Z"),
        ("2020-09-09 08:00 +0530", "[Y]-[M]-[D] [H]:[m] [Z0001]", "2020-09-09T02:30:00.000Z"),
        ("2020-09-09 08:00 GMT+2", "[Y]-[M]-[D] [H]:[m] [z0]", "2020-09-09T06:00:00.000Z"),
    ] {
        check_read(text, picture, Some(expected));
    }
}

#[test]
fn what_is_missing_is_the_present_or_zero() {
    check_read("13:45", "[H]:[m]", Some("2018-03-23T13:45:00.000Z"));
    check_read("5 April", "[D] [MNn]", Some("2018-04-05T00:00:00.000Z"));
    // A name in another case is not known, so the month is that of now.
    check_read("april", "[MNn]", Some("2018-03-23T10:33:36.617Z"));
    check_read("Hello", "Hello", None);
    check_read("13-45", "[H]:[m]", None);
}

#[test]
fn what_is_wrong_with_a_picture_is_told_when_it_is_parsed() {
    for (picture, code, value) in [
        ("[Y", "D3135", ""),
        ("[q]", "D3132", r#""q""#),
        ("[]", "D3132", r#""""#),
        ("[YN]", "D3133", r#""Y""#),
        ("[Y\u{3b1}]", "D3130", "\"\u{3b1}\""),
        ("[Y0\u{660}]", "D3131", ""),
    ] {
        check_error(Picture::parse(picture), code, value);
    }
}

#[test]
fn a_picture_can_be_for_writing_or_reading_only() {
    let calendar = Picture::parse("[C]").unwrap();
    assert_eq!(calendar.check_format(), Ok(()));
    check_error(calendar.read("ISO", TIME), "D3133", r#""C""#);
    let zone = Picture::parse("[H] [Z00000]").unwrap();
    assert_eq!(zone.check_read(), Ok(()));
    check_error(zone.format(TIME, Offset::UTC), "D3134", "");
}

#[test]
fn components_with_a_gap_are_no_time() {
    for (text, picture) in [
        ("2018 12", "[Y] [D]"),
        ("10 36", "[H] [s]"),
        ("2018-3-2 4:30", "[Y]-[M]-[D] [h]:[m]"),
        ("2018-W01-1", "[X0001]-W[W01]-[F1]"),
    ] {
        check_error(Picture::parse(picture).unwrap().read(text, TIME), "D3136", "");
    }
}

#[test]
fn iso_texts_are_read_as_far_as_they_go() {
    for (text, expected) in [
        ("2018", Some("2018-01-01T00:00:00.000Z")),
        ("2018-05", Some("2018-05-01T00:00:00.000Z")),
        ("2018-02-30", Some("2018-03-02T00:00:00.000Z")),
        ("2018-02-03T10:00:00", Some("2018-02-03T10:00:00.000Z")),
        ("2018-02-03T24:00:00Z", Some("2018-02-04T00:00:00.000Z")),
        ("2018-02-03T10:00:00.1239+0530", Some("2018-02-03T04:30:00.123Z")),
        ("2018-02-03T10:00:00-05:00", Some("2018-02-03T15:00:00.000Z")),
        ("2018-02-03T10:00Z", None),
        ("2018-02-03 10:00:00", None),
        ("foo", None),
    ] {
        assert_eq!(parse_iso(text).map(|millis| iso(millis as i64)).as_deref(), expected, "{text}");
    }
    for text in ["2018-13-01", "2018-02-32", "2018-02-03T24:00:01", "2018-02-03+05:00", "2018-29", "2018-0530"] {
        assert!(parse_iso(text).is_some_and(f64::is_nan), "{text}");
    }
}

#[test]
fn times_far_away_are_shown() {
    assert_eq!(iso(TIME), "2018-03-23T10:33:36.617Z");
    assert_eq!(iso_at(TIME, Offset::parse("+0100")), "2018-03-23T11:33:36.617+01:00");
    assert_eq!(iso(-62_167_219_200_001), "-0001-12-31T23:59:59.999Z");
    assert_eq!(iso(253_402_300_800_000), "0000-01-01T00:00:00.000Z");
    assert_eq!(iso(i64::MAX), "0NaN-NaN-NaNTNaN:NaN:NaN.NaNZ");
}
