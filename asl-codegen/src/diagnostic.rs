//! What is wrong with a definition: codes, levels, and the collected findings.

pub use crate::codes::Level;

use crate::codes::Code;
use crate::span::Span;

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Its entry in the table of codes.
    pub code: Code,
    /// Its level. [`Options`](crate::Options) may change the default of its code.
    pub level: Level,
    /// One sentence that names the state and the field.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// A few words under the caret.
    pub label: String,
    /// Other places that belong to it, each with a few words.
    pub notes: Vec<(Span, String)>,
    /// What to do; more than one where there is a choice.
    pub help: Vec<Help>,
    /// What AWS does with the definition as it is.
    pub aws: &'static str,
    /// JSON pointer to the place, in AWS's spelling: `/States/X/Parameters`. Empty: the whole definition.
    pub pointer: String,
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The advice, one line.
    pub message: String,
    /// The edit that carries it out, where one is known.
    pub fix: Option<Fix>,
}

/// A replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

impl Diagnostic {
    /// A finding of `code` at its default level.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.level(),
            message: message.into(),
            span,
            label: String::new(),
            notes: Vec::new(),
            help: Vec::new(),
            aws: "",
            pointer: String::new(),
        }
    }

    /// The words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that belongs to the finding.
    #[must_use]
    pub fn note(mut self, span: Span, text: impl Into<String>) -> Self {
        self.notes.push((span, text.into()));
        self
    }

    /// What to do, where no single edit does it.
    #[must_use]
    pub fn help(mut self, message: impl Into<String>) -> Self {
        self.help.push(Help { message: message.into(), fix: None });
        self
    }

    /// What to do, and the edit that does it: `replacement` in place of `span`. The renderer shows the text to paste
    /// behind the message.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let fix = Some(Fix { span, replacement: replacement.into() });
        self.help.push(Help { message: message.into(), fix });
        self
    }

    /// What to do.
    #[must_use]
    pub fn advise(mut self, help: Help) -> Self {
        self.help.push(help);
        self
    }

    /// What AWS does with the definition as it is.
    #[must_use]
    pub fn aws(mut self, text: &'static str) -> Self {
        self.aws = text;
        self
    }

    /// Where it is, as AWS would say it.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }
}

/// A longer name is no typo of another, unless in case.
const MAX_NAME: usize = 100;

/// So many candidates are looked at: with more, the search would take longer than it helps.
const MAX_CANDIDATES: usize = 400;

/// The name among `candidates` that `name` most likely was meant to be, when one is close enough.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().take(MAX_NAME + 1).count();
    let limit = if length > MAX_NAME { 1 } else { (length / 3).max(1) };
    let folded: Vec<char> = name.chars().take(MAX_NAME + 1).flat_map(char::to_lowercase).collect();
    let distance = |candidate: &str| match name.eq_ignore_ascii_case(candidate) {
        true => Some(usize::from(name != candidate)),
        false => distance(&folded, candidate, limit),
    };
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance of `right` from the lower case `left`, when it is not above `limit`. Case does not count.
fn distance(left: &[char], right: &str, limit: usize) -> Option<usize> {
    let right: Vec<char> = right.chars().take(MAX_NAME + 1).flat_map(char::to_lowercase).collect();
    if left.len() > MAX_NAME || right.len() > MAX_NAME || left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    let mut before: Vec<usize> = Vec::new();
    for (i, l) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, r) in right.iter().enumerate() {
            let mut best = (previous[j] + usize::from(l != r)).min(previous[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && left[i - 1] == *r && left[i] == right[j - 1];
            if swapped {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        // A swap looks two rows back.
        if row.iter().chain(&previous).all(|distance| *distance > limit) {
            return None;
        }
        before = std::mem::replace(&mut previous, row);
    }
    Some(previous[right.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_finds_typos_and_case_but_not_strangers() {
        let states = ["Check Stock", "Ship", "Refund"];
        assert_eq!(nearest("Chek Stock", states), Some("Check Stock"));
        assert_eq!(nearest("ship", states), Some("Ship"));
        assert_eq!(nearest("Shpi", states), Some("Ship"));
        assert_eq!(nearest("Done", states), None);
        assert_eq!(nearest(&"x".repeat(5000), ["x"]), None);
        let (long, other) = ("X".repeat(5000), "x".repeat(5000));
        assert_eq!(nearest(&long, [other.as_str()]), Some(other.as_str()));
    }
}
