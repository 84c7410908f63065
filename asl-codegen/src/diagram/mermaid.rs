//! Mermaid's flowchart: of its diagrams the one whose labels take any text.

use super::{Ids, Writer, edges, inner, words};
use crate::definition::{Kind, Machine, State};

/// The graph in Mermaid's notation, a flowchart.
pub fn mermaid(machine: &Machine) -> String {
    let mut out = Writer::default();
    out.line("flowchart TD");
    out.depth = 1;
    draw(machine, String::new(), &mut out);
    out.text
}

fn draw(machine: &Machine, prefix: String, out: &mut Writer) {
    let ids = Ids::new(machine, prefix);
    if let Some(start_at) = &machine.start_at {
        out.line(&format!("{}((\"start\")) --> {}", ids.start(), ids.named(start_at.as_str())));
    }
    for (index, state) in machine.states.iter().enumerate() {
        draw_state(&ids, index, state, out);
        let id = ids.state(index);
        for edge in edges(state) {
            let arrow = if edge.cause.is_catch() { "-.->" } else { "-->" };
            let label = edge.cause.label().map(|text| format!("|{}|", label(&[text]))).unwrap_or_default();
            out.line(&format!("{id} {arrow}{label} {}", ids.named(edge.target)));
        }
        if state.end {
            out.line(&format!("{id} --> {}", ids.end()));
        }
    }
    for (index, name) in ids.missing.iter().enumerate() {
        let label = label(&[words::one_line(name), "missing".to_owned()]);
        out.line(&format!("{}[{label}]", ids.missing(index)));
    }
    if machine.states.iter().any(|state| state.end) {
        out.line(&format!("{}(((\"end\")))", ids.end()));
    }
}

fn draw_state(ids: &Ids<'_>, index: usize, state: &State, out: &mut Writer) {
    let id = ids.state(index);
    let label = label(&words::lines(state));
    let machines = inner(state);
    if machines.is_empty() {
        let (open, close) = match &state.kind {
            Some(Kind::Choice { .. }) => ("{", "}"),
            Some(Kind::Succeed) => ("([", "])"),
            Some(Kind::Fail { .. }) => ("[[", "]]"),
            _ => ("[", "]"),
        };
        return out.line(&format!("{id}{open}{label}{close}"));
    }
    out.block(&format!("subgraph {id}[{label}]"), "end", |out| {
        for (number, (title, machine)) in machines.into_iter().enumerate() {
            let prefix = ids.inner(index, number);
            out.block(&format!("subgraph {prefix}[\"{title}\"]"), "end", |out| draw(machine, prefix, out));
        }
    });
}

/// Lines of plain text as a label.
///
/// Mermaid reads labels as HTML and as Markdown, and looks for directives, formulas and styles in the whole text. Every
/// character that could start one of those is written as `#code;`, which Mermaid puts back last.
fn label(lines: &[String]) -> String {
    // Mermaid takes the last `;` of what looks like a style off.
    let style = lines.iter().any(|line| line.contains("style") || line.contains("classDef"));
    let mut label = String::from("\"");
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            label.push_str("<br/>");
        }
        // Would be a heading, a list or a quotation.
        let mut at_start = true;
        let mut previous = ' ';
        let mut chars = line.chars().peekable();
        while let Some(char) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            match char {
                '"' => label.push_str("#quot;"),
                '<' => label.push_str("#lt;"),
                '>' => label.push_str("#gt;"),
                '&' => label.push_str("#amp;"),
                '_' if previous.is_alphanumeric() && next.is_alphanumeric() => label.push('_'),
                '$' if previous != '$' && next != '$' => label.push('$'),
                ':' if !style => label.push(':'),
                '-' | '+' | '.' | ')' | '=' if !at_start => label.push(char),
                ' ' | '(' | ',' | '/' | '\'' | '?' | '!' | '…' | '↻' => label.push(char),
                char if char.is_alphanumeric() => label.push(char),
                char if !char.is_ascii() => label.push(char),
                char => label.push_str(&format!("#{};", u32::from(char))),
            }
            at_start = at_start && (char.is_ascii_digit() || char == ' ');
            previous = char;
        }
    }
    label.push('"');
    label
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn any_text_can_be_a_label() {
        let check = |text: &str, expected: &str| assert_eq!(label(&[text.to_owned()]), expected, "{text}");
        check("Check stock_level (2nd)", "\"Check stock_level (2nd)\"");
        check("注文を確認 🎉", "\"注文を確認 🎉\"");
        check("a \"b\" <c> &d;", "\"a #quot;b#quot; #lt;c#gt; #amp;d#59;\"");
        check("#35; `code` *x* _y_ [z] {w}", "\"#35;35#59; #96;code#96; #42;x#42; #95;y#95; #91;z#93; #123;w#125;\"");
        check("1. first - 2. second", "\"1#46; first - 2. second\"");
        check("- item", "\"#45; item\"");
        check("$.a $$.b $$", "\"$.a #36;#36;.b #36;#36;\"");
        check("%%{init}%%\\n", "\"#37;#37;#123;init#125;#37;#37;#92;n\"");
        check("style: #1;", "\"style#58; #35;1#59;\"");
        assert_eq!(label(&["a".to_owned(), "b".to_owned()]), "\"a<br/>b\"");
    }
}
