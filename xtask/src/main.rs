//! Longer work of developers.

fn main() {}
