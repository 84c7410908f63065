//! The states as a table of Markdown, for documentation.

use super::words::{self, Piece};
use super::{Cause, edges};
use crate::definition::{Machine, State};

/// The states of `machine` as a table of Markdown: name, type, what it does, what comes next. Inner machines have
/// tables of their own.
pub fn table(machine: &Machine) -> String {
    let mut table = "| State | Type | Does | Next |\n| --- | --- | --- | --- |\n".to_owned();
    for state in &machine.states {
        let kind = state.kind.as_ref().map_or("?", |kind| kind.name());
        let cells = [code(state.name.as_str()), kind.to_owned(), does(state), next(state)];
        for cell in cells {
            table.push_str(if cell.is_empty() { "|" } else { "| " });
            table.push_str(&cell);
            table.push(' ');
        }
        table.push_str("|\n");
    }
    table
}

fn does(state: &State) -> String {
    let pieces = words::action(state).into_iter().map(|piece| match piece {
        Piece::Words(text) => words::one_line(&text),
        Piece::Name(text) => code(&text),
    });
    let action = pieces.collect::<Vec<_>>().join(" ");
    match (action.is_empty(), state.retry.is_empty()) {
        (_, true) => action,
        (true, false) => "retries".to_owned(),
        (false, false) => format!("{action}, retries"),
    }
}

fn next(state: &State) -> String {
    let transitions = edges(state).into_iter().map(|edge| {
        let target = code(edge.target);
        match &edge.cause {
            Cause::Next => target,
            Cause::Rule(condition) => format!("{}: {target}", code(&words::short(condition))),
            Cause::Default => format!("else {target}"),
            Cause::Catch(errors) => format!("on {}: {target}", code(&words::short(errors))),
        }
    });
    let end = state.end.then(|| "end".to_owned());
    end.into_iter().chain(transitions).collect::<Vec<_>>().join("; ")
}

/// Any text as a code span in a cell. CommonMark, "Code spans"; GFM, "Tables".
fn code(text: &str) -> String {
    let text = words::one_line(text);
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let fence = (1..).map(|length| "`".repeat(length)).find(|fence| !text.contains(fence.as_str())).unwrap_or_default();
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn any_text_can_be_a_code_span() {
        let check = |text: &str, expected: &str| assert_eq!(code(text), expected);
        check("Get Order", "`Get Order`");
        check("a|b", "`a\\|b`");
        check("a`b", "``a`b``");
        check("`a", "`` `a ``");
        check("", "`\"\"`");
        check("a\nb", "`a b`");
        check("<T> [x]", "`<T> [x]`");
    }
}
