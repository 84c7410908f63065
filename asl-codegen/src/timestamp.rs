//! The timestamp profile of the Amazon States Language, shared by the compiler and the runtime.

/// An instant, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z; negative before.
    pub seconds: i64,
    /// Nanoseconds since that second, below 1,000,000,000.
    pub nanoseconds: u32,
}

impl Timestamp {
    /// x
    pub fn parse(text: &str) -> Option<Self> {
        let _ = text;
        None
    }
}
