//! What a command found, as a table and as a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

/// One case and what came of it.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) id: String,
    /// The row of the table it counts in.
    pub(crate) group: String,
    /// What came of it, one of the table's columns.
    pub(crate) outcome: &'static str,
    /// Why; empty where there is nothing to say.
    pub(crate) reason: String,
    /// What was compared, and whether it is as it should be.
    pub(crate) checks: Vec<(&'static str, bool)>,
    /// Further members of its object in the file.
    pub(crate) more: Vec<(&'static str, Value)>,
}

/// The counts by group and outcome, and the totals.
pub(crate) fn table(entries: &[Entry], columns: &[&str]) -> String {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut totals = vec![0; columns.len()];
    for entry in entries {
        let Some(column) = columns.iter().position(|column| *column == entry.outcome) else { continue };
        let counts = groups.entry(&entry.group).or_insert_with(|| vec![0; columns.len()]);
        counts[column] += 1;
        totals[column] += 1;
    }
    let width = groups.keys().map(|group| group.len()).max().unwrap_or(0).max("total".len());
    let mut text = format!("{:width$}", "");
    for column in columns {
        let _ = write!(text, "  {column:>8}");
    }
    for (name, counts) in groups.into_iter().chain([("total", totals)]) {
        let _ = write!(text, "\n{name:width$}");
        for (count, column) in counts.iter().zip(columns) {
            let _ = write!(text, "  {count:>0$}", column.len().max(8));
        }
    }
    text + "\n"
}

/// By group and check, how many are as they should be, of how many.
pub(crate) fn checks(entries: &[Entry], columns: &[&str]) -> String {
    let mut groups: BTreeMap<&str, Vec<[usize; 2]>> = BTreeMap::new();
    let mut totals = vec![[0; 2]; columns.len()];
    for entry in entries {
        for (check, good) in &entry.checks {
            let Some(column) = columns.iter().position(|column| column == check) else { continue };
            let counts = groups.entry(&entry.group).or_insert_with(|| vec![[0; 2]; columns.len()]);
            for count in [&mut counts[column], &mut totals[column]] {
                count[0] += usize::from(*good);
                count[1] += 1;
            }
        }
    }
    let shown = columns.iter().enumerate().filter(|(column, _)| totals[*column][1] > 0).collect::<Vec<_>>();
    let rows = groups.iter().map(|(name, counts)| (*name, counts)).chain([("total", &totals)]).collect::<Vec<_>>();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}", "");
    for (_, name) in &shown {
        let _ = write!(text, "  {name:>9}");
    }
    for (name, counts) in rows {
        let _ = write!(text, "\n{name:width$}");
        for (column, title) in &shown {
            let cell = match counts[*column] {
                [_, 0] => String::new(),
                [good, all] => format!("{good}/{all}"),
            };
            let _ = write!(text, "  {cell:>0$}", title.len().max(9));
        }
    }
    text + "\n"
}

/// How often each reason of an outcome occurs, the most frequent first.
pub(crate) fn reasons(entries: &[Entry], outcome: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.outcome == outcome) {
        *counts.entry(&entry.reason).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().fold(String::new(), |mut text, (reason, count)| {
        let _ = writeln!(text, "{count:>6}  {reason}");
        text
    })
}

/// The first line of a reason, as much as is still read; the file has all of it.
pub(crate) fn shortened(reason: &str) -> String {
    const LONGEST: usize = 1000;
    let line = reason.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… (--report writes all of it)", &line[..end]),
        None => line.to_owned(),
    }
}

/// Writes the file: the totals, and an object for each case.
pub(crate) fn write(path: &Path, entries: &[Entry]) -> Result<(), String> {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *totals.entry(entry.outcome).or_default() += 1;
    }
    let cases = entries.iter().map(|entry| {
        let mut case = json!({"id": entry.id, "group": entry.group, "outcome": entry.outcome, "reason": entry.reason});
        if let Value::Object(members) = &mut case {
            if !entry.checks.is_empty() {
                let check = |(name, good): &(&str, bool)| ((*name).to_owned(), Value::from(*good));
                members.insert("checks".to_owned(), entry.checks.iter().map(check).collect());
            }
            members.extend(entry.more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        format!("    {case}")
    });
    let cases = cases.collect::<Vec<_>>().join(",\n");
    let text = format!("{{\n  \"totals\": {},\n  \"cases\": [\n{cases}\n  ]\n}}\n", json!(totals));
    std::fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
