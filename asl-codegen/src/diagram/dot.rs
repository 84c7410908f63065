//! Graphviz's language.

use super::{Ids, Writer, edges, inner, words};
use crate::definition::{Kind, Machine, State};

/// The graph in Graphviz's notation.
pub fn dot(machine: &Machine) -> String {
    let mut out = Writer::default();
    out.block("digraph {", "}", |out| {
        // Lets a transition end at the border of a state with inner machines.
        out.line("compound=true;");
        out.line("node [shape=box, style=rounded];");
        draw(machine, String::new(), out);
    });
    out.text
}

fn draw(machine: &Machine, prefix: String, out: &mut Writer) {
    let ids = Ids::new(machine, prefix);
    if let Some(start_at) = &machine.start_at {
        out.line(&format!("{} [shape=circle, label=\"start\"];", ids.start()));
        let head = border(machine, &ids, start_at.as_str(), "lhead");
        transition(&ids.start(), &ids.named(start_at.as_str()), &Vec::from_iter(head), out);
    }
    for (index, state) in machine.states.iter().enumerate() {
        draw_state(&ids, index, state, out);
        let id = ids.state(index);
        let tail = border(machine, &ids, state.name.as_str(), "ltail");
        for edge in edges(state) {
            let mut attributes = Vec::from_iter(tail.clone());
            attributes.extend(border(machine, &ids, edge.target, "lhead"));
            if edge.cause.is_catch() {
                attributes.push("style=dotted".to_owned());
            }
            attributes.extend(edge.cause.label().map(|text| format!("label={}", quoted(&[text]))));
            transition(&id, &ids.named(edge.target), &attributes, out);
        }
        if state.end {
            transition(&id, &ids.end(), &Vec::from_iter(tail), out);
        }
    }
    for (index, name) in ids.missing.iter().enumerate() {
        let label = quoted(&[words::one_line(name), "missing".to_owned()]);
        out.line(&format!("{} [style=dashed, label={label}];", ids.missing(index)));
    }
    if machine.states.iter().any(|state| state.end) {
        out.line(&format!("{} [shape=doublecircle, label=\"end\"];", ids.end()));
    }
}

fn transition(from: &str, to: &str, attributes: &[String], out: &mut Writer) {
    match attributes {
        [] => out.line(&format!("{from} -> {to};")),
        attributes => out.line(&format!("{from} -> {to} [{}];", attributes.join(", "))),
    }
}

fn draw_state(ids: &Ids<'_>, index: usize, state: &State, out: &mut Writer) {
    let id = ids.state(index);
    let label = quoted(&words::lines(state));
    let machines = inner(state);
    if machines.is_empty() {
        let shape = match &state.kind {
            Some(Kind::Choice { .. }) => "shape=diamond, style=solid, ",
            Some(Kind::Succeed) => "peripheries=2, ",
            Some(Kind::Fail { .. }) => "peripheries=2, style=solid, ",
            _ => "",
        };
        return out.line(&format!("{id} [{shape}label={label}];"));
    }
    out.block(&format!("subgraph cluster_{id} {{"), "}", |out| {
        out.line(&format!("label={label};"));
        // Transitions lead to nodes: this one stands for the whole.
        out.line(&format!("{id} [shape=point, style=invis];"));
        for (number, (title, machine)) in machines.into_iter().enumerate() {
            let prefix = ids.inner(index, number);
            out.block(&format!("subgraph cluster_{prefix} {{"), "}", |out| {
                out.line(&format!("label=\"{title}\";"));
                draw(machine, prefix, out);
            });
        }
    });
}

/// The attribute that cuts a transition off at the border of the state `name`, when that has inner machines.
fn border(machine: &Machine, ids: &Ids<'_>, name: &str, attribute: &str) -> Option<String> {
    let index = *ids.states.get(name)?;
    let state = machine.states.get(index)?;
    (!inner(state).is_empty()).then(|| format!("{attribute}=cluster_{}", ids.state(index)))
}

/// Lines of plain text as a quoted string.
fn quoted(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.replace('\\', "\\\\").replace('"', "\\\"")).collect();
    // Graphviz resolves HTML's entities in every label.
    format!("\"{}\"", lines.join("\\n").replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn any_text_can_be_a_label() {
        assert_eq!(quoted(&["a\\n\"b\"".to_owned(), "&lt;".to_owned()]), r#""a\\n\"b\"\n&amp;lt;""#);
    }
}
