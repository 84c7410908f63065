use super::*;

fn check_with(value: f64, picture: &str, options: &[(&str, &str)], expected: &str) {
    let format = Format::parse(picture, options).unwrap();
    assert_eq!(format.format(value), expected, "{value} {picture}");
}

fn check(value: f64, picture: &str, expected: &str) {
    check_with(value, picture, &[], expected);
}

#[test]
fn digits_are_rounded_padded_and_grouped() {
    check(1234.5, "#,##0.00", "1,234.50");
    check(-1234.5, "#,##0.00", "-1,234.50");
    check(0.0, "#,##0.00", "0.00");
    check(0.125, "0.00", "0.12");
    check(1.005, "0.00", "1.00");
    check(0.5, "#.##", ".5");
    check(123_412_345_678.9, "9,9,99.99", "123412345,6,78.90");
    check(1_234.567_89, "9,999.999,999", "1,234.567,890");
    check(1e20, "#,######", "100,000000,000000,000000");
    check(12.34, "#,##,##0.00", ",12,.34");
}

#[test]
fn a_half_is_rounded_to_even_in_decimal_digits() {
    for (value, expected) in [(0.5, "0"), (1.5, "2"), (2.5, "2"), (-1.5, "-2")] {
        check(value, "0", expected);
    }
    for (value, expected) in
        [(4_503_599_627_370_497.0, "1125899906842624.3"), (4_503_599_627_370_501.0, "1125899906842625.3")]
    {
        check(value / 4.0, "0.0", expected);
    }
}

#[test]
fn a_picture_has_text_around_it_and_a_half_for_negative_numbers() {
    check(12.0, "$#,##0.00;($#,##0.00)", "$12.00");
    check(-12.0, "$#,##0.00;($#,##0.00)", "($12.00)");
    check(0.14, "0%", "14%");
    check(0.4857, "###.###\u{2030}", "485.7\u{2030}");
}

#[test]
fn an_exponent_keeps_the_digits_of_the_integer() {
    check(1234.5678, "00.000e000", "12.346e002");
    check(0.234, ".00e0", ".23e0");
    check(-42.0, "0e0", "-4e1");
    check(0.0, "0.00e0", "0.00e0");
    check(1e-7, "0.0e0", "1.0e-7");
}

#[test]
fn symbols_can_be_replaced() {
    check_with(1234.5, "#.##0,00", &[("decimal-separator", ","), ("grouping-separator", ".")], "1.234,50");
    check_with(0.14, "###pm", &[("per-mille", "pm")], "140pm");
    check_with(12.0, "\u{661}\u{660}", &[("zero-digit", "\u{660}")], "\u{661}\u{662}");
    check_with(-1.0, "0", &[("minus-sign", "minus "), ("unknown", "")], "minus 1");
}

#[test]
fn what_a_picture_must_not_have_is_refused() {
    for (picture, code) in [
        ("0;0;0", "D3080"),
        ("0.0.0", "D3081"),
        ("0%%", "D3082"),
        ("0\u{2030}\u{2030}", "D3083"),
        ("0%\u{2030}", "D3084"),
        (".e0", "D3085"),
        ("0+.e0", "D3086"),
        ("0,.e0", "D3087"),
        ("0,", "D3088"),
        ("0,,0", "D3089"),
        ("0#.e0", "D3090"),
        ("#0.#0e0", "D3091"),
        ("#0.0e0%", "D3092"),
        ("0.0e0,0", "D3093"),
    ] {
        assert_eq!(Format::parse(picture, &[]).map_err(|error| error.code()), Err(code), "{picture}");
    }
}

#[test]
fn numbers_that_are_no_json_are_shown() {
    check(f64::INFINITY, "0", "Infinity");
    check(f64::NAN, "0.0", "-NaN.0");
    check(1e21, "0", "1e+21");
}
