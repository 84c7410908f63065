//! Where the characters of a scalar were written.
//!
//! The parser gives a scalar's value and its range; reading both side by side tells where each part of the value stands.
//! Where the two cannot be matched the answer is that nothing is known, never a wrong place.

use saphyr_parser::ScalarStyle;

/// The runs of [`Text`](crate::node::Text) for the value `text` that was `written` at the byte `offset`; empty when they
/// are not known.
pub(super) fn runs(written: &str, offset: usize, style: ScalarStyle, text: &str) -> Vec<(usize, usize)> {
    let quoted = |quote: char| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let known = match style {
        ScalarStyle::Plain => Matching::new(written, offset, text).flow(None),
        ScalarStyle::SingleQuoted => {
            quoted('\'').and_then(|inside| Matching::new(inside, offset + 1, text).flow(Some('\'')))
        }
        ScalarStyle::DoubleQuoted => {
            quoted('"').and_then(|inside| Matching::new(inside, offset + 1, text).flow(Some('\\')))
        }
        ScalarStyle::Literal | ScalarStyle::Folded => Matching::new(written, offset, text).block(),
    };
    known.unwrap_or_default()
}

struct Matching<'a> {
    /// What is still to match of the text as written, and its offset in the source.
    written: &'a str,
    offset: usize,
    /// What is still to match of the value, and its offset in it.
    text: &'a str,
    at: usize,
    runs: Vec<(usize, usize)>,
}

impl<'a> Matching<'a> {
    fn new(written: &'a str, offset: usize, text: &'a str) -> Self {
        Self { written, offset, text, at: 0, runs: vec![(0, offset)] }
    }

    /// A plain or quoted scalar; `escape` begins its escapes.
    fn flow(mut self, escape: Option<char>) -> Option<Vec<(usize, usize)>> {
        while let Some(character) = self.written.chars().next() {
            if self.fold()? {
                continue;
            }
            if Some(character) != escape {
                self.same(character.len_utf8())?;
                continue;
            }
            match (character, self.written[1..].chars().next()?) {
                ('\\', '\n' | '\r') => {
                    self.skip(1);
                    self.fold_after_escape()?;
                }
                ('\\', escaped) => {
                    let digits = match escaped {
                        'x' => 2,
                        'u' => 4,
                        'U' => 8,
                        _ => 0,
                    };
                    self.one_character(1 + escaped.len_utf8() + digits)?;
                }
                ('\'', '\'') => self.one_character(2)?,
                _ => return None,
            }
        }
        self.text.is_empty().then_some(self.runs)
    }

    /// A block scalar, its header first.
    fn block(mut self) -> Option<Vec<(usize, usize)>> {
        let header = self.written.find('\n')? + 1;
        self.skip(header);
        let written_indent = indent(self.written.lines().find(|line| !line.trim().is_empty())?);
        let indent = written_indent.checked_sub(indent(self.text.trim_start_matches('\n')))?;
        for line in self.written.split_inclusive('\n') {
            let length = line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            let blanks = indent.min(line.len() - line.trim_start_matches(' ').len());
            let content = &line[blanks..];
            self.skip(blanks);
            if !content.is_empty() {
                self.separators(content);
                self.runs.push((self.at, self.offset));
                self.same(content.len())?;
            }
            self.skip(length - blanks - content.len());
        }
        self.text.trim_start_matches('\n').is_empty().then_some(self.runs)
    }

    /// What joins two lines of a block scalar in its value: line breaks, or the space that stands for one.
    fn separators(&mut self, next: &str) {
        let breaks = self.text.len() - self.text.trim_start_matches('\n').len();
        if breaks > 0 {
            self.pass(breaks);
        } else if self.at > 0 && !self.text.starts_with(next) && self.text.starts_with(' ') {
            self.pass(1);
        }
    }

    /// A line break and the white space around it: a space in the value, or a line break for each further one.
    fn fold(&mut self) -> Option<bool> {
        let blanks = self.written.trim_start_matches([' ', '\t']);
        if !blanks.starts_with(['\n', '\r']) {
            return Some(false);
        }
        match self.breaks() {
            1 => self.text.starts_with(' ').then(|| self.pass(1))?,
            breaks => self.line_breaks(breaks - 1)?,
        }
        self.runs.push((self.at, self.offset));
        Some(true)
    }

    /// The line break that an escape joins: nothing in the value, but a line break for each further one.
    fn fold_after_escape(&mut self) -> Option<()> {
        let breaks = self.breaks();
        self.line_breaks(breaks.saturating_sub(1))?;
        self.runs.push((self.at, self.offset));
        Some(())
    }

    fn line_breaks(&mut self, count: usize) -> Option<()> {
        let found = self.text.bytes().take_while(|byte| *byte == b'\n').count();
        (found >= count).then(|| self.pass(count))
    }

    /// Skips white space and counts its line breaks.
    fn breaks(&mut self) -> usize {
        let space =
            &self.written[..self.written.len() - self.written.trim_start_matches([' ', '\t', '\n', '\r']).len()];
        self.skip(space.len());
        space.replace("\r\n", "\n").chars().filter(|c| matches!(c, '\n' | '\r')).count()
    }

    /// The next `length` bytes are the same on both sides.
    fn same(&mut self, length: usize) -> Option<()> {
        let same = self.text.as_bytes().get(..length)? == self.written.as_bytes().get(..length)?;
        same.then(|| {
            self.skip(length);
            self.pass(length);
        })
    }

    /// The next `length` bytes as written are one character of the value.
    fn one_character(&mut self, length: usize) -> Option<()> {
        self.written.get(..length)?;
        let character = self.text.chars().next()?;
        self.skip(length);
        self.pass(character.len_utf8());
        self.runs.push((self.at, self.offset));
        Some(())
    }

    fn skip(&mut self, length: usize) {
        self.written = &self.written[length..];
        self.offset += length;
    }

    fn pass(&mut self, length: usize) {
        self.text = &self.text[length..];
        self.at += length;
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
