//! An execution's history as a table.

use asl_runtime::{EventDetails, HistoryEvent};

/// A line for each event: its number, the number of the event that led to it, its type, and what it is about.
pub(crate) fn of(events: &[HistoryEvent]) -> String {
    let mut table = format!(" id after  {:<23}  about\n", "type");
    for event in events {
        let (id, after, about) = (event.id, event.previous_event_id, about(&event.details));
        let line = format!("{id:>3} {after:>5}  {:<23}  {about}", event.event_type);
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

fn about(details: &EventDetails) -> String {
    match details {
        EventDetails::StateEntered { name, .. } | EventDetails::StateExited { name, .. } => (*name).to_owned(),
        EventDetails::MapStateStarted { length } => format!("{length} items"),
        EventDetails::MapIteration { name, index } => format!("{name}, item {index}"),
        EventDetails::LambdaFunctionScheduled { input, .. } => input.clone(),
        EventDetails::Succeeded { output } => output.clone(),
        EventDetails::Failed { error, .. } => error.clone().unwrap_or_default(),
        _ => String::new(),
    }
}
