//! What came out against what was recorded.

mod details;
mod ending;
mod events;
mod masks;

pub(super) use self::ending::Ending;
pub(super) use self::events::Recorded;
pub(super) use self::masks::Masks;

/// What is compared, in the order of the report's columns.
pub(super) const CHECKS: [&str; 8] =
    ["status", "output", "error", "cause", "events", "nextState", "inspectionData", "refusal"];

/// One comparison: its name, and what differs.
pub(super) type Check = (&'static str, Result<(), String>);

/// `name: expected …, got …`
fn unlike(name: &str, expected: impl std::fmt::Display, got: impl std::fmt::Display) -> String {
    format!("{name}: expected {expected}, got {got}")
}
