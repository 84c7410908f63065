//! Integers in English words.

use crate::jsonata::picture::script::is_space;

const CARDINALS: [&str; 20] = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];

const ORDINALS: [&str; 20] = [
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
];

/// The tens from 20, without their last letter, which is `y`.
const TENS: [&str; 8] = ["Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet"];

/// The powers of a thousand, the largest first.
const POWERS: [(f64, &str); 4] = [(1e12, " Trillion"), (1e9, " Billion"), (1e6, " Million"), (1e3, " Thousand")];

/// Every word that is read, with its value. The order is that in which a text is searched for them.
pub(in crate::jsonata::picture) const WORDS: [(&str, f64); 67] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("zeroth", 0.0),
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("eleventh", 11.0),
    ("twelfth", 12.0),
    ("thirteenth", 13.0),
    ("fourteenth", 14.0),
    ("fifteenth", 15.0),
    ("sixteenth", 16.0),
    ("seventeenth", 17.0),
    ("eighteenth", 18.0),
    ("nineteenth", 19.0),
    ("twenty", 20.0),
    ("twentieth", 20.0),
    ("thirty", 30.0),
    ("thirtieth", 30.0),
    ("forty", 40.0),
    ("fortieth", 40.0),
    ("fifty", 50.0),
    ("fiftieth", 50.0),
    ("sixty", 60.0),
    ("sixtieth", 60.0),
    ("seventy", 70.0),
    ("seventieth", 70.0),
    ("eighty", 80.0),
    ("eightieth", 80.0),
    ("ninety", 90.0),
    ("ninetieth", 90.0),
    ("hundred", 100.0),
    ("hundreieth", 100.0),
    ("hundredth", 100.0),
    ("thousand", 1e3),
    ("thousandth", 1e3),
    ("million", 1e6),
    ("millionth", 1e6),
    ("billion", 1e9),
    ("billionth", 1e9),
    ("trillion", 1e12),
    ("trillionth", 1e12),
];

/// Adds `value`, which is finite and not negative, to `out`, in title case.
pub(super) fn write(value: f64, ordinal: bool, out: &mut String) {
    write_after(value, false, ordinal, out);
}

/// `follows`: words are in front of it. It calls itself with a part that is smaller by a thousand times or more.
fn write_after(value: f64, follows: bool, ordinal: bool, out: &mut String) {
    let (rest, unit) = if value < 100.0 {
        out.push_str(if follows { " and " } else { "" });
        // Below 100, so it fits.
        return write_below_100(value as usize, ordinal, out);
    } else if value < 1000.0 {
        out.push_str(if follows { ", " } else { "" });
        write_after((value / 100.0).floor(), false, false, out);
        (value % 100.0, " Hundred")
    } else {
        out.push_str(if follows { ", " } else { "" });
        let (power, name) = POWERS.into_iter().find(|(power, _)| value >= *power).unwrap_or((1e3, " Thousand"));
        let count = (value / power).floor();
        write_after(count, false, false, out);
        (value - count * power, name)
    };
    out.push_str(unit);
    if rest > 0.0 {
        write_after(rest, true, ordinal, out);
    } else if ordinal {
        out.push_str("th");
    }
}

fn write_below_100(value: usize, ordinal: bool, out: &mut String) {
    let small = if ordinal { &ORDINALS } else { &CARDINALS };
    if let Some(word) = small.get(value) {
        return out.push_str(word);
    }
    out.push_str(TENS.get(value / 10 - 2).copied().unwrap_or_default());
    match value % 10 {
        0 if ordinal => out.push_str("ieth"),
        0 => out.push('y'),
        rest => {
            out.push_str("y-");
            out.push_str(small.get(rest).copied().unwrap_or_default());
        }
    }
}

/// The number that words are; NaN when one of them is not known.
pub(super) fn read(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut last = 0.0;
    for word in Words(Some(text)) {
        let value =
            WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map_or(f64::NAN, |(_, value)| *value);
        if value < 100.0 {
            if last >= 1000.0 {
                sum += last;
                last = 0.0;
            }
            last += value;
        } else {
            last *= value;
        }
    }
    sum + last
}

/// The words of a text. Between them is a comma and a space, an `and` between spaces, or one space, hyphen or backslash.
struct Words<'a>(Option<&'a str>);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0?;
        for (index, c) in text.char_indices() {
            let rest = text.get(index + c.len_utf8()..).unwrap_or_default();
            let after = if c == ',' {
                rest.strip_prefix(is_space)
            } else if is_space(c) {
                Some(after_and(rest).unwrap_or(rest))
            } else {
                matches!(c, '-' | '\\').then_some(rest)
            };
            if after.is_some() {
                self.0 = after;
                return text.get(..index);
            }
        }
        self.0 = None;
        Some(text)
    }
}

/// What follows `and` and a space.
fn after_and(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked(3)?;
    word.eq_ignore_ascii_case("and").then_some(rest)?.strip_prefix(is_space)
}
