//! Time as executions see it.
